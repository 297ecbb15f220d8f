//! Transcripts that a program makes, without a file.

use refi_qda::CharSpan;

use super::{Role, Transcript, Turn};

impl Turn {
    /// What a speaker says. Its number and its span are given by [`Transcript::new`].
    pub fn new(role: Role, speaker: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            index: 1,
            speaker: speaker.into().into(),
            role,
            start_ms: None,
            end_ms: None,
            span: CharSpan { start: 0, end: 0 },
            text: text.into().into(),
        }
    }
}

impl Transcript {
    /// A transcript of turns in their order, numbered from 1, each with the span of its words in the
    /// [reading text](Self::reading_text).
    ///
    /// ```
    /// use transcripts::{Role, Transcript, Turn};
    ///
    /// let turns = [
    ///     Turn::new(Role::Interviewer, "I", "How is work?"),
    ///     Turn::new(Role::Participant, "P01", "I have sixty families."),
    /// ];
    /// let transcript = Transcript::new("P01", turns);
    /// assert_eq!(transcript.reading_text(), "How is work?\nI have sixty families.");
    /// assert_eq!((transcript.turns[1].index, transcript.turns[1].span.start), (2, 13));
    /// ```
    pub fn new(id: impl Into<String>, turns: impl IntoIterator<Item = Turn>) -> Self {
        let mut start = 0;
        let placed = |(index, turn): (i64, Turn)| {
            let span = CharSpan { start, end: start + turn.text.chars().count() };
            // A line break stands between turns.
            start = span.end + 1;
            Turn { index, span, ..turn }
        };
        let id = id.into();
        let turns = (1..).zip(turns).map(placed).collect();
        Self { source: id.clone(), id, format: "txt", turns, attributes: std::collections::BTreeMap::new() }
    }

    /// The same transcript, with a value of an attribute.
    #[must_use]
    pub fn with_attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(name.into(), value.into());
        self
    }
}
