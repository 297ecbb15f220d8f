//! The probability with which a segment was coded, over all samples whose sheets are back.

use std::collections::{BTreeMap, BTreeSet};

use transcripts::{CharSpan, Problem, Severity};

use super::samples::Samples;
use crate::results::codes;
use crate::review::{CodedAnswer, WHOLE_INTERVIEWS};

/// A segment by transcript, span and text, which is the same in all samples.
type SegmentKey<'a> = (&'a str, CharSpan, &'a str);

/// Gives every answer the probability with which its segment was coded by anybody: 1 − Π (1 − *πₛ fₛ*) over the samples *s* with answers.
///
/// *πₛ* is the segment's inclusion probability and *fₛ* the share of the sample's drawn segments that somebody has coded. Rows are in random
/// order, so the part of a sheet that is done is a random one, and includes every drawn segment with probability *fₛ*. Answers of a sample
/// that is no longer there keep their probability, with a problem. What was not drawn has none.
pub(super) fn set_probabilities(answers: &mut [CodedAnswer], samples: &Samples) -> Vec<Problem> {
    let mut coded: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for answer in answers.iter().filter(|answer| answer.probability.is_some()) {
        coded.entry(answer.sample).or_default().insert(&answer.segment_id);
    }
    let mut problems = Vec::new();
    let mut lost: BTreeSet<u32> = BTreeSet::new();
    let mut missed: BTreeMap<SegmentKey<'_>, f64> = BTreeMap::new();
    for (number, ids) in &coded {
        let Some(sample) = samples.get(number) else {
            lost.insert(*number);
            if *number == WHOLE_INTERVIEWS {
                continue;
            }
            let message =
                format!("sample {number} is not there any more; its codes keep the chances that they had");
            problems.push(
                Problem::new(Severity::Warning, "review/codes.csv", message)
                    .with_code(codes::SAMPLE_DOUBTFUL)
                    .with_hint("put back its folder, so that chances over several samples are right"),
            );
            continue;
        };
        let drawn = sample.drawn().max(1);
        let done = ids.iter().filter(|id| sample.is_drawn(id)).count();
        let part = done as f64 / drawn as f64;
        for row in &sample.rows {
            let key = (row.transcript_id.as_str(), row.span, row.text_digest.as_str());
            *missed.entry(key).or_insert(1.0) *= 1.0 - row.probability * part;
        }
    }
    let chances: Vec<Option<f64>> = answers
        .iter()
        .map(|answer| {
            answer.probability?;
            let key = (answer.transcript_id.as_str(), answer.span, answer.text_digest.as_str());
            let chance = missed.get(&key).map(|missed| 1.0 - missed)?;
            (!lost.contains(&answer.sample) && chance > 0.0).then_some(chance)
        })
        .collect();
    for (answer, chance) in answers.iter_mut().zip(chances) {
        if chance.is_some() {
            answer.probability = chance;
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample_with;
    use super::*;

    fn answer(sample: u32, segment: &str, like: &Samples) -> CodedAnswer {
        let row = like[&1].rows.iter().find(|row| row.segment_id == segment).unwrap();
        CodedAnswer {
            sample,
            page: String::new(),
            segment_id: segment.to_owned(),
            transcript_id: row.transcript_id.clone(),
            span: row.span,
            text_digest: row.text_digest.clone(),
            probability: Some(0.123),
            coder: "Ana".to_owned(),
            theme: "workload".to_owned(),
            applies: true,
        }
    }

    #[test]
    fn chances_are_those_of_the_draw_times_what_is_done() {
        let samples = Samples::from([
            (1, sample_with(1, &[("a", 0.5, true), ("b", 0.5, true), ("c", 0.2, false)])),
            (2, sample_with(2, &[("a", 0.1, false), ("b", 1.0, true), ("c", 0.2, true)])),
        ]);
        let mut one = vec![answer(1, "a", &samples)];
        assert_eq!(set_probabilities(&mut one, &samples), []);
        assert!((one[0].probability.unwrap() - 0.25).abs() < 1e-12, "half of two drawn is done");

        let mut both = vec![answer(1, "a", &samples), answer(1, "b", &samples), answer(2, "c", &samples)];
        set_probabilities(&mut both, &samples);
        let expected = [1.0 - 0.5 * 0.95, 1.0 - 0.5 * 0.5, 1.0 - 0.8 * 0.9];
        for (answer, expected) in both.iter().zip(expected) {
            assert!((answer.probability.unwrap() - expected).abs() < 1e-12, "{answer:?} {expected}");
        }

        let mut gone = vec![answer(9, "a", &samples)];
        insta::assert_snapshot!(set_probabilities(&mut gone, &samples)[0], @"warning: review/codes.csv: sample 9 is not there any more; its codes keep the chances that they had (put back its folder, so that chances over several samples are right)");
        assert!((gone[0].probability.unwrap() - 0.123).abs() < 1e-12);
    }
}
