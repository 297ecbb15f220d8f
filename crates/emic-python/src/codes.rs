//! Statistics for codes from anywhere: agreement, prevalence, shares corrected by a sample.

use emic::compare::{Question, QuestionPlan};
use emic::review::{CodeRow, code_agreement, code_prevalence, corrected_codes};
use pyo3::prelude::*;

use crate::errors::Fault;
use crate::frames::Frame;
use crate::read::frames;
use crate::work::work;

type Tables = Vec<(&'static str, Frame)>;
/// Segment, transcript, theme, applies, coder, probability, confidence, values of the attributes.
type Row = (String, String, Option<String>, bool, String, Option<f64>, Option<f64>, Vec<Option<String>>);

fn code_rows(rows: Vec<Row>) -> Vec<CodeRow> {
    let row = |(segment, transcript, theme, applies, coder, probability, confidence, groups): Row| CodeRow {
        segment,
        transcript,
        theme,
        applies,
        coder,
        probability,
        confidence,
        groups,
    };
    rows.into_iter().map(row).collect()
}

/// The table `agreement` of coders' rows.
#[pyfunction]
pub(crate) fn agreement(py: Python<'_>, rows: Vec<Row>) -> PyResult<Tables> {
    let findings = work(py, None, None, |_| Ok(code_agreement(&code_rows(rows))?))?;
    frames(&findings, &["agreement", "problems"]).map_err(|fault| fault.raised(py))
}

/// The tables `prevalence` and `contrasts` of rows.
#[pyfunction]
pub(crate) fn prevalence(
    py: Python<'_>,
    rows: Vec<Row>,
    attributes: Vec<String>,
    seed: u64,
) -> PyResult<Tables> {
    let findings = work(py, None, None, |progress| {
        let findings = code_prevalence(&code_rows(rows), &attributes, seed, progress)?;
        Ok(findings)
    })?;
    frames(&findings, &["prevalence", "contrasts", "problems"]).map_err(|fault| fault.raised(py))
}

/// The tables `corrected_prevalence` and `corrected_contrasts` of a program's labels and people's codes.
#[pyfunction]
pub(crate) fn corrected(
    py: Python<'_>,
    labels: Vec<Row>,
    sample: Vec<Row>,
    attributes: Vec<String>,
    question: Option<&str>,
) -> PyResult<Tables> {
    let plan = match question {
        None => Some(QuestionPlan::default()),
        Some(words) => [Question::TheseInterviews, Question::InterviewsLikeThese]
            .into_iter()
            .find(|question| question.as_str() == words)
            .map(QuestionPlan::from),
    };
    let Some(plan) = plan else {
        let message = "there is no such question";
        let hint = "write \"these interviews\" or \"interviews like these\"";
        return Err(Fault::new(message, hint).raised(py));
    };
    let findings = work(py, None, None, |_| {
        Ok(corrected_codes(&code_rows(labels), &code_rows(sample), &attributes, plan)?)
    })?;
    let names = ["corrected_prevalence", "corrected_contrasts", "problems"];
    frames(&findings, &names).map_err(|fault| fault.raised(py))
}
