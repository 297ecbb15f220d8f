//! Tells names of people and places from other words by how they are written within a sentence.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::results::Segment;
use crate::theme::inflection::Inflection;

/// A word is a name if so large a share of its occurrences within sentences has a capital.
const NEARLY_ALWAYS: f64 = 0.9;
/// Fewer occurrences within sentences tell nothing.
const MIN_OCCURRENCES: u32 = 2;
/// In a language or transcript where more words than this have capitals, capitals tell no names.
const MOST_NAMES: f64 = 0.4;
/// Texts that are looked through at a time.
const AT_ONCE: usize = 4096;

/// The words that are nearly always written with a capital.
pub(super) struct Capitals {
    names: BTreeSet<String>,
    speakers: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Written {
    within: u32,
    capital: u32,
    /// All letters are capitals, as in abbreviations.
    all_capitals: u32,
}

impl Capitals {
    /// Looks for the words of these phrases in all segments; `speakers` are the labels of those who speak.
    pub(super) fn of<'a>(
        segments: &[Segment],
        phrases: impl Iterator<Item = &'a str>,
        speakers: &BTreeSet<&str>,
    ) -> Self {
        let words: BTreeSet<&str> = phrases.flat_map(|phrase| phrase.split(' ')).collect();
        let words: Vec<&str> = words.into_iter().collect();
        let number_of: HashMap<&str, usize> =
            words.iter().enumerate().map(|(number, &word)| (word, number)).collect();
        let mut written = vec![Written::default(); words.len()];
        for some in segments.chunks(AT_ONCE) {
            let found: Vec<Vec<(usize, bool, bool)>> =
                some.par_iter().map(|segment| within_sentences(segment, &number_of)).collect();
            for (number, capital, all_capitals) in found.into_iter().flatten() {
                let entry = &mut written[number];
                entry.within += 1;
                entry.capital += u32::from(capital);
                entry.all_capitals += u32::from(all_capitals);
            }
        }
        let is_name = |written: &Written| {
            written.within >= MIN_OCCURRENCES
                && f64::from(written.capital) >= NEARLY_ALWAYS * f64::from(written.within)
        };
        let judged = written.iter().filter(|written| written.within >= MIN_OCCURRENCES).count();
        let with_capital = written.iter().filter(|written| is_name(written)).count();
        let tells = with_capital as f64 <= MOST_NAMES * judged as f64;
        let is_abbreviation = |written: &Written| 2 * written.all_capitals > written.within;
        let names = words
            .iter()
            .zip(&written)
            .filter(|(_, written)| tells && is_name(written) && !is_abbreviation(written))
            .map(|(word, _)| (*word).to_owned())
            .collect();
        let speakers: BTreeSet<String> =
            speakers.iter().flat_map(|label| label.unicode_words()).map(str::to_lowercase).collect();
        let languages: BTreeSet<&str> = segments.iter().map(|segment| segment.language.as_str()).collect();
        let inflected = languages.into_iter().map(Inflection::of);
        let stems: BTreeSet<String> = inflected
            .flat_map(|inflection| speakers.iter().filter_map(move |word| inflection.stem(word)))
            .collect();
        Self { names, speakers: speakers.union(&stems).cloned().collect() }
    }

    /// Whether a phrase is made of names, or holds that of somebody who speaks.
    pub(super) fn are_names(&self, key: &str) -> bool {
        key.split(' ').all(|word| self.names.contains(word))
            || key.split(' ').any(|word| self.names.contains(word) && self.speakers.contains(word))
    }
}

/// For each of the words within a sentence: its number, and whether it begins with a capital or has only capitals.
fn within_sentences(segment: &Segment, number_of: &HashMap<&str, usize>) -> Vec<(usize, bool, bool)> {
    let (text, inflection) = (segment.passage.text.as_str(), Inflection::of(&segment.language));
    let mut found = Vec::new();
    let mut end_before = 0;
    for (start, word) in text.unicode_word_indices() {
        let between = &text[end_before..start];
        let begins =
            end_before == 0 || between.contains(['.', '!', '?', '…', ':', '\n', '"', '“', '”', '[', '(']);
        end_before = start + word.len();
        if begins {
            continue;
        }
        let word = &word[inflection.elided(word)..];
        let lower = word.to_lowercase();
        let key = inflection.stem(&lower).unwrap_or(lower);
        let Some(&number) = number_of.get(key.as_str()) else { continue };
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        found.push((number, capital, letters().count() > 1 && letters().all(char::is_uppercase)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Passage;

    fn segment(text: &str, language: &str) -> Segment {
        let passage = Passage::for_test(0, text.to_owned());
        let (id, speaker) = ("P:1".to_owned(), "Ilva Tarrow".to_owned());
        Segment {
            id: id.into(),
            index: 1,
            passage,
            speaker: speaker.into(),
            language: language.into(),
            start_ms: None,
            end_ms: None,
        }
    }

    fn capitals(texts: &[&str], phrases: &[&str]) -> Capitals {
        let segments: Vec<Segment> = texts.iter().map(|text| segment(text, "en")).collect();
        Capitals::of(&segments, phrases.iter().copied(), &["Ilva Tarrow"].into())
    }

    #[test]
    fn names_are_told_from_words_and_abbreviations() {
        let text = "we saw Anna and then the bus in Velmora with the NHS form, then Ilva came late by bus, and a form fell.";
        let found = capitals(
            &[text, text, "Bus first."],
            &["anna", "velmora", "bus", "form", "nhs", "ilva form", "late", "saw", "came", "fell", "then"],
        );
        assert!(found.are_names("anna") && found.are_names("velmora") && found.are_names("ilva form"));
        assert!(!found.are_names("bus") && !found.are_names("nhs") && !found.are_names("velmora bus"));
    }

    #[test]
    fn inflected_names_are_names() {
        let text = "mluvila s Janou o práci a s Petrem o domově a o škole, pak Jana viděla Petra u školy v práci, byla doma u domova";
        let stems: Vec<String> = ["jana", "petr", "práce", "škola", "domov"]
            .iter()
            .filter_map(|word| Inflection::of("cs").stem(word))
            .collect();
        let segments = [segment(text, "cs"), segment(text, "cs")];
        let found = Capitals::of(&segments, stems.iter().map(String::as_str), &BTreeSet::new());
        assert_eq!(
            stems.iter().map(|stem| found.are_names(stem)).collect::<Vec<bool>>(),
            [true, true, false, false, false]
        );
    }

    #[test]
    fn where_every_word_has_a_capital_none_is_a_name() {
        let text = "der Bus und das Formular und die Pause";
        assert!(!capitals(&[text, text], &["bus", "formular"]).are_names("bus"));
    }
}
