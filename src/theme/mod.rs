//! Themes: scores and labels for the researcher's seed themes, emergent themes for the rest, and quotes for both.
//!
//! [`themes`] is the entry point. A segment is represented by its vector, less its language's mean (`language`), with those around
//! it (`context`), and by its words (`lexicon`); `score` compares that with the seeds (`seed`) in units of a null distribution
//! (`null_distribution`), `threshold` decides what is a label (`label`), `emergent` finds what the seeds do not explain, `phrases`
//! name it, `basis` tells whether labels have one, `quote` selects quotes (`stance` finds dissenting ones), `describe` drafts a definition, `interviewer_mentions` finds
//! what the interviewer mentions, and `examine` reports how the corpus supports each seed.

mod basis;
mod best;
mod context;
mod describe;
mod distinct_transcripts;
mod emergent;
mod examine;
mod function_words;
mod inflection;
mod interview_weights;
mod interviewer_mentions;
mod keywords;
mod label;
mod language;
mod learn;
mod lexicon;
mod naming;
mod null_distribution;
mod out_of_fold;
mod parameters;
mod persistence;
mod phrases;
mod quote;
mod score;
mod seed;
mod shared_words;
mod similar;
mod stance;
mod subjects;
mod threshold;

pub use basis::{basis_problems, language_bases};
pub use describe::excerpt;
pub use emergent::{EmergentError, EmergentSearch};
pub use examine::examined_seeds;
pub use interview_weights::themes_per_segment;
pub use keywords::WordCounts;
pub use out_of_fold::OutOfFoldScores;
pub use parameters::parameters;
pub use seed::SeedTexts;
pub use stance::stance_sentences;

use std::collections::BTreeMap;
use std::io;

use ndarray::{Array1, Array2, ArrayView2, s};
use transcripts::{Problem, Severity};

use self::context::{Around, InContext};
use self::emergent::{Found, cluster_summaries, emergent_themes};
use self::function_words::function_words;
use self::interview_weights::InterviewWeights;
use self::interviewer_mentions::UncontextualizedPassages;
use self::keywords::Wording;
use self::label::{labels, with_human_labels};
use self::learn::{Learned, ScoredSegments};
use self::lexicon::Lexicon;
use self::naming::{emergent_phrases, named_themes};
use self::quote::{UncontextualizedScores, quotes};
use self::score::{SeedScores, Talk};
use self::seed::ThemeVectors;
use self::similar::SimilarSegments;
use self::threshold::Threshold;
use crate::cluster::{Clustering, Stability};
use crate::results::{
    ClusterSummary, Codebook, Codings, InterviewerMention, Label, LearnedTheme, Passage, Quote, Segment,
    Theme, ThemeKind, codes,
};
use crate::segment::eligible_indices;
use crate::storage::{Rows, Scratch};

/// The confidence, 0 to 1, that a segment with this score carries a theme; a label has 0.2 or more. `themes` is the number of themes
/// in the codebook, `themes_per_segment` what [`themes_per_segment()`] says of the corpus.
pub fn confidence(score: f32, themes: usize, themes_per_segment: f64) -> f32 {
    Threshold::among(themes).with_themes_per_segment(themes_per_segment).confidence(score)
}

/// What is computed of each segment without the themes.
pub struct Evidence {
    /// Segments × dimension, unit length: each segment with the talk around it.
    context: Rows,
    /// Each segment by itself, and the mean of these.
    own: Rows,
    own_mean: Array1<f32>,
    /// Segments with the talk around them less the mean of the corpus, unit length. This is what is clustered.
    pub centred: Rows,
    /// So that every interview counts the same.
    interviews: InterviewWeights,
    similar: SimilarSegments,
    /// None for a corpus of several languages, where the codebook's words would be found in one of them only.
    lexicon: Option<Lexicon>,
    /// The segments of each language, so that each contributes to the theme vectors; all of them for one language.
    by_language: Vec<Vec<usize>>,
    /// For each segment; see `stance`.
    stances: Vec<f32>,
    /// Where to keep what is too large for memory.
    scratch: Scratch,
    /// Passages without context; see `interviewer_mentions`.
    uncontextualized: UncontextualizedPassages,
}

impl Evidence {
    /// Gathers it from all passages; `vectors` has a unit row for each, in the same order, and `languages` the language of
    /// each transcript, empty where it is not known; `stance_sentences` are the vectors of [`stance_sentences()`], `questions` the
    /// indices of the interviewer's passages. What is too large for memory is kept as `scratch` says.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn gather(
        passages: &[Passage],
        vectors: &Rows,
        languages: &[String],
        stance_sentences: ArrayView2<'_, f32>,
        questions: &[usize],
        scratch: &Scratch,
    ) -> io::Result<Self> {
        let without = language::without_language(passages, vectors, languages, scratch)?;
        let rows = without.as_ref().map_or(vectors, |without| &without.vectors);
        let eligible = eligible_indices(passages);
        let mut by_language: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (segment, &index) in eligible.iter().enumerate() {
            let language = without.as_ref().map_or(0, |without| without.language_of[index]);
            by_language.entry(language).or_default().push(segment);
        }
        let interviews = InterviewWeights::of(passages, &eligible);
        let own = scratch.select(rows, &eligible)?;
        let own_mean = interviews.mean(&own);
        let persistence = persistence::persistence(passages, &eligible, &own, own_mean.view());
        let weights = persistence::neighbour_weights(persistence);
        let for_seeds = Around {
            weights: &weights,
            question: context::QUESTION,
            speaks_for_itself: context::SPEAKS_FOR_ITSELF,
        };
        Ok(Self {
            context: InContext::of(passages, rows, &for_seeds).rows(scratch)?,
            centred: InContext::of(passages, rows, &context::FOR_CLUSTERS).centred_rows(scratch)?,
            similar: SimilarSegments::of(&own, own_mean.view(), scratch)?,
            scratch: scratch.clone(),
            uncontextualized: UncontextualizedPassages::of(passages, &eligible, questions, rows),
            interviews,
            own,
            own_mean,
            lexicon: has_main_language(&by_language, eligible.len())
                .then(|| Lexicon::of(passages, scratch))
                .transpose()?,
            stances: stance::stances(rows, &eligible, stance_sentences),
            by_language: by_language.into_values().collect(),
        })
    }

    fn talk<'a>(&'a self, passages: &'a [Passage]) -> Talk<'a> {
        Talk {
            passages,
            context: &self.context,
            interviews: &self.interviews,
            similar: &self.similar,
            by_language: &self.by_language,
            lexicon: self.lexicon.as_ref(),
        }
    }
}

/// Whether nearly all segments are of one language, so that words may be matched.
fn has_main_language(by_language: &BTreeMap<usize, Vec<usize>>, segments: usize) -> bool {
    let most = by_language.values().map(Vec::len).max().unwrap_or(0);
    most as f64 >= language::MAIN_SHARE * segments as f64
}

/// The seed themes with what every segment scores for them before anything is learned, and people's codes.
pub struct Seeds<'a> {
    codebook: &'a Codebook,
    vectors: ThemeVectors,
    scores: SeedScores,
    codings: &'a Codings,
}

/// Scores all segments of `passages`, which `evidence` was gathered from, for the codebook, by the vectors of its texts (a unit row each);
/// `codings` are people's, with the seeds in the order of the codebook.
pub fn seeds<'a>(
    passages: &[Passage],
    evidence: &Evidence,
    codebook: &'a Codebook,
    texts: &SeedTexts,
    vectors: &Array2<f32>,
    codings: &'a Codings,
) -> Seeds<'a> {
    let vectors = texts.theme_vectors(vectors.view());
    let scores = score::seed_scores(evidence.talk(passages), codebook, &vectors);
    Seeds { codebook, vectors, scores, codings }
}

/// The clusters of [`Evidence::centred`].
#[derive(Clone, Copy)]
pub struct Clusters<'a> {
    /// The cluster of each segment.
    pub clustering: &'a Clustering,
    /// Which clusters are found again in halves of the interviews.
    pub stability: &'a Stability,
}

/// The results of labelling. Rows refer to each other by index.
pub struct ThemeResults {
    /// Seeds in the order of the codebook, then emergent themes, the one with most segments first.
    pub themes: Vec<Theme>,
    /// Segments × themes, in standard deviations of the theme's null distribution.
    pub scores: Array2<f32>,
    /// By segment and then rank.
    pub labels: Vec<Label>,
    /// All clusters, by number.
    pub clusters: Vec<ClusterSummary>,
    /// By theme, kind and rank.
    pub quotes: Vec<Quote>,
    /// The themes that the interviewer's passages mention, by passage and then theme.
    pub mentions: Vec<InterviewerMention>,
    /// What was learned from people's codes, for each seed theme; empty where nobody coded.
    pub learned: Vec<LearnedTheme>,
    /// Scores for seed themes as if the segment's interview had not been coded.
    pub out_of_fold: OutOfFoldScores,
    /// How often words are said.
    pub words: WordCounts,
    /// Seed themes without segments, how many emergent themes there are, and those whose stability is unknown.
    pub problems: Vec<Problem>,
}

/// Scores and labels segments with the seeds, and finds emergent themes.
///
/// `passages` and `segments` are those that `evidence` was gathered from. People's codes replace labels, and the scores of other
/// segments learn from them. Without `emergent` only the seeds become themes.
///
/// # Errors
/// When phrases that may name an emergent theme cannot be embedded, or halves of the interviews cannot be clustered.
pub fn themes(
    passages: &[Passage],
    segments: &[Segment],
    transcripts: usize,
    evidence: &Evidence,
    seeds: Seeds<'_>,
    found_clusters: Clusters<'_>,
    emergent: Option<EmergentSearch<'_>>,
) -> Result<ThemeResults, EmergentError> {
    let languages = segments.iter().map(|segment| segment.language.as_str()).collect();
    let stops = function_words(&languages);

    let Seeds { codebook, vectors, scores, codings } = seeds;
    let moved = scores.moved.clone();
    let threshold = Threshold::among(codebook.seeds.len())
        .with_themes_per_segment(evidence.interviews.themes_per_segment());
    let (seed_scores, out_of_fold, mut thresholds, learned) =
        learned(segments, evidence, scores, codings, threshold);
    evidence.context.release_pages();
    evidence.own.release_pages();

    let search = emergent.as_ref().filter(|search| search.wanted.wanted());
    let mut found = match search {
        Some(search) => {
            let seed_labels =
                with_human_labels(labels(seed_scores.view(), &thresholds), seed_scores.view(), codings);
            let with_codebook = !codebook.seeds.is_empty();
            emergent_themes(
                segments,
                &evidence.centred,
                &seed_labels,
                with_codebook,
                search,
                &evidence.scratch,
            )?
        }
        None => Found::none(evidence.centred.view().ncols()),
    };
    thresholds.extend(found.themes.iter().map(|_| found.threshold()));
    let scores = side_by_side(seed_scores, &mut found);
    let mut labels = with_human_labels(labels(scores.view(), &thresholds), scores.view(), codings);
    labels.shrink_to_fit();

    let phrases = match search {
        Some(search) => {
            let asked = evidence.uncontextualized.asked(passages);
            emergent_phrases(&found, codebook.seeds.len(), &labels, segments, asked, &stops, search)?
        }
        None => Vec::new(),
    };
    let words = WordCounts::of(segments, &stops);
    let wording = Wording { segments, stops: &stops, counts: &words };
    let mut themes = named_themes(codebook, &found, &phrases, segments, transcripts, &labels, wording);
    let own =
        UncontextualizedScores::of(&evidence.own, evidence.own_mean.view(), &found, codebook.seeds.len());
    let quotes = quotes(themes.len(), &labels, segments, &evidence.stances, &own);
    describe::define_emergent(&mut themes, &quotes, segments);
    let clusters = cluster_summaries(
        segments,
        &evidence.context,
        found_clusters,
        vectors.themes.view(),
        &emergent_labels(&labels, codebook.seeds.len()),
        wording,
    );
    let mentions = evidence.uncontextualized.mentions(
        codebook,
        &vectors,
        moved.view(),
        evidence.lexicon.as_ref(),
        threshold,
        &found,
    );
    let mut problems = silent_seeds(&themes);
    problems.extend(untested_themes(&themes));
    problems.extend(found.note);
    Ok(ThemeResults {
        themes,
        scores,
        labels,
        clusters,
        quotes,
        mentions,
        learned,
        out_of_fold,
        words,
        problems,
    })
}

/// The labels of emergent themes, which come after the seeds.
fn emergent_labels(labels: &[Label], seeds: usize) -> Vec<&Label> {
    labels.iter().filter(|label| label.theme.get() >= seeds).collect()
}

/// Scores of the seed themes, thresholds and what was learned, with people's codes where there are any.
fn learned(
    segments: &[Segment],
    evidence: &Evidence,
    scores: SeedScores,
    codings: &Codings,
    threshold: Threshold,
) -> (Array2<f32>, OutOfFoldScores, Vec<Threshold>, Vec<LearnedTheme>) {
    let SeedScores { by_words, scores, moved } = scores;
    if codings.rows.is_empty() && codings.unsampled.is_empty() {
        let thresholds = vec![threshold; scores.ncols()];
        let out_of_fold = OutOfFoldScores::without_codes(scores.nrows(), &thresholds);
        return (scores, out_of_fold, thresholds, Vec::new());
    }
    let scored = ScoredSegments {
        segments,
        scores: scores.view(),
        words: by_words.view(),
        context: evidence.context.view(),
        own: evidence.own.view(),
        themes: moved.view(),
    };
    let Learned { scores, out_of_fold, thresholds, themes } =
        learn::learn(&scored, &codings.by_segment(), threshold);
    (scores, OutOfFoldScores::new(out_of_fold, &thresholds), thresholds, themes)
}

/// Scores of the seeds and then of the emergent themes, which are taken out of `found`.
fn side_by_side(seeds: Array2<f32>, found: &mut Found) -> Array2<f32> {
    let (segments, first) = seeds.dim();
    let mut scores = Array2::zeros((segments, first + found.themes.len()));
    scores.slice_mut(s![.., ..first]).assign(&seeds);
    drop(seeds);
    found.move_scores(scores.slice_mut(s![.., first..]));
    scores
}

/// Notes emergent themes whose stability could not be tested.
fn untested_themes(themes: &[Theme]) -> Option<Problem> {
    let untested = |theme: &Theme| theme.kind == ThemeKind::Emergent && theme.stability.is_none();
    themes.iter().any(untested).then(|| {
        let message = "emergent themes from fewer than six interviews: whether they come up with other people is not known";
        Problem::new(Severity::Note, "themes", message).with_code(codes::THEME_DOUBTFUL)
            .with_hint("take them for questions to ask in the next interviews, and read all of their quotes")
    })
}

fn silent_seeds(themes: &[Theme]) -> Vec<Problem> {
    let silent = themes.iter().filter(|theme| theme.kind == ThemeKind::Seed && theme.counts.segments == 0);
    silent
        .map(|theme| {
            let message = format!("no segment was found for the theme `{}`", theme.name);
            Problem::new(Severity::Note, "codebook", message)
                .with_code(codes::THEME_DOUBTFUL)
                .with_hint("if people do talk about it, give it examples in their words")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::ThemeCounts;

    #[test]
    fn emergent_themes_of_a_few_interviews_are_called_untested() {
        let theme = |kind, stability| Theme {
            name: "fear".to_owned(),
            kind,
            definition: String::new(),
            keywords: Vec::new(),
            parent: String::new(),
            stability,
            counts: ThemeCounts::default(),
        };
        let told = |kind, stability| untested_themes(&[theme(kind, stability)]).is_some();
        assert!(told(ThemeKind::Emergent, None));
        assert!(!told(ThemeKind::Emergent, Some(0.4)) && !told(ThemeKind::Seed, None));
    }
}
