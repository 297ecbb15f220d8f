//! Columns with personal data: a form may ask for a name or an address.

use super::super::cell::Row;
use super::super::fold_column;

/// Headings that ask for a name, folded.
const NAMES: &[&str] = &[
    "name",
    "names",
    "your_name",
    "full_name",
    "first_name",
    "last_name",
    "surname",
    "family_name",
    "given_name",
    "what_is_your_name",
    "what's_your_name",
    "your_full_name",
    "ihr_name",
    "dein_name",
    "vorname",
    "nachname",
    "familienname",
    "vor_und_nachname",
    "name,_vorname",
    "wie_heißen_sie",
    "wie_heißt_du",
    "nom",
    "prénom",
    "prenom",
    "votre_nom",
    "nom_et_prénom",
    "nom_complet",
    "quel_est_votre_nom",
    "nombre",
    "apellido",
    "apellidos",
    "nombre_completo",
    "nombre_y_apellidos",
    "nombre_y_apellido",
    "su_nombre",
    "tu_nombre",
    "cuál_es_su_nombre",
    "nome",
    "cognome",
    "nome_completo",
    "nome_e_cognome",
    "seu_nome",
    "sobrenome",
    "naam",
    "voornaam",
    "achternaam",
    "namn",
    "navn",
    "nimi",
    "imię",
    "imię_i_nazwisko",
    "nazwisko",
    "jméno",
    "příjmení",
    "ad",
    "adınız",
    "ad_soyad",
    "имя",
    "фамилия",
    "ваше_имя",
    "фио",
    "שם",
    "שם_מלא",
    "שם_פרטי",
    "שם_משפחה",
    "الاسم",
    "姓名",
    "名前",
    "氏名",
    "お名前",
    "이름",
    "성명",
    "participant_name",
    "respondent_name",
];
/// Words of headings for addresses of all kinds.
const ADDRESSES: &[&str] = &[
    "email",
    "e_mail",
    "mail",
    "emailaddress",
    "correo",
    "courriel",
    "messagerie",
    "e_posta",
    "eposta",
    "e_post",
    "e_mailadresse",
    "e_mail_adresse",
    "почта",
    "אימייל",
    "דוא\"ל",
    "邮箱",
    "メールアドレス",
    "ip",
    "ip_address",
    "ipaddress",
    "ip_adresse",
    "latitude",
    "longitude",
    "gps",
    "phone",
    "telephone",
    "telefon",
    "telefonnummer",
    "handynummer",
    "téléphone",
    "telefono",
    "teléfono",
    "telefone",
    "mobile",
    "whatsapp",
    "телефон",
    "טלפון",
];
/// A heading with more words asks for something else.
const LONGEST: usize = 7;
/// Answers with more words on average are more than a name.
const MAX_WORDS: f64 = 5.0;
/// Share of filled cells with an address at which the column holds addresses.
const MOST: f64 = 0.5;

/// Whether a question asks for personal data, or the answers contain it.
pub(super) fn is_personal(question: &str, rows: &[Row], column: usize) -> bool {
    let cells: Vec<String> =
        rows.iter().map(|row| row.text(column)).filter(|cell| !cell.is_empty()).collect();
    let part = |is: &dyn Fn(&str) -> bool| {
        cells.iter().filter(|cell| is(cell)).count() as f64 > MOST * cells.len() as f64
    };
    if !cells.is_empty() && (part(&is_mail) || part(&is_network_address)) {
        return true;
    }
    let words: usize = cells.iter().map(|cell| cell.split_whitespace().count()).sum();
    if words as f64 > MAX_WORDS * cells.len().max(1) as f64 {
        return false;
    }
    let folded = fold_column(question.trim().trim_end_matches(['?', '*', ':', ' ', '？', '.']));
    let parts: Vec<&str> = folded.split(['_', '/', '(', ')', ',']).filter(|part| !part.is_empty()).collect();
    let is_address = || {
        parts.len() <= LONGEST
            && ADDRESSES
                .iter()
                .any(|address| parts.contains(address) || folded.contains(address) && address.contains('_'))
    };
    let is_phone = part(&|cell| cell.chars().filter(char::is_ascii_digit).count() >= 6);
    NAMES.contains(&folded.trim_start_matches(['¿', '_'])) || (is_address() && (parts.len() <= 3 || is_phone))
}

/// Whether a cell is an address for mail and nothing else.
pub(super) fn is_mail(cell: &str) -> bool {
    let Some((name, host)) = cell.trim().split_once('@') else { return false };
    !name.is_empty() && host.contains('.') && !cell.trim().contains(char::is_whitespace)
}

fn is_network_address(cell: &str) -> bool {
    let parts: Vec<&str> = cell.trim().split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok())
}

/// Whether a cell is a day, with or without a time: what no recording has.
pub(super) fn is_date(cell: &str) -> bool {
    let numbers: Vec<&str> =
        cell.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &&str| {
        part.len() == 4 && (part.starts_with("19") || part.starts_with("20") || part.starts_with("25"))
    };
    let has_month = cell.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let has_year = numbers.iter().take(3).any(is_year);
    let marks = cell.chars().filter(|c| matches!(c, '/' | '.' | '-')).count();
    (has_year && (numbers.len() >= 3 || has_month && numbers.len() >= 2))
        || (marks >= 2
            && numbers.len() >= 3
            && numbers.iter().take(3).all(|part| part.len() <= 2)
            && !cell.contains("://"))
}

/// Whether nearly all filled cells of a column are days, and there are some.
pub(super) fn holds_dates(rows: &[Row], column: usize) -> bool {
    let cells: Vec<String> =
        rows.iter().take(200).map(|row| row.text(column)).filter(|cell| !cell.is_empty()).collect();
    let dates = cells.iter().filter(|cell| is_date(cell)).count();
    dates > 0 && dates * 10 >= cells.len() * 8
}
