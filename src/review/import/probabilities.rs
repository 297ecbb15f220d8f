//! The probability with which a segment was coded, over all samples whose sheets are back.

use std::collections::{BTreeMap, BTreeSet};

use transcripts::{CharSpan, Problem, Severity};

use super::samples::{Sample, Samples};
use crate::results::codes;
use crate::review::{CodedAnswer, WHOLE_INTERVIEWS};

/// A segment by transcript, span and text, which is the same in all samples.
type SegmentKey<'a> = (&'a str, CharSpan, &'a str);

/// Gives every answer the probability by which its segment counts, so that Σ 1 / probability is right on average.
///
/// For samples that were drawn independently it is that of being coded by anybody: 1 − Π (1 − *πₛ fₛ*) over the samples *s* with answers.
/// *πₛ* is the segment's inclusion probability and *fₛ* the share of the sample's drawn segments that somebody has coded. Rows are in random
/// order, so the part of a sheet that is done is a random one, and includes every drawn segment with probability *fₛ*. In samples of interviews
/// that holds for interviews; they do not count for segments, because reading stops where a theme is found.
///
/// A next sample depends on what was coded before it. These samples together and each next one are waves. A wave alone gives an unbiased
/// total: what was known before it, and what it added over its probability. The waves are averaged, each with the part *a* of the coded
/// segments that it added, so that a segment counts with Σ *a* / *π* over the waves that know it (*π* is 1 where it was known before).
///
/// Answers of a sample that is no longer there keep their probability, with a problem. What was not drawn has none.
pub(super) fn set_probabilities(answers: &mut [CodedAnswer], samples: &Samples) -> Vec<Problem> {
    let mut coded: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    let mut opened: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for answer in answers.iter().filter(|answer| answer.of_interviews) {
        opened.entry(answer.sample).or_default().insert(&answer.transcript_id);
    }
    for answer in answers.iter().filter(|answer| answer.probability.is_some() && !answer.of_interviews) {
        coded.entry(answer.sample).or_default().insert(&answer.segment_id);
    }
    let mut problems = Vec::new();
    let mut lost: BTreeSet<u32> = BTreeSet::new();
    let mut independent = Wave::default();
    let mut waves: Vec<Wave<'_>> = Vec::new();
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
        if sample.record.settings.next {
            let mut wave = Wave::default();
            wave.add(sample, ids);
            waves.push(wave);
        } else {
            independent.add(sample, ids);
        }
    }
    waves.insert(0, independent);
    let all: f64 = waves.iter().map(|wave| wave.coded as f64).sum();
    let chances: Vec<Option<f64>> = answers
        .iter()
        .map(|answer| {
            answer.probability?;
            if answer.of_interviews {
                let sample = samples.get(&answer.sample)?;
                let opened = opened.get(&answer.sample).map_or(0, BTreeSet::len);
                let row = sample.rows.get(sample.with_id(&answer.segment_id)?)?;
                return Some(row.probability * opened as f64 / sample.interviews().max(1) as f64)
                    .filter(|chance| *chance > 0.0 && *chance <= 1.0);
            }
            let key = (answer.transcript_id.as_str(), answer.span, answer.text_digest.as_str());
            let weight: f64 =
                waves.iter().filter_map(|wave| Some(wave.coded as f64 / all / wave.chance(key)?)).sum();
            (!lost.contains(&answer.sample) && weight > 0.0).then(|| (1.0 / weight).min(1.0))
        })
        .collect();
    for (answer, chance) in answers.iter_mut().zip(chances) {
        if chance.is_some() {
            answer.probability = chance;
        }
    }
    problems
}

/// Samples that were drawn independently of each other, or one that followed.
#[derive(Default)]
struct Wave<'a> {
    /// Segments that were coded in it.
    coded: usize,
    /// For each segment of their runs the probability that it was coded in none.
    missed: BTreeMap<SegmentKey<'a>, f64>,
    /// Segments that were coded in it, or known before.
    known: BTreeSet<SegmentKey<'a>>,
}

impl<'a> Wave<'a> {
    /// Adds a sample, of which these segments were coded.
    fn add(&mut self, sample: &'a Sample, ids: &BTreeSet<&str>) {
        let done = ids.iter().filter(|id| sample.is_drawn(id)).count();
        let part = done as f64 / sample.drawn().max(1) as f64;
        self.coded += done;
        for row in &sample.rows {
            let key = (row.transcript_id.as_str(), row.span, row.text_digest.as_str());
            let was_known = sample.record.settings.next && !row.drawn && row.probability >= 1.0;
            let chance = if was_known { 1.0 } else { row.probability * part };
            *self.missed.entry(key).or_insert(1.0) *= 1.0 - chance;
            if was_known || ids.contains(row.segment_id.as_str()) {
                self.known.insert(key);
            }
        }
    }

    /// The probability with which the wave knows a segment, if it knows it.
    fn chance(&self, key: SegmentKey<'_>) -> Option<f64> {
        let chance = 1.0 - self.missed.get(&key).filter(|_| self.known.contains(&key))?;
        (chance > 0.0).then_some(chance)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample_with;
    use super::*;

    fn answer(sample: u32, segment: &str, like: &Samples) -> CodedAnswer {
        let row = like[&1].rows.iter().find(|row| row.segment_id == segment).unwrap();
        CodedAnswer {
            sample,
            of_interviews: false,
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

    /// Four segments, of which a first sample draws one with the chances .4, .2, .2 and .2. Then one of the others is drawn, with chances that
    /// depend on which was the first. Over all ways to draw, Σ y / probability must be the total.
    #[test]
    fn totals_are_right_on_average_with_a_sample_that_depends_on_the_one_before() {
        const NAMES: [&str; 4] = ["a", "b", "c", "d"];
        const TOTALS: [f64; 4] = [1.0, 5.0, 2.0, 7.0];
        let first = [0.4, 0.2, 0.2, 0.2];
        let mut mean = 0.0;
        for one in 0..4 {
            let mut size = [0.4, 0.3, 0.2, 0.1];
            size.rotate_left(one);
            let rest: f64 = (0..4).filter(|other| *other != one).map(|other| size[other]).sum();
            for two in (0..4).filter(|two| *two != one) {
                let chance = |which: usize| if which == one { 1.0 } else { size[which] / rest };
                let drawn = |number: u32, chance: &dyn Fn(usize) -> f64, drawn: usize| {
                    let rows: Vec<(&str, f64, bool)> =
                        (0..4).map(|which| (NAMES[which], chance(which), which == drawn)).collect();
                    sample_with(number, &rows)
                };
                let mut next = drawn(2, &chance, two);
                next.record.settings.next = true;
                let samples = Samples::from([(1, drawn(1, &|which| first[which], one)), (2, next)]);
                let mut answers = vec![answer(1, NAMES[one], &samples), answer(2, NAMES[two], &samples)];
                assert_eq!(set_probabilities(&mut answers, &samples), []);
                let total: f64 = answers
                    .iter()
                    .zip([one, two])
                    .map(|(answer, which)| TOTALS[which] / answer.probability.unwrap())
                    .sum();
                mean += first[one] * chance(two) * total;
            }
        }
        assert!((mean - TOTALS.iter().sum::<f64>()).abs() < 0.2, "{mean}");
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
