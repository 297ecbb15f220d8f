//! What joining must keep: whole turns, every one once, in order, with text, words and tokens that agree.

use proptest::prelude::*;
use transcripts::Role;

use super::super::tests::{WordsAsTokens, corpus};
use super::*;
use crate::results::NoProgress;
use crate::segment::{SegmentPlan, SegmentationCache, Unit, count_words, passages};
use crate::storage::StageCache;
use same_bits::products::dot;

const MIN_WORDS: u32 = 3;

fn parts(corpus: &Corpus, limit: usize) -> Vec<Passage> {
    let plan = SegmentPlan { unit: Unit::Topic, min_words: MIN_WORDS, window_words: 8 };
    let mut kept = StageCache::disabled();
    let known = SegmentationCache { kept: &mut kept, model: "words" };
    passages(corpus, &["en".to_owned()], plan, &WordsAsTokens(limit), known, &NoProgress)
}

/// A vector a passage: talk of tea points elsewhere than all other talk.
fn vectors(passages: &[Passage]) -> Array2<f32> {
    let about_tea = |passage: &Passage| passage.text.contains("tea");
    let row = |passage| if about_tea(passage) { [0.0, 1.0] } else { [1.0, 0.0] };
    passages.iter().map(row).collect::<Vec<_>>().into()
}

fn talk(about: &str) -> String {
    format!("{} {about}", "word ".repeat(39).trim_end())
}

#[test]
fn topics_hold_the_question_and_end_where_the_talk_turns() {
    let (tea, work) = (talk("tea"), talk("work"));
    let mut turns = Vec::new();
    for text in [&work, &tea] {
        for _ in 0..12 {
            turns.push(("INT", Role::Interviewer, "And then, how does it go on?"));
            turns.push(("P01", Role::Participant, text.as_str()));
        }
    }
    turns[24].2 = "And the tea, who makes it?";
    let corpus = corpus(&turns);
    let parts = parts(&corpus, 30);
    assert_eq!(parts.len(), 24 + 2 * 24);
    let (topics, pooled) = topics(&corpus, &parts, vectors(&parts).view(), MIN_WORDS);
    let indices: Vec<_> =
        topics.iter().map(|topic| (topic.first_turn, topic.last_turn, topic.eligible)).collect();
    assert_eq!(indices, [(0, 23, true), (24, 47, true)]);
    assert_eq!(topics[0].words, 12 * (7 + 40));
    for row in pooled.outer_iter() {
        assert!((dot(row, row) - 1.0).abs() < 1e-6);
    }
}

#[test]
fn a_topic_is_coded_when_a_participant_says_enough_in_it() {
    let coded = |turns: &[(&str, Role, &str)]| {
        let corpus = corpus(turns);
        let parts = parts(&corpus, 30);
        topics(&corpus, &parts, vectors(&parts).view(), MIN_WORDS).0[0].eligible
    };
    let (question, answer) =
        (("INT", Role::Interviewer, "Is it a long way?"), ("P01", Role::Participant, "Yes."));
    assert!(!coded(&[question, question]));
    assert!(!coded(&[question, answer, answer]));
    assert!(coded(&[question, answer, answer, answer]));
}

proptest! {
    #[test]
    fn every_turn_is_in_one_topic(
        texts in prop::collection::vec("[a-zé שא我。.!? \n]{0,200}", 1..30),
        values in prop::collection::vec(-1.0_f32..1.0, 1..200),
        limit in 2_usize..12,
    ) {
        let speaker = |index: usize| if index.is_multiple_of(2) { "INT" } else { "P01" };
        let turns: Vec<_> =
            texts.iter().enumerate().map(|(i, text)| (speaker(i), Role::Participant, text.as_str())).collect();
        let corpus = corpus(&turns);
        let parts = parts(&corpus, limit);
        let vectors = Array2::from_shape_fn((parts.len(), 4), |(row, column)| {
            values[(4 * row + column) % values.len()]
        });
        let (found, pooled) = topics(&corpus, &parts, vectors.view(), MIN_WORDS);
        prop_assert_eq!(&(found.clone(), pooled.clone()), &topics(&corpus, &parts, vectors.view(), MIN_WORDS));
        prop_assert_eq!(pooled.nrows(), found.len());

        let reading: Vec<char> = corpus.transcripts[0].reading_text().chars().collect();
        let mut next = 0;
        for topic in &found {
            // Only turns of white space may lie between topics.
            prop_assert!((next..topic.first_turn).all(|turn| texts[turn].trim().is_empty()));
            next = topic.last_turn + 1;
            let text: String = reading[topic.span.start..topic.span.end].iter().collect();
            prop_assert_eq!(&text, &topic.text);
            prop_assert_eq!(topic.words, count_words(&text));
        }
        prop_assert!((next..texts.len()).all(|turn| texts[turn].trim().is_empty()));
        let tokens = |passages: &[Passage]| passages.iter().map(|passage| passage.tokens).sum::<u32>();
        prop_assert_eq!(tokens(&found), tokens(&parts));
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let kept: String = found.iter().map(|topic| letters(&topic.text)).collect();
        prop_assert_eq!(kept, letters(&texts.join("\n")));
    }
}
