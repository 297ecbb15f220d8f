//! Which lines of a file begin with a speaker's label.
//!
//! Candidates → evidence over the file → decision. Every line has candidates ([`Spot`]); the file decides which sign sets off labels
//! ([`family`]); labels that are repeated, or that only transcribers use, define the form of labels here ([`evidence::Habits`]); and
//! every label, however rare, is weighed against that form. So `Carla:` is a speaker even if she speaks once, and `Reason:` stays
//! in the turn. Doubtful labels are reported ([`warnings`]).

mod evidence;
mod family;
mod form;
mod header;
mod kin;
#[cfg(test)]
mod tests;
mod units;
mod warnings;

use std::collections::{BTreeMap, BTreeSet};

use self::evidence::{Habits, LabelledLines, Words};
use self::form::{Form, Shape};
pub(super) use self::units::beginnings;
pub(super) use self::warnings::first_words;
use super::{Label, Line};
use crate::read::problems::ProblemLog;
use crate::read::speakers::key_words::{Remark, is_never_a_speaker, remark};
use crate::read::speakers::label::{Candidate, Style, candidate, fold, without_description};
use crate::read::speakers::label_signs::{in_bold, signed};
use crate::read::speakers::label_words::{is_code, is_sound, is_usual};
use crate::read::times::take_when;

/// Evidence at which a label is a speaker.
const ACCEPTED: f64 = 1.0;
/// Distance from that threshold within which a decision is reported; smaller for repeated labels.
const DOUBT: f64 = 2.0;
const DOUBT_OF_REPEATED: f64 = 1.0;
/// In a file with a smaller share of labelled lines, they are words before a colon.
const MIN_LABELLED: f64 = 0.02;

/// A line and its candidates.
#[derive(Debug)]
struct Spot<'a> {
    line: &'a Line,
    /// Whether a turn may begin here.
    begins: bool,
    /// Whether the line is part of a header or a footer.
    is_header: bool,
    /// The plainest reading, if it could be a speaker.
    main: Option<Candidate<'a>>,
    /// A header's key or a remark, never a speaker.
    key: Option<Candidate<'a>>,
    /// Readings by signs that also occur in sentences.
    others: Vec<Candidate<'a>>,
}

impl<'a> Spot<'a> {
    fn with(&self, style: Style) -> Option<&Candidate<'a>> {
        self.main.iter().chain(&self.others).find(|found| found.style == style)
    }
}

/// The labels of a file.
#[derive(Debug)]
pub(super) struct FileLabels<'a> {
    /// For each line the label of its speaker, if it begins with one.
    pub(super) labels: Vec<Option<Candidate<'a>>>,
    /// For each line whether it is a header or a footer.
    pub(super) is_header: Vec<bool>,
    doubtful: Vec<DoubtfulLabel>,
}

/// A label that may be read in two ways.
#[derive(Debug, Clone, PartialEq)]
struct DoubtfulLabel {
    line: u64,
    label: String,
    count: usize,
    /// The first words after it.
    words: String,
    /// Whether it was read as a speaker.
    accepted: bool,
    /// Whether it is a known speaker's label in another form.
    is_known: bool,
}

impl FileLabels<'_> {
    /// Reports doubtful labels.
    pub(super) fn warn(&self, log: &mut ProblemLog) {
        warnings::tell(&self.doubtful, log);
    }
}

/// Finds the labels in a file's lines. `roster` are labels that the study names.
pub(super) fn find<'a>(lines: &'a [Line], roster: &[String]) -> FileLabels<'a> {
    let roster: BTreeSet<String> = roster.iter().map(|name| fold(without_description(name))).collect();
    let initials = initials_in(lines);
    let mut spots = spots_of(lines, &roster, &initials);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for found in spots.iter().filter_map(|spot| spot.main) {
        *counts.entry(fold(without_description(found.label))).or_default() += 1;
    }
    header::mark_header(&mut spots, &counts);
    let footer = header::footer(&spots);
    for spot in spots.iter_mut().rev().take(footer) {
        spot.is_header = true;
    }
    let is_header = spots.iter().map(|spot| spot.is_header && !spot.line.text.trim().is_empty()).collect();
    let tabled = spots
        .iter()
        .filter(|spot| spot.main.is_some_and(|found| family::TABLED.contains(&found.style)))
        .count();
    if tabled > 1 {
        let is_tabled = |found: &Candidate<'_>| family::TABLED.contains(&found.style);
        let labels = spots.iter().map(|spot| spot.main.filter(is_tabled)).collect();
        return FileLabels { labels, is_header, doubtful: Vec::new() };
    }
    let (labels, doubtful) = decide(&spots, &roster, initials);
    FileLabels { labels, is_header, doubtful }
}

/// The initials of all full names before a colon.
fn initials_in(lines: &[Line]) -> BTreeSet<String> {
    let mut initials = BTreeSet::new();
    let found = lines
        .iter()
        .filter(|line| !line.is_speech && line.label.is_none())
        .filter_map(|line| candidate(&line.text));
    for found in
        found.filter(|found| found.style == Style::Colon && Shape::of(found.label) == Shape::FullName)
    {
        let name = fold(without_description(found.label));
        initials.insert(name.split([' ', '-']).filter_map(|word| word.chars().next()).collect());
    }
    initials
}

/// The candidates of each line.
fn spots_of<'a>(lines: &'a [Line], roster: &BTreeSet<String>, initials: &BTreeSet<String>) -> Vec<Spot<'a>> {
    let begins = units::beginnings(lines);
    let mut followed_by_time = vec![false; lines.len()];
    let mut next: Option<&Line> = None;
    for (line, followed) in lines.iter().zip(&mut followed_by_time).rev() {
        // A name on its own line must be followed by speech; a short timed line is speech itself.
        *followed = next.is_none_or(|next| take_when(next.text.trim()).is_some());
        if !line.is_blank() || line.label.is_some() {
            next = Some(line);
        }
    }
    let all = lines.iter().zip(begins).zip(followed_by_time);
    all.map(|((line, begins), stands_last)| {
        let mut spot = Spot { line, begins, is_header: false, main: None, key: None, others: Vec::new() };
        if let Some(Label { name, when }) = &line.label {
            spot.main = Some(Candidate { label: name, style: Style::Given, when: *when, text: "" });
            return spot;
        }
        if line.is_speech {
            return spot;
        }
        let is_named = |found: &Candidate<'_>| {
            let name = fold(without_description(found.label));
            roster.contains(&name) || (initials.contains(&name) && Shape::of(found.label) == Shape::Code)
        };
        match candidate(&line.text) {
            Some(found) if is_never_a_speaker(found.label) && !is_named(&found) => {
                spot.key = Some(found).filter(|found| found.style == Style::Colon);
            }
            Some(found)
                if matches!(found.style, Style::NameAndTime | Style::Alone)
                    && found.text.is_empty()
                    && stands_last => {}
            found => spot.main = found,
        }
        spot.others = signed(&line.text);
        spot.others.extend(in_bold(&line.text, line.bold));
        spot
    })
    .collect()
}

/// Weighs every label and decides.
fn decide<'a>(
    spots: &[Spot<'a>],
    roster: &BTreeSet<String>,
    initials: BTreeSet<String>,
) -> (Vec<Option<Candidate<'a>>>, Vec<DoubtfulLabel>) {
    let leading = family::leading(spots, roster);
    let chosen: Vec<Option<Candidate<'a>>> = spots.iter().map(|spot| reading_of(spot, leading)).collect();
    let all = grouped(&chosen);
    let core = core_of(&chosen, &all, spots, roster, &initials);
    let one_word: BTreeSet<String> = all.keys().filter(|name| !name.contains(' ')).cloned().collect();
    let habits = Habits::of(spots, &core, Words::of(spots, &one_word), initials);
    let mut labels: Vec<Option<Candidate<'a>>> = vec![None; spots.len()];
    let mut doubtful = Vec::new();
    if core.is_empty() {
        return (labels, doubtful);
    }
    for (name, labelled) in &all {
        let is_named = roster.contains(name);
        let weight = if is_named { f64::INFINITY } else { habits.weigh(labelled, spots, &core) };
        let accepted = weight >= ACCEPTED;
        if accepted {
            let out_of_form = if is_named { BTreeSet::new() } else { habits.out_of_form(labelled, spots) };
            for (at, found) in &labelled.at {
                if out_of_form.contains(at) {
                    continue;
                }
                if let Some(label) = labels.get_mut(*at) {
                    *label = Some(*found);
                }
            }
        }
        let doubt = if labelled.at.len() > 1 { DOUBT_OF_REPEATED } else { DOUBT };
        if (weight - ACCEPTED).abs() < doubt {
            doubtful.extend(doubtful_label(labelled, spots, accepted));
        }
    }
    slips_of_sign(spots, &habits, &mut labels, &mut doubtful);
    if too_few(spots, &labels, roster) {
        labels.fill(None);
    }
    (labels, doubtful)
}

/// The one reading of a line that is weighed: by the file's sign, or by a colon or a time.
fn reading_of<'a>(spot: &Spot<'a>, leading: Style) -> Option<Candidate<'a>> {
    if spot.is_header {
        return None;
    }
    let by_sign = spot.with(leading).copied();
    by_sign.or_else(|| spot.main.filter(|found| matches!(found.style, Style::Colon | Style::NameAndTime)))
}

/// The labels with their occurrences, by their folded names without description.
fn grouped<'a>(chosen: &[Option<Candidate<'a>>]) -> BTreeMap<String, LabelledLines<'a>> {
    let mut all: BTreeMap<String, LabelledLines<'a>> = BTreeMap::new();
    for (at, found) in chosen.iter().enumerate() {
        if let Some(found) = found {
            let labelled = all
                .entry(fold(without_description(found.label)))
                .or_insert_with(|| LabelledLines { label: found.label, at: Vec::new() });
            labelled.at.push((at, *found));
        }
    }
    all
}

/// The lines of the labels that define the form in this file: those that are repeated, that only transcribers use or that the study
/// names. Where none is repeated, all that look like names, if nearly every beginning has one.
fn core_of<'a>(
    chosen: &[Option<Candidate<'a>>],
    all: &BTreeMap<String, LabelledLines<'a>>,
    spots: &[Spot<'a>],
    roster: &BTreeSet<String>,
    initials: &BTreeSet<String>,
) -> BTreeMap<usize, Candidate<'a>> {
    let could_be = |name: &String, labelled: &LabelledLines<'_>| {
        let shape = Shape::of(labelled.label);
        let are_initials = shape == Shape::Code && initials.contains(name);
        (remark(labelled.label) == Remark::No || are_initials)
            && !is_sound(labelled.label)
            && (shape.is_name() || is_code(name) || labelled.at.len() > 2)
            // Scripts without capitals have no small letters to tell a sentence by.
            && (shape != Shape::Uncased || name.split(' ').count() < 4)
    };
    let is_core = |name: &String| {
        all.get(name).is_some_and(|labelled| {
            roster.contains(name) || could_be(name, labelled) && (labelled.at.len() > 1 || is_code(name))
        })
    };
    let with_names = |test: &dyn Fn(&String) -> bool| -> BTreeMap<usize, Candidate<'a>> {
        let lines = chosen.iter().enumerate().filter_map(|(at, found)| found.map(|found| (at, found)));
        lines.filter(|(_, found)| test(&fold(without_description(found.label)))).collect()
    };
    let core = with_names(&is_core);
    if !core.is_empty() {
        return of_one_form(core, all, spots);
    }
    let could_all =
        with_names(&|name: &String| all.get(name).is_some_and(|labelled| could_be(name, labelled)));
    let begins = spots.iter().filter(|spot| spot.begins && !spot.is_header).count();
    let says_something = could_all.values().filter(|found| found.text.split_whitespace().count() > 2).count();
    // Names that occur once each, as in a round of answers; lists of keys have short values.
    let is_round = could_all.len() > 1
        && could_all.len() * 10 >= begins * 8
        && says_something * 10 >= could_all.len() * 7;
    if is_round { could_all } else { BTreeMap::new() }
}

/// Without the labels that lack the time, the bold letters or the signs of most lines with labels: `Mother:`, quoted twice.
fn of_one_form<'a>(
    core: BTreeMap<usize, Candidate<'a>>,
    all: &BTreeMap<String, LabelledLines<'a>>,
    spots: &[Spot<'a>],
) -> BTreeMap<usize, Candidate<'a>> {
    let forms = core.iter().filter_map(|(at, found)| spots.get(*at).map(|spot| Form::of(spot.line, found)));
    let mut frames: BTreeMap<String, usize> = BTreeMap::new();
    for form in forms {
        *frames.entry(form.frame().to_owned()).or_default() += 1;
    }
    let frame =
        frames.into_iter().max_by_key(|(_, count)| *count).map(|(frame, _)| frame).unwrap_or_default();
    let marks = |at: usize, found: &Candidate<'_>| {
        let form = spots.get(at).map(|spot| Form::of(spot.line, found));
        form.map_or([false; 3], |form| {
            [form.is_timed(), form.bold, !frame.is_empty() && form.frame() == frame]
        })
    };
    let most = |marked: Vec<[bool; 3]>| {
        [0, 1, 2].map(|mark| {
            marked.iter().filter(|marks| marks.get(mark) == Some(&true)).count() * 2 > marked.len()
        })
    };
    let usual = most(core.iter().map(|(at, found)| marks(*at, found)).collect());
    let names: BTreeSet<String> = core.values().map(|found| fold(without_description(found.label))).collect();
    let without: BTreeSet<&String> = names
        .iter()
        .filter(|name| {
            let own = all.get(*name).map_or(&[][..], |labelled| &labelled.at);
            let own = most(own.iter().map(|(at, found)| marks(*at, found)).collect());
            usual.iter().zip(own).any(|(usual, own)| *usual && !own)
        })
        .collect();
    let kept: BTreeMap<usize, Candidate<'a>> = core
        .iter()
        .filter(|(_, found)| !without.contains(&fold(without_description(found.label))))
        .map(|(at, found)| (*at, *found))
        .collect();
    if kept.is_empty() { core } else { kept }
}

/// Lines that begin with the label of a known speaker, set off differently than in the file.
fn slips_of_sign<'a>(
    spots: &[Spot<'a>],
    habits: &Habits,
    labels: &mut [Option<Candidate<'a>>],
    doubtful: &mut Vec<DoubtfulLabel>,
) {
    let mut current: Option<String> = None;
    for (at, spot) in spots.iter().enumerate() {
        let Some(label) = labels.get_mut(at) else { continue };
        if let Some(found) = label {
            current = Some(fold(without_description(found.label)));
            continue;
        }
        if spot.is_header || !spot.begins {
            continue;
        }
        let slip = spot.main.iter().chain(&spot.others).find(|found| {
            let name = fold(without_description(found.label));
            let is_other_sign = matches!(
                found.style,
                Style::Dash
                    | Style::Tab
                    | Style::Gap
                    | Style::Bar
                    | Style::Angle
                    | Style::Bracket
                    | Style::Semicolon
                    | Style::Bare
            );
            // `I – I think` and `Anna – my sister – came` are sentences.
            let is_plain = name.chars().count() > 2
                || found.style == Style::Semicolon
                || name.contains(|c: char| c.is_ascii_digit());
            is_other_sign && is_plain && habits.names.contains(&name) && current.as_ref() != Some(&name)
        });
        if let Some(found) = slip {
            current = Some(fold(without_description(found.label)));
            doubtful.push(DoubtfulLabel {
                line: spot.line.number,
                label: crate::read::speakers::label::shown(found.label),
                count: 1,
                words: first_words(found.text),
                accepted: true,
                is_known: true,
            });
            *label = Some(*found);
        }
    }
}

fn doubtful_label(labelled: &LabelledLines<'_>, spots: &[Spot<'_>], accepted: bool) -> Option<DoubtfulLabel> {
    let (at, found) = labelled.at.first()?;
    let spot = spots.get(*at)?;
    let words = if found.text.trim().is_empty() {
        spots
            .get(at + 1..)?
            .iter()
            .find(|spot| !spot.line.is_blank())
            .map_or("", |spot| spot.line.text.as_str())
    } else {
        found.text
    };
    Some(DoubtfulLabel {
        line: spot.line.number,
        label: crate::read::speakers::label::shown(labelled.label),
        count: labelled.at.len(),
        words: first_words(words),
        accepted,
        is_known: false,
    })
}

/// Whether too few lines have labels for a conversation: single ones, or two in a long text.
fn too_few(spots: &[Spot<'_>], labels: &[Option<Candidate<'_>>], roster: &BTreeSet<String>) -> bool {
    let speakers: BTreeSet<String> =
        labels.iter().flatten().map(|found| fold(without_description(found.label))).collect();
    if speakers.iter().any(|name| roster.contains(name)) {
        return false;
    }
    let begins = |at: usize| spots.get(at).is_some_and(|spot| spot.begins && !spot.is_header);
    let all = (0..spots.len()).filter(|at| begins(*at)).count();
    let labelled = labels.iter().flatten().count();
    let opens_talk =
        (0..spots.len()).find(|at| begins(*at)).is_some_and(|at| labels.get(at).is_some_and(Option::is_some));
    match speakers.len() {
        0 => true,
        // A monologue has its label at the top.
        1 => {
            !(opens_talk && speakers.iter().all(|name| is_usual(name)))
                && (labelled < 2 || (labelled as f64) < 0.2 * all as f64)
                && all > 3
        }
        _ => (labelled as f64) < MIN_LABELLED * all as f64 && !opens_talk,
    }
}
