//! What the numbers in a project mean. The standard counts code points from 0, the end not included; programs count line breaks of two
//! characters as one or two, include the end, count a byte order mark, or count UTF-16. Many write the marked text beside the numbers:
//! the reading under which most of these quotes agree is taken, for the whole project, and it is said which.

use std::fmt;

use super::text::RawText;
use crate::corpus::CharSpan;

/// Another reading than the usual one needs so many more quotes on its side.
const MARGIN: usize = 2;

/// How a project's positions are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four habits, each of which a program has or has not")]
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
        write!(f, "positions {said}; {} of {} quotes agree", self.agreeing, self.quotes)
    }
}

/// A selection as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The first number.
    pub(super) start: i64,
    /// The second number.
    pub(super) end: i64,
    /// The marked text, as far as the file repeats it.
    pub(super) quote: String,
}

/// The reading that most quotes agree with. `from_atlas` is whether ATLAS.ti wrote the file, which counts line breaks as one.
pub(super) fn decided(sources: &[(&RawText, Vec<Marked>)], from_atlas: bool) -> PositionReading {
    let has = |is: fn(&RawText) -> bool| sources.iter().any(|(raw, marked)| !marked.is_empty() && is(raw));
    let either = |other: bool| if other { vec![false, true] } else { vec![false] };
    let breaks = match has(|raw| raw.text.contains("\r\n")) {
        true if from_atlas => vec![false, true],
        true => vec![true, false],
        false => vec![false],
    };
    // The usual reading comes first, and alternatives that make no difference to these texts are not asked about.
    let mut readings = Vec::new();
    for &breaks_as_two in &breaks {
        for includes_end in [false, true] {
            for counts_mark in either(has(|raw| raw.has_mark)) {
                for utf16 in either(has(|raw| raw.text.chars().any(|c| c.len_utf16() > 1))) {
                    let (agreeing, quotes) = (0, 0);
                    readings.push(PositionReading {
                        breaks_as_two,
                        includes_end,
                        counts_mark,
                        utf16,
                        agreeing,
                        quotes,
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
    for reading in readings {
        if reading.agreeing >= best.agreeing + MARGIN {
            best = reading;
        }
    }
    best
}

/// Whether a quote is what stands there: all of it, or its beginning when the quote was cut off.
fn is_quote(quote: &str, there: &[char]) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<&str>>().join(" ");
    // Ten thousand quotes of one word may each mark a whole book. Blanks that XML leaves out make a text longer, but not by so much.
    let there = there.get(..2 * quote.chars().count() + 10_000).unwrap_or(there);
    // XML cannot hold these two, so that a quote has something else in their place.
    let possible = |&c: &char| if matches!(c, '\u{FFFE}' | '\u{FFFF}') { '\u{FFFD}' } else { c };
    let there = squeezed(&there.iter().map(possible).collect::<String>());
    let quote = squeezed(quote);
    let cut = quote.strip_suffix('…').or_else(|| quote.strip_suffix("..."));
    match cut {
        Some(start) if !start.trim().is_empty() => there.starts_with(start.trim_end()),
        _ => there == quote,
    }
}

/// Goes from the numbers of a file to code points of its text with `\n` for every line break.
pub(super) struct Ruler {
    /// The text, a character each.
    pub(super) letters: Vec<char>,
    /// For each number, from 0 to the length as counted, the place in `letters`.
    places: Vec<u32>,
    includes_end: bool,
}

impl Ruler {
    pub(super) fn of(raw: &RawText, reading: PositionReading) -> Self {
        let mut letters = Vec::with_capacity(raw.text.len());
        // A text has at most 16 MB, so that its places fit into 32 bits.
        let mut places: Vec<u32> = Vec::with_capacity(raw.text.len() + 1);
        if reading.counts_mark && raw.has_mark {
            places.push(0);
        }
        let mut characters = raw.text.chars().peekable();
        while let Some(c) = characters.next() {
            places.push(letters.len() as u32);
            if c == '\r' {
                letters.push('\n');
                if characters.next_if_eq(&'\n').is_some() && reading.breaks_as_two {
                    places.push(letters.len() as u32);
                }
                continue;
            }
            if reading.utf16 && c.len_utf16() > 1 {
                places.push(letters.len() as u32);
            }
            letters.push(c);
        }
        places.push(letters.len() as u32);
        Self { letters, places, includes_end: reading.includes_end }
    }

    /// Where a selection is; none where the numbers leave the text or mark nothing.
    pub(super) fn span(&self, marked: &Marked) -> Option<CharSpan> {
        let place = |number: i64| self.places.get(usize::try_from(number).ok()?).map(|place| *place as usize);
        let end = if self.includes_end { marked.end.checked_add(1)? } else { marked.end };
        let (start, end) = (place(marked.start)?, place(end)?);
        (start < end).then_some(CharSpan { start, end })
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
            |place: usize| ruler.places.iter().rposition(|&there| there as usize == place).unwrap() as i64;
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
            agreeing: 0,
            quotes: 0,
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
        insta::assert_snapshot!(found, @"positions count a line break of two characters as two; 0 of 0 quotes agree");
        assert!(!decided(&[(&raw, marked)], true).breaks_as_two);
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
