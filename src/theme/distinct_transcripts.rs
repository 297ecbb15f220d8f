//! How many people speak for something: segments counted by the interviews that they come from.

use std::collections::BTreeSet;

use crate::results::{Segment, TranscriptIndex};

/// Interviews that some segments come from; `places` are theirs among `segments`.
pub(super) fn distinct_transcripts(segments: &[Segment], indices: impl IntoIterator<Item = usize>) -> usize {
    indices
        .into_iter()
        .map(|index| segments[index].passage.transcript)
        .collect::<BTreeSet<TranscriptIndex>>()
        .len()
}
