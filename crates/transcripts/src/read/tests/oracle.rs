//! What other people's libraries read in the fixtures (`tests/fixtures/read/oracle.py` wrote it down) is what is read here.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

/// Speaker, start, end, words.
type Told = (String, Option<u64>, Option<u64>, String);

#[test]
fn other_libraries_read_the_same_turns() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    let expected = std::fs::read_to_string(folder.join("oracle.json")).unwrap();
    let expected: BTreeMap<String, Vec<Told>> = serde_json::from_str(&expected).unwrap();
    assert_eq!(expected.len(), 9);
    for (name, expected) in expected {
        let files = vec![SourceFile::at(name.clone(), folder.join(&name))];
        let reading = read_corpus(&ReadPlan { files, ..ReadPlan::default() }, &());
        let one_blank = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
        let mut read: Vec<Told> = turns
            .map(|turn| (turn.speaker.to_string(), turn.start_ms, turn.end_ms, one_blank(&turn.text)))
            .collect();
        if ending_of(&name) == "cha" {
            // There, codes stand for names, and words that are taken back or fill a pause are missing.
            assert_eq!(read.len(), expected.len(), "{name}");
            for (read, told) in read.iter_mut().zip(&expected) {
                assert!(is_within(&told.3, &read.3), "{name}: {told:?} in {read:?}");
                let code = if read.0 == "Investigator" { "INV" } else { "PAR" };
                *read = (code.to_owned(), read.1, read.2, told.3.clone());
            }
        }
        assert_eq!(read, expected, "{name}");
    }
}

/// Whether the words of one text come in the same order in another.
fn is_within(few: &str, many: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let bare =
            |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
    };
    let mut rest = words(many).into_iter();
    words(few).iter().all(|word| rest.any(|other| other == *word))
}
