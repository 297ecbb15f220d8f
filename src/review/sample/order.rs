//! The order of a draw: by group, transcript and position, so that a systematic pass spreads the sample over all three.

use transcripts::Corpus;

use crate::results::{Segment, SegmentIndex, TranscriptIndex};

/// The indices of all segments by group, transcript and position. `groups` are names of attributes; none for one that no transcript has.
pub(super) fn in_order(corpus: &Corpus, segments: &[Segment], groups: &[Option<&str>]) -> Vec<SegmentIndex> {
    let group = |transcript: TranscriptIndex| -> Vec<Option<&String>> {
        let attributes = transcript.of(&corpus.transcripts).map(|transcript| &transcript.attributes);
        let value = |name: &str| attributes?.get(name).filter(|value| !value.is_empty());
        groups.iter().map(|name| name.and_then(value)).collect()
    };
    let mut order: Vec<SegmentIndex> = (0..segments.len()).map(SegmentIndex::new).collect();
    order.sort_by_cached_key(|&index| {
        let passage = index.of(segments).map(|segment| &segment.passage);
        passage.map(|passage| (group(passage.transcript), passage.transcript, passage.span))
    });
    order
}
