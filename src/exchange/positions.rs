//! Conversion between positions in a transcript's reading text and positions in the text that another program shows. The two differ in
//! what is between turns: speakers' names, times, blank lines.

use transcripts::{CharSpan, Transcript};

/// Lines of fewer characters are found anywhere, so they are looked for in the next [`MAX_LINES_AHEAD`] lines only.
const MIN_UNIQUE_LENGTH: usize = 20;
const MAX_LINES_AHEAD: usize = 20;

/// A stretch that both texts have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    reading: Stretch,
    shown: Stretch,
}

/// Part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    start: usize,
    /// In code points. Two stretches of a piece differ in length where a name in it was replaced; it is then converted as a whole.
    length: usize,
}

/// Which stretches of a transcript's reading text are where in another text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextAlignment {
    pieces: Vec<Piece>,
    /// Lines of the reading text that the other text does not have.
    missing: usize,
}

/// The text of a transcript as people read it, a turn a paragraph with its speaker in front, and its alignment with the reading text.
pub fn shown_text(transcript: &Transcript) -> (String, TextAlignment) {
    let mut text = String::new();
    let mut length = 0;
    let mut pieces = Vec::with_capacity(transcript.turns.len());
    for turn in &transcript.turns {
        if !turn.speaker.is_empty() {
            text.push_str(&turn.speaker);
            text.push_str(": ");
            length += turn.speaker.chars().count() + 2;
        }
        let said = turn.span.end - turn.span.start;
        pieces.push(Piece {
            reading: Stretch { start: turn.span.start, length: said },
            shown: Stretch { start: length, length: said },
        });
        text.push_str(&turn.text);
        text.push('\n');
        length += said + 1;
    }
    (text, TextAlignment { pieces, missing: 0 })
}

/// Where a line ends with the `wanted` words, the lengths of what is before them and of them, in code points. Blanks at the end are
/// ignored.
fn shared_end(line: &str, wanted: &str) -> Option<(usize, usize)> {
    let bare = wanted.trim_end();
    let (before, length) = match line.strip_suffix(wanted) {
        Some(before) => (before, wanted),
        None => (line.trim_end().strip_suffix(bare)?, bare),
    };
    Some((before.chars().count(), length.chars().count()))
}

impl TextAlignment {
    /// Aligns a transcript with a text that was not made by [`shown_text`]: the lines of its turns are found in their order, each at the
    /// end of a line.
    pub fn found(transcript: &Transcript, text: &str) -> Self {
        Self::found_as(transcript, text, &|line| line.to_owned())
    }

    /// As [`TextAlignment::found`], in a text with names that the transcript has replaced; `shown` replaces them in a line.
    pub(super) fn found_as(transcript: &Transcript, text: &str, shown: &dyn Fn(&str) -> String) -> Self {
        let mut lines: Vec<(Stretch, String, bool)> = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let length = line.chars().count();
            let as_shown = shown(line);
            let is_same = as_shown == line;
            lines.push((Stretch { start, length }, as_shown, is_same));
            start += length + 1;
        }
        let mut alignment = Self::default();
        let mut at = 0;
        for turn in &transcript.turns {
            let mut reading = turn.span.start;
            for wanted in turn.text.split('\n') {
                let length = wanted.chars().count();
                let within = if length < MIN_UNIQUE_LENGTH { MAX_LINES_AHEAD } else { lines.len() };
                let mut ahead = lines.iter().enumerate().skip(at).take(within);
                let found = ahead.find_map(|(index, line)| Some((index, line, shared_end(&line.1, wanted)?)));
                match found {
                    _ if wanted.trim().is_empty() => {}
                    Some((index, (line, _, is_same), (before, length))) => {
                        let shown =
                            if *is_same { Stretch { start: line.start + before, length } } else { *line };
                        alignment.pieces.push(Piece { reading: Stretch { start: reading, length }, shown });
                        at = index + 1;
                    }
                    None => alignment.missing += 1,
                }
                reading += length + 1;
            }
        }
        alignment
    }

    /// Lines of the transcript that the other text does not have.
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// A span of the reading text in the text shown.
    pub fn to_shown(&self, span: CharSpan) -> Option<CharSpan> {
        self.converted(span, |piece| (piece.reading, piece.shown))
    }

    /// A span of the text shown in the reading text, without what is between the turns; none where it has no turn.
    pub fn to_reading(&self, span: CharSpan) -> Option<CharSpan> {
        self.converted(span, |piece| (piece.shown, piece.reading))
    }

    /// Converts a span from one text to the other; `of` gives a piece in the first and in the second.
    fn converted(&self, span: CharSpan, of: impl Fn(&Piece) -> (Stretch, Stretch)) -> Option<CharSpan> {
        let from = |piece: &Piece| of(piece).0;
        let first = self.pieces.partition_point(|piece| from(piece).start + from(piece).length <= span.start);
        let after = self.pieces.partition_point(|piece| from(piece).start < span.end);
        let pieces = self.pieces.get(first..after)?;
        let ((first, first_to), (last, last_to)) = (of(pieces.first()?), of(pieces.last()?));
        let start = if first.length == first_to.length {
            first_to.start + span.start.saturating_sub(first.start)
        } else {
            first_to.start
        };
        let end = if last.length == last_to.length {
            last_to.start + span.end.saturating_sub(last.start).min(last.length)
        } else {
            last_to.start + last_to.length
        };
        (start < end).then_some(CharSpan { start, end })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use transcripts::{Role, Turn};

    use super::*;

    fn transcript(turns: &[(&str, &str)]) -> Transcript {
        let mut start = 0;
        let turns = turns.iter().enumerate().map(|(index, (speaker, text))| {
            let end = start + text.chars().count();
            let span = CharSpan { start, end };
            start = end + 1;
            let (index, role) = (index as i64 + 1, Role::Participant);
            let (speaker, text) = ((*speaker).to_owned(), (*text).to_owned());
            Turn {
                index,
                speaker: speaker.into(),
                role,
                start_ms: None,
                end_ms: None,
                span,
                text: text.into(),
            }
        });
        Transcript {
            id: "P01".into(),
            source: String::new(),
            format: "txt",
            turns: turns.collect(),
            attributes: std::collections::BTreeMap::default(),
        }
    }

    fn between(text: &str, span: CharSpan) -> String {
        text.chars().skip(span.start).take(span.end - span.start).collect()
    }

    #[test]
    fn spans_go_over_and_come_back() {
        let transcript =
            transcript(&[("Anna", "I have 🙂 sixty\nfamilies"), ("", "yes"), ("Ben", "no time")]);
        let (text, alignment) = shown_text(&transcript);
        insta::assert_snapshot!(text, @r"
        Anna: I have 🙂 sixty
        families
        yes
        Ben: no time
        ");
        let reading = transcript.reading_text();
        let span = CharSpan { start: 2, end: reading.chars().count() };
        let shown = alignment.to_shown(span).unwrap();
        assert_eq!(between(&text, shown), "have 🙂 sixty\nfamilies\nyes\nBen: no time");
        assert_eq!(alignment.to_reading(shown), Some(span));
        assert_eq!(alignment.to_reading(CharSpan { start: 0, end: 4 }), None, "a name is no speech");
        assert_eq!(TextAlignment::found(&transcript, &text).missing(), 0);
    }

    #[test]
    fn a_line_with_a_replaced_name_counts_as_a_whole() {
        let transcript = transcript(&[("Anna", "Ruth has no time"), ("Ben", "no")]);
        let text = "Anna: Magdalena has no time\nBen: no\n";
        let alignment = TextAlignment::found_as(&transcript, text, &|line| line.replace("Magdalena", "Ruth"));
        assert_eq!(alignment.missing(), 0);
        let marked = CharSpan { start: 16, end: 22 };
        assert_eq!(
            between(&transcript.reading_text(), alignment.to_reading(marked).unwrap()),
            "Ruth has no time"
        );
        let other = CharSpan { start: 33, end: 35 };
        assert_eq!(between(&transcript.reading_text(), alignment.to_reading(other).unwrap()), "no");
    }

    #[test]
    fn turns_are_found_in_a_text_that_another_program_laid_out() {
        let transcript = transcript(&[("Anna", "I have time\nI said"), ("Ben", "no"), ("Anna", "well")]);
        let text =
            "Interview 1\n\n00:01 Anna:\tI have time\n  I said \n\nBen (00:02): no\nAnna: well edited\n";
        let alignment = TextAlignment::found(&transcript, text);
        assert_eq!(alignment.missing(), 1);
        let whole = CharSpan { start: 0, end: text.chars().count() };
        assert_eq!(
            between(&transcript.reading_text(), alignment.to_reading(whole).unwrap()),
            "I have time\nI said\nno"
        );
    }

    proptest! {
        #[test]
        fn every_span_comes_back(turns in prop::collection::vec(("[A-Zא-ת]{0,4}", "\\PC{1,12}"), 1..6), start in 0_usize..60, length in 1_usize..60) {
            let turns: Vec<(&str, &str)> = turns.iter().map(|(speaker, text)| (speaker.as_str(), text.as_str())).collect();
            let transcript = transcript(&turns);
            let (text, alignment) = shown_text(&transcript);
            let reading: Vec<char> = transcript.reading_text().chars().collect();
            let span = CharSpan { start: start % reading.len(), end: (start % reading.len() + length).min(reading.len()) };
            if reading[span.start] != '\n' && reading[span.end - 1] != '\n' {
                let shown = alignment.to_shown(span).unwrap();
                prop_assert_eq!(alignment.to_reading(shown), Some(span));
                prop_assert!(shown.end <= text.chars().count());
            }
        }
    }
}
