//! Withdrawn words: words that an earlier run's results hold and the study does not, in a form that can be found anywhere.
//!
//! Quotes are cut, capitalised, packed into cells and joined to other text. So letters and digits alone are compared, by digests
//! of each stretch of [`ENOUGH`] letters of a withdrawn turn that nobody says any more. Nothing of this is written down.

use std::collections::{BTreeMap, BTreeSet};

use transcripts::Transcript;

/// Letters of a stretch: four or five words do not match by accident.
const ENOUGH: u32 = 20;
/// Shorter turns than [`ENOUGH`] are matched as a whole down to this length. Still shorter ones, such as "Yes, of course.", are
/// anybody's words.
const AT_LEAST: u32 = 12;
/// Maximum digests in memory. Of longer texts some stretches are left out, the same on both sides.
const MAX_DIGESTS: u64 = 8_000_000;

/// Words that are not in the study any more.
#[derive(Debug, Default)]
pub(super) struct WithdrawnWords {
    /// Of stretches, in order.
    stretches: Vec<u64>,
    /// Of short turns, by their number of letters.
    short: BTreeMap<usize, BTreeSet<u64>>,
    /// One digest of so many is kept.
    one_in: u64,
    /// Labels and ids that are hidden now, in lower case.
    names: Vec<String>,
}

impl WithdrawnWords {
    /// What is in the turns `before` and not in the transcripts as they are now. `names` are earlier labels and ids with a name that is
    /// hidden now.
    pub(super) fn between(before: &[String], now: &[Transcript], names: Vec<String>) -> Self {
        let said = || now.iter().flat_map(|transcript| &transcript.turns).map(|turn| turn.text.as_str());
        let now: BTreeSet<&str> = said().collect();
        let gone: Vec<Vec<char>> = before
            .iter()
            .map(String::as_str)
            .filter(|text| !now.contains(text))
            .collect::<BTreeSet<&str>>()
            .into_iter()
            .map(letters)
            .collect();
        let all: u64 = gone.iter().map(|letters| letters.len() as u64).sum();
        let mut words = Self { one_in: all / MAX_DIGESTS + 1, ..Self::default() };
        words.names = names.into_iter().map(|name| name.to_lowercase()).collect();
        for letters in &gone {
            let of_turn = stretches(letters).map(digest).filter(|digest| digest % words.one_in == 0);
            words.stretches.extend(of_turn);
            let weight: u32 = letters.iter().copied().map(weight).sum();
            if (AT_LEAST..ENOUGH).contains(&weight) {
                words.short.entry(letters.len()).or_default().insert(digest(letters));
            }
        }
        words.stretches.sort_unstable();
        words.stretches.dedup();
        // What somebody still says was not withdrawn.
        let mut still_said = vec![false; words.stretches.len()];
        for text in said().filter(|_| !gone.is_empty()) {
            let letters = letters(text);
            for index in words.stretches_in(&letters) {
                still_said[index] = true;
            }
            for (&length, digests) in &mut words.short {
                letters.windows(length).for_each(|window| {
                    digests.remove(&digest(window));
                });
            }
        }
        let mut still_said = still_said.into_iter();
        words.stretches.retain(|_| still_said.next() == Some(false));
        words.short.retain(|_, digests| !digests.is_empty());
        words
    }

    /// Whether nothing was withdrawn.
    pub(super) fn is_empty(&self) -> bool {
        self.stretches.is_empty() && self.short.is_empty() && self.names.is_empty()
    }

    /// Whether a text holds any of the words.
    pub(super) fn are_in(&self, text: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let letters = letters(text);
        self.stretches_in(&letters).next().is_some()
            || self.short.iter().any(|(&length, digests)| {
                letters.windows(length).any(|window| digests.contains(&digest(window)))
            })
            || self.has_name(text)
    }

    fn has_name(&self, text: &str) -> bool {
        let folded = if self.names.is_empty() { String::new() } else { text.to_lowercase() };
        let is_apart = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        self.names.iter().any(|name| {
            folded.match_indices(name).any(|(start, found)| {
                let (before, behind) = (folded.get(..start), folded.get(start + found.len()..));
                is_apart(before.and_then(|text| text.chars().next_back()))
                    && is_apart(behind.and_then(|text| text.chars().next()))
            })
        })
    }

    /// Indices of the kept stretches that a text holds.
    fn stretches_in(&self, letters: &[char]) -> impl Iterator<Item = usize> {
        let of_all = if self.stretches.is_empty() { &[] } else { letters };
        stretches(of_all)
            .map(digest)
            .filter(|digest| digest % self.one_in == 0)
            .filter_map(|digest| self.stretches.binary_search(&digest).ok())
    }
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The weight of a character in letters: one of Chinese, Japanese or Korean counts as several of an alphabet.
fn weight(letter: char) -> u32 {
    match letter {
        '\u{2E80}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => 2,
        _ => 1,
    }
}

/// The shortest stretch from each letter on that has enough weight.
fn stretches(letters: &[char]) -> impl Iterator<Item = &[char]> {
    let (mut end, mut sum) = (0, 0);
    (0..letters.len()).map_while(move |start| {
        while sum < ENOUGH {
            sum += weight(*letters.get(end)?);
            end += 1;
        }
        let stretch = letters.get(start..end)?;
        sum -= stretch.first().copied().map_or(0, weight);
        Some(stretch)
    })
}

/// A digest of some letters; the same on every machine.
fn digest(letters: &[char]) -> u64 {
    let mixed =
        |hash: u64, letter: &char| (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0000_0100_0000_01B3);
    let hash = letters.iter().fold(0xCBF2_9CE4_8422_2325, mixed);
    // The last bits of such a product depend on the last letters alone.
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::small_findings;

    fn now(texts: &[&str]) -> Vec<Transcript> {
        let mut transcript = small_findings().corpus.transcripts.remove(0);
        let turn = transcript.turns.remove(0);
        transcript.turns = texts
            .iter()
            .map(|text| {
                let mut turn = turn.clone();
                turn.text = (*text).into();
                turn
            })
            .collect();
        vec![transcript]
    }

    fn between(before: &[&str], after: &[&str]) -> WithdrawnWords {
        let before: Vec<String> = before.iter().map(|text| (*text).to_owned()).collect();
        WithdrawnWords::between(&before, &now(after), Vec::new())
    }

    const GONE: &str = "I drove home past the mill every night that winter, and nobody asked.";
    const STAYS: &str = "We have sixty families and one morning a week, which is too little.";

    #[test]
    fn words_that_went_are_found_in_any_form() {
        let words = between(&[GONE, STAYS], &[STAYS]);
        assert!(!words.is_empty());
        for text in [
            GONE,
            "He said: \"drove home past the MILL every night\"!",
            "drove  home\tpast the\n mill ev",
            "xx,past-the-mill-every-night,1",
        ] {
            assert!(words.are_in(text), "{text}");
        }
        for text in ["", "the mill", STAYS, "We drove to the mill.", "every night that wint"] {
            assert!(!words.are_in(text), "{text}");
        }
    }

    #[test]
    fn what_somebody_still_says_is_not_looked_for() {
        assert!(between(&[STAYS], &[STAYS]).is_empty());
        assert!(
            between(
                &["What keeps you from it, if anything does?"],
                &["So what keeps you from it, if anything does?"]
            )
            .is_empty()
        );
        let longer = between(&[&format!("{STAYS} {GONE}")], &[STAYS]);
        assert!(longer.are_in(GONE) && !longer.are_in(STAYS));
    }

    #[test]
    fn a_sentence_that_was_taken_out_of_a_turn_is_gone() {
        let words = between(&[&format!("{STAYS} {GONE} {STAYS}")], &[&format!("{STAYS} {STAYS}")]);
        assert!(words.are_in(GONE) && !words.are_in(STAYS));
    }

    #[test]
    fn short_turns_are_looked_for_whole_and_tiny_ones_not_at_all() {
        let words = between(&["I hate the office.", "Yes, of co."], &[STAYS]);
        assert!(words.are_in("quotes: I hate the office"));
        assert!(!words.are_in("I hate the off-season") && !words.are_in("Yes, of course"));
        assert!(between(&["I hate the office."], &["Sometimes I hate the office too."]).is_empty());
    }

    #[test]
    fn a_sign_of_chinese_says_as_much_as_two_letters() {
        let words = between(&["我每天晚上开车经过那个磨坊回家没有人问我"], &["我们有六十个家庭"]);
        assert!(words.are_in("她说：“晚上开车经过那个磨坊回家”"));
        assert!(!words.are_in("晚上开车"));
    }

    #[test]
    fn labels_that_are_hidden_now_are_found_as_words() {
        let words =
            WithdrawnWords::between(&[], &now(&[STAYS]), vec!["Anna_Brandt".to_owned(), "Ole".to_owned()]);
        assert!(words.are_in("see anna_brandt:3") && words.are_in("OLE said"));
        assert!(!words.are_in("Olen said so") && !words.are_in("whole") && !words.are_in("annabrandt"));
    }
}
