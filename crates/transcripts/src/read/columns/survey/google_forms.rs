//! Google Forms: a timestamp, an address where the form asks for one, and a column for each question, named by it.

use super::super::cell::Row;
use super::super::headings::names_speakers;
use super::personal::holds_dates;
use super::{Column, Kind, Program, Survey, fold_columns, number_questions};

/// Names of the first column in the languages of Google Forms.
const STAMPS: &[&str] = &[
    "timestamp",
    "time_stamp",
    "zeitstempel",
    "horodateur",
    "marca_temporal",
    "marca_de_tiempo",
    "carimbo_de_data/hora",
    "informazioni_cronologiche",
    "tijdstempel",
    "tidsstämpel",
    "tidsstempel",
    "tidsmerke",
    "aikaleima",
    "sygnatura_czasowa",
    "časová_značka",
    "časové_razítko",
    "časová_pečiatka",
    "időbélyeg",
    "marcaj_de_timp",
    "marcaj_temporal",
    "vremenska_oznaka",
    "časovni_žig",
    "zaman_damgası",
    "χρονική_σήμανση",
    "отметка_времени",
    "позначка_часу",
    "печат_за_време",
    "חותמת_זמן",
    "טביעת_זמן",
    "طابع_زمني",
    "الطابع_الزمني",
    "タイムスタンプ",
    "时间戳记",
    "时间戳",
    "時間戳記",
    "타임스탬프",
    "ประทับเวลา",
    "dấu_thời_gian",
    "stempel_waktu",
    "cap_waktu",
    "टाइमस्टैम्प",
    "segell_de_temps",
    "marca_temporal_de_l'entrada",
    "denbora_zigilua",
    "laika_zīmogs",
    "laiko_žyma",
    "ajatempel",
];
/// Names of the columns of addresses and of a quiz's points.
const LEFT_OUT: &[&str] = &[
    "email_address",
    "e_mail_adresse",
    "email",
    "username",
    "benutzername",
    "nutzername",
    "adresse_e_mail",
    "nom_d'utilisateur",
    "dirección_de_correo_electrónico",
    "nombre_de_usuario",
    "correo_electrónico",
    "endereço_de_e_mail",
    "nome_de_usuário",
    "indirizzo_email",
    "nome_utente",
    "e_mailadres",
    "gebruikersnaam",
    "e_postadress",
    "score",
    "punkte",
    "total_score",
    "puntuación",
    "punteggio",
    "pontuação",
];

pub(super) struct GoogleForms;

impl Program for GoogleForms {
    fn name(&self) -> &'static str {
        "Google Forms"
    }

    fn survey(&self, columns: &[String], rows: &[Row]) -> Option<Survey> {
        let folded = fold_columns(columns);
        let is_stamped = STAMPS.contains(&folded.first()?.as_str());
        // A transcript may have a column of times too, but of a recording and beside its speakers.
        if !is_stamped || columns.len() < 2 || names_speakers(&folded) || !holds_dates(rows, 0) {
            return None;
        }
        let mut all: Vec<Column> = Vec::with_capacity(columns.len());
        for (at, name) in columns.iter().enumerate() {
            let is_own = at == 0 || LEFT_OUT.contains(&folded[at].as_str());
            all.push(Column::new(name, if is_own { Kind::LeftOut } else { Kind::Question }));
        }
        number_questions(&mut all);
        Some(Survey { program: "", columns: all, headings: 0 })
    }
}
