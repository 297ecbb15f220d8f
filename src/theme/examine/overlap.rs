//! Finds pairs of seed themes that mostly occur together.

use ndarray::Array1;

use super::{Members, SUPPORT};
use crate::results::{Finding, SeedFinding, Segment};
use crate::theme::ThemeResults;
use crate::theme::best::best;
use crate::theme::distinct_transcripts::distinct_transcripts;

/// Two themes overlap where at least this share of the rarer one carries the other too.
pub(in crate::theme) const OVERLAP: f64 = 0.6;
/// They are one theme where the segments with both are at least this share of those with either.
pub(in crate::theme) const SAME: f64 = 0.5;

/// The finding about two themes that mostly occur together, with the quotes that carry both most confidently.
pub(super) fn overlap(
    pair: [usize; 2],
    members: &[Members],
    segments: &[Segment],
    theme_results: &ThemeResults,
) -> Option<SeedFinding> {
    let [first, second] = pair.map(|theme| &members[theme].indices);
    let both: Vec<usize> =
        first.iter().copied().filter(|index| second.binary_search(index).is_ok()).collect();
    let rarer = first.len().min(second.len());
    let either = first.len() + second.len() - both.len();
    let share = both.len() as f64 / rarer.max(1) as f64;
    if (both.len() as f64) < SUPPORT || share < OVERLAP {
        return None;
    }
    let [a, b] = pair.map(|theme| theme_results.themes[theme].name.as_str());
    let advice = if both.len() as f64 / either as f64 >= SAME {
        format!(
            "Most of what carries `{a}` or `{b}` carries both. Merge them, or say in `exclude` what keeps them apart."
        )
    } else {
        let (narrow, wide) = if first.len() < second.len() { (a, b) } else { (b, a) };
        format!(
            "Most of `{narrow}` also carries `{wide}`. It may be a part of it: give it `parent = \"{wide}\"`, or sharpen both."
        )
    };
    let surely: Array1<f32> = both
        .iter()
        .map(|&index| {
            pair.map(|theme| theme_results.scores[[index, theme]]).into_iter().fold(f32::INFINITY, f32::min)
        })
        .collect();
    let surest = best(surely.view(), 2);
    Some(SeedFinding {
        theme: pair[0].into(),
        finding: Finding::Overlap,
        other: Some(pair[1].into()),
        segments: both.len() as u32,
        transcripts: distinct_transcripts(segments, both.iter().copied()) as u32,
        share,
        keywords: [Vec::new(), Vec::new()],
        quotes: [0, 1].map(|rank: usize| surest.get(rank).map(|&one| both[one].into())),
        advice,
    })
}
