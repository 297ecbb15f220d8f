//! Words before a colon that name nobody: keys of a header (`Date:`, `Participant ID:`), and what people say before a colon (`Note:`,
//! `Reason:`, `For example:`).
//!
//! A header's key is never a speaker. A word that people say is one only if the file's form of labels says so clearly, since a person may be
//! called `May` or `Will`. Lists of words cannot be complete: they are one kind of evidence among others.

use super::label::{fold, without_description};
use super::label_words::{is_question, is_usual, without_number};

/// Keys of headers.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "title", "date", "time", "place", "location", "venue", "site", "setting", "duration", "length",
    "file", "filename", "recording", "recorded", "audio", "video", "topic", "theme", "page", "version",
    "language", "project", "study", "file name", "country", "city", "region", "transcript",
    "transcription", "transcribed", "typist", "interview", "id", "name", "code", "pseudonym", "age",
    "gender", "sex", "occupation", "job", "position", "role", "profession", "transcribed by",
    "transcriber", "cohort", "condition", "wave", "round", "session", "number", "no", "nr",
    "interviewed by", "recorded by", "recorded on", "edited by", "translated by", "checked by", "start",
    "end", "started", "ended", "start time", "end time", "consent", "keywords", "tags", "summary",
    "abstract", "status", "source file", "media", "tape", "side", "email", "e-mail", "phone",
    "attendees", "attendance", "present", "participants", "speakers", "interviewees", "interviewers",
    "url", "link", "http", "https", "www", "mailto", "format", "copyright", "rights", "series",
    "collection", "archive", "funding", "organisation", "organization", "institution", "department",
    "school", "education", "ethnicity", "nationality", "marital status", "platform", "mode", "meeting",
    "subject", "re", "host organisation", "sample", "group name", "dictated", "device", "titel", "datum",
    "zeit", "uhrzeit", "ort", "dauer", "länge", "datei", "dateiname", "aufnahme", "aufnahmedatum",
    "projekt", "transkript", "transkription", "transkribiert von", "interviewnummer", "nummer", "alter",
    "geschlecht", "beruf", "thema", "sprache", "beginn", "ende", "teilnehmer:innen", "teilnehmende",
    "anwesend", "anwesende", "titre", "lieu", "heure", "durée", "fichier", "enregistrement", "projet",
    "langue", "âge", "sexe", "métier", "thème", "début", "fin", "présents", "entretien", "transcrit par",
    "título", "titulo", "fecha", "lugar", "hora", "duración", "duracion", "archivo", "grabación",
    "proyecto", "idioma", "edad", "sexo", "profesión", "tema", "transcripción", "inicio", "asistentes",
    "entrevista", "titolo", "data", "luogo", "durata", "registrazione", "progetto", "lingua",
    "età", "professione", "trascrizione", "intervista", "presenti", "local", "duração", "ficheiro",
    "arquivo", "gravação", "projeto", "idade", "profissão", "transcrição", "início", "plaats", "tijd",
    "duur", "bestand", "opname", "leeftijd", "geslacht", "beroep", "onderwerp", "taal", "дата", "место",
    "время", "длительность", "продолжительность", "файл", "запись", "тема", "проект", "возраст", "пол",
    "профессия", "язык", "miejsce", "czas", "plik", "nagranie", "temat", "wiek", "płeć", "zawód",
    "plats", "tid", "längd", "ålder", "sted", "varighed", "paikka", "aika", "kesto", "tarih", "yer",
    "süre", "תאריך", "מקום", "שעה", "משך", "נושא", "גיל", "מין", "מקצוע", "التاريخ", "المكان", "المدة",
    "الوقت", "الموضوع", "العمر", "الجنس", "日期", "时间", "地点", "时长", "主题", "年龄", "性别", "职业", "日時", "場所",
    "時間", "録音", "年齢", "性別", "날짜", "시간", "장소", "주제", "나이", "성별",
];

/// Remarks that are so usual in transcripts that no form makes a speaker of them.
#[rustfmt::skip]
const ALWAYS: &[&str] = &[
    "note", "notes", "nb", "n.b.", "n.b", "ps", "p.s.", "example", "examples", "e.g.", "e.g", "i.e.",
    "for example", "source", "see", "also", "tip", "warning",
];

/// What people say before a colon.
#[rustfmt::skip]
const REMARKS: &[&str] = &[
    "note", "notes", "nb", "n.b.", "n.b", "ps", "p.s.", "example", "examples", "e.g.", "e.g", "i.e.",
    "i.e", "source", "see", "also", "tip", "warning", "hint", "remark", "comment", "comments", "result",
    "results", "reason", "reasons", "problem", "problems", "issue", "issues", "point", "points", "fact",
    "facts", "idea", "ideas", "thing", "things", "rule", "rules", "step", "steps", "option", "options",
    "advantage", "advantages", "disadvantage", "disadvantages", "pro", "pros", "con", "cons", "goal",
    "goals", "aim", "aims", "purpose", "conclusion", "conclusions", "summary", "background", "context",
    "case", "cases", "part", "parts", "section", "chapter", "item", "items", "list", "task", "tasks",
    "story", "lesson", "lessons", "message", "messages", "quote", "quotation", "translation", "meaning",
    "definition", "first", "firstly", "second", "secondly", "third", "thirdly", "fourth", "fifth",
    "finally", "lastly", "last", "next", "then", "now", "later", "again", "once", "plus", "minus", "one",
    "two", "three", "four", "five", "yes", "no", "yeah", "yep", "nope", "ok", "okay", "well", "so",
    "but", "and", "or", "because", "however", "therefore", "thus", "hence", "anyway", "like", "look",
    "listen", "imagine", "remember", "think", "guess", "say", "said", "says", "right", "sure", "exactly",
    "true", "false", "mine", "yours", "me", "him", "her", "us", "them", "you", "we", "he", "she", "they",
    "it", "this", "that", "these", "those", "here", "there", "what", "why", "how", "who", "when",
    "where", "which", "for example", "for instance", "in short", "in sum", "in other words", "to sum up",
    "that is", "in fact", "by the way", "bottom line", "best of all", "worst of all", "first of all",
    "after all", "the question", "the answer", "the point", "the problem", "the result", "my point",
    "my question", "my answer", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "today", "tomorrow", "yesterday", "morning", "evening", "night", "positive",
    "negative", "good", "bad", "better", "best", "worst", "strengths", "weaknesses", "opportunities",
    "threats", "challenges", "barriers", "benefits", "costs", "needs", "wishes", "hopes", "fears",
    "questions", "answers", "topics", "themes", "address", "attention", "caution", "important",
    "reminder", "update", "status", "total", "average", "maximum", "minimum", "before", "after", "left",
    "up", "down", "inside", "outside", "above", "below", "figure", "table", "chart", "photo", "image",
    "picture", "slide", "anmerkung", "hinweis", "beispiel", "zum beispiel", "z.b.", "ergebnis", "grund",
    "gründe", "probleme", "punkt", "punkte", "regel", "schritt", "ziel", "ziele", "vorteil", "vorteile",
    "nachteil", "nachteile", "fazit", "erstens", "zweitens", "drittens", "viertens", "schließlich",
    "nein", "ja", "aber", "und", "oder", "denn", "weil", "stimmt", "genau", "achtung", "wichtig",
    "zitat", "folgendes", "kurz", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonntag", "fragen", "antworten", "abschnitt", "teil", "kapitel", "aufgabe", "thema", "frage ist",
    "idee", "tatsache", "remarque", "exemple", "par exemple", "résultat", "raison", "problème", "règle",
    "étape", "objectif", "avantage", "inconvénient", "premièrement", "deuxièmement", "troisièmement",
    "enfin", "ensuite", "puis", "oui", "non", "mais", "et", "donc", "alors", "bref", "citation",
    "partie", "chapitre", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "voilà", "idée", "fait", "premier", "deuxième", "troisième", "première", "nota", "ejemplo",
    "por ejemplo", "resultado", "razón", "problema", "punto", "regla", "paso", "objetivo", "ventaja",
    "desventaja", "conclusión", "primero", "segundo", "tercero", "finalmente", "entonces", "sí", "pero",
    "y", "pues", "bueno", "atención", "importante", "cita", "parte", "capítulo", "lunes", "martes",
    "miércoles", "jueves", "viernes", "sábado", "domingo", "motivo", "causa", "esempio", "per esempio",
    "ad esempio", "risultato", "ragione", "regola", "passo", "obiettivo", "vantaggio", "svantaggio",
    "conclusione", "primo", "secondo", "terzo", "infine", "allora", "sì", "ma", "e", "quindi",
    "attenzione", "citazione", "capitolo", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì",
    "sabato", "domenica", "exemplo", "razão", "regra", "conclusão", "primeiro", "terceiro", "então",
    "sim", "não", "mas", "atenção", "segunda", "terça", "quarta", "quinta", "sexta", "opmerking",
    "voorbeeld", "bijvoorbeeld", "resultaat", "reden", "probleem", "punt", "stap", "doel", "voordeel",
    "nadeel", "conclusie", "ten eerste", "ten tweede", "dus", "nee", "maar", "en", "let op",
    "примечание", "пример", "например", "результат", "причина", "проблема", "пункт", "правило", "шаг",
    "цель", "вывод", "во-первых", "во-вторых", "да", "нет", "но", "и", "итак", "внимание", "важно",
    "uwaga", "przykład", "na przykład", "wynik", "powód", "zasada", "krok", "cel", "wniosek",
    "po pierwsze", "po drugie", "tak", "nie", "ale", "exempel", "resultat", "anledning", "steg", "mål",
    "slutsats", "nej", "men", "eksempel", "årsag", "esimerkki", "syy", "örnek", "sonuç", "neden", "not",
    "evet", "hayır", "הערה", "דוגמה", "לדוגמה", "למשל", "תוצאה", "סיבה", "בעיה", "נקודה", "כלל", "שלב",
    "מטרה", "מסקנה", "ראשית", "שנית", "כן", "לא", "אבל", "אז", "כלומר", "ملاحظة", "مثال", "مثلا",
    "نتيجة", "سبب", "مشكلة", "نقطة", "قاعدة", "خطوة", "هدف", "خلاصة", "أولا", "ثانيا", "نعم", "لا",
    "لكن", "注", "注意", "例如", "比如", "例", "结果", "原因", "问题", "第一", "第二", "第三", "首先", "其次", "最后", "但是", "所以",
    "他说", "她说", "我说", "结论", "目标", "例えば", "結果", "理由", "問題", "第一に", "まず", "次に", "つまり", "はい", "いいえ", "예",
    "결과", "이유", "문제", "첫째", "둘째", "예를 들어", "네", "아니요", "참고", "출처", "来源", "出典", "מקור", "المصدر",
];

/// Words of titles and headers.
#[rustfmt::skip]
const HEADING_WORDS: &[&str] = &[
    "interview", "interviews", "transcript", "transcripts", "transcription", "transcribed", "recording",
    "recorded", "interviewed", "participant", "participants", "respondent", "session", "focus", "group",
    "date", "page", "tape", "side", "copyright", "confidential", "appendix", "project", "study", "audio",
    "video", "file", "anonymised", "anonymized", "pseudonymised", "draft", "version", "minutes",
    "meeting", "attendees", "speakers", "keywords", "summary", "interviewtranskript", "transkript",
    "transkription", "aufnahme", "gespräch", "fokusgruppe", "anonymisiert", "entretien",
    "enregistrement", "entrevista", "grabación", "transcripción", "intervista", "registrazione",
    "trascrizione", "ראיון", "תמלול", "مقابلة", "访谈", "采访", "記録", "インタビュー", "인터뷰", "интервью",
    "расшифровка", "wywiad", "haastattelu", "intervju", "gravação", "transcrição", "opname",
];

/// Words between those of a key: `Date of interview`, `Name of the participant`.
const BETWEEN: &[&str] = &[
    "of", "the", "and", "&", "/", "a", "an", "in", "at", "by", "on", "for", "der", "des", "die", "das",
    "von", "du", "de", "la", "le", "les", "l", "d", "del", "el", "di", "do", "da", "och", "og", "van", "het",
    "i", "y", "e", "et", "und", "en",
];

/// Whether a label is a header's key or a remark that is never a speaker.
pub(crate) fn is_never_a_speaker(label: &str) -> bool {
    ALWAYS.contains(&fold(label).as_str()) || is_key(label)
}

/// Whether a label is a header's key: all of its words are keys, words of headers, roles or what joins them.
pub(crate) fn is_key(label: &str) -> bool {
    let folded = fold(label);
    let name = without_number(without_description(&folded)).trim_end_matches(['.', '#', ' ']);
    if KEYS.contains(&name) {
        return true;
    }
    let mut keys = 0;
    let all = name.split([' ', '/', '-', '_', '\'', '’']).filter(|word| !word.is_empty()).all(|word| {
        let is_key = KEYS.contains(&word) || HEADING_WORDS.contains(&word);
        keys += usize::from(is_key);
        is_key || BETWEEN.contains(&word) || is_usual(word)
    });
    // `Participant` alone is somebody.
    all && keys > 0 && !is_usual(name)
}

/// How plainly a label is something that people say before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Remark {
    /// No word of it is.
    No,
    /// One of several words is.
    Partly,
    /// It is one of these words, with or without a number: `Question 3`, `Reason`.
    Wholly,
}

/// How plainly a label is something that people say.
pub(crate) fn remark(label: &str) -> Remark {
    let folded = fold(label);
    let name = without_number(without_description(&folded)).trim_end_matches('.');
    let numbered = name.len() < without_description(&folded).len();
    // `他说`, `he said`, of languages that write no blanks.
    let says = name.chars().count() > 1 && name.ends_with(['说', '說', '道', '曰', '言']);
    if ALWAYS.contains(&name) || REMARKS.contains(&name) || says || (numbered && is_question(name)) {
        return Remark::Wholly;
    }
    let mut words = name.split(' ');
    let several = name.contains(' ');
    // `Ana and Bea` speak at once.
    let is_one = |word: &str| {
        !BETWEEN.contains(&word) && (REMARKS.contains(&word) || ALWAYS.contains(&word) || is_question(word))
    };
    if several && words.any(is_one) && !is_usual(name) { Remark::Partly } else { Remark::No }
}

/// Whether a text has a word of titles and headers.
pub(crate) fn has_heading_word(text: &str) -> bool {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| HEADING_WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_headers_are_nobody() {
        for key in [
            "Date",
            "Transcript ID",
            "Date of interview",
            "Interview date",
            "Participant ID",
            "Name of the participant",
            "Recorded on",
            "Durée",
            "Ort",
            "Interviewer name",
            "Interview 3",
            "Participants",
            "Tape 2",
            "Note",
        ] {
            assert!(is_never_a_speaker(key), "{key}");
        }
        for label in
            ["Participant", "Interviewer 2", "P01", "Anna", "May", "Reason", "The Court", "Interviewee"]
        {
            assert!(!is_never_a_speaker(label), "{label}");
        }
    }

    #[test]
    fn what_people_say_before_a_colon_is_a_remark() {
        for said in ["Reason", "Question 3", "Step 2", "For example", "Zum Beispiel", "问题"] {
            assert_eq!(remark(said), Remark::Wholly, "{said}");
        }
        for said in ["Main reason", "My first idea"] {
            assert_eq!(remark(said), Remark::Partly, "{said}");
        }
        for label in ["Anna", "Question", "P01", "First interviewer", "Interviewer 2"] {
            assert_eq!(remark(label), Remark::No, "{label}");
        }
    }
}
