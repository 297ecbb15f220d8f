//! `review/changes.csv`: what people changed in projects that came back, a row each. The column `import` says whose project it was, so
//! that a second one does not write over what the first one changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use refi_qda::Project;
use transcripts::tables::{Row, read_sheets};
use transcripts::{CharSpan, Severity};

use super::changes::Change;
use super::places::Places;
use crate::review::write_rows;
use crate::table::unguarded;

/// The file within `review`.
pub(super) const CHANGES: &str = "changes.csv";
/// Most megabytes of the file.
const LARGEST_MB: u64 = 256;
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
/// Places of columns that are looked at.
const CODER: usize = 3;
const TRANSCRIPT: usize = 4;
const IMPORT: usize = 11;

/// Why earlier changes cannot be kept.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}; nothing was imported, so that no earlier change is lost (mend the file, or move it away to begin anew)", path.display())]
pub struct ChangesError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: String,
}

/// One import.
#[derive(Clone, Copy)]
pub(super) struct Import<'a> {
    /// Whose work came back.
    pub(super) coder: &'a str,
    /// The project as it was given away.
    pub(super) before: &'a Project,
    /// For each of its sources the transcript that it is.
    pub(super) located: &'a [Option<(usize, Places)>],
    /// The transcripts that came back.
    pub(super) interviews: &'a BTreeSet<usize>,
}

/// The rows of all imports, once these changes are in the place of earlier ones of the same coder: about codes, and about the transcripts
/// that came back this time.
///
/// # Errors
/// When there is a file of earlier changes that cannot be read.
pub(super) fn with_earlier(
    path: &Path,
    changes: &[Change],
    import: Import<'_>,
) -> Result<Vec<Vec<String>>, ChangesError> {
    let came_back: BTreeSet<&str> = import
        .before
        .sources
        .iter()
        .zip(import.located)
        .filter(|(_, place)| place.as_ref().is_some_and(|(place, _)| import.interviews.contains(place)))
        .map(|(source, _)| source.name.as_str())
        .collect();
    let is_replaced = |row: &Vec<String>| {
        let cell = |place: usize| row.get(place).map_or("", String::as_str);
        let about = cell(TRANSCRIPT);
        cell(IMPORT) == import.coder && (about.is_empty() || came_back.contains(about))
    };
    let fresh: Vec<Vec<String>> = rows_of(changes, import);
    let mut rows = earlier(path)?;
    rows.retain(|row| !is_replaced(row) && !fresh.contains(row));
    rows.extend(fresh);
    // By import, in the order in which each was told.
    rows.sort_by(|one, other| one.get(IMPORT).cmp(&other.get(IMPORT)));
    Ok(rows)
}

/// Writes all rows in the place of the file at `path`.
pub(super) fn write_changes(path: &Path, rows: Vec<Vec<String>>) -> io::Result<()> {
    write_rows(path, &COLUMNS, rows).map(|_| ())
}

/// The rows that are there already. Those of an older version of the file do not say whose project it was: their coder's.
fn earlier(path: &Path) -> Result<Vec<Vec<String>>, ChangesError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let fault = |why: String| ChangesError { path: path.to_owned(), why };
    let file = read_sheets(path, "", LARGEST_MB);
    if let Some(problem) = file.problems.iter().find(|problem| problem.severity == Severity::Error) {
        return Err(fault(problem.message.clone()));
    }
    let mut rows = file.sheets.into_iter().flat_map(|sheet| sheet.rows);
    let Some(header) = rows.next() else { return Ok(Vec::new()) };
    let column = |name: &str| {
        let mut cells = header.cells.iter();
        cells.find(|(_, cell)| cell.trim().eq_ignore_ascii_case(name)).map(|(place, _)| *place)
    };
    let places: Vec<Option<u32>> = COLUMNS.iter().map(|name| column(name)).collect();
    if places.first().copied().flatten().is_none() {
        return Err(fault("it has no column `change`".to_owned()));
    }
    let cell = |row: &Row, place: Option<u32>| {
        place.and_then(|place| row.cells.get(&place)).map_or(String::new(), |cell| unguarded(cell).to_owned())
    };
    let row = |row: Row| {
        let mut cells: Vec<String> = places.iter().map(|place| cell(&row, *place)).collect();
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
        before.sources.iter().enumerate().map(|(place, source)| (source.name.as_str(), place)).collect();
    let letters: Vec<Vec<char>> = before.sources.iter().map(|source| source.text.chars().collect()).collect();
    let row = |change: &Change| {
        let source = by_name.get(change.source.as_str()).copied();
        // Where a place is in the transcript's reading text, and its words.
        let of = |span: Option<CharSpan>| {
            let (source, span) = (source?, span?);
            let text: String = letters.get(source)?.get(span.start..span.end)?.iter().collect();
            let reading = located.get(source)?.as_ref().and_then(|(_, places)| places.to_reading(span));
            Some((reading, text))
        };
        let cells = |place: Option<(Option<CharSpan>, String)>| {
            let (span, text) = place.unwrap_or_default();
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

    /// Takes one change of a coder into the file, where these transcripts came back.
    fn import(path: &Path, coder: &str, interviews: &[usize], changes: &[(&str, &str)]) {
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
        let (before, interviews) = (before(), interviews.iter().copied().collect());
        let located = [Some((0, Places::default())), Some((1, Places::default()))];
        let import = Import { coder, before: &before, located: &located, interviews: &interviews };
        write_changes(path, with_earlier(path, &changes, import).unwrap()).unwrap();
    }

    fn told(path: &Path) -> String {
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
        insta::assert_snapshot!(told(&path), @r#"
        Ana =work, "pay" P01 no
        Ben risk P02 no
        Ben hope
        "#);
        // Ben hands in P01 alone, then all again without a change.
        import(&path, "Ben", &[0], &[("pay", "P01")]);
        insta::assert_snapshot!(told(&path), @r#"
        Ana =work, "pay" P01 no
        Ben risk P02 no
        Ben pay P01 no
        "#);
        import(&path, "Ben", &[0, 1], &[]);
        insta::assert_snapshot!(told(&path), @r#"Ana =work, "pay" P01 no"#);
    }

    #[test]
    fn a_file_that_is_no_list_of_changes_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CHANGES);
        std::fs::write(&path, "my,notes\n1,2\n").unwrap();
        let why = earlier(&path).unwrap_err().why;
        assert_eq!(why, "it has no column `change`");
        std::fs::write(&path, "change;code;coder\ncode added;hope;Ana\n").unwrap();
        assert_eq!(told(&path), "Ana hope  ");
    }
}
