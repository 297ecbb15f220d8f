//! The codebook: the researcher's seed themes, whichever way they were written down.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::error::StudyError;
use super::{codebook_csv, codebook_toml, codebook_xlsx};
use crate::exchange::project::Code;
use crate::exchange::{self, ProjectError};
use crate::read::clean;

/// More themes than any codebook has; more are a wrong file.
const MOST_THEMES: usize = 2_000;
/// Larger files are no codebook either, and are not taken into memory.
const LARGEST_MB: u64 = 64;

/// A theme that the researcher named. Only the name is needed; the rest may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seed {
    /// Unique in the codebook, ignoring case.
    pub name: String,
    /// What it is about.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to use it.
    pub exclude: String,
    /// Sentences as people say them.
    pub examples: Vec<String>,
    /// Words and phrases that people use for it.
    pub keywords: Vec<String>,
    /// The broader theme that it belongs to; it need not be a theme of the codebook itself.
    pub parent: String,
}

/// The seed themes in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codebook {
    /// The themes.
    pub seeds: Vec<Seed>,
    /// The file that it was read from.
    pub file: Option<PathBuf>,
}

/// A theme as read, with the place that an error points to.
pub(super) struct SeedAsWritten {
    pub(super) seed: Seed,
    pub(super) line: Option<usize>,
}

impl Codebook {
    /// Reads a codebook from `.toml`, `.csv`, `.xlsx`, or `.qdc` and `.qdpx` (REFI-QDA).
    ///
    /// Of the workbook that a run writes the reviewer's verdicts are applied: themes that are not kept are left out,
    /// renamed and merged ones are renamed and merged, and an emergent theme comes in only where the reviewer did something
    /// about it.
    ///
    /// # Errors
    /// [`StudyError`] when the file cannot be read, has another ending, or holds a theme without a name, twice the
    /// same name, an unknown key, or a verdict that cannot be understood.
    pub fn load(path: &Path) -> Result<Self, StudyError> {
        Self::read(&bytes_of(path)?, path)
    }

    /// Reads a codebook whose contents are in memory already. `path` is its name: the ending says how to read it.
    ///
    /// # Errors
    /// [`StudyError`] as for [`Codebook::load`].
    ///
    /// ```
    /// let codebook = emic::study::Codebook::read(b"name,keywords\nworkload,caseload|overtime\n", "codebook.csv".as_ref())?;
    /// assert_eq!(codebook.seeds[0].keywords, ["caseload", "overtime"]);
    /// # Ok::<(), emic::study::StudyError>(())
    /// ```
    pub fn read(bytes: &[u8], path: &Path) -> Result<Self, StudyError> {
        let ending =
            path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let text = || {
            std::str::from_utf8(bytes).map(|text| text.trim_start_matches('\u{feff}')).map_err(|_| {
                StudyError::about(
                    path,
                    "the codebook is not UTF-8 text",
                    "save it again with the encoding UTF-8",
                )
            })
        };
        let written = match ending.as_str() {
            "toml" => codebook_toml::read(path, text()?)?,
            "csv" => codebook_csv::read(path, text()?)?,
            "xlsx" => codebook_xlsx::read(path, bytes)?,
            "qdc" => {
                let read = exchange::read_qdc(text()?, &path.display().to_string());
                of_codes(read.map(|(codes, _)| codes), path)?
            }
            "qdpx" => {
                let read = exchange::read_qdpx(bytes, &path.display().to_string());
                of_codes(read.map(|read| read.project.codes), path)?
            }
            _ => {
                return Err(StudyError::about(
                    path,
                    "a codebook must end in .toml, .csv, .xlsx, .qdc or .qdpx",
                    "`emic init FOLDER` makes a codebook.toml to start from",
                ));
            }
        };
        Ok(Self { seeds: checked(path, written)?, file: Some(path.to_owned()) })
    }
}

/// The codes of another program as themes.
fn of_codes(read: Result<Vec<Code>, ProjectError>, path: &Path) -> Result<Vec<SeedAsWritten>, StudyError> {
    let codes = read.map_err(|error| {
        StudyError::about(path, error.to_string(), "export it again as REFI-QDA codebook or project")
    })?;
    Ok(exchange::seeds_of(&codes).into_iter().map(|seed| SeedAsWritten { seed, line: None }).collect())
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, StudyError> {
    let mut bytes = Vec::new();
    let read =
        File::open(path).and_then(|file| file.take(LARGEST_MB * 1024 * 1024 + 1).read_to_end(&mut bytes));
    match read {
        Ok(length) if length as u64 > LARGEST_MB * 1024 * 1024 => {
            Err(StudyError::about(path, format!("the codebook is larger than {LARGEST_MB} MB"), ""))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(StudyError::about(path, format!("the codebook cannot be read: {error}"), "")),
    }
}

fn checked(path: &Path, written: Vec<SeedAsWritten>) -> Result<Vec<Seed>, StudyError> {
    if written.len() > MOST_THEMES {
        return Err(StudyError::about(path, format!("the codebook has more than {MOST_THEMES} themes"), ""));
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
    /// The theme as every reader gives it: texts cleaned as those of transcripts are, without blanks around them and
    /// without empty examples and keywords. Names keep what is in them, so that [`checked`] can refuse it.
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
mod tests {
    use super::*;

    fn load(name: &str, text: &str) -> Result<Codebook, StudyError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Codebook::load(&path).map_err(|error| StudyError { file: name.to_owned(), ..error })
    }

    fn said(name: &str, text: &str) -> String {
        let error = load(name, text).unwrap_err();
        format!("{error} ({})", error.hint)
    }

    #[test]
    fn the_seed_codebooks_of_the_project_are_complete() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/codebooks");
        let names = ["barriers", "community-group-skills", "community-practice", "levels-of-practice"];
        for name in names {
            let codebook = Codebook::load(&folder.join(format!("{name}.toml"))).unwrap();
            assert!(codebook.seeds.len() >= 3);
            for seed in &codebook.seeds {
                assert!(![&seed.definition, &seed.include, &seed.exclude].into_iter().any(String::is_empty));
                assert!(seed.examples.len() >= 3 && seed.keywords.len() >= 6, "{}", seed.name);
            }
        }
    }

    #[test]
    fn a_table_with_semicolons_reads_like_toml() {
        let csv = "Name;Definition;Examples;Keywords\nworkload;Too many cases.;I have sixty.|No time at all.;caseload|overtime\n";
        let toml = "[[theme]]\nname = \"workload\"\ndefinition = \"Too many cases.\"\n\
                    examples = [\"I have sixty.\", \"No time at all.\"]\nkeywords = [\"caseload\", \"overtime\"]\n";
        assert_eq!(load("a.csv", csv).unwrap().seeds, load("a.toml", toml).unwrap().seeds);
    }

    #[test]
    fn texts_are_cleaned_as_in_transcripts() {
        let toml = "[[theme]]\nname = \"a\"\ndefinition = \"\\u0001one\\r\\ntwo\\rthree\\u0085four \\u0007\"\n\
                    examples = [\"\\u0000\", \" \\uFEFFyes\"]\n";
        let seeds = load("a.toml", toml).unwrap().seeds;
        assert_eq!(seeds[0].definition, "one\ntwo\nthree\nfour");
        assert_eq!(seeds[0].examples, ["yes"]);
        assert_eq!(seeds[0].clone().cleaned(), seeds[0]);
    }

    #[test]
    fn mistakes_name_the_line_and_what_was_meant() {
        let twice = "[[theme]]\nname = \"workload\"\n[[theme]]\nname = \"Workload\"\n";
        insta::assert_snapshot!(said("a.toml", twice), @"a.toml:3: the theme `Workload` stands twice (join the two, or rename one)");
        insta::assert_snapshot!(said("a.toml", "[[theme]]\nname = \"a\"\nkeyword = []\n"), @"a.toml:3: unknown key `keyword` (did you mean `keywords`?)");
        insta::assert_snapshot!(said("a.csv", "name,definiton\na,b\n"), @"a.csv:1: unknown column `definiton` (did you mean `definition`?)");
        insta::assert_snapshot!(said("a.csv", "name,definition\n,b\n"), @"a.csv:2: a theme has no name (give every theme a `name`)");
        insta::assert_snapshot!(said("a.docx", ""), @"a.docx: a codebook must end in .toml, .csv, .xlsx, .qdc or .qdpx (`emic init FOLDER` makes a codebook.toml to start from)");
    }
}
