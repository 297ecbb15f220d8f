//! Counts the interviews that some segments come from.

use std::collections::BTreeSet;

use crate::results::{Segment, TranscriptIndex};

/// The number of interviews that the segments at `indices` come from.
pub(super) fn distinct_transcripts(segments: &[Segment], indices: impl IntoIterator<Item = usize>) -> usize {
    indices
        .into_iter()
        .map(|index| segments[index].passage.transcript)
        .collect::<BTreeSet<TranscriptIndex>>()
        .len()
}
