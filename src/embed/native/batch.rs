//! Texts laid end to end, without padding, about as many tokens at a time as stay in a core's cache.

use std::cmp::Reverse;
use std::ops::Range;

/// Tokens that a batch aims at. The rows between the two feed-forward layers are the largest thing that is kept.
const TOKENS: usize = 512;

/// Some texts' tokens, one text after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    /// Places of the texts among those given.
    pub(super) places: Vec<usize>,
    /// The ids of all tokens.
    pub(super) ids: Vec<u32>,
    /// Where each text ends in `ids`.
    ends: Vec<usize>,
}

impl Batch {
    /// Where the tokens of each text stand in `ids`, in the order of `places`.
    pub(super) fn texts(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }

    fn push(&mut self, place: usize, ids: &[u32]) {
        self.places.push(place);
        self.ids.extend(ids);
        self.ends.push(self.ids.len());
    }
}

/// Puts all texts into batches, longest first so that no core is left with a long text at the end.
pub(super) fn batches(texts: &[Vec<u32>]) -> Vec<Batch> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|&place| Reverse(texts[place].len()));
    let mut batches: Vec<Batch> = Vec::new();
    for place in order {
        let ids = &texts[place];
        match batches.last_mut() {
            Some(last) if last.ids.len() + ids.len() <= TOKENS => last.push(place, ids),
            _ => {
                let mut batch = Batch::default();
                batch.push(place, ids);
                batches.push(batch);
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{TOKENS, batches};

    proptest! {
        #[test]
        fn every_text_is_in_one_batch_whole(lengths in proptest::collection::vec(1..300_usize, 0..60)) {
            let texts: Vec<Vec<u32>> =
                lengths.iter().enumerate().map(|(place, &length)| vec![place as u32; length]).collect();
            let mut seen = vec![false; texts.len()];
            for batch in batches(&texts) {
                prop_assert!(batch.ids.len() <= TOKENS || batch.places.len() == 1);
                for (&place, range) in batch.places.iter().zip(batch.texts()) {
                    prop_assert_eq!(&batch.ids[range], texts[place].as_slice());
                    prop_assert!(!std::mem::replace(&mut seen[place], true));
                }
            }
            prop_assert!(seen.into_iter().all(|seen| seen));
        }
    }
}
