//! The product with AVX2: products of bytes, added in pairs in 16 bits and then in 32 bits.
//!
//! The sum of two products of at most 127 · 127 fits into 16 bits, which is why inputs have 7 bits.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
    _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256,
};

use super::step::{Extent, HALF, Step, word};
use super::{DEPTH, Sums, TILE};

/// Rows whose sums are kept in registers at a time, for 16 columns.
const GROUP: usize = 4;

/// Writes the sums of products of 32 rows and 32 columns into `sums`, at least those within `extent`.
#[target_feature(enable = "avx2")]
pub(super) fn multiply(rows: &[Step], columns: &[Step], extent: Extent, sums: &mut Sums) {
    let ones = _mm256_set1_epi16(1);
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
                        let pairs = _mm256_maddubs_epi16(factors, left);
                        sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(pairs, ones));
                        let pairs = _mm256_maddubs_epi16(factors, right);
                        sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            for (row, sum) in sums.0[first..].iter_mut().zip(group) {
                store(&mut row.as_chunks_mut::<HALF>().0[half], sum);
            }
        }
    }
}

/// A line as two vectors.
#[inline]
#[target_feature(enable = "avx2")]
#[expect(unsafe_code, clippy::cast_ptr_alignment, reason = "vectors are loaded through unaligned pointers")]
pub(super) fn halves(line: &[i8; DEPTH]) -> [__m256i; 2] {
    let start = line.as_ptr().cast::<__m256i>();
    // SAFETY: the line has 64 bytes, which are two vectors; these loads need no alignment.
    unsafe { [_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1))] }
}

/// Stores the sums of 16 columns.
#[inline]
#[target_feature(enable = "avx2")]
#[expect(unsafe_code, clippy::cast_ptr_alignment, reason = "vectors are stored through unaligned pointers")]
pub(super) fn store(to: &mut [i32; HALF], sums: [__m256i; 2]) {
    let start = to.as_mut_ptr().cast::<__m256i>();
    // SAFETY: sixteen numbers of four bytes are two vectors; these stores need no alignment.
    unsafe {
        _mm256_storeu_si256(start, sums[0]);
        _mm256_storeu_si256(start.add(1), sums[1]);
    }
}
