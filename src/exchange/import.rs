//! Imports a project that people worked on in another program, or a list of the passages that they coded. Their changes become
//! `review/changes.csv`, and their codings answers in `review/codes.csv`, which the next run learns from and is compared with.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use refi_qda::{Project, ProjectError, ReadProject, distinct_names, read_qdpx_file};
use transcripts::projects::{ProjectDecoder, problems_of};
use transcripts::pseudonym::Pseudonyms;
use transcripts::{Corpus, Problem};

use super::answers::{CodedSpan, CodingTarget, answers_by};
use super::changes::file::{CHANGES, Import, with_earlier, write_changes};
use super::changes::{Change, ChangesError, changes};
use super::export::MACHINE_USER;
use super::exported::stored_exports;
use super::highlights::{Highlights, read_highlights};
use super::matching;
use super::sources::{LocatedSource, locate_named};
use crate::record::{OpenError, OpenedRun, open_run};
use crate::results::{Theme, ThemeIndex, ThemeKind, TranscriptIndex};
use crate::review::{ImportError, publish_together, with_whole_interviews, write_codes};
use crate::study::{CODES, REVIEW, codes_file, description};

/// What was imported.
#[derive(Debug, Clone)]
pub struct ProjectImport {
    /// The coder, or several with commas between them.
    pub coder: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// The file of the changes; none for a list of passages, which comes from no export.
    pub changes_file: Option<PathBuf>,
    /// The file of the answers.
    pub codes: PathBuf,
    /// Transcripts whose segments count as coded.
    pub transcripts: usize,
    /// Answers that were added to `codes.csv`.
    pub answers: usize,
    /// Earlier answers of the same coders that changed.
    pub changed: usize,
    /// What could not be used.
    pub problems: Vec<Problem>,
}

/// Why nothing was imported. No file is changed then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectImportError {
    /// The run cannot be opened.
    #[error(transparent)]
    Run(#[from] OpenError),
    /// The project cannot be read.
    #[error("{}", about(path, why))]
    Project {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: ProjectError,
    },
    /// A file that cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no export to compare with.
    #[error("no export of {} is known that this project could come from", out.display())]
    NoExport {
        /// The output folder.
        out: PathBuf,
    },
    /// No source is a transcript of the study.
    #[error(
        "{}: none of its texts is a transcript of this study, so nothing was taken and nothing was changed (name the project that came \
         back from the export of this folder)",
        path.display()
    )]
    NoTranscripts {
        /// The file.
        path: PathBuf,
    },
    /// No code is a theme of the codebook.
    #[error(
        "{}: none of its codes is a theme of this study's codebook, so nothing was taken and nothing was changed",
        path.display()
    )]
    NoThemes {
        /// The file.
        path: PathBuf,
    },
    /// Neither the caller nor the file names the coder.
    #[error("the project does not say whose work it is")]
    NoCoder,
    /// A name that no transcript of the run has.
    #[error("no transcript of this run is called `{name}` (names are in the table `transcripts`)")]
    NoTranscript {
        /// The name.
        name: String,
    },
    /// Earlier answers cannot be read.
    #[error(transparent)]
    Codes(#[from] ImportError),
    /// Earlier changes cannot be read.
    #[error(transparent)]
    Changes(#[from] ChangesError),
}

/// An error with the file in front, unless the error names it.
fn about(path: &Path, why: &ProjectError) -> String {
    match why {
        ProjectError::File { .. } => why.to_string(),
        why => format!("{}: {why}", path.display()),
    }
}

/// Imports a project that was exported from the run in `out`. `coder` is whose work it is where the project does not say it.
/// `transcripts` are the ids of those that the coder looked through; empty: all in the project.
///
/// # Errors
/// [`ProjectImportError`] when the run, the project or its export cannot be read, or when the coder is not known.
pub fn import_project(
    out: &Path,
    path: &Path,
    coder: Option<&str>,
    transcripts: &[String],
) -> Result<ProjectImport, ProjectImportError> {
    let OpenedRun { run, .. } = open_run(out)?;
    let ReadProject { project: after, diagnostics, .. } = read_qdpx_file(path, &ProjectDecoder)
        .map_err(|why| ProjectImportError::Project { path: path.to_owned(), why })?;
    let before =
        export_of(out, &after)?.ok_or_else(|| ProjectImportError::NoExport { out: out.to_owned() })?;
    let name = path.display().to_string();
    let mut problems = problems_of(diagnostics, &name);
    // Exports hold the transcripts of the run, in which names are replaced already.
    let nothing_replaced = Pseudonyms::default();
    let names = given_names(&before, &after);
    let located = locate_named(&after, &names, &run.corpus, &nothing_replaced, &name, &mut problems);
    if located.iter().all(Option::is_none) {
        return Err(ProjectImportError::NoTranscripts { path: path.to_owned() });
    }
    let coder = match coder {
        Some(name) => name.trim().to_owned(),
        None => coder_of(&before, &after).ok_or(ProjectImportError::NoCoder)?,
    };
    let changes = changes(&before, &after);
    let looked_through = looked_through(transcripts, &run.corpus, &located)?;
    let seeds = seed_names(&run.themes);
    let theme_of = themes_of_codes(&before, &after, &seeds);
    let coded = coded_spans(&after, &located, &theme_of, &coder);
    // A theme whose code was deleted was not asked for.
    let asked: BTreeSet<ThemeIndex> = theme_of.iter().flatten().copied().collect();
    let target = CodingTarget {
        corpus: &run.corpus,
        segments: &run.segments,
        themes: &seeds,
        pseudonyms: &nothing_replaced,
    };
    let answers = answers_by(&coder, &looked_through, &asked, &coded, target);
    let (codes, changed) = with_whole_interviews(out, &answers)?;
    let changes_file = out.join(REVIEW).join(CHANGES);
    let located_before =
        locate_named(&before, &names_in(&before), &run.corpus, &nothing_replaced, "", &mut Vec::new());
    let returned: BTreeSet<TranscriptIndex> =
        located.iter().flatten().map(|located| located.transcript).collect();
    let import = Import { coder: &coder, before: &before, located: &located_before, returned: &returned };
    let rows = with_earlier(&changes_file, &changes, import)?;
    publish_together(out, |review| {
        let (codes_file, changes_file) = (review.join(CODES), review.join(CHANGES));
        write_codes(&codes_file, &codes).map_err(|source| (codes_file, source))?;
        write_changes(&changes_file, rows).map_err(|source| (changes_file, source))
    })
    .map_err(|(path, source)| ProjectImportError::File { path, source })?;
    Ok(ProjectImport {
        coder,
        changes,
        changes_file: Some(changes_file),
        codes: codes_file(out),
        transcripts: looked_through.len(),
        answers: answers.len(),
        changed,
        problems,
    })
}

/// Imports a list of coded passages as answers about the run in `out`. `coder` is whose work it is where the list does not say it.
///
/// # Errors
/// [`ProjectImportError`] when the run or the list cannot be read, when no passage is of a transcript of the run, or when the coder is not
/// known.
pub fn import_highlights(
    out: &Path,
    path: &Path,
    coder: Option<&str>,
) -> Result<ProjectImport, ProjectImportError> {
    let OpenedRun { run, .. } = open_run(out)?;
    let seeds = seed_names(&run.themes);
    let pseudonyms = Pseudonyms::default();
    let target = CodingTarget {
        corpus: &run.corpus,
        segments: &run.segments,
        themes: &seeds,
        pseudonyms: &pseudonyms,
    };
    let coder = coder.map_or("", str::trim);
    let Highlights { answers, transcripts, problems } = read_highlights(path, coder, target);
    if transcripts.is_empty() {
        return Err(ProjectImportError::NoTranscripts { path: path.to_owned() });
    }
    if answers.is_empty() {
        return Err(ProjectImportError::NoThemes { path: path.to_owned() });
    }
    if answers.iter().any(|answer| answer.coder.is_empty()) {
        return Err(ProjectImportError::NoCoder);
    }
    let (codes, changed) = with_whole_interviews(out, &answers)?;
    publish_together(out, |review| {
        let file = review.join(CODES);
        write_codes(&file, &codes).map_err(|source| (file, source)).map(|_| ())
    })
    .map_err(|(path, source)| ProjectImportError::File { path, source })?;
    let coders: BTreeSet<&str> = answers.iter().map(|answer| answer.coder.as_str()).collect();
    Ok(ProjectImport {
        coder: coders.into_iter().collect::<Vec<&str>>().join(", "),
        changes: Vec::new(),
        changes_file: None,
        codes: codes_file(out),
        transcripts: transcripts.len(),
        answers: answers.len(),
        changed,
        problems,
    })
}

fn seed_names(themes: &[Theme]) -> Vec<&str> {
    themes.iter().filter(|theme| theme.kind == ThemeKind::Seed).map(|theme| theme.name.as_str()).collect()
}

fn names_in(project: &Project) -> Vec<&str> {
    project.sources.iter().map(|source| source.name.as_str()).collect()
}

/// For each source of a returned project the name under which it was exported; its own where it is new.
fn given_names<'a>(before: &'a Project, after: &'a Project) -> Vec<&'a str> {
    let mut names = names_in(after);
    for (was, is) in before.sources.iter().zip(matching::sources(before, after)) {
        if let Some(name) = is.and_then(|is| names.get_mut(is)) {
            *name = was.name.as_str();
        }
    }
    names
}

/// The export that a project comes from: of the possible ones those that share most sources with it, and of these the one with the fewest
/// changes.
fn export_of(out: &Path, after: &Project) -> Result<Option<Project>, ProjectImportError> {
    let stored = stored_exports(out, after)
        .map_err(|source| ProjectImportError::File { path: out.join(REVIEW), source })?;
    let mut best: Vec<Project> = Vec::new();
    let mut most = 0;
    for path in stored {
        let Ok(read) = read_qdpx_file(&path, &ProjectDecoder) else { continue };
        let shared = matching::sources(&read.project, after).iter().flatten().count();
        if shared > most {
            best.clear();
        }
        if shared >= most {
            most = shared;
            best.push(read.project);
        }
    }
    if best.len() > 1 {
        best.sort_by_cached_key(|before| changes(before, after).len());
    }
    Ok(best.into_iter().next())
}

/// Whose work a returned project is: the user who last changed it, or else the only new person in it, or the only person in it.
fn coder_of(before: &Project, after: &Project) -> Option<String> {
    let people = |project: &Project| -> BTreeSet<String> {
        project
            .users
            .iter()
            .map(|user| user.name.clone())
            .filter(|name| name != MACHINE_USER && !name.is_empty())
            .collect()
    };
    let last = after.modified_by.and_then(|user| after.users.get(user)).map(|user| user.name.clone());
    if let Some(last) = last.filter(|name| name != MACHINE_USER && !name.is_empty()) {
        return Some(last);
    }
    let (known, now) = (people(before), people(after));
    let only = |names: Vec<&String>| match names.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    };
    only(now.difference(&known).collect()).or_else(|| only(now.iter().collect()))
}

/// The transcripts with these ids, which must be in the project; without ids all that are in it.
fn looked_through(
    ids: &[String],
    corpus: &Corpus,
    located: &[Option<LocatedSource>],
) -> Result<BTreeSet<TranscriptIndex>, ProjectImportError> {
    let in_project: BTreeSet<TranscriptIndex> =
        located.iter().flatten().map(|located| located.transcript).collect();
    if ids.is_empty() {
        return Ok(in_project);
    }
    let index = |name: &String| {
        let wanted = name.trim().to_lowercase();
        let found = corpus.transcripts.iter().position(|transcript| transcript.id.to_lowercase() == wanted);
        found
            .map(TranscriptIndex::new)
            .filter(|index| in_project.contains(index))
            .ok_or_else(|| ProjectImportError::NoTranscript { name: name.trim().to_owned() })
    };
    ids.iter().map(index).collect()
}

/// For each code of the returned project the seed theme that it was exported as. A copy of such a code, or a new code with the name of a
/// theme, is that theme too.
fn themes_of_codes(before: &Project, after: &Project, seeds: &[&str]) -> Vec<Option<ThemeIndex>> {
    let sources = matching::sources(before, after);
    let seed = |name: &str| {
        let is_it = |seed: &&str| seed.trim().to_lowercase() == name.trim().to_lowercase();
        seeds.iter().position(is_it).map(ThemeIndex::new)
    };
    let mut theme_of = vec![None; after.codes.len()];
    let mut is_matched = vec![false; after.codes.len()];
    let mut by_guid = BTreeMap::new();
    for (was, is) in before.codes.iter().zip(matching::codes(before, after, &sources)) {
        let theme = seed(&was.name);
        by_guid.insert(was.guid, theme);
        let Some(is) = is else { continue };
        if let (Some(cell), Some(matched)) = (theme_of.get_mut(is), is_matched.get_mut(is)) {
            (*cell, *matched) = (theme, true);
        }
    }
    let names = distinct_names(&after.codes);
    for (index, code) in after.codes.iter().enumerate().filter(|(index, _)| !is_matched[*index]) {
        let copied =
            description::identity(&code.description).and_then(|guid| by_guid.get(&guid).copied().flatten());
        theme_of[index] = copied.or_else(|| seed(&names[index]));
    }
    theme_of
}

/// The codings of the returned project that are the coder's: those of the machine that were not removed, and those that the coder added.
fn coded_spans(
    after: &Project,
    located: &[Option<LocatedSource>],
    theme_of: &[Option<ThemeIndex>],
    coder: &str,
) -> Vec<CodedSpan> {
    let mut spans = Vec::new();
    for (source, located) in after.sources.iter().zip(located) {
        let Some(LocatedSource { transcript, alignment }) = located else { continue };
        for selection in &source.selections {
            let Some(span) = alignment.to_reading(selection.span) else { continue };
            for coding in &selection.codings {
                let user = coding.user.and_then(|user| after.users.get(user)).map(|user| user.name.as_str());
                let counts = user.is_none_or(|user| user == MACHINE_USER || user == coder);
                if let Some(Some(theme)) = theme_of.get(coding.code).filter(|_| counts) {
                    spans.push(CodedSpan { transcript: *transcript, theme: *theme, span });
                }
            }
        }
    }
    spans
}
