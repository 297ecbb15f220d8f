//! The product in plain Rust, which defines the result of all others.

use super::step::{HALF, SIDE, Step};
use super::{DEPTH, Sums, TILE};

/// Writes the sums of products of 32 rows and 32 columns into `sums`.
pub(super) fn multiply(rows: &[Step], columns: &[Step], sums: &mut Sums) {
    sums.0 = [[0; TILE]; TILE];
    for (rows, columns) in rows.iter().zip(columns) {
        for (row, sums) in rows.0.iter().zip(&mut sums.0) {
            for depth in 0..DEPTH {
                let factor = i32::from(row[depth]);
                for (column, sum) in sums.iter_mut().enumerate() {
                    let line = &columns.0[column / HALF * HALF + depth / SIDE];
                    *sum += factor * i32::from(line[column % HALF * SIDE + depth % SIDE]);
                }
            }
        }
    }
}
