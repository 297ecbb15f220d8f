//! The words of all turns in one store, which is a mapped file where they are many: turns, passages and segments then refer to them, and
//! a run holds no text twice.

use std::collections::BTreeMap;
use std::io;

use transcripts::{Corpus, Text, TextStore};

use crate::storage::Scratch;

/// Moves the texts of turns into a store, those of a transcript with a line break between them, as in its reading text; and each speaker of
/// a transcript is held once.
///
/// # Errors
/// When there is no room for them.
pub(super) fn store_words(corpus: &mut Corpus, scratch: &Scratch) -> io::Result<()> {
    let turns = || corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
    let mut writer = scratch.bytes_writer(turns().map(|turn| turn.text.len() + 1).sum())?;
    for turn in turns() {
        writer.push(turn.text.as_bytes())?;
        writer.push(b"\n")?;
    }
    let store = TextStore::new(writer.finish()?);
    let mut start = 0;
    for transcript in &mut corpus.transcripts {
        let mut speakers: BTreeMap<String, Text> = BTreeMap::new();
        for turn in &mut transcript.turns {
            let end = start + turn.text.len();
            // A turn of four gigabytes stays where it is.
            if let Some(text) = store.text(start..end) {
                turn.text = text;
            }
            start = end + 1;
            let speaker = speakers.entry(turn.speaker.to_string());
            turn.speaker = speaker.or_insert_with_key(|name| Text::shared(name.clone())).clone();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use transcripts::{Role, Transcript, Turn};

    use super::*;

    #[test]
    fn a_corpus_is_the_same_when_its_words_are_stored() {
        let said = |speaker: &str, text: &str| Turn::new(Role::Participant, speaker, text);
        let talk = [said("Ana", "Sixty families."), said("Ben", "Où ?"), said("Ana", "Every week.")];
        let written = Corpus {
            transcripts: vec![Transcript::new("P01", talk.clone()), Transcript::new("P02", talk)],
            attributes: vec![],
        };
        let folder = tempfile::tempdir().unwrap();
        for scratch in [Scratch::in_memory(), Scratch::in_folder(folder.path()).without_memory()] {
            let mut corpus = written.clone();
            store_words(&mut corpus, &scratch).unwrap();
            assert_eq!(corpus, written);
            let second = &corpus.transcripts[1];
            let text = second.reading_text();
            assert_eq!(second.stretch(3..20).unwrap(), text[3..20].to_owned());
            assert_eq!(second.stretch(0..text.len()).unwrap(), text);
            assert!(second.stretch(0..text.len() + 1).is_none(), "no words of another transcript");
            assert!(written.transcripts[0].stretch(0..5).is_none());
        }
    }
}
