//! Seed themes examined: does the corpus support each, does one name hold two things, do two names hold one thing?
//!
//! Every answer is a row that a researcher can act on in the codebook. The program never changes a codebook by itself.

use std::collections::BTreeSet;

use ndarray::{Array1, ArrayView2, Axis};

use super::Themed;
use super::context::centred;
use super::keywords::keywords_of;
use super::lexicon::stop_words;
use super::quote::READABLE;
use super::rows::{Finding, SeedFinding, ThemeKind};
use super::score::best;
use crate::cluster::{ClusterCount, ClusterPlan, cluster, recurring};
use crate::corpus::{Segment, Silent};

/// A theme is supported when so many of its labels can be expected to be right, from so many interviews.
const SUPPORT: f64 = 3.0;
const LEAST_TRANSCRIPTS: usize = 2;
/// With fewer segments a theme is not taken apart.
const LEAST_TO_SPLIT: usize = 20;
/// The smaller of two parts has at least this share of the segments.
const LEAST_PART: f64 = 0.2;
/// Both parts come up in at least this share of the halves of the interviews.
const STABLE: f32 = 0.8;
/// Two themes overlap where so much of the rarer one carries the other too.
const OVERLAP: f64 = 0.6;
/// And are one theme where the segments with both are so much of those with either.
const SAME: f64 = 0.5;

/// What the corpus says about each seed theme, in the order of the codebook: first whether it supports the theme, then whether the
/// theme falls into two, then which themes behind it in the codebook it overlaps with.
///
/// `vectors` are [`super::Evidence::centred`]. A theme falls into two when its segments, less what they share, make two clusters
/// that come up again in at least 80 % of random halves of the interviews (see [`recurring`]): two ends that stay the same whoever
/// is asked, and not any cut through a cloud.
pub fn examined_seeds(
    themed: &Themed,
    segments: &[Segment],
    vectors: ArrayView2<'_, f32>,
    seed: u64,
) -> Vec<SeedFinding> {
    let languages = segments.iter().map(|segment| segment.language.as_str()).collect();
    let stops = stop_words(&languages);
    let seeds = themed.themes.iter().filter(|theme| theme.kind == ThemeKind::Seed).count();
    let members: Vec<Members> = (0..seeds).map(|theme| Members::of(theme, themed)).collect();
    let interviews = voices(segments, &(0..segments.len()).collect::<Vec<usize>>());
    let mut findings = Vec::new();
    for theme in 0..seeds {
        findings.push(supported(theme, &members[theme], segments, interviews));
        findings.extend(split(theme, &members[theme], segments, vectors, &stops, seed));
        findings.extend(
            (theme + 1..seeds).filter_map(|other| overlap([theme, other], &members, segments, themed)),
        );
    }
    findings
}

/// The segments that carry a theme.
struct Members {
    /// Ascending.
    places: Vec<usize>,
    confidences: Vec<f32>,
}

impl Members {
    fn of(theme: usize, themed: &Themed) -> Self {
        let own = || themed.labels.iter().filter(|label| label.theme == theme);
        Self {
            places: own().map(|label| label.segment).collect(),
            confidences: own().map(|label| label.confidence).collect(),
        }
    }
}

/// Whether the theme is silent, thin or supported, with its two surest quotes.
fn supported(theme: usize, members: &Members, segments: &[Segment], interviews: usize) -> SeedFinding {
    let right: f64 = members.confidences.iter().map(|&confidence| f64::from(confidence)).sum();
    let heard = voices(segments, &members.places);
    let (finding, advice) = if members.places.is_empty() {
        let advice = "Nobody seems to talk about it. If people do, give it examples in their words; otherwise zero is the finding.";
        (Finding::Silent, advice)
    } else if right < SUPPORT || heard < LEAST_TRANSCRIPTS.min(interviews) {
        let advice = "Very little talk, or one person's. Read all of its quotes before you count it.";
        (Finding::Thin, advice)
    } else {
        (Finding::Supported, "")
    };
    let surest = best(Array1::from_vec(members.confidences.clone()).view(), 2);
    let quote = |rank: usize| surest.get(rank).map(|&one| members.places[one]);
    SeedFinding {
        theme,
        finding,
        other: None,
        segments: members.places.len() as u32,
        transcripts: heard as u32,
        share: if members.places.is_empty() { 0.0 } else { right / members.places.len() as f64 },
        keywords: [Vec::new(), Vec::new()],
        quotes: [quote(0), quote(1)],
        advice: advice.to_owned(),
    }
}

/// The theme's two parts, if it falls into two.
fn split(
    theme: usize,
    members: &Members,
    segments: &[Segment],
    vectors: ArrayView2<'_, f32>,
    stops: &BTreeSet<String>,
    seed: u64,
) -> Option<SeedFinding> {
    let places = &members.places;
    if places.len() < LEAST_TO_SPLIT {
        return None;
    }
    let own = centred(&vectors.select(Axis(0), places));
    let interviews: Vec<usize> = places.iter().map(|&place| segments[place].passage.transcript).collect();
    let plan = ClusterPlan { count: ClusterCount::Exactly(2), ..ClusterPlan::default() };
    // Rows and plan are such that no method fails on them; if one did, nothing would be known.
    let clustering = cluster(own.view(), &plan, seed, &Silent).ok()?;
    let again = recurring(own.view(), &interviews, &clustering, &plan, seed, &Silent).ok()?;
    let stable = again.stability.iter().all(|share| share.is_some_and(|share| share >= STABLE));
    if clustering.clusters() < 2 || !stable {
        return None;
    }
    let part = |cluster: u32| -> Vec<usize> {
        let rows = (0..places.len()).filter(|&row| clustering.cluster_of[row] == Some(cluster));
        rows.map(|row| places[row]).collect()
    };
    let parts = [part(0), part(1)];
    let small = parts[1].len() as f64 / places.len() as f64;
    if small < LEAST_PART || parts.iter().any(|part| voices(segments, part) < LEAST_TRANSCRIPTS) {
        return None;
    }
    let quote = |cluster: usize| {
        let readable = |row: &usize| segments[places[*row]].passage.words >= READABLE;
        let cosines = own.dot(&clustering.centres.row(cluster));
        let ranked = best(cosines.view(), places.len());
        ranked.iter().copied().find(readable).or(ranked.first().copied()).map(|row| places[row])
    };
    let words = keywords_of(segments, &parts, stops);
    let keywords = [0, 1].map(|part: usize| words.get(part).cloned().unwrap_or_default());
    let advice = "Its quotes fall into two groups that stay the same whoever is asked. Read one of each: if they are two things, \
                  write two themes.";
    Some(SeedFinding {
        theme,
        finding: Finding::Split,
        other: None,
        segments: places.len() as u32,
        transcripts: voices(segments, places) as u32,
        share: small,
        keywords,
        quotes: [quote(0), quote(1)],
        advice: advice.to_owned(),
    })
}

/// Two themes that mostly come together, if they do, with the quotes that carry both most surely.
fn overlap(
    pair: [usize; 2],
    members: &[Members],
    segments: &[Segment],
    themed: &Themed,
) -> Option<SeedFinding> {
    let [first, second] = pair.map(|theme| &members[theme].places);
    let both: Vec<usize> =
        first.iter().copied().filter(|place| second.binary_search(place).is_ok()).collect();
    let rarer = first.len().min(second.len());
    let either = first.len() + second.len() - both.len();
    let share = both.len() as f64 / rarer.max(1) as f64;
    if (both.len() as f64) < SUPPORT || share < OVERLAP {
        return None;
    }
    let [a, b] = pair.map(|theme| themed.themes[theme].name.as_str());
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
        .map(|&place| {
            pair.map(|theme| themed.scores[[place, theme]]).into_iter().fold(f32::INFINITY, f32::min)
        })
        .collect();
    let surest = best(surely.view(), 2);
    Some(SeedFinding {
        theme: pair[0],
        finding: Finding::Overlap,
        other: Some(pair[1]),
        segments: both.len() as u32,
        transcripts: voices(segments, &both) as u32,
        share,
        keywords: [Vec::new(), Vec::new()],
        quotes: [0, 1].map(|rank: usize| surest.get(rank).map(|&one| both[one])),
        advice,
    })
}

/// Interviews that some segments come from.
fn voices(segments: &[Segment], places: &[usize]) -> usize {
    places.iter().map(|&place| segments[place].passage.transcript).collect::<BTreeSet<usize>>().len()
}
