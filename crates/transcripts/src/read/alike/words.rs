//! The words of a transcript as numbers, so that a hundred thousand transcripts can be compared: each run of words becomes one number, and a
//! few of the numbers represent the transcript.

use std::collections::{BTreeSet, HashMap, VecDeque};

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::{Role, Transcript};
use crate::question::QUESTION_MARKS;

/// Words of a run that counts as common. Two people seldom say the same six words in a row by chance.
pub(super) const RUN: usize = 6;
/// Words of a run that is looked for among all transcripts.
const LONG_RUN: usize = 8;
/// Consecutive long runs of which one represents all.
pub(super) const WINDOW: usize = 24;

/// Marks that end a sentence, as far as questions are told from the rest.
const ENDS: [char; 8] = ['.', '!', '?', '。', '？', '！', '؟', '…'];

/// A word as a number: the same for any case and punctuation.
pub(super) type Word = u64;

/// The words of a transcript.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All, in their order.
    pub(super) all: Vec<Word>,
    /// What the people who are studied say, but for questions, in pieces without a gap. Where nobody is known to interview, that is all.
    pub(super) own: Vec<Vec<Word>>,
}

/// Turns words into numbers; those that it has met are not worked out again.
#[derive(Debug, Default)]
struct Numbers {
    // Looked up and never gone through, so its order decides nothing.
    known: HashMap<String, Word>,
}

impl Numbers {
    fn of(&mut self, word: &str) -> Option<Word> {
        let plain: String =
            word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if plain.is_empty() {
            return None;
        }
        if let Some(known) = self.known.get(&plain) {
            return Some(*known);
        }
        let mut first = [0; 8];
        first.iter_mut().zip(blake3::hash(plain.as_bytes()).as_bytes()).for_each(|(to, from)| *to = *from);
        let number = Word::from_le_bytes(first);
        self.known.insert(plain, number);
        Some(number)
    }
}

impl Words {
    pub(super) fn of(transcript: &Transcript) -> Self {
        let mut numbers = Numbers::default();
        let mut words = Self::default();
        for turn in &transcript.turns {
            let mut piece = Vec::new();
            for sentence in turn.text.split_inclusive(ENDS) {
                let found: Vec<Word> = sentence.unicode_words().filter_map(|word| numbers.of(word)).collect();
                words.all.extend(&found);
                // Questions are the guide's, also where a label was taken for the other.
                let counts = turn.role != Role::Interviewer && !sentence.contains(QUESTION_MARKS);
                if counts {
                    piece.extend(found);
                } else if !piece.is_empty() {
                    words.own.push(std::mem::take(&mut piece));
                }
            }
            if !piece.is_empty() {
                words.own.push(piece);
            }
        }
        words
    }

    /// A digest of the text without labels.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        for word in &self.all {
            hasher.update(&word.to_le_bytes());
        }
        *hasher.finalize().as_bytes()
    }

    /// Long runs that stand for the text: whatever has [`WINDOW`] + 7 words in a row in common with another has one of them in
    /// common with it.
    pub(super) fn marks(&self) -> Vec<u64> {
        let runs = runs(&self.all, LONG_RUN);
        let mut marks = BTreeSet::new();
        let mut least: VecDeque<(usize, u64)> = VecDeque::new();
        for (at, run) in runs.iter().copied().enumerate() {
            while least.back().is_some_and(|(_, other)| *other >= run) {
                least.pop_back();
            }
            least.push_back((at, run));
            while least.front().is_some_and(|(first, _)| first + WINDOW <= at) {
                least.pop_front();
            }
            if at + 1 >= WINDOW.min(runs.len())
                && let Some((_, mark)) = least.front()
            {
                marks.insert(*mark);
            }
        }
        marks.into_iter().collect()
    }

    /// How many of its people's words stand in runs that the other text has too, and of how many. Pieces shorter than a run do not
    /// count.
    pub(super) fn in_common_with(&self, other: &Self) -> (usize, usize) {
        let theirs: BTreeSet<u64> = runs(&other.all, RUN).into_iter().collect();
        let (mut common, mut all) = (0, 0);
        for piece in self.own.iter().filter(|piece| piece.len() >= RUN) {
            all += piece.len();
            let mut covered_to = 0;
            for (at, run) in runs(piece, RUN).into_iter().enumerate() {
                if theirs.contains(&run) {
                    common += at + RUN - covered_to.max(at);
                    covered_to = at + RUN;
                }
            }
        }
        (common, all)
    }
}

/// Every run of `length` words, as a number.
fn runs(words: &[Word], length: usize) -> Vec<u64> {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let leaving = (0..length).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
    let mut sum = 0_u64;
    let mut runs = Vec::with_capacity(words.len().saturating_sub(length - 1));
    for (at, word) in words.iter().enumerate() {
        sum = sum.wrapping_mul(FACTOR).wrapping_add(*word);
        if let Some(left) = at.checked_sub(length).and_then(|before| words.get(before)) {
            sum = sum.wrapping_sub(left.wrapping_mul(leaving));
        }
        if at + 1 >= length {
            runs.push(mixed(sum));
        }
    }
    runs
}

/// Every bit of the number decides every bit of what comes back (the end of `SplitMix64`).
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_the_same_wherever_it_stands() {
        let one: Vec<Word> = (0..40).map(|word| mixed(word + 1)).collect();
        let other: Vec<Word> = [vec![7; 11], one.clone()].concat();
        assert_eq!(runs(&one, 6), runs(&other, 6).split_off(11));
        assert!(runs(&one, 41).is_empty());
    }

    #[test]
    fn long_common_stretches_have_a_mark_in_common() {
        let words = |from: u64, to: u64| -> Vec<Word> { (from..to).map(mixed).collect() };
        let common = words(10_000, 10_000 + WINDOW as u64 + 7);
        for length in [0, 1, 17, 300] {
            let one = Words { all: [words(0, length), common.clone()].concat(), own: Vec::new() };
            let other =
                Words { all: [common.clone(), words(5_000, 5_000 + length)].concat(), own: Vec::new() };
            let marks = other.marks();
            assert!(one.marks().iter().any(|mark| marks.contains(mark)), "{length}");
        }
    }
}
