//! Names for groups of segments, made of their own words.
//!
//! Class-based TF-IDF (Grootendorst, 2022): all segments of a group are one text, and a word counts for the group
//! when it is frequent there and rare elsewhere. Two words in a row count as a phrase.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::words;
use crate::corpus::Segment;

/// Keywords of a theme or cluster, and how many of them make its name.
const KEYWORDS: usize = 10;
const NAME_WORDS: usize = 3;
/// A word must come up in as many interviews of a group to speak for it (where the group has as many): what one
/// person calls their dog names no theme.
const LEAST_TRANSCRIPTS: u32 = 2;
/// Words in more than this share of all segments speak for no group.
const COMMON: f64 = 0.2;

/// Keywords of each group of segments; `members` are their places.
pub(super) fn keywords_of(
    segments: &[Segment],
    members: &[Vec<usize>],
    stops: &BTreeSet<String>,
) -> Vec<Vec<String>> {
    let texts: Vec<(usize, &str)> =
        segments.iter().map(|segment| (segment.passage.transcript, segment.passage.text.as_str())).collect();
    group_keywords(&texts, &groups(members, texts.len()), members.len(), stops, KEYWORDS)
}

/// Names made of the strongest keywords, and then, should another theme have that name, of weaker ones.
pub(super) fn names_of(keywords: &[String]) -> impl Iterator<Item = String> + '_ {
    let whole = keywords.len().min(NAME_WORDS);
    let unnamed = keywords.is_empty().then(|| "unnamed".to_owned());
    keywords.windows(whole.max(1)).map(|words| words.join(", ")).chain(unnamed)
}

/// For each segment the groups that it is in.
fn groups(members: &[Vec<usize>], segments: usize) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); segments];
    for (group, places) in members.iter().enumerate() {
        for &place in places {
            groups[place].push(group);
        }
    }
    groups
}

/// The strongest words and phrases of each group, at most `most` a group, strongest first.
///
/// `texts` are all segments with the place of their transcript, by transcript; `groups_of` names the groups that each is
/// in, from 0 to `groups`. Function words in `stops` are left
/// out. The weight of a word is √tf · ln(1 + (A − f + ½) / (f + ½)): its share of the group's words, the mean number
/// of words A a group has, and its frequency f over all groups (the variant with a square root and BM25 weights, which
/// keeps words that are frequent everywhere from naming every group).
fn group_keywords(
    texts: &[(usize, &str)],
    groups_of: &[Vec<usize>],
    groups: usize,
    stops: &BTreeSet<String>,
    most: usize,
) -> Vec<Vec<String>> {
    let mut everywhere: BTreeMap<String, Found> = BTreeMap::new();
    let mut by_group: Vec<BTreeMap<String, Found>> = vec![BTreeMap::new(); groups];
    let mut voices: Vec<Found> = vec![Found::default(); groups];
    for (&(transcript, text), here) in texts.iter().zip(groups_of) {
        for &group in here {
            voices[group].add(1, transcript);
        }
        let mut seen = BTreeMap::new();
        for term in terms(text, stops) {
            *seen.entry(term).or_insert(0_u32) += 1;
        }
        for (term, count) in seen {
            for &group in here {
                by_group[group].entry(term.clone()).or_default().add(count, transcript);
            }
            everywhere.entry(term).or_default().add(count, transcript);
        }
    }
    let total: u64 = everywhere.values().map(|found| u64::from(found.count)).sum();
    let mean = total as f64 / groups.max(1) as f64;
    let common = (texts.len() as f64 * COMMON).max(2.0) as u32;
    by_group
        .iter()
        .zip(voices)
        .map(|(found_here, voices)| {
            let least = LEAST_TRANSCRIPTS.min(voices.transcripts);
            let size: f64 = found_here.values().map(|found| f64::from(found.count)).sum();
            let mut weighted: Vec<(f64, &str)> = found_here
                .iter()
                .filter(|(term, found)| {
                    found.transcripts >= least && everywhere[term.as_str()].segments <= common
                })
                .map(|(term, found)| {
                    let elsewhere = f64::from(everywhere[term.as_str()].count);
                    ((f64::from(found.count) / size).sqrt() * rarity(mean, elsewhere), term.as_str())
                })
                .collect();
            weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
            distinct(weighted.into_iter().map(|(_, term)| term), most)
        })
        .collect()
}

fn rarity(mean: f64, elsewhere: f64) -> f64 {
    (1.0 + (mean - elsewhere + 0.5).max(0.0) / (elsewhere + 0.5)).ln()
}

#[derive(Debug, Clone, Copy, Default)]
struct Found {
    count: u32,
    segments: u32,
    transcripts: u32,
    /// One more than the place of the transcript in which it was found last.
    last: usize,
}

impl Found {
    /// Counts a segment; segments come by transcript.
    fn add(&mut self, count: u32, transcript: usize) {
        self.count += count;
        self.segments += 1;
        self.transcripts += u32::from(self.last != transcript + 1);
        self.last = transcript + 1;
    }
}

/// The words of a text that can speak for it, and the phrases of two such words side by side.
fn terms(text: &str, stops: &BTreeSet<String>) -> Vec<String> {
    let mut terms = Vec::new();
    let mut before: Option<String> = None;
    for word in words(text) {
        let tells = word.chars().count() > 1
            && word.chars().any(char::is_alphabetic)
            && !stops.contains(&word)
            && !stops.contains(&word.replace('\'', ""));
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

/// The first terms that say something new: no word of which one already chosen consists, no plural beside its singular.
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
        let groups = [vec![0], vec![0], vec![1], vec![1]];
        let names = group_keywords(&texts, &groups, 2, &stops, 3);
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
