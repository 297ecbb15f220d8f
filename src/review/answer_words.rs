//! The words for yes, no and unsure in a cell.
//!
//! The list is short on purpose, so that instructions can list it; what is not on it is a problem and never guessed.

/// The content of a cell that asks whether a theme applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing.
    Empty,
    /// It applies.
    Yes,
    /// It does not.
    No,
    /// The coder cannot say.
    Unsure,
}

const YES: [&str; 20] = [
    "x", "1", "y", "yes", "true", "✓", "✔", "☑", "×", "j", "ja", "wahr", "si", "sí", "oui", "vrai", "sim",
    "da", "да", "כן",
];
const NO: [&str; 14] =
    ["0", "-", "–", "—", "n", "no", "false", "nein", "falsch", "non", "faux", "não", "нет", "לא"];
const UNSURE: [&str; 8] = ["?", "unsure", "maybe", "unsicher", "vielleicht", "tal vez", "peut-être", "אולי"];

/// The answer in a cell, without regard to case and blanks; none when the word is not known.
///
/// A question mark after a yes or a no makes it unsure. `✗` is not known: some use it for a ticked box and some for the contrary.
pub(super) fn answer(cell: &str) -> Option<Answer> {
    let word = cell.trim().to_lowercase();
    let word = word.trim_end_matches(['.', '!']);
    let is_known = |word: &str| YES.contains(&word) || NO.contains(&word);
    match word {
        "" if cell.trim().is_empty() => Some(Answer::Empty),
        word if YES.contains(&word) => Some(Answer::Yes),
        word if NO.contains(&word) => Some(Answer::No),
        word if UNSURE.contains(&word) => Some(Answer::Unsure),
        word => word.strip_suffix('?').filter(|rest| is_known(rest.trim())).map(|_| Answer::Unsure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_answers_in_several_languages_are_understood() {
        for yes in ["x", " X ", "1", "Yes", "JA", "sí", "oui", "TRUE", "✓"] {
            assert_eq!(answer(yes), Some(Answer::Yes), "{yes}");
        }
        for no in ["0", "-", "n", "No.", "nein", "FALSE", "—"] {
            assert_eq!(answer(no), Some(Answer::No), "{no}");
        }
        for unsure in ["?", "x?", "Unsure", "yes ?"] {
            assert_eq!(answer(unsure), Some(Answer::Unsure), "{unsure}");
        }
        assert_eq!(answer(" \n"), Some(Answer::Empty));
        for unknown in ["2", "✗", "rather", ".", "workload", "x x"] {
            assert_eq!(answer(unknown), None, "{unknown}");
        }
    }
}
