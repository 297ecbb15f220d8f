//! Labels for texts that are no interviews: answers to an open question, posts, single passages.

use std::collections::BTreeMap;

use sentence_encoder::{Purpose, SentenceEncoder};
use serde::Serialize;
use transcripts::{Corpus, Role, Transcript, Turn};

use super::{PipelineError, go_on};
use crate::cluster::{self, ClusterCount, ClusterPlan};
use crate::embed::{StageObserver, encode_distinct, encode_rows};
use crate::results::{Codebook, Codings, NoProgress, Progress, Stage, ThemeIndex};
use crate::segment::{self, SegmentPlan, SegmentationCache};
use crate::storage::{Scratch, StageCache};
use crate::theme::{self, Evidence, SeedTexts};

/// A theme given to a text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TextLabel {
    /// Index of the theme in the codebook.
    pub theme: ThemeIndex,
    /// The text's score for the theme, in standard deviations of its null distribution.
    pub score: f32,
    /// The confidence, 0.2 to 1.
    pub confidence: f32,
    /// 1 for the text's strongest theme, 2 for the next, …
    pub rank: u32,
}

/// The themes of the codebook that each text carries, by rank; none, one or several for each.
///
/// Texts are labelled like the segments of a study, each as an interview of its own, so that none is context of another. Scores are
/// standardised over all texts, so a few hundred give better labels than ten. A text that is too long for the encoder is cut, and
/// carries the themes of its parts. Nothing is written.
///
/// # Errors
/// [`PipelineError::Study`] when a theme has no name or the name of another, and [`PipelineError::Embed`] when the encoder fails.
///
/// ```
/// use emic::results::Seed;
/// use sentence_encoder::{NativeEncoder, Precision, RandomModel, write_random_model};
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// write_random_model(folder, &RandomModel::TINY)?;
/// let encoder = NativeEncoder::load(folder, Precision::Int8)?;
/// let codebook = [Seed::new("workload", "Too many cases."), Seed::new("colleagues", "Help from others.")];
/// let texts = ["I have sixty families.", "We eat together on Fridays.", ""];
/// let labels = emic::label(&texts, codebook, &encoder)?;
/// assert_eq!(labels.len(), 3);
/// assert!(labels[2].is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn label<T: AsRef<str>>(
    texts: &[T],
    codebook: impl Into<Codebook>,
    encoder: &dyn SentenceEncoder,
) -> Result<Vec<Vec<TextLabel>>, PipelineError> {
    label_observed(texts, codebook, encoder, &NoProgress)
}

/// The same as [`label`], for many texts: `progress` is told how many are embedded, and may stop it.
///
/// # Errors
/// As [`label`], and [`PipelineError::Cancelled`].
pub fn label_observed<T: AsRef<str>>(
    texts: &[T],
    codebook: impl Into<Codebook>,
    encoder: &dyn SentenceEncoder,
    progress: &dyn Progress,
) -> Result<Vec<Vec<TextLabel>>, PipelineError> {
    let codebook = codebook.into().checked()?;
    let transcript = |(number, text): (usize, &T)| {
        Transcript::new(number.to_string(), [Turn::new(Role::Participant, "", text.as_ref())])
    };
    let corpus =
        Corpus { transcripts: texts.iter().enumerate().map(transcript).collect(), attributes: Vec::new() };
    let languages = segment::languages(&corpus, None);
    let plan = SegmentPlan { min_words: 0, ..SegmentPlan::default() };
    let (scratch, mut cache) = (Scratch::in_memory(), StageCache::disabled());
    let no_room = |source| PipelineError::Scratch { folder: std::path::PathBuf::new(), source };

    let known = SegmentationCache { kept: &mut cache, model: encoder.fingerprint() };
    let passages = segment::passages(&corpus, &languages, plan, encoder, known, progress);
    go_on(progress)?;
    let normal = segment::normal_texts(&passages);
    let words: Vec<&str> = normal.iter().map(AsRef::as_ref).collect();
    progress.begin(Stage::Embed, words.len() as u64);
    let vectors = encode_rows(encoder, &words, Purpose::Passage, &scratch, &StageObserver(progress))?
        .map_err(no_room)?;
    progress.end();
    let segments = segment::eligible_segments(&corpus, &languages, &passages);

    let seed_texts = SeedTexts::of(&codebook);
    let seed_vectors = encode_distinct(encoder, &seed_texts.as_strs(), Purpose::Query, &())?;
    let stances = encode_distinct(encoder, &theme::stance_sentences(), Purpose::Passage, &())?;
    let evidence =
        Evidence::gather(&passages, &vectors, &languages, stances.view(), &[], &scratch).map_err(no_room)?;

    // No emergent themes are wanted, so one cluster will do.
    let one = ClusterPlan { count: ClusterCount::Exactly(1), ..ClusterPlan::default() };
    let transcript_of: Vec<_> = segments.iter().map(|segment| segment.passage.transcript).collect();
    let (clustering, stability) =
        cluster::cluster_once(evidence.centred.view(), &transcript_of, &one, 0, &mut cache, progress)?;
    let clusters = theme::Clusters { clustering: &clustering, stability: &stability };
    let codings = Codings::default();
    let seeds = theme::seeds(&passages, &evidence, &codebook, &seed_texts, &seed_vectors, &codings);
    let theme_results = theme::themes(&passages, &segments, texts.len(), &evidence, seeds, clusters, None)?;

    let mut strongest: Vec<BTreeMap<ThemeIndex, TextLabel>> = vec![BTreeMap::new(); texts.len()];
    for label in &theme_results.labels {
        let found =
            TextLabel { theme: label.theme, score: label.score, confidence: label.confidence, rank: 0 };
        let text = segments[label.segment.get()].passage.transcript.get();
        let kept = strongest[text].entry(label.theme).or_insert(found);
        if found.score > kept.score {
            *kept = found;
        }
    }
    Ok(strongest.into_iter().map(ranked).collect())
}

/// The labels of a text, strongest first.
fn ranked(labels: BTreeMap<ThemeIndex, TextLabel>) -> Vec<TextLabel> {
    let mut labels: Vec<TextLabel> = labels.into_values().collect();
    labels.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.theme.cmp(&other.theme)));
    labels.into_iter().zip(1..).map(|(label, rank)| TextLabel { rank, ..label }).collect()
}
