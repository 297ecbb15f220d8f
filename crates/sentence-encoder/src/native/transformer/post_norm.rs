//! The transformer of BERT and its kin: embeddings, then layers of attention and feed-forward blocks, each
//! followed by a residual connection and layer normalization.

use std::path::Path;

use same_bits::Instructions;

use super::add;
use crate::native::batch::Batch;
use crate::native::config::ModelConfig;
use crate::native::family::{BUCKETS, PostNormTensors, by_distance};
use crate::native::kernel::{
    Attention, Dense, Distances, Epilogue, FeedForward, LayerNorm, Projected, Workspace,
};
use crate::native::weights::Weights;
use crate::{EmbedError, Precision};

/// An encoder without BERT's pooler, which sentence encoders do not use.
pub(in crate::native) struct PostNorm {
    /// Vocabulary × width.
    words: Vec<f32>,
    /// Positions × width; the embedding of token type 0 is added to each row.
    positions: Vec<f32>,
    /// See [`ModelConfig::padding`].
    padding: Option<u32>,
    attention: Attention,
    norm: LayerNorm,
    layers: Vec<Layer>,
    width: usize,
}

struct Layer {
    /// Query, key and value. In int8 each scales its inputs differently, so they are three layers.
    projections: [Dense; 3],
    attended: Dense,
    attention_norm: LayerNorm,
    feed_forward: FeedForward,
    output_norm: LayerNorm,
}

impl PostNorm {
    /// The network that `config` describes, with the weights in `bytes`, the content of `file`.
    pub(super) fn new(
        config: &ModelConfig,
        names: &PostNormTensors,
        precision: Precision,
        file: &Path,
        bytes: &[u8],
    ) -> Result<Self, EmbedError> {
        let weights = &Weights::new(file, bytes, names.prefix, precision)?;
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
        let attention = Attention::new(precision, width, heads, distances);
        let norm = weights.layer_norm(names.norm, width, config.epsilon, true)?;
        let mut layers: Vec<Layer> = Vec::new();
        for index in 0..config.layers {
            let before = layers.last().map_or(&norm, |layer| &layer.output_norm);
            layers.push(Layer::new(config, names, weights, index, before)?);
        }
        Ok(Self { words, positions, padding, attention, norm, layers, width })
    }

    /// The position embedding of each token. A padding token that is written in a text has its own position.
    fn positions<'a>(&'a self, ids: &'a [u32]) -> impl Iterator<Item = &'a [f32]> {
        let own = self.padding.map(|id| id as usize);
        let mut next = own.map_or(0, |own| own + 1);
        ids.iter().map(move |&id| {
            let position = own.filter(|_| self.padding == Some(id)).unwrap_or(next);
            next += usize::from(position == next);
            &self.positions[position * self.width..][..self.width]
        })
    }

    /// The sums of word and position embeddings, normalized.
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

    /// See [`super::Transformer::rows`].
    pub(super) fn rows(&self, workspace: &mut Workspace, batch: &Batch) -> Vec<f32> {
        let width = self.width;
        let mut rows = self.embed(workspace.instructions, batch);
        let mut projected = [(); 3].map(|()| vec![0.0; rows.len()]);
        let mut context = vec![0.0; rows.len()];
        for layer in &self.layers {
            layer.project(workspace, width, &rows, &mut projected);
            for text in batch.texts() {
                let range = text.start * width..text.end * width;
                let [queries, keys, values] = projected.each_ref().map(|rows| &rows[range.clone()]);
                let projected = Projected { queries, keys, values };
                self.attention.apply(workspace, projected, &mut context[range]);
            }
            layer.finish(workspace, width, &context, &mut rows);
        }
        rows
    }
}

impl Layer {
    /// Queries, keys and values of all rows, in blocks of rows that stay in the cache for all three.
    fn project(&self, workspace: &mut Workspace, width: usize, rows: &[f32], projected: &mut [Vec<f32>; 3]) {
        let block = self.attended.rows_at_once().saturating_mul(width);
        for (start, rows) in (0..rows.len()).step_by(block).zip(rows.chunks(block)) {
            for (project, projected) in self.projections.iter().zip(&mut *projected) {
                project.apply(workspace, rows, Epilogue::Store, &mut projected[start..start + rows.len()]);
            }
        }
    }

    /// The part of the layer after attention, in blocks of rows: replaces the layer's input in `rows` by its
    /// output, given the result of attention in `context`.
    fn finish(&self, workspace: &mut Workspace, width: usize, context: &[f32], rows: &mut [f32]) {
        let instructions = workspace.instructions;
        let at_once = self.attended.rows_at_once().min(rows.len() / width);
        let mut change = vec![0.0; at_once * width];
        let block = (at_once * width).max(1);
        for (context, rows) in context.chunks(block).zip(rows.chunks_mut(block)) {
            let change = &mut change[..rows.len()];
            self.attended.apply(workspace, context, Epilogue::Store, change);
            self.attention_norm.add_and_apply(instructions, rows, change);
            self.feed_forward.apply(workspace, rows, change);
            self.output_norm.add_and_apply(instructions, rows, change);
        }
    }

    /// The layer with this index; `before` is the normalization that its input comes from.
    fn new(
        config: &ModelConfig,
        names: &PostNormTensors,
        weights: &Weights<'_>,
        index: usize,
        before: &LayerNorm,
    ) -> Result<Self, EmbedError> {
        let name = |part: &str| format!("{}.{index}.{part}", names.layer);
        let (width, inner, epsilon) = (config.width, config.inner_width, config.epsilon);
        let dense = |part: &str| weights.dense(&name(part), width, width, Some(before));
        let [query, key, value] = names.projections;
        let projections = [dense(query)?, dense(key)?, dense(value)?];
        let attention_norm = weights.layer_norm(&name(names.attention_norm), width, epsilon, true)?;
        Ok(Self {
            projections,
            attended: weights.dense(&name(names.attended), width, width, None)?,
            feed_forward: weights.feed_forward(
                &name(names.widen),
                &name(names.narrow),
                inner,
                &attention_norm,
            )?,
            attention_norm,
            output_norm: weights.layer_norm(&name(names.output_norm), width, epsilon, true)?,
        })
    }
}
