//! When two spellings of a name are equal. Text is folded into letters without case in one Unicode form, each with its position in the text.
//! Composed and decomposed accents are equal, vowel points of Hebrew and Arabic are optional, apostrophes and hyphens have one form, and
//! white space of any length is one blank.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What a letter is to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// White space.
    Space,
    /// A letter of a script that puts blanks between words.
    Spaced,
    /// Katakana: no blanks, but words end where the script does.
    Katakana,
    /// A letter of a script without blanks between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
    Unspaced,
    /// A digit or another number.
    Digit,
    /// Everything else.
    Other,
}

/// A letter as people see it (a grapheme), with its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// As written.
    pub(super) written: &'a str,
}

impl Letter<'_> {
    /// Whether this letter and the next one are of the same word.
    pub(super) fn joins(&self, next: &Self) -> bool {
        matches!(self.kind, Kind::Spaced | Kind::Katakana | Kind::Digit) && self.kind == next.kind
    }
}

/// The letters of a text.
pub(super) fn letters(text: &str) -> impl Iterator<Item = Letter<'_>> {
    text.grapheme_indices(true).map(|(start, written)| Letter {
        start,
        end: start + written.len(),
        kind: kind_of(written),
        written,
    })
}

fn kind_of(written: &str) -> Kind {
    match written.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => Kind::Spaced,
        Some(c) if c.is_whitespace() => Kind::Space,
        Some('\u{30A0}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}') => Kind::Katakana,
        Some(
            '\u{0E00}'..='\u{0EFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{309F}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}',
        ) => Kind::Unspaced,
        Some(c) if c.is_alphabetic() => Kind::Spaced,
        Some(c) if c.is_numeric() => Kind::Digit,
        _ => Kind::Other,
    }
}

/// Folds letters; remembers the ones that it has met, because decomposing costs.
#[derive(Debug, Default)]
pub(super) struct Folder<'a> {
    met: BTreeMap<&'a str, String>,
}

impl<'a> Folder<'a> {
    /// The form in which letters are compared; empty for what is left out.
    pub(super) fn fold(&mut self, written: &'a str) -> &str {
        self.met.entry(written).or_insert_with(|| folded(written))
    }
}

/// A grapheme in small letters, decomposed, without points and marks of direction; its accents in one order.
pub(super) fn folded(written: &str) -> String {
    if let [byte] = written.as_bytes() {
        return char::from(byte.to_ascii_lowercase()).to_string();
    }
    // The form with compatibility letters (K) would also join ligatures and full-width letters, which changes lengths.
    let small = written.to_lowercase();
    let mut characters = small.nfd().filter(|c| !is_left_out(*c)).map(plain);
    let Some(first) = characters.next() else { return String::new() };
    let mut accents: Vec<char> = characters.collect();
    // Jamo of a Korean syllable stand in their order already; accents of one letter may come in any.
    if !('\u{1100}'..='\u{11FF}').contains(&first) {
        accents.sort_unstable();
    }
    std::iter::once(first).chain(accents).collect()
}

/// Vowel points and accents of Hebrew and Arabic, the Arabic stretching line, marks of direction, the soft hyphen.
fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0657}'..='\u{065F}' | '\u{0670}'
        | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}')
}

/// Apostrophes and hyphens in one form.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{02BB}' | '\u{2032}' | '\u{00B4}' | '\u{05F3}' => '\'',
        '\u{2010}'..='\u{2013}' | '\u{05BE}' | '\u{2212}' => '-',
        'ς' => 'σ',
        other => other,
    }
}
