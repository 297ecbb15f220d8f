//! Which earlier answers and notes a new import replaces.

use std::collections::BTreeSet;

use transcripts::CharSpan;

use super::rows::CodedRow;
use super::samples::Samples;
use crate::review::CodedAnswer;
use crate::review::codes::sample_cell;
use crate::review::notes::Note;

/// A coder's answers in a sample or on a page, as a whole or about some segments.
pub(super) struct Replaced {
    /// By the column `sample` and the coder.
    whole: BTreeSet<(String, String)>,
    /// The same with the segment's id.
    segments: BTreeSet<(String, String, String)>,
}

impl Replaced {
    /// What `rows` and `pages` (the column `sample`, and the coder) replace. Of samples and coders in `added_to` it is the segments of the
    /// rows alone.
    pub(super) fn by(
        rows: &[&CodedRow],
        added_to: &BTreeSet<(u32, String)>,
        pages: &BTreeSet<(String, String)>,
        samples: &Samples,
    ) -> Self {
        let (mut whole, mut segments) = (pages.clone(), BTreeSet::new());
        for row in rows {
            let (cell, coder) = (row.sample.to_string(), row.coder.clone());
            if !added_to.contains(&(row.sample, row.coder.clone())) {
                whole.insert((cell, coder));
            } else if let Some(of) = samples.get(&row.sample).and_then(|sample| sample.rows.get(row.segment))
            {
                segments.insert((cell, coder, of.segment_id.clone()));
            }
        }
        Self { whole, segments }
    }

    pub(super) fn has_answer(&self, answer: &CodedAnswer) -> bool {
        self.has(sample_cell(answer.sample, &answer.page), &answer.coder, &answer.segment_id)
    }

    pub(super) fn has_note(&self, note: &Note) -> bool {
        self.has(note.sample.clone(), &note.coder, &note.segment_id)
    }

    fn has(&self, cell: String, coder: &str, segment: &str) -> bool {
        let coder = coder.to_owned();
        self.whole.contains(&(cell.clone(), coder.clone()))
            || self.segments.contains(&(cell, coder, segment.to_owned()))
    }
}

/// What a coder said about a segment and a theme: transcript, span, text, coder, theme.
type Said<'a> = (&'a str, CharSpan, &'a str, &'a str, &'a str);

fn said(answer: &CodedAnswer) -> Said<'_> {
    (&answer.transcript_id, answer.span, &answer.text_digest, &answer.coder, &answer.theme)
}

/// Present answers that replace earlier decisions on another page.
pub(super) struct DecidedAgain<'a>(BTreeSet<Said<'a>>);

/// The `fresh` answers that are not among the `earlier` ones: a sheet that comes back unchanged has none.
pub(super) fn decided_again<'a>(fresh: &'a [CodedAnswer], earlier: &[CodedAnswer]) -> DecidedAgain<'a> {
    let before: BTreeSet<(u32, Said<'_>, bool)> =
        earlier.iter().map(|answer| (answer.sample, said(answer), answer.applies)).collect();
    let is_new = |answer: &&CodedAnswer| {
        answer.probability.is_none() || !before.contains(&(answer.sample, said(answer), answer.applies))
    };
    DecidedAgain(fresh.iter().filter(is_new).map(said).collect())
}

impl DecidedAgain<'_> {
    /// Whether an earlier answer about a segment that was not drawn is given again.
    pub(super) fn has(&self, earlier: &CodedAnswer) -> bool {
        earlier.probability.is_none() && self.0.contains(&said(earlier))
    }
}
