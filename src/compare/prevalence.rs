//! Prevalence of each theme in each group, as a share of segments and of transcripts.
//!
//! The share of segments tells how much of the talk is about a theme, the share of transcripts how many people mention it. One long
//! interview changes the first and hardly the second, so a reader needs both.

use serde::Serialize;

use interview_stats::{
    Count, CountTable, Interval, Measure, interview_proportion, mean_proportion, pooled_proportion,
};
use rayon::prelude::*;
use transcripts::{Problem, Transcript};

use super::groups::{groups_of, warnings};
use crate::results::ThemeIndex;

/// A theme in a group of interviews.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prevalence {
    /// Index of the theme in the run's list of themes.
    pub theme: ThemeIndex,
    /// The attribute, for example `country`; empty for the whole study.
    pub attribute: String,
    /// The group, for example one country; [`ALL`] for the whole study.
    pub group: String,
    /// Segments of the group that carry the theme.
    pub segments: u32,
    /// Transcripts of the group with at least one such segment.
    pub transcripts: u32,
    /// `segments` over the group's coded segments, 0 to 1.
    pub share_segments: f64,
    /// 95 % interval of the share of segments, with transcripts as the unit: linearised on the logit scale (Woodruff, 1971),
    /// within the exact one for as many answers as transcripts (Clopper and Pearson, 1934); 0 to 1 without segments.
    pub interval_segments: Interval,
    /// `transcripts` over the group's transcripts, 0 to 1.
    pub share_transcripts: f64,
    /// Exact 95 % interval of the share of transcripts (Clopper and Pearson, 1934).
    pub interval_transcripts: Interval,
    /// Mean over the group's transcripts of the share of their segments that carry the theme, 0 to 1: each transcript counts
    /// once, however long it is. 0 when none has a coded segment.
    pub mean_share: f64,
    /// Its 95 % interval, made as that of the share of segments.
    pub interval_mean: Interval,
    /// Segments of the group that carry the theme by a likely label.
    pub likely_segments: u32,
    /// Transcripts of the group with at least one of these.
    pub likely_transcripts: u32,
    /// `likely_segments` over the group's coded segments, 0 to 1.
    pub share_likely: f64,
    /// Its 95 % interval, made as that of the share of segments.
    pub interval_likely: Interval,
    /// Whether the shares of labels may be taken for a finding: false for a theme of the codebook where more than half of the group's segments are
    /// in languages in which the codebook finds no more than chance; see [`crate::results::LanguageBasis`].
    pub has_basis: bool,
}

/// A group of interviews: its attribute, its name, and the indices of its transcripts.
type Group<'a> = (&'a str, &'a str, Vec<usize>);

/// The name of the group of all interviews of a study.
pub const ALL: &str = "(all)";

/// Prevalence of every theme in the whole study and in every group of every attribute of `attributes`, sorted so, groups by name.
///
/// A theme that nobody in a group talks about is a row with zeros, and its intervals begin there. The share of segments of a
/// group without segments is 0. Transcripts without a value for an attribute (or with a blank one) form no group; a problem
/// says how many they are: a note, or a warning when that leaves nothing to compare. Groups of few transcripts are problems too.
///
/// `counts` are those of the whole run, with its transcripts as the interviews, and `likely` those of its likely labels alone.
pub fn prevalence(
    transcripts: &[Transcript],
    counts: &CountTable,
    likely: &CountTable,
    attributes: &[String],
) -> (Vec<Prevalence>, Vec<Problem>) {
    let mut groups: Vec<Group<'_>> = vec![("", ALL, (0..transcripts.len()).collect())];
    for attribute in attributes {
        let of_attribute = groups_of(attribute, transcripts).into_iter();
        groups.extend(of_attribute.map(|(name, members)| (attribute.as_str(), name, members)));
    }
    let themes = (0..counts.themes()).into_par_iter();
    let rows =
        themes.flat_map_iter(|theme| groups.iter().map(move |group| row(theme, group, counts, likely)));
    let problems = attributes.iter().flat_map(|attribute| warnings(attribute, transcripts));
    (rows.collect(), problems.collect())
}

fn row(
    theme: usize,
    (attribute, name, members): &Group<'_>,
    counts: &CountTable,
    likely: &CountTable,
) -> Prevalence {
    let [segments, transcripts] = Measure::BOTH.map(|measure| counts.counts(theme, measure, members));
    let [likely_segments, likely_transcripts] =
        Measure::BOTH.map(|measure| likely.counts(theme, measure, members));
    let sum = |counts: &[Count]| counts.iter().map(|one| one.successes).sum();
    let [of_segments, of_transcripts, mean, of_likely] = [
        pooled_proportion(&segments),
        interview_proportion(&transcripts),
        mean_proportion(&segments),
        pooled_proportion(&likely_segments),
    ];
    Prevalence {
        theme: theme.into(),
        attribute: (*attribute).to_owned(),
        group: (*name).to_owned(),
        segments: sum(&segments),
        transcripts: sum(&transcripts),
        share_segments: of_segments.value,
        interval_segments: of_segments.interval,
        share_transcripts: of_transcripts.value,
        interval_transcripts: of_transcripts.interval,
        mean_share: mean.value,
        interval_mean: mean.interval,
        likely_segments: sum(&likely_segments),
        likely_transcripts: sum(&likely_transcripts),
        share_likely: of_likely.value,
        interval_likely: of_likely.interval,
        has_basis: true,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;
    use transcripts::CharSpan;

    use super::super::counts::{count_labels, count_likely_labels};
    use super::*;
    use crate::results::{Label, Passage, Segment, Theme, ThemeCounts, ThemeKind};

    /// Interviews with the given countries, each with the given number of segments.
    pub(in crate::compare) fn study(interviews: &[(&str, usize)]) -> (Vec<Transcript>, Vec<Segment>) {
        let transcripts = interviews
            .iter()
            .enumerate()
            .map(|(index, (country, _))| Transcript {
                id: format!("P{index}"),
                source: String::new(),
                format: "txt",
                turns: Vec::new(),
                attributes: [("country".to_owned(), (*country).to_owned())].into(),
            })
            .collect();
        let segments = interviews
            .iter()
            .enumerate()
            .flat_map(|(transcript, &(_, count))| (0..count).map(move |index| segment(transcript, index)))
            .collect();
        (transcripts, segments)
    }

    /// A theme with a name, a kind and a parent only.
    pub(in crate::compare) fn theme(name: &str, kind: ThemeKind, parent: &str) -> Theme {
        Theme {
            name: name.to_owned(),
            kind,
            definition: String::new(),
            keywords: Vec::new(),
            parent: parent.to_owned(),
            stability: None,
            counts: ThemeCounts::default(),
        }
    }

    fn segment(transcript: usize, index: usize) -> Segment {
        Segment {
            id: format!("P{transcript}:{index}").into(),
            index: index as u32,
            passage: Passage {
                transcript: transcript.into(),
                first_turn: 0,
                last_turn: 0,
                span: CharSpan { start: 0, end: 0 },
                text: "".into(),
                eligible: true,
                words: 0,
                tokens: 0,
            },
            speaker: "".into(),
            language: "".into(),
            start_ms: None,
            end_ms: None,
        }
    }

    pub(in crate::compare) fn label(segment: usize, theme: usize) -> Label {
        Label {
            segment: segment.into(),
            theme: theme.into(),
            score: 0.0,
            confidence: 0.6,
            rank: 1,
            coders: Vec::new(),
        }
    }

    fn prevalence_of(
        transcripts: &[Transcript],
        segments: &[Segment],
        themes: usize,
        labels: &[Label],
        attributes: &[String],
    ) -> (Vec<Prevalence>, Vec<Problem>) {
        let counts = count_labels(transcripts.len(), segments, themes, labels);
        let likely = count_likely_labels(transcripts.len(), segments, themes, labels);
        prevalence(transcripts, &counts, &likely, attributes)
    }

    fn show(rows: &[Prevalence]) -> String {
        let line = |row: &Prevalence| {
            let transcripts = row.transcripts;
            let shown = |share: f64, Interval { low, high }| format!("{share:.3} ({low:.3}, {high:.3})");
            let of_segments = shown(row.share_segments, row.interval_segments);
            let of_transcripts = shown(row.share_transcripts, row.interval_transcripts);
            let mean = shown(row.mean_share, row.interval_mean);
            let shares =
                format!("{of_segments} of segments, {of_transcripts} of transcripts, {mean} in the mean");
            let (segments, likely) = (row.segments, row.likely_segments);
            format!(
                "theme {} in {}: {segments} in {transcripts}, {likely} likely; {shares}",
                row.theme.get(),
                row.group
            )
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn groups_are_sorted_and_zero_rows_are_there() {
        let (transcripts, segments) = study(&[("Peru", 3), ("Chile", 4), ("Peru", 1), ("Malta", 0)]);
        let labels = [label(0, 0), label(0, 0), label(1, 0), label(3, 1), label(7, 0)];
        let (rows, problems) = prevalence_of(&transcripts, &segments, 2, &labels, &["country".to_owned()]);
        insta::assert_snapshot!(show(&rows), @r"
        theme 0 in (all): 3 in 2, 3 likely; 0.375 (0.007, 0.948) of segments, 0.500 (0.068, 0.932) of transcripts, 0.556 (0.054, 0.974) in the mean
        theme 0 in Chile: 0 in 0, 0 likely; 0.000 (0.000, 0.975) of segments, 0.000 (0.000, 0.975) of transcripts, 0.000 (0.000, 0.975) in the mean
        theme 0 in Malta: 0 in 0, 0 likely; 0.000 (0.000, 1.000) of segments, 0.000 (0.000, 0.975) of transcripts, 0.000 (0.000, 1.000) in the mean
        theme 0 in Peru: 3 in 2, 3 likely; 0.750 (0.034, 1.000) of segments, 1.000 (0.158, 1.000) of transcripts, 0.833 (0.087, 1.000) in the mean
        theme 1 in (all): 1 in 1, 1 likely; 0.125 (0.000, 0.850) of segments, 0.250 (0.006, 0.806) of transcripts, 0.083 (0.000, 0.770) in the mean
        theme 1 in Chile: 1 in 1, 1 likely; 0.250 (0.000, 0.994) of segments, 1.000 (0.025, 1.000) of transcripts, 0.250 (0.000, 0.994) in the mean
        theme 1 in Malta: 0 in 0, 0 likely; 0.000 (0.000, 1.000) of segments, 0.000 (0.000, 0.975) of transcripts, 0.000 (0.000, 1.000) in the mean
        theme 1 in Peru: 0 in 0, 0 likely; 0.000 (0.000, 0.900) of segments, 0.000 (0.000, 0.842) of transcripts, 0.000 (0.000, 0.842) in the mean
        ");
        assert!(problems.iter().all(|problem| problem.message.contains("interview")), "{problems:?}");
    }

    #[test]
    fn transcripts_without_a_value_are_left_out_and_counted() {
        let (transcripts, segments) = study(&[("Peru", 1), ("  ", 1)]);
        let attributes = ["country".to_owned(), "cohort".to_owned()];
        let (rows, problems) = prevalence_of(&transcripts, &segments, 1, &[label(1, 0)], &attributes);
        insta::assert_snapshot!(show(&rows), @r"
        theme 0 in (all): 1 in 1, 1 likely; 0.500 (0.013, 0.987) of segments, 0.500 (0.013, 0.987) of transcripts, 0.500 (0.013, 0.987) in the mean
        theme 0 in Peru: 0 in 0, 0 likely; 0.000 (0.000, 0.975) of segments, 0.000 (0.000, 0.975) of transcripts, 0.000 (0.000, 0.975) in the mean
        ");
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        note: groups: 1 of 2 transcripts have no value for `country` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
        warning: groups: Groups of `country` with one interview alone: `Peru`. One person says little about a group: its intervals are nearly as wide as can be, and its differences have no p value. (Add interviews, or join the group with another in the participants file.)
        warning: groups: 2 of 2 transcripts have no value for `cohort` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
        ");
    }

    #[test]
    fn labels_beyond_the_lists_are_left_out() {
        let (transcripts, segments) = study(&[("Peru", 1)]);
        let (rows, _) =
            prevalence_of(&transcripts, &segments, 1, &[label(9, 0), label(0, 9)], &["country".to_owned()]);
        assert_eq!((rows.len(), rows[0].segments, rows[1].segments), (2, 0, 0));
    }

    proptest! {
        #[test]
        fn groups_add_up_to_the_study(
            interviews in prop::collection::vec((prop::sample::select(vec!["Peru", "Chile", "Malta", ""]), 0_usize..5), 0..8),
            pairs in prop::collection::vec((0_usize..40, 0_usize..3), 0..60),
        ) {
            let (transcripts, segments) = study(&interviews);
            let labels: Vec<Label> = pairs.iter().map(|&(segment, theme)| label(segment, theme)).collect();
            let (rows, _) = prevalence_of(&transcripts, &segments, 3, &labels, &["country".to_owned()]);
            for row in &rows {
                prop_assert!((0.0..=1.0).contains(&row.share_segments));
                prop_assert!((0.0..=1.0).contains(&row.share_transcripts));
                prop_assert!((0.0..=1.0).contains(&row.mean_share));
                prop_assert!(row.interval_mean.high - row.interval_mean.low > 1e-6);
                prop_assert!(row.transcripts <= row.segments);
            }
            for theme in 0..3 {
                let mut of_theme = rows.iter().filter(|row| row.theme.get() == theme);
                let all = of_theme.next().unwrap();
                prop_assert!(all.attribute.is_empty() && all.group == ALL && all.likely_segments <= all.segments);
                let sum: u32 = of_theme.map(|row| row.segments).sum();
                let mut grouped: Vec<usize> = labels
                    .iter()
                    .filter(|label| label.theme.get() == theme)
                    .map(|label| label.segment.get())
                    .filter(|&segment| segments.get(segment).is_some_and(|one| !interviews[one.passage.transcript.get()].0.is_empty()))
                    .collect();
                grouped.sort_unstable();
                grouped.dedup();
                prop_assert_eq!(sum as usize, grouped.len());
            }
        }

        #[test]
        fn the_order_of_labels_does_not_matter(
            pairs in prop::collection::vec((0_usize..6, 0_usize..3), 0..12).prop_shuffle(),
        ) {
            let (transcripts, segments) = study(&[("Peru", 3), ("Chile", 3)]);
            let labels: Vec<Label> = pairs.iter().map(|&(segment, theme)| label(segment, theme)).collect();
            let mut sorted = labels.clone();
            sorted.sort_by_key(|label| (label.segment, label.theme));
            let attributes = ["country".to_owned()];
            prop_assert_eq!(
                prevalence_of(&transcripts, &segments, 3, &labels, &attributes),
                prevalence_of(&transcripts, &segments, 3, &sorted, &attributes)
            );
        }
    }
}
