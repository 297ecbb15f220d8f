//! The nearest centre of each row, as matrix products: k-means spends its time here.
//!
//! f32 products summed in different orders differ in their last bits, which could decide between centres that are nearly
//! equally near. So products only narrow the choice: centres that rounding could have swapped are compared in f64, in one
//! fixed order. The result does not depend on how products are computed, the tile or the number of threads.

use ndarray::{ArrayView1, ArrayView2, Axis};
use rayon::prelude::*;
use sentence_encoder::Products;

use crate::cluster::unit_rows::cosine;

/// Rows of a tile: enough for the product to run at full speed, few enough for a tile's products to stay in cache.
const TILE: usize = 1024;

/// The number of the nearest of `centres` for each of `vectors` (both unit rows of one dimension, at least one
/// centre); of centres equally near, the first.
pub(super) fn nearest_centres(vectors: ArrayView2<'_, f32>, centres: ArrayView2<'_, f32>) -> Vec<u32> {
    nearest_in_tiles(vectors, centres, TILE)
}

fn nearest_in_tiles(vectors: ArrayView2<'_, f32>, centres: ArrayView2<'_, f32>, tile: usize) -> Vec<u32> {
    let mut nearest = vec![0; vectors.nrows()];
    let products = Products::with(centres);
    nearest.par_chunks_mut(tile).zip(vectors.axis_chunks_iter(Axis(0), tile).into_par_iter()).for_each_init(
        || (Products::workspace(), vec![0.0; tile * centres.nrows()]),
        |(workspace, room), (nearest, rows)| {
            let laid_out = rows.as_standard_layout();
            let found = &mut room[..nearest.len() * centres.nrows()];
            #[expect(clippy::expect_used, reason = "without rows all of them would be in the first cluster")]
            let laid_out = laid_out.as_slice().expect("a matrix in standard layout is one slice");
            products.of(laid_out, workspace, found);
            for ((nearest, products), row) in
                nearest.iter_mut().zip(found.chunks_exact(centres.nrows())).zip(rows.rows())
            {
                *nearest = highest(products, row, centres);
            }
        },
    );
    nearest
}

/// The centre with the highest product; those that rounding could have swapped with it are compared in f64.
fn highest(products: &[f32], row: ArrayView1<'_, f32>, centres: ArrayView2<'_, f32>) -> u32 {
    // A product of unit vectors in f32 has an error of at most dimension × ε / 2 (Higham, 2002), a difference twice that.
    let margin = row.len() as f32 * f32::EPSILON;
    let top = top(products);
    let mut close = products.iter().enumerate().filter(|&(_, &product)| product >= top - margin);
    let Some((mut best, _)) = close.next() else { return 0 };
    let mut best_cosine = None;
    for (centre, _) in close {
        let so_far = best_cosine.unwrap_or_else(|| cosine(row, centres.row(best)));
        let here = cosine(row, centres.row(centre));
        if here > so_far {
            best = centre;
        }
        best_cosine = Some(here.max(so_far));
    }
    best as u32
}

/// The highest of some numbers, in lanes that the processor compares at once; the order does not matter.
fn top(numbers: &[f32]) -> f32 {
    const LANES: usize = 16;
    let higher = |top: f32, number: f32| if number > top { number } else { top };
    let (lanes, rest) = numbers.as_chunks::<LANES>();
    let mut tops = [f32::NEG_INFINITY; LANES];
    for lane in lanes {
        for (top, &number) in tops.iter_mut().zip(lane) {
            *top = higher(*top, number);
        }
    }
    tops.into_iter().chain(rest.iter().copied()).fold(f32::NEG_INFINITY, higher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use ndarray::{Array2, s};

    fn exactly_nearest(vectors: ArrayView2<'_, f32>, centres: ArrayView2<'_, f32>) -> Vec<u32> {
        let nearest = |row: ArrayView1<'_, f32>| {
            let cosines: Vec<f64> = centres.rows().into_iter().map(|centre| cosine(row, centre)).collect();
            let top = cosines.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            cosines.iter().position(|cosine| cosine.total_cmp(&top).is_eq()).unwrap() as u32
        };
        vectors.rows().into_iter().map(nearest).collect()
    }

    #[test]
    fn the_exactly_nearest_centre_is_found_whatever_the_tile() {
        let (vectors, _) = planted(700, 37, 9, 0.3, 7);
        // Centres that differ by less than f32 products can tell.
        let mut centres = vectors.slice(s![..40, ..]).to_owned();
        for centre in 20..40 {
            let twin = centres.row(centre - 20).mapv(|value| value * (1.0 + f32::EPSILON));
            centres.row_mut(centre).assign(&twin);
        }
        let exact = exactly_nearest(vectors.view(), centres.view());
        for tile in [1, 2, 7, 64, 256, 1000] {
            assert_eq!(nearest_in_tiles(vectors.view(), centres.view(), tile), exact, "tile of {tile}");
        }
    }

    #[test]
    fn of_equal_centres_the_first_is_taken() {
        let (vectors, _) = planted(50, 8, 2, 0.3, 7);
        let centres = ndarray::concatenate![Axis(0), vectors.slice(s![..1, ..]), vectors.slice(s![..1, ..])];
        assert!(nearest_centres(vectors.view(), centres.view()).iter().all(|&nearest| nearest == 0));
    }

    #[test]
    fn no_rows_no_answers() {
        assert!(nearest_centres(Array2::zeros((0, 3)).view(), Array2::zeros((1, 3)).view()).is_empty());
    }
}
