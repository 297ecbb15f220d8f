//! Reading transcripts without running a study.

use emic::pipeline::read_corpus;
use emic::study::InMemory;
use emic::table::{Findings, table_frame};
use pyo3::prelude::*;

use crate::errors::Fault;
use crate::frames::Frame;
use crate::study::study_of;
use crate::work::work;

/// What is read, as tables by name.
const TABLES: [&str; 4] = ["transcripts", "turns", "replacements", "problems"];

/// Reads the files that the settings name, which have the sections and keys of a study file: tables by name.
#[pyfunction]
pub(crate) fn read(
    py: Python<'_>,
    settings: &str,
    threads: Option<usize>,
    told: Option<Py<PyAny>>,
) -> PyResult<Vec<(&'static str, Frame)>> {
    let findings = work(py, threads, told.as_ref(), |progress| {
        let (study, warnings) = study_of(settings, InMemory::default())?;
        let reading = read_corpus(&study.read, progress);
        let problems = [reading.problems, warnings].concat();
        let (corpus, replacements) = (reading.corpus, reading.replacements);
        Ok(Findings { corpus, replacements, problems, ..Findings::default() })
    })?;
    frames(&findings, &TABLES).map_err(|fault| fault.raised(py))
}

/// Tables of findings, by name.
pub(crate) fn frames(
    findings: &Findings,
    names: &[&'static str],
) -> Result<Vec<(&'static str, Frame)>, Fault> {
    let mut found = Vec::new();
    for &name in names {
        if let Some(frame) = table_frame(findings, name).transpose()? {
            found.push((name, Frame::from(frame)));
        }
    }
    Ok(found)
}
