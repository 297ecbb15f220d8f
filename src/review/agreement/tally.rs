//! What raters decided, summed an interview: all that the coefficients need.

use std::collections::BTreeSet;

use super::{Rater, Raters};

/// What was decided about one theme in one segment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decision {
    pub(super) segment: usize,
    pub(super) interview: usize,
    /// What the machine says.
    pub(super) machine: bool,
    /// What coders say: the coder, whether the theme applies, and the chance with which the segment came to them.
    pub(super) votes: Vec<(usize, bool, f64)>,
}

/// Decisions of an interview, each with the weight of its segment.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Tally {
    /// Decisions of two raters or more, and the segments that they are about.
    pub(super) decisions: u32,
    pub(super) segments: u32,
    /// Their weights, and the squares of these.
    pub(super) weight: f64,
    pub(super) squares: f64,
    /// The weight of the pairs that agree, a decision's pairs counting as one.
    pub(super) agreed: f64,
    /// Answers, those that are yes, and both orders of answers that differ, each over one less than the decision's answers: the
    /// margins and the off-diagonal cells of Krippendorff's coincidence matrix.
    pub(super) answers: f64,
    pub(super) yes: f64,
    pub(super) mixed: f64,
    /// Of a pair, the weight of what the first and the second said yes to.
    pub(super) said: [f64; 2],
    /// The weight of decisions of one rater or more, and of their share of yes: Gwet and Fleiss count single answers too.
    pub(super) rated: f64,
    pub(super) rated_yes: f64,
}

impl Tally {
    /// Sum of two.
    pub(super) fn plus(self, other: &Self) -> Self {
        Self {
            decisions: self.decisions + other.decisions,
            segments: self.segments + other.segments,
            weight: self.weight + other.weight,
            squares: self.squares + other.squares,
            agreed: self.agreed + other.agreed,
            answers: self.answers + other.answers,
            yes: self.yes + other.yes,
            mixed: self.mixed + other.mixed,
            said: [self.said[0] + other.said[0], self.said[1] + other.said[1]],
            rated: self.rated + other.rated,
            rated_yes: self.rated_yes + other.rated_yes,
        }
    }
}

/// The tallies of the raters by interview. Weights are scaled so that those of decisions to compare have a mean of 1: equal ones
/// are as good as none, and alpha's correction for small samples sees the number of answers.
pub(super) fn tallies(decisions: &[&Decision], raters: Raters) -> Vec<Tally> {
    let rated: Vec<(&Decision, Votes)> =
        decisions.iter().map(|&decision| (decision, votes(decision, raters))).collect();
    let compared = || rated.iter().filter(|(_, votes)| votes.answers() >= 2.0);
    let weight: f64 = compared().map(|(_, votes)| votes.weight).sum();
    let scale = compared().count() as f64 / weight;
    let mut interviews: Vec<usize> = rated.iter().map(|(decision, _)| decision.interview).collect();
    interviews.sort_unstable();
    interviews.dedup();
    let mut tallies = vec![Tally::default(); interviews.len()];
    let mut segments = BTreeSet::new();
    for (decision, votes) in &rated {
        let Ok(place) = interviews.binary_search(&decision.interview) else { continue };
        let Some(tally) = tallies.get_mut(place) else { continue };
        add(tally, votes, scale);
        if votes.answers() >= 2.0 && segments.insert(decision.segment) {
            tally.segments += 1;
        }
    }
    tallies
}

/// Answers of some raters on one decision.
struct Votes {
    yes: f64,
    no: f64,
    said: [bool; 2],
    weight: f64,
}

impl Votes {
    fn answers(&self) -> f64 {
        self.yes + self.no
    }
}

/// A coder who saw only part of what another saw makes the pair as rare as themselves: hence the smallest chance.
fn votes(decision: &Decision, raters: Raters) -> Votes {
    let mut votes = Votes { yes: 0.0, no: 0.0, said: [false; 2], weight: 0.0 };
    let mut chance = 1.0_f64;
    let mut add = |applies: bool, probability: f64| {
        if applies {
            votes.yes += 1.0;
        } else {
            votes.no += 1.0;
        }
        chance = chance.min(probability);
    };
    match raters {
        Raters::AllCoders => {
            for &(_, applies, probability) in &decision.votes {
                add(applies, probability);
            }
        }
        Raters::Pair(first, second) => {
            let of = |rater: Rater| match rater {
                Rater::Machine => Some((decision.machine, 1.0)),
                Rater::Coder(coder) => {
                    let own = decision.votes.iter().find(|&&(other, _, _)| other == coder);
                    own.map(|&(_, applies, probability)| (applies, probability))
                }
            };
            if let (Some(first), Some(second)) = (of(first), of(second)) {
                add(first.0, first.1);
                add(second.0, second.1);
                votes.said = [first.0, second.0];
            }
        }
    }
    votes.weight = 1.0 / chance;
    votes
}

fn add(tally: &mut Tally, votes: &Votes, scale: f64) {
    let (yes, no, answers, weight) = (votes.yes, votes.no, votes.answers(), votes.weight * scale);
    if answers >= 2.0 {
        tally.decisions += 1;
        tally.weight += weight;
        tally.squares += weight * weight;
        tally.agreed += weight * (yes * (yes - 1.0) + no * (no - 1.0)) / (answers * (answers - 1.0));
        tally.answers += weight * answers;
        tally.yes += weight * yes;
        tally.mixed += weight * 2.0 * yes * no / (answers - 1.0);
        for (said, &yes) in tally.said.iter_mut().zip(&votes.said) {
            *said += if yes { weight } else { 0.0 };
        }
    }
    if answers >= 1.0 && scale.is_finite() {
        tally.rated += weight;
        tally.rated_yes += weight * yes / answers;
    }
}
