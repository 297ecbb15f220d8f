//! Shares and differences of labels, corrected by a sample that people coded.
//!
//! The statistics are those of `interview_stats::corrected`; `sample` collects labels and codes by theme, `contrast` compares groups.

use serde::Serialize;

mod contrast;
mod sample;
#[cfg(test)]
mod tests;

use interview_stats::Interval;
use interview_stats::corrected::{CodedSample, CorrectedShare};
use rayon::prelude::*;
use transcripts::{Problem, Severity, Transcript};

use self::contrast::{Pair, adjust_all, pairs};
use self::sample::coded_sample;
use super::groups::groups_of;
use crate::results::{Codings, SegmentIndex, ThemeIndex, TranscriptIndex, codes};

/// A group of interviews: its attribute, its name, and the indices of its transcripts.
type Group<'a> = (&'a str, &'a str, Vec<usize>);

/// Human codes and machine labels of the same run.
#[derive(Clone, Copy)]
pub struct HumanSample<'a> {
    /// Human codes. `probability` must be the probability with which the segment was drawn.
    pub codings: &'a Codings,
    /// What the machine says of a segment and a theme, 0 to 1. It may not have learned from the codes of that segment: a model that
    /// learned from codes gives the label of a fit without the segment's interview.
    pub machine: &'a (dyn Fn(SegmentIndex, ThemeIndex) -> f64 + Sync),
    /// The transcript of each segment of the run.
    pub transcript_of: &'a [TranscriptIndex],
    /// Themes of the run.
    pub themes: usize,
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
    /// Its 95 % interval, with interviews as the unit; never without width.
    pub interval: Option<Interval>,
    /// Weight of the labels in the correction, 0 (none) to 1; one number a theme.
    pub lambda: f64,
    /// Machine less corrected.
    pub bias: Option<f64>,
    /// About how many more segments of the group to code, drawn in the same way, to halve the width of the interval; none where all
    /// would not do, because interviews differ. The column `more_to_halve`.
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
    /// Its 95 % interval, from those of both shares (Newcombe, 1998; Zou and Donner, 2008).
    pub interval: Option<Interval>,
    /// The smallest probability outside an interval that excludes 0; at least 0.000001.
    pub p_value: Option<f64>,
    /// The same, adjusted for all themes and pairs of the attribute (Holm, 1979).
    pub p_adjusted: Option<f64>,
    /// The expected share of false findings, if this and all smaller p values are taken for findings (Benjamini and Hochberg, 1995).
    pub p_fdr: Option<f64>,
    /// Machine less corrected.
    pub bias: Option<f64>,
    /// About how many more segments of both groups to code to halve the width of the interval; none where all would not do. The column
    /// `more_to_halve`.
    pub additional_sample_size: Option<u32>,
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

/// Corrects the share of segments of each theme that people were asked about, in the study and each group of `attributes`, and
/// the differences between groups (the pairs of [`super::contrasts()`]).
///
/// Codings of segments or themes beyond the lists, and those with an impossible probability, are left out. Without codes the result is
/// empty.
pub fn corrected(transcripts: &[Transcript], sample: &HumanSample<'_>, attributes: &[String]) -> Corrected {
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
    let of_theme = |theme: ThemeIndex| {
        let sample = coded_sample(sample, theme, transcripts.len())?;
        let shares: Vec<Option<CorrectedShare>> =
            groups.iter().map(|(_, _, members)| sample.corrected_share(members)).collect();
        let prevalence: Vec<CorrectedPrevalence> = groups
            .iter()
            .zip(&shares)
            .map(|(&(attribute, group, ref members), share)| {
                prevalence_row(theme, attribute, group, &sample, members, share.as_ref())
            })
            .collect();
        let contrasts: Vec<CorrectedContrast> =
            all_pairs.iter().map(|pair| pair.row(theme, &groups, &shares, &sample)).collect();
        Some((prevalence, contrasts))
    };
    let rows: Vec<_> = (0..sample.themes).into_par_iter().map(ThemeIndex::new).filter_map(of_theme).collect();
    let (prevalence, contrasts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let mut corrected =
        Corrected { prevalence: prevalence.concat(), contrasts: contrasts.concat(), problems: Vec::new() };
    for attribute in attributes {
        adjust_all(corrected.contrasts.iter_mut().filter(|row| row.attribute == *attribute).collect());
        corrected.problems.extend(uncoded(attribute, &corrected.prevalence));
    }
    corrected
}

fn prevalence_row(
    theme: ThemeIndex,
    attribute: &str,
    group: &str,
    sample: &CodedSample,
    members: &[usize],
    share: Option<&CorrectedShare>,
) -> CorrectedPrevalence {
    let machine = sample.machine_share(members);
    CorrectedPrevalence {
        theme,
        attribute: attribute.to_owned(),
        group: group.to_owned(),
        coded: share.map_or(0, CorrectedShare::nobs),
        interviews_coded: share.map_or(0, CorrectedShare::interviews),
        machine,
        corrected: share.map(|one| one.estimate().value),
        interval: share.map(|one| one.estimate().interval),
        lambda: sample.lambda(),
        bias: share.map(|one| machine - one.estimate().value),
        additional_sample_size: share.and_then(CorrectedShare::additional_sample_size),
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
