//! `LimeSurvey`. A column is named by the question's code (`G01Q02`), its text, or both: `G01Q02. What would help?`. The program's own
//! columns come first.

use super::super::cell::Row;
use super::{Column, Kind, Program, Survey, fold_column, fold_columns, number_questions};

/// The codes of the program's own columns.
const CODES: &[&str] = &[
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "startdate",
    "datestamp",
    "ipaddr",
    "refurl",
    "token",
    "firstname",
    "lastname",
    "email",
    "interviewtime",
];
/// Codes that no other program has.
const TELLING: &[&str] = &["submitdate", "lastpage", "startlanguage", "seed"];
/// The names of those columns in exports with texts only: the id, columns that identify the program, the language, and the rest.
const IDS: &[&str] = &[
    "response_id",
    "antwort_id",
    "id_de_la_réponse",
    "id_de_respuesta",
    "id_da_resposta",
    "id_risposta",
    "antwoord_id",
];
const NAMED: &[&str] = &[
    "date_submitted",
    "last_page",
    "seed",
    "datum_abgeschickt",
    "letzte_seite",
    "zufallsstartwert",
    "date_de_soumission",
    "dernière_page",
    "tête_de_série",
    "fecha_de_envío",
    "última_página",
    "semilla",
    "data_de_envio",
    "data_di_invio",
    "ultima_pagina",
    "datum_ingediend",
    "laatste_pagina",
];
const LANGUAGES: &[&str] = &[
    "start_language",
    "start_sprache",
    "startsprache",
    "langue_de_départ",
    "lenguaje_inicial",
    "idioma_inicial",
    "lingua_iniziale",
    "begintaal",
];
const OTHERS: &[&str] = &[
    "date_started",
    "date_last_action",
    "ip_address",
    "referrer_url",
    "token",
    "access_code",
    "total_time",
    "datum_gestartet",
    "datum_letzte_aktivität",
    "ip_adresse",
    "zugangscode",
    "date_de_lancement",
    "date_de_la_dernière_action",
    "adresse_ip",
    "fecha_de_inicio",
    "fecha_de_la_última_acción",
    "dirección_ip",
    "first_name",
    "last_name",
    "email_address",
    "vorname",
    "nachname",
    "e_mail_adresse",
];
/// Beginnings of the names of columns of durations.
const TIMINGS: &[&str] =
    &["group_time", "question_time", "grouptime", "gesamtzeit", "gruppenzeit", "fragenzeit", "interviewtime"];

pub(super) struct LimeSurvey;

impl Program for LimeSurvey {
    fn name(&self) -> &'static str {
        "LimeSurvey"
    }

    fn survey(&self, columns: &[String], rows: &[Row]) -> Option<Survey> {
        let parts: Vec<(Option<&str>, &str)> = columns.iter().map(|name| code_and_words(name)).collect();
        let codes: Vec<String> =
            parts.iter().map(|(code, words)| code.unwrap_or(words).trim().to_lowercase()).collect();
        let folded = fold_columns(columns);
        let by_code = codes.iter().filter(|code| TELLING.contains(&code.as_str())).count();
        let by_name =
            folded.iter().filter(|name| NAMED.contains(&name.as_str()) || LANGUAGES.contains(&name.as_str()));
        let id = codes.iter().position(|code| code == "id");
        let id = id.or_else(|| folded.iter().position(|name| IDS.contains(&name.as_str())))?;
        if by_code < 2 && by_name.count() < 2 {
            return None;
        }
        let mut all: Vec<Column> = Vec::with_capacity(columns.len());
        for (at, (code, words)) in parts.iter().enumerate() {
            let (own, name) = (codes[at].as_str(), folded[at].as_str());
            let kind = if at == id {
                Kind::Id
            } else if own == "startlanguage" || LANGUAGES.contains(&name) {
                Kind::Kept
            } else if CODES.contains(&own)
                || NAMED.contains(&name)
                || OTHERS.contains(&name)
                || TIMINGS.iter().any(|begin| name.starts_with(begin) || own.starts_with(begin))
            {
                Kind::LeftOut
            } else {
                Kind::Question
            };
            let mut column = Column::new(code.unwrap_or(words), kind);
            words.trim().clone_into(&mut column.question);
            all.push(column);
        }
        let has_codes = |column: &Column| !column.name.contains(char::is_whitespace);
        if !all.iter().filter(|column| column.kind == Kind::Question).all(has_codes) {
            number_questions(&mut all);
        }
        let headings = usize::from(rows.first().is_some_and(|row| repeats_codes(row, &folded)));
        if let Some(row) = rows.first().filter(|_| headings == 1) {
            for (at, column) in all.iter_mut().enumerate() {
                if !row.cell(at).is_blank() {
                    column.question = row.text(at);
                }
            }
        }
        Some(Survey { program: "", columns: all, headings })
    }
}

/// Somebody may have put the names in words below the codes.
fn repeats_codes(row: &Row, folded: &[String]) -> bool {
    let is_own = |name: &str| IDS.contains(&name) || NAMED.contains(&name) || LANGUAGES.contains(&name);
    (0..folded.len()).filter(|at| is_own(&fold_column(&row.text(*at)))).count() >= 2
}

/// `G01Q02. What would help?` in its two parts.
fn code_and_words(name: &str) -> (Option<&str>, &str) {
    let name = name.trim();
    let is_code = |code: &str| {
        !code.is_empty()
            && code.starts_with(|c: char| c.is_ascii_alphabetic())
            && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | ']' | '#'))
    };
    match name.split_once(". ") {
        Some((code, words)) if is_code(code) && !words.trim().is_empty() => (Some(code), words.trim()),
        _ if is_code(name) => (Some(name), name),
        _ => (None, name),
    }
}
