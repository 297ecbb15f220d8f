//! Batches of texts of similar length, padded, as libtorch needs them.

use std::cmp::Reverse;

/// The tokens of some texts, each padded to the length of the longest.
#[derive(Debug)]
pub(super) struct Batch {
    /// Indices of the texts.
    pub(super) indices: Vec<usize>,
    /// Number of tokens of each text, without padding.
    pub(super) lengths: Vec<usize>,
    /// Number of tokens of the longest text.
    pub(super) longest: usize,
    /// The ids of all tokens, texts × `longest`.
    pub(super) ids: Vec<i64>,
    /// 1 for a token, 0 for padding, texts × `longest`.
    pub(super) mask: Vec<i8>,
}

/// Any token id will do, since the mask hides it.
const PADDING: i64 = 0;

/// Batches of at most `tokens` tokens including padding, longest texts first, so that texts of a batch have
/// similar lengths and the first batch allocates the most memory. A longer text is a batch of its own.
pub(super) fn batches(texts: &[Vec<u32>], tokens: usize) -> impl Iterator<Item = Batch> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|&index| Reverse(texts[index].len()));
    let mut rest = order.into_iter().peekable();
    std::iter::from_fn(move || {
        let longest = texts[*rest.peek()?].len();
        let count = (tokens / longest.max(1)).max(1);
        Some(Batch::new(texts, rest.by_ref().take(count).collect(), longest))
    })
}

impl Batch {
    fn new(texts: &[Vec<u32>], indices: Vec<usize>, longest: usize) -> Self {
        let lengths: Vec<usize> = indices.iter().map(|&index| texts[index].len()).collect();
        let mut ids = vec![PADDING; indices.len() * longest];
        let mut mask = vec![0; indices.len() * longest];
        for (row, &index) in indices.iter().enumerate() {
            for (column, &id) in texts[index].iter().enumerate() {
                ids[row * longest + column] = i64::from(id);
                mask[row * longest + column] = 1;
            }
        }
        Self { indices, lengths, longest, ids, mask }
    }

    /// The position of each token in a family that counts positions from the one after `padding`, the id and
    /// position of the padding token.
    pub(super) fn positions(&self, padding: u32) -> Vec<i64> {
        let padding = i64::from(padding);
        let mut positions = vec![padding; self.ids.len()];
        for (row, &length) in self.lengths.iter().enumerate() {
            let text = row * self.longest..row * self.longest + length;
            let counted = text.filter(|&token| self.ids[token] != padding);
            for (token, position) in counted.zip(padding + 1..) {
                positions[token] = position;
            }
        }
        positions
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::batches;

    #[test]
    fn positions_are_counted_from_the_one_after_padding() {
        let batch = batches(&[vec![0, 7, 1, 8, 2], vec![0, 2]], 512).next().unwrap();
        assert_eq!(batch.positions(1), [2, 3, 1, 4, 5, 2, 3, 1, 1, 1]);
    }

    proptest! {
        #[test]
        fn every_text_is_in_one_batch_whole(lengths in proptest::collection::vec(0..300_usize, 0..60)) {
            let texts: Vec<Vec<u32>> =
                lengths.iter().enumerate().map(|(index, &length)| vec![index as u32; length]).collect();
            let mut seen = vec![false; texts.len()];
            for batch in batches(&texts, 512) {
                prop_assert!(batch.ids.len() <= 512 || batch.indices.len() == 1);
                prop_assert_eq!(batch.ids.len(), batch.indices.len() * batch.longest);
                for (row, &index) in batch.indices.iter().enumerate() {
                    let (start, length) = (row * batch.longest, texts[index].len());
                    prop_assert_eq!(batch.lengths[row], length);
                    let (text, padding) = batch.ids[start..start + batch.longest].split_at(length);
                    prop_assert!(text.iter().all(|&id| id == index as i64) && padding.iter().all(|&id| id == 0));
                    let mask = &batch.mask[start..start + batch.longest];
                    prop_assert_eq!(mask.iter().filter(|&&seen| seen == 1).count(), length);
                    prop_assert!(!std::mem::replace(&mut seen[index], true));
                }
            }
            prop_assert!(seen.into_iter().all(|seen| seen));
        }
    }
}
