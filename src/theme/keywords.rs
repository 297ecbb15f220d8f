//! Names groups of segments by their own words.
//!
//! Class-based TF-IDF (Grootendorst, 2022): all segments of a group are one text, and a word counts for the group
//! when it is frequent there and rare elsewhere. Two words in a row count as a phrase. Inflected forms of a word are counted as one
//! and shown as the commonest.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::inflection::{Inflection, commonest_inflected};
use super::lexicon::words;
use crate::results::Segment;
use same_bits::elementary::ln;

/// Keywords of a theme or cluster, and how many of them make its name.
pub(super) const KEYWORDS: usize = 10;
pub(super) const NAME_WORDS: usize = 3;
/// A keyword must occur in as many interviews of a group (where the group has as many), so that one person's dog names no
/// theme.
const MIN_TRANSCRIPTS: u32 = 2;
/// Words in more than this share of all segments are no keywords.
const COMMON: f64 = 0.2;

/// The terms that several transcripts hold, by their digests.
pub(super) struct InSeveral(HashMap<u64, (u32, bool)>);

/// Of so many texts, terms that too few interviews say are found before any form is kept: nearly all of their terms are said once.
const MANY: usize = 20_000;

impl InSeveral {
    /// Of terms with the index of their transcript, where there are many `texts` and a term must be in `least` transcripts; otherwise none, and
    /// `terms` are not looked at.
    pub(super) fn of_many(
        texts: usize,
        least: usize,
        terms: impl Iterator<Item = (usize, u64)>,
    ) -> Option<Self> {
        (least > 1 && texts > MANY).then(|| Self::of(terms))
    }

    fn of(terms: impl Iterator<Item = (usize, u64)>) -> Self {
        let mut found: HashMap<u64, (u32, bool)> = HashMap::new();
        for (transcript, digest) in terms {
            let (first, several) = found.entry(digest).or_insert((transcript as u32, false));
            *several |= *first != transcript as u32;
        }
        found.retain(|_, (_, several)| *several);
        Self(found)
    }

    pub(super) fn holds(&self, digest: u64) -> bool {
        self.0.contains_key(&digest)
    }
}

/// How often each term occurs in all texts, to compare those of a group with.
///
/// Terms are counted by their digests: they themselves would take more memory than the texts. The chance that two of ten million terms share
/// a digest of 64 bits is 1 in 400,000.
#[derive(Debug)]
pub struct WordCounts {
    /// By digest; without the terms that are said once.
    everywhere: Vec<(u64, Everywhere)>,
    /// Number of terms in all texts.
    total: u64,
}

/// The words of all segments.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub(super) segments: &'a [Segment],
    /// Function words, which are no keywords.
    pub(super) stops: &'a HashSet<String>,
    pub(super) counts: &'a WordCounts,
}

/// The text of a segment.
#[derive(Debug, Clone, Copy)]
struct Said<'a> {
    /// The index of its transcript.
    transcript: usize,
    text: &'a str,
    inflection: Inflection,
}

impl<'a> Said<'a> {
    fn of(segment: &'a Segment) -> Self {
        Self {
            transcript: segment.passage.transcript.get(),
            text: segment.passage.text.as_str(),
            inflection: Inflection::of(&segment.language),
        }
    }
}

/// A word that can be a keyword, or a phrase of two.
#[derive(Debug, PartialEq, Eq)]
struct Term {
    /// What its forms have in common, which it is counted by.
    key: String,
    /// As it was said, where that may differ.
    form: Option<String>,
}

/// How often a term occurs in all texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Everywhere {
    count: u32,
    segments: u32,
}

/// What every term of a text is that [`WordCounts`] does not hold.
const SAID_ONCE: Everywhere = Everywhere { count: 1, segments: 1 };

/// Texts whose terms are counted at a time.
const AT_ONCE: usize = 4096;
/// Terms are counted in so many maps, by the first bits of their digests: when one of them grows, the others are not held twice.
const PARTS: usize = 1 << PART_BITS;
const PART_BITS: u32 = 5;

impl WordCounts {
    /// Counts the words of `segments`.
    pub(super) fn of(segments: &[Segment], stops: &HashSet<String>) -> Self {
        let mut parts: Vec<HashMap<u64, Everywhere>> = vec![HashMap::new(); PARTS];
        let mut total = 0;
        for some in segments.chunks(AT_ONCE) {
            let digests = |segment: &Segment| {
                let mut digests: Vec<u64> =
                    terms(&Said::of(segment), stops).iter().map(|term| digest(&term.key)).collect();
                digests.sort_unstable();
                digests
            };
            let of_texts: Vec<Vec<u64>> = some.par_iter().map(digests).collect();
            for equal in of_texts.iter().flat_map(|digests| digests.chunk_by(|a, b| a == b)) {
                let part = (equal[0] >> (u64::BITS - PART_BITS)) as usize;
                let found = parts[part].entry(equal[0]).or_default();
                found.count += equal.len() as u32;
                found.segments += 1;
                total += equal.len() as u64;
            }
        }
        let mut everywhere = Vec::new();
        for part in parts {
            let first = everywhere.len();
            // Most terms are said once, and are known by that.
            everywhere.extend(part.into_iter().filter(|(_, found)| *found != SAID_ONCE));
            everywhere[first..].sort_unstable_by_key(|&(digest, _)| digest);
        }
        everywhere.shrink_to_fit();
        Self { everywhere, total }
    }

    fn of_term(&self, term: &str) -> Everywhere {
        let at = self.everywhere.binary_search_by_key(&digest(term), |&(digest, _)| digest);
        at.map_or(SAID_ONCE, |at| self.everywhere[at].1)
    }
}

impl Wording<'_> {
    /// The strongest words and phrases of each group of segments, ten at most, strongest first; `members` are indices of segments.
    ///
    /// The weight of a word is √tf · ln(1 + (A − f + ½) / (f + ½)): its share of the group's words, the mean number
    /// of words A a group has, and its frequency f over all segments (the variant with a square root and BM25 weights, which
    /// keeps words that are frequent everywhere from naming every group).
    pub(super) fn keywords(&self, members: &[Vec<usize>]) -> Vec<Vec<String>> {
        let mean = self.counts.total as f64 / members.len().max(1) as f64;
        members.par_iter().map(|indices| self.of_group(indices, mean)).collect()
    }

    fn of_group(&self, indices: &[usize], mean: f64) -> Vec<String> {
        let mut indices = indices.to_vec();
        indices.sort_unstable();
        let texts = || indices.iter().map(|&index| Said::of(&self.segments[index]));
        let distinct_transcripts =
            texts().map(|said| said.transcript).collect::<BTreeSet<usize>>().len() as u32;
        let least = MIN_TRANSCRIPTS.min(distinct_transcripts);
        let common = (self.segments.len() as f64 * COMMON).max(2.0) as u32;
        let (here, size) = counted(texts(), self.stops, least);
        let size = size as f64;
        let mut weighted: Vec<(f64, &str)> = here
            .iter()
            .map(|(term, found)| (term.as_str(), found, self.counts.of_term(term)))
            .filter(|(_, found, all)| found.transcripts >= least && all.segments <= common)
            .map(|(term, found, all)| {
                ((f64::from(found.count) / size).sqrt() * rarity(mean, f64::from(all.count)), term)
            })
            .collect();
        weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let chosen = distinct(weighted.into_iter().map(|(_, term)| term), KEYWORDS);
        chosen.into_iter().map(|key| shown(key, &here)).collect()
    }
}

/// How often each term that at least so many transcripts hold occurs in some texts, which are in the order of transcripts; by term. And the
/// number of all terms.
fn counted<'a>(
    texts: impl ExactSizeIterator<Item = Said<'a>> + Clone,
    stops: &HashSet<String>,
    least: u32,
) -> (Vec<(String, Found)>, u64) {
    let keys = texts.clone().flat_map(|said| {
        terms(&said, stops).into_iter().map(move |term| (said.transcript, digest(&term.key)))
    });
    let frequent = InSeveral::of_many(texts.len(), least as usize, keys);
    let mut size = 0;
    let mut found: HashMap<String, Found> = HashMap::new();
    for said in texts {
        for term in terms(&said, stops) {
            size += 1;
            if frequent.as_ref().is_some_and(|frequent| !frequent.holds(digest(&term.key))) {
                continue;
            }
            found.entry(term.key).or_default().add(said.transcript, term.form);
        }
    }
    found.retain(|_, found| found.transcripts >= least);
    let mut found: Vec<(String, Found)> = found.into_iter().collect();
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    (found, size)
}

/// The commonest form of a term; `found` is by term.
fn shown(key: String, found: &[(String, Found)]) -> String {
    let at = found.binary_search_by(|(term, _)| term.as_str().cmp(&key)).ok();
    let form = at.and_then(|at| commonest_inflected(&found[at].1.forms)).map(str::to_owned);
    form.unwrap_or(key)
}

/// A digest of 64 bits.
pub(super) fn digest(term: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    hasher.finish()
}

/// Names made of the strongest keywords, then of weaker ones, for when another theme has the first name.
pub(super) fn names_of(keywords: &[String]) -> impl Iterator<Item = String> + '_ {
    let whole = keywords.len().min(NAME_WORDS);
    let unnamed = keywords.is_empty().then(|| "unnamed".to_owned());
    keywords.windows(whole.max(1)).map(|words| words.join(", ")).chain(unnamed)
}

/// How rare a term is that is said `elsewhere` times in all texts, where a group has `mean` terms.
pub(super) fn rarity(mean: f64, elsewhere: f64) -> f64 {
    ln(1.0 + (mean - elsewhere + 0.5).max(0.0) / (elsewhere + 0.5))
}

#[derive(Debug, Clone, Default)]
struct Found {
    count: u32,
    transcripts: u32,
    /// One more than the index of the transcript in which it was found last.
    last: usize,
    /// Its forms, where words are inflected, and how often each was said.
    forms: BTreeMap<String, u32>,
}

impl Found {
    /// Counts the term once more; texts are in the order of transcripts.
    fn add(&mut self, transcript: usize, form: Option<String>) {
        if let Some(form) = form {
            *self.forms.entry(form).or_default() += 1;
        }
        self.count += 1;
        self.transcripts += u32::from(self.last != transcript + 1);
        self.last = transcript + 1;
    }
}

/// The words of a text that can be keywords, and the phrases of two adjacent ones.
fn terms(said: &Said<'_>, stops: &HashSet<String>) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut before: Option<(String, Option<String>)> = None;
    for word in words(said.text) {
        let word = match said.inflection.elided(&word) {
            0 => word,
            elided => word[elided..].to_owned(),
        };
        let tells = !stops.contains(&word)
            && word.chars().nth(1).is_some()
            && word.chars().any(char::is_alphabetic)
            && !(word.contains('\'') && stops.contains(&word.replace('\'', "")));
        if !tells {
            before = None;
            continue;
        }
        let (key, form) = match said.inflection.stem(&word) {
            Some(stem) => (stem, Some(word)),
            None => (word, None),
        };
        if let Some((first_key, first_form)) = before.as_ref().filter(|(first, _)| *first != key) {
            let form = first_form.as_ref().zip(form.as_ref()).map(|(first, form)| format!("{first} {form}"));
            terms.push(Term { key: format!("{first_key} {key}"), form });
        }
        before = Some((key.clone(), form.clone()));
        terms.push(Term { key, form });
    }
    terms
}

/// The first terms that add something: no word of one already chosen, no plural beside its singular.
fn distinct<'a>(ranked: impl Iterator<Item = &'a str>, most: usize) -> Vec<String> {
    let mut chosen: Vec<String> = Vec::new();
    for term in ranked {
        let repeats = chosen.iter().any(|other| {
            let parts = |text: &str| text.split(' ').map(root).collect::<BTreeSet<String>>();
            let (old, new) = (parts(other), parts(term));
            old.is_subset(&new) || new.is_subset(&old)
        });
        if !repeats {
            chosen.push(term.to_owned());
        }
        if chosen.len() == most {
            break;
        }
    }
    chosen
}

/// A word without a plural or possessive `s`, to compare with.
fn root(word: &str) -> String {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    if bare.len() > 3 { bare.strip_suffix('s').unwrap_or(bare).to_owned() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Passage;

    fn keywords(
        language: &str,
        texts: &[(usize, &str)],
        stops: &HashSet<String>,
        members: &[Vec<usize>],
    ) -> Vec<Vec<String>> {
        let segment = |&(transcript, text): &(usize, &str)| Segment {
            id: String::new().into(),
            index: 1,
            passage: Passage::for_test(transcript, text),
            speaker: String::new().into(),
            language: language.to_owned().into(),
            start_ms: None,
            end_ms: None,
        };
        let segments: Vec<Segment> = texts.iter().map(segment).collect();
        let counts = WordCounts::of(&segments, stops);
        Wording { segments: &segments, stops, counts: &counts }.keywords(members)
    }

    #[test]
    fn forms_of_a_word_are_counted_as_one_and_shown_as_the_commonest() {
        let texts = [
            (0, "byla jsem v nemocnici a v nemocnici"),
            (1, "ta nemocnice"),
            (2, "šla do školy"),
            (3, "ve škole a do školy"),
        ];
        let stops = ["byla", "jsem", "v", "ta", "do", "ve", "a", "šla"].map(str::to_owned).into();
        let names = keywords("cs", &texts, &stops, &[vec![0, 1], vec![2, 3]]);
        assert_eq!(names, [["nemocnici"], ["školy"]]);
        let english = Said { transcript: 0, text: "schools", inflection: Inflection::of("en") };
        assert_eq!(terms(&english, &HashSet::new()), [Term { key: "schools".into(), form: None }]);
    }

    #[test]
    fn a_group_is_named_by_what_only_it_says() {
        let texts = [
            (0, "the password for the screen"),
            (1, "another password and the screen froze"),
            (1, "she cried in the car"),
            (2, "I cried in the night"),
        ];
        let stops = ["the", "for", "and", "in", "she", "i", "another"].map(str::to_owned).into();
        let names = keywords("en", &texts, &stops, &[vec![0, 1], vec![2, 3]]);
        assert_eq!(names[0], ["password", "screen"]);
        assert_eq!(names[1], ["cried"]);
    }

    #[test]
    fn names_are_made_of_the_strongest_words_first() {
        let names = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            names_of(&words).collect::<Vec<String>>()
        };
        assert_eq!(names(&["bus", "fare", "line", "stop"]), ["bus, fare, line", "fare, line, stop"]);
        assert_eq!(names(&["bus"]), ["bus"]);
        assert_eq!(names(&[]), ["unnamed"]);
    }

    #[test]
    fn plurals_and_parts_of_phrases_are_not_repeated() {
        let ranked = ["case notes", "notes", "case", "note", "screen", "screens"];
        assert_eq!(distinct(ranked.into_iter(), 5), ["case notes", "screen"]);
    }
}
