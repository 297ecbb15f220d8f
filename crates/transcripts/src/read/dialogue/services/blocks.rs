//! A time on a line, a speaker on the next, then speech: Premiere's text export and older Word files of Teams; or speaker first and
//! time second, as in pages copied from a service.

use std::collections::BTreeMap;

use super::front::own_lines;
use super::line_shape::{is_cast, is_empty, is_name, is_rule, mostly_ascending, only_time, shown};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::speakers::label::fold;
use crate::read::speakers::label_words::is_usual;
use crate::read::times::{When, take_timecode};

/// Time and speaker on lines of their own.
pub(super) struct Blocks;

/// Position of the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    TimeThenName,
    NameThenTime,
}

/// A line that names a speaker, by its index, with the index of the time that belongs to it.
type Blocked = BTreeMap<usize, (usize, String)>;

impl ServiceForm for Blocks {
    fn name(&self) -> &'static str {
        "an export with time and speaker on lines of their own (Premiere, Teams, pages that were copied)"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        if lines.iter().any(|line| line.label.is_some()) {
            return None;
        }
        let filled: Vec<usize> = (0..lines.len())
            .filter(|at| !is_empty(&lines[*at]) && !is_rule(shown(&lines[*at]).trim()))
            .collect();
        let times: BTreeMap<usize, When> = filled
            .iter()
            .filter_map(|at| Some((*at, time_line(&shown(&lines[*at])).filter(|_| !lines[*at].is_speech)?)))
            .collect();
        if times.len() < 2 || !mostly_ascending(times.values().map(|when| when.start)) {
            return None;
        }
        let blocks = [Layout::TimeThenName, Layout::NameThenTime]
            .into_iter()
            .map(|layout| blocks_of(lines, &filled, &times, layout))
            .max_by_key(BTreeMap::len)?;
        let names = || blocks.values().map(|(_, name)| name.as_str());
        let mut distinct: Vec<String> = names().map(fold).collect();
        distinct.sort();
        distinct.dedup();
        let all_usual = distinct.iter().all(|name| is_usual(name));
        if blocks.len() < 2
            || blocks.len() * 5 < times.len() * 4
            || !is_cast(names())
            || distinct.len() == blocks.len() && !all_usual
        {
            return None;
        }
        Some(written(lines, &blocks, &times))
    }
}

fn written(lines: &[Line], blocks: &Blocked, times: &BTreeMap<usize, When>) -> RecognisedText {
    let first_name = blocks.keys().next().copied().unwrap_or_default();
    let first = blocks.values().next().map_or(first_name, |(time, _)| first_name.min(*time));
    let mut recognised = RecognisedText::default();
    for (line, own) in lines[..first].iter().zip(own_lines(&lines[..first])) {
        if own { recognised.leave_out(line) } else { recognised.keep(line.clone()) }
    }
    let owned: Vec<usize> = blocks.values().map(|(time, _)| *time).collect();
    for (at, line) in lines.iter().enumerate().skip(first) {
        if let Some((time, name)) = blocks.get(&at) {
            recognised.speaker(line.number, name, times.get(time).copied().unwrap_or_default());
        } else if times.contains_key(&at) {
            // A further time of the same speaker is no speech.
            if owned.binary_search(&at).is_err() {
                recognised.marks.add(line.number);
            }
        } else if is_rule(line.text.trim()) {
            recognised.leave_out(line);
        } else {
            recognised.speech(line.number, &line.text);
        }
    }
    recognised
}

/// The lines that name speakers in a layout, each with its time.
fn blocks_of(lines: &[Line], filled: &[usize], times: &BTreeMap<usize, When>, layout: Layout) -> Blocked {
    let mut blocks = Blocked::new();
    for (nth, at) in filled.iter().enumerate().filter(|(_, at)| times.contains_key(at)) {
        let before = nth.checked_sub(1).and_then(|nth| filled.get(nth)).copied();
        let (next, after) = (filled.get(nth + 1).copied(), filled.get(nth + 2).copied());
        let (name, text) = match layout {
            Layout::TimeThenName => (next, after),
            Layout::NameThenTime => (before, next),
        };
        let (Some(name), Some(text)) = (name, text) else { continue };
        // A number is that of a caption.
        let is_number = |at: usize| lines[at].text.trim().chars().all(char::is_numeric);
        if times.contains_key(&name) || times.contains_key(&text) || is_number(text) {
            continue;
        }
        let shown = shown(&lines[name]);
        let label = shown.trim().trim_end_matches([':', '：']);
        if is_name(label) {
            blocks.insert(name, (*at, label.to_owned()));
        }
    }
    blocks
}

/// A line that is a time or a stretch of time, with frames or without.
fn time_line(text: &str) -> Option<When> {
    let text = text.trim();
    only_time(text).or_else(|| {
        let (start, rest) = take_timecode(text)?;
        let rest = rest.trim_start();
        if rest.is_empty() {
            return Some(When { start: Some(start), end: None });
        }
        let after = ["-->", "-", "–", "—"].iter().find_map(|dash| rest.strip_prefix(dash))?;
        match take_timecode(after.trim_start())? {
            (end, rest) if rest.trim().is_empty() => Some(When { start: Some(start), end: Some(end) }),
            _ => None,
        }
    })
}
