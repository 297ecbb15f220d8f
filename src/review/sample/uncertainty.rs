//! How uncertain the machine is of each segment, to draw uncertain ones more often.

use crate::results::{ThemeKind, TranscriptIndex};
use crate::table::FinishedRun;
use crate::theme::{confidence, themes_per_segment};

/// How unsure the machine is of each segment, 0 or more; only the proportions count.
///
/// For each theme of the codebook *c* (1 − *c*), the variance of a yes with confidence *c*, divided by its sum over all segments, so that a
/// rare theme draws as many segments as a frequent one; summed over the themes. The first is what sampling for a mean asks for (Zrnic and
/// Candès, 2024, have its root). Without a codebook all are 0. `weights` has a number for each theme of the run by which its part counts;
/// where it is empty, all count the same.
pub(super) fn uncertainties(run: &FinishedRun, weights: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; run.segments.len()];
    for (theme, variances) in variances(run) {
        let all: f64 = variances.iter().sum();
        let weight = weights.get(theme).copied().unwrap_or(1.0);
        if all > 0.0 {
            for (sum, variance) in sums.iter_mut().zip(variances) {
                *sum += weight * variance / all;
            }
        }
    }
    sums
}

/// A number for each theme of the run, in proportion to the width that the interval of its share has from the machine's mistakes alone: the
/// root of the mean of *c* (1 − *c*).
pub(super) fn interval_weights(run: &FinishedRun) -> Vec<f64> {
    let mut weights = vec![0.0; run.themes.len()];
    for (theme, variances) in variances(run) {
        weights[theme] = (variances.iter().sum::<f64>() / variances.len().max(1) as f64).sqrt();
    }
    weights
}

/// The themes of the codebook by their place, each with *c* (1 − *c*) of every segment.
fn variances(run: &FinishedRun) -> impl Iterator<Item = (usize, Vec<f64>)> {
    let seeds = run.themes.iter().filter(|theme| theme.kind == ThemeKind::Seed).count();
    let transcripts: Vec<TranscriptIndex> = run.segments.iter().map(|one| one.passage.transcript).collect();
    let per_segment = themes_per_segment(&transcripts);
    let variance = move |&score: &f32| {
        let sure = f64::from(confidence(score, seeds, per_segment));
        sure * (1.0 - sure)
    };
    let columns = run.themes.iter().zip(run.scores.columns()).enumerate();
    columns
        .filter(|(_, (theme, _))| theme.kind == ThemeKind::Seed)
        .map(move |(place, (_, column))| (place, column.iter().map(variance).collect()))
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
        let found = uncertainties(&run, &[]);
        assert!(found[3] > found[0] && found[0] > found[1] && found[1] > found[2], "{found:?}");
        assert!((found.iter().sum::<f64>() - 2.0).abs() < 1e-12, "each seed theme has a part of 1");
        run.themes.clear();
        assert_eq!(uncertainties(&run, &[]), [0.0; 4]);
    }
}
