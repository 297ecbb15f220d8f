//! The product with the dot product of bytes of ARM processors since 2018 (Apple's M series among them): four
//! products are added to a 32-bit sum in one instruction, for four columns.
//!
//! The intrinsic is not in stable Rust, so this is assembly.

use std::arch::aarch64::{int8x16_t, int32x4_t, vdupq_n_s32};
use std::arch::asm;

use super::neon::{load, store};
use super::step::{Extent, HALF, SIDE, Step};
use super::{DEPTH, Sums, TILE};

/// Rows whose sums are kept in registers at a time, for 16 columns.
const GROUP: usize = 4;

/// Writes the sums of products of 32 rows and 32 columns into `sums`, at least those within `extent`.
#[target_feature(enable = "neon,dotprod")]
pub(super) fn multiply(rows: &[Step], columns: &[Step], extent: Extent, sums: &mut Sums) {
    for first in (0..extent.rows.min(TILE)).step_by(GROUP) {
        for half in 0..extent.columns.min(TILE).div_ceil(HALF) {
            let mut group = [[vdupq_n_s32(0); HALF / SIDE]; GROUP];
            for (rows, (columns, wanted)) in rows.iter().zip(extent.lines(columns)) {
                let rows: &[[i8; DEPTH]; GROUP] = &rows.0.as_chunks().0[first / GROUP];
                let lines = &columns.0.as_chunks::<HALF>().0[half];
                // Sixteen bytes of a row are four words, one for each of four lines.
                for (index, lines) in
                    lines.as_chunks::<SIDE>().0.iter().take(wanted.div_ceil(SIDE)).enumerate()
                {
                    let words = rows.each_ref().map(|row| load(row, index));
                    for quarter in 0..HALF / SIDE {
                        let [one, two, three, four] = lines.each_ref().map(|line| load(line, quarter));
                        for (sums, &words) in group.iter_mut().zip(&words) {
                            let sum = dot::<0>(sums[quarter], one, words);
                            let sum = dot::<1>(sum, two, words);
                            let sum = dot::<2>(sum, three, words);
                            sums[quarter] = dot::<3>(sum, four, words);
                        }
                    }
                }
            }
            for (row, group) in sums.0[first..].iter_mut().zip(group) {
                let quarters = row.as_chunks_mut::<SIDE>().0[half * HALF / SIDE..].iter_mut();
                for (to, sums) in quarters.zip(group) {
                    store(to, sums);
                }
            }
        }
    }
}

/// Adds to each of four sums the product of four bytes of `columns` with the word `WORD` of `row`.
#[inline]
#[target_feature(enable = "neon,dotprod")]
#[expect(unsafe_code, reason = "assembly")]
fn dot<const WORD: u8>(sums: int32x4_t, columns: int8x16_t, row: int8x16_t) -> int32x4_t {
    let mut sums = sums;
    // SAFETY: the instruction reads and writes these registers alone, and the machine has it.
    unsafe {
        asm!(
            "sdot {sums:v}.4s, {columns:v}.16b, {row:v}.4b[{word}]",
            sums = inout(vreg) sums,
            columns = in(vreg) columns,
            row = in(vreg) row,
            word = const WORD,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sums
}
