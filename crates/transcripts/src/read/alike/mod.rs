//! Finds transcripts under different names that hold the same interview: a copy, an edited version, two formats of one recording, one cut
//! short. They become warnings; the plan says which count once ([`ReadPlan::same`](crate::ReadPlan::same)).
//!
//! Interviews by one guide share their questions, so only the words of participants are compared. Each transcript is represented by a few runs
//! of words ([`words`]), and only transcripts that share several of them are compared. The work grows with the number of words, not of pairs.

mod left_out;
mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub(super) use self::left_out::leave_out;
use self::words::Words;
use crate::codes;
use crate::corpus::{Corpus, Problem, Severity, Transcript};
use crate::phrases::IN_PLAN;

/// Two transcripts are one interview if so much of what is said in one of them stands in the other, in runs of six words. Of one
/// recording, a version in which one word in ten is another has four fifths in common with the first, and with one in five half. Different
/// interviews have a few hundredths, and a quarter at most (sessions of one script in which nobody is known to interview), over
/// thirty collections of interviews, letters, meetings, podcasts and surveys.
const MIN_COMMON_SHARE: f64 = 0.4;
/// Less talk than this is no evidence: short answers are often the same.
const MIN_WORDS: usize = 40;
/// Marks that two must have in common, and their share of those of the shorter, to be compared at all.
const MIN_MARKS: usize = 2;
const MIN_MARK_SHARE: f64 = 0.05;
/// A mark that more transcripts have is a question of the guide or a form's text: each is compared with the next alone.
const MAX_HOLDERS: usize = 8;
/// Names that a line to paste lists.
const MAX_LISTED: usize = 8;

/// A pair that seems to be one interview: the two indices, the smaller first, and the larger share of words in common.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pair {
    first: usize,
    second: usize,
    /// Of the words of which of the two.
    of_second: bool,
    share: f64,
}

/// A warning for each transcript that seems to be the same interview as another one.
pub(super) fn near_identical(corpus: &Corpus) -> Vec<Problem> {
    let pairs = pairs(&corpus.transcripts);
    let groups = groups(&pairs, corpus.transcripts.len());
    reported_pairs(&pairs)
        .into_iter()
        .filter_map(|pair| {
            let first = corpus.transcripts.get(pair.first)?;
            let second = corpus.transcripts.get(pair.second)?;
            let group = groups.get(&pair.second).map(Vec::as_slice).unwrap_or_default();
            Some(problem(pair, first, second, &names_of(group, pair, corpus)))
        })
        .collect()
}

fn problem(pair: Pair, first: &Transcript, second: &Transcript, names: &[String]) -> Problem {
    let share = (100.0 * pair.share).floor();
    let (of, there) = if pair.of_second { (&second.id, &first.id) } else { (&first.id, &second.id) };
    let message = format!(
        "`{}` and `{}` seem to be the same interview: {share} % of the words in `{of}` stand in `{there}` too",
        first.id, second.id
    );
    let hint = format!(
        "if they are, take one out, or write same = [[{}]] {IN_PLAN}, and the first alone counts; if not, never mind",
        names.join(", ")
    );
    Problem::new(Severity::Warning, &second.source, message)
        .with_code(codes::TRANSCRIPT_ALIKE)
        .with_hint(hint)
}

/// For each reported transcript, the first one that it is reported with.
fn reported_pairs(pairs: &[Pair]) -> Vec<Pair> {
    let mut first: BTreeMap<usize, Pair> = BTreeMap::new();
    for pair in pairs {
        first.entry(pair.second).or_insert(*pair);
    }
    first.into_values().collect()
}

/// The names of a group for the line to paste, the longest first: it holds what the others hold. Of a large group the two alone.
fn names_of(group: &[usize], pair: Pair, corpus: &Corpus) -> Vec<String> {
    let group = if group.len() > MAX_LISTED { vec![pair.first, pair.second] } else { group.to_vec() };
    let mut named: Vec<(usize, &str)> = group
        .iter()
        .filter_map(|at| corpus.transcripts.get(*at))
        .map(|transcript| (Words::of(transcript).all.len(), transcript.id.as_str()))
        .collect();
    named.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    named
        .into_iter()
        .map(|(_, id)| format!("\"{}\"", id.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect()
}

/// The first member of a group, as far as it is known.
fn lead_of(leads: &mut [usize], mut at: usize) -> usize {
    while leads[at] != at {
        leads[at] = leads[leads[at]];
        at = leads[at];
    }
    at
}

/// Groups of transcripts that are one interview, by each of their members.
fn groups(pairs: &[Pair], transcripts: usize) -> BTreeMap<usize, Vec<usize>> {
    let mut leads: Vec<usize> = (0..transcripts).collect();
    for pair in pairs {
        let (one, other) = (lead_of(&mut leads, pair.first), lead_of(&mut leads, pair.second));
        leads[one.max(other)] = one.min(other);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let involved: std::collections::BTreeSet<usize> =
        pairs.iter().flat_map(|pair| [pair.first, pair.second]).collect();
    for at in &involved {
        members.entry(lead_of(&mut leads, *at)).or_default().push(*at);
    }
    members
        .into_values()
        .flat_map(|group| group.clone().into_iter().map(move |at| (at, group.clone())))
        .collect()
}

/// All pairs that seem to be one interview, in order. Of exact copies each is paired with the first.
fn pairs(transcripts: &[Transcript]) -> Vec<Pair> {
    let known: Vec<([u8; 32], Vec<u64>, bool)> = transcripts
        .par_iter()
        .map(|transcript| {
            let words = Words::of(transcript);
            let enough = words.all.len() >= MIN_WORDS;
            (words.digest(), if enough { words.marks() } else { Vec::new() }, enough)
        })
        .collect();
    let mut pairs = Vec::new();
    let mut firsts: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    let mut holders: Vec<(u64, usize)> = Vec::new();
    for (index, (digest, marks, _)) in known.iter().enumerate().filter(|(_, (.., enough))| *enough) {
        if let Some(first) = firsts.get(digest) {
            pairs.push(Pair { first: *first, second: index, of_second: true, share: 1.0 });
        } else {
            firsts.insert(*digest, index);
            holders.extend(marks.iter().map(|mark| (*mark, index)));
        }
    }
    holders.par_sort_unstable();
    let candidates = candidates(&holders, &known.iter().map(|(_, marks, _)| marks.len()).collect::<Vec<_>>());
    let compared: Vec<Pair> = candidates
        .into_par_iter()
        .filter_map(|(first, second)| {
            let (one, other) = (Words::of(transcripts.get(first)?), Words::of(transcripts.get(second)?));
            compared(&one, &other).map(|(of_second, share)| Pair { first, second, of_second, share })
        })
        .collect();
    pairs.extend(compared);
    pairs.sort_by_key(|pair| (pair.second, pair.first));
    pairs
}

/// Pairs with enough marks in common, in order. `holders` are marks with their transcripts, sorted; `marks` how many each has.
fn candidates(holders: &[(u64, usize)], marks: &[usize]) -> Vec<(usize, usize)> {
    let mut beside: Vec<(usize, usize)> = Vec::new();
    for group in holders.chunk_by(|a, b| a.0 == b.0) {
        let reach = if group.len() > MAX_HOLDERS { 1 } else { group.len() };
        for (at, (_, first)) in group.iter().enumerate() {
            beside.extend(group.iter().skip(at + 1).take(reach).map(|(_, second)| (*first, *second)));
        }
    }
    beside.par_sort_unstable();
    let of = |index: usize| marks.get(index).copied().unwrap_or(0);
    beside
        .chunk_by(|a, b| a == b)
        .filter_map(|same| {
            let (first, second) = *same.first()?;
            let fewest = of(first).min(of(second));
            let enough = MIN_MARKS.min(fewest).max((MIN_MARK_SHARE * fewest as f64).ceil() as usize);
            (same.len() >= enough).then_some((first, second))
        })
        .collect()
}

/// Whether two are one interview: of which of the two the larger share of words stands in the other, and that share.
fn compared(one: &Words, other: &Words) -> Option<(bool, f64)> {
    let share = |(common, all): (usize, usize)| {
        if all >= MIN_WORDS { common as f64 / all as f64 } else { 0.0 }
    };
    let (of_one, of_other) = (share(one.in_common_with(other)), share(other.in_common_with(one)));
    let of_second = of_other >= of_one;
    let most = of_one.max(of_other);
    (most >= MIN_COMMON_SHARE).then_some((of_second, most))
}

/// The share of what people say in one transcript that stands in the other, whichever of the two it is more of.
fn share_in_common(one: &Transcript, other: &Transcript) -> f64 {
    let (one, other) = (Words::of(one), Words::of(other));
    let share = |(common, all): (usize, usize)| common as f64 / all.max(1) as f64;
    share(one.in_common_with(&other)).max(share(other.in_common_with(&one)))
}

#[cfg(test)]
mod tests;
