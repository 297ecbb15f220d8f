//! Which speaker of a transcript asks, and in which turns.
//!
//! Questions open topics, answers hardly ever do. Who asks is known by role where the study names its interviewers, otherwise
//! by question marks; this only moves cuts and excludes nobody's words.

use std::collections::BTreeMap;

use transcripts::{Role, Turn};

use transcripts::text::holds_question;

/// Speakers with a smaller share of the turns are ignored.
const MIN_SHARE: f64 = 0.1;
/// Whoever asks has a question in at least this share of the turns…
const MIN_QUESTIONS: f64 = 0.3;
/// …and in this many times the share of any other speaker.
const TIMES_OTHERS: f64 = 1.5;

/// For each turn whether it is a question of the speaker who asks; never where nobody asks more than others.
pub(super) fn questions(turns: &[Turn]) -> Vec<bool> {
    let named = turns.iter().any(|turn| turn.role == Role::Interviewer);
    let guessed = if named { None } else { asker(turns) };
    let asks = |turn: &Turn| turn.role == Role::Interviewer || guessed == Some(turn.speaker.as_str());
    turns.iter().map(|turn| asks(turn) && holds_question(&turn.text)).collect()
}

/// The speaker with a much larger share of questions than all others.
fn asker(turns: &[Turn]) -> Option<&str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for turn in turns {
        let (said, asked) = counts.entry(turn.speaker.as_str()).or_default();
        *said += 1;
        *asked += usize::from(holds_question(&turn.text));
    }
    let enough = MIN_SHARE * turns.len() as f64;
    let mut shares: Vec<(f64, &str)> = counts
        .into_iter()
        .filter(|&(_, (said, _))| said as f64 >= enough)
        .map(|(speaker, (said, asked))| (asked as f64 / said as f64, speaker))
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    let &[(most, speaker), (next, _), ..] = shares.as_slice() else { return None };
    (most >= MIN_QUESTIONS && most >= TIMES_OTHERS * next).then_some(speaker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcripts::CharSpan;

    fn turn(speaker: &str, role: Role, text: &str) -> Turn {
        let span = CharSpan { start: 0, end: text.chars().count() };
        Turn {
            index: 1,
            speaker: speaker.into(),
            role,
            start_ms: None,
            end_ms: None,
            span,
            text: text.into(),
        }
    }

    fn of(turns: &[(&str, Role, &str)]) -> Vec<bool> {
        let turns: Vec<Turn> = turns.iter().map(|(speaker, role, text)| turn(speaker, *role, text)).collect();
        questions(&turns)
    }

    #[test]
    fn who_asks_is_found_by_the_questions() {
        let role = Role::Participant;
        let found = of(&[
            ("Q", role, "Where was that?"),
            ("Arai", role, "In Osaka."),
            ("Q", role, "I see."),
            ("Arai", role, "Why not? It was near."),
            ("Q", role, "何年ですか？"),
            ("Arai", role, "In 1986."),
            ("Arai", role, "Or later."),
        ]);
        assert_eq!(found, [true, false, false, false, true, false, false]);
    }

    #[test]
    fn the_study_says_who_asks_better() {
        let found = of(&[
            ("INT", Role::Interviewer, "Tell me about your day."),
            ("P01", Role::Participant, "Is it on?"),
            ("INT", Role::Interviewer, "Yes. How does it begin?"),
        ]);
        assert_eq!(found, [false, false, true]);
    }

    #[test]
    fn where_nobody_asks_no_turn_stands_out() {
        let role = Role::Other;
        assert_eq!(of(&[("", role, "Why?"), ("", role, "So it goes.")]), [false; 2]);
        let both = [("A", role, "Why?"), ("B", role, "Why not?")];
        assert_eq!(of(&both), [false; 2]);
        assert!(of(&[]).is_empty());
    }
}
