//! Emic finds and compares the themes of large corpora of interview transcripts.
//!
//! Data flows one way. Each step is a folder, and [`pipeline::run`] is the one function that calls them in order:
//!
//! 1. **Study** ([`study`]): what the researcher asks for, and the codebook of seed themes.
//! 2. **Read** ([`transcripts`]): transcript files in many formats become transcripts and turns.
//! 3. **Segment** ([`segment`]): turns become passages, coded ones and the talk around them.
//! 4. **Embed** ([`embed`]): passages become vectors.
//! 5. **Cluster** ([`cluster`]): similar vectors become clusters.
//! 6. **Theme** ([`theme`]): scores and labels for the seed themes, emergent themes for the rest, quotes.
//! 7. **Compare** ([`compare`]): prevalence by group, differences between groups, themes that occur together.
//! 8. **Table, review, report** ([`table`], [`review`], [`report`]): tables, a codebook for people, a record of the run.
//!
//! # From transcripts to labels
//!
//! Settings are in a study file ([`study::Study::load`]), or a program makes a study with a builder, without files:
//!
//! ```
//! use emic::results::{Seed, NoProgress};
//! use emic::study::Study;
//! use sentence_encoder::{NativeEncoder, Precision, RandomModel, write_random_model};
//!
//! let study = Study::builder()
//!     .file_in_memory("P01.txt", "\
//! Interviewer: What keeps you from working with the community?
//! P01: I have sixty families and one morning a week, there is simply no time.
//! Interviewer: And what do you like about the work?
//! P01: My colleagues. We eat together on Fridays and somebody always brings a cake.
//! ")
//!     .interviewers(["Interviewer"])
//!     .codebook([Seed::new("workload", "Too few hours and too many cases.")])
//!     .build()?;
//!
//! // A model with random weights, whose labels mean nothing; for a real one: `emic models fetch all-MiniLM-L6-v2`.
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! write_random_model(folder, &RandomModel { token_limit: 128, ..RandomModel::TINY })?;
//! let encoder = NativeEncoder::load(folder, Precision::Int8)?;
//!
//! let findings = emic::pipeline::run(&study, &encoder, &NoProgress)?;
//! assert_eq!(findings.themes[0].name, "workload");
//! assert_eq!(findings.segments.len(), 2);
//! assert!(findings.segments[0].passage.text.starts_with("I have sixty families"));
//! for label in &findings.labels {
//!     println!("{}: {:.2}", findings.segments[label.segment.get()].id, label.confidence);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`label`] does the same for a list of texts that are no interviews. The five programs in `examples/` go on from here:
//! `read_transcripts`, `embed_texts`, `label_texts`, `compare_groups` and `write_project`. A run is stopped by
//! [`results::Progress::is_cancelled`], and rows of results are JSON by serde.
//!
//! Guarantees: the same study and files give the same bytes, whatever the order of files and the
//! number of threads; every quote is verbatim; a segment may carry no theme, one or several; and nothing that was
//! skipped is silent ([`transcripts::Problem`]).

pub use pipeline::{TextLabel, label};

pub mod cli;
pub mod cluster;
pub mod compare;
pub mod embed;
pub mod exchange;
pub mod pipeline;
pub mod record;
pub mod report;
pub mod results;
pub mod review;
pub mod segment;
pub mod storage;
pub mod study;
pub mod table;
pub mod theme;
