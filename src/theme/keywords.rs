//! Names groups of segments by their own words.
//!
//! Class-based TF-IDF (Grootendorst, 2022): all segments of a group are one text, and a word counts for the group
//! when it is frequent there and rare elsewhere. Two words in a row count as a phrase.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

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

/// Word counts of all segments, to compare those of a group with.
pub(super) struct Wording<'a> {
    /// The texts of all segments with the index of their transcript, by transcript.
    texts: Vec<(usize, &'a str)>,
    /// Function words, which are no keywords.
    stops: &'a HashSet<String>,
    /// How often each term occurs in all texts, by its digest: terms would take more memory than the texts. The chance that two
    /// of ten million terms share a digest of 64 bits is 1 in 400,000.
    everywhere: HashMap<u64, Everywhere>,
    /// Number of terms in all texts.
    total: u64,
}

/// How often a term occurs in all texts.
#[derive(Debug, Clone, Copy, Default)]
struct Everywhere {
    count: u32,
    segments: u32,
}

/// Texts whose terms are counted at a time.
const AT_ONCE: usize = 4096;

impl<'a> Wording<'a> {
    /// Counts the words of `segments`.
    pub(super) fn of(segments: &'a [Segment], stops: &'a HashSet<String>) -> Self {
        let text = |segment: &'a Segment| (segment.passage.transcript.get(), segment.passage.text.as_str());
        Self::of_texts(segments.iter().map(text).collect(), stops)
    }

    fn of_texts(texts: Vec<(usize, &'a str)>, stops: &'a HashSet<String>) -> Self {
        let mut everywhere: HashMap<u64, Everywhere> = HashMap::new();
        let mut total = 0;
        for some in texts.chunks(AT_ONCE) {
            let digests = |(_, text): &(usize, &str)| {
                let mut digests: Vec<u64> = terms(text, stops).iter().map(|term| digest(term)).collect();
                digests.sort_unstable();
                digests
            };
            let of_texts: Vec<Vec<u64>> = some.par_iter().map(digests).collect();
            for equal in of_texts.iter().flat_map(|digests| digests.chunk_by(|a, b| a == b)) {
                let found = everywhere.entry(equal[0]).or_default();
                found.count += equal.len() as u32;
                found.segments += 1;
                total += equal.len() as u64;
            }
        }
        Self { texts, stops, everywhere, total }
    }

    /// The strongest words and phrases of each group of segments, ten at most, strongest first; `members` are indices of segments.
    ///
    /// The weight of a word is √tf · ln(1 + (A − f + ½) / (f + ½)): its share of the group's words, the mean number
    /// of words A a group has, and its frequency f over all segments (the variant with a square root and BM25 weights, which
    /// keeps words that are frequent everywhere from naming every group).
    pub(super) fn keywords(&self, members: &[Vec<usize>]) -> Vec<Vec<String>> {
        let mean = self.total as f64 / members.len().max(1) as f64;
        members.par_iter().map(|indices| self.of_group(indices, mean)).collect()
    }

    fn of_group(&self, indices: &[usize], mean: f64) -> Vec<String> {
        let mut indices = indices.to_vec();
        indices.sort_unstable();
        let texts = || indices.iter().map(|&index| self.texts[index]);
        let distinct_transcripts =
            texts().map(|(transcript, _)| transcript).collect::<BTreeSet<usize>>().len() as u32;
        let least = MIN_TRANSCRIPTS.min(distinct_transcripts);
        let common = (self.texts.len() as f64 * COMMON).max(2.0) as u32;
        let here = counted(texts(), self.stops);
        let size: f64 = here.iter().map(|(_, found)| f64::from(found.count)).sum();
        let mut weighted: Vec<(f64, &str)> = here
            .iter()
            .map(|(term, found)| {
                (term.as_str(), found, self.everywhere.get(&digest(term)).copied().unwrap_or_default())
            })
            .filter(|(_, found, all)| found.transcripts >= least && all.segments <= common)
            .map(|(term, found, all)| {
                ((f64::from(found.count) / size).sqrt() * rarity(mean, f64::from(all.count)), term)
            })
            .collect();
        weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        distinct(weighted.into_iter().map(|(_, term)| term), KEYWORDS)
    }
}

/// How often each term occurs in some texts, which are in the order of transcripts; by term.
fn counted<'a>(
    texts: impl Iterator<Item = (usize, &'a str)>,
    stops: &HashSet<String>,
) -> Vec<(String, Found)> {
    let mut found: HashMap<String, Found> = HashMap::new();
    for (transcript, text) in texts {
        for term in terms(text, stops) {
            found.entry(term).or_default().add(transcript);
        }
    }
    let mut found: Vec<(String, Found)> = found.into_iter().collect();
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    found
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

#[derive(Debug, Clone, Copy, Default)]
struct Found {
    count: u32,
    transcripts: u32,
    /// One more than the index of the transcript in which it was found last.
    last: usize,
}

impl Found {
    /// Counts the term once more; texts are in the order of transcripts.
    fn add(&mut self, transcript: usize) {
        self.count += 1;
        self.transcripts += u32::from(self.last != transcript + 1);
        self.last = transcript + 1;
    }
}

/// The words of a text that can be keywords, and the phrases of two adjacent ones.
fn terms(text: &str, stops: &HashSet<String>) -> Vec<String> {
    let mut terms = Vec::new();
    let mut before: Option<String> = None;
    for word in words(text) {
        let tells = !stops.contains(&word)
            && word.chars().nth(1).is_some()
            && word.chars().any(char::is_alphabetic)
            && !(word.contains('\'') && stops.contains(&word.replace('\'', "")));
        if !tells {
            before = None;
            continue;
        }
        if let Some(first) = before.as_ref().filter(|first| **first != word) {
            terms.push(format!("{first} {word}"));
        }
        before = Some(word.clone());
        terms.push(word);
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

    #[test]
    fn a_group_is_named_by_what_only_it_says() {
        let texts = [
            (0, "the password for the screen"),
            (1, "another password and the screen froze"),
            (1, "she cried in the car"),
            (2, "I cried in the night"),
        ];
        let stops = ["the", "for", "and", "in", "she", "i", "another"].map(str::to_owned).into();
        let names = Wording::of_texts(texts.to_vec(), &stops).keywords(&[vec![0, 1], vec![2, 3]]);
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
