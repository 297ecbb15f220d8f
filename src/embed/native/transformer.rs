//! The transformer that BERT and its relatives share: embeddings, then layers of attention and feed-forward, each with a
//! residual and a layer normalisation after it.

use super::batch::Batch;
use super::config::ModelConfig;
use super::kernel::{Dense, Instructions, LayerNorm, Then, Workspace, attend};
use super::network::Network;
use super::weights::Weights;
use crate::embed::EmbedError;

/// An encoder without the pooler that some are trained with, which sentence encoders do not use.
pub(super) struct Transformer {
    /// Vocabulary × width.
    words: Vec<f32>,
    /// Positions × width; the row of token kind 0 is added to each.
    positions: Vec<f32>,
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
    /// Takes the network's weights by the names that the `transformers` library gives them.
    pub(super) fn new(config: &ModelConfig, weights: &Weights<'_>) -> Result<Self, EmbedError> {
        let width = config.width;
        let words = weights.tensor("embeddings.word_embeddings.weight", &[config.vocabulary, width])?;
        let mut positions =
            weights.tensor("embeddings.position_embeddings.weight", &[config.positions, width])?;
        let kinds = weights.tensor("embeddings.token_type_embeddings.weight", &[config.kinds, width])?;
        for row in positions.chunks_exact_mut(width) {
            add(row, &kinds[..width]);
        }
        let norm = weights.layer_norm("embeddings.LayerNorm", width, config.epsilon)?;
        let layers =
            (0..config.layers).map(|index| Layer::new(config, weights, index)).collect::<Result<_, _>>()?;
        Ok(Self { words, positions, norm, layers, width, heads: config.heads })
    }

    /// The rows of words and positions, normalised.
    fn embed(&self, instructions: Instructions, batch: &Batch) -> Vec<f32> {
        let width = self.width;
        let mut rows = Vec::with_capacity(batch.ids.len() * width);
        for text in batch.texts() {
            for (&id, position) in batch.ids[text].iter().zip(self.positions.chunks_exact(width)) {
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
                attend(workspace, of_text, width, self.heads, context);
            }
            layer.attended.apply(workspace, &context, Then::Store, &mut change);
            layer.attention_norm.add_and_apply(instructions, &mut rows, &change);
            layer.widen.apply(workspace, &rows, Then::Gelu, &mut wide);
            layer.narrow.apply(workspace, &wide, Then::Store, &mut change);
            layer.output_norm.add_and_apply(instructions, &mut rows, &change);
        }
        rows
    }
}

impl Layer {
    fn new(config: &ModelConfig, weights: &Weights<'_>, index: usize) -> Result<Self, EmbedError> {
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        let (width, inner, epsilon) = (config.width, config.inner_width, config.epsilon);
        let projections = ["query", "key", "value"].map(|part| name(&format!("attention.self.{part}")));
        Ok(Self {
            project: weights.dense(&projections, width, width)?,
            attended: weights.dense(&[name("attention.output.dense")], width, width)?,
            attention_norm: weights.layer_norm(&name("attention.output.LayerNorm"), width, epsilon)?,
            widen: weights.dense(&[name("intermediate.dense")], width, inner)?,
            narrow: weights.dense(&[name("output.dense")], inner, width)?,
            output_norm: weights.layer_norm(&name("output.LayerNorm"), width, epsilon)?,
        })
    }
}

fn add(row: &mut [f32], other: &[f32]) {
    row.iter_mut().zip(other).for_each(|(x, &y)| *x += y);
}
