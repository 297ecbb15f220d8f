//! Comparisons of groups: intervals and permutation tests, which are most of what `compare` costs.
//!
//! Names say interviews × themes × groups. A third of the themes differ between groups so much that all arrangements are drawn for
//! them, which is the slow case. Counts are made outside the loops.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use emic::compare::{Tallies, contrasts, prevalence};
use emic::corpus::{Transcript, random_stream};
use rand::Rng;

/// Transcripts in so many groups, and their counts.
fn study(interviews: usize, themes: usize, groups: usize) -> (Vec<Transcript>, Tallies) {
    let mut rng = random_stream(7, "bench");
    let transcripts = (0..interviews)
        .map(|place| Transcript {
            id: place.to_string(),
            source: String::new(),
            format: "txt",
            turns: Vec::new(),
            attributes: [("group".to_owned(), (place % groups).to_string())].into(),
        })
        .collect();
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
    (transcripts, Tallies::from_counts(segments, with))
}

fn groups(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compare");
    group.sample_size(10);
    let attributes = ["group".to_owned()];
    for (interviews, themes, groups) in [(60, 20, 3), (600, 50, 5)] {
        let (transcripts, tallies) = study(interviews, themes, groups);
        let size = format!("{interviews}x{themes}x{groups}");
        group.bench_function(BenchmarkId::new("prevalence", &size), |bencher| {
            bencher.iter(|| prevalence(black_box(&transcripts), &tallies, &attributes));
        });
        group.bench_function(BenchmarkId::new("contrasts", &size), |bencher| {
            bencher.iter(|| contrasts(black_box(&transcripts), &tallies, &attributes, &[], 7));
        });
    }
}

criterion_group!(benches, groups);
criterion_main!(benches);
