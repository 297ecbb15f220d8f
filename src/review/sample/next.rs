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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::design::{DESIGN, read_design};
    use super::super::tests::{finished, larger_findings, request};
    use super::super::{SampleRequest, draw_sample};
    use super::*;
    use crate::review::codes::tests::answer_to;
    use crate::review::{CodedAnswer, write_codes};
    use crate::table::Findings;

    fn next(segments: usize) -> SampleRequest {
        SampleRequest { next: true, ..request(segments, &["Ana"]) }
    }

    /// Says that the first segments of the run were coded.
    fn code(folder: &Path, findings: &Findings, segments: usize) {
        let theme = &findings.themes[0].name;
        let answers: Vec<CodedAnswer> = (0..segments.min(findings.segments.len()))
            .map(|segment| answer_to(findings, segment, "Ana", theme, true))
            .collect();
        fs::create_dir_all(folder.join("review")).unwrap();
        write_codes(&folder.join("review/codes.csv"), &answers).unwrap();
    }

    #[test]
    fn what_is_known_is_not_drawn_again_and_all_else_can_be() {
        let findings = larger_findings(12);
        let folder = finished(&findings);
        code(folder.path(), &findings, 9);
        let drawn = draw_sample(folder.path(), &next(8)).unwrap();
        let rows = read_design(&drawn.folder.join(DESIGN)).unwrap();
        let known: BTreeSet<&str> =
            findings.segments.iter().take(9).map(|segment| segment.id.as_str()).collect();
        let is_known = |row: &&super::super::DesignRow| known.contains(row.segment_id.as_str());
        assert!(rows.iter().filter(is_known).all(|row| !row.drawn && (row.probability - 1.0).abs() < 1e-12));
        let open: f64 = rows.iter().filter(|row| !is_known(row)).map(|row| row.probability).sum();
        assert!((open - 8.0).abs() < 1e-9, "{open}");
        assert_eq!(rows.iter().filter(|row| row.drawn).count(), 8);
        let floor = 0.5 * 8.0 / (rows.len() - 9) as f64;
        assert!(rows.iter().all(|row| row.probability >= floor - 1e-9), "the uniform half is a floor");
    }

    #[test]
    fn an_interview_that_was_coded_little_is_asked_first() {
        let findings = larger_findings(12);
        let folder = finished(&findings);
        code(folder.path(), &findings, 3);
        let run = FinishedRun::from(findings);
        let known = KnownSegments::of(folder.path(), &run).unwrap();
        let uncertainties = known.uncertainties(&run);
        let all = uncertainty::uncertainties(&run, &uncertainty::interval_weights(&run));
        let transcript_of = |index: usize| run.segments[index].passage.transcript;
        for (index, (found, all)) in uncertainties.iter().zip(&all).enumerate() {
            let coded = (0..3).filter(|coded| transcript_of(*coded) == transcript_of(index)).count();
            let expected = if index < 3 { 0.0 } else { all / (coded as f64 + 1.0).sqrt() };
            assert!((found - expected).abs() < 1e-12, "{index}: {found} for {expected}");
        }
    }

    #[test]
    fn without_codes_or_with_all_there_is_no_next() {
        let findings = larger_findings(12);
        let folder = finished(&findings);
        insta::assert_snapshot!(draw_sample(folder.path(), &next(8)).unwrap_err(), @"nobody has coded a segment of this run yet, so there is no next sample (draw a first one without --next, import its sheets, and run the study again)");
        code(folder.path(), &findings, usize::MAX);
        insta::assert_snapshot!(draw_sample(folder.path(), &next(8)).unwrap_err(), @"all segments of the run are coded, so there is nothing left to draw");
    }
}
