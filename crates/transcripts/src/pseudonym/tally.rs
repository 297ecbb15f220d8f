//! Counts what was replaced where, and derives warnings from the counts. No name that was replaced is shown.

use std::collections::BTreeMap;

use serde::Serialize;

use super::mask::Mask;
use super::names::Entry;
use super::shape::is_small;
use crate::codes;
use crate::corpus::{Problem, Severity};
use crate::read::counted;

/// What a listed name names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// A person, or the table does not say.
    #[default]
    Name,
    Place,
    Organisation,
    Other,
}

impl NameKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Other => "other",
        }
    }

    /// The one that a mapping calls `word`.
    pub(crate) fn named(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "" | "name" | "person" => Some(Self::Name),
            "place" | "location" | "town" | "city" => Some(Self::Place),
            "organisation" | "organization" | "institution" | "company" => Some(Self::Organisation),
            "other" => Some(Self::Other),
            _ => None,
        }
    }
}

/// The part of a transcript in which something was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptPart {
    /// The transcript's id.
    TranscriptId,
    /// The name of its file.
    Source,
    /// The value of an attribute.
    Attribute,
    /// A speaker's label.
    Speaker,
    /// The text of a turn.
    Text,
}

impl TranscriptPart {
    /// The part as a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TranscriptId => "transcript_id",
            Self::Source => "source",
            Self::Attribute => "attribute",
            Self::Speaker => "speaker",
            Self::Text => "text",
        }
    }
}

/// Replacements of one kind in one part of a transcript. The original is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Replacement {
    /// Index of the transcript in [`Corpus::transcripts`](crate::Corpus::transcripts).
    pub transcript: usize,
    /// Index of the turn in its transcript; none outside turns.
    pub turn: Option<usize>,
    /// The part of the transcript.
    pub part: TranscriptPart,
    /// `name`, `place`, `organisation`, `other`, `email`, `phone`, `web`.
    pub kind: &'static str,
    /// The replacement as the table of names has it.
    pub replacement: String,
    /// Number of replacements.
    pub count: u32,
}

/// Counts while texts are replaced.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// Replacements since [`Tally::take`] was last called.
    here: BTreeMap<(&'static str, String), u32>,
    names: BTreeMap<usize, Counts>,
}

/// How a name was met.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    replaced: u64,
    in_small_letters: u64,
    inside_words: u64,
    replacement_seen: u64,
}

impl Tally {
    pub(super) fn name(&mut self, index: usize, entry: &Entry, original: &str) {
        *self.here.entry((entry.kind.as_str(), entry.replacement.clone())).or_default() += 1;
        let counts = self.names.entry(index).or_default();
        counts.replaced += 1;
        counts.in_small_letters += u64::from(is_small(original) && !is_small(&entry.name));
    }

    pub(super) fn masked(&mut self, mask: Mask) {
        *self.here.entry((mask.as_str(), mask.shown().to_owned())).or_default() += 1;
    }

    pub(super) fn inside(&mut self, name: usize) {
        self.names.entry(name).or_default().inside_words += 1;
    }

    pub(super) fn replacement_seen(&mut self, of: usize) {
        self.names.entry(of).or_default().replacement_seen += 1;
    }

    /// The replacements since the last call, as rows of one part; the caller sets the transcript.
    pub(crate) fn take(&mut self, turn: Option<usize>, part: TranscriptPart) -> Vec<Replacement> {
        let here = std::mem::take(&mut self.here);
        here.into_iter()
            .map(|((kind, replacement), count)| Replacement {
                transcript: 0,
                turn,
                part,
                kind,
                replacement,
                count,
            })
            .collect()
    }

    /// Takes over what another tally knows of the names.
    pub(crate) fn add(&mut self, other: Self) {
        for (name, counts) in other.names {
            let sum = self.names.entry(name).or_default();
            sum.replaced += counts.replaced;
            sum.in_small_letters += counts.in_small_letters;
            sum.inside_words += counts.inside_words;
            sum.replacement_seen += counts.replacement_seen;
        }
    }

    pub(super) fn warnings(&self, entries: &[Entry], source: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let counts = self.names.get(&index).copied().unwrap_or_default();
            let row = entry.row;
            let shown = format!("the name in row {row} (shown as `{}`)", entry.replacement);
            let mut report = |severity, message: String, hint: &str| {
                problems.push(
                    Problem::new(severity, source, message)
                        .with_code(codes::PSEUDONYM_DOUBTFUL)
                        .at_line(row)
                        .with_hint(hint),
                );
            };
            if counts.replaced == 0 {
                report(
                    Severity::Warning,
                    format!("{shown} stands in no transcript"),
                    "compare the spelling, or take the row out",
                );
            }
            if counts.inside_words > 0 {
                let words = counted(counts.inside_words as usize, "longer word begins", "longer words begin");
                report(
                    Severity::Warning,
                    format!("{words} with {shown} and stayed as written"),
                    "list forms such as a genitive or a plural in rows of their own",
                );
            }
            let (small, all) = (counts.in_small_letters, counts.replaced);
            if small >= 5 && small * 3 > all {
                report(
                    Severity::Warning,
                    format!(
                        "{shown} was replaced {all} times, {small} of them in small letters: it may be a common word"
                    ),
                    "write `exact` in a column `case` to replace it only as you wrote it",
                );
            }
            if counts.replacement_seen > 0 {
                let seen = counted(counts.replacement_seen as usize, "time", "times");
                report(
                    Severity::Warning,
                    format!(
                        "`{}` stands in the transcripts already, {seen}: readers will take two for one",
                        entry.replacement
                    ),
                    "choose a replacement that nobody has",
                );
            }
        }
        problems
    }
}
