//! The context of a segment on a coder's sheet: the words before it, back to the question that it answers, and those right after it.

use transcripts::{Transcript, Turn};

use crate::results::Segment;

/// Turns before the segment are added until there are this many words, but at most this many turns.
const WORDS_BEFORE: usize = 12;
const TURNS_BEFORE: usize = 3;
/// Letters that are shown at most on each side.
const LETTERS: usize = 600;

/// What was said before and after a segment, a line a turn with its speaker; either may be empty.
pub(super) fn surroundings(transcript: &Transcript, segment: &Segment) -> (String, String) {
    (before(transcript, segment), after(transcript, segment))
}

fn before(transcript: &Transcript, segment: &Segment) -> String {
    let passage = &segment.passage;
    let mut lines: Vec<String> = Vec::new();
    let mut words = 0;
    if let Some(turn) = transcript.turns.get(passage.first_turn) {
        let beginning: String =
            turn.text.chars().take(passage.span.start.saturating_sub(turn.span.start)).collect();
        words += beginning.split_whitespace().count();
        lines.extend(line(turn, &beginning));
    }
    let earlier = transcript.turns.get(..passage.first_turn).unwrap_or_default();
    for turn in earlier.iter().rev().take(TURNS_BEFORE) {
        if words >= WORDS_BEFORE {
            break;
        }
        words += turn.text.split_whitespace().count();
        lines.extend(line(turn, &turn.text));
    }
    lines.reverse();
    let text = lines.join("\n");
    let too_many = text.chars().count().saturating_sub(LETTERS);
    if too_many == 0 { text } else { format!("…{}", text.chars().skip(too_many).collect::<String>()) }
}

fn after(transcript: &Transcript, segment: &Segment) -> String {
    let passage = &segment.passage;
    let mut lines: Vec<String> = Vec::new();
    if let Some(turn) = transcript.turns.get(passage.last_turn) {
        let ending: String =
            turn.text.chars().skip(passage.span.end.saturating_sub(turn.span.start)).collect();
        lines.extend(line(turn, &ending));
    }
    lines.extend(transcript.turns.get(passage.last_turn + 1).and_then(|turn| line(turn, &turn.text)));
    let text = lines.join("\n");
    if text.chars().count() <= LETTERS {
        text
    } else {
        format!("{}…", text.chars().take(LETTERS).collect::<String>())
    }
}

fn line(turn: &Turn, text: &str) -> Option<String> {
    let text = text.trim();
    match (text.is_empty(), turn.speaker.is_empty()) {
        (true, _) => None,
        (false, true) => Some(text.to_owned()),
        (false, false) => Some(format!("{}: {text}", turn.speaker)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcripts::CharSpan;

    use crate::table::fixture::small_findings;

    #[test]
    fn the_question_before_and_the_turn_after_are_shown() {
        let findings = small_findings();
        let shown = |segment: usize| {
            let segment = &findings.segments[segment];
            surroundings(&findings.corpus.transcripts[segment.passage.transcript.get()], segment)
        };
        assert_eq!(shown(0), ("INT: What gets in the way?".into(), "Ana: =cmd|' /C calc'!A0".into()));
        assert_eq!(shown(2), (String::new(), String::new()));
        assert_eq!(shown(3), ("אין שירותים, אין תקציב.".into(), String::new()));
    }

    #[test]
    fn a_part_of_a_turn_has_the_rest_of_it_around() {
        let findings = small_findings();
        let mut segment = findings.segments[0].clone();
        segment.passage.span = CharSpan { start: 38, end: 41 };
        let (before, after) = surroundings(&findings.corpus.transcripts[0], &segment);
        assert_eq!(before, "INT: What gets in the way?\nAna: Sixty families,");
        assert!(after.starts_with("Ana: \"one\" morning"), "{after}");
    }

    #[test]
    fn long_turns_are_cut() {
        let mut findings = small_findings();
        findings.corpus.transcripts[0].turns[0].text = "long ".repeat(400).into();
        findings.corpus.transcripts[0].turns[2].text = "long ".repeat(400).into();
        let (before, after) = surroundings(&findings.corpus.transcripts[0], &findings.segments[0]);
        assert_eq!((before.chars().count(), after.chars().count()), (601, 601));
        assert!(before.starts_with('…') && after.ends_with('…'));
    }
}
