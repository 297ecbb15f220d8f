//! Texts to vectors.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use emic::embed::{StageObserver, encode_distinct};
use emic::results::{Progress as _, Stage};
use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;
use sentence_encoder::{Encoder as _, NativeEncoder, Precision, Purpose, RandomModel, TokenCounter as _};

use crate::errors::Fault;
use crate::models::folder_of;
use crate::work::work;

/// A model in memory. It can be used by several threads at a time.
#[pyclass(frozen, module = "emic._emic")]
pub(crate) struct Encoder {
    pub(crate) native: Arc<NativeEncoder>,
    #[pyo3(get)]
    folder: PathBuf,
}

#[pymethods]
impl Encoder {
    #[new]
    #[pyo3(signature = (model, precision, models=None))]
    fn new(py: Python<'_>, model: &str, precision: &str, models: Option<PathBuf>) -> PyResult<Self> {
        py.detach(|| Self::load(model, precision, models.as_deref())).map_err(|fault| fault.raised(py))
    }

    #[getter]
    fn dimension(&self) -> usize {
        self.native.dimension()
    }

    #[getter]
    fn token_limit(&self) -> usize {
        self.native.token_limit()
    }

    #[getter]
    fn fingerprint(&self) -> &str {
        self.native.fingerprint()
    }

    #[getter]
    fn arithmetic(&self) -> &str {
        self.native.arithmetic()
    }

    /// Tokens of each text, the special ones included.
    fn count_tokens(&self, py: Python<'_>, texts: Vec<String>) -> Vec<usize> {
        py.detach(|| texts.iter().map(|text| self.native.count(text)).collect())
    }

    /// The vectors as an array of float32, which takes over the memory of the result.
    fn encode<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<String>,
        is_query: bool,
        threads: Option<usize>,
        told: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyArray2<f32>>> {
        let purpose = if is_query { Purpose::Query } else { Purpose::Passage };
        let vectors = work(py, threads, told.as_ref(), |progress| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            progress.begin(Stage::Embed, texts.len() as u64);
            let vectors = encode_distinct(self.native.as_ref(), &texts, purpose, &StageObserver(progress))?;
            progress.end();
            Ok(vectors)
        })?;
        Ok(vectors.into_pyarray(py))
    }
}

impl Encoder {
    /// The model of a name or folder.
    pub(crate) fn load(model: &str, precision: &str, models: Option<&Path>) -> Result<Self, Fault> {
        let precision = match precision {
            "int8" => Precision::Int8,
            "f32" => Precision::F32,
            other => {
                let message = format!("there is no precision `{other}`");
                return Err(Fault::new(message, "write \"int8\" or \"f32\""));
            }
        };
        let folder = folder_of(model, models)?;
        let native = Arc::new(NativeEncoder::load(&folder, precision)?);
        Ok(Self { native, folder })
    }
}

/// Writes a tiny model with random weights, for tests: its vectors mean nothing.
#[pyfunction]
pub(crate) fn write_random_model(py: Python<'_>, folder: PathBuf) -> PyResult<()> {
    let model = RandomModel { token_limit: 128, ..RandomModel::TINY };
    sentence_encoder::write_random_model(&folder, &model).map_err(|error| Fault::from(error).raised(py))
}
