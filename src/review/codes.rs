//! `review/codes.csv`: human codes, a row for each segment, coder and theme, and how a run reads them.
//!
//! The file outlives runs. A row therefore has the segment's span and a digest of its words beside its id: when segments are cut anew,
//! codes of segments with the same text are found again, and the others are problems.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use transcripts::tables::{Row, read_sheets};
use transcripts::text::counted;
use transcripts::{CharSpan, Problem, Severity, Transcript};

use super::answer_words::{Answer, answer};
use super::read_interviews::Reading;
use super::rows::write_rows;
use super::segment_finder::{Lost, SegmentFinder};
use crate::results::{
    Coding, Codings, Segment, SegmentIndex, ThemeIndex, TranscriptIndex, UnsampledDecision, codes,
};
use crate::table::{Digest, unguarded};

/// The file's columns, in order.
const COLUMNS: [&str; 10] = [
    "sample",
    "segment_id",
    "transcript_id",
    "char_start",
    "char_end",
    "text_digest",
    "probability",
    "coder",
    "theme",
    "applies",
];
/// Megabytes of the file at most: some two million answers.
const MAX_MB: u64 = 256;
/// Rows with the same fault that are listed; the others are counted.
const MAX_LISTED: usize = 20;

/// Instead of a sample's number: whole interviews, coded in another program.
pub const WHOLE_INTERVIEWS: u32 = 0;
/// Instead of a sample's number: segments that somebody found on a page, by their labels or by searching.
pub const NOT_DRAWN: u32 = u32::MAX;
/// How the file writes [`NOT_DRAWN`], before the page's run.
const PAGE: &str = "page";
/// What it writes before the number of a sample of whole interviews.
const INTERVIEWS: &str = "interviews";

/// One answer of one coder: whether a theme applies to a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedAnswer {
    /// Number of the sample that the segment was drawn in, from 1, or [`WHOLE_INTERVIEWS`], or [`NOT_DRAWN`].
    pub sample: u32,
    /// Whether that sample drew whole interviews, which are read until a theme is found. Such answers tell whether a theme is in an
    /// interview, and are no random sample of segments.
    pub of_interviews: bool,
    /// For what was not drawn the run whose page it was decided on; empty otherwise.
    pub page: String,
    /// The segment's id in the run that the sample was drawn from.
    pub segment_id: String,
    /// Its transcript.
    pub transcript_id: String,
    /// Its span in the transcript's reading text.
    pub span: CharSpan,
    /// Digest of its text; see [`text_digest`].
    pub text_digest: String,
    /// Probability with which the segment was sampled, above 0 to 1; none where it was not sampled.
    pub probability: Option<f64>,
    /// Who answered.
    pub coder: String,
    /// What was asked for, by name.
    pub theme: String,
    /// The answer.
    pub applies: bool,
}

/// The first 16 hexadecimal digits of a text's BLAKE3.
///
/// ```
/// assert_eq!(emic::review::text_digest("Sixty families.").len(), 16);
/// ```
pub fn text_digest(text: &str) -> String {
    let mut digest = blake3::hash(text.as_bytes()).to_hex().to_string();
    digest.truncate(16);
    digest
}

/// Replaces the file at `path` by all answers, in their order.
///
/// # Errors
/// When the file cannot be written; an earlier one is then unchanged.
pub fn write_codes(path: &Path, answers: &[CodedAnswer]) -> io::Result<Digest> {
    let row = |answer: &CodedAnswer| {
        vec![
            if answer.of_interviews {
                format!("{INTERVIEWS} {}", answer.sample)
            } else {
                sample_cell(answer.sample, &answer.page)
            },
            answer.segment_id.clone(),
            answer.transcript_id.clone(),
            answer.span.start.to_string(),
            answer.span.end.to_string(),
            answer.text_digest.clone(),
            answer.probability.map(|chance| chance.to_string()).unwrap_or_default(),
            answer.coder.clone(),
            answer.theme.clone(),
            u8::from(answer.applies).to_string(),
        ]
    };
    write_rows(path, &COLUMNS, answers.iter().map(row))
}

/// The cell of the column `sample`.
pub(super) fn sample_cell(sample: u32, page: &str) -> String {
    if sample == NOT_DRAWN { format!("{PAGE} {page}") } else { sample.to_string() }
}

/// The run of the page that a cell of the column `sample` names; empty for a sample.
pub(super) fn page_in(cell: &str) -> String {
    sample_in(cell.trim()).map(|(_, page)| page).unwrap_or_default()
}

/// The number by which rows of a sample are put in order.
pub(super) fn sample_number(cell: &str) -> u32 {
    sample_in(cell.trim()).map_or(0, |(number, _)| number)
}

/// The number of a sample and, for what was not drawn, the run of the page.
fn sample_in(cell: &str) -> Option<(u32, String)> {
    let cell = cell.strip_prefix(INTERVIEWS).map_or(cell, str::trim);
    match cell.strip_prefix(PAGE) {
        Some(run) => Some((NOT_DRAWN, run.trim().to_owned())),
        None => cell.parse().ok().filter(|number| *number != NOT_DRAWN).map(|number| (number, String::new())),
    }
}

/// Reads the answers, in the order of the file. Rows that cannot be read are left out and are problems.
///
/// The file may have been edited in a spreadsheet: other separators, encodings, columns in another order and further columns are
/// understood. A file that is not there, or lacks a column, gives a problem and no answers.
pub fn read_codes(path: &Path) -> (Vec<CodedAnswer>, Vec<Problem>) {
    let name = shown(path);
    let file = read_sheets(path, &name, MAX_MB);
    let mut problems = file.problems;
    let mut rows = file.sheets.into_iter().flat_map(|sheet| sheet.rows);
    let Some(header) = rows.next() else { return (Vec::new(), problems) };
    let mut columns = [0; COLUMNS.len()];
    for (at, column) in columns.iter_mut().zip(COLUMNS) {
        let is_it = |cell: &String| cell.trim().eq_ignore_ascii_case(column);
        let Some((&found, _)) = header.cells.iter().find(|(_, cell)| is_it(cell)) else {
            let problem = Problem::new(Severity::Error, name, format!("there is no column `{column}`"))
                .with_code(codes::CODING_UNMATCHED);
            problems.push(problem.with_hint("import the coded sheets again; that writes the file anew"));
            return (Vec::new(), problems);
        };
        *at = found;
    }
    let mut answers = Vec::new();
    let mut faults: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        match answer_in(&row, &columns) {
            Ok(answer) => answers.push(answer),
            Err(column) => {
                let message = format!("the row was left out: its `{column}` cannot be read");
                let seen = faults.entry(message.clone()).or_default();
                *seen += 1;
                if *seen <= MAX_LISTED {
                    let problem = Problem::new(Severity::Error, name.as_str(), message)
                        .with_code(codes::CODING_UNMATCHED)
                        .at_line(row.number as u64);
                    problems.push(problem.with_hint("import the coded sheet again"));
                }
            }
        }
    }
    for (message, seen) in faults.into_iter().filter(|(_, seen)| *seen > MAX_LISTED) {
        let more = format!("{message} (in {})", counted(seen - MAX_LISTED, "more row", "more rows"));
        problems.push(Problem::new(Severity::Error, name.as_str(), more).with_code(codes::CODING_UNMATCHED));
    }
    (answers, problems)
}

/// The file with its folder, as problems show it.
fn shown(path: &Path) -> String {
    let part = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    let parts = [part(path.parent().and_then(Path::file_name)), part(path.file_name())];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// The answer in a row, or the column that cannot be understood.
fn answer_in(row: &Row, columns: &[u32; COLUMNS.len()]) -> Result<CodedAnswer, &'static str> {
    let [sample, segment, transcript, start, end, digest, probability, coder, theme, applies] = *columns;
    let cell = |column: u32| row.cells.get(&column).map_or("", |cell| unguarded(cell));
    let text = |column: u32, name| Some(cell(column).to_owned()).filter(|text| !text.is_empty()).ok_or(name);
    let number = |column: u32, name| cell(column).trim().parse::<usize>().map_err(|_| name);
    let span = CharSpan { start: number(start, "char_start")?, end: number(end, "char_end")? };
    let (number, page) = sample_in(cell(sample).trim()).ok_or("sample")?;
    let chance =
        cell(probability).trim().parse::<f64>().ok().filter(|chance| *chance > 0.0 && *chance <= 1.0);
    Ok(CodedAnswer {
        sample: number,
        of_interviews: cell(sample).trim().starts_with(INTERVIEWS),
        page,
        segment_id: text(segment, "segment_id")?,
        transcript_id: text(transcript, "transcript_id")?,
        span,
        text_digest: text(digest, "text_digest")?.trim().to_lowercase(),
        probability: if number == NOT_DRAWN { None } else { Some(chance.ok_or("probability")?) },
        coder: text(coder, "coder")?,
        theme: text(theme, "theme")?,
        applies: match answer(cell(applies)) {
            Some(Answer::Yes) => true,
            Some(Answer::No) => false,
            _ => return Err("applies"),
        },
    })
}

/// Finds the segments and themes of a run that the answers are about; `themes` are the names of its themes, in order.
///
/// A segment is found by its transcript, span and text; one that moved, by its text alone where that occurs once in the transcript. A
/// theme is found by its name, exactly or else without regard to case. Where a coder answered a segment in several samples, the latest
/// sample counts. What cannot be found, and contradictory answers within a sample, are problems. Answers about segments that were not
/// drawn are a separate list.
pub fn codings<'a>(
    answers: &'a [CodedAnswer],
    segments: &[Segment],
    transcripts: &'a [Transcript],
    themes: &[&str],
) -> (Codings, Vec<Problem>) {
    let finder = SegmentFinder::of(segments, transcripts);
    let names = ThemeNames::of(themes);
    let mut lost: BTreeMap<Lost, BTreeSet<(&str, usize, &str)>> = BTreeMap::new();
    let mut moved: BTreeSet<SegmentIndex> = BTreeSet::new();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut coders: BTreeSet<&str> = BTreeSet::new();
    // By segment, coder and theme: the latest sample, and what was said in it.
    let mut said: BTreeMap<(SegmentIndex, &str, ThemeIndex), (u32, BTreeSet<bool>)> = BTreeMap::new();
    let mut chances: BTreeMap<(SegmentIndex, &str), f64> = BTreeMap::new();
    let mut reading = Reading::default();
    let mut drawn_whole: BTreeSet<TranscriptIndex> = BTreeSet::new();
    let mut decided: BTreeMap<(SegmentIndex, &str, ThemeIndex), BTreeSet<bool>> = BTreeMap::new();
    for answer in answers {
        let key = (answer.transcript_id.as_str(), answer.span, answer.text_digest.as_str());
        let (segment, stayed) = match finder.find(key) {
            Ok(found) => found,
            Err(why) => {
                let key = (answer.transcript_id.as_str(), answer.span.start, answer.text_digest.as_str());
                lost.entry(why).or_default().insert(key);
                continue;
            }
        };
        if !stayed {
            moved.insert(segment);
        }
        let Some(theme) = names.find(&answer.theme) else {
            *unknown.entry(&answer.theme).or_default() += 1;
            continue;
        };
        coders.insert(&answer.coder);
        let Some(probability) = answer.probability else {
            decided.entry((segment, &answer.coder, theme)).or_default().insert(answer.applies);
            continue;
        };
        if let Some(transcript) = segment.of(segments).map(|segment| segment.passage.transcript)
            && (answer.of_interviews || answer.sample == WHOLE_INTERVIEWS)
        {
            reading.add(transcript, segment, answer.applies, (&answer.coder, theme), probability);
            if answer.of_interviews {
                continue;
            }
            drawn_whole.insert(transcript);
        }
        let (latest, given) = said.entry((segment, &answer.coder, theme)).or_default();
        if answer.sample > *latest {
            given.clear();
            *latest = answer.sample;
        }
        if answer.sample == *latest {
            given.insert(answer.applies);
        }
        let chance = chances.entry((segment, &answer.coder)).or_default();
        *chance = chance.max(probability);
    }
    let mut contradictions = 0;
    let mut rows_of =
        |said: &mut dyn Iterator<Item = ((SegmentIndex, &'a str, ThemeIndex), BTreeSet<bool>)>| {
            let mut rows: BTreeMap<(SegmentIndex, &'a str), Vec<Option<bool>>> = BTreeMap::new();
            for ((segment, coder, theme), given) in said {
                let themes = rows.entry((segment, coder)).or_insert_with(|| vec![None; themes.len()]);
                match (given.len(), theme.of_mut(themes)) {
                    (1, Some(cell)) => *cell = given.first().copied(),
                    _ => contradictions += 1,
                }
            }
            rows.retain(|_, themes| themes.iter().any(Option::is_some));
            rows
        };
    let rows = rows_of(&mut said.into_iter().map(|(of, (_, given))| (of, given)));
    let unsampled = rows_of(&mut decided.into_iter());
    let coders: Vec<String> = coders.into_iter().map(str::to_owned).collect();
    let index_of = |coder: &str| coders.binary_search_by(|name| name.as_str().cmp(coder)).ok();
    let coding = |((segment, coder), themes): ((SegmentIndex, &str), Vec<Option<bool>>)| {
        let probability = chances.get(&(segment, coder)).copied()?;
        Some(Coding { segment, coder: index_of(coder)?, probability, themes })
    };
    let decision = |((segment, coder), themes): ((SegmentIndex, &str), Vec<Option<bool>>)| {
        Some(UnsampledDecision { segment, coder: index_of(coder)?, themes })
    };
    let rows = rows.into_iter().filter_map(coding).collect();
    let unsampled = unsampled.into_iter().filter_map(decision).collect();
    let drawn_whole = drawn_whole.into_iter().collect();
    let read = reading.interviews(segments, themes.len());
    (
        Codings { coders, rows, unsampled, drawn_whole, read },
        warnings(&lost, moved.len(), &unknown, contradictions),
    )
}

/// Problems of what could not be used, one for each reason.
fn warnings(
    lost: &BTreeMap<Lost, BTreeSet<(&str, usize, &str)>>,
    moved: usize,
    unknown: &BTreeMap<&str, usize>,
    contradictions: usize,
) -> Vec<Problem> {
    const SOURCE: &str = "review/codes.csv";
    let segments = |count: usize| counted(count, "coded segment is", "coded segments are");
    let mut problems = Vec::new();
    for (why, keys) in lost {
        let message = format!("{} left out: {}", segments(keys.len()), why.message());
        problems.push(
            Problem::new(Severity::Error, SOURCE, message)
                .with_code(codes::CODING_UNMATCHED)
                .with_hint(why.hint()),
        );
    }
    if moved > 0 {
        let message = format!("{} at another place than when coded, and found by the text", segments(moved));
        problems.push(Problem::new(Severity::Note, SOURCE, message).with_code(codes::CODING_UNMATCHED));
    }
    if !unknown.is_empty() {
        let named =
            |(theme, count): (&&str, &usize)| format!("`{theme}` ({})", counted(*count, "answer", "answers"));
        let names: Vec<String> = unknown.iter().map(named).collect();
        let message =
            format!("themes that people coded and this run does not have are left out: {}", names.join(", "));
        let hint = "to use these codes, add the themes to the codebook under the same names";
        problems.push(
            Problem::new(Severity::Note, SOURCE, message).with_code(codes::CODING_UNMATCHED).with_hint(hint),
        );
    }
    if contradictions > 0 {
        let answers = counted(contradictions, "answer is", "answers are");
        let message = format!("{answers} left out, because the file says both yes and no");
        let hint = "a coder answers a segment once in a sample; import the right sheet again";
        problems.push(
            Problem::new(Severity::Error, SOURCE, message).with_code(codes::CODING_UNMATCHED).with_hint(hint),
        );
    }
    problems
}

/// The themes of a run by name.
struct ThemeNames<'a> {
    exact: BTreeMap<&'a str, ThemeIndex>,
    folded: BTreeMap<String, ThemeIndex>,
}

impl<'a> ThemeNames<'a> {
    fn of(themes: &[&'a str]) -> Self {
        let exact = themes.iter().enumerate().map(|(index, theme)| (*theme, index.into())).collect();
        let folded =
            themes.iter().enumerate().rev().map(|(index, theme)| (folded(theme), index.into())).collect();
        Self { exact, folded }
    }

    fn find(&self, name: &str) -> Option<ThemeIndex> {
        self.exact.get(name).or_else(|| self.folded.get(&folded(name))).copied()
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
pub(super) mod tests;
