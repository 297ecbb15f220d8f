//! `YouTube`'s captions as JSON (`json3`): `events` with times in milliseconds and `segs`, whose texts are joined.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::speakers::{Caption, ShownLine, said_in};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct TimedText;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    events: List<Event>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Event {
    #[serde(rename = "tStartMs")]
    start: Plain,
    #[serde(rename = "dDurationMs")]
    length: Plain,
    segs: List<Entry>,
}

impl Service for TimedText {
    fn name(&self) -> &'static str {
        "YouTube"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has("events[].tStartMs") && shape.has("events[].segs[].utf8")
    }

    fn unit(&self) -> Unit {
        Unit::Milliseconds
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut captions = Vec::new();
        for Top { events } in objects(text)? {
            for (index, event) in events.0.into_iter().enumerate() {
                let text: String = event.segs.0.into_iter().filter_map(|part| part.text).collect();
                let lines: Vec<ShownLine> = text
                    .split('\n')
                    .filter(|line| !line.trim().is_empty())
                    .map(|line| ShownLine { voice: None, text: line.to_owned() })
                    .collect();
                let times = Entry::lasting(&event.start, &event.length);
                if !lines.is_empty() {
                    let (start_ms, end_ms) = (times.start_ms(unit), times.end_ms(unit));
                    captions.push(Caption { line: index as u64 + 1, start_ms, end_ms, lines });
                }
            }
        }
        Ok(said_in(&captions, &[], log))
    }
}
