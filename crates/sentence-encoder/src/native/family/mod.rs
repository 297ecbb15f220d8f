//! The families of encoders: the names of their sizes and tensors, and their differences from BERT.
//!
//! All of them are one of the networks in [`super::transformer`]. A new family of these kinds is a file here with one
//! [`Description`], and a line in [`MODEL_TYPES`].

mod bert;
mod distances;
mod distilbert;
pub(super) mod modernbert;
mod mpnet;
mod roberta;

pub(super) use distances::{BUCKETS, by_distance};

/// The supported families. Their `Debug` form is part of the fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// BERT (Devlin et al. 2019), including MiniLM.
    Bert,
    /// RoBERTa (Liu et al. 2019), XLM-RoBERTa (Conneau et al. 2020) and CamemBERT (Martin et al. 2020).
    Roberta,
    /// DistilBERT (Sanh et al. 2019).
    DistilBert,
    /// MPNet (Song et al. 2020).
    MpNet,
    /// ModernBERT (Warner et al. 2024).
    ModernBert,
}

/// `model_type` in config.json, and its family.
const MODEL_TYPES: [(&str, Family); 7] = [
    ("bert", Family::Bert),
    ("roberta", Family::Roberta),
    ("xlm-roberta", Family::Roberta),
    ("camembert", Family::Roberta),
    ("distilbert", Family::DistilBert),
    ("mpnet", Family::MpNet),
    ("modernbert", Family::ModernBert),
];

impl Family {
    /// The family of a `model_type`.
    pub(crate) fn from_model_type(model_type: &str) -> Option<Self> {
        MODEL_TYPES.into_iter().find(|&(name, _)| name == model_type).map(|(_, family)| family)
    }

    /// All supported values of `model_type`, for messages.
    pub(crate) fn model_types() -> String {
        MODEL_TYPES.map(|(name, _)| name).join(", ")
    }

    /// Its names and differences.
    pub(super) fn description(self) -> &'static Description {
        match self {
            Self::Bert => &bert::DESCRIPTION,
            Self::Roberta => &roberta::DESCRIPTION,
            Self::DistilBert => &distilbert::DESCRIPTION,
            Self::MpNet => &mpnet::DESCRIPTION,
            Self::ModernBert => &modernbert::DESCRIPTION,
        }
    }
}

/// The names and differences of a family.
#[derive(Debug)]
pub(super) struct Description {
    /// Keys of config.json.
    pub(super) keys: Keys,
    /// The kind of network, with the names of its tensors.
    pub(super) network: Network,
    /// How positions are counted.
    pub(super) padding: Padding,
}

/// Keys of config.json. None if the family has no such setting.
#[derive(Debug)]
pub(super) struct Keys {
    pub(super) width: &'static str,
    pub(super) layers: &'static str,
    pub(super) heads: &'static str,
    pub(super) inner_width: &'static str,
    pub(super) kinds: Option<&'static str>,
    pub(super) activation: &'static str,
    pub(super) epsilon: Option<&'static str>,
    /// Where config.json does not say.
    pub(super) usual_epsilon: f32,
}

/// A kind of network, with the names of its tensors.
#[derive(Debug)]
pub(super) enum Network {
    /// Normalization after each block.
    PostNorm(PostNormTensors),
    /// Normalization before each block.
    PreNorm(PreNormTensors),
}

/// Names of tensors as the `transformers` library writes them. A name without `.weight` stands for a weight
/// and a bias.
#[derive(Debug)]
pub(super) struct PostNormTensors {
    /// A prefix that some writers put before every name.
    pub(super) prefix: &'static str,
    pub(super) words: &'static str,
    pub(super) positions: &'static str,
    pub(super) kinds: Option<&'static str>,
    /// Added to attention scores, by bucket of distances and head.
    pub(super) distances: Option<&'static str>,
    pub(super) norm: &'static str,
    /// The part before the index of a layer; the names below follow the index.
    pub(super) layer: &'static str,
    pub(super) projections: [&'static str; 3],
    pub(super) attended: &'static str,
    pub(super) attention_norm: &'static str,
    pub(super) widen: &'static str,
    pub(super) narrow: &'static str,
    pub(super) output_norm: &'static str,
}

/// The same for normalization before each block. A name without `.weight` stands for a weight and, if the model has any, a bias.
#[derive(Debug)]
pub(super) struct PreNormTensors {
    pub(super) prefix: &'static str,
    pub(super) words: &'static str,
    pub(super) norm: &'static str,
    /// The part before the index of a layer; the names below follow the index.
    pub(super) layer: &'static str,
    pub(super) attention_norm: &'static str,
    /// Queries, keys and values as one layer.
    pub(super) projections: &'static str,
    pub(super) attended: &'static str,
    pub(super) feed_forward_norm: &'static str,
    pub(super) widen: &'static str,
    pub(super) narrow: &'static str,
    /// Without an index.
    pub(super) final_norm: &'static str,
}

/// The relation between the padding token and positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    /// None: positions are counted from 0.
    Apart,
    /// Its id is also its position, and positions are counted from the one after. A padding token in a text
    /// does not advance the count. config.json gives the id; the default is 1.
    Configured,
    /// The same, with id 1 whatever config.json says.
    One,
}

#[cfg(test)]
mod tests {
    use super::Family;

    #[test]
    fn a_model_type_has_a_family() {
        assert_eq!(Family::from_model_type("camembert"), Some(Family::Roberta));
        assert_eq!(Family::from_model_type("xlm-roberta"), Some(Family::Roberta));
        assert_eq!(Family::from_model_type("Bert"), None);
        assert_eq!(Family::from_model_type("roberta-prelayernorm"), None);
    }
}
