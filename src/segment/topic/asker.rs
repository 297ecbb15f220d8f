//! Who asks in a transcript, and what a turn therefore says about a new topic.
//!
//! In an interview it is a question that opens a topic, hardly ever an answer. Roles say who asks where the study names its
//! interviewers. Otherwise the question marks say it: this only moves cuts, it takes nobody's words out of the results.

use std::collections::BTreeMap;

use super::turning::Opening;
use crate::corpus::{Role, Turn};

/// Question marks: Latin, full width, Arabic, Greek, Armenian, Ethiopic.
const QUESTION_MARKS: [char; 6] = ['?', '？', '؟', '\u{37e}', '՞', '፧'];

/// Speakers with a smaller share of the turns neither ask nor are asked.
const LEAST_SHARE: f64 = 0.1;
/// Who asks has a question in at least this share of the turns…
const LEAST_QUESTIONS: f64 = 0.3;
/// …and in this many times the share of anybody else.
const TIMES_OTHERS: f64 = 1.5;

/// How well a topic could begin with each turn. All turns are [`Opening::Unmarked`] where nobody asks more than others.
pub(super) fn openings(turns: &[Turn]) -> Vec<Opening> {
    let named = turns.iter().any(|turn| turn.role == Role::Interviewer);
    let guessed = if named { None } else { asker(turns) };
    let asks = |turn: &Turn| turn.role == Role::Interviewer || guessed == Some(turn.speaker.as_str());
    turns
        .iter()
        .map(|turn| match (named || guessed.is_some(), asks(turn)) {
            (true, true) if is_question(&turn.text) => Opening::Question,
            (true, false) => Opening::Answer,
            _ => Opening::Unmarked,
        })
        .collect()
}

fn is_question(text: &str) -> bool {
    text.contains(QUESTION_MARKS)
}

/// The speaker whose turns hold a question much more often than those of all others.
fn asker(turns: &[Turn]) -> Option<&str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for turn in turns {
        let (said, asked) = counts.entry(turn.speaker.as_str()).or_default();
        *said += 1;
        *asked += usize::from(is_question(&turn.text));
    }
    let enough = LEAST_SHARE * turns.len() as f64;
    let mut shares: Vec<(f64, &str)> = counts
        .into_iter()
        .filter(|&(_, (said, _))| said as f64 >= enough)
        .map(|(speaker, (said, asked))| (asked as f64 / said as f64, speaker))
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    let &[(most, speaker), (next, _), ..] = shares.as_slice() else { return None };
    (most >= LEAST_QUESTIONS && most >= TIMES_OTHERS * next).then_some(speaker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CharSpan;
    use Opening::{Answer, Question, Unmarked};

    fn turn(speaker: &str, role: Role, text: &str) -> Turn {
        let span = CharSpan { start: 0, end: text.chars().count() };
        Turn {
            index: 1,
            speaker: speaker.to_owned(),
            role,
            start_ms: None,
            end_ms: None,
            span,
            text: text.to_owned(),
        }
    }

    fn of(turns: &[(&str, Role, &str)]) -> Vec<Opening> {
        let turns: Vec<Turn> = turns.iter().map(|(speaker, role, text)| turn(speaker, *role, text)).collect();
        openings(&turns)
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
        assert_eq!(found, [Question, Answer, Unmarked, Answer, Question, Answer, Answer]);
    }

    #[test]
    fn the_study_says_who_asks_better() {
        let found = of(&[
            ("INT", Role::Interviewer, "Tell me about your day."),
            ("P01", Role::Participant, "Is it on?"),
            ("INT", Role::Interviewer, "Yes. How does it begin?"),
        ]);
        assert_eq!(found, [Unmarked, Answer, Question]);
    }

    #[test]
    fn where_nobody_asks_no_turn_stands_out() {
        let role = Role::Other;
        assert_eq!(of(&[("", role, "Why?"), ("", role, "So it goes.")]), [Unmarked; 2]);
        let both = [("A", role, "Why?"), ("B", role, "Why not?")];
        assert_eq!(of(&both), [Unmarked; 2]);
        assert_eq!(of(&[]), []);
    }
}
