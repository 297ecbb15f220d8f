//! Finds passages in a transcript by their letters and digits alone, because programs change blanks, quotation marks and line breaks.

use std::collections::BTreeMap;

use transcripts::{CharSpan, Transcript};

use crate::exchange::positions::{TextAlignment, shown_text};

/// A transcript in which passages are found.
pub(super) struct SearchText {
    /// The text as people see it, with the speakers, and the reading text, without them.
    texts: [Letters; 2],
    alignment: TextAlignment,
    /// By the letters of a passage: the byte from which the next one is looked for, and the spans found so far by their ids.
    found: BTreeMap<String, (usize, BTreeMap<String, CharSpan>)>,
}

/// The letters and digits of a text in small letters, and for each byte of them the index of its code point in the text.
struct Letters {
    letters: String,
    indices: Vec<u32>,
}

impl Letters {
    fn of(text: &str) -> Self {
        let (mut letters, mut indices) = (String::new(), Vec::new());
        for (index, letter) in text.chars().enumerate().filter(|(_, letter)| letter.is_alphanumeric()) {
            for small in letter.to_lowercase() {
                letters.push(small);
                indices.extend(std::iter::repeat_n(index as u32, small.len_utf8()));
            }
        }
        Self { letters, indices }
    }

    /// The span of the first occurrence of these letters from a byte on, and the byte behind them.
    fn find(&self, wanted: &str, from: usize) -> Option<(usize, CharSpan)> {
        let start = from + self.letters.get(from..)?.find(wanted)?;
        let end = start + wanted.len();
        let (first, last) =
            (*self.indices.get(start)? as usize, *self.indices.get(end.checked_sub(1)?)? as usize);
        Some((end, CharSpan { start: first, end: last + 1 }))
    }
}

impl SearchText {
    pub(super) fn of(transcript: &Transcript) -> Self {
        let (shown, alignment) = shown_text(transcript);
        Self {
            texts: [Letters::of(&shown), Letters::of(&transcript.reading_text())],
            alignment,
            found: BTreeMap::new(),
        }
    }

    /// The span of a passage in the transcript's reading text. A second passage (another `id`) of the same words is looked for behind the
    /// first one; where there is none, it has the span of the first.
    pub(super) fn span_of(&mut self, words: &str, id: &str) -> Option<CharSpan> {
        let wanted = Letters::of(words).letters;
        if wanted.is_empty() {
            return None;
        }
        let [shown, read] = &self.texts;
        let (from, found) = self.found.entry(wanted.clone()).or_default();
        if let Some(span) = found.get(id) {
            return Some(*span);
        }
        let in_shown = |from| {
            let (end, span) = shown.find(&wanted, from)?;
            Some((end, self.alignment.to_reading(span)?))
        };
        let next = in_shown(*from).or_else(|| read.find(&wanted, 0).filter(|_| *from == 0));
        let Some((end, span)) = next else { return found.values().next_back().copied() };
        *from = end;
        found.insert(id.to_owned(), span);
        Some(span)
    }
}
