//! MPNet (Song et al. 2020): BERT without token types, with RoBERTa's positions, and with a relative position
//! bias on attention scores that all layers share.

use super::bert::{KEYS, TENSORS};
use super::{Description, Keys, Network, Padding, PostNormTensors};

pub(super) const DESCRIPTION: Description = Description {
    keys: Keys { kinds: None, ..KEYS },
    network: Network::PostNorm(PostNormTensors {
        prefix: "mpnet.",
        kinds: None,
        distances: Some("encoder.relative_attention_bias.weight"),
        projections: ["attention.attn.q", "attention.attn.k", "attention.attn.v"],
        attended: "attention.attn.o",
        attention_norm: "attention.LayerNorm",
        ..TENSORS
    }),
    padding: Padding::One,
};
