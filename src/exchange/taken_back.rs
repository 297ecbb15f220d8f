//! A project that people worked on in another program comes back: what they changed becomes `review/changes.csv`, and what the project
//! says now their answers in `review/codes.csv`, so that the next run learns from them and holds the machine against them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use refi_qda::{Project, ProjectError, ReadProject, distinct_names, read_qdpx_file};
use transcripts::projects::{ProjectDecoder, problems_of};
use transcripts::pseudonym::Pseudonyms;
use transcripts::{Corpus, Problem};

use super::changes::{Change, changes};
use super::changes_file::{CHANGES, ChangesError, Import, with_earlier, write_changes};
use super::coded::{Mark, Run, answers_by, located_as};
use super::export::MACHINE_USER;
use super::highlights::{Highlights, read_highlights};
use super::kept::kept_exports;
use super::matched;
use super::places::Places;
use crate::record::{OpenError, OpenedRun, open_run};
use crate::results::{Theme, ThemeKind};
use crate::review::{ImportError, with_whole_interviews, write_codes, written_together};
use crate::study::{CODES, REVIEW, codes_file, description};

/// What came back.
#[derive(Debug, Clone)]
pub struct TakenBack {
    /// Whose work it is.
    pub coder: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// Where the changes are written; none where there is no export to hold the work against.
    pub changes_file: Option<PathBuf>,
    /// Where the answers are written.
    pub codes: PathBuf,
    /// Interviews whose segments count as coded by the coder.
    pub interviews: usize,
    /// Answers in `codes.csv`, and earlier ones of the coder that are another now.
    pub answers: usize,
    /// Earlier answers of the coder to whole interviews that changed.
    pub changed: usize,
    /// What could not be used.
    pub problems: Vec<Problem>,
}

/// Why a project could not be taken back. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TakeBackError {
    /// The run.
    #[error(transparent)]
    Run(#[from] OpenError),
    /// The file.
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
    /// Nothing to hold it against.
    #[error(
        "no export of {} is known that this project could come from (give people a project that `emic export` wrote from this \
         folder; the folder review/exported keeps a copy of each)",
        out.display()
    )]
    NoExport {
        /// The output folder.
        out: PathBuf,
    },
    /// None of the study's transcripts.
    #[error(
        "{}: none of its texts is a transcript of this study, so nothing was taken and nothing was changed (name the project that came \
         back from the export of this folder)",
        path.display()
    )]
    NoTranscripts {
        /// The file.
        path: PathBuf,
    },
    /// None of the codebook's themes.
    #[error(
        "{}: none of its codes is a theme of this study's codebook, so nothing was taken and nothing was changed",
        path.display()
    )]
    NoThemes {
        /// The file.
        path: PathBuf,
    },
    /// Nobody's work.
    #[error("the project does not say whose work it is (say it with --coder NAME)")]
    NoCoder,
    /// A transcript that is not there.
    #[error("no transcript of this run is called `{name}` (names are in the table `transcripts`)")]
    NoTranscript {
        /// The name.
        name: String,
    },
    /// Earlier codes.
    #[error(transparent)]
    Codes(#[from] ImportError),
    /// Earlier changes.
    #[error(transparent)]
    Changes(#[from] ChangesError),
}

/// What is wrong with a file, which some errors name already.
fn about(path: &Path, why: &ProjectError) -> String {
    match why {
        ProjectError::File { .. } => why.to_string(),
        why => format!("{}: {why}", path.display()),
    }
}

/// Takes a project back that was exported from the run in `out`. `transcripts` limits the interviews that count as looked through; none
/// means all that the project holds.
///
/// # Errors
/// [`TakeBackError`] when the run, the project or its export cannot be read, or when nobody knows whose work it is.
pub fn take_back(
    out: &Path,
    path: &Path,
    coder: Option<&str>,
    transcripts: &[String],
) -> Result<TakenBack, TakeBackError> {
    let OpenedRun { run, .. } = open_run(out)?;
    let ReadProject { project: after, diagnostics, .. } = read_qdpx_file(path, &ProjectDecoder)
        .map_err(|why| TakeBackError::Project { path: path.to_owned(), why })?;
    let before = given_away(out, &after)?.ok_or_else(|| TakeBackError::NoExport { out: out.to_owned() })?;
    let name = path.display().to_string();
    let mut problems = problems_of(diagnostics, &name);
    // An export shows what the run shows.
    let nothing_replaced = Pseudonyms::default();
    let names = given_names(&before, &after);
    let located = located_as(&after, &names, &run.corpus, &nothing_replaced, &name, &mut problems);
    if located.iter().all(Option::is_none) {
        return Err(TakeBackError::NoTranscripts { path: path.to_owned() });
    }
    let coder = match coder {
        Some(name) => name.trim().to_owned(),
        None => coder_of(&before, &after).ok_or(TakeBackError::NoCoder)?,
    };
    let changes = changes(&before, &after);
    let looked_through = looked_through(transcripts, &run.corpus, &located)?;
    let seeds = seed_names(&run.themes);
    let theme_of = themes_of_codes(&before, &after, &seeds);
    let marks = marks(&after, &located, &theme_of, &coder);
    // A theme whose code was deleted was not asked for.
    let asked: BTreeSet<usize> = theme_of.iter().flatten().copied().collect();
    let held =
        Run { corpus: &run.corpus, segments: &run.segments, themes: &seeds, pseudonyms: &nothing_replaced };
    let answers = answers_by(&coder, &looked_through, &asked, &marks, held);
    let (codes, changed) = with_whole_interviews(out, &answers)?;
    let changes_file = out.join(REVIEW).join(CHANGES);
    let held_before =
        located_as(&before, &names_in(&before), &run.corpus, &nothing_replaced, "", &mut Vec::new());
    let interviews: BTreeSet<usize> = located.iter().flatten().map(|(place, _)| *place).collect();
    let import = Import { coder: &coder, before: &before, located: &held_before, interviews: &interviews };
    let rows = with_earlier(&changes_file, &changes, import)?;
    written_together(out, |review| {
        let (codes_file, changes_file) = (review.join(CODES), review.join(CHANGES));
        write_codes(&codes_file, &codes).map_err(|source| (codes_file, source))?;
        write_changes(&changes_file, rows).map_err(|source| (changes_file, source))
    })
    .map_err(|(path, source)| TakeBackError::File { path, source })?;
    Ok(TakenBack {
        coder,
        changes,
        changes_file: Some(changes_file),
        codes: codes_file(out),
        interviews: looked_through.len(),
        answers: answers.len(),
        changed,
        problems,
    })
}

/// Takes a list of coded passages into the answers about the run in `out`. `coder` is whose it is where the list does not say it; there
/// are no changes, because it comes from no export.
///
/// # Errors
/// [`TakeBackError`] when the run or the list cannot be read, is about no transcript of the run, or when nobody knows whose work it is.
pub fn take_highlights(out: &Path, path: &Path, coder: Option<&str>) -> Result<TakenBack, TakeBackError> {
    let OpenedRun { run, .. } = open_run(out)?;
    let seeds = seed_names(&run.themes);
    let pseudonyms = Pseudonyms::default();
    let held = Run { corpus: &run.corpus, segments: &run.segments, themes: &seeds, pseudonyms: &pseudonyms };
    let coder = coder.map_or("", str::trim);
    let Highlights { answers, interviews, problems } = read_highlights(path, coder, held);
    if interviews.is_empty() {
        return Err(TakeBackError::NoTranscripts { path: path.to_owned() });
    }
    if answers.is_empty() {
        return Err(TakeBackError::NoThemes { path: path.to_owned() });
    }
    if answers.iter().any(|answer| answer.coder.is_empty()) {
        return Err(TakeBackError::NoCoder);
    }
    let (codes, changed) = with_whole_interviews(out, &answers)?;
    written_together(out, |review| {
        let file = review.join(CODES);
        write_codes(&file, &codes).map_err(|source| (file, source)).map(|_| ())
    })
    .map_err(|(path, source)| TakeBackError::File { path, source })?;
    let coders: BTreeSet<&str> = answers.iter().map(|answer| answer.coder.as_str()).collect();
    Ok(TakenBack {
        coder: coders.into_iter().collect::<Vec<&str>>().join(", "),
        changes: Vec::new(),
        changes_file: None,
        codes: codes_file(out),
        interviews: interviews.len(),
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

/// For each source of a returned project the name that it was given away under; its own where it is new.
fn given_names<'a>(before: &'a Project, after: &'a Project) -> Vec<&'a str> {
    let mut names = names_in(after);
    for (was, is) in before.sources.iter().zip(matched::sources(before, after)) {
        if let Some(name) = is.and_then(|is| names.get_mut(is)) {
            *name = was.name.as_str();
        }
    }
    names
}

/// The export that a project comes from: of those that may be meant, the one that shares most sources with it, then the one that it
/// differs least from.
fn given_away(out: &Path, after: &Project) -> Result<Option<Project>, TakeBackError> {
    let kept =
        kept_exports(out, after).map_err(|source| TakeBackError::File { path: out.join(REVIEW), source })?;
    let mut best: Vec<Project> = Vec::new();
    let mut most = 0;
    for path in kept {
        let Ok(read) = read_qdpx_file(&path, &ProjectDecoder) else { continue };
        let shared = matched::sources(&read.project, after).iter().flatten().count();
        if shared > most {
            best.clear();
        }
        if shared >= most {
            most = shared;
            best.push(read.project);
        }
    }
    // Of several exports of these interviews, the one that least was changed of.
    if best.len() > 1 {
        best.sort_by_cached_key(|before| changes(before, after).len());
    }
    Ok(best.into_iter().next())
}

/// Whose work a returned project is: the one who last changed it, or the only person who is new in it or who coded in it.
fn coder_of(before: &Project, after: &Project) -> Option<String> {
    let people = |project: &Project| -> BTreeSet<String> {
        project
            .users
            .iter()
            .map(|user| user.name.clone())
            .filter(|name| name != MACHINE_USER && !name.is_empty())
            .collect()
    };
    let last = after.modified_by.and_then(|place| after.users.get(place)).map(|user| user.name.clone());
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

fn looked_through(
    transcripts: &[String],
    corpus: &Corpus,
    located: &[Option<(usize, Places)>],
) -> Result<BTreeSet<usize>, TakeBackError> {
    let held: BTreeSet<usize> = located.iter().flatten().map(|(place, _)| *place).collect();
    if transcripts.is_empty() {
        return Ok(held);
    }
    let place = |name: &String| {
        let wanted = name.trim().to_lowercase();
        let found = corpus.transcripts.iter().position(|transcript| transcript.id.to_lowercase() == wanted);
        found
            .filter(|place| held.contains(place))
            .ok_or_else(|| TakeBackError::NoTranscript { name: name.trim().to_owned() })
    };
    transcripts.iter().map(place).collect()
}

/// For each code of the returned project the seed theme that it was given away as. A copy of a code, or one that was made anew under
/// the name of a theme, is that theme too: what was coded with it counts.
fn themes_of_codes(before: &Project, after: &Project, seeds: &[&str]) -> Vec<Option<usize>> {
    let sources = matched::sources(before, after);
    let seed =
        |name: &str| seeds.iter().position(|seed| seed.trim().to_lowercase() == name.trim().to_lowercase());
    let mut theme_of = vec![None; after.codes.len()];
    let mut is_matched = vec![false; after.codes.len()];
    let mut by_guid = BTreeMap::new();
    for (was, is) in before.codes.iter().zip(matched::codes(before, after, &sources)) {
        let theme = seed(&was.name);
        by_guid.insert(was.guid, theme);
        let Some(is) = is else { continue };
        if let (Some(cell), Some(matched)) = (theme_of.get_mut(is), is_matched.get_mut(is)) {
            (*cell, *matched) = (theme, true);
        }
    }
    let names = distinct_names(&after.codes);
    for (place, code) in after.codes.iter().enumerate().filter(|(place, _)| !is_matched[*place]) {
        let copied =
            description::identity(&code.description).and_then(|guid| by_guid.get(&guid).copied().flatten());
        theme_of[place] = copied.or_else(|| seed(&names[place]));
    }
    theme_of
}

/// What the returned project says: the machine's codings that were left standing and what the coder added. What others coded is theirs.
fn marks(
    after: &Project,
    located: &[Option<(usize, Places)>],
    theme_of: &[Option<usize>],
    coder: &str,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (source, place) in after.sources.iter().zip(located) {
        let Some((transcript, places)) = place else { continue };
        for selection in &source.selections {
            let Some(span) = places.to_reading(selection.span) else { continue };
            for coding in &selection.codings {
                let user = coding.user.and_then(|user| after.users.get(user)).map(|user| user.name.as_str());
                let counts = user.is_none_or(|user| user == MACHINE_USER || user == coder);
                if let Some(Some(theme)) = theme_of.get(coding.code).filter(|_| counts) {
                    marks.push(Mark { transcript: *transcript, theme: *theme, span });
                }
            }
        }
    }
    marks
}
