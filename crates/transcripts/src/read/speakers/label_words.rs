//! Words of speaker labels: those that transcribers use everywhere, and sounds in brackets. What is never a speaker is in
//! [`super::key_words`].
//!
//! They are compared without case and marks ([`fold`]), in the languages whose transcripts were at hand.

use super::label::{fold, without_description};

/// Text in brackets that is no name.
const SOUNDS: &[&str] = &[
    "laugh",
    "inaudible",
    "unintelligible",
    "crosstalk",
    "cross talk",
    "cross-talk",
    "overlap",
    "pause",
    "silence",
    "long pause",
    "music",
    "applause",
    "cough",
    "sigh",
    "noise",
    "background",
    "redact",
    "anonymi",
    "name",
    "sic",
    "end",
    "start",
    "break",
    "recording",
    "interrupt",
    "phone",
    "unclear",
    "indiscernible",
    "chuckl",
    "breath",
    "cry",
    "nod",
    "...",
    "…",
];

/// Whether bracketed words describe a sound or an omission.
pub(crate) fn is_sound(label: &str) -> bool {
    let label = fold(label);
    SOUNDS.iter().any(|sound| label.starts_with(sound))
}

/// Labels that transcribers use everywhere, without their numbers.
#[rustfmt::skip]
const USUAL: &[&str] = &[
    "i", "r", "q", "a", "p", "s", "f", "m", "b", "g", "t", "c", "d", "e", "k", "n", "ic", "int", "intv",
    "intr", "interv", "iv", "ir", "ie", "iee", "res", "resp", "ppt", "part", "mod", "fac", "spk", "spkr",
    "tn", "ip", "bp", "ep", "interviewer", "interviewee", "participant", "respondent", "informant",
    "moderator", "facilitator", "speaker", "researcher", "investigator", "narrator", "host", "guest",
    "therapist", "client", "counsellor", "counselor", "patient", "doctor", "nurse", "observer",
    "notetaker", "note taker", "co-moderator", "co-interviewer", "assistant moderator", "interpreter",
    "translator", "witness", "the witness", "the court", "court", "counsel", "clerk", "male", "female",
    "male speaker", "female speaker", "male voice", "female voice", "male participant",
    "female participant", "male student", "female student", "unknown", "unknown speaker", "unknown male",
    "unknown female", "unidentified", "unidentified speaker", "unidentified male", "unidentified female",
    "unidentified participant", "first interviewer", "second interviewer", "expert", "chair", "caller",
    "operator", "audience member", "group member", "interviewerin", "interviewende", "interviewender",
    "befragte", "befragter", "befragte person", "sprecher", "sprecherin", "teilnehmer", "teilnehmerin",
    "teilnehmende", "moderatorin", "moderation", "expertin", "experte", "proband", "probandin",
    "auskunftsperson", "intervieweur", "intervieweuse", "enquêteur", "enquêtrice", "enquêté", "enquêtée",
    "interviewé", "interviewée", "participante", "animateur", "animatrice", "modérateur", "modératrice",
    "répondant", "répondante", "locuteur", "locutrice", "chercheur", "chercheuse", "entrevistador",
    "entrevistadora", "entrevistado", "entrevistada", "moderador", "moderadora", "informante",
    "encuestador", "encuestadora", "investigador", "investigadora", "intervistatore", "intervistatrice",
    "intervistato", "intervistata", "moderatore", "moderatrice", "partecipante", "ricercatore",
    "ricercatrice", "pesquisador", "pesquisadora", "mediador", "mediadora", "geïnterviewde",
    "gespreksleider", "deelnemer", "onderzoeker", "spreker", "intervjuare", "intervjuer", "deltagare",
    "deltaker", "deltager", "respondenten", "haastattelija", "haastateltava", "kérdező", "tazatel",
    "tazatelka", "badacz", "badaczka", "moderátor", "respondentka", "görüşmeci", "katılımcı",
    "интервьюер", "респондент", "респондентка", "информант", "информантка", "модератор", "участник",
    "участница", "исследователь", "інтерв'юер", "συνεντευκτής", "ερευνήτρια", "ερευνητής", "συμμετέχων",
    "συμμετέχουσα", "מראיין", "מראיינת", "מרואיין", "מרואיינת", "משתתף", "משתתפת", "מנחה", "חוקר",
    "חוקרת", "المحاور", "المحاورة", "المشارك", "المشاركة", "الباحث", "الباحثة", "المبحوث", "المبحوثة",
    "采访者", "受访者", "访谈者", "被访者", "访问员", "主持人", "记者", "受访人", "研究者", "採訪者", "受訪者", "訪談者", "主持", "質問者",
    "回答者", "インタビュアー", "司会", "司会者", "参加者", "聞き手", "語り手", "調査者", "話者", "면접자", "면담자", "연구자", "참여자", "진행자",
    "응답자", "화자", "인터뷰어", "인터뷰이", "사회자",
];

/// Labels that transcribers use and that people say as well: `Mother:` may quote somebody within a turn.
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "teacher", "student", "parent", "mother", "father", "child", "husband", "wife", "man", "woman",
    "boy", "girl", "all", "several", "both", "everyone", "group", "audience", "crowd", "person", "voice",
    "question", "answer", "frage", "antwort", "réponse", "reponse", "pregunta", "respuesta", "domanda",
    "risposta", "pergunta", "resposta", "vraag", "antwoord", "вопрос", "ответ", "pytanie", "odpowiedź",
    "fråga", "svar", "שאלה", "תשובה", "ש", "ת", "سؤال", "جواب", "س", "ج", "问", "答", "問", "质問", "質問",
    "回答", "질문", "답변", "alle", "tous", "todos", "tutti",
];

/// Whether a label is one that transcribers use everywhere, with or without a number: `I`, `P01`, `SPEAKER_00`.
pub(crate) fn is_usual(label: &str) -> bool {
    is_code(label) || is_person(label)
}

/// Whether a label is one that only transcribers use.
pub(crate) fn is_code(label: &str) -> bool {
    USUAL.contains(&bare(&fold(label)))
}

/// Whether a label is a word that only transcribers use, with a number: on a line of its own, `Speaker 3` is a label, even once.
pub(crate) fn is_numbered_code(label: &str) -> bool {
    let folded = fold(label);
    let word = without_number(&folded);
    word.len() < folded.len() && word.chars().count() > 3 && word != "part" && is_code(word)
}

/// Whether a label is a word for people or for what they do that stands in talk too. A numbered question is a heading and nobody.
pub(crate) fn is_person(label: &str) -> bool {
    let folded = fold(label);
    let name = bare(&folded);
    let is_numbered = name.len() < without_description(&folded).len();
    PEOPLE.contains(&name) && !(is_numbered && (is_question(name) || is_answer(name)))
}

/// Words for a question, before the number of one.
pub(crate) fn is_question(name: &str) -> bool {
    matches!(
        name,
        "question" | "frage" | "pregunta" | "domanda" | "pergunta" | "vraag" | "вопрос" | "pytanie" | "fråga"
    ) || matches!(name, "שאלה" | "سؤال" | "问" | "問" | "質問" | "질문")
}

/// Words for an answer, before the number of one.
pub(crate) fn is_answer(name: &str) -> bool {
    matches!(
        name,
        "answer" | "antwort" | "réponse" | "reponse" | "respuesta" | "risposta" | "resposta" | "antwoord"
    ) || matches!(name, "ответ" | "odpowiedź" | "svar" | "תשובה" | "جواب" | "答" | "回答" | "답변")
}

/// A folded label without description, number and the dot of a short form.
fn bare(folded: &str) -> &str {
    without_number(without_description(folded).trim_end_matches('.')).trim_end_matches('.')
}

/// A label without the number at its end: `interviewer 1`, `SPEAKER_00`, `P-01`.
pub(crate) fn without_number(label: &str) -> &str {
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.len() == label.len() { label } else { bare.trim_end_matches([' ', '_', '-', '#', '\u{A0}', '.']) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_nobody() {
        assert!(is_sound("laughter"));
    }

    #[test]
    fn usual_labels_may_carry_numbers_and_descriptions() {
        for label in ["I", "q", "P01", "SPEAKER_00", "Interviewer 2", "P01 (F, 34)", "Speaker #3", "מראיינת"]
        {
            assert!(is_usual(label), "{label}");
        }
        for label in ["Anna", "Note", "Part of it", "Chapter 1"] {
            assert!(!is_usual(label), "{label}");
        }
    }
}
