//! The transformer that BERT and its relatives share: embeddings, then layers of attention and feed-forward, each with a
//! residual and a layer normalisation after it.

use super::batch::Batch;
use super::config::ModelConfig;
use super::family::{BUCKETS, Tensors, by_distance};
use super::kernel::{Dense, Distances, Instructions, LayerNorm, Then, Workspace, attend};
use super::network::Network;
use super::weights::Weights;
use crate::embed::EmbedError;

/// An encoder without the pooler that some are trained with, which sentence encoders do not use.
pub(super) struct Transformer {
    /// Vocabulary × width.
    words: Vec<f32>,
    /// Positions × width; the row of token kind 0 is added to each.
    positions: Vec<f32>,
    /// See [`ModelConfig::padding`].
    padding: Option<u32>,
    distances: Option<Distances>,
    norm: LayerNorm,
    layers: Vec<Layer>,
    width: usize,
    heads: usize,
}

struct Layer {
    /// Query, key and value at once.
    project: Dense,
    attended: Dense,
    attention_norm: LayerNorm,
    widen: Dense,
    narrow: Dense,
    output_norm: LayerNorm,
}

impl Transformer {
    /// Takes the network's weights by the names that its family gives them.
    pub(super) fn new(
        config: &ModelConfig,
        names: &Tensors,
        weights: &Weights<'_>,
    ) -> Result<Self, EmbedError> {
        let (width, heads, padding) = (config.width, config.heads, config.padding);
        let words = weights.tensor(names.words, &[config.vocabulary, width])?;
        let mut positions = weights.tensor(names.positions, &[config.positions, width])?;
        if let Some(name) = names.kinds {
            let kinds = weights.tensor(name, &[config.kinds, width])?;
            for row in positions.chunks_exact_mut(width) {
                add(row, &kinds[..width]);
            }
        }
        let distances = names.distances.map(|name| weights.tensor(name, &[BUCKETS, heads])).transpose()?;
        let longest = config.token_limit;
        let distances = distances.map(|table| Distances::new(by_distance(&table, heads, longest), longest));
        let norm = weights.layer_norm(names.norm, width, config.epsilon)?;
        let mut layers: Vec<Layer> = Vec::new();
        for index in 0..config.layers {
            let before = layers.last().map_or(&norm, |layer| &layer.output_norm);
            layers.push(Layer::new(config, names, weights, index, before)?);
        }
        Ok(Self { words, positions, padding, distances, norm, layers, width, heads })
    }

    /// The row of each token's position. A padding token that a text spells out has a row of its own.
    fn positions<'a>(&'a self, ids: &'a [u32]) -> impl Iterator<Item = &'a [f32]> {
        let own = self.padding.map(|id| id as usize);
        let mut next = own.map_or(0, |own| own + 1);
        ids.iter().map(move |&id| {
            let position = own.filter(|_| self.padding == Some(id)).unwrap_or(next);
            next += usize::from(position == next);
            &self.positions[position * self.width..][..self.width]
        })
    }

    /// The rows of words and positions, normalised.
    fn embed(&self, instructions: Instructions, batch: &Batch) -> Vec<f32> {
        let width = self.width;
        let mut rows = Vec::with_capacity(batch.ids.len() * width);
        for text in batch.texts() {
            let ids = &batch.ids[text];
            for (&id, position) in ids.iter().zip(self.positions(ids)) {
                let start = rows.len();
                rows.extend(&self.words[id as usize * width..][..width]);
                add(&mut rows[start..], position);
            }
        }
        self.norm.apply(instructions, &mut rows);
        rows
    }
}

impl Network for Transformer {
    fn rows(&self, workspace: &mut Workspace, batch: &Batch) -> Vec<f32> {
        let (width, instructions) = (self.width, workspace.instructions);
        let mut rows = self.embed(instructions, batch);
        let mut context = vec![0.0; rows.len()];
        let (mut projected, mut wide, mut change) = (Vec::new(), Vec::new(), Vec::new());
        for layer in &self.layers {
            layer.project.apply(workspace, &rows, Then::Store, &mut projected);
            for text in batch.texts() {
                let of_text = &projected[text.start * 3 * width..text.end * 3 * width];
                let context = &mut context[text.start * width..text.end * width];
                attend(workspace, of_text, width, self.heads, self.distances.as_ref(), context);
            }
            layer.attended.apply(workspace, &context, Then::Store, &mut change);
            layer.attention_norm.add_and_apply(instructions, &mut rows, &change);
            for rows in rows.chunks_mut(layer.widen.rows_at_once().saturating_mul(width)) {
                layer.widen.apply(workspace, rows, Then::Gelu, &mut wide);
                layer.narrow.apply(workspace, &wide, Then::Store, &mut change);
                layer.output_norm.add_and_apply(instructions, rows, &change);
            }
        }
        rows
    }
}

impl Layer {
    /// The layer number `index`; `before` is what its rows come from.
    fn new(
        config: &ModelConfig,
        names: &Tensors,
        weights: &Weights<'_>,
        index: usize,
        before: &LayerNorm,
    ) -> Result<Self, EmbedError> {
        let name = |part: &str| format!("{}.{index}.{part}", names.layer);
        let (width, inner, epsilon) = (config.width, config.inner_width, config.epsilon);
        let projections = names.projections.map(name);
        let attention_norm = weights.layer_norm(&name(names.attention_norm), width, epsilon)?;
        Ok(Self {
            project: weights.dense(&projections, width, width, Some(before))?,
            attended: weights.dense(&[name(names.attended)], width, width, None)?,
            widen: weights.dense(&[name(names.widen)], width, inner, Some(&attention_norm))?,
            narrow: weights.dense(&[name(names.narrow)], inner, width, None)?,
            attention_norm,
            output_norm: weights.layer_norm(&name(names.output_norm), width, epsilon)?,
        })
    }
}

fn add(row: &mut [f32], other: &[f32]) {
    row.iter_mut().zip(other).for_each(|(x, &y)| *x += y);
}
