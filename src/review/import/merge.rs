//! Rows of all sheets together: one for each segment and coder, or none where two say different things.

use crate::results::codes;
use std::collections::BTreeMap;

use transcripts::{Problem, Severity};

use super::rows::CodedRow;

/// Rows of one coder about one segment.
type Key = (u32, usize, String);

/// The rows without repetition, by sample, segment and coder, and a problem for each pair that contradicts each other, of which neither is
/// used.
///
/// Two rows with the same answers count once. Where one has no answer about a theme, the other's is used.
pub(super) fn merged(rows: Vec<CodedRow>) -> (Vec<CodedRow>, Vec<Problem>) {
    let mut by_key: BTreeMap<Key, Vec<CodedRow>> = BTreeMap::new();
    for row in rows {
        by_key.entry((row.sample, row.segment, row.coder.clone())).or_default().push(row);
    }
    let mut kept = Vec::with_capacity(by_key.len());
    let mut problems = Vec::new();
    for of_one in by_key.into_values() {
        let mut of_one = of_one.into_iter();
        let Some(mut first) = of_one.next() else { continue };
        let mut contradicted = false;
        for other in of_one {
            match theme_in_dispute(&first, &other) {
                Some(theme) => {
                    problems.push(contradiction(&first, &other, theme));
                    contradicted = true;
                }
                None => take_over(&mut first, other),
            }
        }
        if !contradicted {
            kept.push(first);
        }
    }
    (kept, problems)
}

fn theme_in_dispute<'a>(one: &'a CodedRow, other: &CodedRow) -> Option<&'a str> {
    let differs = |(theme, answer): &&(String, Option<bool>)| {
        other.answers.iter().any(|(same, other)| same == theme && other != answer)
    };
    one.answers.iter().find(differs).map(|(theme, _)| theme.as_str())
}

fn contradiction(one: &CodedRow, other: &CodedRow, theme: &str) -> Problem {
    let location = if one.file == other.file {
        format!("row {}", other.number)
    } else {
        format!("row {} of {}", other.number, other.file)
    };
    let message = format!(
        "rows left out: this one and {location} are of one coder and one segment, and differ about `{theme}`"
    );
    let hint = "ask the coder which is right, and take the other away";
    Problem::new(Severity::Error, one.file.as_str(), message)
        .with_code(codes::ANSWER_DOUBTFUL)
        .at_line(one.number)
        .with_hint(hint)
}

/// Adds what only the other row says.
fn take_over(row: &mut CodedRow, other: CodedRow) {
    for (theme, answer) in other.answers {
        if !row.answers.iter().any(|(same, _)| *same == theme) {
            row.answers.push((theme, answer));
        }
    }
    if row.other.is_empty() {
        row.other = other.other;
    }
    if row.memo.is_empty() {
        row.memo = other.memo;
    }
    row.paper |= other.paper;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(file: &str, number: u64, answers: &[(&str, Option<bool>)]) -> CodedRow {
        CodedRow {
            file: file.to_owned(),
            number,
            sample: 1,
            segment: 3,
            coder: "Ana".to_owned(),
            answers: answers.iter().map(|&(theme, answer)| (theme.to_owned(), answer)).collect(),
            other: Vec::new(),
            memo: String::new(),
            paper: false,
        }
    }

    #[test]
    fn the_same_counts_once_and_what_differs_not_at_all() {
        let (yes, no) = (("workload", Some(true)), ("workload", Some(false)));
        let (kept, problems) = merged(vec![row("a.csv", 2, &[yes]), row("a.csv", 9, &[yes, ("tea", None)])]);
        assert_eq!((kept.len(), problems.len()), (1, 0));
        assert_eq!(kept[0].answers.len(), 2);

        let (kept, problems) = merged(vec![row("a.csv", 2, &[yes]), row("b.csv", 4, &[no])]);
        assert_eq!(kept, []);
        insta::assert_snapshot!(problems[0], @"error: a.csv:2: rows left out: this one and row 4 of b.csv are of one coder and one segment, and differ about `workload` (ask the coder which is right, and take the other away)");
    }
}
