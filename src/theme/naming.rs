//! Names, keywords and counts of the themes of a run.

use std::collections::{BTreeMap, HashSet};

use sentence_encoder::EmbedError;

use super::distinct_transcripts::distinct_transcripts;
use super::emergent::{EmergentSearch, Found};
use super::inflection::Inflection;
use super::keywords::Wording;
use super::label::by_theme;
use super::phrases::{self, Talk, Unnamed, name_of};
use crate::results::{Codebook, Label, Passage, Segment, Theme, ThemeCounts, ThemeKind, TranscriptIndex};

/// The phrases of each emergent theme, best first; see `phrases`. `asked` is what interviewers say.
///
/// # Errors
/// When the encoder fails.
pub(super) fn emergent_phrases(
    found: &Found,
    seeds: usize,
    labels: &[Label],
    segments: &[Segment],
    asked: Vec<&Passage>,
    stops: &HashSet<String>,
    search: &EmergentSearch<'_>,
) -> Result<Vec<Vec<String>>, EmbedError> {
    let members = by_score(&by_theme(seeds + found.themes.len(), labels));
    let unnamed: Vec<Unnamed<'_>> = found
        .themes
        .iter()
        .zip(&members[seeds..])
        .map(|(theme, segments)| Unnamed { segments, centre: found.centre(theme).to_owned() })
        .collect();
    let inflections: BTreeMap<TranscriptIndex, Inflection> = segments
        .iter()
        .map(|segment| (segment.passage.transcript, Inflection::of(&segment.language)))
        .collect();
    let inflection = |passage: &Passage| *inflections.get(&passage.transcript).unwrap_or(&Inflection::NONE);
    let asked = asked.into_iter().map(|passage| (passage.text.as_str(), inflection(passage))).collect();
    phrases::phrases(&unnamed, &Talk { segments, asked, stops }, search.encoder)
}

/// The themes with their names, counts and words: the seeds, then the emergent ones, each named by its `phrases`. No two have the
/// same name.
pub(super) fn named_themes(
    codebook: &Codebook,
    found: &Found,
    phrases: &[Vec<String>],
    segments: &[Segment],
    transcripts: usize,
    labels: &[Label],
    wording: Wording<'_>,
) -> Vec<Theme> {
    let seeds = codebook.seeds.len();
    let members = by_theme(seeds + found.themes.len(), labels);
    let mut taken = BTreeMap::new();
    let mut themes: Vec<Theme> = Vec::with_capacity(members.len());
    let words_of_seeds = wording.keywords(&surest(&members[..seeds]));
    for ((seed, keywords), members) in codebook.seeds.iter().zip(words_of_seeds).zip(&members) {
        themes.push(Theme {
            name: still_free(&seed.name, &mut taken),
            kind: ThemeKind::Seed,
            definition: seed.definition.clone(),
            keywords,
            parent: seed.parent.clone(),
            stability: None,
            counts: counts(members, segments, transcripts),
        });
    }
    for ((theme, phrases), members) in found.themes.iter().zip(phrases).zip(&members[seeds..]) {
        themes.push(Theme {
            name: still_free(&name_of(phrases), &mut taken),
            kind: ThemeKind::Emergent,
            definition: String::new(),
            keywords: phrases.clone(),
            parent: String::new(),
            stability: theme.stability,
            counts: counts(members, segments, transcripts),
        });
    }
    themes
}

/// Indices of the segments of each theme, the highest score first.
fn by_score(members: &[Vec<&Label>]) -> Vec<Vec<usize>> {
    let sorted = |labels: &Vec<&Label>| {
        let mut labels = labels.clone();
        labels.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.segment.cmp(&b.segment)));
        labels.into_iter().map(|label| label.segment.get()).collect()
    };
    members.iter().map(sorted).collect()
}

/// Indices of the half of each theme's segments with the highest scores: borderline segments would blur its words.
fn surest(members: &[Vec<&Label>]) -> Vec<Vec<usize>> {
    let mut sorted = by_score(members);
    for segments in &mut sorted {
        segments.truncate(segments.len().div_ceil(2));
    }
    sorted
}

/// The name, with a number where another theme has it already.
fn still_free(name: &str, taken: &mut BTreeMap<String, u32>) -> String {
    let seen = taken.entry(name.to_lowercase()).or_default();
    *seen += 1;
    if *seen == 1 { name.to_owned() } else { still_free(&format!("{name} ({seen})"), taken) }
}

fn counts(members: &[&Label], segments: &[Segment], transcripts: usize) -> ThemeCounts {
    let heard_in = distinct_transcripts(segments, members.iter().map(|label| label.segment.get()));
    let likely: Vec<usize> =
        members.iter().filter(|label| label.is_likely()).map(|label| label.segment.get()).collect();
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    ThemeCounts {
        segments: members.len() as u32,
        transcripts: heard_in as u32,
        share_segments: share(members.len(), segments.len()),
        share_transcripts: share(heard_in, transcripts),
        likely_segments: likely.len() as u32,
        likely_transcripts: distinct_transcripts(segments, likely.iter().copied()) as u32,
        share_likely: share(likely.len(), segments.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut taken = BTreeMap::new();
        let mut free = |name: &str| still_free(name, &mut taken);
        assert_eq!(
            ["Bus", "bus (2)", "bus", "fare"].map(&mut free),
            ["Bus", "bus (2)", "bus (2) (2)", "fare"]
        );
    }

    #[test]
    fn the_surest_half_speaks_for_a_theme() {
        let labels: Vec<Label> = [2.0, 5.0, 3.0]
            .into_iter()
            .enumerate()
            .map(|(segment, score)| Label {
                segment: segment.into(),
                theme: 0.into(),
                score,
                confidence: 0.5,
                rank: 1,
                coders: Vec::new(),
            })
            .collect();
        assert_eq!(surest(&by_theme(1, &labels)), [[1, 2]]);
    }
}
