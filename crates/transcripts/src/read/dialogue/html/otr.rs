//! oTranscribe: JSON with the text as HTML, in which times are `<span class="timestamp" data-timestamp="12.3">`. The shown time is not
//! read.

use serde::Deserialize;

use super::tags::walk;
use super::{Page, lines_of};
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

/// Reads `.otr`.
#[derive(Debug)]
pub(crate) struct Otr;

#[derive(Debug, Deserialize)]
struct OtrFile {
    text: String,
}

impl Reader for Otr {
    fn name(&self) -> &'static str {
        "otr"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["otr"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let saved: OtrFile = serde_json::from_str(&text)
            .map_err(|error| ReadError::Damaged(format!("it is not what oTranscribe saves: {error}")))?;
        let mut page = Page::default();
        walk(&saved.text, |piece| page.take(piece));
        lines_of(page.finish()?, source, log)
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{ReadPlan, read_file_bytes};

    #[test]
    fn times_are_times_and_no_words() {
        let saved = r#"{"text": "<p><span class=\"timestamp\" data-timestamp=\"2.25\">0:02</span>&nbsp;<b>Mira:</b> How was it?</p><p><span class=\"timestamp\" data-timestamp=\"1:04\">1:04</span> <b>Ben:</b> Cold, <span class=\"timestamp\" data-timestamp=\"66\">1:06</span>and wet.</p><p>Every day.<br>Mira: And then?</p><p>Ben: Home.</p>", "media": "a.mp3", "media-time": 3.5}"#;
        for name in ["a.otr", "a.json"] {
            let reading = read_file_bytes(saved.as_bytes(), name, &ReadPlan::default());
            let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
            let turns: Vec<String> = turns
                .map(|turn| {
                    format!("{:?} <{}> {}", turn.start_ms, turn.speaker, turn.text.replace('\n', " / "))
                })
                .collect();
            insta::allow_duplicates! {
                insta::assert_snapshot!(turns.join("\n"), @"
                Some(2250) <Mira> How was it?
                Some(64000) <Ben> Cold, and wet. / Every day.
                None <Mira> And then?
                None <Ben> Home.
                ");
            }
        }
    }
}
