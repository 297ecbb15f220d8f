//! Finds what is in the output folder and no longer in the study: the words of an interview that was removed, of a passage that
//! was changed, a name that is hidden now.
//!
//! Files that only the program writes are written anew or removed by every run. This is about the rest: files that people edited
//! and that quote what was said. The results of the run before show exactly which words are gone; they are looked for in every
//! other file of the folder. A file that holds some is moved to a folder beside it, with a problem: nobody's work is deleted
//! unasked, and afterwards the folder holds no such words. docs/ethics.md explains this for ethics boards.

mod aside;
mod before;
mod texts;
mod words;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use self::aside::Aside;
use self::before::{SaidBefore, said_before};
use self::texts::any_text;
use self::words::WithdrawnWords;
use super::inputs::read_by;
use transcripts::{Corpus, Problem, Severity};

use crate::embed::CACHE_FOLDER;
use crate::results::codes;
use crate::study::Study;

/// What to do with files that people edited and that hold words which are not in the study any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Withdrawn {
    /// They are moved out of the output folder, into one beside it.
    #[default]
    MovedAside,
    /// They are deleted, and with them what is in that folder and what people coded in interviews that are not in the study any more.
    Forgotten,
}

/// Looks through the output folder before the results of a run appear in it, and moves out files with words that are not in the
/// study any more. `made` are the files, relative to the folder, that the run itself writes or removes. Returns a problem for
/// each file.
pub(super) fn take_out(
    study: &Study,
    out: &Path,
    corpus: &Corpus,
    made: &BTreeSet<PathBuf>,
    withdrawn: Withdrawn,
) -> Vec<Problem> {
    let mut aside = Aside::of(out, withdrawn);
    let SaidBefore { turns, names, unreadable } = said_before(out, &study.read.pseudonyms);
    let words = WithdrawnWords::between(&turns, &corpus.transcripts, names);
    let mut problems: Vec<Problem> =
        unreadable.iter().map(|name| unknown(&aside.shown(Path::new(name)))).collect();
    let ids: BTreeSet<&str> = corpus.transcripts.iter().map(|transcript| transcript.id.as_str()).collect();
    let search = Search { words: &words, ids: &ids, withdrawn };
    if !words.is_empty() || withdrawn == Withdrawn::Forgotten {
        let inputs = Inputs::of(study, out);
        for path in files_to_search(out, made) {
            if !inputs.are_apart && !is_of_a_run(&path) {
                continue;
            }
            problems.extend(search.file(&out.join(&path), &path, &inputs, &mut aside));
        }
        let outside = inputs.codebook.iter().filter(|codebook| !codebook.starts_with(&inputs.out));
        problems.extend(outside.filter_map(|path| search.input(path, &shown(path))));
    }
    problems.extend(aside.finish());
    problems.into_iter().map(|problem| study.read.pseudonyms.problem(problem)).collect()
}

/// Files that the study reads, which are never changed.
struct Inputs {
    out: PathBuf,
    all: BTreeSet<PathBuf>,
    codebook: Option<PathBuf>,
    /// Whether no file of the study is in the output folder: then all in it belongs to the results.
    are_apart: bool,
}

impl Inputs {
    fn of(study: &Study, out: &Path) -> Self {
        let whole = |path: &Path| fs::canonicalize(path).ok();
        let out = whole(out).unwrap_or_default();
        let codebook = study.codebook.file.as_deref().and_then(whole);
        let own = study.file.iter().cloned().chain(read_by(study)).filter_map(|path| whole(&path));
        let all: BTreeSet<PathBuf> = own.chain(codebook.clone()).collect();
        let codes: Vec<PathBuf> =
            study.codes().into_iter().chain(study.notes()).filter_map(|path| whole(&path)).collect();
        let are_apart = all
            .iter()
            .filter(|path| Some(*path) != codebook.as_ref() && !codes.contains(path))
            .all(|path| !path.starts_with(&out));
        Self { out, all, codebook, are_apart }
    }

    fn has(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|path| self.all.contains(&path))
    }
}

/// Whether a run or a command writes files of this name, for a folder that also holds other things.
fn is_of_a_run(path: &Path) -> bool {
    let first = path.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.is_some_and(|first| first == "review" || first == "tables" || first.starts_with("codebook."))
}

/// All files of the output folder but those that the run makes and those that hold no words, in order.
fn files_to_search(out: &Path, made: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(out.join(&folder)) else { continue };
        for entry in entries.flatten() {
            let path = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && !is_kept_by_runs(&path) => folders.push(path),
                Ok(kind) if kind.is_file() && !made.contains(&path) => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// Folders that runs manage themselves.
fn is_kept_by_runs(folder: &Path) -> bool {
    [CACHE_FOLDER, "parts", ".unfinished"].iter().any(|name| folder == Path::new(name))
}

struct Search<'a> {
    words: &'a WithdrawnWords,
    /// Of the transcripts of the study.
    ids: &'a BTreeSet<&'a str>,
    withdrawn: Withdrawn,
}

impl Search<'_> {
    /// Checks one file and returns what was done; nothing where it holds no such words.
    fn file(&self, path: &Path, within: &Path, inputs: &Inputs, aside: &mut Aside) -> Option<Problem> {
        let name = within.file_name().unwrap_or_default().to_string_lossy();
        let is_reviewed = within.starts_with("review");
        if is_reviewed && name.ends_with(".csv") && ["codes.csv", "notes.csv", "design.csv"].contains(&&*name)
            || is_reviewed && name.starts_with("changes") && name.ends_with(".csv")
        {
            return aside.rows(path, within, &|heading, row| self.is_row_withdrawn(heading, row));
        }
        let is_found = match any_text(path, &|text| self.words.are_in(text)) {
            Ok(is_found) => is_found,
            Err(error) => return Some(not_searched(&aside.shown(within), &error)),
        };
        if !is_found {
            return None;
        }
        if inputs.has(path) {
            return self.input(path, &aside.shown(within));
        }
        if within.starts_with("review/exported") && name.ends_with(".qdpx") {
            return Some(aside.export(path, within, &|text| self.words.are_in(text)));
        }
        Some(aside.file(path, within))
    }

    /// Whether to remove a row of a table of codes or notes: it quotes such words, or its interview is not in the study any more and all
    /// of that is to be deleted.
    fn is_row_withdrawn(&self, heading: &csv::StringRecord, row: &csv::StringRecord) -> bool {
        let id = heading.iter().position(|name| name == "transcript_id").and_then(|index| row.get(index));
        let is_gone = id.is_some_and(|id| !self.ids.contains(crate::table::unguarded(id)));
        (is_gone && self.withdrawn == Withdrawn::Forgotten) || row.iter().any(|cell| self.words.are_in(cell))
    }

    /// The problem about a file that the study reads, which is never changed.
    fn input(&self, path: &Path, shown: &str) -> Option<Problem> {
        let is_found = any_text(path, &|text| self.words.are_in(text)).unwrap_or(false);
        let message = "the codebook holds words of an interview that are not in the study any more, so the results repeat them";
        is_found.then(|| {
            Problem::new(Severity::Warning, shown, message)
                .with_code(codes::WITHDRAWN_WORDS)
                .with_hint("take the quote out of the codebook and run the study again")
        })
    }
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn unknown(name: &str) -> Problem {
    let message = "this table of an earlier run cannot be read, so nobody can tell which words are not in the study any more";
    Problem::new(Severity::Warning, name, message)
        .with_code(codes::WITHDRAWN_WORDS)
        .with_hint("if somebody withdrew, look through codebooks and reviews in the output folder yourself")
}

fn not_searched(name: &str, error: &std::io::Error) -> Problem {
    let message =
        format!("words were taken out of the study, and this file cannot be searched for them: {error}");
    Problem::new(Severity::Warning, name, message)
        .with_code(codes::WITHDRAWN_WORDS)
        .with_hint("look through it yourself, or delete it")
}
