//! The native engine with all-MiniLM-L6-v2, against sentence-transformers and against itself.
//!
//! `cargo test -p sentence-encoder --test real_model`; get the model first with `emic models fetch all-MiniLM-L6-v2`, which puts it into
//! the folder `models` of the workspace. Texts and expected vectors are made by `fixtures/make_vectors.py`.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "general products will do here, and a test that cannot be set up fails"
)]

use std::fs::File;
use std::path::{Path, PathBuf};

use ndarray::Array2;
use same_bits::Instructions;
use sentence_encoder::{Encoder, NativeEncoder, Precision, Purpose, first_unstable, lowest_cosine, read_npy};

/// A file of the fixtures.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn texts() -> Vec<String> {
    let lines = std::fs::read_to_string(fixture("texts.jsonl")).expect("the fixture");
    lines.lines().map(|line| serde_json::from_str(line).expect("a JSON string")).collect()
}

fn model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/all-MiniLM-L6-v2")
}

fn encoder(precision: Precision) -> NativeEncoder {
    NativeEncoder::load(&model(), precision).unwrap_or_else(|error| {
        panic!("this test needs a model; get it with `emic models fetch all-MiniLM-L6-v2`: {error}")
    })
}

/// What sentence-transformers makes of the texts, in f32.
fn theirs() -> Array2<f32> {
    let file = File::open(fixture("vectors.npy")).expect("the fixture");
    read_npy(file).expect("an npy file")
}

#[test]
fn vectors_are_those_of_sentence_transformers() {
    let texts = texts();
    assert_eq!(texts.len(), 200);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let lowest = lowest_cosine(&encoder(Precision::F32), &texts, &theirs()).expect("vectors");
    println!("lowest cosine {lowest:.7}");
    assert!(lowest >= 0.9999, "lowest cosine {lowest}");
}

#[test]
fn vectors_in_bytes_are_near_those_of_sentence_transformers() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let ours = encoder(Precision::Int8).encode(&texts, Purpose::Passage, &()).expect("vectors");
    let theirs = theirs();
    let pairs = ours.rows().into_iter().zip(theirs.rows());
    let mut cosines: Vec<f32> = pairs.map(|(ours, theirs)| ours.dot(&theirs)).collect();
    cosines.sort_by(f32::total_cmp);
    let mean = cosines.iter().sum::<f32>() / cosines.len() as f32;
    println!("mean {mean:.4}, 1st percentile {:.4}, lowest {:.4}", cosines[2], cosines[0]);
    assert!(mean >= 0.995, "mean {mean}");
    assert!(cosines[2] >= 0.985, "1st percentile {}", cosines[2]);
}

#[test]
fn every_kernel_gives_the_same_bits() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).step_by(9).collect();
    let bits = |instructions: Instructions| -> Vec<u32> {
        let encoder = encoder(Precision::Int8).with_instructions(instructions);
        let vectors = encoder.encode(&texts, Purpose::Passage, &()).expect("vectors");
        vectors.iter().map(|x| x.to_bits()).collect()
    };
    let expected = bits(Instructions::plain());
    for instructions in Instructions::available() {
        println!("{}", instructions.name());
        assert!(bits(instructions) == expected, "{}", instructions.name());
    }
}

#[test]
fn a_text_has_the_same_bits_alone_and_in_any_company() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).step_by(5).collect();
    assert_eq!(first_unstable(&encoder(Precision::F32), &texts).expect("vectors"), None);
}

#[cfg(feature = "rust-bert")]
#[test]
fn vectors_of_rust_bert_are_those_of_the_native_engine() {
    use sentence_encoder::{Device, RustBertEncoder};

    let texts = texts();
    assert_eq!(texts.len(), 200);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let native = encoder(Precision::F32);
    let expected = native.encode(&texts, Purpose::Passage, &()).expect("vectors");
    for (precision, least) in [(Precision::F32, 0.9999), (Precision::Bf16, 0.99)] {
        let encoder = RustBertEncoder::load(&model(), Device::Cpu, precision).expect("the model loads");
        let lowest = lowest_cosine(&encoder, &texts, &expected).expect("vectors");
        println!("{precision:?}: lowest cosine {lowest:.7}");
        assert!(lowest >= least, "{precision:?}: lowest cosine {lowest}");
    }
}
