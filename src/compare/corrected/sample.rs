//! The labels and human codes of one theme, as the correction takes them.

use interview_stats::corrected::{CodedSample, HumanCode, LabelledSegment};

use super::HumanSample;
use crate::results::{SegmentIndex, ThemeIndex};

/// The sample of a theme; none when nobody was asked about it.
pub(super) fn coded_sample(
    sample: &HumanSample<'_>,
    theme: ThemeIndex,
    transcripts: usize,
) -> Option<CodedSample> {
    let answers = answers(sample, theme);
    if answers.is_empty() {
        return None;
    }
    let mut answers = answers.into_iter().peekable();
    let segments = sample.transcript_of.iter().enumerate().map(|(segment, transcript)| {
        let segment = SegmentIndex::new(segment);
        let answer = answers.next_if(|answer| answer.segment == segment);
        LabelledSegment {
            interview: transcript.get(),
            machine: (sample.confidence)(segment, theme),
            human: answer
                .map(|Answer { yes, of, probability, .. }| HumanCode { share: yes / of, probability }),
        }
    });
    CodedSample::new(transcripts, segments)
}

/// The interviews of a theme: whether it is anywhere in those that were read, and how sure the machine is of its surest segment in each.
///
/// None where nothing was read, or where an interview that was drawn was left before the theme was found or it ended.
pub(super) fn read_sample(
    sample: &HumanSample<'_>,
    theme: ThemeIndex,
    transcripts: usize,
) -> Option<CodedSample> {
    let read = &sample.codings.read;
    let shares: Vec<f64> =
        read.iter().map(|one| theme.of(&one.themes).copied().flatten()).collect::<Option<_>>()?;
    let mut surest: Vec<Option<f64>> = vec![None; transcripts];
    for (segment, transcript) in sample.transcript_of.iter().enumerate() {
        if let Some(surest) = transcript.of_mut(&mut surest) {
            let here = (sample.confidence)(SegmentIndex::new(segment), theme);
            *surest = Some(surest.map_or(here, |surest| surest.max(here)));
        }
    }
    let mut known = vec![None; transcripts];
    for (one, share) in read.iter().zip(shares) {
        if let Some(known) = one.transcript.of_mut(&mut known) {
            *known = Some(HumanCode { share, probability: one.probability });
        }
    }
    let interviews = surest.into_iter().zip(known).enumerate().filter_map(|(interview, (surest, human))| {
        Some(LabelledSegment { interview, machine: surest?, human })
    });
    CodedSample::new(transcripts, interviews)
}

/// What coders said of one segment.
struct Answer {
    segment: SegmentIndex,
    yes: f64,
    of: f64,
    probability: f64,
}

/// The answers about a theme, by segment. A second coder who was given part of the first one's segments made none of them rarer, so the
/// largest probability is the segment's.
fn answers(sample: &HumanSample<'_>, theme: ThemeIndex) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for coding in &sample.codings.rows {
        let Some(applies) = theme.of(&coding.themes).copied().flatten() else { continue };
        let probability = coding.probability;
        let is_known = coding.segment.of(sample.transcript_of).is_some();
        if !(probability > 0.0 && probability <= 1.0 && is_known) {
            continue;
        }
        let yes = f64::from(u8::from(applies));
        match answers.last_mut() {
            Some(last) if last.segment == coding.segment => {
                last.yes += yes;
                last.of += 1.0;
                last.probability = last.probability.max(probability);
            }
            _ => answers.push(Answer { segment: coding.segment, yes, of: 1.0, probability }),
        }
    }
    answers
}
