//! The command `emic` in this process, so that the wheel holds the program once.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command line and returns its exit status. Ends the process itself after `--help` and where arguments cannot be understood.
#[pyfunction]
pub(crate) fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| emic::cli::main_with(arguments))
}
