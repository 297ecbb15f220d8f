//! How uncertain the machine is of each segment, to draw uncertain ones more often.

use crate::results::ThemeKind;
use crate::table::FinishedRun;
use crate::theme::confidence;

/// How unsure the machine is of each segment, 0 or more; only the proportions count.
///
/// For each theme of the codebook *c* (1 − *c*), the variance of a yes with confidence *c*, divided by its sum over all segments, so that a
/// rare theme draws as many segments as a frequent one; summed over the themes. The first is what sampling for a mean asks for (Zrnic and
/// Candès, 2024, have its root). Without a codebook all are 0.
pub(super) fn uncertainties(run: &FinishedRun) -> Vec<f64> {
    let mut sums = vec![0.0; run.segments.len()];
    let is_seed = |theme: &&crate::results::Theme| theme.kind == ThemeKind::Seed;
    let seeds = run.themes.iter().filter(is_seed).count();
    for (theme, column) in run.themes.iter().zip(run.scores.columns()) {
        if theme.kind != ThemeKind::Seed {
            continue;
        }
        let variances: Vec<f64> = column
            .iter()
            .map(|&score| {
                let sure = f64::from(confidence(score, seeds));
                sure * (1.0 - sure)
            })
            .collect();
        let all: f64 = variances.iter().sum();
        if all > 0.0 {
            for (sum, variance) in sums.iter_mut().zip(variances) {
                *sum += variance / all;
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::table::fixture::small_findings;

    #[test]
    fn what_the_machine_hesitates_about_counts_most_and_emergent_themes_do_not() {
        let findings = small_findings();
        let mut run = FinishedRun {
            corpus: findings.corpus,
            segments: findings.segments,
            themes: findings.themes,
            scores: array![[4.0, -9.0, 3.0], [0.0, -9.0, 3.0], [-3.0, -9.0, 0.0], [-3.0, 2.0, 0.0]],
            coders: Vec::new(),
            labels: Vec::new(),
        };
        let found = uncertainties(&run);
        assert!(found[3] > found[0] && found[0] > found[1] && found[1] > found[2], "{found:?}");
        assert!((found.iter().sum::<f64>() - 2.0).abs() < 1e-12, "each seed theme has a part of 1");
        run.themes.clear();
        assert_eq!(uncertainties(&run), [0.0; 4]);
    }
}
