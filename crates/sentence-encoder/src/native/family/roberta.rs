//! RoBERTa (Liu et al. 2019), XLM-RoBERTa and CamemBERT: BERT with positions that are counted from the one
//! after the padding token's id.

use super::bert::{KEYS, TENSORS};
use super::{Description, Padding, Tensors};

pub(super) const DESCRIPTION: Description = Description {
    keys: KEYS,
    tensors: Tensors { prefix: "roberta.", ..TENSORS },
    padding: Padding::Configured,
};
