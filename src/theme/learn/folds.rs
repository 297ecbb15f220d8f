//! Folds of coded interviews for cross-validation.

use crate::results::TranscriptIndex;
use std::collections::BTreeSet;

/// Maximum number of folds. With ten, each fit uses nine tenths of the codes.
pub(in crate::theme) const FOLDS: usize = 10;

/// The coded interviews in folds of even size: every tenth one from the first, from the second, and so on, because neighbours in
/// the list are often of one file or group.
pub(super) fn folds(coded: impl Iterator<Item = TranscriptIndex>) -> Vec<BTreeSet<TranscriptIndex>> {
    let interviews: BTreeSet<TranscriptIndex> = coded.collect();
    let mut folds = vec![BTreeSet::new(); FOLDS.min(interviews.len())];
    let number = folds.len();
    for (index, interview) in interviews.into_iter().enumerate() {
        folds[index % number].insert(interview);
    }
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interview_is_in_one_fold() {
        let folds = |coded: &[usize]| folds(coded.iter().copied().map(TranscriptIndex::new));
        let found = folds(&[3, 1, 1, 8, 3, 20]);
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|fold| fold.len() == 1));
        let many = folds(&(0..25).collect::<Vec<_>>());
        assert_eq!((many.len(), many.iter().map(BTreeSet::len).sum::<usize>()), (FOLDS, 25));
        assert!([0, 10, 20].iter().all(|&interview| many[0].contains(&TranscriptIndex::new(interview))));
        assert!(folds(&[]).is_empty());
    }
}
