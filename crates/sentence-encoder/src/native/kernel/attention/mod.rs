//! Scaled dot-product attention (Vaswani et al. 2017) within each text, without padding; of all tokens, or of those within a window
//! (Beltagy, Peters and Cohan 2020). The f32
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
    window: Option<Window>,
}

/// Tokens that see only those near to them.
#[derive(Debug, Clone)]
struct Window {
    /// How far, on either side.
    reach: usize,
    /// Lowers the scores of those farther away so that nothing is left of them.
    mask: Distances,
}

/// Tokens of a long text whose attention within a window is computed at a time, together with those around them.
const BLOCK: usize = 128;

/// Added to a score, leaves nothing of its token after the softmax.
const UNSEEN: f32 = -1e4;

impl Attention {
    /// For rows of `width` numbers that are divided among `heads`.
    pub(crate) fn new(
        precision: Precision,
        width: usize,
        heads: usize,
        distances: Option<Distances>,
    ) -> Self {
        let depth = width.checked_div(heads).unwrap_or(0);
        Self { precision, heads: Heads { width, depth }, distances, window: None }
    }

    /// The same where tokens see only `reach` tokens on either side; all where there is no reach.
    #[must_use]
    pub(crate) fn within(mut self, reach: Option<usize>) -> Self {
        let heads = self.heads.width.checked_div(self.heads.depth).unwrap_or(0);
        self.window = reach.map(|reach| {
            let longest = BLOCK + 2 * reach;
            let far = |distance: usize| if distance.abs_diff(longest - 1) > reach { UNSEEN } else { 0.0 };
            let values: Vec<f32> = (0..2 * longest - 1).map(far).collect();
            Window { reach, mask: Distances::new(values.repeat(heads), longest) }
        });
        self
    }

    /// Attention of one text into `context`: tokens × width.
    pub(crate) fn apply(&self, workspace: &mut Workspace, projected: Projected<'_>, context: &mut [f32]) {
        let Self { precision, heads, distances, window } = self;
        if context.is_empty() || heads.depth == 0 {
            return;
        }
        let attend = match precision {
            Precision::Int8 => bytes::attend,
            _ => full::attend,
        };
        let width = heads.width;
        let count = context.len() / width;
        let Some(Window { reach, mask }) = window.as_ref().filter(|window| count > window.reach + 1) else {
            attend(workspace, projected, *heads, distances.as_ref(), context);
            return;
        };
        let mut around = std::mem::take(&mut workspace.around);
        for start in (0..count).step_by(BLOCK) {
            let (end, first) = (count.min(start + BLOCK), start.saturating_sub(*reach));
            let near = first * width..count.min(end + reach) * width;
            let [queries, keys, values] =
                [projected.queries, projected.keys, projected.values].map(|rows| &rows[near.clone()]);
            around.resize(near.len(), 0.0);
            attend(workspace, Projected { queries, keys, values }, *heads, Some(mask), &mut around);
            context[start * width..end * width]
                .copy_from_slice(&around[(start - first) * width..(end - first) * width]);
        }
        workspace.around = around;
    }
}
