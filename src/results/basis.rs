//! Whether a codebook fits what was said in a language better than chance.

use serde::{Deserialize, Serialize};

/// What the seed themes find in a language, beside what themes find whose words were shuffled.
///
/// The tail is that of a theme's scores: how far the highest fiftieth of the segments lies above the median, in standard deviations of
/// the lower half. Talk about a theme makes a long one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LanguageBasis {
    /// The language; empty where it is not known.
    pub language: String,
    /// Its segments.
    pub segments: u32,
    /// Mean tail of the seed themes.
    pub own: f64,
    /// The same of shuffled themes: the mean over all shuffles.
    pub shuffled: f64,
    /// Standard deviation of that over the shuffles.
    pub shuffled_spread: f64,
}

/// How far the seed themes must lie above shuffled ones, in standard deviations of these: one in twenty shuffled codebooks does.
pub const MIN_BASIS: f64 = 1.65;

impl LanguageBasis {
    /// Whether the seed themes find more than shuffled ones.
    pub fn is_shown(&self) -> bool {
        self.own > self.shuffled + MIN_BASIS * self.shuffled_spread
    }
}
