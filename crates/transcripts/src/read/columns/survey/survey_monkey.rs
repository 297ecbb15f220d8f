//! `SurveyMonkey`. The questions are the names of the columns; a row below says `Open-Ended Response`, `Response` or which of several
//! choices a column is, and the columns after a question's first have no name.

use super::super::cell::Row;
use super::{Column, Kind, Program, Survey, fold_column, fold_columns, number_questions};

/// Data of the program about respondents, folded, in the languages of its pages.
const OWN: &[&str] = &[
    "collector_id",
    "date_created",
    "date_modified",
    "start_date",
    "end_date",
    "ip_address",
    "email_address",
    "first_name",
    "last_name",
    "startdate",
    "enddate",
    "startdatum",
    "enddatum",
    "ip_adresse",
    "e_mail_adresse",
    "vorname",
    "nachname",
    "date_de_début",
    "date_de_fin",
    "adresse_ip",
    "adresse_e_mail",
    "prénom",
    "nom",
    "nom_de_famille",
    "fecha_de_inicio",
    "fecha_de_finalización",
    "fecha_final",
    "dirección_ip",
    "dirección_de_correo_electrónico",
    "dirección_de_email",
    "nombre",
    "apellido",
    "apellidos",
    "data_de_início",
    "data_de_término",
    "endereço_ip",
    "endereço_de_e_mail",
    "sobrenome",
    "data_di_inizio",
    "data_di_fine",
    "indirizzo_ip",
    "indirizzo_e_mail",
    "cognome",
];
/// Beginnings of the names of columns with data sent along with a link.
const CUSTOM: &[&str] =
    &["custom_data", "benutzerdefinierte_daten", "données_personnalisées", "datos_personalizados"];
const RESPONDENT: &[&str] = &[
    "respondent_id",
    "befragten_id",
    "befragten_nr.",
    "teilnehmer_id",
    "id_du_répondant",
    "id_du_participant",
    "id_del_encuestado",
    "identificación_del_encuestado",
    "id_do_respondente",
    "id_rispondente",
    "respondent_nr.",
];
/// Words for the link by which a respondent came.
const COLLECTOR: &[&str] =
    &["collector", "collecteur", "recopilador", "coletor", "raccoglitore", "kollektor"];
/// Words below a question with an open answer.
const OPEN: &[&str] = &[
    "open_ended_response",
    "offene_antwort",
    "beantwortung_einer_offenen_frage",
    "freitextantwort",
    "réponse_ouverte",
    "réponse_à_composition_non_limitée",
    "respuesta_abierta",
    "resposta_aberta",
    "risposta_aperta",
    "antwoord_op_open_vraag",
];
/// Words below a question with one answer.
const SINGLE: &[&str] = &["response", "antwort", "réponse", "respuesta", "resposta", "risposta", "antwoord"];

pub(super) struct SurveyMonkey;

impl Program for SurveyMonkey {
    fn name(&self) -> &'static str {
        "SurveyMonkey"
    }

    fn survey(&self, columns: &[String], rows: &[Row]) -> Option<Survey> {
        let folded = fold_columns(columns);
        let respondent = folded.iter().position(|name| RESPONDENT.contains(&name.as_str()));
        let collector = folded.iter().position(|name| COLLECTOR.iter().any(|word| name.contains(word)));
        let id = match (respondent, collector) {
            (Some(id), _) => id,
            // The first column is the respondent's number in every language.
            (None, Some(1)) => 0,
            _ => return None,
        };
        let is_heading =
            |row: &&Row| row.cell(id).is_blank() && row.cells.iter().any(|cell| !cell.is_blank());
        let below = rows.first().filter(is_heading);
        if respondent.is_none() && below.is_none() {
            return None;
        }
        let mut all: Vec<Column> = Vec::with_capacity(columns.len());
        let mut question = String::new();
        for (at, name) in columns.iter().enumerate() {
            let below = below.map(|row| row.text(at)).unwrap_or_default();
            let is_own = OWN.contains(&folded[at].as_str())
                || Some(at) == collector
                || CUSTOM.iter().any(|begin| folded[at].starts_with(begin));
            if at == id || (is_own && below.is_empty()) {
                all.push(Column::new(name, if at == id { Kind::Id } else { Kind::LeftOut }));
                continue;
            }
            let name = plain(name);
            let goes_on = name.is_empty();
            if !goes_on {
                question.clone_from(&name);
            }
            let what = fold_column(&below);
            let is_open = OPEN.contains(&what.as_str());
            let asked = if below.is_empty() || is_open || SINGLE.contains(&what.as_str()) {
                question.clone()
            } else {
                format!("{question}: {}", plain(&below))
            };
            all.push(Column::new(&asked, if is_open { Kind::Open } else { Kind::Question }));
        }
        number_questions(&mut all);
        Some(Survey { program: "", columns: all, headings: usize::from(below.is_some()) })
    }
}

/// A question without the marks of a page that some exports keep.
fn plain(question: &str) -> String {
    let mut plain = String::with_capacity(question.len());
    let mut rest = question;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        if let Some((_, after)) = after.split_once('>') {
            rest = after;
        } else {
            plain.push('<');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
