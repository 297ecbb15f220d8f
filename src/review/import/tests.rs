//! Sheets as they come back.

use super::samples::Sample;
use super::*;
use crate::corpus::CharSpan;
use crate::report::Program;
use crate::review::sample::design::{CoderRecord, DesignRow, SampleRecord, SampleSettings, words_digest};

/// A sample of segments with an id, a chance, and whether they were drawn.
pub(super) fn sample_with(number: u32, segments: &[(&str, f64, bool)]) -> Sample {
    let rows = (0..).zip(segments).map(|(place, &(id, probability, drawn))| DesignRow {
        segment_id: id.to_owned(),
        transcript_id: "P01".to_owned(),
        span: CharSpan { start: place * 10, end: place * 10 + 9 },
        text_digest: crate::review::text_digest(id),
        probability,
        drawn,
        coders: if drawn { vec![("Ana".to_owned(), place as u32 + 1)] } else { Vec::new() },
        words_digest: if drawn { words_digest(id) } else { String::new() },
    });
    let rows: Vec<DesignRow> = rows.collect();
    Sample::new(record(number, &["Ana"]), rows)
}

pub(super) fn samples_of(coders: &[&str]) -> Samples {
    Samples::from([(1, Sample::new(record(1, coders), Vec::new()))])
}

fn record(number: u32, coders: &[&str]) -> SampleRecord {
    let coder = |name: &&str| CoderRecord {
        name: (*name).to_owned(),
        file: crate::review::sample::file_part(name),
        segments: 3,
    };
    SampleRecord {
        sample: number,
        key: format!("s{number}-0000000{number}"),
        program: Program::this(),
        study: "Barriers".to_owned(),
        run: "00".to_owned(),
        settings: SampleSettings { seed: 7, width: None, uncertain: 0.5, both: 1.0, groups: Vec::new() },
        segments: 3,
        of: 4,
        themes: vec!["workload".to_owned(), "missing services".to_owned()],
        coders: coders.iter().map(coder).collect(),
        files: Vec::new(),
    }
}
