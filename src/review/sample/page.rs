//! The sample on the page of a run, for people who review in the browser: drawn uniformly, and drawn again from the run later.
//!
//! Nothing is stored when a page is written. When a file comes back from a page, the same function draws the same sample from the tables
//! of the run, and the key says whether it is the same.

use interview_stats::sampling::systematic_sample;
use same_bits::random_stream;
use transcripts::Corpus;

use super::coders::shuffled;
use super::design::DesignRow;
use super::order::in_order;
use super::{DEFAULT_SEGMENTS, by_name, design_rows, groups_of, run_digest, short};

use crate::record::OpenedRun;
use crate::results::{Segment, SegmentIndex};
use crate::table::{Findings, attribute_in_column};

/// The random stream of the draw.
const STREAM: &str = "review page sample";

/// The segments that are coded blind on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSample {
    /// Indices in the run's list of segments, in the order in which they are coded.
    pub segments: Vec<SegmentIndex>,
    /// Identifies the sample: the same run gives the same key, another run another one. No spreadsheet takes it for a date.
    pub key: String,
    /// Segments of the run.
    pub of: usize,
}

/// The blind sample of a page: [`DEFAULT_SEGMENTS`], or all if there are fewer, drawn with the same probability for each, spread over the
/// `groups` (names of attributes) and transcripts, in random order. None when there is no segment.
///
/// `seed` is the study's. The sample depends on the segments, the groups and the seed alone.
pub fn page_sample(findings: &Findings, groups: &[String], seed: u64) -> Option<PageSample> {
    // Tables hold some attributes under another name, and the sample must be found again from them.
    let attributes = &findings.corpus.attributes;
    let names: Vec<Option<&str>> =
        groups.iter().map(|group| attribute_in_column(attributes, group)).collect();
    PageDraw::of(&findings.corpus, &findings.segments, groups, &names, seed).map(|draw| draw.sample)
}

/// The blind sample that the page of a finished run has; the one of [`page_sample`] for the same run.
pub fn page_sample_again(opened: &OpenedRun) -> Option<PageSample> {
    PageDraw::again(opened).map(|draw| draw.sample)
}

/// The sample of a page with the probability of every segment.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct PageDraw {
    pub(in crate::review) sample: PageSample,
    /// All segments in the order of the draw.
    pub(in crate::review) rows: Vec<DesignRow>,
    /// For each segment of the sample its index in `rows`.
    pub(in crate::review) drawn: Vec<usize>,
    /// Digest of the run's segments.
    pub(in crate::review) run: String,
    pub(in crate::review) seed: u64,
    pub(in crate::review) groups: Vec<String>,
}

impl PageDraw {
    /// The sample that the page of a finished run has.
    pub(in crate::review) fn again(opened: &OpenedRun) -> Option<Self> {
        let groups = groups_of(&opened.manifest);
        let run = &opened.run;
        Self::of(&run.corpus, &run.segments, &groups, &by_name(&groups), opened.manifest.study.seed)
    }

    fn of(
        corpus: &Corpus,
        segments: &[Segment],
        groups: &[String],
        names: &[Option<&str>],
        seed: u64,
    ) -> Option<Self> {
        let count = DEFAULT_SEGMENTS.min(segments.len());
        let order = in_order(corpus, segments, names);
        let chances = vec![count as f64 / segments.len().max(1) as f64; segments.len()];
        let mut random = random_stream(seed, STREAM);
        let passed = systematic_sample(&chances, &mut random);
        let drawn: Vec<usize> = shuffled(passed.len(), &mut random)
            .into_iter()
            .filter_map(|row| passed.get(row).copied())
            .collect();
        let rows = design_rows(corpus, segments, &order, &chances);
        let run = run_digest(&rows);
        let about = format!("{run} {seed} {count} {groups:?} {drawn:?}");
        let sample = PageSample {
            segments: drawn.iter().filter_map(|&row| order.get(row).copied()).collect(),
            key: format!("page-{}", short(blake3::hash(about.as_bytes()).to_hex().as_str(), 12)),
            of: segments.len(),
        };
        (count > 0).then_some(Self { sample, rows, drawn, run, seed, groups: groups.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::record::open_run;
    use crate::review::sample::tests::{finished, larger_findings};
    use crate::table::fixture::empty_findings;

    fn groups() -> Vec<String> {
        vec!["country".to_owned()]
    }

    #[test]
    fn a_page_has_some_segments_of_each_group_in_random_order() {
        let findings = larger_findings(120);
        let sample = page_sample(&findings, &groups(), 7).unwrap();
        assert_eq!((sample.segments.len(), sample.of), (DEFAULT_SEGMENTS, 240));
        assert_eq!(sample.segments.iter().collect::<BTreeSet<_>>().len(), DEFAULT_SEGMENTS, "none twice");
        assert!(sample.segments.windows(2).any(|pair| pair[0] > pair[1]), "not in the order of the text");
        let country = |index: &SegmentIndex| {
            &findings.corpus.transcripts[findings.segments[index.get()].passage.transcript.get()]
        };
        let of = |name: &str| {
            sample.segments.iter().filter(|index| country(index).attributes["country"] == name).count()
        };
        assert_eq!((of("Chile"), of("Israel")), (50, 50));
        assert_eq!(page_sample(&empty_findings(), &groups(), 7), None);
        let few = page_sample(&larger_findings(3), &groups(), 7).unwrap();
        assert_eq!((few.segments.len(), few.of), (6, 6));
    }

    #[test]
    fn the_sample_is_found_again_from_the_run_and_another_run_has_another() {
        let mut findings = larger_findings(120);
        // An attribute whose column has another name, and an empty value.
        findings.corpus.attributes.push("Turns".to_owned());
        for (index, transcript) in findings.corpus.transcripts.iter_mut().enumerate() {
            transcript.attributes.insert("Turns".to_owned(), ["few", "many", ""][index % 3].to_owned());
        }
        let folder = finished(&findings);
        let opened = open_run(folder.path()).unwrap();
        let sample = page_sample(&findings, &groups(), 7).unwrap();
        let again = PageDraw::again(&opened).unwrap();
        assert_eq!(again.sample, sample);
        assert!(sample.key.starts_with("page-") && sample.key.len() == 17, "{}", sample.key);
        let by = |group: &str| {
            let groups = [group.to_owned()];
            let names = [Some(group)];
            let (corpus, segments) = (&opened.run.corpus, &opened.run.segments);
            let read_back = PageDraw::of(corpus, segments, &groups, &names, 7).map(|draw| draw.sample);
            (page_sample(&findings, &groups, 7), read_back)
        };
        for group in ["Turns", "Turns_2", "nothing"] {
            let (in_memory, read_back) = by(group);
            assert_eq!(in_memory, read_back, "{group}");
        }
        let mut other = findings.clone();
        let text = &mut other.segments[5].passage.text;
        *text = format!("{text}!").into();
        let key = |findings: &Findings, seed| page_sample(findings, &groups(), seed).unwrap().key;
        assert_ne!(key(&other, 7), sample.key);
        assert_ne!(key(&findings, 8), sample.key);
    }

    #[test]
    fn every_segment_has_the_same_chance() {
        let findings = larger_findings(150);
        let draws = 2_000;
        let mut times = vec![0_u32; findings.segments.len()];
        for seed in 0..draws {
            for index in page_sample(&findings, &groups(), seed).unwrap().segments {
                times[index.get()] += 1;
            }
        }
        let chance = DEFAULT_SEGMENTS as f64 / findings.segments.len() as f64;
        let error = (chance * (1.0 - chance) / draws as f64).sqrt();
        for times in times {
            let share = f64::from(times) / draws as f64;
            assert!((share - chance).abs() <= 4.5 * error, "{share} for {chance}");
        }
    }
}
