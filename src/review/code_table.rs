//! Codes that were made elsewhere, by people or programs: a row for each segment, theme and coder.
//!
//! They are put into the form of a run's codes, so that agreement, prevalence and correction are the same functions. What comes out is
//! [`Findings`] that hold only what was asked for, for the tables.

use std::collections::BTreeMap;

use transcripts::{CharSpan, Corpus, Text, Transcript};

use super::agreement;
use crate::compare::{
    CompareInput, ComparePlan, ContrastPlan, HumanSample, QuestionPlan, compare, corrected,
};
use crate::results::{
    Coding, Codings, Label, Passage, Progress, Rater, Raters, Segment, SegmentIndex, Theme, ThemeCounts,
    ThemeIndex, ThemeKind, TranscriptIndex,
};
use crate::table::Findings;

/// What somebody or something said of a theme in a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeRow {
    /// The segment, unique over all interviews.
    pub segment: String,
    /// The interview that it is of.
    pub transcript: String,
    /// The theme; none in a row that only says that there is such a segment.
    pub theme: Option<String>,
    /// Whether the theme applies.
    pub applies: bool,
    /// Who said so; the same for all where it does not matter.
    pub coder: String,
    /// Probability with which the segment was drawn for coding, above 0 to 1; none where it is not known.
    pub probability: Option<f64>,
    /// Of a program's code how sure it is that the theme applies, 0 to 1; none where it does not say.
    pub confidence: Option<f64>,
    /// The interview's value of each attribute that is compared by, in the order of the attributes; none where it has none.
    pub groups: Vec<Option<String>>,
}

/// Why codes cannot be put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeTableError {
    /// No row.
    #[error("the table of codes has no rows")]
    Empty,
    /// A segment of two interviews.
    #[error("the segment `{segment}` is in two transcripts, `{first}` and `{second}`")]
    TwoTranscripts {
        /// The segment.
        segment: String,
        /// Its interview by an earlier row.
        first: String,
        /// Its interview by a later one.
        second: String,
    },
    /// An interview in two groups.
    #[error("the transcript `{transcript}` has two values of `{attribute}`, `{first}` and `{second}`")]
    TwoGroups {
        /// The interview.
        transcript: String,
        /// The attribute.
        attribute: String,
        /// Its value by an earlier row.
        first: String,
        /// Its value by a later one.
        second: String,
    },
    /// Contradictory answers.
    #[error("`{theme}` both applies and does not apply to the segment `{segment}`{}", by(coder))]
    Contradiction {
        /// The segment.
        segment: String,
        /// The theme.
        theme: String,
        /// Whose answers they are; empty where that does not matter.
        coder: String,
    },
    /// A number outside its range.
    #[error("the {what} of the segment `{segment}` is {given}, which is not between 0 and 1")]
    Range {
        /// The column.
        what: &'static str,
        /// The segment.
        segment: String,
        /// The number.
        given: String,
    },
    /// A coded segment that has no labels to correct.
    #[error("the segment `{segment}` of the sample is not among the labels")]
    Unknown {
        /// The segment.
        segment: String,
    },
}

fn by(coder: &str) -> String {
    if coder.is_empty() { String::new() } else { format!(", both by `{coder}`") }
}

/// Agreement of each pair of coders, and with more than two of all of them, over all themes and by theme: the table `agreement`.
///
/// # Errors
/// [`CodeTableError`] where rows contradict each other.
///
/// ```
/// use emic::review::{CodeRow, code_agreement};
///
/// let row = |segment: &str, coder: &str, applies| CodeRow {
///     segment: segment.into(),
///     transcript: segment[..3].into(),
///     theme: Some("workload".into()),
///     applies,
///     coder: coder.into(),
///     probability: None,
///     confidence: None,
///     groups: Vec::new(),
/// };
/// let rows = [row("P01:1", "Ana", true), row("P01:1", "Ben", true), row("P02:1", "Ana", true), row("P02:1", "Ben", false)];
/// let found = code_agreement(&rows)?;
/// assert_eq!(found.agreement[0].coefficients.percent.value, 0.5);
/// # Ok::<(), emic::review::CodeTableError>(())
/// ```
pub fn code_agreement(rows: &[CodeRow]) -> Result<Findings, CodeTableError> {
    let list = Lists::of(rows, &[])?;
    let codings = list.codings(rows, |row| row.probability.unwrap_or(1.0))?;
    let nothing = vec![Vec::new(); list.segments.len()];
    let mut agreement = agreement(&codings, &nothing, &list.transcript_of(), list.themes.len());
    // No machine has labelled these segments.
    agreement.retain(|row| !matches!(row.raters, Raters::Pair(_, Rater::Machine)));
    Ok(Findings { codings, agreement, ..list.into_findings() })
}

/// Prevalence of each theme in all interviews and in the groups of each attribute, and differences between groups: the tables
/// `prevalence`, `contrasts`, `cooccurrence` and `saturation`. A code without confidence counts as likely.
///
/// # Errors
/// [`CodeTableError`] where rows contradict each other; whose codes they are does not matter here.
pub fn code_prevalence(
    rows: &[CodeRow],
    attributes: &[String],
    seed: u64,
    progress: &dyn Progress,
) -> Result<Findings, CodeTableError> {
    let list = Lists::of(rows, attributes)?;
    let labels = list.labels(rows)?;
    let languages = vec![String::new(); list.corpus.transcripts.len()];
    let plan = ComparePlan {
        contrasts: ContrastPlan { attributes: attributes.to_vec(), within: None },
        ..ComparePlan::default()
    };
    let input = CompareInput {
        corpus: &list.corpus,
        languages: &languages,
        passages: &[],
        segments: &list.segments,
        themes: &list.themes,
        labels: &labels,
        mentions: &[],
        bases: &[],
    };
    let (comparisons, problems) = compare(input, &plan, seed, progress);
    // Nothing is known here of who interviews, and nobody asked for it.
    let problems = problems.into_iter().filter(|problem| problem.source == "groups").collect();
    Ok(Findings { labels, comparisons, problems, ..list.into_findings() })
}

/// Shares of a program's labels, corrected by a sample that people coded, and differences between groups: the tables
/// `corrected_prevalence` and `corrected_contrasts`.
///
/// `labels` has every segment, also those without a theme. A label without confidence counts as sure. Where the sample has no
/// probabilities it is taken for one in which every segment had the same chance.
///
/// # Errors
/// [`CodeTableError`] where rows contradict each other or the sample has a segment that is not among the labels.
pub fn corrected_codes(
    labels: &[CodeRow],
    sample: &[CodeRow],
    attributes: &[String],
    question: QuestionPlan,
) -> Result<Findings, CodeTableError> {
    let mut list = Lists::of(labels, attributes)?;
    for row in sample {
        list.add_theme(row);
    }
    let of_labels = list.labels(labels)?;
    if sample.is_empty() {
        return Err(CodeTableError::Empty);
    }
    for row in sample {
        check_numbers(row)?;
    }
    if let Some(row) = sample.iter().find(|row| !list.segment_at.contains_key(&row.segment)) {
        return Err(CodeTableError::Unknown { segment: row.segment.clone() });
    }
    let drawn: std::collections::BTreeSet<&str> = sample.iter().map(|row| row.segment.as_str()).collect();
    let even = drawn.len() as f64 / list.segments.len() as f64;
    let codings = list.codings(sample, |row| row.probability.unwrap_or(even))?;
    let mut confidence = vec![vec![0.0; list.themes.len()]; list.segments.len()];
    for row in labels {
        if let Some((segment, theme)) = list.place(row) {
            confidence[segment.get()][theme.get()] =
                row.confidence.unwrap_or_else(|| f64::from(u8::from(row.applies)));
        }
    }
    let mut carried = vec![vec![false; list.themes.len()]; list.segments.len()];
    for label in &of_labels {
        carried[label.segment.get()][label.theme.get()] = true;
    }
    let transcript_of = list.transcript_of();
    let human = HumanSample {
        codings: &codings,
        is_label: &|segment, theme| carried[segment.get()][theme.get()],
        confidence: &|segment, theme| confidence[segment.get()][theme.get()],
        transcript_of: &transcript_of,
        themes: list.themes.len(),
    };
    let found = corrected(&list.corpus.transcripts, &human, attributes, question);
    Ok(Findings {
        labels: of_labels,
        codings,
        corrected_prevalence: found.prevalence,
        corrected_contrasts: found.contrasts,
        problems: found.problems,
        ..list.into_findings()
    })
}

/// Interviews, segments and themes of a table of codes, with where each is in its list.
struct Lists {
    corpus: Corpus,
    segments: Vec<Segment>,
    themes: Vec<Theme>,
    segment_at: BTreeMap<String, SegmentIndex>,
    theme_at: BTreeMap<String, ThemeIndex>,
}

impl Lists {
    /// Interviews and segments are sorted by name, themes stand as they come.
    fn of(rows: &[CodeRow], attributes: &[String]) -> Result<Self, CodeTableError> {
        if rows.is_empty() {
            return Err(CodeTableError::Empty);
        }
        let mut transcripts: BTreeMap<&str, Transcript> = BTreeMap::new();
        let mut of_segment: BTreeMap<&str, &str> = BTreeMap::new();
        for row in rows {
            check_numbers(row)?;
            let first = of_segment.entry(&row.segment).or_insert(&row.transcript);
            if *first != row.transcript {
                return Err(CodeTableError::TwoTranscripts {
                    segment: row.segment.clone(),
                    first: (*first).to_owned(),
                    second: row.transcript.clone(),
                });
            }
            let transcript =
                transcripts.entry(&row.transcript).or_insert_with(|| Transcript::new(&row.transcript, []));
            for (attribute, value) in attributes.iter().zip(&row.groups) {
                let Some(value) = value else { continue };
                let first = transcript.attributes.entry(attribute.clone()).or_insert_with(|| value.clone());
                if first != value {
                    return Err(CodeTableError::TwoGroups {
                        transcript: row.transcript.clone(),
                        attribute: attribute.clone(),
                        first: first.clone(),
                        second: value.clone(),
                    });
                }
            }
        }
        let transcript_at: BTreeMap<&str, usize> = transcripts.keys().copied().zip(0..).collect();
        let mut counts = vec![0_u32; transcripts.len()];
        let segments: Vec<Segment> = of_segment
            .iter()
            .filter_map(|(&id, &transcript)| {
                let transcript = *transcript_at.get(transcript)?;
                counts[transcript] += 1;
                Some(segment(id, transcript, counts[transcript]))
            })
            .collect();
        let segment_at = segments
            .iter()
            .enumerate()
            .map(|(at, one)| (one.id.to_string(), SegmentIndex::new(at)))
            .collect();
        let corpus =
            Corpus { transcripts: transcripts.into_values().collect(), attributes: attributes.to_vec() };
        let mut list = Self { corpus, segments, segment_at, themes: Vec::new(), theme_at: BTreeMap::new() };
        for row in rows {
            list.add_theme(row);
        }
        Ok(list)
    }

    fn add_theme(&mut self, row: &CodeRow) {
        if let Some(name) = row.theme.as_ref().filter(|name| !self.theme_at.contains_key(*name)) {
            self.theme_at.insert(name.clone(), ThemeIndex::new(self.themes.len()));
            self.themes.push(theme(name));
        }
    }

    fn place(&self, row: &CodeRow) -> Option<(SegmentIndex, ThemeIndex)> {
        let theme = row.theme.as_ref().and_then(|theme| self.theme_at.get(theme));
        Some((*self.segment_at.get(&row.segment)?, *theme?))
    }

    fn transcript_of(&self) -> Vec<TranscriptIndex> {
        self.segments.iter().map(|segment| segment.passage.transcript).collect()
    }

    /// The themes that apply, by segment and then theme.
    fn labels(&self, rows: &[CodeRow]) -> Result<Vec<Label>, CodeTableError> {
        let mut said: BTreeMap<(SegmentIndex, ThemeIndex), (bool, f64)> = BTreeMap::new();
        for row in rows {
            let Some(place) = self.place(row) else { continue };
            let confidence = row.confidence.unwrap_or(1.0);
            let first = said.entry(place).or_insert((row.applies, confidence));
            if first.0 != row.applies {
                return Err(contradiction(row, ""));
            }
            first.1 = first.1.max(confidence);
        }
        let label = |((segment, theme), (applies, confidence)): ((SegmentIndex, ThemeIndex), (bool, f64))| {
            let confidence = confidence as f32;
            applies.then_some(Label {
                segment,
                theme,
                score: confidence,
                confidence,
                rank: 1,
                coders: Vec::new(),
            })
        };
        Ok(said.into_iter().filter_map(label).collect())
    }

    /// The codes by coder.
    fn codings(
        &self,
        rows: &[CodeRow],
        probability: impl Fn(&CodeRow) -> f64,
    ) -> Result<Codings, CodeTableError> {
        let mut coders: Vec<String> = rows.iter().map(|row| row.coder.clone()).collect();
        coders.sort();
        coders.dedup();
        let mut found: BTreeMap<(SegmentIndex, usize), Coding> = BTreeMap::new();
        for row in rows {
            let (Some((segment, theme)), Ok(coder)) = (self.place(row), coders.binary_search(&row.coder))
            else {
                continue;
            };
            let coding = found.entry((segment, coder)).or_insert_with(|| Coding {
                segment,
                coder,
                probability: probability(row),
                themes: vec![None; self.themes.len()],
            });
            let answer = &mut coding.themes[theme.get()];
            if answer.replace(row.applies).is_some_and(|before| before != row.applies) {
                return Err(contradiction(row, &row.coder));
            }
        }
        Ok(Codings { coders, rows: found.into_values().collect(), ..Codings::default() })
    }

    fn into_findings(self) -> Findings {
        let Self { corpus, segments, themes, .. } = self;
        Findings { corpus, segments, themes, ..Findings::default() }
    }
}

fn contradiction(row: &CodeRow, coder: &str) -> CodeTableError {
    CodeTableError::Contradiction {
        segment: row.segment.clone(),
        theme: row.theme.clone().unwrap_or_default(),
        coder: coder.to_owned(),
    }
}

fn check_numbers(row: &CodeRow) -> Result<(), CodeTableError> {
    let range = |what, given: f64| CodeTableError::Range {
        what,
        segment: row.segment.clone(),
        given: given.to_string(),
    };
    match (row.probability, row.confidence) {
        (Some(given), _) if !(given > 0.0 && given <= 1.0) => Err(range("probability", given)),
        (_, Some(given)) if !(0.0..=1.0).contains(&given) => Err(range("confidence", given)),
        _ => Ok(()),
    }
}

fn theme(name: &str) -> Theme {
    Theme {
        name: name.to_owned(),
        kind: ThemeKind::Seed,
        definition: String::new(),
        keywords: Vec::new(),
        parent: String::new(),
        stability: None,
        counts: ThemeCounts::default(),
    }
}

/// A segment of which only the name is known.
fn segment(id: &str, transcript: usize, index: u32) -> Segment {
    Segment {
        id: id.into(),
        index,
        passage: Passage {
            transcript: transcript.into(),
            first_turn: 0,
            last_turn: 0,
            span: CharSpan { start: 0, end: 0 },
            text: Text::default(),
            eligible: true,
            words: 0,
            tokens: 0,
        },
        speaker: Text::default(),
        language: Text::default(),
        start_ms: None,
        end_ms: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Prevalence;
    use crate::results::NoProgress;
    use transcripts::Severity;

    fn row(segment: &str, theme: Option<&str>, applies: bool, coder: &str, team: &str) -> CodeRow {
        CodeRow {
            segment: segment.into(),
            transcript: segment.split(':').next().unwrap().into(),
            theme: theme.map(Into::into),
            applies,
            coder: coder.into(),
            probability: None,
            confidence: None,
            groups: vec![Some(team.into())],
        }
    }

    /// Six interviews of two teams with four segments each; the north speaks of work in three of them, the south in none.
    fn labels() -> Vec<CodeRow> {
        let mut rows = Vec::new();
        for interview in 1..=6 {
            let team = if interview <= 3 { "north" } else { "south" };
            for segment in 1..=4 {
                let carries = interview <= 3 && segment < 4;
                let theme = carries.then_some("work");
                rows.push(row(&format!("P0{interview}:{segment}"), theme, carries, "", team));
            }
        }
        rows
    }

    #[test]
    fn segments_without_a_theme_count_in_shares() {
        let found = code_prevalence(&labels(), &["team".to_owned()], 7, &NoProgress).unwrap();
        let shown: Vec<String> = found
            .comparisons
            .prevalence
            .iter()
            .map(|Prevalence { group, segments, share_segments, .. }| {
                format!("{group} {segments} {share_segments}")
            })
            .collect();
        assert_eq!(shown, ["(all) 9 0.375", "north 9 0.75", "south 0 0"]);
        assert_eq!(found.comparisons.contrasts[0].group_b, "south");
        // Groups of three are small, which is said, and nothing else.
        assert!(
            found.problems.iter().all(|problem| problem.severity == Severity::Note),
            "{:?}",
            found.problems
        );
    }

    #[test]
    fn labels_are_corrected_by_what_people_say() {
        // The program overlooks the last segment of every interview of the north.
        let mut sample = Vec::new();
        for (interview, team) in [(1, "north"), (2, "north"), (4, "south"), (5, "south")] {
            for segment in 1..=4 {
                sample.push(row(
                    &format!("P0{interview}:{segment}"),
                    Some("work"),
                    interview <= 3,
                    "Ana",
                    team,
                ));
            }
        }
        let found =
            corrected_codes(&labels(), &sample, &["team".to_owned()], QuestionPlan::default()).unwrap();
        let north = &found.corrected_prevalence[1];
        assert_eq!((north.group.as_str(), north.machine, north.coded), ("north", 0.75, 8));
        assert!(north.corrected.unwrap() > 0.9, "{north:?}");
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let attributes = ["team".to_owned()];
        let refused = |rows: &[CodeRow]| code_agreement(rows).unwrap_err().to_string();
        let one = row("P01:1", Some("work"), true, "Ana", "north");
        let other = CodeRow { applies: false, ..one.clone() };
        let moved = CodeRow { transcript: "P02".into(), ..one.clone() };
        let regrouped = CodeRow { groups: vec![Some("south".into())], ..one.clone() };
        let refusals = [
            refused(&[]),
            refused(&[one.clone(), other.clone()]),
            refused(&[one.clone(), moved]),
            refused(&[CodeRow { probability: Some(0.0), ..one.clone() }]),
            refused(&[CodeRow { confidence: Some(f64::NAN), ..one.clone() }]),
            code_prevalence(&[one.clone(), regrouped], &attributes, 7, &NoProgress).unwrap_err().to_string(),
            code_prevalence(&[one.clone(), other], &attributes, 7, &NoProgress).unwrap_err().to_string(),
            corrected_codes(
                &labels(),
                &[CodeRow { segment: "P09:1".into(), ..one }],
                &[],
                QuestionPlan::default(),
            )
            .unwrap_err()
            .to_string(),
        ];
        insta::assert_snapshot!(refusals.join("\n"), @r"
        the table of codes has no rows
        `work` both applies and does not apply to the segment `P01:1`, both by `Ana`
        the segment `P01:1` is in two transcripts, `P01` and `P02`
        the probability of the segment `P01:1` is 0, which is not between 0 and 1
        the confidence of the segment `P01:1` is NaN, which is not between 0 and 1
        the transcript `P01` has two values of `team`, `north` and `south`
        `work` both applies and does not apply to the segment `P01:1`
        the segment `P09:1` of the sample is not among the labels
        ");
    }
}
