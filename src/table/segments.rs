//! The tables `segments` and `embeddings`: what was labelled, and its vectors.

use std::ops::Range;

use ndarray::s;
use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom, ReshapeDimension, Series};

use super::frame::{at, frame, known, same_length};
use super::schema::{EMBEDDINGS, SEGMENTS};
use super::{Findings, TableError};
use crate::results::Segment;

/// The table `segments`.
///
/// # Errors
/// When a segment refers to a transcript or a turn that is not there.
pub fn segments_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    segments_of(findings, 0..findings.segments.len())
}

/// The table `segments` for some of them.
pub(super) fn segments_of(findings: &Findings, rows: Range<usize>) -> Result<DataFrame, TableError> {
    same_length(&SEGMENTS, "clusters", findings.cluster_of.len(), findings.segments.len())?;
    let segments = &findings.segments[rows.clone()];

    let mut transcript_ids = Vec::with_capacity(segments.len());
    let mut first_turns = Vec::with_capacity(segments.len());
    let mut last_turns = Vec::with_capacity(segments.len());
    for segment in segments {
        let passage = &segment.passage;
        let transcript = at(&SEGMENTS, "transcript", &findings.corpus.transcripts, passage.transcript)?;
        transcript_ids.push(transcript.id.as_str());
        first_turns.push(at(&SEGMENTS, "turn", &transcript.turns, passage.first_turn)?.index);
        last_turns.push(at(&SEGMENTS, "turn", &transcript.turns, passage.last_turn)?.index);
    }
    let text = |of: fn(&Segment) -> &str| segments.iter().map(of).collect::<Vec<&str>>();
    let unless_empty =
        |of: fn(&Segment) -> &str| segments.iter().map(|one| known(of(one))).collect::<Vec<_>>();
    let count = |of: fn(&Segment) -> u32| segments.iter().map(of).collect::<Vec<u32>>();
    let position =
        |of: fn(&Segment) -> usize| segments.iter().map(|one| of(one) as i64).collect::<Vec<i64>>();
    let time = |of: fn(&Segment) -> Option<u64>| {
        segments
            .iter()
            .map(|one| of(one).map(|milliseconds| milliseconds as i64))
            .collect::<Vec<Option<i64>>>()
    };
    frame(
        &SEGMENTS,
        vec![
            Column::new("segment_id".into(), text(|segment| &segment.id)),
            Column::new("transcript_id".into(), transcript_ids),
            Column::new("segment_index".into(), count(|segment| segment.index)),
            Column::new("first_turn".into(), first_turns),
            Column::new("last_turn".into(), last_turns),
            Column::new("speaker".into(), unless_empty(|segment| &segment.speaker)),
            Column::new("language".into(), unless_empty(|segment| &segment.language)),
            Column::new("start_ms".into(), time(|segment| segment.start_ms)),
            Column::new("end_ms".into(), time(|segment| segment.end_ms)),
            Column::new("char_start".into(), position(|segment| segment.passage.span.start)),
            Column::new("char_end".into(), position(|segment| segment.passage.span.end)),
            Column::new("words".into(), count(|segment| segment.passage.words)),
            Column::new("tokens".into(), count(|segment| segment.passage.tokens)),
            Column::new("text".into(), text(|segment| &segment.passage.text)),
            Column::new("cluster_id".into(), &findings.cluster_of[rows]),
        ],
    )
}

/// The table `embeddings`: an array of the model's dimension a row.
///
/// # Errors
/// When there is not one vector a segment.
pub fn embeddings_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    embeddings_of(findings, 0..findings.segments.len())
}

/// The table `embeddings` for some of the segments, since all may be too many for memory.
pub(super) fn embeddings_of(findings: &Findings, rows: Range<usize>) -> Result<DataFrame, TableError> {
    let all = findings.vectors.view();
    same_length(&EMBEDDINGS, "vectors", all.nrows(), findings.segments.len())?;
    let ids: Vec<&str> = findings.segments[rows.clone()].iter().map(|segment| segment.id.as_str()).collect();
    let some = all.slice(s![rows, ..]);
    let (vectors, dimension) = some.dim();
    let name = "embedding".into();
    // Without segments the model's dimension is unknown; Parquet has no array of width 0.
    let embedding = if some.is_empty() {
        Series::new_empty(name, &DataType::Array(Box::new(DataType::Float32), dimension.max(1)))
    } else {
        let numbers: Vec<f32> = some.iter().copied().collect();
        findings.vectors.release_pages();
        Series::new(name, numbers)
            .reshape_array(&[ReshapeDimension::new(vectors as i64), ReshapeDimension::new(dimension as i64)])
            .map_err(|source| TableError::Frame { table: EMBEDDINGS.name, source })?
    };
    frame(&EMBEDDINGS, vec![Column::new("segment_id".into(), ids), embedding.into_column()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn segments_name_transcript_turns_and_cluster() {
        insta::assert_snapshot!(show(&segments_frame(&small_findings()).unwrap()), @r#"
        segment_id str | transcript_id str | segment_index u32 | first_turn i64 | last_turn i64 | speaker str | language str | start_ms i64 | end_ms i64 | char_start i64 | char_end i64 | words u32 | tokens u32 | text str | cluster_id u32
        "P01:1" | "P01" | 1 | 2 | 2 | "Ana" | "en" | 4000 | 7000 | 22 | 76 | 10 | 12 | "Sixty families, and "one" morning a week.
        That is all." | 0
        "P01:2" | "P01" | 2 | 3 | 3 | "Ana" | "en" | 3601500 | 3604500 | 77 | 95 | 3 | 5 | "=cmd|' /C calc'!A0" | null
        "P02:1" | "P02" | 1 | 1 | 2 | null | null | null | null | 0 | 50 | 9 | 11 | "אין שירותים, אין תקציב.
        👩🏽‍💼 We fear the minister…" | 0
        "P02:2" | "P02" | 2 | 2 | 2 | "+Bo" | null | null | null | 24 | 50 | 5 | 7 | "👩🏽‍💼 We fear the minister…" | 1
        "#);
    }

    #[test]
    fn embeddings_are_arrays_of_fixed_width() {
        insta::assert_snapshot!(show(&embeddings_frame(&small_findings()).unwrap()), @r#"
        segment_id str | embedding array[f32, 2]
        "P01:1" | [1.0, 0.0]
        "P01:2" | [0.6, -0.8]
        "P02:1" | [0.0, 1.0]
        "P02:2" | [-1.0, 0.0]
        "#);
    }

    #[test]
    fn empty_tables_keep_their_columns() {
        insta::assert_snapshot!(show(&segments_frame(&empty_findings()).unwrap()), @"segment_id str | transcript_id str | segment_index u32 | first_turn i64 | last_turn i64 | speaker str | language str | start_ms i64 | end_ms i64 | char_start i64 | char_end i64 | words u32 | tokens u32 | text str | cluster_id u32");
        insta::assert_snapshot!(show(&embeddings_frame(&empty_findings()).unwrap()), @"segment_id str | embedding array[f32, 1]");
    }

    #[test]
    fn lists_that_do_not_match_are_refused() {
        let mut findings = small_findings();
        findings.cluster_of.pop();
        insta::assert_snapshot!(segments_frame(&findings).unwrap_err(), @"the table `segments` has 3 clusters for 4 segments");
        findings.segments.pop();
        insta::assert_snapshot!(embeddings_frame(&findings).unwrap_err(), @"the table `embeddings` has 4 vectors for 3 segments");
        findings.segments[0].passage.last_turn = 99;
        insta::assert_snapshot!(segments_frame(&findings).unwrap_err(), @"the table `segments` refers to turn 99 (counted from 0) of 3");
    }
}
