//! Where in an interview a theme occurs: early, late, or throughout.

use serde::Serialize;

use interview_stats::{Count, Interval, pooled_proportion};
use rayon::prelude::*;
use transcripts::Transcript;

use super::counts::themes_of_segments;
use crate::results::{Label, Segment, ThemeIndex};

/// Parts that an interview is cut into.
const TENTHS: usize = 10;

/// A theme in one tenth of the interviews.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Position {
    /// Index of the theme in the run's list of themes.
    pub theme: ThemeIndex,
    /// The tenth of the interview, 1 to 10.
    pub tenth: u32,
    /// Segments of this tenth that carry the theme.
    pub segments: u32,
    /// Transcripts with at least one such segment.
    pub transcripts: u32,
    /// `segments` over all coded segments of this tenth, 0 to 1; 0 when there are none.
    pub share: f64,
    /// Its 95 % interval, with interviews as the unit; made as that of [`super::Prevalence::interval_segments`].
    pub interval: Interval,
}

/// Every theme in every tenth of the interviews, all transcripts together, by theme and then tenth.
///
/// A segment is in the tenth that contains its middle character, of all characters of the transcript's reading text. That text
/// includes the interviewer's words and short turns, so the first tenth is the first tenth of the talk. Segments that point beyond
/// the list of transcripts are left out.
pub fn positions(
    transcripts: &[Transcript],
    segments: &[Segment],
    themes: usize,
    labels: &[Label],
) -> Vec<Position> {
    let carried = themes_of_segments(segments.len(), themes, labels);
    let lengths: Vec<usize> = transcripts
        .iter()
        .map(|transcript| transcript.turns.last().map_or(0, |turn| turn.span.end))
        .collect();
    // By tenth, the interviews that have a segment there with the number of segments, in order; the same by theme.
    let mut of: Vec<Vec<(usize, u32)>> = vec![Vec::new(); TENTHS];
    let mut with: Vec<Vec<Vec<(usize, u32)>>> = vec![vec![Vec::new(); TENTHS]; themes];
    for (segment, carried) in segments.iter().zip(&carried) {
        let interview = segment.passage.transcript.get();
        let Some(&length) = lengths.get(interview) else { continue };
        let tenth = tenth_of(segment.passage.span.start, segment.passage.span.end, length);
        add(&mut of, tenth, interview);
        for &theme in carried {
            if let Some(with) = with.get_mut(theme) {
                add(with, tenth, interview);
            }
        }
    }
    let rows = with.par_iter().enumerate().flat_map_iter(|(theme, with)| {
        of.iter().zip(with).zip(1..).map(move |((of, with), tenth)| row(theme, tenth, of, with))
    });
    rows.collect()
}

/// The tenth, from 0, that contains the middle of a span.
fn tenth_of(start: usize, end: usize, length: usize) -> usize {
    // Twice the middle, to stay in whole numbers.
    let middle = start.saturating_add(end);
    (middle.saturating_mul(TENTHS) / length.saturating_mul(2).max(1)).min(TENTHS - 1)
}

fn add(tenths: &mut [Vec<(usize, u32)>], tenth: usize, interview: usize) {
    let Some(counts) = tenths.get_mut(tenth) else { return };
    match counts.last_mut() {
        Some((last, count)) if *last == interview => *count += 1,
        _ => counts.push((interview, 1)),
    }
}

fn row(theme: usize, tenth: u32, of: &[(usize, u32)], with: &[(usize, u32)]) -> Position {
    let mut carriers = with.iter().copied().peekable();
    let counts: Vec<Count> = of
        .iter()
        .map(|&(interview, trials)| {
            let successes = carriers.next_if(|&(at, _)| at == interview).map_or(0, |(_, count)| count);
            Count { successes, trials }
        })
        .collect();
    let estimate = pooled_proportion(&counts);
    Position {
        theme: theme.into(),
        tenth,
        segments: with.iter().map(|(_, count)| count).sum(),
        transcripts: with.len() as u32,
        share: estimate.value,
        interval: estimate.interval,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use transcripts::{CharSpan, Role, Turn};

    use super::super::prevalence::tests::{label, study};
    use super::*;

    /// Transcripts of 100 characters, with segments of ten each.
    fn interviews(number: usize) -> (Vec<Transcript>, Vec<Segment>) {
        let (mut transcripts, mut segments) = study(&vec![("", 10); number]);
        for transcript in &mut transcripts {
            let turn = |index| Turn {
                index,
                speaker: "".into(),
                role: Role::Participant,
                start_ms: None,
                end_ms: None,
                span: CharSpan { start: 0, end: 100 },
                text: "".into(),
            };
            transcript.turns = vec![turn(1)];
        }
        for segment in &mut segments {
            let start = segment.index as usize * 10;
            segment.passage.span = CharSpan { start, end: start + 10 };
        }
        (transcripts, segments)
    }

    #[test]
    fn the_middle_character_says_the_tenth() {
        assert_eq!(
            [(0, 10, 100), (0, 20, 100), (85, 100, 100), (90, 120, 100), (0, 0, 0)]
                .map(|(start, end, length)| tenth_of(start, end, length)),
            [0, 1, 9, 9, 0]
        );
    }

    #[test]
    fn a_theme_of_the_beginning_is_there() {
        let (transcripts, segments) = interviews(3);
        let labels =
            [label(0, 0), label(10, 0), label(10, 0), label(12, 0), label(29, 0), label(99, 0), label(0, 9)];
        let rows = positions(&transcripts, &segments, 1, &labels);
        let shown: Vec<String> = rows
            .iter()
            .map(|row| {
                let Interval { low, high } = row.interval;
                format!(
                    "{}: {} in {}, {:.3} ({low:.3}, {high:.3})",
                    row.tenth, row.segments, row.transcripts, row.share
                )
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        1: 2 in 2, 0.667 (0.094, 0.992)
        2: 0 in 0, 0.000 (0.000, 0.708)
        3: 1 in 1, 0.333 (0.008, 0.906)
        4: 0 in 0, 0.000 (0.000, 0.708)
        5: 0 in 0, 0.000 (0.000, 0.708)
        6: 0 in 0, 0.000 (0.000, 0.708)
        7: 0 in 0, 0.000 (0.000, 0.708)
        8: 0 in 0, 0.000 (0.000, 0.708)
        9: 0 in 0, 0.000 (0.000, 0.708)
        10: 1 in 1, 0.333 (0.008, 0.906)
        ");
        assert_eq!(positions(&[], &segments, 1, &labels).len(), 10);
    }

    proptest! {
        #[test]
        fn tenths_add_up_to_the_theme(pairs in prop::collection::vec((0_usize..30, 0_usize..2), 0..40)) {
            let (transcripts, segments) = interviews(3);
            let labels: Vec<Label> = pairs.iter().map(|&(segment, theme)| label(segment, theme)).collect();
            let rows = positions(&transcripts, &segments, 2, &labels);
            prop_assert_eq!(rows.len(), 20);
            for theme in 0..2 {
                let sum: u32 = rows.iter().filter(|row| row.theme.get() == theme).map(|row| row.segments).sum();
                let once: std::collections::BTreeSet<usize> =
                    pairs.iter().filter(|pair| pair.1 == theme).map(|pair| pair.0).collect();
                prop_assert_eq!(sum as usize, once.len());
            }
        }
    }
}
