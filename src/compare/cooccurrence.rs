//! Which themes occur together: in one segment, and in one interview.

use serde::Serialize;

use interview_stats::{Interval, PairCounts};
use rayon::prelude::*;

use super::counts::{themes_of_segments, themes_of_transcripts};
use crate::results::{Label, Segment, Theme, ThemeIndex};

/// Two themes and how often they occur together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cooccurrence {
    /// Index of the first theme in the run's list of themes.
    pub theme_a: ThemeIndex,
    /// Index of the second theme, after the first.
    pub theme_b: ThemeIndex,
    /// Segments that carry both.
    pub segments: u32,
    /// Transcripts in which both occur.
    pub transcripts: u32,
    /// Segments with both over segments with either, 0 to 1; 0 when there is neither.
    pub jaccard: f64,
    /// Segments with both over what chance would give if the themes were independent; none when either theme is absent.
    pub lift: Option<f64>,
    /// Its 95 % interval, from 0 upwards; none without a lift and for fewer than two transcripts with segments.
    pub lift_interval: Option<Interval>,
    /// Transcripts with both over transcripts with either, 0 to 1.
    pub jaccard_transcripts: f64,
    /// The lift over transcripts instead of segments.
    pub lift_transcripts: Option<f64>,
    /// Its 95 % interval.
    pub lift_transcripts_interval: Option<Interval>,
}

/// Every pair of themes, by the first and then the second.
///
/// See [`PairCounts::cooccurrence`] for the formulas. Over transcripts, those without a coded segment are left out.
pub fn cooccurrence(themes: &[Theme], segments: &[Segment], labels: &[Label]) -> Vec<Cooccurrence> {
    let carried = themes_of_segments(segments.len(), themes.len(), labels);
    let transcripts = segments.iter().map(|segment| segment.passage.transcript.get() + 1).max().unwrap_or(0);
    let units = segments.iter().zip(&carried);
    let units = units.map(|(segment, carried)| (segment.passage.transcript.get(), carried.as_slice()));
    let in_segments = PairCounts::new(transcripts, themes.len(), units);

    let mut coded: Vec<usize> = segments.iter().map(|segment| segment.passage.transcript.get()).collect();
    coded.sort_unstable();
    coded.dedup();
    let present = themes_of_transcripts(transcripts, segments, &carried);
    let units =
        coded.iter().filter_map(|&transcript| Some((transcript, present.get(transcript)?.as_slice())));
    let in_transcripts = PairCounts::new(transcripts, themes.len(), units);

    let pairs: Vec<(usize, usize)> =
        (0..themes.len()).flat_map(|a| (a + 1..themes.len()).map(move |b| (a, b))).collect();
    let row = |&(theme_a, theme_b): &(usize, usize)| {
        let segments = in_segments.cooccurrence(theme_a, theme_b)?;
        let transcripts = in_transcripts.cooccurrence(theme_a, theme_b)?;
        Some(Cooccurrence {
            theme_a: theme_a.into(),
            theme_b: theme_b.into(),
            segments: segments.both,
            transcripts: transcripts.both,
            jaccard: segments.jaccard,
            lift: segments.lift,
            lift_interval: segments.lift_interval,
            jaccard_transcripts: transcripts.jaccard,
            lift_transcripts: transcripts.lift,
            lift_transcripts_interval: transcripts.lift_interval,
        })
    };
    pairs.par_iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use transcripts::text::counted;

    use super::super::prevalence::tests::{label, study, theme};
    use super::*;
    use crate::results::ThemeKind;

    /// So many unrelated themes.
    fn themes(number: usize) -> Vec<Theme> {
        (0..number).map(|index| theme(&format!("theme {index}"), ThemeKind::Seed, "")).collect()
    }

    fn show(rows: &[Cooccurrence]) -> String {
        let line = |row: &Cooccurrence| {
            let lift = |lift: Option<f64>, interval: Option<Interval>| match (lift, interval) {
                (Some(lift), Some(Interval { low, high })) => format!("{lift:.3} ({low:.3}, {high:.3})"),
                _ => "none".to_owned(),
            };
            format!(
                "{} and {}: in {}, jaccard {:.3}, lift {}; in {}, {:.3}, {}",
                row.theme_a.get(),
                row.theme_b.get(),
                counted(row.segments as usize, "segment", "segments"),
                row.jaccard,
                lift(row.lift, row.lift_interval),
                counted(row.transcripts as usize, "transcript", "transcripts"),
                row.jaccard_transcripts,
                lift(row.lift_transcripts, row.lift_transcripts_interval)
            )
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn pairs_are_counted_by_hand() {
        // Segments 0 to 3 in one interview, 4 to 7 in another; theme 0 in four of them, theme 1 in two.
        let (_, segments) = study(&[("", 4), ("", 4)]);
        let labels = [label(0, 0), label(1, 0), label(2, 0), label(4, 0), label(0, 1), label(5, 1)];
        let rows = cooccurrence(&themes(3), &segments, &labels);
        insta::assert_snapshot!(show(&rows), @r"
        0 and 1: in 1 segment, jaccard 0.200, lift 1.000 (0.000, 2394.500); in 2 transcripts, 1.000, 1.000 (0.091, 13.613)
        0 and 2: in 0 segments, jaccard 0.000, lift none; in 0 transcripts, 0.000, none
        1 and 2: in 0 segments, jaccard 0.000, lift none; in 0 transcripts, 0.000, none
        ");
    }

    #[test]
    fn no_segment_or_no_theme_is_no_trouble() {
        assert_eq!(cooccurrence(&[], &[], &[]), []);
        assert_eq!(cooccurrence(&themes(2), &[], &[label(0, 0)])[0].lift, None);
    }

    proptest! {
        #[test]
        fn measures_are_bounded_and_symmetric(pairs in prop::collection::vec((0_usize..9, 0_usize..4), 0..30)) {
            let (_, segments) = study(&[("", 4), ("", 5)]);
            let labels: Vec<Label> = pairs.iter().map(|&(segment, theme)| label(segment, theme)).collect();
            let rows = cooccurrence(&themes(4), &segments, &labels);
            prop_assert_eq!(rows.len(), 6);
            for row in &rows {
                prop_assert!(row.theme_a < row.theme_b);
                prop_assert!((0.0..=1.0).contains(&row.jaccard));
                prop_assert!(row.lift.is_none_or(|lift| (0.0..=9.0).contains(&lift)));
                // Any segment with both is in a transcript with both.
                prop_assert!(row.segments == 0 || row.transcripts > 0);
                for (lift, interval) in
                    [(row.lift, row.lift_interval), (row.lift_transcripts, row.lift_transcripts_interval)]
                {
                    let (Some(lift), Some(Interval { low, high })) = (lift, interval) else { continue };
                    prop_assert!(0.0 <= low && low <= lift + 1e-9 && lift <= high + 1e-9 && high - low > 1e-6);
                }
            }
            // Renumbering the themes in reverse order swaps each pair and changes nothing else.
            let turned: Vec<Label> = labels.iter().map(|one| label(one.segment.get(), 3 - one.theme.get())).collect();
            for row in cooccurrence(&themes(4), &segments, &turned) {
                let same = rows.iter().find(|one| one.theme_a.get() == 3 - row.theme_b.get() && one.theme_b.get() == 3 - row.theme_a.get());
                let same = same.unwrap();
                prop_assert_eq!((row.segments, row.transcripts), (same.segments, same.transcripts));
                prop_assert_eq!((row.jaccard, row.lift), (same.jaccard, same.lift));
            }
        }
    }
}
