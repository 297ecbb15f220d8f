//! `emic review sample`: blind coding sheets of segments that are drawn with known probabilities from a finished run.
//!
//! The probability of every segment of the run is kept, drawn or not, so that codes can correct the machine's numbers without bias,
//! however much the sample leans towards what the machine is unsure of. A part of the sample is always uniform, so that segments without
//! any label can be drawn too.

mod coders;
pub(super) mod design;
mod interviews;
mod next;
mod order;
mod page;
pub(super) mod sheet;
mod surroundings;
mod uncertainty;
mod workbook;
mod written;

use std::io;
use std::path::{Path, PathBuf};

use interview_stats::Count;
use interview_stats::sampling::{
    ThemeVariation, expected_width, intraclass_correlation, mixed_sizes, sample_size,
};
use rust_xlsxwriter::XlsxError;
use same_bits::random_stream;
use transcripts::Corpus;
use transcripts::text::counted;

pub(super) use self::coders::{file_part, named};
use self::design::{DesignRow, SampleSettings, words_digest};
use self::next::KnownSegments;
use self::order::in_order;
pub(super) use self::page::PageDraw;
pub use self::page::{PageSample, page_sample, page_sample_again};
use self::sheet::{CodingSheet, SheetRow, ThemeEntry};
pub(super) use self::written::{folder_of, numbers_in, write_page_sample};
use super::text_digest;
use crate::record::{Manifest, OpenError, OpenedRun, open_run};
use crate::results::{Codebook, Segment, SegmentIndex, Theme, ThemeKind};
use crate::table::{FinishedRun, within_cell};

/// Segments that are drawn by default.
pub const DEFAULT_SEGMENTS: usize = 100;
/// The most segments of a sample: more than anybody codes by hand.
const MAX_SEGMENTS: usize = 10_000;
/// The largest share of a sample that is drawn by uncertainty: with more, segments that the machine is sure of would hardly ever be drawn,
/// and each of them would have the weight of hundreds.
pub const MAX_UNCERTAIN: f64 = 0.9;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRequest {
    /// How many segments.
    pub size: SampleSize,
    /// Names of the coders; none for one coder without a name.
    pub coders: Vec<String>,
    /// Share of the segments that all coders code, 0 to 1; the others are divided among them.
    pub both: f64,
    /// Share of the sample that is drawn by uncertainty, 0 to [`MAX_UNCERTAIN`]; the rest is uniform.
    pub uncertain: f64,
    /// Whether emergent themes are asked for too.
    pub all_themes: bool,
    /// Seed of the draw; that of the study when there is none.
    pub seed: Option<u64>,
    /// Whether what people coded so far is left out, and the draw leans towards what would teach the program most.
    pub next: bool,
}

/// How many segments are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SampleSize {
    /// This many, or all if there are fewer.
    Segments(usize),
    /// As many as it takes so that the 95 % interval of no theme's share of segments is wider than this, above 0 to 1.
    Width(f64),
    /// All segments of this many interviews, to be read until a theme is found or the interview ends.
    Interviews(usize),
}

/// What the interval of a theme's share depends on, and how wide it will be.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeSpread {
    /// The theme.
    pub theme: String,
    /// Share of segments that carry it, by the machine's labels, and how alike segments of one interview are.
    pub variation: ThemeVariation,
    /// Expected width of the 95 % interval with the sample that is drawn, 0 to 1.
    pub width: f64,
}

/// A sample that was written to its folder.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleDrawn {
    /// Number of the sample, from 1.
    pub number: u32,
    /// Its folder.
    pub folder: PathBuf,
    /// Segments drawn.
    pub segments: usize,
    /// Segments of the run.
    pub of: usize,
    /// Each coder with the rows of the sheet and the name of the workbook.
    pub coders: Vec<(String, usize, String)>,
    /// The intervals to expect, for the themes that the size was computed for.
    pub spreads: Vec<ThemeSpread>,
}

/// Why no sample could be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SampleError {
    /// There is no finished run, or its tables cannot be read.
    #[error(transparent)]
    Run(#[from] OpenError),
    /// Nothing to draw from.
    #[error("the run has no coded segments, so there is nothing to draw from")]
    NoSegments,
    /// Nothing to ask for.
    #[error("the run has no themes to ask for")]
    NoThemes,
    /// Nothing was coded yet, so that nothing follows.
    #[error(
        "nobody has coded a segment of this run yet, so there is no next sample (draw a first one without --next, import its \
         sheets, and run the study again)"
    )]
    NothingCoded,
    /// Everything was coded.
    #[error("all segments of the run are coded, so there is nothing left to draw")]
    AllCoded,
    /// A coder's name.
    #[error("the coder `{name}` {reason}")]
    Coder {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A share or a number out of its range.
    #[error("{what} must be {range}, not {given}")]
    Range {
        /// What was given.
        what: &'static str,
        /// What it may be.
        range: &'static str,
        /// What it was.
        given: f64,
    },
    /// Not even all segments would do.
    #[error(
        "intervals of at most {wanted} cannot be had: with all {all} coded, that of `{theme}` would still be {narrowest:.2} \
         wide, because people differ and there are {interviews} of them",
        all = counted(*.segments, "segment", "segments")
    )]
    TooNarrow {
        /// The width that was asked for.
        wanted: f64,
        /// Segments of the run.
        segments: usize,
        /// The theme with the widest interval.
        theme: String,
        /// Its width.
        narrowest: f64,
        /// Interviews with segments.
        interviews: usize,
    },
    /// A file.
    #[error("cannot write {}: {source} (see that the disk has room and the folder may be written to)", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A workbook.
    #[error("cannot write {}: {source} (see that the disk has room and the folder may be written to)", path.display())]
    Workbook {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: XlsxError,
    },
}

/// Draws a sample from the finished run in the folder `out` and writes it to `out/review/sample-N`, with the next free number: a sheet a
/// coder, the probability of each segment, and a record of the settings.
///
/// The sample depends on the run, the request and the number of the sample alone.
///
/// # Errors
/// [`SampleError`] when there is no finished run, when the request cannot be met, or when a file cannot be written. Then there is
/// no folder `sample-N`.
pub fn draw_sample(out: &Path, request: &SampleRequest) -> Result<SampleDrawn, SampleError> {
    check_ranges(request)?;
    let coders = named(&request.coders)?;
    let OpenedRun { manifest, run, codebook } = open_run(out)?;
    if run.segments.is_empty() {
        return Err(SampleError::NoSegments);
    }
    let themes = themes_on_sheet(&run, &codebook, request.all_themes);
    if themes.is_empty() {
        return Err(SampleError::NoThemes);
    }

    let groups = groups_of(&manifest);
    let order = in_order(&run.corpus, &run.segments, &by_name(&groups));
    let sizes = sizes_of(out, &run, &order, request)?;
    let (count, spreads) = sized(&run, &themes, &sizes, request.size)?;

    let seed = request.seed.unwrap_or(manifest.study.seed);
    let (number, next) = written::next_sample(out)?;
    let name = format!("review sample {number}");
    let mut stream = random_stream(seed, &name);
    let of_coders = random_stream(seed, &format!("{name} coders"));
    let (chances, drawn, shared) = match request.size {
        SampleSize::Interviews(interviews) => {
            let (chances, drawn) =
                interviews::drawn_interviews(&run.segments, &order, interviews, &mut stream);
            let shared = coders::shared_out(drawn.len(), coders.len(), 1.0, &mut { of_coders });
            (chances, drawn, shared)
        }
        SampleSize::Segments(_) | SampleSize::Width(_) => {
            let chances = next::probabilities(&sizes, count);
            let drawn = next::drawn(&sizes, &chances, &mut stream);
            let shared = coders::shared_out(drawn.len(), coders.len(), request.both, &mut { of_coders });
            (chances, drawn, shared)
        }
    };

    let mut rows: Vec<DesignRow> = design_rows(&run.corpus, &run.segments, &order, &chances);
    let settings = SampleSettings {
        seed,
        width: match request.size {
            SampleSize::Width(width) => Some(width),
            SampleSize::Segments(_) | SampleSize::Interviews(_) => None,
        },
        interviews: match request.size {
            SampleSize::Interviews(count) => Some(count as u64),
            SampleSize::Segments(_) | SampleSize::Width(_) => None,
        },
        uncertain: request.uncertain,
        both: request.both,
        groups,
        next: request.next,
    };
    let digest = run_digest(&rows);
    let key = key_of(number, &digest, &settings, count, &coders);
    let mut sheets = Vec::with_capacity(coders.len());
    for (coder_at, (coder, file)) in coders.iter().enumerate() {
        let theirs: Vec<usize> = (0..drawn.len())
            .filter(|index| shared[*index].contains(&coder_at))
            .map(|index| drawn[index])
            .collect();
        let order_of_rows = if settings.interviews.is_some() {
            (0..theirs.len()).collect()
        } else {
            coders::shuffled(theirs.len(), &mut random_stream(seed, &format!("{name} rows of {coder}")))
        };
        let mut sheet = CodingSheet {
            study: manifest.study.title.clone(),
            coder: coder.clone(),
            key: key.clone(),
            themes: themes.clone(),
            rows: Vec::with_capacity(theirs.len()),
            is_of_interviews: settings.interviews.is_some(),
        };
        for (row, &which) in (1_u32..).zip(&order_of_rows) {
            let index = theirs[which];
            let segment = &run.segments[order[index].get()];
            rows[index].drawn = true;
            rows[index].words_digest = words_digest(&within_cell(&segment.passage.text));
            rows[index].coders.push((coder.clone(), row));
            sheet.rows.push(SheetRow::of(&run.corpus.transcripts[segment.passage.transcript.get()], segment));
        }
        sheets.push((file.clone(), sheet));
    }
    let record = written::Record { number, key, study: manifest.study.title, run: digest, settings };
    let folder = written::write_sample(&next, record, &rows, &sheets)?;
    let coders = sheets
        .iter()
        .map(|(file, sheet)| (sheet.coder.clone(), sheet.rows.len(), written::sheet_name(file, "xlsx")))
        .collect();
    Ok(SampleDrawn { number, folder, segments: drawn.len(), of: run.segments.len(), coders, spreads })
}

fn check_ranges(request: &SampleRequest) -> Result<(), SampleError> {
    let within = |what, range, given: f64, is_in: bool| {
        if is_in { Ok(()) } else { Err(SampleError::Range { what, range, given }) }
    };
    within("the share that all code", "from 0 to 1", request.both, (0.0..=1.0).contains(&request.both))?;
    let is_in = (0.0..=MAX_UNCERTAIN).contains(&request.uncertain);
    within("the share that goes after uncertainty", "from 0 to 0.9", request.uncertain, is_in)?;
    match request.size {
        SampleSize::Segments(count) => within(
            "the number of segments",
            "from 1 to 10000",
            count as f64,
            (1..=MAX_SEGMENTS).contains(&count),
        ),
        SampleSize::Interviews(count) => within(
            "the number of interviews",
            "from 1 to 10000",
            count as f64,
            (1..=MAX_SEGMENTS).contains(&count),
        ),
        SampleSize::Width(width) => {
            within("the width of intervals", "above 0 and below 1", width, width > 0.0 && width < 1.0)
        }
    }
}

/// The size of each segment in the draw, in order; 0 where it must not be drawn.
fn sizes_of(
    out: &Path,
    run: &FinishedRun,
    order: &[SegmentIndex],
    request: &SampleRequest,
) -> Result<Vec<f64>, SampleError> {
    if request.next {
        let known = KnownSegments::of(out, run)?;
        return Ok(known.sizes(order, &known.uncertainties(run), request.uncertain));
    }
    let uncertainties = uncertainty::uncertainties(run, &[]);
    let of = |index: &SegmentIndex| uncertainties[index.get()];
    Ok(mixed_sizes(&order.iter().map(of).collect::<Vec<f64>>(), request.uncertain))
}

/// The attributes whose groups the run compared.
fn groups_of(manifest: &Manifest) -> Vec<String> {
    let names = manifest.settings.get("corpus.groups").and_then(|groups| groups.as_array());
    names.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn by_name(groups: &[String]) -> Vec<Option<&str>> {
    groups.iter().map(|name| Some(name.as_str())).collect()
}

/// What the coder sees of each theme: the researcher's own text where the run's codebook has it.
///
/// Examples of emergent themes are left out: they are segments that the machine labelled, and may be in the sample.
fn themes_on_sheet(run: &FinishedRun, codebook: &Codebook, all: bool) -> Vec<ThemeEntry> {
    let asked = run.themes.iter().filter(|theme| all || theme.kind == ThemeKind::Seed);
    asked.map(|theme| entry_of(theme, codebook)).collect()
}

fn entry_of(theme: &Theme, codebook: &Codebook) -> ThemeEntry {
    let entry = ThemeEntry {
        name: theme.name.clone(),
        definition: theme.definition.clone(),
        ..ThemeEntry::default()
    };
    let lower = theme.name.to_lowercase();
    let Some(seed) = codebook.seeds.iter().find(|seed| seed.name.to_lowercase() == lower) else {
        return entry;
    };
    let definition = if seed.definition.is_empty() { entry.definition } else { seed.definition.clone() };
    match theme.kind {
        ThemeKind::Emergent => ThemeEntry { definition, include: seed.include.clone(), ..entry },
        ThemeKind::Seed => ThemeEntry {
            definition,
            include: seed.include.clone(),
            exclude: seed.exclude.clone(),
            examples: seed.examples.join("\n"),
            ..entry
        },
    }
}

/// How many segments are drawn, and the expected intervals of the seed themes (of all themes asked for, if the codebook has none).
fn sized(
    run: &FinishedRun,
    themes: &[ThemeEntry],
    sizes: &[f64],
    size: SampleSize,
) -> Result<(usize, Vec<ThemeSpread>), SampleError> {
    let mut of = vec![0_u32; run.corpus.transcripts.len()];
    for segment in &run.segments {
        if let Some(count) = segment.passage.transcript.of_mut(&mut of) {
            *count += 1;
        }
    }
    let has_seeds = run.themes.iter().any(|theme| theme.kind == ThemeKind::Seed);
    let mut spreads = Vec::new();
    for (index, theme) in run.themes.iter().enumerate() {
        let is_asked = themes.iter().any(|entry| entry.name == theme.name);
        if !is_asked || (has_seeds && theme.kind == ThemeKind::Emergent) {
            continue;
        }
        let mut with = vec![0_u32; of.len()];
        for label in run.labels.iter().filter(|label| label.theme.get() == index) {
            let segment = label.segment.of(&run.segments);
            if let Some(count) = segment.and_then(|segment| segment.passage.transcript.of_mut(&mut with)) {
                *count += 1;
            }
        }
        let counts: Vec<Count> =
            with.into_iter().zip(&of).map(|(successes, &trials)| Count { successes, trials }).collect();
        let labelled: u64 =
            counts.iter().filter(|one| one.trials > 0).map(|one| u64::from(one.successes)).sum();
        let share = labelled as f64 / run.segments.len().max(1) as f64;
        spreads.push(ThemeSpread {
            theme: theme.name.clone(),
            variation: ThemeVariation { share, correlation: intraclass_correlation(&counts) },
            width: 0.0,
        });
    }
    let interviews: Vec<u32> = of.into_iter().filter(|of| *of > 0).collect();
    let with_widths = |count: usize| -> Vec<ThemeSpread> {
        let chances = next::probabilities(sizes, count);
        let one = |spread: &ThemeSpread| ThemeSpread {
            width: expected_width(spread.variation, &chances, &interviews),
            ..spread.clone()
        };
        spreads.iter().map(one).collect()
    };
    let variations: Vec<ThemeVariation> = spreads.iter().map(|spread| spread.variation).collect();
    match size {
        SampleSize::Interviews(_) => Ok((0, Vec::new())),
        SampleSize::Segments(count) => {
            let open = sizes.iter().filter(|size| **size > 0.0).count();
            let count = count.min(open);
            Ok((count, with_widths(count)))
        }
        SampleSize::Width(wanted) => match sample_size(wanted, &variations, sizes, &interviews) {
            Some(count) if count <= MAX_SEGMENTS => Ok((count, with_widths(count))),
            Some(count) => Err(SampleError::Range {
                what: "the number of segments that this width needs",
                range: "at most 10000",
                given: count as f64,
            }),
            None => {
                let all = with_widths(run.segments.len());
                let widest = all.into_iter().max_by(|a, b| a.width.total_cmp(&b.width));
                let (theme, narrowest) =
                    widest.map(|spread| (spread.theme, spread.width)).unwrap_or_default();
                Err(SampleError::TooNarrow {
                    wanted,
                    segments: run.segments.len(),
                    theme,
                    // Rounded up, so that asking for it is answered.
                    narrowest: (narrowest * 100.0).ceil() / 100.0,
                    interviews: interviews.len(),
                })
            }
        },
    }
}

/// All segments of the run in the order of the draw, none of them drawn yet.
fn design_rows(
    corpus: &Corpus,
    segments: &[Segment],
    order: &[SegmentIndex],
    chances: &[f64],
) -> Vec<DesignRow> {
    let row = |(&index, &probability): (&SegmentIndex, &f64)| {
        let segment = index.of(segments)?;
        Some(DesignRow {
            segment_id: segment.id.to_string(),
            transcript_id: segment.passage.transcript.of(&corpus.transcripts)?.id.clone(),
            span: segment.passage.span,
            text_digest: text_digest(&segment.passage.text),
            probability,
            drawn: false,
            coders: Vec::new(),
            words_digest: String::new(),
        })
    };
    order.iter().zip(chances).filter_map(row).collect()
}

/// Digest of the run's segments, in the order of the draw: ids, spans and texts.
fn run_digest(rows: &[DesignRow]) -> String {
    let mut hasher = blake3::Hasher::new();
    for row in rows {
        let line = format!(
            "{}\n{}\n{} {} {}\n",
            row.segment_id, row.transcript_id, row.span.start, row.span.end, row.text_digest
        );
        hasher.update(line.as_bytes());
    }
    short(hasher.finalize().to_hex().as_str(), 16)
}

/// An s, the number of the sample and eight digits that no other sample has. Because of the s no spreadsheet takes it for a date.
fn key_of(
    number: u32,
    run: &str,
    settings: &SampleSettings,
    count: usize,
    coders: &[(String, String)],
) -> String {
    // Keys of samples of segments are those of versions that drew no interviews.
    let settings = format!("{settings:?}").replace("interviews: None, ", "");
    let about = format!("{run} {number} {count} {settings} {coders:?}");
    format!("s{number}-{}", short(blake3::hash(about.as_bytes()).to_hex().as_str(), 8))
}

fn short(digits: &str, count: usize) -> String {
    digits.chars().take(count).collect()
}

#[cfg(test)]
pub(super) mod tests;
