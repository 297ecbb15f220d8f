//! The tables of a run.
//!
//! `schema` defines every table once; a file a table (or a few small ones) makes frames of [`Findings`]; `write` writes them
//! in each format. Polars is used in this folder only, and in the files that write others.

mod agreement;
mod calibration;
mod column_names;
mod columns;
mod contrasts;
mod corrected;
mod csv;
mod dictionary;
mod error;
mod excel;
#[cfg(test)]
pub(crate) mod excel_parts;
mod export;
mod findings;
mod finished;
#[cfg(test)]
pub(crate) mod fixture;
mod frame;
mod learned;
mod locator;
mod notes;
mod parameters;
mod parquet;
mod positions;
mod prevalence;
mod problems;
mod replace;
mod replacements;
mod saturation;
pub mod schema;
mod scores;
mod seeds;
mod segments;
mod texts;
mod themes;
mod transcripts;
mod trends;
mod write;

pub use agreement::{agreement_frame, disagreements_frame};
pub use calibration::calibration_frame;
pub(crate) use column_names::attribute_in_column;
pub use columns::{PageTable, PageTables, Values, page_tables};
pub use contrasts::contrasts_frame;
pub use corrected::{corrected_contrasts_frame, corrected_prevalence_frame};
pub(crate) use csv::{guarded, unguarded};
pub use dictionary::data_dictionary;
pub use error::TableError;
pub(crate) use excel::{fixed_properties, within_cell};
pub use export::{ExportError, export_csv, export_workbook};
pub use findings::Findings;
pub use finished::{FinishedError, FinishedRun, read_finished};
pub use learned::learned_frame;
pub use locator::locator;
pub use notes::notes_frame;
pub use parameters::parameters_frame;
pub use positions::{positions_frame, raised_frame};
pub use prevalence::{cooccurrence_frame, prevalence_frame};
pub use problems::problems_frame;
pub use replace::Digest;
pub(crate) use replace::{DigestWriter, replace_file};
pub use replacements::replacements_frame;
pub use saturation::saturation_frame;
pub use scores::{labels_frame, scores_frame};
pub use seeds::seeds_frame;
pub use segments::{embeddings_frame, segments_frame};
pub(crate) use texts::parquet_texts;
pub use themes::{clusters_frame, quotes_frame, themes_frame};
pub use transcripts::{transcripts_frame, turns_frame};
pub use trends::trends_frame;
pub(crate) use write::table_files;
pub use write::{Format, WrittenFile, WrittenTables, table_frame, write_tables};
