//! A table of character replacements for the `Precompiled` normalizer of a tokenizer: a trie over bytes as a
//! double array (Aoe 1989), and the replacement texts.
//!
//! A cell has 32 bits: the byte of the edge to it in bits 0 to 7, bit 8 if a text ends there, and from bit 10
//! on the xor of its index and the base of its children. The child for byte c is at base xor c; the offset of
//! the replacement is at the base itself, with bit 31 set so that it is never taken for a child.

use std::collections::{BTreeMap, BTreeSet};

use tokenizers::NormalizedString;

/// The normalizer never looks up longer texts as a whole.
const MAX_BYTES: usize = 5;

/// The charsmap for `rewritten` and for the compositions of letters and combining marks.
pub(super) fn charsmap(rewritten: &[(char, String)]) -> Vec<u8> {
    let mut entries: BTreeMap<String, String> = composed();
    entries.extend(rewritten.iter().map(|(from, to)| (from.to_string(), to.clone())));
    let mut offsets = BTreeMap::new();
    let mut texts = String::new();
    let mut trie = vec![Node::default()];
    for (from, to) in &entries {
        let offset = *offsets.entry(to).or_insert_with(|| {
            let offset = texts.len();
            texts.push_str(to);
            texts.push('\0');
            offset as u32
        });
        let mut node = 0;
        for &byte in from.as_bytes() {
            let next = trie.len();
            node = *trie[node].children.entry(byte).or_insert(next);
            if node == next {
                trie.push(Node::default());
            }
        }
        trie[node].text = Some(offset);
    }
    let cells = double_array(&trie);
    let mut map = ((cells.len() * 4) as u32).to_le_bytes().to_vec();
    map.extend(cells.into_iter().flat_map(u32::to_le_bytes));
    map.extend(texts.into_bytes());
    map
}

/// Pairs of a letter and a combining mark, with the composed character.
fn composed() -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    // All compositions of at most five bytes are in this range, and Unicode adds no new ones.
    for letter in ('\u{c0}'..='\u{2fff}').map(String::from) {
        let mut apart = NormalizedString::from(letter.as_str());
        apart.nfd();
        let Some((mark_at, _)) = apart.get().char_indices().last().filter(|(at, _)| *at > 0) else {
            continue;
        };
        let (base, mark) = apart.get().split_at(mark_at);
        let mut base = NormalizedString::from(base);
        base.nfc();
        let pair = format!("{}{mark}", base.get());
        let mut together = NormalizedString::from(pair.as_str());
        together.nfc();
        if together.get() == letter && pair != letter && pair.len() <= MAX_BYTES {
            entries.insert(pair, letter);
        }
    }
    entries
}

/// A node of the trie.
#[derive(Default)]
struct Node {
    /// Offset of the replacement, if a text ends here.
    text: Option<u32>,
    children: BTreeMap<u8, usize>,
}

/// Lays out the trie with the root at index 0. The number of cells is a multiple of 256, so that every index
/// is valid.
fn double_array(trie: &[Node]) -> Vec<u32> {
    let mut cells = Cells { numbers: Vec::new(), free: BTreeSet::new(), bases: BTreeSet::new() };
    cells.grow();
    cells.free.remove(&0);
    let mut waiting = vec![(0, 0)];
    while let Some((node, cell)) = waiting.pop() {
        let Node { text, children } = &trie[node];
        let labels: Vec<u8> = text.map(|_| 0).into_iter().chain(children.keys().copied()).collect();
        if labels.is_empty() {
            continue;
        }
        let base = cells.take_base(&labels);
        cells.numbers[cell] |= ((base ^ cell) as u32) << 10;
        if let Some(text) = text {
            cells.numbers[cell] |= 1 << 8;
            cells.numbers[base] = text | 1 << 31;
        }
        for (&byte, &child) in children {
            let at = base ^ usize::from(byte);
            cells.numbers[at] = u32::from(byte);
            waiting.push((child, at));
        }
    }
    cells.numbers
}

/// Cells, the free ones among them, and the bases that are taken, each by one node.
struct Cells {
    numbers: Vec<u32>,
    free: BTreeSet<usize>,
    bases: BTreeSet<usize>,
}

impl Cells {
    fn grow(&mut self) {
        let length = self.numbers.len();
        self.numbers.resize(length + 256, 0);
        self.free.extend(length..length + 256);
    }

    /// Takes the first base for which the cells of all labels are free.
    fn take_base(&mut self, labels: &[u8]) -> usize {
        loop {
            let first = usize::from(labels[0]);
            let fits = |base: &usize| {
                !self.bases.contains(base)
                    && labels.iter().all(|&label| self.free.contains(&(base ^ usize::from(label))))
            };
            if let Some(base) = self.free.iter().map(|cell| cell ^ first).find(fits) {
                self.bases.insert(base);
                for &label in labels {
                    self.free.remove(&(base ^ usize::from(label)));
                }
                return base;
            }
            self.grow();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokenizers::normalizers::Precompiled;
    use tokenizers::{NormalizedString, Normalizer};

    use super::charsmap;

    fn rewrite(rewritten: &[(char, &str)], text: &str) -> String {
        let rewritten: Vec<_> = rewritten.iter().map(|(from, to)| (*from, (*to).to_owned())).collect();
        let map = Precompiled::from(&charsmap(&rewritten)).unwrap();
        let mut text = NormalizedString::from(text);
        map.normalize(&mut text).unwrap();
        text.get().to_owned()
    }

    #[test]
    fn listed_characters_are_rewritten_and_others_stay() {
        let table = [('\t', " "), ('\u{7f}', ""), ('½', "1/2"), ('ﬁ', "fi"), ('𝒳', "X")];
        assert_eq!(rewrite(&table, "a\tb\u{7f}c ½ ﬁn 𝒳𝒴 שלום é\0日"), "a bc 1/2 fin X𝒴 שלום é\0日");
        assert_eq!(rewrite(&[], "nothing"), "nothing");
    }

    #[test]
    fn a_mark_joins_its_letter() {
        assert_eq!(rewrite(&[], "e\u{301} И\u{306} α\u{301}"), "é Й ά");
    }

    #[test]
    fn every_character_can_be_looked_up() {
        let table: Vec<(char, String)> = ('\u{1}'..='\u{3000}')
            .filter(|sign| u32::from(*sign) % 3 == 0)
            .map(|sign| (sign, format!("<{}>", u32::from(sign))))
            .collect();
        let map = Precompiled::from(&charsmap(&table)).unwrap();
        for sign in '\u{1}'..='\u{ffff}' {
            let expected = table.binary_search_by_key(&sign, |(from, _)| *from).ok();
            assert_eq!(map.transform(&sign.to_string()), expected.map(|at| table[at].1.as_str()), "{sign:?}");
        }
    }
}
