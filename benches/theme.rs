//! Scoring, labelling and emergent themes, on made-up vectors and words of a corpus's shape.
//!
//! Names say the sizes: segments × dimension, seed themes. Run with `cargo bench --bench theme`.

#![expect(
    clippy::disallowed_methods,
    reason = "what the library may not use in its arithmetic is well enough here"
)]
#![expect(clippy::expect_used, reason = "a benchmark of made-up data")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use emic::cluster::{ClusterCount, ClusterPlan, cluster, stability};
use emic::results::{Codebook, Codings, NoProgress, Passage, Seed, Segment};
use emic::storage::{Rows, Scratch};
use emic::theme::{Clusters, Evidence, SeedTexts, seeds, stance_sentences, themes};
use ndarray::{Array2, Axis};
use rand::Rng;
use same_bits::random_stream;
use transcripts::CharSpan;

const DIMENSION: usize = 384;
const THEMES: usize = 10;

/// Unit rows around as many directions as there are themes.
fn vectors(rows: usize) -> Array2<f32> {
    let mut stream = random_stream(7, "bench");
    let centres = Array2::from_shape_fn((THEMES, DIMENSION), |_| stream.r#gen::<f32>() - 0.5);
    let mut vectors = Array2::from_shape_fn((rows, DIMENSION), |(row, column)| {
        centres[[row % THEMES, column]] + 2.0 * (stream.r#gen::<f32>() - 0.5)
    });
    for mut row in vectors.axis_iter_mut(Axis(0)) {
        let length = row.dot(&row).sqrt();
        row /= length;
    }
    vectors
}

/// Passages of 30 words out of 2,000, forty to a transcript.
fn passages(count: usize) -> Vec<Passage> {
    let mut stream = random_stream(7, "bench-words");
    (0..count)
        .map(|place| Passage {
            transcript: (place / 40).into(),
            first_turn: place % 40,
            last_turn: place % 40,
            span: CharSpan { start: 0, end: 0 },
            text: (0..30)
                .map(|_| format!("word{}", stream.gen_range(0..2_000)))
                .collect::<Vec<_>>()
                .join(" ")
                .into(),
            eligible: true,
            words: 30,
            tokens: 40,
        })
        .collect()
}

fn segments(passages: &[Passage]) -> Vec<Segment> {
    let segment = |(place, passage): (usize, &Passage)| Segment {
        id: format!("P{}:{place}", passage.transcript.get()).into(),
        index: place as u32,
        passage: passage.clone(),
        speaker: "P".into(),
        language: "en".into(),
        start_ms: None,
        end_ms: None,
    };
    passages.iter().enumerate().map(segment).collect()
}

fn codebook() -> Codebook {
    let seed = |place: usize| Seed { name: format!("word{place} word{}", place + 100), ..Seed::default() };
    Codebook { seeds: (0..THEMES).map(seed).collect(), ..Codebook::default() }
}

fn label(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("theme");
    group.sample_size(10);
    for count in [1_000, 10_000] {
        let (passages, vectors, codebook) = (passages(count), vectors(count), codebook());
        let segments = segments(&passages);
        let plan = ClusterPlan { count: ClusterCount::Exactly(30), ..ClusterPlan::default() };
        let stances = vectors.select(Axis(0), &(0..stance_sentences().len()).collect::<Vec<_>>());
        let scratch = Scratch::in_folder(&std::env::temp_dir());
        let rows = Rows::from(vectors.clone());
        let gather = || Evidence::gather(black_box(&passages), &rows, &[], stances.view(), &[], &scratch);
        let evidence = gather().expect("room in memory");
        let clustering = cluster(evidence.centred.view(), &plan, 7, &NoProgress).expect("clusters");
        let interviews: Vec<_> = passages.iter().map(|passage| passage.transcript).collect();
        let stability = stability(evidence.centred.view(), &interviews, &clustering, &plan, 7, &NoProgress)
            .expect("halves");
        let clusters = Clusters { clustering: &clustering, stability: &stability };
        let nobody = Codings::default();
        let texts = SeedTexts::of(&codebook);
        let seed_vectors = vectors.select(Axis(0), &(0..THEMES).collect::<Vec<_>>());
        group.bench_function(format!("gather-{count}x{DIMENSION}"), |bencher| {
            bencher.iter(gather);
        });
        group.bench_function(format!("label-{count}x{DIMENSION}-{THEMES}themes"), |bencher| {
            bencher.iter(|| {
                let seeds = seeds(&passages, &evidence, &codebook, &texts, &seed_vectors, &nobody);
                themes(black_box(&passages), &segments, count / 40, &evidence, seeds, clusters, None)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, label);
criterion_main!(benches);
