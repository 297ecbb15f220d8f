//! Whether a difference between groups can be told from one between languages.
//!
//! An encoder reads some languages better than others, and a theme may be found more often in the one it knows best. Where the
//! groups speak different languages, no statistic tells which it is.

use std::collections::{BTreeMap, BTreeSet};

use super::Contrast;
use crate::corpus::{Problem, Severity};

/// From so strong an association of language and group on (Cramér's V, 1946), the few who speak the other group's language do
/// not say how much of a difference the language makes.
pub(in crate::compare) const STRONG: f64 = 0.8;

/// How language and group go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Confounding {
    /// No language is spoken in both.
    Apart,
    /// Nearly everybody in one speaks another language than nearly everybody in the other.
    Nearly,
}

impl Confounding {
    /// The warning for a pair of groups.
    pub(super) fn problem(self, attribute: &str, group_a: &str, group_b: &str) -> Problem {
        let how = match self {
            Self::Apart => "speak different languages",
            Self::Nearly => "hardly share a language",
        };
        let message = format!(
            "`{group_a}` and `{group_b}` (`{attribute}`) {how}: a difference between them may lie in how well each language \
             is read, not in what people say. `contrasts` marks it in `language_confounded`."
        );
        let hint = "Before reporting one, code a random sample of both groups by hand, or compare within a language.";
        Problem::new(Severity::Warning, "groups", message).with_hint(hint)
    }
}

/// How language and the two groups of transcripts go together, if they do so far that one cannot be told from the other: no
/// language is spoken in both, or Cramér's V between language and group is at least .8. Transcripts whose language is not
/// known are left out; where nobody's in a group is, nothing is known against the contrast.
pub(super) fn confounding(a: &[usize], b: &[usize], languages: &[String]) -> Option<Confounding> {
    let mut spoken: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for (side, places) in [a, b].into_iter().enumerate() {
        let known = places.iter().filter_map(|&place| languages.get(place)).filter(|tag| !tag.is_empty());
        for tag in known {
            spoken.entry(tag).or_default()[side] += 1.0;
        }
    }
    let sizes = [0, 1].map(|side| spoken.values().map(|counts| counts[side]).sum::<f64>());
    if sizes.contains(&0.0) {
        return None;
    }
    if spoken.values().all(|counts| counts.contains(&0.0)) {
        return Some(Confounding::Apart);
    }
    // Chi-square over n, of which V is the root for two groups.
    let all = sizes[0] + sizes[1];
    let part = |counts: &[f64; 2]| {
        let cell = |side: usize| {
            let expected = (counts[0] + counts[1]) * sizes[side] / all;
            (counts[side] - expected).powi(2) / expected
        };
        cell(0) + cell(1)
    };
    let association = (spoken.values().map(part).sum::<f64>() / all).sqrt();
    (association >= STRONG).then_some(Confounding::Nearly)
}

/// Both groups without the transcripts of one language, for each language that is spoken in either; nothing where it is one alone.
/// Transcripts whose language is not known stay.
pub(super) fn leave_one_out(a: &[usize], b: &[usize], languages: &[String]) -> Vec<[Vec<usize>; 2]> {
    let tag = |place: &usize| languages.get(*place).map(String::as_str).filter(|tag| !tag.is_empty());
    let spoken: BTreeSet<&str> = a.iter().chain(b).filter_map(tag).collect();
    if spoken.len() < 2 {
        return Vec::new();
    }
    let without = |places: &[usize], language: &str| -> Vec<usize> {
        places.iter().copied().filter(|place| tag(place) != Some(language)).collect()
    };
    spoken.into_iter().map(|language| [without(a, language), without(b, language)]).collect()
}

/// The warning for a pair whose differences, other than by chance, turn round when a language is left out; `contrasts` are those of the pair.
pub(super) fn turned_signs(
    attribute: &str,
    group_a: &str,
    group_b: &str,
    contrasts: &[Vec<Contrast>],
) -> Option<Problem> {
    let turns = |contrast: &&Contrast| {
        let found = contrast.p_value.is_some_and(|p| p < 0.05)
            || contrast.interval.low * contrast.interval.high > 0.0;
        found
            && contrast.leave_language_out.is_some_and(|range| {
                range.low * contrast.difference < 0.0 || range.high * contrast.difference < 0.0
            })
    };
    let turned = contrasts.iter().flatten().filter(turns).count();
    (turned > 0).then(|| {
        let message = format!(
            "`{group_a}` and `{group_b}` (`{attribute}`): differences that turn round when one language is left out: {turned}; see \
             `leave_language_out_low` and `_high` in `contrasts`."
        );
        let hint = "Compare within languages (`within = \"language\"` under [compare]), and read the quotes of each language.";
        Problem::new(Severity::Warning, "groups", message).with_hint(hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The finding for groups of so many speakers of each tag.
    fn found(a: &[(&str, usize)], b: &[(&str, usize)]) -> Option<Confounding> {
        let tags = |group: &[(&str, usize)]| -> Vec<String> {
            group.iter().flat_map(|&(tag, times)| std::iter::repeat_n(tag.to_owned(), times)).collect()
        };
        let (first, second) = (tags(a), tags(b));
        let languages = [first.clone(), second].concat();
        let (a, b): (Vec<usize>, Vec<usize>) = (0..languages.len()).partition(|&place| place < first.len());
        confounding(&a, &b, &languages)
    }

    #[test]
    fn groups_apart_in_language_are_found() {
        assert_eq!(found(&[("en", 8)], &[("es", 9)]), Some(Confounding::Apart));
        assert_eq!(found(&[("en", 4), ("cy", 4)], &[("es", 9), ("", 3)]), Some(Confounding::Apart));
        assert_eq!(found(&[("en", 19), ("es", 1)], &[("es", 20)]), Some(Confounding::Nearly));
        assert_eq!(found(&[("en", 9), ("es", 1)], &[("en", 1), ("es", 9)]), Some(Confounding::Nearly));
    }

    #[test]
    fn groups_that_share_a_language_are_not() {
        assert_eq!(found(&[("en", 8)], &[("en", 9)]), None);
        assert_eq!(found(&[("en", 8), ("es", 2)], &[("en", 2), ("es", 8)]), None);
        assert_eq!(found(&[("en", 10)], &[("en", 5), ("es", 5)]), None);
    }

    #[test]
    fn nothing_is_held_against_what_is_not_known() {
        assert_eq!(found(&[("", 8)], &[("es", 9)]), None);
        assert_eq!(found(&[], &[("es", 9)]), None);
        assert_eq!(confounding(&[0, 7], &[1], &[]), None);
    }
}
