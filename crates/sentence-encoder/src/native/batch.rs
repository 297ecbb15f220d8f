//! Batches of texts, concatenated without padding, of about as many tokens as fit into a core's cache.

use std::cmp::Reverse;
use std::ops::Range;

/// Target number of tokens in a batch: with more, activations no longer fit into the second-level cache; with
/// fewer, the weights are loaded too often.
const TOKENS: usize = 256;

/// Bytes of text per token, roughly, in any script.
const BYTES_PER_TOKEN: usize = 4;

/// The tokens of some texts, concatenated.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    /// The ids of all tokens.
    pub(super) ids: Vec<u32>,
    /// The end of each text in `ids`.
    ends: Vec<usize>,
}

impl Batch {
    /// The range of each text in `ids`, in the order in which the texts were added.
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

/// The indices of the texts of each batch, longest texts first so that no core has a long text left at the
/// end.
///
/// Lengths are estimated from bytes, so that each core can tokenize its own batch. A text counts for at most
/// `limit` tokens.
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
