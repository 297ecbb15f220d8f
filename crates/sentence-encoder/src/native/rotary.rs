//! Rotary positions (Su et al. 2021): pairs of a head's numbers are turned by an angle that grows with the token's position, so that
//! the product of a query and a key depends on the distance between their tokens.

use std::sync::{Arc, OnceLock};

use same_bits::elementary::{pow, sin_cos};

/// Positions whose angles are computed together, when a text first needs them.
const BLOCK: usize = 256;

/// The angles of all positions. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct Rotary {
    theta: f64,
    /// Numbers of a head; a multiple of 2.
    depth: usize,
    /// For each block of positions the cosines and then the sines of each, half a head's numbers of both.
    blocks: Arc<[OnceLock<Vec<f32>>]>,
}

impl Rotary {
    /// For texts of at most `longest` tokens. The angle of pair *i* at position *p* is *p* ÷ `theta`^(2*i* ÷ `depth`).
    pub(super) fn new(theta: f64, depth: usize, longest: usize) -> Self {
        Self { theta, depth, blocks: (0..longest.div_ceil(BLOCK)).map(|_| OnceLock::new()).collect() }
    }

    /// The base of the angles.
    pub(super) fn theta(&self) -> f64 {
        self.theta
    }

    /// Turns the rows of a text (tokens × width, head after head), in place. The first half of a head's numbers is paired with the
    /// second.
    pub(super) fn turn(&self, rows: &mut [f32], width: usize) {
        let half = self.depth / 2;
        for (position, row) in rows.chunks_exact_mut(width).enumerate() {
            let block = self.blocks[position / BLOCK].get_or_init(|| self.angles(position / BLOCK));
            let (cosines, sines) = block[position % BLOCK * self.depth..][..self.depth].split_at(half);
            for head in row.chunks_exact_mut(self.depth) {
                let (first, second) = head.split_at_mut(half);
                for (((x, y), &cosine), &sine) in first.iter_mut().zip(second).zip(cosines).zip(sines) {
                    (*x, *y) = (*x * cosine - *y * sine, *y * cosine + *x * sine);
                }
            }
        }
    }

    fn angles(&self, block: usize) -> Vec<f32> {
        let half = self.depth / 2;
        let mut angles = Vec::with_capacity(BLOCK * self.depth);
        for position in block * BLOCK..(block + 1) * BLOCK {
            let of_pair = |pair: usize| {
                let exponent = (2 * pair) as f64 / self.depth as f64;
                sin_cos(position as f64 / pow(self.theta, exponent))
            };
            angles.extend((0..half).map(|pair| of_pair(pair).1 as f32));
            angles.extend((0..half).map(|pair| of_pair(pair).0 as f32));
        }
        angles
    }
}

#[cfg(test)]
mod tests {
    use super::Rotary;

    /// Two heads of four numbers at so many positions, all the same.
    fn turned(positions: usize) -> Vec<f32> {
        let mut rows: Vec<f32> = [1.0, 2.0, 0.5, -1.0].repeat(2 * positions);
        Rotary::new(100.0, 4, positions).turn(&mut rows, 8);
        rows
    }

    #[test]
    fn the_first_token_stays_and_lengths_never_change() {
        let rows = turned(300);
        assert_eq!(rows[..8], [1.0, 2.0, 0.5, -1.0, 1.0, 2.0, 0.5, -1.0]);
        for head in rows.chunks(4) {
            let length: f32 = head.iter().map(|x| x * x).sum();
            assert!((length - 6.25).abs() < 1e-5, "{length}");
        }
    }

    #[test]
    fn a_product_depends_on_the_distance_alone() {
        let rows = turned(300);
        let head = |token: usize| &rows[token * 8..token * 8 + 4];
        let product = |a: usize, b: usize| -> f32 { head(a).iter().zip(head(b)).map(|(x, y)| x * y).sum() };
        assert!((product(3, 10) - product(280, 287)).abs() < 1e-4);
        assert!((product(3, 10) - product(3, 12)).abs() > 1e-2);
    }
}
