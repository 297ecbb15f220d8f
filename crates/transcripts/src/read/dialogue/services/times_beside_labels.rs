//! Times of typists and oTranscribe beside labels: on a line of its own above `Name: text`, or bare after the colon
//! (`Name: 00:03 text`) and then within the words as well. Labels are looked for as in any other text.

use super::line_shape::{is_empty, mostly_ascending, only_time, shown};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::speakers::label::{Style, candidate};
use crate::read::times::{When, take_when};

/// Minimum bare times after labels; fewer may be speech.
const MIN_BEHIND: usize = 3;

/// Times on lines of their own above labels.
pub(super) struct TimesAboveLabels;

/// Bare times after labels and within the words.
pub(super) struct TimesBehindLabels;

impl ServiceForm for TimesAboveLabels {
    fn name(&self) -> &'static str {
        "a transcript with times above the labels"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        let filled: Vec<usize> =
            (0..lines.len()).filter(|at| !is_empty(&lines[*at]) && lines[*at].label.is_none()).collect();
        let time_at = |at: usize| only_time(&shown(&lines[at]));
        let times: Vec<When> = filled.iter().filter_map(|at| time_at(*at)).collect();
        let above = filled
            .windows(2)
            .filter(|pair| time_at(pair[0]).is_some() && label_colon(&lines[pair[1]]).is_some())
            .count();
        if above < 2 || above * 5 < times.len() * 3 || !mostly_ascending(times.iter().map(|when| when.start))
        {
            return None;
        }
        let mut recognised = RecognisedText::default();
        let mut pending: Option<When> = None;
        for (at, line) in lines.iter().enumerate() {
            if let Some(when) = time_at(at).filter(|_| line.label.is_none()) {
                pending = Some(when);
                recognised.keep(Line { number: line.number, ..Line::default() });
                continue;
            }
            let mut line = line.clone();
            if !is_empty(&line) {
                let when = pending.take().unwrap_or_default();
                line.when = When { start: line.when.start.or(when.start), end: line.when.end.or(when.end) };
            }
            recognised.keep(line);
        }
        Some(recognised)
    }
}

impl ServiceForm for TimesBehindLabels {
    fn name(&self) -> &'static str {
        "a transcript with times behind the labels (oTranscribe)"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        let labelled: Vec<usize> = (0..lines.len()).filter(|at| label_colon(&lines[*at]).is_some()).collect();
        let anchors: Vec<(usize, u64)> =
            labelled.iter().filter_map(|at| Some((*at, behind_label(&lines[*at])?.1))).collect();
        let strictly = anchors.windows(2).all(|pair| pair[0].1 <= pair[1].1);
        if anchors.len() < MIN_BEHIND || anchors.len() * 5 < labelled.len() * 4 || !strictly {
            return None;
        }
        let mut recognised = RecognisedText::default();
        let mut nth = 0;
        for (at, line) in lines.iter().enumerate() {
            let mut line = line.clone();
            let is_anchor = anchors.get(nth).is_some_and(|(anchor, _)| *anchor == at);
            if is_anchor
                && let Some((colon, time, text)) =
                    behind_label(&line).map(|(c, t, text)| (c, t, text.to_owned()))
            {
                nth += 1;
                line.when.start = line.when.start.or(Some(time));
                line.text = format!("{} {text}", &line.text[..colon]);
            }
            let from = nth.checked_sub(1).and_then(|nth| anchors.get(nth)).map(|(_, time)| *time);
            if let Some(from) = from {
                let until = anchors.get(nth).map_or(u64::MAX, |(_, time)| *time);
                line.text = without_bare_times(&line, from, until, &mut recognised);
            }
            recognised.keep(line);
        }
        Some(recognised)
    }
}

/// Where the words after a label begin.
fn label_colon(line: &Line) -> Option<usize> {
    let found = candidate(&line.text).filter(|found| found.style == Style::Colon && !line.is_speech)?;
    line.text.len().checked_sub(found.text.len()).filter(|at| line.text.is_char_boundary(*at))
}

/// A bare time after a label: its position, the time, and the words.
fn behind_label(line: &Line) -> Option<(usize, u64, &str)> {
    let at = label_colon(line)?;
    let rest = line.text[at..].trim_start();
    let (when, text) = take_when(rest).filter(|_| rest.starts_with(char::is_numeric))?;
    let start = line.text.len() - rest.len();
    Some((line.text[..start].trim_end().len(), when.start?, text))
}

/// The line without bare times between the time of its turn and that of the next: times in speech hardly ever are.
fn without_bare_times(line: &Line, from: u64, until: u64, recognised: &mut RecognisedText) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut before = from;
    for word in line.text.split(' ') {
        let bare = word.trim_matches('\u{A0}');
        let padded = bare.starts_with('0') || bare.matches(':').count() == 2;
        match take_when(bare) {
            Some((When { start: Some(time), .. }, ""))
                if padded && (before..=until).contains(&time) && until < u64::MAX =>
            {
                recognised.marks.add(line.number);
                before = time;
            }
            _ => kept.push(word),
        }
    }
    kept.join(" ")
}
