//! A map of segments in two dimensions, similar ones near each other, for people to look at.
//!
//! t-SNE (van der Maaten and Hinton, 2008) initialised with the principal components (Kobak and Berens, 2019), so that nothing is
//! random and the global shape is that of the data. All pairs are computed: a map shows at most some thousand points, and sums
//! in a fixed order give the same bits on any number of threads, which tree approximations do not.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use pulp::NullaryFnOnce;
use rayon::prelude::*;

use super::reduce::reduce;
use same_bits::elementary::{exp_each, ln};
use same_bits::products::{dot, times_transposed};
use same_bits::{Instructions, random_stream};

/// Perplexity: the effective number of neighbours; lower where there are few points.
const PERPLEXITY: f64 = 30.0;
/// Dimensions in which distances are measured.
const DIMENSIONS: usize = 50;
/// Number of steps, and how many of them exaggerate the affinities, which separates groups.
const STEPS: usize = 500;
const EARLY_STEPS: usize = 125;
const EARLY_PULL: f32 = 12.0;
/// Momentum before and after the early steps.
const MOMENTUM: [f32; 2] = [0.5, 0.8];
/// Numbers that are summed side by side. The result depends on the order of sums.
const LANES: usize = 8;
/// Points whose forces on another one are computed at a time. A multiple of [`LANES`].
const BLOCK: usize = 128;
/// Rows that a thread fills at a time, where a row needs a number of every other.
const ROWS: usize = 16;

/// The position of each row of `vectors` (points × dimension) on the map: x and y from 0 to 1, both in the same scale.
///
/// Only nearness has a meaning; long distances, sizes of groups and axes have none. Fewer than four rows, or rows that are all
/// the same, are in the middle. Quadratic in the number of rows: two seconds for 2,000 on two cores.
pub fn map(vectors: ArrayView2<'_, f32>, seed: u64) -> Vec<[f32; 2]> {
    let count = vectors.nrows();
    let reduced = reduce(vectors, DIMENSIONS, &mut random_stream(seed, "map"));
    if count < 4 || reduced.ncols() == 0 {
        return vec![[0.5, 0.5]; count];
    }
    let affinities = affinities(&reduced);
    let mut points = Points::begin(&reduced);
    // Belkina and others (2019): the step grows with the number of points.
    let rate = (count as f32 / EARLY_PULL).max(50.0);
    for step in 0..STEPS {
        let early = step < EARLY_STEPS;
        points.step(&affinities, if early { EARLY_PULL } else { 1.0 }, rate, MOMENTUM[usize::from(!early)]);
    }
    points.within_one()
}

/// A row as one slice.
#[expect(clippy::expect_used, reason = "points without neighbours would lie anywhere on the map")]
#[inline]
fn in_one<T>(row: ArrayView1<'_, T>) -> &[T] {
    row.to_slice().expect("a row of a matrix in standard layout is one slice")
}

/// Affinities of all pairs, symmetric, summing to 1: Gaussian kernels of the width that gives [`PERPLEXITY`] neighbours.
fn affinities(reduced: &Array2<f64>) -> Array2<f32> {
    let count = reduced.nrows();
    let perplexity = PERPLEXITY.min((count - 1) as f64 / 3.0).max(1.0);
    let squares: Vec<f64> = reduced.rows().into_iter().map(|row| dot(row, row)).collect();
    let mut kernel = times_transposed(reduced.view(), reduced.view());
    kernel.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(index, mut row)| {
        for (other, value) in row.iter_mut().enumerate() {
            *value = (squares[index] + squares[other] - 2.0 * *value).max(0.0);
        }
        let shares = neighbour_shares(in_one(row.view()), index, perplexity);
        row.iter_mut().zip(shares).for_each(|(value, share)| *value = share);
    });
    let total = 2.0 * count as f64;
    let mut affinities = Array2::zeros((count, count));
    affinities.axis_chunks_iter_mut(Axis(0), ROWS).into_par_iter().enumerate().for_each(
        |(chunk, mut rows)| {
            for (other, mut column) in rows.axis_iter_mut(Axis(1)).enumerate() {
                for (one, affinity) in (chunk * ROWS..).zip(&mut column) {
                    *affinity = ((kernel[[one, other]] + kernel[[other, one]]) / total) as f32;
                }
            }
        },
    );
    affinities
}

/// The affinity of each point to the point at `index`, given squared distances; the width is found by bisection.
fn neighbour_shares(distances: &[f64], index: usize, perplexity: f64) -> Vec<f64> {
    let nearest = distances.iter().enumerate().filter(|(other, _)| *other != index);
    let nearest = nearest.map(|(_, distance)| *distance).fold(f64::INFINITY, f64::min);
    let wanted = ln(perplexity);
    let (mut low, mut high, mut precision) = (0.0, f64::INFINITY, 1.0);
    let mut total = 1.0;
    let mut shares = vec![0.0; distances.len()];
    for _ in 0..60 {
        // Less the smallest distance, so that the largest exponential is 1 and nothing underflows.
        for (share, distance) in shares.iter_mut().zip(distances) {
            *share = -precision * (distance - nearest).max(0.0);
        }
        exp_each(&mut shares);
        shares[index] = 0.0;
        let mut sum = 0.0;
        let mut weighted = 0.0;
        for (share, distance) in shares.iter().zip(distances) {
            sum += *share;
            weighted += (distance - nearest) * *share;
        }
        total = sum;
        let entropy = ln(sum) + precision * weighted / sum;
        if (entropy - wanted).abs() < 1e-5 {
            break;
        }
        if entropy > wanted {
            low = precision;
            precision = if high.is_finite() { f64::midpoint(low, high) } else { precision * 2.0 };
        } else {
            high = precision;
            precision = f64::midpoint(low, high);
        }
    }
    for share in &mut shares {
        *share /= total;
    }
    shares
}

/// The points, their speeds and gains, axis by axis.
struct Points {
    at: [Vec<f32>; 2],
    speed: [Vec<f32>; 2],
    gain: [Vec<f32>; 2],
}

/// The forces on one point.
#[derive(Clone, Copy, Default)]
struct Forces {
    pull: [f32; 2],
    push: [f32; 2],
    kernel: f32,
}

/// [`Points::forces`], compiled for the vector instructions. Each number has a lane of its own and the lanes are added in
/// order, so that the result does not depend on their width.
struct ForcesOn<'a> {
    points: &'a Points,
    affinities: &'a Array2<f32>,
    index: usize,
}

impl NullaryFnOnce for ForcesOn<'_> {
    type Output = Forces;

    #[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
    #[inline(always)]
    fn call(self) -> Forces {
        self.points.forces(self.affinities, self.index)
    }
}

/// Adds the terms to the lanes in turn.
#[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
#[inline(always)]
fn add_terms(sums: &mut [f32; LANES], terms: &[f32]) {
    let (terms, rest) = terms.as_chunks::<LANES>();
    let mut lanes = *sums;
    for terms in terms {
        for lane in 0..LANES {
            lanes[lane] += terms[lane];
        }
    }
    for (lane, term) in lanes.iter_mut().zip(rest) {
        *lane += term;
    }
    *sums = lanes;
}

impl Points {
    /// The first two components, the first with a standard deviation of 0.0001.
    fn begin(reduced: &Array2<f64>) -> Self {
        let count = reduced.nrows();
        let spread = reduced.column(0).std(0.0).max(f64::MIN_POSITIVE);
        let axis = |column: usize| -> Vec<f32> {
            if column >= reduced.ncols() {
                return vec![0.0; count];
            }
            reduced.column(column).iter().map(|value| (value / spread * 1e-4) as f32).collect()
        };
        let all = |value: f32| [vec![value; count], vec![value; count]];
        Self { at: [axis(0), axis(1)], speed: all(0.0), gain: all(1.0) }
    }

    fn step(&mut self, affinities: &Array2<f32>, pull: f32, rate: f32, momentum: f32) {
        let instructions = Instructions::chosen();
        let forces: Vec<Forces> = (0..self.at[0].len())
            .into_par_iter()
            .map(|index| instructions.run(ForcesOn { points: self, affinities, index }))
            .collect();
        // Summed in the order of the points, whatever the threads. The sum holds each point's kernel with itself.
        let kernel: f64 = forces.iter().map(|force| f64::from(force.kernel) - 1.0).sum();
        let kernel = (kernel as f32).max(f32::MIN_POSITIVE);
        for axis in 0..2 {
            let (at, speed) = (&mut self.at[axis], &mut self.speed[axis]);
            for (index, force) in forces.iter().enumerate() {
                let slope = 4.0 * (pull * force.pull[axis] - force.push[axis] / kernel);
                let gain = &mut self.gain[axis][index];
                // Jacobs (1988): larger steps where the direction stays the same, smaller where it changes.
                *gain = if (slope > 0.0) == (speed[index] > 0.0) { *gain * 0.8 } else { *gain + 0.2 };
                *gain = gain.max(0.01);
                speed[index] = momentum * speed[index] - rate * *gain * slope;
                at[index] += speed[index];
            }
        }
    }

    #[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
    #[inline(always)]
    fn forces(&self, affinities: &Array2<f32>, index: usize) -> Forces {
        let [xs, ys] = &self.at;
        let row = in_one(affinities.row(index));
        let (x, y) = (xs[index], ys[index]);
        let mut sums = [[0.0_f32; LANES]; 5];
        let mut terms = [[0.0_f32; BLOCK]; 5];
        // First the terms of some points, then their sums: the compiler makes vectors of either, not of both at once.
        for ((row, xs), ys) in row.chunks(BLOCK).zip(xs.chunks(BLOCK)).zip(ys.chunks(BLOCK)) {
            let [pull_x, pull_y, push_x, push_y, kernel] = &mut terms;
            let pulls = pull_x.iter_mut().zip(pull_y);
            let pushes = push_x.iter_mut().zip(push_y);
            let others = row.iter().zip(xs).zip(ys);
            for ((((pull_x, pull_y), (push_x, push_y)), kernel), ((pull, other_x), other_y)) in
                pulls.zip(pushes).zip(kernel).zip(others)
            {
                let (across, down) = (x - other_x, y - other_y);
                let near = 1.0 / (1.0 + across * across + down * down);
                let (pulled, pushed) = (pull * near, near * near);
                *pull_x = pulled * across;
                *pull_y = pulled * down;
                *push_x = pushed * across;
                *push_y = pushed * down;
                *kernel = near;
            }
            for (sums, terms) in sums.iter_mut().zip(&terms) {
                add_terms(sums, &terms[..row.len()]);
            }
        }
        let [pull_x, pull_y, push_x, push_y, kernel] = sums.map(|lanes| lanes.iter().sum());
        Forces { pull: [pull_x, pull_y], push: [push_x, push_y], kernel }
    }

    /// Both axes in the scale of the longer one, the shorter in the middle.
    fn within_one(&self) -> Vec<[f32; 2]> {
        let range = |axis: &[f32]| {
            let low = axis.iter().copied().fold(f32::INFINITY, f32::min);
            let high = axis.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            (low, high)
        };
        let ranges = [range(&self.at[0]), range(&self.at[1])];
        let longest = ranges.iter().map(|(low, high)| high - low).fold(f32::MIN_POSITIVE, f32::max);
        let placed = |axis: usize, index: usize| {
            let (low, high) = ranges[axis];
            let value = 0.5 + (self.at[axis][index] - f32::midpoint(low, high)) / longest;
            if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.5 }
        };
        (0..self.at[0].len()).map(|index| [placed(0, index), placed(1, index)]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;

    /// Share of points whose nearest neighbour on the map is of their own group.
    fn share_at_home(points: &[[f32; 2]], group_of: &[usize]) -> f64 {
        let nearest = |index: usize| {
            let distance = |other: usize| {
                let [x, y] = [points[index][0] - points[other][0], points[index][1] - points[other][1]];
                x * x + y * y
            };
            (0..points.len())
                .filter(|&other| other != index)
                .min_by(|&one, &other| distance(one).total_cmp(&distance(other)))
        };
        let at_home = (0..points.len())
            .filter(|&index| nearest(index).map(|near| group_of[near]) == Some(group_of[index]));
        at_home.count() as f64 / points.len() as f64
    }

    #[test]
    fn groups_stay_together_whatever_the_number_of_threads() {
        let (vectors, group_of) = planted(300, 40, 6, 0.7, 7);
        let once = map(vectors.view(), 7);
        assert!(share_at_home(&once, &group_of) > 0.95, "{}", share_at_home(&once, &group_of));
        assert!(once.iter().flatten().all(|value| (0.0..=1.0).contains(value)));
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one_thread.install(|| map(vectors.view(), 7)), once);
    }

    #[test]
    fn few_or_equal_points_have_a_place() {
        for count in [0, 1, 3, 4, 5, 9] {
            let equal = Array2::from_elem((count, 6), 0.3_f32);
            assert_eq!(map(equal.view(), 7), vec![[0.5, 0.5]; count]);
            let (vectors, _) = planted(count.max(1), 6, 1, 0.5, 7);
            assert!(map(vectors.view(), 7).iter().flatten().all(|value| value.is_finite()));
        }
    }
}
