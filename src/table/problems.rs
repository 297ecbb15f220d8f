//! The table `problems`: everything skipped, guessed or doubtful.

use polars::prelude::{Column, DataFrame};
use transcripts::Problem;

use super::TableError;
use super::frame::{frame, known};
use super::schema::PROBLEMS;

/// The table `problems`. Takes the problems themselves, because writing the other tables may add some.
///
/// # Errors
/// When a frame of these columns cannot be made.
pub fn problems_frame(problems: &[Problem]) -> Result<DataFrame, TableError> {
    frame(
        &PROBLEMS,
        vec![
            Column::new("source".into(), problems.iter().map(|one| one.source.as_str()).collect::<Vec<_>>()),
            Column::new(
                "line".into(),
                problems.iter().map(|one| one.line.map(|line| line as i64)).collect::<Vec<_>>(),
            ),
            Column::new(
                "severity".into(),
                problems.iter().map(|one| one.severity.as_str()).collect::<Vec<_>>(),
            ),
            Column::new(
                "message".into(),
                problems.iter().map(|one| one.message.as_str()).collect::<Vec<_>>(),
            ),
            Column::new("hint".into(), problems.iter().map(|one| known(&one.hint)).collect::<Vec<_>>()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{show, small_findings};

    #[test]
    fn problems_keep_their_lines_and_hints() {
        insta::assert_snapshot!(show(&problems_frame(&small_findings().problems).unwrap()), @r#"
        source str | line i64 | severity str | message str | hint str
        "groups" | null | "warning" | "Groups of `country` with one interview alone: `Chile`, `Israel`. One person says little about a group: its intervals are nearly as wide as can be, and its differences have no p value." | "Add interviews, or join the group with another in the participants file."
        "groups" | null | "note" | "1 of 2 transcripts have no value for `Turns` and are in none of its groups." | "Give the value in the participants file, or write `unknown` there to make them a group."
        "groups" | null | "warning" | "Groups of `Turns` with one interview alone: `many`. One person says little about a group: its intervals are nearly as wide as can be, and its differences have no p value." | "Add interviews, or join the group with another in the participants file."
        "groups" | null | "warning" | "`Chile` and `Israel` (`country`) speak different languages: a difference between them may lie in how well each language is read, not in what people say. `contrasts` marks it in `language_confounded`." | "Before reporting one, code a random sample of both groups by hand, or compare within a language."
        "saturation" | null | "note" | "Saturation is not known: it takes 6 interviews or more, and there are 2." | null
        "transcripts/P03.docx" | 1 | "error" | "This is a PNG image, not a Word file." | "Export it again, then "run" once more."
        "#);
    }

    #[test]
    fn no_problem_is_an_empty_table() {
        insta::assert_snapshot!(show(&problems_frame(&[]).unwrap()), @"source str | line i64 | severity str | message str | hint str");
    }
}
