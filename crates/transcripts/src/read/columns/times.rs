//! Times of table rows. Bare numbers may be seconds or milliseconds: Whisper writes whole milliseconds under `start` and `end`, most
//! others seconds. The amount of speech in that time tells.

use unicode_segmentation::UnicodeSegmentation;

use super::cell::{Cell, Row, Table, number_in};
use super::headings::Layout;
use crate::codes;
use crate::read::problems::ProblemLog;
use crate::read::times::{clock, moment, seconds_to_ms};

/// Words a second of speech, with pauses, fast speakers, and scripts without blanks.
const MIN_WORDS: f64 = 0.2;
const MAX_WORDS: f64 = 12.0;
/// Frames in a second, as cameras have them.
const RATES: [u64; 5] = [24, 25, 30, 50, 60];

/// Start and end of a row, in milliseconds from the start of the recording.
pub(super) type Span = (Option<u64>, Option<u64>);

/// The units of a table's times.
pub(super) struct Times<'a> {
    layout: &'a Layout,
    /// Milliseconds in one of the numbers without a unit.
    unit: f64,
    /// Frames in a second, for times such as `00:01:02:12`.
    rate: u64,
}

impl<'a> Times<'a> {
    /// Determines the units from all rows.
    pub(super) fn of(table: &Table, layout: &'a Layout, log: &mut ProblemLog) -> Self {
        let unit = layout.start.map_or(1000.0, |start| unit_of(table, layout, start, log));
        let columns = [layout.start, layout.end, layout.duration];
        let frames = columns.into_iter().flatten().flat_map(|column| {
            table.rows.iter().filter_map(move |row| match row.cell(column) {
                Cell::Text(text) => ends_of(text).into_iter().filter_map(|end| Some(frames_in(end)?.1)).max(),
                _ => None,
            })
        });
        let most = frames.max();
        let rate = RATES.into_iter().find(|rate| most.is_none_or(|most| most < *rate)).unwrap_or(100);
        if most.is_some_and(|most| most > 0) {
            log.note(
                codes::TIME_GUESSED,
                None,
                format!("the times end in frames, which were read as {rate} a second"),
                "parts of a second may be a little off",
            );
        }
        Self { layout, unit, rate }
    }

    /// The time of a row.
    pub(super) fn of_row(&self, row: &Row, log: &mut ProblemLog) -> Span {
        let Layout { start, end, start_ms, end_ms, duration, .. } = self.layout;
        let filled = |column: &Option<usize>| column.map(|at| row.cell(at)).filter(|cell| !cell.is_blank());
        let mut is_odd = false;
        let mut whole = |cell: &Cell| {
            let ms = cell.as_integer().and_then(|ms| u64::try_from(ms).ok());
            is_odd |= ms.is_none();
            ms
        };
        let exact = (filled(start_ms).map(&mut whole), filled(end_ms).map(&mut whole));
        let mut other = |cell: Option<&Cell>| {
            let span = cell.map(|cell| self.span_in(cell)).unwrap_or_default();
            is_odd |= cell.is_some() && span.0.is_none();
            span
        };
        let begins = if exact.0.is_some() { (None, None) } else { other(filled(start)) };
        let ends = if exact.1.is_some() { (None, None) } else { other(filled(end)) };
        let start = exact.0.unwrap_or(begins.0);
        let length = filled(duration).and_then(|cell| self.span_in(cell).0);
        let last = || Some(start?.saturating_add(length?));
        let end = exact.1.unwrap_or_else(|| ends.0.or(begins.1).or_else(last));
        if is_odd {
            log.warning(
                codes::TIME_LEFT_OUT,
                Some(row.line),
                "a time in this row was not understood; the row was kept without it",
                "write times as 00:01:02 or in seconds, or in `start_ms` and `end_ms` in milliseconds",
            );
        }
        (start, end.map(|end| end.max(start.unwrap_or(0))))
    }

    /// The time in a cell, or both times of an interval.
    fn span_in(&self, cell: &Cell) -> Span {
        let Cell::Text(text) = cell else {
            return (cell.as_number().and_then(|number| self.scaled(number)), None);
        };
        // `#00:01:02-3#` is one time with tenths, so what stands after a mark must be later.
        if let [first, second] = ends_of(text)[..]
            && let (Some(first), Some(second)) = (self.time_in(first), self.time_in(second))
            && first <= second
        {
            return (Some(first), Some(second));
        }
        (self.time_in(text), None)
    }

    fn time_in(&self, text: &str) -> Option<u64> {
        let text = text.trim();
        if let Some((seconds, frames)) = frames_in(text) {
            return Some(seconds * 1000 + frames * 1000 / self.rate);
        }
        match number_in(text) {
            Some(number) => self.scaled(number),
            None => moment(text),
        }
    }

    fn scaled(&self, number: f64) -> Option<u64> {
        seconds_to_ms(number * self.unit / 1000.0)
    }
}

/// The texts before and after the mark of an interval; the whole where there is none.
fn ends_of(text: &str) -> Vec<&str> {
    let text = text.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    for mark in ["-->", "–", "—", " - ", "/", " to ", "-"] {
        if let Some((first, second)) = text.split_once(mark)
            && !first.trim().is_empty()
        {
            return vec![first.trim(), second.trim()];
        }
    }
    vec![text]
}

/// A time with frames, `00:01:02:12` or `00;01;02;12`: its seconds and its frames.
fn frames_in(text: &str) -> Option<(u64, u64)> {
    let parts: Vec<&str> = text.trim().split([':', ';']).collect();
    let [hours, rest @ .., frames] = &parts[..] else { return None };
    if rest.len() != 2
        || !parts.iter().all(|part| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let ms = clock(&format!("{hours}:{}:{}", rest[0], rest[1]))?;
    Some((ms / 1000, frames.parse().ok()?))
}

/// The unit of bare numbers in the columns of times, in milliseconds.
fn unit_of(table: &Table, layout: &Layout, start: usize, log: &mut ProblemLog) -> f64 {
    const SECOND: f64 = 1000.0;
    const HINT: &str = "call the columns `start_ms` and `end_ms` to say so, or write times as 00:01:02";
    let name = table.columns.get(start).map_or("", |name| name.trim());
    let folded = super::headings::fold_column(name);
    let says = |units: &[&str]| folded.split(['_', '(', ')', '[', ']']).any(|word| units.contains(&word));
    if says(&["ms", "msec", "millis", "milliseconds", "millisekunden", "millisecondes", "milisegundos"]) {
        return 1.0;
    }
    if says(&["s", "sec", "secs", "seconds", "sekunden", "secondes", "segundos", "ss.msec", "tmin", "xmin"]) {
        return SECOND;
    }
    let Some(pace) = Pace::of(table, layout, start) else { return SECOND };
    let fits = |factor: f64| (MIN_WORDS..=MAX_WORDS).contains(&(pace.words / pace.length * factor));
    let columns = match layout.end.and_then(|end| table.columns.get(end)) {
        Some(end) => format!("`{name}` and `{}`", end.trim()),
        None => format!("`{name}`"),
    };
    if fits(1.0) {
        return SECOND;
    }
    for (factor, unit, what) in [(1e3, 1.0, "milliseconds"), (1e6, 1e-3, "millionths of a second")] {
        if fits(factor) {
            let message = format!(
                "the numbers in {columns} were read as {what}; as seconds, nobody would speak so slowly"
            );
            if pace.is_whole {
                log.note(codes::TIME_GUESSED, None, message, HINT);
            } else {
                log.warning(codes::TIME_GUESSED, None, message, HINT);
            }
            return unit;
        }
    }
    // Between the two lies slow talk in seconds, and talk in milliseconds that is much too fast.
    let is_slow = pace.words / pace.length < MIN_WORDS;
    let (unit, what) = if is_slow && pace.is_whole && pace.words / pace.length * 1000.0 < 4.0 * MAX_WORDS {
        (1.0, "milliseconds")
    } else {
        (SECOND, "seconds")
    };
    log.warning(
        codes::TIME_GUESSED,
        None,
        format!("it is not plain whether {columns} hold seconds or milliseconds; they were read as {what}"),
        HINT,
    );
    unit
}

/// Words and durations, in the table's own unit.
struct Pace {
    words: f64,
    length: f64,
    /// Whether all numbers are whole.
    is_whole: bool,
}

impl Pace {
    /// None when a table without bare numbers, or without durations, does not tell.
    fn of(table: &Table, layout: &Layout, start: usize) -> Option<Self> {
        let mut is_whole = true;
        let (mut words, mut length) = (0.0, 0.0);
        let mut before: Option<(f64, f64)> = None;
        for row in &table.rows {
            let Some(begin) = row.cell(start).as_number() else { continue };
            let end = layout.end.and_then(|column| row.cell(column).as_number());
            is_whole &= begin.fract() == 0.0 && end.is_none_or(|end| end.fract() == 0.0);
            let spoken = match row.cell(layout.text) {
                Cell::Text(text) => text.unicode_words().count() as f64,
                _ => 0.0,
            };
            match end {
                Some(end) if end > begin && spoken > 0.0 => {
                    words += spoken;
                    length += end - begin;
                }
                Some(_) => {}
                None => {
                    // Without an end, a row lasts until the next one begins.
                    if let Some((first, spoken)) = before.filter(|(first, _)| begin > *first) {
                        words += spoken;
                        length += begin - first;
                    }
                    before = Some((begin, spoken));
                }
            }
        }
        (words > 0.0 && length > 0.0).then_some(Self { words, length, is_whole })
    }
}
