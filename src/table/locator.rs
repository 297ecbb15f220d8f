//! Locators: how a reader finds a segment, in one wording for tables, workbook and terminal.

use transcripts::Transcript;

use crate::results::Segment;

/// The locator of a segment: transcript, turn or turns, and time if the transcript has times.
///
/// Turns are numbered as in the `turns` table; the time is that of the first turn, as hours, minutes and seconds
/// from the start of the recording, cut to whole seconds.
///
/// ```
/// use emic::results::{Passage, Segment};
/// use transcripts::{CharSpan, Role, Transcript, Turn};
/// let text: transcripts::Text = "Sixty families.".into();
/// let span = CharSpan { start: 0, end: 15 };
/// let turn = Turn { index: 12, speaker: "Ana".into(), role: Role::Participant, start_ms: Some(192_900),
///                   end_ms: None, span, text: text.clone() };
/// let transcript = Transcript { id: "P01".into(), source: "P01.vtt".into(), format: "vtt", turns: vec![turn],
///                               attributes: Default::default() };
/// let passage = Passage { transcript: 0.into(), first_turn: 0, last_turn: 0, span, text, eligible: true, words: 2, tokens: 5 };
/// let segment = Segment { id: "P01:1".into(), index: 1, passage, speaker: "Ana".into(), language: "en".into(),
///                         start_ms: Some(192_900), end_ms: None };
/// assert_eq!(emic::table::locator(&transcript, &segment), "P01, turn 12, 00:03:12");
/// ```
pub fn locator(transcript: &Transcript, segment: &Segment) -> String {
    let turn_at = |index: usize| transcript.turns.get(index).map(|turn| turn.index);
    let turns = match (turn_at(segment.passage.first_turn), turn_at(segment.passage.last_turn)) {
        (Some(first), Some(last)) if first != last => Some(format!("turns {first}–{last}")),
        (Some(first), _) => Some(format!("turn {first}")),
        (None, _) => None,
    };
    let parts = [Some(transcript.id.clone()), turns, segment.start_ms.map(clock_time)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Milliseconds as `hh:mm:ss`; recordings longer than 99 hours get more digits.
fn clock_time(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::small_findings;

    #[test]
    fn turns_and_times_are_named_where_there_are_any() {
        let findings = small_findings();
        let shown: Vec<String> = findings
            .segments
            .iter()
            .map(|segment| locator(&findings.corpus.transcripts[segment.passage.transcript.get()], segment))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        P01, turn 2, 00:00:04
        P01, turn 3, 01:00:01
        P02, turns 1–2
        P02, turn 2
        ");
    }

    #[test]
    fn long_recordings_keep_their_hours() {
        assert_eq!(clock_time(0), "00:00:00");
        assert_eq!(clock_time(3_599_999), "00:59:59");
        assert_eq!(clock_time(360_000_000), "100:00:00");
    }
}
