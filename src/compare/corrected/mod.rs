//! Shares and differences of labels, corrected by a sample that people coded.
//!
//! The statistics are those of `interview_stats::corrected`; `sample` collects labels and codes by theme, `contrast` compares groups.
//! Each share and difference has two intervals, one for these interviews and one for interviews like these; the plan says which
//! question a table's main columns answer.

use std::fmt;

use serde::Serialize;

mod contrast;
mod sample;
#[cfg(test)]
mod tests;

use interview_stats::Interval;
use interview_stats::corrected::{CodedSample, CorrectedShare, Question, SamplingUnit, Tuning, tunings};
use rayon::prelude::*;
use transcripts::{Problem, Severity, Transcript};

use self::contrast::{Pair, adjust_all, pairs};
use self::sample::{coded_sample, read_sample};
use super::groups::groups_of;
use crate::results::{Codings, SegmentIndex, ThemeIndex, TranscriptIndex, codes};

/// A group of interviews: its attribute, its name, and the indices of its transcripts.
type Group<'a> = (&'a str, &'a str, Vec<usize>);

/// Human codes and machine labels of the same run.
#[derive(Clone, Copy)]
pub struct HumanSample<'a> {
    /// Human codes. `probability` must be the probability with which the segment was drawn.
    pub codings: &'a Codings,
    /// Whether the machine gives a segment a theme, for the share that is corrected.
    pub is_label: &'a (dyn Fn(SegmentIndex, ThemeIndex) -> bool + Sync),
    /// How sure the machine is of that, 0 to 1. It may not have learned from the codes of that segment: a model that learned from codes
    /// gives the confidence of a fit without the segment's interview.
    pub confidence: &'a (dyn Fn(SegmentIndex, ThemeIndex) -> f64 + Sync),
    /// The transcript of each segment of the run.
    pub transcript_of: &'a [TranscriptIndex],
    /// Themes of the run.
    pub themes: usize,
}

/// Which question the main columns of the tables answer. A share describes what was said, so by default it is about these interviews; a
/// difference is taken to say something of the groups, so it is about interviews like these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionPlan {
    /// For `corrected_prevalence`.
    pub shares: Question,
    /// For `corrected_contrasts`.
    pub differences: Question,
}

impl Default for QuestionPlan {
    fn default() -> Self {
        Self { shares: Question::TheseInterviews, differences: Question::InterviewsLikeThese }
    }
}

impl From<Question> for QuestionPlan {
    fn from(question: Question) -> Self {
        Self { shares: question, differences: question }
    }
}

impl fmt::Display for QuestionPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shares, differences } = self;
        if shares == differences {
            f.write_str(shares.as_str())
        } else {
            write!(f, "shares: {}; differences: {}", shares.as_str(), differences.as_str())
        }
    }
}

/// How certain a share is, for one question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Answer {
    /// The 95 % interval.
    pub interval: Interval,
    /// About how many more segments of the group to code, drawn in the same way, to halve the width of the interval; none where all
    /// would not do, because interviews differ, or where all are coded. The column `more_to_halve`.
    pub additional_sample_size: Option<u32>,
}

/// A theme's share of the segments of a group, as labelled and as corrected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorrectedPrevalence {
    /// Index of the theme in the run's list of themes.
    pub theme: ThemeIndex,
    /// The attribute; empty for the whole study.
    pub attribute: String,
    /// The group; `(all)` for the whole study.
    pub group: String,
    /// Segments of the group for which people said whether the theme applies.
    pub coded: u32,
    /// Interviews that these are of.
    pub interviews_coded: u32,
    /// Share of the group's segments that the machine labelled, 0 to 1.
    pub machine: f64,
    /// The corrected share, 0 to 1; none where nothing was coded, like all that follows.
    pub corrected: Option<f64>,
    /// Its 95 % interval, for the question of the row.
    pub interval: Option<Interval>,
    /// Weight of the machine's confidence in the correction, 0 (none) or more; one number a theme.
    pub lambda: f64,
    /// Machine less corrected.
    pub bias: Option<f64>,
    /// How many more segments to code, for the question of the row; see [`Answer`].
    pub additional_sample_size: Option<u32>,
    /// The question that `interval` and `additional_sample_size` answer.
    pub question: Question,
    /// For these interviews.
    pub these: Option<Answer>,
    /// For interviews like these.
    pub like_these: Option<Answer>,
    /// The share of interviews that the theme is in, where interviews were drawn and read for it.
    pub in_interviews: Option<InterviewShare>,
}

/// The share of a group's interviews in which a theme comes up, corrected by interviews that people read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct InterviewShare {
    /// Interviews of the group that were read until the theme was found or to the end.
    pub read: u32,
    /// The corrected share, 0 to 1.
    pub corrected: f64,
    /// For these interviews; `additional_sample_size` counts interviews.
    pub these: Answer,
    /// For interviews like these.
    pub like_these: Answer,
}

/// How certain a difference is, for one question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DifferenceAnswer {
    /// The 95 % interval, from those of both shares (Newcombe, 1998; Zou and Donner, 2008).
    pub interval: Interval,
    /// The smallest probability outside an interval that excludes 0; at least 0.000001.
    pub p_value: f64,
    /// About how many more segments of both groups to code to halve the width of the interval; none where all would not do. The column
    /// `more_to_halve`.
    pub additional_sample_size: Option<u32>,
}

/// A theme in two groups, as labelled and as corrected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorrectedContrast {
    /// Index of the theme in the run's list of themes.
    pub theme: ThemeIndex,
    /// The attribute, for example `country`.
    pub attribute: String,
    /// The first group.
    pub group_a: String,
    /// The second group, by name after the first, or [`super::ALL_OTHERS`].
    pub group_b: String,
    /// Coded segments of the first group.
    pub coded_a: u32,
    /// Coded segments of the second group.
    pub coded_b: u32,
    /// Share of labelled segments in the first group less that in the second, −1 to 1.
    pub machine: f64,
    /// The corrected difference, −1 to 1; none where nothing was coded in one of the groups, like all that follows.
    pub corrected: Option<f64>,
    /// Its 95 % interval, for the question of the row.
    pub interval: Option<Interval>,
    /// Its p value, for the question of the row; see [`DifferenceAnswer`].
    pub p_value: Option<f64>,
    /// The same, adjusted for all themes and pairs of the attribute (Holm, 1979).
    pub p_adjusted: Option<f64>,
    /// The expected share of false findings, if this and all smaller p values are taken for findings (Benjamini and Hochberg, 1995).
    pub p_fdr: Option<f64>,
    /// Machine less corrected.
    pub bias: Option<f64>,
    /// How many more segments to code, for the question of the row; see [`DifferenceAnswer`].
    pub additional_sample_size: Option<u32>,
    /// The question that `interval`, the p values and `additional_sample_size` answer.
    pub question: Question,
    /// For these interviews.
    pub these: Option<DifferenceAnswer>,
    /// For interviews like these.
    pub like_these: Option<DifferenceAnswer>,
}

/// The result of the correction.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Corrected {
    /// By theme; the whole study first, then by attribute and group.
    pub prevalence: Vec<CorrectedPrevalence>,
    /// By theme, attribute, first group and second group, all others last.
    pub contrasts: Vec<CorrectedContrast>,
    /// Groups without coded segments.
    pub problems: Vec<Problem>,
}

/// A theme that people coded.
struct CodedTheme {
    theme: ThemeIndex,
    /// Coded segments, and how they correct.
    segments: Option<(CodedSample, Tuning)>,
    /// The interviews that were read for it, and how they correct.
    interviews: Option<(CodedSample, Tuning)>,
    /// Labelled segments of each interview, and all.
    labelled: Vec<[f64; 2]>,
}

impl CodedTheme {
    /// Share of the segments of some interviews that the machine labelled; 0 of none.
    fn machine_share(&self, interviews: &[usize]) -> f64 {
        let sum = |part: usize| interviews.iter().map(|&one| self.labelled[one][part]).sum::<f64>();
        let all = sum(1);
        if all > 0.0 { sum(0) / all } else { 0.0 }
    }

    fn lambda(&self) -> f64 {
        self.segments.as_ref().map_or(0.0, |(_, tuning)| tuning.lambda)
    }

    fn share(&self, interviews: &[usize]) -> Option<CorrectedShare> {
        let (sample, tuning) = self.segments.as_ref()?;
        sample.corrected_share(tuning, interviews)
    }

    fn share_of_interviews(&self, interviews: &[usize]) -> Option<CorrectedShare> {
        let (sample, tuning) = self.interviews.as_ref()?;
        sample.corrected_share(tuning, interviews)
    }
}

/// Corrects the share of segments of each theme that people were asked about, in the study and each group of `attributes`, and
/// the differences between groups (the pairs of [`super::contrasts()`]).
///
/// Codings of segments or themes beyond the lists, and those with an impossible probability, are left out. Without codes the result is
/// empty.
pub fn corrected(
    transcripts: &[Transcript],
    sample: &HumanSample<'_>,
    attributes: &[String],
    question: QuestionPlan,
) -> Corrected {
    let mut groups: Vec<Group<'_>> = vec![("", "(all)", (0..transcripts.len()).collect())];
    let mut all_pairs: Vec<Pair> = Vec::new();
    for attribute in attributes {
        let first = groups.len();
        groups.extend(
            groups_of(attribute, transcripts)
                .into_iter()
                .map(|(name, members)| (attribute.as_str(), name, members)),
        );
        all_pairs.extend(pairs(&groups, first));
    }
    let of_theme = |theme: &CodedTheme| {
        let shares: Vec<Option<CorrectedShare>> =
            groups.iter().map(|(_, _, members)| theme.share(members)).collect();
        let prevalence: Vec<CorrectedPrevalence> = groups
            .iter()
            .zip(&shares)
            .map(|(group, share)| prevalence_row(theme, group, share.as_ref(), question.shares))
            .collect();
        let contrasts: Vec<CorrectedContrast> =
            all_pairs.iter().map(|pair| pair.row(theme, &groups, &shares, question.differences)).collect();
        (prevalence, contrasts)
    };
    let rows: Vec<_> = coded_themes(transcripts.len(), sample).par_iter().map(of_theme).collect();
    let (prevalence, contrasts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let mut corrected =
        Corrected { prevalence: prevalence.concat(), contrasts: contrasts.concat(), problems: Vec::new() };
    for attribute in attributes {
        adjust_all(corrected.contrasts.iter_mut().filter(|row| row.attribute == *attribute).collect());
        corrected.problems.extend(uncoded(attribute, &corrected.prevalence));
    }
    corrected
}

/// The themes that people were asked about, tuned together.
fn coded_themes(transcripts: usize, sample: &HumanSample<'_>) -> Vec<CodedTheme> {
    let unit =
        if sample.codings.drawn_whole.is_empty() { SamplingUnit::Segments } else { SamplingUnit::Interviews };
    let collected = |of: &(dyn Fn(ThemeIndex) -> Option<CodedSample> + Sync)| -> Vec<Option<CodedSample>> {
        (0..sample.themes).into_par_iter().map(ThemeIndex::new).map(of).collect()
    };
    let segments = tuned(collected(&|theme| coded_sample(sample, theme, transcripts)), unit);
    // An interview is here what a segment is elsewhere.
    let interviews =
        tuned(collected(&|theme| read_sample(sample, theme, transcripts)), SamplingUnit::Segments);
    let labelled = |theme: ThemeIndex| {
        let mut labelled = vec![[0.0; 2]; transcripts];
        for (segment, transcript) in sample.transcript_of.iter().enumerate() {
            if let Some(counts) = transcript.of_mut(&mut labelled) {
                counts[0] += f64::from(u8::from((sample.is_label)(SegmentIndex::new(segment), theme)));
                counts[1] += 1.0;
            }
        }
        labelled
    };
    let one = |(theme, (segments, interviews)): (usize, (Option<_>, Option<_>))| {
        let theme = ThemeIndex::new(theme);
        let is_coded = segments.is_some() || interviews.is_some();
        is_coded.then(|| CodedTheme { theme, segments, interviews, labelled: labelled(theme) })
    };
    segments.into_iter().zip(interviews).enumerate().filter_map(one).collect()
}

/// The samples of all themes with how they correct, tuned together.
fn tuned(samples: Vec<Option<CodedSample>>, unit: SamplingUnit) -> Vec<Option<(CodedSample, Tuning)>> {
    let present: Vec<CodedSample> = samples.iter().flatten().cloned().collect();
    let mut tunings = tunings(&present, unit).into_iter();
    samples.into_iter().map(|one| one.and_then(|one| Some((one, tunings.next()?)))).collect()
}

fn prevalence_row(
    theme: &CodedTheme,
    (attribute, group, members): &Group<'_>,
    share: Option<&CorrectedShare>,
    question: Question,
) -> CorrectedPrevalence {
    let machine = theme.machine_share(members);
    let corrected = share.map(CorrectedShare::value);
    let answer = |share: &CorrectedShare, question: Question| Answer {
        interval: share.estimate(question).interval,
        additional_sample_size: share.additional_sample_size(question),
    };
    let main = share.map(|share| answer(share, question));
    let in_interviews = theme.share_of_interviews(members).map(|share| InterviewShare {
        read: share.nobs(),
        corrected: share.value(),
        these: answer(&share, Question::TheseInterviews),
        like_these: answer(&share, Question::InterviewsLikeThese),
    });
    CorrectedPrevalence {
        theme: theme.theme,
        attribute: (*attribute).to_owned(),
        group: (*group).to_owned(),
        coded: share.map_or(0, CorrectedShare::nobs),
        interviews_coded: share.map_or(0, CorrectedShare::interviews),
        machine,
        corrected,
        interval: main.map(|one| one.interval),
        lambda: theme.lambda(),
        bias: corrected.map(|corrected| machine - corrected),
        additional_sample_size: main.and_then(|one| one.additional_sample_size),
        question,
        these: share.map(|share| answer(share, Question::TheseInterviews)),
        like_these: share.map(|share| answer(share, Question::InterviewsLikeThese)),
        in_interviews,
    }
}

/// The problem of groups without any coded segment.
fn uncoded(attribute: &str, rows: &[CorrectedPrevalence]) -> Option<Problem> {
    let mut names: Vec<&str> =
        rows.iter().filter(|row| row.attribute == attribute).map(|row| row.group.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| {
        rows.iter().filter(|row| row.attribute == attribute && row.group == *name).all(|row| row.coded == 0)
    });
    if names.is_empty() {
        return None;
    }
    let message = format!(
        "Nobody coded a segment of `{}` (`{attribute}`): their shares are not corrected.",
        names.join("`, `")
    );
    let hint = "Draw a further sample, or code the rest of the sheet.";
    Some(Problem::new(Severity::Note, "review", message).with_code(codes::SAMPLE_DOUBTFUL).with_hint(hint))
}
