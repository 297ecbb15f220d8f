//! Scaled dot-product attention (Vaswani et al. 2017) of each text to itself: no padding, no mask. In f32 it is here, in bytes
//! with the other products of bytes.

mod full;

pub(super) use full::Scratch;

use super::Workspace;
use super::int8::attention as bytes;
use crate::Precision;

/// What is added to the scaled scores for how far one token stands from another.
#[derive(Debug, Clone)]
pub(crate) struct Distances {
    /// For each head the numbers of the distances from `1 - longest` to `longest - 1`.
    values: Vec<f32>,
    longest: usize,
}

impl Distances {
    /// For texts of up to `longest` tokens; `values` has `2 * longest - 1` numbers for each head.
    pub(crate) fn new(values: Vec<f32>, longest: usize) -> Self {
        Self { values, longest }
    }

    /// What a token adds for the first token, the second, and so on, in one head.
    pub(super) fn seen_from(&self, head: usize, token: usize) -> &[f32] {
        let first = head * (2 * self.longest - 1) + self.longest - 1 - token;
        &self.values[first..first + self.longest]
    }
}

/// The rows that attention works with, one for each token of a text, the heads side by side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Projected<'a> {
    /// What each token looks for.
    pub(crate) queries: &'a [f32],
    /// What it is found by.
    pub(crate) keys: &'a [f32],
    /// What it gives.
    pub(crate) values: &'a [f32],
}

/// How a row of `width` numbers is divided: `depth` for each head, one head after the other.
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
    /// For rows of `width` numbers, which are divided among `heads`.
    pub(crate) fn new(
        precision: Precision,
        width: usize,
        heads: usize,
        distances: Option<Distances>,
    ) -> Self {
        let depth = width.checked_div(heads).unwrap_or(0);
        Self { precision, heads: Heads { width, depth }, distances }
    }

    /// Puts what the tokens of one text take from each other into `context`: a row for each.
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
