//! `emic.EmicError`, with the hint apart from the message, and what the library's errors become.

use std::error::Error;

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use transcripts::Problem;

use crate::hints::hint;

create_exception!(emic, EmicError, PyException, "What went wrong, in a sentence; `hint` says what to do.");

/// Adds the exception to the module, with an empty hint as the default.
pub(crate) fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let kind = module.py().get_type::<EmicError>();
    kind.setattr("hint", "")?;
    module.add("EmicError", kind)
}

/// Why a call ends without a result.
#[derive(Debug)]
pub(crate) struct Fault {
    message: String,
    hint: String,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }

    /// The same because of these problems, which are told with it.
    pub(crate) fn because_of(mut self, problems: &[Problem]) -> Self {
        self.message.extend(problems.iter().map(|problem| format!("\n  {problem}")));
        self
    }

    /// As the exception.
    pub(crate) fn raised(self, py: Python<'_>) -> PyErr {
        let Self { message, hint } = self;
        let shown = if hint.is_empty() { message } else { format!("{message} ({hint})") };
        let error = EmicError::new_err(shown);
        match error.value(py).setattr("hint", hint) {
            Ok(()) => error,
            Err(other) => other,
        }
    }
}

impl<E: Error + 'static> From<E> for Fault {
    fn from(error: E) -> Self {
        let mut causes: Vec<String> = Vec::new();
        let mut hints: Vec<String> = Vec::new();
        let mut next: Option<&(dyn Error + 'static)> = Some(&error);
        while let Some(cause) = next {
            let said = cause.to_string();
            // Some errors repeat the words of their cause.
            if !causes.iter().any(|before| before.contains(&said)) {
                causes.push(said);
            }
            hints.extend(hint(cause).filter(|hint| !hint.is_empty()));
            next = cause.source();
        }
        hints.dedup();
        Self { message: causes.join(": "), hint: hints.join("; ") }
    }
}
