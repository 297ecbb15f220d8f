//! Hints for errors in terms of commands and options, which the errors of the libraries do not name.

use std::error::Error;

use sentence_encoder::models::{FetchError, StoreError};
use transcripts::Problem;

use crate::exchange::ProjectImportError;
use crate::pipeline::{BrokenInvariant, InFolderError, MergeError, PipelineError};
use crate::record::OpenError;
use crate::results::codes;
use crate::review::{ImportError, SampleError};
use crate::storage::OutputLockError;

/// An error and its causes on one line, each with its hint.
pub(super) fn described(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(|cause| format!("{cause}{}", hint(cause))).collect();
    causes.join(": ")
}

/// A problem with what can be done about it.
pub(super) fn described_problem(problem: &Problem) -> String {
    if problem.code != codes::CODER_UNKNOWN {
        return problem.to_string();
    }
    let hint = format!("{}, or say it with --coder NAME", problem.hint);
    problem.clone().with_hint(hint).to_string()
}

fn hint(error: &(dyn Error + 'static)) -> String {
    let error = shown(error);
    (error.downcast_ref().map(on_lock))
        .or_else(|| error.downcast_ref().map(on_run))
        .or_else(|| error.downcast_ref().map(on_sample))
        .or_else(|| error.downcast_ref().map(on_sheets))
        .or_else(|| error.downcast_ref().map(on_project))
        .or_else(|| error.downcast_ref().map(on_parts))
        .or_else(|| error.downcast_ref().map(on_model))
        .or_else(|| error.downcast_ref().map(on_fetching))
        .or_else(|| {
            error.downcast_ref().map(|_: &BrokenInvariant| " (`emic --version` prints it)".to_owned())
        })
        .unwrap_or_default()
}

/// The error that is printed: a transparent error is in the chain instead of its source.
fn shown<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    match error.downcast_ref() {
        Some(MergeError::Lock(held)) => return held,
        Some(MergeError::Pipeline(held)) => return shown(held),
        _ => {}
    }
    match error.downcast_ref() {
        Some(ProjectImportError::Run(held)) => return held,
        Some(ProjectImportError::Codes(held)) => return held,
        _ => {}
    }
    match error.downcast_ref() {
        Some(InFolderError::Lock(held)) => return held,
        Some(InFolderError::Pipeline(held)) => return shown(held),
        _ => {}
    }
    if let Some(PipelineError::Broken(held)) = error.downcast_ref() {
        return held;
    }
    if let Some(SampleError::Run(held)) = error.downcast_ref() {
        return held;
    }
    error
}

fn on_lock(error: &OutputLockError) -> String {
    match error {
        OutputLockError::Busy { .. } => {
            " (wait until it is done, or choose another folder with --out)".to_owned()
        }
        OutputLockError::Refused { .. } => " (choose another folder with --out)".to_owned(),
        _ => String::new(),
    }
}

fn on_run(error: &OpenError) -> String {
    match error {
        OpenError::NoRun { .. } => {
            " (name the output folder of a study that `emic run` has finished)".to_owned()
        }
        _ => String::new(),
    }
}

fn on_sample(error: &SampleError) -> String {
    match error {
        SampleError::NoThemes => " (with --themes all the emergent ones are asked for too)".to_owned(),
        SampleError::Coder { .. } => " (give names such as --coders \"Ana, Ben\")".to_owned(),
        SampleError::TooNarrow { narrowest, .. } => {
            format!(" (ask for a --width of {narrowest:.2} or more, or for a number of --segments)")
        }
        _ => String::new(),
    }
}

fn on_sheets(error: &ImportError) -> String {
    match error {
        ImportError::NoSample { .. } => " (draw one with `emic review sample`)".to_owned(),
        _ => String::new(),
    }
}

fn on_project(error: &ProjectImportError) -> String {
    match error {
        ProjectImportError::NoExport { .. } => " (give people a project that `emic export` wrote from this \
            folder; the folder review/exported keeps a copy of each)"
            .to_owned(),
        ProjectImportError::NoCoder => " (say it with --coder NAME)".to_owned(),
        _ => String::new(),
    }
}

fn on_parts(error: &MergeError) -> String {
    match error {
        MergeError::NoParts { .. } => {
            " (make them with `emic run STUDY.toml --partition 1/8` to `8/8`)".to_owned()
        }
        MergeError::Missing { first, .. } => {
            format!(" (run `emic run STUDY.toml --partition {first}` and so on)")
        }
        MergeError::Damaged { part, .. } => {
            format!(" (delete its folder and run `emic run STUDY.toml --partition {part}` again)")
        }
        _ => String::new(),
    }
}

fn on_model(error: &StoreError) -> String {
    match error {
        StoreError::Missing { .. } => "; `emic models list` shows what there is".to_owned(),
        _ => String::new(),
    }
}

fn on_fetching(FetchError { name, .. }: &FetchError) -> String {
    format!(
        "\nOn a machine that reaches one of these, run `emic models fetch {name}`, copy the folder {name} into models/ here, and run `emic models verify {name}`."
    )
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::PathBuf;

    use anyhow::Context;

    use super::*;

    fn said(error: impl Error + Send + Sync + 'static) -> String {
        described(&anyhow::Error::from(error))
    }

    #[test]
    fn a_folder_that_is_in_use_or_cannot_be_written() {
        let folder = PathBuf::from("out");
        let busy = || OutputLockError::Busy { folder: folder.clone() };
        insta::assert_snapshot!(said(busy()), @"another run is writing to out (wait until it is done, or choose another folder with --out)");
        assert_eq!(said(MergeError::from(busy())), said(busy()));
        let refused = OutputLockError::Refused { folder, source: io::Error::other("no room") };
        let refused = Err::<(), _>(refused).context("the part cannot be made").unwrap_err();
        insta::assert_snapshot!(described(&refused), @"the part cannot be made: nothing can be written to out: no room (choose another folder with --out): no room");
    }

    #[test]
    fn a_model_that_is_not_there() {
        let missing = StoreError::Missing { name: "mine".to_owned(), folders: vec!["a".into(), "b".into()] };
        insta::assert_snapshot!(said(missing), @"there is no model called mine in a or b; `emic models list` shows what there is");
        let failures = vec![("folder x".to_owned(), "is empty".to_owned())];
        insta::assert_snapshot!(said(FetchError { name: "small".to_owned(), failures }), @r"
        the model small could not be fetched
          folder x: is empty
        On a machine that reaches one of these, run `emic models fetch small`, copy the folder small into models/ here, and run `emic models verify small`.
        ");
    }

    #[test]
    fn a_sample_that_cannot_be_drawn_or_coded() {
        let narrow = SampleError::TooNarrow {
            wanted: 0.05,
            segments: 24,
            theme: "workload".to_owned(),
            narrowest: 0.64,
            interviews: 12,
        };
        insta::assert_snapshot!(said(narrow), @"intervals of at most 0.05 cannot be had: with all 24 segments coded, that of `workload` would still be 0.64 wide, because people differ and there are 12 of them (ask for a --width of 0.64 or more, or for a number of --segments)");
        let coder =
            SampleError::Coder { name: "ana".to_owned(), reason: "would get the same file as another coder" };
        insta::assert_snapshot!(said(coder), @r#"the coder `ana` would get the same file as another coder (give names such as --coders "Ana, Ben")"#);
        insta::assert_snapshot!(said(SampleError::NoThemes), @"the run has no themes to ask for (with --themes all the emergent ones are asked for too)");
        let no_run = || OpenError::NoRun { out: "out".into(), source: io::Error::other("no run.json") };
        assert_eq!(said(SampleError::from(no_run())), said(no_run()));
        let no_sample = || ImportError::NoSample { out: "out".into(), problems: Vec::new() };
        insta::assert_snapshot!(said(no_sample()), @"out holds no sample that a sheet could be of (draw one with `emic review sample`)");
        assert_eq!(said(ProjectImportError::from(no_sample())), said(no_sample()));
        insta::assert_snapshot!(said(ProjectImportError::NoExport { out: "out".into() }), @"no export of out is known that this project could come from (give people a project that `emic export` wrote from this folder; the folder review/exported keeps a copy of each)");
        let problem =
            Problem::new(transcripts::Severity::Error, "a.csv", "nobody knows whose codes these are")
                .with_hint("call the file codes-NAME.xlsx as it was");
        assert_eq!(described_problem(&problem), problem.to_string());
        insta::assert_snapshot!(described_problem(&problem.with_code(codes::CODER_UNKNOWN)), @"error: a.csv: nobody knows whose codes these are (call the file codes-NAME.xlsx as it was, or say it with --coder NAME)");
    }

    #[test]
    fn parts_that_do_not_come_together() {
        let part = || "2/3".parse::<crate::storage::Partition>().unwrap();
        insta::assert_snapshot!(said(MergeError::NoParts { folder: "out/parts".into() }), @"there are no parts in out/parts (make them with `emic run STUDY.toml --partition 1/8` to `8/8`)");
        insta::assert_snapshot!(said(MergeError::Missing { parts: vec![part()], first: part() }), @"part 2/3 is missing (run `emic run STUDY.toml --partition 2/3` and so on)");
        insta::assert_snapshot!(said(MergeError::Damaged { part: part(), reason: "it is empty".to_owned() }), @"part 2/3 is damaged: it is empty (delete its folder and run `emic run STUDY.toml --partition 2/3` again)");
    }
}
