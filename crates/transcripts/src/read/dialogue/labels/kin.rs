//! Related labels: a full name and its initials, a typing error, another number of the same code, two speakers at once. A label that
//! occurs once is a speaker when it is related to the file's other labels.

use std::collections::BTreeSet;

use crate::read::dialogue::labels::form::Shape;
use crate::read::speakers::label::{fold, without_description};
use crate::read::speakers::label_words::without_number;
use crate::read::speakers::same::are_initials;

/// Signs and words between two speakers.
const JOINING: &[&str] = &["and", "&", "+", "und", "et", "y", "e", "en", "och", "og", "i", "ו", "и"];

/// A label's folded name, without description and number, and its number.
fn parts(base: &str) -> (&str, &str) {
    let name = without_number(base);
    let number = base.get(name.len()..).unwrap_or_default();
    (name, number.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_start_matches('0'))
}

/// Whether a label (as written) is related to one of the labels `known` (folded, without description).
pub(super) fn is_kin(label: &str, known: &BTreeSet<String>) -> bool {
    let base = fold(without_description(label));
    let is_several = speak_at_once(&base, known);
    is_several || known.iter().any(|other| are_kin(&base, other, Shape::of(label)))
}

/// `anna and ben`, `p1/p2`, where both are known.
fn speak_at_once(base: &str, known: &BTreeSet<String>) -> bool {
    let spaced = base.replace(['/', '&', '+', ','], " & ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut names: Vec<String> = vec![String::new()];
    for word in words {
        if JOINING.contains(&word) {
            names.push(String::new());
        } else if let Some(name) = names.last_mut() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
    }
    names.retain(|name| !name.is_empty());
    names.len() > 1 && names.iter().all(|name| known.contains(name))
}

fn are_kin(base: &str, other: &str, shape: Shape) -> bool {
    if base == other {
        return true;
    }
    let ((name, number), (other_name, other_number)) = (parts(base), parts(other));
    if name == other_name {
        // `P3` beside `P1`; `Question 3` is judged by its words before.
        return number != other_number;
    }
    if are_initials(base, other) || are_initials(other, base) {
        return true;
    }
    // `Orr`, `Mr. Orr` and `ben` beside `Ben Orr`.
    let (words, other_words) = (words_of(name), words_of(other_name));
    let is_part = |part: &[&str], of: &[&str]| !part.is_empty() && part.iter().all(|word| of.contains(word));
    if (shape.is_name() || words.len() == 1)
        && (is_part(&words, &other_words) || is_part(&other_words, &words))
    {
        return true;
    }
    if !shape.is_name() {
        return false;
    }
    let length = name.chars().count().min(other_name.chars().count());
    let most = match length {
        0..4 => 0,
        4..7 => 1,
        _ => 2,
    };
    number == other_number && most > 0 && strsim::damerau_levenshtein(name, other_name) <= most
}

/// The words of a name, without titles and initials.
fn words_of(name: &str) -> Vec<&str> {
    const TITLES: &[&str] =
        &["mr", "mrs", "ms", "dr", "prof", "herr", "frau", "mme", "m", "sr", "sra", "sig", "the", "and"];
    let words = name.split([' ', '.', '-', '_']).filter(|word| word.chars().count() > 2 || !word.is_ascii());
    words.filter(|word| !TITLES.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_are_found() {
        let known: BTreeSet<String> =
            ["mh", "johanna", "p1", "interviewer", "ben orr", "anna", "ben"].map(str::to_owned).into();
        let kin = [
            "Mira Holt",
            "Johana",
            "P3",
            "Interviewer 2",
            "Ben",
            "Orr",
            "Mr. Orr",
            "Anna (crying)",
            "Anna and Ben",
            "Anna/Ben",
            "INTERVIEWR",
        ];
        for label in kin {
            assert!(is_kin(label, &known), "{label}");
        }
        for label in ["Carla", "Reason", "Mira Smith", "Ann", "Tom and Ida", "So then", "Q1"] {
            assert!(!is_kin(label, &known), "{label}");
        }
    }
}
