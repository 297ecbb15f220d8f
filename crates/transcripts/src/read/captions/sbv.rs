//! `YouTube`'s own captions: a line with two times and a comma between them, then the text; no numbers, no header. Some tools write
//! the words after the times and another comma, under a line of headings.

use super::cues::{Names, Times, timed_cues};
use super::draft_of;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;
use crate::read::times::{clock, take_clock};

/// Reads `.sbv`.
#[derive(Debug)]
pub(crate) struct Sbv;

impl Reader for Sbv {
    fn name(&self) -> &'static str {
        "sbv"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["sbv"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let is_heading = |line: &str| line.to_lowercase().starts_with("start,end");
        let lines = (1..).zip(text.split('\n')).filter(|(number, line)| *number > 1 || !is_heading(line));
        let lines: Vec<(u64, &str)> = lines.flat_map(parted).collect();
        let mut cues = timed_cues(&lines, Names::None, |line| Some((timing(line)?, "")), log);
        for line in cues.iter_mut().flat_map(|cue| &mut cue.lines) {
            *line = plain(line);
        }
        Ok(vec![draft_of(cues, source.roster, log)])
    }
}
/// Whether a text is captions of this kind whatever its name: they begin with a time.
pub(crate) fn looks_like(text: &str) -> bool {
    let first = text.split('\n').find(|line| !line.trim().is_empty());
    first.is_some_and(|line| parted((1, line)).any(|(_, line)| timing(line).is_some()))
}

/// Words after the times, `0:00:01.070,0:00:04.980,words`, as a line of their own.
fn parted((number, line): (u64, &str)) -> impl Iterator<Item = (u64, &str)> {
    let second = line.match_indices(',').nth(1).map(|(at, _)| line.split_at(at));
    let (first, second) = match second {
        Some((times, words)) if timing(times).is_some_and(|times| times.0.is_some() && times.1.is_some()) => {
            (times, Some(words.trim_start_matches(',')))
        }
        _ => (line, None),
    };
    [Some(first), second].into_iter().flatten().map(move |line| (number, line))
}

/// The two times of `0:00:01.070,0:00:04.980`; none for any other line.
fn timing(line: &str) -> Option<Times> {
    let line = line.trim();
    if !line.starts_with(|c: char| c.is_ascii_digit())
        || !line.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | ' '))
        || line.matches(':').count() < 2
    {
        return None;
    }
    let (start, end) = line.split_once(',')?;
    let whole = |text: &str| take_clock(text.trim()).filter(|(_, rest)| rest.is_empty()).map(|(ms, _)| ms);
    // Where milliseconds follow a comma too, the one in the middle separates the times.
    let commas: Vec<usize> = line.match_indices(',').map(|(at, _)| at).collect();
    match commas.as_slice() {
        [_, middle, _] => Some((clock(&line[..*middle]), clock(&line[middle + 1..]))),
        _ => Some((whole(start), whole(end))),
    }
}

/// `YouTube` writes a line break within a line as `[br]`.
fn plain(line: &str) -> String {
    line.replace("[br]", " ")
}
