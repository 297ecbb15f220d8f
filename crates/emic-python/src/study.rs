//! A study: from a study file, or from settings and what Python has in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use emic::results::{Codebook, Seed};
use emic::study::{InMemory, Study as EmicStudy, StudyError};
use pyo3::prelude::*;
use transcripts::{Problem, Role, Transcript, Turn};

use crate::errors::Fault;

/// A study that can be run.
#[pyclass(frozen, module = "emic._emic")]
pub(crate) struct Study {
    pub(crate) study: EmicStudy,
    pub(crate) warnings: Vec<Problem>,
}

/// Role, speaker, text, start and end in milliseconds.
type TurnRow = (String, String, String, Option<u64>, Option<u64>);
/// Id, turns and attributes.
type TranscriptRow = (String, Vec<TurnRow>, BTreeMap<String, String>);

#[pymethods]
impl Study {
    /// The study of a study file; `out` is another output folder than it names.
    #[staticmethod]
    #[pyo3(signature = (path, out=None))]
    fn load(py: Python<'_>, path: PathBuf, out: Option<PathBuf>) -> PyResult<Self> {
        let (mut study, warnings) =
            py.detach(|| EmicStudy::load(&path)).map_err(|error| Fault::from(error).raised(py))?;
        if let Some((out, output)) = out.zip(study.output.as_mut()) {
            output.directory = out;
        }
        Ok(Self { study, warnings })
    }

    /// The study of the sections of a study file as JSON. `codebook` is a list of themes as JSON. Without `out` nothing is written.
    #[staticmethod]
    fn build(
        py: Python<'_>,
        settings: &str,
        transcripts: Vec<TranscriptRow>,
        codebook: Option<&str>,
        out: Option<PathBuf>,
    ) -> PyResult<Self> {
        let built = || -> Result<Self, Fault> {
            let given = InMemory {
                transcripts: transcripts.into_iter().map(transcript).collect(),
                codebook: codebook.map(codebook_in).transpose()?,
            };
            let (mut study, warnings) = study_of(settings, given)?;
            study.output = study.output.zip(out).map(|(mut output, out)| {
                output.directory = out;
                output
            });
            Ok(Self { study, warnings })
        };
        built().map_err(|fault| fault.raised(py))
    }

    #[getter]
    fn title(&self) -> &str {
        &self.study.title
    }

    #[getter]
    fn file(&self) -> Option<PathBuf> {
        self.study.file.clone()
    }

    #[getter]
    fn out(&self) -> Option<PathBuf> {
        self.study.output.as_ref().map(|output| output.directory.clone())
    }

    #[getter]
    fn model(&self) -> &str {
        &self.study.embed.model
    }

    #[getter]
    fn precision(&self) -> &str {
        self.study.embed.precision.name()
    }

    #[getter]
    fn themes(&self) -> Vec<&str> {
        self.study.codebook.seeds.iter().map(|seed| seed.name.as_str()).collect()
    }
}

/// The study of settings as JSON, which have the sections and keys of a study file.
pub(crate) fn study_of(settings: &str, given: InMemory) -> Result<(EmicStudy, Vec<Problem>), Fault> {
    let sections: toml::Value = serde_json::from_str(settings)?;
    let text = toml::to_string(&sections)?;
    Ok(EmicStudy::from_text(&text, Path::new(""), given)?)
}

/// A codebook as JSON: a list of themes with all their fields.
pub(crate) fn codebook_in(json: &str) -> Result<Codebook, Fault> {
    let seeds: Vec<Seed> = serde_json::from_str(json)?;
    if seeds.is_empty() {
        return Err(StudyError {
            file: String::new(),
            line: None,
            message: "the codebook has no themes".to_owned(),
            hint: "give a list such as [{\"name\": \"workload\", \"definition\": \"Too many cases.\"}]"
                .to_owned(),
        }
        .into());
    }
    // Names are checked where the codebook is used.
    Ok(Codebook::from(seeds))
}

fn transcript((id, turns, attributes): TranscriptRow) -> Transcript {
    let turn = |(role, speaker, text, start_ms, end_ms): TurnRow| {
        let role = match role.as_str() {
            "interviewer" => Role::Interviewer,
            "other" => Role::Other,
            _ => Role::Participant,
        };
        Turn { start_ms, end_ms, ..Turn::new(role, speaker, text) }
    };
    Transcript { attributes, ..Transcript::new(id, turns.into_iter().map(turn)) }
}

/// The themes of a codebook file as JSON.
#[pyfunction]
pub(crate) fn codebook_of_file(py: Python<'_>, path: PathBuf) -> PyResult<String> {
    let read = || -> Result<String, Fault> {
        let (codebook, _) = Codebook::load(&path)?;
        Ok(serde_json::to_string(&codebook.seeds)?)
    };
    read().map_err(|fault| fault.raised(py))
}
