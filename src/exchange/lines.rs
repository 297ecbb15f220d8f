//! Which of many texts another one is, by the lines that they share: for sources that were renamed, or edited here and there.

use std::collections::{BTreeMap, BTreeSet};

/// Shorter lines are in every interview.
const MIN_LETTERS: usize = 16;
/// A line in more texts than this tells nothing.
const MAX_TEXTS: usize = 20;

/// Texts by their lines.
pub(super) struct LineIndex {
    /// Texts that have a line.
    texts: BTreeMap<[u8; 32], Vec<usize>>,
    /// How many lines each has.
    counts: Vec<usize>,
}

impl LineIndex {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self { texts: BTreeMap::new(), counts: Vec::new() };
        for (place, text) in texts.enumerate() {
            let lines = lines_of(text);
            index.counts.push(lines.len());
            for line in lines {
                index.texts.entry(line).or_default().push(place);
            }
        }
        index
    }

    /// The text that shares most lines with this one, if it is more than half of the lines of either, and no other has as many.
    pub(super) fn most_of(&self, text: &str, may: impl Fn(usize) -> bool) -> Option<usize> {
        let lines = lines_of(text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for texts in
            lines.iter().filter_map(|line| self.texts.get(line)).filter(|texts| texts.len() <= MAX_TEXTS)
        {
            for &place in texts.iter().filter(|place| may(**place)) {
                *shared.entry(place).or_default() += 1;
            }
        }
        let mut best: Vec<(usize, usize)> = shared.into_iter().map(|(place, count)| (count, place)).collect();
        best.sort_unstable_by(|one, other| other.cmp(one));
        let &(count, place) = best.first()?;
        let is_alone = best.get(1).is_none_or(|(next, _)| *next < count);
        let of = lines.len().min(self.counts.get(place).copied().unwrap_or(0));
        (is_alone && count * 2 > of).then_some(place)
    }
}

/// The lines of a text, without blanks, and without a name in front of what is said.
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
        assert_eq!(index.most_of(shown, |_| true), Some(0));
        assert_eq!(index.most_of(BEN, |_| true), Some(1));
        assert_eq!(index.most_of(shown, |place| place != 0), None);
        assert_eq!(index.most_of("Nobody ever taught me that.", |_| true), None, "it is in both");
        assert_eq!(index.most_of("", |_| true), None);
    }
}
