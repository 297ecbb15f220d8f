//! `review/changes.csv`: the changes of all imported projects, a row each. The column `import` is the coder of the project, so that one
//! coder's import does not replace the changes of another.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use refi_qda::Project;
use transcripts::tables::{Row, read_sheets};
use transcripts::{CharSpan, Severity};

use super::Change;
use crate::exchange::sources::LocatedSource;
use crate::results::TranscriptIndex;
use crate::review::write_rows;
use crate::table::unguarded;

/// The file within `review`.
pub(in crate::exchange) const CHANGES: &str = "changes.csv";
/// Megabytes of the file.
const MAX_MB: u64 = 256;
/// Its columns.
const COLUMNS: [&str; 12] = [
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
    "import",
];
/// Indices of columns.
const CODER: usize = 3;
const TRANSCRIPT: usize = 4;
const IMPORT: usize = 11;

/// Earlier changes that cannot be read, and so would be lost.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}; nothing was imported, so that no earlier change is lost (mend the file, or move it away to begin anew)", path.display())]
pub struct ChangesError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: String,
}

/// What is imported.
#[derive(Clone, Copy)]
pub(in crate::exchange) struct Import<'a> {
    /// The coder.
    pub(in crate::exchange) coder: &'a str,
    /// The exported project.
    pub(in crate::exchange) before: &'a Project,
    /// For each of its sources the transcript.
    pub(in crate::exchange) located: &'a [Option<LocatedSource>],
    /// The transcripts in the returned project.
    pub(in crate::exchange) returned: &'a BTreeSet<TranscriptIndex>,
}

/// The rows of all imports, in which these changes replace earlier ones of the same coder about codes and about the transcripts that were
/// returned.
///
/// # Errors
/// When there is a file of earlier changes that cannot be read.
pub(in crate::exchange) fn with_earlier(
    path: &Path,
    changes: &[Change],
    import: Import<'_>,
) -> Result<Vec<Vec<String>>, ChangesError> {
    let returned: BTreeSet<&str> = import
        .before
        .sources
        .iter()
        .zip(import.located)
        .filter(|(_, located)| {
            located.as_ref().is_some_and(|located| import.returned.contains(&located.transcript))
        })
        .map(|(source, _)| source.name.as_str())
        .collect();
    let is_replaced = |row: &Vec<String>| {
        let cell = |column: usize| row.get(column).map_or("", String::as_str);
        let about = cell(TRANSCRIPT);
        cell(IMPORT) == import.coder && (about.is_empty() || returned.contains(about))
    };
    let fresh: Vec<Vec<String>> = rows_of(changes, import);
    let mut rows = earlier(path)?;
    rows.retain(|row| !is_replaced(row) && !fresh.contains(row));
    rows.extend(fresh);
    // By import, in the order of each.
    rows.sort_by(|one, other| one.get(IMPORT).cmp(&other.get(IMPORT)));
    Ok(rows)
}

/// Writes all rows over the file at `path`.
pub(in crate::exchange) fn write_changes(path: &Path, rows: Vec<Vec<String>>) -> io::Result<()> {
    write_rows(path, &COLUMNS, rows).map(|_| ())
}

/// The rows of the file. Older versions of it have no column `import`; there it is the coder of the row.
fn earlier(path: &Path) -> Result<Vec<Vec<String>>, ChangesError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let fault = |why: String| ChangesError { path: path.to_owned(), why };
    let file = read_sheets(path, "", MAX_MB);
    if let Some(problem) = file.problems.iter().find(|problem| problem.severity == Severity::Error) {
        return Err(fault(problem.message.clone()));
    }
    let mut rows = file.sheets.into_iter().flat_map(|sheet| sheet.rows);
    let Some(header) = rows.next() else { return Ok(Vec::new()) };
    let column = |name: &str| {
        let mut cells = header.cells.iter();
        cells.find(|(_, cell)| cell.trim().eq_ignore_ascii_case(name)).map(|(column, _)| *column)
    };
    let columns: Vec<Option<u32>> = COLUMNS.iter().map(|name| column(name)).collect();
    if columns.first().copied().flatten().is_none() {
        return Err(fault("it has no column `change`".to_owned()));
    }
    let cell = |row: &Row, column: Option<u32>| {
        column
            .and_then(|column| row.cells.get(&column))
            .map_or(String::new(), |cell| unguarded(cell).to_owned())
    };
    let row = |row: Row| {
        let mut cells: Vec<String> = columns.iter().map(|column| cell(&row, *column)).collect();
        if cells[IMPORT].is_empty() {
            let coder = cells[CODER].clone();
            cells[IMPORT] = coder;
        }
        cells
    };
    Ok(rows.map(row).collect())
}

fn rows_of(changes: &[Change], import: Import<'_>) -> Vec<Vec<String>> {
    let Import { coder, before, located, .. } = import;
    let by_name: BTreeMap<&str, usize> =
        before.sources.iter().enumerate().map(|(index, source)| (source.name.as_str(), index)).collect();
    let letters: Vec<Vec<char>> = before.sources.iter().map(|source| source.text.chars().collect()).collect();
    let row = |change: &Change| {
        let source = by_name.get(change.source.as_str()).copied();
        // A span in the transcript's reading text, and its words.
        let of = |span: Option<CharSpan>| {
            let (source, span) = (source?, span?);
            let text: String = letters.get(source)?.get(span.start..span.end)?.iter().collect();
            let reading =
                located.get(source)?.as_ref().and_then(|located| located.alignment.to_reading(span));
            Some((reading, text))
        };
        let cells = |found: Option<(Option<CharSpan>, String)>| {
            let (span, text) = found.unwrap_or_default();
            let number =
                |number: fn(CharSpan) -> usize| span.map_or(String::new(), |span| number(span).to_string());
            [number(|span| span.start), number(|span| span.end), text]
        };
        let ([start, end, text], [was_start, was_end, was_text]) =
            (cells(of(change.span)), cells(of(change.was_span)));
        let who = if change.user.is_empty() { coder } else { &change.user };
        let (kind, source) = (change.kind.as_str().to_owned(), change.source.clone());
        let (code, was, who, import) =
            (change.code.clone(), change.was.clone(), who.to_owned(), coder.to_owned());
        vec![kind, code, was, who, source, start, end, was_start, was_end, text, was_text, import]
    };
    changes.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use refi_qda::{Guid, TextSource};

    use crate::exchange::changes::ChangeKind;
    use crate::exchange::positions::TextAlignment;

    fn before() -> Project {
        let source = |name: &str| TextSource {
            guid: Guid::derived("", "source", name),
            name: name.to_owned(),
            description: String::new(),
            text: "Anna: no time\n".to_owned(),
            selections: Vec::new(),
            values: Vec::new(),
            notes: Vec::new(),
        };
        Project { sources: vec![source("P01"), source("P02")], ..Project::default() }
    }

    /// Imports changes of a coder, in a project with these transcripts.
    fn import(path: &Path, coder: &str, returned: &[usize], changes: &[(&str, &str)]) {
        let change = |&(code, source): &(&str, &str)| Change {
            kind: if source.is_empty() { ChangeKind::CodeAdded } else { ChangeKind::CodingAdded },
            code: code.to_owned(),
            was: String::new(),
            user: String::new(),
            source: source.to_owned(),
            span: (!source.is_empty()).then_some(CharSpan { start: 6, end: 8 }),
            was_span: None,
        };
        let changes: Vec<Change> = changes.iter().map(change).collect();
        let (before, returned) = (before(), returned.iter().copied().map(TranscriptIndex::new).collect());
        let located = [0, 1].map(|transcript| {
            Some(LocatedSource { transcript: transcript.into(), alignment: TextAlignment::default() })
        });
        let import = Import { coder, before: &before, located: &located, returned: &returned };
        write_changes(path, with_earlier(path, &changes, import).unwrap()).unwrap();
    }

    fn shown(path: &Path) -> String {
        let rows = earlier(path).unwrap();
        rows.iter()
            .map(|row| [&row[IMPORT], &row[1], &row[TRANSCRIPT], &row[9]].map(String::as_str).join(" "))
            .collect::<Vec<String>>()
            .join("\n")
    }

    #[test]
    fn imports_are_kept_apart_and_each_replaces_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CHANGES);
        import(&path, "Ben", &[0, 1], &[("risk", "P02"), ("hope", "")]);
        import(&path, "Ana", &[0, 1], &[("=work, \"pay\"", "P01")]);
        insta::assert_snapshot!(shown(&path), @r#"
        Ana =work, "pay" P01 no
        Ben risk P02 no
        Ben hope
        "#);
        // Ben hands in P01 alone, then all again without a change.
        import(&path, "Ben", &[0], &[("pay", "P01")]);
        insta::assert_snapshot!(shown(&path), @r#"
        Ana =work, "pay" P01 no
        Ben risk P02 no
        Ben pay P01 no
        "#);
        import(&path, "Ben", &[0, 1], &[]);
        insta::assert_snapshot!(shown(&path), @r#"Ana =work, "pay" P01 no"#);
    }

    #[test]
    fn a_file_that_is_no_list_of_changes_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CHANGES);
        std::fs::write(&path, "my,notes\n1,2\n").unwrap();
        let why = earlier(&path).unwrap_err().why;
        assert_eq!(why, "it has no column `change`");
        std::fs::write(&path, "change;code;coder\ncode added;hope;Ana\n").unwrap();
        assert_eq!(shown(&path), "Ana hope  ");
    }
}
