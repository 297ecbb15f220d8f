//! No passage is longer than the encoder can take: it would silently ignore the rest.

use super::sentence::sentences;
use super::trimmed;
use crate::corpus::CharSpan;
use crate::embed::TokenCounter;

/// The parts of a piece that fit the encoder, with their tokens. One part when the whole fits; otherwise sentences
/// gathered while they fit, and a sentence that does not fit by itself cut between its tokens.
pub(super) fn within(
    text: &str,
    span: CharSpan,
    language: &str,
    counter: &dyn TokenCounter,
) -> Vec<(CharSpan, usize)> {
    let limit = counter.limit();
    let Some(whole) = trimmed(text, span) else { return Vec::new() };
    let tokens = counter.count(text);
    if tokens <= limit {
        return vec![(whole, tokens)];
    }
    let points = super::CodePoints::of(text);
    let slice = |part: CharSpan| {
        points.text(text, CharSpan { start: part.start - span.start, end: part.end - span.start })
    };
    let mut parts: Vec<(CharSpan, usize)> = Vec::new();
    for sentence in sentences(text, span, language) {
        // Joining may merge tokens at the seam but never adds any, so the joined text is counted, not the sum.
        if let Some((last, _)) = parts.last().copied() {
            let joined = CharSpan { start: last.start, end: sentence.end };
            let tokens = counter.count(slice(joined));
            if tokens <= limit {
                parts.pop();
                parts.push((joined, tokens));
                continue;
            }
        }
        let tokens = counter.count(slice(sentence));
        if tokens <= limit {
            parts.push((sentence, tokens));
        } else {
            parts.extend(between_tokens(slice(sentence), sentence, counter));
        }
    }
    parts
}

/// Cuts a single long sentence after as many tokens as fit, at a space where there is one.
fn between_tokens(text: &str, span: CharSpan, counter: &dyn TokenCounter) -> Vec<(CharSpan, usize)> {
    let limit = counter.limit();
    let mut parts = Vec::new();
    let mut rest = text;
    let mut start = span.start;
    while !rest.is_empty() {
        let ends = counter.token_ends(rest);
        let special = counter.count("");
        let room = limit.saturating_sub(special).max(1);
        let mut cut = ends.get(room - 1).copied().filter(|_| ends.len() > room).unwrap_or(rest.len());
        if rest[cut..].starts_with(|next: char| !next.is_whitespace()) {
            // A word stays whole unless it fills the passage by itself.
            cut = rest[..cut].rfind(char::is_whitespace).filter(|&space| space > 0).unwrap_or(cut);
        }
        if cut == 0 {
            cut = rest.chars().next().map_or(rest.len(), char::len_utf8);
        }
        let (part, tail) = rest.split_at(cut);
        let whole = CharSpan { start, end: start + part.chars().count() };
        parts.extend(trimmed(part, whole).map(|part_span| (part_span, counter.count(part))));
        start = whole.end;
        rest = tail;
    }
    parts
}
