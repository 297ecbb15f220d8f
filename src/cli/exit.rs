//! The end of a command: the exit status that scripts rely on, and errors as shown to people.

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

impl Exit {
    /// As scripts see it.
    pub(super) fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::CannotRun => 1,
            Self::Skipped => 2,
        }
    }

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
