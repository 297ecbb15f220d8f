//! Initial centres: k-means++ seeding on the sphere.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use rand::Rng;
use rayon::prelude::*;

use crate::cluster::unit_rows::rough_cosines;
use same_bits::elementary::ln;

/// Rows whose cosine to a seed is nearer to 1 than this have the same direction.
const SAME: f32 = 1e-5;

/// Rows that a thread takes at a time.
const TILE: usize = 256;

/// Chooses up to `n_clusters` of the unit rows `vectors` as first centres (Arthur and Vassilvitskii, 2007).
///
/// The first is drawn uniformly. For each further one, some candidates are drawn with probability proportional to 1 − cosine to
/// the nearest seed so far (on unit vectors half the squared distance of the paper), and the one that leaves the smallest sum
/// of these is taken: the greedy variant of the paper's conclusion. Each step compares the rows with the newest seed only.
/// There are fewer seeds than asked for when the rows have fewer different directions.
pub(crate) fn plus_plus(vectors: ArrayView2<'_, f32>, n_clusters: usize, rng: &mut impl Rng) -> Array2<f32> {
    let candidates = 2 + ln(n_clusters.max(1) as f64) as usize;
    let mut seeds: Vec<usize> = Vec::new();
    let mut gaps = vec![f32::INFINITY; vectors.nrows()];
    while seeds.len() < n_clusters {
        let drawn: Vec<usize> = if seeds.is_empty() {
            draw_evenly(vectors.nrows(), rng).into_iter().collect()
        } else {
            (0..candidates).filter_map(|_| draw_by_gap(&gaps, rng)).collect()
        };
        let mut best: Option<(f64, usize, Vec<f32>)> = None;
        for (seed, after) in drawn.iter().zip(gaps_after(vectors, &gaps, &drawn)) {
            let left: f64 = after.iter().map(|&gap| f64::from(gap)).sum();
            if best.as_ref().is_none_or(|(least, ..)| left < *least) {
                best = Some((left, *seed, after));
            }
        }
        let Some((_, seed, after)) = best else { break };
        seeds.push(seed);
        gaps = after;
    }
    vectors.select(Axis(0), &seeds)
}

/// The gaps of all rows to their nearest seed, with each of `seeds` added. All at once, so that a row is read once.
fn gaps_after(vectors: ArrayView2<'_, f32>, gaps: &[f32], seeds: &[usize]) -> Vec<Vec<f32>> {
    let rows: Vec<ArrayView1<'_, f32>> = seeds.iter().map(|&seed| vectors.row(seed)).collect();
    let mut cosines = vec![0.0; vectors.nrows() * seeds.len()];
    cosines
        .par_chunks_mut(seeds.len().max(1) * TILE)
        .zip(vectors.axis_chunks_iter(Axis(0), TILE).into_par_iter())
        .for_each(|(to, tile)| rough_cosines(tile, &rows, to));
    let gap = |row: usize, at: usize| {
        let to_seed = 1.0 - cosines[row * seeds.len() + at];
        gaps[row].min(if to_seed < SAME { 0.0 } else { to_seed })
    };
    (0..seeds.len()).map(|at| (0..gaps.len()).map(|row| gap(row, at)).collect()).collect()
}

fn draw_evenly(rows: usize, rng: &mut impl Rng) -> Option<usize> {
    (rows > 0).then(|| rng.gen_range(0..rows))
}

/// Draws a row with probability proportional to its gap; none when all gaps are zero.
fn draw_by_gap(gaps: &[f32], rng: &mut impl Rng) -> Option<usize> {
    let total: f64 = gaps.iter().map(|&gap| f64::from(gap)).sum();
    let mut left = rng.r#gen::<f64>() * total;
    let mut last = None;
    for (row, &gap) in gaps.iter().enumerate() {
        if gap > 0.0 {
            last = Some(row);
            left -= f64::from(gap);
            if left < 0.0 {
                break;
            }
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use same_bits::random_stream;

    #[test]
    fn seeds_are_rows_of_different_directions() {
        let vectors = array![[1.0_f32, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [-1.0, 0.0]];
        for seed in 0..50 {
            let seeds = plus_plus(vectors.view(), 10, &mut random_stream(seed, "test"));
            let mut found: Vec<[i32; 2]> =
                seeds.rows().into_iter().map(|row| [row[0] as i32, row[1] as i32]).collect();
            found.sort_unstable();
            assert_eq!(found, [[-1, 0], [0, 1], [1, 0]]);
        }
    }

    #[test]
    fn far_rows_are_drawn_as_often_as_their_gap_says() {
        let gaps = [0.0, 1.0, 3.0, 0.0];
        let mut rng = random_stream(7, "test");
        let drawn: Vec<usize> = (0..4000).filter_map(|_| draw_by_gap(&gaps, &mut rng)).collect();
        let share = drawn.iter().filter(|&&row| row == 2).count() as f64 / 4000.0;
        assert!((share - 0.75).abs() < 0.03, "{share}");
        assert!(drawn.iter().all(|row| [1, 2].contains(row)));
        assert_eq!(draw_by_gap(&[0.0, 0.0], &mut rng), None);
    }

    #[test]
    fn no_rows_no_seeds() {
        assert_eq!(plus_plus(Array2::zeros((0, 4)).view(), 3, &mut random_stream(7, "test")).dim(), (0, 4));
    }
}
