//! The numbers in the text for a paper.

use std::collections::{BTreeMap, BTreeSet};

use super::line;
use crate::compare::Measure;
use transcripts::{Role, Transcript};

use crate::results::{SegmentIndex, ThemeKind, TranscriptIndex};
use crate::segment::{Unit, count_words};
use crate::study::Study;
use crate::table::Findings;

/// Minimum, median and maximum of some numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) least: u64,
    pub(super) median: f64,
    pub(super) most: u64,
}

/// An attribute and the number of interviews in each of its groups, by name.
pub(super) struct Groups {
    pub(super) attribute: String,
    pub(super) sizes: Vec<(String, usize)>,
    /// Comparisons by both measures: themes × pairs with a p value.
    pub(super) questions: usize,
    /// Those with an adjusted p below .05.
    pub(super) below: usize,
    /// Pairs in which group and language cannot be told apart.
    pub(super) confounded: usize,
}

/// Shown for an unknown language.
pub(super) const UNKNOWN_LANGUAGE: &str = "not known";

/// The numbers of a run.
pub(super) struct Facts<'a> {
    pub(super) study: &'a Study,
    pub(super) findings: &'a Findings,
    /// Words of participants, all transcripts.
    pub(super) words: u64,
    /// The same by interview.
    pub(super) words_of: Option<Range>,
    /// Minutes of the interviews that have times, and how many these are.
    pub(super) minutes_of: Option<(Range, usize)>,
    /// Language tags and the number of segments in each, most first.
    pub(super) languages: Vec<(String, usize)>,
    /// What a segment is, in words.
    pub(super) unit: &'static str,
    pub(super) seeds: usize,
    /// Emergent themes.
    pub(super) emergent: usize,
    pub(super) unstable: usize,
    /// Segments that carry at least one seed theme.
    pub(super) with_seed: usize,
    /// Those with a likely label of one.
    pub(super) with_likely_seed: usize,
    /// Whether any turn is an interviewer's.
    pub(super) interviewer_speaks: bool,
    pub(super) groups: Vec<Groups>,
    /// Segments that people coded in samples, and interviews that these are of.
    pub(super) coded: (usize, usize),
    /// Who coded samples.
    pub(super) coders: usize,
    /// Segments that people decided on when they saw the labels.
    pub(super) checked: usize,
}

impl<'a> Facts<'a> {
    pub(super) fn of(study: &'a Study, findings: &'a Findings) -> Self {
        let transcripts = &findings.corpus.transcripts;
        let words: Vec<u64> = transcripts
            .iter()
            .map(|transcript| {
                let turns = transcript.turns.iter().filter(|turn| turn.role != Role::Interviewer);
                turns.map(|turn| u64::from(count_words(&turn.text))).sum()
            })
            .collect();
        let minutes: Vec<u64> =
            transcripts.iter().filter_map(Transcript::duration_ms).map(|ms| ms.div_ceil(60_000)).collect();
        let emergent: Vec<_> =
            findings.themes.iter().filter(|theme| theme.kind == ThemeKind::Emergent).collect();
        let seeds = findings.themes.len() - emergent.len();
        let of_seeds = || findings.labels.iter().filter(|label| label.theme.get() < seeds);
        let with_seed: BTreeSet<SegmentIndex> = of_seeds().map(|label| label.segment).collect();
        let with_likely_seed: BTreeSet<SegmentIndex> =
            of_seeds().filter(|label| label.is_likely()).map(|label| label.segment).collect();
        Self {
            study,
            findings,
            words: words.iter().sum(),
            words_of: range(&words),
            minutes_of: range(&minutes).map(|range| (range, minutes.len())),
            languages: languages(findings),
            unit: match study.segment.unit {
                Unit::Turn => "a turn, what one speaker says until another does",
                Unit::Sentence => "a sentence",
                Unit::Window => "a window of neighbouring turns",
                Unit::Topic => "a stretch of turns on one topic",
            },
            seeds,
            emergent: emergent.len(),
            unstable: emergent.iter().filter(|theme| theme.is_unstable()).count(),
            with_seed: with_seed.len(),
            with_likely_seed: with_likely_seed.len(),
            interviewer_speaks: transcripts
                .iter()
                .any(|transcript| transcript.turns.iter().any(|turn| turn.role == Role::Interviewer)),
            coded: coded(findings),
            coders: findings.codings.rows.iter().map(|row| row.coder).collect::<BTreeSet<_>>().len(),
            checked: findings.codings.unsampled.iter().map(|row| row.segment).collect::<BTreeSet<_>>().len(),
            groups: study.read.groups.iter().filter_map(|attribute| groups(attribute, findings)).collect(),
        }
    }

    /// Interviews of the study.
    pub(super) fn interviews(&self) -> usize {
        self.findings.corpus.transcripts.len()
    }
}

fn coded(findings: &Findings) -> (usize, usize) {
    let segments: BTreeSet<SegmentIndex> = findings.codings.rows.iter().map(|row| row.segment).collect();
    let coded = segments.iter().filter_map(|segment| segment.of(&findings.segments));
    let interviews: BTreeSet<TranscriptIndex> = coded.map(|segment| segment.passage.transcript).collect();
    (segments.len(), interviews.len())
}

fn range(numbers: &[u64]) -> Option<Range> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let (&least, &most) = (sorted.first()?, sorted.last()?);
    let median = f64::midpoint(sorted[(sorted.len() - 1) / 2] as f64, sorted[sorted.len() / 2] as f64);
    Some(Range { least, median, most })
}

fn languages(findings: &Findings) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for segment in &findings.segments {
        *counts.entry(segment.language.as_str()).or_default() += 1;
    }
    let named = |tag: &str| if tag.is_empty() { UNKNOWN_LANGUAGE.to_owned() } else { line(tag) };
    let mut counts: Vec<(String, usize)> =
        counts.into_iter().map(|(tag, count)| (named(tag), count)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// The comparisons by an attribute; none where nobody has a value for it.
fn groups(attribute: &str, findings: &Findings) -> Option<Groups> {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    let values = findings.corpus.transcripts.iter().filter_map(|one| one.attributes.get(attribute));
    for value in values.filter(|value| !value.trim().is_empty()) {
        *sizes.entry(line(value)).or_default() += 1;
    }
    let asked: Vec<_> =
        findings.comparisons.contrasts.iter().filter(|contrast| contrast.attribute == attribute).collect();
    let confounded: BTreeSet<(&str, &str)> = asked
        .iter()
        .filter(|contrast| contrast.language_confounded)
        .map(|contrast| (contrast.group_a.as_str(), contrast.group_b.as_str()))
        .collect();
    let by_segments = asked.iter().filter(|contrast| contrast.measure == Measure::Segments);
    (!sizes.is_empty()).then(|| Groups {
        attribute: line(attribute),
        sizes: sizes.into_iter().collect(),
        questions: by_segments.clone().filter(|contrast| contrast.p_value.is_some()).count(),
        below: by_segments.filter(|contrast| contrast.p_adjusted.is_some_and(|p| p < 0.05)).count(),
        confounded: confounded.len(),
    })
}
