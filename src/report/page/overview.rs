//! All numbers of the page: the study, the tables, and the codebook's texts.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use transcripts::Severity;

use crate::compare::Prevalence;
use crate::record::Program;
use crate::report::precision::precision_sentence;
use crate::results::{MIN_LIKELY_CONFIDENCE, SegmentIndex, Theme, ThemeKind, TranscriptIndex};
use crate::segment::{Unit, count_words};
use crate::study::Study;
use crate::table::{Findings, PageTables};

/// The first block of data: for the page's first screen and its pictures.
#[derive(Serialize)]
pub(super) struct Overview<'a> {
    /// Version of the two blocks, which the script expects.
    format: u32,
    program: String,
    /// The same for runs over the same segments with the same seed themes: a browser stores a review under it.
    run: String,
    title: &'a str,
    seed: u64,
    /// The confidence of a likely label, at least.
    likely_confidence: f32,
    /// What is known of likely labels, as a sentence.
    precision: Option<String>,
    model: &'a str,
    unit: &'static str,
    languages: Vec<LanguageCount<'a>>,
    counts: Counts,
    attributes: Vec<AttributeGroups<'a>>,
    themes: Vec<ThemeFurther<'a>>,
    #[serde(flatten)]
    tables: PageTables,
}

#[derive(Serialize)]
struct LanguageCount<'a> {
    tag: Option<&'a str>,
    transcripts: usize,
    segments: usize,
}

#[derive(Serialize)]
struct Counts {
    transcripts: usize,
    turns: usize,
    segments: usize,
    words: u64,
    duration_ms: Option<u64>,
    labelled: usize,
    seed_themes: usize,
    emergent_themes: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct AttributeGroups<'a> {
    name: &'a str,
    groups: Vec<GroupCount<'a>>,
    missing: usize,
}

#[derive(Serialize)]
struct GroupCount<'a> {
    name: &'a str,
    transcripts: usize,
    segments: usize,
}

/// What the table `themes` does not have: the codebook's further texts, and intervals over the whole study.
#[derive(Serialize)]
struct ThemeFurther<'a> {
    include: &'a str,
    exclude: &'a str,
    examples: &'a [String],
    share_segments_low: f64,
    share_segments_high: f64,
    share_transcripts_low: f64,
    share_transcripts_high: f64,
    share_likely_low: f64,
    share_likely_high: f64,
    has_basis: bool,
}

pub(super) fn overview<'a>(study: &'a Study, findings: &'a Findings, tables: PageTables) -> Overview<'a> {
    let Program { name, version } = Program::this();
    let mut segments_of = vec![0; findings.corpus.transcripts.len()];
    for segment in &findings.segments {
        if let Some(count) = segment.passage.transcript.of_mut(&mut segments_of) {
            *count += 1;
        }
    }
    Overview {
        format: 1,
        program: format!("{}{} {version}", name[..1].to_uppercase(), &name[1..]),
        run: run_digest(study, findings),
        title: &study.title,
        seed: study.seed,
        likely_confidence: MIN_LIKELY_CONFIDENCE,
        precision: precision_sentence(findings),
        model: &study.embed.model,
        unit: match study.segment.unit {
            Unit::Turn => "turn",
            Unit::Sentence => "sentence",
            Unit::Window => "window",
            Unit::Topic => "topic",
        },
        languages: languages(findings),
        counts: counts(findings),
        attributes: study.read.groups.iter().map(|name| groups(name, findings, &segments_of)).collect(),
        themes: themes(study, findings),
        tables,
    }
}

/// The first 16 hexadecimal digits of a digest of the title, the seed themes and the segments.
fn run_digest(study: &Study, findings: &Findings) -> String {
    let mut hasher = blake3::Hasher::new();
    let seeds = findings.themes.iter().filter(|theme| theme.kind == ThemeKind::Seed);
    let ids =
        findings.segments.iter().flat_map(|segment| [segment.id.as_str(), segment.passage.text.as_str()]);
    for text in std::iter::once(study.title.as_str()).chain(seeds.map(|theme| theme.name.as_str())).chain(ids)
    {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let mut digits = hasher.finalize().to_hex().to_string();
    digits.truncate(16);
    digits
}

fn languages(findings: &Findings) -> Vec<LanguageCount<'_>> {
    let mut counts: BTreeMap<&str, (usize, usize, Option<TranscriptIndex>)> = BTreeMap::new();
    for segment in &findings.segments {
        let (transcripts, segments, last) = counts.entry(&segment.language).or_default();
        *segments += 1;
        // Segments are in the order of the transcripts.
        if *last != Some(segment.passage.transcript) {
            *transcripts += 1;
            *last = Some(segment.passage.transcript);
        }
    }
    counts
        .into_iter()
        .map(|(tag, (transcripts, segments, _))| LanguageCount {
            tag: Some(tag).filter(|tag| !tag.is_empty()),
            transcripts,
            segments,
        })
        .collect()
}

fn counts(findings: &Findings) -> Counts {
    let transcripts = &findings.corpus.transcripts;
    let of_kind = |kind| findings.themes.iter().filter(|theme| theme.kind == kind).count();
    let of_severity =
        |severity| findings.problems.iter().filter(|problem| problem.severity == severity).count();
    let mut labelled: Vec<SegmentIndex> = findings.labels.iter().map(|label| label.segment).collect();
    labelled.sort_unstable();
    labelled.dedup();
    let durations: Vec<u64> = transcripts.iter().filter_map(transcripts::Transcript::duration_ms).collect();
    Counts {
        transcripts: transcripts.len(),
        turns: transcripts.iter().map(|transcript| transcript.turns.len()).sum(),
        segments: findings.segments.len(),
        words: transcripts
            .par_iter()
            .map(|transcript| {
                transcript.turns.iter().map(|turn| u64::from(count_words(&turn.text))).sum::<u64>()
            })
            .sum(),
        duration_ms: (!durations.is_empty()).then(|| durations.iter().sum()),
        labelled: labelled.len(),
        seed_themes: of_kind(ThemeKind::Seed),
        emergent_themes: of_kind(ThemeKind::Emergent),
        errors: of_severity(Severity::Error),
        warnings: of_severity(Severity::Warning),
        notes: of_severity(Severity::Note),
    }
}

fn groups<'a>(name: &'a str, findings: &'a Findings, segments_of: &[usize]) -> AttributeGroups<'a> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missing = 0;
    for (transcript, segments) in findings.corpus.transcripts.iter().zip(segments_of) {
        match transcript.attributes.get(name) {
            Some(value) => {
                let count = counts.entry(value).or_default();
                *count = (count.0 + 1, count.1 + segments);
            }
            None => missing += 1,
        }
    }
    let group = |(name, (transcripts, segments))| GroupCount { name, transcripts, segments };
    AttributeGroups { name, groups: counts.into_iter().map(group).collect(), missing }
}

fn themes<'a>(study: &'a Study, findings: &Findings) -> Vec<ThemeFurther<'a>> {
    let further = |(theme, shares): (&Theme, &Prevalence)| {
        let seed = study.codebook.seeds.iter().find(|seed| seed.name == theme.name);
        ThemeFurther {
            include: seed.map_or("", |seed| &seed.include),
            exclude: seed.map_or("", |seed| &seed.exclude),
            examples: seed.map_or(&[], |seed| &seed.examples),
            share_segments_low: shares.interval_segments.low,
            share_segments_high: shares.interval_segments.high,
            share_transcripts_low: shares.interval_transcripts.low,
            share_transcripts_high: shares.interval_transcripts.high,
            share_likely_low: shares.interval_likely.low,
            share_likely_high: shares.interval_likely.high,
            has_basis: shares.has_basis,
        }
    };
    findings.themes.iter().zip(findings.comparisons.overall()).map(further).collect()
}
