//! RoBERTa (Liu et al. 2019) and those trained like it in other languages. They have BERT's parts and names, and count
//! positions from the one after the padding token's id.

use super::bert::{KEYS, TENSORS};
use super::{Description, Padding, Tensors};

pub(super) const DESCRIPTION: Description = Description {
    keys: KEYS,
    tensors: Tensors { prefix: "roberta.", ..TENSORS },
    padding: Padding::Configured,
};
