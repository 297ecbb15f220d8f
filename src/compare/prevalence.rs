//! How often a theme comes up in each group, over both denominators.

/// A theme in a group of interviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Prevalence {
    /// Place of the theme in the run's list of themes.
    pub theme: usize,
    /// The attribute, for example `country`.
    pub attribute: String,
    /// The group, for example one country.
    pub group: String,
    /// Segments of the group that carry the theme.
    pub segments: u32,
    /// Transcripts of the group with at least one such segment.
    pub transcripts: u32,
    /// `segments` over the group's coded segments, 0 to 1.
    pub share_segments: f64,
    /// `transcripts` over the group's transcripts, 0 to 1.
    pub share_transcripts: f64,
}
