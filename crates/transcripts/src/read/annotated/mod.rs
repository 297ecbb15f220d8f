//! Linguists' formats: tiers along a time line (ELAN, Praat), TEI, CHAT. This module has what the formats with tiers share: which tiers hold
//! speech, and how their annotations become turns.
//!
//! A plan may name the tiers. Otherwise a tier that only divides another one further, or repeats it stretch by stretch (words, a translation),
//! is left out with a note.

pub(crate) mod cha;
pub(crate) mod eaf;
pub(crate) mod tei;
pub(crate) mod textgrid;
pub(crate) mod xml;

use std::collections::BTreeSet;

use crate::codes;
use crate::phrases::IN_PLAN;
use crate::read::captions::{Fragment, turns_of};
use crate::read::format::DraftTurn;
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::entry::fits;

/// More tiers than this are not compared with each other.
const MAX_COMPARED: usize = 64;
/// Maximum tiers in a note.
const LISTED: usize = 12;
/// Two tiers with fewer annotations than this may agree in their times by chance.
const MIN_ALIKE: usize = 3;
/// A tier is a finer division of another when at least this share of its annotations is within those of the other, and of the other's
/// begin and end with one of its own.
const ALIKE: f64 = 0.8;

/// An annotation with words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Annotation {
    /// Milliseconds from the start of the recording.
    pub(crate) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(crate) end_ms: Option<u64>,
    /// The words as written.
    pub(crate) text: String,
}

/// A tier with its annotations that are not empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tier {
    /// The name that the file gives it.
    pub(crate) name: String,
    /// The speaker.
    pub(crate) speaker: String,
    /// The annotations, in the order of the file.
    pub(crate) annotations: Vec<Annotation>,
    /// Whether it may be read when the study names no tiers.
    pub(crate) is_candidate: bool,
}

/// The turns on the tiers that the study names or, without any, on those that hold what was said; by time.
pub(crate) fn turns_on(tiers: Vec<Tier>, wanted: &[String], log: &mut ProblemLog) -> Vec<DraftTurn> {
    let named: Vec<bool> =
        tiers.iter().map(|tier| wanted.iter().any(|name| fits(name, &tier.name))).collect();
    let chosen = if named.contains(&true) {
        named
    } else {
        if !wanted.is_empty() {
            log.warning(
                codes::PLAN_UNMATCHED,
                None,
                "none of the tiers that the study names is in this file, so tiers were chosen by their contents",
                format!("the file has {}", listed(tiers.iter())),
            );
        }
        chosen_by_contents(&tiers)
    };
    let left_out: Vec<&Tier> = tiers
        .iter()
        .zip(&chosen)
        .filter(|(tier, chosen)| !**chosen && !tier.annotations.is_empty())
        .map(|(tier, _)| tier)
        .collect();
    if !left_out.is_empty() {
        log.note(
            codes::TEXT_LEFT_OUT,
            None,
            format!(
                "{} not read: {}",
                counted(left_out.len(), "tier was", "tiers were"),
                listed(left_out.into_iter())
            ),
            format!("to choose tiers, write tiers = [\"…\"] {IN_PLAN}"),
        );
    }
    let mut said: Vec<Fragment> = Vec::new();
    for (tier, _) in tiers.into_iter().zip(chosen).filter(|(_, chosen)| *chosen) {
        said.extend(tier.annotations.into_iter().map(|Annotation { start_ms, end_ms, text }| Fragment {
            speaker: Some(tier.speaker.clone()),
            text: text.split('\n').map(str::trim).collect::<Vec<_>>().join(" "),
            start_ms,
            end_ms: end_ms.max(start_ms),
            change: false,
        }));
    }
    // The sort keeps the order of the file among annotations of the same time.
    said.sort_by_key(|said| (said.start_ms.is_none(), said.start_ms));
    turns_of(said)
}

fn listed<'a>(tiers: impl Iterator<Item = &'a Tier>) -> String {
    let mut names: Vec<String> = tiers.map(|tier| format!("`{}`", tier.name.trim())).collect();
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
}

/// The candidates, without those that divide or repeat another one.
fn chosen_by_contents(tiers: &[Tier]) -> Vec<bool> {
    let is_candidate = |tier: &Tier| tier.is_candidate && !tier.annotations.is_empty();
    let mut chosen: Vec<bool> = tiers.iter().map(is_candidate).collect();
    let mut candidates: Vec<usize> = (0..tiers.len()).filter(|at| chosen[*at]).collect();
    if candidates.len() > MAX_COMPARED {
        return chosen;
    }
    candidates.sort_by_key(|at| tiers[*at].annotations.len());
    for (index, coarse) in candidates.iter().enumerate() {
        for fine in &candidates[index + 1..] {
            if chosen[*coarse] && chosen[*fine] && cuts_finer(&tiers[*fine], &tiers[*coarse]) {
                chosen[*fine] = false;
            }
        }
    }
    chosen
}

/// Whether `fine` has the times of `coarse`, or times within them.
fn cuts_finer(fine: &Tier, coarse: &Tier) -> bool {
    let spans = |tier: &Tier| -> Vec<(u64, u64)> {
        let times = tier.annotations.iter().filter_map(|piece| Some((piece.start_ms?, piece.end_ms?)));
        let mut spans: Vec<(u64, u64)> = times.filter(|(start, end)| start < end).collect();
        spans.sort_unstable();
        spans
    };
    let (fine, coarse) = (spans(fine), spans(coarse));
    if coarse.len() < MIN_ALIKE || fine.len() < coarse.len() {
        return false;
    }
    let mut at = 0;
    let within = fine
        .iter()
        .filter(|(start, end)| {
            while at + 1 < coarse.len() && coarse[at].1 <= *start {
                at += 1;
            }
            coarse[at].0 <= *start && *end <= coarse[at].1
        })
        .count();
    let starts: BTreeSet<u64> = fine.iter().map(|(start, _)| *start).collect();
    let ends: BTreeSet<u64> = fine.iter().map(|(_, end)| *end).collect();
    let shared = coarse.iter().filter(|(start, end)| starts.contains(start) && ends.contains(end)).count();
    within as f64 >= ALIKE * fine.len() as f64 && shared as f64 >= ALIKE * coarse.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        assert!(fits("*@tx", "A@tx") && fits("a@TX", "A@tx") && fits("A*t*x", "A@tutx"));
        assert!(!fits("*@tx", "A@ft") && !fits("", "A") && !fits("A", "A@tx"));
    }
}
