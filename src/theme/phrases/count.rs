//! Counts phrases: those of a group of segments, and how often each is said in all talk.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::Talk;
use super::empty_words::is_empty;
use crate::results::Segment;
use crate::theme::inflection::{Inflection, commonest, commonest_inflected};
use crate::theme::keywords::{InSeveral, digest};
use crate::theme::lexicon::LONGEST_WORD;

/// Words of a phrase.
pub(in crate::theme) const WORDS: usize = 3;
/// Texts that are counted at a time.
const AT_ONCE: usize = 4096;

/// A phrase of a group of segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// Its words in lower case and in the singular, or their stems, which stand for all its forms.
    pub(super) key: String,
    /// The form that is said most often.
    pub(super) surface: String,
    pub(super) count: u32,
    /// Number of the group's interviews that say it.
    pub(super) transcripts: usize,
}

/// How often a phrase is said in all talk.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Everywhere {
    pub(super) count: u32,
    pub(super) segments: u32,
    /// How often interviewers say it.
    asked: u32,
}

/// All talk of participants and interviewers.
pub(super) struct AllTalk {
    counts: HashMap<u64, Everywhere>,
    /// Phrases of all participants, and of all interviewers.
    pub(super) total: u64,
    asked: u64,
}

impl AllTalk {
    /// Counts the phrases with these digests. (The chance that two of a million phrases share one of 64 bits is 1 in 40 million.)
    pub(super) fn of<'a>(talk: &Talk<'a>, wanted: &HashSet<u64>) -> Self {
        let said = |segment: &'a Segment| (segment.passage.text.as_str(), Inflection::of(&segment.language));
        let said: Vec<(&str, Inflection)> = talk.segments.iter().map(said).collect();
        let mut all = Self { counts: HashMap::new(), total: 0, asked: 0 };
        for (texts, is_asked) in [(&said, false), (&talk.asked, true)] {
            for some in texts.chunks(AT_ONCE) {
                let digests = |&(text, inflection): &(&str, Inflection)| {
                    let phrases = phrases_of(text, inflection, talk.stops);
                    let number = phrases.len() as u64;
                    let mut digests: Vec<u64> = phrases
                        .iter()
                        .map(|(key, _)| digest(key))
                        .filter(|digest| wanted.contains(digest))
                        .collect();
                    digests.sort_unstable();
                    (number, digests)
                };
                let of_texts: Vec<(u64, Vec<u64>)> = some.par_iter().map(digests).collect();
                for (number, digests) in of_texts {
                    *(if is_asked { &mut all.asked } else { &mut all.total }) += number;
                    for equal in digests.chunk_by(|a, b| a == b) {
                        let found = all.counts.entry(equal[0]).or_default();
                        if is_asked {
                            found.asked += equal.len() as u32;
                        } else {
                            found.count += equal.len() as u32;
                            found.segments += 1;
                        }
                    }
                }
            }
        }
        all
    }

    /// How often a phrase is said.
    pub(super) fn of_phrase(&self, key: &str) -> Everywhere {
        self.counts.get(&digest(key)).copied().unwrap_or_default()
    }

    /// Whether interviewers say it as often as participants, for what each of them says.
    pub(super) fn is_asked(&self, phrase: Everywhere) -> bool {
        let rate = |count: u32, all: u64| f64::from(count) / all.max(1) as f64;
        phrase.asked >= super::MIN_ASKED && rate(phrase.asked, self.asked) >= rate(phrase.count, self.total)
    }
}

/// What a group of segments says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The phrases that enough of its interviews say, by key.
    pub(super) phrases: Vec<Occurrence>,
    /// How many phrases there are, each as often as it is said.
    pub(super) size: u64,
    /// The words of all of them.
    pub(super) words: BTreeSet<String>,
}

/// The phrases of some texts, which are in the order of transcripts, that are said in at least so many of these.
pub(super) fn counted<'a>(
    texts: impl ExactSizeIterator<Item = (usize, &'a str, Inflection)> + Clone,
    stops: &HashSet<String>,
    least: usize,
) -> Said {
    #[derive(Default)]
    struct Found {
        count: u32,
        transcripts: usize,
        /// One more than the index of the last transcript.
        last: usize,
        surfaces: BTreeMap<String, u32>,
        /// Whether its words are joined by their stems.
        inflected: bool,
    }
    let keys = texts.clone().flat_map(|(transcript, text, inflection)| {
        phrases_of(text, inflection, stops).into_iter().map(move |(key, _)| (transcript, digest(&key)))
    });
    let frequent = InSeveral::of_many(texts.len(), least, keys);
    let mut said = Said::default();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for (transcript, text, inflection) in texts {
        for (key, surface) in phrases_of(text, inflection, stops) {
            said.size += 1;
            for word in key.split(' ') {
                if !said.words.contains(word) {
                    said.words.insert(word.to_owned());
                }
            }
            if frequent.as_ref().is_some_and(|frequent| !frequent.holds(digest(&key))) {
                continue;
            }
            let entry = found.entry(key).or_default();
            entry.count += 1;
            entry.transcripts += usize::from(entry.last != transcript + 1);
            entry.last = transcript + 1;
            entry.inflected |= inflection != Inflection::NONE;
            *entry.surfaces.entry(surface.to_owned()).or_default() += 1;
        }
    }
    let phrases = found.into_iter().filter(|(_, found)| found.transcripts >= least);
    said.phrases = phrases
        .map(|(key, found)| {
            let most = if found.inflected { commonest_inflected } else { commonest };
            let surface = most(&found.surfaces).map(spoken).unwrap_or_default();
            Occurrence { key, surface, count: found.count, transcripts: found.transcripts }
        })
        .collect();
    said
}

/// A form without line breaks and without the capital of a sentence's beginning; other capitals stay.
fn spoken(surface: &str) -> String {
    surface.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The phrases of a text: their keys and how they are written.
pub(super) fn phrases_of<'a>(
    text: &'a str,
    inflection: Inflection,
    stops: &HashSet<String>,
) -> Vec<(String, &'a str)> {
    let mut phrases = Vec::new();
    // The words since the last punctuation: key, start and end, and whether a phrase may begin or end with it.
    let mut run: Vec<(String, usize, bool)> = Vec::new();
    let mut end_before = 0;
    for (start, word) in text.unicode_word_indices() {
        if breaks(&text[end_before..start]) || word.len() > LONGEST_WORD {
            run.clear();
        }
        end_before = start + word.len();
        if word.len() > LONGEST_WORD {
            continue;
        }
        let elided = inflection.elided(word);
        let lower = word[elided..].to_lowercase().replace('’', "'");
        let tells = tells(&lower, inflection, stops);
        run.push((key(&lower, inflection), start + elided, tells));
        if run.len() > WORDS {
            run.remove(0);
        }
        if tells {
            for first in (0..run.len()).filter(|&first| run[first].2) {
                let words: Vec<&str> = run[first..].iter().map(|(key, ..)| key.as_str()).collect();
                if words.len() > 1 && words.windows(2).any(|pair| pair[0] == pair[1]) {
                    continue;
                }
                phrases.push((words.join(" "), &text[run[first].1..end_before]));
            }
        }
    }
    phrases
}

/// Whether a phrase ends between two words with this between them.
fn breaks(between: &str) -> bool {
    between.contains('\n') || between.chars().any(|c| !c.is_whitespace() && c != '-' && c != '\'' && c != '’')
}

/// Whether a phrase may begin or end with a word.
fn tells(word: &str, inflection: Inflection, stops: &HashSet<String>) -> bool {
    let bare = word.split('\'').next().unwrap_or(word);
    !stops.contains(word)
        && !stops.contains(bare)
        && !stops.contains(&word.replace('\'', ""))
        && !is_empty(bare, inflection)
        && word.chars().nth(1).is_some()
        && word.chars().any(char::is_alphabetic)
        && !word.chars().any(|c| c.is_ascii_digit())
}

/// What stands for all forms of a word in lower case.
pub(super) fn key(word: &str, inflection: Inflection) -> String {
    inflection.stem(word).unwrap_or_else(|| singular(word))
}

/// A word without a plural or possessive `s`.
fn singular(word: &str) -> String {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    if let Some(stem) = bare.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let plural = bare.len() > 3 && !bare.ends_with("ss") && !bare.ends_with("us") && !bare.ends_with("is");
    if plural { bare.strip_suffix('s').unwrap_or(bare).to_owned() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stops() -> HashSet<String> {
        ["the", "of", "and", "i", "my", "is", "a"].map(str::to_owned).into()
    }

    fn keys(text: &str) -> Vec<String> {
        phrases_of(text, Inflection::NONE, &stops()).into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn phrases_stay_within_punctuation_and_begin_and_end_with_words_that_tell() {
        assert_eq!(keys("The quality of life, families"), ["quality", "quality of life", "life", "family"]);
        assert_eq!(keys("Monday. Thanks, 12 really"), Vec::<String>::new());
        assert_eq!(keys("home\nvisits"), ["home", "visit"]);
        assert_eq!(keys("dog dog"), ["dog", "dog"]);
    }

    #[test]
    fn a_phrase_is_shown_as_it_is_said_most_often() {
        let texts = [(0, "Home visits. home visits."), (1, "my home visit")];
        let texts = texts.into_iter().map(|(transcript, text)| (transcript, text, Inflection::of("en")));
        let found = counted(texts, &stops(), 1).phrases;
        let visit = found.iter().find(|phrase| phrase.key == "home visit").unwrap();
        assert_eq!((visit.surface.as_str(), visit.count, visit.transcripts), ("home visits", 3, 2));
    }

    #[test]
    fn inflected_forms_are_one_phrase() {
        let texts = [(0, "domácí péče"), (1, "o domácí péči"), (2, "s domácí péčí, domácí péče")];
        let texts = texts.into_iter().map(|(transcript, text)| (transcript, text, Inflection::of("cs")));
        let found = counted(texts, &["o", "s"].map(str::to_owned).into(), 1).phrases;
        let care = found.iter().find(|phrase| phrase.surface == "domácí péče").unwrap();
        assert_eq!((care.count, care.transcripts), (4, 3));
    }

    #[test]
    fn a_phrase_does_not_begin_with_an_elided_article() {
        let phrases =
            phrases_of("L’aide à l'école", Inflection::of("fr"), &["à", "l"].map(str::to_owned).into());
        let surfaces: Vec<&str> = phrases.into_iter().map(|(_, surface)| surface).collect();
        assert_eq!(surfaces, ["aide", "aide à l'école", "école"]);
    }

    #[test]
    fn what_interviewers_say_as_often_is_theirs() {
        let talk =
            Talk { segments: &[], asked: vec![("the macro practice", Inflection::NONE); 3], stops: &stops() };
        let all = AllTalk::of(&talk, &[digest("macro practice")].into());
        assert!(all.is_asked(all.of_phrase("macro practice")) && !all.is_asked(all.of_phrase("bus")));
    }
}
