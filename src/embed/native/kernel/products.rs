//! Products of many rows with a few, for whoever holds vectors against others: the encoder's own product, which is faster here than a
//! general one because the few are laid out once and not for every tile of the many.

use ndarray::ArrayView2;

use super::matrix::{Panels, Rows, RowsMut, Then, multiply};
use super::{Instructions, Workspace};

/// Some rows, laid out so that others can be multiplied with all of them.
#[derive(Debug)]
pub(crate) struct Products {
    panels: Panels,
    zeros: Vec<f32>,
}

impl Products {
    /// Products with each of `others` (rows × dimension).
    pub(crate) fn with(others: ArrayView2<'_, f32>) -> Self {
        let mut panels = Panels::zeros(others.ncols(), others.nrows());
        for (column, other) in others.rows().into_iter().enumerate() {
            panels.set_column(column, other.as_standard_layout().as_slice().unwrap_or_default());
        }
        Self { panels, zeros: vec![0.0; others.nrows()] }
    }

    /// What a thread needs to compute them.
    pub(crate) fn workspace() -> Workspace {
        Workspace::new(Instructions::detect())
    }

    /// Writes the products of each of `rows`, which lie one after the other, into `to`: rows × others. Each is one chain of fused
    /// multiply-adds, the same on every machine.
    pub(crate) fn of(&self, rows: &[f32], workspace: &mut Workspace, to: &mut [f32]) {
        let (depth, stride) = (self.panels.depth(), self.panels.columns());
        let count = rows.len().checked_div(depth).unwrap_or(0);
        if count > 0 && stride > 0 {
            let rows = Rows { values: rows, count, stride: depth };
            multiply(workspace, rows, &self.panels, &self.zeros, Then::Store, RowsMut { values: to, stride });
        }
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
