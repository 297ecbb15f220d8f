//! Answers about the blind sample of a page, as rows like those of a sheet.

use std::collections::BTreeMap;
use std::path::Path;

use transcripts::{Problem, Severity};

use super::file::{PageAnswer, PageFile};
use super::page_sample::{is_from_file, sample_of, with_coder, with_segments};
use super::run::Run;
use super::{Answered, Context, FromPages, key_of, latest_answers, not_found};
use crate::results::codes;
use crate::review::import::rows::CodedRow;
use crate::review::import::samples::{Sample, Samples};
use crate::review::sample::design::words_digest;
use crate::review::text_digest;

/// Reads the answers about samples, adds these to `samples`, and returns when each answer was last given.
pub(super) fn take_samples(
    pages: &[(String, PageFile)],
    context: &Context<'_>,
    run: Result<&Run, &String>,
    samples: &mut Samples,
    taken: &mut FromPages,
    problems: &mut Vec<Problem>,
) -> Answered {
    let mut next = context.next;
    let mut answered = Answered::new();
    let mut rows: BTreeMap<(u32, usize, String), Vec<(u64, CodedRow)>> = BTreeMap::new();
    for (coder, page) in pages {
        let drawn: Vec<&PageAnswer> = page.answers.iter().filter(|answer| answer.is_drawn).collect();
        if drawn.is_empty() {
            continue;
        }
        let Some(said) = &page.sample else {
            problems.push(
                Problem::new(
                    Severity::Error,
                    page.name.as_str(),
                    "its sample was left out: the file does not say how it was drawn",
                )
                .with_code(codes::ANSWER_DOUBTFUL)
                .with_hint("save the file on the page again"),
            );
            continue;
        };
        let number = sample_of(page, said, samples, next, run.ok());
        let Some(sample) = samples.remove(&number) else { continue };
        let is_new = number == next;
        next = next.saturating_add(u32::from(is_new));
        let mut sample = match run {
            Ok(run) if is_from_file(&sample) => with_segments(sample, &drawn, run),
            _ => sample,
        };
        if is_from_file(&sample) {
            problems.push(another_run(page, context.out, run.err()));
        }
        let PlacedAnswers { answers, lost, row_of } = place_answers(&sample, &drawn, run.ok());
        problems.extend(not_found(page, &lost, "of the sample"));
        if answers.is_empty() {
            // A sample without a segment is of no use.
            if !is_new {
                samples.insert(number, sample);
            }
            continue;
        }
        if with_coder(&mut sample, coder, &page.run, &row_of) {
            taken.added_to.insert((number, coder.clone()));
        }
        samples.insert(number, sample);
        taken.changed.insert(number);
        for (segment, answer) in answers {
            for (theme, _) in &answer.themes {
                let latest = answered.entry((coder.clone(), key_of(answer), theme.clone())).or_default();
                *latest = answer.order.max(*latest);
            }
            let row = CodedRow {
                file: page.name.clone(),
                number: answer.number,
                sample: number,
                segment,
                coder: coder.clone(),
                answers: answer.themes.clone(),
                other: answer.other.clone(),
                memo: answer.memo.clone(),
                paper: answer.paper,
            };
            rows.entry((number, segment, coder.clone())).or_default().push((answer.order, row));
        }
    }
    taken.rows = rows.into_values().filter_map(latest_row).collect();
    answered
}

/// The answers of a file with their segments in a sample.
struct PlacedAnswers<'a> {
    /// Each with the index of its segment in the design.
    answers: Vec<(usize, &'a PageAnswer)>,
    /// Numbers of those whose segment is not there.
    lost: Vec<u64>,
    /// Rows of segments, by index in the design.
    row_of: BTreeMap<usize, u32>,
}

fn place_answers<'a>(sample: &Sample, answers: &[&'a PageAnswer], run: Option<&Run>) -> PlacedAnswers<'a> {
    let draw = run
        .and_then(|run| run.draw.as_ref())
        .filter(|draw| draw.sample.key == sample.record.key && !is_from_file(sample));
    let mut row_of: BTreeMap<usize, u32> =
        draw.map(|draw| draw.drawn.iter().copied().zip(1_u32..).collect()).unwrap_or_default();
    let (mut placed, mut lost) = (Vec::new(), Vec::new());
    for &answer in answers {
        let Some(segment) = drawn_segment(sample, answer) else {
            lost.push(answer.number);
            continue;
        };
        if let Some(row) = answer.row {
            row_of.entry(segment).or_insert(row);
        }
        placed.push((segment, answer));
    }
    PlacedAnswers { answers: placed, lost, row_of }
}

/// Index of the drawn segment that an answer is about, by id and text, or by text alone where that occurs once.
fn drawn_segment(sample: &Sample, answer: &PageAnswer) -> Option<usize> {
    let digest = text_digest(&answer.text);
    let is_it = |segment: &usize| {
        sample.rows.get(*segment).is_some_and(|row| {
            row.drawn && row.transcript_id == answer.transcript_id && row.text_digest == digest
        })
    };
    let by_words = || sample.with_words(&words_digest(&answer.text));
    sample.with_id(&answer.segment_id).filter(is_it).or_else(|| by_words().filter(is_it))
}

/// One row of several about one segment: the latest answer to each theme, and the latest words.
fn latest_row(mut rows: Vec<(u64, CodedRow)>) -> Option<CodedRow> {
    rows.sort_by_key(|(order, _)| *order);
    let mut rows = rows.into_iter().map(|(_, row)| row);
    let first = rows.next()?;
    Some(rows.fold(first, |earlier, later| {
        let answers = latest_answers([earlier.answers, later.answers.clone()].concat());
        CodedRow { answers, ..later }
    }))
}

/// The problem of a sample that is known from the file alone.
fn another_run(page: &PageFile, out: &Path, why: Option<&String>) -> Problem {
    let because = match why {
        Some(why) => why.clone(),
        None => format!("{} holds another run than the page is of", out.display()),
    };
    let message = format!("the chances of its sample are taken as the file tells them: {because}");
    Problem::new(Severity::Note, page.name.as_str(), message).with_code(codes::ANSWER_DOUBTFUL)
}
