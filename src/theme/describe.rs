//! Drafts the definition of an emergent theme from whole sentences of its central quotes.
//!
//! Nothing is paraphrased, so that every sentence can be checked in the transcript. The definition is made here because tables
//! and the codebook for people show the same one.

use std::cmp::Reverse;

use super::lexicon::words;
use crate::results::{Quote, QuoteKind, Segment, Theme, ThemeIndex, ThemeKind, TranscriptIndex};
use crate::segment::{QUESTION_MARKS, count_words, sentences_of};

/// Maximum sentences of a definition.
const MAX_SENTENCES: usize = 3;
/// Shorter sentences mean too little by themselves ("That is all.").
const MIN_WORDS: u32 = 4;
/// Longer sentences are not readable at a glance; without punctuation a sentence may be a whole turn.
const MAX_WORDS: u32 = 40;

/// Gives every emergent theme a definition made of its central quotes.
pub(super) fn define_emergent(themes: &mut [Theme], quotes: &[Quote], segments: &[Segment]) {
    for (index, theme) in (0..).map(ThemeIndex::new).zip(themes) {
        if theme.kind == ThemeKind::Emergent {
            let central = quotes
                .iter()
                .filter(|quote| quote.theme == index && quote.kind == QuoteKind::Central)
                .filter_map(|quote| quote.segment.of(segments));
            theme.definition = definition(&theme.keywords, &central.collect::<Vec<&Segment>>());
        }
    }
}

/// One to three sentences of the quotes that hold most of the keywords, from different interviews where there are some; empty
/// when no sentence has a readable length.
fn definition(keywords: &[String], central: &[&Segment]) -> String {
    let mut candidates = candidates(keywords, central);
    let mut chosen: Vec<Candidate<'_>> = Vec::new();
    while chosen.len() < MAX_SENTENCES {
        let gain = |candidate: &Candidate<'_>| {
            let is_new = |keyword: &&usize| !chosen.iter().any(|other| other.keywords.contains(keyword));
            let new = candidate.keywords.iter().filter(is_new).count();
            let unheard = !chosen.iter().any(|other| other.transcript == candidate.transcript);
            (new > 0, unheard, new)
        };
        let best = candidates
            .iter()
            .enumerate()
            .map(|(index, candidate)| (gain(candidate), Reverse(index)))
            .max()
            .filter(|((says_more, _, _), _)| *says_more || chosen.is_empty());
        let Some((_, Reverse(index))) = best else { break };
        chosen.push(candidates.remove(index));
    }
    let quoted: Vec<String> =
        chosen.iter().map(|candidate| format!("“{}”", one_line(candidate.sentence))).collect();
    if quoted.is_empty() { String::new() } else { format!("People say: {}", quoted.join(" ")) }
}

/// A sentence that could be part of a definition.
struct Candidate<'a> {
    transcript: TranscriptIndex,
    sentence: &'a str,
    /// Indices of the theme's keywords that it holds.
    keywords: Vec<usize>,
}

fn candidates<'a>(keywords: &[String], central: &[&'a Segment]) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    for segment in central {
        for sentence in sentences_of(&segment.passage.text, &segment.language) {
            if is_statement(sentence) && (MIN_WORDS..=MAX_WORDS).contains(&count_words(sentence)) {
                let keywords = held(keywords, sentence);
                candidates.push(Candidate { transcript: segment.passage.transcript, sentence, keywords });
            }
        }
    }
    candidates
}

/// A quote shortened to adjacent whole sentences: from the first one that holds a keyword, up to the maximum length. Empty when
/// that sentence alone is too long.
pub fn excerpt(segment: &Segment, keywords: &[String]) -> String {
    let sentences = sentences_of(&segment.passage.text, &segment.language);
    let statements = || (0..sentences.len()).filter(|&index| is_statement(sentences[index]));
    let telling = |index: &usize| !held(keywords, sentences[*index]).is_empty();
    let whole_fits = segment.passage.words <= MAX_WORDS;
    let start = statements().find(|index| whole_fits || telling(index)).or_else(|| statements().next());
    let mut taken = Vec::new();
    let mut words = 0;
    for sentence in sentences.iter().skip(start.unwrap_or(sentences.len())) {
        words += count_words(sentence);
        if words > MAX_WORDS || !is_statement(sentence) {
            break;
        }
        taken.push(one_line(sentence));
    }
    taken.join(" ")
}

/// Questions are left out: they tell little of a theme, and in a segment of several turns they are mostly the interviewer's.
fn is_statement(sentence: &str) -> bool {
    !sentence.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(QUESTION_MARKS)
}

/// Indices of the keywords that a sentence holds.
fn held(keywords: &[String], sentence: &str) -> Vec<usize> {
    let said: Vec<String> = words(sentence).collect();
    let holds = |keyword: &str| {
        let parts: Vec<&str> = keyword.split(' ').collect();
        said.windows(parts.len()).any(|window| window.iter().eq(parts.iter()))
    };
    (0..keywords.len()).filter(|&index| holds(&keywords[index])).collect()
}

/// A text without line breaks and other runs of white space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcripts::CharSpan;

    use crate::results::Passage;

    fn segment(transcript: usize, text: &str) -> Segment {
        let span = CharSpan { start: 0, end: text.chars().count() };
        let words = count_words(text);
        let text = text.to_owned();
        let passage = Passage {
            transcript: transcript.into(),
            first_turn: 0,
            last_turn: 0,
            span,
            text: text.into(),
            eligible: true,
            words,
            tokens: 9,
        };
        let (id, speaker) = (format!("P{transcript}:1"), String::new());
        Segment {
            id: id.into(),
            index: 1,
            passage,
            speaker: speaker.into(),
            language: "en".into(),
            start_ms: None,
            end_ms: None,
        }
    }

    fn defined(keywords: &[&str], quotes: &[(usize, &str)]) -> String {
        let keywords: Vec<String> = keywords.iter().map(|&word| word.to_owned()).collect();
        let segments: Vec<Segment> = quotes.iter().map(|&(index, text)| segment(index, text)).collect();
        definition(&keywords, &segments.iter().collect::<Vec<&Segment>>())
    }

    #[test]
    fn a_definition_holds_most_keywords_and_hears_different_people() {
        let quotes = [
            (
                0,
                "Well. The tablet froze again in the home visit. The password and the tablet and the screen, all gone.",
            ),
            (0, "I typed the password with cold fingers."),
            (1, "What did you do then? My screen stays dark when a client calls."),
        ];
        insta::assert_snapshot!(
            defined(&["tablet", "password", "screen", "client calls", "home visit"], &quotes),
            @"People say: “The password and the tablet and the screen, all gone.” “My screen stays dark when a client calls.” “The tablet froze again in the home visit.”"
        );
    }

    #[test]
    fn a_definition_stops_when_nothing_is_added() {
        let quotes = [(0, "Nobody pays for the bus."), (1, "The bus is not paid for.")];
        insta::assert_snapshot!(defined(&["bus"], &quotes), @"People say: “Nobody pays for the bus.”");
        insta::assert_snapshot!(defined(&[], &quotes), @"People say: “Nobody pays for the bus.”");
    }

    #[test]
    fn questions_scraps_and_endless_talk_define_nothing() {
        let endless = "and then the bus came ".repeat(20);
        assert_eq!(
            defined(&["bus"], &[(0, "The bus."), (1, "Was it the bus that came?"), (2, &endless)]),
            ""
        );
    }

    #[test]
    fn an_excerpt_is_of_whole_sentences_from_where_a_keyword_is() {
        let start = "It was a long winter and nobody had any idea of what would come after it. ".repeat(3);
        let text = format!("{start}The bus was late.\nIt is always late. Why do you ask? The bus again.");
        let bus = ["bus".to_owned()];
        insta::assert_snapshot!(excerpt(&segment(0, &text), &bus), @"The bus was late. It is always late.");
        insta::assert_snapshot!(excerpt(&segment(0, "Mind the gap.\nThe bus comes."), &bus), @"Mind the gap. The bus comes.");
        assert_eq!(excerpt(&segment(0, "Why?"), &bus), "");
        assert_eq!(excerpt(&segment(0, &"the bus came and ".repeat(30)), &bus), "");
    }
}
