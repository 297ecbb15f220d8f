//! What people said of the segments of a run: the one form in which agreement, correction and learning see human codes.
//!
//! Places refer to the run's lists, as in labels; a code that belongs to no segment or theme of the run cannot be expressed.

/// Human codes, beside the run's segments and themes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Codings {
    /// Names of the coders, sorted.
    pub coders: Vec<String>,
    /// What was coded, by segment and then coder, none twice.
    pub rows: Vec<Coding>,
}

/// One segment as one coder coded it.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// Place of the segment in the run's list of segments.
    pub segment: usize,
    /// Place of the coder in [`Codings::coders`].
    pub coder: usize,
    /// The chance with which the segment came to be coded, above 0 to 1: known because the sample was drawn at random.
    pub probability: f64,
    /// For each theme of the run whether it applies; none where the coder was not asked.
    pub themes: Vec<Option<bool>>,
}
