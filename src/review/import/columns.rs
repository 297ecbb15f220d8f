//! Recognises the columns of a sheet: by their headings, by misspelt headings, or by their cells.

use std::collections::{BTreeMap, BTreeSet};

use transcripts::tables::Row;

use super::samples::Samples;
use crate::review::answer_words::answer;
use crate::review::sample::sheet::{
    AFTER, BEFORE, CODER, FIXED, ID, INTERVIEW, MEMO, NONE, OTHER, SAMPLE, TEXT, WHERE, theme_heading,
};
use crate::table::unguarded;

/// Rows among which the headings are looked for.
const FIRST_ROWS: usize = 10;

/// A column that asks for a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ThemeColumn {
    pub(super) column: u32,
    pub(super) theme: String,
}

/// The columns of a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetColumns {
    fixed: BTreeMap<&'static str, u32>,
    pub(super) themes: Vec<ThemeColumn>,
    /// Notes on how the columns were read.
    pub(super) notes: Vec<String>,
}

impl SheetColumns {
    /// The cell under one of our headings, without guards; empty when there is no such column.
    pub(super) fn cell<'a>(&self, row: &'a Row, heading: &str) -> &'a str {
        let cell = self.fixed.get(heading).and_then(|column| row.cells.get(column));
        cell.map_or("", |cell| unguarded(cell))
    }

    pub(super) fn has(&self, heading: &str) -> bool {
        self.fixed.contains_key(heading)
    }
}

/// A heading without case, blanks and marks.
pub(super) fn folded(heading: &str) -> String {
    heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The index of the row of headings: the row at the top that names most of our columns and themes, if any names two, or one
/// above a column of segment ids.
pub(super) fn heading_row(rows: &[Row], samples: &Samples) -> Option<usize> {
    let themes = samples.values().flat_map(|sample| &sample.record.themes).map(|theme| folded(theme));
    let known: BTreeSet<String> = FIXED.iter().map(|heading| folded(heading)).chain(themes).collect();
    let named = |row: &Row| row.cells.values().filter(|cell| known.contains(&folded(cell))).count();
    let counts = rows.iter().take(FIRST_ROWS).map(named).enumerate();
    let (index, count) = counts.max_by_key(|(index, count)| (*count, std::cmp::Reverse(*index)))?;
    let has_ids = || rows.get(index + 1..).is_some_and(|rows| id_column(rows, samples).is_some());
    (count >= 2 || (count == 1 && has_ids())).then_some(index)
}

/// The columns that are the same in every sheet. The one with segment ids is found by its cells, if not by its heading.
pub(super) fn fixed_columns(header: &Row, rows: &[Row], samples: &Samples) -> SheetColumns {
    let mut columns = SheetColumns::default();
    for (&column, cell) in &header.cells {
        let heading = folded(cell);
        if let Some(fixed) = FIXED.iter().find(|fixed| folded(fixed) == heading) {
            columns.fixed.entry(fixed).or_insert(column);
        }
    }
    if !columns.has(ID)
        && let Some(column) = id_column(rows, samples)
    {
        let heading = header.cells.get(&column).map_or("", |cell| cell.trim());
        columns
            .notes
            .push(format!("the column `{heading}` was taken for `{ID}`, because segment ids stand in it"));
        columns.fixed.retain(|_, taken| *taken != column);
        columns.fixed.insert(ID, column);
    }
    columns
}

/// The column of which at least half of the cells are ids of drawn segments.
fn id_column(rows: &[Row], samples: &Samples) -> Option<u32> {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for row in rows {
        for (&column, cell) in &row.cells {
            let (ids, all) = counts.entry(column).or_default();
            *all += 1;
            *ids += usize::from(samples.values().any(|sample| sample.is_drawn(unguarded(cell))));
        }
    }
    let likely = counts.into_iter().filter(|(_, (ids, all))| *ids > 0 && ids * 2 >= *all);
    likely.max_by_key(|(column, (ids, _))| (*ids, std::cmp::Reverse(*column))).map(|(column, _)| column)
}

/// Finds the columns of the themes that were asked for, then those with misspelt headings, then added ones.
pub(super) fn find_themes(columns: &mut SheetColumns, header: &Row, rows: &[Row], themes: &[String]) {
    let mut open: BTreeMap<u32, String> = header
        .cells
        .iter()
        .filter(|(column, _)| !columns.fixed.values().any(|taken| taken == *column))
        .map(|(&column, cell)| (column, unguarded(cell.trim()).to_owned()))
        .collect();
    let mut found: BTreeMap<usize, u32> = BTreeMap::new();
    let by: [fn(&str) -> String; 2] = [str::to_owned, folded];
    for same in by {
        for (index, theme) in themes.iter().enumerate() {
            let wanted = [same(&theme_heading(theme)), same(theme)];
            let column = open.iter().find(|(_, heading)| wanted.contains(&same(heading)));
            if let Some(column) = column.map(|(&column, _)| column).filter(|_| !found.contains_key(&index)) {
                open.remove(&column);
                found.insert(index, column);
            }
        }
    }
    slips(columns, &mut open, &mut found, themes);
    let missing: Vec<String> = (0..themes.len())
        .filter(|index| !found.contains_key(index))
        .filter_map(|index| themes.get(index))
        .map(|theme| format!("`{theme}`"))
        .collect();
    if !missing.is_empty() && missing.len() < themes.len() {
        columns
            .notes
            .push(format!("there is no column for {}; the rows say nothing of it", missing.join(", ")));
    }
    for (index, column) in found {
        columns.themes.extend(themes.get(index).map(|theme| ThemeColumn { column, theme: theme.clone() }));
    }
    added(columns, &open, rows);
}

/// Misspelt headings: those near to a missing one, nearest first.
fn slips(
    columns: &mut SheetColumns,
    open: &mut BTreeMap<u32, String>,
    found: &mut BTreeMap<usize, u32>,
    themes: &[String],
) {
    const MOVABLE: [&str; 9] = [NONE, OTHER, MEMO, TEXT, CODER, INTERVIEW, WHERE, BEFORE, AFTER];
    let mut near: Vec<(usize, u32, Result<usize, &'static str>)> = Vec::new();
    for (&column, heading) in open.iter() {
        let heading = folded(heading);
        let mut compare = |name: &str, what: Result<usize, &'static str>| {
            let name = folded(name);
            let distance = strsim::damerau_levenshtein(&heading, &name);
            // A quarter of the letters may differ, and one more in names of more than five.
            if distance > 0 && distance <= name.chars().count() / 4 + usize::from(name.chars().count() > 5) {
                near.push((distance, column, what));
            }
        };
        for (index, theme) in themes.iter().enumerate().filter(|(index, _)| !found.contains_key(index)) {
            compare(theme, Ok(index));
        }
        for fixed in MOVABLE.iter().filter(|fixed| !columns.fixed.contains_key(*fixed)) {
            compare(fixed, Err(fixed));
        }
    }
    near.sort();
    for (_, column, what) in near {
        let is_taken = match what {
            Ok(index) => found.contains_key(&index),
            Err(fixed) => columns.fixed.contains_key(fixed),
        };
        if is_taken {
            continue;
        }
        let Some(heading) = open.remove(&column) else { continue };
        let name = match what {
            Ok(index) => {
                found.insert(index, column);
                themes.get(index).map_or("", String::as_str)
            }
            Err(fixed) => {
                columns.fixed.insert(fixed, column);
                fixed
            }
        };
        columns.notes.push(format!("the column `{heading}` was taken for `{name}`"));
    }
}

/// Columns that nobody asked for: a theme where all cells are answers, otherwise somebody's own notes.
fn added(columns: &mut SheetColumns, open: &BTreeMap<u32, String>, rows: &[Row]) {
    for (&column, heading) in open {
        let mut filled = rows.iter().filter_map(|row| row.cells.get(&column)).peekable();
        if filled.peek().is_none() {
            continue;
        }
        let heading = heading.split_whitespace().collect::<Vec<&str>>().join(" ");
        let is_theme = filled.all(|cell| answer(unguarded(cell)).is_some());
        let is_known = columns.themes.iter().any(|theme| folded(&theme.theme) == folded(&heading));
        if heading.is_empty() || !is_theme || is_known {
            columns.notes.push(format!(
                "the column `{heading}` was left out: it is none of the sheet's, and no list of answers"
            ));
            continue;
        }
        columns.notes.push(format!(
            "`{heading}` was taken for a theme that a coder added; where a row is done, an empty cell means no"
        ));
        columns.themes.push(ThemeColumn { column, theme: heading });
    }
}

/// The cell that says which sample a row is of.
pub(super) fn sample_cell<'a>(columns: &SheetColumns, row: &'a Row) -> &'a str {
    columns.cell(row, SAMPLE).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize, cells: &[&str]) -> Row {
        let filled = (0..).zip(cells).filter(|(_, cell)| !cell.is_empty());
        Row { number, cells: filled.map(|(column, cell)| (column, (*cell).to_owned())).collect() }
    }

    fn read(header: &[&str], rows: &[&[&str]], themes: &[&str]) -> String {
        let header = row(1, header);
        let rows: Vec<Row> = (2..).zip(rows).map(|(number, cells)| row(number, cells)).collect();
        let themes: Vec<String> = themes.iter().map(|&theme| theme.to_owned()).collect();
        let mut columns = fixed_columns(&header, &rows, &Samples::new());
        find_themes(&mut columns, &header, &rows, &themes);
        let themes: Vec<String> =
            columns.themes.iter().map(|theme| format!("{} {}", theme.column, theme.theme)).collect();
        format!("{:?}\n{}\n{}", columns.fixed, themes.join(" | "), columns.notes.join("\n"))
    }

    #[test]
    fn columns_are_found_in_any_order_and_with_slips() {
        insta::assert_snapshot!(read(
            &["Work load", "Segment ID", "mising services", "None of these", "tea", "my notes", "memmo", "x"],
            &[&["x", "P01:1", "", "", "1", "why?", "", ""], &["", "P01:2", "", "x", "no", "", "", ""]],
            &["workload", "missing services", "political risk", "memo"],
        ), @r#"
        {"none of these": 3, "segment_id": 1}
        0 workload | 2 missing services | 6 memo | 4 tea
        the column `mising services` was taken for `missing services`
        the column `memmo` was taken for `memo`
        there is no column for `political risk`; the rows say nothing of it
        `tea` was taken for a theme that a coder added; where a row is done, an empty cell means no
        the column `my notes` was left out: it is none of the sheet's, and no list of answers
        "#);
    }

    #[test]
    fn headings_may_stand_below_a_title() {
        let rows = [
            row(1, &["Coding of May"]),
            row(3, &["text", "segment_id", "a"]),
            row(4, &["text", "P01:1", "x"]),
        ];
        assert_eq!(heading_row(&rows, &Samples::new()), Some(1));
        assert_eq!(heading_row(&rows[..1], &Samples::new()), None);
    }
}
