//! For tests: unit rows around known directions, as a von Mises-Fisher mixture would give them.

use ndarray::{Array1, Array2, s};
use rand::Rng;
use same_bits::{RandomStream, random_stream};

/// `rows` unit rows of `dimension` values around `clusters` random directions, and which of them each belongs to.
///
/// `spread` is the length of the random vector added to the direction: 0 gives equal rows, from 1 on the directions
/// are hard to tell.
pub(crate) fn planted(
    rows: usize,
    dimension: usize,
    clusters: usize,
    spread: f32,
    seed: u64,
) -> (Array2<f32>, Vec<usize>) {
    let mut rng = random_stream(seed, "planted");
    let directions: Vec<Array1<f32>> = (0..clusters).map(|_| unit(gaussian(dimension, &mut rng))).collect();
    let mut vectors = Array2::zeros((rows, dimension));
    let belongs: Vec<usize> = (0..rows).map(|row| row % clusters).collect();
    for (row, &cluster) in belongs.iter().enumerate() {
        let noise = unit(gaussian(dimension, &mut rng)) * spread;
        vectors.slice_mut(s![row, ..]).assign(&unit(noise + &directions[cluster]));
    }
    (vectors, belongs)
}

/// Values that are near enough to normal: the sum of twelve even ones.
fn gaussian(dimension: usize, rng: &mut RandomStream) -> Array1<f32> {
    Array1::from_shape_simple_fn(dimension, || (0..12).map(|_| rng.r#gen::<f32>() - 0.5).sum())
}

fn unit(vector: Array1<f32>) -> Array1<f32> {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    vector / length
}

/// Whether two assignments put the same rows together, whatever the clusters are called.
pub(crate) fn same_partition<A: Ord + Copy, B: Ord + Copy>(a: &[A], b: &[B]) -> bool {
    let mut pairs: Vec<(A, B)> = a.iter().copied().zip(b.iter().copied()).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let distinct = |mut values: Vec<usize>| {
        values.sort_unstable();
        values.dedup();
        values.len()
    };
    let rank_a = distinct(a.iter().map(|x| a.iter().filter(|y| *y < x).count()).collect());
    let rank_b = distinct(b.iter().map(|x| b.iter().filter(|y| *y < x).count()).collect());
    a.len() == b.len() && pairs.len() == rank_a && pairs.len() == rank_b
}
