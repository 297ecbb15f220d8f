//! Finds coded segments in a run: human codes and notes outlive runs, and segments may be cut anew.

use std::collections::{BTreeMap, BTreeSet};

use transcripts::{CharSpan, Transcript};

use super::text_digest;
use crate::results::{Segment, SegmentIndex};

/// Why a coded segment is not in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lost {
    Transcript,
    Text,
    Several,
}

impl Lost {
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Transcript => "the run has no such transcript",
            Self::Text => "no segment of the transcript has that text now",
            Self::Several => "they moved, and several segments of the transcript have that text",
        }
    }

    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Transcript => {
                "transcripts were taken out of the study or renamed since the sample was drawn"
            }
            Self::Text | Self::Several => {
                "the unit of segments or the transcripts changed since; go back to the unit that was coded, or draw a new sample"
            }
        }
    }
}

/// What identifies a coded segment: transcript, span, digest of its text.
pub(super) type SegmentKey<'a> = (&'a str, CharSpan, &'a str);

/// The segments of a run by transcript, span and text.
pub(super) struct SegmentFinder<'a> {
    exact: BTreeMap<(&'a str, usize, usize, String), SegmentIndex>,
    by_text: BTreeMap<(&'a str, String), Vec<SegmentIndex>>,
    transcripts: BTreeSet<&'a str>,
}

impl<'a> SegmentFinder<'a> {
    pub(super) fn of(segments: &[Segment], transcripts: &'a [Transcript]) -> Self {
        let mut finder = Self {
            exact: BTreeMap::new(),
            by_text: BTreeMap::new(),
            transcripts: transcripts.iter().map(|transcript| transcript.id.as_str()).collect(),
        };
        for (segment_index, segment) in segments.iter().enumerate() {
            let Some(transcript) = segment.passage.transcript.of(transcripts) else { continue };
            let (id, span) = (transcript.id.as_str(), segment.passage.span);
            let (segment_index, digest) =
                (SegmentIndex::new(segment_index), text_digest(&segment.passage.text));
            finder.exact.insert((id, span.start, span.end, digest.clone()), segment_index);
            finder.by_text.entry((id, digest)).or_default().push(segment_index);
        }
        finder
    }

    /// The segment's index in the run, and whether it has the same span as when it was coded.
    pub(super) fn find(&self, (id, span, digest): SegmentKey<'a>) -> Result<(SegmentIndex, bool), Lost> {
        let exact = (id, span.start, span.end, digest.to_owned());
        if let Some(&segment) = self.exact.get(&exact) {
            return Ok((segment, true));
        }
        match self.by_text.get(&(id, digest.to_owned())).map(Vec::as_slice) {
            Some(&[segment]) => Ok((segment, false)),
            Some(_) => Err(Lost::Several),
            None if self.transcripts.contains(id) => Err(Lost::Text),
            None => Err(Lost::Transcript),
        }
    }
}
