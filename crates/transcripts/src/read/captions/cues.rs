//! Makes cues of lines, for caption formats with two times on a line of their own: `WebVTT`, `SubRip` and variants. Numbers, names,
//! blank lines and headers may be missing or misplaced.

use unicode_segmentation::UnicodeSegmentation;

use super::first_words;
use crate::codes;
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::take_clock;

/// Share of cues with a name at which every line in that position is a name.
const MIN_NAMED_SHARE: f64 = 0.8;
/// Rolling captions show two or three lines.
const MAX_ROLLING_LINES: usize = 8;
/// Share of cues that begin with lines of the one before at which captions are rolling.
const ROLLING: f64 = 0.4;

/// One caption.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Cue {
    /// Line of its time, from 1.
    pub(crate) line: u64,
    /// The line above its time, if it is a name and no number; may be empty.
    pub(crate) name: String,
    /// Milliseconds from the start of the recording.
    pub(crate) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(crate) end_ms: Option<u64>,
    /// The lines shown.
    pub(crate) lines: Vec<String>,
}

/// The times of a cue, where they can be read.
pub(crate) type Times = (Option<u64>, Option<u64>);

/// What precedes the time of a cue in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Nothing: the time comes first.
    None,
    /// A number above the time.
    Numbers,
    /// Anything above the time, or nothing.
    Any,
    /// Anything above nearly every time, however long.
    Every,
}

/// The two times of a timing line, and the words that some programs write after them; none for any other line.
///
/// People read times aloud too. `02:34.567 --> that is when` is speech, and so is `12:30 --> 13:45 was the slot`: words may
/// follow only where both times have a fraction.
fn timing(line: &str) -> Option<(Times, &str)> {
    let (start, rest) = line.split_once("-->")?;
    let (start, rest) = (start.trim(), rest.trim());
    let like_a_time =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.contains([':', '.', ',']);
    if !like_a_time(start) || !start.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | ' '))
    {
        return None;
    }
    let (end, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let behind = behind.trim();
    if !(end.is_empty() || whole(end).is_some() || like_a_time(end) && end.contains(':')) {
        return None;
    }
    let times = (whole(start), whole(end));
    if behind.split_whitespace().all(is_setting) {
        return Some((times, ""));
    }
    let has_fraction = |text: &str| text.contains(['.', ',']);
    (times.0.is_some() && times.1.is_some() && has_fraction(start) && has_fraction(end))
        .then_some((times, behind))
}

/// A setting after the times: `align:start` of `WebVTT`, `X1:100` of `SubRip`.
fn is_setting(word: &str) -> bool {
    word.split_once(':').is_some_and(|(key, value)| {
        !value.is_empty() && !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

fn whole(text: &str) -> Option<u64> {
    match take_clock(text) {
        Some((ms, "")) => Some(ms),
        _ => None,
    }
}

/// Whether a line is the time of a cue.
pub(crate) fn is_timing(line: &str) -> bool {
    timing(line).is_some()
}

/// The cues of numbered lines. Everything between two timing lines belongs to the first, blank lines included, but for the number
/// or name right before the second.
pub(crate) fn cues_of(lines: &[(u64, &str)], names: Names, log: &mut ProblemLog) -> Vec<Cue> {
    timed_cues(lines, names, timing, log)
}

/// As [`cues_of`], with `timing` to recognise timing lines.
pub(crate) fn timed_cues<'a>(
    lines: &[(u64, &'a str)],
    names: Names,
    timing: impl Fn(&'a str) -> Option<(Times, &'a str)>,
    log: &mut ProblemLog,
) -> Vec<Cue> {
    let times: Vec<usize> = (0..lines.len()).filter(|at| timing(lines[*at].1).is_some()).collect();
    let Some(first) = times.first() else { return Vec::new() };
    let names = names_in_use(lines, &times, names);
    let mut begins = before_first(lines, *first, names);
    tell_of_words_before(&lines[..begins], log);
    let mut cues = Vec::with_capacity(times.len());
    for (index, &at) in times.iter().enumerate() {
        let (number, line) = lines[at];
        let ((start_ms, end_ms), behind) = timing(line).unwrap_or_default();
        if start_ms.is_none() || end_ms.is_none() {
            log.warning(
                codes::TIME_LEFT_OUT,
                Some(number),
                "the time of this caption is not a time",
                "its words were kept without one",
            );
        }
        let until = times.get(index + 1).map_or(lines.len(), |next| before_name(lines, at, *next, names));
        let shown = lines[at + 1..until].iter().map(|(_, line)| *line);
        let shown = std::iter::once(behind).chain(shown).filter(|line| !line.trim().is_empty());
        let shown = shown.map(str::to_owned).collect();
        let name = if begins < at { lines[begins].1.trim().to_owned() } else { String::new() };
        cues.push(Cue { line: number, name, start_ms, end_ms: end_ms.max(start_ms), lines: shown });
        begins = until;
    }
    cues
}

/// Words above the first caption have no speaker, but may be speech.
fn tell_of_words_before(before: &[(u64, &str)], log: &mut ProblemLog) {
    let Some((number, line)) = before.iter().find(|(_, line)| !line.trim().is_empty()) else { return };
    let words: usize = before.iter().map(|(_, line)| line.unicode_words().count()).sum();
    if words > 0 {
        log.warning(
            codes::TEXT_LEFT_OUT,
            Some(*number),
            format!(
                "{} left out before the first caption: {}",
                counted(words, "word was", "words were"),
                first_words(line)
            ),
            "give them a time of their own if somebody says them",
        );
    }
}

/// How cues are named in this file.
fn names_in_use(lines: &[(u64, &str)], times: &[usize], names: Names) -> Names {
    if names != Names::Any {
        return names;
    }
    let is_blank = |at: usize| lines[at].1.trim().is_empty();
    let named = times.iter().filter(|at| **at > 1 && !is_blank(**at - 1) && is_blank(**at - 2)).count();
    if (named as f64) < MIN_NAMED_SHARE * times.len() as f64 {
        return Names::Any;
    }
    // Where a blank line separates a time from its words, the words look like names.
    let filled = times.windows(2).filter(|pair| {
        lines[pair[0] + 1..before_name(lines, pair[0], pair[1], Names::Every)]
            .iter()
            .any(|(_, line)| !line.trim().is_empty())
    });
    if filled.count() * 2 >= times.len().saturating_sub(1) { Names::Every } else { Names::None }
}

/// The end of the lines before the first timing line: its number or name belongs to it.
fn before_first(lines: &[(u64, &str)], first: usize, names: Names) -> usize {
    let named = names != Names::None && first > 0 && !lines[first - 1].1.trim().is_empty();
    if named { first - 1 } else { first }
}

/// The end of the previous cue's lines before a timing line: the line right above is the next cue's name when it is a number or,
/// in formats with names, a short one alone after a blank line.
fn before_name(lines: &[(u64, &str)], at: usize, next: usize, names: Names) -> usize {
    let above = next - 1;
    if names == Names::None || above <= at || lines[above].1.trim().is_empty() {
        return next;
    }
    let name = lines[above].1.trim();
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    let alone = above > at + 1 && lines[above - 1].1.trim().is_empty();
    // A name is never the only words of a cue.
    let has_words = lines[at + 1..above].iter().any(|(_, line)| !line.trim().is_empty());
    let is_name = match names {
        Names::None | Names::Numbers => false,
        Names::Any => has_words && is_cue_name(name),
        Names::Every => true,
    };
    if is_number || (alone && is_name) { above } else { next }
}

/// Whether a line may be a cue's name rather than words after a blank line.
fn is_cue_name(line: &str) -> bool {
    line.split_whitespace().count() <= 3 && !line.ends_with(['.', ',', '?', '!', ':', '…'])
}

/// Removes the lines that a rolling caption repeats from the one before (automatic captions of `YouTube` and live captions of
/// television show each line two or three times). Returns how many.
pub(crate) fn drop_rolling_repeats(cues: &mut Vec<Cue>) -> usize {
    let mut dropped = 0;
    let mut before: Vec<String> = Vec::new();
    for cue in cues.iter_mut() {
        let shown: Vec<String> = cue.lines.iter().map(|line| line.trim().to_owned()).collect();
        let same = repeated(&before, &shown);
        dropped += same;
        cue.lines.drain(..same);
        if !shown.is_empty() {
            before = shown;
        }
    }
    cues.retain(|cue| !cue.lines.is_empty());
    dropped
}

/// Whether captions roll: many begin with a line that ends the one before, and show more.
pub(crate) fn do_roll(cues: &[Cue]) -> bool {
    let trimmed =
        |cue: &Cue| -> Vec<String> { cue.lines.iter().map(|line| line.trim().to_owned()).collect() };
    let rolling = cues.windows(2).filter(|pair| {
        let (before, shown) = (trimmed(&pair[0]), trimmed(&pair[1]));
        let same = repeated(&before, &shown);
        same > 0 && same < shown.len()
    });
    cues.len() > 2 && rolling.count() as f64 >= ROLLING * (cues.len() - 1) as f64
}

/// How many lines at the start of a caption are the last ones of the caption before.
fn repeated(before: &[String], shown: &[String]) -> usize {
    let most = before.len().min(shown.len()).min(MAX_ROLLING_LINES);
    (1..=most).rev().find(|n| before[before.len() - n..] == shown[..*n]).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_people_say_are_no_timing_lines() {
        for line in [
            "00:00:01.000 --> 00:00:04.000",
            "00:01,5 --> 00:04,5 align:start position:0%",
            "0:00:01,000 --> 0:00:04,000  X1:10 X2:20",
            "00:06.000 --> 00:0x.000",
            "00:06.000 -->",
            "00:00:01,000 --> 00:00:04,000 So it began",
        ] {
            assert!(is_timing(line), "{line}");
        }
        for line in [
            "02:34.567 --> that is when it went off",
            "12:30 --> that is when",
            "12:30 --> 13:45 was the slot",
            "A --> B",
            "we went from 10:00 --> 11:00",
            "5 --> 6",
        ] {
            assert!(!is_timing(line), "{line}");
        }
    }

    fn shown(text: &str, names: Names) -> Vec<String> {
        let lines: Vec<(u64, &str)> = (1..).zip(text.split('\n')).collect();
        let mut log = ProblemLog::new("a.vtt");
        cues_of(&lines, names, &mut log).into_iter().map(|cue| cue.lines.join("|")).collect()
    }

    #[test]
    fn words_after_a_blank_line_are_words_and_no_names() {
        let text = "00:01.000 --> 00:02.000\n\nYes I think so\n00:03.000 --> 00:04.000\n\nThen we went\n00:05.000 --> 00:06.000\n\nHome\n";
        assert_eq!(shown(text, Names::Any), ["Yes I think so", "Then we went", "Home"]);
        let named = "one a\n00:01.000 --> 00:02.000\nYes\n\nsecond b\n00:03.000 --> 00:04.000\nNo\n";
        assert_eq!(shown(named, Names::Any), ["Yes", "No"]);
        let once = "00:01.000 --> 00:02.000\n\nYes\n00:03.000 --> 00:04.000\nNo\n\nlast\n00:05.000 --> 00:06.000\nSo\n";
        assert_eq!(shown(once, Names::Any), ["Yes", "No", "So"]);
    }

    #[test]
    fn words_behind_a_time_are_shown() {
        assert_eq!(
            shown("00:01.000 --> 00:02.000 So it began\non a Tuesday\n", Names::Any),
            ["So it began|on a Tuesday"]
        );
    }
}
