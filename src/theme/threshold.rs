//! The score that makes a label, and the confidence of a label, without any human code.
//!
//! In standard deviations of the null, scores mean about the same in fifteen collections that people had coded, with 1 to 33 themes:
//! logistic regression over all of them, each with the same weight, gave the evidence of a score. The frequency of a theme cannot be
//! told from scores, so the prior is that of the least information: with T themes, odds of 1 to T. A codebook of a few themes does not
//! cover all that people talk about, so the odds are never better than 1 to 10. Answers that stand alone are given about two themes,
//! turns of a conversation about one, so that their odds are twice as good.

use same_bits::elementary::{ln, logistic};

/// The confidence that a label needs. Agreement with people (F1) is best at half of the best F1 (Lipton et al. 2014), which is 0.3
/// to 0.4 on most collections.
pub(super) const MIN_CONFIDENCE: f64 = 0.2;
/// Bounds of the limit where it is estimated from people's codes.
pub(super) const LEARNED_CONFIDENCE: [f64; 2] = [0.1, 0.5];
/// The prior assumes at least as many themes.
pub(super) const MIN_THEMES: usize = 10;

/// The two lines of [`evidence`]: intercepts, slopes, and where one becomes the other.
pub(super) const AT_NULL: f64 = -0.25;
pub(super) const BELOW_BEND: f64 = 0.65;
pub(super) const ABOVE_BEND: f64 = 0.35;
pub(super) const BEND: f64 = 3.0;

/// Turns scores into labels and confidence. Scores are in standard deviations of the theme's null.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threshold {
    /// Themes for each that a segment carries: the prior odds are 1 to this.
    themes: f64,
    /// Confidence that a label needs.
    least: f64,
}

impl Threshold {
    /// The threshold for one of so many themes.
    pub(super) fn among(themes: usize) -> Self {
        Self { themes: themes.max(MIN_THEMES) as f64, least: MIN_CONFIDENCE }
    }

    /// The same where a segment carries so many themes.
    pub(super) fn with_themes_per_segment(self, number: f64) -> Self {
        Self { themes: self.themes / number, ..self }
    }

    /// The same with the limit that agrees best with people, where their codes tell how frequent the theme is: the confidence at which
    /// the expected F1 over all segments is largest, if confidences are calibrated (Lipton et al. 2014). With *p* sorted
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

    /// The confidence, 0 to 1: the prior odds of the theme times the evidence of the score. It never falls as scores rise.
    pub(super) fn confidence(self, score: f32) -> f32 {
        self.sure(score) as f32
    }

    fn sure(self, score: f32) -> f64 {
        logistic(self.logit(f64::from(score)))
    }

    /// The confidence as a logit.
    pub(super) fn logit(self, score: f64) -> f64 {
        evidence(score) - ln(self.themes)
    }

    /// The score that has this logit: the inverse.
    pub(super) fn score_of(self, logit: f64) -> f64 {
        let risen = logit + ln(self.themes) - AT_NULL;
        let at_bend = BELOW_BEND * BEND;
        if risen <= at_bend { risen / BELOW_BEND } else { BEND + (risen - at_bend) / ABOVE_BEND }
    }
}

/// The log likelihood ratio of a score: talk about the theme against other talk.
///
/// Two lines: themes have no sharp border, so very high scores are weaker evidence than under a normal curve.
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
        assert!(threshold.confidence(6.0) > 0.6 && threshold.confidence(0.0) < 0.1);
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
        // Of ten confident segments and many unlikely ones, the best limit leaves the latter out.
        let scores = || [0.9; 10].into_iter().chain([0.02; 200]).map(score);
        let learned = threshold.learned(scores());
        assert!(learned.is_label(score(0.6)) && !learned.is_label(score(0.45)));
        // Without confident segments the limit is lower, but not zero.
        let learned = threshold.learned([0.12; 40].into_iter().map(score));
        assert!(learned.is_label(score(0.13)) && !learned.is_label(score(0.09)));
        assert_eq!(threshold.learned(std::iter::empty()), threshold);
    }
}
