//! MPNet (Song et al. 2020): BERT without kinds of token, with RoBERTa's positions, and with a number added to the
//! scores of attention for the distance between two tokens, the same in all layers.

use super::bert::{KEYS, TENSORS};
use super::{Description, Keys, Padding, Tensors};

pub(super) const DESCRIPTION: Description = Description {
    keys: Keys { kinds: None, ..KEYS },
    tensors: Tensors {
        prefix: "mpnet.",
        kinds: None,
        distances: Some("encoder.relative_attention_bias.weight"),
        projections: ["attention.attn.q", "attention.attn.k", "attention.attn.v"],
        attended: "attention.attn.o",
        attention_norm: "attention.LayerNorm",
        ..TENSORS
    },
    padding: Padding::One,
};
