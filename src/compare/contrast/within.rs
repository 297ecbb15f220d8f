//! Differences between groups within the levels of a second attribute, so that it cannot be what makes them.
//!
//! If one country has more young people, a difference between countries may be one of age. Here the young are compared with the young and
//! the old with the old, and the differences are put together.

use std::collections::BTreeMap;

use rand::Rng;
use same_bits::random_stream;

use super::super::drawn::{self, TIE, is_extreme};
use super::super::groups::value;
use super::super::interval::{Interval, difference, weighted_share};
use super::super::tally::{Measure, Tallies, Tally};
use super::logit;
use super::permutation::Sums;
use crate::corpus::{Problem, Severity, Transcript};

/// Arrangements that are drawn at most. They are fewer than for contrasts as they are: this is a second look.
const DRAWS: u32 = 9_999;
/// The name by which the languages of the transcripts are meant, where no attribute is called so.
const LANGUAGE: &str = "language";

/// A difference within the levels of another attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Within {
    /// Difference of the two shares, each over the same mixture of levels, −1 to 1.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// From shuffling interviews within levels, two-sided; none where there is nothing to shuffle.
    pub p_value: Option<f64>,
    /// The same for all such questions of the attribute by this measure (Holm, 1979).
    pub p_adjusted: Option<f64>,
}

/// The level of each transcript, numbered by name; none where it has no value. None at all without a name.
pub(super) fn levels(
    transcripts: &[Transcript],
    languages: &[String],
    within: Option<&str>,
) -> Option<Vec<Option<usize>>> {
    let name = within?;
    let of_language = name == LANGUAGE && transcripts.iter().all(|one| value(one, name).is_none());
    let names: Vec<Option<&str>> = transcripts
        .iter()
        .enumerate()
        .map(|(place, transcript)| {
            if of_language {
                languages.get(place).map(String::as_str).filter(|tag| !tag.is_empty())
            } else {
                value(transcript, name)
            }
        })
        .collect();
    let mut numbers: BTreeMap<&str, usize> = names.iter().flatten().map(|&name| (name, 0)).collect();
    for (number, of_name) in numbers.values_mut().enumerate() {
        *of_name = number;
    }
    Some(names.into_iter().map(|name| name.and_then(|name| numbers.get(name).copied())).collect())
}

/// What to tell of transcripts without a level.
pub(super) fn without_level(levels: &[Option<usize>], name: &str) -> Option<Problem> {
    let unknown = levels.iter().filter(|level| level.is_none()).count();
    let severity = match unknown {
        0 => return None,
        all if all == levels.len() => Severity::Warning,
        _ => Severity::Note,
    };
    let message = format!(
        "{unknown} of {} transcripts have no value for `{name}` and are in no comparison within it.",
        levels.len()
    );
    let hint = "`within` under [compare] names an attribute of the participants file, or `language`.";
    Some(Problem::new(severity, "groups", message).with_hint(hint))
}

/// An interview of a pair: its side, its level, its counts.
#[derive(Clone, Copy)]
struct Interview {
    side: usize,
    level: usize,
    tally: Tally,
}

/// The contrasts of two groups within levels, a theme each in order; p values not adjusted yet.
///
/// With *W* = *A B* ÷ (*A* + *B*) for a level in which the groups have *A* and *B* segments (Mantel and Haenszel, 1959), each group's share is the mean
/// of its shares in the levels, weighted by *W*; the interval of the difference is made of theirs as without levels. The statistic of the
/// permutation test is the difference over its variance, whose residuals are from the group's share in the level. By share of segments p
/// is no less than that of the difference on the logit scale (`logit`). None where no level has interviews of both groups.
pub(super) fn within(
    [a, b]: [&[usize]; 2],
    levels: &[Option<usize>],
    measure: Measure,
    tallies: &Tallies,
    seed: u64,
    stream: &str,
) -> Vec<Option<Within>> {
    let themes: Vec<Vec<Interview>> =
        (0..tallies.themes()).map(|theme| interviews([a, b], levels, theme, measure, tallies)).collect();
    let p_values = p_values(&themes, seed, stream);
    let of_theme = |(interviews, p_value): (&Vec<Interview>, Option<f64>)| {
        let [a, b] = [0, 1].map(|side| standardised(interviews, side));
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let estimates = [weighted_share(&a), weighted_share(&b)];
        let p_value = match measure {
            Measure::Segments => p_value.zip(logit::p_value(&a, &b)).map(|(p, logit)| p.max(logit)),
            Measure::Transcripts => p_value,
        };
        Some(Within {
            difference: estimates[0].share - estimates[1].share,
            interval: difference(estimates[0], estimates[1]),
            p_value,
            p_adjusted: None,
        })
    };
    themes.iter().zip(p_values).map(of_theme).collect()
}

/// The interviews of a pair in levels that have some of both groups, by level.
fn interviews(
    groups: [&[usize]; 2],
    levels: &[Option<usize>],
    theme: usize,
    measure: Measure,
    tallies: &Tallies,
) -> Vec<Interview> {
    let mut all = Vec::new();
    for (side, places) in groups.into_iter().enumerate() {
        for &place in places {
            let Some(level) = levels.get(place).copied().flatten() else { continue };
            let tally = tallies.of_theme(theme, measure, &[place]);
            all.extend(tally.into_iter().map(|tally| Interview { side, level, tally }));
        }
    }
    let mut sides: BTreeMap<usize, [bool; 2]> = BTreeMap::new();
    for one in &all {
        sides.entry(one.level).or_default()[one.side] = true;
    }
    all.retain(|one| sides.get(&one.level) == Some(&[true; 2]));
    all.sort_by_key(|one| one.level);
    all
}

/// The interviews of one side with their weights, so that both sides have the same mixture of levels.
fn standardised(interviews: &[Interview], side: usize) -> Vec<(f64, Tally)> {
    let mut lengths: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
    for one in interviews {
        lengths.entry(one.level).or_default()[one.side] += f64::from(one.tally.of);
    }
    let weight = |[a, b]: &[f64; 2]| a * b / (a + b);
    let all: f64 = lengths.values().map(weight).sum();
    let own = interviews.iter().filter(|one| one.side == side);
    own.filter_map(|one| {
        let lengths = lengths.get(&one.level)?;
        Some((weight(lengths) / all * f64::from(one.tally.of) / lengths[side], one.tally))
    })
    .collect()
}

/// A theme under test: its interviews by level, and how many of each level are in the first group.
struct Question {
    place: usize,
    levels: Vec<Level>,
    /// Interviews over interviews less the cells that a mean is taken of: a correction of the variance.
    correction: f64,
    observed: f64,
}

struct Level {
    interviews: Vec<Sums>,
    all: Sums,
    first: usize,
}

fn p_values(themes: &[Vec<Interview>], seed: u64, stream: &str) -> Vec<Option<f64>> {
    let mut p_values = vec![None; themes.len()];
    // All themes have the same interviews: whether one counts depends on its segments alone.
    let questions: Vec<Question> = themes
        .iter()
        .enumerate()
        .filter_map(|(place, interviews)| Question::new(place, interviews))
        .collect();
    let Some(first) = questions.first() else { return p_values };
    let sizes: Vec<(usize, usize)> =
        first.levels.iter().map(|level| (level.interviews.len(), level.first)).collect();
    let mut rng = random_stream(seed, stream);
    let rearrange = |orders: &mut Vec<Vec<usize>>| {
        for (order, &(all, first)) in orders.iter_mut().zip(&sizes) {
            for place in 0..first {
                order.swap(place, rng.gen_range(place..all));
            }
        }
    };
    let orders: Vec<Vec<usize>> = sizes.iter().map(|&(all, _)| (0..all).collect()).collect();
    let extreme = |question: &Question, orders: &Vec<Vec<usize>>| {
        is_extreme(question.statistic(orders), question.observed)
    };
    let found = drawn::p_values(&questions, DRAWS, orders, rearrange, extreme);
    for (question, p) in questions.iter().zip(found) {
        p_values[question.place] = Some(p);
    }
    p_values
}

impl Question {
    /// None where no variance is left to see.
    fn new(place: usize, interviews: &[Interview]) -> Option<Self> {
        let mut levels: BTreeMap<usize, Level> = BTreeMap::new();
        for side in 0..2 {
            for one in interviews.iter().filter(|one| one.side == side) {
                let sums = Sums::of(one.tally);
                let level = levels.entry(one.level).or_insert_with(|| Level {
                    interviews: Vec::new(),
                    all: Sums::default(),
                    first: 0,
                });
                level.interviews.push(sums);
                level.all = level.all.plus(sums);
                level.first += 1 - side;
            }
        }
        let levels: Vec<Level> = levels.into_values().collect();
        let spare = interviews.len().checked_sub(2 * levels.len()).filter(|&spare| spare > 0)?;
        let correction = interviews.len() as f64 / spare as f64;
        let mut question = Self { place, levels, correction, observed: 0.0 };
        let orders: Vec<Vec<usize>> =
            question.levels.iter().map(|level| (0..level.interviews.len()).collect()).collect();
        question.observed = question.statistic(&orders);
        Some(question)
    }

    /// Squared difference over its variance, when the first of each order are the first group.
    fn statistic(&self, orders: &[Vec<usize>]) -> f64 {
        let (mut sum, mut variance, mut weights) = (0.0, 0.0, 0.0);
        for (level, order) in self.levels.iter().zip(orders) {
            let chosen = order.iter().take(level.first).map(|&place| level.interviews[place]);
            let one = chosen.fold(Sums::default(), Sums::plus);
            let other = level.all.minus(one);
            let ((share, scatter), (other_share, other_scatter)) =
                (one.share_and_scatter(), other.share_and_scatter());
            let weight = one.of * other.of / (one.of + other.of);
            sum += weight * (share - other_share);
            variance += weight * weight * (scatter + other_scatter);
            weights += weight;
        }
        let difference = sum / weights;
        if difference.abs() <= TIE {
            return 0.0;
        }
        difference * difference / (self.correction * variance / (weights * weights))
    }
}
