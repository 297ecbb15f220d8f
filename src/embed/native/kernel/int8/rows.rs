//! Rows of input as bytes.

use pulp::{Simd, WithSimd};

use super::step::Step;
use super::{DEPTH, MOST, TILE};
use crate::embed::native::kernel::Instructions;

/// Numbers that are looked at together; see `sum`.
const LANES: usize = 16;

/// Added to a number, it rounds it to a whole one, half to even, and leaves that in the low bits: 1.5 · 2²³.
const ROUND: f32 = 12_582_912.0;

/// What a row's whole numbers stand for: `scale · q + low`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Range {
    pub(super) scale: f32,
    pub(super) low: f32,
}

/// Some rows as bytes: 32 at a time, in steps.
#[derive(Debug, Clone, Default)]
pub(crate) struct QuantisedRows {
    steps: Vec<Step>,
    ranges: Vec<Range>,
    steps_in_a_row: usize,
}

impl QuantisedRows {
    /// Takes the rows of `input`, each as long as `factors`, and multiplies them by these first.
    pub(super) fn take(&mut self, instructions: Instructions, input: &[f32], factors: &[f32]) {
        let width = factors.len().max(1);
        let count = input.len() / width;
        self.steps_in_a_row = width.div_ceil(DEPTH);
        let (groups, steps) = (count.div_ceil(TILE), self.steps_in_a_row);
        // What is left from other rows stands where there is no row, and nothing is read of its sums.
        self.steps.resize(groups * steps, Step::ZERO);
        self.ranges.resize(count, Range::default());
        let rows = input.chunks(TILE * width).zip(self.steps.chunks_exact_mut(steps));
        for ((input, steps), ranges) in rows.zip(self.ranges.chunks_mut(TILE)) {
            instructions.run(Quantise { input, factors, steps, ranges });
        }
    }

    /// Each group of up to 32 rows: its steps and the ranges of its rows.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&[Step], &[Range])> {
        self.steps.chunks_exact(self.steps_in_a_row.max(1)).zip(self.ranges.chunks(TILE))
    }
}

struct Quantise<'a> {
    input: &'a [f32],
    factors: &'a [f32],
    steps: &'a mut [Step],
    ranges: &'a mut [Range],
}

impl WithSimd for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let mut scaled = vec![0.0_f32; self.factors.len().next_multiple_of(DEPTH)];
        let rows = self.input.chunks_exact(self.factors.len().max(1)).zip(self.ranges);
        for (place, (row, range)) in rows.enumerate() {
            for ((to, &x), &factor) in scaled.iter_mut().zip(row).zip(self.factors) {
                *to = x * factor;
            }
            let (low, high) = extremes(&scaled[..row.len()]);
            let whole_numbers = MOST / (high - low);
            // A row of one number throughout has no width; its numbers are zero and `low` says all.
            let inverse = if whole_numbers.is_finite() { whole_numbers } else { 0.0 };
            *range = Range { scale: (high - low) / MOST, low };
            for (step, numbers) in self.steps.iter_mut().zip(scaled.as_chunks::<DEPTH>().0) {
                for (to, &x) in step.0[place].iter_mut().zip(numbers) {
                    *to = ((x - low) * inverse + ROUND).to_bits() as i8;
                }
            }
        }
    }
}

/// The smallest and the largest number of a row.
#[inline(always)]
fn extremes(row: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES]);
    let (blocks, rest) = row.as_chunks::<LANES>();
    for block in blocks {
        for ((low, high), &x) in low.iter_mut().zip(&mut high).zip(block) {
            *low = if x < *low { x } else { *low };
            *high = if x > *high { x } else { *high };
        }
    }
    let rest = || rest.iter().copied();
    let low = low.into_iter().chain(rest()).fold(f32::INFINITY, |low, x| if x < low { x } else { low });
    let high =
        high.into_iter().chain(rest()).fold(f32::NEG_INFINITY, |high, x| if x > high { x } else { high });
    (low, high)
}
