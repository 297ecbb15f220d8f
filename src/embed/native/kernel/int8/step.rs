//! How bytes lie in memory: steps of 64 along the depth, for 32 rows or 32 columns at a time.
//!
//! A step of rows is 32 lines, one a row, of 64 numbers. A step of columns is 32 lines as well: two for every four
//! numbers of the depth, for columns 0 to 15 and 16 to 31, with the four numbers of a column side by side. That is what AMX
//! loads as two tiles each, what VNNI multiplies a line at a time, and what AVX2 and NEON take in halves and quarters.

use super::{DEPTH, TILE};

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
        self.0[depth / SIDE * 2 + column / HALF][column % HALF * SIDE + depth % SIDE] = value;
    }
}

/// Four numbers of a row as one word.
#[inline(always)]
pub(super) fn word(line: &[i8; DEPTH], group: usize) -> i32 {
    let four = line.as_chunks::<SIDE>().0[group];
    i32::from_le_bytes(four.map(|number| number as u8))
}
