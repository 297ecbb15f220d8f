//! Writes findings as files: tables, the codebook for people, the record of the run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::codebook_files::{
    CodebookFiles, codebook_files, is_edited, is_open, is_same_file, kept_name, open_elsewhere, run_before,
    was_kept,
};
use super::inputs::{Inputs, read_by};
use super::parameters::settings;
use super::part::remove_stale_parts;
use super::withdrawn::{Withdrawn, take_out};
use crate::embed::EmbeddingSummary;
use crate::record::{self, Counts, FileDigest, Manifest, ModelUsed, StudyUsed, TableFile, WrittenForPeople};
use crate::report::{self, PageError};
use crate::results::{Progress, Stage};
use crate::review::{DraftError, WorkbookError, write_codebook_draft, write_codebook_workbook};
use crate::storage::{StagedOutput, recover};
use crate::study::{NoOutputFolder, OutputPlan, Study};
use crate::table::{Findings, Format, TableError, replace_file, table_files, write_tables};

/// The record of a run, in the output folder.
pub(super) const MANIFEST: &str = "run.json";
/// The text for a paper, in the output folder.
pub const PAPER: &str = "paper.md";
/// The page to look at, in the output folder.
pub const PAGE: &str = "report.html";

/// Why results could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The study has no output folder.
    #[error(transparent)]
    NoOutputFolder(#[from] NoOutputFolder),
    /// The run was stopped; see [`Progress::is_cancelled`].
    #[error("the run was cancelled")]
    Cancelled,
    /// A table.
    #[error(transparent)]
    Table(TableError),
    /// The codebook for people.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The drafted codebook.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The page.
    #[error(transparent)]
    Page(#[from] PageError),
    /// `run.json`.
    #[error("the record of the run cannot be written: {0}")]
    Manifest(#[from] io::Error),
}

impl From<TableError> for WriteError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Cancelled => Self::Cancelled,
            error => Self::Table(error),
        }
    }
}

fn go_on(progress: &dyn Progress) -> Result<(), WriteError> {
    if progress.is_cancelled() { Err(WriteError::Cancelled) } else { Ok(()) }
}

/// Writes all results into the study's output folder: tables, the codebook as workbook and as draft (see [`codebook_files`]), the
/// text for a paper, the page, `run.json`.
///
/// `inputs` are the files as they were when the run began, `made` how the vectors were made. Files that were changed meanwhile,
/// and problems of writing, such as cells that a spreadsheet has to cut, are added to the findings' problems; the
/// `problems` table has them too.
///
/// The files appear together when all are written; see [`StagedOutput`]. Then files of no use are removed: tables of formats that
/// are not asked for any more and parts that do not fit the study. Files that people edited and that hold words that are not in
/// the study any more are handled as `withdrawn` says. Returns the paths of the codebooks.
///
/// # Errors
/// [`WriteError`] when a file cannot be written, or `progress` is cancelled; the results of the run before stay as they are.
pub fn write(
    study: &Study,
    inputs: &Inputs,
    made: &EmbeddingSummary,
    findings: &mut Findings,
    withdrawn: Withdrawn,
    progress: &dyn Progress,
) -> Result<CodebookFiles, WriteError> {
    let output = study.output_plan()?;
    let written = write_into(output, study, inputs, made, findings, withdrawn, progress);
    if matches!(written, Err(WriteError::Cancelled)) {
        // Removes what is half written.
        recover(&output.directory)?;
    }
    written
}

fn write_into(
    output: &OutputPlan,
    study: &Study,
    inputs: &Inputs,
    made: &EmbeddingSummary,
    findings: &mut Findings,
    withdrawn: Withdrawn,
    progress: &dyn Progress,
) -> Result<CodebookFiles, WriteError> {
    let OutputPlan { directory, formats } = output;
    go_on(progress)?;
    let mut staged = StagedOutput::begin(directory)?;
    remove_left_over(directory)?;
    let codebooks = codebook_files(study, directory);
    findings.problems.extend(inputs.changed(study));
    findings.problems.extend(open_elsewhere(study, directory));
    findings.problems.extend(remove_stale_parts(study, directory, &findings.corpus, &made.fingerprint));
    let before = run_before(&directory.join(MANIFEST));
    let (replaced, edited) = replaced(study, directory, &codebooks, formats, before.as_ref());
    let machine_made = files_of_a_run(&codebooks, formats)
        .chain(replaced.iter().cloned())
        .filter(|path| !edited.contains(path))
        .collect();
    findings.problems.extend(take_out(study, directory, &findings.corpus, &machine_made, withdrawn));
    for path in &replaced {
        staged.replace(&directory.join(path), &kept_name(&directory.join(path)))?;
    }
    for path in edited.iter().map(|path| directory.join(path)).filter(|path| path.is_file()) {
        let kept = kept_name(&path);
        staged.keep(&path, &kept);
        findings.problems.push(was_kept(&path, &kept));
    }

    let beside = staged.folder().to_owned();
    let within = |path: &Path| beside.join(path.file_name().unwrap_or_default());
    let (workbook, draft, page) = (within(&codebooks.workbook), within(&codebooks.draft), beside.join(PAGE));
    let written = write_tables(findings, &beside, formats, progress)?;
    write_codebook_workbook(&workbook, &study.title, findings, &study.codebook.seeds)?;
    write_codebook_draft(&draft, &study.title, findings, &study.codebook.seeds)?;
    findings.problems.extend(written.problems);
    let paper = report::paper(study, findings);
    replace_file::<io::Error>(&beside.join(PAPER), |writer| writer.write_all(paper.as_bytes()))?;

    progress.begin(Stage::Page, 1);
    replace_file::<PageError>(&page, |writer| report::write_page(writer, study, findings))?;
    progress.advance(1);
    progress.end();

    let (file, codebook, read) = inputs.digests();
    let study_used = StudyUsed { title: study.title.clone(), file, codebook, seed: study.seed };
    let model = ModelUsed {
        name: study.embed.model.clone(),
        fingerprint: made.fingerprint.clone(),
        precision: study.embed.precision.name().to_owned(),
        engine: study.embed.engine.as_str().to_owned(),
        arithmetic: made.arithmetic.clone(),
        passages: made.passages,
        theme_texts: made.theme_texts,
    };
    let counts = Counts::of(findings, study.read.files.len(), &findings.problems);
    let written_for_people = WrittenForPeople {
        workbook: FileDigest::read(&beside, &workbook)?,
        draft: FileDigest::read(&beside, &draft)?,
        page: FileDigest::read(&beside, &page)?,
    };
    let manifest =
        Manifest::new(study_used, model, settings(study), read, counts, &written.files, written_for_people);
    record::write_manifest(&beside.join(MANIFEST), &manifest)?;
    go_on(progress)?;
    // What somebody saved while this run was writing.
    let saved = staged.publish(MANIFEST)?;
    findings.problems.extend(saved.iter().map(|(path, kept)| was_kept(path, kept)));
    Ok(codebooks)
}

/// The files that a run writes, relative to the output folder.
fn files_of_a_run(codebooks: &CodebookFiles, formats: &[Format]) -> impl Iterator<Item = PathBuf> {
    let codebooks = codebooks.all().map(|path| PathBuf::from(path.file_name().unwrap_or_default()));
    let others = [MANIFEST, PAPER, PAGE].map(PathBuf::from);
    table_files(formats).chain(codebooks).chain(others)
}

/// The files that this run writes or removes: those that are as the run before left them, and edited ones that a run would
/// overwrite. Tables are always overwritten: they are not meant to be edited.
fn replaced(
    study: &Study,
    directory: &Path,
    codebooks: &CodebookFiles,
    formats: &[Format],
    before: Option<&Manifest>,
) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let now: BTreeSet<PathBuf> = files_of_a_run(codebooks, formats).collect();
    let codebooks = codebooks.all().map(|path| PathBuf::from(path.file_name().unwrap_or_default()));
    let recorded: BTreeMap<PathBuf, FileDigest> = before.map(recorded_files).unwrap_or_default();
    let (mut replaced, mut edited) = (Vec::new(), Vec::new());
    let is_read = |path: &Path| {
        let inputs = study.codebook.file.iter().cloned().chain(read_by(study));
        inputs.into_iter().any(|input| is_same_file(&input, &directory.join(path)))
    };
    let stale =
        recorded.keys().filter(|path| !now.contains(*path) && is_inside(path) && !is_read(path.as_path()));
    for path in codebooks.iter().chain(stale) {
        let whole = directory.join(path);
        if is_edited(directory, &whole, recorded.get(path)) {
            // Files of no use to this run stay.
            edited.extend(codebooks.contains(path).then(|| path.clone()));
        } else if whole.is_file() && !is_open(&whole) {
            replaced.push(path.clone());
        }
    }
    (replaced, edited)
}

/// The files of a run that only people who look through a codebook may edit.
fn recorded_files(run: &Manifest) -> BTreeMap<PathBuf, FileDigest> {
    let table = |file: &TableFile| FileDigest {
        path: file.path.clone(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
    };
    let codebooks = [Some(run.workbook.clone()), run.draft.clone()];
    let all = run.tables.iter().map(table).chain(codebooks.into_iter().flatten());
    all.map(|file| (PathBuf::from(&file.path), file)).collect()
}

fn is_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, Component::Normal(_)))
}

/// Removes what a killed command left half written.
fn remove_left_over(directory: &Path) -> io::Result<()> {
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_partial = name.starts_with('.') && name.ends_with(".partial");
            match entry.file_type()?.is_dir() {
                true if is_partial => fs::remove_dir_all(entry.path())?,
                true if folder != *directory || ["tables", "review"].contains(&name.as_str()) => {
                    folders.push(entry.path());
                }
                false if is_partial => fs::remove_file(entry.path())?,
                _ => {}
            }
        }
    }
    Ok(())
}
