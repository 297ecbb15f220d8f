//! What raters decided, summed by interview: all that the coefficients need.

use std::collections::BTreeSet;

use super::{Answer, Decision};

/// Decisions of an interview, each with the weight of its segment.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    /// Decisions of two raters or more, and their segments.
    pub(super) decisions: u32,
    pub(super) segments: u32,
    /// The weights of these decisions, and the squares of the weights.
    pub(super) weight: f64,
    pub(super) squares: f64,
    /// The weight of pairs of answers that agree; all pairs of a decision have its weight together.
    pub(super) agreed: f64,
    /// Answers, those that are yes, and ordered pairs of different answers, each over one less than the decision's answers: the margins
    /// and the off-diagonal cells of Krippendorff's coincidence matrix.
    pub(super) answers: f64,
    pub(super) yes: f64,
    pub(super) mixed: f64,
    /// For two raters, the weight of decisions to which the first and the second said yes.
    pub(super) said: [f64; 2],
    /// The weight of decisions of one rater or more, and of their share of yes: Fleiss and Gwet count single answers too.
    pub(super) rated: f64,
    pub(super) rated_yes: f64,
}

impl Sums {
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

    fn add(&mut self, votes: &Votes, scale: f64) {
        let (yes, no, answers, weight) = (votes.yes, votes.no, votes.answers(), votes.weight * scale);
        if answers >= 2.0 {
            self.decisions += 1;
            self.weight += weight;
            self.squares += weight * weight;
            self.agreed += weight * (yes * (yes - 1.0) + no * (no - 1.0)) / (answers * (answers - 1.0));
            self.answers += weight * answers;
            self.yes += weight * yes;
            self.mixed += weight * 2.0 * yes * no / (answers - 1.0);
            for (said, &yes) in self.said.iter_mut().zip(&votes.said) {
                *said += if yes { weight } else { 0.0 };
            }
        }
        if answers >= 1.0 && scale.is_finite() {
            self.rated += weight;
            self.rated_yes += weight * yes / answers;
        }
    }
}

/// The sums of the raters by interview. Weights are scaled so that those of compared decisions have a mean of 1: equal weights give the
/// result of none, and alpha's correction for small samples sees the number of answers.
pub(super) fn sums_by_interview(decisions: &[&Decision], raters: &[usize]) -> Vec<Sums> {
    let rated: Vec<(&Decision, Votes)> =
        decisions.iter().map(|&decision| (decision, Votes::of(decision, raters))).collect();
    let compared = || rated.iter().filter(|(_, votes)| votes.answers() >= 2.0);
    let weight: f64 = compared().map(|(_, votes)| votes.weight).sum();
    let scale = compared().count() as f64 / weight;
    let mut interviews: Vec<usize> = rated.iter().map(|(decision, _)| decision.interview).collect();
    interviews.sort_unstable();
    interviews.dedup();
    let mut all = vec![Sums::default(); interviews.len()];
    let mut segments = BTreeSet::new();
    for (decision, votes) in &rated {
        let Ok(index) = interviews.binary_search(&decision.interview) else { continue };
        let Some(sums) = all.get_mut(index) else { continue };
        sums.add(votes, scale);
        if votes.answers() >= 2.0 && segments.insert(decision.segment) {
            sums.segments += 1;
        }
    }
    all
}

/// Answers of some raters to one decision.
struct Votes {
    yes: f64,
    no: f64,
    /// What the first and the second of two raters said.
    said: [bool; 2],
    weight: f64,
}

impl Votes {
    /// Of two raters, both answers or none; of more, those that there are. The weight is that of the smallest probability: a rater who was
    /// given part of another's segments makes the pair as rare as their own.
    fn of(decision: &Decision, raters: &[usize]) -> Self {
        let mut votes = Self { yes: 0.0, no: 0.0, said: [false; 2], weight: 1.0 };
        let possible = |answer: &&Answer| answer.probability > 0.0 && answer.probability <= 1.0;
        let of = |rater: usize| decision.answers.iter().filter(possible).find(|one| one.rater == rater);
        let mut probability = 1.0_f64;
        let mut add = |answer: &Answer| {
            if answer.applies {
                votes.yes += 1.0;
            } else {
                votes.no += 1.0;
            }
            probability = probability.min(answer.probability);
        };
        if let [first, second] = *raters {
            if let (Some(first), Some(second)) = (of(first), of(second)) {
                add(first);
                add(second);
                votes.said = [first.applies, second.applies];
            }
        } else if raters.len() > 2 {
            raters.iter().filter_map(|&rater| of(rater)).for_each(add);
        }
        votes.weight = 1.0 / probability;
        votes
    }

    fn answers(&self) -> f64 {
        self.yes + self.no
    }
}
