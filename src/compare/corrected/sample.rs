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
