//! WebVTT: Zoom's `Name: text`, the voice tags of Teams and noScribe, the rolling lines of `YouTube`; lenient, because
//! most caption files in the wild break the standard somewhere.

use super::{
    Cue, Names, Said, cues_of, drop_rolling_repeats, find_labels, is_timing, push_spaced, tag_end, turns_of,
};
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::{clock, take_when};

/// Reads `.vtt`.
#[derive(Debug)]
pub(crate) struct Vtt;

impl Reader for Vtt {
    fn name(&self) -> &'static str {
        "vtt"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["vtt"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let lines = without_comments(&text, log);
        let mut cues = cues_of(&lines, Names::Any, log);
        if cues.iter().flat_map(|cue| &cue.lines).any(|line| has_inline_time(line)) {
            let dropped = drop_rolling_repeats(&mut cues, plain);
            if dropped > 0 {
                log.note(
                    None,
                    format!(
                        "{} of rolling captions read once",
                        counted(dropped, "repeated line", "repeated lines")
                    ),
                    "",
                );
            }
        }
        let said = if cues.iter().flat_map(|cue| &cue.lines).any(|line| has_voice(line)) {
            voices(&cues)
        } else {
            find_labels(&cues, plain, source.roster)
        };
        Ok(vec![Draft { turns: turns_of(said), ..Draft::default() }])
    }
}

/// Whether a text is WebVTT whatever its file is called.
pub(crate) fn looks_like(text: &str) -> bool {
    let first = text.trim_start().split('\n').next().unwrap_or("");
    first.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// The numbered lines without the file's header and without NOTE, STYLE and REGION blocks.
fn without_comments<'a>(text: &'a str, log: &mut ProblemLog) -> Vec<(u64, &'a str)> {
    let mut lines: Vec<(u64, &str)> = Vec::new();
    let mut notes: Vec<u64> = Vec::new();
    let mut skipping = looks_like(text);
    let mut after_blank = true;
    for (number, line) in (1..).zip(text.split('\n')) {
        let blank = line.trim().is_empty();
        if after_blank && !blank && number > 1 && is_comment(line) {
            skipping = true;
            if line.starts_with("NOTE") {
                notes.push(number);
            }
        }
        // A time ends a header or a comment that nobody closed with a blank line.
        if (blank && number > 1) || is_timing(line) {
            skipping = false;
        }
        if !skipping {
            lines.push((number, line));
        }
        after_blank = blank;
    }
    if let Some(first) = notes.first() {
        log.note(
            Some(*first),
            format!("{} left out", counted(notes.len(), "NOTE block was", "NOTE blocks were")),
            "",
        );
    }
    lines
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_end();
    let is_note =
        line.strip_prefix("NOTE").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    is_note || line == "STYLE" || line == "REGION"
}

/// Whether words have times of their own: the sign of automatic captions, which roll.
fn has_inline_time(line: &str) -> bool {
    let mut tags =
        line.match_indices('<').filter_map(|(at, _)| Some(&line[at + 1..at + tag_end(&line[at..], b'>')?]));
    tags.any(|inside| clock(inside).is_some())
}

fn has_voice(line: &str) -> bool {
    line.contains("<v ") || line.contains("<v.") || line.contains("<v>")
}

/// Splits cues at their voice tags.
fn voices(cues: &[Cue]) -> Vec<Said> {
    let mut all = Vec::new();
    for cue in cues {
        let shown = cue.lines.join("\n");
        let mut speaker: Option<String> = None;
        let mut rest = shown.as_str();
        loop {
            let at = next_voice(rest);
            let (before, tag) = rest.split_at(at.unwrap_or(rest.len()));
            let mut text = String::new();
            for line in plain(before).split('\n') {
                push_spaced(&mut text, line.trim());
            }
            let (start_ms, end_ms) = (cue.start_ms, cue.end_ms);
            let text = without_own_label(&text, speaker.as_deref());
            all.push(Said { speaker: speaker.clone(), text, start_ms, end_ms, change: false });
            let Some((name, after)) = tag.strip_prefix('<').and_then(|tag| tag.split_once('>')) else {
                break;
            };
            let name = name.split_once(char::is_whitespace).map_or("", |(_, name)| name);
            speaker = Some(unescape(name).trim().to_owned()).filter(|name| !name.is_empty());
            rest = after;
        }
    }
    all.retain(|said| !said.text.is_empty());
    all
}

/// noScribe writes the voice's name, and the time, into what is shown too, or shows them in cues of their own.
fn without_own_label(text: &str, speaker: Option<&str>) -> String {
    let mut rest = text;
    if let Some((_, after)) = take_when(rest).filter(|_| rest.starts_with('[')) {
        rest = after;
    }
    if let Some(after) =
        speaker.and_then(|name| rest.strip_prefix(name)).and_then(|after| after.strip_prefix(':'))
    {
        rest = after.trim_start();
    }
    if let Some((_, after)) = take_when(rest).filter(|_| rest.starts_with('[')) {
        rest = after;
    }
    rest.to_owned()
}

fn next_voice(text: &str) -> Option<usize> {
    text.match_indices("<v")
        .find(|(at, _)| text[at + 2..].starts_with([' ', '.', '>']) && tag_end(&text[*at..], b'>').is_some())
        .map(|(at, _)| at)
}

/// A line without tags and with its entities resolved.
fn plain(line: &str) -> String {
    if !line.contains(['<', '&']) {
        return line.to_owned();
    }
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(close) = tag_end(rest, b'>').filter(|close| is_tag(&rest[1..*close])) {
            rest = &rest[close + 1..];
        } else {
            text.push('<');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    unescape(&text)
}

/// The tags that WebVTT knows; anything else in angle brackets is text, such as `<laughs>`.
fn is_tag(inside: &str) -> bool {
    let name = inside.trim_start_matches('/').split(['.', ' ', '\t']).next().unwrap_or("");
    matches!(name, "c" | "i" | "b" | "u" | "v" | "ruby" | "rt" | "lang" | "font") || clock(inside).is_some()
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&apos;", '\''),
            ("&nbsp;", '\u{A0}'),
            ("&lrm;", '\u{200E}'),
            ("&rlm;", '\u{200F}'),
        ];
        if let Some((c, after)) = numbered(rest) {
            plain.push(c);
            rest = after;
            continue;
        }
        let (name, c) = known.iter().find(|(name, _)| rest.starts_with(name)).unwrap_or(&("&", '&'));
        plain.push(*c);
        rest = &rest[name.len()..];
    }
    plain.push_str(rest);
    plain
}

/// A character by its number at the start of a text: `&#39;`, `&#x27;`.
fn numbered(text: &str) -> Option<(char, &str)> {
    let text = text.strip_prefix("&#")?;
    let end = text.bytes().take(8).position(|byte| byte == b';')?;
    let (number, after) = (&text[..end], &text[end + 1..]);
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((char::from_u32(code).filter(|c| !c.is_control())?, after))
}
