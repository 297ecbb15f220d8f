//! Examines seed themes: whether the corpus supports each, whether one falls into two, and whether two overlap.
//!
//! Every finding is a row that a researcher can act on. The program never changes a codebook by itself.

pub(super) mod overlap;
pub(super) mod split;
#[cfg(test)]
mod tests;

use ndarray::Array1;

use self::overlap::overlap;
use self::split::split;
use super::ThemeResults;
use super::best::best;
use super::distinct_transcripts::distinct_transcripts;
use super::function_words::function_words;
use super::keywords::Wording;
use super::label::by_theme;

use crate::results::{Finding, Label, SeedFinding, Segment, ThemeKind};
use crate::storage::Rows;

/// Expected number of right labels that is support, and minimum number of interviews.
pub(super) const SUPPORT: f64 = 3.0;
pub(super) const MIN_TRANSCRIPTS: usize = 2;

/// The findings about each seed theme, in the order of the codebook: whether the corpus supports it, whether it falls into two, and
/// which later themes of the codebook it overlaps with.
///
/// `vectors` are [`super::Evidence::centred`].
pub fn examined_seeds(
    theme_results: &ThemeResults,
    segments: &[Segment],
    vectors: &Rows,
    seed: u64,
) -> Vec<SeedFinding> {
    let languages = segments.iter().map(|segment| segment.language.as_str()).collect();
    let stops = function_words(&languages);
    let wording = Wording { segments, stops: &stops, counts: &theme_results.words };
    let seeds = theme_results.themes.iter().filter(|theme| theme.kind == ThemeKind::Seed).count();
    let members: Vec<Members> = by_theme(theme_results.themes.len(), &theme_results.labels)
        .into_iter()
        .take(seeds)
        .map(Members::of)
        .collect();
    let interviews = distinct_transcripts(segments, 0..segments.len());
    let mut findings = Vec::new();
    for theme in 0..seeds {
        findings.push(supported(theme, &members[theme], segments, interviews));
        findings.extend(split(theme, &members[theme], segments, vectors, wording, seed));
        findings.extend(
            (theme + 1..seeds).filter_map(|other| overlap([theme, other], &members, segments, theme_results)),
        );
    }
    findings
}

/// The segments that carry a theme.
struct Members {
    /// Ascending.
    indices: Vec<usize>,
    confidences: Vec<f32>,
}

impl Members {
    fn of(labels: Vec<&Label>) -> Self {
        let (indices, confidences) =
            labels.into_iter().map(|label| (label.segment.get(), label.confidence)).unzip();
        Self { indices, confidences }
    }
}

/// Whether the theme is silent, thin or supported, with its two surest quotes.
fn supported(theme: usize, members: &Members, segments: &[Segment], interviews: usize) -> SeedFinding {
    let right: f64 = members.confidences.iter().map(|&confidence| f64::from(confidence)).sum();
    let heard = distinct_transcripts(segments, members.indices.iter().copied());
    let (finding, advice) = if members.indices.is_empty() {
        let advice = "Nobody seems to talk about it. If people do, give it examples in their words; otherwise zero is the finding.";
        (Finding::Silent, advice)
    } else if right < SUPPORT || heard < MIN_TRANSCRIPTS.min(interviews) {
        let advice = "Very little talk, or one person's. Read all of its quotes before you count it.";
        (Finding::Thin, advice)
    } else {
        (Finding::Supported, "")
    };
    let surest = best(Array1::from_vec(members.confidences.clone()).view(), 2);
    let quote = |rank: usize| surest.get(rank).map(|&one| members.indices[one].into());
    SeedFinding {
        theme: theme.into(),
        finding,
        other: None,
        segments: members.indices.len() as u32,
        transcripts: heard as u32,
        share: if members.indices.is_empty() { 0.0 } else { right / members.indices.len() as f64 },
        keywords: [Vec::new(), Vec::new()],
        quotes: [quote(0), quote(1)],
        advice: advice.to_owned(),
    }
}
