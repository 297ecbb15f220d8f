//! Editors of recognised speech (the BBC's, Hyperaudio): `words` with times, and `paragraphs` that give the speaker by time. Times
//! are seconds.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::{SpeakerTimes, timed};
use super::shape::{Shape, Top as Kind};
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::List;
use crate::read::captions::timed_words::pieces_of;
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct PaperEdit;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    words: List<Entry>,
    paragraphs: List<Entry>,
}

impl Service for PaperEdit {
    fn name(&self) -> &'static str {
        "paper edits"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.top == Kind::Object
            && shape.has("words[].start")
            && shape.has("paragraphs[].speaker")
            && shape.has("paragraphs[].start")
            && !shape.has("paragraphs[].text")
    }

    fn said(&self, text: &str, unit: Unit, _log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for Top { words, paragraphs } in objects(text)? {
            let speakers = SpeakerTimes::of(paragraphs.0, unit);
            let mut words = timed(words.0, unit);
            for word in &mut words {
                word.speaker = speakers.at(word.start_ms, word.end_ms);
            }
            all.extend(pieces_of("", &words, None));
        }
        Ok(all)
    }
}
