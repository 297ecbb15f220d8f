//! From bytes to text: byte order marks, UTF-8, UTF-16, and a guess for anything older; text that was encoded twice; one kind of
//! line break.

mod code_pages;
mod guess;
mod languages;
mod twice;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use self::guess::{Alternative, Guess, Page, guess};
use crate::codes;

use super::format::ReadError;
use super::problems::{ProblemLog, counted};

/// Share of control characters above which a file is no text.
const MAX_CONTROL_SHARE: f64 = 0.1;

/// The text of a file, with `\n` for every kind of line break and without control characters.
///
/// A guessed encoding and characters that could not be decoded are reported to `log`.
///
/// # Errors
/// [`ReadError::Damaged`] when the bytes are no text in any encoding.
pub fn decode(bytes: &[u8], log: &mut ProblemLog) -> Result<String, ReadError> {
    decode_with_controls(bytes, log).map(|text| clean(&text))
}

/// As [`decode`], for a format in which control characters mean something: the text as it is in the file.
///
/// # Errors
/// [`ReadError::Damaged`] when the bytes are no text in any encoding.
pub(super) fn decode_with_controls(bytes: &[u8], log: &mut ProblemLog) -> Result<String, ReadError> {
    let (page, start) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Page::Known(encoding), length),
        None => (page_without_mark(bytes, log), 0),
    };
    let (mut text, broken) = page.read(&bytes[start..]);
    if broken {
        let lost = text.matches('\u{FFFD}').count();
        let line = text.split('\n').position(|line| line.contains('\u{FFFD}')).map(|at| at as u64 + 1);
        log.warning(
            codes::CHARACTERS_LOST,
            line,
            format!(
                "{} could not be read as {}; \u{FFFD} stands for them",
                counted(lost, "character", "characters"),
                page.name()
            ),
            "save the file as UTF-8 and look at these places",
        );
    }
    if let Some(mended) = twice::mend(&text) {
        let shown: Vec<String> =
            mended.shown.iter().map(|(from, to)| format!("`{}` to `{to}`", clean(from))).collect();
        let left = match mended.left {
            0 => String::new(),
            left => format!("; {} could not be mended", counted(left, "place", "places")),
        };
        log.warning(
            codes::CHARACTERS_LOST,
            None,
            format!(
                "the text was encoded twice (UTF-8 taken for {}): {} mended, such as {}{left}",
                Page::Known(mended.encoding).name(),
                counted(mended.letters, "letter was", "letters were"),
                shown.join(", ")
            ),
            "compare some of these letters with the original, or use the original file",
        );
        text = mended.text;
    }
    let control =
        text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}')).count();
    if control as f64 > MAX_CONTROL_SHARE * text.chars().count() as f64 {
        return Err(ReadError::Damaged("its contents are not text".to_owned()));
    }
    Ok(text)
}

/// The text with `\n` for every line break and without byte order marks and control characters.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                cleaned.push('\n');
            }
            // Vertical tab (Word's line break in saved text), form feed and NEL also end a line.
            '\n' | '\u{B}' | '\u{C}' | '\u{85}' => cleaned.push('\n'),
            '\t' => cleaned.push('\t'),
            '\u{FEFF}' => {}
            c if c.is_control() => {}
            c => cleaned.push(c),
        }
    }
    cleaned
}

fn page_without_mark(bytes: &[u8], log: &mut ProblemLog) -> Page {
    if let Some(encoding) = utf16_without_mark(bytes) {
        note_page(Page::Known(encoding), log);
        return Page::Known(encoding);
    }
    let Err(error) = std::str::from_utf8(bytes) else { return Page::Known(UTF_8) };
    if mostly_utf8(bytes, error.valid_up_to()) {
        // The decoder marks broken bytes, and `decode` reports them.
        return Page::Known(UTF_8);
    }
    let Guess { page, alternative } = guess(bytes);
    match alternative {
        None => note_page(page, log),
        Some(Alternative { other, letters }) => {
            let letters: Vec<String> = letters
                .iter()
                .map(|(read, instead)| format!("`{}` would be `{}`", shown(*read), shown(*instead)))
                .collect();
            log.warning(
                codes::ENCODING_DOUBTFUL,
                None,
                format!(
                    "the file does not say its encoding and its letters do not tell for sure; it was read as {}, in {other} {}",
                    page.name(),
                    letters.join(", ")
                ),
                "compare these letters with the original, and save the file as UTF-8",
            );
        }
    }
    page
}

/// A character as a message shows it.
fn shown(c: char) -> String {
    if c.is_control() || c == '\u{A0}' { format!("U+{:04X}", u32::from(c)) } else { c.to_string() }
}

fn note_page(page: Page, log: &mut ProblemLog) {
    log.note(
        codes::ENCODING_GUESSED,
        None,
        format!("the file does not say its encoding; it was read as {}", page.name()),
        "if letters with accents look wrong, save the file as UTF-8",
    );
}

/// UTF-16 without a mark. Text in other encodings holds no zeros; here every blank and every line break has one, on one side
/// of it, and most characters are from few blocks.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(8192) & !1];
    let units = sample.len() / 2;
    let zeros = sample.split(|byte| *byte == 0).count() - 1;
    if units < 2 || zeros == 0 || zeros * 100 < units || bytes.len() % 2 == 1 && bytes.len() < 8192 {
        return None;
    }
    let part = |encoding: &'static Encoding| {
        let (text, broken) = encoding.decode_without_bom_handling(sample);
        let plain = text
            .chars()
            .filter(|c| matches!(c, ' ' | '\n' | '\r' | '\t' | '0'..='9' | '.' | ',' | ':' | '?' | '-'));
        let is_text = |c: &char| {
            c.is_alphanumeric()
                || c.is_ascii() && !c.is_control()
                || matches!(c, '\n' | '\r' | '\t' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
        };
        let known = text.chars().filter(is_text).count();
        let (plain, all) = (plain.count(), text.chars().count().max(1));
        (!broken && plain > 0 && known * 10 >= all * 8).then_some(plain)
    };
    match (part(UTF_16LE), part(UTF_16BE)) {
        (Some(little), Some(big)) if big > little => Some(UTF_16BE),
        (Some(_), _) => Some(UTF_16LE),
        (None, Some(_)) => Some(UTF_16BE),
        (None, None) => None,
    }
}

/// Whether a file that is not quite UTF-8 is still plainly meant as such: a few broken places among many
/// characters of several bytes. Such files come from pasting, or from a cut in the middle of a character.
fn mostly_utf8(bytes: &[u8], mut valid: usize) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        whole += rest[..valid].iter().filter(|byte| **byte >= 0xC0).count();
        rest = &rest[valid..];
        if rest.is_empty() {
            return whole > broken * 10;
        }
        broken += 1;
        rest = &rest[1..];
        valid = match std::str::from_utf8(rest) {
            Ok(_) => rest.len(),
            Err(error) => error.valid_up_to(),
        };
        if broken > 100_000 {
            return false;
        }
    }
}

#[cfg(test)]
mod encodings;

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Vec<String>) {
        let mut log = ProblemLog::new("a.txt");
        let text = decode(bytes, &mut log).unwrap();
        (text, log.finish().iter().map(ToString::to_string).collect())
    }

    fn utf16_le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn marks_are_obeyed_without_a_word() {
        assert_eq!(decoded(b"\xEF\xBB\xBFI: caf\xC3\xA9"), ("I: café".to_owned(), vec![]));
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(utf16_le("מראיין: שלום"));
        assert_eq!(decoded(&marked), ("מראיין: שלום".to_owned(), vec![]));
    }

    #[test]
    fn utf16_without_a_mark_is_recognised() {
        let (text, problems) = decoded(&utf16_le("I: Hello, how are you?"));
        assert_eq!(text, "I: Hello, how are you?");
        insta::assert_snapshot!(problems.join("\n"), @"note: a.txt: the file does not say its encoding; it was read as UTF-16LE (if letters with accents look wrong, save the file as UTF-8)");
    }

    #[test]
    fn older_encodings_are_guessed_and_noted() {
        let (text, problems) =
            decoded(b"I: Tr\xE8s bien, \xE7a va tr\xE8s bien. \x93Merci\x94 beaucoup, \xE0 bient\xF4t.");
        assert_eq!(text, "I: Très bien, ça va très bien. “Merci” beaucoup, à bientôt.");
        insta::assert_snapshot!(problems.join("\n"), @"note: a.txt: the file does not say its encoding; it was read as windows-1252 (if letters with accents look wrong, save the file as UTF-8)");
    }

    #[test]
    fn a_broken_place_does_not_change_the_encoding_of_the_rest() {
        let mut bytes = "é à ü ".repeat(20).into_bytes();
        bytes.extend_from_slice(b"\n\xE9\n");
        let (text, problems) = decoded(&bytes);
        assert!(text.starts_with("é à ü"));
        insta::assert_snapshot!(problems.join("\n"), @"warning: a.txt:2: 1 character could not be read as UTF-8; � stands for them (save the file as UTF-8 and look at these places)");
    }

    #[test]
    fn line_breaks_become_one_kind_and_control_characters_go() {
        assert_eq!(clean("a\r\nb\rc\u{B}d\u{0}e\u{FEFF}f\tg\u{200F}"), "a\nb\nc\nde\u{66}\tg\u{200F}");
    }

    #[test]
    fn noise_is_not_text() {
        let mut log = ProblemLog::new("a.txt");
        let noise: Vec<u8> = (0..2_000_u32).map(|i| (i * 7 % 32) as u8).collect();
        assert!(decode(&noise, &mut log).is_err());
    }
}
