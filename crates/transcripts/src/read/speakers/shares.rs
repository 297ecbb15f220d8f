//! Who speaks how much in each transcript. It shows at a glance whether labels were read rightly and who interviews.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::{Corpus, Role};
use crate::question::QUESTION_MARKS;

/// How much a speaker says in a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpeakerShare {
    /// Index of the transcript in [`Corpus::transcripts`].
    pub transcript: usize,
    /// The label as written; empty for turns without a speaker.
    pub speaker: String,
    /// The speaker's role.
    pub role: Role,
    /// Turns of this speaker in the transcript.
    pub turns: usize,
    /// Words of these turns, by Unicode segmentation.
    pub words: usize,
    /// Turns of this speaker that hold a question.
    pub questions: usize,
}

/// The speakers of every transcript, in the order of the transcripts and, within one, by falling number of turns.
pub fn speaker_shares(corpus: &Corpus) -> Vec<SpeakerShare> {
    let mut all = Vec::new();
    for (transcript, about) in corpus.transcripts.iter().enumerate() {
        let mut shares: BTreeMap<&str, SpeakerShare> = BTreeMap::new();
        for turn in &about.turns {
            let share = shares.entry(&turn.speaker).or_insert_with(|| SpeakerShare {
                transcript,
                speaker: turn.speaker.to_string(),
                role: turn.role,
                turns: 0,
                words: 0,
                questions: 0,
            });
            share.turns += 1;
            share.words += turn.text.unicode_words().count();
            share.questions += usize::from(turn.text.contains(QUESTION_MARKS));
        }
        let mut shares: Vec<SpeakerShare> = shares.into_values().collect();
        // Stable, so that equal numbers stay in the order of the labels.
        shares.sort_by_key(|share| std::cmp::Reverse(share.turns));
        all.extend(shares);
    }
    all
}
