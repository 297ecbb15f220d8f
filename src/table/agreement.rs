//! The tables `agreement` and `disagreements`: how far people and the machine agree.

use interview_stats::Estimate;
use interview_stats::agreement::{Agreement, COEFFICIENTS};
use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame, joined, known};
use super::schema::{AGREEMENT, DISAGREEMENTS};
use super::{Findings, TableError, locator};
use crate::results::{Disagreement, Rater, Raters};

/// Names in the tables for those who have none of their own.
const MACHINE: &str = "(machine)";
const ALL_CODERS: &str = "(all coders)";
const ALL_THEMES: &str = "(all)";

/// The table `agreement`.
///
/// # Errors
/// When a row refers to a theme or a coder that is not there.
pub fn agreement_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.agreement;
    let mut themes = Vec::with_capacity(rows.len());
    let (mut firsts, mut seconds) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in rows {
        themes.push(match row.theme {
            Some(theme) => at(&AGREEMENT, "theme", &findings.themes, theme)?.name.as_str(),
            None => ALL_THEMES,
        });
        let (first, second) = match row.raters {
            Raters::Pair(first, second) => (rater(findings, first)?, rater(findings, second)?),
            Raters::AllCoders => (ALL_CODERS, ALL_CODERS),
        };
        firsts.push(first);
        seconds.push(second);
    }
    let counts = |name: &str, of: fn(&Agreement) -> u32| {
        Column::new(name.into(), rows.iter().map(|row| of(&row.coefficients)).collect::<Vec<_>>())
    };
    let mut columns = vec![
        Column::new("theme".into(), themes),
        Column::new("rater_a".into(), firsts),
        Column::new("rater_b".into(), seconds),
        counts("segments", |row| row.segments),
        counts("decisions", |row| row.decisions),
        counts("transcripts", |row| row.interviews),
    ];
    for (name, part) in COEFFICIENTS {
        let numbers = |name: String, of: fn(Estimate) -> f64| {
            Column::new(
                name.into(),
                rows.iter().map(|row| part(&row.coefficients).map(of)).collect::<Vec<_>>(),
            )
        };
        columns.push(numbers(name.to_owned(), |one| one.value));
        columns.push(numbers(format!("{name}_low"), |one| one.interval.low));
        columns.push(numbers(format!("{name}_high"), |one| one.interval.high));
    }
    frame(&AGREEMENT, columns)
}

/// The table `disagreements`.
///
/// # Errors
/// When a row refers to a segment, a theme or a coder that is not there.
pub fn disagreements_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.disagreements;
    let (mut segments, mut transcripts) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    let (mut themes, mut sides) = (Vec::with_capacity(rows.len()), [Vec::new(), Vec::new()]);
    for row in rows {
        let segment = at(&DISAGREEMENTS, "segment", &findings.segments, row.segment)?;
        segments.push(segment);
        let index = segment.passage.transcript;
        transcripts.push(at(&DISAGREEMENTS, "transcript", &findings.corpus.transcripts, index)?);
        themes.push(at(&DISAGREEMENTS, "theme", &findings.themes, row.theme)?.name.as_str());
        for (names, side) in sides.iter_mut().zip([&row.yes, &row.no]) {
            let raters = side.iter().map(|&one| rater(findings, one).map(str::to_owned));
            names.push(joined(&raters.collect::<Result<Vec<_>, _>>()?));
        }
    }
    let [yes, no] = sides;
    let locators =
        transcripts.iter().zip(&segments).map(|(transcript, segment)| locator(transcript, segment));
    frame(
        &DISAGREEMENTS,
        vec![
            Column::new("segment_id".into(), segments.iter().map(|one| one.id.as_str()).collect::<Vec<_>>()),
            Column::new(
                "transcript_id".into(),
                transcripts.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
            ),
            Column::new("theme".into(), themes),
            Column::new("yes".into(), yes),
            Column::new("no".into(), no),
            Column::new(
                "among_coders".into(),
                rows.iter().map(Disagreement::among_coders).collect::<Vec<_>>(),
            ),
            Column::new("speaker".into(), segments.iter().map(|one| known(&one.speaker)).collect::<Vec<_>>()),
            Column::new("locator".into(), locators.collect::<Vec<_>>()),
            Column::new(
                "text".into(),
                segments.iter().map(|one| one.passage.text.as_str()).collect::<Vec<_>>(),
            ),
        ],
    )
}

fn rater(findings: &Findings, rater: Rater) -> Result<&str, TableError> {
    match rater {
        Rater::Machine => Ok(MACHINE),
        Rater::Coder(coder) => at(&AGREEMENT, "coder", &findings.codings.coders, coder).map(String::as_str),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn each_pair_has_all_themes_and_each_theme() {
        let frame = agreement_frame(&small_findings()).unwrap();
        let first = frame.select([
            "theme",
            "rater_a",
            "rater_b",
            "segments",
            "decisions",
            "transcripts",
            "percent",
            "percent_low",
            "cohen_kappa",
        ]);
        insta::assert_snapshot!(show(&first.unwrap()), @r#"
        theme str | rater_a str | rater_b str | segments u32 | decisions u32 | transcripts u32 | percent f64 | percent_low f64 | cohen_kappa f64
        "(all)" | "=Ana" | "Bo" | 2 | 3 | 2 | 0.666667 | 0.066928 | 0.0
        "workload" | "=Ana" | "Bo" | 2 | 2 | 2 | 0.5 | 0.012579 | 0.0
        "missing services" | "=Ana" | "Bo" | 1 | 1 | 1 | 1.0 | 0.025 | null
        "(all)" | "=Ana" | "(machine)" | 3 | 6 | 2 | 0.833333 | 0.218441 | 0.666667
        "workload" | "=Ana" | "(machine)" | 3 | 3 | 2 | 0.666667 | 0.066928 | 0.0
        "missing services" | "=Ana" | "(machine)" | 3 | 3 | 2 | 1.0 | 0.228653 | 1.0
        "(all)" | "Bo" | "(machine)" | 2 | 3 | 2 | 0.666667 | 0.066928 | 0.0
        "workload" | "Bo" | "(machine)" | 2 | 2 | 2 | 0.5 | 0.012579 | 0.0
        "missing services" | "Bo" | "(machine)" | 1 | 1 | 1 | 1.0 | 0.025 | null
        "#);
        assert_eq!(agreement_frame(&empty_findings()).unwrap().shape(), (0, 30));
    }

    #[test]
    fn disagreements_come_with_their_text() {
        insta::assert_snapshot!(show(&disagreements_frame(&small_findings()).unwrap()), @r#"
        segment_id str | transcript_id str | theme str | yes str | no str | among_coders bool | speaker str | locator str | text str
        "P02:1" | "P02" | "workload" | "=Ana; (machine)" | "Bo" | true | null | "P02, turns 1–2" | "אין שירותים, אין תקציב.
        👩🏽‍💼 We fear the minister…"
        "P01:2" | "P01" | "workload" | "=Ana" | "(machine)" | false | "Ana" | "P01, turn 3, 01:00:01" | "=cmd|' /C calc'!A0"
        "#);
        assert_eq!(disagreements_frame(&empty_findings()).unwrap().shape(), (0, 9));
    }

    #[test]
    fn a_coder_who_is_not_there_is_refused() {
        let mut findings = small_findings();
        findings.codings.coders.pop();
        insta::assert_snapshot!(agreement_frame(&findings).unwrap_err(), @"the table `agreement` refers to coder 1 (counted from 0) of 1");
    }
}
