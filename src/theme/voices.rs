//! How many people speak for something: segments counted by the interviews that they come from.

use std::collections::BTreeSet;

use crate::results::{Segment, TranscriptIndex};

/// Interviews that some segments come from; `places` are theirs among `segments`.
pub(super) fn voices(segments: &[Segment], places: impl IntoIterator<Item = usize>) -> usize {
    places
        .into_iter()
        .map(|place| segments[place].passage.transcript)
        .collect::<BTreeSet<TranscriptIndex>>()
        .len()
}
