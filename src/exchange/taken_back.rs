//! A project that people worked on in another program comes back: what they changed becomes `review/changes.csv`, and what the project
//! says now their answers in `review/codes.csv`, so that the next run learns from them and holds the machine against them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::changes::{Change, changes};
use super::coded::{Mark, Run, answers_by, located};
use super::export::MACHINE_USER;
use super::kept::kept_exports;
use super::matched;
use super::places::Places;
use super::project::Project;
use super::read::{ProjectError, ReadProject, read_project};
use crate::corpus::{CharSpan, Corpus, Problem};
use crate::pseudonym::Pseudonyms;
use crate::report::{OpenError, OpenedRun, open_run};
use crate::review::{ImportError, REVIEW, codes_file, replace_answers, write_rows};
use crate::theme::ThemeKind;

/// The file of changes within `review`.
const CHANGES: &str = "changes.csv";

/// What came back.
#[derive(Debug, Clone)]
pub struct TakenBack {
    /// Whose work it is.
    pub coder: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// Where the changes are written.
    pub changes_file: PathBuf,
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
    #[error("{}: {source}", path.display())]
    Project {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: ProjectError,
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
    let ReadProject { project: after, mut problems, .. } =
        read_project(path).map_err(|source| TakeBackError::Project { path: path.to_owned(), source })?;
    let before = given_away(out, &after)?.ok_or_else(|| TakeBackError::NoExport { out: out.to_owned() })?;
    let coder = match coder {
        Some(name) => name.trim().to_owned(),
        None => coder_of(&before, &after).ok_or(TakeBackError::NoCoder)?,
    };
    let changes = changes(&before, &after);

    let name = path.display().to_string();
    // An export shows what the run shows.
    let nothing_replaced = Pseudonyms::default();
    let located = located(&after, &run.corpus, &nothing_replaced, &name, &mut problems);
    let looked_through = looked_through(transcripts, &run.corpus, &located)?;
    let seeds: Vec<&str> = run
        .themes
        .iter()
        .filter(|theme| theme.kind == ThemeKind::Seed)
        .map(|theme| theme.name.as_str())
        .collect();
    let theme_of = themes_of_codes(&before, &after, &seeds);
    let marks = marks(&after, &located, &theme_of, &coder);
    // A theme whose code was deleted was not asked for.
    let asked: BTreeSet<usize> = theme_of.iter().flatten().copied().collect();
    let held =
        Run { corpus: &run.corpus, segments: &run.segments, themes: &seeds, pseudonyms: &nothing_replaced };
    let answers = answers_by(&coder, &looked_through, &asked, &marks, held);
    let changed = replace_answers(out, &coder, &answers)?;

    let changes_file = out.join(REVIEW).join(CHANGES);
    write_changes(&changes_file, &changes, &coder, &before, &run.corpus)
        .map_err(|source| TakeBackError::File { path: changes_file.clone(), source })?;
    Ok(TakenBack {
        coder,
        changes,
        changes_file,
        codes: codes_file(out),
        interviews: looked_through.len(),
        answers: answers.len(),
        changed,
        problems,
    })
}

/// The export that a project comes from: of those that may be meant, the one that shares most sources with it.
fn given_away(out: &Path, after: &Project) -> Result<Option<Project>, TakeBackError> {
    let kept =
        kept_exports(out, after).map_err(|source| TakeBackError::File { path: out.join(REVIEW), source })?;
    let mut best: Option<(usize, Project)> = None;
    for path in kept {
        let Ok(read) = read_project(&path) else { continue };
        let shared = matched::sources(&read.project, after)
            .iter()
            .zip(&read.project.sources)
            .filter(|(place, was)| {
                place.and_then(|place| after.sources.get(place)).is_some_and(|is| is.text == was.text)
            })
            .count();
        if best.as_ref().is_none_or(|(most, _)| shared > *most) {
            best = Some((shared, read.project));
        }
    }
    Ok(best.map(|(_, project)| project))
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

/// For each code of the returned project the seed theme that it was given away as.
fn themes_of_codes(before: &Project, after: &Project, seeds: &[&str]) -> Vec<Option<usize>> {
    let sources = matched::sources(before, after);
    let mut theme_of = vec![None; after.codes.len()];
    for (was, is) in before.codes.iter().zip(matched::codes(before, after, &sources)) {
        let theme = seeds.iter().position(|seed| *seed == was.name);
        if let (Some(cell), Some(theme)) = (is.and_then(|is| theme_of.get_mut(is)), theme) {
            *cell = Some(theme);
        }
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

/// The columns of `changes.csv`.
const COLUMNS: [&str; 11] = [
    "change",
    "code",
    "was",
    "coder",
    "transcript_id",
    "char_start",
    "char_end",
    "was_start",
    "was_end",
    "text",
    "was_text",
];

fn write_changes(
    path: &Path,
    changes: &[Change],
    coder: &str,
    before: &Project,
    corpus: &Corpus,
) -> io::Result<()> {
    let located = located(before, corpus, &Pseudonyms::default(), "", &mut Vec::new());
    let by_name: BTreeMap<&str, usize> =
        before.sources.iter().enumerate().map(|(place, source)| (source.name.as_str(), place)).collect();
    let row = |change: &Change| {
        let source = by_name.get(change.source.as_str()).copied();
        let of = |span: Option<CharSpan>| {
            let source = source?;
            let text: String = before
                .sources
                .get(source)?
                .text
                .chars()
                .skip(span?.start)
                .take(span?.end - span?.start)
                .collect();
            let reading = located.get(source)?.as_ref().and_then(|(_, places)| places.to_reading(span?));
            Some((reading, text))
        };
        let (now, was) = (of(change.span), of(change.was_span));
        let number = |place: &Option<(Option<CharSpan>, String)>, which: fn(CharSpan) -> usize| {
            place.as_ref().and_then(|(span, _)| *span).map_or(String::new(), |span| which(span).to_string())
        };
        let text = |place: &Option<(Option<CharSpan>, String)>| {
            place.as_ref().map_or(String::new(), |(_, text)| text.clone())
        };
        vec![
            change.kind.as_str().to_owned(),
            change.code.clone(),
            change.was.clone(),
            if change.user.is_empty() { coder.to_owned() } else { change.user.clone() },
            change.source.clone(),
            number(&now, |span| span.start),
            number(&now, |span| span.end),
            number(&was, |span| span.start),
            number(&was, |span| span.end),
            text(&now),
            text(&was),
        ]
    };
    write_rows(path, &COLUMNS, changes.iter().map(row)).map(|_| ())
}
