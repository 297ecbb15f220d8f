//! The matrix product behind every dense layer and behind attention.
//!
//! Each number of the product is one chain of fused multiply-adds over the depth, in order, whatever the number of
//! rows, the tile it falls in or the width of the vectors. That costs nothing, since a tile is vectorised over columns,
//! and it is why a text's vector has the same bits in any batch and on any machine. The general GEMM crates choose
//! their blocking by shape and machine and cannot promise that.

use pulp::{Simd, WithSimd};

use super::Instructions;
use super::elementwise::gelu;

/// Columns of a panel. A multiple of two vectors of every instruction set.
const PANEL: usize = 32;

/// The right-hand side of a product, laid out in panels of [`PANEL`] columns, the last one filled up with zeros.
#[derive(Debug, Clone)]
pub(crate) struct Panels {
    /// `columns / PANEL`, rounded up, × `depth` rows of a panel.
    values: Vec<[f32; PANEL]>,
    depth: usize,
    columns: usize,
}

impl Panels {
    /// Panels of a `depth` × `columns` matrix of zeros.
    pub(crate) fn zeros(depth: usize, columns: usize) -> Self {
        Self { values: vec![[0.0; PANEL]; depth * columns.div_ceil(PANEL)], depth, columns }
    }

    /// Panels of the transpose of `matrix`, whose rows become the columns. `depth` is the length of a row.
    pub(crate) fn from_transposed(matrix: &[f32], depth: usize) -> Self {
        let columns = matrix.len().checked_div(depth).unwrap_or(0);
        let mut panels = Self::zeros(depth, columns);
        for (column, row) in matrix.chunks_exact(depth.max(1)).enumerate() {
            panels.set_column(column, row);
        }
        panels
    }

    /// Sets one column, from the top.
    pub(crate) fn set_column(&mut self, column: usize, values: &[f32]) {
        let start = column / PANEL * self.depth;
        for (row, &value) in self.values[start..start + self.depth].iter_mut().zip(values) {
            row[column % PANEL] = value;
        }
    }

    /// Sets one row, from the left.
    pub(crate) fn set_row(&mut self, row: usize, values: &[f32]) {
        for (panel, values) in values.chunks(PANEL).enumerate() {
            self.values[panel * self.depth + row][..values.len()].copy_from_slice(values);
        }
    }

    /// Rows of the matrix.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Columns of the matrix, the filling not counted.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }
}

/// What happens to a product before it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// Nothing.
    Store,
    /// The Gaussian error linear unit; see [`gelu`].
    Gelu,
}

/// Rows of a matrix that may be part of a wider one: row `i` starts at `i * stride`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// The numbers, from the first one of the first row on.
    pub(crate) values: &'a [f32],
    /// How many rows there are.
    pub(crate) count: usize,
    /// Distance from one row to the next.
    pub(crate) stride: usize,
}

/// The same, to be written to.
#[derive(Debug)]
pub(crate) struct RowsMut<'a> {
    /// The numbers, from the first one of the first row on.
    pub(crate) values: &'a mut [f32],
    /// Distance from one row to the next.
    pub(crate) stride: usize,
}

/// `output = then(input · panels + bias)`. A missing bias is zero. `input` has `panels.depth()` columns that count,
/// `output` gets `panels.columns()`.
pub(crate) fn multiply(
    instructions: Instructions,
    input: Rows<'_>,
    panels: &Panels,
    bias: Option<&[f32]>,
    then: Then,
    output: RowsMut<'_>,
) {
    instructions.run(Multiply { input, panels, bias, then, output });
}

struct Multiply<'a> {
    input: Rows<'a>,
    panels: &'a Panels,
    bias: Option<&'a [f32]>,
    then: Then,
    output: RowsMut<'a>,
}

impl WithSimd for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // 12 × 2 vectors of sums, two of the panel and one of the input fill 32 registers; 6 × 2 fill 16.
        if S::REGISTER_COUNT >= 32 {
            self.in_groups_of::<S, 12>(simd)
        } else {
            self.in_groups_of::<S, 6>(simd)
        }
    }
}

impl Multiply<'_> {
    #[inline(always)]
    fn in_groups_of<S: Simd, const GROUP: usize>(mut self, simd: S) {
        let groups = interleave::<GROUP>(self.input, self.panels.depth);
        let depth = self.panels.depth;
        for panel in 0..self.panels.columns.div_ceil(PANEL) {
            let columns = &self.panels.values[panel * depth..(panel + 1) * depth];
            let mut bias = [0.0; PANEL];
            if let Some(values) = self.bias {
                let values = &values[panel * PANEL..self.panels.columns.min((panel + 1) * PANEL)];
                bias[..values.len()].copy_from_slice(values);
            }
            for group in 0..self.input.count.div_ceil(GROUP) {
                let rows = &groups[group * depth..(group + 1) * depth];
                let tile = tile::<S, GROUP>(simd, rows, columns, &bias, self.then);
                self.store(&tile, group * GROUP, panel * PANEL);
            }
        }
    }

    #[inline(always)]
    fn store(&mut self, tile: &[[f32; PANEL]], first_row: usize, first_column: usize) {
        let width = PANEL.min(self.panels.columns - first_column);
        for (row, values) in (first_row..self.input.count).zip(tile) {
            let start = row * self.output.stride + first_column;
            if width == PANEL {
                self.output.values[start..start + PANEL].copy_from_slice(values);
            } else {
                self.output.values[start..start + width].copy_from_slice(&values[..width]);
            }
        }
    }
}

/// Puts each group of rows side by side, depth first, the last group filled up with zeros.
#[inline(always)]
fn interleave<const GROUP: usize>(input: Rows<'_>, depth: usize) -> Vec<[f32; GROUP]> {
    let mut groups = vec![[0.0; GROUP]; depth * input.count.div_ceil(GROUP)];
    for row in 0..input.count {
        let values = &input.values[row * input.stride..][..depth];
        let group = &mut groups[row / GROUP * depth..][..depth];
        for (cell, &value) in group.iter_mut().zip(values) {
            cell[row % GROUP] = value;
        }
    }
    groups
}

/// One tile of the product: a group of rows × a panel of columns.
#[inline(always)]
fn tile<S: Simd, const GROUP: usize>(
    simd: S,
    rows: &[[f32; GROUP]],
    columns: &[[f32; PANEL]],
    bias: &[f32; PANEL],
    then: Then,
) -> [[f32; PANEL]; GROUP] {
    let mut tile = [[0.0; PANEL]; GROUP];
    let width = 2 * S::F32_LANES;
    for part in 0..PANEL / width {
        let start = S::as_simd_f32s(&bias[part * width..(part + 1) * width]).0;
        let mut sums = [[start[0], start[1]]; GROUP];
        for (row, column) in rows.iter().zip(columns) {
            let column = S::as_simd_f32s(&column[part * width..(part + 1) * width]).0;
            let (left, right) = (column[0], column[1]);
            for i in 0..GROUP {
                let factor = simd.splat_f32s(row[i]);
                sums[i][0] = simd.mul_add_f32s(factor, left, sums[i][0]);
                sums[i][1] = simd.mul_add_f32s(factor, right, sums[i][1]);
            }
        }
        for i in 0..GROUP {
            let stored = S::as_mut_simd_f32s(&mut tile[i][part * width..(part + 1) * width]).0;
            for (stored, sum) in stored.iter_mut().zip(sums[i]) {
                *stored = match then {
                    Then::Store => sum,
                    Then::Gelu => gelu(simd, sum),
                };
            }
        }
    }
    tile
}
