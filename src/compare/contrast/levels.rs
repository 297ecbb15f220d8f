//! The levels of an attribute within which groups are compared.

use transcripts::{Problem, Severity, Transcript};

use crate::compare::groups::{numbered, value};
use crate::results::codes;

/// The name of the levels by language, where no attribute has this name.
const LANGUAGE: &str = "language";

/// The level of each transcript, numbered by name; none where it has no value. None at all without a name.
pub(super) fn levels(
    transcripts: &[Transcript],
    languages: &[String],
    within: Option<&str>,
) -> Option<Vec<Option<usize>>> {
    let name = within?;
    let of_language = name == LANGUAGE && transcripts.iter().all(|one| value(one, name).is_none());
    let names: Vec<Option<&str>> = transcripts
        .iter()
        .enumerate()
        .map(|(index, transcript)| {
            if of_language {
                languages.get(index).map(String::as_str).filter(|tag| !tag.is_empty())
            } else {
                value(transcript, name)
            }
        })
        .collect();
    Some(numbered(&names))
}

/// The problem of transcripts without a level.
pub(super) fn without_level(levels: &[Option<usize>], name: &str) -> Option<Problem> {
    let unknown = levels.iter().filter(|level| level.is_none()).count();
    let severity = match unknown {
        0 => return None,
        all if all == levels.len() => Severity::Warning,
        _ => Severity::Note,
    };
    let message = format!(
        "{unknown} of {} transcripts have no value for `{name}` and are in no comparison within it.",
        levels.len()
    );
    let hint = "`within` under [compare] names an attribute of the participants file, or `language`.";
    Some(Problem::new(severity, "groups", message).with_code(codes::GROUPS_DOUBTFUL).with_hint(hint))
}
