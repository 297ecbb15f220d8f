//! RoBERTa (Liu et al. 2019), XLM-RoBERTa and CamemBERT: BERT with positions that are counted from the one
//! after the padding token's id.

use super::bert::{KEYS, TENSORS};
use super::{Description, Network, Padding, PostNormTensors};

pub(super) const DESCRIPTION: Description = Description {
    keys: KEYS,
    network: Network::PostNorm(PostNormTensors { prefix: "roberta.", ..TENSORS }),
    padding: Padding::Configured,
};
