//! Warnings about doubtful labels: the label, its first words, how it was read, and what to write if that is wrong.

use super::DoubtfulLabel;
use crate::codes;
use crate::phrases::IN_SPEAKERS;
use crate::read::problems::ProblemLog;

/// Maximum words in a quote.
const QUOTED_WORDS: usize = 4;
/// Maximum letters in a quote.
const QUOTED_LETTERS: usize = 40;

/// The first words of a text, with dots where more follow.
pub(in crate::read::dialogue) fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(QUOTED_WORDS + 1).collect();
    let mut quoted = words.get(..words.len().min(QUOTED_WORDS)).unwrap_or_default().join(" ");
    let is_cut = words.len() > QUOTED_WORDS || quoted.chars().count() > QUOTED_LETTERS;
    if quoted.chars().count() > QUOTED_LETTERS {
        quoted = quoted.chars().take(QUOTED_LETTERS).collect();
    }
    if is_cut {
        quoted.push_str(" …");
    }
    quoted
}

/// Writes the warnings.
pub(super) fn tell(doubtful: &[DoubtfulLabel], log: &mut ProblemLog) {
    for doubt in doubtful {
        let DoubtfulLabel { line, label, count, words, accepted, is_known } = doubt;
        let times = if *count == 1 { "one line".to_owned() } else { format!("{count} lines") };
        let (message, hint) = match (is_known, accepted) {
            (true, _) => (
                format!(
                    "the line that begins `{label}` and “{words}” was read as a turn of `{label}`, though the label is set off in another way"
                ),
                "if it is not, put a word before the name".to_owned(),
            ),
            (false, true) => (
                format!("`{label}`, which begins {times} (“{words}”), was read as a speaker"),
                "if nobody is called so, take out the colon behind it".to_owned(),
            ),
            (false, false) => (
                format!(
                    "`{label}`, which begins {times} (“{words}”), was read as words of whoever speaks before it"
                ),
                format!("if it is a speaker, write \"{label}\" = [\"{label}\"] {IN_SPEAKERS}"),
            ),
        };
        log.warning(codes::SPEAKER_DOUBTFUL, Some(*line), message, hint);
    }
}
