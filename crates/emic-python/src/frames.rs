//! Tables on their way to Python: an object with Arrow's C stream, which Polars, pandas and pyarrow take without a copy.

use polars::prelude::{CompatLevel, DataFrame, PolarsError, SchemaExt as _};
use polars_arrow::array::{Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::export_iterator;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::errors::Fault;

/// A table.
#[pyclass(frozen, module = "emic._emic")]
pub(crate) struct Frame {
    frame: DataFrame,
}

impl From<DataFrame> for Frame {
    fn from(mut frame: DataFrame) -> Self {
        // Columns of several chunks are joined, so that the stream has one batch.
        frame.rechunk_mut();
        Self { frame }
    }
}

#[pymethods]
impl Frame {
    /// The interface of Arrow by capsules. What form the caller would like is not looked at, as the interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let schema = self.frame.schema().to_arrow(CompatLevel::newest());
        let kind = ArrowDataType::Struct(schema.iter_values().cloned().collect());
        let columns: Vec<Box<dyn Array>> = self
            .frame
            .columns()
            .iter()
            .map(|column| column.as_materialized_series().to_arrow(0, CompatLevel::newest()))
            .collect();
        let batch = StructArray::try_new(kind.clone(), self.frame.height(), columns, None)
            .map_err(|error| Fault::from(error).raised(py))?;
        let batch: Result<Box<dyn Array>, PolarsError> = Ok(Box::new(batch));
        let stream = export_iterator(Box::new(std::iter::once(batch)), Field::new("".into(), kind, false));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}
