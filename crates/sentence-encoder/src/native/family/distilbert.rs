//! DistilBERT (Sanh et al. 2019): BERT without token types, with other names. Position embeddings are in the
//! file, whether learned or sinusoidal.

use super::{Description, Keys, Network, Padding, PostNormTensors};

pub(super) const DESCRIPTION: Description =
    Description { keys: KEYS, network: Network::PostNorm(TENSORS), padding: Padding::Apart };

const KEYS: Keys = Keys {
    width: "dim",
    layers: "n_layers",
    heads: "n_heads",
    inner_width: "hidden_dim",
    kinds: None,
    activation: "activation",
    epsilon: None,
    usual_epsilon: 1e-12,
};

const TENSORS: PostNormTensors = PostNormTensors {
    prefix: "distilbert.",
    words: "embeddings.word_embeddings.weight",
    positions: "embeddings.position_embeddings.weight",
    kinds: None,
    distances: None,
    norm: "embeddings.LayerNorm",
    layer: "transformer.layer",
    projections: ["attention.q_lin", "attention.k_lin", "attention.v_lin"],
    attended: "attention.out_lin",
    attention_norm: "sa_layer_norm",
    widen: "ffn.lin1",
    narrow: "ffn.lin2",
    output_norm: "output_layer_norm",
};
