//! The codebook: the researcher's seed themes, from any format.
//!
//! `table` reads sheets and the exports of other programs by their `headings`, `verdicts` applies a reviewer's decisions in the workbook
//! of an earlier run, `toml_file` and `list` read and write text; all end in [`checked`].

mod codes;
pub mod description;
mod headings;
mod hierarchy;
mod list;
mod table;
mod toml_file;
mod verdicts;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use refi_qda::{Code, ProjectError, read_qdc, read_qdpx};
use transcripts::projects::ProjectDecoder;
use transcripts::text::{clean, decode};
use transcripts::{Problem, ProblemLog, Severity};

use self::codes::seeds_of;
use super::error::StudyError;
use crate::results::{self, Codebook, Seed};

pub(crate) use self::toml_file::theme_toml;

/// More themes are a wrong file.
const MAX_THEMES: usize = 2_000;
/// Larger files are wrong ones, and are not read into memory.
const MAX_MB: u64 = 64;

/// A theme as read, with the line that an error points to.
pub(super) struct SeedAsWritten {
    pub(super) seed: Seed,
    pub(super) line: Option<usize>,
}

impl Codebook {
    /// Reads a codebook: `.toml`, a table (`.csv`, `.tsv`, `.xlsx`, `.ods`), a list of names (`.txt`), or `.qdc` and `.qdpx` (REFI-QDA).
    /// The problems do not stop a run: unknown columns, names that were made distinct.
    ///
    /// In the workbook that a run writes the reviewer's verdicts are applied: themes that are not kept are left out, renamed and
    /// merged ones are renamed and merged, and emergent themes are included only where the reviewer acted on them.
    ///
    /// # Errors
    /// [`StudyError`] when the file cannot be read, has another extension, or has a theme without a name, a name twice, an unknown
    /// key, or a verdict that cannot be understood.
    pub fn load(path: &Path) -> Result<(Self, Vec<Problem>), StudyError> {
        Self::read(&bytes_of(path)?, path)
    }

    /// Reads a codebook in memory. `path` is its name: the extension decides how it is read.
    ///
    /// # Errors
    /// [`StudyError`] as for [`Codebook::load`].
    ///
    /// ```
    /// let (codebook, _) = emic::results::Codebook::read(b"Code;Memo\nworkload;Too many cases.\n", "codes.csv".as_ref())?;
    /// assert_eq!(codebook.seeds[0].definition, "Too many cases.");
    /// # Ok::<(), emic::study::StudyError>(())
    /// ```
    pub fn read(bytes: &[u8], path: &Path) -> Result<(Self, Vec<Problem>), StudyError> {
        let ending =
            path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let name = path.display().to_string();
        let utf8 = || {
            std::str::from_utf8(bytes).map(|text| text.trim_start_matches('\u{feff}')).map_err(|_| {
                StudyError::about(
                    path,
                    "the codebook is not UTF-8 text",
                    "save it again with the encoding UTF-8",
                )
            })
        };
        let (written, mut problems) = match ending.as_str() {
            "toml" => (toml_file::read(path, utf8()?)?, Vec::new()),
            "csv" | "tsv" | "xlsx" | "xlsm" | "ods" => table::read(path, bytes)?,
            "txt" => {
                let mut log = ProblemLog::new(&name);
                let text = decode(bytes, &mut log)
                    .map_err(|error| StudyError::about(path, error.to_string(), error.hint()))?;
                (list::read(&text), log.finish())
            }
            "qdc" => {
                let read = read_qdc(utf8()?);
                (of_codes(read.map(|(codes, _)| codes), path)?, Vec::new())
            }
            "qdpx" => {
                let read = read_qdpx(bytes, &ProjectDecoder);
                (of_codes(read.map(|read| read.project.codes), path)?, Vec::new())
            }
            _ => {
                return Err(StudyError::about(
                    path,
                    "a codebook must end in .toml, .csv, .tsv, .xlsx, .ods, .txt, .qdc or .qdpx",
                    "export it as an Excel table or as REFI-QDA codebook; `emic init FOLDER` makes a codebook.toml to start from",
                ));
            }
        };
        problems.retain(|problem| problem.severity != Severity::Error);
        let seeds = checked(path, written)?;
        if seeds.is_empty() {
            problems.push(
                Problem::new(Severity::Warning, &name, "the codebook names no theme")
                    .with_code(results::codes::CODEBOOK_DOUBTFUL),
            );
        }
        Ok((Self { seeds, file: Some(path.to_owned()) }, problems))
    }
}

impl Codebook {
    /// The same codebook with texts cleaned as by every reader.
    ///
    /// # Errors
    /// [`StudyError`] when a theme has no name or the name of another, or there are too many.
    pub(crate) fn checked(self) -> Result<Self, StudyError> {
        let path = self.file.clone().unwrap_or_default();
        let written = self.seeds.into_iter().map(|seed| SeedAsWritten { seed, line: None }).collect();
        Ok(Self { seeds: checked(&path, written)?, file: self.file })
    }
}

/// The codes of another program as themes.
fn of_codes(read: Result<Vec<Code>, ProjectError>, path: &Path) -> Result<Vec<SeedAsWritten>, StudyError> {
    let codes = read.map_err(|error| {
        StudyError::about(path, error.to_string(), "export it again as REFI-QDA codebook or project")
    })?;
    Ok(seeds_of(&codes).into_iter().map(|seed| SeedAsWritten { seed, line: None }).collect())
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, StudyError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_MB * 1024 * 1024 + 1).read_to_end(&mut bytes));
    match read {
        Ok(length) if length as u64 > MAX_MB * 1024 * 1024 => {
            Err(StudyError::about(path, format!("the codebook is larger than {MAX_MB} MB"), ""))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(StudyError::about(path, format!("the codebook cannot be read: {error}"), "")),
    }
}

fn checked(path: &Path, written: Vec<SeedAsWritten>) -> Result<Vec<Seed>, StudyError> {
    if written.len() > MAX_THEMES {
        return Err(StudyError::about(path, format!("the codebook has more than {MAX_THEMES} themes"), ""));
    }
    let mut seeds: Vec<Seed> = Vec::with_capacity(written.len());
    for SeedAsWritten { seed, line } in written {
        let mistake =
            |message: String, hint: &str| StudyError { line, ..StudyError::about(path, message, hint) };
        let seed = seed.cleaned();
        if seed.name.is_empty() {
            return Err(mistake("a theme has no name".to_owned(), "give every theme a `name`"));
        }
        if seed.name.chars().any(char::is_control) {
            return Err(mistake(format!("the name {:?} holds a line break or tab", seed.name), ""));
        }
        if seeds.iter().any(|other| other.name.to_lowercase() == seed.name.to_lowercase()) {
            return Err(mistake(
                format!("the theme `{}` stands twice", seed.name),
                "join the two, or rename one",
            ));
        }
        seeds.push(seed);
    }
    Ok(seeds)
}

impl Seed {
    /// The theme as every reader returns it: texts cleaned like those of transcripts, trimmed, without empty examples and keywords. Names
    /// keep their characters, so that [`checked`] can refuse them.
    pub(crate) fn cleaned(self) -> Self {
        let text = |text: String| clean(&text).trim().to_owned();
        let list = |texts: Vec<String>| texts.into_iter().map(text).filter(|text| !text.is_empty()).collect();
        Self {
            name: self.name.trim().to_owned(),
            definition: text(self.definition),
            include: text(self.include),
            exclude: text(self.exclude),
            examples: list(self.examples),
            keywords: list(self.keywords),
            parent: text(self.parent),
        }
    }
}

#[cfg(test)]
mod tests;
