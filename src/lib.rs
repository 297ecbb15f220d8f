//! Emic finds and compares the themes of large corpora of interview transcripts.
//!
//! Data goes one way. Each step is a folder, and [`pipeline::run`] is the one function that takes them in order:
//!
//! 1. **Study** ([`study`]): what the researcher asks for, and the codebook of seed themes.
//! 2. **Read** ([`transcripts`]): transcript files in many formats become transcripts and turns.
//! 3. **Segment** ([`segment`]): turns become passages, coded ones and the talk around them.
//! 4. **Embed** ([`embed`]): passages become vectors.
//! 5. **Cluster** ([`cluster`]): vectors that lie together become clusters.
//! 6. **Theme** ([`theme`]): scores and labels for the seed themes, emergent themes for what they leave over, quotes.
//! 7. **Compare** ([`compare`]): prevalence by group, differences between groups, themes that come up together.
//! 8. **Table, review, report** ([`table`], [`review`], [`report`]): tables, a codebook for people, a record of the run.
//!
//! # From a transcript to labels
//!
//! (Compiled but not run by tests, because it fetches a model.)
//!
//! ```no_run
//! use emic::results::Silent;
//! use emic::embed::registry;
//! use emic::study::Study;
//! use sentence_encoder::models::ModelStore;
//! use sentence_encoder::{NativeEncoder, Precision};
//!
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! std::fs::write(folder.join("P01.txt"), "\
//! Interviewer: What keeps you from working with the community?
//! P01: I have sixty families and one morning a week, there is simply no time.
//! Interviewer: And what do you like about the work?
//! P01: My colleagues. We eat together on Fridays and somebody always brings a cake.
//! ")?;
//! std::fs::write(folder.join("codebook.toml"), r#"
//!     [[theme]]
//!     name = "workload"
//!     definition = "Too few hours and too many cases."
//! "#)?;
//! std::fs::write(folder.join("study.toml"), r#"
//!     [corpus]
//!     transcripts = ["*.txt"]
//!     interviewers = ["Interviewer"]
//!     [themes]
//!     codebook = "codebook.toml"
//! "#)?;
//!
//! // The model is fetched once; everything after it works without a network.
//! let registry = registry()?;
//! let entry = registry.find("all-MiniLM-L6-v2").ok_or("a known model")?;
//! let model = ModelStore { folders: vec!["models".into()] }.fetch(entry, &mut |_| ())?;
//! let encoder = NativeEncoder::load(&model, Precision::Int8)?;
//!
//! let (study, _) = Study::load(&folder.join("study.toml"))?;
//! let findings = emic::pipeline::run(&study, &encoder, &Silent)?;
//!
//! let label = &findings.labels[0];
//! assert_eq!(findings.themes[label.theme.get()].name, "workload");
//! assert!(findings.segments[label.segment.get()].passage.text.starts_with("I have sixty families"));
//! // Two segments are too few to say what is not about a theme (a problem says so), but the order is right.
//! assert!(findings.scores[[0, 0]] > findings.scores[[1, 0]]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is promised of the findings: the same study and files give the same bytes, whatever the order of files and the
//! number of threads; every quote is verbatim; a segment may carry no theme, one or several; and nothing that was
//! skipped is silent ([`transcripts::Problem`]).

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
