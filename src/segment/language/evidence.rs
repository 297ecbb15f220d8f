//! Which language a text is in: trigrams propose one, and frequent words confirm it, replace it or leave it open.
//!
//! Trigrams (whatlang) know 70 languages and call any other by the most similar of these, with certainty: Swahili Javanese, Malay
//! Indonesian, Tswana Zulu. Half of the words of talk are frequent ones, which neighbours share only in part.

use std::collections::HashSet;
use std::sync::LazyLock;

use transcripts::text::normal_form;
use unicode_segmentation::UnicodeSegmentation;
use whatlang::Script;

use super::frequent_words::{FREQUENT_WORDS, FrequentWords};

/// Frequent words that a text holds at least where they alone tell its language, and their share of its words: less in
/// languages and scripts of long words.
const MIN_HITS: usize = 3;
pub(in crate::segment) const MIN_SHARE: f64 = 0.1;
const MIN_SHARE_OTHER_SCRIPTS: f64 = 0.05;
/// Of the words that are frequent in only one of two languages, those of the one exceed those of the other by so many standard
/// deviations (roots of their number).
pub(in crate::segment) const MIN_LEAD: f64 = 1.0;
/// A language that trigrams are sure of has this share of function words at least.
pub(in crate::segment) const MIN_SHARE_CLAIMED: f64 = 0.04;
/// Shorter words are not looked at for their beginning.
const MIN_LETTERS_BEGUN: usize = 6;

/// The words of a language to look for.
struct Candidate {
    tag: &'static str,
    words: HashSet<&'static str>,
    beginnings: &'static [&'static str],
    /// From the table of frequent words rather than from a list of function words.
    own: bool,
}

impl Candidate {
    fn of(table: &FrequentWords) -> Self {
        let words = table.function_words.split(' ').chain(table.other_words.split(' ')).collect();
        Self { tag: table.tag, words, beginnings: table.beginnings, own: true }
    }

    fn holds(&self, word: &str) -> bool {
        let begun = || self.beginnings.iter().any(|&beginning| word.starts_with(beginning));
        self.words.contains(word) || (word.chars().count() >= MIN_LETTERS_BEGUN && begun())
    }

    /// Which words of a text are frequent in the language.
    fn hits(&self, words: &[String]) -> Vec<bool> {
        words.iter().map(|word| self.holds(word)).collect()
    }
}

/// The candidates of the table, in its order.
static CANDIDATES: LazyLock<Vec<(Script, Candidate)>> =
    LazyLock::new(|| FREQUENT_WORDS.iter().map(|table| (table.script, Candidate::of(table))).collect());

/// The BCP-47 tag of the language of a text; none where it is not sure.
pub(super) fn detected(text: &str) -> Option<&'static str> {
    let found = whatlang::detect(text)?;
    let (claimed, reliable) = (super::tag(found.lang()), found.is_reliable());
    let compared = CANDIDATES.iter().filter(|(script, _)| *script == found.script());
    let mut candidates: Vec<&Candidate> = compared.map(|(_, candidate)| candidate).collect();
    if candidates.is_empty() || (claimed == "sr" && found.script() == Script::Cyrillic) {
        return reliable.then_some(claimed);
    }
    let listed = listed(claimed, &candidates);
    candidates.extend(&listed);
    let text = normal_form(text);
    let words: Vec<String> = text
        .unicode_words()
        .filter(|word| word.contains(char::is_alphabetic))
        .map(|word| word.to_lowercase().replace('’', "'"))
        .collect();
    let hits: Vec<Vec<bool>> = candidates.iter().map(|candidate| candidate.hits(&words)).collect();
    decided(claimed, reliable, found.script(), &candidates, &hits)
}

/// The claimed language by its function words, where it is not among the candidates and has a list of them.
fn listed(claimed: &'static str, candidates: &[&Candidate]) -> Option<Candidate> {
    if candidates.iter().any(|candidate| candidate.tag == claimed) {
        return None;
    }
    let words = stop_words::lookup(claimed)?.iter().copied().collect();
    Some(Candidate { tag: claimed, words, beginnings: &[], own: false })
}

/// The language that the claim and the words that are frequent in each candidate tell.
fn decided(
    claimed: &'static str,
    reliable: bool,
    script: Script,
    candidates: &[&Candidate],
    hits: &[Vec<bool>],
) -> Option<&'static str> {
    let counts: Vec<usize> = hits.iter().map(|hits| hits.iter().filter(|&&hit| hit).count()).collect();
    let claim = candidates.iter().position(|candidate| candidate.tag == claimed);
    // Of equally many, the claimed language and then the first.
    let best =
        (0..counts.len()).max_by_key(|&index| (counts[index], claim == Some(index), -(index as i64)))?;
    let share = |index: usize| counts[index] as f64 / hits[index].len().max(1) as f64;
    let rivals = (0..counts.len()).filter(|&index| index != best && 3 * counts[index] >= counts[best]);
    let least = rivals.map(|rival| lead(&hits[best], &hits[rival])).fold(f64::INFINITY, f64::min);

    let min_share = if script == Script::Latin { MIN_SHARE } else { MIN_SHARE_OTHER_SCRIPTS };
    let told = counts[best] >= MIN_HITS && share(best) >= min_share && least >= MIN_LEAD;
    match claim {
        Some(claim) if claim == best && !candidates[best].own => {
            (reliable && share(best) >= MIN_SHARE_CLAIMED).then_some(claimed)
        }
        // Croatian, Bosnian and Serbian differ in few words: a short text is called Croatian, as trigrams call it, unless these say otherwise.
        Some(claim) if claim == best => {
            let undisputed = reliable && counts[best] >= 2;
            (told || undisputed && least >= if claimed == "hr" { 0.0 } else { MIN_LEAD }).then_some(claimed)
        }
        _ if told => Some(candidates[best].tag),
        Some(claim) if !candidates[claim].own => {
            let near = lead(&hits[best], &hits[claim]) <= MIN_LEAD && share(claim) >= MIN_SHARE_CLAIMED;
            (reliable && near).then_some(claimed)
        }
        Some(_) => None,
        None => (reliable && share(best) < min_share).then_some(claimed),
    }
}

/// By how many standard deviations more words are frequent in only the one language than in only the other.
fn lead(one: &[bool], other: &[bool]) -> f64 {
    let (mut only_one, mut only_other) = (0_u32, 0_u32);
    for (&in_one, &in_other) in one.iter().zip(other) {
        only_one += u32::from(in_one && !in_other);
        only_other += u32::from(in_other && !in_one);
    }
    let differing = f64::from(only_one + only_other);
    if differing == 0.0 { 0.0 } else { (f64::from(only_one) - f64::from(only_other)) / differing.sqrt() }
}
