//! The native encoder: loads a model folder, tokenizes and batches texts, and spreads the batches over the
//! cores.

use std::path::Path;

use ndarray::Array2;
use rayon::prelude::*;
use same_bits::Instructions;

use super::after_pooling::OutputLayers;
use super::batch::{Batch, batches};
use super::config::ModelConfig;
use super::kernel::{Workspace, pool};
use super::transformer::Transformer;
use crate::model_files::{ModelFiles, put_in_place};
use crate::tokens::ModelTokenizer;
use crate::{EmbedError, EncodeObserver, Encoder, Precision, Purpose, TokenCounter};

/// Batches that are computed before their vectors are copied into the result.
const BATCHES_AT_ONCE: usize = 256;

/// A sentence-transformers model on the CPU. Vectors have the same bits on every machine.
pub struct NativeEncoder {
    config: ModelConfig,
    tokenizer: ModelTokenizer,
    network: Transformer,
    output_layers: OutputLayers,
    precision: Precision,
    instructions: Instructions,
    fingerprint: String,
}

impl NativeEncoder {
    /// Loads the model in `folder`, as sentence-transformers saves it: `model.safetensors`, `tokenizer.json`,
    /// `config.json`, `modules.json`, the `config.json` of the pooling module, `config.json` and `model.safetensors` of dense layers and, if they exist,
    /// `sentence_bert_config.json`, `tokenizer_config.json` and `config_sentence_transformers.json`.
    ///
    /// # Errors
    /// When a file is missing or damaged, or this engine does not support the model or the precision.
    pub fn load(folder: &Path, precision: Precision) -> Result<Self, EmbedError> {
        if precision == Precision::Bf16 {
            let reason = "the native engine computes int8 and f32, not bf16".to_owned();
            return Err(EmbedError::Unsupported { file: folder.to_path_buf(), reason });
        }
        let files = ModelFiles::read(folder)?;
        let ModelFiles { config, tokenizer, weights_file, weights, output_layers, fingerprint } = files;
        let network = Transformer::new(&config, precision, &weights_file, &weights)?;
        let instructions = Instructions::chosen();
        Ok(Self { config, tokenizer, network, output_layers, precision, instructions, fingerprint })
    }

    /// The same encoder with other vector instructions than those that are [chosen](Instructions::chosen).
    /// Vectors have the same bits.
    #[must_use]
    pub fn with_instructions(mut self, instructions: Instructions) -> Self {
        self.instructions = instructions;
        self
    }

    /// The files of the model's folder that it was loaded from.
    pub(crate) fn files(&self) -> Vec<String> {
        let pooling = format!("{}/config.json", self.config.pooling_folder);
        let names = ["model.safetensors", "tokenizer.json", "config.json", "modules.json"].map(str::to_owned);
        names.into_iter().chain([pooling]).chain(self.config.after_pooling.files()).collect()
    }

    /// The vectors of a batch's texts, concatenated. Pooling ignores the first `left_out` tokens of each
    /// text.
    fn vectors(&self, workspace: &mut Workspace, batch: &Batch, left_out: usize) -> Vec<f32> {
        let width = self.config.width;
        let rows = self.network.rows(workspace, batch);
        let mut vectors = vec![0.0; batch.texts().count() * width];
        for (text, vector) in batch.texts().zip(vectors.chunks_exact_mut(width)) {
            let first = text.end.min(text.start + left_out);
            let tokens = &rows[first * width..text.end * width];
            pool(self.instructions, self.config.pooling, self.config.normalize, tokens, vector);
        }
        self.output_layers.apply(vectors, width)
    }
}

impl Encoder for NativeEncoder {
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
        super::arithmetic::name(self.precision)
    }

    fn encode(
        &self,
        texts: &[&str],
        purpose: Purpose,
        observer: &dyn EncodeObserver,
    ) -> Result<Array2<f32>, EmbedError> {
        let mut vectors = Array2::zeros((texts.len(), self.dimension()));
        let left_out = self.tokenizer.left_out_of_pooling(purpose);
        for some in batches(texts, self.token_limit()).chunks(BATCHES_AT_ONCE) {
            let workspace = || Workspace::new(self.instructions);
            let done = some.par_iter().map_init(workspace, |workspace, indices| {
                if observer.should_stop() {
                    return Err(EmbedError::Cancelled);
                }
                let mut batch = Batch::default();
                for &index in indices {
                    batch.push(&self.tokenizer.ids(texts[index], index, purpose)?);
                }
                let vectors = self.vectors(workspace, &batch, left_out);
                observer.texts_done(indices.len() as u64);
                Ok(vectors)
            });
            for (indices, rows) in some.iter().zip(done.collect::<Vec<Result<Vec<f32>, EmbedError>>>()) {
                put_in_place(&mut vectors, indices, &rows?)?;
            }
        }
        Ok(vectors)
    }
}

impl TokenCounter for NativeEncoder {
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
    use std::sync::atomic::{AtomicU64, Ordering};

    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::NativeEncoder;
    use crate::native::{RandomModel, write_random_model};
    use crate::{EmbedError, EncodeObserver, Encoder, Precision, Purpose, TokenCounter, first_unstable};
    use same_bits::Instructions;
    use same_bits::products::dot;

    fn tiny() -> (TempDir, NativeEncoder) {
        let folder = tempfile::tempdir().unwrap();
        write_random_model(folder.path(), &RandomModel::TINY).unwrap();
        let encoder = NativeEncoder::load(folder.path(), Precision::Int8).unwrap();
        (folder, encoder)
    }

    /// Texts of 0 to 80 letters, so that some are longer than the limit of 40 tokens.
    fn texts() -> Vec<String> {
        (0..53).map(|i| (0..(i * 37) % 81).map(|j| char::from(b'a' + (i * j % 26) as u8)).collect()).collect()
    }

    fn bits(encoder: &NativeEncoder, texts: &[&str]) -> Vec<u32> {
        encoder.encode(texts, Purpose::Passage, &()).unwrap().iter().map(|x| x.to_bits()).collect()
    }

    #[test]
    fn a_vector_has_the_same_bits_in_any_company() {
        let (_folder, encoder) = tiny();
        let texts = texts();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(first_unstable(&encoder, &texts).unwrap(), None);
    }

    #[test]
    fn a_vector_has_the_same_bits_with_any_number_of_threads() {
        let (_folder, encoder) = tiny();
        let texts = texts();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let expected = bits(&encoder, &texts);
        for threads in 1..=3 {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(|| bits(&encoder, &texts)), expected, "{threads} threads");
        }
    }

    #[test]
    fn a_vector_has_the_same_bits_with_any_instructions() {
        let (folder, encoder) = tiny();
        let texts = texts();
        let texts: Vec<&str> = texts.iter().take(12).map(String::as_str).collect();
        let expected = bits(&encoder, &texts);
        for instructions in Instructions::available() {
            let other =
                NativeEncoder::load(folder.path(), Precision::Int8).unwrap().with_instructions(instructions);
            assert_eq!(bits(&other, &texts), expected, "{}", instructions.name());
        }
    }

    #[test]
    fn vectors_are_of_unit_length_and_tell_texts_apart() {
        let (_folder, encoder) = tiny();
        let vectors = encoder.encode(&["one text", "another", "One  text"], Purpose::Passage, &()).unwrap();
        assert_eq!(vectors.dim(), (3, 42));
        for row in vectors.rows() {
            assert!((dot(row, row) - 1.0).abs() < 1e-5);
        }
        assert!(dot(vectors.row(0), vectors.row(1)) < 0.999);
        assert_eq!(vectors.row(0), vectors.row(2), "case and spaces do not count for this tokenizer");
    }

    #[test]
    fn no_texts_give_no_vectors() {
        let (_folder, encoder) = tiny();
        assert_eq!(encoder.encode(&[], Purpose::Passage, &()).unwrap().dim(), (0, 42));
    }

    /// Stops when so many texts are done.
    struct StopAfter(u64, AtomicU64);

    impl EncodeObserver for StopAfter {
        fn texts_done(&self, texts: u64) {
            self.1.fetch_add(texts, Ordering::Relaxed);
        }

        fn should_stop(&self) -> bool {
            self.1.load(Ordering::Relaxed) >= self.0
        }
    }

    #[test]
    fn an_observer_is_told_of_every_text_and_can_stop() {
        let (_folder, encoder) = tiny();
        let texts = texts();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let all = StopAfter(u64::MAX, AtomicU64::new(0));
        encoder.encode(&texts, Purpose::Passage, &all).unwrap();
        assert_eq!(all.1.into_inner(), texts.len() as u64);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let one = StopAfter(1, AtomicU64::new(0));
        let stopped = pool.install(|| encoder.encode(&texts, Purpose::Passage, &one)).unwrap_err();
        assert!(matches!(stopped, EmbedError::Cancelled), "{stopped}");
        assert!(one.1.into_inner() < texts.len() as u64);
    }

    #[test]
    fn what_comes_after_the_limit_does_not_count() {
        let (_folder, encoder) = tiny();
        let long = "abcdefghi ".repeat(20);
        assert!(encoder.count(&long) > encoder.limit());
        let end = encoder.token_ends(&long)[encoder.limit() - 3];
        assert_eq!(encoder.count(&long[..end]), encoder.limit());
        assert_eq!(bits(&encoder, &[&long]), bits(&encoder, &[&long[..end]]));
    }

    #[test]
    fn the_fingerprint_follows_the_weights() {
        let (folder, encoder) = tiny();
        let again = NativeEncoder::load(folder.path(), Precision::Int8).unwrap();
        assert_eq!(encoder.fingerprint(), again.fingerprint());
        write_random_model(folder.path(), &RandomModel { seed: 8, ..RandomModel::TINY }).unwrap();
        assert_ne!(
            encoder.fingerprint(),
            NativeEncoder::load(folder.path(), Precision::Int8).unwrap().fingerprint()
        );
    }

    /// The tiny model with this in `config_sentence_transformers.json`.
    fn with_prompts(prompts: &str) -> (TempDir, NativeEncoder) {
        let (folder, _) = tiny();
        std::fs::write(folder.path().join("config_sentence_transformers.json"), prompts).unwrap();
        let encoder = NativeEncoder::load(folder.path(), Precision::Int8).unwrap();
        (folder, encoder)
    }

    const PROMPTS: &str = r#"{ "prompts": { "query": "ask: ", "passage": "tell: " } }"#;

    #[test]
    fn a_prompt_is_read_before_the_text() {
        let (_bare_folder, bare) = tiny();
        let (_folder, encoder) = with_prompts(PROMPTS);
        let with = |purpose| encoder.encode(&["a text"], purpose, &()).unwrap();
        let without = |text| bare.encode(&[text], Purpose::Passage, &()).unwrap();
        assert_eq!(with(Purpose::Query), without("ask: a text"));
        assert_eq!(with(Purpose::Passage), without("tell: a text"));
        assert_ne!(encoder.fingerprint(), bare.fingerprint());
    }

    #[test]
    fn the_tokens_of_the_passage_prompt_are_counted() {
        let (_bare_folder, bare) = tiny();
        let (_folder, encoder) = with_prompts(PROMPTS);
        assert_eq!(encoder.count("a text"), bare.count("tell: a text"));
        assert_eq!(encoder.token_ends("a text"), bare.token_ends("a text"));
        assert_eq!(encoder.count("a text"), encoder.count("") + encoder.token_ends("a text").len());
    }

    #[test]
    fn a_prompt_may_be_left_out_of_the_pooling() {
        let (folder, pooled) = with_prompts(PROMPTS);
        let settings = r#"{ "pooling_mode": "mean", "include_prompt": false }"#;
        std::fs::write(folder.path().join("1_Pooling/config.json"), settings).unwrap();
        let left_out = NativeEncoder::load(folder.path(), Precision::Int8).unwrap();
        let vector = |encoder: &NativeEncoder| encoder.encode(&["a text"], Purpose::Query, &()).unwrap();
        assert_ne!(vector(&pooled), vector(&left_out));
        assert_ne!(pooled.fingerprint(), left_out.fingerprint());
        assert!(left_out.encode(&[""], Purpose::Query, &()).unwrap().iter().all(|x| x.is_finite()));
    }

    /// The fingerprint of the tiny model with these settings in `file`.
    fn fingerprint_after(file: &str, settings: &str) -> String {
        let (folder, _) = tiny();
        std::fs::write(folder.path().join(file), settings).unwrap();
        NativeEncoder::load(folder.path(), Precision::Int8).unwrap().fingerprint().to_owned()
    }

    #[test]
    fn the_fingerprint_follows_all_that_decides_a_vector() {
        let network = |model_type: &str, layers: usize, heads: usize, padding: u32| {
            format!(
                r#"{{ "model_type": "{model_type}", "hidden_size": 42, "num_hidden_layers": {layers}, "num_attention_heads": {heads},
                "intermediate_size": 75, "vocab_size": 109, "max_position_embeddings": 40, "pad_token_id": {padding} }}"#
            )
        };
        let fingerprints = [
            fingerprint_after("config.json", &network("bert", 2, 3, 0)),
            fingerprint_after("config.json", &network("bert", 1, 3, 0)),
            fingerprint_after("config.json", &network("bert", 2, 2, 0)),
            fingerprint_after("config.json", &network("roberta", 2, 3, 1)),
            fingerprint_after("config.json", &network("roberta", 2, 3, 2)),
            fingerprint_after("1_Pooling/config.json", r#"{ "pooling_mode": "cls" }"#),
            fingerprint_after("1_Pooling/config.json", r#"{ "pooling_mode": "max" }"#),
            fingerprint_after("sentence_bert_config.json", r#"{ "max_seq_length": 12 }"#),
            fingerprint_after(
                "sentence_bert_config.json",
                r#"{ "max_seq_length": 40, "do_lower_case": true }"#,
            ),
            fingerprint_after("config_sentence_transformers.json", r#"{ "prompts": { "query": "a b" } }"#),
            fingerprint_after("config_sentence_transformers.json", r#"{ "prompts": { "passage": "a b" } }"#),
            fingerprint_after(
                "config_sentence_transformers.json",
                r#"{ "prompts": { "query": "a", "passage": "b" } }"#,
            ),
        ];
        for (index, fingerprint) in fingerprints.iter().enumerate() {
            assert!(!fingerprints[..index].contains(fingerprint), "{index}");
        }
        assert_eq!(fingerprints[0], tiny().1.fingerprint(), "what is left unsaid is the usual");
    }

    #[test]
    fn the_limit_is_the_nearest_of_those_that_are_said() {
        let limit = |files: &[(&str, &str)]| {
            let (folder, _) = tiny();
            std::fs::remove_file(folder.path().join("sentence_bert_config.json")).unwrap();
            for (file, settings) in files {
                std::fs::write(folder.path().join(file), settings).unwrap();
            }
            NativeEncoder::load(folder.path(), Precision::Int8).unwrap().limit()
        };
        let tokenizer = ("tokenizer_config.json", r#"{ "model_max_length": 20 }"#);
        assert_eq!(limit(&[]), 40);
        assert_eq!(limit(&[tokenizer]), 20);
        let unset = ("tokenizer_config.json", r#"{ "model_max_length": 1000000000000000019884624838656 }"#);
        assert_eq!(limit(&[unset]), 40);
        assert_eq!(limit(&[tokenizer, ("sentence_bert_config.json", r#"{ "max_seq_length": 30 }"#)]), 30);
        assert_eq!(limit(&[tokenizer, ("sentence_bert_config.json", r#"{ "max_seq_length": null }"#)]), 20);
        assert_eq!(limit(&[("sentence_roberta_config.json", r#"{ "max_seq_length": 300 }"#)]), 40);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_has_a_vector_and_ends_on_its_characters(text in "\\PC{0,60}|[a-zéא世\\u{300}🙂 .]{0,60}") {
            let (_folder, encoder) = tiny();
            let vectors = encoder.encode(&[&text], Purpose::Passage, &()).unwrap();
            prop_assert!(vectors.iter().all(|x| x.is_finite()));
            let ends = encoder.token_ends(&text);
            prop_assert_eq!(ends.len() + 2, encoder.count(&text));
            prop_assert!(ends.is_sorted());
            prop_assert!(ends.iter().all(|&end| text.is_char_boundary(end)));
        }
    }
}
