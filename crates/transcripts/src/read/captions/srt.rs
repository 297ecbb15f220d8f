//! SubRip captions: numbers may be missing or repeated, labels may be in every cue or only where the speaker changes.

use super::cues::{Names, cues_of, is_timing};
use super::markup::{tag_end, unescape, without_tags};
use super::{draft_of, vtt};
use crate::codes;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

/// Reads `.srt`.
#[derive(Debug)]
pub(crate) struct Srt;

impl Reader for Srt {
    fn name(&self) -> &'static str {
        "srt"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["srt"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        if vtt::looks_like(&text) {
            log.note(codes::FORMAT_CHANGED, None, "the file holds WebVTT captions and was read as .vtt", "");
            return vtt::Vtt.read(source, log);
        }
        let lines: Vec<(u64, &str)> = (1..).zip(text.split('\n')).collect();
        let mut cues = cues_of(&lines, Names::Numbers, log);
        for line in cues.iter_mut().flat_map(|cue| &mut cue.lines) {
            *line = plain(line);
        }
        Ok(vec![draft_of(cues, source.roster, log)])
    }
}

/// Whether a text is SubRip whatever its name: its first or second filled line is a time.
pub(crate) fn looks_like(text: &str) -> bool {
    text.split('\n').filter(|line| !line.trim().is_empty()).take(2).any(is_timing)
}

/// A line without the tags of SubRip players: `<i>`, `<font …>`, `{\an8}`.
fn plain(line: &str) -> String {
    let line = without_overrides(line);
    let text = without_tags(&line, |inside| {
        let name = inside.trim_start_matches('/').split([' ', '\t']).next().unwrap_or("").to_lowercase();
        matches!(name.as_str(), "i" | "b" | "u" | "s" | "font" | "em" | "strong" | "br" | "br/")
    });
    unescape(&text)
}

/// A line without `SubStation`'s instructions, which SubRip files have too: `{\an8}`.
pub(super) fn without_overrides(line: &str) -> String {
    if !line.contains("{\\") {
        return line.to_owned();
    }
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("{\\") {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(end) = tag_end(rest, b'}') {
            rest = &rest[end + 1..];
        } else {
            text.push('{');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}
