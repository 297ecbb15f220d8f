#![doc = include_str!("../README.md")]

mod colors;
mod description;
mod diagnostics;
mod guid;
mod loss;
mod names;
pub mod package;
mod project;
mod read;
mod span;
mod values;
mod write;

pub use colors::distinct_color;
pub use description::CodeDescription;
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use guid::Guid;
pub use loss::Loss;
pub use names::distinct_names;
pub use project::{
    Case, Code, CodeSet, Coding, Note, Project, Selection, TextSource, User, Value, Variable, VariableKind,
};
pub use read::{
    PlainDecoder, PositionReading, ProjectError, ReadProject, TextDecoder, TextError, read_qdc, read_qdpx,
    read_qdpx_file,
};
pub use span::CharSpan;
pub use write::{write_qdc, write_qdpx};
