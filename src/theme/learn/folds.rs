//! Which coded interviews are left out together when the program is asked what it would have said without their codes.

use crate::results::TranscriptIndex;
use std::collections::BTreeSet;

/// Folds of coded interviews, at most. With ten, nine tenths of the codes still teach.
pub(in crate::theme) const FOLDS: usize = 10;

/// The coded interviews in folds that are as even as can be: every tenth one from the first, from the second, and so on, because
/// neighbours in the list are of one file or group more often than not.
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
