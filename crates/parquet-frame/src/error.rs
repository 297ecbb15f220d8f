//! What can go wrong with frames and their files.

use std::io;

use polars_error::PolarsError;

/// Why a frame could not be made, written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// Columns differ in length.
    #[error("the column `{column}` has {found} values where others have {expected}")]
    Length {
        /// The column.
        column: String,
        /// How many values it has.
        found: usize,
        /// How many the first column has.
        expected: usize,
    },
    /// Two columns have the same name.
    #[error("there are two columns called `{column}`")]
    Duplicate {
        /// The name.
        column: String,
    },
    /// A frame that is written has other columns than the first.
    #[error("a row group has other columns than the file")]
    Schema,
    /// The file cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The bytes are no Parquet file, or a damaged one.
    #[error("its Parquet structure is broken")]
    Broken,
    /// The file says that it has more cells than the reader takes.
    #[error("it has more than {limit} cells")]
    TooLarge {
        /// The most cells that were asked for.
        limit: usize,
    },
    /// The encoder or decoder says why not.
    #[error("{0}")]
    Parquet(String),
}

/// What the encoder or decoder says.
pub(crate) fn said(error: impl Into<PolarsError>) -> FrameError {
    FrameError::Parquet(error.into().to_string())
}
