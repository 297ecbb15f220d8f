//! From the positions that a file states to code points, given how its program counts.

use super::positions::PositionReading;
use super::text::RawText;
use crate::CharSpan;

/// A selection as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The start position.
    pub(super) start: i64,
    /// The end position.
    pub(super) end: i64,
    /// The marked text as far as the file repeats it; may be empty.
    pub(super) quote: String,
}

/// Converts the positions of a file to code points of its text with `\n` for every line break.
pub(super) struct Ruler {
    /// The code points of the text.
    pub(super) letters: Vec<char>,
    /// For each position as counted by the file, the index in `letters`.
    pub(super) indices: Vec<u32>,
    includes_end: bool,
}

impl Ruler {
    pub(super) fn of(raw: &RawText, reading: PositionReading) -> Self {
        let mut letters = Vec::with_capacity(raw.text.len());
        // A text has at most 16 MB, so that its indices fit into 32 bits.
        let mut indices: Vec<u32> = Vec::with_capacity(raw.text.len() + 1);
        if reading.counts_mark && raw.has_mark {
            indices.push(0);
        }
        let mut characters = raw.text.chars().peekable();
        while let Some(c) = characters.next() {
            indices.push(letters.len() as u32);
            if c == '\r' {
                letters.push('\n');
                if characters.next_if_eq(&'\n').is_some() && reading.breaks_as_two {
                    indices.push(letters.len() as u32);
                }
                continue;
            }
            if reading.utf16 && c.len_utf16() > 1 {
                indices.push(letters.len() as u32);
            }
            letters.push(c);
        }
        indices.push(letters.len() as u32);
        Self { letters, indices, includes_end: reading.includes_end }
    }

    /// The span of a selection; none where its positions are outside of the text or mark nothing.
    pub(super) fn span(&self, marked: &Marked) -> Option<CharSpan> {
        let index = |position: i64| Some(*self.indices.get(usize::try_from(position).ok()?)? as usize);
        let end = if self.includes_end { marked.end.checked_add(1)? } else { marked.end };
        let (start, end) = (index(marked.start)?, index(end)?);
        (start < end).then_some(CharSpan { start, end })
    }
}
