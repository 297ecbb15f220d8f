//! A mixture of normal distributions with full covariances, fitted by expectation maximisation (Dempster, Laird and Rubin, 1977).
//!
//! linfa-clustering's own uses general matrix products and the system's logarithms, whose last bits depend on the processor, and
//! takes logarithms of sums of densities, which underflow for rows far from every component. This one works on logarithms
//! throughout and sums in one fixed order. Initialisation and stopping rule are linfa's.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

use same_bits::elementary::{exp_each, ln};

/// Maximum number of rounds, and the change of the mean log-likelihood of a row that ends them.
const MAX_ROUNDS: usize = 300;
const TOLERANCE: f64 = 1e-3;
/// A component with fewer rows is empty.
const MIN_ROWS: f64 = 10.0 * f64::EPSILON;
/// Rows that are summed together. The result depends on the order of sums.
const TILE: usize = 512;

/// Why fitting failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MixtureError {
    /// A component is empty.
    EmptyComponent,
    /// The covariance of a component has no inverse.
    Flat,
    /// The likelihood did not converge.
    NotConverged,
}

/// Components and their weights.
#[derive(Debug)]
pub(super) struct Mixture {
    components: Vec<Component>,
}

/// A normal distribution and its weight.
#[derive(Debug)]
struct Component {
    mean: Vec<f64>,
    /// The Cholesky factor of the covariance, its lower triangle row by row.
    factor: Vec<Vec<f64>>,
    /// The terms that all densities share: ln weight − ½ (ln determinant + dimensions · ln 2π).
    ln_scale: f64,
}

/// Sums over some rows for a component.
#[derive(Debug, Clone)]
struct Sums {
    weight: f64,
    rows: Vec<f64>,
}

impl Mixture {
    /// Fits as many components as `assigned` names to `rows` (rows × dimension), starting from these assignments, one for each row.
    /// `added` is put on the diagonals of covariances, so that none is singular.
    pub(super) fn fit(
        rows: ArrayView2<'_, f64>,
        assigned: &[usize],
        components: usize,
        added: f64,
    ) -> Result<Self, MixtureError> {
        let mut shares = Array2::zeros((rows.nrows(), components));
        for (mut row, &component) in shares.rows_mut().into_iter().zip(assigned) {
            row[component] = 1.0;
        }
        let mut mixture = Self::of_shares(rows, &shares, added)?;
        let mut likelihood = f64::NEG_INFINITY;
        for _ in 0..MAX_ROUNDS {
            let before = likelihood;
            likelihood = mixture.shares(rows, &mut shares);
            mixture = Self::of_shares(rows, &shares, added)?;
            if (likelihood - before).abs() < TOLERANCE {
                return Ok(mixture);
            }
        }
        Err(MixtureError::NotConverged)
    }

    /// The most probable component of each row; of equally probable ones, the first.
    pub(super) fn most_probable(&self, rows: ArrayView2<'_, f64>) -> Vec<usize> {
        (0..rows.nrows())
            .into_par_iter()
            .map(|row| {
                let row = rows.row(row).to_vec();
                let mut best = (0, f64::NEG_INFINITY);
                for (component, density) in self.components.iter().map(|one| one.ln_density(&row)).enumerate()
                {
                    if density > best.1 {
                        best = (component, density);
                    }
                }
                best.0
            })
            .collect()
    }

    /// Writes the responsibilities (rows × components), and returns the mean log-likelihood of the rows.
    fn shares(&self, rows: ArrayView2<'_, f64>, shares: &mut Array2<f64>) -> f64 {
        let width = self.components.len();
        let Some(cells) = shares.as_slice_mut() else { return f64::NAN };
        let likelihoods: Vec<f64> = cells
            .par_chunks_mut(width.max(1))
            .zip(0..rows.nrows())
            .map(|(shares, row)| {
                let row = rows.row(row).to_vec();
                for (share, component) in shares.iter_mut().zip(&self.components) {
                    *share = component.ln_density(&row);
                }
                let highest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                for share in shares.iter_mut() {
                    *share = (*share - highest).min(0.0);
                }
                exp_each(shares);
                let sum: f64 = shares.iter().sum();
                for share in shares.iter_mut() {
                    *share /= sum;
                }
                highest + ln(sum)
            })
            .collect();
        likelihoods.iter().sum::<f64>() / likelihoods.len().max(1) as f64
    }

    /// The most likely components given the responsibilities.
    fn of_shares(rows: ArrayView2<'_, f64>, shares: &Array2<f64>, added: f64) -> Result<Self, MixtureError> {
        let of = |component: usize| {
            let dimension = rows.ncols();
            let copied = |row: &[f64], numbers: &mut [f64]| numbers.copy_from_slice(row);
            let Sums { weight, rows: sum } = summed(rows, shares, component, dimension, &copied);
            if weight < MIN_ROWS {
                return Err(MixtureError::EmptyComponent);
            }
            let mean: Vec<f64> = sum.into_iter().map(|value| value / weight).collect();
            // The lower triangle of the products of the centred row.
            let multiplied = |row: &[f64], numbers: &mut [f64]| {
                let mut numbers = numbers.iter_mut();
                for (last, (value, centre)) in row.iter().zip(&mean).enumerate() {
                    let apart = value - centre;
                    for (other, centre) in row.iter().zip(&mean).take(last + 1) {
                        if let Some(number) = numbers.next() {
                            *number = apart * (other - centre);
                        }
                    }
                }
            };
            let products = summed(rows, shares, component, dimension * (dimension + 1) / 2, &multiplied);
            let mut covariance = Vec::with_capacity(mean.len());
            let mut rest = products.rows.as_slice();
            for i in 0..mean.len() {
                let (row, after) = rest.split_at(i + 1);
                covariance.push(row.iter().map(|value| value / weight).collect::<Vec<f64>>());
                covariance[i][i] += added;
                rest = after;
            }
            Component::new(weight / rows.nrows() as f64, mean, &covariance)
        };
        let components: Vec<_> = (0..shares.ncols()).into_par_iter().map(of).collect();
        Ok(Self { components: components.into_iter().collect::<Result<_, _>>()? })
    }
}

/// The weighted sums of so many values of each row over all rows, weighted by a component's responsibilities; and their sum.
fn summed(
    rows: ArrayView2<'_, f64>,
    shares: &Array2<f64>,
    component: usize,
    count: usize,
    numbers_of: &(dyn Fn(&[f64], &mut [f64]) + Sync),
) -> Sums {
    let of_tile = |tile: usize| {
        let mut sums = Sums { weight: 0.0, rows: vec![0.0; count] };
        let (mut numbers, mut copy) = (vec![0.0; count], vec![0.0; rows.ncols()]);
        for row in tile * TILE..rows.nrows().min((tile + 1) * TILE) {
            let share = shares[[row, component]];
            for (to, &from) in copy.iter_mut().zip(rows.row(row)) {
                *to = from;
            }
            numbers_of(&copy, &mut numbers);
            sums.weight += share;
            for (sum, number) in sums.rows.iter_mut().zip(&numbers) {
                *sum += share * number;
            }
        }
        sums
    };
    let tiles: Vec<Sums> = (0..rows.nrows().div_ceil(TILE)).into_par_iter().map(of_tile).collect();
    let plus = |mut all: Sums, tile: Sums| {
        all.weight += tile.weight;
        all.rows.iter_mut().zip(tile.rows).for_each(|(sum, part)| *sum += part);
        all
    };
    tiles.into_iter().reduce(plus).unwrap_or(Sums { weight: 0.0, rows: Vec::new() })
}

impl Component {
    fn new(weight: f64, mean: Vec<f64>, covariance: &[Vec<f64>]) -> Result<Self, MixtureError> {
        let factor = cholesky(covariance).ok_or(MixtureError::Flat)?;
        let ln_diagonal: f64 = factor.iter().filter_map(|row| row.last()).map(|&value| ln(value)).sum();
        let ln_scale = ln(weight) - ln_diagonal - 0.5 * mean.len() as f64 * ln(std::f64::consts::TAU);
        Ok(Self { mean, factor, ln_scale })
    }

    /// ln(weight × density at the row): the squared length of factor⁻¹ (row − mean), by forward substitution.
    fn ln_density(&self, row: &[f64]) -> f64 {
        let mut solved: Vec<f64> = Vec::with_capacity(row.len());
        let mut squares = 0.0;
        for ((factors, value), mean) in self.factor.iter().zip(row).zip(&self.mean) {
            let mut rest = value - mean;
            for (factor, before) in factors.iter().zip(&solved) {
                rest -= factor * before;
            }
            let own = rest / factors[solved.len()];
            squares += own * own;
            solved.push(own);
        }
        self.ln_scale - 0.5 * squares
    }
}

/// The Cholesky factor of the matrix with this lower triangle; none where it is not positive definite.
fn cholesky(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for row in matrix {
        let mut new: Vec<f64> = Vec::with_capacity(row.len());
        for (column, &value) in row.iter().enumerate() {
            let other = factor.get(column).unwrap_or(&new);
            let known: f64 = new.iter().zip(other).map(|(a, b)| a * b).sum();
            let rest = value - known;
            let diagonal = factor.get(column).and_then(|above| above.last());
            let next = match diagonal {
                Some(diagonal) => rest / diagonal,
                None if rest > 0.0 => rest.sqrt(),
                None => return None,
            };
            new.push(next);
        }
        factor.push(new);
    }
    Some(factor)
}

#[cfg(test)]
mod tests {
    use linfa::DatasetBase;
    use linfa::traits::{Fit, Predict};
    use linfa_clustering::{GaussianMixtureModel, KMeans};
    use ndarray::{Array2, array};

    use super::*;
    use crate::cluster::planted::{planted, same_partition};
    use crate::cluster::reduce::reduce;
    use same_bits::random_stream;

    #[test]
    fn a_cholesky_factor_gives_the_matrix_back() {
        let matrix = [vec![4.0], vec![2.0, 5.0], vec![-2.0, 1.0, 6.0]];
        let factor = cholesky(&matrix).unwrap();
        for (i, row) in matrix.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                let product: f64 = factor[i].iter().zip(&factor[j]).map(|(a, b)| a * b).sum();
                assert!((product - value).abs() < 1e-12);
            }
        }
        assert_eq!(cholesky(&[vec![1.0], vec![1.0, 1.0]]), None);
        assert_eq!(cholesky(&[vec![f64::NAN]]), None);
    }

    #[test]
    fn rows_find_the_components_that_linfa_finds() {
        let (vectors, belongs) = planted(400, 24, 5, 0.7, 7);
        let mut stream = random_stream(7, "test");
        let mut rows = reduce(vectors.view(), 6, &mut stream);
        let scale = (rows.iter().map(|value| value * value).sum::<f64>() / rows.len() as f64).sqrt();
        rows /= scale;
        let dataset = DatasetBase::from(rows.clone());
        let linfas = GaussianMixtureModel::params_with_rng(5, stream.clone())
            .reg_covariance(1e-3)
            .fit(&dataset)
            .unwrap();
        let first = KMeans::params_with_rng(5, stream).fit(&dataset).unwrap().predict(&rows).to_vec();
        let found = Mixture::fit(rows.view(), &first, 5, 1e-3).unwrap().most_probable(rows.view());
        assert_eq!(found, linfas.predict(&rows).to_vec());
        assert!(same_partition(&found, &belongs));
    }

    #[test]
    fn rows_far_from_every_component_have_one_too() {
        let near = Array2::from_shape_fn((40, 2), |(row, column)| {
            let index = if row < 20 { -1.0 } else { 1.0 };
            index + ((row * 7 + column * 3) % 10) as f64 * 0.01
        });
        let first: Vec<usize> = (0..40).map(|row| row / 20).collect();
        let mixture = Mixture::fit(near.view(), &first, 2, 1e-3).unwrap();
        let far = array![[1e6, 1e6], [1.0, 1.0], [-1e6, -1e6], [-1.0, -1.0]];
        assert_eq!(mixture.most_probable(far.view()), [1, 1, 0, 0]);
    }

    #[test]
    fn what_cannot_be_fitted_is_said() {
        let rows = Array2::<f64>::zeros((6, 2));
        let fit = |assigned: [usize; 6], added| Mixture::fit(rows.view(), &assigned, 2, added).unwrap_err();
        assert_eq!(fit([0; 6], 1e-3), MixtureError::EmptyComponent);
        assert_eq!(fit([0, 0, 0, 1, 1, 1], 0.0), MixtureError::Flat);
    }
}
