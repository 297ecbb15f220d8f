//! Scaled dot-product attention within each text, in int8.
//!
//! For each head, queries are rows and keys are columns, and their products are scores; the softmax of the
//! scores gives rows again, which are multiplied with the values as columns. So this is the product of a
//! dense layer twice, with columns that are made for one text.

mod prepare;
mod softmax;

use self::prepare::Prepare;
use self::softmax::{Shares, Softmax};
use super::dequantize::{Columns, Dequantize, WriteMode};
use super::product::Product;
use super::rows::QuantParams;
use super::step::{Extent, Step};
use super::{DEPTH, Sums, TILE};
use crate::native::kernel::attention::{Distances, Heads, Projected};
use crate::native::kernel::matrix::{Epilogue, Rows};
use same_bits::Instructions;

use crate::native::kernel::Workspace;

/// Buffers for one text.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    heads: Vec<Head>,
    /// Rows of a head that are being quantized.
    numbers: Vec<f32>,
    /// Of 32 queries and all keys, in tiles of 32.
    sums: Vec<Sums>,
    shares: Shares,
}

/// Quantized inputs of one head of one text.
#[derive(Debug, Default)]
struct Head {
    queries: Vec<Step>,
    query_ranges: Vec<QuantParams>,
    keys: Vec<Step>,
    key_columns: Vec<Columns>,
    values: Vec<Step>,
    value_columns: Vec<Columns>,
}

/// Attention of one text; see [`Attention`](crate::native::kernel::Attention).
pub(crate) fn attend(
    workspace: &mut Workspace,
    projected: Projected<'_>,
    Heads { width, depth }: Heads,
    distances: Option<&Distances>,
    context: &mut [f32],
) {
    let Workspace { instructions, attention_in_bytes: Scratch { heads, numbers, sums, shares }, .. } =
        workspace;
    let instructions = *instructions;
    let count = projected.queries.len() / width;
    heads.resize_with(width / depth, Head::default);
    sums.resize(count.div_ceil(TILE), Sums([[0; TILE]; TILE]));
    shares.make_room(count);
    // All heads first: a tile cannot be loaded until the stores of its bytes have reached the cache.
    for (head, start) in heads.iter_mut().zip((0..).step_by(depth)) {
        let [queries, keys, values] = [projected.queries, projected.keys, projected.values]
            .map(|rows| Rows { values: &rows[start..], count, stride: width });
        instructions.run(Prepare { queries, keys, values, depth, numbers, head });
    }
    let product = Product::begin(instructions);
    for (number, (head, start)) in heads.iter().zip((0..).step_by(depth)).enumerate() {
        let queries = head.queries.chunks_exact(depth.div_ceil(DEPTH)).zip(head.query_ranges.chunks(TILE));
        for ((queries, params), first) in queries.zip((0..).step_by(TILE)) {
            head.score(&product, queries, Extent { rows: params.len(), columns: count, depth }, sums);
            let distances = distances.map(|distances| (distances, number, first));
            let keys = &head.key_columns;
            instructions.run(Softmax { sums, keys, params, depth, distances, shares });
            let to = HeadOutput { context: &mut context[first * width + start..], width, depth };
            head.mix(instructions, &product, shares, &mut sums[0], to);
        }
    }
}

/// The output of some tokens in one head: `depth` numbers of every `width`.
struct HeadOutput<'a> {
    context: &'a mut [f32],
    width: usize,
    depth: usize,
}

impl Head {
    /// The products of at most 32 queries with all keys.
    fn score(&self, product: &Product, queries: &[Step], extent: Extent, sums: &mut [Sums]) {
        let keys = self.keys.chunks_exact(queries.len());
        for ((keys, sums), first) in keys.zip(sums).zip((0..).step_by(TILE)) {
            product.multiply(queries, keys, Extent { columns: extent.columns - first, ..extent }, sums);
        }
    }

    /// The weighted sums of values of at most 32 tokens.
    fn mix(
        &self,
        instructions: Instructions,
        product: &Product,
        shares: &Shares,
        sums: &mut Sums,
        HeadOutput { context, width: stride, depth }: HeadOutput<'_>,
    ) {
        let (rows, params, count) = shares.rows();
        let values = self.values.chunks_exact(rows.len()).zip(&self.value_columns);
        for ((values, columns), first) in values.zip((0..depth).step_by(TILE)) {
            let width = TILE.min(depth - first);
            let extent = Extent { rows: params.len(), columns: width, depth: count };
            product.multiply(rows, values, extent, sums);
            let (mode, output) = (WriteMode::Replace(Epilogue::Store), &mut context[first..]);
            instructions.run(Dequantize { sums, params, columns, mode, output, stride, width });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::Rng;

    use crate::Precision;
    use crate::native::kernel::{Attention, Distances, Projected, Workspace};
    use same_bits::Instructions;
    use same_bits::random_stream;

    /// Queries, keys and values of a text.
    fn text(count: usize, width: usize, name: &str) -> [Vec<f32>; 3] {
        let mut random = random_stream(7, name);
        [3.0, 2.0, 1.0].map(|size| (0..count * width).map(|_| (random.r#gen::<f32>() - 0.5) * size).collect())
    }

    fn attend(
        attention: &Attention,
        workspace: &mut Workspace,
        [queries, keys, values]: &[Vec<f32>; 3],
    ) -> Vec<f32> {
        let mut context = vec![9.0; queries.len()];
        attention.apply(workspace, Projected { queries, keys, values }, &mut context);
        context
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn every_kernel_gives_the_same_bits_near_attention_in_full(count in 1..140_usize, heads in 1..4_usize, depth in 1..80_usize, far in any::<bool>()) {
            let width = heads * depth;
            let mut random = random_stream(7, "distances");
            let distances = far.then(|| Distances::new((0..heads * 299).map(|_| random.r#gen::<f32>()).collect(), 150));
            let [bytes, full] = [Precision::Int8, Precision::F32]
                .map(|precision| Attention::new(precision, width, heads, distances.clone()));
            let [text, other] = [text(count, width, "text"), text(141 - count, width, "other")];
            let expected = attend(&bytes, &mut Workspace::new(Instructions::plain()), &text);
            for instructions in Instructions::available() {
                let workspace = &mut Workspace::new(instructions);
                // Values of another text in the buffers must not have an effect.
                attend(&bytes, workspace, &other);
                let found = attend(&bytes, workspace, &text);
                let same = found.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
                prop_assert!(same, "{}", instructions.name());
            }
            let exact = attend(&full, &mut Workspace::new(Instructions::chosen()), &text);
            let difference = |(a, b): (&f32, &f32)| f64::from(a - b).powi(2);
            let error = (expected.iter().zip(&exact).map(difference).sum::<f64>() / exact.len() as f64).sqrt();
            prop_assert!(error < 0.02, "{error}");
        }
    }

    #[test]
    fn a_text_of_zeros_gives_zeros() {
        let attention = Attention::new(Precision::Int8, 64, 2, None);
        let zeros = [(); 3].map(|()| vec![0.0; 5 * 64]);
        assert_eq!(attend(&attention, &mut Workspace::new(Instructions::chosen()), &zeros), [0.0; 5 * 64]);
    }
}
