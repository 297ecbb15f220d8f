//! TEI transcriptions (`.xml`): utterances `<u who="#A">`, or speeches `<sp>` with a `<speaker>`, names from the list of persons,
//! times from `<timeline>`. Files that only borrow TEI's elements are read all the same.
//!
//! What is said stays, also where it is marked as unclear, repeated or broken off. A sound that is described comes in brackets,
//! `(laugh)`, and a gap as its reason, `(inaudible)`; a filler, which is described by how it sounds, comes as that word. Pauses go, and
//! so do notes and stage directions, which are counted.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::eaf::{self, Elan};
use super::xml::{Attributes, Piece, root_of, walk};
use crate::codes;
use crate::read::captions::ttml::{self, Ttml};
use crate::read::captions::{Fragment, turns_of};
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::{clock, seconds_to_ms};

/// Reads `.xml`.
#[derive(Debug)]
pub(crate) struct Tei;

impl Reader for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xml", "tei"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let root = root_of(source.bytes, &mut ProblemLog::new("")).unwrap_or_default();
        if root == eaf::ROOT {
            log.note(codes::FORMAT_CHANGED, None, "the file holds tiers of ELAN's and was read as .eaf", "");
            return Elan.read(source, log);
        }
        if root == ttml::ROOT {
            log.note(codes::FORMAT_CHANGED, None, "the file holds TTML captions and was read as .ttml", "");
            return Ttml.read(source, log);
        }
        let mut text = Text::default();
        let walked = walk(source.bytes, log, |piece| text.take(piece));
        text.finish();
        if let Err(error) = walked {
            if text.said.is_empty() || matches!(error, ReadError::TooMany { .. }) {
                return Err(error);
            }
            log.error(
                codes::FILE_DAMAGED,
                None,
                format!("{error}; what comes after that place was not read"),
                error.hint(),
            );
        }
        if text.said.is_empty() {
            return Err(ReadError::WrongContent {
                ending: source.ending.to_owned(),
                found: "XML without utterances (<u>) or speeches (<sp>)",
                hint: "only TEI transcriptions and files of ELAN's are read; export anything else as .txt, .srt or .csv",
            });
        }
        text.report(log);
        Ok(vec![Draft { turns: turns_of(text.said()), ..Draft::default() }])
    }
}

/// An utterance or a speech.
#[derive(Debug, Default)]
struct Utterance {
    who: Option<String>,
    speaker: String,
    start: Option<String>,
    end: Option<String>,
    text: String,
    /// Whether a blank precedes the next word in the file.
    blank: bool,
    /// Whether an element is between, which counts as a blank where no punctuation follows.
    apart: bool,
}

/// A point of the time line.
#[derive(Debug, Default)]
struct Point {
    id: String,
    since: Option<String>,
    interval_ms: Option<u64>,
    absolute_ms: Option<u64>,
}

/// Elements whose contents are no speech.
const UNSAID: &[&str] = &["note", "stage", "fw", "figure", "listBibl", "spanGrp", "standOff"];
/// Elements for a sound, a movement or a change of voice.
const SOUNDS: &[&str] = &["vocal", "kinesic", "incident", "event", "writing"];

/// The state of the reader.
#[derive(Debug, Default)]
struct Text {
    persons: BTreeMap<String, String>,
    person: Option<(String, String)>,
    points: Vec<Point>,
    unit_ms: f64,
    /// Speaker and time of elements around utterances.
    block: Option<(Option<String>, Option<String>, Option<String>)>,
    open: Option<Utterance>,
    said: Vec<Utterance>,
    /// Depth within an element that is no speech: a header, a speaker's name, a second reading.
    unsaid: usize,
    header: usize,
    naming: usize,
    sound: Option<(String, bool)>,
    choice: Vec<usize>,
    second: usize,
    notes: usize,
    pauses: usize,
    texts: usize,
    left_out: usize,
}

impl Text {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(name, attributes) => self.open(name, attributes),
            Piece::Close(name) => self.close(name),
            Piece::Text(text) => self.text(text),
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        if self.unsaid > 0 || UNSAID.contains(&name) {
            self.notes += usize::from(self.unsaid == 0 && self.open.is_some());
            self.unsaid += 1;
            return;
        }
        if self.second > 0 {
            self.second += 1;
            return;
        }
        if let Some(branches) = self.choice.last_mut() {
            *branches += 1;
            // Of two readings the first is speech.
            if *branches > 1 && !matches!(name, "choice") {
                self.second = 1;
                return;
            }
        }
        match name {
            "teiHeader" => self.header += 1,
            "text" => self.texts += 1,
            "person" | "participant" if self.person.is_none() => {
                if let Some(id) = attributes.get("id") {
                    self.person = Some((id, String::new()));
                }
            }
            "persName" | "name" if self.person.is_some() => self.naming += 1,
            "timeline" => self.unit_ms = unit(attributes.get("unit").as_deref()).unwrap_or(1000.0),
            "when" => {
                let unit_here = unit(attributes.get("unit").as_deref()).unwrap_or(if self.unit_ms > 0.0 {
                    self.unit_ms
                } else {
                    1000.0
                });
                let number = attributes.get("interval").and_then(|value| value.trim().parse::<f64>().ok());
                self.points.push(Point {
                    id: attributes.get("id").unwrap_or_default(),
                    since: attributes.get("since"),
                    interval_ms: number.and_then(|number| seconds_to_ms(number * unit_here / 1000.0)),
                    absolute_ms: attributes.get("absolute").as_deref().and_then(clock),
                });
            }
            "annotationBlock" | "annotatedU" => {
                self.block = Some((attributes.get("who"), attributes.get("start"), attributes.get("end")));
            }
            "u" | "sp" => {
                self.finish();
                let (who, start, end) = self.block.clone().unwrap_or_default();
                self.open = Some(Utterance {
                    who: attributes.get("who").or(who),
                    start: attributes.get("start").or(start),
                    end: attributes.get("end").or(end),
                    ..Utterance::default()
                });
            }
            "speaker" if self.open.is_some() => self.naming += 1,
            "choice" | "app" => self.choice.push(0),
            "pause" => {
                self.pauses += usize::from(self.open.is_some());
                self.blank();
            }
            "gap" => {
                let why = attributes.get("reason").filter(|reason| !reason.trim().is_empty());
                self.word(&format!("({})", why.as_deref().map_or("…", str::trim)));
            }
            name if SOUNDS.contains(&name) => {
                let filler = attributes.get("type").is_some_and(|kind| {
                    matches!(kind.as_str(), "semi-lexical" | "semiLexical" | "filler" | "filled-pause")
                });
                self.sound = Some((attributes.get("desc").unwrap_or_default(), filler));
            }
            // Breaks of lines and pages, words of their own, and words taken back.
            "lb" | "pb" | "cb" | "seg" | "s" | "w" | "p" | "l" | "ab" | "del" | "anchor" | "shift" => {
                self.blank();
            }
            "pc" => {
                if let Some(open) = &mut self.open {
                    (open.blank, open.apart) = (false, false);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.unsaid > 0 {
            self.unsaid -= 1;
            return;
        }
        if self.second > 0 {
            self.second -= 1;
            return;
        }
        match name {
            "teiHeader" => self.header = self.header.saturating_sub(1),
            "person" | "participant" => {
                if let Some((id, name)) = self.person.take() {
                    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                    if !name.is_empty() {
                        self.persons.entry(id).or_insert(name);
                    }
                }
                self.naming = 0;
            }
            "persName" | "name" | "speaker" => self.naming = self.naming.saturating_sub(1),
            "annotationBlock" | "annotatedU" => {
                self.finish();
                self.block = None;
            }
            "u" | "sp" => self.finish(),
            "choice" | "app" => {
                self.choice.pop();
            }
            name if SOUNDS.contains(&name) => {
                if let Some((desc, filler)) = self.sound.take() {
                    let desc = desc.split_whitespace().collect::<Vec<_>>().join(" ");
                    if !desc.is_empty() {
                        self.word(&if filler { desc } else { format!("({desc})") });
                    }
                    self.blank();
                }
            }
            "gap" | "seg" | "s" | "w" | "p" | "l" | "ab" | "del" => self.blank(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.unsaid > 0 || self.second > 0 {
            return;
        }
        if let Some((_, name)) = self.person.as_mut().filter(|_| self.naming > 0) {
            name.push_str(text);
            name.push(' ');
            return;
        }
        if let Some((desc, _)) = &mut self.sound {
            desc.push_str(text);
            return;
        }
        let Some(open) = &mut self.open else {
            if self.header == 0 && self.texts > 0 {
                self.left_out += text.unicode_words().count();
            }
            return;
        };
        if self.naming > 0 {
            open.speaker.push_str(text);
            return;
        }
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            open.blank |= index > 0;
            push_word(open, word);
        }
    }

    /// Adds a word with blanks around it.
    fn word(&mut self, word: &str) {
        self.blank();
        if let Some(open) = &mut self.open {
            push_word(open, word);
        }
        self.blank();
    }

    fn blank(&mut self) {
        if let Some(open) = &mut self.open {
            open.apart = true;
        }
    }

    /// Closes the current utterance.
    fn finish(&mut self) {
        self.said.extend(self.open.take());
        self.naming = 0;
        self.sound = None;
    }

    fn report(&self, log: &mut ProblemLog) {
        let mut parts = Vec::new();
        if self.notes > 0 {
            parts.push(counted(self.notes, "note or stage direction", "notes and stage directions"));
        }
        if self.pauses > 0 {
            parts.push(counted(self.pauses, "pause", "pauses"));
        }
        if self.left_out > 0 {
            parts.push(format!("{} outside of utterances", counted(self.left_out, "word", "words")));
        }
        if !parts.is_empty() {
            log.note(codes::TEXT_LEFT_OUT, None, format!("left out: {}", parts.join(", ")), "");
        }
        if self.texts > 1 {
            log.note(
                codes::TRANSCRIPT_JOINED,
                None,
                format!("the file holds {} texts; they were read as one transcript", self.texts),
                "save each text as a file of its own if they are different interviews",
            );
        }
    }

    /// What is said, with names and times.
    fn said(self) -> Vec<Fragment> {
        let times = times_of(&self.points);
        let at = |point: Option<&String>| -> Option<u64> {
            let name = point?.trim();
            times.get(name.trim_start_matches('#')).copied().or_else(|| clock(name))
        };
        self.said
            .iter()
            .map(|utterance| {
                let named = utterance.who.as_deref().map(|who| speaker_of(who, &self.persons));
                let written = utterance.speaker.split_whitespace().collect::<Vec<_>>().join(" ");
                let written = written.trim_end_matches([':', '.', '：']).trim_end().to_owned();
                let start_ms = at(utterance.start.as_ref());
                Fragment {
                    speaker: Some(written)
                        .filter(|name| !name.is_empty())
                        .or(named)
                        .filter(|name| !name.is_empty()),
                    text: utterance.text.clone(),
                    start_ms,
                    end_ms: at(utterance.end.as_ref()).max(start_ms),
                    change: false,
                }
            })
            .collect()
    }
}

/// Adds a word, after a blank where there is one, or where an element is between and no punctuation follows.
fn push_word(open: &mut Utterance, word: &str) {
    let Some(first) = word.chars().next() else { return };
    let due = open.apart && !matches!(first, ',' | '.' | ';' | ':' | '?' | '!' | ')' | '…');
    if (open.blank || due) && !open.text.is_empty() {
        open.text.push(' ');
    }
    (open.blank, open.apart) = (false, false);
    open.text.push_str(word);
}

fn unit(name: Option<&str>) -> Option<f64> {
    match name?.trim() {
        "ms" => Some(1.0),
        "s" => Some(1000.0),
        "min" => Some(60_000.0),
        "h" => Some(3_600_000.0),
        _ => None,
    }
}

/// The time of each point: its own, or its distance from an earlier one; without a name for that, from the one before it.
fn times_of(points: &[Point]) -> BTreeMap<&str, u64> {
    let mut times: BTreeMap<&str, u64> = BTreeMap::new();
    // Clock times of the day count from the first of them.
    let origin = points.iter().find_map(|point| point.absolute_ms).unwrap_or(0);
    let mut before = 0;
    for (index, point) in points.iter().enumerate() {
        let since = point.since.as_deref().map(|since| since.trim().trim_start_matches('#'));
        let time = match (point.absolute_ms, point.interval_ms) {
            (Some(absolute), _) => absolute.checked_sub(origin),
            (None, Some(interval)) => match since {
                Some(since) => times.get(since).map(|from| from.saturating_add(interval)),
                None => Some(u64::saturating_add(before, interval)),
            },
            (None, None) => (index == 0).then_some(0),
        };
        if let Some(time) = time {
            before = time;
            if !point.id.is_empty() {
                times.insert(&point.id, time);
            }
        }
    }
    times
}

/// The names behind `who`: one reference, several, or a plain name.
fn speaker_of(who: &str, persons: &BTreeMap<String, String>) -> String {
    let name_of = |reference: &str| {
        let id = reference.rsplit_once('#').map_or(reference, |(_, id)| id).trim();
        persons.get(id).cloned().unwrap_or_else(|| id.to_owned())
    };
    let parts: Vec<&str> = who.split_whitespace().collect();
    if parts.len() > 1 && parts.iter().all(|part| part.contains('#')) {
        return parts.into_iter().map(name_of).collect::<Vec<_>>().join(" and ");
    }
    name_of(who)
}
