//! ELAN's `.eaf`: tiers of annotations; some have times, others refer to annotations of a parent tier.
//!
//! The speaker is the tier's PARTICIPANT, otherwise the tier's name. Time slots without a value are spaced evenly between those that have one.
//! Annotations that refer to another share its time, in equal parts if there are several.

use std::collections::BTreeMap;

use super::xml::{Piece, root_of, walk};
use super::{Annotation, Tier, turns_on};
use crate::codes;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};

/// Maximum tiers.
const MAX_TIERS: usize = 10_000;
/// Maximum length of a chain of references between annotations or tiers.
const MAX_CHAIN: usize = 64;
/// Share of annotations that look like words rather than numbers at which a top tier holds words.
const MOSTLY: f64 = 0.5;

/// Reads `.eaf`.
#[derive(Debug)]
pub(crate) struct Elan;

impl Reader for Elan {
    fn name(&self) -> &'static str {
        "eaf"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["eaf"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        if root_of(source.bytes, &mut ProblemLog::new("")).is_none_or(|root| root != ROOT) {
            return Err(ReadError::WrongContent {
                ending: source.ending.to_owned(),
                found: "no file of ELAN's",
                hint: "open it in ELAN and save it again",
            });
        }
        let mut file = File::default();
        if let Err(error) = walk(source.bytes, log, |piece| file.take(piece)) {
            if file.tiers.is_empty() || matches!(error, ReadError::TooMany { .. }) {
                return Err(error);
            }
            log.error(
                codes::FILE_DAMAGED,
                None,
                format!("{error}; what comes after that place was not read"),
                error.hint(),
            );
        }
        if file.tiers.len() > MAX_TIERS {
            return Err(ReadError::TooMany { what: "tiers", limit: MAX_TIERS });
        }
        let tiers = file.tiers(log);
        Ok(vec![Draft { turns: turns_on(tiers, source.tiers, log), ..Draft::default() }])
    }
}

/// The first element of ELAN's files.
pub(super) const ROOT: &str = "ANNOTATION_DOCUMENT";

/// The contents of the file.
#[derive(Debug, Default)]
struct File {
    /// Milliseconds that a unit of time is worth.
    unit: Option<f64>,
    /// Slots in the order of the file, each with its time when it has one.
    slots: Vec<(String, Option<u64>)>,
    tiers: Vec<WrittenTier>,
    annotation: Option<Piecewise>,
    in_value: bool,
}

/// A tier as written.
#[derive(Debug, Default)]
struct WrittenTier {
    name: String,
    participant: Option<String>,
    parent: Option<String>,
    annotations: Vec<Piecewise>,
}

/// An annotation of the file: between two slots, or referring to another annotation.
#[derive(Debug, Default)]
struct Piecewise {
    id: String,
    slots: Option<(String, String)>,
    leans_on: Option<String>,
    previous: Option<String>,
    text: String,
}

impl File {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open("HEADER", attributes) => {
                self.unit = match attributes.get("TIME_UNITS").as_deref() {
                    Some("PAL-frames") => Some(40.0),
                    Some("NTSC-frames") => Some(1001.0 / 30.0),
                    _ => None,
                };
            }
            Piece::Open("TIME_SLOT", attributes) => {
                let id = attributes.get("TIME_SLOT_ID").unwrap_or_default();
                let value = attributes.get("TIME_VALUE").and_then(|value| value.trim().parse::<u64>().ok());
                let unit = self.unit.unwrap_or(1.0);
                self.slots.push((id, value.map(|value| (value as f64 * unit).round() as u64)));
            }
            Piece::Open("TIER", attributes) => self.tiers.push(WrittenTier {
                name: attributes.get("TIER_ID").unwrap_or_default(),
                participant: attributes.get("PARTICIPANT").filter(|name| !name.trim().is_empty()),
                parent: attributes.get("PARENT_REF"),
                annotations: Vec::new(),
            }),
            Piece::Open("ALIGNABLE_ANNOTATION", attributes) => {
                let slot = |name: &str| attributes.get(name).unwrap_or_default();
                self.annotation = Some(Piecewise {
                    id: slot("ANNOTATION_ID"),
                    slots: Some((slot("TIME_SLOT_REF1"), slot("TIME_SLOT_REF2"))),
                    ..Piecewise::default()
                });
            }
            Piece::Open("REF_ANNOTATION", attributes) => {
                self.annotation = Some(Piecewise {
                    id: attributes.get("ANNOTATION_ID").unwrap_or_default(),
                    leans_on: attributes.get("ANNOTATION_REF"),
                    previous: attributes.get("PREVIOUS_ANNOTATION"),
                    ..Piecewise::default()
                });
            }
            Piece::Open("ANNOTATION_VALUE", _) => self.in_value = true,
            Piece::Text(text) if self.in_value => {
                if let Some(annotation) = &mut self.annotation {
                    annotation.text.push_str(text);
                }
            }
            Piece::Close("ANNOTATION_VALUE") => self.in_value = false,
            Piece::Close("ALIGNABLE_ANNOTATION" | "REF_ANNOTATION") => {
                if let (Some(tier), Some(annotation)) = (self.tiers.last_mut(), self.annotation.take()) {
                    tier.annotations.push(annotation);
                }
            }
            _ => {}
        }
    }

    /// The tiers with times and speakers.
    fn tiers(self, log: &mut ProblemLog) -> Vec<Tier> {
        let times = self.slot_times(log);
        let spans = self.spans(&times);
        let untimed = self.tiers.iter().flat_map(|tier| &tier.annotations);
        let untimed = untimed
            .filter(|piece| !piece.text.trim().is_empty() && !spans.contains_key(piece.id.as_str()))
            .count();
        if untimed > 0 {
            log.warning(
                codes::TIME_LEFT_OUT,
                None,
                format!(
                    "{} no time, and will come last",
                    counted(untimed, "annotation has", "annotations have")
                ),
                "open the file in ELAN and save it again",
            );
        }
        let candidates = self.candidates();
        let by_name: BTreeMap<&str, &WrittenTier> =
            self.tiers.iter().map(|tier| (tier.name.as_str(), tier)).collect();
        let mut all = Vec::with_capacity(self.tiers.len());
        for (tier, is_candidate) in self.tiers.iter().zip(candidates) {
            let annotations =
                tier.annotations.iter().filter(|piece| !piece.text.trim().is_empty()).map(|piece| {
                    let (start_ms, end_ms) = spans.get(piece.id.as_str()).copied().unzip();
                    Annotation { start_ms, end_ms, text: piece.text.clone() }
                });
            all.push(Tier {
                name: tier.name.clone(),
                speaker: participant(tier, &by_name).unwrap_or(&tier.name).trim().to_owned(),
                annotations: annotations.collect(),
                is_candidate,
            });
        }
        all
    }

    /// The time of each slot. Those without a value lie evenly between their neighbours with one: along a chain of annotations
    /// that follow each other, else in the order of the file.
    fn slot_times(&self, log: &mut ProblemLog) -> BTreeMap<&str, u64> {
        let mut times: BTreeMap<&str, u64> =
            self.slots.iter().filter_map(|(id, value)| Some((id.as_str(), (*value)?))).collect();
        let missing = self.slots.len() - self.slots.iter().filter(|(_, value)| value.is_some()).count();
        if missing == 0 {
            return times;
        }
        log.note(
            codes::TIME_GUESSED,
            None,
            format!(
                "{} no value and {} set evenly between the others",
                counted(missing, "slot of time has", "slots of time have"),
                if missing == 1 { "was" } else { "were" }
            ),
            "",
        );
        for tier in &self.tiers {
            let mut chain: Vec<&str> = Vec::new();
            for (first, second) in tier.annotations.iter().filter_map(|piece| piece.slots.as_ref()) {
                if chain.last() != Some(&first.as_str()) {
                    fill_between(&chain, &mut times);
                    chain = vec![first];
                }
                chain.push(second);
            }
            fill_between(&chain, &mut times);
        }
        let order: Vec<&str> = self.slots.iter().map(|(id, _)| id.as_str()).collect();
        fill_between(&order, &mut times);
        times
    }

    /// When each annotation is said, by its id.
    fn spans<'a>(&'a self, times: &BTreeMap<&str, u64>) -> BTreeMap<&'a str, (u64, u64)> {
        let mut spans: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        let mut leaning: BTreeMap<&str, Vec<&Piecewise>> = BTreeMap::new();
        for tier in &self.tiers {
            let mut here: BTreeMap<&str, Vec<&Piecewise>> = BTreeMap::new();
            for piece in &tier.annotations {
                if let Some((first, second)) = &piece.slots {
                    if let (Some(start), Some(end)) = (times.get(first.as_str()), times.get(second.as_str()))
                    {
                        spans.insert(&piece.id, (*start, (*end).max(*start)));
                    }
                } else if let Some(parent) = &piece.leans_on {
                    here.entry(parent).or_default().push(piece);
                }
            }
            // Two tiers may refer to the same annotation; each divides its time by itself.
            for (parent, pieces) in here {
                let pieces = in_chain(pieces);
                if let Some(span) = spans.get(parent).copied() {
                    share_out(span, &pieces, &mut spans);
                } else {
                    leaning.entry(parent).or_default().extend(pieces);
                }
            }
        }
        // Tiers may precede those that they refer to.
        for _ in 0..MAX_CHAIN {
            let (ready, waiting): (BTreeMap<_, _>, _) =
                leaning.into_iter().partition(|(parent, _)| spans.contains_key(parent));
            leaning = waiting;
            if ready.is_empty() {
                break;
            }
            for (parent, pieces) in ready {
                if let Some(span) = spans.get(parent).copied() {
                    share_out(span, &pieces, &mut spans);
                }
            }
        }
        spans
    }

    /// Tiers that may be read when the study names none: the top tiers. Where one of these holds numbers of sentences, as from tools
    /// for glossing, the first tier below it that holds words.
    fn candidates(&self) -> Vec<bool> {
        let mut chosen = vec![false; self.tiers.len()];
        let mut below: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, tier) in self.tiers.iter().enumerate() {
            if let Some(parent) = &tier.parent {
                below.entry(parent).or_default().push(at);
            }
        }
        let names: std::collections::BTreeSet<&str> =
            self.tiers.iter().map(|tier| tier.name.as_str()).collect();
        let mut seen = vec![false; self.tiers.len()];
        for (at, tier) in self.tiers.iter().enumerate() {
            let is_top = tier.parent.as_deref().is_none_or(|parent| !names.contains(parent));
            if !is_top {
                continue;
            }
            // Breadth first, so that the nearest tier of words is found.
            let mut line = std::collections::VecDeque::from([at]);
            let mut found = at;
            while let Some(next) = line.pop_front() {
                if std::mem::replace(&mut seen[next], true) {
                    continue;
                }
                if holds_words(&self.tiers[next]) {
                    found = next;
                    break;
                }
                line.extend(below.get(self.tiers[next].name.as_str()).into_iter().flatten());
            }
            chosen[found] = true;
        }
        chosen
    }
}

/// The participant of a tier or of the nearest tier above that names one.
fn participant<'a>(tier: &'a WrittenTier, by_name: &BTreeMap<&str, &'a WrittenTier>) -> Option<&'a str> {
    let mut tier = tier;
    for _ in 0..MAX_CHAIN {
        if let Some(name) = &tier.participant {
            return Some(name);
        }
        tier = by_name.get(tier.parent.as_deref()?)?;
    }
    None
}

/// Whether a tier holds words rather than numbers of sentences, such as `text.012`.
fn holds_words(tier: &WrittenTier) -> bool {
    let texts = tier.annotations.iter().map(|piece| piece.text.trim()).filter(|text| !text.is_empty());
    let (mut all, mut words) = (0_usize, 0_usize);
    for text in texts {
        all += 1;
        let is_number = !text.contains(char::is_whitespace) && text.contains(|c: char| c.is_ascii_digit());
        words += usize::from(text.contains(char::is_alphabetic) && !is_number);
    }
    words as f64 > MOSTLY * all as f64
}

/// Sets the slots of a chain that have no time evenly between those that do. Slots before the first and after the last that
/// has one stay without.
fn fill_between<'a>(chain: &[&'a str], times: &mut BTreeMap<&'a str, u64>) {
    let known: Vec<(usize, u64)> =
        chain.iter().enumerate().filter_map(|(at, slot)| Some((at, *times.get(slot)?))).collect();
    for pair in known.windows(2) {
        let [(from, first), (until, second)] = *pair else { continue };
        let steps = (until - from) as u64;
        let length = second.saturating_sub(first);
        for (step, slot) in (1..steps).zip(&chain[from + 1..until]) {
            let share = u128::from(length) * u128::from(step) / u128::from(steps);
            times.insert(slot, first.saturating_add(share as u64));
        }
    }
}

/// The annotations that refer to another one, in the order that they give; those without come first, in the order of the file.
fn in_chain(pieces: Vec<&Piecewise>) -> Vec<&Piecewise> {
    if pieces.len() < 2 || pieces.iter().all(|piece| piece.previous.is_none()) {
        return pieces;
    }
    let after: BTreeMap<&str, &Piecewise> =
        pieces.iter().filter_map(|piece| Some((piece.previous.as_deref()?, *piece))).collect();
    let mut ordered: Vec<&Piecewise> = Vec::with_capacity(pieces.len());
    for first in pieces.iter().filter(|piece| piece.previous.is_none()) {
        let mut next = Some(*first);
        while let Some(piece) = next.filter(|_| ordered.len() < pieces.len()) {
            ordered.push(piece);
            next = after.get(piece.id.as_str()).copied();
        }
    }
    // An incomplete chain: the order of the file, so that none is lost.
    if ordered.len() == pieces.len() { ordered } else { pieces }
}

fn share_out<'a>(
    (start, end): (u64, u64),
    pieces: &[&'a Piecewise],
    spans: &mut BTreeMap<&'a str, (u64, u64)>,
) {
    let count = pieces.len() as u128;
    let at = |index: usize| {
        start.saturating_add((u128::from(end.saturating_sub(start)) * index as u128 / count.max(1)) as u64)
    };
    for (index, piece) in pieces.iter().enumerate() {
        spans.entry(&piece.id).or_insert((at(index), at(index + 1)));
    }
}
