//! Evidence for and against a label, from the whole file.
//!
//! Each kind adds points to a sum or subtracts them; a point about doubles the odds. The kinds are: the label's words (of transcribers,
//! a remark), whether it is related to repeated labels, its frequency, whether it has their form, and the talk around it. Only
//! labels that the study names and keys of a header are decided by a single kind.

use std::collections::{BTreeMap, BTreeSet};

use super::Spot;
use super::form::{Form, Shape};
use super::kin::is_kin;
use super::units::ends_sentence;
use crate::read::speakers::key_words::{Remark, has_heading_word, is_never_a_speaker, remark};
use crate::read::speakers::label::{Candidate, Style, fold, without_description};
use crate::read::speakers::label_words::{is_code, is_person, is_sound};

/// A habit that at least this part of the file's labels share belongs to its form.
const HABIT: f64 = 0.8;

/// Names are not compared in pairs beyond this number (a forum or an archive in one file), because the time is quadratic.
const MAX_COMPARED: usize = 200;

/// Properties of repeated labels and of labels that only transcribers use.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// Their names, folded and without description.
    pub(super) names: BTreeSet<String>,
    /// How many lines they open.
    lines: usize,
    forms: BTreeMap<Form, usize>,
    shapes: BTreeMap<Shape, usize>,
    timed: f64,
    bold: f64,
    framed: f64,
    /// Part whose words begin with a capital, of those that begin with a letter that has one.
    capital_words: f64,
    /// Part that has words on the label's own line.
    with_words: f64,
    /// Words of the longest label.
    max_words: usize,
    /// Part of the beginnings that they open.
    coverage: f64,
    /// Part of them that follow the same label.
    repeats: f64,
    /// Part of their lines that begin a turn where wrapped lines cannot.
    begins: f64,
    /// Names within sentences of the talk, and words that it writes in lower case.
    mentioned: BTreeSet<String>,
    small: BTreeSet<String>,
    /// Initials of the full names among the labels.
    initials: BTreeSet<String>,
    /// Whether one of them is a name of the core.
    has_initials: bool,
}

/// A label with all its occurrences.
#[derive(Debug)]
pub(super) struct LabelledLines<'a> {
    /// As first written.
    pub(super) label: &'a str,
    /// The lines on which it occurs, with the candidate there.
    pub(super) at: Vec<(usize, Candidate<'a>)>,
}

impl Habits {
    /// The habits of the labels at `core`, which are in the order of lines.
    pub(super) fn of(
        spots: &[Spot<'_>],
        core: &BTreeMap<usize, Candidate<'_>>,
        words: Words,
        initials: BTreeSet<String>,
    ) -> Self {
        let mut habits = Self { mentioned: words.mentioned, small: words.small, initials, ..Self::default() };
        let mut counts = Counts::default();
        let mut last: Option<String> = None;
        for (at, found) in core {
            let Some(spot) = spots.get(*at) else { continue };
            let form = Form::of(spot.line, found);
            let name = fold(without_description(found.label));
            counts.timed += usize::from(form.is_timed());
            counts.bold += usize::from(form.bold);
            if form.is_framed() {
                *counts.frames.entry(form.frame().to_owned()).or_default() += 1;
            }
            counts.with_words += usize::from(!found.text.trim().is_empty());
            counts.begins += usize::from(spot.begins);
            counts.repeats += usize::from(last.as_ref() == Some(&name));
            if let Some(is_capital) = begins_with_capital(found.text) {
                counts.cased += 1;
                counts.capital_words += usize::from(is_capital);
            }
            *habits.shapes.entry(Shape::of(found.label)).or_default() += 1;
            *habits.forms.entry(form).or_default() += 1;
            habits.max_words = habits.max_words.max(name.split(' ').count());
            last = Some(name.clone());
            habits.names.insert(name);
        }
        habits.has_initials = habits.initials.iter().any(|initials| habits.names.contains(initials));
        habits.lines = core.len();
        let part = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
        habits.timed = part(counts.timed, core.len());
        habits.bold = part(counts.bold, core.len());
        // The most frequent signs alone: `#Ana`, `@Bea` and `{Cleo}` in one file have no frame in common.
        habits.framed = part(counts.frames.into_values().max().unwrap_or(0), core.len());
        habits.with_words = part(counts.with_words, core.len());
        habits.begins = part(counts.begins, core.len());
        habits.repeats = part(counts.repeats, core.len().saturating_sub(1));
        habits.capital_words = part(counts.capital_words, counts.cased);
        habits.coverage = coverage(spots, core);
        habits
    }

    /// The evidence for the label, less that against it. `around` are the labels of the core.
    pub(super) fn weigh(
        &self,
        labelled: &LabelledLines<'_>,
        spots: &[Spot<'_>],
        around: &BTreeMap<usize, Candidate<'_>>,
    ) -> f64 {
        let name = fold(without_description(labelled.label));
        let is_nobody = |label: &str| {
            is_never_a_speaker(label) && !(self.initials.contains(&name) && Shape::of(label) == Shape::Code)
        };
        if labelled.at.iter().any(|(_, found)| is_nobody(found.label) || is_sound(found.label)) {
            return f64::NEG_INFINITY;
        }
        let is_core = self.names.contains(&name);
        self.by_words(labelled.label, &name, is_core)
            + by_count(labelled.at.len())
            + self.by_form(labelled, spots)
            + self.by_talk(labelled, spots, around, is_core)
    }

    /// The label's words and its form beside the others.
    fn by_words(&self, label: &str, name: &str, is_core: bool) -> f64 {
        let is_kin = !is_core && self.names.len() <= MAX_COMPARED && is_kin(label, &self.names);
        let are_initials = self.initials.contains(name) && Shape::of(label) == Shape::Code;
        let mut sum = match remark(label) {
            // `OR` is Odile Renard, named in full before.
            _ if are_initials => 4.0,
            Remark::Wholly => -6.0,
            Remark::Partly => -4.0,
            Remark::No => 0.0,
        };
        if is_code(label) {
            sum += 4.0;
        } else if is_person(label) {
            sum += 2.0;
        } else if is_kin {
            sum += 4.0;
        }
        let shape = Shape::of(label);
        // Where initials follow the full name, full names are a form of this file.
        let in_full = shape == Shape::FullName && self.has_initials;
        let longer = if in_full { 0 } else { name.split(' ').count().saturating_sub(self.max_words) };
        sum -= (longer as f64).min(3.0);
        let known = self.shapes.get(&shape).copied().unwrap_or(0);
        let alike = known as f64 / self.lines.max(1) as f64;
        sum += match shape {
            // A word with a small letter is part of a sentence, unless labels here have them.
            Shape::Small if is_kin && !name.contains(' ') => -1.0,
            Shape::Small if alike < 0.2 && !is_code(label) => -5.0,
            Shape::Small => 0.0,
            Shape::Capitals | Shape::Code if alike > 0.0 => 2.0,
            Shape::FullName if in_full || alike >= 0.5 => 2.0,
            Shape::Uncased => 0.5,
            _ => 1.0,
        };
        // Where all labels are in capitals, `Note` is not one.
        let in_capitals =
            [Shape::Capitals, Shape::Code].iter().filter_map(|shape| self.shapes.get(shape)).sum::<usize>();
        if !matches!(shape, Shape::Capitals | Shape::Code | Shape::Uncased)
            && in_capitals as f64 >= HABIT * self.lines.max(1) as f64
        {
            sum -= 1.5;
        }
        if self.small.contains(name) {
            // `Reason` is a word of the talk.
            sum -= 2.0;
        } else if self.mentioned.contains(name) {
            sum += 1.0;
        }
        sum
    }

    /// Whether the label has the form of the file's other labels.
    fn by_form(&self, labelled: &LabelledLines<'_>, spots: &[Spot<'_>]) -> f64 {
        let forms: Vec<Form> = labelled
            .at
            .iter()
            .filter_map(|(at, found)| spots.get(*at).map(|spot| Form::of(spot.line, found)))
            .collect();
        let part = |test: &dyn Fn(&Form) -> bool| {
            forms.iter().filter(|form| test(form)).count() as f64 / forms.len().max(1) as f64
        };
        let mut sum = 0.0;
        // Lacks what nearly all labels have.
        for (habit, has, weight) in [
            (self.timed, part(&Form::is_timed), 5.0),
            (self.bold, part(&|form: &Form| form.bold), 5.0),
            (self.framed, part(&Form::is_framed), 4.0),
        ] {
            if habit >= HABIT && has < 0.5 {
                sum -= weight;
            }
        }
        let style = |style: Style| {
            self.forms.iter().filter(|(form, _)| form.style == style).map(|(_, count)| *count).sum::<usize>()
        };
        if forms.iter().all(|form| style(form.style) == 0) {
            return sum - 4.0;
        }
        // Common signs around it count less, because they occur by chance.
        let same = part(&|form: &Form| {
            self.forms.keys().any(|known| known.is_like(form) && known.bold == form.bold)
        });
        if same >= 0.5 {
            sum += forms.iter().map(Form::distinctiveness).sum::<f64>() / forms.len().max(1) as f64;
        } else {
            sum -= 1.0;
        }
        sum
    }

    /// Occurrences of a frequent label without the form and letters of the others: `ANNA DIAZ:` in a citation above a talk in which
    /// `**Anna Diaz:**` speaks.
    pub(super) fn out_of_form(&self, labelled: &LabelledLines<'_>, spots: &[Spot<'_>]) -> BTreeSet<usize> {
        let mut letters: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, found) in &labelled.at {
            *letters.entry(found.label).or_default() += 1;
        }
        let is_out = |(at, found): &&(usize, Candidate<'_>)| {
            let form = spots.get(*at).map(|spot| Form::of(spot.line, found));
            let lacks = form.is_some_and(|form| {
                (self.bold >= 0.9 && !form.bold)
                    || (self.framed >= 0.9 && !form.is_framed())
                    || (self.timed >= 0.9 && !form.is_timed())
            });
            lacks && letters.get(found.label).is_some_and(|same| same * 10 <= labelled.at.len())
        };
        if labelled.at.len() < 5 || letters.len() < 2 {
            return BTreeSet::new();
        }
        labelled.at.iter().filter(is_out).map(|(at, _)| *at).collect()
    }

    /// Evidence from the talk around it.
    fn by_talk(
        &self,
        labelled: &LabelledLines<'_>,
        spots: &[Spot<'_>],
        around: &BTreeMap<usize, Candidate<'_>>,
        is_core: bool,
    ) -> f64 {
        let all = labelled.at.len() as f64;
        let part = |test: &dyn Fn(usize, &Candidate<'_>) -> bool| {
            labelled.at.iter().filter(|(at, found)| test(*at, found)).count() as f64 / all.max(1.0)
        };
        let mut sum = 0.0;
        // A name on a line of its own is no sentence, and speech follows.
        let is_alone = |found: &Candidate<'_>| found.style == Style::Alone;
        sum -= 6.0 * part(&|_, found| is_alone(found) && ends_sentence(found.label));
        let is_mute = |at: usize, found: &Candidate<'_>| {
            found.text.trim().is_empty()
                && next_filled(spots, at).is_none_or(|next| around.contains_key(&next))
        };
        sum -= 5.0 * part(&is_mute);
        if labelled.at.iter().any(|(_, found)| is_alone(found))
            && !self.shapes.contains_key(&Shape::of(labelled.label))
        {
            sum -= 3.0;
        }
        // Within a wrapped sentence.
        if self.begins >= HABIT && part(&|at, _| spots.get(at).is_some_and(|spot| spot.begins)) < 0.5 {
            sum -= 4.0;
        }
        if self.with_words >= 0.9 && part(&|_, found| found.text.trim().is_empty()) > 0.5 {
            sum -= 1.5;
        }
        if self.capital_words >= 0.9 && part(&|_, found| begins_with_capital(found.text) == Some(false)) > 0.5
        {
            sum -= 2.0;
        }
        if is_core {
            return sum;
        }
        // Where every beginning has a label, this would be the only exception; where few have, it is one of many.
        sum += ((self.coverage - 0.5) * 4.0).clamp(-1.0, 2.0);
        // `ANNA DIAZ: An interview conducted by Mira Holt, 2013` above the talk is a citation.
        let is_citation = part(&|at, found| {
            let opening: Vec<&str> = found.text.split_whitespace().take(4).collect();
            let has_year = found.text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
            around.range(..at).next().is_none() && has_year && has_heading_word(&opening.join(" "))
        });
        sum -= 5.0 * is_citation;
        // Between two turns of one speaker another must have spoken, or the label would not be repeated.
        let interrupts = part(&|at, _| {
            let name = |found: &Candidate<'_>| fold(without_description(found.label));
            let before = around.range(..at).next_back().map(|(_, found)| name(found));
            let after = around.range(at + 1..).next().map(|(_, found)| name(found));
            before.is_some() && before == after
        });
        sum += 3.0 * interrupts * (1.0 - (2.0 * self.repeats).min(1.0));
        // The first words and the answers to a single speaker are somebody's; in a group people may speak once.
        let opens = part(&|at, _| {
            spots.get(..at).is_some_and(|before| before.iter().all(|spot| !spot.begins || spot.is_header))
        });
        sum += 1.5 * opens;
        sum + match self.names.len() {
            2 => -0.5,
            _ => 1.0,
        }
    }
}

/// The next line with anything on it.
fn next_filled(spots: &[Spot<'_>], at: usize) -> Option<usize> {
    let next =
        spots.get(at + 1..)?.iter().position(|spot| !spot.line.is_blank() || spot.line.label.is_some())?;
    Some(at + 1 + next)
}

/// The more often a label occurs, the less by chance.
fn by_count(count: usize) -> f64 {
    match count {
        0 | 1 => 0.0,
        2 => 2.0,
        3 | 4 => 3.0,
        5..10 => 4.0,
        _ => 5.0,
    }
}

#[derive(Default)]
struct Counts {
    timed: usize,
    bold: usize,
    frames: BTreeMap<String, usize>,
    with_words: usize,
    begins: usize,
    repeats: usize,
    cased: usize,
    capital_words: usize,
}

/// Whether a text begins with a capital, of scripts that have them.
fn begins_with_capital(text: &str) -> Option<bool> {
    let first = text.chars().find(|c| c.is_alphanumeric())?;
    (first.is_uppercase() || first.is_lowercase()).then(|| first.is_uppercase())
}

/// The part of the beginnings that labels open; the text after a label on a line of its own belongs to it.
fn coverage(spots: &[Spot<'_>], core: &BTreeMap<usize, Candidate<'_>>) -> f64 {
    let Some((first, _)) = core.first_key_value() else { return 0.0 };
    let (mut labelled, mut all) = (0_usize, 0_usize);
    let mut own_line = false;
    for (at, spot) in spots.iter().enumerate().skip(*first) {
        if spot.is_header || !spot.begins {
            continue;
        }
        if let Some(found) = core.get(&at) {
            labelled += 1;
            all += 1;
            own_line = found.text.trim().is_empty();
        } else {
            // Labels that are weighed themselves are no unlabelled lines.
            all += usize::from(!own_line && spot.main.is_none_or(|found| found.style != Style::Colon));
            own_line = false;
        }
    }
    // One more of each, because habits of a short file are uncertain.
    (labelled + 1) as f64 / (all + 2) as f64
}

/// How the talk uses words that occur in labels.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Written with a capital within a sentence, and never small.
    mentioned: BTreeSet<String>,
    /// Written small.
    small: BTreeSet<String>,
}

impl Words {
    /// Finds the names (folded, of one word) in the talk.
    pub(super) fn of(spots: &[Spot<'_>], names: &BTreeSet<String>) -> Self {
        let mut found = Self::default();
        for spot in spots {
            let text = spot
                .main
                .filter(|found| found.style == Style::Colon)
                .map_or(spot.line.text.as_str(), |found| found.text);
            let mut before = String::new();
            for word in text
                .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
                .filter(|word| !word.is_empty())
            {
                let folded = fold(word);
                if names.contains(&folded) {
                    let begins_small = word.chars().next().is_some_and(char::is_lowercase);
                    if begins_small {
                        found.small.insert(folded);
                    } else if !before.is_empty() && !ends_sentence(&before) {
                        found.mentioned.insert(folded);
                    }
                }
                word.clone_into(&mut before);
            }
        }
        found
    }
}
