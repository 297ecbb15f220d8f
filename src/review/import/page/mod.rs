//! Imports what people said on the page of a run: answers about its blind sample are read like a sheet's rows; decisions about segments that
//! somebody found by their labels are a separate list, because those were not sampled.
//!
//! Where a coder answered twice about a segment and a theme, the later answer counts. A decision made before the segment was coded in the
//! sample is dropped; one made after it changes labels, while estimates use the sample's answer.

mod decisions;
mod file;
mod page_sample;
mod run;
mod sample_answers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use transcripts::text::counted;
use transcripts::{Problem, Severity};

use self::decisions::take_decisions;
use self::file::{PageAnswer, PageFile, read_page_file};
use self::run::Run;
use self::sample_answers::take_samples;
use super::coder::as_known;
use super::rows::CodedRow;
use super::samples::Samples;
use crate::results::codes;
use crate::review::notes::Note;
use crate::review::sample::named;
use crate::review::{CodedAnswer, text_digest};

pub(super) use self::file::is_page_file;

/// The beginning of names of files that the page saves, before the coder's name.
const FILE_NAME: &str = "emic-review-";

/// The content of pages' files.
#[derive(Default)]
pub(super) struct FromPages {
    /// Answers about samples.
    pub(super) rows: Vec<CodedRow>,
    /// Decisions about segments that were not drawn.
    pub(super) decisions: Vec<CodedAnswer>,
    /// Notes about segments that were not drawn.
    pub(super) notes: Vec<Note>,
    /// Pages and coders, as in the column `sample`: all of their decisions and notes are here.
    pub(super) pages: BTreeSet<(String, String)>,
    /// Samples that have to be written.
    pub(super) changed: BTreeSet<u32>,
    /// Samples and coders with earlier answers from another page: these stay unless the segment was answered again.
    pub(super) added_to: BTreeSet<(u32, String)>,
}

/// Where answers are written, and what is known already.
pub(super) struct Context<'a> {
    pub(super) out: &'a Path,
    /// Whose answers they are where a file does not say it.
    pub(super) coder: Option<&'a str>,
    /// The first number that no sample has.
    pub(super) next: u32,
}

/// The segment that an answer is about, as files tell it: transcript, digest of the text, id.
type SegmentKey = (String, String, String);
/// By coder, segment and theme when it was last answered in a sample.
type Answered = BTreeMap<(String, SegmentKey, String), u64>;

/// Reads the files that pages saved. Adds their samples to `samples` and coders' names to `known`.
pub(super) fn take_pages(
    files: &[PathBuf],
    context: &Context<'_>,
    samples: &mut Samples,
    known: &mut Vec<String>,
    problems: &mut Vec<Problem>,
) -> FromPages {
    let mut taken = FromPages::default();
    let mut pages: Vec<(String, PageFile)> = Vec::new();
    for path in files {
        let name = path.display().to_string();
        match read_page_file(path, &name) {
            Err(problem) => problems.push(problem),
            Ok((page, warnings)) => {
                problems.extend(warnings);
                match coder_of(&page, path, context.coder, known) {
                    Err(problem) => problems.push(problem),
                    Ok(coder) => pages.push((coder, page)),
                }
            }
        }
    }
    if pages.is_empty() {
        return taken;
    }
    let run = Run::open(context.out);
    let answered = take_samples(&pages, context, run.as_ref(), samples, &mut taken, problems);
    take_decisions(&pages, run.as_ref(), &answered, &mut taken, problems);
    taken
}

/// The coder of the file: as it says, else as the command or its own name says.
fn coder_of(
    page: &PageFile,
    path: &Path,
    given: Option<&str>,
    known: &mut Vec<String>,
) -> Result<String, Problem> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let by_file = stem.strip_prefix(FILE_NAME).unwrap_or_default();
    let name =
        [page.coder.as_str(), given.unwrap_or_default(), by_file].into_iter().find(|name| !name.is_empty());
    let Some(name) = name else {
        let message = "it was left out: nobody knows whose answers these are";
        return Err(Problem::new(Severity::Error, page.name.as_str(), message)
            .with_code(codes::CODER_UNKNOWN)
            .with_hint("write the name on the page and save the file again"));
    };
    let refused = |why: String| {
        let message = format!("it was left out: {why}");
        Problem::new(Severity::Error, page.name.as_str(), message)
            .with_code(codes::ANSWER_DOUBTFUL)
            .with_hint("write another name on the page and save the file again")
    };
    let name = match named(&[as_known(name, known)]) {
        Ok(named) => named.into_iter().next().map(|(name, _)| name).unwrap_or_default(),
        Err(error) => return Err(refused(error.to_string())),
    };
    if !known.contains(&name) {
        known.push(name.clone());
    }
    Ok(name)
}

fn key_of(answer: &PageAnswer) -> SegmentKey {
    (answer.transcript_id.clone(), text_digest(&answer.text), answer.segment_id.clone())
}

/// The last of several answers to a theme, in the order in which themes came up.
fn latest_answers(answers: Vec<(String, Option<bool>)>) -> Vec<(String, Option<bool>)> {
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut latest: Vec<(String, Option<bool>)> = Vec::new();
    for (theme, said) in answers {
        if let Some((_, earlier)) = index_of.get(&theme).and_then(|index| latest.get_mut(*index)) {
            *earlier = said;
        } else {
            index_of.insert(theme.clone(), latest.len());
            latest.push((theme, said));
        }
    }
    latest
}

fn not_found(page: &PageFile, lost: &[u64], which: &str) -> Option<Problem> {
    let all = page.answers.iter().filter(|answer| answer.is_drawn == (which == "of the sample")).count();
    let message = format!(
        "{} of {} {which} {} left out ({}): the run has no segment with that text in that transcript",
        lost.len(),
        counted(all, "answer", "answers"),
        if lost.len() == 1 { "was" } else { "were" },
        super::ranges(lost)
    );
    let hint = "transcripts or the unit of segments changed since the page was written; answer these on the page of this run";
    (!lost.is_empty()).then(|| {
        Problem::new(Severity::Warning, page.name.as_str(), message)
            .with_code(codes::ANSWER_DOUBTFUL)
            .with_hint(hint)
    })
}

#[cfg(test)]
mod tests;
