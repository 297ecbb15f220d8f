//! Where a turn may begin: paragraphs, or lines in a text that is not wrapped.
//!
//! The share of beginnings with a label tells whether an unlabelled one continues the turn before; a label within a wrapped
//! sentence is none.

use crate::read::dialogue::Line;

/// Wrapped lines are shorter than this many characters.
const MAX_WRAPPED: usize = 130;
/// In a wrapped text at least this share of the lines within blocks, but for the last…
const WRAPPED_SHARE: f64 = 0.6;
/// …are nearly as wide as the text.
const NEAR_WIDTH: f64 = 0.75;
/// With fewer lines within blocks wrapping cannot be told.
const MIN_LINES: usize = 4;

/// For each line whether a turn may begin there; blank lines never.
pub(in crate::read::dialogue) fn beginnings(lines: &[Line]) -> Vec<bool> {
    let width = wrapped_width(lines);
    let mut begins = vec![false; lines.len()];
    let mut before: Option<&Line> = None;
    for (line, begins) in lines.iter().zip(&mut begins) {
        if line.is_blank() {
            before = None;
            continue;
        }
        *begins = line.starts_paragraph
            || before.is_none_or(|before| {
                width.is_none_or(|width| {
                    let text = before.text.trim_end();
                    ends_sentence(text) || (text.chars().count() as f64) < NEAR_WIDTH * width as f64
                })
            });
        before = Some(line);
    }
    begins
}

/// Whether the text ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '»', '\'', ')', ']', '*', '_'])
        .ends_with(['.', '?', '!', '…', ':', '。', '？', '！', '؟', ';', '-', '–', '—', ']', ')'])
}

/// The width of wrapped lines of a text; none where a line is a paragraph.
fn wrapped_width(lines: &[Line]) -> Option<usize> {
    // Lines that continue in the next one of the same block.
    let mut inner: Vec<usize> = Vec::new();
    for pair in lines.windows(2) {
        if let [line, next] = pair
            && !line.is_blank()
            && !next.is_blank()
            && !next.starts_paragraph
        {
            inner.push(line.text.trim_end().chars().count());
        }
    }
    if inner.len() < MIN_LINES {
        return None;
    }
    inner.sort_unstable();
    let width = inner.get(inner.len() * 9 / 10).copied()?;
    let near = inner.iter().filter(|length| **length as f64 >= NEAR_WIDTH * width as f64).count();
    (width <= MAX_WRAPPED && width > 30 && near as f64 >= WRAPPED_SHARE * inner.len() as f64).then_some(width)
}
