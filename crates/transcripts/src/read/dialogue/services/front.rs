//! Lines above the first speaker in exports of services: title, date, length, lists of keywords and speakers, links. Only these are left
//! out; anything else may be speech.

use super::super::Line;
use super::credits::{is_edge_credit, is_title};
use super::line_shape::{is_empty, is_rule, names_transcription, only_time, shown, words};
use crate::read::times::take_length;

/// Maximum words of a date with its time and the length.
const MAX_DATE_WORDS: usize = 14;

/// Headings of lists above a transcript. What follows up to a blank line or the next heading belongs to it.
const LISTS: &[&str] = &[
    "summary keywords",
    "keywords",
    "key words",
    "speakers",
    "speaker",
    "attendees",
    "participants",
    "invited",
    "invitees",
    "guests",
    "host",
    "attachments",
    "meeting records",
    "schlüsselwörter",
    "stichwörter",
    "sprecher",
    "teilnehmer",
    "teilnehmende",
    "eingeladen",
    "anwesende",
    "mots-clés",
    "mots clés",
    "intervenants",
    "participants invités",
    "invités",
    "palabras clave",
    "hablantes",
    "oradores",
    "asistentes",
    "participantes",
    "invitados",
    "palavras-chave",
    "convidados",
    "falantes",
    "parole chiave",
    "partecipanti",
    "invitati",
    "relatori",
    "trefwoorden",
    "sprekers",
    "deelnemers",
    "genodigden",
    "słowa kluczowe",
    "uczestnicy",
    "deltagare",
    "deltagere",
    "osallistujat",
    "katılımcılar",
    "участники",
    "ключевые слова",
    "参加者",
    "出席者",
    "キーワード",
    "话者",
    "参与者",
    "与会者",
    "參與者",
    "참석자",
    "משתתפים",
];

/// Headings of transcripts; the service writes them too.
const OPENERS: &[&str] = &[
    "transcript",
    "transcription",
    "full transcript",
    "transkript",
    "transkription",
    "transcripción",
    "transcrição",
    "trascrizione",
    "transcriptie",
    "transkrypcja",
    "stenogram",
    "расшифровка",
    "транскрипция",
    "文字起こし",
    "转录",
    "转写",
    "文字记录",
    "会议记录",
    "逐字稿",
    "search",
    "suche",
    "suchen",
    "rechercher",
    "buscar",
    "pesquisar",
    "cerca",
    "zoeken",
    "untitled",
    "show transcript",
    "notes",
    "outline",
    "action items",
];

/// For each line above the first speaker, whether the service wrote it.
pub(super) fn own_lines(lines: &[Line]) -> Vec<bool> {
    let mut own = vec![false; lines.len()];
    let mut in_list = false;
    for (at, line) in lines.iter().enumerate() {
        if is_empty(line) {
            in_list = false;
            continue;
        }
        let text = shown(line);
        let text = text.trim();
        if is_list_heading(text) {
            (own[at], in_list) = (true, true);
        } else if is_own(text) {
            (own[at], in_list) = (true, false);
        } else if in_list {
            own[at] = true;
        }
    }
    // A blank line between a list's heading and the list.
    let filled: Vec<usize> = (0..lines.len()).filter(|at| !is_empty(&lines[*at])).collect();
    for pair in filled.windows(2) {
        let [heading, list] = pair else { continue };
        let (name, words) = (shown(&lines[*heading]), shown(&lines[*list]));
        let is_heading = is_list_heading(name.trim()) || is_capitals(&name) && words.contains([',', '，']);
        if is_heading && !own[*list] && is_listing(&words) {
            (own[*heading], own[*list]) = (true, true);
        }
    }
    // A title begins the file and is followed by other lines of the service, or is alone above the talk.
    if let Some(first) = filled.first().copied()
        && !own[first]
        && is_title(&shown(&lines[first]))
        && match filled.get(1) {
            Some(second) => own[*second],
            None => first + 1 < lines.len() && is_short_title(&shown(&lines[first])),
        }
    {
        own[first] = true;
    }
    own
}

/// A title on its own: a file's name, or a few words of which the first has a capital.
fn is_short_title(text: &str) -> bool {
    let text = text.trim();
    words(text) == 1 && text.len() > 1
        || words(text) <= 8
            && !text.contains([',', '"'])
            && text.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// `STICHWÖRTER`: a few words in capitals.
fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 3
        && words(text) <= 3
        && !text.chars().any(char::is_lowercase)
        && text.chars().any(char::is_uppercase)
}

/// Names or words between commas.
fn is_listing(text: &str) -> bool {
    !text.trim_end().ends_with(['.', '?', '!'])
        && (text.contains([',', ';', '、', '，', '%']) || words(text) <= 4)
}

fn is_list_heading(text: &str) -> bool {
    let small = text.trim_end_matches([':', '：']).to_lowercase();
    let name = small.trim_start_matches(|c: char| !c.is_alphabetic());
    if LISTS.contains(&name) {
        return true;
    }
    // `Invited Ana Lopes, Marta Quist` and `Attendees: Ana Lopes` on one line.
    LISTS.iter().any(|list| {
        list.len() > 5
            && name
                .strip_prefix(list)
                .is_some_and(|rest| rest.starts_with([':', '：', '(']) && is_listing(rest))
    })
}

/// A line of the service, whatever is around it.
fn is_own(text: &str) -> bool {
    let small = text.to_lowercase();
    let bare = small.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches([':', '：']);
    is_rule(text)
        || OPENERS.contains(&bare)
        || is_edge_credit(text)
        || is_length(text)
        || is_date(text)
        || only_time(text).is_some()
        || small.starts_with("http")
        || small.starts_with("view recording")
        || small.starts_with("recording:")
        || text.contains("://") && words(text) <= 12
        || is_notice_of_transcription(text)
        || is_titled_transcript(text)
}

/// `Ines Falk started transcription`, in any language: a few words about transcribing, no sentence.
pub(super) fn is_notice_of_transcription(text: &str) -> bool {
    let text = text.trim().trim_matches(|c: char| matches!(c, '*' | '_')).trim_end_matches('.');
    names_transcription(text)
        && (2..=10).contains(&words(text).max(usize::from(!text.is_ascii()) * 2))
        && !text.contains(['?', '!', ',', ';', ':', '"', '？', '！', '。'])
        || names_transcription(text)
            && words(text) <= 10
            && text.matches(',').count() == 1
            && !text.contains(['?', '!', ';', ':', '"'])
            && text
                .split(',')
                .next()
                .is_some_and(|name| words(name) <= 3 && name.chars().next().is_some_and(char::is_uppercase))
}

/// `Interview harvest - Transcript`.
fn is_titled_transcript(text: &str) -> bool {
    let last = text.rsplit([' ', '-', '–', '—']).next().unwrap_or_default();
    let split = text.replace('\\', "");
    let titled = [" - ", " – ", " — ", ": "].iter().any(|dash| split.contains(dash));
    titled && names_transcription(last) && is_title(&split)
}

/// `38m 50s`, `31 min`, `12:44`.
fn is_length(text: &str) -> bool {
    matches!(take_length(text), Some((_, rest)) if rest.is_empty())
}

/// A date, with a time and a length or without: two numbers or more, a year or a numeric date, and hardly another word.
fn is_date(text: &str) -> bool {
    if words(text) > MAX_DATE_WORDS || text.contains(['?', '!']) {
        return false;
    }
    let tokens: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '•' | '·')).collect();
    let has_digit = |token: &&&str| token.contains(|c: char| c.is_ascii_digit());
    let numbers = tokens.iter().filter(has_digit).count();
    let letters = tokens.iter().filter(|token| !token.is_empty() && !has_digit(token)).count();
    let has_year = tokens.iter().any(|token| {
        let digits: String = token.chars().take_while(char::is_ascii_digit).collect();
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    });
    let numeric = tokens.iter().any(|token| {
        let parts: Vec<&str> = token.split(['.', '/', '-']).filter(|part| !part.is_empty()).collect();
        parts.len() == 3
            && parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let eastern = text.contains(['年', '년']) && text.contains(['月', '월']);
    let begins = text.starts_with("Date") || text.starts_with("Datum") || text.starts_with("Fecha");
    eastern || numeric && letters <= 4 || has_year && numbers > 1 && (letters <= numbers + 1 || begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_lengths_are_known_in_many_languages() {
        for text in [
            "Tue, Mar 4, 2025 10:02AM • 12:44",
            "March 4, 2025, 9:02AM",
            "9 de julio de 2026, 8:03p.m.",
            "4. März 2025, 09:02",
            "2025年3月4日 9:02",
            "04/03/2025 09:02",
            "Oct 3, 2025",
            "38m 50s",
            "1 Std. 2 Min.",
            "Ines Falk started transcription",
            "Falk, Ines started transcription",
            "Ines Falk hat die Transkription gestartet",
            "Interview harvest - Transcript",
            "SUMMARY KEYWORDS",
            "https://example.org/calls/1",
        ] {
            let lines = [Line { number: 1, text: text.to_owned(), ..Line::default() }];
            assert_eq!(own_lines(&lines), [true], "{text}");
        }
    }

    #[test]
    fn openings_that_somebody_said_stay() {
        for text in [
            "I came here in March 2015 with two children.",
            "So can you tell me what you do here?",
            "Yeah, thanks for having me",
            "Is the transcription running?",
            "We began in 1998 with 20 people and a van.",
        ] {
            let lines = [Line { number: 1, text: text.to_owned(), ..Line::default() }];
            assert_eq!(own_lines(&lines), [false], "{text}");
        }
    }
}
