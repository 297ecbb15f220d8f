//! Null distributions of themes, and scores standardised by them.
//!
//! Most segments are not about a given theme, so the lower half of its scores estimates an empirical null (Efron 2004). In standard
//! deviations of that null, scores are comparable between themes and corpora.

use ndarray::Array2;

/// Prior weight of the expected null, in scores: small studies are not judged by three scores alone, large ones by little else
/// than their own.
pub(super) const EXPECTATION_WEIGHT: f64 = 10.0;

/// Part of a language's own variance in the variance of its null, if it has very many scores; and the number of scores with which it has
/// half of that.
pub(super) const MAX_OWN_VARIANCE: f64 = 0.5;
pub(super) const LANGUAGE_WEIGHT: f64 = 100.0;

/// The expected null distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expectation {
    /// Its centre.
    pub(super) centre: f64,
    /// Its standard deviation.
    pub(super) spread: f64,
}

/// The null distribution of a theme: a normal curve.
#[derive(Debug, Clone, Copy, PartialEq)]
struct NullDistribution {
    centre: f64,
    spread: f64,
}

impl NullDistribution {
    /// Fits the scores of one theme, which come with weights; none when they are all alike or not numbers.
    ///
    /// The centre is the median and the standard deviation that of the scores below it, both shrunk towards the expected ones
    /// when there are few scores.
    fn of(scores: impl Iterator<Item = (f32, f64)>, expected: Expectation) -> Option<Self> {
        LowerHalf::of(scores).map(|half| Self::shrunk(&half, expected))
    }

    fn shrunk(half: &LowerHalf, expected: Expectation) -> Self {
        let share = half.scores as f64 / (half.scores as f64 + EXPECTATION_WEIGHT);
        let shrunk = |found: f64, expected: f64| share * found + (1.0 - share) * expected;
        let centre = shrunk(half.median, expected.centre);
        Self { centre, spread: shrunk(half.variance, expected.spread.powi(2)).sqrt() }
    }

    /// The score in standard deviations of the null above its centre.
    fn standard(self, score: f32) -> f32 {
        ((f64::from(score) - self.centre) / self.spread) as f32
    }
}

/// What the null of some scores is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
struct LowerHalf {
    /// Number of all scores.
    scores: usize,
    median: f64,
    /// About the median, of the scores up to it.
    variance: f64,
}

impl LowerHalf {
    /// None where the scores are all alike or not numbers.
    fn of(scores: impl Iterator<Item = (f32, f64)>) -> Option<Self> {
        let mut sorted: Vec<(f64, f64)> = scores.map(|(score, weight)| (f64::from(score), weight)).collect();
        if sorted.is_empty() || sorted.iter().any(|(score, _)| !score.is_finite()) {
            return None;
        }
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        if sorted.len() > 1 && sorted[sorted.len() - 1].0 - sorted[0].0 < 1e-9 {
            return None;
        }
        let median = median(&sorted);
        let below = || sorted.iter().filter(|(score, _)| *score <= median);
        let squares: f64 = below().map(|(score, weight)| weight * (score - median).powi(2)).sum();
        let variance = squares / below().map(|(_, weight)| weight).sum::<f64>();
        Some(Self { scores: sorted.len(), median, variance })
    }
}

/// The weighted median of values in order, each with its weight: the middle of the two where half of the weight ends between them.
fn median(sorted: &[(f64, f64)]) -> f64 {
    let half = sorted.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut below = 0.0;
    for (index, (value, weight)) in sorted.iter().enumerate() {
        below += weight;
        // Sums of weights that are no powers of two may miss the half by a last digit.
        if (below - half).abs() < 1e-9 * half {
            return f64::midpoint(*value, sorted.get(index + 1).map_or(*value, |next| next.0));
        }
        if below > half {
            return *value;
        }
    }
    sorted.last().map_or(0.0, |last| last.0)
}

/// Each theme's scores (segments × themes) in standard deviations above the centre of its null, which is that of the first rows:
/// as many as there are weights.
///
/// A theme whose scores are all alike or not numbers has zeros.
pub(super) fn z_scores(mut scores: Array2<f32>, weights: &[f64], expected: Expectation) -> Array2<f32> {
    for mut column in scores.columns_mut() {
        let weighted = column.iter().copied().zip(weights.iter().copied());
        match NullDistribution::of(weighted, expected) {
            Some(null) => column.mapv_inplace(|score| null.standard(score)),
            None => column.fill(0.0),
        }
    }
    scores
}

/// The same where `by_language` has the rows of each of several languages.
///
/// Languages share the centre, because one for each made the shares of a theme differ more between languages with the same content, and
/// less where they truly differ. The variance is drawn towards that of the language, up to half of the way: an encoder tells subjects
/// apart better in some languages than in others.
pub(super) fn z_scores_of_languages(
    mut scores: Array2<f32>,
    weights: &[f64],
    expected: Expectation,
    by_language: &[Vec<usize>],
) -> Array2<f32> {
    if by_language.len() < 2 {
        return z_scores(scores, weights, expected);
    }
    for mut column in scores.columns_mut() {
        let weighted = |row: usize| (column[row], weights[row]);
        let Some(all) = LowerHalf::of((0..weights.len()).map(weighted)) else {
            column.fill(0.0);
            continue;
        };
        let null_of = |rows: &Vec<usize>| {
            let own = LowerHalf::of(rows.iter().map(|&row| weighted(row))).unwrap_or(all);
            let share = MAX_OWN_VARIANCE * rows.len() as f64 / (rows.len() as f64 + LANGUAGE_WEIGHT);
            let variance = share * own.variance + (1.0 - share) * all.variance;
            NullDistribution::shrunk(&LowerHalf { variance, ..all }, expected)
        };
        let nulls: Vec<NullDistribution> = by_language.iter().map(null_of).collect();
        for (rows, null) in by_language.iter().zip(nulls) {
            for &row in rows {
                column[row] = null.standard(column[row]);
            }
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array};

    const EXPECTED: Expectation = Expectation { centre: 0.1, spread: 0.05 };

    fn spreads(scores: Vec<f32>) -> Vec<f32> {
        let rows = scores.len();
        let column = Array2::from_shape_vec((rows, 1), scores).unwrap();
        z_scores(column, &vec![1.0; rows], EXPECTED).into_raw_vec_and_offset().0
    }

    #[test]
    fn other_talk_lies_around_zero_whatever_the_theme_scores() {
        let scores: Vec<f32> = (0..900).map(|i| 0.3 + 0.02 * ((i * 7 % 100) as f32 / 50.0 - 1.0)).collect();
        let mut scores = scores;
        scores.extend([0.6; 100]);
        let spreads = spreads(scores);
        let mean = spreads[..900].iter().sum::<f32>() / 900.0;
        assert!(mean.abs() < 0.3, "{mean}");
        assert!(spreads[900] > 10.0);
    }

    #[test]
    fn scores_that_show_nothing_are_zeros() {
        let nothing = |score: f32| spreads(vec![score; 50]).iter().all(|spread| spread.abs() < f32::EPSILON);
        assert!(nothing(0.3) && nothing(f32::NAN));
        assert_eq!(z_scores(Array2::zeros((0, 2)), &[], EXPECTED).len_of(Axis(1)), 2);
    }

    #[test]
    fn a_handful_of_scores_is_judged_by_what_is_expected() {
        let spreads = spreads(vec![0.1, 0.4, 0.12]);
        assert!(spreads[1] > 2.0 && spreads[2] < 1.0, "{spreads:?}");
    }

    #[test]
    fn columns_are_judged_apart() {
        let scores = array![[0.1, 5.0], [0.11, 7.0], [0.12, 6.0], [0.9, 5.5]];
        let spreads = z_scores(scores, &[1.0; 4], EXPECTED);
        assert!(spreads[[3, 0]] > spreads[[2, 0]] && spreads[[3, 1]] < spreads[[1, 1]]);
    }

    #[test]
    fn a_long_interview_moves_the_null_as_little_as_a_short_one() {
        let median = |scores: &[(f64, f64)]| super::median(scores);
        assert!((median(&[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0), (9.0, 1.0)]) - 2.5).abs() < 1e-12);
        assert!((median(&[(1.0, 0.1), (1.5, 0.1), (2.0, 1.0), (3.0, 1.0)]) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn languages_share_the_centre_and_half_of_the_spread() {
        let score = |row: usize| {
            ((row / 2 * 37 % 101) as f32 - 50.0) * if row.is_multiple_of(2) { 0.01 } else { 0.02 }
        };
        let scores = Array2::from_shape_fn((2000, 1), |(row, _)| score(row));
        let by_language: Vec<Vec<usize>> = (0..2).map(|first| (first..2000).step_by(2).collect()).collect();
        let weights = vec![1.0; 2000];
        let spread = |scores: &Array2<f32>, rows: &[usize]| {
            (rows.iter().map(|&row| scores[[row, 0]].powi(2)).sum::<f32>() / rows.len() as f32).sqrt()
        };
        let shared = z_scores(scores.clone(), &weights, EXPECTED);
        let own = z_scores_of_languages(scores.clone(), &weights, EXPECTED, &by_language);
        let ratio = |scores: &Array2<f32>| spread(scores, &by_language[1]) / spread(scores, &by_language[0]);
        assert!((ratio(&shared) - 2.0).abs() < 0.1, "{}", ratio(&shared));
        assert!((1.3..1.7).contains(&ratio(&own)), "{}", ratio(&own));
        // A score at the centre stays where it is.
        let centre = (0..2000).find(|&row| score(row).abs() < 1e-6).unwrap();
        assert!((shared[[centre, 0]] - own[[centre, 0]]).abs() < 0.01);
        let one: Vec<Vec<usize>> = vec![(0..2000).collect()];
        assert_eq!(z_scores_of_languages(scores, &weights, EXPECTED, &one), shared);
    }
}
