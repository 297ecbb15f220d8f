//! The kernel of each instruction set.

#[cfg(target_arch = "x86_64")]
use super::amx::Tiles;
use super::step::{Extent, Step};
use super::{Sums, plain};
use same_bits::{InstructionSet, Instructions};

/// A kernel that is ready to multiply on this thread.
pub(super) enum Product {
    Plain,
    #[cfg(target_arch = "aarch64")]
    Neon,
    #[cfg(target_arch = "aarch64")]
    NeonDot,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
    #[cfg(target_arch = "x86_64")]
    Amx(Tiles),
}

impl Product {
    /// The kernel for these instructions.
    #[cfg_attr(
        target_arch = "x86_64",
        expect(unsafe_code, reason = "tiles may only be configured if the machine has them")
    )]
    pub(super) fn begin(instructions: Instructions) -> Self {
        match instructions.set() {
            #[cfg(target_arch = "aarch64")]
            InstructionSet::Neon => Self::Neon,
            #[cfg(target_arch = "aarch64")]
            InstructionSet::NeonDot => Self::NeonDot,
            #[cfg(target_arch = "x86_64")]
            // Without VNNI, 512-bit vectors have no better product of bytes.
            InstructionSet::Avx2 | InstructionSet::Avx512 => Self::Avx2,
            #[cfg(target_arch = "x86_64")]
            InstructionSet::AvxVnni => Self::AvxVnni,
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512Vnni => Self::Avx512Vnni,
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Instructions` has this set only if the system permits it.
            InstructionSet::Amx => Self::Amx(unsafe { Tiles::new() }),
            _ => Self::Plain,
        }
    }

    /// Writes the sums of products of 32 rows and 32 columns into `sums`; sums outside `extent` are
    /// arbitrary. Values are 0 to 127 in rows and −127 to 127 in columns.
    #[cfg_attr(
        any(target_arch = "x86_64", target_arch = "aarch64"),
        expect(unsafe_code, reason = "kernels use instructions that not every machine has")
    )]
    pub(super) fn multiply(&self, rows: &[Step], columns: &[Step], extent: Extent, sums: &mut Sums) {
        match self {
            Self::Plain => plain::multiply(rows, columns, sums),
            #[cfg(target_arch = "aarch64")]
            // SAFETY: `begin` makes this variant only if the machine has the instructions.
            Self::Neon => unsafe { super::neon::multiply(rows, columns, extent, sums) },
            #[cfg(target_arch = "aarch64")]
            // SAFETY: as above.
            Self::NeonDot => unsafe { super::neon_dot::multiply(rows, columns, extent, sums) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above; machines with AVX-512 have AVX2.
            Self::Avx2 => unsafe { super::avx2::multiply(rows, columns, extent, sums) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Self::AvxVnni => unsafe { super::avx_vnni::multiply(rows, columns, extent, sums) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Self::Avx512Vnni => unsafe { super::avx512_vnni::multiply(rows, columns, extent, sums) },
            #[cfg(target_arch = "x86_64")]
            Self::Amx(tiles) => tiles.multiply(rows, columns, extent, sums),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::super::step::{Extent, Step};
    use super::super::{DEPTH, Sums, TILE};
    use super::Product;
    use same_bits::Instructions;
    use same_bits::random_stream;

    /// `steps` steps of random bytes from `low` to 127, or of these two values only.
    fn bytes(steps: usize, low: i8, extreme: bool, name: &str) -> Vec<Step> {
        let mut random = random_stream(7, name);
        let mut number = || match extreme {
            true if random.r#gen() => low,
            true => 127,
            false => random.gen_range(low..=127),
        };
        (0..steps).map(|_| Step([(); TILE].map(|()| [(); DEPTH].map(|()| number())))).collect()
    }

    /// Compares the sums within `extent` with those of the plain kernel.
    fn compare(rows: &[Step], columns: &[Step], extent: Extent) {
        let mut expected = Sums([[1; TILE]; TILE]);
        super::plain::multiply(rows, columns, &mut expected);
        let wanted = |sums: &Sums| -> Vec<i32> {
            sums.0[..extent.rows].iter().flat_map(|row| row[..extent.columns].to_vec()).collect()
        };
        assert!(wanted(&expected).iter().any(|&sum| sum != 0));
        for instructions in Instructions::available() {
            let mut sums = Sums([[9; TILE]; TILE]);
            Product::begin(instructions).multiply(rows, columns, extent, &mut sums);
            assert_eq!(wanted(&sums), wanted(&expected), "{}, {extent:?}", instructions.name());
        }
    }

    #[test]
    fn every_kernel_gives_the_sums_of_the_plain_one() {
        for steps in [1, 2, 3, 24] {
            for extreme in [false, true] {
                let extent = Extent { rows: TILE, columns: TILE, depth: steps * DEPTH };
                compare(&bytes(steps, 0, extreme, "rows"), &bytes(steps, -127, extreme, "columns"), extent);
            }
        }
    }

    #[test]
    fn every_kernel_gives_as_many_sums_as_are_wanted() {
        let columns = bytes(2, -127, false, "columns");
        for (rows_wanted, columns_wanted, depth) in
            [(1, 1, 1), (3, 16, 4), (9, 17, 5), (16, 5, 64), (17, 31, 66), (32, 30, 100), (31, 32, 127)]
        {
            let mut rows = bytes(2, 1, false, "rows");
            for (i, byte) in rows.iter_mut().flat_map(|step| &mut step.0).flatten().enumerate() {
                let index = i / (TILE * DEPTH) * DEPTH + i % DEPTH;
                *byte = if index < depth { *byte } else { 0 };
            }
            compare(&rows, &columns, Extent { rows: rows_wanted, columns: columns_wanted, depth });
        }
    }

    #[test]
    fn a_plain_sum_is_the_product_of_a_row_and_a_column() {
        let (rows, mut columns) = (bytes(2, 0, false, "rows"), vec![Step::ZERO; 2]);
        let weight = |depth: usize, column: usize| ((depth * 7 + column * 31) % 255) as i32 - 127;
        for depth in 0..2 * DEPTH {
            for column in 0..TILE {
                columns[depth / DEPTH].set_column(column, depth % DEPTH, weight(depth, column) as i8);
            }
        }
        let mut sums = Sums([[0; TILE]; TILE]);
        super::plain::multiply(&rows, &columns, &mut sums);
        for (row, sums) in sums.0.iter().enumerate() {
            for (column, &sum) in sums.iter().enumerate() {
                let product = |depth: usize| {
                    i32::from(rows[depth / DEPTH].0[row][depth % DEPTH]) * weight(depth, column)
                };
                assert_eq!(sum, (0..2 * DEPTH).map(product).sum::<i32>());
            }
        }
    }
}
