//! The f32 matrix product of dense layers.
//!
//! Each number of the product is one chain of fused multiply-adds over the depth, in order, whatever the
//! number of rows, the tile or the vector width. This costs nothing, since tiles are vectorized over columns,
//! and it gives a text's vector the same bits in any batch and on any machine. General GEMM crates choose
//! their blocking by shape and machine and cannot promise that.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::Workspace;
use super::elementwise::gelu;

/// Columns of a panel: a multiple of two vectors of every instruction set.
const PANEL: usize = 32;

/// Depth of a block: this part of a batch's rows stays in the second-level cache while the weights are read
/// once.
const BLOCK: usize = 384;

/// Numbers of a row that are copied together: one cache line.
const PIECE: usize = 16;

/// A row of a panel, aligned because a load across two cache lines costs twice as much.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Strip([f32; PANEL]);

/// The right-hand side of a product in panels of [`PANEL`] columns, the last one padded with zeros.
#[derive(Debug, Clone)]
pub(crate) struct Panels {
    /// `columns / PANEL`, rounded up, × `depth` rows of a panel.
    values: Vec<Strip>,
    depth: usize,
    columns: usize,
}

impl Panels {
    /// Panels of a `depth` × `columns` matrix of zeros.
    pub(crate) fn zeros(depth: usize, columns: usize) -> Self {
        Self { values: vec![Strip([0.0; PANEL]); depth * columns.div_ceil(PANEL)], depth, columns }
    }

    /// Panels of the transpose of `matrix` (columns × depth).
    pub(crate) fn from_transposed(matrix: &[f32], depth: usize) -> Self {
        let columns = matrix.len().checked_div(depth).unwrap_or(0);
        let mut panels = Self::zeros(depth, columns);
        for (column, row) in matrix.chunks_exact(depth.max(1)).enumerate() {
            panels.set_column(column, row);
        }
        panels
    }

    /// Sets one column.
    pub(crate) fn set_column(&mut self, column: usize, values: &[f32]) {
        let start = column / PANEL * self.depth;
        for (row, &value) in self.values[start..start + self.depth].iter_mut().zip(values) {
            row.0[column % PANEL] = value;
        }
    }

    /// Rows of the matrix.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Columns of the matrix, without padding.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }
}

/// What is applied to a product before it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Epilogue {
    /// Nothing.
    Store,
    /// The Gaussian error linear unit; see [`gelu`].
    Gelu,
}

/// Rows of a matrix that may be part of a wider one: row `i` starts at `i * stride`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// The numbers, starting with the first of the first row.
    pub(crate) values: &'a [f32],
    /// Number of rows.
    pub(crate) count: usize,
    /// Distance between the starts of two rows.
    pub(crate) stride: usize,
}

/// The same for output.
#[derive(Debug)]
pub(crate) struct RowsMut<'a> {
    /// The numbers, starting with the first of the first row.
    pub(crate) values: &'a mut [f32],
    /// Distance between the starts of two rows.
    pub(crate) stride: usize,
}

/// `output = epilogue(input · panels + bias)`: `input` has `panels.depth()` columns, `output` and `bias` have
/// `panels.columns()`.
pub(crate) fn multiply(
    workspace: &mut Workspace,
    input: Rows<'_>,
    panels: &Panels,
    bias: &[f32],
    then: Epilogue,
    output: RowsMut<'_>,
) {
    let Workspace { instructions, copied, .. } = workspace;
    instructions.run(Multiply { input, panels, bias, then, output, copied });
}

struct Multiply<'a> {
    input: Rows<'a>,
    panels: &'a Panels,
    bias: &'a [f32],
    then: Epilogue,
    output: RowsMut<'a>,
    copied: &'a mut Vec<f32>,
}

impl WithSimd for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // 12 × 2 vectors of sums, two of the panel and one of the input fit into 32 registers; 6 × 2 into 16.
        if S::REGISTER_COUNT >= 32 {
            self.in_groups_of::<S, 12>(simd);
        } else {
            self.in_groups_of::<S, 6>(simd);
        }
    }
}

impl Multiply<'_> {
    #[inline(always)]
    fn in_groups_of<S: Simd, const GROUP: usize>(mut self, simd: S) {
        let mut copied = std::mem::take(self.copied);
        for start in (0..self.panels.depth).step_by(BLOCK) {
            let depth = start..self.panels.depth.min(start + BLOCK);
            let pieces = depth.len().div_ceil(PIECE);
            copied.resize(pieces * PIECE * self.input.count.next_multiple_of(GROUP), 0.0);
            let groups = copied.as_chunks_mut::<PIECE>().0.as_chunks_mut::<GROUP>().0;
            for (group, rows) in groups.chunks_exact_mut(pieces).enumerate() {
                copy_group(self.input, group * GROUP, depth.clone(), rows);
            }
            for panel in 0..self.panels.columns.div_ceil(PANEL) {
                let bias = (start == 0).then(|| self.bias_of(panel));
                let columns = &self.panels.values[panel * self.panels.depth..][depth.clone()];
                let then = if depth.end == self.panels.depth { self.then } else { Epilogue::Store };
                for (group, rows) in groups.chunks_exact(pieces).enumerate() {
                    let step = Step { rows, columns, bias: bias.as_ref(), then };
                    self.take::<S, GROUP>(simd, &step, group * GROUP, panel * PANEL);
                }
            }
        }
        *self.copied = copied;
    }

    /// The initial values of a panel's sums.
    fn bias_of(&self, panel: usize) -> [f32; PANEL] {
        let mut bias = [0.0; PANEL];
        let values = &self.bias[panel * PANEL..self.panels.columns.min((panel + 1) * PANEL)];
        bias[..values.len()].copy_from_slice(values);
        bias
    }

    /// Takes a step in a tile of the output, in place or, at the edges, in a copy.
    #[inline(always)]
    fn take<S: Simd, const GROUP: usize>(
        &mut self,
        simd: S,
        step: &Step<'_, GROUP>,
        row: usize,
        column: usize,
    ) {
        let stride = self.output.stride;
        let cells = &mut self.output.values[row * stride + column..];
        let (height, width) = (GROUP.min(self.input.count - row), PANEL.min(self.panels.columns - column));
        if (height, width) == (GROUP, PANEL) {
            step.run(simd, cells, stride);
            return;
        }
        let mut tile = [[0.0; PANEL]; GROUP];
        for (i, tile) in tile[..height].iter_mut().enumerate() {
            tile[..width].copy_from_slice(&cells[i * stride..][..width]);
        }
        step.run(simd, tile.as_flattened_mut(), PANEL);
        for (i, tile) in tile[..height].iter().enumerate() {
            cells[i * stride..][..width].copy_from_slice(&tile[..width]);
        }
    }
}

/// Copies a block of the depth of a group of rows, starting at `first`, so that the input of a tile is
/// contiguous. The last group is filled with copies of the last row.
#[inline(always)]
fn copy_group<const GROUP: usize>(
    input: Rows<'_>,
    first: usize,
    depth: Range<usize>,
    pieces: &mut [[[f32; PIECE]; GROUP]],
) {
    for i in 0..GROUP {
        let row = (first + i).min(input.count - 1);
        let (whole, rest) = input.values[row * input.stride..][depth.clone()].as_chunks();
        for (piece, &values) in pieces.iter_mut().zip(whole) {
            piece[i] = values;
        }
        if let Some(last) = pieces.last_mut().filter(|_| !rest.is_empty()) {
            last[i][..rest.len()].copy_from_slice(rest);
        }
    }
}

/// A block of the depth of one tile of the product: a group of rows × a panel of columns.
struct Step<'a, const GROUP: usize> {
    rows: &'a [[[f32; PIECE]; GROUP]],
    columns: &'a [Strip],
    /// The initial values of the sums; without it they continue from the tile.
    bias: Option<&'a [f32; PANEL]>,
    then: Epilogue,
}

impl<const GROUP: usize> Step<'_, GROUP> {
    /// Row `i` of the tile starts at `cells[i * stride]`.
    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, cells: &mut [f32], stride: usize) {
        let width = 2 * S::F32_LANES;
        for part in (0..PANEL).step_by(width) {
            let mut sums = [[simd.splat_f32s(0.0); 2]; GROUP];
            for (i, sums) in sums.iter_mut().enumerate() {
                *sums = match self.bias {
                    Some(bias) => pair::<S>(&bias[part..]),
                    None => pair::<S>(&cells[i * stride + part..]),
                };
            }
            for (rows, columns) in self.rows.iter().zip(self.columns.chunks(PIECE)) {
                for (index, column) in columns.iter().enumerate() {
                    let [left, right] = pair::<S>(&column.0[part..]);
                    for i in 0..GROUP {
                        let factor = simd.splat_f32s(rows[i][index % PIECE]);
                        sums[i][0] = simd.mul_add_f32s(factor, left, sums[i][0]);
                        sums[i][1] = simd.mul_add_f32s(factor, right, sums[i][1]);
                    }
                }
            }
            for (i, sums) in sums.into_iter().enumerate() {
                let stored = S::as_mut_simd_f32s(&mut cells[i * stride + part..][..width]).0;
                for (stored, sum) in stored.iter_mut().zip(sums) {
                    *stored = match self.then {
                        Epilogue::Store => sum,
                        Epilogue::Gelu => gelu(simd, sum),
                    };
                }
            }
        }
    }
}

/// The first two vectors of `values`.
#[inline(always)]
fn pair<S: Simd>(values: &[f32]) -> [S::f32s; 2] {
    let vectors = S::as_simd_f32s(&values[..2 * S::F32_LANES]).0;
    [vectors[0], vectors[1]]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::Rng;
    use same_bits::Instructions;

    use super::super::Workspace;
    use super::{BLOCK, Epilogue, Panels, Rows, RowsMut, multiply};
    use same_bits::random_stream;

    fn numbers(count: usize, name: &str) -> Vec<f32> {
        let mut random = random_stream(7, name);
        (0..count).map(|_| random.r#gen::<f32>() - 0.5).collect()
    }

    /// The definition of the product: for each number, one chain of fused multiply-adds that starts with the
    /// bias.
    fn defined(input: &[f32], weights: &[f32], bias: &[f32], depth: usize) -> Vec<u32> {
        let dot = |row: &[f32], weights: &[f32], bias: f32| {
            row.iter().zip(weights).fold(bias, |sum, (&x, &weight)| x.mul_add(weight, sum))
        };
        let of_row = |row| {
            weights.chunks(depth).zip(bias).map(move |(weights, &bias)| dot(row, weights, bias).to_bits())
        };
        input.chunks(depth).flat_map(of_row).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn a_product_of_any_shape_is_what_is_defined(rows in 1..30_usize, depth in 1..50_usize, columns in 1..70_usize, deep in any::<bool>()) {
            let depth = if deep { depth + BLOCK } else { depth };
            let (input, weights) = (numbers(rows * depth, "input"), numbers(columns * depth, "weights"));
            let bias = numbers(columns, "bias");
            let expected = defined(&input, &weights, &bias, depth);
            let panels = Panels::from_transposed(&weights, depth);
            for instructions in Instructions::available() {
                let mut workspace = Workspace::new(instructions);
                // Twice with one workspace, into rows that are wider than the product.
                for _ in 0..2 {
                    let stride = columns + 3;
                    let mut output = vec![9.0; rows * stride];
                    let input = Rows { values: &input, count: rows, stride: depth };
                    multiply(&mut workspace, input, &panels, &bias, Epilogue::Store, RowsMut { values: &mut output, stride });
                    let found = output.chunks(stride).flat_map(|row| row[..columns].iter().map(|x| x.to_bits()));
                    prop_assert!(found.eq(expected.iter().copied()), "{}", instructions.name());
                    prop_assert!(output.chunks(stride).all(|row| row[columns..] == [9.0; 3]), "nothing beside it is touched");
                }
            }
        }
    }
}
