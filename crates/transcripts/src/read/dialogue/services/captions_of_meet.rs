//! `**11:00 You:** text`, as browser extensions that collect captions write it: time and name within the bold part. Times may be of the
//! day, in hours and minutes; the amount of speech between them tells.

use super::front::own_lines;
use super::line_shape::{is_empty, is_name, mostly_ascending};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::times::{When, take_when};

/// More words a second are impossible; such times are of the day.
const MAX_WORDS_A_SECOND: u64 = 5;

/// Captions with time and name in bold.
pub(super) struct CaptionsOfMeet;

/// A line's time as written, its name, and its text.
struct Caption<'a> {
    when: When,
    /// Whether the time has two parts, maybe hours and minutes.
    two_parts: bool,
    name: &'a str,
    text: &'a str,
}

impl ServiceForm for CaptionsOfMeet {
    fn name(&self) -> &'static str {
        "captions with time and name in bold (extensions for Google Meet)"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        let captions: Vec<Option<Caption<'_>>> = lines.iter().map(|line| caption(&line.text)).collect();
        let filled = lines.iter().filter(|line| !is_empty(line)).count();
        let found: Vec<&Caption<'_>> = captions.iter().flatten().collect();
        if found.len() < 2
            || found.len() * 2 < filled
            || !mostly_ascending(found.iter().map(|caption| caption.when.start))
        {
            return None;
        }
        let factor = if are_of_the_day(&found) { 60 } else { 1 };
        let first = captions.iter().position(Option::is_some)?;
        let mut recognised = RecognisedText::default();
        for (line, own) in lines[..first].iter().zip(own_lines(&lines[..first])) {
            if own { recognised.leave_out(line) } else { recognised.keep(line.clone()) }
        }
        for (line, caption) in lines.iter().zip(&captions).skip(first) {
            let Some(caption) = caption else {
                recognised.speech(line.number, &line.text);
                continue;
            };
            let times = |ms: Option<u64>| ms.map(|ms| ms.saturating_mul(factor));
            let when = When { start: times(caption.when.start), end: times(caption.when.end) };
            recognised.speaker(line.number, caption.name, when);
            recognised.speech(line.number, caption.text);
        }
        Some(recognised)
    }
}

fn caption(line: &str) -> Option<Caption<'_>> {
    let (inside, after) = line.trim().strip_prefix("**")?.split_once("**")?;
    let (head, text) = match inside.trim().strip_suffix([':', '：']) {
        Some(head) => (head, after),
        None => (inside, after.trim_start().strip_prefix([':', '：'])?),
    };
    let (when, name) = take_when(head.trim())?;
    let written = &head.trim()[..head.trim().len() - name.len()];
    let two_parts = written.matches([':', '：']).count() == 1 && !written.contains(['.', ',']);
    let name = name.trim_start_matches(['-', '–', '—', '|', ' ']);
    is_name(name).then_some(Caption { when, two_parts, name, text: text.trim() })
}

/// Whether times of two parts are hours and minutes: as minutes and seconds there would be too many words.
fn are_of_the_day(captions: &[&Caption<'_>]) -> bool {
    const DAY: u64 = 24 * 60;
    let seconds: Vec<u64> =
        captions.iter().filter_map(|caption| caption.when.start).map(|ms| ms / 1000).collect();
    let (Some(first), Some(last)) = (seconds.first(), seconds.last()) else { return false };
    let said =
        captions.iter().take(captions.len() - 1).map(|caption| caption.text.split_whitespace().count());
    let words = said.sum::<usize>() as u64;
    captions.iter().all(|caption| caption.two_parts)
        && *last < DAY
        && words > last.saturating_sub(*first).max(1) * MAX_WORDS_A_SECOND
}
