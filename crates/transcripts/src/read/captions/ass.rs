//! `SubStation` captions (`.ass`, `.ssa`), as Aegisub and Subtitle Edit write them: `Dialogue:` lines whose columns, the speaker's name
//! among them, a `Format:` line names.

use std::collections::BTreeSet;

use super::draft_of_captions;
use super::speakers::{Caption, ShownLine};
use super::srt::without_overrides;
use crate::codes;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::clock;

/// The columns of the fourth version, for files without a `Format:` line.
const COLUMNS: &str = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

/// Reads `.ass` and `.ssa`.
#[derive(Debug)]
pub(crate) struct SubStation;

impl Reader for SubStation {
    fn name(&self) -> &'static str {
        "ass"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ass", "ssa"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let mut columns = columns_of(COLUMNS);
        let mut in_events = true;
        let mut lines: Vec<Event> = Vec::new();
        let mut seen: BTreeSet<(Option<u64>, Option<u64>, String)> = BTreeSet::new();
        let mut again = 0;
        for (number, line) in (1..).zip(text.split('\n')) {
            let line = line.trim();
            if line.starts_with('[') && line.ends_with(']') {
                in_events = line.eq_ignore_ascii_case("[events]");
            } else if let Some(names) = line.strip_prefix("Format:").filter(|_| in_events) {
                columns = columns_of(names);
            } else if let Some(values) = line.strip_prefix("Dialogue:") {
                let Some(event) = event_of(number, values, &columns) else { continue };
                // An effect repeats the same words at one time.
                if seen.insert((event.start_ms, event.end_ms, event.text.clone())) {
                    lines.push(event);
                } else {
                    again += 1;
                }
            }
        }
        if again > 0 {
            let lines = counted(
                again,
                "line that is shown twice at once was",
                "lines that are shown twice at once were",
            );
            log.note(codes::REPETITION_LEFT_OUT, None, format!("{lines} read once"), "");
        }
        let untimed = lines.iter().find(|event| event.start_ms.is_none() || event.end_ms.is_none());
        if let Some(event) = untimed {
            log.warning(
                codes::TIME_LEFT_OUT,
                Some(event.line),
                "the time of this caption is not a time",
                "its words were kept without one",
            );
        }
        // Lines may be in any order; one without a time stays after the one before it.
        let mut last = None;
        lines.sort_by_cached_key(|event| {
            last = event.start_ms.or(last);
            last
        });
        let named = lines.iter().any(|event| !event.name.is_empty());
        let captions = lines.into_iter().map(|event| {
            let voice = named.then_some(event.name);
            let shown = event.text.split('\n').filter(|line| !line.trim().is_empty());
            let lines =
                shown.map(|line| ShownLine { voice: voice.clone(), text: line.trim().to_owned() }).collect();
            Caption {
                line: event.line,
                start_ms: event.start_ms,
                end_ms: event.end_ms.max(event.start_ms),
                lines,
            }
        });
        Ok(vec![draft_of_captions(captions.collect(), source.roster, log)])
    }
}

/// A line of dialogue.
#[derive(Debug)]
struct Event {
    line: u64,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
    name: String,
    text: String,
}

fn columns_of(names: &str) -> Vec<String> {
    names.split(',').map(|name| name.trim().to_lowercase()).collect()
}

fn event_of(line: u64, values: &str, columns: &[String]) -> Option<Event> {
    // The last column may hold commas.
    let values: Vec<&str> = values.splitn(columns.len().max(1), ',').collect();
    let value = |wanted: &[&str]| {
        let index = columns.iter().position(|column| wanted.contains(&column.as_str()))?;
        values.get(index).copied()
    };
    let text = value(&["text"])?;
    // Drawings are written as text.
    if ["\\p1", "\\p2", "\\p4"].iter().any(|drawing| text.contains(drawing)) {
        return None;
    }
    let text = without_overrides(text).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u{A0}");
    (!text.trim().is_empty()).then(|| Event {
        line,
        start_ms: value(&["start"]).and_then(clock),
        end_ms: value(&["end"]).and_then(clock),
        name: value(&["name", "actor"]).unwrap_or("").trim().to_owned(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use crate::read::{ReadPlan, read_file_bytes};

    fn shown(file: &str) -> String {
        let reading = read_file_bytes(file.as_bytes(), "a.ass", &ReadPlan::default());
        let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
        let turns = turns
            .map(|turn| format!("{:?}..{:?} <{}> {}", turn.start_ms, turn.end_ms, turn.speaker, turn.text));
        let problems = reading.problems.iter().filter(|problem| !problem.source.starts_with('['));
        turns.chain(problems.map(ToString::to_string)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn names_are_speakers_and_what_is_no_dialogue_is_not_read() {
        insta::assert_snapshot!(shown("[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nComment: 0,0:00:00.00,0:00:01.00,Default,Mira,0,0,0,,not said\nDialogue: 0,0:00:04.00,0:00:06.50,Default,Ben,0,0,0,,{\\i1}Cold{\\i0}, and\\Nwet.\nDialogue: 0,0:00:01.00,0:00:04.00,Default,Mira,0,0,0,,How was it?\nDialogue: 1,0:00:01.00,0:00:04.00,Default,Mira,0,0,0,,How was it?\nDialogue: 0,0:00:06.50,0:00:07.00,Default,,0,0,0,,{\\p1}m 0 0 l 1 1\n"), @"
        Some(1000)..Some(4000) <Mira> How was it?
        Some(4000)..Some(6500) <Ben> Cold, and wet.
        note: a.ass: 1 line that is shown twice at once was read once
        ");
    }

    #[test]
    fn without_names_labels_are_looked_for() {
        insta::assert_snapshot!(shown("Dialogue: 0,0:00:01.00,0:00:04.00,Default,,0,0,0,,MIRA: How was it?\nDialogue: 0,0:00:04.00,0:00:06.00,Default,,0,0,0,,BEN: Cold.\nDialogue: 0,x,0:00:08.00,Default,,0,0,0,,MIRA: And now?\n"), @"
        Some(1000)..Some(4000) <MIRA> How was it?
        Some(4000)..Some(6000) <BEN> Cold.
        None..Some(8000) <MIRA> And now?
        warning: a.ass:3: the time of this caption is not a time (its words were kept without one)
        ");
    }
}
