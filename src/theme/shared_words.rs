//! The words that a theme's best segments share: how these people speak of it, beside the words of the codebook.

use std::collections::{BTreeMap, HashMap};

use super::interview_weights::InterviewWeights;
use super::lexicon::Lexicon;
use crate::results::Passage;

/// How many of them, at most.
pub(super) const MAX_WORDS: usize = 40;
/// A word is shared from so many segments on.
const MIN_SEGMENTS: usize = 2;

/// Finds shared words; the mean weights of words in the corpus are computed once.
pub(super) struct SharedWords<'a> {
    lexicon: &'a Lexicon,
    passages: &'a [Passage],
    /// The weight of each passage; those that are context only have none.
    weights: Vec<f64>,
    all: f64,
    means: HashMap<u32, f64>,
}

impl<'a> SharedWords<'a> {
    /// `eligible` are the indices of the segments among all passages.
    pub(super) fn new(
        lexicon: &'a Lexicon,
        passages: &'a [Passage],
        eligible: &[usize],
        interviews: &InterviewWeights,
    ) -> Self {
        let mut weights = vec![0.0; passages.len()];
        for (&index, &weight) in eligible.iter().zip(&interviews.weights) {
            weights[index] = weight;
        }
        let all = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        Self { lexicon, passages, weights, all, means: HashMap::new() }
    }

    /// How well each passage matches the words that the `best` (passages with weights that sum to 1) share: mean TF-IDF weight of
    /// the best less that of all segments, the strongest at unit length. Zeros where nothing is shared.
    pub(super) fn matches(&mut self, best: &[(usize, f32)]) -> Vec<f32> {
        let mut found: BTreeMap<u32, (f64, usize)> = BTreeMap::new();
        for &(index, share) in best {
            for (word, weight) in self.lexicon.words_of(&self.passages[index].text) {
                let entry = found.entry(word).or_default();
                entry.0 += f64::from(share) * weight;
                entry.1 += 1;
            }
        }
        let mut excess: Vec<(u32, f64)> = found
            .into_iter()
            .filter(|(_, (_, segments))| *segments >= MIN_SEGMENTS)
            .map(|(word, (mean, _))| (word, mean - self.mean(word)))
            .filter(|(_, excess)| *excess > 0.0)
            .collect();
        excess.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        excess.truncate(MAX_WORDS);
        let length = excess.iter().map(|(_, excess)| excess * excess).sum::<f64>().sqrt();
        let words: Vec<(u32, f32)> =
            excess.into_iter().map(|(word, excess)| (word, (excess / length) as f32)).collect();
        self.lexicon.matches_of(&words)
    }

    fn mean(&mut self, word: u32) -> f64 {
        let (lexicon, weights, all) = (self.lexicon, &self.weights, self.all);
        *self.means.entry(word).or_insert_with(|| lexicon.mean_weight(word, weights, all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Scratch;

    #[test]
    fn words_that_the_best_share_find_more_of_them() {
        let texts =
            ["the forms take hours", "those forms again", "we sing on Fridays", "forms forms", "the choir"];
        let passages: Vec<Passage> =
            texts.into_iter().map(|text| Passage::for_test(0, text.to_owned())).collect();
        let all = [0, 1, 2, 3, 4];
        let lexicon = Lexicon::of(&passages, &Scratch::in_memory()).unwrap();
        let weights = InterviewWeights::of(&passages, &all);
        let mut shared = SharedWords::new(&lexicon, &passages, &all, &weights);
        let matches = shared.matches(&[(0, 0.5), (1, 0.5)]);
        assert!(matches[3] > 0.9 && matches[2] == 0.0 && matches[4] == 0.0, "{matches:?}");
        assert!(shared.matches(&[(0, 1.0)]).iter().all(|score| *score == 0.0), "one segment shares nothing");
    }
}
