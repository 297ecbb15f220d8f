//! Counts by interview of a run's labels, from which the comparisons of groups start.

use interview_stats::{CountTable, Measure};

use crate::results::{Label, Segment};

/// The word for a measure in the tables.
pub fn measure_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Segments => "share_segments",
        Measure::Interviews => "share_transcripts",
    }
}

/// Counts the labels of a run with so many transcripts and themes. A theme counts once a segment; labels and segments that
/// point beyond the lists are left out.
pub fn count_labels<'a>(
    transcripts: usize,
    segments: &[Segment],
    themes: usize,
    labels: impl IntoIterator<Item = &'a Label>,
) -> CountTable {
    let carried = themes_of_segments(segments.len(), themes, labels);
    let mut trials = vec![0; transcripts];
    let mut successes = vec![vec![0; transcripts]; themes];
    for (segment, carried) in segments.iter().zip(&carried) {
        let transcript = segment.passage.transcript;
        let Some(count) = transcript.of_mut(&mut trials) else { continue };
        *count += 1;
        for &theme in carried {
            if let Some(count) = successes.get_mut(theme).and_then(|counts| transcript.of_mut(counts)) {
                *count += 1;
            }
        }
    }
    CountTable::new(trials, successes)
}

/// Counts the likely labels alone; see [`crate::results::Tier`].
pub fn count_likely_labels(
    transcripts: usize,
    segments: &[Segment],
    themes: usize,
    labels: &[Label],
) -> CountTable {
    count_labels(transcripts, segments, themes, labels.iter().filter(|label| label.is_likely()))
}

/// The themes of each segment, sorted, none twice.
pub(super) fn themes_of_segments<'a>(
    segments: usize,
    themes: usize,
    labels: impl IntoIterator<Item = &'a Label>,
) -> Vec<Vec<usize>> {
    let mut carried = vec![Vec::new(); segments];
    for label in labels.into_iter().filter(|label| label.theme.get() < themes) {
        if let Some(carried) = label.segment.of_mut(&mut carried) {
            carried.push(label.theme.get());
        }
    }
    for themes in &mut carried {
        themes.sort_unstable();
        themes.dedup();
    }
    carried
}

/// The themes of each transcript, sorted, none twice; `carried` has those of each segment.
pub(super) fn themes_of_transcripts(
    transcripts: usize,
    segments: &[Segment],
    carried: &[Vec<usize>],
) -> Vec<Vec<usize>> {
    let mut present = vec![Vec::new(); transcripts];
    for (segment, themes) in segments.iter().zip(carried) {
        if let Some(present) = segment.passage.transcript.of_mut(&mut present) {
            present.extend_from_slice(themes);
        }
    }
    for themes in &mut present {
        themes.sort_unstable();
        themes.dedup();
    }
    present
}
