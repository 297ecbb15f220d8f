//! The product with AVX-512 VNNI: four products of bytes are added to a 32-bit sum in one instruction, in
//! 512-bit vectors.

use std::arch::x86_64::{
    __m512i, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
    _mm512_storeu_si512,
};

use super::step::{Extent, HALF, Step, word};
use super::{DEPTH, Sums, TILE};

/// Rows whose sums are kept in registers at a time, for all 32 columns.
const GROUP: usize = 8;

/// Writes the sums of products of 32 rows and 32 columns into `sums`, at least those within `extent`.
#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) fn multiply(rows: &[Step], columns: &[Step], extent: Extent, sums: &mut Sums) {
    for first in (0..extent.rows.min(TILE)).step_by(GROUP) {
        let mut group = [[_mm512_setzero_si512(); 2]; GROUP];
        for (rows, (columns, lines)) in rows.iter().zip(extent.lines(columns)) {
            let rows: &[[i8; DEPTH]; GROUP] = &rows.0.as_chunks().0[first / GROUP];
            let (left, right) = columns.0.split_at(HALF);
            for (index, (left, right)) in left.iter().zip(right).take(lines).enumerate() {
                let (left, right) = (load(left), load(right));
                for (sums, row) in group.iter_mut().zip(rows) {
                    let factors = _mm512_set1_epi32(word(row, index));
                    sums[0] = _mm512_dpbusd_epi32(sums[0], factors, left);
                    sums[1] = _mm512_dpbusd_epi32(sums[1], factors, right);
                }
            }
        }
        for (row, [left, right]) in sums.0[first..].iter_mut().zip(group) {
            let halves = row.as_chunks_mut().0;
            store(&mut halves[0], left);
            store(&mut halves[1], right);
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "vectors are loaded through pointers")]
fn load(line: &[i8; DEPTH]) -> __m512i {
    // SAFETY: the line has the 64 bytes of a vector; this load needs no alignment.
    unsafe { _mm512_loadu_si512(line.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
#[expect(unsafe_code, reason = "vectors are stored through pointers")]
fn store(to: &mut [i32; HALF], sums: __m512i) {
    // SAFETY: sixteen numbers of four bytes are a vector; this store needs no alignment.
    unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), sums) }
}
