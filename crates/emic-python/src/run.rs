//! Running a study, and the tables and the page of what was found.

use std::path::PathBuf;

use emic::pipeline::{self, InFolderError, PipelineError, Withdrawn, read_study, run_in_folder};
use emic::report::write_page;
use emic::study::Study as EmicStudy;
use emic::table::{Findings, schema, table_frame};
use pyo3::prelude::*;

use crate::encoder::Encoder;
use crate::errors::Fault;
use crate::frames::Frame;
use crate::study::Study;
use crate::work::work;

/// A finished run in memory. Where the study has an output folder, everything is written there too.
#[pyclass(frozen, module = "emic._emic")]
pub(crate) struct Run {
    study: EmicStudy,
    findings: Findings,
}

#[pymethods]
impl Run {
    /// Runs a study. `encoder` is used instead of loading the study's model; it has to be that model.
    #[new]
    fn new(
        py: Python<'_>,
        study: &Study,
        encoder: Option<&Encoder>,
        models: Option<PathBuf>,
        threads: Option<usize>,
        forget: bool,
        told: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let Study { study, warnings } = study;
        let withdrawn = if forget { Withdrawn::Forgotten } else { Withdrawn::MovedAside };
        let findings = work(py, threads, told.as_ref(), |progress| {
            let load = || Encoder::load(&study.embed.model, study.embed.precision.name(), models.as_deref());
            let loaded = if encoder.is_none() { Some(load()?) } else { None };
            let Some(encoder) = encoder.or(loaded.as_ref()) else {
                return Err(Fault::new("there is no encoder", ""));
            };
            let native = encoder.native.as_ref();
            let read = || Ok(read_study(study, progress));
            let done = match study.output {
                Some(_) => run_in_folder(study, warnings.clone(), native, withdrawn, read, progress)
                    .map(|(findings, _)| findings),
                None => {
                    pipeline::run(study, native, progress).map_err(InFolderError::from).map(|mut findings| {
                        findings.problems.extend(warnings.iter().cloned());
                        findings.problems.sort();
                        findings
                    })
                }
            };
            done.map_err(|error| match error {
                InFolderError::Pipeline(PipelineError::NothingRead { problems }) => {
                    Fault::new("no transcript could be read", "").because_of(&problems)
                }
                error => error.into(),
            })
        })?;
        Ok(Self { study: study.clone(), findings })
    }

    /// Names of all tables.
    #[staticmethod]
    fn table_names() -> Vec<&'static str> {
        schema::TABLES.into_iter().map(|table| table.name).collect()
    }

    /// The table of this name; none where no table is called that.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Option<Frame>> {
        let frame = py.detach(|| table_frame(&self.findings, name)).transpose();
        Ok(frame.map_err(|error| Fault::from(error).raised(py))?.map(Frame::from))
    }

    /// The page, as HTML.
    fn page(&self, py: Python<'_>) -> PyResult<String> {
        let page = || -> Result<String, Fault> {
            let mut bytes = Vec::new();
            write_page(&mut bytes, &self.study, &self.findings)?;
            Ok(String::from_utf8(bytes)?)
        };
        py.detach(page).map_err(|fault| fault.raised(py))
    }

    /// The text for a paper, in Markdown.
    fn paper(&self, py: Python<'_>) -> String {
        py.detach(|| emic::report::paper(&self.study, &self.findings))
    }
}
