//! How many segments must be coded for intervals of a wanted width.

use super::probability::chances;
use same_bits::distributions::student_quantile;

/// What the interval of a theme's share depends on, besides the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeSpread {
    /// The theme.
    pub theme: String,
    /// Share of segments that carry it, as the machine has it; 0 to 1.
    pub share: f64,
    /// How much segments of one interview are alike in it (intraclass correlation), 0 to 1.
    pub correlation: f64,
    /// Width of the 95 % interval with the sample that is drawn, 0 to 1.
    pub width: f64,
}

/// Counts of a theme: for each interview with segments, how many carry it, and of how many.
pub(super) type Counts = Vec<(u64, u64)>;

/// How much the segments of an interview are alike: the ANOVA estimator (MSB − MSW) ÷ (MSB + (*m*₀ − 1) MSW) for yes and no, with
/// *m*₀ = (*N* − Σ *mᵢ*² ÷ *N*) ÷ (*k* − 1) (Ridout, Demétrio and Firth, 1999), not below 0; 0 for fewer than two interviews.
pub(super) fn correlation(counts: &Counts) -> f64 {
    let interviews = counts.len() as f64;
    let all: f64 = counts.iter().map(|(_, of)| *of as f64).sum();
    let with: f64 = counts.iter().map(|(with, _)| *with as f64).sum();
    if interviews < 2.0 || all <= interviews {
        return 0.0;
    }
    let share = with / all;
    let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
    for &(with, of) in counts {
        let (with, of) = (with as f64, of as f64);
        between += of * (with / of - share).powi(2);
        within += with * (1.0 - with / of);
        squares += of * of;
    }
    let between = between / (interviews - 1.0);
    let within = within / (all - interviews);
    let size = (all - squares / all) / (interviews - 1.0);
    let sum = between + (size - 1.0) * within;
    if sum <= 0.0 { 0.0 } else { ((between - within) / sum).clamp(0.0, 1.0) }
}

/// The width of a 95 % interval of a share *p* from segments drawn with `chances` from interviews of these sizes:
///
/// 2 *t* √(*p* (1 − *p*) ((1 − *ρ*) Σ (1 ÷ *πᵢ*) ÷ *N*² + *ρ* Σ *mⱼ*² ÷ *N*²))
///
/// This is Kish's design effect of unequal chances and of interviews in one (Gabler, Häder and Lahiri, 1999), with *t* for one
/// degree of freedom less than there are interviews. The second part stays even when everything is coded: other people would
/// have said something else.
pub(super) fn width(share: f64, correlation: f64, chances: &[f64], interviews: &[u64]) -> f64 {
    let all = chances.len() as f64;
    let unequal: f64 = chances.iter().map(|chance| 1.0 / chance).sum::<f64>() / (all * all);
    let alike: f64 = interviews.iter().map(|size| (*size as f64 / all).powi(2)).sum();
    let variance = share * (1.0 - share) * ((1.0 - correlation) * unequal + correlation * alike);
    (2.0 * quantile(interviews.len()) * variance.max(0.0).sqrt()).min(1.0)
}

fn quantile(interviews: usize) -> f64 {
    let freedom = interviews.saturating_sub(1).max(1) as f64;
    student_quantile(freedom, 0.025).unwrap_or(1.96)
}

/// The smallest number of segments with which no interval is wider than `most`; none when not even all of them would do.
pub(super) fn segments_for(
    most: f64,
    themes: &[ThemeSpread],
    sizes: &[f64],
    interviews: &[u64],
) -> Option<usize> {
    let widest = |count: usize| {
        let chances = chances(sizes, count);
        let widths = themes.iter().map(|theme| width(theme.share, theme.correlation, &chances, interviews));
        widths.fold(0.0, f64::max)
    };
    if widest(sizes.len()) > most {
        return None;
    }
    // The chances rise with the number, so the widths fall.
    let (mut too_few, mut enough) = (0, sizes.len());
    while enough - too_few > 1 {
        let middle = usize::midpoint(too_few, enough);
        if widest(middle) <= most { enough = middle } else { too_few = middle }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(share: f64, correlation: f64) -> ThemeSpread {
        ThemeSpread { theme: "workload".into(), share, correlation, width: 0.0 }
    }

    #[test]
    fn people_who_are_alike_within_and_differ_between_have_a_correlation_of_one() {
        assert!((correlation(&vec![(5, 5), (0, 5), (5, 5)]) - 1.0).abs() < 1e-12);
        assert!(correlation(&vec![(1, 2), (1, 2), (1, 2)]).abs() < 1e-12, "not below 0");
        assert!(correlation(&vec![(3, 9)]).abs() < 1e-12);
        assert!(correlation(&vec![(0, 4), (0, 4)]).abs() < 1e-12, "nobody speaks of it");
    }

    /// By hand: k = 3, N = 12, shares 1/2, 1/4, 0; MSB = (2·.0625·... ) with p = 1/4.
    #[test]
    fn the_correlation_is_that_of_the_formula() {
        // Interviews of 4: 2, 1, 0 with the theme. p = .25; SSB = 4 (.0625 + 0 + .0625) = .5, MSB = .25;
        // SSW = 2·.5 + 1·.75 + 0 = 1.75, MSW = 1.75 / 9; m₀ = 4.
        let (msb, msw) = (0.25, 1.75 / 9.0);
        let expected = (msb - msw) / (msb + 3.0 * msw);
        assert!((correlation(&vec![(2, 4), (1, 4), (0, 4)]) - expected).abs() < 1e-12);
    }

    #[test]
    fn a_uniform_sample_of_independent_segments_has_the_width_of_the_textbook() {
        let chances = vec![0.1; 1_000];
        let many = vec![1; 1_000];
        let found = width(0.5, 0.0, &chances, &many);
        assert!((found - 2.0 * 1.962 * (0.25_f64 / 100.0).sqrt()).abs() < 1e-3, "{found}");
    }

    #[test]
    fn the_number_found_is_just_enough() {
        let sizes: Vec<f64> =
            super::super::probability::sizes(&(0..500).map(f64::from).collect::<Vec<_>>(), 0.5);
        let interviews = vec![10; 50];
        let themes = [spread(0.1, 0.1), spread(0.3, 0.02)];
        let count = segments_for(0.2, &themes, &sizes, &interviews).unwrap();
        let at = |count| width(0.3, 0.02, &chances(&sizes, count), &interviews);
        assert!(at(count) <= 0.2 && at(count - 1) > 0.2, "{count}");
        assert_eq!(segments_for(0.01, &themes, &sizes, &interviews), None);
        assert_eq!(segments_for(0.9, &themes, &sizes, &interviews), Some(5));
    }
}
