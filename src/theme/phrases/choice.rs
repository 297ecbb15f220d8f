//! Chooses the phrases of a name: the best one, then those that add something.

use std::collections::BTreeSet;

use ndarray::Array1;
use same_bits::products::dot;

/// Phrases of a name.
pub(in crate::theme) const NAME_PHRASES: usize = 3;
/// Phrases of a theme: the name and further keywords.
pub(in crate::theme) const PHRASES: usize = 10;
/// Phrases with a higher cosine say the same.
pub(in crate::theme) const SAME: f32 = 0.75;

/// A phrase that may name a theme.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) score: f32,
    /// As people say it most often.
    pub(super) text: String,
    /// Its words in lower case and in the singular.
    pub(super) key: String,
    /// Less the mean of all phrases, at unit length.
    pub(super) vector: Array1<f32>,
}

impl Candidate {
    /// Whether it says the same.
    fn says(&self, other: &Self) -> bool {
        self.key == other.key || dot(self.vector.view(), other.vector.view()) > SAME
    }

    /// Whether one holds all words of the other.
    fn shares_words(&self, other: &Self) -> bool {
        let parts = |key: &str| key.split(' ').map(str::to_owned).collect::<BTreeSet<String>>();
        let (one, another) = (parts(&self.key), parts(&other.key));
        one.is_subset(&another) || another.is_subset(&one)
    }
}

/// The best phrases: none holds another or says the same. The first says what none of `titles` says, if there is such a one, and
/// becomes one of them.
pub(super) fn chosen(mut candidates: Vec<Candidate>, titles: &mut Vec<Candidate>) -> Vec<String> {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.key.cmp(&b.key)));
    let given = |candidate: &Candidate| titles.iter().any(|title| title.says(candidate));
    if let Some(first) = candidates.iter().position(|candidate| !given(candidate)) {
        let title = candidates.remove(first);
        titles.push(title.clone());
        candidates.insert(0, title);
    }
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if kept.len() == PHRASES {
            break;
        }
        let repeats = |other: &Candidate| {
            other.shares_words(&candidate) || (kept.len() < NAME_PHRASES && other.says(&candidate))
        };
        if !kept.iter().any(repeats) {
            kept.push(candidate);
        }
    }
    kept.into_iter().map(|candidate| candidate.text).collect()
}

/// A title, then what else people say about it: "home visit – client calls · screen". Without a comma, so that it can stand in a list.
pub(in crate::theme) fn name_of(phrases: &[String]) -> String {
    match phrases {
        [] => "unnamed".to_owned(),
        [title] => title.clone(),
        [title, others @ ..] => {
            let others: Vec<&str> = others.iter().take(NAME_PHRASES - 1).map(String::as_str).collect();
            format!("{title} – {}", others.join(" · "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn candidate(text: &str, score: f32, angle: f32) -> Candidate {
        Candidate {
            score,
            text: text.to_owned(),
            key: text.to_owned(),
            vector: array![angle, (1.0 - angle * angle).sqrt()],
        }
    }

    #[test]
    fn a_name_repeats_nothing_and_a_title_is_given_once() {
        let candidates = || {
            vec![
                candidate("home visit", 0.9, 1.0),
                candidate("visit", 0.8, 0.1),
                candidate("house call", 0.7, 0.95),
                candidate("screen", 0.6, 0.0),
            ]
        };
        let mut titles = Vec::new();
        assert_eq!(chosen(candidates(), &mut titles), ["home visit", "screen"]);
        assert_eq!(chosen(candidates(), &mut titles)[0], "visit");
    }

    #[test]
    fn a_name_is_a_title_and_two_phrases() {
        let name = |phrases: &[&str]| {
            name_of(&phrases.iter().map(|&phrase| phrase.to_owned()).collect::<Vec<String>>())
        };
        assert_eq!(name(&["bus", "fare", "line", "stop"]), "bus – fare · line");
        assert_eq!(name(&["bus"]), "bus");
        assert_eq!(name(&[]), "unnamed");
    }
}
