//! Finds seed themes whose segments fall into two groups.
//!
//! Any data can be cut in two, so the cut is cross-validated: the interviews are divided in two parts, each part is clustered in two,
//! and its segments are projected on the line between the groups of the *other* part. A single theme gives different lines, or a
//! unimodal projection; a double one gives the same line twice and a bimodal projection.

use std::collections::BTreeSet;

use ndarray::{Array1, Array2, ArrayView2, Axis};
use same_bits::random_stream;

use super::{MIN_TRANSCRIPTS, Members};
use crate::cluster::{ClusterCount, ClusterPlan, Clustering, cluster};
use crate::results::{Finding, NoProgress, SeedFinding, Segment, TranscriptIndex};
use crate::storage::Rows;
use crate::theme::best::best;
use crate::theme::context::{centred, unit};
use crate::theme::distinct_transcripts::distinct_transcripts;
use crate::theme::keywords::Wording;
use crate::theme::quote::READABLE;
use same_bits::products::dot;

/// Themes of fewer segments are not split.
pub(in crate::theme) const MIN_SEGMENTS: usize = 40;
/// Of more segments than this every second, third and so on is looked at: their vectors are in memory.
const MAX_ROWS: usize = 100_000;
/// Minimum share of the smaller group.
pub(in crate::theme) const MIN_GROUP: f64 = 0.2;
/// Minimum cosine of the lines of both parts.
const SAME_LINE: f32 = 0.8;
/// Sarle's coefficient of a uniform distribution; more means bimodal (Pfister et al. 2013).
const TWO_HUMPS: f64 = 5.0 / 9.0;

/// The theme's two groups, if it falls into two.
///
/// `vectors` are those of all segments. On five human-coded collections, this split 19 of 36 pairs of themes that were joined on
/// purpose, and 14 of 72 single ones, some of which are two things by their names.
pub(super) fn split(
    theme: usize,
    members: &Members,
    segments: &[Segment],
    vectors: &Rows,
    wording: Wording<'_>,
    seed: u64,
) -> Option<SeedFinding> {
    let all = members.indices.len();
    if all < MIN_SEGMENTS {
        return None;
    }
    let step = all.div_ceil(MAX_ROWS).max(1);
    let indices: &Vec<usize> = &members.indices.iter().copied().step_by(step).collect();
    let own = centred(vectors.pick(indices).view());
    let interviews: Vec<TranscriptIndex> =
        indices.iter().map(|&index| segments[index].passage.transcript).collect();
    let along = along_the_others_line(&own, &interviews, theme, seed)?;
    if bimodality(&along) <= TWO_HUMPS {
        return None;
    }
    let clustering = in_two(own.view(), seed)?;
    let group = |cluster: u32| -> Vec<usize> {
        let rows = (0..indices.len()).filter(|&row| clustering.cluster_of[row] == Some(cluster));
        rows.map(|row| indices[row]).collect()
    };
    let groups = [group(0), group(1)];
    let small = groups[1].len() as f64 / indices.len() as f64;
    if small < MIN_GROUP
        || groups.iter().any(|group| distinct_transcripts(segments, group.iter().copied()) < MIN_TRANSCRIPTS)
    {
        return None;
    }
    let quote = |cluster: usize| {
        let readable = |row: &usize| segments[indices[*row]].passage.words >= READABLE;
        let centre = clustering.centres.row(cluster);
        let cosines: Array1<f32> = own.rows().into_iter().map(|row| dot(row, centre)).collect();
        let ranked = best(cosines.view(), indices.len());
        ranked.iter().copied().find(readable).or(ranked.first().copied()).map(|row| indices[row].into())
    };
    let words = wording.keywords(&groups);
    let advice = "Its quotes fall into two groups, the same whoever is asked. Read one of each: if they are two things, write \
                  two themes.";
    Some(SeedFinding {
        theme: theme.into(),
        finding: Finding::Split,
        other: None,
        segments: all as u32,
        transcripts: distinct_transcripts(segments, members.indices.iter().copied()) as u32,
        share: small,
        keywords: [0, 1].map(|group: usize| words.get(group).cloned().unwrap_or_default()),
        quotes: [quote(0), quote(1)],
        advice: advice.to_owned(),
    })
}

/// Projects each row on the line between the groups of the other part of the interviews; none where the lines of both parts
/// differ, or a part is too small.
fn along_the_others_line(
    rows: &Array2<f32>,
    interviews: &[TranscriptIndex],
    theme: usize,
    seed: u64,
) -> Option<Vec<f64>> {
    let heard: Vec<TranscriptIndex> =
        interviews.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut stream = random_stream(seed, &format!("split {theme}"));
    let drawn = rand::seq::index::sample(&mut stream, heard.len(), heard.len() / 2).into_vec();
    let drawn: BTreeSet<TranscriptIndex> = drawn.into_iter().map(|index| heard[index]).collect();
    let part = |inside: bool| -> Vec<usize> {
        (0..rows.nrows()).filter(|&row| drawn.contains(&interviews[row]) == inside).collect()
    };
    let line = |part: &[usize]| -> Option<Array1<f32>> {
        let groups = in_two(rows.select(Axis(0), part).view(), seed)?;
        Some(unit(&groups.centres.row(1) - &groups.centres.row(0)))
    };
    let parts = [part(true), part(false)];
    let lines = [line(&parts[0])?, line(&parts[1])?];
    let cosine = dot(lines[0].view(), lines[1].view());
    if cosine.abs() < SAME_LINE {
        return None;
    }
    let mut along = vec![0.0; rows.nrows()];
    for (part, other, sign) in [(&parts[0], &lines[1], cosine.signum()), (&parts[1], &lines[0], 1.0)] {
        for &row in part {
            along[row] = f64::from(dot(rows.row(row), other.view()) * sign);
        }
    }
    Some(along)
}

/// Two clusters of some rows; none where there is only one.
fn in_two(rows: ArrayView2<'_, f32>, seed: u64) -> Option<Clustering> {
    let plan = ClusterPlan { count: ClusterCount::Exactly(2), ..ClusterPlan::default() };
    // No method fails on such rows and plan; if one did, there would be no finding.
    cluster(rows, &plan, seed, &NoProgress).ok().filter(|found| found.clusters() == 2)
}

/// Sarle's bimodality coefficient, corrected for few values: (skewness² + 1) / kurtosis; 1/3 for a normal distribution, 5/9 for a
/// uniform one, 1 for two points.
fn bimodality(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let moment = |power: i32| values.iter().map(|value| (value - mean).powi(power)).sum::<f64>() / count;
    let variance = moment(2);
    if count < 4.0 || variance <= 0.0 {
        return 0.0;
    }
    let skewness = moment(3) / (variance * variance.sqrt()) * (count * (count - 1.0)).sqrt() / (count - 2.0);
    let excess = moment(4) / (variance * variance) - 3.0;
    let corrections = (count - 2.0) * (count - 3.0);
    let kurtosis = (count - 1.0) / corrections * ((count + 1.0) * excess + 6.0);
    (skewness * skewness + 1.0) / (kurtosis + 3.0 * (count - 1.0).powi(2) / corrections)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use same_bits::elementary::logit;

    #[test]
    fn two_humps_are_told_from_one() {
        let spread: Vec<f64> = (0..1000).map(f64::from).collect();
        assert!((bimodality(&spread) - 5.0 / 9.0).abs() < 0.02);
        let two: Vec<f64> = (0..100).map(|i| f64::from(i % 2) * 10.0 + f64::from(i % 7) * 0.1).collect();
        assert!(bimodality(&two) > 0.9);
        let one: Vec<f64> = (1..100).map(|i| logit(f64::from(i) / 100.0)).collect();
        assert!(bimodality(&one) < 0.4);
        assert!(bimodality(&[]) < 1e-9 && bimodality(&[1.0; 9]) < 1e-9);
    }

    #[test]
    fn what_was_planted_as_two_falls_into_two_and_a_cloud_does_not() {
        let found = |planted_groups: usize| {
            let (rows, _) = planted(300, 48, planted_groups, 0.8, 7);
            let interviews: Vec<TranscriptIndex> = (0..300).map(|row| (row % 19).into()).collect();
            along_the_others_line(&centred(rows.view()), &interviews, 0, 7)
                .is_some_and(|along| bimodality(&along) > TWO_HUMPS)
        };
        assert!(found(2));
        assert!(!found(1));
    }

    #[test]
    fn one_interview_is_not_taken_apart() {
        let (rows, _) = planted(60, 48, 2, 0.8, 7);
        assert_eq!(along_the_others_line(&rows, &[3.into(); 60], 0, 7), None);
    }
}
