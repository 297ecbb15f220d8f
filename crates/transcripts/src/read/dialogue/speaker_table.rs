//! Tables of word processors whose columns are speaker and text, often with a time or a number beside them.

use std::collections::BTreeMap;

use super::blocks::{Paragraph, Rows};
use super::services::nvivo;
use super::{Label, Line};
use crate::read::speakers::label::{fold, is_label_shape};
use crate::read::speakers::{key_words::is_never_a_speaker, label_words::is_usual};
use crate::read::times::take_when;

/// Maximum columns of a table of speakers.
const MAX_COLUMNS: usize = 8;
/// Share of the filled cells of a column that must fit its meaning.
const MOST: f64 = 0.7;
/// Headings of the columns, if the first row has them.
const HEADINGS: &[&str] = &[
    "speaker",
    "name",
    "text",
    "time",
    "timestamp",
    "timecode",
    "transcript",
    "transcription",
    "utterance",
    "content",
    "who",
    "no",
    "no.",
    "nr",
    "#",
    "line",
    "turn",
    "start",
    "end",
    "speech",
    "dialogue",
    "sprecher",
    "zeit",
    "participant",
    "comment",
    "comments",
    "notes",
];

/// The meanings of a table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    time: Option<usize>,
    speaker: usize,
    text: usize,
    /// Columns that only number the rows.
    numbers: Vec<usize>,
    /// Rows at the top that name the columns.
    heading: usize,
}

fn cell_text(cell: &[Paragraph]) -> String {
    let texts: Vec<&str> = cell.iter().map(|paragraph| paragraph.text.trim()).collect();
    texts.join("\n").trim().to_owned()
}

/// The layout of a table of speakers; none for any other table.
pub(crate) fn layout_of(rows: &Rows, roster: &[String]) -> Option<Layout> {
    let width = rows.iter().map(Vec::len).max()?;
    if !(2..=MAX_COLUMNS).contains(&width) {
        return None;
    }
    let texts: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| cell_text(cell)).collect()).collect();
    let names_a_column = |cell: &String| {
        let known = [HEADINGS, nvivo::TIME, nvivo::CONTENT, nvivo::SPEAKER];
        cell.is_empty() || known.iter().any(|names| names.contains(&fold(cell).as_str()))
    };
    let is_heading = texts.first()?.iter().all(names_a_column);
    let heading = usize::from(is_heading && texts.len() > 1);
    let filled = |column: usize| {
        texts[heading..].iter().filter_map(move |row| row.get(column)).filter(|cell| !cell.is_empty())
    };
    let mostly = |column: usize, test: &dyn Fn(&str) -> bool| {
        let all = filled(column).count();
        all > 0 && filled(column).filter(|cell| test(cell)).count() as f64 >= MOST * all as f64
    };
    let is_time = |cell: &str| matches!(take_when(cell), Some((_, "")));
    let is_number = |cell: &str| cell.trim_end_matches('.').parse::<u64>().is_ok();
    let time = (0..width).find(|column| mostly(*column, &is_time));
    let numbers: Vec<usize> = (0..width).filter(|column| mostly(*column, &is_number)).collect();
    let is_words = |column: &usize| Some(*column) != time && !numbers.contains(column);
    let length = |column: &usize| filled(*column).map(String::len).sum::<usize>();
    let text = (0..width).filter(is_words).max_by_key(length)?;
    let is_label = |cell: &str| is_label_shape(cell) && !is_never_a_speaker(cell);
    let names_speakers = |column: usize| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for cell in filled(column) {
            *counts.entry(fold(cell)).or_default() += 1;
        }
        let known = |label: &String| is_usual(label) || roster.iter().any(|name| fold(name) == *label);
        mostly(column, &is_label) && counts.iter().any(|(label, count)| *count >= 2 || known(label))
    };
    let called = |column: &usize| {
        let cell = texts.first().and_then(|row| row.get(*column)).filter(|_| heading > 0);
        cell.is_some_and(|cell| nvivo::SPEAKER.contains(&fold(cell).as_str()))
    };
    let is_other = |column: &usize| *column != text && mostly(*column, &is_label);
    let named = (0..width).filter(is_words).find(|column| called(column) && is_other(column));
    let speaker = named
        .or_else(|| (0..width).filter(is_words).find(|column| *column != text && names_speakers(*column)))?;
    // The label column must not be a second column of text, such as a translation or remarks.
    (length(&speaker) < length(&text)).then_some(Layout { time, speaker, text, numbers, heading })
}

/// Writes the rows as labelled lines. Returns how many filled cells of other columns (remarks, translations) were left out.
pub(crate) fn push_rows(lines: &mut Vec<Line>, rows: &Rows, layout: &Layout) -> usize {
    let mut left_out = 0;
    for row in rows.iter().skip(layout.heading) {
        let cell = |column: usize| row.get(column).map_or(String::new(), |cell| cell_text(cell));
        let time = layout.time.map(cell).unwrap_or_default();
        let when = take_when(&time).map(|(when, _)| when).unwrap_or_default();
        let name = cell(layout.speaker).trim_end_matches([':', '：']).trim().to_owned();
        let used = |column: usize| {
            [Some(layout.text), Some(layout.speaker), layout.time].contains(&Some(column))
                || layout.numbers.contains(&column)
        };
        left_out += (0..row.len()).filter(|column| !used(*column) && !cell(*column).is_empty()).count();
        if !name.is_empty() {
            let number = row.iter().flatten().next().map_or(0, |paragraph| paragraph.number);
            lines.push(Line { number, label: Some(Label { name, when }), ..Line::default() });
        }
        for paragraph in row.get(layout.text).into_iter().flatten() {
            let texts = paragraph.text.split('\n');
            lines.extend(texts.map(|text| Line {
                number: paragraph.number,
                text: text.to_owned(),
                is_speech: true,
                ..Line::default()
            }));
        }
    }
    left_out
}
