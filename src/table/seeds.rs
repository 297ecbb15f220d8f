//! The table `seeds`: findings about each seed theme, for the next edition of the codebook.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame, joined, known};
use super::schema::SEEDS;
use super::{Findings, TableError};
use crate::results::{SeedFinding, SegmentIndex, ThemeIndex};

/// The table `seeds`.
///
/// # Errors
/// When a finding refers to a theme or a segment that is not there.
pub fn seeds_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.seed_findings;
    let name =
        |index: ThemeIndex| at(&SEEDS, "theme", &findings.themes, index).map(|theme| theme.name.as_str());
    let segment =
        |index: SegmentIndex| at(&SEEDS, "segment", &findings.segments, index).map(|one| one.id.as_str());
    let themes = rows.iter().map(|row| name(row.theme)).collect::<Result<Vec<_>, _>>()?;
    let others = rows.iter().map(|row| row.other.map(name).transpose()).collect::<Result<Vec<_>, _>>()?;
    let quotes = |side: usize| {
        rows.iter().map(|row| row.quotes[side].map(segment).transpose()).collect::<Result<Vec<_>, _>>()
    };
    let words = |side: usize| {
        let words = |row: &SeedFinding| (!row.keywords[side].is_empty()).then(|| joined(&row.keywords[side]));
        rows.iter().map(words).collect::<Vec<_>>()
    };
    frame(
        &SEEDS,
        vec![
            Column::new("theme".into(), themes),
            Column::new("finding".into(), rows.iter().map(|row| row.finding.as_str()).collect::<Vec<_>>()),
            Column::new("other_theme".into(), others),
            Column::new("segments".into(), rows.iter().map(|row| row.segments).collect::<Vec<_>>()),
            Column::new("transcripts".into(), rows.iter().map(|row| row.transcripts).collect::<Vec<_>>()),
            Column::new("share".into(), rows.iter().map(|row| row.share).collect::<Vec<_>>()),
            Column::new("keywords_a".into(), words(0)),
            Column::new("keywords_b".into(), words(1)),
            Column::new("quote_a".into(), quotes(0)?),
            Column::new("quote_b".into(), quotes(1)?),
            Column::new("advice".into(), rows.iter().map(|row| known(&row.advice)).collect::<Vec<_>>()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn every_finding_is_a_row() {
        insta::assert_snapshot!(show(&seeds_frame(&small_findings()).unwrap()), @r#"
        theme str | finding str | other_theme str | segments u32 | transcripts u32 | share f64 | keywords_a str | keywords_b str | quote_a str | quote_b str | advice str
        "workload" | "supported" | null | 2 | 1 | 0.875 | null | null | "P02:1" | null | null
        "workload" | "overlap" | "missing services" | 2 | 1 | 0.875 | "families; morning" | "budget" | "P02:1" | null | "Merge them, "or" say why not."
        "missing services" | "supported" | null | 2 | 1 | 0.875 | null | null | "P02:1" | null | null
        "#);
        assert_eq!(seeds_frame(&empty_findings()).unwrap().shape(), (0, 11));
    }

    #[test]
    fn a_theme_that_is_not_there_is_refused() {
        let mut findings = small_findings();
        findings.seed_findings[1].other = Some(9.into());
        insta::assert_snapshot!(seeds_frame(&findings).unwrap_err(), @"the table `seeds` refers to theme 9 (counted from 0) of 3");
    }
}
