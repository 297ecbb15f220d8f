//! The samples that were drawn from a run, as their sheets come back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use transcripts::{Problem, Severity};

use crate::results::codes;
use crate::review::sample::design::{DESIGN, DesignRow, RECORD, SampleRecord, read_design};
use crate::review::sample::{folder_of, numbers_in};

/// A sample with the probability of every segment.
pub(super) struct Sample {
    pub(super) record: SampleRecord,
    pub(super) rows: Vec<DesignRow>,
    by_id: BTreeMap<String, usize>,
    /// Drawn segments by the digest of their words; none where two have the same.
    by_words: BTreeMap<String, Option<usize>>,
}

/// All samples by number.
pub(super) type Samples = BTreeMap<u32, Sample>;

impl Sample {
    pub(super) fn new(record: SampleRecord, rows: Vec<DesignRow>) -> Self {
        let by_id = rows.iter().enumerate().map(|(index, row)| (row.segment_id.clone(), index)).collect();
        let mut by_words: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.drawn) {
            by_words.entry(row.words_digest.clone()).and_modify(|found| *found = None).or_insert(Some(index));
        }
        Self { record, rows, by_id, by_words }
    }

    /// Index of the segment with this id, drawn or not.
    pub(super) fn with_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id.trim()).copied()
    }

    /// Index of the only drawn segment with these words.
    pub(super) fn with_words(&self, digest: &str) -> Option<usize> {
        self.by_words.get(digest).copied().flatten()
    }

    /// How many segments were drawn. A sample that is known from a page's file alone has only rows for those that were answered.
    pub(super) fn drawn(&self) -> usize {
        let listed = self.rows.iter().filter(|row| row.drawn).count();
        listed.max(usize::try_from(self.record.segments).unwrap_or(usize::MAX))
    }

    /// Whether whole interviews were drawn, to be read until a theme is found.
    pub(super) fn draws_interviews(&self) -> bool {
        self.record.settings.interviews.is_some()
    }

    /// How many interviews have drawn segments.
    pub(super) fn interviews(&self) -> usize {
        let drawn = self.rows.iter().filter(|row| row.drawn).map(|row| row.transcript_id.as_str());
        drawn.collect::<std::collections::BTreeSet<&str>>().len()
    }

    pub(super) fn is_drawn(&self, id: &str) -> bool {
        self.with_id(id).and_then(|index| self.rows.get(index)).is_some_and(|row| row.drawn)
    }
}

/// Reads all samples in the folder `review`. One that cannot be read is a problem; its sheets cannot be imported.
pub(super) fn read_samples(review: &Path) -> (Samples, Vec<Problem>) {
    let mut samples = Samples::new();
    let mut problems = Vec::new();
    let numbers = numbers_in(review).unwrap_or_else(|error| {
        let why = format!("samples cannot be looked for: {error}");
        problems.push(Problem::new(Severity::Error, "review", why).with_code(codes::SAMPLE_DOUBTFUL));
        Vec::new()
    });
    for number in numbers {
        match read_sample(&folder_of(review, number), number) {
            Ok(sample) => {
                samples.insert(number, sample);
            }
            Err((file, why)) => {
                let source = format!("review/sample-{number}/{file}");
                let problem = Problem::new(Severity::Error, source, why).with_code(codes::SAMPLE_DOUBTFUL);
                problems.push(
                    problem.with_hint(
                        "put back the folder as it was drawn, or take it away and draw a new sample",
                    ),
                );
            }
        }
    }
    (samples, problems)
}

fn read_sample(folder: &Path, number: u32) -> Result<Sample, (&'static str, String)> {
    let bytes =
        fs::read(folder.join(RECORD)).map_err(|error| (RECORD, format!("it cannot be read: {error}")))?;
    let record: SampleRecord =
        serde_json::from_slice(&bytes).map_err(|error| (RECORD, format!("it is damaged: {error}")))?;
    if record.sample != number {
        return Err((RECORD, format!("it is that of sample {}", record.sample)));
    }
    let rows = read_design(&folder.join(DESIGN)).map_err(|why| (DESIGN, why))?;
    Ok(Sample::new(record, rows))
}
