//! A time at the start of every line, with the arrows, dashes and asterisks of programs: Whisper's output, `aTrain`, `OpenTranscribe`,
//! `VoiceInk`. Times become known, and labels are looked for in the rest of each line.

use std::collections::BTreeSet;

use super::front::own_lines;
use super::line_shape::{is_empty, is_name, mostly_ascending, shown};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::speakers::label::{Style, candidate, fold};
use crate::read::speakers::label_words::{is_usual, without_number};
use crate::read::times::{When, seconds, take_when};

/// Minimum share of the filled lines that begin with a time.
const MIN_SHARE: f64 = 0.6;

/// Lines that begin with a time.
pub(super) struct TimedLines;

/// A time at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mark<'a> {
    when: When,
    /// Whether a dash separates it from the words.
    dash: bool,
    /// Whether only brackets are around it.
    is_plain: bool,
    text: &'a str,
}

impl ServiceForm for TimedLines {
    fn name(&self) -> &'static str {
        "lines with a time at the start (Whisper, aTrain and others)"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        if lines.iter().any(|line| line.label.is_some()) {
            return None;
        }
        let marks: Vec<Option<Mark<'_>>> = lines.iter().map(|line| mark_of(&line.text)).collect();
        let filled: Vec<usize> = (0..lines.len()).filter(|at| !is_empty(&lines[*at])).collect();
        let names = names_above(lines, &marks, &filled);
        let timed = marks.iter().flatten().count();
        if timed == 0 || names.is_empty() {
            // Names of a program above lines without times: aTrain writes them too.
            if let Some(recognised) = diarised(lines, &filled) {
                return Some(recognised);
            }
        }
        // A plain time before a label is a form of labels, and is learned there.
        let labelled = marks.iter().flatten().filter(|mark| mark.is_plain && is_labelled(mark.text)).count();
        if labelled * 2 >= timed && timed > 0 {
            return None;
        }
        // Text above the first time is a title or a note, however long.
        let begins = marks.iter().position(Option::is_some).unwrap_or_default();
        let others = filled.iter().filter(|at| **at >= begins && names.binary_search(at).is_err()).count();
        if timed < 2
            || (timed as f64) < MIN_SHARE * others as f64
            || !mostly_ascending(marks.iter().flatten().map(|mark| mark.when.start))
        {
            return None;
        }
        let first_timed = marks.iter().position(Option::is_some)?;
        let first = names.first().copied().unwrap_or(first_timed).min(first_timed);
        let mut recognised = RecognisedText::default();
        for (line, own) in lines[..first].iter().zip(own_lines(&lines[..first])) {
            if own { recognised.leave_out(line) } else { recognised.keep(line.clone()) }
        }
        for (at, line) in lines.iter().enumerate().skip(first) {
            match (&marks[at], names.binary_search(&at).is_ok()) {
                (None, true) => {
                    let next = marks.iter().skip(at + 1).flatten().next();
                    let when = When { start: next.and_then(|mark| mark.when.start), end: None };
                    recognised.speaker(line.number, &name_of(line), when);
                }
                (Some(mark), _) => {
                    let text = without_further_marks(mark, line.number, &mut recognised);
                    let mut line = Line { text, when: mark.when, starts_paragraph: true, ..line.clone() };
                    line.is_speech |= !names.is_empty();
                    // Emphasis and the time were counted in the bold beginning.
                    line.bold = line.bold.saturating_sub(line.text.len()).min(line.text.len());
                    recognised.keep(line);
                }
                (None, false) => recognised.keep(line.clone()),
            }
        }
        Some(recognised)
    }
}

fn is_labelled(text: &str) -> bool {
    candidate(text).is_some_and(|found| found.style == Style::Colon)
}

fn name_of(line: &Line) -> String {
    shown(line).trim().trim_end_matches([':', '：']).to_owned()
}

/// Lines that are a name above a line with a time; none unless nearly every line without a time is one.
fn names_above(lines: &[Line], marks: &[Option<Mark<'_>>], filled: &[usize]) -> Vec<usize> {
    let mut names = Vec::new();
    for pair in filled.windows(2) {
        let [at, next] = pair else { continue };
        if marks[*at].is_none() && marks[*next].is_some() && is_name(&name_of(&lines[*at])) {
            names.push(*at);
        }
    }
    let distinct: BTreeSet<String> = names.iter().map(|at| fold(&name_of(&lines[*at]))).collect();
    // Text above the first of them is a title or a note.
    let from = names.first().copied().unwrap_or_default();
    let untimed = filled.iter().filter(|at| **at >= from && marks[**at].is_none()).count();
    let come_again = distinct.len() < names.len() || distinct.iter().all(|name| is_usual(name));
    if !come_again || names.len() * 5 < untimed * 4 {
        names.clear();
    }
    // A title above the first line with a time is no speaker, unless it is repeated.
    if let Some(first) = names.first().copied()
        && filled.first() == Some(&first)
        && names.iter().filter(|at| fold(&name_of(&lines[**at])) == fold(&name_of(&lines[first]))).count()
            == 1
        && !is_usual(&name_of(&lines[first]))
    {
        names.remove(0);
    }
    names
}

/// `SPEAKER_00` on lines of their own, with speech below.
fn diarised(lines: &[Line], filled: &[usize]) -> Option<RecognisedText> {
    let is_given = |line: &Line| {
        let name = name_of(line);
        let stem = without_number(&name);
        stem.len() < name.len() && name.contains('_') && matches!(fold(stem).as_str(), "speaker" | "spk")
    };
    let names: BTreeSet<usize> = filled.iter().copied().filter(|at| is_given(&lines[*at])).collect();
    let first = *names.first()?;
    if names.len() < 2 {
        return None;
    }
    let mut recognised = RecognisedText::default();
    for (line, own) in lines[..first].iter().zip(own_lines(&lines[..first])) {
        if own { recognised.leave_out(line) } else { recognised.keep(line.clone()) }
    }
    for (at, line) in lines.iter().enumerate().skip(first) {
        if names.contains(&at) {
            recognised.speaker(line.number, &name_of(line), line.when);
        } else if let Some(mark) = mark_of(&line.text) {
            let text = without_further_marks(&mark, line.number, &mut recognised);
            recognised.keep(Line { text, when: mark.when, is_speech: true, ..line.clone() });
        } else {
            recognised.keep(Line { is_speech: true, ..line.clone() });
        }
    }
    Some(recognised)
}

/// The time at the start of a line, without the signs around it.
fn mark_of(line: &str) -> Option<Mark<'_>> {
    let line = line.trim();
    // Emphasis may be around the time, or around its brackets.
    let (when, rest) = ["**", "__", "*", "_", "`"]
        .iter()
        .find_map(|sign| {
            let (inside, rest) = line.strip_prefix(sign)?.split_once(sign)?;
            let (when, "") = take_when(inside.trim())? else { return None };
            Some((when, rest.trim_start()))
        })
        .or_else(|| take_when(line))
        .or_else(|| take_seconds_range(line))?;
    let after = ["- ", "– ", "— ", "| ", "→ ", "> "].iter().find_map(|dash| rest.strip_prefix(dash));
    // A dash without text is no speech.
    let text = after.or_else(|| matches!(rest, "-" | "–" | "—").then_some("")).unwrap_or(rest);
    let is_plain = after.is_none() && !line.starts_with(['*', '_', '`']);
    Some(Mark { when, dash: after.is_some(), is_plain, text: text.trim() })
}

/// `[0.00s -> 4.00s]`, as printed by faster-whisper.
fn take_seconds_range(line: &str) -> Option<(When, &str)> {
    let (inside, rest) = line.strip_prefix('[')?.split_once(']')?;
    let (start, end) = inside.split_once("->").or_else(|| inside.split_once("-->"))?;
    let ms = |text: &str| seconds(text.trim().trim_end_matches('-').trim_end().trim_end_matches('s'));
    Some((When { start: Some(ms(start)?), end: Some(ms(end)?) }, rest.trim_start()))
}

/// The speech, without times and dashes within the line where the line's own has a dash (`[00:00:05] - `).
fn without_further_marks(mark: &Mark<'_>, number: u64, recognised: &mut RecognisedText) -> String {
    if !mark.dash || !mark.text.contains('[') {
        return mark.text.to_owned();
    }
    let mut text = String::with_capacity(mark.text.len());
    let mut rest = mark.text;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        match take_when(from) {
            Some((_, after)) if after.starts_with("- ") => {
                recognised.marks.add(number);
                rest = after.strip_prefix("- ").unwrap_or(after);
            }
            _ => {
                text.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_around_a_time_go_with_it() {
        for (line, start, text) in [
            ("[00:00:05] - I have sixty.", 5_000, "I have sixty."),
            ("[00:05.000 --> 00:09.120]  I have sixty.", 5_000, "I have sixty."),
            ("[0:05 → 0:09] I have sixty.", 5_000, "I have sixty."),
            ("[5.00s -> 9.12s] I have sixty.", 5_000, "I have sixty."),
            ("**[00:00:05]** I have sixty.", 5_000, "I have sixty."),
            ("*00:05* I have sixty.", 5_000, "I have sixty."),
            ("00:05 | I have sixty.", 5_000, "I have sixty."),
            ("(0:05) Anna: yes", 5_000, "Anna: yes"),
        ] {
            let mark = mark_of(line).unwrap();
            assert_eq!((mark.when.start, mark.text), (Some(start), text), "{line}");
        }
        assert_eq!(mark_of("I have 5:30 of them"), None);
        assert_eq!(mark_of("**5:30 of them"), None);
    }
}
