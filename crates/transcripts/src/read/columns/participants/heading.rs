//! Finds the row of headings in the participants file, and the column of transcripts.

use std::collections::BTreeSet;

use super::super::fold_column;
use super::PlainRow;
use super::ids::{exact_form, loose_form};

/// Rows from the top among which the headings are searched.
const WITHIN: usize = 20;
/// Names of the column of transcripts, folded, in order of preference.
const IDS: &[&str] = &[
    "transcript_id",
    "transcript",
    "transcriptid",
    "transcript_name",
    "file",
    "filename",
    "file_name",
    "file_id",
    "interview_id",
    "interview",
    "interviewid",
    "interview_number",
    "interview_no",
    "interview_nr",
    "objectid",
    "object_id",
    "document",
    "document_name",
    "id",
    "participant_id",
    "participant",
    "pid",
    "respondent_id",
    "respondent",
    "case_id",
    "case",
    "code",
    "datei",
    "dateiname",
    "transkript",
    "transkript_id",
    "interview_id",
    "fall",
    "fall_id",
    "teilnehmer_id",
    "teilnehmer",
    "befragte",
    "fichier",
    "nom_du_fichier",
    "nom_de_fichier",
    "entretien",
    "id_entretien",
    "participant_e",
    "archivo",
    "nombre_del_archivo",
    "nombre_de_archivo",
    "entrevista",
    "id_entrevista",
    "participante",
    "arquivo",
    "intervista",
    "file_di_testo",
    "bestand",
    "bestandsnaam",
    "fil",
    "intervju",
    "קובץ",
    "ראיון",
    "файл",
    "интервью",
    "文件名",
    "访谈",
    "ファイル名",
];

/// The position of the names.
#[derive(Debug)]
pub(super) struct Heading {
    /// The row.
    pub(super) at: usize,
    /// The column of transcripts.
    pub(super) id: usize,
    /// Cells of that column that are, or nearly are, names of transcripts.
    pub(super) matches: usize,
    /// Whether the transcripts are the columns.
    pub(super) is_turned: bool,
    /// Whether the first row is a transcript's, so that there are no headings.
    pub(super) is_row: bool,
}

/// Finds the names; none in an empty table.
pub(super) fn heading_of(rows: &[PlainRow], transcripts: &[&str]) -> Option<Heading> {
    let exact: BTreeSet<String> = transcripts.iter().map(|id| exact_form(id)).collect();
    let loose: BTreeSet<String> = transcripts.iter().map(|id| loose_form(id)).collect();
    let is_transcript = |cell: &str| {
        !cell.trim().is_empty() && (exact.contains(&exact_form(cell)) || loose.contains(&loose_form(cell)))
    };
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let rank =
        |cells: &[String]| IDS.iter().position(|name| cells.iter().any(|cell| fold_column(cell) == *name));
    let first = rows.iter().take(WITHIN);
    // A title has one cell; the names of columns are several, one of which is known.
    let known = first
        .clone()
        .enumerate()
        .filter(|(_, (_, cells))| filled(cells) > 1)
        .filter_map(|(at, (_, cells))| Some((rank(cells)?, at)))
        .min()
        .map(|(_, at)| at);
    let several = rows.iter().take(WITHIN).position(|(_, cells)| filled(cells) > 1);
    let at = known.or(several).or_else(|| rows.iter().position(|(_, cells)| filled(cells) > 0))?;
    let names = &rows[at].1;
    let below = &rows[at + 1..];
    let matches = |column: usize| {
        below.iter().filter(|(_, cells)| cells.get(column).is_some_and(|cell| is_transcript(cell))).count()
    };
    let named: Vec<usize> =
        IDS.iter().filter_map(|name| names.iter().position(|cell| fold_column(cell) == *name)).collect();
    let id = match named.first() {
        Some(column) if fold_column(&names[*column]) == "transcript_id" => *column,
        _ => {
            // Among equals the first, and the first column where no name is known.
            let front = names.iter().position(|cell| !cell.trim().is_empty()).unwrap_or(0);
            let columns: Vec<usize> = named.iter().copied().chain([front]).chain(0..names.len()).collect();
            let best = columns.iter().map(|column| matches(*column)).max().unwrap_or(0);
            columns.into_iter().find(|column| matches(*column) == best).unwrap_or(front)
        }
    };
    let found = matches(id);
    let across = names.iter().enumerate().filter(|(at, cell)| *at > 0 && is_transcript(cell)).count();
    let is_turned = found == 0 && across > 0 && across * 2 >= filled(names).saturating_sub(1);
    let is_row = known.is_none() && names.get(id).is_some_and(|cell| is_transcript(cell)) && !is_turned;
    Some(Heading { at, id, matches: found, is_turned, is_row })
}
