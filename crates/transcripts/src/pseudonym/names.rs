//! Finds listed names in a text: all of them in one walk, the longest where several begin at the same letter.
//!
//! Names are a tree of folded letters (`fold`), so the time does not grow with their number. What counts as a whole word depends
//! on the script: a neighbouring letter makes it another word, a digit or `_` does not; Hebrew and Arabic write prepositions and
//! articles onto names, Korean its particles behind them; Chinese, Thai and their like have no blanks, so names are found
//! anywhere. A German genitive (`Annas`) is another word: list it if it comes.

use std::collections::BTreeMap;

use super::TextKind;
use super::fold::{Folder, Kind, Letter, folded, letters};
use super::tally::NameKind;

/// A name to replace.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// As listed. Never shown.
    pub(crate) name: String,
    /// The replacement.
    pub(crate) replacement: String,
    /// What it names.
    pub(crate) kind: NameKind,
    /// Whether it is found only in the case in which it is listed.
    pub(crate) exact: bool,
    /// Its row in the mapping, from 1.
    pub(crate) row: u64,
    /// Letters, without blanks and signs.
    pub(crate) letters: usize,
}

/// The names of a mapping, ready to be found.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NamesToReplace {
    source: String,
    entries: Vec<Entry>,
    in_texts: Tree,
    in_paths: Tree,
}

/// A match in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// A name, with its byte range.
    Name { start: usize, end: usize, name: usize },
    /// A longer word that begins with a name; it is left.
    Inside { name: usize },
    /// The replacement of a name, as somebody's own.
    Replacement { of: usize },
}

/// A blank or a run of white space.
const BLANK: u32 = 0;
/// A letter that stands in no name.
const STRANGE: u32 = u32::MAX;

#[derive(Clone, Default, PartialEq, Eq)]
struct Tree {
    alphabet: BTreeMap<String, u32>,
    nodes: Vec<Node>,
}

#[derive(Clone, Default, PartialEq, Eq)]
struct Node {
    next: BTreeMap<u32, usize>,
    name: Option<usize>,
    replacement_of: Option<usize>,
}

impl NamesToReplace {
    /// `source` is the mapping's file, as problems show it. Of two equal names the first counts.
    pub(crate) fn new(source: &str, entries: Vec<Entry>) -> Self {
        let mut names = Self { source: source.to_owned(), ..Self::default() };
        for (tree, within) in [(&mut names.in_texts, TextKind::Text), (&mut names.in_paths, TextKind::Path)] {
            tree.nodes.push(Node::default());
            for (index, entry) in entries.iter().enumerate() {
                let end = tree.insert(&entry.name, within);
                if let Some(node) = tree.nodes.get_mut(end).filter(|node| node.name.is_none()) {
                    node.name = Some(index);
                }
                let end = tree.insert(&entry.replacement, within);
                if let Some(node) = tree.nodes.get_mut(end).filter(|node| node.replacement_of.is_none()) {
                    node.replacement_of = Some(index);
                }
            }
        }
        names.entries = entries;
        names
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The mapping's file, as problems show it.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The names in a text from left to right; they do not overlap.
    pub(super) fn find(&self, text: &str, within: TextKind) -> impl Iterator<Item = Match> + use<> {
        let mut all = Vec::new();
        if !self.entries.is_empty() {
            let tree = if within == TextKind::Path { &self.in_paths } else { &self.in_texts };
            let row = tree.row(text, within);
            let quoted = if within == TextKind::Message { quoted(&row) } else { Vec::new() };
            let look = Search { names: self, tree, row: &row, text, within, quoted: &quoted };
            let mut at = 0;
            while at < row.len() {
                at = look.at(at, &mut all).max(at + 1);
            }
        }
        all.into_iter()
    }
}

/// A letter with its number in the tree's alphabet.
#[derive(Clone, Copy)]
struct Sign<'a> {
    letter: Letter<'a>,
    number: u32,
}

impl Tree {
    /// Puts a word into the tree; the node that it ends in, or the root for a word without letters.
    fn insert(&mut self, word: &str, within: TextKind) -> usize {
        let mut node = 0;
        let mut blank_before = true;
        for letter in letters(word.trim()) {
            let blank = is_blank(&letter, within);
            let folded = folded(letter.written);
            if folded.is_empty() || (blank && blank_before) {
                continue;
            }
            blank_before = blank;
            let fresh = self.alphabet.len() as u32 + 1;
            let number = if blank { BLANK } else { *self.alphabet.entry(folded).or_insert(fresh) };
            let next = self.nodes.len();
            let Some(here) = self.nodes.get_mut(node) else { return 0 };
            node = *here.next.entry(number).or_insert(next);
            if node == next {
                self.nodes.push(Node::default());
            }
        }
        node
    }

    /// The text as numbered letters; runs of white space are one.
    fn row<'a>(&self, text: &'a str, within: TextKind) -> Vec<Sign<'a>> {
        let mut folder = Folder::default();
        let mut row: Vec<Sign<'a>> = Vec::new();
        for mut letter in letters(text) {
            if is_blank(&letter, within) {
                letter.kind = Kind::Space;
                match row.last_mut() {
                    Some(last) if last.letter.kind == Kind::Space => last.letter.end = letter.end,
                    _ => row.push(Sign { letter, number: BLANK }),
                }
                continue;
            }
            let folded = folder.fold(letter.written);
            if !folded.is_empty() {
                let number = self.alphabet.get(folded).copied().unwrap_or(STRANGE);
                row.push(Sign { letter, number });
            }
        }
        row
    }
}

fn is_blank(letter: &Letter<'_>, within: TextKind) -> bool {
    letter.kind == Kind::Space
        || (within == TextKind::Path && matches!(letter.written, "_" | "-" | "." | "+"))
}

/// Which letters stand between backticks or quotation marks.
fn quoted(row: &[Sign<'_>]) -> Vec<bool> {
    let mut inside: Option<&str> = None;
    row.iter()
        .map(|sign| {
            match (sign.letter.written, inside) {
                (mark @ ("`" | "\""), None) => inside = Some(mark),
                (mark, Some(open)) if mark == open => inside = None,
                _ => {}
            }
            inside.is_some()
        })
        .collect()
}

/// A text that is looked through.
struct Search<'a> {
    names: &'a NamesToReplace,
    tree: &'a Tree,
    row: &'a [Sign<'a>],
    text: &'a str,
    within: TextKind,
    quoted: &'a [bool],
}

/// How a word begins at a letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Word,
    /// Behind letters that Hebrew or Arabic writes onto the next word.
    Joined,
    Inside,
}

impl Search<'_> {
    /// Looks for a name that begins at `from`; the letter to go on with.
    fn at(&self, from: usize, all: &mut Vec<Match>) -> usize {
        let mut node = 0;
        let mut start = None;
        let (mut name, mut inside, mut replacement) = (None, None, None);
        for (at, sign) in self.row.iter().enumerate().skip(from) {
            let Some(next) = self.tree.nodes.get(node).and_then(|node| node.next.get(&sign.number)) else {
                break;
            };
            node = *next;
            let start = *start.get_or_insert_with(|| self.start_at(from));
            if start == Start::Inside && self.within != TextKind::Path {
                break;
            }
            let Some(node) = self.tree.nodes.get(node) else { break };
            if let Some((index, entry)) = node.name.and_then(|at| Some((at, self.names.entries.get(at)?))) {
                if self.is_name(entry, start, from, at) {
                    name = Some((at + 1, index));
                } else if start == Start::Word && !self.ends_at(at, entry.letters) {
                    inside = Some(index);
                }
            }
            if let Some(of) = node.replacement_of
                && start == Start::Word
                && self.ends_at(at, 0)
            {
                replacement = Some(of);
            }
        }
        if let Some((end, name)) = name {
            let letter_at = |at: usize| self.row.get(at).map(|sign| sign.letter);
            let (start, last) = (letter_at(from), letter_at(end - 1));
            let (start, end_byte) =
                (start.map_or(0, |letter| letter.start), last.map_or(0, |letter| letter.end));
            all.push(Match::Name { start, end: end_byte, name });
            return end;
        }
        all.extend(inside.map(|name| Match::Inside { name }));
        all.extend(replacement.map(|of| Match::Replacement { of }));
        from + 1
    }

    /// Whether the letters from `from` to `last` are this name.
    fn is_name(&self, entry: &Entry, start: Start, from: usize, last: usize) -> bool {
        let anywhere = self.within == TextKind::Path && entry.letters >= 4;
        let begins = match start {
            Start::Word => true,
            Start::Joined => entry.letters >= 3,
            Start::Inside => false,
        };
        if !(anywhere || (begins && self.ends_at(last, entry.letters))) {
            return false;
        }
        let letter = |at: usize| self.row.get(at).map(|sign| sign.letter);
        let (Some(first), Some(last)) = (letter(from), letter(last)) else { return false };
        let original = self.text.get(first.start..last.end).unwrap_or_default();
        if entry.exact && self.within != TextKind::Path && !is_written_alike(original, &entry.name) {
            return false;
        }
        // Our own sentences hold words such as `will` and `may`, which are names as well.
        self.within != TextKind::Message
            || self.quoted.get(from).copied().unwrap_or(false)
            || !super::shape::is_small(original)
    }

    fn start_at(&self, from: usize) -> Start {
        let Some(sign) = self.row.get(from) else { return Start::Inside };
        let before = |steps: usize| from.checked_sub(steps).and_then(|at| self.row.get(at));
        let Some(previous) = before(1) else { return Start::Word };
        let changes_case = self.within == TextKind::Path
            && sign.letter.written.starts_with(char::is_uppercase)
            && previous.letter.written.starts_with(char::is_lowercase);
        if !previous.letter.joins(&sign.letter) || changes_case {
            return Start::Word;
        }
        // At most three letters to the beginning of the word.
        let mut prefix = String::new();
        let mut next = sign;
        for steps in 1..=4 {
            match before(steps) {
                Some(letter) if letter.letter.joins(&next.letter) => {
                    prefix.insert_str(0, &folded(letter.letter.written));
                    next = letter;
                }
                _ => return if is_joined_prefix(&prefix) { Start::Joined } else { Start::Inside },
            }
        }
        Start::Inside
    }

    /// Whether a word, or what is taken for one, ends behind the letter at `last`.
    fn ends_at(&self, last: usize, letters: usize) -> bool {
        let (Some(sign), next) = (self.row.get(last), self.row.get(last + 1)) else { return false };
        let Some(next) = next else { return true };
        if !sign.letter.joins(&next.letter) {
            return true;
        }
        if self.within == TextKind::Path
            && sign.letter.written.starts_with(char::is_lowercase)
            && next.letter.written.starts_with(char::is_uppercase)
        {
            return true;
        }
        letters >= 2 && is_korean(sign.letter.written) && self.rest_is_particle(last + 1)
    }

    fn rest_is_particle(&self, from: usize) -> bool {
        let mut rest = String::new();
        let mut before: Option<&Sign<'_>> = None;
        for sign in self.row.iter().skip(from).take(5) {
            if before.is_some_and(|before| !before.letter.joins(&sign.letter)) {
                break;
            }
            if sign.letter.kind != Kind::Spaced {
                break;
            }
            rest.push_str(&folded(sign.letter.written));
            before = Some(sign);
        }
        PARTICLES.iter().any(|particle| {
            let folded: String = letters(particle).map(|letter| folded(letter.written)).collect();
            folded == rest
        })
    }
}

/// Whether two texts are the same but for white space, Unicode's forms and points.
fn is_written_alike(one: &str, other: &str) -> bool {
    let small = |c: char| c.is_lowercase();
    let shape = |text: &str| {
        let cased: Vec<bool> =
            text.chars().filter(|c| c.is_lowercase() || c.is_uppercase()).map(small).collect();
        cased
    };
    shape(one) == shape(other)
}

/// Prepositions, conjunctions and articles that are written onto a name: in Hebrew up to three of ו ה ב כ ל מ ש, in Arabic up to
/// two of و ف ب ل ك and the article ال.
fn is_joined_prefix(prefix: &str) -> bool {
    if prefix.chars().all(|c| "והבכלמש".contains(c)) {
        return prefix.chars().count() <= 3;
    }
    let mut rest = prefix;
    for _ in 0..2 {
        rest = rest.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']).unwrap_or(rest);
    }
    rest.is_empty() || rest == "ال" || rest == "ل"
}

fn is_korean(written: &str) -> bool {
    written.starts_with(|c: char| matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}'))
}

/// What Korean writes behind a name.
const PARTICLES: &[&str] = &[
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "만",
    "로",
    "으로",
    "에게",
    "에서",
    "한테",
    "께",
    "께서",
    "씨",
    "님",
    "야",
    "아",
    "이는",
    "이가",
    "이도",
    "이랑",
    "랑",
    "하고",
    "씨가",
    "씨는",
    "씨도",
    "씨의",
    "씨를",
    "님이",
    "님은",
    "님의",
    "이라고",
    "라고",
    "이의",
    "이를",
    "에게서",
    "한테서",
    "까지",
    "부터",
    "처럼",
    "보다",
    "이나",
    "나",
    "이라는",
    "라는",
];
