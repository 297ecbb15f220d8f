//! The transformer with normalization before each block of attention and feed-forward, rotary positions and gated feed-forward
//! blocks (ModernBERT; Warner et al. 2024). The first layer takes the normalized embeddings as they are.

use std::path::Path;

use super::add;
use crate::native::batch::Batch;
use crate::native::config::{ModelConfig, PreNormConfig};
use crate::native::family::PreNormTensors;
use crate::native::kernel::{
    Attention, Dense, Epilogue, GatedFeedForward, LayerNorm, Linear, Projected, Workspace,
};
use crate::native::rotary::Rotary;
use crate::native::weights::Weights;
use crate::{EmbedError, Precision};

/// An encoder of this kind.
pub(in crate::native) struct PreNorm {
    /// Vocabulary × width.
    words: Vec<f32>,
    norm: LayerNorm,
    layers: Vec<Layer>,
    final_norm: LayerNorm,
    width: usize,
}

struct Layer {
    /// None in the first layer.
    attention_norm: Option<LayerNorm>,
    /// Query, key and value.
    projections: [Dense; 3],
    rotary: Rotary,
    attention: Attention,
    attended: Dense,
    feed_forward_norm: LayerNorm,
    feed_forward: GatedFeedForward,
}

impl PreNorm {
    pub(super) fn new(
        config: &ModelConfig,
        names: &PreNormTensors,
        precision: Precision,
        file: &Path,
        bytes: &[u8],
    ) -> Result<Self, EmbedError> {
        let weights = &Weights::new(file, bytes, names.prefix, precision)?;
        let width = config.width;
        let words = weights.tensor(names.words, &[config.vocabulary, width])?;
        let norm = layer_norm(weights, names.norm, config)?;
        let mut layers: Vec<Layer> = Vec::new();
        for index in 0..config.layers {
            layers.push(Layer::new(config, names, weights, index, &norm, &layers)?);
        }
        Ok(Self { words, norm, layers, final_norm: layer_norm(weights, names.final_norm, config)?, width })
    }

    /// See [`super::Transformer::rows`].
    pub(super) fn rows(&self, workspace: &mut Workspace, batch: &Batch) -> Vec<f32> {
        let width = self.width;
        let instructions = workspace.instructions;
        let words = batch.ids.iter().flat_map(|&id| &self.words[id as usize * width..][..width]);
        let mut rows: Vec<f32> = words.copied().collect();
        self.norm.apply(instructions, &mut rows);
        let mut projected = [(); 3].map(|()| vec![0.0; rows.len()]);
        let (mut normalized, mut context, mut change) = (Vec::new(), vec![0.0; rows.len()], Vec::new());
        for layer in &self.layers {
            layer.project(workspace, width, &rows, &mut normalized, &mut projected);
            for text in batch.texts() {
                let range = text.start * width..text.end * width;
                let [queries, keys, values] = projected.each_mut().map(|rows| &mut rows[range.clone()]);
                layer.rotary.turn(queries, width);
                layer.rotary.turn(keys, width);
                layer.attention.apply(workspace, Projected { queries, keys, values }, &mut context[range]);
            }
            layer.finish(workspace, width, &context, &mut normalized, &mut change, &mut rows);
        }
        self.final_norm.apply(instructions, &mut rows);
        rows
    }
}

impl Layer {
    /// Queries, keys and values of all rows, in blocks of rows that stay in the cache for all three.
    fn project(
        &self,
        workspace: &mut Workspace,
        width: usize,
        rows: &[f32],
        normalized: &mut Vec<f32>,
        projected: &mut [Vec<f32>; 3],
    ) {
        let block = self.attended.rows_at_once().min(rows.len() / width).max(1) * width;
        for (start, rows) in (0..rows.len()).step_by(block).zip(rows.chunks(block)) {
            normalized.clear();
            normalized.extend_from_slice(rows);
            if let Some(norm) = &self.attention_norm {
                norm.apply(workspace.instructions, normalized);
            }
            for (project, projected) in self.projections.iter().zip(&mut *projected) {
                let output = &mut projected[start..start + normalized.len()];
                project.apply(workspace, normalized, Epilogue::Store, output);
            }
        }
    }

    /// The part of the layer after attention, in blocks of rows: adds what the layer changes to its input in `rows`, given the
    /// result of attention in `context`.
    fn finish(
        &self,
        workspace: &mut Workspace,
        width: usize,
        context: &[f32],
        normalized: &mut Vec<f32>,
        change: &mut Vec<f32>,
        rows: &mut [f32],
    ) {
        let block = self.attended.rows_at_once().min(rows.len() / width).max(1) * width;
        for (context, rows) in context.chunks(block).zip(rows.chunks_mut(block)) {
            change.resize(rows.len(), 0.0);
            self.attended.apply(workspace, context, Epilogue::Store, change);
            add(rows, change);
            normalized.clear();
            normalized.extend_from_slice(rows);
            self.feed_forward_norm.apply(workspace.instructions, normalized);
            self.feed_forward.apply(workspace, normalized, change);
            add(rows, change);
        }
    }

    /// The layer with this index, after those `before` it; `embedded` is the normalization of the embeddings.
    fn new(
        config: &ModelConfig,
        names: &PreNormTensors,
        weights: &Weights<'_>,
        index: usize,
        embedded: &LayerNorm,
        before: &[Layer],
    ) -> Result<Self, EmbedError> {
        let name = |part: &str| format!("{}.{index}.{part}", names.layer);
        let (width, inner) = (config.width, config.inner_width);
        let PreNormConfig { layers, activation, attention_bias, feed_forward_bias, .. } = &config.pre_norm;
        let attention_norm =
            (index > 0).then(|| layer_norm(weights, &name(names.attention_norm), config)).transpose()?;
        let precision = weights.precision();
        let all = weights.linear(&name(names.projections), width, 3 * width, *attention_bias)?;
        let projection = |part: usize| {
            let weights = &all.0[part * width * width..][..width * width];
            let bias = &all.1[part * width..][..width];
            Dense::new(precision, Linear { weights, bias }, Some(attention_norm.as_ref().unwrap_or(embedded)))
        };
        let projections = [projection(0), projection(1), projection(2)];
        let attended = weights.linear(&name(names.attended), width, width, *attention_bias)?;
        let feed_forward_norm = layer_norm(weights, &name(names.feed_forward_norm), config)?;
        let widen = weights.linear(&name(names.widen), width, 2 * inner, *feed_forward_bias)?;
        let narrow = weights.linear(&name(names.narrow), inner, width, *feed_forward_bias)?;
        let place = layers[index];
        let depth = width / config.heads;
        // Layers of one kind share their angles.
        let shared = before
            .iter()
            .map(|layer| &layer.rotary)
            .find(|rotary| rotary.theta().to_bits() == place.theta.to_bits());
        let rotary = shared.cloned().unwrap_or_else(|| Rotary::new(place.theta, depth, config.token_limit));
        Ok(Self {
            projections,
            rotary,
            attention: Attention::new(precision, width, config.heads, None).within(place.window),
            attended: Dense::new(precision, Linear { weights: &attended.0, bias: &attended.1 }, None),
            feed_forward: GatedFeedForward::new(
                precision,
                Linear { weights: &widen.0, bias: &widen.1 },
                Linear { weights: &narrow.0, bias: &narrow.1 },
                *activation,
                &feed_forward_norm,
            ),
            attention_norm,
            feed_forward_norm,
        })
    }
}

fn layer_norm(weights: &Weights<'_>, name: &str, config: &ModelConfig) -> Result<LayerNorm, EmbedError> {
    weights.layer_norm(name, config.width, config.epsilon, config.pre_norm.norm_bias)
}
