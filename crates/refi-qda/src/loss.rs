//! What an exchange file could not carry. The standard asks programs to tell people so, in detail, on the way in and out.

use std::fmt;

/// Something that did not make it over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// What it is, in the plural: `times of turns`.
    pub what: String,
    /// How many there were.
    pub count: usize,
    /// Why it is lost, or where it can still be found.
    pub why: &'static str,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.what, self.count, self.why)
    }
}
