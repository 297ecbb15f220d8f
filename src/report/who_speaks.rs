//! Speakers in `emic check`: who asks and who answers in each interview, with turns, words and questions, so that wrong labels and roles
//! are seen at a glance.

use std::fmt::Write;

use transcripts::text::counted;
use transcripts::{Corpus, Role, SpeakerShare};

use super::display_width::{cut_to_width, display_width, one_line};

/// Maximum interviews, and speakers of one, that are shown unless all are asked for.
const MAX_INTERVIEWS: usize = 20;
const MAX_SPEAKERS: usize = 6;
/// Width of a name.
const INTERVIEW: usize = 20;
const SPEAKER: usize = 22;

/// A table of interviews and their speakers: interviewers first, then by number of turns. `shares` are in the order of the
/// transcripts.
pub(super) fn who_speaks(corpus: &Corpus, shares: &[SpeakerShare], all: bool) -> String {
    if corpus.transcripts.is_empty() {
        return String::new();
    }
    let most = |number: usize| if all { usize::MAX } else { number };
    let mut text = format!(
        "\n{:<INTERVIEW$} {:<SPEAKER$} {:<11} {:>6} {:>8} {:>10}\n",
        "interview", "who speaks", "role", "turns", "words", "questions"
    );
    let of_each = shares.chunk_by(|one, other| one.transcript == other.transcript);
    for of_one in of_each.take(most(MAX_INTERVIEWS)) {
        let mut speakers: Vec<&SpeakerShare> = of_one.iter().collect();
        speakers.sort_by_key(|share| share.role != Role::Interviewer);
        let id = speakers.first().and_then(|share| corpus.transcripts.get(share.transcript));
        let id = id.map_or(String::new(), |transcript| one_line(&transcript.id));
        for (at, share) in speakers.iter().take(most(MAX_SPEAKERS)).enumerate() {
            let who = if share.speaker.is_empty() { "(nobody named)" } else { &share.speaker };
            let _ = writeln!(
                text,
                "{} {} {:<11} {:>6} {:>8} {:>10}",
                padded(if at == 0 { &id } else { "" }, INTERVIEW),
                padded(who, SPEAKER),
                share.role.as_str(),
                share.turns,
                share.words,
                share.questions
            );
        }
        if speakers.len() > most(MAX_SPEAKERS) {
            let _ = writeln!(text, "{} and {} more", padded("", INTERVIEW), speakers.len() - MAX_SPEAKERS);
        }
    }
    let interviews = corpus.transcripts.len();
    if interviews > most(MAX_INTERVIEWS) {
        let _ = writeln!(
            text,
            "and {}; `emic check --all` shows them",
            counted(interviews - MAX_INTERVIEWS, "more interview", "more interviews")
        );
    }
    text
}

/// The text padded or cut to this many columns.
fn padded(text: &str, width: usize) -> String {
    let text = cut_to_width(&one_line(text), width);
    let blanks = width.saturating_sub(display_width(&text));
    format!("{text}{}", " ".repeat(blanks))
}
