//! The fixed settings of the methods, for a methods section.

/// Probability outside an interval on each side: intervals have a level of 95 %.
pub const TAIL_PROBABILITY: f64 = 0.025;

/// A group with fewer interviews is small: its intervals are wide.
pub const SMALL_GROUP: usize = 8;

/// Rearrangements that are drawn for a p value of a difference at most; all are tried where there are no more than one above this, and
/// none is drawn where each interview is one answer.
///
/// They are so many because Holm's method multiplies p by the number of tests: 1 in 100,000 is still below .05 after 1,000 tests.
pub const MAX_PERMUTATIONS: u32 = 99_999;

/// Rearrangements at least as extreme as the data after which no more are drawn: p is then known to 5 % of itself (Besag and
/// Clifford, 1991).
pub const MAX_EXTREME_PERMUTATIONS: u32 = 400;

/// From this association on (Cramér's V, 1946) a group cannot be told from a category.
pub const STRONG_ASSOCIATION: f64 = 0.8;

/// Intraclass correlation that is assumed within interviews where an exact interval needs an effective number of observations: the upper
/// end of what is usual for segments of an interview.
pub(crate) const INTRACLASS_CORRELATION: f64 = 0.3;
