//! What people said of a run's segments: taken up before themes are looked for, and held against the machine after.

use ndarray::Array2;

use crate::compare::{self, Corrected, HumanSample};
use crate::corpus::{Corpus, Problem, Segment};
use crate::exchange;
use crate::review::{self, Agreement, Codings, Disagreement};
use crate::study::Study;

/// What people said of the segments, where they were asked.
pub(super) fn codes_of_people(
    study: &Study,
    corpus: &Corpus,
    segments: &[Segment],
) -> (Codings, Vec<Problem>) {
    let Some(path) = study.codes() else { return (Codings::default(), Vec::new()) };
    let themes: Vec<&str> = study.codebook.seeds.iter().map(|seed| seed.name.as_str()).collect();
    let is_project = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("qdpx"));
    let (answers, mut problems) = if is_project {
        exchange::read_human_answers(
            &path,
            exchange::Run { corpus, segments, themes: &themes, pseudonyms: &study.read.pseudonyms },
        )
    } else {
        review::read_codes(&path)
    };
    let (codings, doubts) = review::codings(&answers, segments, &corpus.transcripts, &themes);
    problems.extend(doubts);
    let problems = problems.into_iter().map(|problem| study.read.pseudonyms.problem(problem)).collect();
    (codings, problems)
}

/// The machine beside people.
pub(super) struct Beside {
    pub(super) agreement: Vec<Agreement>,
    pub(super) disagreements: Vec<Disagreement>,
    pub(super) corrected: Corrected,
}

/// Holds codes against `blind` (segments × seed themes; `interviews` names the interview of each segment), the labels as they would
/// be had nobody coded the segment's interview: the machine would look better, and its numbers less in need of correction, on codes that it learned from.
pub(super) fn beside_people(
    study: &Study,
    corpus: &Corpus,
    interviews: &[usize],
    codings: &Codings,
    blind: &Array2<bool>,
) -> Beside {
    let themes = blind.ncols();
    let carried = |row: ndarray::ArrayView1<'_, bool>| (0..themes).filter(|&theme| row[theme]).collect();
    let machine: Vec<Vec<usize>> = blind.rows().into_iter().map(carried).collect();
    let label = |segment: usize, theme: usize| {
        f64::from(u8::from(blind.get((segment, theme)).copied().unwrap_or(false)))
    };
    let sample = HumanSample { codings, machine: &label, interviews, themes };
    Beside {
        agreement: review::agreement(codings, &machine, interviews, themes),
        disagreements: review::disagreements(codings, &machine, interviews, themes),
        corrected: compare::corrected(&corpus.transcripts, &sample, &study.read.groups),
    }
}
