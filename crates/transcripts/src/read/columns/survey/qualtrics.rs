//! Qualtrics. Below the names of the columns are the questions, and in newer exports a row of `{"ImportId": …}`. Older exports name the
//! program's own columns `V1` to `V10` and describe them in the row below.

use super::super::cell::{Cell, Row};
use super::{Column, Kind, Program, Survey, fold_column, fold_columns};

/// Names of Qualtrics' own columns, folded. At least three of them make a survey.
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
    "q_duplicaterespondent",
    "q_ballotboxstuffing",
    "q_straightliningcount",
    "q_straightliningpercentage",
    "q_unansweredpercentage",
    "q_unansweredquestions",
    "q_url",
    "q_language",
    "unnamed",
];
/// Those that people may compare by. The others are about the mailing, or personal.
const KEPT: &[&str] = &["userlanguage", "finished", "q_language"];
/// Columns of which one tells a survey from a table that happens to have a `status`.
const TELLING: &[&str] = &["responseid", "responseset", "recordeddate", "ipaddress"];
/// Columns that Qualtrics adds to questions about the page, not the person.
const MEASURED: &[&str] = &[
    "_first_click",
    "_last_click",
    "_page_submit",
    "_click_count",
    "_browser",
    "_version",
    "_operating_system",
    "_resolution",
];

pub(super) struct Qualtrics;

impl Program for Qualtrics {
    fn name(&self) -> &'static str {
        "Qualtrics"
    }

    fn survey(&self, columns: &[String], rows: &[Row]) -> Option<Survey> {
        let mut names: Vec<String> = columns.to_vec();
        let mut folded = fold_columns(columns);
        let is_numbered =
            |name: &String| name.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok());
        let is_legacy = folded.iter().filter(|name| is_numbered(name)).count() >= 3;
        if let Some(below) = rows.first().filter(|_| is_legacy) {
            for at in 0..names.len() {
                let own = fold_column(&below.text(at));
                if is_numbered(&folded[at]) && OWN.contains(&own.as_str()) {
                    names[at] = below.text(at);
                    folded[at] = own;
                }
            }
        }
        let own = folded.iter().filter(|name| OWN.contains(&name.as_str())).count();
        if own < 3 || !folded.iter().any(|name| TELLING.contains(&name.as_str())) {
            return None;
        }
        let (questions, headings) = headings_of(rows, &folded, is_legacy);
        let id = ["responseid", "responseset"];
        let id = id.iter().find_map(|name| folded.iter().position(|column| column == name));
        let column = |at: usize| {
            let name = folded[at].as_str();
            let kind = if Some(at) == id {
                Kind::Id
            } else if KEPT.contains(&name) {
                Kind::Kept
            } else if OWN.contains(&name)
                || is_numbered(&folded[at])
                || MEASURED.iter().any(|ending| name.ends_with(ending))
            {
                Kind::LeftOut
            } else {
                Kind::Question
            };
            let mut column = Column::new(&names[at], kind);
            if let Some(question) = questions.map(|row| row.text(at)).filter(|text| !text.is_empty()) {
                column.question = question;
            }
            column
        };
        let columns = (0..names.len()).map(column).collect();
        Some(Survey { program: "", columns, headings })
    }
}

/// The row with the questions, and how many rows are no respondents.
fn headings_of<'a>(rows: &'a [Row], folded: &[String], is_legacy: bool) -> (Option<&'a Row>, usize) {
    let is_import =
        |row: &Row| row.cells.iter().filter_map(Cell::as_text).any(|text| text.contains("\"ImportId\""));
    // Where a date should be stands `Start Date`; elsewhere a column's own name is repeated.
    let is_questions = |row: &Row| {
        let start = folded.iter().position(|name| name == "startdate" || name == "recordeddate");
        let no_date = start
            .map(|column| row.text(column))
            .is_some_and(|text| !text.is_empty() && !text.contains(|c: char| c.is_ascii_digit()));
        let repeats = (0..folded.len()).filter(|at| {
            let below = fold_column(&row.text(*at)).replace('_', "");
            OWN.contains(&folded[*at].as_str()) && below == folded[*at].replace('_', "")
        });
        no_date || repeats.count() >= 2
    };
    match rows {
        [first, second, ..] if is_import(second) => (Some(first), 2),
        [first, ..] if is_import(first) => (None, 1),
        [first, ..] if is_legacy || is_questions(first) => (Some(first), 1),
        _ => (None, 0),
    }
}
