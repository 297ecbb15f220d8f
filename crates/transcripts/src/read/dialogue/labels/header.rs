//! Headers and footers, which nobody says: titles, `Date:` and other keys with values, participants, a time or a file's name at the top;
//! `[End of Audio]` and `Duration:` at the bottom.
//!
//! Only lines of these forms are left out. What may be speech is kept, because words that are removed here are lost to the study.

use std::collections::BTreeMap;

use super::Spot;
use super::form::Shape;
use crate::read::speakers::key_words::{Remark, has_heading_word, is_key, remark};
use crate::read::speakers::label::{Candidate, Style, fold, without_description};
use crate::read::speakers::label_words::{is_numbered_code, is_usual};
use crate::read::speakers::same::are_initials;
use crate::read::times::take_when;

/// Maximum words of a title.
const MAX_TITLE: usize = 12;
/// Maximum words of a value that is a name or code.
const MAX_NAME: usize = 6;
/// Maximum letters of one.
const MAX_NAME_LETTERS: usize = 60;
/// Maximum words of any other value.
const MAX_VALUE: usize = 40;
/// Maximum labels in prose before a header, such as a citation or a note on rights.
const MAX_LABELS_BEFORE: usize = 6;
/// Maximum lines of a footer.
const MAX_FOOTER: usize = 12;

/// Words that occur only in talk, in languages whose interviews are common: a line with one of them is no title.
const TALKING: &[&str] = &[
    "i", "i'm", "i’m", "you", "we", "me", "yes", "yeah", "no", "okay", "ok", "so", "well", "hello", "hi",
    "thanks", "thank", "um", "uh", "mhm", "ich", "wir", "du", "ja", "nein", "hallo", "danke", "je", "j'ai",
    "nous", "vous", "oui", "non", "bonjour", "merci", "yo", "sí", "hola", "gracias", "io", "noi", "sì",
    "ciao", "grazie", "eu", "nós", "sim", "olá", "ik", "wij", "nee", "jag", "я", "мы", "да", "нет", "אני",
    "כן", "לא", "انا", "أنا", "نعم", "我", "我们", "好", "はい", "私", "네", "저",
];

/// Words that begin a line at the end of a transcript.
const ENDS: &[&str] = &[
    "end",
    "ende",
    "fin",
    "fine",
    "fim",
    "final",
    "konec",
    "koniec",
    "slut",
    "einde",
    "конец",
    "סוף",
    "نهاية",
    "结束",
    "終わり",
    "끝",
];

/// For each line whether it belongs to a header. `counts` has the frequency of each label in the file.
pub(super) fn mark_header(spots: &mut [Spot<'_>], counts: &BTreeMap<String, usize>) {
    let end = top(spots, counts);
    for spot in spots.iter_mut().take(end) {
        spot.is_header = true;
    }
    later_blocks(spots, end, counts);
}

/// What a line at the top of a file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    /// A title, a date, a rule, a file's name.
    Title,
    /// `Date: 3 May`
    Key,
    /// `Interviewer: Mira Holt`, `MH: Mira Holt`
    Role,
    /// Anything that may be speech.
    Talk,
}

/// Where the header at the top of the file ends.
fn top(spots: &[Spot<'_>], counts: &BTreeMap<String, usize>) -> usize {
    let mut kinds: Vec<Kind> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut lists_people = false;
    let is_own_line = |spot: &Spot<'_>| {
        spot.main.is_some_and(|found| found.style == Style::Alone && is_numbered_code(found.label))
    };
    // One such line is a title: whom the interview is with.
    let labels_stand_alone = spots.iter().filter(|spot| is_own_line(spot)).nth(2).is_some();
    for spot in spots {
        let mut kind = kind_of(spot, counts);
        if labels_stand_alone && kind == Kind::Title && is_own_line(spot) {
            kind = Kind::Talk;
        }
        if lists_people && kind == Kind::Talk && is_list_of_names(&spot.line.text) {
            kind = Kind::Title;
        }
        lists_people = kind == Kind::Blank && lists_people || opens_list(&spot.line.text);
        if kind == Kind::Role {
            let name = spot.main.map(|found| fold(without_description(found.label))).unwrap_or_default();
            // A header names each role once; a second time it is a speaker.
            if seen.contains(&name) {
                kind = Kind::Talk;
            }
            seen.push(name);
        }
        if kind == Kind::Talk {
            break;
        }
        kinds.push(kind);
    }
    let is_followed = kinds.len() < spots.len();
    let keys = kinds.iter().filter(|kind| **kind == Kind::Key).count();
    let roles = kinds.iter().filter(|kind| **kind == Kind::Role).count();
    if roles == 0 {
        return kinds.len();
    }
    let last_role = kinds.iter().rposition(|kind| *kind == Kind::Role).unwrap_or(0);
    let last_other = kinds.iter().rposition(|kind| matches!(kind, Kind::Key | Kind::Title));
    let ends_apart = kinds.get(last_role + 1).is_none_or(|kind| *kind == Kind::Blank);
    let by_initials = spots
        .iter()
        .zip(&kinds)
        .filter(|(_, kind)| **kind == Kind::Role)
        .all(|(spot, _)| names_its_initials(spot));
    let between = last_other.is_some_and(|other| other > last_role);
    // In scripts without capitals a name and a word look alike.
    let is_cased = |spot: &Spot<'_>| {
        spot.main.is_some_and(|found| found.text.chars().any(|c| c.is_uppercase() || c.is_numeric()))
    };
    let are_cased =
        spots.iter().zip(&kinds).filter(|(_, kind)| **kind == Kind::Role).all(|(spot, _)| is_cased(spot));
    let is_header =
        by_initials || between || (is_followed && ends_apart && (keys > 0 || (roles > 1 && are_cased)));
    if is_header {
        return kinds.len();
    }
    // Roles right above the talk may be the talk: `Interviewer: Hello`.
    kinds.iter().position(|kind| *kind == Kind::Role).unwrap_or(0)
}

/// `MH: Mira Holt`
fn names_its_initials(spot: &Spot<'_>) -> bool {
    spot.main.is_some_and(|found| are_initials(&fold(found.label), &fold(found.text)))
}

fn kind_of(spot: &Spot<'_>, counts: &BTreeMap<String, usize>) -> Kind {
    let line = spot.line;
    let text = line.text.trim();
    if text.is_empty() {
        return if line.label.is_some() { Kind::Talk } else { Kind::Blank };
    }
    if line.is_speech || line.label.is_some() {
        return Kind::Talk;
    }
    if let Some(found) = &spot.key {
        return if is_key_line(found) { Kind::Key } else { Kind::Talk };
    }
    if let Some(found) = spot.main.filter(|found| found.style == Style::Colon) {
        if is_role_line(&found) {
            return Kind::Role;
        }
        let comes = counts.get(&fold(without_description(found.label))).copied().unwrap_or(0);
        // `Synthetic interview: nobody here is real.`
        let announces = comes < 2
            && has_heading_word(found.label)
            && !is_usual(found.label)
            && words(found.text) <= MAX_VALUE;
        return if announces && !text.ends_with('?') { Kind::Key } else { Kind::Talk };
    }
    if let Some(found) = spot.main {
        let comes = counts.get(&fold(without_description(found.label))).copied().unwrap_or(0);
        // A date with a time is a title; a name with a time is a speaker.
        let is_timed_name = found.style == Style::NameAndTime
            && Shape::of(found.label).is_name()
            && !found.label.contains([',', '/', '•'])
            && !has_heading_word(found.label);
        if comes > 1 || is_timed_name {
            return Kind::Talk;
        }
    }
    if is_title(text) { Kind::Title } else { Kind::Talk }
}

/// A key with a value, which is no speech.
fn is_key_line(found: &Candidate<'_>) -> bool {
    found.style == Style::Colon
        && is_key(found.label)
        && words(found.text) <= MAX_VALUE
        && !found.text.trim_end().ends_with(['?', '？', '؟'])
}

/// A role or a short form with a name or code.
fn is_role_line(found: &Candidate<'_>) -> bool {
    let value = found.text.trim();
    let count = words(value);
    if !(1..=MAX_NAME).contains(&count)
        || value.ends_with(['?', '!', '.', '…', '？', '！', '。']) && !value.ends_with("r.")
    {
        return false;
    }
    // Chinese and Japanese sentences have no blanks, but they have punctuation.
    if value.contains(['，', '。', '、', '；', '؟', '#', ';', '?', '!'])
        || value.chars().count() > MAX_NAME_LETTERS
    {
        return false;
    }
    let is_code = count == 1 && value.chars().any(|c| c.is_ascii_digit());
    // `Mira Holt with Anna Diaz`
    let mut people = value.to_owned();
    for between in [" with ", " and ", " mit ", " und ", " avec ", " et ", " con ", " y ", " e "] {
        people = people.replace(between, ", ");
    }
    let named = people.split([',', '(', ';', '/', '&']).all(|name| {
        let name = name.trim_end_matches(')').trim();
        name.is_empty()
            || matches!(
                Shape::of(name),
                Shape::FullName | Shape::Code | Shape::Capitals | Shape::Name | Shape::Uncased
            )
    });
    let talks = value.split_whitespace().any(is_talking) || remark(value) != Remark::No;
    (is_usual(found.label) || are_initials(&fold(found.label), &fold(value))) && (is_code || named) && !talks
}

fn is_talking(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).to_lowercase();
    TALKING.contains(&word.as_str())
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// A line that may be at the top of a transcript and is no speech.
fn is_title(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        matches!(c, '*' | '_' | '#' | '=' | '~' | '-' | '–' | '—' | '|' | '+') || c.is_whitespace()
    });
    if bare.is_empty() || !bare.contains(char::is_alphabetic) {
        // A rule, a date, a page's number.
        return true;
    }
    if take_when(bare).is_some_and(|(_, rest)| !rest.is_empty()) {
        return false;
    }
    if is_in_brackets(bare) {
        return true;
    }
    let count = words(bare);
    let ends =
        bare.ends_with(['.', '?', '!', '…', ',', ';', '。', '？', '！', '؟']) && !has_file_ending(bare);
    let begins = bare.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let talks = bare.split_whitespace().any(is_talking);
    count <= MAX_TITLE && !ends && begins && !talks && (count > 0)
}

fn has_file_ending(text: &str) -> bool {
    [".mp3", ".mp4", ".wav", ".m4a", ".docx", ".txt"]
        .iter()
        .any(|ending| text.to_lowercase().ends_with(ending))
}

fn is_in_brackets(text: &str) -> bool {
    (text.starts_with('[') && text.ends_with(']')) || (text.starts_with('(') && text.ends_with(')'))
}

/// Whether a line opens a list of people.
fn opens_list(text: &str) -> bool {
    matches!(
        fold(text).trim_end_matches(':'),
        "attendees"
            | "attendance"
            | "speakers"
            | "participants"
            | "present"
            | "people"
            | "teilnehmer"
            | "teilnehmende"
            | "anwesend"
            | "sprecher"
            | "participants présents"
            | "présents"
            | "asistentes"
            | "participantes"
            | "presenti"
            | "partecipanti"
    )
}

/// `Ana Lopes, Marta Quist`
fn is_list_of_names(text: &str) -> bool {
    let names = text.split([',', ';', '•', '·']).map(str::trim).filter(|name| !name.is_empty());
    names.clone().count() > 0
        && names.into_iter().all(|name| words(name) <= MAX_NAME && Shape::of(name).is_name())
}

/// Blocks of keys and roles below prose, before the talk has begun.
fn later_blocks(spots: &mut [Spot<'_>], mut at: usize, counts: &BTreeMap<String, usize>) {
    let mut labels = 0;
    // `INTERVIEWER: Mira Holt, with help of Ben` is no sentence if the label is not repeated.
    let comes_once = |found: &Candidate<'_>| {
        counts.get(&fold(without_description(found.label))) == Some(&1)
            && is_usual(found.label)
            && words(found.text) <= MAX_TITLE
            && !found.text.trim_end().ends_with(['.', '?', '!'])
    };
    while at < spots.len() && labels <= MAX_LABELS_BEFORE {
        let block = spots
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|spot| !spot.line.text.trim().is_empty())
            .count();
        let range = at..at + block;
        let lines = spots.get(range.clone()).unwrap_or_default();
        let is_key = |spot: &Spot<'_>| spot.key.as_ref().is_some_and(is_key_line);
        let is_role = |spot: &Spot<'_>| {
            spot.main.is_some_and(|found| {
                found.style == Style::Colon && (is_role_line(&found) || comes_once(&found))
            })
        };
        let all = lines.iter().all(|spot| is_key(spot) || is_role(spot));
        if block > 1 && all && lines.iter().any(is_key) {
            for spot in spots.get_mut(range).unwrap_or_default() {
                spot.is_header = true;
            }
        } else {
            labels += lines
                .iter()
                .filter(|spot| {
                    spot.main.is_some_and(|found| matches!(found.style, Style::Colon | Style::NameAndTime))
                })
                .count();
        }
        at += block + 1;
    }
}

/// The number of lines of the footer.
pub(super) fn footer(spots: &[Spot<'_>]) -> usize {
    let (mut footer, mut seen) = (0, 0);
    for (back, spot) in spots.iter().rev().enumerate() {
        let text = spot.line.text.trim();
        if text.is_empty() && spot.line.label.is_none() {
            continue;
        }
        let is_key =
            spot.key.as_ref().is_some_and(|found| is_key_line(found) && words(found.text) <= MAX_NAME);
        let is_said = spot.line.is_speech || spot.line.label.is_some();
        if is_said || seen == MAX_FOOTER || !(is_key || is_footer_line(text)) {
            break;
        }
        seen += 1;
        footer = back + 1;
    }
    footer
}

fn is_footer_line(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return true;
    }
    let first = bare.split(|c: char| !c.is_alphanumeric()).next().map(str::to_lowercase).unwrap_or_default();
    let is_end = ENDS.contains(&first.as_str()) && words(bare) <= 8 && !text.ends_with(['?', '!', ',']);
    is_end && (is_in_brackets(text) || words(bare) <= 4 || bare == bare.to_uppercase())
}
