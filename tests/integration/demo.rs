//! The demo study is synthetic, and yet nobody says the same sentence twice.

use std::collections::BTreeSet;

use crate::scratch::project;

#[test]
fn no_long_sentence_stands_twice_in_the_demo() {
    let study = project().join("data/demo/study.toml");
    let read = emic::study::Study::load(&study).expect("the demo study is valid").0.read;
    let corpus = emic::pipeline::read_corpus(&read, &emic::results::NoProgress).corpus;
    assert_eq!(corpus.transcripts.len(), 24);
    let mut seen = BTreeSet::new();
    for turn in corpus.transcripts.iter().flat_map(|transcript| &transcript.turns) {
        for sentence in turn.text.split_inclusive(['.', '?', '!']) {
            let words: Vec<String> = sentence.split_whitespace().map(str::to_lowercase).collect();
            if words.len() >= 8 {
                assert!(seen.insert(words.join(" ")), "stands twice: {sentence}");
            }
        }
    }
    assert!(seen.len() > 1_000);
}
