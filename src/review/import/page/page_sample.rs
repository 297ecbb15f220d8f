//! The sample of a page, stored like samples that were drawn as sheets: from the run if it is still the same one, else from what the file
//! says.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{PageAnswer, PageFile, SampleSaid};
use super::run::Run;
use crate::record::Program;
use crate::results::ThemeKind;
use crate::review::import::samples::{Sample, Samples};
use crate::review::sample::design::{CoderRecord, DesignRow, SampleRecord, SampleSettings, words_digest};
use crate::review::sample::{PageDraw, file_part};

/// The number of the sample that the file's answers are of: an existing one, that of the run's page, or a new one.
/// `next` is the first number that is free.
pub(super) fn sample_of(
    file: &PageFile,
    said: &SampleSaid,
    samples: &mut Samples,
    next: u32,
    run: Option<&Run>,
) -> u32 {
    let is_it = |(_, sample): &(&u32, &Sample)| sample.record.key.eq_ignore_ascii_case(&said.key);
    if let Some((number, _)) = samples.iter().find(is_it) {
        return *number;
    }
    let draw = run.and_then(|run| run.draw.as_ref()).filter(|draw| draw.sample.key == said.key);
    let sample = match (draw, run) {
        (Some(draw), Some(run)) => from_run(next, draw, run),
        _ => from_file(next, file, said),
    };
    samples.insert(next, sample);
    next
}

/// The sample as the run's page has it.
fn from_run(number: u32, draw: &PageDraw, run: &Run) -> Sample {
    let mut rows = draw.rows.clone();
    for (row, segment) in draw.drawn.iter().zip(&draw.sample.segments) {
        let text = segment.of(&run.opened.run.segments).map(|segment| words_digest(&segment.passage.text));
        if let (Some(row), Some(digest)) = (rows.get_mut(*row), text) {
            (row.drawn, row.words_digest) = (true, digest);
        }
    }
    let seeds = run.opened.run.themes.iter().filter(|theme| theme.kind == ThemeKind::Seed);
    let record = SampleRecord {
        sample: number,
        key: draw.sample.key.clone(),
        program: Program::this(),
        study: run.opened.manifest.study.title.clone(),
        run: draw.run.clone(),
        settings: settings(draw.seed, draw.groups.clone()),
        segments: draw.drawn.len() as u64,
        of: draw.rows.len() as u64,
        themes: seeds.map(|theme| theme.name.clone()).collect(),
        coders: Vec::new(),
        files: Vec::new(),
    };
    Sample::new(record, rows)
}

/// The sample as the file describes it: without its segments, which come with the answers.
fn from_file(number: u32, file: &PageFile, said: &SampleSaid) -> Sample {
    let mut themes: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for (theme, _) in file.answers.iter().filter(|answer| answer.is_drawn).flat_map(|answer| &answer.themes) {
        if seen.insert(theme) {
            themes.push(theme.clone());
        }
    }
    let record = SampleRecord {
        sample: number,
        key: said.key.clone(),
        program: Program::this(),
        study: file.study.clone(),
        run: file.run.clone(),
        settings: settings(0, Vec::new()),
        segments: said.segments,
        of: said.of,
        themes,
        coders: Vec::new(),
        files: Vec::new(),
    };
    Sample::new(record, Vec::new())
}

/// A draw with the same probability for all, which every coder codes.
fn settings(seed: u64, groups: Vec<String>) -> SampleSettings {
    SampleSettings { seed, width: None, interviews: None, uncertain: 0.0, both: 1.0, groups, next: false }
}

/// Whether the sample is known from files alone.
pub(super) fn is_from_file(sample: &Sample) -> bool {
    (sample.rows.len() as u64) < sample.record.of
}

/// Adds the segments that a file's answers are about to a sample that is known from files alone.
pub(super) fn with_segments(sample: Sample, answers: &[&PageAnswer], run: &Run) -> Sample {
    let Sample { record, mut rows, .. } = sample;
    let chance = record.segments as f64 / record.of.max(1) as f64;
    let mut known: BTreeSet<String> = rows.iter().map(|row| row.segment_id.clone()).collect();
    for answer in answers {
        let found = run.find(answer).and_then(|index| {
            let segment = index.of(&run.opened.run.segments)?;
            let about = run.about(index)?;
            known.insert(segment.id.to_string()).then(|| DesignRow {
                segment_id: about.segment_id.to_owned(),
                transcript_id: about.transcript_id.to_owned(),
                span: about.span,
                text_digest: about.text_digest.to_owned(),
                probability: chance.clamp(f64::MIN_POSITIVE, 1.0),
                drawn: true,
                coders: Vec::new(),
                words_digest: words_digest(&segment.passage.text),
            })
        });
        rows.extend(found);
    }
    Sample::new(record, rows)
}

/// Adds a coder who codes the whole sample; `row_of` has the row of a segment by its index in the design, where it is known.
/// True when earlier answers of the coder came from another page.
pub(super) fn with_coder(sample: &mut Sample, name: &str, page: &str, row_of: &BTreeMap<usize, u32>) -> bool {
    let segments = sample.drawn() as u64;
    let known = sample.record.coders.iter_mut().find(|coder| coder.name == name);
    let from_another = if let Some(coder) = known {
        coder.segments = segments;
        if !coder.pages.iter().any(|known| known == page) {
            coder.pages.push(page.to_owned());
        }
        coder.pages.len() > 1
    } else {
        let (name, file, pages) = (name.to_owned(), file_part(name), vec![page.to_owned()]);
        sample.record.coders.push(CoderRecord { name, file, segments, pages });
        false
    };
    for (index, row) in sample.rows.iter_mut().enumerate().filter(|(_, row)| row.drawn) {
        if !row.coders.iter().any(|(coder, _)| coder == name) {
            // All coders of a page see one order.
            let other = row.coders.first().map(|(_, number)| *number);
            let number = other.or_else(|| row_of.get(&index).copied()).unwrap_or(index as u32 + 1);
            row.coders.push((name.to_owned(), number));
        }
    }
    from_another
}
