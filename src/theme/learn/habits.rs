//! Features of coders' habits, for all themes: long segments are given more themes, questions fewer, and somebody who says little
//! in an interview is seldom the participant.

use std::collections::BTreeMap;

use crate::results::{Segment, TranscriptIndex};
use crate::segment::ends_in_question;
use same_bits::elementary::ln;

/// Number of features.
pub(super) const HABITS: usize = 3;

/// For each segment the logarithm of its words in standard deviations, whether it ends in a question, and its speaker's share of
/// the interview's coded words; each less its mean over the corpus.
pub(super) fn habits(segments: &[Segment]) -> Vec<[f64; HABITS]> {
    let mut spoken: BTreeMap<(TranscriptIndex, &str), f64> = BTreeMap::new();
    let mut all: BTreeMap<TranscriptIndex, f64> = BTreeMap::new();
    for segment in segments {
        let (interview, words) = (segment.passage.transcript, f64::from(segment.passage.words));
        *spoken.entry((interview, segment.speaker.as_str())).or_default() += words;
        *all.entry(interview).or_default() += words;
    }
    let of = |segment: &Segment| {
        let interview = segment.passage.transcript;
        let own = spoken.get(&(interview, segment.speaker.as_str())).copied().unwrap_or(0.0);
        let whole = all.get(&interview).copied().unwrap_or(0.0);
        [
            ln(f64::from(segment.passage.words.max(1))),
            f64::from(u8::from(ends_in_question(&segment.passage.text))),
            if whole > 0.0 { own / whole } else { 0.0 },
        ]
    };
    let mut habits: Vec<[f64; HABITS]> = segments.iter().map(of).collect();
    for habit in 0..HABITS {
        let number = habits.len().max(1) as f64;
        let mean = habits.iter().map(|row| row[habit]).sum::<f64>() / number;
        for row in &mut habits {
            row[habit] -= mean;
        }
    }
    let spread = (habits.iter().map(|row| row[0] * row[0]).sum::<f64>() / habits.len().max(1) as f64).sqrt();
    if spread > 1e-6 {
        for row in &mut habits {
            row[0] /= spread;
        }
    }
    habits
}
