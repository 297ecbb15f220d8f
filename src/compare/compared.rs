//! All comparisons of a run in one place: what the pipeline asks for, and the tables hold.

use super::contrast::{ContrastPlan, contrasts};
use super::cooccurrence::cooccurrence;
use super::counts::count_labels;
use super::positions::positions;
use super::prevalence::prevalence;
use super::raised::raised;
use super::saturation::{self, saturation};
use super::trends::trends;
use super::{Contrast, Cooccurrence, Position, Prevalence, Raised, Saturation, Trend};
use crate::corpus::{Corpus, Passage, Problem, Segment};
use crate::theme::{Asked, Label, Theme};

/// What is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComparePlan {
    /// The groups, and within what else they are compared.
    pub contrasts: ContrastPlan,
    /// The attribute that says when an interview was held.
    pub time: Option<String>,
}

/// What a run found, as comparisons need it; rows refer to each other by place.
#[derive(Clone, Copy)]
pub struct Coded<'a> {
    /// The transcripts.
    pub corpus: &'a Corpus,
    /// The language of each transcript, empty where it is not known.
    pub languages: &'a [String],
    /// All passages, coded or not.
    pub passages: &'a [Passage],
    /// The coded ones.
    pub segments: &'a [Segment],
    /// The themes.
    pub themes: &'a [Theme],
    /// Themes given to segments.
    pub labels: &'a [Label],
    /// What the interviewer's passages speak of.
    pub asked: &'a [Asked],
}

/// Everything that comparing ends in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Compared {
    /// Prevalence by theme, attribute and group.
    pub prevalence: Vec<Prevalence>,
    /// Differences between groups, by theme, attribute, pair and measure.
    pub contrasts: Vec<Contrast>,
    /// Pairs of themes.
    pub cooccurrence: Vec<Cooccurrence>,
    /// New themes by the number of interviews.
    pub saturation: Saturation,
    /// Themes by the tenth of the interview.
    pub positions: Vec<Position>,
    /// Who raised each theme.
    pub raised: Vec<Raised>,
    /// Changes over time, by theme and measure.
    pub trends: Vec<Trend>,
}

/// Makes all comparisons of a run; the problems are what is doubtful about them.
///
/// Chance is drawn from streams of `seed`; the rest depends on what was coded and on the plan alone.
pub fn compare(coded: Coded<'_>, plan: &ComparePlan, seed: u64) -> (Compared, Vec<Problem>) {
    let Coded { corpus, languages, passages, segments, themes, labels, asked } = coded;
    let transcripts = &corpus.transcripts;
    let counts = count_labels(transcripts.len(), segments, themes.len(), labels);
    let (prevalence, mut problems) = prevalence(transcripts, &counts, &plan.contrasts.attributes);
    let (contrasts, doubts) = contrasts(transcripts, &counts, &plan.contrasts, languages, seed);
    problems.extend(doubts);
    let (trends, doubts) = trends(transcripts, &counts, plan.time.as_deref(), seed);
    problems.extend(doubts);
    let saturation = saturation(themes, transcripts.len(), segments, labels, seed);
    problems.extend(saturation::problem(&saturation));
    let (raised, doubt) = raised(corpus, passages, themes.len(), labels, asked);
    problems.extend(doubt);
    let compared = Compared {
        prevalence,
        contrasts,
        cooccurrence: cooccurrence(themes, segments, labels),
        saturation,
        positions: positions(transcripts, segments, themes.len(), labels),
        raised,
        trends,
    };
    (compared, problems)
}

/// What is doubtful about the input of comparisons, before anything is coded: groups, `within`, `time`, the number of interviews, who
/// interviews. [`compare`] says the same of a run: this is it, with nothing coded.
pub fn input_problems(corpus: &Corpus, languages: &[String], plan: &ComparePlan) -> Vec<Problem> {
    let nothing =
        Coded { corpus, languages, passages: &[], segments: &[], themes: &[], labels: &[], asked: &[] };
    compare(nothing, plan, 0).1
}
