//! Tables without headings, from ELAN or pasted from a program: the contents of columns tell their meaning.

use super::cell::{Row, number_in};
use super::fold_column;
use crate::read::times::{clock, moment};

/// Rows that are examined.
const ROWS: usize = 200;
/// Share of filled cells of a kind at which the column is of that kind.
const MOST: f64 = 0.9;
/// Mean words in a cell of the column of speech.
const TEXT_WORDS: f64 = 2.0;

/// The contents of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    Clock,
    Decimal,
    Whole,
    Words,
}

/// Names for the columns of a table without headings; none when their contents do not tell.
pub(super) fn names_of(rows: &[Row]) -> Option<Vec<String>> {
    let rows = &rows[..rows.len().min(ROWS)];
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let first = rows.first()?;
    // Headings contain no times.
    let is_time =
        |column: usize| moment(&first.text(column)).is_some() || number_in(&first.text(column)).is_some();
    if (0..width).filter(|column| is_time(*column)).count() == 0 {
        return None;
    }
    let kinds: Vec<Kind> = (0..width).map(|column| kind_of(rows, column)).collect();
    let of = |kind: Kind| (0..width).filter(|at| kinds[*at] == kind).collect::<Vec<_>>();
    let (clocks, decimals, wholes) = (of(Kind::Clock), of(Kind::Decimal), of(Kind::Whole));
    let times = [&clocks, &decimals, &wholes].into_iter().find(|columns| columns.len() > 1);
    let times = times.or_else(|| [&clocks, &decimals].into_iter().find(|columns| !columns.is_empty()))?;
    let words = of(Kind::Words);
    let text = words.iter().copied().max_by(|a, b| length(rows, *a).total_cmp(&length(rows, *b)))?;
    let labels: Vec<usize> = words.iter().copied().filter(|column| *column != text).collect();
    // A single column of words may be names or speech; a second one decides.
    if labels.is_empty() && words_of(rows, text) < TEXT_WORDS {
        return None;
    }
    let mut names = vec![String::new(); width];
    "text".clone_into(&mut names[text]);
    let mut name = |index: Option<usize>, called: &str| {
        if let Some(name) = index.and_then(|index| names.get_mut(index)) {
            called.clone_into(name);
        }
    };
    let in_ms = *times == wholes && *times != clocks;
    name(
        times.first().copied(),
        if in_ms && clocks.len() + decimals.len() > 0 { "start_ms" } else { "start" },
    );
    name(times.get(1).copied(), if in_ms && clocks.len() + decimals.len() > 0 { "end_ms" } else { "end" });
    // ELAN writes the tier first and then the speaker.
    match labels[..] {
        [] => {}
        [one] => name(Some(one), if times.len() > 2 { "tier" } else { "speaker" }),
        [tier, participant, ..] => {
            name(Some(tier), "tier");
            name(Some(participant), "participant");
        }
    }
    debug_assert!(names.iter().all(|name| *name == fold_column(name)));
    Some(names)
}

fn kind_of(rows: &[Row], column: usize) -> Kind {
    let cells: Vec<String> =
        rows.iter().map(|row| row.text(column)).filter(|cell| !cell.is_empty()).collect();
    if cells.is_empty() {
        return Kind::Nothing;
    }
    let are = |is: &dyn Fn(&str) -> bool| {
        cells.iter().filter(|cell| is(cell)).count() as f64 >= MOST * cells.len() as f64
    };
    let is_clock =
        |cell: &str| clock(cell).is_some() || (moment(cell).is_some() && number_in(cell).is_none());
    if are(&is_clock) {
        Kind::Clock
    } else if are(&|cell| number_in(cell).is_some_and(|_| !cell.contains(['.', ',']))) {
        Kind::Whole
    } else if are(&|cell| number_in(cell).is_some()) {
        Kind::Decimal
    } else {
        Kind::Words
    }
}

/// Characters in a cell, on average over all rows.
fn length(rows: &[Row], column: usize) -> f64 {
    let all: usize = rows.iter().map(|row| row.text(column).chars().count()).sum();
    all as f64 / rows.len().max(1) as f64
}

fn words_of(rows: &[Row], column: usize) -> f64 {
    let all: usize = rows.iter().map(|row| row.text(column).split_whitespace().count()).sum();
    all as f64 / rows.len().max(1) as f64
}
