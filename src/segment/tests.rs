//! What cutting must keep: every word once, spans that find their text, nothing longer than the encoder takes.

use proptest::prelude::*;
use transcripts::Turn;

use super::*;
use crate::results::NoProgress;
use crate::storage::StageCache;

/// Counts a token a word and one more, so that limits are easy to see.
pub(super) struct WordsAsTokens(pub(super) usize);

impl TokenCounter for WordsAsTokens {
    fn limit(&self) -> usize {
        self.0
    }

    fn count(&self, text: &str) -> usize {
        1 + text.split_whitespace().count()
    }

    fn token_ends(&self, text: &str) -> Vec<usize> {
        let start = text.as_ptr() as usize;
        text.split_whitespace().map(|word| word.as_ptr() as usize - start + word.len()).collect()
    }
}

pub(super) fn corpus(turns: &[(&str, Role, &str)]) -> Corpus {
    let mut start = 0;
    let turns = turns.iter().enumerate().map(|(index, (speaker, role, text))| {
        let end = start + text.chars().count();
        let span = CharSpan { start, end };
        start = end + 1;
        Turn {
            index: index as i64 + 1,
            speaker: (*speaker).into(),
            role: *role,
            start_ms: None,
            end_ms: None,
            span,
            text: (*text).into(),
        }
    });
    let transcript = Transcript {
        id: "P01".to_owned(),
        source: "P01.txt".to_owned(),
        format: "txt",
        turns: turns.collect(),
        attributes: std::collections::BTreeMap::new(),
    };
    Corpus { transcripts: vec![transcript], attributes: Vec::new() }
}

fn cut(corpus: &Corpus, unit: Unit, limit: usize) -> Vec<Passage> {
    let plan = SegmentPlan { unit, min_words: 3, window_words: 8 };
    let mut kept = StageCache::disabled();
    let known = SegmentationCache { kept: &mut kept, model: "words" };
    passages(corpus, &["en".to_owned()], plan, &WordsAsTokens(limit), known, &NoProgress)
}

fn shown(passages: &[Passage]) -> String {
    let line = |p: &Passage| {
        format!(
            "{}-{} {} {:?}\n",
            p.first_turn,
            p.last_turn,
            if p.eligible { "coded" } else { "context" },
            p.text
        )
    };
    passages.iter().map(line).collect()
}

fn interview() -> Corpus {
    use Role::{Interviewer, Participant};
    corpus(&[
        ("INT", Interviewer, "How is a usual day for you?"),
        ("P01", Participant, "Well. There are sixty families. I have one morning a week."),
        ("INT", Interviewer, "Mm-hm."),
        ("P01", Participant, "Every week."),
        ("P02", Participant, "It is the same for us here."),
    ])
}

#[test]
fn turns_keep_the_interviewer_as_context() {
    insta::assert_snapshot!(shown(&cut(&interview(), Unit::Turn, 100)), @r#"
    0-0 context "How is a usual day for you?"
    1-1 coded "Well. There are sixty families. I have one morning a week."
    2-2 context "Mm-hm."
    3-3 context "Every week."
    4-4 coded "It is the same for us here."
    "#);
}

#[test]
fn sentences_are_cut_within_turns() {
    insta::assert_snapshot!(shown(&cut(&interview(), Unit::Sentence, 100)), @r#"
    0-0 context "How is a usual day for you?"
    1-1 context "Well."
    1-1 coded "There are sixty families."
    1-1 coded "I have one morning a week."
    2-2 context "Mm-hm."
    3-3 context "Every week."
    4-4 coded "It is the same for us here."
    "#);
}

#[test]
fn windows_join_short_turns_and_stop_at_the_interviewer() {
    insta::assert_snapshot!(shown(&cut(&interview(), Unit::Window, 100)), @r#"
    0-0 context "How is a usual day for you?"
    1-1 coded "Well. There are sixty families. I have one morning a week."
    2-2 context "Mm-hm."
    3-4 coded "Every week.\nIt is the same for us here."
    "#);
}

#[test]
fn long_turns_are_cut_at_sentences_and_long_sentences_at_words() {
    insta::assert_snapshot!(shown(&cut(&interview(), Unit::Turn, 6)), @r#"
    0-0 context "How is a usual day"
    0-0 context "for you?"
    1-1 coded "Well. There are sixty families."
    1-1 coded "I have one morning a"
    1-1 coded "week."
    2-2 context "Mm-hm."
    3-3 context "Every week."
    4-4 coded "It is the same for"
    4-4 coded "us here."
    "#);
}

proptest! {
    #[test]
    fn every_word_is_in_one_passage_and_spans_find_their_text(
        texts in prop::collection::vec("[a-zé שא我。.!? \n]{0,60}", 1..6),
        unit in prop::sample::select(vec![Unit::Turn, Unit::Sentence, Unit::Window]),
        limit in 2_usize..12,
    ) {
        let turns: Vec<_> = texts.iter().map(|text| ("P01", Role::Participant, text.as_str())).collect();
        let corpus = corpus(&turns);
        let reading: Vec<char> = corpus.transcripts[0].reading_text().chars().collect();
        let found = cut(&corpus, unit, limit);
        let mut last = 0;
        for passage in &found {
            let text: String = reading[passage.span.start..passage.span.end].iter().collect();
            prop_assert_eq!(&text, &passage.text);
            prop_assert!(passage.span.start >= last);
            prop_assert!(passage.tokens as usize <= limit);
            let first = corpus.transcripts[0].turns[passage.first_turn].span;
            let end = corpus.transcripts[0].turns[passage.last_turn].span;
            prop_assert!(first.start <= passage.span.start && passage.span.end <= end.end);
            last = passage.span.end;
        }
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let kept: String = found.iter().map(|passage| letters(&passage.text)).collect();
        prop_assert_eq!(kept, letters(&texts.join("\n")));
    }
}
