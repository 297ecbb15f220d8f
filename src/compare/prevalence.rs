//! How often a theme comes up in each group, over both denominators.
//!
//! Share of segments says how much of the talk is about a theme, share of transcripts how many people bring it up.
//! One long interview moves the first and hardly the second, so a reader needs both.

use std::collections::BTreeMap;

use super::tally::{share, themes_of_segments, themes_of_transcripts};
use crate::corpus::{Problem, Segment, Severity, Transcript};
use crate::theme::Label;

/// A theme in a group of interviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Prevalence {
    /// Place of the theme in the run's list of themes.
    pub theme: usize,
    /// The attribute, for example `country`.
    pub attribute: String,
    /// The group, for example one country.
    pub group: String,
    /// Segments of the group that carry the theme.
    pub segments: u32,
    /// Transcripts of the group with at least one such segment.
    pub transcripts: u32,
    /// `segments` over the group's coded segments, 0 to 1.
    pub share_segments: f64,
    /// `transcripts` over the group's transcripts, 0 to 1.
    pub share_transcripts: f64,
}

/// Counts of one group, over which its shares are.
#[derive(Debug, Clone)]
struct Group {
    segments: u32,
    transcripts: u32,
    segments_with: Vec<u32>,
    transcripts_with: Vec<u32>,
}

/// Prevalence of every theme in every group of every attribute of `attributes`, sorted so, groups by name.
///
/// A theme that nobody in a group talks about is a row with zeros. The share of segments of a group without coded
/// segments is 0. Transcripts without a value for an attribute (or with a blank one) form no group; a problem says
/// how many they are: a note, or a warning when that leaves nothing to compare.
///
/// `themes` is the number of themes; segments and labels are those of the whole run.
pub fn prevalence(
    transcripts: &[Transcript],
    segments: &[Segment],
    themes: usize,
    labels: &[Label],
    attributes: &[String],
) -> (Vec<Prevalence>, Vec<Problem>) {
    let carried = themes_of_segments(segments.len(), themes, labels);
    let present = themes_of_transcripts(transcripts.len(), segments, &carried);

    let by_attribute: Vec<(&String, BTreeMap<&str, Group>)> = attributes
        .iter()
        .map(|attribute| (attribute, groups(attribute, transcripts, segments, themes, &carried, &present)))
        .collect();
    let mut rows = Vec::new();
    for theme in 0..themes {
        for (attribute, groups) in &by_attribute {
            rows.extend(groups.iter().map(|(name, group)| row(theme, attribute, name, group)));
        }
    }
    let problems = attributes.iter().filter_map(|attribute| without_value(attribute, transcripts)).collect();
    (rows, problems)
}

/// The transcript's value for the attribute, unless it is blank.
fn value<'a>(transcript: &'a Transcript, attribute: &str) -> Option<&'a str> {
    transcript.attributes.get(attribute).map(String::as_str).filter(|value| !value.trim().is_empty())
}

fn groups<'a>(
    attribute: &str,
    transcripts: &'a [Transcript],
    segments: &[Segment],
    themes: usize,
    carried: &[Vec<usize>],
    present: &[Vec<usize>],
) -> BTreeMap<&'a str, Group> {
    let empty = Group {
        segments: 0,
        transcripts: 0,
        segments_with: vec![0; themes],
        transcripts_with: vec![0; themes],
    };
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (transcript, present) in transcripts.iter().zip(present) {
        let Some(name) = value(transcript, attribute) else { continue };
        let group = groups.entry(name).or_insert_with(|| empty.clone());
        group.transcripts += 1;
        add(&mut group.transcripts_with, present);
    }
    for (segment, carried) in segments.iter().zip(carried) {
        let owner = transcripts.get(segment.passage.transcript);
        let Some(name) = owner.and_then(|transcript| value(transcript, attribute)) else { continue };
        let group = groups.entry(name).or_insert_with(|| empty.clone());
        group.segments += 1;
        add(&mut group.segments_with, carried);
    }
    groups
}

fn add(counts: &mut [u32], themes: &[usize]) {
    for &theme in themes {
        if let Some(count) = counts.get_mut(theme) {
            *count += 1;
        }
    }
}

fn row(theme: usize, attribute: &str, name: &str, group: &Group) -> Prevalence {
    let count = |counts: &[u32]| counts.get(theme).copied().unwrap_or_default();
    let (segments, transcripts) = (count(&group.segments_with), count(&group.transcripts_with));
    Prevalence {
        theme,
        attribute: attribute.to_owned(),
        group: name.to_owned(),
        segments,
        transcripts,
        share_segments: share(segments, group.segments),
        share_transcripts: share(transcripts, group.transcripts),
    }
}

/// What to tell about transcripts that are in no group of the attribute.
fn without_value(attribute: &str, transcripts: &[Transcript]) -> Option<Problem> {
    let unknown = transcripts.iter().filter(|transcript| value(transcript, attribute).is_none()).count();
    let severity = match unknown {
        0 => return None,
        all if all == transcripts.len() => Severity::Warning,
        _ => Severity::Note,
    };
    let message = format!(
        "{unknown} of {} transcripts have no value for `{attribute}` and are in none of its groups.",
        transcripts.len()
    );
    let hint = "Give the value in the participants file, or write `unknown` there to make them a group.";
    Some(Problem::new(severity, "groups", message).with_hint(hint))
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::{CharSpan, Passage};

    /// Interviews with the given countries, each with the given number of segments.
    pub(in crate::compare) fn study(interviews: &[(&str, usize)]) -> (Vec<Transcript>, Vec<Segment>) {
        let transcripts = interviews
            .iter()
            .enumerate()
            .map(|(place, (country, _))| Transcript {
                id: format!("P{place}"),
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

    fn segment(transcript: usize, index: usize) -> Segment {
        Segment {
            id: format!("P{transcript}:{index}"),
            index: index as u32,
            passage: Passage {
                transcript,
                first_turn: 0,
                last_turn: 0,
                span: CharSpan { start: 0, end: 0 },
                text: String::new(),
                coded: true,
                words: 0,
                tokens: 0,
            },
            speaker: String::new(),
            language: String::new(),
            start_ms: None,
            end_ms: None,
        }
    }

    pub(in crate::compare) fn label(segment: usize, theme: usize) -> Label {
        Label { segment, theme, score: 0.0, confidence: 0.0, rank: 1 }
    }

    fn show(rows: &[Prevalence]) -> String {
        let line = |row: &Prevalence| {
            let (segments, transcripts) = (row.segments, row.transcripts);
            let shares =
                format!("{:.3} of segments, {:.3} of transcripts", row.share_segments, row.share_transcripts);
            format!("theme {} in {}: {segments} in {transcripts}; {shares}", row.theme, row.group)
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn groups_are_sorted_and_zero_rows_are_there() {
        let (transcripts, segments) = study(&[("Peru", 3), ("Chile", 4), ("Peru", 1), ("Malta", 0)]);
        let labels = [label(0, 0), label(0, 0), label(1, 0), label(3, 1), label(7, 0)];
        let (rows, problems) = prevalence(&transcripts, &segments, 2, &labels, &["country".to_owned()]);
        insta::assert_snapshot!(show(&rows), @r"
        theme 0 in Chile: 0 in 0; 0.000 of segments, 0.000 of transcripts
        theme 0 in Malta: 0 in 0; 0.000 of segments, 0.000 of transcripts
        theme 0 in Peru: 3 in 2; 0.750 of segments, 1.000 of transcripts
        theme 1 in Chile: 1 in 1; 0.250 of segments, 1.000 of transcripts
        theme 1 in Malta: 0 in 0; 0.000 of segments, 0.000 of transcripts
        theme 1 in Peru: 0 in 0; 0.000 of segments, 0.000 of transcripts
        ");
        assert_eq!(problems, []);
    }

    #[test]
    fn transcripts_without_a_value_are_left_out_and_counted() {
        let (transcripts, segments) = study(&[("Peru", 1), ("  ", 1)]);
        let attributes = ["country".to_owned(), "cohort".to_owned()];
        let (rows, problems) = prevalence(&transcripts, &segments, 1, &[label(1, 0)], &attributes);
        insta::assert_snapshot!(show(&rows), @"theme 0 in Peru: 0 in 0; 0.000 of segments, 0.000 of transcripts");
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        note: groups: 1 of 2 transcripts have no value for `country` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
        warning: groups: 2 of 2 transcripts have no value for `cohort` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
        ");
    }

    #[test]
    fn labels_beyond_the_lists_are_left_out() {
        let (transcripts, segments) = study(&[("Peru", 1)]);
        let (rows, _) =
            prevalence(&transcripts, &segments, 1, &[label(9, 0), label(0, 9)], &["country".to_owned()]);
        assert_eq!((rows.len(), rows[0].segments), (1, 0));
    }

    proptest! {
        #[test]
        fn groups_add_up_to_the_study(
            interviews in prop::collection::vec((prop::sample::select(vec!["Peru", "Chile", "Malta", ""]), 0_usize..5), 0..8),
            pairs in prop::collection::vec((0_usize..40, 0_usize..3), 0..60),
        ) {
            let (transcripts, segments) = study(&interviews);
            let labels: Vec<Label> = pairs.iter().map(|&(segment, theme)| label(segment, theme)).collect();
            let (rows, _) = prevalence(&transcripts, &segments, 3, &labels, &["country".to_owned()]);
            for row in &rows {
                prop_assert!((0.0..=1.0).contains(&row.share_segments));
                prop_assert!((0.0..=1.0).contains(&row.share_transcripts));
                prop_assert!(row.transcripts <= row.segments);
            }
            for theme in 0..3 {
                let sum: u32 = rows.iter().filter(|row| row.theme == theme).map(|row| row.segments).sum();
                let mut grouped: Vec<usize> = labels
                    .iter()
                    .filter(|label| label.theme == theme)
                    .map(|label| label.segment)
                    .filter(|&place| segments.get(place).is_some_and(|one| !interviews[one.passage.transcript].0.is_empty()))
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
                prevalence(&transcripts, &segments, 3, &labels, &attributes),
                prevalence(&transcripts, &segments, 3, &sorted, &attributes)
            );
        }
    }
}
