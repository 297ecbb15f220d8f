//! The finished run that pages' answers are about, opened once, with its segments by transcript and text.

use std::collections::BTreeMap;
use std::path::Path;

use super::file::PageAnswer;
use crate::record::{OpenedRun, open_run};
use crate::results::SegmentIndex;
use crate::review::import::notes::About;
use crate::review::sample::PageDraw;
use crate::review::text_digest;

/// A finished run in which segments can be found.
pub(super) struct Run {
    pub(super) opened: OpenedRun,
    /// The sample that its page has.
    pub(super) draw: Option<PageDraw>,
    /// Indices of segments by transcript and digest of the text.
    by_text: BTreeMap<(String, String), Vec<SegmentIndex>>,
    digests: Vec<String>,
}

impl Run {
    /// # Errors
    /// A sentence when there is no finished run in the folder.
    pub(super) fn open(out: &Path) -> Result<Self, String> {
        let opened = open_run(out).map_err(|error| error.to_string())?;
        let draw = PageDraw::again(&opened);
        let digests: Vec<String> =
            opened.run.segments.iter().map(|segment| text_digest(&segment.passage.text)).collect();
        let mut by_text: BTreeMap<(String, String), Vec<SegmentIndex>> = BTreeMap::new();
        for (index, (segment, digest)) in opened.run.segments.iter().zip(&digests).enumerate() {
            let transcript = segment.passage.transcript.of(&opened.run.corpus.transcripts);
            let id = transcript.map(|transcript| transcript.id.clone()).unwrap_or_default();
            by_text.entry((id, digest.clone())).or_default().push(index.into());
        }
        Ok(Self { opened, draw, by_text, digests })
    }

    /// The segment of the answer's transcript with its text; where several have it, the one with its id.
    pub(super) fn find(&self, answer: &PageAnswer) -> Option<SegmentIndex> {
        let key = (answer.transcript_id.clone(), text_digest(&answer.text));
        let is_it = |index: &SegmentIndex| {
            index.of(&self.opened.run.segments).is_some_and(|segment| segment.id == answer.segment_id)
        };
        match self.by_text.get(&key)?.as_slice() {
            [index] => Some(*index),
            several => several.iter().copied().find(is_it),
        }
    }

    /// What identifies the segment with this index.
    pub(super) fn about(&self, index: SegmentIndex) -> Option<About<'_>> {
        let segment = index.of(&self.opened.run.segments)?;
        let transcript = segment.passage.transcript.of(&self.opened.run.corpus.transcripts)?;
        Some(About {
            segment_id: &segment.id,
            transcript_id: &transcript.id,
            span: segment.passage.span,
            text_digest: index.of(&self.digests)?,
        })
    }
}
