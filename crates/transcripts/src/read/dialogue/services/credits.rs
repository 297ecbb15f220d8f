//! Credits of transcription services and typists at the beginning and the end of any text: who transcribed it, that it ends, its
//! length. They belong to no form, so they are looked for near the edges of every file; in brackets anywhere.

use std::borrow::Cow;

use super::super::Line;
use super::Count;
use super::line_shape::{is_empty, names_transcription, shown, words};
use super::page_lines::page_lines;
use crate::read::times::{clock, take_length, take_when};

/// Filled lines at the beginning and at the end that may be credits.
const EDGE: usize = 10;
/// Maximum words of a credit.
const MAX_CREDIT_WORDS: usize = 30;
/// Maximum words of a mark for the start or end of a recording.
const MAX_MARK_WORDS: usize = 6;
/// Maximum length of a title above a credit, in words.
const MAX_TITLE_WORDS: usize = 15;

/// Services and programs that sign transcripts. A web address counts as well.
const SERVICES: &[&str] = &[
    "otter",
    "sonix",
    "rev",
    "trint",
    "happyscribe",
    "happy scribe",
    "turboscribe",
    "descript",
    "riverside",
    "fireflies",
    "fathom",
    "tactiq",
    "notta",
    "amberscript",
    "noscribe",
    "atrain",
    "transkriptor",
    "gotranscript",
    "temi",
    "tldv",
    "tl;dv",
    "scribie",
    "verbit",
    "whisper",
    "goodtape",
    "good tape",
    "f4",
    "maxqda",
    "nvivo",
    "zoom",
    "microsoft",
    "teams",
    "google",
    "gemini",
    "voiceink",
    "vook",
    "cockatoo",
    "castmagic",
    "plaud",
];

/// Extensions of recordings.
const RECORDINGS: &[&str] = &[
    ".mp3", ".wav", ".m4a", ".mp4", ".mov", ".webm", ".ogg", ".opus", ".flac", ".aac", ".wma", ".amr",
    ".mkv", ".avi", ".aif", ".aiff", ".mts", ".wmv", ".3gp", ".m4v", ".ds2", ".dss",
];

/// Beginnings of sentences that say that a machine wrote the text.
const MACHINE_MADE: &[&str] = &[
    "this editable transcript",
    "this transcript was computer generated",
    "this transcript was exported on",
    "esta transcripción editable",
    "esta transcrição editável",
    "dieses bearbeitbare transkript",
    "diese bearbeitbare transkript",
    "cette transcription modifiable",
    "questa trascrizione modificabile",
    "dit bewerkbare transcript",
    "ten edytowalny",
    "ai-generated content may",
    "ai generated content may",
    "ki-generierte inhalte können",
    "el contenido generado por ia",
    "le contenu généré par l",
    "les contenus générés par l",
    "o conteúdo gerado por ia",
    "conteúdo gerado por ia",
    "i contenuti generati dall",
    "il contenuto generato dall",
    "door ai gegenereerde inhoud",
    "treści generowane przez",
    "detected language:",
    "detecting language using",
    "transcript. use arrow keys",
];

/// The word before a colon that gives the length of a recording.
const LENGTH: &[&str] = &[
    "duration",
    "length",
    "audio length",
    "recording length",
    "total time",
    "dauer",
    "länge",
    "durée",
    "duración",
    "duração",
    "durata",
    "duur",
    "tijdsduur",
    "długość",
    "czas trwania",
    "varaktighet",
    "varighed",
    "varighet",
    "kesto",
    "süre",
    "длительность",
    "продолжительность",
    "時間",
    "时长",
    "時長",
    "משך",
    "المدة",
];

/// Beginnings of words for beginning and ending.
const BEGINS_OR_ENDS: &[&str] = &[
    "end",
    "ends",
    "ended",
    "ending",
    "ende",
    "stop",
    "stops",
    "stopped",
    "start",
    "starts",
    "begin",
    "begins",
    "beginn",
    "beendet",
    "endet",
    "anfang",
    "fin",
    "fim",
    "fine",
    "termina",
    "terminó",
    "inicio",
    "início",
    "inizio",
    "début",
    "einde",
    "slut",
    "koniec",
    "konec",
    "loppu",
    "vége",
    "sonu",
    "конец",
    "начало",
    "结束",
    "結束",
    "終了",
    "开始",
    "開始",
    "סוף",
    "نهاية",
];

/// Words that are enough on their own, near the end of a file.
const END_ALONE: &[&str] =
    &["end", "the end", "ende", "fin", "fim", "fine", "einde", "slut", "koniec", "конец", "סוף"];

/// Beginnings of words for recordings.
const RECORDED: &[&str] = &[
    "audio",
    "record",
    "tape",
    "interview",
    "entrevista",
    "entretien",
    "intervista",
    "file",
    "video",
    "session",
    "aufnahme",
    "aufzeichnung",
    "gespräch",
    "grabaci",
    "enregistr",
    "gravaç",
    "registraz",
    "opname",
    "nagran",
    "inspel",
    "optag",
    "opptak",
    "запис",
    "интервью",
    "录音",
    "錄音",
    "録音",
    "采访",
    "インタビュー",
    "הקלטה",
    "ראיון",
    "תמלול",
    "تسجيل",
    "مقابلة",
];

/// The position of a line in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Beginning,
    Middle,
    End,
    /// Near both edges of a short file.
    Whole,
}

/// The lines without credits, and how many there were.
pub(super) fn without_credits(lines: &[Line]) -> (Cow<'_, [Line]>, Count) {
    let filled: Vec<usize> = (0..lines.len()).filter(|at| !is_empty(&lines[*at])).collect();
    let mut gone = Count::default();
    let mut left_out = vec![false; lines.len()];
    let mut cut: Option<(usize, String)> = None;
    for (nth, at) in filled.iter().enumerate() {
        let near_end = filled.len() - nth <= EDGE;
        let part = match (nth < EDGE, near_end) {
            (true, true) => Part::Whole,
            (true, false) => Part::Beginning,
            (false, true) => Part::End,
            (false, false) => Part::Middle,
        };
        let line = &lines[*at];
        if line.label.is_some()
            || part == Part::Middle && !line.text.trim_start().starts_with(['[', '(', '（', '【', '*'])
        {
            continue;
        }
        let text = shown(line);
        if is_credit(&text, part, line.is_speech) {
            left_out[*at] = true;
            gone.add(line.number);
        } else if near_end && let Some(before) = without_end_mark(&line.text) {
            cut = Some((*at, before.to_owned()));
            gone.add(line.number);
        }
    }
    for at in page_lines(lines, &filled) {
        if !left_out[at] {
            left_out[at] = true;
            gone.add(lines[at].number);
        }
    }
    if gone.count == 0 {
        return (Cow::Borrowed(lines), gone);
    }
    gone.first = (0..lines.len()).find(|at| left_out[*at]).map(|at| lines[at].number).or(gone.first);
    // A title above a credit that opens the file.
    if let [first, second, ..] = filled.as_slice()
        && left_out[*second]
        && !left_out[*first]
        && is_title(&shown(&lines[*first]))
        && filled.len() > 4
    {
        left_out[*first] = true;
        gone.add(lines[*first].number);
        gone.first = gone.first.min(Some(lines[*first].number));
    }
    let mut kept = lines.to_vec();
    for (line, left_out) in kept.iter_mut().zip(&left_out) {
        if *left_out {
            *line = Line { number: line.number, starts_paragraph: line.starts_paragraph, ..Line::default() };
        }
    }
    if let Some((at, before)) = cut {
        kept[at].text = before;
    }
    (Cow::Owned(kept), gone)
}

/// A title line above.
pub(super) fn is_title(text: &str) -> bool {
    let text = text.trim();
    words(text) <= MAX_TITLE_WORDS
        && !text.ends_with(['.', '?', '!', '…', ',', ';', '。', '？', '！'])
        && !text.contains(": ")
}

/// Whether a line is a credit near the edges of a file.
pub(super) fn is_edge_credit(text: &str) -> bool {
    is_credit(text, Part::Whole, false)
}

fn is_credit(text: &str, part: Part, is_speech: bool) -> bool {
    let text = text.trim();
    if words(text) > MAX_CREDIT_WORDS || text.is_empty() {
        return false;
    }
    let untimed = take_when(text).map_or(text, |(_, rest)| rest);
    let bracketed = within_brackets(untimed);
    let at_end = matches!(part, Part::End | Part::Whole);
    let at_beginning = matches!(part, Part::Beginning | Part::Whole);
    if let Some(inner) = bracketed {
        let says_end = at_end && END_ALONE.contains(&inner.trim().to_lowercase().trim_end_matches('.'));
        let settings = at_beginning && inner.contains('|') && inner.matches(':').count() > 1;
        return is_begin_or_end(inner)
            || says_end
            || settings
            || names_transcription(inner) && names_service(inner);
    }
    if is_speech || part == Part::Middle {
        return false;
    }
    let small = text.to_lowercase();
    let dashes = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '=' | '*' | '_' | '~' | '.');
    let bare = small.trim_matches(dashes);
    let framed = bare.len() + 3 < small.len() && small.starts_with(['-', '=', '*', '_', '~', '–', '—']);
    if MACHINE_MADE.iter().any(|start| small.starts_with(start)) || is_signature(text) {
        return true;
    }
    if at_end && (framed && (END_ALONE.contains(&bare) || is_begin_or_end(bare)) || is_length_line(&small)) {
        return true;
    }
    if at_end && is_begin_or_end(bare) && first_word_is(bare, BEGINS_OR_ENDS) && words(bare) <= 4 {
        return true;
    }
    at_beginning && is_recording_line(text)
}

/// The text within one pair of brackets around the whole.
fn within_brackets(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(['.', '。']);
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        '（' => '）',
        '【' => '】',
        _ => return None,
    };
    let inner = text.get(text.chars().next()?.len_utf8()..)?.strip_suffix(close)?;
    (!inner.contains(['[', ']'])).then_some(inner)
}

/// `End of audio`, `Recording starts`, `Ende der Aufnahme`.
fn is_begin_or_end(text: &str) -> bool {
    if words(text) > MAX_MARK_WORDS || text.contains(['?', '!', ',']) {
        return false;
    }
    let small = text.to_lowercase();
    let tokens = || small.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty());
    let any = |stems: &[&str]| {
        // Short words must match whole: `ending` is none of `end`, and a name may begin like one.
        let is = |token: &str, stem: &str| {
            token == stem
                || stem.chars().count() > 4 && token.starts_with(stem)
                || !stem.is_ascii() && token.contains(stem)
        };
        tokens().any(|token| stems.iter().any(|stem| is(token, stem)))
    };
    any(BEGINS_OR_ENDS) && (any(RECORDED) || names_transcription(&small))
}

fn first_word_is(text: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| text.starts_with(stem))
}

/// `Transcribed by https://otter.ai`, `This transcript was generated by …`: it begins with the transcription, and names a service or
/// an address.
fn is_signature(text: &str) -> bool {
    let small = text.to_lowercase();
    let opens_with_it = small.split_whitespace().take(1).any(names_transcription)
        || small.split_whitespace().take(5).any(names_transcription)
            && ["this ", "audio ", "auto", "machine", "ai ", "full ", "diese", "cette ", "ce ", "esta ", "este ", "questa "]
                .iter()
                .any(|start| small.starts_with(start))
        // Chinese and Japanese have no blanks between words.
        || !small.is_ascii() && small.chars().count() < 60 && names_transcription(&small) && words(&small) < 4;
    opens_with_it && names_service(text)
}

/// Whether a text names a transcription service, or a web address.
fn names_service(text: &str) -> bool {
    let small = text.to_lowercase();
    let tokens = || small.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '-'));
    let is_address = |token: &str| {
        token.contains("://")
            || [".ai", ".com", ".io", ".org", ".de", ".net", ".app"].iter().any(|ending| {
                token.trim_end_matches(['.', '。', '/']).ends_with(ending)
                    || token.contains(&format!("{ending}/"))
            })
    };
    let is_service = |token: &str| {
        let name = token.trim_matches(|c: char| !c.is_alphanumeric());
        SERVICES.contains(&name.split('.').next().unwrap_or(name))
    };
    tokens().any(|token| is_address(token) || is_service(token))
        || SERVICES.iter().any(|service| service.len() > 6 && small.contains(service))
}

/// `Duration: 31 minutes`.
fn is_length_line(small: &str) -> bool {
    let Some((key, value)) = small.split_once([':', '：']) else { return false };
    let value = value.trim();
    LENGTH.contains(&key.trim())
        && (clock(value).is_some() || take_length(value).is_some() || value.parse::<f64>().is_ok())
}

/// The name of a recording: a path, or a title that ends in one.
fn is_recording_line(text: &str) -> bool {
    let small = text.to_lowercase();
    let ends = RECORDINGS.iter().any(|ending| small.trim_end_matches([')', '"', '\'']).ends_with(ending));
    if !ends {
        return false;
    }
    let value = text.split_once(": ").map_or(text, |(_, value)| value).trim();
    !value.contains(char::is_whitespace) || value.contains(['/', '\\']) || names_transcription(text)
}

/// The text before a mark in brackets for the end of the recording, with its length or without.
fn without_end_mark(text: &str) -> Option<&str> {
    let open = text.rfind(['[', '('])?;
    let (mark, after) = text[open..].split_once([']', ')'])?;
    let inner = mark.get(1..)?;
    let after = after.trim().trim_start_matches('.').trim();
    let ends = is_begin_or_end(inner) && !inner.to_lowercase().contains("start");
    (ends && (after.is_empty() || is_length_line(&after.to_lowercase()))).then(|| text[..open].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_and_marks_are_known_by_their_shape() {
        for text in [
            "Transcribed by https://otter.ai",
            "(Transcribed by Sonix.ai - Remove this message by upgrading your account!)",
            "(Transcrit par TurboScribe. Passez à Illimité pour supprimer ce message.)",
            "(转录由TurboScribe.ai完成。升级到无限以移除此消息。)",
            "Transcribed with noScribe vers. 0.6",
            "Transkribiert mit noScribe vers. 0.6",
            "This transcript was generated by https://example.io",
            "[End of Audio]",
            "[00:35:59] [END OF AUDIO]",
            "(Ende der Aufnahme)",
            "[Fin de la grabación]",
            "[Recording starts]",
            "Duration: 31 minutes",
            "Dauer: 00:31:12",
            "--- end of interview ---",
            "End of interview.",
            "[END]",
            "Audio file: /home/a b/interview 3.mp3",
            "Transcription for interview_3.mp3",
            "Detected language: French",
            "(Start: 00:00:00 | Stop: 00:31:00 | Language: German)",
        ] {
            assert!(is_credit(text, Part::Whole, false), "{text}");
        }
    }

    #[test]
    fn what_may_be_speech_is_no_credit() {
        for text in [
            "I transcribed it with otter.ai and it was terrible.",
            "My transcript from Otter had my name wrong",
            "In the end the recording was lost",
            "The end of the interview was the best part of it",
            "Duration is what matters: a year of it",
            "She played me the file called song.mp3",
            "[laughs]",
            "(the ending)",
            "So what did you record?",
            "Ende gut",
            "Final question then",
        ] {
            assert!(!is_credit(text, Part::Whole, false), "{text}");
        }
    }

    #[test]
    fn an_end_mark_behind_the_last_words_is_cut() {
        assert_eq!(
            without_end_mark("Come on down. [End of Audio] Duration: 48 minutes"),
            Some("Come on down.")
        );
        assert_eq!(without_end_mark("Bye. (Ende der Aufnahme)"), Some("Bye."));
        assert_eq!(without_end_mark("Bye (and thanks)"), None);
        assert_eq!(without_end_mark("Bye."), None);
    }
}
