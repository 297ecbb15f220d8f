//! Parts of a study, when the work is divided among machines.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Upper bound of the number of parts, above what any cluster runs at a time.
const MAX_PARTS: u32 = 100_000;

/// One part of a study, written `3/32`. Interviews are assigned by a digest of their ids, so adding one moves
/// no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Partition {
    number: u32,
    of: u32,
}

/// A text that names no part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no part of a study: write 3/32 for the third of 32, with at most {MAX_PARTS} parts")]
pub struct PartitionError {
    written: String,
}

impl Partition {
    /// All `of` parts of a study.
    pub fn all(of: u32) -> impl Iterator<Item = Self> {
        (1..=of).map(move |number| Self { number, of })
    }

    /// The part of the interview, of `of` parts; 0 counts as 1.
    pub fn of_interview(id: &str, of: u32) -> Self {
        let digest = blake3::hash(id.as_bytes());
        let first = digest.as_bytes().first_chunk().map_or(0, |bytes: &[u8; 8]| u64::from_le_bytes(*bytes));
        let of = of.max(1);
        Self { number: (first % u64::from(of)) as u32 + 1, of }
    }

    /// Whether the interview is in this part.
    ///
    /// ```
    /// use emic::storage::Partition;
    /// let parts: Vec<Partition> = Partition::all(8).collect();
    /// assert_eq!(parts.iter().filter(|part| part.holds("P01")).count(), 1);
    /// assert!("9/8".parse::<Partition>().is_err());
    /// ```
    pub fn holds(self, id: &str) -> bool {
        Self::of_interview(id, self.of) == self
    }

    /// Number of parts of the study.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Name of the part's folder: `3-of-32`.
    pub fn folder(self) -> String {
        format!("{}-of-{}", self.number, self.of)
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Partition {
    type Err = PartitionError;

    fn from_str(written: &str) -> Result<Self, PartitionError> {
        let numbers =
            written.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) && of <= MAX_PARTS => Ok(Self { number, of }),
            _ => Err(PartitionError { written: written.to_owned() }),
        }
    }
}

impl TryFrom<String> for Partition {
    type Error = PartitionError;

    fn try_from(written: String) -> Result<Self, PartitionError> {
        written.parse()
    }
}

impl From<Partition> for String {
    fn from(part: Partition) -> Self {
        part.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interview_is_in_one_part_and_the_parts_are_alike() {
        let mut sizes = [0; 8];
        for interview in 0..4000 {
            let id = format!("P{interview:04}");
            let holding: Vec<usize> =
                Partition::all(8).enumerate().filter(|(_, part)| part.holds(&id)).map(|(at, _)| at).collect();
            assert_eq!(holding.len(), 1);
            sizes[holding[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (400..600).contains(size)), "{sizes:?}");
    }

    #[test]
    fn where_an_interview_goes_never_changes() {
        let folder = |id| Partition::of_interview(id, 32).folder();
        insta::assert_snapshot!(["P01", "P02", "שלום"].map(folder).join(" "), @"8-of-32 31-of-32 4-of-32");
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for written in
            ["", "3", "0/4", "5/4", "1/0", "-1/4", "1/100001", "1/4/4", "a/b", "4294967297/4294967297"]
        {
            assert!(written.parse::<Partition>().is_err(), "{written}");
        }
        assert_eq!("3/32".parse::<Partition>().unwrap().to_string(), "3/32");
        insta::assert_snapshot!("5/4".parse::<Partition>().unwrap_err(), @"`5/4` is no part of a study: write 3/32 for the third of 32, with at most 100000 parts");
    }
}
