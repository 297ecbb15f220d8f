//! Indices of transcripts, segments and themes in the lists of a run.
//!
//! Each list has a type of its own, so that the index of a segment cannot be taken for that of a theme. An index takes four bytes, because
//! a run of a million segments holds millions of them.

use serde::{Deserialize, Serialize};

macro_rules! index_types {
    ($($(#[$attribute:meta])* $name:ident)+) => {$(
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The index with this number, from 0. No list has four billion elements: a number above stays the highest.
            pub const fn new(index: usize) -> Self {
                Self(if index < u32::MAX as usize { index as u32 } else { u32::MAX })
            }

            /// The number, from 0.
            pub const fn get(self) -> usize {
                self.0 as usize
            }

            /// The element at this index of the run's list, or of any list parallel to it; none where the list is shorter.
            pub fn of<T>(self, list: &[T]) -> Option<&T> {
                list.get(self.get())
            }

            /// Like [`of`](Self::of), to be changed.
            pub fn of_mut<T>(self, list: &mut [T]) -> Option<&mut T> {
                list.get_mut(self.get())
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self::new(index)
            }
        }

        impl From<$name> for usize {
            fn from(index: $name) -> Self {
                index.get()
            }
        }
    )+};
}

index_types! {
    /// Index of a transcript in [`Corpus::transcripts`](transcripts::Corpus::transcripts).
    TranscriptIndex
    /// Index of a [`Segment`](super::Segment) in the run's list of segments.
    SegmentIndex
    /// Index of a [`Theme`](super::Theme) in the run's list of themes.
    ThemeIndex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_too_short_has_no_element() {
        let mut names = ["workload", "pay"];
        assert_eq!(ThemeIndex::new(1).of(&names), Some(&"pay"));
        assert_eq!(ThemeIndex::new(2).of(&names), None);
        if let Some(name) = ThemeIndex::new(0).of_mut(&mut names) {
            *name = "time";
        }
        assert_eq!(names, ["time", "pay"]);
    }

    #[test]
    fn an_index_beyond_four_billion_has_no_element() {
        let beyond = ThemeIndex::new(usize::MAX);
        assert_eq!((beyond, beyond.of(&[1])), (ThemeIndex::new(u32::MAX as usize), None));
    }

    #[test]
    fn an_index_is_written_as_its_number() {
        let index = SegmentIndex::new(7);
        assert_eq!(serde_json::to_string(&index).unwrap(), "7");
        assert_eq!(serde_json::from_str::<SegmentIndex>("7").unwrap(), index);
    }
}
