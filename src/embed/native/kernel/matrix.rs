//! The matrix product behind every dense layer and behind attention.
//!
//! Each number of the product is one chain of fused multiply-adds over the depth, in order, whatever the number of
//! rows, the tile it falls in or the width of the vectors. That costs nothing, since a tile is vectorised over columns,
//! and it is why a text's vector has the same bits in any batch and on any machine. The general GEMM crates choose
//! their blocking by shape and machine and cannot promise that.

use pulp::{Simd, WithSimd};

use super::Workspace;
use super::elementwise::gelu;

/// Columns of a panel. A multiple of two vectors of every instruction set.
const PANEL: usize = 32;

/// A row of a panel. A load that crosses a cache line costs two.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Strip([f32; PANEL]);

/// The right-hand side of a product, laid out in panels of [`PANEL`] columns, the last one filled up with zeros.
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
            row.0[column % PANEL] = value;
        }
    }

    /// Sets one row, from the left.
    pub(crate) fn set_row(&mut self, row: usize, values: &[f32]) {
        for (panel, values) in values.chunks(PANEL).enumerate() {
            self.values[panel * self.depth + row].0[..values.len()].copy_from_slice(values);
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
    workspace: &mut Workspace,
    input: Rows<'_>,
    panels: &Panels,
    bias: Option<&[f32]>,
    then: Then,
    output: RowsMut<'_>,
) {
    let Workspace { instructions, interleaved } = workspace;
    instructions.run(Multiply { input, panels, bias, then, output, interleaved });
}

struct Multiply<'a> {
    input: Rows<'a>,
    panels: &'a Panels,
    bias: Option<&'a [f32]>,
    then: Then,
    output: RowsMut<'a>,
    interleaved: &'a mut Vec<f32>,
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
        let depth = self.panels.depth;
        self.interleaved.resize(depth * self.input.count.next_multiple_of(GROUP), 0.0);
        let mut interleaved = std::mem::take(self.interleaved);
        let groups = interleaved.as_chunks_mut::<GROUP>().0;
        for group in 0..self.input.count.div_ceil(GROUP) {
            interleave(self.input, group * GROUP, &mut groups[group * depth..][..depth]);
        }
        for panel in 0..self.panels.columns.div_ceil(PANEL) {
            let columns = &self.panels.values[panel * depth..][..depth];
            let mut bias = [0.0; PANEL];
            if let Some(values) = self.bias {
                let values = &values[panel * PANEL..self.panels.columns.min((panel + 1) * PANEL)];
                bias[..values.len()].copy_from_slice(values);
            }
            for group in 0..self.input.count.div_ceil(GROUP) {
                let rows = &groups[group * depth..][..depth];
                let product = Tile { rows, columns, bias: &bias, then: self.then };
                self.store::<S, GROUP>(simd, &product, group * GROUP, panel * PANEL);
            }
        }
        *self.interleaved = interleaved;
    }

    /// Computes a tile of the output in its place or, at the edge, aside, and copies what belongs to the output.
    #[inline(always)]
    fn store<S: Simd, const GROUP: usize>(
        &mut self,
        simd: S,
        product: &Tile<'_, GROUP>,
        row: usize,
        column: usize,
    ) {
        let stride = self.output.stride;
        let cells = &mut self.output.values[row * stride + column..];
        let (height, width) = (GROUP.min(self.input.count - row), PANEL.min(self.panels.columns - column));
        if (height, width) == (GROUP, PANEL) {
            product.compute(simd, cells, stride);
        } else {
            let mut tile = [[0.0; PANEL]; GROUP];
            product.compute(simd, tile.as_flattened_mut(), PANEL);
            for (i, tile) in tile[..height].iter().enumerate() {
                cells[i * stride..][..width].copy_from_slice(&tile[..width]);
            }
        }
    }
}

/// Puts the rows from `first` on side by side, depth first. Beyond the last row there are zeros.
#[inline(always)]
fn interleave<const GROUP: usize>(input: Rows<'_>, first: usize, group: &mut [[f32; GROUP]]) {
    let depth = group.len();
    let row = |i: usize| if i < input.count { &input.values[i * input.stride..][..depth] } else { &[] };
    if first + GROUP <= input.count {
        let rows: [&[f32]; GROUP] = std::array::from_fn(|i| row(first + i));
        for (place, cell) in group.iter_mut().enumerate() {
            *cell = std::array::from_fn(|i| rows[i][place]);
        }
    } else {
        for i in 0..GROUP {
            let values = row(first + i).iter().copied().chain(std::iter::repeat(0.0));
            group.iter_mut().zip(values).for_each(|(cell, value)| cell[i] = value);
        }
    }
}

/// One tile of the product: a group of rows × a panel of columns.
struct Tile<'a, const GROUP: usize> {
    rows: &'a [[f32; GROUP]],
    columns: &'a [Strip],
    bias: &'a [f32; PANEL],
    then: Then,
}

impl<const GROUP: usize> Tile<'_, GROUP> {
    /// Row `i` of the tile goes to `cells` from `i * stride` on.
    #[inline(always)]
    fn compute<S: Simd>(&self, simd: S, cells: &mut [f32], stride: usize) {
        let width = 2 * S::F32_LANES;
        for part in (0..PANEL).step_by(width) {
            let mut sums = [pair::<S>(&self.bias[part..]); GROUP];
            for (row, column) in self.rows.iter().zip(self.columns) {
                let [left, right] = pair::<S>(&column.0[part..]);
                for i in 0..GROUP {
                    let factor = simd.splat_f32s(row[i]);
                    sums[i][0] = simd.mul_add_f32s(factor, left, sums[i][0]);
                    sums[i][1] = simd.mul_add_f32s(factor, right, sums[i][1]);
                }
            }
            for (i, sums) in sums.into_iter().enumerate() {
                let stored = S::as_mut_simd_f32s(&mut cells[i * stride + part..][..width]).0;
                for (stored, sum) in stored.iter_mut().zip(sums) {
                    *stored = match self.then {
                        Then::Store => sum,
                        Then::Gelu => gelu(simd, sum),
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
