//! Positions in a source whose text was edited after it was exported.

use refi_qda::CharSpan;

/// Characters at each end of a span by which an edited passage is found.
const ANCHOR: usize = 16;

/// Converts positions in an edited text to positions in the original. Before the first and after the last difference nothing moved; in
/// between, the nearest occurrence of the same words is taken.
pub(super) struct EditMap {
    edited: Vec<char>,
    original: Vec<char>,
    /// Number of characters that are the same at the start, and at the end.
    start: usize,
    end: usize,
}

impl EditMap {
    pub(super) fn between(edited: &str, original: &str) -> Self {
        let (edited, original): (Vec<char>, Vec<char>) =
            (edited.chars().collect(), original.chars().collect());
        let most = edited.len().min(original.len());
        let start = edited.iter().zip(&original).take_while(|(a, b)| a == b).count();
        let end = edited
            .iter()
            .rev()
            .zip(original.iter().rev())
            .take_while(|(a, b)| a == b)
            .count()
            .min(most - start);
        Self { edited, original, start, end }
    }

    /// A span of the edited text in the original; none where its words are not there.
    pub(super) fn converted(&self, span: CharSpan) -> Option<CharSpan> {
        let words = self.edited.get(span.start..span.end)?;
        if let (Some(start), Some(end)) = (self.unmoved(span.start), self.unmoved(span.end)) {
            return (start < end).then_some(CharSpan { start, end });
        }
        if let Some(start) = self.nearest(words, span.start) {
            return Some(CharSpan { start, end: start + words.len() });
        }
        // Edited inside: each end is found by the words next to it.
        let anchor = words.len().min(ANCHOR);
        let start = self.unmoved(span.start).or_else(|| self.nearest(&words[..anchor], span.start))?;
        let last = || Some(self.nearest(&words[words.len() - anchor..], span.end - anchor)? + anchor);
        let end = self.unmoved(span.end).or_else(last)?;
        (start < end).then_some(CharSpan { start, end })
    }

    /// The position in the original of one before the first difference or after the last one.
    fn unmoved(&self, position: usize) -> Option<usize> {
        if position <= self.start {
            return Some(position);
        }
        let from_end = self.edited.len().checked_sub(position)?;
        if from_end <= self.end { self.original.len().checked_sub(from_end) } else { None }
    }

    /// Where these words begin in the original, nearest to a position.
    fn nearest(&self, words: &[char], position: usize) -> Option<usize> {
        let last = self.original.len().checked_sub(words.len())?;
        let is_there = |at: &usize| self.original.get(*at..at + words.len()) == Some(words);
        (0..=last).filter(is_there).min_by_key(|at| at.abs_diff(position))
    }
}
