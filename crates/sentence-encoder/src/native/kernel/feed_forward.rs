//! The feed-forward step of a layer: a dense layer that widens the rows, a GELU, and one that narrows them again.

use super::dense::{Dense, Linear};
use super::int8::QuantizedFeedForward;
use super::{Epilogue, LayerNorm, Workspace};
use crate::Precision;

/// Both dense layers, in either precision.
#[derive(Debug, Clone)]
pub(crate) enum FeedForward {
    /// In f32.
    Full {
        /// To the wide rows.
        widen: Dense,
        /// And back.
        narrow: Dense,
    },
    /// In bytes.
    Quantized(QuantizedFeedForward),
}

impl FeedForward {
    /// `norm` is what the rows come from.
    pub(crate) fn new(precision: Precision, widen: Linear<'_>, narrow: Linear<'_>, norm: &LayerNorm) -> Self {
        match precision {
            Precision::Int8 => Self::Quantized(QuantizedFeedForward::new(widen, narrow, norm)),
            _ => Self::Full {
                widen: Dense::new(precision, widen, None),
                narrow: Dense::new(precision, narrow, None),
            },
        }
    }

    /// Puts what comes of `rows` into `output`, which is as large.
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
