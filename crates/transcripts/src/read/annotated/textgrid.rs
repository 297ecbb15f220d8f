//! Praat's `.TextGrid`, long and short form: as in Praat itself, only texts in quotes and free-standing numbers count, in their order, and
//! everything between them is ignored.

use super::{Annotation, Tier, turns_on};
use crate::codes;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::seconds_to_ms;

/// Placeholders of tools for silence.
const SILENCE: &[&str] = &["sil", "sp", "<p:>", "<sil>", "#"];
/// Maximum tiers.
const MAX_TIERS: usize = 10_000;

/// Reads `.TextGrid`.
#[derive(Debug)]
pub(crate) struct TextGrid;

impl Reader for TextGrid {
    fn name(&self) -> &'static str {
        "textgrid"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["textgrid"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        if source.bytes.starts_with(b"ooBinaryFile") {
            return Err(refusal(
                source.ending,
                "a TextGrid in binary form",
                "open it in Praat and choose Save as text file",
            ));
        }
        let text = decode(source.bytes, log)?;
        let mut tokens = Tokens { rest: &text, line: 1, unclosed: None }.peekable_tokens();
        let is_head = |token: Option<&Token>, word: &str| matches!(token, Some((_, Value::Text(text))) if text.starts_with(word));
        if !is_head(tokens.all.first(), "ooTextFile") || !is_head(tokens.all.get(1), "TextGrid") {
            let hint = "select the TextGrid in Praat and choose Save as text file";
            return Err(refusal(source.ending, "no TextGrid", hint));
        }
        if let Some(line) = tokens.unclosed {
            log.warning(
                codes::FILE_DAMAGED,
                Some(line),
                "a quotation mark is never closed; what follows it was read as one text",
                "open the file in Praat, correct it and save it again",
            );
        }
        let tiers = tokens.tiers(log)?;
        Ok(vec![Draft { turns: turns_on(tiers, source.tiers, log), ..Draft::default() }])
    }
}

fn refusal(ending: &str, found: &'static str, hint: &'static str) -> ReadError {
    ReadError::WrongContent { ending: ending.to_owned(), found, hint }
}

/// A token of the file, with its line.
type Token = (u64, Value);

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(String),
    Number(f64),
}

/// Splits the file into tokens.
struct Tokens<'a> {
    rest: &'a str,
    line: u64,
    /// Line of a quotation mark that is never closed.
    unclosed: Option<u64>,
}

/// All tokens and a position among them.
struct ParsedText {
    all: Vec<Token>,
    at: usize,
    unclosed: Option<u64>,
}

impl Tokens<'_> {
    fn peekable_tokens(mut self) -> ParsedText {
        let mut all = Vec::new();
        while let Some(token) = self.next_token() {
            all.push(token);
        }
        ParsedText { all, at: 0, unclosed: self.unclosed }
    }

    /// Takes this many bytes and counts their lines.
    fn take(&mut self, bytes: usize) -> String {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.bytes().filter(|byte| *byte == b'\n').count() as u64;
        self.rest = rest;
        taken.to_owned()
    }

    fn next_token(&mut self) -> Option<Token> {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.take(blank);
            let line = self.line;
            match self.rest.chars().next()? {
                '"' => return Some((line, Value::Text(self.quoted()))),
                '!' => {
                    let length = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.take(length);
                }
                _ => {
                    let length = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
                    let word = self.take(length);
                    if let Ok(number) = word.parse::<f64>()
                        && word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
                    {
                        return Some((line, Value::Number(number)));
                    }
                }
            }
        }
    }

    /// A text in quotation marks, in which two of them stand for one.
    fn quoted(&mut self) -> String {
        let line = self.line;
        let mut text = String::new();
        self.take(1);
        loop {
            let Some(close) = self.rest.find('"') else {
                self.unclosed = Some(line);
                text.push_str(&self.take(self.rest.len()));
                return text;
            };
            text.push_str(&self.take(close));
            self.take(1);
            if !self.rest.starts_with('"') {
                return text;
            }
            text.push('"');
            self.take(1);
        }
    }
}

impl ParsedText {
    fn text(&self, ahead: usize) -> Option<&str> {
        match self.all.get(self.at + ahead) {
            Some((_, Value::Text(text))) => Some(text),
            _ => None,
        }
    }

    fn number(&self, ahead: usize) -> Option<f64> {
        match self.all.get(self.at + ahead) {
            Some((_, Value::Number(number))) => Some(*number),
            _ => None,
        }
    }

    fn tiers(&mut self, log: &mut ProblemLog) -> Result<Vec<Tier>, ReadError> {
        let mut tiers: Vec<Tier> = Vec::new();
        let mut points: Vec<bool> = Vec::new();
        let (mut silent, mut skipped) = (0, None);
        while self.at < self.all.len() {
            let is_points = self.text(0) == Some("TextTier");
            if !is_points && self.text(0) != Some("IntervalTier") {
                // Everything before the first tier is the grid's own size.
                if !tiers.is_empty() || matches!(self.all[self.at].1, Value::Text(_)) && self.at > 1 {
                    skipped = skipped.or(Some(self.all[self.at].0));
                }
                self.at += 1;
                continue;
            }
            if tiers.len() >= MAX_TIERS {
                return Err(ReadError::TooMany { what: "tiers", limit: MAX_TIERS });
            }
            let line = self.all[self.at].0;
            let name = self.text(1).unwrap_or_default().to_owned();
            let said = self.number(4);
            let start = (1..5).take_while(|ahead| self.text(*ahead).is_some() == (*ahead == 1)).count();
            self.at += 1 + start;
            let mut annotations = Vec::new();
            let mut count = 0_usize;
            while let Some(annotation) = self.annotation(is_points) {
                count += 1;
                if SILENCE.contains(&annotation.text.trim()) {
                    silent += 1;
                } else if !annotation.text.trim().is_empty() {
                    annotations.push(annotation);
                }
            }
            if said.is_some_and(|said| (said - count as f64).abs() > 0.5) {
                log.warning(
                    codes::FILE_DAMAGED,
                    Some(line),
                    format!(
                        "the tier `{}` has {} where it says otherwise",
                        name.trim(),
                        counted(count, "annotation", "annotations")
                    ),
                    "open the file in Praat and look whether something is missing",
                );
            }
            points.push(is_points);
            tiers.push(Tier { speaker: name.trim().to_owned(), name, annotations, is_candidate: true });
        }
        // Points mark events; they are speech only where there is nothing else.
        let has_intervals =
            tiers.iter().zip(&points).any(|(tier, points)| !points && !tier.annotations.is_empty());
        for (tier, is_points) in tiers.iter_mut().zip(points) {
            tier.is_candidate = !(is_points && has_intervals);
        }
        if silent > 0 {
            log.note(
                codes::TEXT_LEFT_OUT,
                None,
                format!("{} left out", counted(silent, "mark for silence was", "marks for silence were")),
                "",
            );
        }
        if let Some(line) = skipped {
            log.warning(
                codes::FILE_DAMAGED,
                Some(line),
                "something here is no annotation and was left out",
                "open the file in Praat and look whether it is whole",
            );
        }
        Ok(tiers)
    }

    /// The next interval or point.
    fn annotation(&mut self, is_point: bool) -> Option<Annotation> {
        let times = if is_point { 1 } else { 2 };
        let start = self.number(0)?;
        let end = if is_point { start } else { self.number(1)? };
        let text = self.text(times)?.to_owned();
        self.at += times + 1;
        Some(Annotation { start_ms: seconds_to_ms(start), end_ms: seconds_to_ms(end), text })
    }
}
