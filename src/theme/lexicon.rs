//! An index of the words of the corpus with TF-IDF weights.
//!
//! It complements vectors: a vector tells that "caseload" is near "workload", a word match that it was said.

use std::collections::{BTreeMap, HashMap};
use std::io;

use bytemuck::cast_slice;
use rayon::prelude::*;
use transcripts::text::normal_form;
use unicode_segmentation::UnicodeSegmentation;

use crate::results::Passage;
use crate::storage::{Bytes, Scratch};
use same_bits::elementary::ln;

/// Longer words are noise.
pub(super) const LONGEST_WORD: usize = 40;

/// Passages that are counted at a time: all counts at once would take more memory than all texts.
const AT_ONCE: usize = 4096;

/// The passages that hold each word, with its TF-IDF weight in them.
pub(super) struct Lexicon {
    /// The number of each word.
    numbers: HashMap<String, u32>,
    /// Where the postings of each word begin, and the end of the last.
    starts: Vec<usize>,
    /// By word and then passage: the passage and the bits of the word's weight in it, in a mapped file where they are many. Weights of a
    /// passage have unit length.
    postings: Bytes,
    passages: usize,
}

impl Lexicon {
    /// Indexes all passages, eligible or not.
    ///
    /// Weights are (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), scaled to unit length a passage (Salton and
    /// Buckley, 1988).
    ///
    /// # Errors
    /// When there is no room for it.
    pub(super) fn of(passages: &[Passage], scratch: &Scratch) -> io::Result<Self> {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut frequencies: Vec<u32> = Vec::new();
        // The words of all passages in order, and where each passage ends.
        let (mut words, mut ends): (Vec<(u32, u32)>, Vec<usize>) = (Vec::new(), Vec::new());
        for some in passages.chunks(AT_ONCE) {
            let counts: Vec<BTreeMap<String, u32>> =
                some.par_iter().map(|passage| word_counts(&passage.text)).collect();
            for counts in counts {
                for (word, count) in counts {
                    let new = frequencies.len() as u32;
                    let number = *numbers.entry(word).or_insert(new);
                    if number == new {
                        frequencies.push(0);
                    }
                    frequencies[number as usize] += 1;
                    words.push((number, count));
                }
                ends.push(words.len());
            }
        }
        let rarities: Vec<f64> =
            frequencies.iter().map(|&frequency| rarity(frequency as usize, passages.len())).collect();
        let mut starts = vec![0];
        starts.extend(frequencies.iter().scan(0, |end, &frequency| {
            *end += frequency as usize;
            Some(*end)
        }));
        let mut next = starts.clone();
        let mut postings = vec![Posting::default(); words.len()];
        let mut from = 0;
        for (index, to) in ends.into_iter().enumerate() {
            let weights = words[from..to]
                .iter()
                .map(|&(word, count)| (word as usize, weight(count, rarities[word as usize])));
            let length = weights.clone().map(|(_, weight)| weight.powi(2)).sum::<f64>().sqrt();
            for (word, weight) in weights {
                postings[next[word]] = [index as u32, ((weight / length) as f32).to_bits()];
                next[word] += 1;
            }
            from = to;
        }
        drop(words);
        let mut writer = scratch.bytes_writer(size_of_val(postings.as_slice()))?;
        writer.push(cast_slice(&postings))?;
        Ok(Self { numbers, starts, postings: writer.finish()?, passages: passages.len() })
    }

    /// The passages that hold a word.
    fn postings(&self, word: &str) -> Postings<'_> {
        self.numbers.get(word).map_or(Postings(&[]), |&number| self.postings_of(number))
    }

    /// How well each passage matches the words of a text: the cosine of their TF-IDF vectors, 0 to 1.
    pub(super) fn matches(&self, text: &str) -> Vec<f32> {
        let words = word_counts(text);
        let weights: Vec<(&str, f64)> = words
            .iter()
            .map(|(word, &count)| {
                (word.as_str(), weight(count, rarity(self.postings(word).len(), self.passages)))
            })
            .collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        let weights =
            weights.into_iter().map(|(word, weight)| (self.postings(word), (weight / length) as f32));
        self.products(weights)
    }

    /// How well each passage matches some words of the lexicon with weights, which have unit length.
    pub(super) fn matches_of(&self, words: &[(u32, f32)]) -> Vec<f32> {
        self.products(words.iter().map(|&(word, weight)| (self.postings_of(word), weight)))
    }

    fn products<'a>(&self, words: impl Iterator<Item = (Postings<'a>, f32)>) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.passages];
        for (postings, weight) in words {
            for (index, share) in postings.iter() {
                scores[index as usize] += share * weight;
            }
        }
        scores
    }

    fn postings_of(&self, word: u32) -> Postings<'_> {
        let at = |number: usize| self.starts[number] * size_of::<Posting>();
        Postings(&self.postings.as_ref()[at(word as usize)..at(word as usize + 1)])
    }

    /// The numbers and weights of the words of one of the passages, at unit length.
    pub(super) fn words_of(&self, text: &str) -> Vec<(u32, f64)> {
        let weights: Vec<(u32, f64)> = word_counts(text)
            .iter()
            .filter_map(|(word, &count)| {
                let number = *self.numbers.get(word)?;
                Some((number, weight(count, rarity(self.postings_of(number).len(), self.passages))))
            })
            .collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        weights.into_iter().map(|(word, weight)| (word, weight / length)).collect()
    }

    /// The weighted mean of a word's weight over all passages; `weights` has one for each and sums to `all`.
    pub(super) fn mean_weight(&self, word: u32, weights: &[f64], all: f64) -> f64 {
        let postings = self.postings_of(word).iter();
        postings.map(|(index, share)| f64::from(share) * weights[index as usize]).sum::<f64>() / all
    }
}

/// A passage and the bits of a weight.
type Posting = [u32; 2];

/// The passages that hold a word, ascending, as bytes, which need not begin where numbers do.
#[derive(Clone, Copy)]
struct Postings<'a>(&'a [u8]);

impl<'a> Postings<'a> {
    fn len(self) -> usize {
        self.0.len() / size_of::<Posting>()
    }

    /// Each passage with the word's weight in it.
    fn iter(self) -> impl Iterator<Item = (u32, f32)> + use<'a> {
        let number = |bytes: [u8; 4]| u32::from_ne_bytes(bytes);
        self.0.as_chunks::<{ size_of::<Posting>() }>().0.iter().map(move |&[a, b, c, d, e, f, g, h]| {
            (number([a, b, c, d]), f32::from_bits(number([e, f, g, h])))
        })
    }
}

/// Term frequency weight.
fn weight(count: u32, rarity: f64) -> f64 {
    (1.0 + ln(f64::from(count))) * rarity
}

/// Inverse document frequency.
fn rarity(document_frequency: usize, passages: usize) -> f64 {
    ln((1.0 + passages as f64) / (1.0 + document_frequency as f64)) + 1.0
}

/// The words of a text in lower case with their counts.
pub(super) fn word_counts(text: &str) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for word in words(text) {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// The words of a text in lower case and their normal form, in order (UAX #29). Of "don't" and "l'école" the whole is kept.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + use<> {
    let text = normal_form(text);
    let words = text.unicode_words().filter(|word| word.len() <= LONGEST_WORD).map(|word| {
        let word = word.to_lowercase();
        if word.contains('’') { word.replace('’', "'") } else { word }
    });
    words.collect::<Vec<String>>().into_iter()
}
