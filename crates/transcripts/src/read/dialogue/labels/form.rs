//! The form of a label: the text before and after it, without the label.
//!
//! `**Anna** (00:01): ` and `**Ben** (12:40): ` have one form. Times are made equal, blanks are joined and invisible characters are
//! removed, so that labels of one form are equal.

use crate::corpus::is_invisible;
use crate::read::dialogue::Line;
use crate::read::speakers::label::{Candidate, Style, is_capitals, without_description};

/// Stands for a time.
const TIME: char = '0';

/// The form of a label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    /// How it is set off.
    pub(super) style: Style,
    /// The text before it on its line.
    before: String,
    /// The text between it and the speech.
    after: String,
    /// Whether it is bold.
    pub(super) bold: bool,
}

impl Form {
    /// The form of a label that was found on a line.
    pub(super) fn of(line: &Line, found: &Candidate<'_>) -> Self {
        let text = line.text.as_str();
        let start = offset(text, found.label).unwrap_or(0);
        let end = (start + found.label.len()).min(text.len());
        let said = if found.text.is_empty() { None } else { offset(text, found.text) };
        let said = said.filter(|said| *said >= end).unwrap_or(text.len());
        Self {
            style: found.style,
            before: outline(text.get(..start).unwrap_or_default()),
            after: outline(text.get(end..said).unwrap_or_default()),
            bold: line.bold > start && line.bold >= end,
        }
    }

    /// Whether a time belongs to it.
    pub(super) fn is_timed(&self) -> bool {
        self.before.contains(TIME) || self.after.contains(TIME)
    }

    /// The signs right before it: `**`, `[`, `#`, a dash; empty for none.
    pub(super) fn frame(&self) -> &str {
        let before = self.before.trim_end();
        let behind_time = before.rfind(TIME).map_or(0, |at| at + 1);
        before.get(behind_time..).unwrap_or_default().trim_start_matches([']', ')', '}', '>', '#', ' ', '\t'])
    }

    /// Whether signs stand before it.
    pub(super) fn is_framed(&self) -> bool {
        !self.frame().is_empty() || self.before == "#"
    }

    /// How far it differs from a plain label, and so from chance: from 0 for a word before a colon.
    pub(super) fn distinctiveness(&self) -> f64 {
        if self.is_timed() || self.is_framed() || self.bold || self.after.contains('\t') {
            return 4.0;
        }
        match self.style {
            Style::Bold => 4.0,
            Style::Bar | Style::Angle | Style::Bracket | Style::Parenthesis | Style::Gap => 3.0,
            Style::Dash | Style::Dot => 1.0,
            _ => 0.0,
        }
    }

    /// Whether the same signs are around the label, apart from blanks.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.style == other.style && self.before == other.before && self.after == other.after
    }
}

/// The byte range of `part` in `text`, if it is a part of it.
fn offset(text: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (offset + part.len() <= text.len()).then_some(offset)
}

/// The text with every time as one sign, blanks joined, and without invisible characters.
fn outline(text: &str) -> String {
    let mut outline = String::new();
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        let in_time = outline.ends_with(TIME) && matches!(c, ':' | '.' | ',');
        match c {
            c if c.is_ascii_digit() => {
                if !outline.ends_with(TIME) {
                    outline.push(TIME);
                }
            }
            '\t' => outline.push('\t'),
            c if c.is_whitespace() => {
                if !outline.ends_with([' ', '\t']) {
                    outline.push(' ');
                }
            }
            // The signs within a time; a colon behind it ends the label.
            _ if in_time => outline.push(c),
            c => outline.push(c),
        }
    }
    // `0:0:0` is one time.
    for within in ["0:0", "0.0", "0,0"] {
        while outline.contains(within) {
            outline = outline.replace(within, "0");
        }
    }
    outline.trim_start_matches(' ').to_owned()
}

/// How a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// One to three capitals, or letters with a number: `I`, `MH`, `P01`, `S1`.
    Code,
    /// `INTERVIEWER`.
    Capitals,
    /// One word with a capital: `Anna`.
    Name,
    /// Several words, each with a capital but for particles: `Mira Holt`, `Anna van Dyk`.
    FullName,
    /// Words with a small letter at the start of one that is no particle: `And then`, `anna`.
    Small,
    /// In a script without capitals.
    Uncased,
}

/// Small words within names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "van", "von", "der",
    "den", "ter", "ten", "zu", "af", "av", "bin", "ibn", "al", "el", "e", "y", "and", "und", "et", "i", "st",
    "ben", "bat",
];

impl Shape {
    /// The shape of a label, description aside.
    pub(super) fn of(label: &str) -> Self {
        let name: String = without_description(label).chars().filter(|c| !is_invisible(*c)).collect();
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        if !name.chars().any(|c| c.is_lowercase() || c.is_uppercase()) {
            return Self::Uncased;
        }
        let has_number = name.chars().any(char::is_numeric);
        if is_capitals(&name) {
            return if letters <= 3 || (has_number && letters <= 5) { Self::Code } else { Self::Capitals };
        }
        let words: Vec<&str> = name.split([' ', '\u{A0}', '-', '.', '_', '/', '\'', '’']).collect();
        let begins_small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        if words.first().is_none_or(|word| begins_small(word) && !word.contains(char::is_uppercase)) {
            return Self::Small;
        }
        let is_small = |word: &&str| begins_small(word) && !PARTICLES.contains(word);
        if words.iter().skip(1).any(is_small) {
            return Self::Small;
        }
        let named = words.iter().filter(|word| word.contains(char::is_alphabetic)).count();
        if named > 1 { Self::FullName } else { Self::Name }
    }

    /// Whether names are written like this.
    pub(super) fn is_name(self) -> bool {
        self != Self::Small
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::speakers::label::candidate;

    fn form(text: &str) -> Form {
        let line = Line { text: text.to_owned(), ..Line::default() };
        Form::of(&line, &candidate(&line.text).unwrap())
    }

    #[test]
    fn labels_of_one_form_are_equal() {
        let same = [
            ("Anna: yes", "Ben: no"),
            ("[00:00:01] Anna: yes", "[01:12:40.50] Ben: no"),
            ("**Anna** (0:01): yes", "**Ben** (10:59): no"),
            ("Anna\u{A0}: yes", "Ben: no"),
            ("Anna (crying): yes", "Ben: no"),
            ("Anna  0:03", "Ben Orr  1:10:03"),
            ("Inter\u{AD}viewer: yes", "Ben:\u{200B} no"),
        ];
        for (one, other) in same {
            assert_eq!(form(one), form(other), "{one}");
        }
        let different = [
            ("Anna: yes", "[Ben]: no"),
            ("Anna: yes", "[0:01] Ben: no"),
            ("Anna:\tyes", "Ben: no"),
            ("**Anna:** yes", "Ben: no"),
        ];
        for (one, other) in different {
            assert_ne!(form(one), form(other), "{one}");
        }
    }

    #[test]
    fn labels_have_shapes() {
        let shapes = [
            ("I", Shape::Code),
            ("MH", Shape::Code),
            ("P01 (F, 34)", Shape::Code),
            ("INT1", Shape::Code),
            ("INTERVIEWER 2", Shape::Capitals),
            ("Anna", Shape::Name),
            ("Interviewer 2", Shape::Name),
            ("Anna (crying)", Shape::Name),
            ("Mira Holt", Shape::FullName),
            ("Anna van Dyk", Shape::FullName),
            ("J. Smith", Shape::FullName),
            ("And then", Shape::Small),
            ("anna", Shape::Small),
            ("מראיין", Shape::Uncased),
            ("采访者", Shape::Uncased),
        ];
        for (label, shape) in shapes {
            assert_eq!(Shape::of(label), shape, "{label}");
        }
    }
}
