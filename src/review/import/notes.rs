//! Notes in a coded row besides its answers: memos, themes that the coder misses, marks, and unsure answers.

use transcripts::CharSpan;

use super::rows::CodedRow;
use super::samples::Samples;
use crate::results::NoteKind;
use crate::review::notes::Note;

/// The segment that notes are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) segment_id: &'a str,
    pub(super) transcript_id: &'a str,
    pub(super) span: CharSpan,
    pub(super) text_digest: &'a str,
}

/// What was written about a segment besides answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) other: &'a [String],
    pub(super) memo: &'a str,
    pub(super) paper: bool,
}

/// The notes in a coded row of a sample.
pub(super) fn notes_in(row: &CodedRow, samples: &Samples) -> Vec<Note> {
    let Some(segment) = samples.get(&row.sample).and_then(|sample| sample.rows.get(row.segment)) else {
        return Vec::new();
    };
    let about = About {
        segment_id: &segment.segment_id,
        transcript_id: &segment.transcript_id,
        span: segment.span,
        text_digest: &segment.text_digest,
    };
    let unsure: Vec<&str> =
        row.answers.iter().filter(|(_, answer)| answer.is_none()).map(|(theme, _)| theme.as_str()).collect();
    let written = Written { other: &row.other, memo: &row.memo, paper: row.paper };
    notes(&row.sample.to_string(), &row.coder, about, &unsure, written)
}

/// A note for each theme that the coder was unsure of, each other theme, the memo and the mark.
pub(super) fn notes(
    sample: &str,
    coder: &str,
    about: About<'_>,
    unsure: &[&str],
    written: Written<'_>,
) -> Vec<Note> {
    let note = |kind: NoteKind, theme: &str, text: &str| Note {
        sample: sample.to_owned(),
        segment_id: about.segment_id.to_owned(),
        transcript_id: about.transcript_id.to_owned(),
        coder: coder.to_owned(),
        kind: kind.as_str().to_owned(),
        theme: theme.to_owned(),
        words: text.to_owned(),
        span: Some(about.span),
        text_digest: about.text_digest.to_owned(),
    };
    let mut notes: Vec<Note> = unsure.iter().map(|theme| note(NoteKind::Unsure, theme, "")).collect();
    notes.extend(written.other.iter().map(|text| note(NoteKind::OtherTheme, "", text)));
    if !written.memo.is_empty() {
        notes.push(note(NoteKind::Memo, "", written.memo));
    }
    if written.paper {
        notes.push(note(NoteKind::Paper, "", ""));
    }
    notes
}
