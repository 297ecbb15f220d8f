//! The words of the corpus: which passage says what, and how much a word tells.
//!
//! Words beside vectors: a vector knows that "caseload" is near "workload", a word match knows that it was said.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::Passage;

/// Words longer than this are no words but noise.
const LONGEST_WORD: usize = 40;

/// Where each word of the corpus stands, with its TF-IDF weight there.
pub(super) struct Lexicon {
    /// Word → (place of the passage, weight), by place. Weights of a passage have unit length.
    postings: BTreeMap<String, Vec<(u32, f32)>>,
    passages: usize,
}

impl Lexicon {
    /// The lexicon of all passages, coded or not.
    ///
    /// Weights are (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), scaled to unit length a passage (Salton and
    /// Buckley, 1988).
    pub(super) fn of(passages: &[Passage]) -> Self {
        let counts: Vec<BTreeMap<String, u32>> =
            passages.par_iter().map(|passage| word_counts(&passage.text)).collect();
        let mut document_frequency: BTreeMap<&str, u32> = BTreeMap::new();
        for word in counts.iter().flat_map(BTreeMap::keys) {
            *document_frequency.entry(word).or_default() += 1;
        }
        let weight = |word: &str, count: u32| {
            let found = document_frequency.get(word).copied().unwrap_or_default();
            weight(count, found, passages.len())
        };
        let mut postings: BTreeMap<String, Vec<(u32, f32)>> = BTreeMap::new();
        for (place, words) in counts.iter().enumerate() {
            let length = words.iter().map(|(word, &n)| weight(word, n).powi(2)).sum::<f64>().sqrt();
            for (word, &count) in words {
                let share = weight(word, count) / length;
                postings.entry(word.clone()).or_default().push((place as u32, share as f32));
            }
        }
        Self { postings, passages: passages.len() }
    }

    /// How well each passage matches the words of a text: the cosine of their TF-IDF vectors, 0 to 1.
    pub(super) fn matches(&self, text: &str) -> Vec<f32> {
        let words = word_counts(text);
        let weights: Vec<(&str, f64)> = words
            .iter()
            .map(|(word, &count)| {
                let found = self.postings.get(word).map_or(0, Vec::len) as u32;
                (word.as_str(), weight(count, found, self.passages))
            })
            .collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        let mut scores = vec![0.0_f32; self.passages];
        for (word, weight) in weights {
            for &(place, share) in self.postings.get(word).map_or(&[][..], Vec::as_slice) {
                scores[place as usize] += share * (weight / length) as f32;
            }
        }
        scores
    }
}

fn weight(count: u32, document_frequency: u32, passages: usize) -> f64 {
    let rarity = ((1.0 + passages as f64) / (1.0 + f64::from(document_frequency))).ln() + 1.0;
    (1.0 + f64::from(count).ln()) * rarity
}

/// The words of a text in lower case with their counts.
pub(super) fn word_counts(text: &str) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for word in words(text) {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// The words of a text in lower case, in order (UAX #29). Of "don't" and "l'école" the whole is kept.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.unicode_words()
        .filter(|word| word.len() <= LONGEST_WORD)
        .map(|word| word.to_lowercase().replace('’', "'"))
}

/// Function words of the languages that transcripts are in, and what people say while they think.
pub(super) fn stop_words(languages: &BTreeSet<&str>) -> BTreeSet<String> {
    let hesitations =
        ["uh", "um", "uhm", "erm", "er", "hmm", "mm", "mhm", "yeah", "okay", "ok", "like", "know"];
    let mut stops: BTreeSet<String> = hesitations.into_iter().map(str::to_owned).collect();
    for language in languages {
        let code = language.split('-').next().unwrap_or_default();
        stops.extend(stop_words::lookup(code).into_iter().flatten().map(|word| word.to_lowercase()));
    }
    stops
}
