//! Surveys with a respondent a row and a question a column, as Qualtrics exports them.
//!
//! Below the names of the columns stand the questions and a row of `{"ImportId": …}`, which are no respondents. A
//! respondent is a transcript; each open question is a turn that asks, each answer a turn of `Respondent`. So the
//! question stays beside its answer, and is never coded. Closed questions are attributes.

use std::collections::BTreeSet;

use super::{Row, Table, fold_column};
use crate::read::format::{Draft, DraftTurn};
use crate::read::problems::{ProblemLog, counted};

/// What Qualtrics calls its own columns, folded. At least three of them make a survey.
const OWN: &[&str] = &[
    "startdate",
    "enddate",
    "status",
    "ipaddress",
    "progress",
    "duration_(in_seconds)",
    "finished",
    "recordeddate",
    "responseid",
    "responseset",
    "recipientlastname",
    "recipientfirstname",
    "recipientemail",
    "externalreference",
    "externaldatareference",
    "locationlatitude",
    "locationlongitude",
    "locationaccuracy",
    "distributionchannel",
    "userlanguage",
    "emailaddress",
    "name",
    "q_recaptchascore",
    "q_totalduration",
    "q_relevantidduplicate",
    "q_relevantidduplicatescore",
    "q_relevantidfraudscore",
    "q_relevantidlaststartdate",
];
/// Those of them that may be worth comparing by. The others are about the mailing, or say who somebody is.
const KEPT: &[&str] = &["userlanguage", "finished"];
/// Columns of which one tells a survey from a table that happens to have a `status`.
const TELLING: &[&str] = &["responseid", "responseset", "recordeddate", "ipaddress"];
/// An open answer has, on average, so many words.
const ANSWER_WORDS: f64 = 3.0;
/// With few respondents nothing shows that answers are chosen from a list, so they must be longer.
const FEW: usize = 5;
const FEW_WORDS: f64 = 6.0;
/// Share of different answers above which people wrote them themselves.
const DIFFERENT: f64 = 0.5;
/// The respondent's label.
const RESPONDENT: &str = "Respondent";

/// Whether these are the names of a Qualtrics export's columns.
pub(super) fn is_survey<S: AsRef<str>>(columns: &[S]) -> bool {
    let folded: Vec<String> = columns.iter().map(|name| fold_column(name.as_ref())).collect();
    let own = folded.iter().filter(|name| OWN.contains(&name.as_str())).count();
    own >= 3 && folded.iter().any(|name| TELLING.contains(&name.as_str()))
}

/// The columns whose cells people wrote themselves, in words.
pub(super) fn open_answers(rows: &[Row], columns: usize) -> Vec<usize> {
    (0..columns).filter(|column| are_open(rows, *column)).collect()
}

fn are_open(rows: &[Row], column: usize) -> bool {
    let (mut filled, mut words) = (0_usize, 0_usize);
    let mut different = BTreeSet::new();
    for row in rows {
        let text = row.cell(column).as_text().unwrap_or_default();
        if text.is_empty() || text.parse::<f64>().is_ok() {
            continue;
        }
        filled += 1;
        words += text.split_whitespace().count();
        different.insert(text);
    }
    if filled == 0 {
        return false;
    }
    let least = if filled < FEW { FEW_WORDS } else { ANSWER_WORDS };
    words as f64 >= least * filled as f64 && different.len() as f64 > DIFFERENT * filled as f64
}

/// The respondents of a survey.
pub(super) fn respondents_of(table: &Table, log: &mut ProblemLog) -> Vec<Draft> {
    let folded: Vec<String> = table.columns.iter().map(|name| fold_column(name)).collect();
    let (questions, rows) = without_headings(&table.rows, &folded);
    let question = |column: usize| {
        let text = questions.and_then(|row| row.cell(column).as_text()).filter(|text| !text.is_empty());
        text.unwrap_or_else(|| table.columns[column].trim().to_owned())
    };
    let is_own = |column: &usize| OWN.contains(&folded[*column].as_str());
    let open: Vec<usize> = open_answers(rows, folded.len())
        .into_iter()
        .filter(|column| !is_own(column) && folded[*column] != "transcript_id" && !folded[*column].is_empty())
        .collect();
    let attributes: Vec<usize> = (0..folded.len())
        .filter(|column| !open.contains(column) && !folded[*column].is_empty())
        .filter(|column| !is_own(column) || KEPT.contains(&folded[*column].as_str()))
        .filter(|column| rows.iter().any(|row| !row.cell(*column).is_blank()))
        .collect();
    let id = ["transcript_id", "responseid", "responseset"]
        .iter()
        .find_map(|name| folded.iter().position(|column| column == name));
    note_columns(table, &open, &folded, log);
    let mut drafts = Vec::new();
    let mut silent: Option<(u64, usize)> = None;
    for row in rows {
        let mut draft = Draft::default();
        for column in &open {
            let text = row.cell(*column).as_text().unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            let asker = table.columns[*column].trim().to_owned();
            draft.turns.push(DraftTurn {
                speaker: asker.clone(),
                text: question(*column),
                ..DraftTurn::default()
            });
            draft.turns.push(DraftTurn { speaker: RESPONDENT.to_owned(), text, ..DraftTurn::default() });
            draft.asked_by.push(asker);
        }
        if draft.turns.is_empty() {
            silent = Some(silent.map_or((row.line, 1), |(line, count)| (line, count + 1)));
            continue;
        }
        let named = id.and_then(|column| row.cell(column).as_text()).filter(|id| !id.is_empty());
        draft.id = Some(named.unwrap_or_else(|| format!("row {}", row.line)));
        for column in attributes.iter().filter(|column| Some(**column) != id) {
            let value = row.cell(*column).as_text().unwrap_or_default();
            draft.attributes.push((table.columns[*column].trim().to_owned(), value));
        }
        drafts.push(draft);
    }
    if let Some((line, count)) = silent {
        let who = counted(count, "respondent who wrote nothing was", "respondents who wrote nothing were");
        log.note(Some(line), format!("{who} left out"), "");
    }
    drafts
}

/// The row with the questions, and the rows of respondents.
fn without_headings<'a>(rows: &'a [Row], folded: &[String]) -> (Option<&'a Row>, &'a [Row]) {
    let is_import = |row: &Row| {
        row.cells.iter().filter_map(super::Cell::as_text).any(|text| text.contains("\"ImportId\""))
    };
    let start = folded.iter().position(|name| name == "startdate");
    // Older exports have the questions but no `ImportId`: where a date should be stands `Start Date`.
    let is_questions = |row: &Row| {
        start
            .and_then(|column| row.cell(column).as_text())
            .is_some_and(|text| !text.is_empty() && !text.contains(|c: char| c.is_ascii_digit()))
    };
    match rows {
        [first, second, rest @ ..] if is_import(second) => (Some(first), rest),
        [first, rest @ ..] if is_import(first) => (None, rest),
        [first, rest @ ..] if is_questions(first) => (Some(first), rest),
        rows => (None, rows),
    }
}

fn note_columns(table: &Table, open: &[usize], folded: &[String], log: &mut ProblemLog) {
    let name = |column: &usize| format!("`{}`", table.columns[*column].trim());
    let listed = |columns: &[usize]| {
        let mut names: Vec<String> = columns.iter().take(20).map(name).collect();
        if columns.len() > 20 {
            names.push("…".to_owned());
        }
        names.join(", ")
    };
    if !open.is_empty() {
        log.note(
            None,
            format!(
                "the table is a survey with a respondent a row; answers to open questions were read from {}, all other \
                 questions are attributes",
                listed(open)
            ),
            "if a column is missing or should not be there, export the survey with the columns that you want",
        );
    }
    let left_out: Vec<usize> = (0..folded.len())
        .filter(|column| OWN.contains(&folded[*column].as_str()) && !KEPT.contains(&folded[*column].as_str()))
        .filter(|column| folded[*column] != "responseid")
        .collect();
    if !left_out.is_empty() {
        log.note(
            None,
            format!("what the survey program notes about respondents was left out: {}", listed(&left_out)),
            "put what you want to compare by into the participants file",
        );
    }
}
