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
    /// Fits the scores of one theme; none when they show nothing, being all alike or not numbers.
    ///
    /// The null is a normal curve whose centre is the median and whose spread is that of the scores below it, both
    /// drawn towards what is expected when the scores are few. The scores that it does not explain are fitted by a
    /// second normal curve above it (expectation-maximisation).
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
        let spread = drawn(variance, expected.spread.powi(2)).sqrt();
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
        let threshold = Threshold::of(scores.view(), EXPECTED).unwrap();
        let labelled =
            |range: std::ops::Range<usize>| range.filter(|&i| threshold.is_label(scores[i])).count();
        assert!(labelled(900..1000) >= 98);
        assert!(labelled(0..900) <= 60);
        assert!(threshold.confidence(0.4) > 0.9 && threshold.confidence(0.1) < 0.1);
    }

    #[test]
    fn confidence_never_falls() {
        let threshold = Threshold::of(planted().view(), EXPECTED).unwrap();
        let at: Vec<f32> = (0..200).map(|i| threshold.confidence(0.1 + i as f32 * 0.01)).collect();
        assert!(at.windows(2).all(|pair| pair[0] <= pair[1] + 1e-6));
    }

    #[test]
    fn scores_that_show_nothing_give_no_threshold() {
        let of = |scores: Vec<f32>| Threshold::of(Array1::from_vec(scores).view(), EXPECTED);
        assert_eq!(of(vec![0.3; 50]), None);
        assert_eq!(of(vec![f32::NAN; 50]), None);
        assert_eq!(of(Vec::new()), None);
    }

    #[test]
    fn a_handful_of_scores_is_judged_by_what_is_expected() {
        let threshold = Threshold::of(Array1::from_vec(vec![0.1, 0.4, 0.12]).view(), EXPECTED).unwrap();
        assert!(threshold.is_label(0.4) && !threshold.is_label(0.12));
    }
}
