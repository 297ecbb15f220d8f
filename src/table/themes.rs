//! The tables `themes`, `clusters` and `quotes`.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame, joined, known};
use super::schema::{CLUSTERS, QUOTES, THEMES};
use super::{Findings, TableError, locator};

/// The table `themes`.
///
/// # Errors
/// When a frame of these columns cannot be made.
pub fn themes_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let themes = &findings.themes;
    let count = |of: fn(&crate::results::ThemeCounts) -> u32| {
        themes.iter().map(|theme| of(&theme.counts)).collect::<Vec<u32>>()
    };
    let share = |of: fn(&crate::results::ThemeCounts) -> f64| {
        themes.iter().map(|theme| of(&theme.counts)).collect::<Vec<f64>>()
    };
    frame(
        &THEMES,
        vec![
            Column::new("theme".into(), themes.iter().map(|theme| theme.name.as_str()).collect::<Vec<_>>()),
            Column::new("kind".into(), themes.iter().map(|theme| theme.kind.as_str()).collect::<Vec<_>>()),
            Column::new(
                "definition".into(),
                themes.iter().map(|theme| known(&theme.definition)).collect::<Vec<_>>(),
            ),
            Column::new(
                "keywords".into(),
                themes.iter().map(|theme| joined(&theme.keywords)).collect::<Vec<_>>(),
            ),
            Column::new("segments".into(), count(|counts| counts.segments)),
            Column::new("transcripts".into(), count(|counts| counts.transcripts)),
            Column::new("share_segments".into(), share(|counts| counts.share_segments)),
            Column::new("share_transcripts".into(), share(|counts| counts.share_transcripts)),
            Column::new("stability".into(), themes.iter().map(|theme| theme.stability).collect::<Vec<_>>()),
            Column::new("parent".into(), themes.iter().map(|theme| known(&theme.parent)).collect::<Vec<_>>()),
            Column::new("likely_segments".into(), count(|counts| counts.likely_segments)),
            Column::new("likely_transcripts".into(), count(|counts| counts.likely_transcripts)),
            Column::new("share_likely".into(), share(|counts| counts.share_likely)),
        ],
    )
}

/// The table `clusters`.
///
/// # Errors
/// When a cluster refers to a theme that is not there.
pub fn clusters_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let clusters = &findings.clusters;
    let mut nearest = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        let theme = match cluster.nearest_theme {
            Some(index) => Some(at(&CLUSTERS, "theme", &findings.themes, index)?.name.as_str()),
            None => None,
        };
        nearest.push(theme);
    }
    let similarity: Vec<Option<f32>> =
        clusters.iter().map(|cluster| cluster.nearest_theme.map(|_| cluster.similarity)).collect();
    frame(
        &CLUSTERS,
        vec![
            Column::new(
                "cluster_id".into(),
                clusters.iter().map(|cluster| cluster.cluster_id).collect::<Vec<_>>(),
            ),
            Column::new(
                "segments".into(),
                clusters.iter().map(|cluster| cluster.segments).collect::<Vec<_>>(),
            ),
            Column::new(
                "transcripts".into(),
                clusters.iter().map(|cluster| cluster.transcripts).collect::<Vec<_>>(),
            ),
            Column::new(
                "name".into(),
                clusters.iter().map(|cluster| cluster.name.as_str()).collect::<Vec<_>>(),
            ),
            Column::new(
                "keywords".into(),
                clusters.iter().map(|cluster| joined(&cluster.keywords)).collect::<Vec<_>>(),
            ),
            Column::new("nearest_theme".into(), nearest),
            Column::new("similarity".into(), similarity),
            Column::new(
                "emergent".into(),
                clusters.iter().map(|cluster| cluster.emergent).collect::<Vec<_>>(),
            ),
            Column::new(
                "stability".into(),
                clusters.iter().map(|cluster| cluster.stability).collect::<Vec<_>>(),
            ),
        ],
    )
}

/// The table `quotes`.
///
/// # Errors
/// When a quote refers to a theme, a segment or a transcript that is not there.
pub fn quotes_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let quotes = &findings.quotes;
    let mut themes = Vec::with_capacity(quotes.len());
    let mut segments = Vec::with_capacity(quotes.len());
    let mut transcripts = Vec::with_capacity(quotes.len());
    let mut locators = Vec::with_capacity(quotes.len());
    for quote in quotes {
        let segment = at(&QUOTES, "segment", &findings.segments, quote.segment)?;
        let index = segment.passage.transcript;
        let transcript = at(&QUOTES, "transcript", &findings.corpus.transcripts, index)?;
        themes.push(at(&QUOTES, "theme", &findings.themes, quote.theme)?.name.as_str());
        locators.push(locator(transcript, segment));
        transcripts.push(transcript.id.as_str());
        segments.push(segment);
    }
    frame(
        &QUOTES,
        vec![
            Column::new("theme".into(), themes),
            Column::new("kind".into(), quotes.iter().map(|quote| quote.kind.as_str()).collect::<Vec<_>>()),
            Column::new("rank".into(), quotes.iter().map(|quote| quote.rank).collect::<Vec<_>>()),
            Column::new("segment_id".into(), segments.iter().map(|one| one.id.as_str()).collect::<Vec<_>>()),
            Column::new("transcript_id".into(), transcripts),
            Column::new("speaker".into(), segments.iter().map(|one| known(&one.speaker)).collect::<Vec<_>>()),
            Column::new("locator".into(), locators),
            Column::new(
                "text".into(),
                segments.iter().map(|one| one.passage.text.as_str()).collect::<Vec<_>>(),
            ),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn themes_that_nobody_talks_about_are_rows_too() {
        insta::assert_snapshot!(show(&themes_frame(&small_findings()).unwrap()), @r#"
        theme str | kind str | definition str | keywords str | segments u32 | transcripts u32 | share_segments f64 | share_transcripts f64 | stability f32 | parent str | likely_segments u32 | likely_transcripts u32 | share_likely f64
        "workload" | "seed" | "When workload stands in the way." | "workload" | 2 | 2 | 0.5 | 1.0 | null | null | 2 | 2 | 0.5
        "missing services" | "seed" | "When missing services stands in the way." | "missing; services" | 2 | 1 | 0.5 | 0.5 | null | null | 2 | 1 | 0.5
        "fear, minister" | "emergent" | null | "fear; minister" | 0 | 0 | 0.0 | 0.0 | 0.75 | null | 0 | 0 | 0.0
        "#);
    }

    #[test]
    fn clusters_name_their_nearest_theme() {
        insta::assert_snapshot!(show(&clusters_frame(&small_findings()).unwrap()), @r#"
        cluster_id u32 | segments u32 | transcripts u32 | name str | keywords str | nearest_theme str | similarity f32 | emergent bool | stability f32
        0 | 2 | 2 | "families, budget" | "families; budget" | "workload" | 0.25 | false | 0.5
        1 | 1 | 1 | "fear, minister" | "fear; minister" | null | null | true | null
        "#);
    }

    #[test]
    fn quotes_are_verbatim_and_located() {
        insta::assert_snapshot!(show(&quotes_frame(&small_findings()).unwrap()), @r#"
        theme str | kind str | rank u32 | segment_id str | transcript_id str | speaker str | locator str | text str
        "workload" | "central" | 1 | "P01:1" | "P01" | "Ana" | "P01, turn 2, 00:00:04" | "Sixty families, and "one" morning a week.
        That is all."
        "workload" | "borderline" | 1 | "P02:1" | "P02" | null | "P02, turns 1–2" | "אין שירותים, אין תקציב.
        👩🏽‍💼 We fear the minister…"
        "missing services" | "central" | 1 | "P02:1" | "P02" | null | "P02, turns 1–2" | "אין שירותים, אין תקציב.
        👩🏽‍💼 We fear the minister…"
        "missing services" | "central" | 2 | "P02:2" | "P02" | "+Bo" | "P02, turn 2" | "👩🏽‍💼 We fear the minister…"
        "missing services" | "dissenting" | 1 | "P01:2" | "P01" | "Ana" | "P01, turn 3, 01:00:01" | "=cmd|' /C calc'!A0"
        "#);
    }

    #[test]
    fn empty_tables_keep_their_columns() {
        insta::assert_snapshot!(show(&themes_frame(&empty_findings()).unwrap()), @"theme str | kind str | definition str | keywords str | segments u32 | transcripts u32 | share_segments f64 | share_transcripts f64 | stability f32 | parent str | likely_segments u32 | likely_transcripts u32 | share_likely f64");
        insta::assert_snapshot!(show(&clusters_frame(&empty_findings()).unwrap()), @"cluster_id u32 | segments u32 | transcripts u32 | name str | keywords str | nearest_theme str | similarity f32 | emergent bool | stability f32");
        insta::assert_snapshot!(show(&quotes_frame(&empty_findings()).unwrap()), @"theme str | kind str | rank u32 | segment_id str | transcript_id str | speaker str | locator str | text str");
    }

    #[test]
    fn quotes_of_segments_that_are_not_there_are_refused() {
        let mut findings = small_findings();
        findings.quotes[0].segment = 44.into();
        insta::assert_snapshot!(quotes_frame(&findings).unwrap_err(), @"the table `quotes` refers to segment 44 (counted from 0) of 4");
    }
}
