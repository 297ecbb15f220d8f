//! Hints for errors in terms of commands and options, which the errors of the libraries do not name.

use std::error::Error;

use sentence_encoder::models::{FetchError, StoreError};

use crate::pipeline::MergeError;
use crate::storage::OutputLockError;

/// An error and its causes on one line, each with its hint.
pub(super) fn described(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(|cause| format!("{cause}{}", hint(cause))).collect();
    causes.join(": ")
}

fn hint(error: &(dyn Error + 'static)) -> String {
    // A transparent error is in the chain instead of its source.
    let lock = match error.downcast_ref() {
        Some(MergeError::Lock(lock)) => Some(lock),
        _ => error.downcast_ref(),
    };
    match lock {
        Some(OutputLockError::Busy { .. }) => {
            return " (wait until it is done, or choose another folder with --out)".to_owned();
        }
        Some(OutputLockError::Refused { .. }) => return " (choose another folder with --out)".to_owned(),
        _ => {}
    }
    if let Some(StoreError::Missing { .. }) = error.downcast_ref() {
        return "; `emic models list` shows what there is".to_owned();
    }
    match error.downcast_ref() {
        Some(FetchError { name, .. }) => format!(
            "\nOn a machine that reaches one of these, run `emic models fetch {name}`, copy the folder {name} into models/ here, and run `emic models verify {name}`."
        ),
        None => String::new(),
    }
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
}
