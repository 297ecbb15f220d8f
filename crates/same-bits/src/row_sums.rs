//! Sums of chosen rows of a matrix, for programs that draw many sets of rows from the same matrix.
//!
//! Vectors lie across columns, so that their width changes nothing: a sum is that of the rows at even places of the set plus that of the
//! rows at odd ones, each in the order of the set.

use pulp::{Simd, WithSimd};

use crate::Instructions;

/// Columns that are summed at a time. A multiple of two vectors of every instruction set.
const PANEL: usize = 16;

/// A matrix whose rows are summed, in panels of columns: a panel has a piece of each row.
#[derive(Debug, Clone, Default)]
pub struct RowSums {
    panels: Vec<Vec<[f64; PANEL]>>,
    columns: usize,
}

impl RowSums {
    /// The matrix with these rows; a row that is too short is filled up with zeros, and one that is too long is cut.
    pub fn new(rows: impl Iterator<Item = Vec<f64>>, columns: usize) -> Self {
        let mut panels = vec![Vec::new(); Self::panels(columns)];
        for row in rows {
            for (panel, first) in panels.iter_mut().zip((0..columns).step_by(PANEL)) {
                let mut piece = [0.0; PANEL];
                let values = row.iter().take(columns).skip(first);
                piece.iter_mut().zip(values).for_each(|(cell, &value)| *cell = value);
                panel.push(piece);
            }
        }
        Self { panels, columns }
    }

    /// How many panels so many columns take: what a sum costs.
    pub fn panels(columns: usize) -> usize {
        columns.div_ceil(PANEL)
    }

    /// The sum of each column over the rows at `chosen`, in `sums`; an index beyond the matrix is a row of zeros.
    pub fn sum(&self, chosen: &[u32], sums: &mut Vec<f64>) {
        self.sum_with(Instructions::chosen(), chosen, sums);
    }

    fn sum_with(&self, instructions: Instructions, chosen: &[u32], sums: &mut Vec<f64>) {
        sums.clear();
        for panel in &self.panels {
            sums.extend_from_slice(&instructions.run(Panel { rows: panel, chosen }));
        }
        sums.truncate(self.columns);
    }
}

/// A piece of each row, and the rows to sum.
struct Panel<'a> {
    rows: &'a [[f64; PANEL]],
    chosen: &'a [u32],
}

impl WithSimd for Panel<'_> {
    type Output = [f64; PANEL];

    #[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> [f64; PANEL] {
        let mut sums = [0.0; PANEL];
        for part in (0..PANEL).step_by(2 * S::F64_LANES) {
            let columns = part..part + 2 * S::F64_LANES;
            let mut even = [simd.splat_f64s(0.0); 2];
            let mut odd = even;
            let (pairs, last) = self.chosen.as_chunks::<2>();
            for &[one, other] in pairs {
                add(simd, &mut even, self.rows, one, columns.clone());
                add(simd, &mut odd, self.rows, other, columns.clone());
            }
            for &one in last {
                add(simd, &mut even, self.rows, one, columns.clone());
            }
            let both = [simd.add_f64s(even[0], odd[0]), simd.add_f64s(even[1], odd[1])];
            S::as_mut_simd_f64s(&mut sums[columns]).0.copy_from_slice(&both);
        }
        sums
    }
}

/// Adds two vectors' columns of a row.
#[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
#[inline(always)]
fn add<S: Simd>(
    simd: S,
    sums: &mut [S::f64s; 2],
    rows: &[[f64; PANEL]],
    row: u32,
    columns: std::ops::Range<usize>,
) {
    if let Some(row) = rows.get(row as usize) {
        let values = S::as_simd_f64s(&row[columns]).0;
        *sums = [simd.add_f64s(sums[0], values[0]), simd.add_f64s(sums[1], values[1])];
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::Rng;

    use super::*;
    use crate::random_stream;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn sums_are_the_defined_ones_with_every_instruction_set(rows in 0..30_usize, columns in 0..40_usize, many in 0..50_usize) {
            let mut random = random_stream(7, "rows");
            let matrix: Vec<Vec<f64>> =
                (0..rows).map(|_| (0..columns).map(|_| random.gen_range(-1.0..1.0)).collect()).collect();
            let chosen: Vec<u32> = (0..many).map(|_| random.gen_range(0..rows as u32 + 2)).collect();
            let of_column = |column: usize| {
                let value = |&row: &u32| matrix.get(row as usize).map_or(0.0, |row| row[column]);
                let [even, odd] = [0, 1]
                    .map(|first| chosen.iter().skip(first).step_by(2).map(value).fold(0.0, |sum, value| sum + value));
                even + odd
            };
            let defined: Vec<f64> = (0..columns).map(of_column).collect();
            let table = RowSums::new(matrix.iter().cloned(), columns);
            for instructions in Instructions::available() {
                let mut sums = vec![5.0; 3];
                table.sum_with(instructions, &chosen, &mut sums);
                let same = sums.len() == columns && sums.iter().zip(&defined).all(|(a, b)| a.to_bits() == b.to_bits());
                prop_assert!(same, "{}", instructions.name());
            }
        }
    }

    #[test]
    fn rows_of_another_length_are_filled_up_or_cut() {
        let table = RowSums::new([vec![1.0], vec![1.0, 2.0, 4.0]].into_iter(), 2);
        let mut sums = Vec::new();
        table.sum(&[0, 1], &mut sums);
        assert_eq!(sums, [2.0, 2.0]);
    }
}
