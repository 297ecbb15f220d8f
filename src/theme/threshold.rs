//! How high a score must be before it counts, and how sure a label is: found from the corpus, without any human code.
//!
//! Most segments are not about a given theme, so the lower half of its scores shows what the theme scores on talk
//! that is not about it (an empirical null; Efron, 2004). Measured in spreads of that null, a score says the same whatever the
//! theme and the corpus: over six collections that people had coded, with 7 to 21 themes that 2 to 13 % of the segments
//! carried, segments at 2 spreads had been given the theme about three times as often as segments at large, and at 3 spreads
//! seven times. What differs is how frequent a theme is, which no score tells. So it is taken to be as frequent as no
//! theme at all: with T themes, odds of 1 to T (the prior of least information). A codebook of a few themes does not say
//! all that people talk about, so the odds are never better than 1 to 10.

use ndarray::{Array2, ArrayView1, Axis};

/// A label needs this much confidence. What agrees best with people, by F1, is half of the best F1 (Lipton et al. 2014), and that
/// is 0.3 to 0.4 on most collections.
const LEAST_CONFIDENCE: f64 = 0.2;
/// A codebook of fewer themes leaves as many unnamed.
const LEAST_THEMES: usize = 10;
/// What a null is expected to be counts as much as this many scores, so that a study of one interview is not judged
/// by three scores alone, and one of a thousand segments by nothing else.
const EXPECTATION_WEIGHT: f64 = 10.0;

/// What scores on talk about something else are expected to be, before any is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expectation {
    /// Their centre.
    pub(super) centre: f64,
    /// Their standard deviation.
    pub(super) spread: f64,
}

/// What a theme scores on talk that is not about it: a normal curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Null {
    centre: f64,
    spread: f64,
}

impl Null {
    /// Fits the scores of one theme; none when they show nothing, being all alike or not numbers.
    ///
    /// The centre is the median and the spread that of the scores below it, both drawn towards what is expected when the
    /// scores are few.
    pub(super) fn of(scores: ArrayView1<'_, f32>, expected: Expectation) -> Option<Self> {
        let mut sorted: Vec<f64> = scores.iter().map(|&score| f64::from(score)).collect();
        if sorted.is_empty() || sorted.iter().any(|score| !score.is_finite()) {
            return None;
        }
        sorted.sort_by(f64::total_cmp);
        let median = f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
        let below: Vec<f64> = sorted.iter().copied().filter(|score| *score <= median).collect();
        let variance = below.iter().map(|score| (score - median).powi(2)).sum::<f64>() / below.len() as f64;
        if sorted.len() > 1 && sorted[sorted.len() - 1] - sorted[0] < 1e-9 {
            return None;
        }
        let share = sorted.len() as f64 / (sorted.len() as f64 + EXPECTATION_WEIGHT);
        let drawn = |found: f64, expected: f64| share * found + (1.0 - share) * expected;
        let centre = drawn(median, expected.centre);
        Some(Self { centre, spread: drawn(variance, expected.spread.powi(2)).sqrt() })
    }

    /// The score in standard deviations of the null above its centre.
    pub(super) fn standard(&self, score: f32) -> f64 {
        (f64::from(score) - self.centre) / self.spread
    }
}

/// Each column of scores in standard deviations of its null; a column without one shows nothing and becomes zeros.
pub(super) fn in_spreads(
    mut scores: Array2<f32>,
    nulls: impl IntoIterator<Item = Option<Null>>,
) -> Array2<f32> {
    for (mut column, null) in scores.axis_iter_mut(Axis(1)).zip(nulls) {
        column.mapv_inplace(|score| null.map_or(0.0, |null| null.standard(score) as f32));
    }
    scores
}

/// When a score is a label, and how sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threshold {
    null: Null,
    /// Themes that a segment could be about.
    themes: f64,
}

impl Threshold {
    /// For the scores of one of so many themes; none when they show nothing.
    pub(super) fn of(scores: ArrayView1<'_, f32>, expected: Expectation, themes: usize) -> Option<Self> {
        Some(Self { null: Null::of(scores, expected)?, themes: themes.max(LEAST_THEMES) as f64 })
    }

    /// Whether the score is a label.
    pub(super) fn is_label(&self, score: f32) -> bool {
        self.sure(score) >= LEAST_CONFIDENCE
    }

    /// How sure the label is, 0 to 1: the odds of the theme before the score was seen, times what the score says for it. It
    /// never falls as scores rise.
    pub(super) fn confidence(&self, score: f32) -> f32 {
        self.sure(score) as f32
    }

    /// The score in standard deviations of the null above its centre.
    pub(super) fn standard(&self, score: f32) -> f64 {
        self.null.standard(score)
    }

    /// What the theme scores on other talk.
    pub(super) fn null(&self) -> Null {
        self.null
    }

    fn sure(&self, score: f32) -> f64 {
        1.0 / (1.0 + self.themes * (-evidence(self.standard(score))).exp())
    }
}

/// The logarithm of how much likelier a score is on talk about the theme than on other talk.
///
/// Two lines, which fit the six collections within 0.3 between 0 and 6 spreads: what people call a theme ends nowhere
/// sharply, so very high scores say less than a normal curve would have it.
fn evidence(standard: f64) -> f64 {
    const BEND: f64 = 3.0;
    -0.85 + 0.95 * standard.min(BEND) + 0.45 * (standard - BEND).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array1;

    const EXPECTED: Expectation = Expectation { centre: 0.1, spread: 0.05 };

    /// Scores of 900 segments about something else and 100 about the theme, evenly over their normal curves.
    fn planted() -> Array1<f32> {
        let normal = |n: usize, mean: f32, deviation: f32| {
            (0..n).map(move |i| {
                // The sum of three spread-out uniform numbers is near enough to normal.
                let uniform = |step: usize| (i * step % n) as f32 / n as f32;
                mean + deviation * 2.0 * (uniform(1) + uniform(7) + uniform(31) - 1.5)
            })
        };
        normal(900, 0.1, 0.05).chain(normal(100, 0.4, 0.05)).collect()
    }

    #[test]
    fn the_planted_segments_are_labelled_and_few_others() {
        let scores = planted();
        let threshold = Threshold::of(scores.view(), EXPECTED, 10).unwrap();
        let labelled =
            |range: std::ops::Range<usize>| range.filter(|&i| threshold.is_label(scores[i])).count();
        assert!(labelled(900..1000) >= 98);
        assert!(labelled(0..900) <= 60);
        assert!(threshold.confidence(0.4) > 0.5 && threshold.confidence(0.1) < 0.1);
    }

    #[test]
    fn confidence_never_falls() {
        let threshold = Threshold::of(planted().view(), EXPECTED, 10).unwrap();
        let at: Vec<f32> = (0..200).map(|i| threshold.confidence(0.1 + i as f32 * 0.01)).collect();
        assert!(at.windows(2).all(|pair| pair[0] <= pair[1] + 1e-6));
    }

    #[test]
    fn scores_that_show_nothing_give_no_threshold() {
        let of = |scores: Vec<f32>| Threshold::of(Array1::from_vec(scores).view(), EXPECTED, 10);
        assert_eq!(of(vec![0.3; 50]), None);
        assert_eq!(of(vec![f32::NAN; 50]), None);
        assert_eq!(of(Vec::new()), None);
    }

    #[test]
    fn a_handful_of_scores_is_judged_by_what_is_expected() {
        let threshold = Threshold::of(Array1::from_vec(vec![0.1, 0.4, 0.12]).view(), EXPECTED, 10).unwrap();
        assert!(threshold.is_label(0.4) && !threshold.is_label(0.12));
    }

    #[test]
    fn the_more_themes_the_higher_the_score_must_be() {
        let of = |themes| Threshold::of(planted().view(), EXPECTED, themes).unwrap();
        let score = 0.1 + 2.6 * 0.05;
        assert!(of(12).is_label(score) && !of(40).is_label(score));
        assert!(of(12).confidence(score) > of(13).confidence(score));
        assert_eq!(of(1), of(10), "a few themes are not all that people talk about");
    }
}
