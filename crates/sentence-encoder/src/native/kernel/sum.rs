//! Sums over a row in a fixed order: sixteen running sums, then a tree. This is wide enough for AVX-512 and
//! gives the same bits with narrower vectors.

/// Number of running sums.
pub(super) const LANES: usize = 16;

/// The sum of `map(x)` over the row.
#[inline(always)]
pub(super) fn sum(row: &[f32], map: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    let (blocks, rest) = row.as_chunks::<LANES>();
    for block in blocks {
        for (lane, &x) in lanes.iter_mut().zip(block) {
            *lane += map(x);
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(rest) {
        *lane += map(x);
    }
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}
