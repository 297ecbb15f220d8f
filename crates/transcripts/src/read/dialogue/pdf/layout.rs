//! Makes lines and paragraphs of letters on pages, without what is repeated on every page.
//!
//! A line ends a paragraph when the first word of the next one would have fitted on it, when the gap below is wider than usual, or
//! when the next one begins with a label.

use std::collections::BTreeMap;

use super::content::PlacedText;
use crate::read::dialogue::blocks::Paragraph;
use crate::read::speakers::label::{Style, candidate};
use crate::read::speakers::label_words::is_usual;
use crate::read::times::take_when;

/// Letters whose base lines differ by less than this part of their size are on one line.
const SAME_LINE: f64 = 0.45;
/// A gap between letters that is a blank, in sizes; and one that is a column's.
const BLANK: f64 = 0.16;
const COLUMN: f64 = 2.0;
/// The same letter drawn again within this distance, in sizes, is bold.
const TWICE: f64 = 0.08;
/// Minimum numbers at the start of lines for line numbers, most of them one more than the one before.
const MIN_NUMBERS: usize = 8;
const NUMBERED: f64 = 0.7;
/// A gap between lines that is wider than usual.
const WIDE_GAP: f64 = 1.25;
/// Minimum room for a word beyond its own width, in sizes.
const SPARE: f64 = 1.0;
/// Lines at the top and the bottom of a page that may be a header or a footer.
const MARGIN_LINES: usize = 3;
/// Share of the pages with such a line.
const ON_MOST_PAGES: f64 = 0.6;

/// A line on a page.
#[derive(Debug, Clone)]
pub(super) struct PageLine {
    /// The text and its bold beginning.
    content: Paragraph,
    start: f64,
    end: f64,
    base: f64,
    size: f64,
    /// A number at the start, the bytes that it takes with the blank behind it, and where the text after it starts.
    number: Option<(u64, usize, f64)>,
}

/// The lines of a page, from the top.
pub(super) fn lines_of(mut letters: Vec<PlacedText>) -> Vec<PageLine> {
    // Some programs put a mark without width between any two words.
    letters.retain(|letter| letter.text != "\u{200B}" && letter.text != "\u{FEFF}");
    letters.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut lines = Vec::new();
    let mut rest = letters.into_iter().peekable();
    while let Some(first) = rest.next() {
        // The base of the line's largest letter so far: a small one may be higher.
        let (mut base, mut size) = (first.base, first.size);
        let mut line = vec![first];
        while let Some(letter) = rest.next_if(|letter| base - letter.base < SAME_LINE * size.max(letter.size))
        {
            if letter.size > size {
                (base, size) = (letter.base, letter.size);
            }
            line.push(letter);
        }
        line.sort_by(|a, b| a.start.total_cmp(&b.start));
        lines.extend(line_of(line, base, size));
    }
    lines
}

fn line_of(letters: Vec<PlacedText>, base: f64, size: f64) -> Option<PageLine> {
    let (start, mut end, mut ink_end) = (letters.first()?.start, f64::MIN, f64::MIN);
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut before: Option<PlacedText> = None;
    let mut lead = Lead::default();
    for letter in letters {
        lead.see(&letter, size);
        if let Some(before) = &before {
            let is_twice = before.text == letter.text && (letter.start - before.start).abs() < TWICE * size;
            if is_twice {
                continue;
            }
            let gap = letter.start - end;
            let blank = letter.text.trim().is_empty() || before.text.trim().is_empty();
            if gap > COLUMN * size {
                pieces.push(("\t".to_owned(), letter.bold));
            } else if gap > BLANK * size && !blank {
                pieces.push((" ".to_owned(), letter.bold));
            }
        }
        end = end.max(letter.end);
        if !letter.text.trim().is_empty() {
            ink_end = end;
        }
        pieces.push((letter.text.clone(), letter.bold));
        before = Some(letter);
    }
    let mut content = Paragraph::default();
    for (text, bold) in in_reading_order(pieces) {
        let is_doubled = text == " " && (content.text.is_empty() || content.text.ends_with([' ', '\t']));
        if !is_doubled {
            content.push(&unligated(&text), bold);
        }
    }
    let is_empty = content.text.trim().is_empty();
    let number = lead.number().filter(|(number, ..)| content.text.starts_with(&number.to_string()));
    let number = number.map(|(number, start)| {
        let rest = content.text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        (number, content.text.len() - rest.len(), start)
    });
    (!is_empty).then_some(PageLine { content, start, end: ink_end, base, size, number })
}

/// The digits at the start of a line before any other letter.
#[derive(Default)]
struct Lead {
    digits: String,
    /// Where the last of them ends.
    end: f64,
    /// Where the text begins after a gap behind them.
    text: Option<f64>,
    over: bool,
}

impl Lead {
    fn see(&mut self, letter: &PlacedText, size: f64) {
        if self.over || letter.text.trim().is_empty() {
            return;
        }
        let is_apart = !self.digits.is_empty() && letter.start - self.end > BLANK * size;
        if !is_apart && letter.text.chars().all(|c| c.is_ascii_digit()) && self.digits.len() < 6 {
            self.digits.push_str(&letter.text);
            self.end = letter.end;
            return;
        }
        self.over = true;
        self.text = is_apart.then_some(letter.start);
    }

    fn number(&self) -> Option<(u64, f64)> {
        // A line of nothing but its number is empty.
        let start = if self.over { self.text? } else { f64::MAX };
        self.digits.parse().ok().map(|number| (number, start))
    }
}

/// Removes line or paragraph numbers, if the document has them. Returns how many.
pub(super) fn drop_numbers(pages: &mut [Vec<PageLine>]) -> usize {
    let numbers: Vec<u64> =
        pages.iter().flatten().filter_map(|line| line.number.map(|(number, ..)| number)).collect();
    let steps = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1 || pair[1] == 1).count();
    if numbers.len() < MIN_NUMBERS || (steps as f64) < NUMBERED * numbers.len() as f64 {
        return 0;
    }
    for line in pages.iter_mut().flatten() {
        let Some((_, bytes, start)) = line.number.take() else { continue };
        let rest = line.content.text.split_off(bytes.min(line.content.text.len()));
        line.content.bold = line.content.bold.saturating_sub(bytes).min(rest.len());
        line.content.text = rest;
        line.start = start.min(line.end);
    }
    for page in pages.iter_mut() {
        page.retain(|line| !line.content.text.is_empty());
    }
    numbers.len()
}

/// Ligatures.
fn unligated(text: &str) -> String {
    let joined = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    let unjoined = |c: char| (c as usize).checked_sub(0xFB00).and_then(|at| joined.get(at));
    text.chars().map(|c| unjoined(c).map_or_else(|| c.to_string(), |text| (*text).to_owned())).collect()
}

/// Letters in reading order: Hebrew and Arabic are read from the right, their numbers from the left.
fn in_reading_order(pieces: Vec<(String, bool)>) -> Vec<(String, bool)> {
    let is_right_to_left = |text: &str| {
        text.chars()
            .any(|c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))
    };
    let right = pieces.iter().filter(|(text, _)| is_right_to_left(text)).count();
    let words = pieces.iter().filter(|(text, _)| text.chars().any(char::is_alphabetic)).count();
    if right * 2 <= words {
        return pieces;
    }
    let is_left_to_right = |text: &str| text.chars().any(char::is_alphanumeric) && !is_right_to_left(text);
    let mut ordered: Vec<(String, bool)> = Vec::with_capacity(pieces.len());
    let mut run: Vec<(String, bool)> = Vec::new();
    for piece in pieces.into_iter().rev() {
        if is_left_to_right(&piece.0)
            || (!run.is_empty() && matches!(piece.0.as_str(), "." | "," | ":" | "-"))
        {
            run.push(piece);
            continue;
        }
        ordered.extend(run.drain(..).rev());
        ordered.push(mirrored(piece));
    }
    ordered.extend(run.drain(..).rev());
    ordered
}

fn mirrored((text, bold): (String, bool)) -> (String, bool) {
    let turned = match text.as_str() {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        _ => return (text, bold),
    };
    (turned.to_owned(), bold)
}

/// Removes lines at the top or the bottom of most pages, and page numbers. Returns how many lines.
pub(super) fn drop_margins(pages: &mut [Vec<PageLine>]) -> usize {
    let filled = pages.iter().filter(|page| !page.is_empty()).count();
    if filled < 2 {
        return 0;
    }
    let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut here: Vec<(bool, String)> = margins(page).map(|(_, is_top, key)| (is_top, key)).collect();
        here.sort();
        here.dedup();
        for key in here {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least = ((filled as f64 * ON_MOST_PAGES).ceil() as usize).max(2);
    let mut dropped = 0;
    for page in pages.iter_mut() {
        let gone: Vec<usize> = margins(page)
            .filter(|(_, is_top, key)| {
                counts.get(&(*is_top, key.clone())).is_some_and(|count| *count >= least)
            })
            .map(|(at, ..)| at)
            .collect();
        let mut at = 0;
        page.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        dropped += gone.len();
    }
    dropped
}

/// The first and last lines of a page: their indices, whether they are at the top, and their text with numbers made equal.
fn margins(page: &[PageLine]) -> impl Iterator<Item = (usize, bool, String)> + '_ {
    let bottom = page.len().saturating_sub(MARGIN_LINES).max(MARGIN_LINES);
    let is_spoken =
        |line: &PageLine| candidate(&line.content.text).is_some_and(|found| is_usual(found.label));
    let outer = page.iter().enumerate().filter(move |(at, _)| *at < MARGIN_LINES || *at >= bottom);
    outer.filter(move |(_, line)| !is_spoken(line)).map(|(at, line)| {
        let mut key = String::new();
        for c in line.content.text.trim().chars() {
            if !c.is_ascii_digit() {
                key.push(c);
            } else if !key.ends_with('#') {
                key.push('#');
            }
        }
        (at, at < MARGIN_LINES, key)
    })
}

/// Joins lines to paragraphs.
pub(super) fn paragraphs_of(pages: Vec<Vec<PageLine>>) -> Vec<Paragraph> {
    let pitch = usual_pitch(&pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<(PageLine, f64)> = None;
    for page in pages {
        let right = page.iter().map(|line| line.end).fold(f64::MIN, f64::max);
        let mut is_first = true;
        for line in page {
            let goes_on = before.as_ref().is_some_and(|(before, right)| {
                let gap = if is_first { 0.0 } else { before.base - line.base };
                gap <= WIDE_GAP * pitch.max(before.size)
                    && is_full(before, &line, *right)
                    && !begins_speech(&line)
            });
            is_first = false;
            if let Some(paragraph) = paragraphs.last_mut().filter(|_| goes_on) {
                join(paragraph, &line.content);
            } else {
                let number = paragraphs.len() as u64 + 1;
                paragraphs.push(Paragraph { number, ..line.content.clone() });
            }
            before = Some((line, right));
        }
    }
    paragraphs
}

/// The most frequent distance between lines.
fn usual_pitch(pages: &[Vec<PageLine>]) -> f64 {
    let mut gaps: Vec<f64> =
        pages.iter().flat_map(|page| page.windows(2).map(|pair| pair[0].base - pair[1].base)).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.0)
}

/// Whether the next line's first word would not have fitted on this one.
fn is_full(line: &PageLine, next: &PageLine, right: f64) -> bool {
    let text = next.content.text.trim_start();
    let letters = text.chars().count().max(1) as f64;
    let first = text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f64;
    let width = (next.end - next.start) / letters * first;
    line.end + width + SPARE * line.size.min(next.size) > right
}

/// Whether a line begins with a speaker's label or a time.
fn begins_speech(line: &PageLine) -> bool {
    let text = line.content.text.trim();
    let is_label = candidate(text).is_some_and(|found| {
        matches!(found.style, Style::Colon | Style::NameAndTime | Style::TabbedTimes | Style::Chat)
    });
    is_label || take_when(text).is_some()
}

fn join(paragraph: &mut Paragraph, line: &Paragraph) {
    let (bold, rest) = line.text.split_at(line.bold.min(line.text.len()));
    let all_bold = !bold.is_empty();
    if paragraph.text.ends_with('\u{AD}') {
        paragraph.text.pop();
        paragraph.bold = paragraph.bold.min(paragraph.text.len());
    } else if !paragraph.text.ends_with(['-', ' ', '\u{2011}']) {
        paragraph.push(" ", all_bold);
    }
    paragraph.push(bold.trim_start(), true);
    paragraph.push(if all_bold { rest } else { rest.trim_start() }, false);
}
