//! The whole way of the data, from a study to findings: one function that reads like the picture in ARCHITECTURE.md.

mod parameters;
mod places;
mod reviewed;
mod write;

pub use places::{CodebookPlaces, codebook_places};
pub use write::{PAPER, WriteError, write};

use ndarray::{Array2, Axis};

use self::reviewed::{Beside, beside_people, codes_of_people};
use crate::cluster::{self, ClusterError};
use crate::compare::{self, Coded};
use crate::corpus::{Passage, Problem, Progress, Silent, Stage};
use crate::embed::{EmbedError, Encoder, Purpose, SentenceEncoder, encode_distinct};
use crate::read::{self, Reading};
use crate::segment;
use crate::study::{Study, Unit};
use crate::table::Findings;
use crate::theme::{self, Evidence, SeedTexts, Themed};

/// Why a study gave no findings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// No file gave a transcript; the problems say why for each.
    #[error("no transcript could be read")]
    NothingRead {
        /// What was wrong with each file.
        problems: Vec<Problem>,
    },
    /// The encoder gave up.
    #[error(transparent)]
    Embed(#[from] EmbedError),
    /// Clustering is impossible as asked for.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
}

/// Runs a study. Nothing is written; see [`write()`].
///
/// The findings depend on the study and its files alone: not on the order of files, the number of threads or the time.
///
/// # Errors
/// [`PipelineError`] when no transcript can be read, or the encoder or the cluster method fails. A bad file is no
/// error: it is among [`Findings::problems`].
pub fn run(
    study: &Study,
    encoder: &dyn SentenceEncoder,
    progress: &dyn Progress,
) -> Result<Findings, PipelineError> {
    let Reading { corpus, replacements, mut problems } = read::read_corpus(&study.read, progress);
    if corpus.transcripts.is_empty() {
        return Err(PipelineError::NothingRead { problems });
    }

    let languages = segment::languages(&corpus, study.language.as_deref());
    let passages = segment::passages(&corpus, &languages, study.segment, encoder, progress);
    let vectors = passage_vectors(encoder, &passages, progress)?;
    let (passages, vectors) = match study.segment.unit {
        Unit::Topic => segment::topics(&corpus, &passages, vectors.view(), study.segment.min_words),
        Unit::Turn | Unit::Sentence | Unit::Window => (passages, vectors),
    };
    let segments = segment::coded_segments(&corpus, &languages, &passages);
    problems.extend(segment::doubts(&corpus, &segments, study.segment));
    problems.extend(segment::unknown_languages(&languages, &study.embed));

    let seed_texts = SeedTexts::of(&study.codebook);
    let seed_vectors = encode_distinct(encoder, &seed_texts.as_strs(), Purpose::Query, &Silent)?;
    let stances = encode_distinct(encoder, &theme::stance_sentences(), Purpose::Passage, &Silent)?;

    let questions = segment::interviewer_places(&corpus, &passages, study.segment.min_words);
    let evidence = Evidence::gather(&passages, vectors.view(), &languages, stances.view(), &questions);
    let clustering = cluster::cluster(evidence.centred.view(), &study.cluster, study.seed, progress)?;
    let interviews: Vec<usize> = segments.iter().map(|segment| segment.passage.transcript).collect();
    let stability = cluster::stability(
        evidence.centred.view(),
        &interviews,
        &clustering,
        &study.cluster,
        study.seed,
        progress,
    )?;
    let (codings, doubts) = codes_of_people(study, &corpus, &segments);
    problems.extend(doubts);
    let seeds = theme::seeds(&study.codebook, &seed_texts, seed_vectors.view(), &codings);
    progress.begin(Stage::Theme, 1);
    let themed = theme::themes(
        &passages,
        &segments,
        corpus.transcripts.len(),
        &evidence,
        &seeds,
        theme::Clusters { clustering: &clustering, stability: &stability },
        study.emergent,
    );
    let seed_findings = theme::examined_seeds(&themed, &segments, evidence.centred.view(), study.seed);
    let Themed { themes, scores, labels, clusters, quotes, asked, learned, blind, problems: doubts } = themed;
    progress.advance(1);
    progress.end();
    problems.extend(doubts);

    let coded = Coded {
        corpus: &corpus,
        languages: &languages,
        passages: &passages,
        segments: &segments,
        themes: &themes,
        labels: &labels,
        asked: &asked,
    };
    let (compared, doubts) = compare::compare(coded, &study.compare, study.seed);
    problems.extend(doubts);
    let Beside { agreement, disagreements, corrected } =
        beside_people(study, &corpus, &interviews, &codings, &blind);
    problems.extend(corrected.problems);

    let parameters = parameters::parameters(study, clustering.clusters());

    problems.sort();
    problems.dedup();
    Ok(Findings {
        vectors: vectors.select(Axis(0), &segment::coded_places(&passages)),
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
        compared,
        agreement,
        disagreements,
        corrected_prevalence: corrected.prevalence,
        corrected_contrasts: corrected.contrasts,
        replacements,
        parameters,
        problems,
    })
}

/// A unit vector for every passage.
fn passage_vectors(
    encoder: &dyn Encoder,
    passages: &[Passage],
    progress: &dyn Progress,
) -> Result<Array2<f32>, EmbedError> {
    let texts: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
    progress.begin(Stage::Embed, texts.len() as u64);
    let vectors = encode_distinct(encoder, &texts, Purpose::Passage, progress);
    progress.end();
    vectors
}
