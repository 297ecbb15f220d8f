//! WebVTT: Zoom's `Name: text`, the voice tags of Teams and noScribe, the rolling lines of `YouTube`; lenient, because most caption
//! files break the standard somewhere.

use std::collections::BTreeSet;

use super::cues::{Cue, Names, cues_of, is_timing};
use super::markup::{tag_end, unescape, without_tags};
use super::speakers::{Caption, ShownLine};
use super::{draft_of, draft_of_captions, roll_up};
use crate::codes;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::is_label_shape;
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
        if let Some(draft) = spoken_objects(&cues) {
            return Ok(vec![draft_of_captions(draft, source.roster, log)]);
        }
        let rolls = cues.iter().flat_map(|cue| &cue.lines).any(|line| has_inline_time(line));
        for line in cues.iter_mut().flat_map(|cue| &mut cue.lines) {
            *line = without_tags(line, |inside| is_tag(inside) && !is_voice(inside));
        }
        if rolls {
            roll_up(&mut cues, log);
        }
        if cues.iter().flat_map(|cue| &cue.lines).any(|line| next_voice(line).is_some()) {
            let captions = cues.iter().map(voices).collect();
            return Ok(vec![draft_of_captions(captions, source.roster, log)]);
        }
        for line in cues.iter_mut().flat_map(|cue| &mut cue.lines) {
            *line = unescape(line);
        }
        if let Some(captions) = named_cues(&cues) {
            log.note(
                codes::SPEAKER_GUESSED,
                None,
                "the names above the times come again and again and were read as speakers",
                "",
            );
            return Ok(vec![draft_of_captions(captions, source.roster, log)]);
        }
        Ok(vec![draft_of(cues, source.roster, log)])
    }
}

/// Whether a text is WebVTT whatever its name.
pub(crate) fn looks_like(text: &str) -> bool {
    text.trim_start().split('\n').next().is_some_and(is_header)
}

fn is_header(line: &str) -> bool {
    line.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// The numbered lines without headers, of which joined files have several, and without NOTE, STYLE and REGION blocks.
fn without_comments<'a>(text: &'a str, log: &mut ProblemLog) -> Vec<(u64, &'a str)> {
    let mut lines: Vec<(u64, &str)> = Vec::new();
    let mut notes: Vec<u64> = Vec::new();
    let mut headers: Vec<u64> = Vec::new();
    let mut skipping = looks_like(text);
    let mut after_blank = true;
    // Before the first time, a header may lack its first line.
    let mut before_times = true;
    for (number, line) in (1..).zip(text.split('\n')) {
        let blank = line.trim().is_empty();
        if after_blank && !blank && number > 1 && (is_comment(line) || is_header(line)) {
            skipping = true;
            if line.starts_with("NOTE") {
                notes.push(number);
            } else if is_header(line) && !before_times {
                headers.push(number);
            }
        }
        let is_time = is_timing(line);
        // A time ends a header or a comment without a blank line.
        if (blank && number > 1) || is_time {
            skipping = false;
        }
        before_times &= !is_time;
        if !(skipping || before_times && is_header_field(line)) {
            lines.push((number, line));
        }
        after_blank = blank;
    }
    if let Some(first) = notes.first() {
        log.note(
            codes::TEXT_LEFT_OUT,
            Some(*first),
            format!("{} left out", counted(notes.len(), "NOTE block was", "NOTE blocks were")),
            "",
        );
    }
    if let Some(first) = headers.first() {
        log.warning(
            codes::TIME_DOUBTFUL,
            Some(*first),
            "the file begins anew here: several files seem to have been joined, and their times start again",
            "read them as files of their own, or check the times before you quote them",
        );
    }
    lines
}

/// Header lines of `YouTube` and live services.
fn is_header_field(line: &str) -> bool {
    ["Kind:", "Language:", "X-TIMESTAMP-MAP="].iter().any(|key| line.starts_with(key))
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_end();
    let is_note =
        line.strip_prefix("NOTE").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    is_note || line == "STYLE" || line == "REGION"
}

/// Whether words have times of their own, as in automatic captions, which roll.
fn has_inline_time(line: &str) -> bool {
    let mut tags =
        line.match_indices('<').filter_map(|(at, _)| Some(&line[at + 1..at + tag_end(&line[at..], b'>')?]));
    tags.any(|inside| clock(inside).is_some())
}

/// A cue with its lines split at voice tags.
fn voices(cue: &Cue) -> Caption {
    let shown = cue.lines.join("\n");
    let mut lines = Vec::new();
    let mut voice: Option<String> = None;
    let mut rest = shown.as_str();
    loop {
        let at = next_voice(rest);
        let (before, tag) = rest.split_at(at.unwrap_or(rest.len()));
        let mut first = true;
        for line in before.split('\n') {
            let line = unescape(&without_tags(line, is_tag));
            let text = if first { without_own_label(line.trim(), voice.as_deref()) } else { line.trim() };
            if !text.is_empty() {
                first = false;
                lines.push(ShownLine { voice: voice.clone(), text: text.to_owned() });
            }
        }
        let Some((name, after)) = tag.strip_prefix('<').and_then(|tag| tag.split_once('>')) else { break };
        let name = name.split_once(char::is_whitespace).map_or("", |(_, name)| name);
        voice = Some(unescape(name).trim().to_owned());
        rest = after;
    }
    Caption { line: cue.line, start_ms: cue.start_ms, end_ms: cue.end_ms, lines }
}

/// Some meetings are saved with the speaker above the time, `12 "Mira Holt" (345)`: names that are repeated.
fn named_cues(cues: &[Cue]) -> Option<Vec<Caption>> {
    let names: Vec<Option<&str>> = cues.iter().map(|cue| name_above(&cue.name)).collect();
    let named = names.iter().flatten().count();
    let distinct: BTreeSet<&str> = names.iter().flatten().copied().collect();
    if named < 3 || named * 5 < cues.len() * 4 || distinct.len() * 2 > named + 1 {
        return None;
    }
    let caption = |(cue, name): (&Cue, Option<&str>)| {
        let voice = Some(name.unwrap_or_default().to_owned());
        let lines =
            cue.lines.iter().map(|line| ShownLine { voice: voice.clone(), text: line.trim().to_owned() });
        Caption { line: cue.line, start_ms: cue.start_ms, end_ms: cue.end_ms, lines: lines.collect() }
    };
    Some(cues.iter().zip(names.iter().copied()).map(caption).collect())
}

/// The speaker in the text above a time; none where it is a number or a code.
fn name_above(name: &str) -> Option<&str> {
    let quoted = name.split_once('"').and_then(|(_, rest)| rest.split_once('"')).map(|(quoted, _)| quoted);
    let bare =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | ':' | '|'));
    let found = quoted.unwrap_or(bare).trim();
    (is_label_shape(found) && found.starts_with(char::is_alphabetic)).then_some(found)
}

/// noScribe repeats the voice's name and the time in the text, or shows them in cues of their own.
fn without_own_label<'a>(text: &'a str, speaker: Option<&str>) -> &'a str {
    let mut rest = text;
    if let Some((_, after)) = take_when(rest).filter(|_| rest.starts_with('[')) {
        rest = after;
    }
    if let Some(after) = speaker
        .filter(|name| !name.is_empty())
        .and_then(|name| rest.strip_prefix(name))
        .and_then(|after| after.strip_prefix(':'))
    {
        rest = after.trim_start();
    }
    if let Some((_, after)) = take_when(rest).filter(|_| rest.starts_with('[')) {
        rest = after;
    }
    rest
}

fn next_voice(text: &str) -> Option<usize> {
    text.match_indices("<v")
        .find(|(at, _)| tag_end(&text[*at..], b'>').is_some_and(|end| is_voice(&text[at + 1..at + end])))
        .map(|(at, _)| at)
}

/// Whether a tag opens a voice: `v Anna`, `v.loud Anna`, `v`.
fn is_voice(inside: &str) -> bool {
    inside.strip_prefix('v').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '.']))
}

/// The tags of WebVTT; anything else in angle brackets is text, such as `<laughs>`.
fn is_tag(inside: &str) -> bool {
    let name = inside.trim_start_matches('/').split(['.', ' ', '\t']).next().unwrap_or("");
    matches!(name, "c" | "i" | "b" | "u" | "v" | "ruby" | "rt" | "lang" | "font") || clock(inside).is_some()
}

/// Teams' meeting metadata: WebVTT whose cues are JSON, `{"speakerName":"…","spokenText":"…"}`.
fn spoken_objects(cues: &[Cue]) -> Option<Vec<Caption>> {
    #[derive(serde::Deserialize)]
    struct SpokenLine {
        #[serde(rename = "speakerName", default)]
        speaker: Option<String>,
        #[serde(rename = "spokenText")]
        text: String,
    }
    let caption = |cue: &Cue| -> Option<Caption> {
        let text = cue.lines.concat();
        let text = text.trim();
        let found: SpokenLine = text.starts_with('{').then(|| serde_json::from_str(text).ok())??;
        let voice = Some(found.speaker.unwrap_or_default().trim().to_owned());
        let lines = vec![ShownLine { voice, text: found.text }];
        Some(Caption { line: cue.line, start_ms: cue.start_ms, end_ms: cue.end_ms, lines })
    };
    let captions: Option<Vec<Caption>> = cues.iter().map(caption).collect();
    captions.filter(|captions| !captions.is_empty())
}
