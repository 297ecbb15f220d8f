//! The memory layout of quantized numbers: steps of 64 along the depth, for 32 rows or 32 columns at a time.
//!
//! A step of rows has 32 lines of 64 bytes, one for each row. A step of columns also has 32 lines: one for
//! every four numbers of the depth of columns 0 to 15, with the four numbers of a column side by side, then
//! the same for columns 16 to 31. AMX loads each as two tiles, VNNI multiplies a line at a time, AVX2 and
//! NEON halves and quarters of a line.

use super::{DEPTH, TILE};

/// The part of a tile whose sums are wanted. A kernel may compute more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Depth; beyond it one side has zeros, or the other side has no steps.
    pub(super) depth: usize,
}

impl Extent {
    /// The steps of columns, each with the number of its lines that are within the depth.
    #[inline(always)]
    pub(super) fn lines(self, columns: &[Step]) -> impl Iterator<Item = (&Step, usize)> {
        let lines =
            move |step: usize| self.depth.saturating_sub(step * DEPTH).div_ceil(SIDE).min(DEPTH / SIDE);
        columns.iter().enumerate().map(move |(step, columns)| (columns, lines(step)))
    }
}

/// A depth of 64 for 32 rows or columns.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Step(pub(super) [[i8; DEPTH]; TILE]);

/// Consecutive numbers of a column within a line.
pub(super) const SIDE: usize = 4;

/// Columns in a line.
pub(super) const HALF: usize = TILE / 2;

impl Step {
    /// All zeros.
    pub(super) const ZERO: Self = Self([[0; DEPTH]; TILE]);

    /// Sets the number of `column` at `depth`.
    pub(super) fn set_column(&mut self, column: usize, depth: usize, value: i8) {
        self.0[column / HALF * HALF + depth / SIDE][column % HALF * SIDE + depth % SIDE] = value;
    }

    /// Sets the first numbers of `column`, four at a time.
    #[inline(always)]
    pub(super) fn set_column_from(&mut self, column: usize, values: &[i8]) {
        let lines = &mut self.0.as_chunks_mut::<HALF>().0[column / HALF];
        for (line, &four) in lines.iter_mut().zip(values.as_chunks::<SIDE>().0) {
            line.as_chunks_mut().0[column % HALF] = four;
        }
    }
}

/// Four consecutive numbers of a row as one word.
#[inline(always)]
pub(super) fn word(line: &[i8; DEPTH], group: usize) -> i32 {
    let four = line.as_chunks::<SIDE>().0[group];
    i32::from_le_bytes(four.map(|number| number as u8))
}
