//! The next sample: of the segments that nobody has coded, those that would teach the program most.
//!
//! What was coded is known, so in this draw it has the probability 1 and is not drawn. An import weights the codes of a next sample and
//! those before it so that estimates stay unbiased, although the scores learned from the earlier ones.

use std::collections::BTreeSet;
use std::path::Path;

use interview_stats::sampling::{inclusion_probabilities, mixed_sizes, systematic_sample};
use same_bits::RandomStream;

use super::SampleError;
use super::uncertainty;
use crate::results::SegmentIndex;
use crate::review::{codings, read_codes};
use crate::study::REVIEW;
use crate::table::FinishedRun;

/// The file of codes in the folder `review`.
const CODES: &str = "codes.csv";

/// The segments of a run that people coded.
pub(super) struct KnownSegments {
    coded: BTreeSet<SegmentIndex>,
    /// For each transcript.
    of_transcript: Vec<u32>,
}

impl KnownSegments {
    /// Those in `review/codes.csv` of the folder `out`; decisions on a page about segments that were not drawn do not count.
    pub(super) fn of(out: &Path, run: &FinishedRun) -> Result<Self, SampleError> {
        let path = out.join(REVIEW).join(CODES);
        if !path.is_file() {
            return Err(SampleError::NothingCoded);
        }
        let (answers, _) = read_codes(&path);
        let names: Vec<&str> = run.themes.iter().map(|theme| theme.name.as_str()).collect();
        let (codings, _) = codings(&answers, &run.segments, &run.corpus.transcripts, &names);
        let coded: BTreeSet<SegmentIndex> = codings.rows.iter().map(|row| row.segment).collect();
        if coded.is_empty() {
            return Err(SampleError::NothingCoded);
        }
        if coded.len() == run.segments.len() {
            return Err(SampleError::AllCoded);
        }
        let mut of_transcript = vec![0; run.corpus.transcripts.len()];
        for segment in coded.iter().filter_map(|index| index.of(&run.segments)) {
            if let Some(count) = segment.passage.transcript.of_mut(&mut of_transcript) {
                *count += 1;
            }
        }
        Ok(Self { coded, of_transcript })
    }

    /// How much each segment would teach; 0 where it is known.
    pub(super) fn uncertainties(&self, run: &FinishedRun) -> Vec<f64> {
        let weights = uncertainty::interval_weights(run);
        let mut uncertainties = uncertainty::uncertainties(run, &weights);
        for (index, (uncertainty, segment)) in uncertainties.iter_mut().zip(&run.segments).enumerate() {
            if self.coded.contains(&SegmentIndex::new(index)) {
                *uncertainty = 0.0;
            }
            let coded = segment.passage.transcript.of(&self.of_transcript).copied().unwrap_or(0);
            *uncertainty /= f64::from(coded + 1).sqrt();
        }
        uncertainties
    }

    /// The size of each segment in the given order, 0 where it is known; see [`mixed_sizes`].
    pub(super) fn sizes(&self, order: &[SegmentIndex], uncertainties: &[f64], share: f64) -> Vec<f64> {
        let open: Vec<bool> = order.iter().map(|index| !self.coded.contains(index)).collect();
        let of_open: Vec<f64> = order
            .iter()
            .zip(&open)
            .filter(|(_, open)| **open)
            .map(|(index, _)| uncertainties[index.get()])
            .collect();
        let mut sizes = mixed_sizes(&of_open, share).into_iter();
        open.iter().map(|open| if *open { sizes.next().unwrap_or(0.0) } else { 0.0 }).collect()
    }
}

/// The probability of each segment in a draw of `count` of those whose size is above 0; the others are known and have 1.
pub(super) fn probabilities(sizes: &[f64], count: usize) -> Vec<f64> {
    let of_open: Vec<f64> = sizes.iter().copied().filter(|size| *size > 0.0).collect();
    let mut chances = inclusion_probabilities(&of_open, count).into_iter();
    sizes.iter().map(|size| if *size > 0.0 { chances.next().unwrap_or(1.0) } else { 1.0 }).collect()
}

/// The places of the segments that are drawn, of those whose size is above 0.
pub(super) fn drawn(sizes: &[f64], probabilities: &[f64], random: &mut RandomStream) -> Vec<usize> {
    let open: Vec<usize> = (0..sizes.len()).filter(|&place| sizes[place] > 0.0).collect();
    let chances: Vec<f64> = open.iter().map(|&place| probabilities[place]).collect();
    systematic_sample(&chances, random).into_iter().map(|which| open[which]).collect()
}
