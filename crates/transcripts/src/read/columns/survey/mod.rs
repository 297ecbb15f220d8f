//! Surveys: tables with a respondent a row and a question a column. A file here for each program whose exports are known, behind
//! one trait.
//!
//! A respondent is a transcript; each open question is a turn that asks, each answer a turn of `Respondent`. So the question stays beside
//! its answer, and is never coded. Closed questions are attributes. Rows of questions are no respondents, and personal data
//! (names, addresses, places) is neither text nor attribute.

mod answers;
mod google_forms;
mod lime_survey;
mod microsoft_forms;
mod personal;
mod qualtrics;
mod survey_monkey;

use std::collections::BTreeSet;

pub(super) use self::answers::open_answers;
use self::personal::is_personal;
use super::cell::{Row, Table};
use super::fold_column;
use crate::codes;
use crate::read::format::{Draft, DraftTurn};
use crate::read::problems::{ProblemLog, counted};

/// A program that makes surveys.
trait Program: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// The columns; none when the table is no export of this program.
    fn survey(&self, columns: &[String], rows: &[Row]) -> Option<Survey>;
}

const PROGRAMS: &[&dyn Program] = &[
    &qualtrics::Qualtrics,
    &survey_monkey::SurveyMonkey,
    &lime_survey::LimeSurvey,
    &microsoft_forms::MicrosoftForms,
    &google_forms::GoogleForms,
];

/// A survey in its program's layout.
#[derive(Debug)]
pub(super) struct Survey {
    program: &'static str,
    /// One for each column of the table.
    columns: Vec<Column>,
    /// Rows below the headings that are no respondents.
    headings: usize,
}

/// A column of a survey.
#[derive(Debug, Clone)]
struct Column {
    /// The name as an attribute and in messages.
    name: String,
    /// The label of the turn that asks: the question's code or number.
    asker: String,
    /// The question in words.
    question: String,
    kind: Kind,
}

/// The contents of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Identifies respondents.
    Id,
    /// Data of the program that people may compare by.
    Kept,
    /// Data of the program, or personal data.
    LeftOut,
    /// Answers to a question; their contents tell whether they are open.
    Question,
    /// Open answers, by the export.
    Open,
}

impl Column {
    fn new(name: &str, kind: Kind) -> Self {
        let name = name.trim().to_owned();
        Self { asker: name.clone(), question: name.clone(), name, kind }
    }
}

/// The respondent's label.
const RESPONDENT: &str = "Respondent";
/// Columns that a note names.
const LISTED: usize = 20;

/// The survey in a table; none when no program is recognised.
pub(super) fn program_of(columns: &[String], rows: &[Row]) -> Option<Survey> {
    PROGRAMS.iter().find_map(|program| {
        let mut survey = program.survey(columns, rows)?;
        survey.program = program.name();
        Some(survey)
    })
}

/// Numbers the questions that have no code, so that a label is not a whole sentence.
fn number_questions(columns: &mut [Column]) {
    let questions = columns.iter_mut().filter(|column| matches!(column.kind, Kind::Question | Kind::Open));
    for (number, column) in (1..).zip(questions) {
        column.asker = format!("Q{number}");
    }
}

/// The respondents of a survey.
pub(super) fn respondents_of(table: &Table, survey: Survey, log: &mut ProblemLog) -> Vec<Draft> {
    let rows = table.rows.get(survey.headings..).unwrap_or_default();
    let mut columns = survey.columns;
    let open = open_answers(rows, columns.len());
    for (at, column) in columns.iter_mut().enumerate() {
        if column.name.is_empty() && column.question.is_empty() {
            column.kind = Kind::LeftOut;
        } else if matches!(column.kind, Kind::Question | Kind::Open) {
            if is_personal(&column.question, rows, at) {
                column.kind = Kind::LeftOut;
            } else if open.contains(&at) {
                column.kind = Kind::Open;
            }
        }
    }
    let own = fold_columns(&table.columns).iter().position(|name| name == "transcript_id");
    if let Some(at) = own {
        columns[at].kind = Kind::Id;
    }
    let of =
        |kind: Kind| -> Vec<usize> { (0..columns.len()).filter(|at| columns[*at].kind == kind).collect() };
    let id = own.or_else(|| of(Kind::Id).first().copied());
    let filled = |at: &usize| rows.iter().any(|row| !row.cell(*at).is_blank());
    let open: Vec<usize> = of(Kind::Open).into_iter().filter(filled).collect();
    let attributes: Vec<usize> = (0..columns.len())
        .filter(|at| matches!(columns[*at].kind, Kind::Kept | Kind::Question))
        .filter(filled)
        .collect();
    note_columns(survey.program, &columns, &open, &attributes, log);
    let mut drafts = Vec::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut silent: Option<(u64, usize)> = None;
    for row in rows {
        let mut draft = Draft::default();
        for at in &open {
            let text = row.text(*at);
            if text.is_empty() {
                continue;
            }
            let Column { asker, question, .. } = &columns[*at];
            let asks = DraftTurn { speaker: asker.clone(), text: question.clone(), ..DraftTurn::default() };
            draft.turns.push(asks);
            draft.turns.push(DraftTurn { speaker: RESPONDENT.to_owned(), text, ..DraftTurn::default() });
            draft.asked_by.push(asker.clone());
        }
        if draft.turns.is_empty() {
            if row.cells.iter().any(|cell| !cell.is_blank()) {
                silent = Some(silent.map_or((row.line, 1), |(line, count)| (line, count + 1)));
            }
            continue;
        }
        let named = id.map(|at| row.text(at)).filter(|id| !id.is_empty());
        let by_row = format!("row {}", row.line);
        let mut name = named.unwrap_or_else(|| by_row.clone());
        if !ids.insert(name.clone()) {
            let message =
                format!("`{name}` stands on another row too; this respondent is called `{name} {by_row}`");
            log.warning(
                codes::TRANSCRIPT_RENAMED,
                Some(row.line),
                message,
                "check whether somebody answered twice",
            );
            name = format!("{name} {by_row}");
            ids.insert(name.clone());
        }
        draft.id = Some(name);
        draft.attributes = attributes.iter().map(|at| (columns[*at].name.clone(), row.text(*at))).collect();
        drafts.push(draft);
    }
    if let Some((line, count)) = silent {
        let who = counted(count, "respondent who wrote nothing was", "respondents who wrote nothing were");
        log.note(codes::ROW_LEFT_OUT, Some(line), format!("{who} left out"), "");
    }
    drafts
}

fn note_columns(
    program: &str,
    columns: &[Column],
    open: &[usize],
    attributes: &[usize],
    log: &mut ProblemLog,
) {
    let listed = |indices: &[usize]| {
        let mut names: Vec<String> =
            indices.iter().take(LISTED).map(|at| format!("`{}`", columns[*at].name)).collect();
        if indices.len() > LISTED {
            names.push("…".to_owned());
        }
        names.join(", ")
    };
    if open.is_empty() {
        let message = format!(
            "the table is a survey of {program}, but no question in it was answered in people's own words"
        );
        let hint = "if one was, export the survey with that question alone, or make a table with `transcript_id` and `text`";
        log.warning(codes::COLUMN_GUESSED, None, message, hint);
    } else {
        let others = match attributes {
            [] => String::new(),
            some => format!("; attributes are {}", listed(some)),
        };
        log.note(
            codes::COLUMN_GUESSED,
            None,
            format!(
                "the table was read as a survey of {program} with a respondent a row; answers in people's own words were \
                 read from {}{others}",
                listed(open)
            ),
            "if a column is missing or should not be there, export the survey with the columns that you want",
        );
    }
    let left_out: Vec<usize> = (0..columns.len())
        .filter(|at| columns[*at].kind == Kind::LeftOut && !columns[*at].name.is_empty())
        .collect();
    if !left_out.is_empty() {
        log.note(
            codes::COLUMN_LEFT_OUT,
            None,
            format!(
                "what the survey program notes about respondents, and what says who they are, was left out: {}",
                listed(&left_out)
            ),
            "put what you want to compare by into the participants file",
        );
    }
}

fn fold_columns(columns: &[String]) -> Vec<String> {
    columns.iter().map(|name| fold_column(name)).collect()
}
