//! The rust-bert engine against the native one, with tiny models of random weights of every family that both
//! have.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::path::Path;

use sentence_encoder::{Device, Encoder, NativeEncoder, Precision, Purpose, RustBertEncoder, lowest_cosine};

#[test]
fn every_family_that_rust_bert_has_agrees_with_the_native_engine() {
    let families = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/families");
    let texts = std::fs::read(families.join("texts.json")).expect("the fixture");
    let texts: Vec<String> = serde_json::from_slice(&texts).expect("a list of texts");
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for family in ["bert", "roberta", "xlm-roberta", "distilbert"] {
        let folder = families.join(family);
        let native = NativeEncoder::load(&folder, Precision::F32).expect("the model loads");
        let encoder = RustBertEncoder::load(&folder, Device::Cpu, Precision::F32).expect("the model loads");
        let expected = native.encode(&texts, Purpose::Passage, &()).expect("vectors");
        let lowest = lowest_cosine(&encoder, &texts, &expected).expect("vectors");
        println!("{family}: lowest cosine {lowest:.7}");
        assert!(lowest >= 0.9999, "{family}: lowest cosine {lowest}");
    }
    let refused = RustBertEncoder::load(&families.join("mpnet"), Device::Cpu, Precision::F32);
    let refused = refused.err().expect("rust-bert has no MPNet").to_string();
    let refused = refused.replace(&families.display().to_string(), "FAMILIES");
    insta::assert_snapshot!(refused, @"FAMILIES/mpnet/model.safetensors: rust-bert does not compute MPNet; use the native engine");
}
