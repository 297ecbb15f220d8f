//! `emic review import`: reads coded sheets, as spreadsheet programs leave them, and files that pages saved, and merges them into
//! `review/codes.csv`.
//!
//! People rename columns, add themes, sort rows, code half of a sheet. What is clear is used; what is not is a problem with file and row,
//! and never guessed. Sheets are only read.

mod coder;
mod columns;
mod merge;
mod notes;
mod page;
mod probabilities;
mod publish;
mod read_interviews;
mod replaced;
mod rows;
mod samples;
mod whole_interviews;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use transcripts::tables::{Row, Sheet, read_sheets};
use transcripts::text::counted;
use transcripts::{Problem, Severity};

use self::columns::{SheetColumns, find_themes, fixed_columns, heading_row, sample_cell};
use self::merge::merged;
use self::notes::notes_in;
use self::page::{FromPages, is_page_file, take_pages};
use self::probabilities::set_probabilities;
pub(crate) use self::publish::publish_together;
use self::read_interviews::with_rows_read;
use self::replaced::{Replaced, decided_again};
use self::rows::{CodedRow, Outcome, Refusal, RowWarning, SheetContext};
use self::samples::{Samples, read_samples};
pub(crate) use self::whole_interviews::with_whole_interviews;
use super::codes::{CodedAnswer, read_codes, write_codes};
use super::notes::{Note, read_notes, write_notes};
use super::sample::{numbers_in, write_page_sample};
use crate::results::{NoteKind, codes};
use crate::study::{CODES, NOTES, REVIEW};

/// Megabytes of a coded sheet at most.
const MAX_MB: u64 = 64;

/// What an import did.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// `codes.csv`, or where it would be.
    pub codes: PathBuf,
    /// Rows that were used: one for each segment and coder.
    pub rows: usize,
    /// For each sample and coder of these sheets: segments coded, and segments of the coder's sheet (0 for a coder who had none).
    pub coders: Vec<(u32, String, usize, usize)>,
    /// For each theme: segments that somebody gave it, and segments that were asked for it.
    pub themes: Vec<(String, usize, usize)>,
    /// For each coder of these pages' decisions about segments that were not drawn: segments, and decisions.
    pub decided: Vec<(String, usize, usize)>,
    /// Memos and other themes in these files.
    pub notes: usize,
    /// Quotes that these files mark for the paper.
    pub papers: usize,
    /// Earlier answers that the sheets changed.
    pub changed: usize,
    /// Earlier answers of these coders in these samples that the sheets do not have any more.
    pub withdrawn: usize,
    /// Everything not used, and warnings, in the order of the sheets.
    pub problems: Vec<Problem>,
}

/// Why nothing could be imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// No sample was drawn.
    #[error("{} holds no sample that a sheet could be of", out.display())]
    NoSample {
        /// The output folder.
        out: PathBuf,
        /// What is wrong with those that are there.
        problems: Vec<Problem>,
    },
    /// Earlier codes cannot be read, and would be lost.
    #[error(
        "{why}; nothing was imported, so that no earlier code is lost (mend the file, or move it away to begin anew)"
    )]
    Earlier {
        /// What is wrong.
        why: String,
    },
    /// Not one row.
    #[error("no row could be used; nothing was changed")]
    Nothing {
        /// Why, row for row.
        problems: Vec<Problem>,
    },
    /// The result cannot be written; the earlier file is unchanged.
    #[error("cannot write {}: {source} (if it is open in Excel or another program, close it there)", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Imports coded sheets and files that pages saved into `out/review/codes.csv`, and what else coders wrote into `out/review/notes.csv`.
///
/// `coder` is whose codes they are where a file does not say it. Earlier imports are kept; a coder's answers in a sample are replaced
/// as a whole by those of the sheets. The sample of a page is written beside the others when its first answers come back.
///
/// # Errors
/// [`ImportError`] when no row can be used, or a file of earlier imports cannot be read or replaced. Then nothing is changed.
pub fn import_sheets(out: &Path, sheets: &[PathBuf], coder: Option<&str>) -> Result<Imported, ImportError> {
    let review = out.join(REVIEW);
    let (mut samples, mut problems) = read_samples(&review);
    let (codes, notes) = (review.join(CODES), review.join(NOTES));
    let is_ours = |path: &Path| [&codes, &notes].into_iter().any(|ours| is_same_file(path, ours));
    let (pages, sheets): (Vec<PathBuf>, Vec<PathBuf>) =
        sheets.iter().cloned().partition(|path| !is_ours(path) && is_page_file(path));
    if samples.is_empty() && pages.is_empty() {
        return Err(ImportError::NoSample { out: out.to_owned(), problems });
    }
    let earlier = earlier_codes(&codes)?;
    let earlier_notes = read_notes(&notes).map_err(|why| ImportError::Earlier { why })?;
    let mut known = known_coders(&samples, &earlier);

    // A number that exists would overwrite somebody's sample.
    let numbers =
        numbers_in(&review).map_err(|source| ImportError::Write { path: review.clone(), source })?;
    let next = numbers.last().copied().unwrap_or(0).saturating_add(1);
    let context = page::Context { out, coder, next };
    let from_pages = take_pages(&pages, &context, &mut samples, &mut known, &mut problems);
    let FromPages { mut rows, decisions, notes: page_notes, pages, changed: samples_changed, added_to } =
        from_pages;
    let something_from_pages = !(rows.is_empty() && decisions.is_empty() && page_notes.is_empty());
    for path in &sheets {
        let name = path.display().to_string();
        if is_ours(path) {
            let problem =
                Problem::new(Severity::Error, name, "this is the file that an import writes, and no sheet")
                    .with_code(codes::ANSWER_DOUBTFUL);
            problems.push(problem.with_hint("name the sheets that coders filled in"));
            continue;
        }
        read_file(path, &name, coder, &samples, &known, &mut rows, &mut problems);
    }
    let (rows, contradictions) = merged(rows);
    let rows = with_rows_read(rows, &samples);
    problems.extend(contradictions);
    let done: Vec<&CodedRow> = rows.iter().filter(|row| !row.answers.is_empty()).collect();
    if done.is_empty() && !something_from_pages {
        return Err(ImportError::Nothing { problems });
    }
    let whole: Vec<&CodedRow> =
        done.iter().copied().filter(|row| !added_to.contains(&(row.sample, row.coder.clone()))).collect();
    problems.extend(gaps(&whole, &samples));

    let of_answers = Replaced::by(&done, &added_to, &pages, &samples);
    let mut fresh: Vec<CodedAnswer> = done.iter().flat_map(|row| answers_in(row, &samples)).collect();
    let themes = positives(&fresh);
    let decided = decided_by(&decisions);
    fresh.extend(decisions);
    let (changed, withdrawn) =
        changed_and_gone(earlier.iter().filter(|answer| of_answers.has_answer(answer)), &fresh);
    let again = decided_again(&fresh, &earlier);
    let stays = |answer: &&CodedAnswer| !of_answers.has_answer(answer) && !again.has(answer);
    let mut answers: Vec<CodedAnswer> = earlier.iter().filter(stays).cloned().collect();
    answers.extend(fresh);
    problems.extend(set_probabilities(&mut answers, &samples));
    sort(&mut answers, &samples);

    let of_notes = Replaced::by(&rows.iter().collect::<Vec<_>>(), &added_to, &pages, &samples);
    let fresh_notes: Vec<Note> =
        rows.iter().flat_map(|row| notes_in(row, &samples)).chain(page_notes).collect();
    let count = |kinds: &[NoteKind]| {
        fresh_notes.iter().filter(|note| kinds.iter().any(|kind| kind.as_str() == note.kind)).count()
    };
    let (noted, papers) = (count(&[NoteKind::Memo, NoteKind::OtherTheme]), count(&[NoteKind::Paper]));
    let mut all_notes: Vec<Note> =
        earlier_notes.into_iter().filter(|note| !of_notes.has_note(note)).collect();
    all_notes.extend(fresh_notes);

    let had_notes = notes.exists();
    publish_together(out, |review| {
        for sample in samples_changed.iter().filter_map(|number| samples.get(number)) {
            write_page_sample(review, &sample.record, &sample.rows)?;
        }
        let codes = review.join(CODES);
        write_codes(&codes, &answers).map_err(|source| (codes, source))?;
        if all_notes.is_empty() && !had_notes {
            return Ok(());
        }
        let notes = review.join(NOTES);
        write_notes(&notes, &mut all_notes).map_err(|source| (notes, source))
    })
    .map_err(|(path, source)| ImportError::Write { path, source })?;
    let owners: BTreeSet<(u32, &str)> = done.iter().map(|row| (row.sample, row.coder.as_str())).collect();
    let coders = owners.iter().map(|&(sample, coder)| coded_by(sample, coder, &done, &samples)).collect();
    let rows = done.len();
    Ok(Imported { codes, rows, coders, themes, decided, notes: noted, papers, changed, withdrawn, problems })
}

/// For each coder the segments that were decided on, and the decisions.
fn decided_by(decisions: &[CodedAnswer]) -> Vec<(String, usize, usize)> {
    let mut by_coder: BTreeMap<&str, (BTreeSet<&str>, usize)> = BTreeMap::new();
    for decision in decisions {
        let (segments, count) = by_coder.entry(&decision.coder).or_default();
        segments.insert(&decision.segment_id);
        *count += 1;
    }
    by_coder.into_iter().map(|(coder, (segments, count))| (coder.to_owned(), segments.len(), count)).collect()
}

fn earlier_codes(path: &Path) -> Result<Vec<CodedAnswer>, ImportError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let (answers, problems) = read_codes(path);
    match problems.iter().find(|problem| problem.severity == Severity::Error) {
        Some(problem) => Err(ImportError::Earlier { why: problem.to_string().replacen("error: ", "", 1) }),
        None => Ok(answers),
    }
}

/// Names as samples and earlier imports write them.
fn known_coders(samples: &Samples, earlier: &[CodedAnswer]) -> Vec<String> {
    let drawn = samples.values().flat_map(|sample| &sample.record.coders).map(|coder| coder.name.clone());
    let names: BTreeSet<String> = drawn.chain(earlier.iter().map(|answer| answer.coder.clone())).collect();
    names.into_iter().collect()
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Reads all coding sheets of a file.
fn read_file(
    path: &Path,
    name: &str,
    coder: Option<&str>,
    samples: &Samples,
    known: &[String],
    coded: &mut Vec<CodedRow>,
    problems: &mut Vec<Problem>,
) {
    let file = read_sheets(path, name, MAX_MB);
    if file.sheets.is_empty() {
        problems.extend(file.problems);
        return;
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let coder = coder
        .map(str::to_owned)
        .or_else(|| coder::by_file_name(&stem, samples))
        .or_else(|| coder::on_instructions(&file.sheets, "coder"))
        .or_else(|| only_coder(samples));
    let key = coder::on_instructions(&file.sheets, "sample");
    let mut found = false;
    for Sheet { name: sheet, rows } in &file.sheets {
        let Some(header_at) = heading_row(rows, samples) else { continue };
        let (Some(header), Some(body)) = (rows.get(header_at), rows.get(header_at + 1..)) else { continue };
        found = true;
        let mut columns = fixed_columns(header, body, samples);
        let number = sample_of(&columns, body, key.as_deref(), path, samples);
        let themes = samples.get(&number).map_or(&[][..], |sample| &sample.record.themes);
        find_themes(&mut columns, header, body, themes);
        let source = if sheet.is_empty() { name.to_owned() } else { format!("{name} [{sheet}]") };
        problems.extend(columns.notes.iter().map(|note| {
            Problem::new(Severity::Note, source.as_str(), note.as_str()).with_code(codes::ANSWER_DOUBTFUL)
        }));
        let context = SheetContext {
            file: &source,
            columns: &columns,
            samples,
            sample: number,
            coder: coder.as_deref(),
            known_coders: known,
        };
        read_rows(&context, body, coded, problems);
    }
    if found {
        problems.extend(file.problems);
    } else {
        let problem =
            Problem::new(Severity::Error, name, "this is no coding sheet: no row names its columns")
                .with_code(codes::ANSWER_DOUBTFUL);
        problems.push(
            problem.with_hint("keep the headings `segment_id` and `text`, and the themes, above the rows"),
        );
    }
}

/// The coder of all samples, if there is only one.
fn only_coder(samples: &Samples) -> Option<String> {
    let names: BTreeSet<&String> =
        samples.values().flat_map(|sample| sample.record.coders.iter().map(|coder| &coder.name)).collect();
    names.first().filter(|_| names.len() == 1).map(|name| (*name).clone())
}

/// The sample that most rows say they are of; else the one that the first sheet names, in whose folder the file lies, or that drew most
/// of the segments.
fn sample_of(columns: &SheetColumns, rows: &[Row], key: Option<&str>, path: &Path, samples: &Samples) -> u32 {
    let with_key = |key: &str| {
        let is_it = |(_, sample): &(&u32, &samples::Sample)| sample.record.key.eq_ignore_ascii_case(key);
        samples.iter().find(is_it).map(|(number, _)| *number)
    };
    let mut rows_by_sample: BTreeMap<u32, usize> = BTreeMap::new();
    for row in rows {
        if let Some(number) = with_key(sample_cell(columns, row)) {
            *rows_by_sample.entry(number).or_default() += 1;
        }
    }
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    let in_folder =
        || folder?.strip_prefix("sample-")?.parse().ok().filter(|number| samples.contains_key(number));
    let by_ids = || {
        let drawn = |sample: &samples::Sample| {
            rows.iter().filter(|row| sample.is_drawn(columns.cell(row, super::sample::sheet::ID))).count()
        };
        samples.iter().max_by_key(|(number, sample)| (drawn(sample), **number)).map(|(number, _)| *number)
    };
    let most = rows_by_sample.into_iter().max_by_key(|(_, rows)| *rows).map(|(number, _)| number);
    most.or_else(|| key.and_then(with_key)).or_else(in_folder).or_else(by_ids).unwrap_or(0)
}

/// Reads the rows below the headings; those with the same fault make one problem.
fn read_rows(
    context: &SheetContext<'_>,
    rows: &[Row],
    coded: &mut Vec<CodedRow>,
    problems: &mut Vec<Problem>,
) {
    let mut refused: BTreeMap<Refusal, Vec<u64>> = BTreeMap::new();
    let mut warnings: BTreeMap<RowWarning, Vec<u64>> = BTreeMap::new();
    for row in rows {
        let number = row.number as u64;
        let (outcome, warning) = context.read(row);
        match outcome {
            Outcome::Coded(row) => coded.push(row),
            Outcome::NotDone => continue,
            Outcome::Refused(refusal) => refused.entry(refusal).or_default().push(number),
        }
        if let Some(warning) = warning {
            warnings.entry(warning).or_default().push(number);
        }
    }
    let mut of_sheet: Vec<Problem> = Vec::new();
    for (Refusal { reason, hint, code }, numbers) in refused {
        let problem = about_rows(Severity::Error, context.file, &numbers, "left out", &reason, hint);
        of_sheet.push(problem.with_code(code));
    }
    for (warning, numbers) in warnings {
        of_sheet.push(match warning {
            RowWarning::TextChanged => about_rows(
                Severity::Warning,
                context.file,
                &numbers,
                "used",
                "the text was changed since the sheet was made",
                "see that the codes are about what people said",
            ),
            RowWarning::FoundByText => about_rows(
                Severity::Note,
                context.file,
                &numbers,
                "used",
                "the id is not known, and the segment was found by its text",
                "",
            ),
        });
    }
    of_sheet.sort_by_key(|problem| problem.line);
    problems.extend(of_sheet);
}

/// A problem that names all its rows.
fn about_rows(severity: Severity, file: &str, rows: &[u64], done: &str, reason: &str, hint: &str) -> Problem {
    let message = match rows {
        [_] => format!("this row was {done}: {reason}"),
        rows => {
            format!("{} {done} ({}): {reason}", counted(rows.len(), "row was", "rows were"), ranges(rows))
        }
    };
    Problem {
        line: rows.first().copied(),
        ..Problem::new(severity, file, message).with_code(codes::ANSWER_DOUBTFUL).with_hint(hint)
    }
}

/// `2–4, 9` for 2, 3, 4 and 9.
fn ranges(numbers: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let shown = |&(first, last): &(u64, u64)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    ranges.iter().map(shown).collect::<Vec<String>>().join(", ")
}

/// A warning for each coder who left out rows above the last one done: the rows done may then not be a random part of the sheet.
fn gaps(done: &[&CodedRow], samples: &Samples) -> Vec<Problem> {
    let mut by_coder: BTreeMap<(u32, &str), BTreeSet<usize>> = BTreeMap::new();
    for row in done {
        by_coder.entry((row.sample, &row.coder)).or_default().insert(row.segment);
    }
    let mut problems = Vec::new();
    for ((number, coder), segments) in by_coder {
        // Whoever has found all themes of an interview goes on with the next.
        let Some(sample) = samples.get(&number).filter(|sample| !sample.draws_interviews()) else { continue };
        let row_of = |segment: usize| {
            let coders = sample.rows.get(segment).map(|row| &row.coders);
            coders?.iter().find(|(name, _)| name == coder).map(|(_, row)| *row)
        };
        let last = segments.iter().filter_map(|&segment| row_of(segment)).max().unwrap_or(0);
        let above = (0..sample.rows.len()).filter(|&segment| row_of(segment).is_some_and(|row| row < last));
        let skipped = above.filter(|segment| !segments.contains(segment)).count();
        // One or two are slips.
        if skipped > 2 && skipped * 20 > segments.len() {
            let rows = counted(skipped, "row", "rows");
            let message = format!("{coder} left out {rows} above the last one that is done");
            let hint = "if these were the hard ones, the sample is no longer fair; have them coded, with ? where nobody can tell";
            problems.push(
                Problem::new(Severity::Warning, format!("review/sample-{number}"), message)
                    .with_code(codes::ANSWER_DOUBTFUL)
                    .with_hint(hint),
            );
        }
    }
    problems
}

/// The answers in a row; their probabilities are set when all are together.
fn answers_in(row: &CodedRow, samples: &Samples) -> Vec<CodedAnswer> {
    let Some(segment) = samples.get(&row.sample).and_then(|sample| sample.rows.get(row.segment)) else {
        return Vec::new();
    };
    let answer = |(theme, applies): &(String, Option<bool>)| {
        Some(CodedAnswer {
            sample: row.sample,
            of_interviews: samples.get(&row.sample).is_some_and(samples::Sample::draws_interviews),
            page: String::new(),
            segment_id: segment.segment_id.clone(),
            transcript_id: segment.transcript_id.clone(),
            span: segment.span,
            text_digest: segment.text_digest.clone(),
            probability: Some(segment.probability),
            coder: row.coder.clone(),
            theme: theme.clone(),
            applies: (*applies)?,
        })
    };
    row.answers.iter().filter_map(answer).collect()
}

/// How many of the earlier answers have changed, and how many are gone.
fn changed_and_gone<'a>(
    earlier: impl Iterator<Item = &'a CodedAnswer>,
    fresh: &[CodedAnswer],
) -> (usize, usize) {
    type Key<'a> = (u32, &'a str, &'a str, &'a str);
    fn key(answer: &CodedAnswer) -> Key<'_> {
        (answer.sample, &answer.segment_id, &answer.coder, &answer.theme)
    }
    let now: BTreeMap<Key<'_>, bool> = fresh.iter().map(|answer| (key(answer), answer.applies)).collect();
    let (mut changed, mut gone) = (0, 0);
    for answer in earlier {
        match now.get(&key(answer)) {
            Some(applies) => changed += usize::from(*applies != answer.applies),
            None => gone += 1,
        }
    }
    (changed, gone)
}

/// By sample, segment in the order of the draw, coder, and theme in the order of the sheet.
fn sort(answers: &mut [CodedAnswer], samples: &Samples) {
    answers.sort_by_cached_key(|answer| {
        let sample = samples.get(&answer.sample);
        let segment = sample.and_then(|sample| sample.with_id(&answer.segment_id)).unwrap_or(usize::MAX);
        let themes = sample.map_or(&[][..], |sample| &sample.record.themes);
        let theme = themes.iter().position(|theme| *theme == answer.theme).unwrap_or(usize::MAX);
        (answer.sample, segment, answer.segment_id.clone(), answer.coder.clone(), theme, answer.theme.clone())
    });
}

fn coded_by(sample: u32, coder: &str, done: &[&CodedRow], samples: &Samples) -> (u32, String, usize, usize) {
    let coded = done.iter().filter(|row| row.sample == sample && row.coder == coder).count();
    let coders = samples.get(&sample).map_or(&[][..], |sample| &sample.record.coders);
    let all = coders.iter().find(|known| known.name == coder).map_or(0, |known| known.segments as usize);
    (sample, coder.to_owned(), coded, all)
}

/// For each theme, in the order of the answers: segments with a yes of anybody, and segments with an answer.
fn positives(fresh: &[CodedAnswer]) -> Vec<(String, usize, usize)> {
    let mut order: Vec<&str> = Vec::new();
    let mut asked: BTreeMap<&str, BTreeMap<(u32, &str), bool>> = BTreeMap::new();
    for answer in fresh {
        if !asked.contains_key(answer.theme.as_str()) {
            order.push(&answer.theme);
        }
        let segments = asked.entry(&answer.theme).or_default();
        *segments.entry((answer.sample, &answer.segment_id)).or_default() |= answer.applies;
    }
    let counted = |theme: &&str| {
        let segments = asked.get(theme);
        let with = segments.map_or(0, |segments| segments.values().filter(|applies| **applies).count());
        ((*theme).to_owned(), with, segments.map_or(0, BTreeMap::len))
    };
    order.iter().map(counted).collect()
}

#[cfg(test)]
mod tests;
