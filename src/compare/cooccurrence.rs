//! Which themes come up together.

/// Two themes and how often they meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Cooccurrence {
    /// Place of the first theme in the run's list of themes.
    pub theme_a: usize,
    /// Place of the second theme, behind the first.
    pub theme_b: usize,
    /// Segments that carry both.
    pub segments: u32,
    /// Transcripts in which both come up.
    pub transcripts: u32,
    /// Segments with both over segments with either, 0 to 1; 0 when there is neither.
    pub jaccard: f64,
    /// Segments with both over what chance would give if the themes had nothing to do with each other; none when
    /// either theme is absent.
    pub lift: Option<f64>,
}
