//! Writes the page of a made-up study of any size, and says how long that took: how `report.html` behaves with ten thousand
//! interviews can be seen without embedding a million segments.
//!
//! `cargo run --release -p emic-tools --bin page -- --interviews 10000 --segments 100 --out big.html`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool that tells how long something takes"
)]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, bail};
use emic::compare::{CompareInput, ComparePlan, Comparisons, ContrastPlan, compare};
use emic::report::write_page;
use emic::results::{Label, NoProgress, Passage, Quote, QuoteKind, Segment, Theme, ThemeCounts, ThemeKind};
use emic::study::Study;
use emic::table::Findings;
use ndarray::Array2;
use rand::Rng;
use same_bits::{RandomStream, random_stream};
use transcripts::{CharSpan, Corpus, Role, Transcript, Turn};

const SEED_THEMES: usize = 6;
const THEMES: usize = 24;
const DIMENSION: usize = 16;
const COUNTRIES: [&str; 5] = ["Cassara", "Lindmark", "Ostrany", "Tarn", "Velmora"];

fn main() -> anyhow::Result<()> {
    let (interviews, each, out) = arguments()?;
    let (mut study, _) = Study::load(Path::new("data/demo/study.toml"))?;
    study.title = format!("A made-up study of {interviews} interviews");
    study.read.groups = vec!["country".to_owned(), "cohort".to_owned()];

    let mut findings = made_up(interviews, each);
    let begun = Instant::now();
    findings.comparisons = comparisons(&findings, &study.read.groups);
    println!("compared in {:.1} s", begun.elapsed().as_secs_f64());

    let begun = Instant::now();
    let mut writer = BufWriter::new(File::create(&out)?);
    write_page(&mut writer, &study, &findings)?;
    writer.flush()?;
    let megabytes = out.metadata()?.len() as f64 / 1e6;
    println!(
        "{}: {megabytes:.1} MB for {} segments, written in {:.1} s",
        out.display(),
        findings.segments.len(),
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

fn arguments() -> anyhow::Result<(usize, usize, PathBuf)> {
    let (mut interviews, mut each, mut out) = (1000, 100, PathBuf::from("page.html"));
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--interviews" => interviews = value.parse()?,
            "--segments" => each = value.parse()?,
            "--out" => out = value.into(),
            _ => bail!("unknown: {word}"),
        }
    }
    Ok((interviews, each, out))
}

/// Interviews of questions and answers, half of which carry a theme or two.
fn made_up(interviews: usize, each: usize) -> Findings {
    let mut rng = random_stream(7, "made-up page");
    let width = interviews.to_string().len();
    let mut corpus = Corpus { transcripts: Vec::new(), attributes: vec!["country".into(), "cohort".into()] };
    let (mut segments, mut labels, mut themes_of) = (Vec::new(), Vec::new(), Vec::new());
    for place in 0..interviews {
        let id = format!("P{place:0width$}");
        let (country, cohort) = (place % COUNTRIES.len(), ["experienced", "newly qualified"][place / 5 % 2]);
        let mut transcript = Transcript {
            source: format!("transcripts/{id}.vtt"),
            id,
            format: "vtt",
            turns: Vec::new(),
            attributes: [("country", COUNTRIES[country]), ("cohort", cohort)]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        };
        for index in 1..=each {
            let theme = rng.gen_bool(0.5).then(|| rng.gen_range(0..THEMES));
            // Every third theme is talked about more in the first countries.
            let theme = theme.filter(|theme| theme % 3 != 0 || rng.gen_range(0..COUNTRIES.len()) >= country);
            add_turn(&mut transcript, Role::Interviewer, sentence(None, 8, &mut rng));
            let answer = rng.gen_range(10..40);
            add_turn(&mut transcript, Role::Participant, sentence(theme, answer, &mut rng));
            let segment = segment_of(&transcript, place, index);
            let second =
                rng.gen_bool(0.1).then(|| rng.gen_range(0..THEMES)).filter(|second| Some(*second) != theme);
            for (rank, theme) in (1..).zip(theme.into_iter().chain(second)) {
                let confidence = rng.gen_range(0.2..1.0) / rank as f32;
                labels.push(Label {
                    segment: segments.len().into(),
                    theme: theme.into(),
                    score: 3.0,
                    confidence,
                    rank,
                    coders: Vec::new(),
                });
            }
            themes_of.push(theme);
            segments.push(segment);
        }
        corpus.transcripts.push(transcript);
    }
    let vectors = Array2::from_shape_fn((segments.len(), DIMENSION), |(place, column)| {
        let own = themes_of[place].is_some_and(|theme| theme % DIMENSION == column);
        rng.gen_range(-0.3..0.3) + f32::from(u8::from(own))
    });
    let themes = (0..THEMES).map(|place| theme(place, &labels, &segments, interviews)).collect();
    Findings {
        quotes: quotes(&labels),
        corpus,
        scores: Array2::zeros((segments.len(), 0)),
        vectors: vectors.into(),
        themes,
        labels,
        cluster_of: vec![None; segments.len()],
        segments,
        ..Findings::default()
    }
}

/// Words nobody says, some of them a theme's own.
fn sentence(theme: Option<usize>, words: usize, rng: &mut RandomStream) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "do", "fi", "gu", "ke", "la", "mo", "ni", "po", "ra", "se", "ti", "vu", "wa", "yo", "zu"];
    let word = |rng: &mut RandomStream| match theme.filter(|_| rng.gen_bool(0.3)) {
        Some(theme) => format!("{}{}l", SYLLABLES[theme % 16], SYLLABLES[theme / 2 % 16]),
        None => (0..rng.gen_range(1..4)).map(|_| SYLLABLES[rng.gen_range(0..16)]).collect(),
    };
    let mut text = (0..words).map(|_| word(rng)).collect::<Vec<String>>().join(" ");
    text.push('.');
    text
}

fn add_turn(transcript: &mut Transcript, role: Role, text: String) {
    let start = transcript.turns.last().map_or(0, |turn| turn.span.end + 1);
    let place = transcript.turns.len() as u64;
    let speaker = if role == Role::Interviewer { "INT".to_owned() } else { transcript.id.clone() };
    transcript.turns.push(Turn {
        index: place as i64 + 1,
        speaker: speaker.into(),
        role,
        start_ms: Some(place * 9_000),
        end_ms: Some(place * 9_000 + 8_500),
        span: CharSpan { start, end: start + text.chars().count() },
        text: text.into(),
    });
}

/// The last turn as a segment.
fn segment_of(transcript: &Transcript, place: usize, index: usize) -> Segment {
    let at = transcript.turns.len() - 1;
    let turn = &transcript.turns[at];
    let words = turn.text.split(' ').count() as u32;
    Segment {
        id: format!("{}:{index}", transcript.id).into(),
        index: index as u32,
        passage: Passage {
            transcript: place.into(),
            first_turn: at,
            last_turn: at,
            span: turn.span,
            text: turn.text.clone(),
            eligible: true,
            words,
            tokens: words,
        },
        speaker: turn.speaker.clone(),
        language: "en".into(),
        start_ms: turn.start_ms,
        end_ms: turn.end_ms,
    }
}

/// Seed themes first; of the others every fourth is a broad one.
fn theme(place: usize, labels: &[Label], segments: &[Segment], interviews: usize) -> Theme {
    let with: Vec<usize> =
        labels.iter().filter(|label| label.theme.get() == place).map(|label| label.segment.get()).collect();
    let mut transcripts: Vec<_> = with.iter().map(|&segment| segments[segment].passage.transcript).collect();
    transcripts.dedup();
    let name = |place: usize| format!("{} {place}", if place < SEED_THEMES { "seed" } else { "emergent" });
    let broad = SEED_THEMES + (place.max(SEED_THEMES) - SEED_THEMES) / 4 * 4;
    Theme {
        name: name(place),
        kind: if place < SEED_THEMES { ThemeKind::Seed } else { ThemeKind::Emergent },
        definition: String::new(),
        keywords: vec!["bal".to_owned(), "dol".to_owned()],
        parent: if place > broad { name(broad) } else { String::new() },
        stability: (place >= SEED_THEMES).then_some(0.8),
        counts: ThemeCounts {
            segments: with.len() as u32,
            transcripts: transcripts.len() as u32,
            share_segments: with.len() as f64 / segments.len().max(1) as f64,
            share_transcripts: transcripts.len() as f64 / interviews.max(1) as f64,
            likely_segments: with.len() as u32,
            likely_transcripts: transcripts.len() as u32,
            share_likely: with.len() as f64 / segments.len().max(1) as f64,
        },
    }
}

/// Five central quotes a theme.
fn quotes(labels: &[Label]) -> Vec<Quote> {
    let of_theme = |theme: usize| {
        let central = labels.iter().filter(move |label| label.theme.get() == theme).take(5);
        (1..).zip(central).map(move |(rank, label)| Quote {
            theme: theme.into(),
            kind: QuoteKind::Central,
            rank,
            segment: label.segment,
        })
    };
    (0..THEMES).flat_map(of_theme).collect()
}

fn comparisons(findings: &Findings, groups: &[String]) -> Comparisons {
    let languages = vec!["en".to_owned(); findings.corpus.transcripts.len()];
    let input = CompareInput {
        corpus: &findings.corpus,
        languages: &languages,
        passages: &[],
        segments: &findings.segments,
        themes: &findings.themes,
        labels: &findings.labels,
        mentions: &[],
        bases: &[],
    };
    let contrasts = ContrastPlan { attributes: groups.to_vec(), within: None };
    compare(input, &ComparePlan { contrasts, ..ComparePlan::default() }, 7, &NoProgress).0
}
