//! SubRip captions: numbers may be missing or repeated, labels may stand in every cue or only where the speaker
//! changes.

use super::{Names, cues_of, find_labels, is_timing, tag_end, turns_of};
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
        let lines: Vec<(u64, &str)> = (1..).zip(text.split('\n')).collect();
        let cues = cues_of(&lines, Names::Numbers, log);
        let said = find_labels(&cues, plain, source.roster);
        Ok(vec![Draft { turns: turns_of(said), ..Draft::default() }])
    }
}

/// Whether a text is SubRip whatever its file is called: its first or second line with anything on it is a time.
pub(crate) fn looks_like(text: &str) -> bool {
    text.split('\n').filter(|line| !line.trim().is_empty()).take(2).any(is_timing)
}

/// A line without the tags of SubRip players: `<i>`, `<font …>`, `{\an8}`.
fn plain(line: &str) -> String {
    if !line.contains(['<', '{']) {
        return line.to_owned();
    }
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let close = if rest.starts_with('<') { b'>' } else { b'}' };
        if let Some(end) = tag_end(rest, close).filter(|end| is_tag(&rest[..*end])) {
            rest = &rest[end + 1..];
        } else {
            text.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}

fn is_tag(opened: &str) -> bool {
    if opened.starts_with("{\\") {
        return true;
    }
    let Some(inside) = opened.strip_prefix('<') else { return false };
    let name = inside.trim_start_matches('/').split([' ', '\t']).next().unwrap_or("").to_lowercase();
    matches!(name.as_str(), "i" | "b" | "u" | "s" | "font")
}
