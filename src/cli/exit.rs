//! The end of a command: the exit status that scripts rely on, and errors as shown to people.

use std::process::ExitCode;

use super::hints::described;
use crate::study::StudyError;

/// Exit status of every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything was done.
    Done,
    /// Nothing could be done.
    CannotRun,
    /// Done, but files or rows were skipped; they are in the `problems` table.
    Skipped,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::CannotRun => 1,
            Exit::Skipped => 2,
        })
    }
}

impl Exit {
    /// Says on standard error why a command could not run.
    #[expect(clippy::print_stderr, reason = "the command line speaks here")]
    pub(super) fn from_error(error: &anyhow::Error) -> Self {
        eprintln!("error: {}", described(error));
        if let Some(study) = error.downcast_ref::<StudyError>().filter(|study| !study.hint.is_empty()) {
            eprintln!("hint: {}", study.hint);
        }
        Self::CannotRun
    }
}
