//! Makes turns of captions, for WebVTT, SubRip, `YouTube`, TTML, `SubStation` and the JSON of speech recognition alike. [`cues`]
//! finds the cues, [`speakers`] finds their speakers and splits shared cues, and [`turns_of`] joins what one speaker says.
//! [`services`] has the JSON, a file for each service.

pub(crate) mod ass;
mod cues;
pub(crate) mod json;
mod lenient_json;
mod marks;
pub(crate) mod markup;
pub(crate) mod sbv;
mod service_lines;
mod services;
mod speakers;
pub(crate) mod srt;
mod timed_words;
pub(crate) mod ttml;
pub(crate) mod vtt;

use unicode_segmentation::UnicodeSegmentation;

use crate::codes;
use crate::read::format::{Draft, DraftTurn};
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::fold;

pub(crate) use self::cues::Cue;
use self::cues::{do_roll, drop_rolling_repeats};
pub use self::lenient_json::{Plain, PlainValues};
use self::service_lines::{is_service_line, tell_of_service_lines};
use self::speakers::{Caption, said_in};

/// Cues without a speaker are one turn up to pauses of this length.
const MAX_PAUSE_MS: u64 = 2_000;
/// Maximum length of a turn without a speaker, so that an unlabelled hour is not one turn.
const MAX_UNKNOWN_MS: u64 = 60_000;
/// Words in the quote of a message.
const QUOTED_WORDS: usize = 5;

/// A piece of a cue that one speaker says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Fragment {
    /// The speaker; none when the cue has none.
    pub(crate) speaker: Option<String>,
    /// The words without markup.
    pub(crate) text: String,
    /// Milliseconds from the start of the recording.
    pub(crate) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(crate) end_ms: Option<u64>,
    /// Whether a mark such as `>>` says that the speaker changes.
    pub(crate) change: bool,
}

/// A transcript from cues whose lines are plain text.
fn draft_of(mut cues: Vec<Cue>, roster: &[String], log: &mut ProblemLog) -> Draft {
    if do_roll(&cues) {
        roll_up(&mut cues, log);
    }
    draft_of_captions(cues.into_iter().map(Caption::from).collect(), roster, log)
}

/// A transcript from captions.
fn draft_of_captions(mut captions: Vec<Caption>, roster: &[String], log: &mut ProblemLog) -> Draft {
    let mut left_out = Vec::new();
    for caption in &mut captions {
        caption.lines.retain(|line| {
            let keep = !is_service_line(&line.text);
            if !keep {
                left_out.push((Some(caption.line), line.text.clone()));
            }
            keep
        });
    }
    captions.retain(|caption| !caption.lines.is_empty());
    tell_of_service_lines(&left_out, log);
    Draft { turns: turns_of(said_in(&captions, roster, log)), ..Draft::default() }
}

/// The speech in cues whose lines are plain text, for other formats with cues.
pub(crate) fn fragments_in_cues(cues: Vec<Cue>, roster: &[String], log: &mut ProblemLog) -> Vec<Fragment> {
    said_in(&cues.into_iter().map(Caption::from).collect::<Vec<_>>(), roster, log)
}

/// Reads the lines of rolling captions once.
fn roll_up(cues: &mut Vec<Cue>, log: &mut ProblemLog) {
    let dropped = drop_rolling_repeats(cues);
    if dropped > 0 {
        let lines = counted(dropped, "repeated line", "repeated lines");
        log.note(codes::REPETITION_LEFT_OUT, None, format!("{lines} of rolling captions read once"), "");
    }
}

/// The first words of a text, for a message.
pub(crate) fn first_words(text: &str) -> String {
    let text = text.trim();
    let end = text.unicode_word_indices().nth(QUOTED_WORDS).map_or(text.len(), |(at, _)| at);
    let more = if end < text.len() { " …" } else { "" };
    let shown: Vec<&str> = text[..end].split_whitespace().collect();
    format!("\"{}{more}\"", shown.join(" "))
}

/// Adds `text` after one space.
pub(crate) fn push_spaced(all: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    if !all.is_empty() {
        all.push(' ');
    }
    all.push_str(text);
}

/// Joins what one speaker says in successive cues; without speakers, what is said without a long pause.
pub(crate) fn turns_of(said: Vec<Fragment>) -> Vec<DraftTurn> {
    let mut turns: Vec<DraftTurn> = Vec::new();
    let mut key = String::new();
    for Fragment { speaker, text, start_ms, end_ms, change } in said {
        let speaker = speaker.unwrap_or_default();
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let next = fold(&speaker);
        // A mark of change before the same name changes nothing.
        let same = next == key && (!key.is_empty() || !change);
        match turns.last_mut() {
            Some(turn) if same && (!key.is_empty() || goes_on(turn, start_ms, end_ms)) => {
                push_spaced(&mut turn.text, text);
                turn.start_ms = turn.start_ms.or(start_ms);
                turn.end_ms = turn.end_ms.max(end_ms);
            }
            _ => turns.push(DraftTurn { index: None, speaker, start_ms, end_ms, text: text.to_owned() }),
        }
        key = next;
    }
    turns
}

fn goes_on(turn: &DraftTurn, start_ms: Option<u64>, end_ms: Option<u64>) -> bool {
    let (Some(first), Some(last), Some(start), Some(end)) = (turn.start_ms, turn.end_ms, start_ms, end_ms)
    else {
        return false;
    };
    start <= last.saturating_add(MAX_PAUSE_MS) && end.saturating_sub(first) <= MAX_UNKNOWN_MS
}
