//! How the positions in a project are counted. The standard counts code points from 0, the end not included. Programs count a line
//! break of two characters as one or as two, include the end, count a byte order mark, or count UTF-16 units.
//!
//! Many programs repeat the marked text beside the positions: the reading with which most of these quotes agree is taken, for the
//! whole project. Where a file repeats no text (NVivo), the edges of words decide, because people mark whole words.

use std::fmt;

use super::edges::met;
use super::ruler::{Marked, Ruler};
use super::text::RawText;
use crate::CharSpan;

/// How many more quotes, or ends at edges of words, another reading than the usual one needs.
const MARGIN: usize = 2;

/// How the positions of a project were read, and what supports this reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent conventions")]
pub struct PositionReading {
    /// A line break of two characters counts as two.
    pub breaks_as_two: bool,
    /// The end position is that of the last character, not of the one after it.
    pub includes_end: bool,
    /// A byte order mark counts.
    pub counts_mark: bool,
    /// Characters beyond the first 65,536 count as two.
    pub utf16: bool,
    /// Quotes that agree with this reading.
    pub agreeing: usize,
    /// Selections with a quote.
    pub quotes: usize,
    /// Of the ends below, those at the edge of a word.
    pub at_edges: usize,
    /// Ends of selections without a quote, in text whose script separates words.
    pub ends: usize,
    /// Another reading gives other spans, and nothing tells which one is right.
    pub is_unclear: bool,
}

impl PositionReading {
    /// Whether the file supports this reading: most quotes agree, or most selections without one begin and end with a word.
    pub fn is_checked(&self) -> bool {
        let by_quotes = self.agreeing > 0 && self.agreeing * 2 >= self.quotes;
        let by_edges = is_mostly(self.at_edges, self.ends);
        !self.is_unclear && (by_quotes || by_edges)
    }

    fn conventions(&self) -> [bool; 4] {
        [self.breaks_as_two, self.includes_end, self.counts_mark, self.utf16]
    }
}

/// Whether three quarters of the ends are at edges of words; by chance it would be a third.
fn is_mostly(at_edges: usize, ends: usize) -> bool {
    ends > 0 && at_edges * 4 >= ends * 3
}

impl fmt::Display for PositionReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = [
            (self.breaks_as_two, "count a line break of two characters as two"),
            (self.includes_end, "end with the last character"),
            (self.counts_mark, "count the byte order mark"),
            (self.utf16, "count UTF-16 units"),
        ];
        let said: Vec<&str> = said.iter().filter(|(is, _)| *is).map(|(_, said)| *said).collect();
        let said = if said.is_empty() { "are those of the standard".to_owned() } else { said.join(", ") };
        write!(f, "positions {said}; ")?;
        if self.agreeing > 0 || self.ends == 0 {
            return write!(f, "{} of {} quotes agree", self.agreeing, self.quotes);
        }
        let (met, ends) = (self.at_edges, self.ends);
        write!(
            f,
            "the file repeats no marked words, and {met} of {ends} beginnings and ends are at the edge of a word"
        )
    }
}

/// The reading with which most quotes agree. ATLAS.ti (`from_atlas`) usually counts a line break as one, other programs as two.
pub(super) fn decided(sources: &[(&RawText, Vec<Marked>)], from_atlas: bool) -> PositionReading {
    let has = |is: fn(&RawText) -> bool| sources.iter().any(|(raw, marked)| !marked.is_empty() && is(raw));
    let either = |other: bool| if other { vec![false, true] } else { vec![false] };
    let breaks = match has(|raw| raw.text.contains("\r\n")) {
        true if from_atlas => vec![false, true],
        true => vec![true, false],
        false => vec![false],
    };
    // The usual reading comes first. Alternatives that make no difference to these texts are left out.
    let mut readings = Vec::new();
    for &breaks_as_two in &breaks {
        for includes_end in [false, true] {
            for counts_mark in either(has(|raw| raw.has_mark)) {
                for utf16 in either(has(|raw| raw.text.chars().any(|c| c.len_utf16() > 1))) {
                    readings.push(PositionReading {
                        breaks_as_two,
                        includes_end,
                        counts_mark,
                        utf16,
                        ..PositionReading::default()
                    });
                }
            }
        }
    }
    for reading in &mut readings {
        for (raw, marked) in sources {
            let ruler = Ruler::of(raw, *reading);
            for selection in marked.iter().filter(|selection| !selection.quote.trim().is_empty()) {
                reading.quotes += 1;
                let there = ruler.span(selection).and_then(|span| ruler.letters.get(span.start..span.end));
                reading.agreeing += usize::from(there.is_some_and(|there| is_quote(&selection.quote, there)));
            }
        }
    }
    let mut best = readings[0];
    for reading in &readings {
        if reading.agreeing >= best.agreeing + MARGIN {
            best = *reading;
        }
    }
    readings.retain(|reading| reading.agreeing >= best.agreeing);
    by_edges(readings, best, sources)
}

/// Of readings that agree with equally many quotes, the one with which most selections without a quote begin and end with a word. Where
/// no quote agrees, the names of selections are not quotes, and all selections count.
fn by_edges(
    readings: Vec<PositionReading>,
    usual: PositionReading,
    sources: &[(&RawText, Vec<Marked>)],
) -> PositionReading {
    let counts = |selection: &&Marked| usual.agreeing == 0 || selection.quote.trim().is_empty();
    let mut seen: Vec<(PositionReading, Vec<Option<CharSpan>>)> = Vec::new();
    for mut reading in readings {
        let mut spans = Vec::new();
        for (raw, marked) in sources {
            let ruler = Ruler::of(raw, reading);
            for selection in marked.iter().filter(counts) {
                let span = ruler.span(selection);
                let (at_edges, ends) = met(&ruler.letters, span);
                reading.at_edges += at_edges;
                reading.ends += ends;
                spans.push(span);
            }
        }
        seen.push((reading, spans));
    }
    let is_usual = |reading: &PositionReading| reading.conventions() == usual.conventions();
    let Some(first) = seen.iter().position(|(reading, _)| is_usual(reading)) else { return usual };
    let better_than = |than: usize, includes_end: bool| {
        let of_kind =
            || seen.iter().enumerate().filter(|(_, (reading, _))| reading.includes_end == includes_end);
        let most = of_kind().map(|(_, (reading, _))| reading.at_edges).max().unwrap_or(0);
        let is_better = most >= seen[than].0.at_edges + MARGIN;
        of_kind()
            .find(|(_, (reading, _))| is_better && reading.at_edges == most)
            .map_or(than, |(index, _)| index)
    };
    // No program is known that includes the end against the standard, so only where nothing else fits.
    let mut chosen = better_than(first, usual.includes_end);
    if !is_mostly(seen[chosen].0.at_edges, seen[chosen].0.ends) {
        chosen = better_than(chosen, !usual.includes_end);
    }
    let (mut best, spans) = (seen[chosen].0, &seen[chosen].1);
    best.is_unclear = seen.iter().any(|(other, elsewhere)| {
        other.includes_end == best.includes_end
            && elsewhere != spans
            && other.at_edges + MARGIN > best.at_edges
    });
    best
}

/// Whether a quote is the text there, or its beginning where the quote was cut off.
fn is_quote(quote: &str, there: &[char]) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<&str>>().join(" ");
    // Limits the work where thousands of short quotes each mark a whole book. White space that XML collapses is shorter than this.
    let there = there.get(..2 * quote.chars().count() + 10_000).unwrap_or(there);
    // XML cannot hold these two, so a quote has U+FFFD instead.
    let possible = |&c: &char| if matches!(c, '\u{FFFE}' | '\u{FFFF}') { '\u{FFFD}' } else { c };
    let there = squeezed(&there.iter().map(possible).collect::<String>());
    let quote = squeezed(quote);
    let cut = quote.strip_suffix('…').or_else(|| quote.strip_suffix("..."));
    match cut {
        Some(start) if !start.trim().is_empty() => there.starts_with(start.trim_end()),
        _ => there == quote,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "\u{1F642} Anna: too many\r\ncases and\r\nno time\rat all\nfor us";

    /// What a program with these habits would write of a span of the text as people see it.
    fn written(reading: PositionReading, span: CharSpan) -> Marked {
        let raw = RawText { text: TEXT.to_owned(), has_mark: true };
        let ruler = Ruler::of(&raw, reading);
        let number =
            |index: usize| ruler.indices.iter().rposition(|&there| there as usize == index).unwrap() as i64;
        let end = number(span.end) - i64::from(reading.includes_end);
        let quote = ruler.letters[span.start..span.end].iter().collect();
        Marked { start: number(span.start), end, quote }
    }

    fn reading(bits: u8) -> PositionReading {
        PositionReading {
            breaks_as_two: bits & 1 > 0,
            includes_end: bits & 2 > 0,
            counts_mark: bits & 4 > 0,
            utf16: bits & 8 > 0,
            ..PositionReading::default()
        }
    }

    #[test]
    fn the_quotes_tell_which_of_sixteen_habits_a_program_has() {
        let raw = RawText { text: TEXT.to_owned(), has_mark: true };
        let spans = [(2, 6), (8, 16), (17, 22), (20, 34), (35, 41), (42, 48)]
            .map(|(start, end)| CharSpan { start, end });
        for bits in 0..16 {
            let habit = reading(bits);
            let marked: Vec<Marked> = spans.iter().map(|&span| written(habit, span)).collect();
            let found = decided(&[(&raw, marked.clone())], false);
            assert_eq!((found.agreeing, found.quotes), (6, 6), "{habit:?} as {found}");
            let ruler = Ruler::of(&raw, found);
            for (marked, span) in marked.iter().zip(spans) {
                assert_eq!(ruler.span(marked), Some(span), "{habit:?} as {found}");
            }
        }
    }

    #[test]
    fn without_quotes_it_is_the_standard_and_atlas_counts_breaks_once() {
        let raw = RawText { text: "a\r\nb".into(), has_mark: false };
        let marked = vec![Marked { start: 0, end: 1, quote: String::new() }];
        let found = decided(&[(&raw, marked.clone())], false);
        insta::assert_snapshot!(found, @"positions count a line break of two characters as two; the file repeats no marked words, and 2 of 2 beginnings and ends are at the edge of a word");
        assert!(!decided(&[(&raw, marked)], true).breaks_as_two);
    }

    #[test]
    fn where_nothing_is_quoted_the_edges_of_words_tell_the_habit() {
        let raw = RawText { text: TEXT.to_owned(), has_mark: true };
        let spans = [(2, 6), (8, 16), (17, 22), (27, 34), (35, 41), (42, 48)];
        let spans = spans.map(|(start, end)| CharSpan { start, end });
        for bits in 0..16 {
            let habit = reading(bits);
            let bare = |&span: &CharSpan| Marked { quote: String::new(), ..written(habit, span) };
            let marked: Vec<Marked> = spans.iter().map(bare).collect();
            let found = decided(&[(&raw, marked.clone())], false);
            let ruler = Ruler::of(&raw, found);
            let read: Vec<Option<CharSpan>> = marked.iter().map(|marked| ruler.span(marked)).collect();
            assert_eq!(read, spans.map(Some), "{habit:?} as {found}");
            assert!(found.is_checked(), "{habit:?} as {found}");
        }
    }

    #[test]
    fn a_single_place_behind_emoji_is_enough() {
        let raw = RawText {
            text: "INT: And? 🙂🙂🙂\r\nEva: Ten new families came in May.\r\n".into(),
            has_mark: false,
        };
        let positions_of =
            |start, end| decided(&[(&raw, vec![Marked { start, end, quote: String::new() }])], false);
        let found = positions_of(31, 39);
        assert!(found.utf16 && found.is_checked(), "{found}");
        let found = positions_of(28, 36);
        assert!(!found.utf16 && found.is_checked(), "{found}");
        // Within words in either reading.
        let found = positions_of(29, 37);
        assert!(!found.is_checked(), "{found}");
    }

    #[test]
    fn without_words_nobody_can_tell() {
        let raw =
            RawText { text: "甲：🙂我們沒有時間，也沒有人手。".into(), has_mark: false };
        let bare = |start, end| Marked { start, end, quote: String::new() };
        let found = decided(&[(&raw, vec![bare(4, 9), bare(0, 1)])], false);
        assert!(found.is_unclear && !found.is_checked(), "{found}");
        let found = decided(&[(&raw, vec![bare(0, 1)])], false);
        assert!(!found.is_unclear, "{found}");
    }

    #[test]
    fn one_odd_quote_changes_nothing() {
        let raw = RawText { text: "one two three".into(), has_mark: false };
        let marked = vec![
            Marked { start: 0, end: 3, quote: "one".into() },
            Marked { start: 4, end: 6, quote: "two".into() },
            Marked { start: 8, end: 13, quote: "a remark".into() },
        ];
        insta::assert_snapshot!(decided(&[(&raw, marked)], false), @"positions are those of the standard; 1 of 3 quotes agree");
    }

    proptest! {
        /// Words with emoji and line breaks among them, of which whole ones are marked and nothing is quoted.
        #[test]
        fn whole_words_are_found_or_it_is_said_that_nobody_can_tell(
            words in prop::collection::vec("[a-zäé]{2,9}[.,]?|🙂|👩🏽‍💼|no", 12..40),
            breaks in prop::collection::vec(0_usize..8, 40),
            chosen in prop::collection::vec((0_usize..36, 1_usize..4), 3..12),
            bits in 0_u8..16,
            has_mark in any::<bool>(),
        ) {
            let mut text = String::new();
            let mut edges = Vec::new();
            for (word, gap) in words.iter().zip(&breaks) {
                let start = text.chars().filter(|&c| c != '\r').count();
                text.push_str(word.trim_end_matches(['.', ',']));
                edges.push(CharSpan { start, end: text.chars().filter(|&c| c != '\r').count() });
                text.push_str(&word[word.trim_end_matches(['.', ',']).len()..]);
                text.push_str(if *gap == 0 { "\r\n" } else { " " });
            }
            // No program is known that includes the end; without quotes that is not asked about.
            let habit = reading(bits & !2);
            let raw = RawText { text, has_mark };
            let ruler = Ruler::of(&raw, habit);
            let number = |index: usize| ruler.indices.iter().rposition(|&there| there as usize == index).unwrap() as i64;
            let (mut spans, mut marked) = (Vec::new(), Vec::new());
            for (first, count) in chosen {
                let first = first % edges.len();
                let last = (first + count - 1).min(edges.len() - 1);
                let span = CharSpan { start: edges[first].start, end: edges[last].end };
                let end = number(span.end) - i64::from(habit.includes_end);
                marked.push(Marked { start: number(span.start), end, quote: String::new() });
                spans.push(Some(span));
            }
            let found = decided(&[(&raw, marked.clone())], false);
            let ruler = Ruler::of(&raw, found);
            let read: Vec<Option<CharSpan>> = marked.iter().map(|marked| ruler.span(marked)).collect();
            prop_assert!(read == spans || !found.is_checked(), "{:?} as {}", habit, found);
        }

        #[test]
        fn no_numbers_are_too_odd(text in "\\PC{0,9}(\r\n)?\\PC{0,9}", start in any::<i64>(), end in any::<i64>(), quote in "\\PC{0,5}", bits in 0_u8..16) {
            let raw = RawText { text, has_mark: bits > 7 };
            let marked = Marked { start, end, quote };
            if let Some(span) = Ruler::of(&raw, reading(bits)).span(&marked) {
                prop_assert!(span.start < span.end);
            }
            decided(&[(&raw, vec![marked])], false);
        }
    }
}
