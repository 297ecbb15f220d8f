//! The Python module `emic._emic`: what the Python package needs of the library, and the command `emic`.
//!
//! A file for each part of the package's API. Only conversions are here: what is computed is the library's, and what is Python's own way
//! (arguments, adapters, progress bars) is in `python/emic`. The GIL is released while Rust works; see `work`.

#![expect(clippy::needless_pass_by_value, reason = "arguments come from Python as owned values")]

mod codes;
mod command;
mod encoder;
mod errors;
mod frames;
mod hints;
mod label;
mod models;
mod read;
mod refi;
mod review;
mod run;
mod study;
mod work;

use pyo3::prelude::*;

#[pymodule]
fn _emic(module: &Bound<'_, PyModule>) -> PyResult<()> {
    errors::add(module)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<encoder::Encoder>()?;
    module.add_class::<frames::Frame>()?;
    module.add_class::<run::Run>()?;
    module.add_class::<study::Study>()?;
    module.add_function(wrap_pyfunction!(codes::agreement, module)?)?;
    module.add_function(wrap_pyfunction!(codes::prevalence, module)?)?;
    module.add_function(wrap_pyfunction!(codes::corrected, module)?)?;
    module.add_function(wrap_pyfunction!(command::command, module)?)?;
    module.add_function(wrap_pyfunction!(encoder::write_random_model, module)?)?;
    module.add_function(wrap_pyfunction!(label::label, module)?)?;
    module.add_function(wrap_pyfunction!(models::model_folder, module)?)?;
    module.add_function(wrap_pyfunction!(models::models, module)?)?;
    module.add_function(wrap_pyfunction!(models::fetch, module)?)?;
    module.add_function(wrap_pyfunction!(read::read, module)?)?;
    module.add_function(wrap_pyfunction!(refi::read_project, module)?)?;
    module.add_function(wrap_pyfunction!(refi::write_project, module)?)?;
    module.add_function(wrap_pyfunction!(review::sample, module)?)?;
    module.add_function(wrap_pyfunction!(review::take_codes, module)?)?;
    module.add_function(wrap_pyfunction!(study::codebook_of_file, module)?)?;
    Ok(())
}
