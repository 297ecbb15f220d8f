//! What is doubtful about a result, as values: the caller puts them into words.

use crate::settings::SMALL_GROUP;

/// What is doubtful about a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum Warning {
    /// A group has one interview: its intervals are nearly as wide as can be, and its differences have no p value.
    SingleInterview,
    /// A group has fewer than [`SMALL_GROUP`] interviews: only large differences can be found.
    SmallGroup,
    /// No category, for example language, is in both of two groups.
    Separated,
    /// Nearly all interviews of one group have another category than nearly all of the other.
    NearlySeparated,
    /// There are too few interviews for saturation.
    TooFewForSaturation {
        /// Interviews that it takes.
        needed: usize,
        /// Interviews that there are.
        interviews: usize,
    },
}

/// A warning where a group has few interviews; none for a group without any, which has no results.
pub fn small_group(interviews: usize) -> Option<Warning> {
    match interviews {
        1 => Some(Warning::SingleInterview),
        2..SMALL_GROUP => Some(Warning::SmallGroup),
        _ => None,
    }
}
