//! What can be done about an error, in words of the Python package; the command line has its own.

use std::error::Error;

use emic::exchange::ProjectImportError;
use emic::pipeline::{InFolderError, PipelineError};
use emic::record::OpenError;
use emic::review::{ImportError, SampleError};
use emic::storage::OutputLockError;
use emic::study::StudyError;
use sentence_encoder::models::FetchError;

/// The hint for one error of a chain.
pub(crate) fn hint(error: &(dyn Error + 'static)) -> Option<String> {
    let error = shown(error);
    (error.downcast_ref().map(|study: &StudyError| study.hint.clone()))
        .or_else(|| error.downcast_ref().map(on_lock))
        .or_else(|| error.downcast_ref().map(on_run))
        .or_else(|| error.downcast_ref().map(on_sample))
        .or_else(|| error.downcast_ref().map(on_sheets))
        .or_else(|| error.downcast_ref().map(on_fetching))
}

/// The error that is told: a transparent error is in the chain instead of its source.
fn shown<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    match error.downcast_ref() {
        Some(InFolderError::Lock(held)) => return held,
        Some(InFolderError::Pipeline(held)) => return shown(held),
        _ => {}
    }
    match error.downcast_ref() {
        Some(ProjectImportError::Run(held)) => return held,
        Some(ProjectImportError::Codes(held)) => return held,
        _ => {}
    }
    if let Some(PipelineError::Study(held)) = error.downcast_ref() {
        return held;
    }
    if let Some(SampleError::Run(held)) = error.downcast_ref() {
        return held;
    }
    error
}

fn on_lock(error: &OutputLockError) -> String {
    match error {
        OutputLockError::Busy { .. } => "wait until it is done, or give another folder as `out`".to_owned(),
        OutputLockError::Refused { .. } => "give another folder as `out`".to_owned(),
        _ => String::new(),
    }
}

fn on_run(error: &OpenError) -> String {
    match error {
        OpenError::NoRun { .. } => "give the output folder of a study that has been run".to_owned(),
        _ => String::new(),
    }
}

fn on_sample(error: &SampleError) -> String {
    match error {
        SampleError::NoThemes => "with `all_themes=True` the emergent ones are asked for too".to_owned(),
        SampleError::Coder { .. } => "give names such as `coders=[\"Ana\", \"Ben\"]`".to_owned(),
        SampleError::TooNarrow { narrowest, .. } => {
            format!("ask for `width={narrowest:.2}` or more, or for a number of `segments`")
        }
        _ => String::new(),
    }
}

fn on_sheets(error: &ImportError) -> String {
    match error {
        ImportError::NoSample { .. } => "draw one with `run.sample()`".to_owned(),
        _ => String::new(),
    }
}

fn on_fetching(FetchError { name, .. }: &FetchError) -> String {
    format!(
        "on a machine that reaches one of these, run `emic models fetch {name}`, and copy the folder {name} into models/ here"
    )
}
