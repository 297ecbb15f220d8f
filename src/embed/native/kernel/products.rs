//! Products of many rows with a few, for whoever holds vectors against others: the encoder's own product, which is faster here than a
//! general one because the few are laid out once and not for every tile of the many.

use ndarray::ArrayView2;

use super::matrix::Then;
use super::{Dense, Instructions, Linear, Workspace};
use crate::embed::Precision;

/// Some rows, laid out so that others can be multiplied with all of them: a dense layer in f32 that adds nothing.
#[derive(Debug)]
pub(crate) struct Products(Dense);

impl Products {
    /// Products with each of `others` (rows × dimension).
    pub(crate) fn with(others: ArrayView2<'_, f32>) -> Self {
        let weights = others.as_standard_layout();
        let zeros = vec![0.0; others.nrows()];
        let layer = Linear { weights: weights.as_slice().unwrap_or_default(), bias: &zeros };
        Self(Dense::new(Precision::F32, layer, None))
    }

    /// What a thread needs to compute them.
    pub(crate) fn workspace() -> Workspace {
        Workspace::new(Instructions::detect())
    }

    /// Writes the products of each of `rows`, which lie one after the other, into `to`: rows × others. Each is one chain of fused
    /// multiply-adds, the same on every machine.
    pub(crate) fn of(&self, rows: &[f32], workspace: &mut Workspace, to: &mut [f32]) {
        self.0.apply(workspace, rows, Then::Store, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn every_row_meets_every_other() {
        let products = Products::with(array![[1.0_f32, 0.0], [0.5, -2.0], [0.0, 3.0]].view());
        let mut to = [9.0; 6];
        products.of(&[2.0, 1.0, 0.0, -1.0], &mut Products::workspace(), &mut to);
        assert_eq!(to.map(f32::to_bits), [2.0_f32, -1.0, 3.0, 0.0, 2.0, -3.0].map(f32::to_bits));
        products.of(&[], &mut Products::workspace(), &mut []);
    }
}
