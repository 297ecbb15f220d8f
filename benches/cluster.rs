//! Clustering: spherical k-means beside linfa-clustering's k-means on the same rows, and the search for a count.
//!
//! Names say rows × dimension and clusters. Rows are drawn around as many directions as clusters are looked for,
//! far enough from them that neighbours overlap. Seeds are fixed, and data are made outside the loops.

#![expect(
    clippy::disallowed_methods,
    reason = "what the library may not use in its arithmetic is well enough here"
)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use emic::cluster::{KMeansMethod, Method, SphericalKMeansMethod, choose_count};
use emic::results::NoProgress;
use ndarray::{Array2, Axis};
use rand::Rng;
use same_bits::random_stream;

const DIMENSION: usize = 384;

/// Unit rows around `clusters` random directions.
fn blobs(rows: usize, clusters: usize) -> Array2<f32> {
    let mut rng = random_stream(7, "bench");
    let directions = Array2::from_shape_simple_fn((clusters, DIMENSION), || rng.gen_range(-1.0..1.0_f32));
    let mut vectors = Array2::from_shape_simple_fn((rows, DIMENSION), || rng.gen_range(-1.2..1.2_f32));
    for (row, mut vector) in vectors.axis_iter_mut(Axis(0)).enumerate() {
        vector += &directions.row(row % clusters);
        let length = vector.dot(&vector).sqrt();
        vector /= length;
    }
    vectors
}

fn methods(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cluster");
    group.sample_size(10);
    for (rows, clusters, size) in [(1_000, 20, "1_000x384-k20"), (5_000, 50, "5_000x384-k50")] {
        let vectors = blobs(rows, clusters);
        let both: [&dyn Method; 2] = [&SphericalKMeansMethod { clusters }, &KMeansMethod { clusters }];
        for method in both {
            group.bench_function(BenchmarkId::new(method.name(), size), |bencher| {
                bencher.iter(|| method.cluster(black_box(vectors.view()), 7));
            });
        }
    }
    group.finish();
}

fn count(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cluster-count");
    group.sample_size(10);
    let vectors = blobs(1_000, 20);
    group.bench_function("1_000x384", |bencher| {
        bencher.iter(|| choose_count(black_box(vectors.view()), 7, &NoProgress));
    });
    group.finish();
}

criterion_group!(benches, methods, count);
criterion_main!(benches);
