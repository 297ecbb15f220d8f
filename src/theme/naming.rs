//! Names, keywords and counts of the themes of a run.

use std::collections::BTreeMap;
use std::iter;

use super::distinct_transcripts::distinct_transcripts;
use super::emergent::{Emergent, Level};
use super::keywords::{Wording, names_of};
use super::label::by_theme;
use crate::results::{Codebook, Label, Segment, Theme, ThemeCounts, ThemeKind};

/// The themes with their names, counts and words: the seeds, then the emergent ones. No two have the same name.
pub(super) fn named_themes(
    codebook: &Codebook,
    emergent: &[Emergent],
    segments: &[Segment],
    transcripts: usize,
    labels: &[Label],
    wording: &Wording<'_>,
) -> Vec<Theme> {
    let seeds = codebook.seeds.len();
    let members = by_theme(seeds + emergent.len(), labels);
    let mut taken = BTreeMap::new();
    let mut themes: Vec<Theme> = Vec::with_capacity(members.len());
    for (index, keywords) in
        keywords_by_level(&surest(&members), seeds, emergent, wording).into_iter().enumerate()
    {
        let counts = counts(&members[index], segments, transcripts);
        let theme = if let Some(seed) = codebook.seeds.get(index) {
            Theme {
                name: still_free(iter::once(seed.name.clone()), &mut taken),
                kind: ThemeKind::Seed,
                definition: seed.definition.clone(),
                keywords,
                parent: seed.parent.clone(),
                stability: None,
                counts,
            }
        } else {
            let name = still_free(names_of(&keywords), &mut taken);
            let Emergent { stability, level, .. } = emergent[index - seeds];
            let above = match level {
                Level::Fine { under: Some(above) } => themes.get(seeds + above),
                Level::Broad | Level::Fine { under: None } => None,
            };
            Theme {
                name,
                kind: ThemeKind::Emergent,
                definition: String::new(),
                parent: above.map(|theme| theme.name.clone()).unwrap_or_default(),
                keywords,
                stability,
                counts,
            }
        };
        themes.push(theme);
    }
    themes
}

/// Indices of the half of each theme's segments with the highest scores: borderline segments would blur its words.
fn surest(members: &[Vec<&Label>]) -> Vec<Vec<usize>> {
    let half = |labels: &Vec<&Label>| {
        let mut labels = labels.clone();
        labels.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.segment.cmp(&b.segment)));
        labels.truncate(labels.len().div_ceil(2));
        labels.into_iter().map(|label| label.segment.get()).collect()
    };
    members.iter().map(half).collect()
}

/// The first of some names that is not taken, or the last one with a number.
fn still_free(names: impl Iterator<Item = String>, taken: &mut BTreeMap<String, u32>) -> String {
    let mut name = String::new();
    for next in names {
        name = next;
        if !taken.contains_key(&name.to_lowercase()) {
            break;
        }
    }
    let seen = taken.entry(name.to_lowercase()).or_default();
    *seen += 1;
    if *seen == 1 { name } else { format!("{name} ({seen})") }
}

/// Keywords of every theme. Broad themes are compared with each other, not with the fine ones below them, whose words they share.
fn keywords_by_level(
    members: &[Vec<usize>],
    seeds: usize,
    emergent: &[Emergent],
    wording: &Wording<'_>,
) -> Vec<Vec<String>> {
    let is_broad = |index: usize| index >= seeds && emergent[index - seeds].level == Level::Broad;
    let mut keywords = vec![Vec::new(); members.len()];
    for broad in [false, true] {
        let level: Vec<usize> = (0..members.len()).filter(|&index| is_broad(index) == broad).collect();
        let groups: Vec<Vec<usize>> = level.iter().map(|&index| members[index].clone()).collect();
        for (index, words) in level.into_iter().zip(wording.keywords(&groups)) {
            keywords[index] = words;
        }
    }
    keywords
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
    fn a_name_that_is_taken_gives_way_to_the_next() {
        let mut taken = BTreeMap::new();
        let mut free = |names: &[&str]| still_free(names.iter().map(|&name| name.to_owned()), &mut taken);
        assert_eq!(free(&["Bus", "fare"]), "Bus");
        assert_eq!(free(&["bus", "fare"]), "fare");
        assert_eq!(free(&["bus", "fare"]), "fare (2)");
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
