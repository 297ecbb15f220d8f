//! Names emergent themes by phrases that people said.
//!
//! A phrase is one to three words without punctuation between them; its first and last word mean something by themselves. Of the
//! phrases that a theme's surest segments say more often than other talk (class-based TF-IDF, Grootendorst 2022), those name it that
//! are nearest to its centre as the encoder sees them. Left out are names of people (`capitals`), what the interviewer says as often,
//! and words that say nothing (`empty_words`).

mod capitals;
mod choice;
mod count;
mod empty_elsewhere;
mod empty_words;

use std::collections::{BTreeSet, HashMap, HashSet};

use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;
use sentence_encoder::{EmbedError, Purpose, SentenceEncoder};

use self::capitals::Capitals;
use self::choice::{Candidate, chosen};
pub(in crate::theme) use self::choice::{NAME_PHRASES, PHRASES, SAME, name_of};
pub(in crate::theme) use self::count::WORDS;
use self::count::{AllTalk, Occurrence, Said};
use crate::results::Segment;
use crate::theme::context::unit;
use crate::theme::inflection::Inflection;
use crate::theme::keywords::{digest, rarity};
use same_bits::products::dot;

/// Phrases of a theme that are embedded.
pub(in crate::theme) const CANDIDATES: usize = 40;
/// A phrase is said in so many interviews of the theme.
pub(in crate::theme) const MIN_TRANSCRIPTS: usize = 2;
/// Phrases in a larger share of all segments name nothing.
pub(in crate::theme) const COMMON: f64 = 0.2;
/// Weight of how strong a phrase is, and of the share of the theme's interviews that say it, beside its cosine with the centre.
pub(in crate::theme) const STRENGTH: f32 = 0.3;
pub(in crate::theme) const HEARD: f32 = 0.3;
/// An interviewer who says a phrase so many times may have brought it.
pub(in crate::theme) const MIN_ASKED: u32 = 3;

/// A theme to name.
pub(in crate::theme) struct Unnamed<'a> {
    /// Indices of its segments, the surest first.
    pub(in crate::theme) segments: &'a [usize],
    /// Its centre, less the mean of the corpus, at unit length.
    pub(in crate::theme) centre: Array1<f32>,
}

/// The texts that phrases are counted in.
pub(in crate::theme) struct Talk<'a> {
    /// All segments.
    pub(in crate::theme) segments: &'a [Segment],
    /// What interviewers say.
    pub(in crate::theme) asked: Vec<(&'a str, Inflection)>,
    /// Function words.
    pub(in crate::theme) stops: &'a HashSet<String>,
}

/// For each theme its phrases, best first: the first three are its name. Empty where no phrase qualifies.
///
/// # Errors
/// When the encoder fails.
pub(in crate::theme) fn phrases(
    themes: &[Unnamed<'_>],
    talk: &Talk<'_>,
    encoder: &dyn SentenceEncoder,
) -> Result<Vec<Vec<String>>, EmbedError> {
    let found: Vec<Said> = themes.par_iter().map(|theme| said_by(theme, talk)).collect();
    let occurrences = found.iter().flat_map(|said| &said.phrases);
    let wanted: HashSet<u64> = occurrences.map(|phrase| digest(&phrase.key)).collect();
    let everywhere = AllTalk::of(talk, &wanted);
    let speakers: BTreeSet<&str> = talk.segments.iter().map(|segment| segment.speaker.as_str()).collect();
    let words = found.iter().flat_map(|said| &said.words).map(String::as_str);
    let capitals = Capitals::of(talk.segments, words, &speakers);

    let mean = everywhere.total as f64 / themes.len().max(1) as f64;
    let mut candidates: Vec<Vec<Candidate>> = found
        .into_iter()
        .zip(themes)
        .map(|(said, theme)| strongest(said, theme, talk, &everywhere, mean, &capitals))
        .collect();
    embed(&mut candidates, themes, encoder)?;
    let mut titles = Vec::new();
    Ok(candidates.into_iter().map(|candidates| chosen(candidates, &mut titles)).collect())
}

/// What the surer half of a theme's segments say.
fn said_by(theme: &Unnamed<'_>, talk: &Talk<'_>) -> Said {
    let mut surest = theme.segments[..theme.segments.len().div_ceil(2)].to_vec();
    surest.sort_unstable();
    let texts = surest.iter().map(|&index| {
        let Segment { passage, language, .. } = &talk.segments[index];
        (passage.transcript.get(), passage.text.as_str(), Inflection::of(language))
    });
    let interviews = surest.iter().map(|&index| talk.segments[index].passage.transcript);
    let least = MIN_TRANSCRIPTS.min(interviews.collect::<BTreeSet<_>>().len());
    count::counted(texts, talk.stops, least)
}

/// The candidates of a theme, strongest first.
fn strongest(
    Said { phrases, size, .. }: Said,
    theme: &Unnamed<'_>,
    talk: &Talk<'_>,
    everywhere: &AllTalk,
    mean: f64,
    capitals: &Capitals,
) -> Vec<Candidate> {
    let half = &theme.segments[..theme.segments.len().div_ceil(2)];
    let interviews =
        half.iter().map(|&index| talk.segments[index].passage.transcript).collect::<BTreeSet<_>>().len();
    let common = (talk.segments.len() as f64 * COMMON).max(2.0);
    let size = size as f64;
    let mut weighted: Vec<(f64, Occurrence)> = phrases
        .into_iter()
        .filter(|phrase| !capitals.are_names(&phrase.key))
        .filter_map(|phrase| {
            let all = everywhere.of_phrase(&phrase.key);
            let usable = f64::from(all.segments) <= common && !everywhere.is_asked(all);
            let rarity = rarity(mean, f64::from(all.count));
            usable.then(|| ((f64::from(phrase.count) / size).sqrt() * rarity, phrase))
        })
        .collect();
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    let most = weighted.first().map_or(1.0, |(weight, _)| weight.max(f64::MIN_POSITIVE));
    weighted
        .into_iter()
        .take(CANDIDATES)
        .map(|(weight, phrase)| {
            let heard = phrase.transcripts as f32 / interviews.max(1) as f32;
            Candidate {
                score: STRENGTH * (weight / most) as f32 + HEARD * heard,
                text: phrase.surface,
                key: phrase.key,
                vector: Array1::zeros(0),
            }
        })
        .collect()
}

/// Adds the cosine of each phrase, less the mean of all phrases, with its theme's centre.
fn embed(
    candidates: &mut [Vec<Candidate>],
    themes: &[Unnamed<'_>],
    encoder: &dyn SentenceEncoder,
) -> Result<(), EmbedError> {
    let distinct: BTreeSet<String> = candidates.iter().flatten().map(|phrase| phrase.text.clone()).collect();
    if distinct.is_empty() {
        return Ok(());
    }
    let texts: Vec<&str> = distinct.iter().map(String::as_str).collect();
    let vectors: Array2<f32> = encoder.encode(&texts, Purpose::Query, &())?;
    let sum = vectors.rows().into_iter().fold(Array1::<f64>::zeros(vectors.ncols()), |mut sum, row| {
        sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
        sum
    });
    let mean = sum.mapv(|sum| (sum / vectors.nrows() as f64) as f32);
    let row_of: HashMap<&str, usize> = texts.iter().enumerate().map(|(row, &text)| (text, row)).collect();
    for (phrases, theme) in candidates.iter_mut().zip(themes) {
        for phrase in phrases {
            let row = vectors.index_axis(Axis(0), row_of[phrase.text.as_str()]);
            phrase.vector = unit(&row - &mean);
            phrase.score += dot(phrase.vector.view(), theme.centre.view());
        }
    }
    Ok(())
}
