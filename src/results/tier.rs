//! Two tiers of labels: those that are more likely right than wrong, and those that are worth a look.

use serde::{Deserialize, Serialize};

use super::Label;

/// The confidence from which on a label is likely.
pub const MIN_LIKELY_CONFIDENCE: f32 = 0.5;

/// How far a label can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// More likely right than wrong, by its confidence, or given by people.
    Likely,
    /// Below that: for reading, not for counting.
    Possible,
}

impl Tier {
    /// The tier of a machine's label with this confidence.
    pub fn of_confidence(confidence: f32) -> Self {
        if confidence >= MIN_LIKELY_CONFIDENCE { Self::Likely } else { Self::Possible }
    }

    /// The word used in the `labels` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

impl Label {
    /// The label's tier; what people gave is likely.
    pub fn tier(&self) -> Tier {
        if self.coders.is_empty() { Tier::of_confidence(self.confidence) } else { Tier::Likely }
    }

    /// Whether the label is of the tier [`Tier::Likely`].
    pub fn is_likely(&self) -> bool {
        self.tier() == Tier::Likely
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_likely_from_the_limit_on_or_by_people() {
        let tier = |confidence: f32, coders: &[usize]| {
            let label = Label {
                segment: 0.into(),
                theme: 0.into(),
                score: 0.0,
                confidence,
                rank: 1,
                coders: coders.to_vec(),
            };
            (label.tier().as_str(), label.is_likely())
        };
        assert_eq!(tier(MIN_LIKELY_CONFIDENCE, &[]), ("likely", true));
        assert_eq!(tier(MIN_LIKELY_CONFIDENCE - 0.001, &[]), ("possible", false));
        assert_eq!(tier(f32::NAN, &[]), ("possible", false));
        assert_eq!(tier(0.1, &[0]), ("likely", true));
    }
}
