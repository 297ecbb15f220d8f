//! Words of speaker labels: those that transcribers use everywhere, those that are never a speaker, and sounds in brackets.
//!
//! They are compared without case and marks ([`fold`]), in the languages whose transcripts were at hand.

use super::label::fold;

/// Words before a colon that are never a speaker, however often they come.
const NEVER: &[&str] = &[
    "note",
    "notes",
    "nb",
    "n.b.",
    "n.b",
    "ps",
    "p.s.",
    "example",
    "examples",
    "e.g.",
    "e.g",
    "i.e.",
    "for example",
    "source",
    "see",
    "also",
    "tip",
    "warning",
    "http",
    "https",
    "www",
    "mailto",
    "url",
    "link",
    "title",
    "date",
    "time",
    "place",
    "location",
    "duration",
    "length",
    "file",
    "filename",
    "file name",
    "recording",
    "audio",
    "video",
    "topic",
    "page",
    "version",
    "language",
    "project",
    "study",
    "country",
    "transcript",
    "transcription",
    "transcribed by",
    "transcriber",
    "transcript id",
    "interview",
    "interview id",
    "interview date",
    "interview number",
    "id",
    "name",
    "age",
    "gender",
    "sex",
    "occupation",
    "titel",
    "datum",
    "ort",
    "fecha",
    "lugar",
    "lieu",
    "날짜",
];

/// Whether a label is a header's key or a remark's, never a speaker.
pub(crate) fn is_never_a_speaker(label: &str) -> bool {
    NEVER.contains(&fold(label).as_str())
}

/// What stands in brackets and is nobody's name.
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
const USUAL: &[&str] = &[
    "i",
    "r",
    "q",
    "a",
    "p",
    "s",
    "f",
    "m",
    "int",
    "intv",
    "intr",
    "iv",
    "ir",
    "ie",
    "res",
    "resp",
    "ppt",
    "mod",
    "fac",
    "spk",
    "interviewer",
    "interviewee",
    "participant",
    "respondent",
    "informant",
    "moderator",
    "facilitator",
    "speaker",
    "researcher",
    "narrator",
    "host",
    "guest",
    "therapist",
    "client",
    "counsellor",
    "counselor",
    "patient",
    "doctor",
    "nurse",
    "teacher",
    "student",
    "parent",
    "mother",
    "father",
    "man",
    "woman",
    "male",
    "female",
    "male speaker",
    "female speaker",
    "male voice",
    "female voice",
    "unknown",
    "unknown speaker",
    "unidentified speaker",
    "unidentified",
    "all",
    "several",
    "question",
    "answer",
    "person",
    "expert",
    "chair",
    "first interviewer",
    "second interviewer",
    "interviewerin",
    "befragte",
    "befragter",
    "befragte person",
    "sprecher",
    "sprecherin",
    "teilnehmer",
    "teilnehmerin",
    "intervieweur",
    "enquêteur",
    "enquêtrice",
    "enquêté",
    "enquêtée",
    "interviewé",
    "interviewée",
    "participante",
    "entrevistador",
    "entrevistadora",
    "entrevistado",
    "entrevistada",
    "intervistatore",
    "intervistatrice",
    "intervistato",
    "intervistata",
    "מראיין",
    "מראיינת",
    "מרואיין",
    "מרואיינת",
    "المحاور",
    "采访者",
    "受访者",
];

/// Whether a label is one that transcribers use everywhere, with or without a number: `I`, `P01`, `SPEAKER_00`.
pub(crate) fn is_usual(label: &str) -> bool {
    let folded = fold(label);
    let name = folded.split(['(', '[']).next().unwrap_or(&folded).trim();
    USUAL.contains(&without_number(name))
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
    fn headers_and_sounds_are_nobody() {
        assert!(is_never_a_speaker("Note"));
        assert!(is_never_a_speaker("Transcript ID"));
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
