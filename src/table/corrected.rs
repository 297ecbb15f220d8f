//! The tables `corrected_prevalence` and `corrected_contrasts`: labels corrected by human codes.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame, known};
use super::schema::{CORRECTED_CONTRASTS, CORRECTED_PREVALENCE};
use super::{Findings, TableError};
use crate::compare::{Answer, CorrectedContrast, CorrectedPrevalence, DifferenceAnswer, Interval};

/// The table `corrected_prevalence`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn corrected_prevalence_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.corrected_prevalence;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&CORRECTED_PREVALENCE, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let numbers = |name: &str, of: fn(&CorrectedPrevalence) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let answers = |of: fn(&CorrectedPrevalence) -> Option<Answer>| rows.iter().map(of).collect::<Vec<_>>();
    let coded: [Vec<u32>; 2] =
        [rows.iter().map(|row| row.coded).collect(), rows.iter().map(|row| row.interviews_coded).collect()];
    let [segments, transcripts] = coded;
    let (these, like_these) = (answers(|row| row.these), answers(|row| row.like_these));
    let main_more: Vec<Option<u32>> = rows.iter().map(|row| row.additional_sample_size).collect();
    let read: Vec<Option<u32>> = rows.iter().map(|row| row.in_interviews.map(|one| one.read)).collect();
    let these_transcripts = answers(|row| row.in_interviews.map(|one| one.these));
    let like_these_transcripts = answers(|row| row.in_interviews.map(|one| one.like_these));
    let end = |name: &str, answers: &[Option<Answer>], of: fn(Interval) -> f64| {
        Column::new(
            name.into(),
            answers.iter().map(|one| one.map(|one| of(one.interval))).collect::<Vec<_>>(),
        )
    };
    let low = |name: &str, answers: &[Option<Answer>]| end(name, answers, |one| one.low);
    let high = |name: &str, answers: &[Option<Answer>]| end(name, answers, |one| one.high);
    let more = |name: &str, answers: &[Option<Answer>]| {
        let more = answers.iter().map(|one| one.and_then(|one| one.additional_sample_size));
        Column::new(name.into(), more.collect::<Vec<Option<u32>>>())
    };
    frame(
        &CORRECTED_PREVALENCE,
        vec![
            Column::new("theme".into(), themes),
            Column::new("attribute".into(), rows.iter().map(|row| known(&row.attribute)).collect::<Vec<_>>()),
            Column::new("group".into(), rows.iter().map(|row| row.group.as_str()).collect::<Vec<_>>()),
            Column::new("coded".into(), segments),
            Column::new("transcripts_coded".into(), transcripts),
            numbers("share_machine", |row| Some(row.machine)),
            numbers("share_corrected", |row| row.corrected),
            numbers("low", |row| row.interval.map(|one| one.low)),
            numbers("high", |row| row.interval.map(|one| one.high)),
            numbers("lambda", |row| Some(row.lambda)),
            numbers("bias", |row| row.bias),
            Column::new("more_to_halve".into(), main_more),
            Column::new("question".into(), rows.iter().map(|row| row.question.as_str()).collect::<Vec<_>>()),
            low("low_these", &these),
            high("high_these", &these),
            more("more_to_halve_these", &these),
            low("low_like_these", &like_these),
            high("high_like_these", &like_these),
            more("more_to_halve_like_these", &like_these),
            Column::new("transcripts_read".into(), read),
            numbers("share_transcripts_corrected", |row| row.in_interviews.map(|one| one.corrected)),
            low("share_transcripts_low_these", &these_transcripts),
            high("share_transcripts_high_these", &these_transcripts),
            more("transcripts_to_halve_these", &these_transcripts),
            low("share_transcripts_low_like_these", &like_these_transcripts),
            high("share_transcripts_high_like_these", &like_these_transcripts),
            more("transcripts_to_halve_like_these", &like_these_transcripts),
        ],
    )
}

/// The table `corrected_contrasts`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn corrected_contrasts_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.corrected_contrasts;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&CORRECTED_CONTRASTS, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let texts = |name: &str, of: fn(&CorrectedContrast) -> &str| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: fn(&CorrectedContrast) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let answers =
        |of: fn(&CorrectedContrast) -> Option<DifferenceAnswer>| rows.iter().map(of).collect::<Vec<_>>();
    let main_more: Vec<Option<u32>> = rows.iter().map(|row| row.additional_sample_size).collect();
    let (these, like_these) = (answers(|row| row.these), answers(|row| row.like_these));
    let part = |name: &str, answers: &[Option<DifferenceAnswer>], of: fn(DifferenceAnswer) -> f64| {
        Column::new(name.into(), answers.iter().map(|one| one.map(of)).collect::<Vec<_>>())
    };
    let low = |name: &str, answers: &[Option<DifferenceAnswer>]| part(name, answers, |one| one.interval.low);
    let high =
        |name: &str, answers: &[Option<DifferenceAnswer>]| part(name, answers, |one| one.interval.high);
    let p_value = |name: &str, answers: &[Option<DifferenceAnswer>]| part(name, answers, |one| one.p_value);
    let more = |name: &str, answers: &[Option<DifferenceAnswer>]| {
        let more = answers.iter().map(|one| one.and_then(|one| one.additional_sample_size));
        Column::new(name.into(), more.collect::<Vec<Option<u32>>>())
    };
    frame(
        &CORRECTED_CONTRASTS,
        vec![
            Column::new("theme".into(), themes),
            texts("attribute", |row| &row.attribute),
            texts("group_a", |row| &row.group_a),
            texts("group_b", |row| &row.group_b),
            Column::new("coded_a".into(), rows.iter().map(|row| row.coded_a).collect::<Vec<_>>()),
            Column::new("coded_b".into(), rows.iter().map(|row| row.coded_b).collect::<Vec<_>>()),
            numbers("difference_machine", |row| Some(row.machine)),
            numbers("difference_corrected", |row| row.corrected),
            numbers("low", |row| row.interval.map(|one| one.low)),
            numbers("high", |row| row.interval.map(|one| one.high)),
            numbers("p_value", |row| row.p_value),
            numbers("p_adjusted", |row| row.p_adjusted),
            numbers("p_fdr", |row| row.p_fdr),
            numbers("bias", |row| row.bias),
            Column::new("more_to_halve".into(), main_more),
            texts("question", |row| row.question.as_str()),
            low("low_these", &these),
            high("high_these", &these),
            p_value("p_value_these", &these),
            more("more_to_halve_these", &these),
            low("low_like_these", &like_these),
            high("high_like_these", &like_these),
            p_value("p_value_like_these", &like_these),
            more("more_to_halve_like_these", &like_these),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn shares_stand_beside_what_the_machine_says() {
        insta::assert_snapshot!(show(&corrected_prevalence_frame(&small_findings()).unwrap()), @r#"
        theme str | attribute str | group str | coded u32 | transcripts_coded u32 | share_machine f64 | share_corrected f64 | low f64 | high f64 | lambda f64 | bias f64 | more_to_halve u32 | question str | low_these f64 | high_these f64 | more_to_halve_these u32 | low_like_these f64 | high_like_these f64 | more_to_halve_like_these u32 | transcripts_read u32 | share_transcripts_corrected f64 | share_transcripts_low_these f64 | share_transcripts_high_these f64 | transcripts_to_halve_these u32 | share_transcripts_low_like_these f64 | share_transcripts_high_like_these f64 | transcripts_to_halve_like_these u32
        "workload" | null | "(all)" | 3 | 2 | 0.5 | 0.779337 | 0.625 | 0.875 | 0.49843 | -0.279337 | 1 | "these interviews" | 0.625 | 0.875 | 1 | 0.092837 | 0.994666 | null | null | null | null | null | null | null | null | null
        "workload" | "country" | "Chile" | 2 | 1 | 0.5 | 1.0 | 1.0 | 1.0 | 0.49843 | -0.5 | null | "these interviews" | 1.0 | 1.0 | null | 0.025 | 1.0 | null | null | null | null | null | null | null | null | null
        "workload" | "country" | "Israel" | 1 | 1 | 0.5 | 0.33801 | 0.25 | 0.75 | 0.49843 | 0.16199 | 1 | "these interviews" | 0.25 | 0.75 | 1 | 0.00001 | 0.997259 | null | null | null | null | null | null | null | null | null
        "missing services" | null | "(all)" | 3 | 2 | 0.5 | 0.404337 | 0.25 | 0.5 | 0.655416 | 0.095663 | 1 | "these interviews" | 0.25 | 0.5 | 1 | 0.018508 | 0.953899 | null | null | null | null | null | null | null | null | null
        "missing services" | "country" | "Chile" | 2 | 1 | 0.0 | 0.0 | 0.0 | 0.0 | 0.655416 | 0.0 | null | "these interviews" | 0.0 | 0.0 | null | 0.0 | 0.975 | null | null | null | null | null | null | null | null | null
        "missing services" | "country" | "Israel" | 1 | 1 | 1.0 | 1.0 | 0.5 | 1.0 | 0.655416 | 0.0 | 1 | "these interviews" | 0.5 | 1.0 | 1 | 0.025 | 1.0 | null | null | null | null | null | null | null | null | null
        "#);
        assert_eq!(corrected_prevalence_frame(&empty_findings()).unwrap().shape(), (0, 27));
    }

    #[test]
    fn differences_stand_beside_what_the_machine_says() {
        insta::assert_snapshot!(show(&corrected_contrasts_frame(&small_findings()).unwrap()), @r#"
        theme str | attribute str | group_a str | group_b str | coded_a u32 | coded_b u32 | difference_machine f64 | difference_corrected f64 | low f64 | high f64 | p_value f64 | p_adjusted f64 | p_fdr f64 | bias f64 | more_to_halve u32 | question str | low_these f64 | high_these f64 | p_value_these f64 | more_to_halve_these u32 | low_like_these f64 | high_like_these f64 | p_value_like_these f64 | more_to_halve_like_these u32
        "workload" | "country" | "Chile" | "Israel" | 2 | 1 | 0.0 | 0.66199 | -0.51497 | 0.99999 | 0.961039 | 1.0 | 0.961039 | -0.66199 | null | "interviews like these" | 0.25 | 0.75 | 0.000001 | 1 | -0.51497 | 0.99999 | 0.961039 | null
        "missing services" | "country" | "Chile" | "Israel" | 2 | 1 | -1.0 | -1.0 | -1.0 | 0.378858 | 0.585786 | 1.0 | 0.961039 | 0.0 | null | "interviews like these" | -1.0 | -0.5 | 0.000001 | 1 | -1.0 | 0.378858 | 0.585786 | null
        "#);
        assert_eq!(corrected_contrasts_frame(&empty_findings()).unwrap().shape(), (0, 24));
    }
}
