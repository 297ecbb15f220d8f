//! Exchange with programs for qualitative analysis (NVivo, ATLAS.ti, MAXQDA and others), as projects and codebooks of REFI-QDA. The crate
//! `refi_qda` reads and writes the files; this module goes between them and a run.
//!
//! - out: `export` turns a finished run into a project (`codes` its themes into codes), and `exported` stores a copy of it;
//! - in: `import` takes a project back. `matching` pairs its codes and sources with those of the export, `changes` lists what was
//!   changed, and `answers` turns codings into answers about segments. `highlights` reads lists of coded passages instead;
//! - shared: `sources` finds the transcript of a source, `positions` converts between the texts of the two, and `withdrawn` removes
//!   transcripts from a stored export.

mod answers;
mod changes;
mod codes;
mod export;
mod exported;
mod highlights;
mod import;
mod lines;
mod matching;
mod positions;
mod sources;
mod withdrawn;

pub use answers::{CodingTarget, human_answers, read_human_answers};
pub use changes::{Change, ChangeKind, ChangesError, changes};
pub use export::{ExportInfo, MACHINE_USER, project_of};
pub use exported::store_export;
pub use highlights::is_list_of_highlights;
pub use import::{ProjectImport, ProjectImportError, import_highlights, import_project};
pub use positions::{TextAlignment, shown_text};
pub(crate) use withdrawn::export_without;

#[cfg(test)]
mod tests;
