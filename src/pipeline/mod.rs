//! The pipeline from a study to findings: one function that reads like the drawing in ARCHITECTURE.md.

mod codebook_files;
mod explain;
mod in_folder;
mod input;
mod inputs;
mod invariants;
mod label;
mod parameters;
mod part;
mod read;
mod reviewed;
mod stored;
mod study_words;
mod withdrawn;
mod write;

pub(crate) use codebook_files::is_open;
pub use codebook_files::{CodebookFiles, codebook_files};
pub use explain::explain;
pub use in_folder::{InFolderError, run_in_folder};
pub use input::input_problems;
pub use inputs::Inputs;
pub use invariants::BrokenInvariant;
pub use label::{TextLabel, label, label_observed};
pub use part::{MergeError, PartRecord, merge_parts, part_folder, run_part};
pub use read::{read_corpus, read_study};
pub use withdrawn::Withdrawn;
pub use write::{PAGE, PAPER, WriteError, write};

use std::io;
use std::path::{Path, PathBuf};

use sentence_encoder::{EmbedError, Purpose, SentenceEncoder};
use transcripts::{Corpus, Problem, Reading};

use self::invariants::{check_compared, check_findings};
use self::reviewed::{codes_and_notes, evaluate_against_coders};
use crate::cluster::{self, ClusterError, Clustering, Stability};
use crate::compare::{self, CompareInput};
use crate::embed::{StageObserver, encode_distinct, encode_rows};
use crate::results::{Passage, Progress, Segment, Stage, TranscriptIndex};
use crate::segment::{self, SegmentationCache, Unit};
use crate::storage::{Rows, Scratch, StageCache};
use crate::study::{NoOutputFolder, Study, StudyError};
use crate::table::Findings;
use crate::theme::{self, EmergentError, EmergentSearch, Evidence, SeedTexts, ThemeResults};

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// No file gave a transcript; the problems say why for each.
    #[error("no transcript could be read")]
    NothingRead {
        /// The problems of each file.
        problems: Vec<Problem>,
    },
    /// The run was stopped; see [`Progress::is_cancelled`].
    #[error("the run was cancelled")]
    Cancelled,
    /// The codebook has a theme without a name, or two of one name.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// The encoder failed.
    #[error(transparent)]
    Embed(EmbedError),
    /// Clustering failed.
    #[error(transparent)]
    Cluster(ClusterError),
    /// Parts of the run contradict each other: a fault of the program, not of the study.
    #[error(transparent)]
    Broken(#[from] BrokenInvariant),
    /// The study has no output folder, which the command needs.
    #[error(transparent)]
    NoOutputFolder(#[from] NoOutputFolder),
    /// There are too many vectors for memory, and no room for them on the disk.
    #[error("vectors cannot be kept in {} while the study runs: {source} (it needs about 6 kB a segment there)", folder.display())]
    Scratch {
        /// The folder where they should be stored.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl From<EmbedError> for PipelineError {
    fn from(error: EmbedError) -> Self {
        match error {
            EmbedError::Cancelled => Self::Cancelled,
            error => Self::Embed(error),
        }
    }
}

impl From<ClusterError> for PipelineError {
    fn from(error: ClusterError) -> Self {
        match error {
            ClusterError::Cancelled => Self::Cancelled,
            error => Self::Cluster(error),
        }
    }
}

impl From<EmergentError> for PipelineError {
    fn from(error: EmergentError) -> Self {
        match error {
            EmergentError::Embed(error) => error.into(),
            EmergentError::Cluster(error) => error.into(),
            EmergentError::Scratch { folder, source } => Self::Scratch { folder, source },
        }
    }
}

/// Ends a cancelled run.
fn go_on(progress: &dyn Progress) -> Result<(), PipelineError> {
    if progress.is_cancelled() { Err(PipelineError::Cancelled) } else { Ok(()) }
}

/// Runs a study. Only the cache and vectors that are too many for memory are written, both in the output folder's `cache`; without
/// an output folder nothing is. For results see [`write()`].
///
/// The findings depend on the study and its files alone, not on the order of files, the number of threads or the time.
///
/// # Errors
/// [`PipelineError`] when no transcript can be read, the encoder or the cluster method fails, or `progress` is cancelled; the cache
/// of earlier runs stays. A bad file is no error: it is among [`Findings::problems`].
pub fn run(
    study: &Study,
    encoder: &dyn SentenceEncoder,
    progress: &dyn Progress,
) -> Result<Findings, PipelineError> {
    run_from(study, read_study(study, progress), encoder, progress)
}

/// The same from transcripts that were read already.
///
/// # Errors
/// As [`run`].
pub fn run_from(
    study: &Study,
    reading: Reading,
    encoder: &dyn SentenceEncoder,
    progress: &dyn Progress,
) -> Result<Findings, PipelineError> {
    go_on(progress)?;
    let Reading { mut corpus, replacements, mut problems, .. } = reading;
    if corpus.transcripts.is_empty() {
        return Err(PipelineError::NothingRead { problems });
    }

    let languages = segment::languages(&corpus, study.language.as_deref());
    let cache = study.cache_folder();
    let scratch = cache.as_deref().map_or_else(Scratch::in_memory, Scratch::in_folder);
    let no_room = |source| PipelineError::Scratch { folder: cache.clone().unwrap_or_default(), source };
    stored::store_words(&mut corpus, &scratch).map_err(no_room)?;
    let passages = cut(study, cache.as_deref(), &corpus, &languages, encoder, progress)?;
    let vectors = passage_vectors(encoder, &passages, &scratch, progress)?.map_err(no_room)?;
    let (passages, vectors) = units(study, &corpus, passages, vectors);
    let segments = segment::eligible_segments(&corpus, &languages, &passages);
    problems.extend(input::of_segments(study, &corpus, &languages, &segments));

    go_on(progress)?;
    let seed_texts = SeedTexts::of(&study.codebook);
    let seed_vectors = encode_distinct(encoder, &seed_texts.as_strs(), Purpose::Query, &())?;
    let evidence =
        evidence(study, &corpus, &passages, &vectors, &languages, encoder, &scratch)?.map_err(no_room)?;
    let vectors = scratch.select(&vectors, &segment::eligible_indices(&passages)).map_err(no_room)?;
    go_on(progress)?;
    let (clustering, stability) = clusters(study, cache.as_deref(), &evidence.centred, &segments, progress)?;
    let (codings, notes, warnings) = codes_and_notes(study, &corpus, &segments);
    problems.extend(warnings);
    go_on(progress)?;
    progress.begin(Stage::Theme, 1);
    let seeds = theme::seeds(&passages, &evidence, &study.codebook, &seed_texts, &seed_vectors, &codings);
    let bases = theme::language_bases(&passages, &segments, &evidence, &seeds, encoder, study.seed)?;
    problems.extend(theme::basis_problems(&bases));
    let theme_results = theme::themes(
        &passages,
        &segments,
        corpus.transcripts.len(),
        &evidence,
        seeds,
        theme::Clusters { clustering: &clustering, stability: &stability },
        Some(EmergentSearch { wanted: study.emergent, encoder, seed: study.seed, progress }),
    )?;
    let seed_findings = theme::examined_seeds(&theme_results, &segments, &evidence.centred, study.seed);
    let ThemeResults {
        themes,
        scores,
        labels,
        clusters,
        quotes,
        mentions,
        learned,
        out_of_fold,
        words,
        problems: warnings,
    } = theme_results;
    drop((words, evidence));
    progress.advance(1);
    progress.end();
    problems.extend(warnings);
    go_on(progress)?;

    let input = CompareInput {
        corpus: &corpus,
        languages: &languages,
        passages: &passages,
        segments: &segments,
        themes: &themes,
        labels: &labels,
        mentions: &mentions,
        bases: &bases,
    };
    check_compared(&input, &out_of_fold)?;
    let (comparisons, warnings) = compare::compare(input, &study.compare, study.seed, progress);
    problems.extend(warnings);
    go_on(progress)?;
    let evaluation = evaluate_against_coders(study, &corpus, &segments, &codings, &out_of_fold);
    problems.extend(evaluation.corrected.problems);

    let findings = Findings {
        parameters: parameters::parameters(study, clustering.clusters()),
        vectors,
        cluster_of: clustering.cluster_of,
        corpus,
        segments,
        themes,
        scores,
        labels,
        codings,
        learned,
        clusters,
        quotes,
        seed_findings,
        comparisons,
        agreement: evaluation.agreement,
        disagreements: evaluation.disagreements,
        calibration: evaluation.calibration,
        likely_precision: evaluation.likely_precision,
        notes,
        corrected_prevalence: evaluation.corrected.prevalence,
        corrected_contrasts: evaluation.corrected.contrasts,
        replacements,
        problems: in_order(problems),
    };
    check_findings(&findings)?;
    Ok(findings)
}

/// The problems sorted, each once.
fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    problems
}

/// The passages of all transcripts, from the cache where it has them.
fn cut(
    study: &Study,
    cache: Option<&Path>,
    corpus: &Corpus,
    languages: &[String],
    encoder: &dyn SentenceEncoder,
    progress: &dyn Progress,
) -> Result<Vec<Passage>, PipelineError> {
    let mut cuts = stage_cache(cache, CUTS);
    let known = SegmentationCache { kept: &mut cuts, model: encoder.fingerprint() };
    let passages = segment::passages(corpus, languages, study.segment, encoder, known, progress);
    go_on(progress)?;
    cuts.finish();
    Ok(passages)
}

/// A unit vector for every passage; the inner error is that of storing them.
fn passage_vectors(
    encoder: &dyn SentenceEncoder,
    passages: &[Passage],
    scratch: &Scratch,
    progress: &dyn Progress,
) -> Result<io::Result<Rows>, EmbedError> {
    let normal = segment::normal_texts(passages);
    let texts: Vec<&str> = normal.iter().map(AsRef::as_ref).collect();
    progress.begin(Stage::Embed, texts.len() as u64);
    let vectors = encode_rows(encoder, &texts, Purpose::Passage, scratch, &StageObserver(progress));
    progress.end();
    vectors
}

/// The passages of the study's unit with their vectors: turns are joined to topics where topics are the unit.
fn units(study: &Study, corpus: &Corpus, passages: Vec<Passage>, vectors: Rows) -> (Vec<Passage>, Rows) {
    match study.segment.unit {
        Unit::Topic => {
            let (passages, vectors) =
                segment::topics(corpus, &passages, vectors.view(), study.segment.min_words);
            (passages, Rows::from(vectors))
        }
        Unit::Turn | Unit::Sentence | Unit::Window => (passages, vectors),
    }
}

/// What is computed of each segment without the themes; the inner error is that of storing it.
fn evidence(
    study: &Study,
    corpus: &Corpus,
    passages: &[Passage],
    vectors: &Rows,
    languages: &[String],
    encoder: &dyn SentenceEncoder,
    scratch: &Scratch,
) -> Result<io::Result<Evidence>, EmbedError> {
    let stances = encode_distinct(encoder, &theme::stance_sentences(), Purpose::Passage, &())?;
    let questions = segment::interviewer_indices(corpus, passages, study.segment.min_words);
    Ok(Evidence::gather(passages, vectors, languages, stances.view(), &questions, scratch))
}

/// The clusters of the segments, from the cache where it has them.
fn clusters(
    study: &Study,
    cache: Option<&Path>,
    centred: &Rows,
    segments: &[Segment],
    progress: &dyn Progress,
) -> Result<(Clustering, Stability), ClusterError> {
    let transcript_of: Vec<TranscriptIndex> =
        segments.iter().map(|segment| segment.passage.transcript).collect();
    let mut kept = stage_cache(cache, "clusters");
    let found = cluster::cluster_once(
        centred.view(),
        &transcript_of,
        &study.cluster,
        study.seed,
        &mut kept,
        progress,
    );
    // A cancelled run has not used the caches of others.
    if !progress.is_cancelled() {
        kept.finish();
    }
    centred.release_pages();
    found
}

/// The name of the cache of passages.
const CUTS: &str = "cuts";

/// The cache with this name in a folder; an empty one without a folder.
fn stage_cache(folder: Option<&Path>, name: &str) -> StageCache {
    folder.map_or_else(StageCache::disabled, |folder| StageCache::open(folder, name))
}

#[cfg(test)]
mod tests;
