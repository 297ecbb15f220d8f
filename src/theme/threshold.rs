//! How high a score must be before it counts: found from the corpus, without any human code.
//!
//! Most segments are not about a given theme, so the lower half of its scores shows what the theme scores on talk
//! that is not about it (an empirical null; Efron, 2004). A label is a score that such talk hardly ever reaches;
//! its confidence is the share of segments at that score which the null does not explain.

use ndarray::ArrayView1;

/// Labels start this many standard deviations of the null above its centre: about one segment in 28 that is not
/// about the theme gets there.
const LABEL_FROM: f64 = 1.8;
/// Rounds of fitting the second component; it has settled long before.
const ROUNDS: usize = 60;
/// Fewer scores than this show no null; nothing is labelled.
const LEAST_SCORES: usize = 5;

/// What a theme scores on talk that is not about it, and on talk that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threshold {
    centre: f64,
    spread: f64,
    /// The second component, in standard deviations of the null: share, mean, standard deviation.
    about: Component,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Component {
    share: f64,
    mean: f64,
    deviation: f64,
}

impl Threshold {
    /// Fits the scores of one theme; none when they show nothing, being too few or all alike.
    ///
    /// The null is a normal curve whose centre is the median and whose spread is that of the scores below it. The
    /// scores that it does not explain are fitted by a second normal curve above it (expectation-maximisation).
    pub(super) fn of(scores: ArrayView1<'_, f32>) -> Option<Self> {
        let mut sorted: Vec<f64> = scores.iter().map(|&score| f64::from(score)).collect();
        if sorted.len() < LEAST_SCORES || sorted.iter().any(|score| !score.is_finite()) {
            return None;
        }
        sorted.sort_by(f64::total_cmp);
        let centre = f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
        let below: Vec<f64> = sorted.iter().copied().filter(|score| *score <= centre).collect();
        let variance = below.iter().map(|score| (score - centre).powi(2)).sum::<f64>() / below.len() as f64;
        let spread = variance.sqrt();
        if spread < 1e-9 {
            return None;
        }
        let standard: Vec<f64> = sorted.iter().map(|score| (score - centre) / spread).collect();
        Some(Self { centre, spread, about: second_component(&standard) })
    }

    /// Whether the score is one that talk about something else hardly ever reaches.
    pub(super) fn is_label(&self, score: f32) -> bool {
        self.standard(score) >= LABEL_FROM
    }

    /// How sure the label is, 0 to 1: the second component's share at this score. It never falls as scores rise.
    pub(super) fn confidence(&self, score: f32) -> f32 {
        // A second curve narrower than the null loses to it again far out, and a wider one wins again below zero;
        // a score does not become less sure by being higher, so scores are held where the ratio turns.
        let variance = self.about.deviation.powi(2);
        let turn = if variance < 1.0 { self.about.mean / (1.0 - variance) } else { f64::INFINITY };
        let held = self.standard(score).clamp(0.0, turn);
        responsibility(held, self.about) as f32
    }

    /// The score in standard deviations of the null above its centre.
    pub(super) fn standard(&self, score: f32) -> f64 {
        (f64::from(score) - self.centre) / self.spread
    }
}

fn second_component(standard: &[f64]) -> Component {
    let mut about = Component { share: 0.1, mean: 2.5, deviation: 1.0 };
    let count = standard.len() as f64;
    for _ in 0..ROUNDS {
        let (mut total, mut sum) = (0.0, 0.0);
        let weights: Vec<f64> = standard
            .iter()
            .map(|&score| if score > 0.0 { responsibility(score, about) } else { 0.0 })
            .collect();
        for (weight, score) in weights.iter().zip(standard) {
            total += weight;
            sum += weight * score;
        }
        if total < 1e-6 {
            break;
        }
        let mean = sum / total;
        let squares: f64 = weights.iter().zip(standard).map(|(w, score)| w * (score - mean).powi(2)).sum();
        about = Component {
            share: (total / count).clamp(1e-4, 0.5),
            mean: mean.max(1.0),
            deviation: (squares / total + 0.05).sqrt(),
        };
    }
    about
}

/// The second component's share of the density at a standardised score.
fn responsibility(score: f64, about: Component) -> f64 {
    let density = |mean: f64, deviation: f64| (-0.5 * ((score - mean) / deviation).powi(2)).exp() / deviation;
    let second = about.share * density(about.mean, about.deviation);
    let null = (1.0 - about.share) * density(0.0, 1.0);
    if second + null > 0.0 { second / (second + null) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array1;

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
        let threshold = Threshold::of(scores.view()).unwrap();
        let labelled = |range: std::ops::Range<usize>| range.filter(|&i| threshold.is_label(scores[i])).count();
        assert!(labelled(900..1000) >= 98);
        assert!(labelled(0..900) <= 60);
        assert!(threshold.confidence(0.4) > 0.9 && threshold.confidence(0.1) < 0.1);
    }

    #[test]
    fn confidence_never_falls() {
        let threshold = Threshold::of(planted().view()).unwrap();
        let at: Vec<f32> = (0..200).map(|i| threshold.confidence(0.1 + i as f32 * 0.01)).collect();
        assert!(at.windows(2).all(|pair| pair[0] <= pair[1] + 1e-6));
    }

    #[test]
    fn scores_that_show_nothing_give_no_threshold() {
        assert_eq!(Threshold::of(Array1::from_elem(50, 0.3).view()), None);
        assert_eq!(Threshold::of(Array1::from_vec(vec![0.1, 0.2]).view()), None);
        assert_eq!(Threshold::of(Array1::from_vec(vec![f32::NAN; 50]).view()), None);
    }
}
