//! Cuts passages that are longer than the encoder takes: it would silently ignore the rest.

use sentence_encoder::TokenCounter;
use transcripts::CharSpan;

use super::sentence::sentences;
use super::trimmed;

/// Bytes per token that are tried first; an English token has about five.
const BYTES_LOOKED_AT: usize = 32;

/// The parts of a piece that fit the encoder, with their tokens: the piece itself, or sentences joined while they fit; a
/// sentence that does not fit is cut between tokens.
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
    let count = |part: CharSpan| counter.count(slice(part));
    let mut parts: Vec<(CharSpan, usize)> = Vec::new();
    // The current part, and an upper bound of its tokens.
    let mut open: Option<(CharSpan, usize)> = None;
    for sentence in sentences(text, span, language) {
        let tokens = count(sentence);
        if let Some((last, most)) = open {
            let joined = CharSpan { start: last.start, end: sentence.end };
            // Joining may merge tokens but never adds any, so the joined text is counted only near the limit.
            let most = if most + tokens <= limit { most + tokens } else { count(joined) };
            if most <= limit {
                open = Some((joined, most));
                continue;
            }
            parts.push((last, count(last)));
        }
        open = Some((sentence, tokens)).filter(|_| tokens <= limit);
        if open.is_none() {
            parts.extend(between_tokens(slice(sentence), sentence, counter));
            // The next sentence may still fit into the last part.
            open = parts.pop();
        }
    }
    parts.extend(open.map(|(last, _)| (last, count(last))));
    parts
}

/// Cuts one long sentence after as many tokens as fit, at a space where there is one.
fn between_tokens(text: &str, span: CharSpan, counter: &dyn TokenCounter) -> Vec<(CharSpan, usize)> {
    let limit = counter.limit();
    let mut parts = Vec::new();
    let mut rest = text;
    let mut start = span.start;
    let room = limit.saturating_sub(counter.count("")).max(1);
    while !rest.is_empty() {
        let mut cut = end_of_token(room, rest, counter).unwrap_or(rest.len());
        if rest[cut..].starts_with(|next: char| !next.is_whitespace()) {
            // A word is cut only if it fills the passage by itself.
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

/// Where token number `room` ends, if more follow. Looks no further than needed: the text may be a book without a full stop,
/// and would be read again for every part.
fn end_of_token(room: usize, text: &str, counter: &dyn TokenCounter) -> Option<usize> {
    let mut seen = room.saturating_mul(BYTES_LOOKED_AT);
    loop {
        let (near, is_all) = (&text[..text.floor_char_boundary(seen)], seen >= text.len());
        let ends = counter.token_ends(near);
        // The last word may be incomplete.
        if is_all || ends.len() > 2 * room {
            return ends.get(room - 1).copied().filter(|_| ends.len() > room);
        }
        seen = seen.saturating_mul(2);
    }
}
