//! The product with NEON: two products of bytes are added in 16 bits, and pairs of these in 32 bits.
//!
//! The sum of two products of at most 127 · 127 fits into 16 bits. This is for
//! processors without the dot product of bytes, see `neon_dot`.

use std::arch::aarch64::{
    int8x16_t, int32x4_t, vdupq_n_s32, vget_high_s8, vget_low_s8, vld1q_s8, vmlal_s8, vmull_s8, vpadalq_s16,
    vpaddq_s32, vreinterpretq_s8_s32, vst1q_s32,
};

use super::step::{Extent, HALF, SIDE, Step, word};
use super::{DEPTH, Sums, TILE};

/// Rows whose sums are kept in registers at a time, for four columns.
const GROUP: usize = 4;

/// Writes the sums of products of 32 rows and 32 columns into `sums`, at least those within `extent`.
#[target_feature(enable = "neon")]
pub(super) fn multiply(rows: &[Step], columns: &[Step], extent: Extent, sums: &mut Sums) {
    for first in (0..extent.rows.min(TILE)).step_by(GROUP) {
        for quarter in 0..extent.columns.min(TILE).div_ceil(SIDE) {
            let mut group = [[vdupq_n_s32(0); 2]; GROUP];
            for (rows, (columns, wanted)) in rows.iter().zip(extent.lines(columns)) {
                let rows: &[[i8; DEPTH]; GROUP] = &rows.0.as_chunks().0[first / GROUP];
                let lines = &columns.0.as_chunks::<HALF>().0[quarter / SIDE];
                for (index, lines) in lines.as_chunks::<2>().0.iter().take(wanted.div_ceil(2)).enumerate() {
                    let [one, two] = lines.each_ref().map(|line| load(line, quarter % SIDE));
                    for (sums, row) in group.iter_mut().zip(rows) {
                        let [first, second] = [2 * index, 2 * index + 1]
                            .map(|index| vreinterpretq_s8_s32(vdupq_n_s32(word(row, index))));
                        let low = vmull_s8(vget_low_s8(first), vget_low_s8(one));
                        let low = vmlal_s8(low, vget_low_s8(second), vget_low_s8(two));
                        let high = vmull_s8(vget_high_s8(first), vget_high_s8(one));
                        let high = vmlal_s8(high, vget_high_s8(second), vget_high_s8(two));
                        sums[0] = vpadalq_s16(sums[0], low);
                        sums[1] = vpadalq_s16(sums[1], high);
                    }
                }
            }
            for (row, [low, high]) in sums.0[first..].iter_mut().zip(group) {
                store(&mut row.as_chunks_mut().0[quarter], vpaddq_s32(low, high));
            }
        }
    }
}

/// Sixteen bytes of a line: four columns, or four words of a row.
#[inline]
#[target_feature(enable = "neon")]
#[expect(unsafe_code, reason = "vectors are loaded through pointers")]
pub(super) fn load(line: &[i8; DEPTH], quarter: usize) -> int8x16_t {
    let bytes: &[i8; 16] = &line.as_chunks().0[quarter];
    // SAFETY: sixteen bytes are a vector.
    unsafe { vld1q_s8(bytes.as_ptr()) }
}

/// Stores the sums of four columns.
#[inline]
#[target_feature(enable = "neon")]
#[expect(unsafe_code, reason = "vectors are stored through pointers")]
pub(super) fn store(to: &mut [i32; SIDE], sums: int32x4_t) {
    // SAFETY: four numbers of four bytes are a vector.
    unsafe { vst1q_s32(to.as_mut_ptr(), sums) }
}
