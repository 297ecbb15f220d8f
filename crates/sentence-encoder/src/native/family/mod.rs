//! The families of encoders: what each calls its sizes and its tensors, and where it differs from BERT.
//!
//! They are one network ([`super::transformer`]): layers of attention and feed-forward, each normalised after its
//! residual. A new family of this kind is a file here with one [`Description`], and a line in [`MODEL_TYPES`].

mod bert;
mod distances;
mod distilbert;
mod mpnet;
mod roberta;

pub(super) use distances::{BUCKETS, by_distance};

/// The architectures that the engine computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// BERT (Devlin et al. 2019), MiniLM among them.
    Bert,
    /// RoBERTa (Liu et al. 2019), XLM-RoBERTa (Conneau et al. 2020) and CamemBERT (Martin et al. 2020).
    Roberta,
    /// DistilBERT (Sanh et al. 2019).
    DistilBert,
    /// MPNet (Song et al. 2020).
    MpNet,
}

/// `model_type` of config.json, and its family.
const MODEL_TYPES: [(&str, Family); 6] = [
    ("bert", Family::Bert),
    ("roberta", Family::Roberta),
    ("xlm-roberta", Family::Roberta),
    ("camembert", Family::Roberta),
    ("distilbert", Family::DistilBert),
    ("mpnet", Family::MpNet),
];

impl Family {
    /// The family of a `model_type` of config.json.
    pub(crate) fn from_model_type(model_type: &str) -> Option<Self> {
        MODEL_TYPES.into_iter().find(|&(name, _)| name == model_type).map(|(_, family)| family)
    }

    /// Every `model_type` that has a family, for people to read.
    pub(crate) fn model_types() -> String {
        MODEL_TYPES.map(|(name, _)| name).join(", ")
    }

    /// What sets it apart.
    pub(super) fn description(self) -> &'static Description {
        match self {
            Self::Bert => &bert::DESCRIPTION,
            Self::Roberta => &roberta::DESCRIPTION,
            Self::DistilBert => &distilbert::DESCRIPTION,
            Self::MpNet => &mpnet::DESCRIPTION,
        }
    }
}

/// Where a family differs from the others.
#[derive(Debug)]
pub(super) struct Description {
    /// What config.json calls its sizes.
    pub(super) keys: Keys,
    /// What its tensors are called.
    pub(super) tensors: Tensors,
    /// Where positions begin.
    pub(super) padding: Padding,
}

/// Keys of config.json. None where the family has no such thing.
#[derive(Debug)]
pub(super) struct Keys {
    pub(super) width: &'static str,
    pub(super) layers: &'static str,
    pub(super) heads: &'static str,
    pub(super) inner_width: &'static str,
    pub(super) kinds: Option<&'static str>,
    pub(super) activation: &'static str,
    pub(super) epsilon: Option<&'static str>,
}

/// Names of tensors, as the `transformers` library writes them. What ends in no `.weight` has a weight and a bias.
#[derive(Debug)]
pub(super) struct Tensors {
    /// What some writers put before every name and others leave out.
    pub(super) prefix: &'static str,
    pub(super) words: &'static str,
    pub(super) positions: &'static str,
    pub(super) kinds: Option<&'static str>,
    /// A number for each bucket of distances and each head, added to the scores of attention.
    pub(super) distances: Option<&'static str>,
    pub(super) norm: &'static str,
    /// What comes before a layer's number; the names below come after it.
    pub(super) layer: &'static str,
    pub(super) projections: [&'static str; 3],
    pub(super) attended: &'static str,
    pub(super) attention_norm: &'static str,
    pub(super) widen: &'static str,
    pub(super) narrow: &'static str,
    pub(super) output_norm: &'static str,
}

/// The token that fills texts up, and what it has to do with positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    /// Nothing: positions are counted from 0.
    Apart,
    /// Its id is that of its position, and positions are counted from the one after. A text that spells it out does not
    /// move on the count. config.json says the id, and 1 is meant where it does not.
    Configured,
    /// The same, and the id is 1 whatever config.json says.
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
