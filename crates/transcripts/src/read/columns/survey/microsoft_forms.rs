//! Microsoft Forms: a number, times of beginning and end, an address and a name, then the questions. Names of columns are in the
//! language of whoever exported them, so contents decide.

use super::super::cell::Row;
use super::personal::{holds_dates, is_mail};
use super::{Column, Kind, Program, Survey, fold_columns, number_questions};

const IDS: &[&str] =
    &["id", "id.", "tunnus", "identyfikator", "kimlik", "מזהה", "№", "编号", "المعرف", "идентификатор"];
/// Names of the column with the address, or parts of them.
const MAIL: &[&str] = &[
    "email",
    "e_mail",
    "mail",
    "messagerie",
    "courriel",
    "correo",
    "posta",
    "e_post",
    "sähköposti",
    "poczt",
    "почт",
    "メール",
    "邮件",
    "電子郵件",
    "이메일",
    "דואר",
    "بريد",
];
/// Names of the column with the last change, or parts of them.
const CHANGED: &[&str] = &[
    "last_modified",
    "letzten_änderung",
    "letzte_änderung",
    "dernière_modification",
    "última_modificación",
    "ultima_modifica",
];
/// Quizzes have a column of points and one of comments on each answer.
const QUIZ: &[&str] = &[
    "points_",
    "feedback_",
    "punkte_",
    "puntos_",
    "comentarios_",
    "total_points",
    "quiz_feedback",
    "gesamtpunktzahl",
];
/// Placeholder for an address when none was asked for.
const ANONYMOUS: &[&str] =
    &["anonymous", "anonym", "anonyme", "anónimo", "anonimo", "anônimo", "anoniem", "анонимный", "匿名"];

pub(super) struct MicrosoftForms;

impl Program for MicrosoftForms {
    fn name(&self) -> &'static str {
        "Microsoft Forms"
    }

    fn survey(&self, columns: &[String], rows: &[Row]) -> Option<Survey> {
        let folded = fold_columns(columns);
        if !IDS.contains(&folded.first()?.as_str()) || columns.len() < 4 {
            return None;
        }
        let are_numbers =
            rows.iter().take(50).all(|row| row.cell(0).is_blank() || row.cell(0).as_integer().is_some());
        if !are_numbers || rows.is_empty() || !holds_dates(rows, 1) || !holds_dates(rows, 2) {
            return None;
        }
        let named = |at: usize, names: &[&str]| {
            folded.get(at).is_some_and(|name| names.iter().any(|part| name.contains(part)))
        };
        let holds_addresses = |at: usize| {
            let cells = rows.iter().take(50).map(|row| row.text(at)).filter(|cell| !cell.is_empty());
            let mut cells = cells.peekable();
            cells.peek().is_some()
                && cells.all(|cell| is_mail(&cell) || ANONYMOUS.contains(&cell.to_lowercase().as_str()))
        };
        let has_mail = named(3, MAIL) || holds_addresses(3);
        let mut all: Vec<Column> = Vec::with_capacity(columns.len());
        for (at, name) in columns.iter().enumerate() {
            let kind = match at {
                0 => Kind::Id,
                1 | 2 => Kind::LeftOut,
                3 | 4 if has_mail => Kind::LeftOut,
                3..=6 if named(at, CHANGED) => Kind::LeftOut,
                _ if QUIZ.iter().any(|begin| folded[at].starts_with(begin)) => Kind::LeftOut,
                _ => Kind::Question,
            };
            all.push(Column::new(name, kind));
        }
        number_questions(&mut all);
        Some(Survey { program: "", columns: all, headings: 0 })
    }
}
