//! The talk on the page: interviews, their segments with labels, quotes, and the map.

mod choose;
mod talk;

use ndarray::Axis;
use serde::Serialize;
use transcripts::Transcript;

use self::choose::{Choice, choose, evenly};
use self::talk::{Bounds, ShownTurn, Stretches};
use crate::cluster;
use crate::results::{Label, QuoteKind, Segment};
use crate::review::{PageSample, page_sample};
use crate::segment::count_words;
use crate::study::Study;
use crate::table::Findings;

/// Bytes for talk; with the library, the script and the tables the page stays under 15 MB.
pub(super) const ROOM: usize = 9_000_000;
/// Maximum dots of the map. More are no clearer, and the time is quadratic.
const MAX_ON_MAP: usize = 2_000;
/// From this many segments of whole interviews on, the map shows only these: the others were chosen for their labels.
const MIN_FOR_MAP: usize = 500;

/// The second block of data, read when the first quote is opened.
#[derive(Serialize)]
pub(super) struct Voices<'a> {
    complete: bool,
    of: Whole,
    attributes: &'a [String],
    languages: Vec<&'a str>,
    transcripts: Vec<ShownTranscript<'a>>,
    segments: SegmentColumns,
    coders: &'a [String],
    quotes: QuoteColumns,
    sample: Option<ShownSample>,
}

/// How much there is in all.
#[derive(Serialize)]
struct Whole {
    transcripts: usize,
    segments: usize,
}

#[derive(Serialize)]
struct ShownTranscript<'a> {
    id: &'a str,
    source: &'a str,
    values: Vec<Option<&'a str>>,
    language: Option<usize>,
    turns: usize,
    segments: usize,
    words: u64,
    duration_ms: Option<u64>,
    whole: bool,
    speakers: Vec<&'a str>,
    talk: Vec<ShownTurn>,
}

/// One value for each segment on the page.
#[derive(Default, Serialize)]
struct SegmentColumns {
    transcript: Vec<usize>,
    number: Vec<u32>,
    first: Vec<usize>,
    from: Vec<usize>,
    last: Vec<usize>,
    to: Vec<usize>,
    middle: Vec<f32>,
    share: Vec<f32>,
    words: Vec<u32>,
    language: Vec<Option<usize>>,
    labels: Vec<Vec<ShownLabel>>,
    map: Vec<Option<[f32; 2]>>,
}

/// Index of the theme, confidence, and its source: 0 the machine, else 1 more than the index of the coder.
#[derive(Serialize)]
struct ShownLabel(usize, f32, usize);

#[derive(Default, Serialize)]
struct QuoteColumns {
    theme: Vec<usize>,
    kind: Vec<u8>,
    rank: Vec<u32>,
    segment: Vec<usize>,
}

/// A blind sample to code, in its order.
#[derive(Serialize)]
struct ShownSample {
    segments: Vec<usize>,
    of: usize,
    key: String,
}

/// The talk within `room` bytes, about.
pub(super) fn voices<'a>(study: &Study, findings: &'a Findings, room: usize) -> Voices<'a> {
    let sample = page_sample(findings, &study.read.groups, study.seed);
    let first = sample.as_ref().map_or(&[][..], |sample| &sample.segments);
    let choice = choose(findings, &study.read.groups, first, room);
    let languages = languages(findings);
    let map = map_of(findings, &choice, study.seed);

    let all = &findings.corpus.transcripts;
    let mut transcripts = Vec::new();
    let mut segments = SegmentColumns::default();
    let mut index_on_page: Vec<Option<usize>> = vec![None; findings.segments.len()];
    for ((transcript, whole), indices) in
        all.iter().zip(&choice.whole).zip(ranges(&findings.segments, all.len()))
    {
        let here = || indices.clone().filter(|&index| choice.segments[index]);
        let stretches = if *whole {
            Stretches::whole(transcript)
        } else if here().next().is_some() {
            let mut stretches = Stretches::default();
            here().for_each(|index| stretches.add(transcript, &findings.segments[index]));
            stretches
        } else {
            continue;
        };
        for index in here() {
            let segment = &findings.segments[index];
            let Some(bounds) = stretches.bounds(transcript, segment) else { continue };
            index_on_page[index] = Some(segments.number.len());
            segments.push(transcripts.len(), transcript, segment, &bounds);
            segments.language.push(languages.iter().position(|tag| *tag == segment.language));
            segments.labels.push(labels_of(&findings.labels, index).iter().map(shown).collect());
            segments.map.push(map[index]);
        }
        let language = findings.segments.get(indices.start).filter(|_| !indices.is_empty());
        let language = language.and_then(|segment| languages.iter().position(|tag| *tag == segment.language));
        transcripts.push(ShownTranscript {
            language,
            segments: indices.len(),
            whole: *whole,
            ..shown_transcript(transcript, &findings.corpus.attributes, &stretches)
        });
    }
    Voices {
        complete: choice.whole.iter().all(|whole| *whole),
        of: Whole { transcripts: all.len(), segments: findings.segments.len() },
        attributes: &findings.corpus.attributes,
        languages,
        transcripts,
        segments,
        coders: &findings.codings.coders,
        quotes: quotes(findings, &index_on_page),
        sample: sample.map(|PageSample { segments, key, of }| ShownSample {
            segments: segments.iter().filter_map(|index| index_on_page[index.get()]).collect(),
            of,
            key,
        }),
    }
}

/// A transcript with the talk of `stretches`, still without its segments.
fn shown_transcript<'a>(
    transcript: &'a Transcript,
    attributes: &[String],
    stretches: &Stretches,
) -> ShownTranscript<'a> {
    let mut speakers: Vec<&str> = Vec::new();
    for turn in transcript.turns.iter().filter(|turn| !turn.speaker.is_empty()) {
        if !speakers.contains(&turn.speaker.as_str()) {
            speakers.push(&turn.speaker);
        }
    }
    ShownTranscript {
        id: &transcript.id,
        source: &transcript.source,
        values: attributes.iter().map(|name| transcript.attributes.get(name).map(String::as_str)).collect(),
        language: None,
        turns: transcript.turns.len(),
        segments: 0,
        words: transcript.turns.iter().map(|turn| u64::from(count_words(&turn.text))).sum(),
        duration_ms: transcript.duration_ms(),
        whole: false,
        talk: stretches.talk(transcript, &speakers),
        speakers,
    }
}

impl SegmentColumns {
    /// Adds the values of a segment, as one of the transcript at `index` on the page.
    fn push(&mut self, index: usize, transcript: &Transcript, segment: &Segment, bounds: &Bounds) {
        let span = segment.passage.span;
        let length = transcript.turns.last().map_or(1, |turn| turn.span.end.max(1)) as f32;
        self.transcript.push(index);
        self.number.push(segment.index);
        self.first.push(bounds.first);
        self.from.push(bounds.from);
        self.last.push(bounds.last);
        self.to.push(bounds.to);
        self.middle.push(rounded((span.start + span.end) as f32 / 2.0 / length));
        self.share.push(rounded((span.end - span.start) as f32 / length));
        self.words.push(segment.passage.words);
    }
}

/// The indices of each transcript's segments, which are in the order of the transcripts.
fn ranges(segments: &[Segment], transcripts: usize) -> Vec<std::ops::Range<usize>> {
    let begins =
        |transcript: usize| segments.partition_point(|segment| segment.passage.transcript.get() < transcript);
    (0..transcripts).map(|transcript| begins(transcript)..begins(transcript + 1)).collect()
}

fn languages(findings: &Findings) -> Vec<&str> {
    let mut tags: Vec<&str> = findings.segments.iter().map(|segment| segment.language.as_str()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.retain(|tag| !tag.is_empty());
    tags
}

/// The labels of the segment at `index`; labels are in the order of segments and ranks.
fn labels_of(labels: &[Label], index: usize) -> &[Label] {
    let begins = labels.partition_point(|label| label.segment.get() < index);
    let count =
        labels.get(begins..).unwrap_or_default().partition_point(|label| label.segment.get() == index);
    labels.get(begins..begins + count).unwrap_or_default()
}

fn shown(label: &Label) -> ShownLabel {
    ShownLabel(
        label.theme.get(),
        rounded(label.confidence),
        label.coders.first().map_or(0, |coder| coder + 1),
    )
}

/// Four decimals: more than a page can show.
fn rounded(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

fn quotes(findings: &Findings, index_on_page: &[Option<usize>]) -> QuoteColumns {
    let mut columns = QuoteColumns::default();
    for quote in &findings.quotes {
        let Some(index) = quote.segment.of(index_on_page).copied().flatten() else { continue };
        columns.theme.push(quote.theme.get());
        columns.kind.push(match quote.kind {
            QuoteKind::Central => 0,
            QuoteKind::Borderline => 1,
            QuoteKind::Dissenting => 2,
        });
        columns.rank.push(quote.rank);
        columns.segment.push(index);
    }
    columns
}

/// The positions of segments on the map.
fn map_of(findings: &Findings, choice: &Choice, seed: u64) -> Vec<Option<[f32; 2]>> {
    let whole = |index: &usize| findings.segments[*index].passage.transcript.of(&choice.whole) == Some(&true);
    let shown: Vec<usize> = (0..findings.segments.len()).filter(|&index| choice.segments[index]).collect();
    let of_whole: Vec<usize> = shown.iter().copied().filter(whole).collect();
    let candidates = if of_whole.len() >= MIN_FOR_MAP { of_whole } else { shown };
    let mut drawn: Vec<usize> =
        evenly(candidates.len()).into_iter().take(MAX_ON_MAP).map(|index| candidates[index]).collect();
    drawn.sort_unstable();
    let mut map = vec![None; findings.segments.len()];
    let vectors = findings.vectors.view().select(Axis(0), &drawn);
    for (index, point) in drawn.into_iter().zip(cluster::map(vectors.view(), seed)) {
        map[index] = Some(point.map(rounded));
    }
    map
}
