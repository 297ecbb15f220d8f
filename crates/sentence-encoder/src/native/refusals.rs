//! Tests of the messages for unsupported models and for damaged or malicious folders.

use std::fs;
use std::path::Path;

use safetensors::tensor::{Dtype, TensorView};

use super::{NativeEncoder, RandomModel, write_random_model};
use crate::Precision;

/// The error of loading the tiny model after `change` to its folder.
fn refusal(change: impl Fn(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    write_random_model(folder.path(), &RandomModel::TINY).unwrap();
    change(folder.path());
    let error = NativeEncoder::load(folder.path(), Precision::Int8).err().map(|error| error.to_string());
    error.unwrap_or_default().replace(&folder.path().display().to_string(), "MODEL")
}

/// The error after `from` was replaced in a file.
fn after(file: &str, from: &str, to: &str) -> String {
    refusal(|folder| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(folder.join(file), text.replace(from, to)).unwrap();
    })
}

/// The error for a folder with this file instead of `model.safetensors`.
fn with_weights_in(file: &str) -> String {
    refusal(|folder| {
        fs::remove_file(folder.join("model.safetensors")).unwrap();
        fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
        fs::write(folder.join(file), "{}").unwrap();
    })
}

/// The error when the word embeddings have this type.
fn with_words_of(kind: Dtype, bytes: usize) -> String {
    refusal(|folder| {
        let numbers = vec![0; 109 * 42 * bytes];
        let view = TensorView::new(kind, vec![109, 42], &numbers).unwrap();
        let tensors = [("embeddings.word_embeddings.weight", view)];
        safetensors::serialize_to_file(tensors, None, &folder.join("model.safetensors")).unwrap();
    })
}

fn pooling(settings: &str) -> String {
    refusal(|folder| fs::write(folder.join("1_Pooling/config.json"), settings).unwrap())
}

#[test]
fn another_network_is_refused() {
    insta::assert_snapshot!(after("config.json", "\"bert\"", "\"t5\""), @r#"MODEL/config.json: models of type "t5" are not supported (supported: bert, roberta, xlm-roberta, camembert, distilbert, mpnet, modernbert)"#);
    insta::assert_snapshot!(after("config.json", "\"gelu\"", "\"relu\""), @r#"MODEL/config.json: the activation "relu" is not supported (supported: gelu)"#);
    insta::assert_snapshot!(after("config.json", "\"gelu\"", "\"gelu_new\""), @r#"MODEL/config.json: the activation "gelu_new" is not supported (supported: gelu)"#);
    insta::assert_snapshot!(after("config.json", "\"hidden_act\"", "\"position_embedding_type\":\"relative_key\",\"hidden_act\""), @"MODEL/config.json: only absolute positions are supported");
    insta::assert_snapshot!(after("config.json", "\"hidden_act\"", "\"is_decoder\":true,\"hidden_act\""), @"MODEL/config.json: a decoder, whose tokens do not see what comes after them, is not supported");
    insta::assert_snapshot!(after("config.json", "\"model_type\":\"bert\"", "\"model_type\":\"mpnet\",\"relative_attention_num_buckets\":64"), @"MODEL/config.json: only 32 buckets of distances between tokens are supported");
}

#[test]
fn other_modules_are_refused() {
    insta::assert_snapshot!(after("modules.json", "models.Normalize", "models.LSTM"), @"MODEL/modules.json: the modules Transformer, Pooling, LSTM are not supported (supported: Transformer, Pooling, and after them Dense and Normalize)");
    insta::assert_snapshot!(after("modules.json", "models.Transformer", "models.StaticEmbedding"), @"MODEL/modules.json: the modules StaticEmbedding, Pooling, Normalize are not supported (supported: Transformer, Pooling, and after them Dense and Normalize)");
    insta::assert_snapshot!(after("modules.json", "1_Pooling", "../1_Pooling"), @"MODEL/modules.json: a module's path leads out of its place");
    insta::assert_snapshot!(after("modules.json", "2_Normalize", "../2_Normalize"), @"MODEL/modules.json: a module's path leads out of its place");
    insta::assert_snapshot!(after("modules.json", "\"path\":\"\"", "\"path\":\"0_Transformer\""), @r#"MODEL/modules.json: the network lies in "0_Transformer", and only one beside modules.json is supported; loading the model in Python and saving it again puts it there"#);
    let token_rows = refusal(|folder| {
        fs::create_dir_all(folder.join("2_Normalize")).unwrap();
        fs::write(folder.join("2_Normalize/config.json"), r#"{ "module_input_name": "token_embeddings" }"#)
            .unwrap();
    });
    insta::assert_snapshot!(token_rows, @r#"MODEL/2_Normalize/config.json: module_input_name is "token_embeddings", and only "sentence_embedding" is supported"#);
}

/// The error with a dense layer of these settings in the place of Normalize.
fn dense(settings: &str, other_file: Option<&str>) -> String {
    refusal(|folder| {
        let modules = fs::read_to_string(folder.join("modules.json")).unwrap();
        let modules = modules.replace("2_Normalize", "2_Dense").replace("models.Normalize", "models.Dense");
        fs::write(folder.join("modules.json"), modules).unwrap();
        fs::create_dir_all(folder.join("2_Dense")).unwrap();
        fs::write(folder.join("2_Dense/config.json"), settings).unwrap();
        other_file.map_or(Ok(()), |file| fs::write(folder.join("2_Dense").join(file), "{}")).unwrap();
    })
}

#[test]
fn another_dense_layer_is_refused() {
    let usual = r#"{ "in_features": 42, "out_features": 5, "activation_function": "torch.nn.modules.activation.Tanh" }"#;
    let with = |key: &str| dense(&usual.replace("\"in_features\"", &format!("{key}, \"in_features\"")), None);
    insta::assert_snapshot!(dense(&usual.replace("activation.Tanh", "activation.GELU"), None), @r#"MODEL/2_Dense/config.json: the activation "torch.nn.modules.activation.GELU" is not supported (supported: Identity, Tanh)"#);
    insta::assert_snapshot!(dense(&usual.replace("42", "41"), None), @"MODEL/2_Dense/config.json: in_features is 41, and vectors of 42 numbers come before it");
    insta::assert_snapshot!(dense(&usual.replace("5,", "0,"), None), @"MODEL/2_Dense/config.json: out_features is not a whole number from 1 to 1048576");
    insta::assert_snapshot!(with("\"use_residual\": true"), @"MODEL/2_Dense/config.json: a dense layer whose input is added to its output is not supported");
    insta::assert_snapshot!(with("\"module_output_name\": \"other\""), @r#"MODEL/2_Dense/config.json: module_output_name is "other", and only "sentence_embedding" is supported"#);
    insta::assert_snapshot!(dense(usual, Some("pytorch_model.bin")), @r#"MODEL/2_Dense/pytorch_model.bin: only weights in safetensors are supported; load the model once with sentence-transformers in Python and save it again (SentenceTransformer("OLD").save_pretrained("NEW"))"#);
    insta::assert_snapshot!(dense(usual, Some("model.safetensors")), @"MODEL/2_Dense/model.safetensors: this is no safetensors file: header too small");
}

#[test]
fn another_pooling_is_refused() {
    insta::assert_snapshot!(pooling(r#"{ "pooling_mode": "weightedmean" }"#), @r#"MODEL/1_Pooling/config.json: the pooling "weightedmean" is not supported (supported: mean, cls, max)"#);
    insta::assert_snapshot!(pooling(r#"{ "pooling_mode_lasttoken": true }"#), @r#"MODEL/1_Pooling/config.json: the pooling "lasttoken" is not supported (supported: mean, cls, max)"#);
    insta::assert_snapshot!(pooling(r#"{ "pooling_mode": ["mean", "max"] }"#), @"MODEL/1_Pooling/config.json: the ways of pooling mean, max at once are not supported, only one");
    insta::assert_snapshot!(pooling(r#"{ "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true }"#), @"MODEL/1_Pooling/config.json: the ways of pooling cls_token, mean_tokens at once are not supported, only one");
    insta::assert_snapshot!(pooling(r#"{ "pooling_mode_mean_tokens": false }"#), @"MODEL/1_Pooling/config.json: no way of pooling is named (supported: mean, cls, max)");
}

#[test]
fn weights_of_another_kind_are_refused() {
    insta::assert_snapshot!(with_weights_in("pytorch_model.bin"), @r#"MODEL/pytorch_model.bin: only weights in safetensors are supported; load the model once with sentence-transformers in Python and save it again (SentenceTransformer("OLD").save_pretrained("NEW"))"#);
    insta::assert_snapshot!(with_weights_in("onnx/model.onnx"), @"MODEL/onnx/model.onnx: only weights in safetensors are supported, and this folder has the model as a graph for another program; take its model.safetensors from where it was published");
    insta::assert_snapshot!(with_weights_in("model.safetensors.index.json"), @r#"MODEL/model.safetensors.index.json: the weights are split over several files, and only one model.safetensors is supported; save the model again in Python with max_shard_size="100GB""#);
    insta::assert_snapshot!(with_weights_in("adapter_config.json"), @"MODEL/adapter_config.json: this is an adapter to another model, and only whole models are supported; merge the two in Python (merge_and_unload) and save the result");
    insta::assert_snapshot!(with_words_of(Dtype::I8, 1), @"MODEL/model.safetensors: tensor embeddings.word_embeddings.weight is of type I8, and only F32, F16 and BF16 are supported");
    insta::assert_snapshot!(with_words_of(Dtype::F16, 2), @"MODEL/model.safetensors: there is no tensor embeddings.position_embeddings.weight");
    let none = refusal(|folder| fs::remove_file(folder.join("model.safetensors")).unwrap());
    insta::assert_snapshot!(none, @"cannot read MODEL/model.safetensors: No such file or directory (os error 2) (a model is a folder with model.safetensors, tokenizer.json, config.json, modules.json and what modules.json names)");
}

#[test]
fn weights_that_are_no_numbers_are_refused() {
    let damaged = refusal(|folder| {
        let file = folder.join("model.safetensors");
        let mut bytes = fs::read(&file).unwrap();
        let last = bytes.len() - 4;
        bytes[last..].copy_from_slice(&f32::NAN.to_le_bytes());
        fs::write(file, bytes).unwrap();
    });
    assert!(damaged.contains("holds what is no number; the file is damaged"), "{damaged}");
}

#[test]
fn what_cannot_be_is_refused() {
    insta::assert_snapshot!(after("config.json", "\"hidden_size\":42", "\"hidden_size\":45"), @"MODEL/model.safetensors: tensor embeddings.word_embeddings.weight has shape [109, 42], and [109, 45] is expected");
    insta::assert_snapshot!(after("config.json", "\"hidden_size\":42", "\"hidden_size\":44"), @"MODEL/config.json: hidden_size is not a multiple of num_attention_heads");
    insta::assert_snapshot!(after("config.json", "\"hidden_size\":42", "\"hidden_size\":3000000000"), @"MODEL/config.json: hidden_size is 3000000000, and only 1 to 1048576 makes sense");
    insta::assert_snapshot!(after("config.json", "\"intermediate_size\":75", "\"intermediate_size\":1048576"), @"MODEL/model.safetensors: tensor encoder.layer.0.intermediate.dense.weight has shape [75, 42], and [1048576, 42] is expected");
    insta::assert_snapshot!(after("config.json", "\"num_hidden_layers\":2", "\"num_hidden_layers\":0"), @"MODEL/config.json: num_hidden_layers is 0, and only 1 to 1048576 makes sense");
    insta::assert_snapshot!(after("config.json", "\"num_hidden_layers\":2", "\"num_hidden_layers\":-2"), @"MODEL/config.json: num_hidden_layers is -2, and not a whole number");
    insta::assert_snapshot!(after("config.json", "\"num_hidden_layers\":2", "\"num_hidden_layers\":1000000"), @"MODEL/model.safetensors: there is no tensor encoder.layer.2.attention.self.query.weight");
    insta::assert_snapshot!(after("config.json", "\"intermediate_size\":75,", ""), @"MODEL/config.json: intermediate_size is missing");
    insta::assert_snapshot!(after("config.json", "\"model_type\":\"bert\"", "\"model_type\":\"roberta\",\"pad_token_id\":39"), @"MODEL/config.json: positions begin at 40, and there are only 40");
    insta::assert_snapshot!(after("config.json", "\"model_type\":\"bert\"", "\"model_type\":\"roberta\",\"pad_token_id\":-1"), @"MODEL/config.json: pad_token_id is -1, and not an id");
    insta::assert_snapshot!(after("config.json", "1e-12", "\"small\""), @r#"MODEL/config.json: layer_norm_eps is "small", and not a small number"#);
    insta::assert_snapshot!(after("config.json", "\"vocab_size\":109", "\"vocab_size\":100"), @"MODEL/tokenizer.json: token 108 is beyond the model's vocabulary of 100");
    insta::assert_snapshot!(after("sentence_bert_config.json", "40", "0"), @"MODEL/tokenizer.json: 2 special tokens leave no room in a limit of 0");
    let prompt = format!(r#"{{ "prompts": {{ "passage": "{}" }} }}"#, "ab".repeat(20));
    let prompted =
        refusal(|folder| fs::write(folder.join("config_sentence_transformers.json"), &prompt).unwrap());
    insta::assert_snapshot!(prompted, @r#"MODEL/config_sentence_transformers.json: the prompt "abababababababababababababababababababab" is 42 tokens long, and the limit is 40"#);
    let long = refusal(|folder| fs::write(folder.join("modules.json"), vec![b' '; (16 << 20) + 1]).unwrap());
    insta::assert_snapshot!(long, @"MODEL/modules.json: it is longer than 16 MB, and settings never are");
    let damaged = refusal(|folder| fs::write(folder.join("model.safetensors"), b"no weights").unwrap());
    insta::assert_snapshot!(damaged, @"MODEL/model.safetensors: this is no safetensors file: header too large");
}
