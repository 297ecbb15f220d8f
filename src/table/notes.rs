//! The table `notes`: what coders wrote besides their answers, each with its segment.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame, known};
use super::schema::NOTES;
use super::{Findings, TableError, locator};

/// The table `notes`.
///
/// # Errors
/// When a note refers to a segment or a transcript that is not there.
pub fn notes_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.notes;
    let mut segments = Vec::with_capacity(rows.len());
    let mut transcripts = Vec::with_capacity(rows.len());
    for row in rows {
        let segment = at(&NOTES, "segment", &findings.segments, row.segment)?;
        transcripts.push(at(&NOTES, "transcript", &findings.corpus.transcripts, segment.passage.transcript)?);
        segments.push(segment);
    }
    let locators =
        transcripts.iter().zip(&segments).map(|(transcript, segment)| locator(transcript, segment));
    frame(
        &NOTES,
        vec![
            Column::new("segment_id".into(), segments.iter().map(|one| one.id.as_str()).collect::<Vec<_>>()),
            Column::new(
                "transcript_id".into(),
                transcripts.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
            ),
            Column::new("coder".into(), rows.iter().map(|row| row.coder.as_str()).collect::<Vec<_>>()),
            Column::new("kind".into(), rows.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>()),
            Column::new("theme".into(), rows.iter().map(|row| known(&row.theme)).collect::<Vec<_>>()),
            Column::new("note".into(), rows.iter().map(|row| known(&row.note)).collect::<Vec<_>>()),
            Column::new("speaker".into(), segments.iter().map(|one| known(&one.speaker)).collect::<Vec<_>>()),
            Column::new("locator".into(), locators.collect::<Vec<_>>()),
            Column::new(
                "text".into(),
                segments.iter().map(|one| one.passage.text.as_str()).collect::<Vec<_>>(),
            ),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn a_note_stands_beside_its_segment() {
        insta::assert_snapshot!(show(&notes_frame(&small_findings()).unwrap()), @r#"
        segment_id str | transcript_id str | coder str | kind str | theme str | note str | speaker str | locator str | text str
        "P01:1" | "P01" | "=Ana" | "paper" | null | null | "Ana" | "P01, turn 2, 00:00:04" | "Sixty families, and "one" morning a week.
        That is all."
        "P02:1" | "P02" | "Bo" | "memo" | null | "=see "page 3"" | null | "P02, turns 1–2" | "אין שירותים, אין תקציב.
        👩🏽‍💼 We fear the minister…"
        "#);
        assert_eq!(notes_frame(&empty_findings()).unwrap().shape(), (0, 9));
    }
}
