//! All comparisons of a run, for the pipeline and the tables.

use serde::Serialize;

use transcripts::{Corpus, Problem};

use super::QuestionPlan;
use super::basis::GroupBasis;
use super::contrast::{ContrastPlan, contrasts};
use super::cooccurrence::cooccurrence;
use super::counts::{count_labels, count_likely_labels};
use super::introductions::theme_introductions;
use super::positions::positions;
use super::prevalence::prevalence;
use super::saturation::{self, saturation};
use super::trends::trends;
use super::{Contrast, Cooccurrence, Position, Prevalence, Saturation, ThemeIntroduction, Trend};
use crate::results::{InterviewerMention, Label, LanguageBasis, Theme};
use crate::results::{NoProgress, Passage, Progress, Segment};

/// What is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComparePlan {
    /// The groups, and the attribute within whose levels they are compared as well.
    pub contrasts: ContrastPlan,
    /// The attribute that says when an interview was held.
    pub time: Option<String>,
    /// What corrected shares and differences are about.
    pub question: QuestionPlan,
}

/// What a run found, as comparisons need it; rows refer to each other by index.
#[derive(Clone, Copy)]
pub struct CompareInput<'a> {
    /// The transcripts.
    pub corpus: &'a Corpus,
    /// The language of each transcript, empty where it is not known.
    pub languages: &'a [String],
    /// All passages, eligible for codes or not.
    pub passages: &'a [Passage],
    /// The eligible ones.
    pub segments: &'a [Segment],
    /// The themes.
    pub themes: &'a [Theme],
    /// Themes given to segments.
    pub labels: &'a [Label],
    /// Themes of the interviewer's passages.
    pub mentions: &'a [InterviewerMention],
    /// What the seed themes find in each language, beside shuffled ones.
    pub bases: &'a [LanguageBasis],
}

/// The result of all comparisons.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparisons {
    /// Prevalence by theme, the whole study first, then by attribute and group.
    pub prevalence: Vec<Prevalence>,
    /// Differences between groups, by theme, attribute, pair and measure.
    pub contrasts: Vec<Contrast>,
    /// Pairs of themes.
    pub cooccurrence: Vec<Cooccurrence>,
    /// New themes of the codebook by the number of interviews.
    pub saturation: Saturation,
    /// Themes by the tenth of the interview.
    pub positions: Vec<Position>,
    /// Who introduced each theme, interviewer or participant.
    pub introductions: Vec<ThemeIntroduction>,
    /// Changes over time, by theme and measure.
    pub trends: Vec<Trend>,
}

impl Comparisons {
    /// Prevalence in the whole study: a row a theme, in the order of the themes.
    pub fn overall(&self) -> impl Iterator<Item = &Prevalence> {
        self.prevalence.iter().filter(|row| row.attribute.is_empty())
    }
}

/// Makes all comparisons of a run; problems are warnings about them. Groups without basis for the codebook's themes are not compared by them.
///
/// Where `progress` is cancelled, differences between groups are missing. Random rearrangements are drawn from streams of `seed`; the rest depends on the input and the plan alone.
pub fn compare(
    input: CompareInput<'_>,
    plan: &ComparePlan,
    seed: u64,
    progress: &dyn Progress,
) -> (Comparisons, Vec<Problem>) {
    let CompareInput { corpus, languages, passages, segments, themes, labels, mentions, bases } = input;
    let transcripts = &corpus.transcripts;
    let counts = count_labels(transcripts.len(), segments, themes.len(), labels);
    let likely = count_likely_labels(transcripts.len(), segments, themes.len(), labels);
    let (mut prevalence, mut problems) =
        prevalence(transcripts, &counts, &likely, &plan.contrasts.attributes);
    let basis = GroupBasis::of(transcripts, segments, themes, bases, &plan.contrasts.attributes);
    basis.mark(&mut prevalence);
    let (mut contrasts, warnings) =
        contrasts(transcripts, &counts, &plan.contrasts, languages, seed, progress);
    contrasts.retain(|contrast| basis.compares(contrast));
    problems.extend(warnings);
    let (mut trends, warnings) = trends(transcripts, &counts, plan.time.as_deref(), seed);
    trends.retain(|trend| basis.has_in_all(trend.theme));
    problems.extend(warnings);
    let saturation = saturation(themes, transcripts.len(), segments, labels, seed);
    problems.extend(saturation::problem(&saturation));
    let (introductions, warning) = theme_introductions(corpus, passages, themes.len(), labels, mentions);
    problems.extend(warning);
    let comparisons = Comparisons {
        prevalence,
        contrasts,
        cooccurrence: cooccurrence(themes, segments, labels),
        saturation,
        positions: positions(transcripts, segments, themes.len(), labels),
        introductions,
        trends,
    };
    (comparisons, problems)
}

/// Warnings about the input of comparisons, before anything is coded: groups, `within`, `time`, the number of interviews, who
/// interviews. These are the problems of [`compare`] with nothing coded.
pub fn input_problems(corpus: &Corpus, languages: &[String], plan: &ComparePlan) -> Vec<Problem> {
    let uncoded = CompareInput {
        corpus,
        languages,
        passages: &[],
        segments: &[],
        themes: &[],
        labels: &[],
        mentions: &[],
        bases: &[],
    };
    compare(uncoded, plan, 0, &NoProgress).1
}
