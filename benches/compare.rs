//! Comparisons of groups: intervals and permutation tests, which are most of what `compare` costs; and all comparisons together.
//!
//! Names say interviews × themes × groups, and for all comparisons interviews × segments of each × themes × groups. A third of the
//! themes differ between groups so much that all arrangements are drawn for them, which is the slow case. What is compared is made
//! outside the loops.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use emic::compare::{CompareInput, ComparePlan, ContrastPlan, compare, contrasts, prevalence};
use emic::results::{InterviewerMention, Label, NoProgress, Passage, Segment, Theme, ThemeCounts, ThemeKind};
use interview_stats::CountTable;
use rand::Rng;
use same_bits::random_stream;
use transcripts::{CharSpan, Corpus, Role, Transcript, Turn};

/// Transcripts in so many groups, in two languages, over three waves.
fn transcripts(interviews: usize, groups: usize) -> Vec<Transcript> {
    let attributes = |place: usize| {
        let pairs = [("group", place % groups), ("age", place / 7 % 3), ("wave", place / 11 % 3)];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_string())).collect()
    };
    let transcript = |place: usize| Transcript {
        id: place.to_string(),
        source: String::new(),
        format: "txt",
        turns: Vec::new(),
        attributes: attributes(place),
    };
    (0..interviews).map(transcript).collect()
}

/// Transcripts in so many groups, and their counts.
fn study(interviews: usize, themes: usize, groups: usize) -> (Vec<Transcript>, CountTable) {
    let mut rng = random_stream(7, "bench");
    let segments: Vec<u32> = (0..interviews).map(|_| rng.gen_range(20..200)).collect();
    let mut with = Vec::new();
    for theme in 0..themes {
        let share = |place: usize| if theme % 3 == 0 { 0.1 + 0.1 * (place % groups) as f64 } else { 0.1 };
        let counts = segments.iter().enumerate();
        with.push(
            counts
                .map(|(place, &of)| (f64::from(of) * share(place) * rng.gen_range(0.0..2.0)) as u32)
                .collect(),
        );
    }
    (transcripts(interviews, groups), CountTable::new(segments, with))
}

/// A study down to its labels: interviews of a question and so many answers.
struct Whole {
    corpus: Corpus,
    languages: Vec<String>,
    passages: Vec<Passage>,
    segments: Vec<Segment>,
    themes: Vec<Theme>,
    labels: Vec<Label>,
    mentions: Vec<InterviewerMention>,
}

impl Whole {
    fn new(interviews: usize, answers: usize, themes: usize, groups: usize) -> Self {
        let mut rng = random_stream(7, "bench of all");
        let mut whole = Self {
            corpus: Corpus { transcripts: transcripts(interviews, groups), attributes: Vec::new() },
            languages: (0..interviews).map(|place| ["en", "es"][place / 5 % 2].to_owned()).collect(),
            passages: Vec::new(),
            segments: Vec::new(),
            themes: (0..themes).map(theme).collect(),
            labels: Vec::new(),
            mentions: Vec::new(),
        };
        for transcript in 0..interviews {
            let bent: Vec<f64> = (0..themes).map(|_| rng.gen_range(0.0..2.0)).collect();
            whole.mentions.push(InterviewerMention {
                passage: whole.passages.len(),
                theme: (transcript % themes).into(),
            });
            for turn in 0..=answers {
                let span = CharSpan { start: 100 * turn, end: 100 * turn + 99 };
                let role = if turn == 0 { Role::Interviewer } else { Role::Participant };
                whole.corpus.transcripts[transcript].turns.push(Turn {
                    index: turn as i64 + 1,
                    speaker: "".into(),
                    role,
                    start_ms: None,
                    end_ms: None,
                    span,
                    text: "".into(),
                });
                let passage = Passage {
                    transcript: transcript.into(),
                    first_turn: turn,
                    last_turn: turn,
                    span,
                    text: "".into(),
                    eligible: turn > 0,
                    words: 20,
                    tokens: 25,
                };
                whole.passages.push(passage.clone());
                if turn > 0 {
                    for (theme, bent) in bent.iter().enumerate() {
                        let share =
                            if theme % 3 == 0 { 0.05 + 0.03 * (transcript % groups) as f64 } else { 0.05 };
                        if rng.gen_range(0.0..1.0) < share * bent {
                            let segment = whole.segments.len();
                            whole.labels.push(Label {
                                segment: segment.into(),
                                theme: theme.into(),
                                score: 3.0,
                                confidence: 0.5,
                                rank: 1,
                                coders: Vec::new(),
                            });
                        }
                    }
                    whole.segments.push(Segment {
                        id: "".into(),
                        index: turn as u32,
                        passage,
                        speaker: "".into(),
                        language: "".into(),
                        start_ms: None,
                        end_ms: None,
                    });
                }
            }
        }
        whole
    }

    fn input(&self) -> CompareInput<'_> {
        CompareInput {
            corpus: &self.corpus,
            languages: &self.languages,
            passages: &self.passages,
            segments: &self.segments,
            themes: &self.themes,
            labels: &self.labels,
            mentions: &self.mentions,
            bases: &[],
        }
    }
}

fn theme(place: usize) -> Theme {
    Theme {
        name: place.to_string(),
        kind: ThemeKind::Seed,
        definition: String::new(),
        keywords: Vec::new(),
        parent: String::new(),
        stability: None,
        counts: ThemeCounts::default(),
    }
}

fn groups(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compare");
    group.sample_size(10);
    let plan = ContrastPlan { attributes: vec!["group".to_owned()], within: None };
    for (interviews, themes, groups) in [(60, 20, 3), (600, 50, 5)] {
        let (transcripts, counts) = study(interviews, themes, groups);
        let size = format!("{interviews}x{themes}x{groups}");
        group.bench_function(BenchmarkId::new("prevalence", &size), |bencher| {
            bencher.iter(|| prevalence(black_box(&transcripts), &counts, &counts, &plan.attributes));
        });
        group.bench_function(BenchmarkId::new("contrasts", &size), |bencher| {
            bencher.iter(|| contrasts(black_box(&transcripts), &counts, &plan, &[], 7, &NoProgress));
        });
    }
}

fn everything(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compare");
    group.sample_size(10);
    let plan = ComparePlan {
        contrasts: ContrastPlan { attributes: vec!["group".to_owned()], within: Some("age".to_owned()) },
        time: Some("wave".to_owned()),
        ..ComparePlan::default()
    };
    for (interviews, answers, themes, groups) in [(60, 100, 20, 3), (1_000, 300, 20, 5)] {
        let whole = Whole::new(interviews, answers, themes, groups);
        let size = format!("{interviews}x{answers}x{themes}x{groups}");
        group.bench_function(BenchmarkId::new("everything", &size), |bencher| {
            bencher.iter(|| compare(black_box(whole.input()), &plan, 7, &NoProgress));
        });
    }
}

criterion_group!(benches, groups, everything);
criterion_main!(benches);
