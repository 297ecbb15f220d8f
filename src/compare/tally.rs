//! Which themes each segment carries, each theme once, as both comparisons count them.

use crate::corpus::Segment;
use crate::theme::Label;

/// The themes of each segment, sorted, none twice.
pub(super) fn themes_of_segments(segments: usize, themes: usize, labels: &[Label]) -> Vec<Vec<usize>> {
    let mut carried = vec![Vec::new(); segments];
    for label in labels.iter().filter(|label| label.theme < themes) {
        if let Some(carried) = carried.get_mut(label.segment) {
            carried.push(label.theme);
        }
    }
    for themes in &mut carried {
        themes.sort_unstable();
        themes.dedup();
    }
    carried
}

/// The themes of each transcript, sorted, none twice; `carried` goes beside `segments`.
pub(super) fn themes_of_transcripts(
    transcripts: usize,
    segments: &[Segment],
    carried: &[Vec<usize>],
) -> Vec<Vec<usize>> {
    let mut present = vec![Vec::new(); transcripts];
    for (segment, themes) in segments.iter().zip(carried) {
        if let Some(present) = present.get_mut(segment.passage.transcript) {
            present.extend_from_slice(themes);
        }
    }
    for themes in &mut present {
        themes.sort_unstable();
        themes.dedup();
    }
    present
}

/// `part` over `whole`, and 0 of nothing.
pub(super) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
