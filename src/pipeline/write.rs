//! Where findings become files: tables, the codebook for people, and what the run says of itself.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

use crate::cluster::ClusterCount;
use crate::corpus::{Problem, Progress, Severity};
use crate::embed::VectorsMade;
use crate::report::{self, Counts, FileDigest, Manifest, ModelUsed, StudyUsed};
use crate::review::{WorkbookError, write_codebook_workbook};
use crate::study::{Study, Unit};
use crate::table::{Findings, TableError, write_tables};

const WORKBOOK: &str = "codebook.xlsx";
const MANIFEST: &str = "run.json";

/// Why results could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The codebook for people.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// `run.json`, or an input that it tells the digest of.
    #[error("the record of the run cannot be written: {0}")]
    Manifest(#[from] io::Error),
}

/// Writes everything that a run leaves behind into the study's output folder: tables, `codebook.xlsx`, `run.json`.
///
/// `made` tells what made the vectors. What writing itself runs into, such as cells that a spreadsheet has to cut, is added to
/// the findings' problems; the `problems` table holds it too.
///
/// # Errors
/// [`WriteError`] when a file cannot be written; files that were written before it stay.
pub fn write(
    study: &Study,
    made: &VectorsMade,
    findings: &mut Findings,
    progress: &dyn Progress,
) -> Result<(), WriteError> {
    let directory = &study.output.directory;
    fs::create_dir_all(directory)?;
    findings.problems.extend(keep_edited_workbook(directory)?);

    let written = write_tables(findings, directory, &study.output.formats, progress)?;
    write_codebook_workbook(&directory.join(WORKBOOK), &study.title, findings, &study.codebook.seeds)?;
    findings.problems.extend(written.problems);

    let folder = study.file.parent().unwrap_or(Path::new(""));
    let digest = |path: &Path| FileDigest::read(folder, path);
    let study_used = StudyUsed {
        title: study.title.clone(),
        file: digest(&study.file)?,
        codebook: study.codebook.file.as_deref().map(digest).transpose()?,
        seed: study.seed,
    };
    let model = ModelUsed {
        name: study.embed.model.clone(),
        fingerprint: made.fingerprint.clone(),
        precision: study.embed.precision.name().to_owned(),
        engine: study.embed.engine.as_str().to_owned(),
        arithmetic: made.arithmetic.clone(),
        passages: made.passages,
        theme_texts: made.theme_texts,
    };
    // A file that could not be read has no digest; the problems table says why.
    let sources = study.read.files.iter().chain(&study.read.participants);
    let inputs = sources.filter_map(|source| digest(&source.path).ok()).collect();
    let counts = Counts::of(findings, study.read.files.len(), &findings.problems);
    let workbook = FileDigest::read(directory, &directory.join(WORKBOOK))?;
    let manifest =
        Manifest::new(study_used, model, settings(study), inputs, counts, &written.files, workbook);
    report::write_manifest(&directory.join(MANIFEST), &manifest)?;
    Ok(())
}

/// A workbook that somebody wrote into since the run that made it is kept under another name.
fn keep_edited_workbook(directory: &Path) -> io::Result<Option<Problem>> {
    let path = directory.join(WORKBOOK);
    if !path.is_file() {
        return Ok(None);
    }
    let before = fs::read(directory.join(MANIFEST)).ok();
    let recorded = before.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    if recorded
        .is_some_and(|manifest| FileDigest::read(directory, &path).is_ok_and(|now| now == manifest.workbook))
    {
        return Ok(None);
    }
    let free = (1..).map(|number| format!("codebook.edited-{number}.xlsx"));
    let Some(name) = free.into_iter().find(|name| !directory.join(name).exists()) else { return Ok(None) };
    fs::rename(&path, directory.join(&name))?;
    let message = format!("codebook.xlsx had been changed since the last run; it is kept as {name}");
    Ok(Some(Problem::new(Severity::Warning, WORKBOOK, message)))
}

/// Everything else that the result depends on, by the study file's section and key.
fn settings(study: &Study) -> BTreeMap<String, serde_json::Value> {
    let unit = match study.segment.unit {
        Unit::Turn => "turn",
        Unit::Sentence => "sentence",
        Unit::Window => "window",
        Unit::Topic => "topic",
    };
    let clusters = match study.cluster.count {
        ClusterCount::Auto => json!("auto"),
        ClusterCount::Exactly(count) => json!(count),
    };
    let pairs = [
        ("study.language", json!(study.language.as_deref().unwrap_or("auto"))),
        ("corpus.groups", json!(study.read.groups)),
        ("corpus.interviewers", json!(study.read.interviewers)),
        ("embed.device", json!(study.embed.device.to_string())),
        ("segment.unit", json!(unit)),
        ("segment.min_words", json!(study.segment.min_words)),
        ("segment.window_words", json!(study.segment.window_words)),
        ("cluster.method", json!(study.cluster.method.as_str())),
        ("cluster.clusters", clusters),
        ("themes.emergent", json!(study.emergent)),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
