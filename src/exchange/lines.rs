//! Finds the text that shares most lines with another one, for sources that were renamed or edited.

use std::collections::{BTreeMap, BTreeSet};

/// Letters of a line that counts. Shorter ones are in every transcript.
const MIN_LETTERS: usize = 16;
/// Texts that share a line that counts.
const MAX_TEXTS: usize = 20;

/// Texts by their lines.
pub(super) struct LineIndex {
    /// Indices of the texts that have a line, by its hash.
    texts: BTreeMap<[u8; 32], Vec<usize>>,
    /// Number of lines of each text.
    counts: Vec<usize>,
}

impl LineIndex {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self { texts: BTreeMap::new(), counts: Vec::new() };
        for (number, text) in texts.enumerate() {
            let lines = lines_of(text);
            index.counts.push(lines.len());
            for line in lines {
                index.texts.entry(line).or_default().push(number);
            }
        }
        index
    }

    /// The index of the text that shares most lines with this one: more than half of those of the shorter one, and more than any other.
    /// Only texts that `may` allows count.
    pub(super) fn best_match(&self, text: &str, may: impl Fn(usize) -> bool) -> Option<usize> {
        let lines = lines_of(text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for texts in
            lines.iter().filter_map(|line| self.texts.get(line)).filter(|texts| texts.len() <= MAX_TEXTS)
        {
            for &index in texts.iter().filter(|index| may(**index)) {
                *shared.entry(index).or_default() += 1;
            }
        }
        let mut best: Vec<(usize, usize)> = shared.into_iter().map(|(index, count)| (count, index)).collect();
        best.sort_unstable_by(|one, other| other.cmp(one));
        let &(count, index) = best.first()?;
        let is_alone = best.get(1).is_none_or(|(next, _)| *next < count);
        let of = lines.len().min(self.counts.get(index).copied().unwrap_or(0));
        (is_alone && count * 2 > of).then_some(index)
    }
}

/// Hashes of the lines of a text, of letters and digits alone and without a speaker in front.
fn lines_of(text: &str) -> BTreeSet<[u8; 32]> {
    let letters = |line: &str| line.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let said = |line: &str| match line.split_once([':', '\t']) {
        Some((name, rest)) if name.chars().count() <= 40 => letters(rest),
        _ => letters(line),
    };
    let lines = text.lines().map(said).filter(|line| line.chars().count() >= MIN_LETTERS);
    lines.map(|line| *blake3::hash(line.as_bytes()).as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: &str = "I have sixty families and one morning.\nNobody ever taught me that.\nyes\n";
    const BEN: &str =
        "We fear the minister more than ever.\nNobody ever taught me that.\nWe close at four o'clock.\n";

    #[test]
    fn a_text_is_found_by_most_of_its_lines() {
        let index = LineIndex::of([ANNA, BEN].into_iter());
        let shown = "Anna: I have sixty families and one morning.\nINT: Nobody ever taught me that.\nAnna: And a line that is new.\n";
        assert_eq!(index.best_match(shown, |_| true), Some(0));
        assert_eq!(index.best_match(BEN, |_| true), Some(1));
        assert_eq!(index.best_match(shown, |index| index != 0), None);
        assert_eq!(index.best_match("Nobody ever taught me that.", |_| true), None, "it is in both");
        assert_eq!(index.best_match("", |_| true), None);
    }
}
