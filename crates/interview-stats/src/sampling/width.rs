//! How many segments must be coded for intervals of a given width.

use same_bits::distributions::student_quantile;

use super::probability::inclusion_probabilities;
use crate::Count;
use crate::settings::TAIL_PROBABILITY;

/// What the interval of a theme's share depends on, besides the sample.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ThemeVariation {
    /// Share of segments that carry the theme, 0 to 1.
    pub share: f64,
    /// Intraclass correlation of the segments of one interview, 0 to 1.
    pub correlation: f64,
}

/// The intraclass correlation of segments of one interview: how much they are alike.
///
/// It is the ANOVA estimator (MSB − MSW) ÷ (MSB + (*m*₀ − 1) MSW) for binary data, with *m*₀ = (*N* − Σ *mᵢ*² ÷ *N*) ÷ (*k* − 1) (Ridout, Demétrio and
/// Firth, 1999), not below 0; 0 for fewer than two interviews with segments.
pub fn intraclass_correlation(counts: &[Count]) -> f64 {
    let counts: Vec<(f64, f64)> = counts
        .iter()
        .filter(|one| one.trials > 0)
        .map(|one| (f64::from(one.successes), f64::from(one.trials)))
        .collect();
    let interviews = counts.len() as f64;
    let all: f64 = counts.iter().map(|(_, trials)| trials).sum();
    let successes: f64 = counts.iter().map(|(successes, _)| successes).sum();
    if interviews < 2.0 || all <= interviews {
        return 0.0;
    }
    let share = successes / all;
    let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
    for &(successes, trials) in &counts {
        between += trials * (successes / trials - share).powi(2);
        within += successes * (1.0 - successes / trials);
        squares += trials * trials;
    }
    let between = between / (interviews - 1.0);
    let within = within / (all - interviews);
    let size = (all - squares / all) / (interviews - 1.0);
    let sum = between + (size - 1.0) * within;
    if sum <= 0.0 { 0.0 } else { ((between - within) / sum).clamp(0.0, 1.0) }
}

/// The expected width of the 95 % interval of a share *p*, from segments drawn with the given inclusion probabilities *π* from interviews of
/// the given numbers of segments *m*:
///
/// 2 *t* √(*p* (1 − *p*) ((1 − *ρ*) Σ (1 ÷ *πᵢ*) ÷ *N*² + *ρ* Σ *mⱼ*² ÷ *N*²))
///
/// This is Kish's design effect of unequal probabilities and of interviews in one (Gabler, Häder and Lahiri, 1999), with *t* for one degree
/// of freedom less than there are interviews. The second part stays also when everything is coded, because other people would have said
/// something else. At most 1.
pub fn expected_width(theme: ThemeVariation, probabilities: &[f64], interviews: &[u32]) -> f64 {
    let ThemeVariation { share, correlation } = theme;
    let all = probabilities.len() as f64;
    let unequal: f64 = probabilities.iter().map(|probability| 1.0 / probability).sum::<f64>() / (all * all);
    let alike: f64 = interviews.iter().map(|size| (f64::from(*size) / all).powi(2)).sum();
    let variance = share * (1.0 - share) * ((1.0 - correlation) * unequal + correlation * alike);
    (2.0 * quantile(interviews.len()) * variance.max(0.0).sqrt()).min(1.0)
}

fn quantile(interviews: usize) -> f64 {
    let degrees_of_freedom = interviews.saturating_sub(1).max(1) as f64;
    student_quantile(degrees_of_freedom, TAIL_PROBABILITY).unwrap_or(1.96)
}

/// The smallest sample with which no theme's interval is wider than `max_width`; none where not even all segments would do.
///
/// `sizes` are those of [`super::inclusion_probabilities`], `interviews` the number of segments of each interview.
pub fn sample_size(
    max_width: f64,
    themes: &[ThemeVariation],
    sizes: &[f64],
    interviews: &[u32],
) -> Option<usize> {
    let widest = |count: usize| {
        let probabilities = inclusion_probabilities(sizes, count);
        let widths = themes.iter().map(|theme| expected_width(*theme, &probabilities, interviews));
        widths.fold(0.0, f64::max)
    };
    if widest(sizes.len()) > max_width {
        return None;
    }
    // Probabilities rise with the number, so widths fall.
    let (mut too_few, mut enough) = (0, sizes.len());
    while enough - too_few > 1 {
        let middle = usize::midpoint(too_few, enough);
        if widest(middle) <= max_width { enough = middle } else { too_few = middle }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The intraclass correlation of (successes, trials) by interview.
    fn correlation(counts: &[(u32, u32)]) -> f64 {
        let count = |&(successes, trials): &(u32, u32)| Count { successes, trials };
        intraclass_correlation(&counts.iter().map(count).collect::<Vec<_>>())
    }

    #[test]
    fn people_who_are_alike_within_and_differ_between_have_a_correlation_of_one() {
        assert!((correlation(&[(5, 5), (0, 5), (5, 5)]) - 1.0).abs() < 1e-12);
        assert!(correlation(&[(1, 2), (1, 2), (1, 2)]).abs() < 1e-12, "not below 0");
        assert!(correlation(&[(3, 9)]).abs() < 1e-12);
        assert!(correlation(&[(0, 4), (0, 4)]).abs() < 1e-12, "nobody speaks of it");
    }

    /// By hand: k = 3, N = 12, shares 1/2, 1/4, 0; MSB = (2·.0625·... ) with p = 1/4.
    #[test]
    fn the_correlation_is_that_of_the_formula() {
        // Interviews of 4: 2, 1, 0 with the theme. p = .25; SSB = 4 (.0625 + 0 + .0625) = .5, MSB = .25;
        // SSW = 2·.5 + 1·.75 + 0 = 1.75, MSW = 1.75 / 9; m₀ = 4.
        let (msb, msw) = (0.25, 1.75 / 9.0);
        let expected = (msb - msw) / (msb + 3.0 * msw);
        assert!((correlation(&[(2, 4), (1, 4), (0, 4)]) - expected).abs() < 1e-12);
    }

    #[test]
    fn a_uniform_sample_of_independent_segments_has_the_width_of_the_textbook() {
        let chances = vec![0.1; 1_000];
        let many = vec![1; 1_000];
        let found = expected_width(ThemeVariation { share: 0.5, correlation: 0.0 }, &chances, &many);
        assert!((found - 2.0 * 1.962 * (0.25_f64 / 100.0).sqrt()).abs() < 1e-3, "{found}");
    }

    #[test]
    fn the_number_found_is_just_enough() {
        let sizes: Vec<f64> =
            super::super::probability::mixed_sizes(&(0..500).map(f64::from).collect::<Vec<_>>(), 0.5);
        let interviews = vec![10; 50];
        let themes =
            [(0.1, 0.1), (0.3, 0.02)].map(|(share, correlation)| ThemeVariation { share, correlation });
        let count = sample_size(0.2, &themes, &sizes, &interviews).unwrap();
        let at = |count| expected_width(themes[1], &inclusion_probabilities(&sizes, count), &interviews);
        assert!(at(count) <= 0.2 && at(count - 1) > 0.2, "{count}");
        assert_eq!(sample_size(0.01, &themes, &sizes, &interviews), None);
        assert_eq!(sample_size(0.9, &themes, &sizes, &interviews), Some(5));
    }
}
