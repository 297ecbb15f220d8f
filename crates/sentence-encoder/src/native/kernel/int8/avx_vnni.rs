//! The product with AVX-VNNI: four products of bytes are added to a 32-bit sum in one instruction, in 256-bit
//! vectors.

use std::arch::x86_64::{_mm256_dpbusd_avx_epi32, _mm256_set1_epi32, _mm256_setzero_si256};

use super::avx2::{halves, store};
use super::step::{Extent, HALF, Step, word};
use super::{DEPTH, Sums, TILE};

/// Rows whose sums are kept in registers at a time, for 16 columns.
const GROUP: usize = 4;

/// Writes the sums of products of 32 rows and 32 columns into `sums`, at least those within `extent`.
#[target_feature(enable = "avx2,avxvnni")]
pub(super) fn multiply(rows: &[Step], columns: &[Step], extent: Extent, sums: &mut Sums) {
    for first in (0..extent.rows.min(TILE)).step_by(GROUP) {
        for half in 0..extent.columns.min(TILE).div_ceil(HALF) {
            let mut group = [[_mm256_setzero_si256(); 2]; GROUP];
            for (rows, (columns, lines)) in rows.iter().zip(extent.lines(columns)) {
                let rows: &[[i8; DEPTH]; GROUP] = &rows.0.as_chunks().0[first / GROUP];
                let columns = &columns.0.as_chunks::<HALF>().0[half];
                for (index, line) in columns.iter().take(lines).enumerate() {
                    let [left, right] = halves(line);
                    for (sums, row) in group.iter_mut().zip(rows) {
                        let factors = _mm256_set1_epi32(word(row, index));
                        sums[0] = _mm256_dpbusd_avx_epi32(sums[0], factors, left);
                        sums[1] = _mm256_dpbusd_avx_epi32(sums[1], factors, right);
                    }
                }
            }
            for (row, sum) in sums.0[first..].iter_mut().zip(group) {
                store(&mut row.as_chunks_mut::<HALF>().0[half], sum);
            }
        }
    }
}
