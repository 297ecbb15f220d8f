//! Themes: scores and labels for the researcher's seed themes, emergent themes from what the seeds leave over,
//! and quotes for both.
//!
//! The way in is [`themes`]. What a segment is about is read from its vector, less its language's mean (`language`), with
//! those around it (`context`), and from its words (`lexicon`); `score` holds that against the seeds (`seed`) in units of what
//! other talk scores (`null`), `threshold` says what counts as a label (`label`), `emergent` finds what the seeds do not explain,
//! `keywords` names it, `quote` picks what a reader should see (`stance` finds who says otherwise), `describe` drafts a
//! definition, and `examine` says what the corpus makes of each seed.

mod context;
mod describe;
mod emergent;
mod examine;
mod keywords;
mod label;
mod language;
mod lexicon;
mod null;
mod quote;
mod rows;
mod score;
mod seed;
mod stance;
mod threshold;

pub use describe::excerpt;
pub use examine::examined_seeds;
pub use rows::{
    ClusterSummary, Finding, Label, Quote, QuoteKind, SeedFinding, Theme, ThemeCounts, ThemeKind,
};
pub use seed::SeedTexts;
pub use stance::stance_sentences;

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use ndarray::{Array2, ArrayView2, Axis, concatenate};

use self::emergent::{
    Emergent, Level, cluster_summaries, emergent_scores, emergent_themes, emergent_threshold,
};
use self::keywords::{keywords_of, names_of};
use self::label::labels;
use self::lexicon::{Lexicon, stop_words};
use self::quote::quotes;
use self::seed::ThemeVectors;
use self::threshold::Threshold;
use crate::cluster::{Clustering, Stability};
use crate::corpus::{Passage, Problem, Segment, Severity};
use crate::segment::coded_places;
use crate::study::Codebook;

/// What the corpus itself says of each segment, before any theme is looked for.
pub struct Evidence {
    /// Coded segments × dimension, unit length: each segment with the talk around it.
    context: Array2<f32>,
    /// The same less the mean of the corpus, unit length: what sets a segment apart. This is what is clustered.
    pub centred: Array2<f32>,
    /// None for a corpus of several languages: the codebook's words would be found in its own language alone, and a theme more
    /// often there.
    lexicon: Option<Lexicon>,
    /// The coded segments of each language, so that each has its part in what a theme comes to mean; all of them for one language.
    by_language: Vec<Vec<usize>>,
    /// For each coded segment; see `stance`.
    stances: Vec<f32>,
}

impl Evidence {
    /// Gathers it from all passages; `vectors` has a unit row for each, in the same order, and `languages` the language of
    /// each transcript, empty where it is not known; `stance_sentences` are the vectors of [`stance_sentences()`].
    pub fn gather(
        passages: &[Passage],
        vectors: ArrayView2<'_, f32>,
        languages: &[String],
        stance_sentences: ArrayView2<'_, f32>,
    ) -> Self {
        let without = language::without_language(passages, vectors, languages);
        let rows = without.as_ref().map_or_else(|| vectors.reborrow(), |without| without.vectors.view());
        let coded = coded_places(passages);
        let mut by_language: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (segment, &place) in coded.iter().enumerate() {
            let language = without.as_ref().map_or(0, |without| without.language_of[place]);
            by_language.entry(language).or_default().push(segment);
        }
        let around = |around| context::context_vectors(passages, rows.reborrow(), around);
        Self {
            context: around(&context::FOR_SEEDS),
            centred: context::centred(&around(&context::FOR_CLUSTERS)),
            lexicon: without.is_none().then(|| Lexicon::of(passages)),
            stances: stance::stances(rows.select(Axis(0), &coded).view(), stance_sentences),
            by_language: by_language.into_values().collect(),
        }
    }
}

/// The seed themes, ready to be looked for.
pub struct Seeds<'a> {
    codebook: &'a Codebook,
    vectors: ThemeVectors,
}

/// Seed themes from the codebook and the vectors of its texts (a unit row each).
pub fn seeds<'a>(codebook: &'a Codebook, texts: &SeedTexts, vectors: ArrayView2<'_, f32>) -> Seeds<'a> {
    Seeds { codebook, vectors: texts.theme_vectors(vectors) }
}

/// The clusters of [`Evidence::centred`].
#[derive(Clone, Copy)]
pub struct Clusters<'a> {
    /// Which segment is in which.
    pub clustering: &'a Clustering,
    /// Which clusters come up again when other people are asked.
    pub stability: &'a Stability,
}

/// What labelling ends in. Rows refer to each other by place.
pub struct Themed {
    /// Seeds in the order of the codebook, then emergent themes: the broad one with most segments, the fine ones below it, and
    /// so on.
    pub themes: Vec<Theme>,
    /// Segments × themes: spreads above what the theme scores on other talk.
    pub scores: Array2<f32>,
    /// By segment and then rank.
    pub labels: Vec<Label>,
    /// All clusters, by number.
    pub clusters: Vec<ClusterSummary>,
    /// By theme, kind and rank.
    pub quotes: Vec<Quote>,
    /// Seed themes that the corpus says nothing about.
    pub problems: Vec<Problem>,
}

/// Scores and labels segments with the seeds, and looks for themes that the seeds do not name.
///
/// `passages` and `segments` are those that `evidence` was gathered from. With `emergent` false only the seeds become themes.
pub fn themes(
    passages: &[Passage],
    segments: &[Segment],
    transcripts: usize,
    evidence: &Evidence,
    seeds: &Seeds<'_>,
    found_clusters: Clusters<'_>,
    emergent: bool,
) -> Themed {
    let languages = segments.iter().map(|segment| segment.language.as_str()).collect();
    let stops = stop_words(&languages);

    let by_words = score::word_scores(passages, evidence.lexicon.as_ref(), seeds.codebook);
    let context = evidence.context.view();
    let seed_scores = score::seed_scores(passages, context, &seeds.vectors, &by_words, &evidence.by_language);
    let mut thresholds = vec![Threshold::among(seeds.codebook.seeds.len()); seeds.codebook.seeds.len()];

    let found = if emergent {
        let seed_labels = labels(seed_scores.view(), &thresholds);
        emergent_themes(segments, evidence.centred.view(), found_clusters, &seed_labels)
    } else {
        Vec::new()
    };
    thresholds.extend(found.iter().map(|_| emergent_threshold(found_clusters.clustering.clusters())));
    let scores = side_by_side(&seed_scores, &emergent_scores(&found, segments.len()));
    let labels = labels(scores.view(), &thresholds);

    let mut themes = counted(seeds.codebook, &found, segments, transcripts, &labels, &stops);
    let quotes = quotes(themes.len(), &labels, segments, &evidence.stances);
    describe::define_emergent(&mut themes, &quotes, segments);
    let clusters =
        cluster_summaries(segments, context, found_clusters, seeds.vectors.themes.view(), &found, &stops);
    Themed { quotes, problems: silent_seeds(&themes), themes, scores, labels, clusters }
}

fn side_by_side(left: &Array2<f32>, right: &Array2<f32>) -> Array2<f32> {
    // Both have a row for every segment, so joining them cannot fail.
    concatenate(Axis(1), &[left.view(), right.view()]).unwrap_or_else(|_| left.clone())
}

/// The themes with their names, counts and words: the seeds, then the emergent ones. No two have the same name.
fn counted(
    codebook: &Codebook,
    emergent: &[Emergent],
    segments: &[Segment],
    transcripts: usize,
    labels: &[Label],
    stops: &BTreeSet<String>,
) -> Vec<Theme> {
    let seeds = codebook.seeds.len();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); seeds + emergent.len()];
    for label in labels {
        members[label.theme].push(label.segment);
    }
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    // The first of some names that is still free, or the last one with a number.
    let mut distinct = |names: &mut dyn Iterator<Item = String>| {
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
    };
    let mut themes: Vec<Theme> = Vec::with_capacity(members.len());
    for (place, keywords) in
        keywords_by_level(segments, &members, seeds, emergent, stops).into_iter().enumerate()
    {
        let counts = counts(&members[place], segments, transcripts);
        let theme = if let Some(seed) = codebook.seeds.get(place) {
            Theme {
                name: distinct(&mut iter::once(seed.name.clone())),
                kind: ThemeKind::Seed,
                definition: seed.definition.clone(),
                keywords,
                parent: seed.parent.clone(),
                stability: None,
                counts,
            }
        } else {
            let name = distinct(&mut names_of(&keywords));
            let Emergent { stability, level, .. } = emergent[place - seeds];
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

/// Keywords of every theme. Broad themes are told from each other and not from the fine ones below them, whose words they share.
fn keywords_by_level(
    segments: &[Segment],
    members: &[Vec<usize>],
    seeds: usize,
    emergent: &[Emergent],
    stops: &BTreeSet<String>,
) -> Vec<Vec<String>> {
    let is_broad = |place: usize| place >= seeds && emergent[place - seeds].level == Level::Broad;
    let mut keywords = vec![Vec::new(); members.len()];
    for broad in [false, true] {
        let level: Vec<usize> = (0..members.len()).filter(|&place| is_broad(place) == broad).collect();
        let groups: Vec<Vec<usize>> = level.iter().map(|&place| members[place].clone()).collect();
        for (place, words) in level.into_iter().zip(keywords_of(segments, &groups, stops)) {
            keywords[place] = words;
        }
    }
    keywords
}

fn counts(members: &[usize], segments: &[Segment], transcripts: usize) -> ThemeCounts {
    let voices: BTreeSet<usize> = members.iter().map(|&place| segments[place].passage.transcript).collect();
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    ThemeCounts {
        segments: members.len() as u32,
        transcripts: voices.len() as u32,
        share_segments: share(members.len(), segments.len()),
        share_transcripts: share(voices.len(), transcripts),
    }
}

fn silent_seeds(themes: &[Theme]) -> Vec<Problem> {
    let silent = themes.iter().filter(|theme| theme.kind == ThemeKind::Seed && theme.counts.segments == 0);
    silent
        .map(|theme| {
            let message = format!("no segment was found for the theme `{}`", theme.name);
            Problem::new(Severity::Note, "codebook", message)
                .with_hint("if people do talk about it, give it examples in their words")
        })
        .collect()
}
