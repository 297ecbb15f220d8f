//! Problems of the cache: notes, since the results are the same without it, and a warning if it may contain
//! what it should not.

use crate::results::codes;
use std::io;

use transcripts::{Problem, Severity};

/// The source of the problems.
const SOURCE: &str = "cache of vectors";

pub(super) fn cannot_open(error: &io::Error) -> Problem {
    note(
        format!("The cache cannot be opened ({error}), so every text was embedded."),
        "Results are the same; make the folder `cache` in the output folder writable, or delete it, to save the time.",
    )
}

pub(super) fn in_use() -> Problem {
    note(
        "Another run is using the cache, so this one embedded every text itself.".to_owned(),
        "Results are the same; two runs at once need output folders of their own.",
    )
}

pub(super) fn cannot_read(error: &io::Error) -> Problem {
    note(
        format!("The cache cannot be read ({error}), so what it holds was embedded again."),
        "Results are the same; delete the folder `cache` in the output folder if this comes again.",
    )
}

pub(super) fn cannot_write(error: &io::Error) -> Problem {
    note(
        format!("The cache cannot be written ({error}), so the next run will embed again what this one did."),
        "Results are the same; is the disk full?",
    )
}

pub(super) fn cannot_shrink(error: &io::Error) -> Problem {
    let message =
        format!("Vectors that are of no use any more could not be taken out of the cache ({error}).");
    let hint = "Results are the same; if an interview was taken out of the study, delete the folder `cache` in the output folder.";
    Problem::new(Severity::Warning, SOURCE, message).with_code(codes::CACHE_UNUSED).with_hint(hint)
}

pub(super) fn set_aside(name: &str) -> Problem {
    note(
        format!("The cache was not what its name says, so a new one was begun; the old one is now {name}."),
        "It can be deleted.",
    )
}

pub(super) fn damaged(vectors: u64) -> Problem {
    note(
        format!("Vectors in the cache that were damaged and not used: {vectors}."),
        "Results are the same; if this comes again, the disk may be failing.",
    )
}

fn note(message: String, hint: &str) -> Problem {
    Problem::new(Severity::Note, SOURCE, message).with_code(codes::CACHE_UNUSED).with_hint(hint)
}
