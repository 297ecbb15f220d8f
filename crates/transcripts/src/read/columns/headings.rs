//! The meaning of columns by the names that people and programs give them, in several languages.

use crate::codes;
use crate::read::format::ReadError;
use crate::read::problems::ProblemLog;

/// Names of the column of speech, in order of preference.
const TEXT: &[&str] = &[
    "text",
    "words",
    "utterance",
    "content",
    "answer",
    "response",
    "transcript",
    "transcription",
    "transcript_text",
    "speech",
    "sentence",
    "dialog",
    "dialogue",
    "dialog_text",
    "sentences",
    "turn_text",
    "message",
    "body",
    "quote",
    "annotation",
    "annotations",
    "caption",
    "subtitle",
    "segment_text",
    "texte",
    "texto",
    "testo",
    "tekst",
    "inhalt",
    "contenu",
    "contenido",
    "conteúdo",
    "contenuto",
    "inhoud",
    "innehåll",
    "transkript",
    "transkription",
    "transcripción",
    "transcrição",
    "trascrizione",
    "äußerung",
    "aussage",
    "énoncé",
    "enunciado",
    "כתוב",
    "טקסט",
    "текст",
    "文本",
    "内容",
    "テキスト",
];
const SPEAKER: &[&str] = &[
    "speaker",
    "speaker_name",
    "speaker_label",
    "speaker_id",
    "speakers",
    "who",
    "name",
    "sprecher",
    "sprecherin",
    "sprecher:in",
    "sprecher/in",
    "sprechername",
    "locuteur",
    "locutrice",
    "intervenant",
    "interlocuteur",
    "hablante",
    "orador",
    "interlocutor",
    "locutor",
    "falante",
    "parlante",
    "oratore",
    "spreker",
    "talare",
    "דובר",
    "דוברת",
    "говорящий",
    "спикер",
    "发言人",
    "说话人",
    "話者",
    "actor",
];
/// A tier of ELAN or Praat.
const TIER: &[&str] = &["tier", "tier_name", "tiername", "ebene", "zeile", "acteur"];
/// The speaker of a tier.
const PARTICIPANT: &[&str] = &["participant", "tier_participant", "teilnehmer", "participante"];
const START_MS: &[&str] = &[
    "start_ms",
    "startms",
    "begin_ms",
    "start_(ms)",
    "start_msec",
    "start_time_ms",
    "start_time_(ms)",
    "start_milliseconds",
    "start_time_in_milliseconds",
    "begin_time_msec",
    "begin_msec",
    "offset_ms",
];
const END_MS: &[&str] = &[
    "end_ms",
    "endms",
    "end_(ms)",
    "end_msec",
    "end_time_ms",
    "end_time_(ms)",
    "end_milliseconds",
    "end_time_in_milliseconds",
    "end_time_msec",
];
const START: &[&str] = &[
    "start",
    "timestamp",
    "start_time",
    "starttime",
    "start_(s)",
    "start_seconds",
    "start_sec",
    "start_timestamp",
    "start_timecode",
    "begin",
    "begin_time",
    "begin_time_ss.msec",
    "begin_time_hh:mm:ss.ms",
    "start_time_(s)",
    "start_(sec)",
    "start_s",
    "tmin",
    "xmin",
    "timespan",
    "time_span",
    "time_range",
    "timestamps",
    "timecode",
    "time_code",
    "tc_in",
    "in_point",
    "time",
    "in",
    "zeitspanne",
    "zeitbereich",
    "startzeit",
    "anfang",
    "anfangszeit",
    "beginn",
    "zeit",
    "zeitmarke",
    "zeitstempel",
    "plage_de_temps",
    "plage_horaire",
    "début",
    "debut",
    "heure_de_début",
    "temps_de_départ_ss.msec",
    "temps_de_départ_hh:mm:ss.ms",
    "horodatage",
    "intervalo_de_tiempo",
    "inicio",
    "hora_de_inicio",
    "tiempo_de_inicio",
    "tiempo",
    "marca_de_tiempo",
    "início",
    "inizio",
    "starttijd",
    "tijd",
    "starttid",
    "tid",
    "начало",
    "время",
    "זמן",
    "התחלה",
    "开始",
    "开始时间",
    "開始",
];
const END: &[&str] = &[
    "end",
    "end_time",
    "endtime",
    "end_(s)",
    "end_seconds",
    "end_sec",
    "end_timestamp",
    "end_timecode",
    "end_time_ss.msec",
    "end_time_hh:mm:ss.ms",
    "end_time_(s)",
    "end_(sec)",
    "end_s",
    "tmax",
    "xmax",
    "stop",
    "stop_time",
    "tc_out",
    "out_point",
    "out",
    "ende",
    "endzeit",
    "fin",
    "heure_de_fin",
    "temps_de_fin_ss.msec",
    "temps_de_fin_hh:mm:ss.ms",
    "hora_de_fin",
    "tiempo_final",
    "final",
    "fim",
    "fine",
    "einde",
    "eindtijd",
    "slut",
    "sluttid",
    "конец",
    "סיום",
    "结束",
    "结束时间",
    "終了",
];
/// The duration of a row, for tables without an end.
const DURATION: &[&str] =
    &["duration", "duration_ss.msec", "duration_hh:mm:ss.ms", "duration_(s)", "dauer", "durée", "duración"];

/// Names of columns that may mean `transcript_id`.
const LIKE_AN_ID: &[&str] = &[
    "id",
    "interview",
    "interview_id",
    "participant",
    "participant_id",
    "respondent",
    "file",
    "filename",
    "case",
];

/// A column's name for comparison: lower case, one `_` for blanks and hyphens.
pub(crate) fn fold_column(name: &str) -> String {
    let name = name.trim().trim_end_matches([':', '：']).to_lowercase();
    let mut folded = String::with_capacity(name.len());
    for c in name.trim().chars() {
        let c = if c.is_whitespace() || matches!(c, '-' | '–') { '_' } else { c };
        if c != '_' || !folded.ends_with('_') {
            folded.push(c);
        }
    }
    folded
}

/// The indices of columns by meaning.
pub(super) struct Layout {
    pub(super) transcript: Option<usize>,
    pub(super) index: Option<usize>,
    pub(super) speaker: Option<usize>,
    pub(super) text: usize,
    pub(super) start_ms: Option<usize>,
    pub(super) end_ms: Option<usize>,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) duration: Option<usize>,
    /// All other columns that have a name.
    pub(super) further: Vec<usize>,
}

/// The indices of columns of a table with tiers.
pub(super) struct TierLayout {
    pub(super) tier: usize,
    pub(super) participant: Option<usize>,
}

/// Whether a table with these columns probably holds transcripts.
pub(crate) fn has_text_column<'a>(columns: impl IntoIterator<Item = &'a str>) -> bool {
    columns.into_iter().any(|name| TEXT.contains(&fold_column(name).as_str()))
}

/// Number of columns with a known meaning; none without a column of text.
pub(crate) fn known_columns(columns: &[&str]) -> usize {
    if !has_text_column(columns.iter().copied()) {
        return 0;
    }
    let groups = [
        &["transcript_id", "turn_index"],
        TEXT,
        SPEAKER,
        TIER,
        START_MS,
        END_MS,
        START,
        END,
        DURATION,
        LIKE_AN_ID,
    ];
    let is_known = |name: &&&str| groups.iter().any(|group| group.contains(&fold_column(name).as_str()));
    columns.iter().filter(is_known).count()
}

/// Whether a column of this folded name holds speech or times, which belong to its row alone.
pub(crate) fn stays_in_its_row(name: &str) -> bool {
    [&["turn_index"], TEXT, START_MS, END_MS, START, END, DURATION].iter().any(|group| group.contains(&name))
}

/// Whether the columns name speakers or transcripts, unlike a survey's.
pub(super) fn names_speakers(folded: &[String]) -> bool {
    let tells = |name: &String| {
        name == "transcript_id"
            || name == "turn_index"
            || (SPEAKER.contains(&name.as_str()) && !matches!(name.as_str(), "name" | "who"))
    };
    folded.iter().any(tells)
}

/// The columns of a table with a tier a row; none for any other table.
pub(super) fn tiers_of(columns: &[String]) -> Option<TierLayout> {
    let folded: Vec<String> = columns.iter().map(|name| fold_column(name)).collect();
    let find = |names: &[&str]| names.iter().find_map(|name| folded.iter().position(|column| column == name));
    if find(&["transcript_id"]).is_some() || find(SPEAKER).is_some() {
        return None;
    }
    Some(TierLayout { tier: find(TIER)?, participant: find(PARTICIPANT) })
}

/// The columns with a time, a length or a tier's name, and the others.
pub(super) fn without_times(columns: &[String]) -> Vec<usize> {
    let groups = [START_MS, END_MS, START, END, DURATION, TIER, PARTICIPANT];
    let is_time = |name: &String| {
        let folded = fold_column(name);
        folded.starts_with("duration_") || groups.iter().any(|group| group.contains(&folded.as_str()))
    };
    (0..columns.len()).filter(|at| !columns[*at].trim().is_empty() && !is_time(&columns[*at])).collect()
}

/// Finds the columns.
///
/// # Errors
/// [`ReadError::NoTextColumn`] when none holds what was said.
pub(super) fn layout_of(columns: &[String], log: &mut ProblemLog) -> Result<Layout, ReadError> {
    let folded: Vec<String> = columns.iter().map(|name| fold_column(name)).collect();
    let find = |names: &[&str]| names.iter().find_map(|name| folded.iter().position(|column| column == name));
    let Some(text) = find(TEXT) else {
        let mut names: Vec<String> = columns.iter().take(20).map(|name| format!("`{name}`")).collect();
        if columns.len() > 20 {
            names.push("…".to_owned());
        }
        return Err(ReadError::NoTextColumn { columns: names.join(", ") });
    };
    if folded[text] != "text" {
        log.note(
            codes::COLUMN_GUESSED,
            None,
            format!("column `{}` was read as the text", columns[text].trim()),
            "call it `text` to be sure",
        );
    }
    let transcript = find(&["transcript_id"]);
    if transcript.is_none()
        && let Some(like) = find(LIKE_AN_ID)
    {
        log.note(
            codes::COLUMN_GUESSED,
            None,
            "there is no column `transcript_id`, so the whole file is one transcript",
            format!(
                "if `{}` says which interview a row belongs to, call it `transcript_id`",
                columns[like].trim()
            ),
        );
    }
    if let Some(speaker) = find(SPEAKER).filter(|at| matches!(folded[*at].as_str(), "name" | "who" | "actor"))
    {
        log.note(
            codes::COLUMN_GUESSED,
            None,
            format!("column `{}` was read as the speaker", columns[speaker].trim()),
            "call it `speaker` to be sure",
        );
    }
    let mut layout = Layout {
        transcript,
        index: find(&["turn_index"]),
        speaker: find(SPEAKER),
        text,
        start_ms: find(START_MS),
        end_ms: find(END_MS),
        start: find(START),
        end: find(END),
        duration: find(DURATION),
        further: Vec::new(),
    };
    let used = [
        layout.transcript,
        layout.index,
        layout.speaker,
        Some(text),
        layout.start_ms,
        layout.end_ms,
        layout.start,
        layout.end,
        layout.duration,
    ];
    layout.further =
        (0..columns.len()).filter(|at| !used.contains(&Some(*at)) && !folded[*at].is_empty()).collect();
    Ok(layout)
}
