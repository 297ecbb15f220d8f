//! What is lost on the way into or out of a file. The standard asks programs to report it in detail.

use std::fmt;

/// Things of one kind that were not carried over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// What they are, in the plural: `times of turns`.
    pub what: String,
    /// How many there were.
    pub count: usize,
    /// Why they are lost, or where they can still be found.
    pub why: &'static str,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.what, self.count, self.why)
    }
}
