//! Inner products of many rows with a few. This is the encoder's f32 matrix product; it is faster here than a
//! general one because the few are laid out once and not for every tile of the many.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;
use same_bits::Instructions;

use super::matrix::Epilogue;
use super::{Dense, Linear, Workspace};
use crate::Precision;

/// Rows that a thread takes at a time: enough for full speed, few enough for a tile to stay in cache.
const TILE: usize = 1024;

/// A few vectors, laid out for inner products with many others.
///
/// Every product is one chain of fused multiply-adds in the order of the dimensions, so it has the same bits
/// on every machine and for any number of rows.
///
/// ```
/// use ndarray::array;
/// use sentence_encoder::Products;
///
/// let centres = array![[1.0_f32, 0.0], [0.6, 0.8]];
/// let rows = array![[0.0_f32, 1.0], [1.0, 0.0], [0.6, 0.8]];
/// let products = Products::with(centres.view()).of_each(rows.view());
/// assert_eq!(products.dim(), (3, 2)); // rows × centres
/// assert_eq!(products[(0, 1)], 0.8);
/// ```
#[derive(Debug)]
pub struct Products(Dense);

impl Products {
    /// Lays out `others`, a matrix of others × dimension.
    ///
    /// # Panics
    /// Never: a matrix in standard layout is one slice.
    pub fn with(others: ArrayView2<'_, f32>) -> Self {
        let weights = others.as_standard_layout();
        let zeros = vec![0.0; others.nrows()];
        #[expect(clippy::expect_used, reason = "without weights every product would be zero")]
        let weights = weights.as_slice().expect("a matrix in standard layout is one slice");
        let layer = Linear { weights, bias: &zeros };
        Self(Dense::new(Precision::F32, layer, None))
    }

    /// Room for one thread, with the vector instructions that are [chosen](Instructions::chosen).
    pub fn workspace() -> Workspace {
        Workspace::new(Instructions::chosen())
    }

    /// Writes the products of `rows`, which are given one after the other (rows × dimension), into `to` (rows
    /// × others), on this thread.
    pub fn of(&self, rows: &[f32], workspace: &mut Workspace, to: &mut [f32]) {
        self.0.apply(workspace, rows, Epilogue::Store, to);
    }

    /// The products of all rows of a matrix (rows × dimension), on all threads: rows × others.
    pub fn of_each(&self, rows: ArrayView2<'_, f32>) -> Array2<f32> {
        let shape = (rows.nrows(), self.0.outputs());
        let rows = rows.as_standard_layout();
        let (numbers, width) = (rows.as_slice().unwrap_or_default(), rows.ncols().max(1));
        let mut products = vec![0.0; shape.0 * shape.1];
        let tiles = products.par_chunks_mut(TILE * shape.1.max(1)).zip(numbers.par_chunks(TILE * width));
        tiles.for_each_init(Self::workspace, |workspace, (to, rows)| self.of(rows, workspace, to));
        Array2::from_shape_vec(shape, products).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn every_row_meets_every_other() {
        let products = Products::with(array![[1.0_f32, 0.0], [0.5, -2.0], [0.0, 3.0]].view());
        let mut to = [9.0; 6];
        products.of(&[2.0, 1.0, 0.0, -1.0], &mut Products::workspace(), &mut to);
        assert_eq!(to.map(f32::to_bits), [2.0_f32, -1.0, 3.0, 0.0, 2.0, -3.0].map(f32::to_bits));
        products.of(&[], &mut Products::workspace(), &mut []);
    }

    #[test]
    fn many_rows_on_all_threads_are_as_one_by_one() {
        let others = Array2::from_shape_fn((5, 7), |(row, column)| (row * 3 + column) as f32 / 10.0 - 1.0);
        let rows = Array2::from_shape_fn((2 * TILE + 3, 7), |(row, column)| (row % 11 * column) as f32 / 7.0);
        let products = Products::with(others.view());
        let all = products.of_each(rows.view());
        let mut one = [0.0; 5];
        for (row, found) in rows.rows().into_iter().zip(all.rows()) {
            products.of(row.as_slice().unwrap(), &mut Products::workspace(), &mut one);
            assert_eq!(found.as_slice().unwrap(), one);
        }
        let turned = rows.t().to_owned();
        assert_eq!(products.of_each(turned.t()), all);
        assert_eq!(products.of_each(Array2::zeros((0, 7)).view()).dim(), (0, 5));
        assert_eq!(
            Products::with(Array2::zeros((0, 7)).view()).of_each(rows.view()).dim(),
            (rows.nrows(), 0)
        );
    }
}
