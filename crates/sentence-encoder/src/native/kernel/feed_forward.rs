//! The feed-forward block of a layer: a dense layer that widens the rows, GELU, and one that narrows them
//! again.

use super::dense::{Dense, Linear};
use super::int8::QuantizedFeedForward;
use super::{Epilogue, LayerNorm, Workspace};
use crate::Precision;

/// Both dense layers, in either precision.
#[derive(Debug, Clone)]
pub(crate) enum FeedForward {
    /// In f32.
    Full {
        /// To wide rows.
        widen: Dense,
        /// Back to the width of the model.
        narrow: Dense,
    },
    /// In int8.
    Quantized(QuantizedFeedForward),
}

impl FeedForward {
    /// `norm` is the layer normalization that the rows come from.
    pub(crate) fn new(precision: Precision, widen: Linear<'_>, narrow: Linear<'_>, norm: &LayerNorm) -> Self {
        match precision {
            Precision::Int8 => Self::Quantized(QuantizedFeedForward::new(widen, narrow, norm)),
            _ => Self::Full {
                widen: Dense::new(precision, widen, None),
                narrow: Dense::new(precision, narrow, None),
            },
        }
    }

    /// Applies the block to `rows` and writes `output` of the same size.
    pub(crate) fn apply(&self, workspace: &mut Workspace, rows: &[f32], output: &mut [f32]) {
        match self {
            Self::Full { widen, narrow } => {
                let count = rows.len().checked_div(narrow.outputs()).unwrap_or(0);
                let mut wide = std::mem::take(&mut workspace.wide);
                wide.resize(count * widen.outputs(), 0.0);
                widen.apply(workspace, rows, Epilogue::Gelu, &mut wide);
                narrow.apply(workspace, &wide, Epilogue::Store, output);
                workspace.wide = wide;
            }
            Self::Quantized(layers) => layers.apply(workspace, rows, output),
        }
    }
}
