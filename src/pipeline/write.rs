//! Where findings become files: tables, the codebook for people, and what the run says of itself.

use std::io::{self, Write as _};
use std::path::Path;

use super::inputs::Inputs;
use super::parameters::settings;
use super::places::{codebook_places, edited, run_before};
use crate::corpus::{Problem, Progress, Severity, Stage};
use crate::embed::VectorsMade;
use crate::report::{self, Counts, FileDigest, Manifest, ModelUsed, PageError, StudyUsed, WrittenForPeople};
use crate::review::{DraftError, WorkbookError, write_codebook_draft, write_codebook_workbook};
use crate::scale::Unfinished;
use crate::study::Study;
use crate::table::{Findings, TableError, replace_file, write_tables};

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
    /// A table.
    #[error(transparent)]
    Table(#[from] TableError),
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

/// Writes everything that a run leaves behind into the study's output folder: tables, the codebook as
/// workbook and as draft (see [`codebook_places`]), the text for a paper, the page, `run.json`.
///
/// `inputs` are the files as they were when the run began, `made` tells what made the vectors. Which files were changed meanwhile,
/// and what writing itself runs into, such as cells that a spreadsheet has to cut, is added to
/// the findings' problems; the `problems` table holds it too.
///
/// The files take their places together when all are written; see [`Unfinished`].
///
/// # Errors
/// [`WriteError`] when a file cannot be written; the results of the run before stay as they are.
pub fn write(
    study: &Study,
    inputs: &Inputs,
    made: &VectorsMade,
    findings: &mut Findings,
    progress: &dyn Progress,
) -> Result<(), WriteError> {
    let directory = &study.output.directory;
    let mut unfinished = Unfinished::begin(directory)?;
    let places = codebook_places(study);
    findings.problems.extend(inputs.changed(study));
    let before = run_before(&directory.join(MANIFEST));
    findings.problems.extend(before.as_ref().and_then(|run| left_over(study, run)));
    let workbook_before = before.as_ref().map(|run| &run.workbook);
    let draft_before = before.as_ref().and_then(|run| run.draft.as_ref());
    for (place, before) in [(&places.workbook, workbook_before), (&places.draft, draft_before)] {
        if let Some((kept, problem)) = edited(place, before) {
            unfinished.keep(place, &kept);
            findings.problems.push(problem);
        }
    }

    let beside = unfinished.folder().to_owned();
    let within = |place: &Path| beside.join(place.file_name().unwrap_or_default());
    let (workbook, draft, page) = (within(&places.workbook), within(&places.draft), beside.join(PAGE));
    let written = write_tables(findings, &beside, &study.output.formats, progress)?;
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
    report::write_manifest(&beside.join(MANIFEST), &manifest)?;
    unfinished.publish(MANIFEST)?;
    Ok(())
}

/// Says when the output folder holds files of a run that hid less: this one does not write all of them anew.
fn left_over(study: &Study, before: &Manifest) -> Option<Problem> {
    const KEYS: [&str; 2] = ["corpus.pseudonyms", "corpus.mask"];
    let now = settings(study);
    let differs = |key: &str| before.settings.get(key) != now.get(key);
    if study.read.pseudonyms.is_empty() || !KEYS.into_iter().any(differs) {
        return None;
    }
    let message = "the output folder holds a run that replaced other names; files that are not written anew may show names";
    Some(
        Problem::new(Severity::Warning, "[corpus] pseudonyms", message)
            .with_hint("delete the folder, or choose another, and run the study again"),
    )
}
