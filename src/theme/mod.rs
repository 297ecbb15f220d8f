//! Themes: scores and labels for the researcher's seed themes, emergent themes from what the seeds leave over,
//! and quotes for both.
//!
//! The way in is [`themes`]. What a segment is about is read from its vector, less its language's mean (`language`), with
//! those around it (`context`), and
//! from its words (`lexicon`); `score` holds that against the seeds (`seed`), `threshold` finds what counts as a label
//! (`label`), `emergent` looks at the clusters that the seeds do not explain, `keywords` names them, `quote`
//! picks what a reader should see, and `describe` drafts a definition of it.

mod context;
mod describe;
mod emergent;
mod keywords;
mod label;
mod language;
mod lexicon;
mod quote;
mod rows;
mod score;
mod seed;
mod threshold;

pub use describe::excerpt;
pub use rows::{ClusterSummary, Label, Quote, QuoteKind, Theme, ThemeCounts, ThemeKind};
pub use seed::SeedTexts;

use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array2, ArrayView2, Axis, concatenate};

use self::emergent::{Emergent, cluster_summaries, emergent_scores, emergent_themes, keywords_of};
use self::label::{labels, seed_thresholds};
use self::lexicon::{Lexicon, stop_words};
use self::quote::quotes;
use self::threshold::in_spreads;
use crate::cluster::Clustering;
use crate::corpus::{Passage, Problem, Segment, Severity};
use crate::study::Codebook;

/// What the corpus itself says of each segment, before any theme is looked for.
pub struct Evidence {
    /// Coded segments × dimension, unit length: each segment with the talk around it.
    context: Array2<f32>,
    /// The same less the mean of the corpus, unit length: what sets a segment apart. This is what is clustered.
    pub centred: Array2<f32>,
    lexicon: Lexicon,
}

impl Evidence {
    /// Gathers it from all passages; `vectors` has a unit row for each, in the same order, and `languages` the language of
    /// each transcript, empty where it is not known.
    pub fn gather(passages: &[Passage], vectors: ArrayView2<'_, f32>, languages: &[String]) -> Self {
        let without = language::without_language(passages, vectors, languages);
        let rows = without.as_ref().map_or_else(|| vectors.reborrow(), Array2::view);
        let around = |around| context::context_vectors(passages, rows.reborrow(), around);
        Self {
            context: around(&context::FOR_SEEDS),
            centred: context::centred(&around(&context::FOR_CLUSTERS)),
            lexicon: Lexicon::of(passages),
        }
    }
}

/// The seed themes, ready to be looked for.
pub struct Seeds<'a> {
    codebook: &'a Codebook,
    vectors: Array2<f32>,
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
    /// For each cluster the share of halves of the interviews in which it comes up again, where it is known.
    pub stability: &'a [Option<f32>],
}

/// What labelling ends in. Rows refer to each other by place.
pub struct Themed {
    /// Seeds in the order of the codebook, then emergent themes, the one with most segments first.
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

    let by_words = score::word_scores(passages, &evidence.lexicon, seeds.codebook);
    let seed_scores = score::seed_scores(passages, evidence.context.view(), seeds.vectors.view(), &by_words);
    let mut thresholds = seed_thresholds(&seed_scores);

    let found = if emergent {
        let seed_labels = labels(&seed_scores, &thresholds);
        emergent_themes(segments, evidence.centred.view(), found_clusters.clustering, &seed_labels)
    } else {
        Vec::new()
    };
    thresholds.extend(found.iter().map(|theme| Some(theme.threshold)));
    let scores = side_by_side(&seed_scores, &emergent_scores(&found, segments.len()));
    let labels = labels(&scores, &thresholds);
    let scores = in_spreads(scores, thresholds.iter().map(|threshold| threshold.map(|found| found.null())));

    let mut clusters =
        cluster_summaries(segments, evidence.context.view(), found_clusters, seeds.vectors.view(), &stops);
    for theme in &found {
        clusters[theme.cluster].emergent = true;
    }
    let names = Names { codebook: seeds.codebook, emergent: &found, clusters: &clusters };
    let mut themes = counted(&names, segments, transcripts, &labels, &stops);
    let quotes = quotes(themes.len(), &labels, segments);
    describe::define_emergent(&mut themes, &quotes, segments);
    Themed { quotes, problems: silent_seeds(&themes), themes, scores, labels, clusters }
}

fn side_by_side(left: &Array2<f32>, right: &Array2<f32>) -> Array2<f32> {
    // Both have a row for every segment, so joining them cannot fail.
    concatenate(Axis(1), &[left.view(), right.view()]).unwrap_or_else(|_| left.clone())
}

/// Where the themes get their names: seeds from the codebook, emergent themes from their clusters.
struct Names<'a> {
    codebook: &'a Codebook,
    emergent: &'a [Emergent],
    clusters: &'a [ClusterSummary],
}

impl Names<'_> {
    /// How many themes there are.
    fn len(&self) -> usize {
        self.codebook.seeds.len() + self.emergent.len()
    }

    /// The theme at a place, with the keywords found for it, before anything is counted.
    fn theme(&self, place: usize, found: Vec<String>) -> Theme {
        let seed = self.codebook.seeds.get(place);
        let (name, kind, definition, keywords, stability) = if let Some(seed) = seed {
            (seed.name.clone(), ThemeKind::Seed, seed.definition.clone(), found, None)
        } else {
            let cluster = &self.clusters[self.emergent[place - self.codebook.seeds.len()].cluster];
            let (name, keywords) = (cluster.name.clone(), cluster.keywords.clone());
            (name, ThemeKind::Emergent, String::new(), keywords, cluster.stability)
        };
        Theme { name, kind, definition, keywords, stability, counts: ThemeCounts::default() }
    }
}

/// The themes with their counts and words; no two have the same name.
fn counted(
    names: &Names<'_>,
    segments: &[Segment],
    transcripts: usize,
    labels: &[Label],
    stops: &BTreeSet<String>,
) -> Vec<Theme> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    for label in labels {
        members[label.theme].push(label.segment);
    }
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let keywords = keywords_of(segments, &members, stops);
    members
        .iter()
        .zip(keywords)
        .enumerate()
        .map(|(place, (members, keywords))| {
            let theme = names.theme(place, keywords);
            let seen = taken.entry(theme.name.to_lowercase()).or_default();
            *seen += 1;
            let name = if *seen == 1 { theme.name } else { format!("{} ({seen})", theme.name) };
            Theme { name, counts: counts(members, segments, transcripts), ..theme }
        })
        .collect()
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
