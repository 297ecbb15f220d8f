//! A study in parts: what one machine does of it, and merging the parts.
//!
//! A part reads, cuts and embeds whole interviews and leaves its caches in a folder of its own. Merging checks that the parts fit
//! and gives the caches to an ordinary run, so that the result has the same bytes as that of one machine.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sentence_encoder::{Purpose, SentenceEncoder};
use serde::{Deserialize, Serialize};
use transcripts::{Corpus, Problem, Reading, Severity};

use super::{CUTS, PipelineError, go_on, read_study, stage_cache};
use crate::embed::{CACHE_FOLDER, CachedEncoder, StageObserver, add_cache, encode_distinct};
use crate::results::{Progress, Stage, codes};
use crate::segment::{self, SegmentationCache};
use crate::storage::{OutputLockError, Partition, StageCacheKey, StagedOutput, lock_output};
use crate::study::{NoOutputFolder, Study};
use crate::table::replace_file;

/// Folder of the parts inside the output folder.
const PARTS: &str = "parts";
/// The record of a part; where it exists, the part is complete.
const RECORD: &str = "part.json";
/// Texts that are embedded at a time.
const AT_ONCE: usize = 1 << 16;

/// The record of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRecord {
    /// The number of the part.
    pub part: Partition,
    /// Version of the program.
    pub version: String,
    /// Digest of the model's files.
    pub model: String,
    /// The arithmetic of the vectors.
    pub arithmetic: String,
    /// Digest of each interview by its id: of its words and its passages.
    pub interviews: BTreeMap<String, String>,
    /// Passages of these interviews.
    pub passages: u64,
}

/// Why parts cannot be merged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// There are no parts.
    #[error("there are no parts in {}", folder.display())]
    NoParts {
        /// The folder.
        folder: PathBuf,
    },
    /// The parts are of different divisions.
    #[error("{} holds parts of {one} and parts of {other}: delete the folders that are of no use any more", folder.display())]
    Divisions {
        /// The folder.
        folder: PathBuf,
        /// How many parts one division has.
        one: u32,
        /// How many another has.
        other: u32,
    },
    /// Some parts are missing or incomplete.
    #[error("{} missing", named(parts))]
    Missing {
        /// Their numbers.
        parts: Vec<Partition>,
        /// The first of them.
        first: Partition,
    },
    /// A part's record cannot be read.
    #[error("part {part} is damaged: {reason}")]
    Damaged {
        /// The part.
        part: Partition,
        /// What is wrong.
        reason: String,
    },
    /// A part was made by another version, model or arithmetic.
    #[error("part {part} was made with another {what} ({theirs}, here {ours}); make it again with this one")]
    MadeOtherwise {
        /// The part.
        part: Partition,
        /// What differs.
        what: &'static str,
        /// In the part.
        theirs: String,
        /// Here.
        ours: String,
    },
    /// An interview has changed since its part was made, or is in no part.
    #[error("{}: the parts do not fit the study as it is now (make part {part} again)", interview(id, *known))]
    Interview {
        /// Its id.
        id: String,
        /// The part that it is in.
        part: Partition,
        /// Whether the part has it.
        known: bool,
    },
    /// A part has an interview that the study does not have, or that belongs to another part.
    #[error("part {part} holds {id}, which is not for it or not in the study any more (make the part again)")]
    Stranger {
        /// The part.
        part: Partition,
        /// The interview's id.
        id: String,
    },
    /// The caches of a part cannot be read or copied.
    #[error("what is in {} cannot be taken over: {source}", folder.display())]
    TakeOver {
        /// The part's folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A part is being made by another process.
    #[error(transparent)]
    Lock(#[from] OutputLockError),
    /// The study has no output folder.
    #[error(transparent)]
    NoOutputFolder(#[from] NoOutputFolder),
    /// Running the study failed.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

fn named(parts: &[Partition]) -> String {
    let names: Vec<String> = parts.iter().take(5).map(ToString::to_string).collect();
    let (of_more, verb) =
        (if parts.len() > 5 { ", …" } else { "" }, if parts.len() == 1 { "is" } else { "are" });
    format!("{} {}{of_more} {verb}", if parts.len() == 1 { "part" } else { "parts" }, names.join(", "))
}

fn interview(id: &str, known: bool) -> String {
    if known { format!("{id} has changed") } else { format!("{id} is in no part") }
}

/// The folder of a part of the study that writes to the folder `out`.
pub fn part_folder(out: &Path, part: Partition) -> PathBuf {
    out.join(PARTS).join(part.folder())
}

/// Runs one part of a study: reads it, cuts and embeds its interviews, and leaves the caches in [`part_folder`]. A part that was
/// stopped continues where it was.
///
/// # Errors
/// [`PipelineError`] when nothing can be read, the encoder fails, the part's folder cannot be written, or `progress` is cancelled.
pub fn run_part(
    study: &Study,
    encoder: &dyn SentenceEncoder,
    part: Partition,
    progress: &dyn Progress,
) -> Result<PartRecord, PipelineError> {
    let folder = part_folder(&study.output_plan()?.directory, part);
    let refused = |source| PipelineError::Scratch { folder: folder.clone(), source };
    let Reading { mut corpus, problems, .. } = read_study(study, progress);
    go_on(progress)?;
    if corpus.transcripts.is_empty() {
        return Err(PipelineError::NothingRead { problems });
    }
    corpus.transcripts.retain(|transcript| part.holds(&transcript.id));
    let languages = segment::languages(&corpus, study.language.as_deref());
    let mut cuts = stage_cache(Some(&folder.join(CACHE_FOLDER)), CUTS);
    let known = SegmentationCache { kept: &mut cuts, model: encoder.fingerprint() };
    let passages = segment::passages(&corpus, &languages, study.segment, encoder, known, progress);
    go_on(progress)?;
    cuts.finish();

    let cached = CachedEncoder::new(encoder, &folder);
    let normal = segment::normal_texts(&passages);
    let texts: Vec<&str> = normal.iter().map(AsRef::as_ref).collect();
    progress.begin(Stage::Embed, texts.len() as u64);
    for some in texts.chunks(AT_ONCE) {
        encode_distinct(&cached, some, Purpose::Passage, &StageObserver(progress))?;
    }
    progress.end();
    let (_, problems) = cached.finish();
    if let Some(problem) = problems.first() {
        // Elsewhere a run can do without its cache; here the cache is the result.
        return Err(refused(io::Error::other(problem.message.clone())));
    }

    let digests = segment::cut_digests(&corpus, &languages, study.segment, encoder.fingerprint());
    let ids = corpus.transcripts.iter().map(|transcript| transcript.id.clone());
    let record = PartRecord {
        part,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: encoder.fingerprint().to_owned(),
        arithmetic: encoder.arithmetic().to_owned(),
        interviews: ids.zip(digests.iter().map(hexadecimal)).collect(),
        passages: passages.len() as u64,
    };
    let staged = StagedOutput::begin(&folder).map_err(refused)?;
    let written = serde_json::to_vec_pretty(&record).map_err(|error| refused(error.into()))?;
    replace_file::<io::Error>(&staged.folder().join(RECORD), |file| file.write_all(&written))
        .map_err(refused)?;
    staged.publish(RECORD).map_err(refused)?;
    Ok(record)
}

/// Checks that the parts of a study fit together and to the study as it is now, and copies their caches, so that a run of the study
/// uses them. Returns what was read, and the number of parts.
///
/// # Errors
/// [`MergeError`], with what to do.
pub fn merge_parts(
    study: &Study,
    encoder: &dyn SentenceEncoder,
    progress: &dyn Progress,
) -> Result<(Reading, u32), MergeError> {
    let out = &study.output_plan()?.directory;
    let records = records(&out.join(PARTS))?;
    let ours = [env!("CARGO_PKG_VERSION"), encoder.fingerprint(), encoder.arithmetic()];
    for record in records.values() {
        let theirs = [&record.version, &record.model, &record.arithmetic];
        for ((what, theirs), ours) in
            ["version of Emic", "model", "arithmetic"].into_iter().zip(theirs).zip(ours)
        {
            if theirs != ours {
                let (part, theirs, ours) = (record.part, theirs.clone(), ours.to_owned());
                return Err(MergeError::MadeOtherwise { part, what, theirs, ours });
            }
        }
    }
    let reading = read_study(study, progress);
    go_on(progress)?;
    check_interviews(study, encoder, &reading, &records)?;
    let to = out.join(CACHE_FOLDER);
    let mut cuts = stage_cache(Some(&to), CUTS);
    for part in records.keys() {
        let folder = part_folder(out, *part);
        // Locked, so that nobody makes it again meanwhile.
        let _lock = lock_output(&folder)?;
        let from = folder.join(CACHE_FOLDER);
        add_cache(encoder, &from, &to)
            .and_then(|()| cuts.add_from(&from.join("cuts.bin")))
            .map_err(|source| MergeError::TakeOver { folder, source })?;
    }
    Ok((reading, records.len() as u32))
}

/// Removes the parts of a study with interviews that are not in it any more or have changed: they could not be merged, and hold
/// vectors of words that may have been withdrawn. Incomplete parts, whose contents are unknown, are removed too; parts that
/// are being made are not.
pub(super) fn remove_stale_parts(study: &Study, out: &Path, corpus: &Corpus, model: &str) -> Vec<Problem> {
    let folder = out.join(PARTS);
    let parts = parts_in(&folder);
    if parts.is_empty() {
        return Vec::new();
    }
    let languages = segment::languages(corpus, study.language.as_deref());
    let digests = segment::cut_digests(corpus, &languages, study.segment, model);
    let ids = corpus.transcripts.iter().map(|transcript| transcript.id.as_str());
    let now: BTreeMap<&str, String> = ids.zip(digests.iter().map(hexadecimal)).collect();
    let mut problems = Vec::new();
    for part in parts {
        let part_folder = folder.join(part.folder());
        let record: Option<PartRecord> =
            fs::read(part_folder.join(RECORD)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let fits = record.is_some_and(|record| {
            record.interviews.iter().all(|(id, digest)| now.get(id.as_str()) == Some(digest))
        });
        if fits {
            continue;
        }
        let removed = match lock_output(&part_folder) {
            Ok(_lock) => fs::remove_dir_all(&part_folder).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let source = format!("{PARTS}/{}", part.folder());
        problems.push(match removed {
            Ok(()) => {
                let message = "this part did not fit the study as it is now, and was removed";
                Problem::new(Severity::Note, source, message).with_code(codes::PART_STALE)
            }
            Err(why) => {
                let message =
                    format!("this part does not fit the study as it is now and cannot be removed: {why}");
                Problem::new(Severity::Warning, source, message)
                    .with_code(codes::PART_STALE)
                    .with_hint("delete its folder; it may hold vectors of what is not in the study any more")
            }
        });
    }
    // The folder is for parts alone.
    let _ = fs::remove_dir(&folder);
    problems
}

/// The parts that have folders, in order.
fn parts_in(folder: &Path) -> Vec<Partition> {
    let mut found: Vec<Partition> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.replace("-of-", "/").parse().ok())
        .collect();
    found.sort();
    found
}

/// The records of the parts in a folder: all parts of one division.
fn records(folder: &Path) -> Result<BTreeMap<Partition, PartRecord>, MergeError> {
    let found = parts_in(folder);
    let (Some(first), Some(other)) =
        (found.first(), found.iter().find(|part| part.of() != found[0].of()).or(found.first()))
    else {
        return Err(MergeError::NoParts { folder: folder.to_owned() });
    };
    let (one, other) = (first.of(), other.of());
    if one != other {
        return Err(MergeError::Divisions { folder: folder.to_owned(), one, other });
    }
    let is_whole = |part: &Partition| folder.join(part.folder()).join(RECORD).is_file();
    let missing: Vec<Partition> = Partition::all(one).filter(|part| !is_whole(part)).collect();
    if let Some(&first) = missing.first() {
        return Err(MergeError::Missing { parts: missing, first });
    }
    let record = |part: Partition| {
        let damaged = |reason: String| MergeError::Damaged { part, reason };
        let bytes =
            fs::read(folder.join(part.folder()).join(RECORD)).map_err(|error| damaged(error.to_string()))?;
        let record: PartRecord =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if record.part == part {
            Ok((part, record))
        } else {
            Err(damaged("it says that it is another".to_owned()))
        }
    };
    Partition::all(one).map(record).collect()
}

/// Checks that every interview of the study is in its part as it is now, and no part has another.
fn check_interviews(
    study: &Study,
    encoder: &dyn SentenceEncoder,
    reading: &Reading,
    records: &BTreeMap<Partition, PartRecord>,
) -> Result<(), MergeError> {
    let corpus = &reading.corpus;
    let languages = segment::languages(corpus, study.language.as_deref());
    let digests = segment::cut_digests(corpus, &languages, study.segment, encoder.fingerprint());
    let mut left: BTreeMap<&str, Partition> = BTreeMap::new();
    for (part, record) in records {
        for id in record.interviews.keys() {
            if left.insert(id, *part).is_some() || !part.holds(id) {
                return Err(MergeError::Stranger { part: *part, id: id.clone() });
            }
        }
    }
    for (transcript, digest) in corpus.transcripts.iter().zip(&digests) {
        let id = &transcript.id;
        let part = Partition::of_interview(id, records.len() as u32);
        let known = records.get(&part).and_then(|record| record.interviews.get(id));
        if known != Some(&hexadecimal(digest)) {
            return Err(MergeError::Interview { id: id.clone(), part, known: known.is_some() });
        }
        left.remove(id.as_str());
    }
    match left.into_iter().next() {
        Some((id, part)) => Err(MergeError::Stranger { part, id: id.to_owned() }),
        None => Ok(()),
    }
}

fn hexadecimal(digest: &StageCacheKey) -> String {
    data_encoding::HEXLOWER.encode(digest)
}
