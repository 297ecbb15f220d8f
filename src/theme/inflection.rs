//! Joins the inflected forms of a word, so that keywords and phrases are counted by word and not by form.
//!
//! Only for names and keywords: scores match words as they are said. English is left as it is, as are languages without a stemmer.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// Letters of the longest word that loses its last vowel before another ("lorsqu'il"); "aujourd'hui" is one word.
const LONGEST_ELIDED: usize = 6;

/// How the words of one language are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inflection(Option<Algorithm>);

impl Inflection {
    /// Words as they are said.
    pub(super) const NONE: Self = Self(None);

    /// By the BCP-47 tag of a language, which may be empty.
    pub(super) fn of(language: &str) -> Self {
        let code = language.split('-').next().unwrap_or_default();
        Self(ALGORITHMS.iter().find(|(tags, _)| tags.contains(&code)).map(|&(_, algorithm)| algorithm))
    }

    /// The stemmer of the language.
    pub(super) fn algorithm(self) -> Option<Algorithm> {
        self.0
    }

    /// Bytes of the article or preposition that is elided before a word: `l'` of "l'école", `dell'` of "dell'ospedale".
    pub(super) fn elided(self, word: &str) -> usize {
        let elides = [Algorithm::French, Algorithm::Italian, Algorithm::Catalan];
        if !self.0.is_some_and(|algorithm| elides.contains(&algorithm)) {
            return 0;
        }
        let Some((at, mark)) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’')) else { return 0 };
        let end = at + mark.len_utf8();
        let elided = word[..at].chars().count() <= LONGEST_ELIDED && word[end..].chars().nth(1).is_some();
        if elided { end } else { 0 }
    }

    /// What all forms of a word in lower case share, with its commonest form to be shown; none where words are not joined.
    pub(super) fn stem(self, word: &str) -> Option<String> {
        let stem = Stemmer::create(self.0?).stem(word).into_owned();
        Some(if stem.is_empty() { word.to_owned() } else { stem })
    }
}

/// Tags of languages with their stemmer (Porter 2001). Bosnian, Croatian and Serbian are close enough for one.
const ALGORITHMS: &[(&[&str], Algorithm)] = &[
    (&["ar"], Algorithm::Arabic),
    (&["bs", "hr", "sr"], Algorithm::Serbian),
    (&["ca"], Algorithm::Catalan),
    (&["cs"], Algorithm::Czech),
    (&["da"], Algorithm::Danish),
    (&["de"], Algorithm::German),
    (&["el"], Algorithm::Greek),
    (&["eo"], Algorithm::Esperanto),
    (&["es"], Algorithm::Spanish),
    (&["et"], Algorithm::Estonian),
    (&["eu"], Algorithm::Basque),
    (&["fa"], Algorithm::Persian),
    (&["fi"], Algorithm::Finnish),
    (&["fr"], Algorithm::French),
    (&["ga"], Algorithm::Irish),
    (&["hi"], Algorithm::Hindi),
    (&["hu"], Algorithm::Hungarian),
    (&["hy"], Algorithm::Armenian),
    (&["id"], Algorithm::Indonesian),
    (&["it"], Algorithm::Italian),
    (&["lt"], Algorithm::Lithuanian),
    (&["nb", "nn", "no"], Algorithm::Norwegian),
    (&["ne"], Algorithm::Nepali),
    (&["nl"], Algorithm::Dutch),
    (&["pl"], Algorithm::Polish),
    (&["pt"], Algorithm::Portuguese),
    (&["ro"], Algorithm::Romanian),
    (&["ru"], Algorithm::Russian),
    (&["st"], Algorithm::Sesotho),
    (&["sv"], Algorithm::Swedish),
    (&["ta"], Algorithm::Tamil),
    (&["tr"], Algorithm::Turkish),
    (&["uk"], Algorithm::Ukrainian),
    (&["yi"], Algorithm::Yiddish),
];

/// The commonest of some forms with their counts; of equally common ones the last in the order of letters, so that small letters
/// come before capitals.
pub(super) fn commonest(forms: &BTreeMap<String, u32>) -> Option<&str> {
    forms.iter().max_by_key(|(_, count)| **count).map(|(form, _)| form.as_str())
}

/// The same for inflected forms: of equally common ones the shortest, which is most often the one of the dictionary.
pub(super) fn commonest_inflected(forms: &BTreeMap<String, u32>) -> Option<&str> {
    let forms = forms.iter().max_by_key(|(form, count)| (**count, Reverse(form.chars().count())));
    forms.map(|(form, _)| form.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(language: &str, forms: &[&str]) -> bool {
        let stems: Vec<Option<String>> =
            forms.iter().map(|form| Inflection::of(language).stem(form)).collect();
        stems.iter().all(|stem| stem.is_some() && *stem == stems[0])
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        assert!(same("cs", &["nemocnice", "nemocnici", "nemocnicí"]));
        assert!(same("pl", &["szpital", "szpitala", "szpitalu"]));
        assert!(same("fi", &["sairaala", "sairaalassa", "sairaalaan"]));
        assert!(same("tr", &["okul", "okula"]));
        assert!(same("ar", &["المستشفى", "مستشفى"]));
        assert!(same("hu", &["kórház", "kórházban"]));
        assert!(same("ru-RU", &["больница", "больницы", "больнице"]));
        assert!(same("hr", &["bolnica", "bolnici"]));
        assert!(same("nb", &["skole", "skolen"]));
    }

    #[test]
    fn of_equally_common_forms_the_shortest_is_shown() {
        let forms =
            |counts: &[(&str, u32)]| counts.iter().map(|&(form, count)| (form.to_owned(), count)).collect();
        let shown = |counts| commonest_inflected(&forms(counts)).map(str::to_owned);
        assert_eq!(shown(&[("материей", 1), ("материя", 1)]).as_deref(), Some("материя"));
        assert_eq!(shown(&[("материей", 2), ("материя", 1)]).as_deref(), Some("материей"));
    }

    #[test]
    fn english_and_unknown_languages_are_left_alone() {
        for language in ["en", "en-GB", "", "sw", "xx"] {
            assert_eq!(Inflection::of(language).stem("schools"), None, "{language}");
        }
    }

    #[test]
    fn elided_articles_are_no_part_of_a_word() {
        let bare = |language, word: &'static str| &word[Inflection::of(language).elided(word)..];
        assert_eq!((bare("fr", "l'école"), bare("fr", "aujourd'hui")), ("école", "aujourd'hui"));
        assert_eq!((bare("it", "dell’ospedale"), bare("en", "don't")), ("ospedale", "don't"));
    }

    #[test]
    fn no_word_loses_everything() {
        for (tags, _) in ALGORITHMS {
            for word in ["a", "ال", "και", "s", "ा", "lar", "\u{301}", "日"] {
                assert!(!Inflection::of(tags[0]).stem(word).unwrap().is_empty(), "{word} {tags:?}");
            }
        }
    }
}
