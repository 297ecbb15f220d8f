//! How bytes lie in memory: steps of 64 along the depth, for 32 rows or 32 columns at a time.
//!
//! A step of rows is 32 lines, one a row, of 64 numbers. A step of columns is 32 lines as well: one for every four
//! numbers of the depth for columns 0 to 15, with the four numbers of a column side by side, then the same for columns
//! 16 to 31. That is what AMX loads as two tiles each, what VNNI multiplies a line at a time, and what AVX2 and NEON take
//! in halves and quarters.

use super::{DEPTH, TILE};

/// How much of a tile's sums is wanted. A kernel may compute more of them, up to all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Numbers of the depth; beyond them one side holds zeros, or the other side has no steps.
    pub(super) depth: usize,
}

impl Extent {
    /// The steps of columns with how many of their lines of four numbers of the depth are wanted.
    #[inline(always)]
    pub(super) fn lines(self, columns: &[Step]) -> impl Iterator<Item = (&Step, usize)> {
        let lines =
            move |step: usize| self.depth.saturating_sub(step * DEPTH).div_ceil(SIDE).min(DEPTH / SIDE);
        columns.iter().enumerate().map(move |(step, columns)| (columns, lines(step)))
    }
}

/// 64 numbers of the depth, for 32 rows or columns.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Step(pub(super) [[i8; DEPTH]; TILE]);

/// Numbers of the depth that lie side by side in a column.
pub(super) const SIDE: usize = 4;

/// Columns in a line.
pub(super) const HALF: usize = TILE / 2;

impl Step {
    /// All zeros.
    pub(super) const ZERO: Self = Self([[0; DEPTH]; TILE]);

    /// Sets number `depth` of `column`.
    pub(super) fn set_column(&mut self, column: usize, depth: usize, value: i8) {
        self.0[column / HALF * HALF + depth / SIDE][column % HALF * SIDE + depth % SIDE] = value;
    }

    /// Sets the first numbers of `column`, four by four.
    #[inline(always)]
    pub(super) fn set_column_from(&mut self, column: usize, values: &[i8]) {
        let lines = &mut self.0.as_chunks_mut::<HALF>().0[column / HALF];
        for (line, &four) in lines.iter_mut().zip(values.as_chunks::<SIDE>().0) {
            line.as_chunks_mut().0[column % HALF] = four;
        }
    }
}

/// Four numbers of a row as one word.
#[inline(always)]
pub(super) fn word(line: &[i8; DEPTH], group: usize) -> i32 {
    let four = line.as_chunks::<SIDE>().0[group];
    i32::from_le_bytes(four.map(|number| number as u8))
}
