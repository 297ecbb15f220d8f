//! rust-bert's networks with the weights of a model folder.
//!
//! Weights are read and their shapes checked as for the native engine, so that nothing unchecked reaches
//! libtorch.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rust_bert::RustBertError;
use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use rust_bert::distilbert::{DistilBertConfig, DistilBertModel};
use rust_bert::roberta::RobertaEmbeddings;
use tch::nn::VarStore;
use tch::{Cuda, Kind, TchError, Tensor, no_grad};

use super::batch::Batch;
use crate::native::config::{Family, ModelConfig};
use crate::native::weights::Weights;
use crate::{Device, EmbedError, Precision};

/// rust-bert's layer normalization adds 1e-12 to the variance whatever the model says. Up to this epsilon
/// (RoBERTa's is 1e-5) the difference is negligible.
const MAX_EPSILON: f32 = 1.01e-5;

/// A network that computes a row of numbers for each token.
pub(super) struct Network {
    model: Model,
    device: tch::Device,
    width: usize,
    /// See [`ModelConfig::padding`].
    padding: Option<u32>,
}

enum Model {
    Bert(BertModel<BertEmbeddings>),
    DistilBert(DistilBertModel),
    Roberta(BertModel<RobertaEmbeddings>),
}

impl Network {
    /// The network that `config` describes, with the weights of `file`, whose contents are `bytes`.
    pub(super) fn load(
        config: &ModelConfig,
        file: &Path,
        bytes: &[u8],
        device: Device,
        precision: Precision,
    ) -> Result<Self, EmbedError> {
        check(config, file, bytes)?;
        let prefix = match config.family {
            Family::DistilBert => DISTILBERT,
            Family::Roberta => "roberta.",
            Family::Bert | Family::MpNet | Family::ModernBert => "bert.",
        };
        let weights = Weights::new(file, bytes, prefix, Precision::F32)?;
        let device = present(device)?;
        guarded(|| {
            let mut store = VarStore::new(device);
            let model = Model::new(config, &store)?;
            fill(&store, &weights)?;
            store.freeze();
            if precision == Precision::Bf16 {
                store.bfloat16();
            }
            Ok(Self { model, device, width: config.width, padding: config.padding })
        })
    }

    /// Texts × longest × width, in the order of the batch; rows of padding mean nothing.
    pub(super) fn rows(&self, batch: &Batch) -> Result<Vec<f32>, EmbedError> {
        let shape = [batch.indices.len() as i64, batch.longest as i64];
        let mut rows = vec![0.0_f32; batch.ids.len() * self.width];
        if rows.is_empty() {
            return Ok(rows);
        }
        guarded(|| {
            no_grad(|| {
                let ids = Tensor::f_from_slice(&batch.ids)?.f_view(shape)?.f_to_device(self.device)?;
                let mask = Tensor::f_from_slice(&batch.mask)?.f_view(shape)?.f_to_device(self.device)?;
                let positions = self.padding.map(|padding| {
                    Tensor::f_from_slice(&batch.positions(padding))?.f_view(shape)?.f_to_device(self.device)
                });
                let found = self.model.forward(&ids, &mask, positions.transpose()?.as_ref())?;
                let found = found.f_to_kind(Kind::Float)?.f_to_device(tch::Device::Cpu)?.f_contiguous()?;
                let count = rows.len();
                found.f_copy_data(&mut rows, count)?;
                Ok(())
            })
        })?;
        Ok(rows)
    }
}

/// rust-bert puts this before the names of DistilBERT's tensors; writers of weights may or may not.
const DISTILBERT: &str = "distilbert.";

impl Model {
    /// The network with numbers that mean nothing yet; its variables are in `store`.
    fn new(config: &ModelConfig, store: &VarStore) -> Result<Self, Failure> {
        let [width, inner, positions] =
            [config.width, config.inner_width, config.positions].map(|size| size as i64);
        let [layers, heads, vocabulary] =
            [config.layers, config.heads, config.vocabulary].map(|size| size as i64);
        let bert = BertConfig {
            hidden_size: width,
            intermediate_size: inner,
            max_position_embeddings: positions,
            num_attention_heads: heads,
            num_hidden_layers: layers,
            type_vocab_size: config.kinds as i64,
            vocab_size: vocabulary,
            ..BertConfig::default()
        };
        let distilbert = DistilBertConfig {
            dim: width,
            hidden_dim: inner,
            max_position_embeddings: positions,
            n_heads: heads,
            n_layers: layers,
            vocab_size: vocabulary,
            ..DistilBertConfig::default()
        };
        match config.family {
            Family::Bert => Ok(Self::Bert(BertModel::new_with_optional_pooler(store.root(), &bert, false))),
            Family::Roberta => {
                Ok(Self::Roberta(BertModel::new_with_optional_pooler(store.root(), &bert, false)))
            }
            Family::DistilBert => Ok(Self::DistilBert(DistilBertModel::new(store.root(), &distilbert))),
            Family::MpNet => Err(Failure::Engine("rust-bert has no MPNet".to_owned())),
            Family::ModernBert => Err(Failure::Engine("rust-bert has no ModernBERT".to_owned())),
        }
    }

    fn forward(
        &self,
        ids: &Tensor,
        mask: &Tensor,
        positions: Option<&Tensor>,
    ) -> Result<Tensor, RustBertError> {
        let (ids, mask) = (Some(ids), Some(mask));
        Ok(match self {
            Self::Bert(model) => {
                model.forward_t(ids, mask, None, positions, None, None, None, false)?.hidden_state
            }
            Self::Roberta(model) => {
                model.forward_t(ids, mask, None, positions, None, None, None, false)?.hidden_state
            }
            Self::DistilBert(model) => model.forward_t(ids, mask, None, false)?.hidden_state,
        })
    }
}

/// Refuses what rust-bert would compute differently, and sizes that the weights do not have.
fn check(config: &ModelConfig, file: &Path, bytes: &[u8]) -> Result<(), EmbedError> {
    let file = file.to_path_buf();
    if config.family == Family::MpNet {
        let reason = "rust-bert does not compute MPNet; use the native engine".to_owned();
        return Err(EmbedError::Unsupported { file, reason });
    }
    if config.epsilon > MAX_EPSILON {
        let reason = format!(
            "the rust-bert engine adds 1e-12 in layer normalisation, and the model wants {:e}; use the native engine",
            config.epsilon
        );
        return Err(EmbedError::Unsupported { file, reason });
    }
    // Memory is allocated before the weights are read, so config.json must not describe more than the file
    // has.
    let [width, inner, layers] = [config.width, config.inner_width, config.layers].map(|size| size as u128);
    let rows = (config.vocabulary + config.positions) as u128;
    let least = rows * width + layers * (4 * width * width + 2 * width * inner);
    if least * 2 > bytes.len() as u128 {
        let reason = "config.json describes a larger model than these weights".to_owned();
        return Err(EmbedError::Malformed { file, reason });
    }
    Ok(())
}

/// The device for libtorch, if this machine has it.
fn present(device: Device) -> Result<tch::Device, EmbedError> {
    match device {
        Device::Cpu => Ok(tch::Device::Cpu),
        Device::Cuda(number) => {
            let found = if Cuda::is_available() { Cuda::device_count() } else { 0 };
            if i64::from(number) < found {
                Ok(tch::Device::Cuda(usize::from(number)))
            } else {
                Err(EmbedError::NoDevice { device, found: found.max(0) as u64 })
            }
        }
    }
}

/// Copies the weights into the network's variables by name.
fn fill(store: &VarStore, weights: &Weights<'_>) -> Result<(), Failure> {
    let variables: BTreeMap<String, Tensor> = store.variables().into_iter().collect();
    for (name, mut variable) in variables {
        let size = variable.size();
        let shape: Vec<usize> = size.iter().map(|&length| length as usize).collect();
        let name = name.strip_prefix(DISTILBERT).unwrap_or(&name);
        let numbers = weights.tensor(name, &shape).map_err(Failure::Embed)?;
        let loaded = Tensor::f_from_slice(&numbers)?.f_view(size.as_slice())?;
        no_grad(|| variable.f_copy_(&loaded))?;
    }
    Ok(())
}

/// An error of this crate, or of rust-bert or libtorch.
enum Failure {
    Embed(EmbedError),
    Engine(String),
}

impl From<TchError> for Failure {
    fn from(error: TchError) -> Self {
        Self::Engine(error.to_string())
    }
}

impl From<RustBertError> for Failure {
    fn from(error: RustBertError) -> Self {
        Self::Engine(error.to_string())
    }
}

/// Runs `work` in libtorch. rust-bert panics when libtorch fails, for example when a graphics card runs out
/// of memory; that becomes an error.
fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, EmbedError> {
    let failed = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(Failure::Embed(error))) => return Err(error),
        Ok(Err(Failure::Engine(reason))) => reason,
        Err(panic) => panic.downcast_ref::<String>().cloned().unwrap_or_default(),
    };
    // The lines after the first are a stack trace of libtorch.
    let reason = failed.lines().next().unwrap_or_default().to_owned();
    Err(EmbedError::Engine { reason })
}
