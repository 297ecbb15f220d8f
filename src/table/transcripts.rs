//! The tables `transcripts` and `turns`: what was read.

use polars::prelude::{Column, DataFrame};
use transcripts::{Problem, Transcript, Turn};
use unicode_segmentation::UnicodeSegmentation;

use super::column_names::further_names;
use super::frame::{frame, known};
use super::schema::{TRANSCRIPTS, TURNS};
use super::{Findings, TableError};

/// The table `transcripts`.
///
/// # Errors
/// When a frame of these columns cannot be made.
pub fn transcripts_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let transcripts = &findings.corpus.transcripts;
    let mut segments = vec![0_u32; transcripts.len()];
    for segment in &findings.segments {
        if let Some(count) = segment.passage.transcript.of_mut(&mut segments) {
            *count += 1;
        }
    }
    let text = |of: fn(&Transcript) -> &str| transcripts.iter().map(of).collect::<Vec<&str>>();
    let mut columns = vec![
        Column::new("transcript_id".into(), text(|transcript| &transcript.id)),
        Column::new("source".into(), text(|transcript| &transcript.source)),
        Column::new("format".into(), text(|transcript| transcript.format)),
        Column::new("turns".into(), transcripts.iter().map(|one| one.turns.len() as u32).collect::<Vec<_>>()),
        Column::new("segments".into(), segments),
        Column::new("words".into(), transcripts.iter().map(words).collect::<Vec<_>>()),
        Column::new("duration_ms".into(), transcripts.iter().map(duration_ms).collect::<Vec<_>>()),
    ];
    let attributes = &findings.corpus.attributes;
    let (names, _) = further_names(&TRANSCRIPTS, attributes);
    for (name, attribute) in names.into_iter().zip(attributes) {
        let values: Vec<Option<&str>> = transcripts
            .iter()
            .map(|transcript| transcript.attributes.get(attribute).and_then(|value| known(value)))
            .collect();
        columns.push(Column::new(name.into(), values));
    }
    frame(&TRANSCRIPTS, columns)
}

/// Attributes whose names were changed in the columns.
pub(super) fn attribute_problems(findings: &Findings) -> Vec<Problem> {
    further_names(&TRANSCRIPTS, &findings.corpus.attributes).1
}

/// Words of all turns by Unicode segmentation, as for segments.
fn words(transcript: &Transcript) -> u32 {
    transcript.turns.iter().map(|turn| turn.text.unicode_words().count() as u32).sum()
}

fn duration_ms(transcript: &Transcript) -> Option<i64> {
    transcript.duration_ms().map(|milliseconds| milliseconds as i64)
}

/// The table `turns`.
///
/// # Errors
/// When a frame of these columns cannot be made.
pub fn turns_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let transcripts = &findings.corpus.transcripts;
    turns_of(
        transcripts.iter().flat_map(|transcript| transcript.turns.iter().map(move |turn| (transcript, turn))),
    )
}

/// The table `turns` for some of them.
pub(super) fn turns_of<'a>(
    some: impl Iterator<Item = (&'a Transcript, &'a Turn)>,
) -> Result<DataFrame, TableError> {
    let (ids, turns): (Vec<&str>, Vec<&Turn>) =
        some.map(|(transcript, turn)| (transcript.id.as_str(), turn)).unzip();
    let whole = |of: fn(&Turn) -> i64| turns.iter().map(|turn| of(turn)).collect::<Vec<i64>>();
    let time = |of: fn(&Turn) -> Option<u64>| {
        turns
            .iter()
            .map(|turn| of(turn).map(|milliseconds| milliseconds as i64))
            .collect::<Vec<Option<i64>>>()
    };
    frame(
        &TURNS,
        vec![
            Column::new("transcript_id".into(), ids),
            Column::new("turn_index".into(), whole(|turn| turn.index)),
            Column::new("speaker".into(), turns.iter().map(|turn| known(&turn.speaker)).collect::<Vec<_>>()),
            Column::new("role".into(), turns.iter().map(|turn| turn.role.as_str()).collect::<Vec<_>>()),
            Column::new("start_ms".into(), time(|turn| turn.start_ms)),
            Column::new("end_ms".into(), time(|turn| turn.end_ms)),
            Column::new("char_start".into(), whole(|turn| turn.span.start as i64)),
            Column::new("char_end".into(), whole(|turn| turn.span.end as i64)),
            Column::new("text".into(), turns.iter().map(|turn| turn.text.as_str()).collect::<Vec<_>>()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn transcripts_show_counts_and_attributes() {
        let findings = small_findings();
        insta::assert_snapshot!(show(&transcripts_frame(&findings).unwrap()), @r#"
        transcript_id str | source str | format str | turns u32 | segments u32 | words u32 | duration_ms i64 | country str | Turns_2 str
        "P01" | "transcripts/P01.vtt" | "vtt" | 3 | 2 | 19 | 3604500 | "Chile" | "many"
        "P02" | "transcripts/P02.txt" | "txt" | 2 | 2 | 8 | null | "Israel" | null
        "#);
        insta::assert_snapshot!(attribute_problems(&findings)[0], @"warning: table transcripts: The attribute `Turns` stands in the column `Turns_2`. (Rename the attribute if scripts use this table: its name is taken, too long, or not plain text.)");
    }

    #[test]
    fn turns_are_verbatim() {
        insta::assert_snapshot!(show(&turns_frame(&small_findings()).unwrap()), @r#"
        transcript_id str | turn_index i64 | speaker str | role str | start_ms i64 | end_ms i64 | char_start i64 | char_end i64 | text str
        "P01" | 1 | "INT" | "interviewer" | 0 | 3000 | 0 | 21 | "What gets in the way?"
        "P01" | 2 | "Ana" | "participant" | 4000 | 7000 | 22 | 76 | "Sixty families, and "one" morning a week.
        That is all."
        "P01" | 3 | "Ana" | "participant" | 3601500 | 3604500 | 77 | 95 | "=cmd|' /C calc'!A0"
        "P02" | 1 | null | "other" | null | null | 0 | 23 | "אין שירותים, אין תקציב."
        "P02" | 2 | "+Bo" | "participant" | null | null | 24 | 50 | "👩🏽‍💼 We fear the minister…"
        "#);
    }

    #[test]
    fn empty_tables_keep_their_columns() {
        insta::assert_snapshot!(show(&transcripts_frame(&empty_findings()).unwrap()), @"transcript_id str | source str | format str | turns u32 | segments u32 | words u32 | duration_ms i64");
        insta::assert_snapshot!(show(&turns_frame(&empty_findings()).unwrap()), @"transcript_id str | turn_index i64 | speaker str | role str | start_ms i64 | end_ms i64 | char_start i64 | char_end i64 | text str");
    }
}
