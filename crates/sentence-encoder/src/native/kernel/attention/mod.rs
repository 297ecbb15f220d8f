//! Scaled dot-product attention (Vaswani et al. 2017) within each text, without padding or mask. The f32
//! version is in `full`, the int8 version in `int8::attention`.

mod full;

pub(super) use full::Scratch;

use super::Workspace;
use super::int8::attention as bytes;
use crate::Precision;

/// Relative position bias: added to the scaled scores, by the distance between two tokens.
#[derive(Debug, Clone)]
pub(crate) struct Distances {
    /// For each head, the values of the distances from `1 - longest` to `longest - 1`.
    values: Vec<f32>,
    longest: usize,
}

impl Distances {
    /// For texts of at most `longest` tokens; `values` has `2 * longest - 1` numbers for each head.
    pub(crate) fn new(values: Vec<f32>, longest: usize) -> Self {
        Self { values, longest }
    }

    /// The bias of a token towards the first token, the second, and so on, in one head.
    pub(super) fn seen_from(&self, head: usize, token: usize) -> &[f32] {
        let first = head * (2 * self.longest - 1) + self.longest - 1 - token;
        &self.values[first..first + self.longest]
    }
}

/// Inputs of attention: a row for each token of a text, the heads side by side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projected<'a> {
    /// Queries.
    pub(crate) queries: &'a [f32],
    /// Keys.
    pub(crate) keys: &'a [f32],
    /// Values.
    pub(crate) values: &'a [f32],
}

/// The division of a row: `width` numbers, `depth` for each head, one head after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heads {
    pub(super) width: usize,
    pub(super) depth: usize,
}

/// Attention, in either precision.
#[derive(Debug, Clone)]
pub(crate) struct Attention {
    precision: Precision,
    heads: Heads,
    distances: Option<Distances>,
}

impl Attention {
    /// For rows of `width` numbers that are divided among `heads`.
    pub(crate) fn new(
        precision: Precision,
        width: usize,
        heads: usize,
        distances: Option<Distances>,
    ) -> Self {
        let depth = width.checked_div(heads).unwrap_or(0);
        Self { precision, heads: Heads { width, depth }, distances }
    }

    /// Attention of one text into `context`: tokens × width.
    pub(crate) fn apply(&self, workspace: &mut Workspace, projected: Projected<'_>, context: &mut [f32]) {
        let Self { precision, heads, distances } = self;
        if context.is_empty() || heads.depth == 0 {
            return;
        }
        let attend = match precision {
            Precision::Int8 => bytes::attend,
            _ => full::attend,
        };
        attend(workspace, projected, *heads, distances.as_ref(), context);
    }
}
