//! Whether labels have a basis: the seed themes beside themes whose words were dealt anew at random, language by language.
//!
//! Words that mean nothing together still lie nearer to some segments than to others. Where the codebook's own themes do no better
//! (the model does not know the language, or the themes are too abstract to be told by what is said) shares of labels are no finding.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView1};
use rand::seq::SliceRandom;
use same_bits::random_stream;
use sentence_encoder::{EmbedError, Purpose, SentenceEncoder};
use transcripts::{Problem, Severity};
use unicode_segmentation::UnicodeSegmentation;

use super::score::seed_scores;
use super::seed::SeedTexts;
use super::{Evidence, Seeds};
use crate::embed::encode_distinct;
use crate::results::{Codebook, LanguageBasis, Passage, Seed, Segment, codes};

/// How often the words are dealt, and how often where segments times themes are more than [`MANY_SCORES`].
pub(super) const SHUFFLES: usize = 16;
pub(super) const SHUFFLES_OF_MANY: usize = 8;
const MANY_SCORES: usize = 250_000;
/// Share of the segments that are a tail, and the fewest of them.
pub(super) const TAIL: f64 = 0.02;
const MIN_TAIL: usize = 5;
/// Languages of fewer segments, and codebooks of fewer themes, are not tested.
pub(super) const MIN_SEGMENTS: usize = 100;
pub(super) const MIN_THEMES: usize = 3;
/// Words that a theme has at least in half of the codebook: one word cannot be shuffled.
const MIN_WORDS: usize = 2;

/// What the codebook finds in each language that has enough segments, by language; nothing for a codebook too short to be shuffled.
///
/// On sixteen collections that people had coded and one with the same sentences in seven languages, the seed themes did better wherever the
/// best segments of a theme were what people had coded, but for one of 299 short answers. They did no better for abstract codes (AUC .60) and in
/// Arabic, Chinese and Russian with a model of English (AUC .55 to .70), but for Russian beside other languages. Nothing of the kind tells
/// single themes apart: docs/methods.md, "Basis".
///
/// # Errors
/// When the shuffled themes cannot be embedded.
pub fn language_bases(
    passages: &[Passage],
    segments: &[Segment],
    evidence: &Evidence,
    seeds: &Seeds<'_>,
    encoder: &dyn SentenceEncoder,
    seed: u64,
) -> Result<Vec<LanguageBasis>, EmbedError> {
    let codebook = seeds.codebook;
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, segment) in segments.iter().enumerate() {
        rows.entry(&segment.language).or_default().push(row);
    }
    rows.retain(|_, rows| rows.len() >= MIN_SEGMENTS);
    if rows.is_empty() || !can_be_shuffled(codebook) {
        return Ok(Vec::new());
    }
    let own = mean_tails(&seeds.scores.scores, &rows);
    let is_many = segments.len() * codebook.seeds.len() > MANY_SCORES;
    let times = if is_many { SHUFFLES_OF_MANY } else { SHUFFLES };
    let mut shuffles: Vec<Vec<f64>> = Vec::with_capacity(times);
    for time in 0..times {
        let dealt = with_words_dealt(codebook, seed, time);
        let texts = SeedTexts::of(&dealt);
        let vectors = encode_distinct(encoder, &texts.as_strs(), Purpose::Query, &())?;
        let themes = texts.theme_vectors(vectors.view());
        shuffles.push(mean_tails(&seed_scores(evidence.talk(passages), &dealt, &themes).scores, &rows));
    }
    let found = rows.iter().zip(own).enumerate().map(|(place, ((language, rows), own))| {
        let tails = || shuffles.iter().map(|tails| tails[place]);
        let shuffled = tails().sum::<f64>() / times as f64;
        let squares = tails().map(|tail| (tail - shuffled).powi(2)).sum::<f64>();
        LanguageBasis {
            language: (*language).to_owned(),
            segments: rows.len() as u32,
            own,
            shuffled,
            shuffled_spread: (squares / (times - 1) as f64).sqrt(),
        }
    });
    Ok(found.collect())
}

/// A warning for each language in which the codebook finds no more than chance.
pub fn basis_problems(bases: &[LanguageBasis]) -> Vec<Problem> {
    let lacking = bases.iter().filter(|basis| !basis.is_shown());
    lacking
        .map(|basis| {
            let language = match basis.language.as_str() {
                "" => String::new(),
                tag => format!(" in `{tag}`"),
            };
            let message = format!(
                "no basis for the codebook's themes{language}: in {} segments they find no more than themes whose words were shuffled, \
                 so their shares are not shown and groups are not compared by them",
                basis.segments
            );
            Problem::new(Severity::Warning, "codebook", message).with_code(codes::NO_BASIS).with_hint(
                "choose a model that knows the language; say what people talk about rather than how (an event, a thing, a person) and \
                 give examples in their words; or code a sample: corrected shares rest on people's codes",
            )
        })
        .collect()
}

/// Whether there are enough themes of more than a word.
fn can_be_shuffled(codebook: &Codebook) -> bool {
    let themes = codebook.seeds.len();
    let long = codebook.seeds.iter().filter(|seed| texts(seed).flat_map(words).count() >= MIN_WORDS).count();
    themes >= MIN_THEMES && 2 * long >= themes
}

/// The codebook with all its words in another order, so that each text has as many as before. Without "when not to use", which
/// lowers scores only.
fn with_words_dealt(codebook: &Codebook, seed: u64, time: usize) -> Codebook {
    let mut all: Vec<&str> = codebook.seeds.iter().flat_map(texts).flat_map(words).collect();
    all.shuffle(&mut random_stream(seed, &format!("shuffled themes {time}")));
    let mut all = all.into_iter();
    let mut deal = |text: &str| all.by_ref().take(words(text).count()).collect::<Vec<_>>().join(" ");
    let seeds: Vec<Seed> = codebook
        .seeds
        .iter()
        .map(|seed| Seed {
            name: deal(&seed.name),
            definition: deal(&seed.definition),
            include: deal(&seed.include),
            keywords: seed.keywords.iter().map(|text| deal(text)).collect(),
            examples: seed.examples.iter().map(|text| deal(text)).collect(),
            ..Seed::default()
        })
        .collect();
    seeds.into()
}

/// The texts whose words are dealt.
fn texts(seed: &Seed) -> impl Iterator<Item = &str> {
    let lists = seed.keywords.iter().chain(&seed.examples).map(String::as_str);
    [seed.name.as_str(), &seed.definition, &seed.include].into_iter().chain(lists)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words()
}

/// The mean tail of all themes, in the rows of each language.
fn mean_tails(scores: &Array2<f32>, rows: &BTreeMap<&str, Vec<usize>>) -> Vec<f64> {
    let of_language = |rows: &Vec<usize>| {
        scores.columns().into_iter().map(|column| tail(column, rows)).sum::<f64>() / scores.ncols() as f64
    };
    rows.values().map(of_language).collect()
}

/// See [`LanguageBasis`]; 0 where scores are all alike.
fn tail(scores: ArrayView1<'_, f32>, rows: &[usize]) -> f64 {
    let mut sorted: Vec<f64> = rows.iter().map(|&row| f64::from(scores[row])).collect();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let median = sorted[half];
    let squares = sorted[..=half].iter().map(|score| (score - median).powi(2)).sum::<f64>();
    let spread = (squares / (half + 1) as f64).sqrt();
    let longest = ((sorted.len() as f64 * TAIL) as usize).max(MIN_TAIL).min(sorted.len());
    let top = sorted[sorted.len() - longest..].iter().sum::<f64>() / longest as f64;
    if spread > 0.0 { (top - median) / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codebook() -> Codebook {
        vec![
            Seed::new("workload", "Too many cases, forms and hours."),
            Seed { examples: vec!["We have sixty families.".into()], ..Seed::new("caseload", "") },
            Seed { exclude: "Not for forms.".into(), ..Seed::new("political risk", "Fear of the minister.") },
        ]
        .into()
    }

    #[test]
    fn all_words_are_dealt_and_texts_keep_their_lengths() {
        let (codebook, dealt) = (codebook(), with_words_dealt(&codebook(), 7, 0));
        let sorted = |codebook: &Codebook| {
            let mut all: Vec<String> =
                codebook.seeds.iter().flat_map(texts).flat_map(words).map(str::to_owned).collect();
            all.sort();
            all
        };
        assert_eq!(sorted(&codebook), sorted(&dealt));
        assert_ne!(dealt, with_words_dealt(&codebook, 7, 1));
        for (before, after) in codebook.seeds.iter().zip(&dealt.seeds) {
            assert_eq!(words(&before.definition).count(), words(&after.definition).count());
            assert!(after.exclude.is_empty());
        }
    }

    #[test]
    fn a_codebook_of_single_words_cannot_be_shuffled() {
        assert!(can_be_shuffled(&codebook()));
        assert!(!can_be_shuffled(
            &vec![Seed::new("risk", ""), Seed::new("work", ""), Seed::new("pay", "")].into()
        ));
        assert!(!can_be_shuffled(&codebook().seeds[..2].to_vec().into()));
    }

    #[test]
    fn talk_about_a_theme_makes_a_longer_tail_than_a_bell_curve() {
        let bell: Vec<f32> =
            (0..1000).map(|row| ((row * 7919 % 1000) as f32 / 1000.0 - 0.5).powi(3)).collect();
        let mut talk = bell.clone();
        for row in 0..20 {
            talk[row * 50] = 2.0;
        }
        let rows: Vec<usize> = (0..1000).collect();
        let of = |scores: Vec<f32>| tail(ndarray::Array1::from(scores).view(), &rows);
        assert!(of(talk) > of(bell) + 2.0);
        assert!(of(vec![1.0; 1000]).abs() < f64::EPSILON);
    }

    #[test]
    fn a_language_without_basis_is_a_warning() {
        let basis = |language: &str, own| LanguageBasis {
            language: language.to_owned(),
            segments: 812,
            own,
            shuffled: 3.6,
            shuffled_spread: 0.4,
        };
        let problems = basis_problems(&[basis("ar", 4.0), basis("en", 5.0)]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].message.contains("`ar`: in 812 segments"), "{}", problems[0].message);
    }
}
