//! BERT (Devlin et al. 2019), from which the others are derived; also MiniLM and E5-small.

use super::{Description, Keys, Network, Padding, PostNormTensors};

pub(super) const DESCRIPTION: Description =
    Description { keys: KEYS, network: Network::PostNorm(TENSORS), padding: Padding::Apart };

pub(super) const KEYS: Keys = Keys {
    width: "hidden_size",
    layers: "num_hidden_layers",
    heads: "num_attention_heads",
    inner_width: "intermediate_size",
    kinds: Some("type_vocab_size"),
    activation: "hidden_act",
    epsilon: Some("layer_norm_eps"),
    usual_epsilon: 1e-12,
};

pub(super) const TENSORS: PostNormTensors = PostNormTensors {
    prefix: "bert.",
    words: "embeddings.word_embeddings.weight",
    positions: "embeddings.position_embeddings.weight",
    kinds: Some("embeddings.token_type_embeddings.weight"),
    distances: None,
    norm: "embeddings.LayerNorm",
    layer: "encoder.layer",
    projections: ["attention.self.query", "attention.self.key", "attention.self.value"],
    attended: "attention.output.dense",
    attention_norm: "attention.output.LayerNorm",
    widen: "intermediate.dense",
    narrow: "output.dense",
    output_norm: "output.LayerNorm",
};
