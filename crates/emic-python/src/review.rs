//! Samples for people to code, and coded sheets back.

use std::path::PathBuf;

use emic::cli::lock_run;
use emic::review::{DEFAULT_SEGMENTS, ImportError, SampleRequest, SampleSize, draw_sample, import_sheets};
use emic::table::{Findings, table_frame};
use pyo3::prelude::*;

use crate::errors::Fault;
use crate::frames::Frame;
use crate::work::work;

/// Number, folder, segments drawn, segments of the run; and for each coder the name and the file of the sheet.
type Drawn = (u32, PathBuf, usize, usize, Vec<(String, PathBuf)>);

/// Draws a sample of the finished run in the folder `out`.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "they are the request's fields")]
pub(crate) fn sample(
    py: Python<'_>,
    out: PathBuf,
    segments: Option<usize>,
    width: Option<f64>,
    interviews: Option<usize>,
    coders: Vec<String>,
    both: f64,
    uncertain: f64,
    all_themes: bool,
    seed: Option<u64>,
    next: bool,
) -> PyResult<Drawn> {
    work(py, None, None, |_| {
        let size = match (interviews, width) {
            (Some(interviews), _) => SampleSize::Interviews(interviews),
            (None, Some(width)) => SampleSize::Width(width),
            (None, None) => SampleSize::Segments(segments.unwrap_or(DEFAULT_SEGMENTS)),
        };
        let request = SampleRequest { size, coders, both, uncertain, all_themes, seed, next };
        let _lock = lock_run(&out).map_err(fault)?;
        let drawn = draw_sample(&out, &request)?;
        let sheets =
            drawn.coders.iter().map(|(coder, _, file)| (coder.clone(), drawn.folder.join(file))).collect();
        Ok((drawn.number, drawn.folder, drawn.segments, drawn.of, sheets))
    })
}

/// Takes coded sheets back: the rows that were used, and the table `problems`.
#[pyfunction]
pub(crate) fn take_codes(
    py: Python<'_>,
    out: PathBuf,
    sheets: Vec<PathBuf>,
    coder: Option<String>,
) -> PyResult<(usize, Frame)> {
    let (rows, frame) = work(py, None, None, |_| {
        let _lock = lock_run(&out).map_err(fault)?;
        let imported = import_sheets(&out, &sheets, coder.as_deref()).map_err(|error| {
            let problems = match &error {
                ImportError::NoSample { problems, .. } | ImportError::Nothing { problems } => {
                    problems.clone()
                }
                _ => Vec::new(),
            };
            Fault::from(error).because_of(&problems)
        })?;
        let findings = Findings { problems: imported.problems, ..Findings::default() };
        let frame = table_frame(&findings, "problems").transpose()?.unwrap_or_default();
        Ok((imported.rows, frame))
    })?;
    Ok((rows, frame.into()))
}

fn fault(error: anyhow::Error) -> Fault {
    match error.downcast::<emic::storage::OutputLockError>() {
        Ok(held) => held.into(),
        Err(error) => Fault::new(format!("{error:#}"), ""),
    }
}
