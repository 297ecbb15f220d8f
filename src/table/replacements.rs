//! The table `replacements`: what was replaced where, for confidentiality. It never contains the original.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame};
use super::schema::REPLACEMENTS;
use super::{Findings, TableError};

/// The table `replacements`.
///
/// # Errors
/// When a row refers to a transcript or a turn that is not there.
pub fn replacements_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.replacements;
    let mut transcripts = Vec::with_capacity(rows.len());
    let mut turns = Vec::with_capacity(rows.len());
    for row in rows {
        let transcript = at(&REPLACEMENTS, "transcript", &findings.corpus.transcripts, row.transcript)?;
        let turn = row.turn.map(|turn| at(&REPLACEMENTS, "turn", &transcript.turns, turn)).transpose()?;
        transcripts.push(transcript.id.as_str());
        turns.push(turn.map(|turn| turn.index));
    }
    frame(
        &REPLACEMENTS,
        vec![
            Column::new("transcript_id".into(), transcripts),
            Column::new("turn_index".into(), turns),
            Column::new("place".into(), rows.iter().map(|row| row.part.as_str()).collect::<Vec<_>>()),
            Column::new("kind".into(), rows.iter().map(|row| row.kind).collect::<Vec<_>>()),
            Column::new(
                "replacement".into(),
                rows.iter().map(|row| row.replacement.as_str()).collect::<Vec<_>>(),
            ),
            Column::new("count".into(), rows.iter().map(|row| row.count).collect::<Vec<_>>()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn replacements_say_where_and_how_often() {
        insta::assert_snapshot!(show(&replacements_frame(&small_findings()).unwrap()), @r#"
        transcript_id str | turn_index i64 | place str | kind str | replacement str | count u32
        "P01" | null | "speaker" | "name" | "Ana" | 2
        "P01" | 2 | "text" | "name" | "Ana" | 1
        "P02" | 2 | "text" | "email" | "[email]" | 2
        "#);
        assert_eq!(replacements_frame(&empty_findings()).unwrap().shape(), (0, 6));
    }
}
