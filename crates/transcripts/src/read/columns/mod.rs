//! Makes transcripts of table rows, for CSV, workbooks, JSON lines and Parquet alike. `headings` knows the names of columns, `times`
//! reads times, `attributes` finds attributes, `tiers` reads tables of ELAN and Praat, `survey` tables with a respondent a row.

mod attributes;
mod cell;
pub(crate) mod csv;
mod headings;
mod headless;
pub(crate) mod jsonl;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
pub(crate) mod participants;
pub(crate) mod sheets;
pub(crate) mod spreadsheet;
pub(crate) mod survey;
mod tiers;
mod times;
pub(crate) mod workbook;

use std::collections::BTreeMap;

use self::attributes::Attributes;
pub(crate) use self::cell::{Cell, Row, Table};
use self::headings::{Layout, layout_of};
pub(crate) use self::headings::{fold_column, has_text_column, known_columns, stays_in_its_row};
use self::times::Times;
use crate::codes;
use crate::read::captions::{Cue, fragments_in_cues, turns_of};
use crate::read::format::{Draft, DraftTurn, ReadError, Source};
use crate::read::problems::{ProblemLog, counted};

/// The transcripts in a table, in the order of their first rows.
///
/// # Errors
/// When there is no column with the text.
pub(crate) fn transcripts_of(
    table: &Table,
    source: &Source<'_>,
    log: &mut ProblemLog,
) -> Result<Vec<Draft>, ReadError> {
    if let Some(survey) = survey::program_of(&table.columns, &table.rows) {
        return Ok(survey::respondents_of(table, survey, log));
    }
    if let Some(draft) = tiers::transcript_of(table, source, log) {
        return Ok(vec![draft]);
    }
    let layout = layout_of(&table.columns, log).map_err(|error| wide(table).unwrap_or(error))?;
    let mut drafts: Vec<Draft> = Vec::new();
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut attributes = Attributes::new(&layout);
    let times = Times::of(table, &layout, log);
    let mut lines: Vec<Vec<u64>> = Vec::new();
    let mut empty: Option<(u64, usize)> = None;
    for row in &table.rows {
        let Some((id, turn)) = turn_of(row, &layout, &times, log) else { continue };
        if turn.text.trim().is_empty() {
            empty = Some(empty.map_or((row.line, 1), |(line, count)| (line, count + 1)));
            continue;
        }
        let key = id.clone().unwrap_or_default();
        let index = *index_of.entry(key).or_insert_with(|| {
            drafts.push(Draft { id, ..Draft::default() });
            lines.push(Vec::new());
            drafts.len() - 1
        });
        attributes.see(index, row);
        drafts[index].turns.push(turn);
        lines[index].push(row.line);
    }
    if let Some((line, count)) = empty {
        log.note(
            codes::ROW_LEFT_OUT,
            Some(line),
            format!("{} left out", counted(count, "row without text was", "rows without text were")),
            "",
        );
    }
    attributes.give(&mut drafts, &table.columns, log);
    if layout.index.is_some() {
        check_order(&drafts, log);
    } else if layout.speaker.is_none() {
        for (draft, lines) in drafts.iter_mut().zip(&lines) {
            join_segments(draft, lines, source.roster, layout.transcript.is_none(), log);
        }
    }
    Ok(drafts)
}

/// Finds labels such as `Anna:` in the rows of a table without speakers, for example of speech recognition, and joins rows without a
/// pause, as in captions. Where `is_recording` is false, rows without a label are not changed.
fn join_segments(
    draft: &mut Draft,
    lines: &[u64],
    roster: &[String],
    is_recording: bool,
    log: &mut ProblemLog,
) {
    let cues: Vec<Cue> = draft
        .turns
        .iter()
        .zip(lines)
        .map(|(turn, line)| Cue {
            line: *line,
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            lines: vec![turn.text.clone()],
            ..Cue::default()
        })
        .collect();
    let said = fragments_in_cues(cues, roster, log);
    let is_labelled = said.iter().any(|said| said.speaker.is_some());
    let is_timed = draft.turns.iter().any(|turn| turn.start_ms.is_some() && turn.end_ms.is_some());
    if is_labelled {
        log.note(
            codes::SPEAKER_GUESSED,
            None,
            "there is no column of speakers; the labels at the start of the text were read as such",
            "give the speakers a column `speaker` to be sure",
        );
    }
    if !(is_labelled || is_recording && is_timed) {
        return;
    }
    let rows = draft.turns.len();
    draft.turns = turns_of(said);
    if draft.turns.len() < rows {
        let turns = counted(draft.turns.len(), "turn", "turns");
        let words = if is_labelled { "at changes of speaker" } else { "at pauses" };
        log.note(codes::LAYOUT_GUESSED, None, format!("{rows} rows became {turns}, cut {words}"), "");
    }
}

/// Whether a table without a column of text has several columns of long answers.
fn wide(table: &Table) -> Option<ReadError> {
    let open = survey::open_answers(&table.rows, table.columns.len());
    let named = |at: &usize| table.columns.get(*at).map(|name| format!("`{}`", name.trim()));
    let mut columns: Vec<String> = open.iter().take(20).filter_map(named).collect();
    if open.len() > 20 {
        columns.push("…".to_owned());
    }
    (columns.len() > 1).then(|| ReadError::Wide { columns: columns.join(", ") })
}

/// A row's transcript and turn; none, with an error in the log, when it cannot be used.
fn turn_of(
    row: &Row,
    layout: &Layout,
    times: &Times<'_>,
    log: &mut ProblemLog,
) -> Option<(Option<String>, DraftTurn)> {
    let line = Some(row.line);
    let text = match row.cell(layout.text) {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        _ => {
            log.error(
                codes::ROW_LEFT_OUT,
                line,
                "the text of this row is not words, so the row was left out",
                "write what was said as text",
            );
            return None;
        }
    };
    let id = match layout.transcript.map(|column| row.cell(column)) {
        None => None,
        Some(cell) => match cell.as_text().filter(|id| !id.is_empty()) {
            Some(id) => Some(id),
            None if text.trim().is_empty() => return None,
            None => {
                log.error(
                    codes::ROW_LEFT_OUT,
                    line,
                    "this row has no `transcript_id`, so it was left out",
                    "say which interview it belongs to",
                );
                return None;
            }
        },
    };
    let index = match layout.index.map(|column| row.cell(column)).filter(|cell| !cell.is_blank()) {
        None => None,
        Some(cell) => {
            let Some(index) = cell.as_integer() else {
                log.error(
                    codes::ROW_LEFT_OUT,
                    line,
                    "the `turn_index` of this row is not a whole number, so the row was left out",
                    "number the turns 1, 2, 3, …",
                );
                return None;
            };
            Some(index)
        }
    };
    let speaker = layout.speaker.and_then(|column| row.cell(column).as_text()).unwrap_or_default();
    let speaker = speaker.trim_end_matches([':', '：']).trim_end().to_owned();
    let (start_ms, end_ms) = times.of_row(row, log);
    Some((id, DraftTurn { index, speaker, start_ms, end_ms, text }))
}

/// Warns of turn numbers that repeat or run backwards.
fn check_order(drafts: &[Draft], log: &mut ProblemLog) {
    let steps = |draft: &Draft| {
        let indices: Vec<i64> = draft.turns.iter().filter_map(|turn| turn.index).collect();
        indices.windows(2).filter(|pair| pair[1] <= pair[0]).count()
    };
    let odd = drafts.iter().filter(|draft| steps(draft) > 0).count();
    if odd > 0 {
        log.warning(
            codes::ROW_DOUBTFUL,
            None,
            format!(
                "`turn_index` repeats or runs backwards in {}; the order of the rows was kept",
                counted(odd, "transcript", "transcripts")
            ),
            "sort the rows and number the turns of each transcript once",
        );
    }
}
