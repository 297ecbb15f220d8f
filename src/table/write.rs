//! Writes all tables of a run into a folder.

use std::ops::Range;
use std::path::{Path, PathBuf};

use polars::prelude::{DataFrame, PolarsError};
use transcripts::Problem;

use super::csv::write_csv;
use super::excel::{LONGEST_SHEET, write_excel};
use super::parquet::{write_parquet, write_parquet_groups};
use super::replace::{Digest, replace_file};
use super::schema::{self, TableSchema};
use super::scores::{labels_of, scores_of, theme_name_problems};
use super::segments::{embeddings_of, segments_of};
use super::transcripts::{attribute_problems, turns_of};
use super::{
    Findings, TableError, agreement_frame, calibration_frame, clusters_frame, contrasts_frame,
    cooccurrence_frame, corrected_contrasts_frame, corrected_prevalence_frame, disagreements_frame,
    embeddings_frame, labels_frame, learned_frame, notes_frame, parameters_frame, positions_frame,
    prevalence_frame, problems_frame, quotes_frame, raised_frame, replacements_frame, saturation_frame,
    scores_frame, seeds_frame, segments_frame, themes_frame, transcripts_frame, trends_frame, turns_frame,
};
use crate::results::{Progress, Stage};
use crate::storage::private::make_folder;

/// Folder of the tables inside the output folder.
pub(super) const FOLDER: &str = "tables";

/// A file format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Apache Parquet: every table, unchanged and with its types.
    Parquet,
    /// Comma-separated text: every table but `embeddings`.
    Csv,
    /// Excel workbooks: every table but `embeddings`.
    Excel,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Parquet, Self::Csv, Self::Excel];

    /// The name in the study file, which is the extension of its files.
    ///
    /// ```
    /// use emic::table::Format;
    /// assert_eq!(Format::ALL.map(Format::as_str), ["parquet", "csv", "xlsx"]);
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Excel => "xlsx",
        }
    }

    /// The format with this name in the study file, if there is one.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }

    fn holds(self, table: &TableSchema) -> bool {
        self == Self::Parquet || table.spreadsheets
    }
}

/// A file that holds a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// The table.
    pub table: &'static str,
    /// What kind of file it is.
    pub format: Format,
    /// The file, relative to the output folder, with `/` on every system.
    pub path: String,
    /// Rows of the table.
    pub rows: u64,
    /// Length and digest of the file.
    pub digest: Digest,
}

/// The result of [`write_tables`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenTables {
    /// The files, by table in the order of the schema and then by format.
    pub files: Vec<WrittenFile>,
    /// Problems of writing: columns renamed, cells cut. The `problems` table has them too.
    pub problems: Vec<Problem>,
}

/// Makes the frame of a table.
type FrameOf = fn(&Findings) -> Result<DataFrame, TableError>;

/// The tables with a row for every turn, segment or label: how many rows they have, and some of them.
const IN_GROUPS: [(&TableSchema, RowsOf, GroupOf); 5] = [
    (
        &schema::TURNS,
        |findings| findings.corpus.transcripts.iter().map(|one| one.turns.len()).sum(),
        |findings, rows| {
            let mut end = 0;
            // Only the transcripts before are counted, not their turns.
            turns_of(findings.corpus.transcripts.iter().flat_map(|one| {
                let start = end;
                end += one.turns.len();
                let [first, last] = [rows.start, rows.end].map(|row| row.clamp(start, end) - start);
                one.turns[first..last].iter().map(move |turn| (one, turn))
            }))
        },
    ),
    (&schema::SEGMENTS, |findings| findings.segments.len(), segments_of),
    (&schema::EMBEDDINGS, |findings| findings.segments.len(), embeddings_of),
    (&schema::SCORES, |findings| findings.segments.len(), scores_of),
    (&schema::LABELS, |findings| findings.labels.len(), labels_of),
];

type RowsOf = fn(&Findings) -> usize;
type GroupOf = fn(&Findings, Range<usize>) -> Result<DataFrame, TableError>;

/// How to write a table without holding it whole; none where labels have several coders, and so several rows.
fn groups_of(table: &TableSchema, findings: &Findings) -> Option<(usize, GroupOf)> {
    let (_, rows_of, group_of) = IN_GROUPS.iter().find(|(other, ..)| other.name == table.name)?;
    let is_whole =
        table.name == schema::LABELS.name && findings.labels.iter().any(|one| one.coders.len() > 1);
    (!is_whole).then(|| (rows_of(findings), *group_of))
}

/// Every table but `problems`, which is written last because writing the others may add to it.
const FRAMES: [(&TableSchema, FrameOf); 26] = [
    (&schema::TRANSCRIPTS, transcripts_frame),
    (&schema::TURNS, turns_frame),
    (&schema::SEGMENTS, segments_frame),
    (&schema::EMBEDDINGS, embeddings_frame),
    (&schema::SCORES, scores_frame),
    (&schema::LABELS, labels_frame),
    (&schema::THEMES, themes_frame),
    (&schema::CLUSTERS, clusters_frame),
    (&schema::QUOTES, quotes_frame),
    (&schema::SEEDS, seeds_frame),
    (&schema::PREVALENCE, prevalence_frame),
    (&schema::CONTRASTS, contrasts_frame),
    (&schema::COOCCURRENCE, cooccurrence_frame),
    (&schema::SATURATION, saturation_frame),
    (&schema::POSITIONS, positions_frame),
    (&schema::RAISED, raised_frame),
    (&schema::TRENDS, trends_frame),
    (&schema::AGREEMENT, agreement_frame),
    (&schema::DISAGREEMENTS, disagreements_frame),
    (&schema::CORRECTED_PREVALENCE, corrected_prevalence_frame),
    (&schema::CORRECTED_CONTRASTS, corrected_contrasts_frame),
    (&schema::LEARNED, learned_frame),
    (&schema::CALIBRATION, calibration_frame),
    (&schema::NOTES, notes_frame),
    (&schema::PARAMETERS, parameters_frame),
    (&schema::REPLACEMENTS, replacements_frame),
];

/// The table of this name, as [`write_tables`] writes it; none where no table is called that.
///
/// # Errors
/// When the findings refer to what they do not contain.
///
/// ```
/// let findings = emic::table::Findings::default();
/// let frame = emic::table::table_frame(&findings, "prevalence").expect("there is such a table")?;
/// assert_eq!(frame.height(), 0);
/// assert!(emic::table::table_frame(&findings, "prevalences").is_none());
/// # Ok::<(), emic::table::TableError>(())
/// ```
pub fn table_frame(findings: &Findings, name: &str) -> Option<Result<DataFrame, TableError>> {
    if name == schema::PROBLEMS.name {
        return Some(problems_frame(&all_problems(findings)));
    }
    FRAMES.iter().find(|(table, _)| table.name == name).map(|(_, frame_of)| frame_of(findings))
}

/// Names of attributes and themes that had to be changed to be columns.
fn naming_problems(findings: &Findings) -> Vec<Problem> {
    [attribute_problems(findings), theme_name_problems(findings)].concat()
}

/// The problems of the findings and those of putting them into tables, sorted, each once.
fn all_problems(findings: &Findings) -> Vec<Problem> {
    let mut problems = [findings.problems.clone(), naming_problems(findings)].concat();
    problems.sort();
    problems.dedup();
    problems
}

/// The files that [`write_tables`] writes in these formats, relative to the output folder.
pub(crate) fn table_files(formats: &[Format]) -> impl Iterator<Item = PathBuf> {
    schema::TABLES.into_iter().flat_map(|table| {
        formats
            .iter()
            .filter(|format| format.holds(table))
            .map(|format| Path::new(FOLDER).join(format!("{}.{}", table.name, format.as_str())))
    })
}

/// Writes every table into `directory/tables`, in every format of `formats`.
///
/// Each file is written under a temporary name and renamed when it is whole. The bytes depend on the findings and the version
/// of the program alone. The caller removes files of an earlier run in other formats; `run.json` lists those of this one.
///
/// # Errors
/// When the folder or a file cannot be written, when the findings refer to what they do not contain, or when `progress` is cancelled.
pub fn write_tables(
    findings: &Findings,
    directory: &Path,
    formats: &[Format],
    progress: &dyn Progress,
) -> Result<WrittenTables, TableError> {
    let folder = directory.join(FOLDER);
    make_folder(&folder).map_err(|source| TableError::Folder { path: folder.clone(), source })?;

    let wanted = |table: &TableSchema| -> Vec<Format> {
        let holds = |format: &Format| formats.contains(format) && format.holds(table);
        Format::ALL.into_iter().filter(holds).collect()
    };
    progress.begin(Stage::Write, schema::TABLES.into_iter().map(|table| wanted(table).len() as u64).sum());

    let mut files = Vec::new();
    let mut added = naming_problems(findings);
    for (table, frame_of) in FRAMES {
        if progress.is_cancelled() {
            return Err(TableError::Cancelled);
        }
        let mut wanted = wanted(table);
        if let Some(groups) = groups_of(table, findings).filter(|_| wanted.contains(&Format::Parquet)) {
            files.push(write_groups(findings, table, groups, &folder)?);
            progress.advance(1);
            wanted.retain(|format| *format != Format::Parquet);
        }
        if wanted.is_empty() {
            continue;
        }
        let frame = frame_of(findings)?;
        for format in wanted {
            let (file, problems) = write_table(&frame, table, format, &folder)?;
            files.push(file);
            added.extend(problems);
            progress.advance(1);
        }
    }
    let mut problems = [findings.problems.as_slice(), &added].concat();
    problems.sort();
    let frame = problems_frame(&problems)?;
    for format in wanted(&schema::PROBLEMS) {
        // A cell of `problems` that Excel cuts is reported to the caller alone: the table is already made.
        let (file, problems) = write_table(&frame, &schema::PROBLEMS, format, &folder)?;
        files.push(file);
        added.extend(problems);
        progress.advance(1);
    }
    progress.end();
    Ok(WrittenTables { files, problems: added })
}

/// As Parquet, without the whole table in memory.
fn write_groups(
    findings: &Findings,
    table: &'static TableSchema,
    (rows, group_of): (usize, GroupOf),
    folder: &Path,
) -> Result<WrittenFile, TableError> {
    let format = Format::Parquet;
    let name = format!("{}.{}", table.name, format.as_str());
    let path = folder.join(&name);
    let mut fault = None;
    let digest = replace_file::<PolarsError>(&path, |writer| {
        write_parquet_groups(writer, rows, table, |some| {
            group_of(findings, some).map_err(|error| {
                let message = error.to_string();
                fault = Some(error);
                PolarsError::ComputeError(message.into())
            })
        })
    });
    if let Some(fault) = fault {
        return Err(fault);
    }
    let digest = digest.map_err(|source| TableError::File { path, source })?;
    Ok(WrittenFile { table: table.name, format, path: format!("{FOLDER}/{name}"), rows: rows as u64, digest })
}

fn write_table(
    frame: &DataFrame,
    table: &TableSchema,
    format: Format,
    folder: &Path,
) -> Result<(WrittenFile, Vec<Problem>), TableError> {
    let name = format!("{}.{}", table.name, format.as_str());
    let path = folder.join(&name);
    let mut problems = Vec::new();
    let digest = replace_file::<PolarsError>(&path, |writer| {
        match format {
            Format::Parquet => write_parquet(writer, frame, table)?,
            Format::Csv => write_csv(writer, frame, true)?,
            Format::Excel => problems = write_excel(writer, frame, table, LONGEST_SHEET)?,
        }
        Ok(())
    })
    .map_err(|source| TableError::File { path, source })?;
    let rows = frame.height() as u64;
    Ok((WrittenFile { table: table.name, format, path: format!("{FOLDER}/{name}"), rows, digest }, problems))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::results::NoProgress;
    use crate::table::fixture::{empty_findings, small_findings};

    fn write(findings: &Findings, formats: &[Format], threads: usize) -> (tempfile::TempDir, WrittenTables) {
        let folder = tempfile::tempdir().unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let written = pool.install(|| write_tables(findings, folder.path(), formats, &NoProgress)).unwrap();
        (folder, written)
    }

    #[test]
    fn every_table_of_the_schema_is_written() {
        let mut names: Vec<&str> = FRAMES.iter().map(|(table, _)| table.name).collect();
        names.push(schema::PROBLEMS.name);
        assert_eq!(names, schema::TABLES.map(|table| table.name));
    }

    #[test]
    fn a_table_in_groups_has_the_rows_of_the_whole() {
        let findings = small_findings();
        for (table, rows_of, group_of) in
            IN_GROUPS.into_iter().filter(|(one, ..)| one.name != schema::LABELS.name)
        {
            let rows = rows_of(&findings);
            let whole = group_of(&findings, 0..rows).unwrap();
            assert!(rows > 3 && whole.height() == rows, "{}", table.name);
            for first in 0..rows {
                for last in first..=rows {
                    let group = group_of(&findings, first..last).unwrap();
                    let expected = whole.slice(first as i64, last - first);
                    assert!(group.equals_missing(&expected), "{} {first}..{last}", table.name);
                }
            }
        }
    }

    #[test]
    fn files_are_listed_with_rows_and_digests() {
        let (folder, written) = write(&small_findings(), &[Format::Excel, Format::Parquet, Format::Csv], 2);
        let listing: Vec<String> =
            written.files.iter().map(|file| format!("{} {}", file.path, file.rows)).collect();
        insta::assert_snapshot!(listing.join("\n"), @r"
        tables/transcripts.parquet 2
        tables/transcripts.csv 2
        tables/transcripts.xlsx 2
        tables/turns.parquet 5
        tables/turns.csv 5
        tables/turns.xlsx 5
        tables/segments.parquet 4
        tables/segments.csv 4
        tables/segments.xlsx 4
        tables/embeddings.parquet 4
        tables/scores.parquet 4
        tables/scores.csv 4
        tables/scores.xlsx 4
        tables/labels.parquet 4
        tables/labels.csv 4
        tables/labels.xlsx 4
        tables/themes.parquet 3
        tables/themes.csv 3
        tables/themes.xlsx 3
        tables/clusters.parquet 2
        tables/clusters.csv 2
        tables/clusters.xlsx 2
        tables/quotes.parquet 5
        tables/quotes.csv 5
        tables/quotes.xlsx 5
        tables/seeds.parquet 3
        tables/seeds.csv 3
        tables/seeds.xlsx 3
        tables/prevalence.parquet 12
        tables/prevalence.csv 12
        tables/prevalence.xlsx 12
        tables/contrasts.parquet 6
        tables/contrasts.csv 6
        tables/contrasts.xlsx 6
        tables/cooccurrence.parquet 3
        tables/cooccurrence.csv 3
        tables/cooccurrence.xlsx 3
        tables/saturation.parquet 2
        tables/saturation.csv 2
        tables/saturation.xlsx 2
        tables/positions.parquet 30
        tables/positions.csv 30
        tables/positions.xlsx 30
        tables/raised.parquet 3
        tables/raised.csv 3
        tables/raised.xlsx 3
        tables/trends.parquet 6
        tables/trends.csv 6
        tables/trends.xlsx 6
        tables/agreement.parquet 9
        tables/agreement.csv 9
        tables/agreement.xlsx 9
        tables/disagreements.parquet 2
        tables/disagreements.csv 2
        tables/disagreements.xlsx 2
        tables/corrected_prevalence.parquet 6
        tables/corrected_prevalence.csv 6
        tables/corrected_prevalence.xlsx 6
        tables/corrected_contrasts.parquet 2
        tables/corrected_contrasts.csv 2
        tables/corrected_contrasts.xlsx 2
        tables/learned.parquet 1
        tables/learned.csv 1
        tables/learned.xlsx 1
        tables/calibration.parquet 2
        tables/calibration.csv 2
        tables/calibration.xlsx 2
        tables/notes.parquet 2
        tables/notes.csv 2
        tables/notes.xlsx 2
        tables/parameters.parquet 2
        tables/parameters.csv 2
        tables/parameters.xlsx 2
        tables/replacements.parquet 3
        tables/replacements.csv 3
        tables/replacements.xlsx 3
        tables/problems.parquet 7
        tables/problems.csv 7
        tables/problems.xlsx 7
        ");
        for file in &written.files {
            let bytes = fs::read(folder.path().join(&file.path)).unwrap();
            assert_eq!(bytes.len() as u64, file.digest.bytes, "{}", file.path);
        }
        let in_folder = fs::read_dir(folder.path().join(FOLDER)).unwrap().count();
        assert_eq!(in_folder, written.files.len(), "no partial file stays");
    }

    #[test]
    fn the_same_findings_give_the_same_bytes_on_any_number_of_threads() {
        let findings = small_findings();
        assert_eq!(write(&findings, &Format::ALL, 1).1, write(&findings, &Format::ALL, 4).1);
    }

    #[test]
    fn problems_of_writing_stand_in_the_problems_table() {
        let (folder, written) = write(&small_findings(), &[Format::Csv], 1);
        insta::assert_snapshot!(written.problems[0], @"warning: table transcripts: The attribute `Turns` stands in the column `Turns_2`. (Rename the attribute if scripts use this table: its name is taken, too long, or not plain text.)");
        let table = fs::read_to_string(folder.path().join("tables/problems.csv")).unwrap();
        assert!(table.contains(&written.problems[0].message), "{table}");
    }

    #[test]
    fn a_study_in_which_nothing_was_found_is_written() {
        let (_folder, written) = write(&empty_findings(), &Format::ALL, 1);
        assert_eq!((written.files.len(), written.problems.len()), (79, 0));
        assert!(written.files.iter().all(|file| file.rows == 0));
    }

    #[test]
    fn a_file_in_the_way_of_the_folder_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FOLDER), "").unwrap();
        let error = write_tables(&empty_findings(), folder.path(), &[Format::Csv], &NoProgress).unwrap_err();
        assert!(error.to_string().contains("tables"), "{error}");
    }
}
