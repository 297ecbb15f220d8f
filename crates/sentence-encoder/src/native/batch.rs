//! Texts laid end to end, without padding, about as many tokens at a time as stay in a core's cache.

use std::cmp::Reverse;
use std::ops::Range;

/// Tokens that a batch aims at: with more, what is kept between the steps no longer stays in the second-level cache; with
/// fewer, the weights are fetched too often.
const TOKENS: usize = 256;

/// Bytes of text that make a token, more or less, in any script.
const BYTES_PER_TOKEN: usize = 4;

/// Some texts' tokens, one text after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    /// The ids of all tokens.
    pub(super) ids: Vec<u32>,
    /// Where each text ends in `ids`.
    ends: Vec<usize>,
}

impl Batch {
    /// Where the tokens of each text stand in `ids`, in the order in which they were added.
    pub(super) fn texts(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }

    /// Adds a text's tokens.
    pub(super) fn push(&mut self, ids: &[u32]) {
        self.ids.extend(ids);
        self.ends.push(self.ids.len());
    }
}

/// The places of the texts that make a batch each, longest first so that no core is left with a long text at the end.
///
/// Lengths are reckoned from bytes, so that a core can cut its own batch into tokens while the others compute. No text
/// counts for more than the `limit` of tokens that is read of it.
pub(super) fn batches(texts: &[&str], limit: usize) -> Vec<Vec<usize>> {
    let tokens = |index: usize| (texts[index].len() / BYTES_PER_TOKEN + 2).min(limit);
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|&index| Reverse(tokens(index)));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut room = 0;
    for index in order {
        let tokens = tokens(index);
        match batches.last_mut() {
            Some(last) if tokens <= room => last.push(index),
            _ => {
                batches.push(vec![index]);
                room = TOKENS;
            }
        }
        room = room.saturating_sub(tokens);
    }
    batches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Batch, batches};

    proptest! {
        #[test]
        fn every_text_is_in_one_batch(lengths in proptest::collection::vec(0..3000_usize, 0..60)) {
            let texts: Vec<String> = lengths.iter().map(|&length| "a".repeat(length)).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut indices = batches(&texts, 256).concat();
            indices.sort_unstable();
            prop_assert!(indices.into_iter().eq(0..texts.len()));
        }
    }

    #[test]
    fn texts_lie_end_to_end() {
        let mut batch = Batch::default();
        batch.push(&[1, 2]);
        batch.push(&[]);
        batch.push(&[3]);
        assert_eq!(batch.texts().collect::<Vec<_>>(), [0..2, 2..2, 2..3]);
        assert_eq!(batch.ids, [1, 2, 3]);
    }
}
