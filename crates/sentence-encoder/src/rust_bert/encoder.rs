//! The rust-bert encoder: loads a model folder, tokenizes texts, and runs padded batches through libtorch.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ndarray::Array2;
use rayon::prelude::*;
use same_bits::Instructions;

use super::batch::{Batch, batches};
use super::network::Network;
use crate::model_files::{ModelFiles, put_in_place};
use crate::native::after_pooling::OutputLayers;
use crate::native::config::ModelConfig;
use crate::native::kernel::pool;
use crate::tokens::ModelTokenizer;
use crate::{Device, EmbedError, EncodeObserver, Encoder, Precision, Purpose, TokenCounter};

/// Raised whenever a vector may differ from that of an earlier release.
const VERSION: u32 = 1;

/// Tokens of a batch, padding included. A CPU is busy with few; a graphics card needs many.
const TOKENS_ON_PROCESSOR: usize = 4096;
const TOKENS_ON_CARD: usize = 1 << 16;

/// A sentence-transformers model on libtorch.
///
/// The last bits of a vector may depend on the other texts, the number of threads and the machine.
pub struct RustBertEncoder {
    config: ModelConfig,
    tokenizer: ModelTokenizer,
    /// libtorch computes one batch at a time, with all threads.
    network: Mutex<Network>,
    output_layers: OutputLayers,
    batch_tokens: usize,
    /// For pooling, which is not libtorch's.
    instructions: Instructions,
    fingerprint: String,
    arithmetic: String,
}

impl RustBertEncoder {
    /// Loads the model in `folder`, with f32 or bf16 in the network; pooling is always in f32. Files are
    /// those of [`NativeEncoder`](crate::NativeEncoder).
    ///
    /// # Errors
    /// When a file is missing or damaged, this engine does not support the model or the precision, or the
    /// machine does not have the device.
    pub fn load(folder: &Path, device: Device, precision: Precision) -> Result<Self, EmbedError> {
        if precision == Precision::Int8 {
            let reason = "the rust-bert engine computes in f32 and bf16, not in int8".to_owned();
            return Err(EmbedError::Unsupported { file: folder.to_path_buf(), reason });
        }
        let files = ModelFiles::read(folder)?;
        let ModelFiles { config, tokenizer, weights_file, weights, output_layers, fingerprint: files } =
            files;
        let network = Network::load(&config, &weights_file, &weights, device, precision)?;
        let engine = format!("rust-bert {} {device} {files}", precision.name());
        Ok(Self {
            config,
            tokenizer,
            network: Mutex::new(network),
            output_layers,
            batch_tokens: if device == Device::Cpu { TOKENS_ON_PROCESSOR } else { TOKENS_ON_CARD },
            instructions: Instructions::chosen(),
            fingerprint: blake3::hash(engine.as_bytes()).to_hex().to_string(),
            arithmetic: format!("rust-bert {} {device} {VERSION}", precision.name()),
        })
    }

    /// The vectors of a batch's texts, concatenated, from the rows of its tokens. Pooling ignores the first
    /// `left_out` tokens of each text.
    fn vectors(&self, batch: &Batch, rows: &[f32], left_out: usize) -> Vec<f32> {
        let width = self.config.width;
        let mut vectors = vec![0.0; batch.indices.len() * width];
        for (row, (&length, vector)) in batch.lengths.iter().zip(vectors.chunks_exact_mut(width)).enumerate()
        {
            let start = row * batch.longest;
            let tokens = &rows[(start + left_out.min(length)) * width..(start + length) * width];
            pool(self.instructions, self.config.pooling, self.config.normalize, tokens, vector);
        }
        self.output_layers.apply(vectors, width)
    }
}

impl Encoder for RustBertEncoder {
    fn dimension(&self) -> usize {
        self.config.dimension()
    }

    fn token_limit(&self) -> usize {
        self.config.token_limit
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn arithmetic(&self) -> &str {
        &self.arithmetic
    }

    fn encode(
        &self,
        texts: &[&str],
        purpose: Purpose,
        observer: &dyn EncodeObserver,
    ) -> Result<Array2<f32>, EmbedError> {
        let mut vectors = Array2::zeros((texts.len(), self.dimension()));
        let cut = |(index, text): (usize, &&str)| self.tokenizer.ids(text, index, purpose);
        let tokens = texts.par_iter().enumerate().map(cut).collect::<Vec<_>>();
        let tokens = tokens.into_iter().collect::<Result<Vec<_>, _>>()?;
        let left_out = self.tokenizer.left_out_of_pooling(purpose);
        // A panic cannot have changed the network, which is never mutated.
        let network = self.network.lock().unwrap_or_else(PoisonError::into_inner);
        // libtorch keeps this setting for each calling thread.
        tch::set_num_threads(rayon::current_num_threads() as i32);
        for batch in batches(&tokens, self.batch_tokens) {
            if observer.should_stop() {
                return Err(EmbedError::Cancelled);
            }
            let done = self.vectors(&batch, &network.rows(&batch)?, left_out);
            put_in_place(&mut vectors, &batch.indices, &done)?;
            observer.texts_done(batch.indices.len() as u64);
        }
        Ok(vectors)
    }
}

impl TokenCounter for RustBertEncoder {
    fn limit(&self) -> usize {
        self.tokenizer.limit()
    }

    fn count(&self, text: &str) -> usize {
        self.tokenizer.count(text)
    }

    fn token_ends(&self, text: &str) -> Vec<usize> {
        self.tokenizer.token_ends(text)
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::RustBertEncoder;
    use crate::native::{RandomModel, write_random_model};
    use crate::{
        Device, EmbedError, Encoder, NativeEncoder, Precision, Purpose, TokenCounter, lowest_cosine,
    };

    fn tiny() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        write_random_model(folder.path(), &RandomModel::TINY).unwrap();
        folder
    }

    /// Texts of 0 to 80 letters, so that some are longer than the limit of 40 tokens.
    fn texts() -> Vec<String> {
        (0..53).map(|i| (0..(i * 37) % 81).map(|j| char::from(b'a' + (i * j % 26) as u8)).collect()).collect()
    }

    #[test]
    fn vectors_are_those_of_the_native_engine() {
        let folder = tiny();
        let native = NativeEncoder::load(folder.path(), Precision::F32).unwrap();
        let texts = texts();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let expected = native.encode(&texts, Purpose::Passage, &()).unwrap();
        for (precision, least) in [(Precision::F32, 0.999_999), (Precision::Bf16, 0.99)] {
            let encoder = RustBertEncoder::load(folder.path(), Device::Cpu, precision).unwrap();
            assert_eq!(encoder.dimension(), 42);
            assert_eq!(encoder.count("one text"), native.count("one text"));
            assert_ne!(encoder.fingerprint(), native.fingerprint());
            let lowest = lowest_cosine(&encoder, &texts, &expected).unwrap();
            assert!(lowest >= least, "{precision:?}: lowest cosine {lowest}");
        }
    }

    #[test]
    fn no_texts_give_no_vectors() {
        let encoder = RustBertEncoder::load(tiny().path(), Device::Cpu, Precision::F32).unwrap();
        assert_eq!(encoder.encode(&[], Purpose::Passage, &()).unwrap().dim(), (0, 42));
    }

    #[test]
    fn a_card_that_is_not_there_is_named() {
        let error = RustBertEncoder::load(tiny().path(), Device::Cuda(255), Precision::F32).err().unwrap();
        assert!(matches!(error, EmbedError::NoDevice { device: Device::Cuda(255), .. }), "{error}");
    }

    #[test]
    fn a_model_larger_than_its_weights_is_refused() {
        let folder = tiny();
        let file = folder.path().join("config.json");
        let settings = std::fs::read_to_string(&file).unwrap();
        let settings = settings.replace("\"num_hidden_layers\":2", "\"num_hidden_layers\":1000000");
        std::fs::write(&file, settings).unwrap();
        let error = RustBertEncoder::load(folder.path(), Device::Cpu, Precision::F32).err().unwrap();
        let said = error.to_string().replace(&folder.path().display().to_string(), "MODEL");
        insta::assert_snapshot!(said, @"MODEL/model.safetensors: config.json describes a larger model than these weights");
    }

    #[test]
    fn a_missing_layer_is_named() {
        let folder = tiny();
        let file = folder.path().join("config.json");
        let settings = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, settings.replace("\"num_hidden_layers\":2", "\"num_hidden_layers\":3"))
            .unwrap();
        let error = RustBertEncoder::load(folder.path(), Device::Cpu, Precision::F32).err().unwrap();
        let said = error.to_string().replace(&folder.path().display().to_string(), "MODEL");
        insta::assert_snapshot!(said, @"MODEL/model.safetensors: there is no tensor encoder.layer.2.attention.output.LayerNorm.bias");
    }
}
