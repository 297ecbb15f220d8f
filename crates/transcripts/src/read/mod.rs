//! Reading: from transcript files in many formats to one corpus of turns.
//!
//! [`read_corpus`] is the entry point. Each format is a file with one `Reader` (see `format`). `dialogue` (text and documents) and `captions`
//! (captions and speech recognition) find speakers and turns, `annotated` reads linguists' formats, `columns` reads tables. `assemble` names,
//! joins and sorts what the files gave, and `last_check` looks for transcripts that seem to have been read wrongly. Files are read in
//! parallel; the result does not depend on that, nor on their order.

mod alike;
mod annotated;
mod assemble;
mod captions;
mod columns;
mod decode;
mod dialogue;
mod format;
mod hide;
mod last_check;
mod load;
mod plan;
mod problems;
mod projects;
mod speakers;
#[cfg(test)]
mod tests;
mod time_marks;
mod times;

use crate::phrases::PLAN_SOURCE;
use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::{Corpus, Problem, Severity};
use crate::pseudonym::{Replacement, Tally};
use crate::{ReadObserver, codes};

use self::assemble::{AssembledTranscript, SourcedDraft, assemble, give_attributes, transcripts_of};
pub use self::captions::{Plain, PlainValues};
#[cfg(feature = "parquet")]
pub use self::columns::parquet::is_plausible_parquet;
use self::columns::participants::read_participants;
pub use self::columns::sheets::{Sheet, SheetFile, read_sheets, sheets_of};
pub use self::columns::workbook::{Row, WorkbookFault};
pub use self::decode::{clean, decode};
pub use self::dialogue::questions::QuestionForm;
pub use self::format::ReadError;
use self::format::{Draft, Source, reader_for};
use self::hide::hide_names;
pub use self::load::FileState;
use self::load::{
    bytes_of, check_content, check_ending, check_lines, ending_of, head_of, is_left_over, refuse_unknown,
    stem_of,
};
pub use self::plan::{ReadPlan, SourceData, SourceFile};
pub use self::problems::{ProblemLog, counted};
pub use self::projects::{ProjectDecoder, problems_of};
use self::speakers::drift;
use self::speakers::entry::{Ids, labels_in};
use self::speakers::people::People;
use self::speakers::roles::Interviewers;
pub use self::speakers::{
    Confidence, InterviewerGuess, SpeakerShare, focus_groups, guess_interviewers, speaker_shares,
};
pub use self::time_marks::TimeMarks;
use self::time_marks::cut_time_marks;

/// The result of reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// All transcripts with at least one turn, sorted by id.
    pub corpus: Corpus,
    /// What was replaced, in the order of the transcripts.
    pub replacements: Vec<Replacement>,
    /// Everything that was skipped, guessed or doubtful, sorted.
    pub problems: Vec<Problem>,
    /// Files that were not read because the observer asked to stop.
    pub unread_files: usize,
}

/// The file endings that can be read, as a phrase: `.txt, .md, … and .ndjson`.
pub fn readable_endings() -> String {
    format::readable_endings()
}

/// Reads all files of a plan, in parallel. It never fails: what cannot be read is among the problems.
///
/// ```
/// use transcripts::{ReadPlan, Role, SourceFile, read_corpus};
///
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("P01.txt");
/// std::fs::write(&path, "I: How is work?\nP01: I have sixty families\nand one morning a week.\n")?;
/// let plan = ReadPlan {
///     files: vec![SourceFile::at("transcripts/P01.txt", path)],
///     interviewers: vec!["I".into()],
///     ..ReadPlan::default()
/// };
/// let reading = read_corpus(&plan, &());
/// let transcript = &reading.corpus.transcripts[0];
/// assert_eq!(transcript.id, "P01");
/// assert_eq!(transcript.turns[0].role, Role::Interviewer);
/// assert_eq!(transcript.turns[1].text, "I have sixty families\nand one morning a week.");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read_corpus(plan: &ReadPlan, observer: &dyn ReadObserver) -> Reading {
    let mut files = plan.files.clone();
    files.sort();
    files.dedup_by(|a, b| a.name == b.name);
    observer.begin(files.len());
    let known = with_names_as_written(plan);
    let read: Vec<(Vec<SourcedDraft>, Vec<Problem>)> = files
        .par_iter()
        .filter_map(|file| {
            if observer.should_stop() {
                return None;
            }
            let found = read_one(&file.name, |log| try_read(file, &known, log));
            observer.file_done();
            Some(found)
        })
        .collect();
    observer.end();
    let unread_files = files.len() - read.len();
    Reading { unread_files, ..gathered(read, plan) }
}

/// Reads one file whose contents are in memory, without copying them. [`ReadPlan::files`] is ignored. The ending of the name decides how
/// the file is read.
///
/// ```
/// use transcripts::{ReadPlan, read_file_bytes};
///
/// let captions = b"WEBVTT\n\n00:01.000 --> 00:03.000\n<v Anna>I have sixty families.\n";
/// let reading = read_file_bytes(captions, "upload/P01.vtt", &ReadPlan::default());
/// let transcript = &reading.corpus.transcripts[0];
/// assert_eq!((transcript.id.as_str(), transcript.turns[0].speaker.as_str()), ("P01", "Anna"));
/// assert_eq!(transcript.turns[0].start_ms, Some(1_000));
///
/// let reading = read_file_bytes(captions, "P01.docx", &ReadPlan::default());
/// assert_eq!(reading.problems[0].message, "the file ends in .docx but is plain text");
/// ```
pub fn read_file_bytes(bytes: &[u8], name: &str, plan: &ReadPlan) -> Reading {
    let known = with_names_as_written(plan);
    let read = read_one(name, |log| read_bytes(bytes, name, &known, log));
    gathered(vec![read], plan)
}

/// The formats that can be read: the short name of each, as in [`Transcript::format`](crate::Transcript::format), and its file endings.
pub fn formats() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    format::FORMATS.iter().map(|reader| (reader.name(), reader.endings()))
}

/// Makes one corpus of what the files gave.
fn gathered(read: Vec<(Vec<SourcedDraft>, Vec<Problem>)>, plan: &ReadPlan) -> Reading {
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for (sourced, of_file) in read {
        found.extend(sourced);
        problems.extend(of_file);
    }
    if !plan.split.is_empty() && found.iter().all(|sourced| sourced.draft.part.is_none()) {
        problems.push(
            Problem::new(
                Severity::Warning,
                format!("{PLAN_SOURCE}split"),
                "no file has two headings like these, so none was split",
            )
            .with_code(codes::PLAN_UNMATCHED)
            .with_hint(
                "write the heading as it stands in the file, with `*` for what changes: \"Interview *\"",
            ),
        );
    }
    let named = transcripts_of(found, &mut problems);
    let ids = Ids::new(named.iter().map(|(id, one)| (id.as_str(), one.source.as_str())), &plan.pseudonyms);
    let people = People::new(&plan.speakers, &plan.pseudonyms, &ids);
    let interviewers = Interviewers::new(&plan.interviewers, &ids, &plan.pseudonyms);
    let assembled: Vec<AssembledTranscript> = named
        .into_par_iter()
        .map(|(id, sourced)| assemble(id, sourced, &plan.pseudonyms, &people, &interviewers))
        .collect();
    let mut corpus = Corpus::default();
    let (mut tabled, mut replaced, mut tally) = (Vec::new(), Vec::new(), Tally::default());
    let (mut used, mut labels) = (Vec::new(), Vec::new());
    for one in assembled {
        corpus.transcripts.push(one.transcript);
        tabled.push(one.attributes);
        replaced.push(one.replaced);
        labels.push(one.settled.labels());
        used.push(one.settled.used);
        problems.extend(one.settled.problems);
        tally.add(one.tally);
    }
    let participants = plan.participants.as_ref().map(|file| {
        let ids: Vec<&str> = corpus.transcripts.iter().map(|transcript| transcript.id.as_str()).collect();
        let (participants, of_file) = read_participants(file, &ids);
        problems.extend(of_file);
        (file.name.as_str(), participants)
    });
    give_attributes(&mut corpus, &tabled, participants, &plan.groups, &mut problems);
    problems.extend(interviewers.check(&corpus, &labels, &ids));
    problems.extend(people.check(&used, &corpus));
    alike::leave_out(&mut corpus, &mut replaced, &plan.same, &ids, &mut problems);
    problems.extend(drift::drift_warnings(&corpus));
    // Up to here ids are as the files have them, so that participants.csv can be joined.
    let replacements = hide_names(&mut corpus, replaced, &plan.pseudonyms, &mut tally, &mut problems);
    let mut problems: Vec<Problem> =
        problems.into_iter().map(|problem| plan.pseudonyms.problem(problem)).collect();
    // These name transcripts, so they look at them as they are shown.
    let mut last = last_check::last_check(&corpus, &problems);
    last.extend(alike::near_identical(&corpus));
    problems.extend(last.into_iter().map(|problem| plan.pseudonyms.problem(problem)));
    problems.extend(plan.pseudonyms.warnings(&tally));
    problems.sort();
    problems.dedup();
    Reading { corpus, replacements, problems, unread_files: 0 }
}

/// The plan with everybody whom the study names as a label that readers may trust: interviewers, also as files name them where the
/// study lists their pseudonyms, and the labels of people.
fn with_names_as_written(plan: &ReadPlan) -> ReadPlan {
    let mut known = plan.clone();
    let listed = plan.interviewers.iter().chain(plan.speakers.values().flatten());
    let labels: BTreeSet<&str> = listed.flat_map(|entry| labels_in(entry)).collect();
    let written = plan.interviewers.iter().flat_map(|entry| labels_in(entry));
    let written = written.flat_map(|shown| plan.pseudonyms.names_shown_as(shown));
    known.interviewers = labels.into_iter().map(str::to_owned).chain(written).collect();
    known
}

/// Reads one file by `read`; what goes wrong is among its problems.
fn read_one(
    name: &str,
    read: impl FnOnce(&mut ProblemLog) -> Result<Vec<SourcedDraft>, ReadError>,
) -> (Vec<SourcedDraft>, Vec<Problem>) {
    let mut log = ProblemLog::new(name);
    if is_left_over(name) {
        log.note(
            codes::FILE_PASSED_OVER,
            None,
            "a program left this file here; it holds no transcript and was passed over",
            "",
        );
        return (Vec::new(), log.finish());
    }
    match read(&mut log) {
        Ok(found) => (found, log.finish()),
        Err(error) => {
            log.error(codes::FILE_UNREADABLE, None, error.to_string(), error.hint());
            (Vec::new(), log.finish())
        }
    }
}

fn try_read(
    file: &SourceFile,
    plan: &ReadPlan,
    log: &mut ProblemLog,
) -> Result<Vec<SourcedDraft>, ReadError> {
    let ending = ending_of(&file.name);
    if let Err(refusal) = check_ending(&ending) {
        // The first bytes of a file without an ending often tell which one it lost; a recording need not be looked into.
        let head = head_of(file).unwrap_or_default();
        return refuse_unknown(&ending, &head).and(Err(refusal));
    }
    let bytes = bytes_of(file, &ending)?;
    read_bytes(&bytes, &file.name, plan, log)
}

/// Reads a file's contents as its name's ending says.
fn read_bytes(
    bytes: &[u8],
    name: &str,
    plan: &ReadPlan,
    log: &mut ProblemLog,
) -> Result<Vec<SourcedDraft>, ReadError> {
    let ending = ending_of(name);
    refuse_unknown(&ending, bytes)?;
    check_content(bytes, &ending)?;
    check_lines(bytes, &ending)?;
    let Some(reader) = reader_for(&ending) else { return Ok(Vec::new()) };
    let source = Source {
        bytes,
        ending: &ending,
        stem: stem_of(name),
        roster: &plan.interviewers,
        tiers: &plan.tiers,
        split: &plan.split,
        questions: plan.questions,
    };
    let mut drafts = reader.read(&source, log)?;
    if ending != "qdpx" {
        cut_time_marks(&mut drafts, log);
    }
    drop_impossible_times(&mut drafts, log);
    drop_ends_before_starts(&mut drafts, log);
    let has_words = |turn: &format::DraftTurn| !clean(&turn.text).trim().is_empty();
    let found: Vec<SourcedDraft> = drafts
        .into_iter()
        .filter(|draft| draft.turns.iter().any(has_words))
        .map(|draft| SourcedDraft { source: name.to_owned(), format: reader.name(), draft })
        .collect();
    if found.is_empty() {
        return Err(ReadError::NoTurns);
    }
    Ok(found)
}

/// A time beyond a year is damage, and whoever computes with it would overflow.
fn drop_impossible_times(drafts: &mut [Draft], log: &mut ProblemLog) {
    const YEAR_MS: u64 = 366 * 86_400_000;
    let mut dropped = 0;
    for turn in drafts.iter_mut().flat_map(|draft| &mut draft.turns) {
        for time in [&mut turn.start_ms, &mut turn.end_ms] {
            if time.is_some_and(|ms| ms > YEAR_MS) {
                *time = None;
                dropped += 1;
            }
        }
    }
    if dropped > 0 {
        let times = counted(dropped, "time is", "times are");
        log.warning(
            codes::TIME_DOUBTFUL,
            None,
            format!("{times} more than a year from the start of the recording; left out"),
            "compare the times with the recording",
        );
    }
}

/// A turn that ends before it begins has an end that nobody can trust: the next one who reads it would compute a length from it.
fn drop_ends_before_starts(drafts: &mut [Draft], log: &mut ProblemLog) {
    let mut dropped = 0;
    for turn in drafts.iter_mut().flat_map(|draft| &mut draft.turns) {
        if turn.end_ms.is_some() && turn.end_ms < turn.start_ms {
            turn.end_ms = None;
            dropped += 1;
        }
    }
    if dropped > 0 {
        log.warning(
            codes::TIME_DOUBTFUL,
            None,
            format!("{} before the start; the end was left out", counted(dropped, "turn ends", "turns end")),
            "compare the times with the recording",
        );
    }
}
