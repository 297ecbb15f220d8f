//! The labels and human codes of one theme, as the correction takes them.

use interview_stats::corrected::{CodedSample, HumanCode, LabelledSegment};

use super::HumanSample;

/// The sample of a theme; none when nobody was asked about it.
pub(super) fn coded_sample(
    sample: &HumanSample<'_>,
    theme: usize,
    transcripts: usize,
) -> Option<CodedSample> {
    let answers = answers(sample, theme);
    if answers.is_empty() {
        return None;
    }
    let mut answers = answers.into_iter().peekable();
    let segments = sample.interviews.iter().enumerate().map(|(segment, &interview)| {
        let answer = answers.next_if(|answer| answer.segment == segment);
        LabelledSegment {
            interview,
            machine: (sample.machine)(segment, theme),
            human: answer
                .map(|Answer { yes, of, probability, .. }| HumanCode { share: yes / of, probability }),
        }
    });
    CodedSample::new(transcripts, segments)
}

/// What coders said of one segment.
struct Answer {
    segment: usize,
    yes: f64,
    of: f64,
    probability: f64,
}

/// The answers about a theme, by segment. A second coder who was given part of the first one's segments made none of them rarer, so the
/// largest probability is the segment's.
fn answers(sample: &HumanSample<'_>, theme: usize) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    for coding in &sample.codings.rows {
        let Some(applies) = coding.themes.get(theme).copied().flatten() else { continue };
        let probability = coding.probability;
        if !(probability > 0.0 && probability <= 1.0) || coding.segment.get() >= sample.interviews.len() {
            continue;
        }
        let yes = f64::from(u8::from(applies));
        match answers.last_mut() {
            Some(last) if last.segment == coding.segment.get() => {
                last.yes += yes;
                last.of += 1.0;
                last.probability = last.probability.max(probability);
            }
            _ => answers.push(Answer { segment: coding.segment.get(), yes, of: 1.0, probability }),
        }
    }
    answers
}
