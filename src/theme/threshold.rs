//! How far above its null a score must be before it counts, and how sure a label is: without any human code.
//!
//! Measured in spreads of the null (`null`), scores said the same over six collections that people had coded, with 7 to 21 themes
//! that 2 to 13 % of the segments carried: segments at 2 spreads had been given the theme about three times as often as
//! segments at large, and at 3 spreads seven times. What differs is how frequent a theme is, which no score tells. So it is
//! taken to be as frequent as no theme at all: with T themes, odds of 1 to T (the prior of least information). A codebook of
//! a few themes does not say all that people talk about, so the odds are never better than 1 to 10.

use same_bits::elementary::{ln, logistic};

/// A label needs this much confidence. What agrees best with people, by F1, is half of the best F1 (Lipton et al. 2014), and that
/// is 0.3 to 0.4 on most collections.
pub(super) const MIN_CONFIDENCE: f64 = 0.2;
/// Where codes of people tell how frequent a theme is, the limit is found, within these.
pub(super) const LEARNED_CONFIDENCE: [f64; 2] = [0.1, 0.5];
/// A codebook of fewer themes leaves as many unnamed.
pub(super) const MIN_THEMES: usize = 10;

/// The two lines of [`evidence`]: where they begin, how they rise, and where one becomes the other.
pub(super) const AT_NULL: f64 = -0.85;
pub(super) const BELOW_BEND: f64 = 0.95;
pub(super) const ABOVE_BEND: f64 = 0.45;
pub(super) const BEND: f64 = 3.0;

/// When a score is a label, and how sure. Scores are in spreads of the theme's null.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threshold {
    /// Themes that a segment could be about.
    themes: f64,
    /// Confidence that a label needs.
    least: f64,
}

impl Threshold {
    /// For one of so many themes.
    pub(super) fn among(themes: usize) -> Self {
        Self { themes: themes.max(MIN_THEMES) as f64, least: MIN_CONFIDENCE }
    }

    /// The same with the limit that agrees best with people, where their codes have told how frequent the theme is: the confidence
    /// at which the expected F1 over all segments is largest, if every confidence is right (Lipton et al. 2014). With *p* sorted
    /// downwards, F1 of the first *m* is 2 Σ *p* of these ÷ (*m* + Σ *p* of all).
    pub(super) fn learned(self, scores: impl Iterator<Item = f32>) -> Self {
        let mut sure: Vec<f64> = scores.map(|score| self.sure(score)).collect();
        sure.sort_by(|a, b| b.total_cmp(a));
        let all: f64 = sure.iter().sum();
        let (mut best, mut limit, mut found) = (0.0, MIN_CONFIDENCE, 0.0);
        for (&confidence, number) in sure.iter().zip(1_u32..) {
            found += confidence;
            let agreement = found / (f64::from(number) + all);
            if agreement > best {
                (best, limit) = (agreement, confidence);
            }
        }
        let [low, high] = LEARNED_CONFIDENCE;
        Self { least: limit.clamp(low, high), ..self }
    }

    /// Whether the score is a label.
    pub(super) fn is_label(self, score: f32) -> bool {
        self.sure(score) >= self.least
    }

    /// How sure the label is, 0 to 1: the odds of the theme before the score was seen, times what the score says for it. It
    /// never falls as scores rise.
    pub(super) fn confidence(self, score: f32) -> f32 {
        self.sure(score) as f32
    }

    fn sure(self, score: f32) -> f64 {
        logistic(self.logit(f64::from(score)))
    }

    /// The confidence on the scale of logits.
    pub(super) fn logit(self, score: f64) -> f64 {
        evidence(score) - ln(self.themes)
    }

    /// The score that has this logit: the other way round.
    pub(super) fn score_of(self, logit: f64) -> f64 {
        let risen = logit + ln(self.themes) - AT_NULL;
        let at_bend = BELOW_BEND * BEND;
        if risen <= at_bend { risen / BELOW_BEND } else { BEND + (risen - at_bend) / ABOVE_BEND }
    }
}

/// The logarithm of how much likelier a score is on talk about the theme than on other talk.
///
/// Two lines, which fit the six collections within 0.3 between 0 and 6 spreads: what people call a theme ends nowhere
/// sharply, so very high scores say less than a normal curve would have it.
fn evidence(score: f64) -> f64 {
    AT_NULL + BELOW_BEND * score.min(BEND) + ABOVE_BEND * (score - BEND).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use same_bits::elementary::logit;

    #[test]
    fn confidence_rises_with_the_score_and_a_label_is_well_above_other_talk() {
        let threshold = Threshold::among(10);
        let at: Vec<f32> = (-20_i16..80).map(|tenth| threshold.confidence(f32::from(tenth) / 10.0)).collect();
        assert!(at.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(!threshold.is_label(0.0) && !threshold.is_label(1.5) && threshold.is_label(2.5));
        assert!(threshold.confidence(6.0) > 0.5 && threshold.confidence(0.0) < 0.1);
    }

    #[test]
    fn the_more_themes_the_higher_the_score_must_be() {
        let score = 2.6;
        assert!(Threshold::among(12).is_label(score) && !Threshold::among(40).is_label(score));
        assert!(Threshold::among(12).confidence(score) > Threshold::among(13).confidence(score));
        assert_eq!(
            Threshold::among(1),
            Threshold::among(10),
            "a few themes are not all that people talk about"
        );
    }

    #[test]
    fn a_learned_limit_is_where_the_expected_agreement_is_best() {
        let threshold = Threshold::among(10);
        let score = |confidence: f64| threshold.score_of(logit(confidence)) as f32;
        // Of ten sure segments and many that are hardly about it: the best limit leaves the many out.
        let scores = || [0.9; 10].into_iter().chain([0.02; 200]).map(score);
        let learned = threshold.learned(scores());
        assert!(learned.is_label(score(0.6)) && !learned.is_label(score(0.45)));
        // Nothing sure: the limit goes down, but not to nothing.
        let learned = threshold.learned([0.12; 40].into_iter().map(score));
        assert!(learned.is_label(score(0.13)) && !learned.is_label(score(0.09)));
        assert_eq!(threshold.learned(std::iter::empty()), threshold);
    }
}
