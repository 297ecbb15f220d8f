//! The means of languages, compared within subjects.
//!
//! A language's plain mean holds what its speakers talk about: less that mean, a theme is as frequent in every language, also where it
//! truly is not. So a vector is taken as the sum of its language's and its subject's part, as in an analysis of variance with two
//! factors and unequal cells (Yates 1934). Subjects are clusters of the vectors less the plain means, over all languages.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2, ArrayView1, Axis};
use same_bits::random_stream;

use super::context::unit;
use crate::cluster::SphericalKMeans;
use crate::storage::Rows;

/// Most subjects.
pub(super) const SUBJECTS: usize = 40;
/// A subject has so many passages at least, on average.
pub(super) const PASSAGES_OF_A_SUBJECT: usize = 25;
/// Most passages that the subjects are found in, evenly spaced, and with a part for each language.
pub(super) const MAX_PASSAGES: usize = 10_000;
/// Times that subjects are found anew, with the means that came out.
const TIMES: usize = 2;
/// Steps of the two factors towards each other.
const STEPS: usize = 10;
/// Steps of the clustering; a rough answer is enough.
const CLUSTERING_STEPS: usize = 15;

/// For each language what its mean would be if it were about the same subjects as the others. `members` has the indices of its
/// passages in `rows`, and `raw` their mean.
pub(super) fn adjusted_means(rows: &Rows, members: &[Vec<usize>], raw: &[Array1<f32>]) -> Vec<Array1<f32>> {
    let most = MAX_PASSAGES.div_ceil(members.len().max(1));
    let mut language_of = Vec::new();
    let mut some = Vec::new();
    for (language, indices) in members.iter().enumerate() {
        let step = indices.len().div_ceil(most).max(1);
        some.extend(indices.iter().copied().step_by(step));
        language_of.resize(some.len(), language);
    }
    let subjects = SUBJECTS.min(some.len() / PASSAGES_OF_A_SUBJECT);
    if subjects < 2 {
        return raw.to_vec();
    }
    let vectors = rows.pick(&some);
    rows.release_pages();
    let mut means = raw.to_vec();
    for _ in 0..TIMES {
        let Some(subject_of) = subjects_of(&vectors, &language_of, &means, subjects) else {
            return raw.to_vec();
        };
        means = two_factors(&vectors, &language_of, &subject_of, raw, subjects);
    }
    means
}

/// The subject of each vector, less the mean of its language; none where the vectors have no direction.
fn subjects_of(
    vectors: &Array2<f32>,
    language_of: &[usize],
    means: &[Array1<f32>],
    subjects: usize,
) -> Option<Vec<usize>> {
    let mut without = vectors.clone();
    for (mut row, &language) in without.axis_iter_mut(Axis(0)).zip(language_of) {
        let less = unit(&row - &means[language]);
        row.assign(&less);
    }
    let parameters = SphericalKMeans::params_with_rng(subjects, random_stream(0, "subjects of languages"))
        .n_runs(1)
        .max_n_iterations(CLUSTERING_STEPS);
    let found = parameters.fit(&DatasetBase::from(without.view())).ok()?;
    Some(found.predict(&without).to_vec())
}

/// The languages' parts of vectors that are the sum of these and of those of subjects (whose sum over all vectors is zero), by
/// alternating least squares. A language whose subjects nobody else talks about keeps its mean.
fn two_factors(
    vectors: &Array2<f32>,
    language_of: &[usize],
    subject_of: &[usize],
    raw: &[Array1<f32>],
    subjects: usize,
) -> Vec<Array1<f32>> {
    let (languages, width) = (raw.len(), vectors.ncols());
    let mut counts = Array2::<f64>::zeros((languages, subjects));
    let mut sums = Array2::<f64>::zeros((subjects, width));
    for (row, (&language, &subject)) in vectors.rows().into_iter().zip(language_of.iter().zip(subject_of)) {
        counts[[language, subject]] += 1.0;
        add(&mut sums, subject, row);
    }
    let of_language: Vec<f64> = counts.rows().into_iter().map(|row| row.iter().sum()).collect();
    let of_subject: Vec<f64> = counts.columns().into_iter().map(|column| column.iter().sum()).collect();
    let plain: Vec<Array1<f64>> = raw.iter().map(|mean| mean.mapv(f64::from)).collect();
    let mut means = plain.clone();
    for _ in 0..STEPS {
        let mut parts = sums.clone();
        let mut middle = Array1::<f64>::zeros(width);
        for (subject, mut part) in parts.axis_iter_mut(Axis(0)).enumerate() {
            for (language, mean) in means.iter().enumerate() {
                part.scaled_add(-counts[[language, subject]], mean);
            }
            middle += &part;
            part /= of_subject[subject].max(1.0);
        }
        middle /= vectors.nrows().max(1) as f64;
        for (language, mean) in means.iter_mut().enumerate() {
            mean.assign(&plain[language]);
            for (subject, part) in parts.axis_iter(Axis(0)).enumerate() {
                let share = counts[[language, subject]] / of_language[language].max(1.0);
                mean.scaled_add(-share, &(&part - &middle));
            }
        }
    }
    means.into_iter().map(|mean| mean.mapv(|value| value as f32)).collect()
}

fn add(sums: &mut Array2<f64>, subject: usize, row: ArrayView1<'_, f32>) {
    sums.row_mut(subject).zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passages of two languages: a part for the language, one for the subject, and some noise. Of the second language's
    /// passages the first subject has fewer.
    fn corpus() -> (Rows, Vec<Vec<usize>>, Vec<usize>) {
        let (width, subjects) = (30, 6);
        let mut members = vec![Vec::new(), Vec::new()];
        let (mut rows, mut subject_of) = (Vec::new(), Vec::new());
        for index in 0..600_usize {
            let (language, subject) = (index % 2, index / 2 % subjects);
            if language == 1 && subject == 0 && index % 5 != 0 {
                continue;
            }
            members[language].push(subject_of.len());
            subject_of.push(subject);
            rows.extend((0..width).map(|column| {
                let noise = ((index * 31 + column * 17) % 23) as f32 / 115.0 - 0.1;
                noise + if column == language { 2.0 } else { f32::from(column == 2 + subject) }
            }));
        }
        let rows = Array2::from_shape_vec((subject_of.len(), width), rows).unwrap();
        (rows.into(), members, subject_of)
    }

    fn means(rows: &Rows, members: &[Vec<usize>]) -> Vec<Array1<f32>> {
        members.iter().map(|indices| rows.pick(indices).mean_axis(Axis(0)).unwrap()).collect()
    }

    #[test]
    fn what_a_language_speaks_of_less_is_no_part_of_its_mean() {
        let (rows, members, _) = corpus();
        let raw = means(&rows, &members);
        let adjusted = adjusted_means(&rows, &members, &raw);
        let difference = |means: &[Array1<f32>]| means[0][2] - means[1][2];
        assert!(difference(&raw) > 0.1, "{}", difference(&raw));
        assert!(difference(&adjusted).abs() < 0.02, "{}", difference(&adjusted));
        let language = &adjusted[0] - &adjusted[1];
        assert!((language[0] - 2.0).abs() < 0.05 && (language[1] + 2.0).abs() < 0.05, "{language}");
    }

    #[test]
    fn languages_without_a_common_subject_and_small_corpora_keep_their_means() {
        let (rows, members, subject_of) = corpus();
        let apart: Vec<Vec<usize>> = (0..2)
            .map(|language| {
                let own = |&&index: &&usize| (subject_of[index] < 3) == (language == 0);
                members[language].iter().filter(own).copied().collect()
            })
            .collect();
        let raw = means(&rows, &apart);
        for (adjusted, raw) in adjusted_means(&rows, &apart, &raw).iter().zip(&raw) {
            assert!((adjusted - raw).iter().all(|difference| difference.abs() < 0.05));
        }
        let few: Vec<Vec<usize>> = members.iter().map(|indices| indices[..20].to_vec()).collect();
        let raw = means(&rows, &few);
        assert_eq!(adjusted_means(&rows, &few, &raw), raw);
    }
}
