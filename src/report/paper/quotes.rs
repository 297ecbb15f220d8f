//! The quotes that coders marked for the paper, verbatim, with their locators.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::line;
use crate::results::{Label, NoteKind, SegmentIndex};
use crate::table::{Findings, locator};

/// A section with the marked quotes in the order of the transcripts; nothing where none is marked.
///
/// Coders are not named: they may not want to be.
pub(super) fn marked(findings: &Findings) -> String {
    let mut segments: Vec<SegmentIndex> =
        findings.notes.iter().filter(|note| note.kind == NoteKind::Paper).map(|note| note.segment).collect();
    segments.sort_unstable();
    segments.dedup();
    let mut labels: BTreeMap<SegmentIndex, Vec<&Label>> = BTreeMap::new();
    for label in findings.labels.iter().filter(|label| segments.binary_search(&label.segment).is_ok()) {
        labels.entry(label.segment).or_default().push(label);
    }
    let mut text = String::new();
    for index in segments {
        let Some(segment) = index.of(&findings.segments) else { continue };
        let Some(transcript) = segment.passage.transcript.of(&findings.corpus.transcripts) else { continue };
        if text.is_empty() {
            text.push_str(
                "\n## Quotes marked for the paper\n\nMarked by those who coded, verbatim; the table `notes` has them too. See that \
                 nobody can be known by them.\n",
            );
        }
        text.push('\n');
        for said in segment.passage.text.lines() {
            let _ = writeln!(text, "> {}", said.replace('<', "&lt;"));
        }
        let themes = labels.get(&index).map(Vec::as_slice).unwrap_or_default().iter();
        let themes: Vec<String> = themes
            .filter_map(|label| label.theme.of(&findings.themes))
            .map(|theme| line(&theme.name))
            .collect();
        let themes = if themes.is_empty() { String::new() } else { format!(": {}", themes.join("; ")) };
        let _ = writeln!(text, ">\n> ({}){themes}", line(&locator(transcript, segment)));
    }
    text
}
