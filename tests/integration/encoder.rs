//! The native engine against sentence-transformers, and against itself in other company.

use std::fs::File;

use emic::corpus::Silent;
use emic::embed::{Encoder, NativeEncoder, Precision, Purpose, first_unstable, lowest_cosine, read_npy};
use ndarray::Array2;
use same_bits::Instructions;

use crate::scratch::{Scratch, models, project};

pub(crate) fn texts() -> Vec<String> {
    let lines =
        std::fs::read_to_string(project().join("tests/fixtures/embed/texts.jsonl")).expect("the fixture");
    lines.lines().map(|line| serde_json::from_str(line).expect("a JSON string")).collect()
}

fn encoder(precision: Precision) -> NativeEncoder {
    NativeEncoder::load(&models().join("all-MiniLM-L6-v2"), precision).expect("the model loads")
}

/// What sentence-transformers makes of the texts, in f32.
fn theirs() -> Array2<f32> {
    let file = File::open(project().join("tests/fixtures/embed/vectors.npy")).expect("the fixture");
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
    let ours = encoder(Precision::Int8).encode(&texts, Purpose::Passage, &Silent).expect("vectors");
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
        let vectors = encoder.encode(&texts, Purpose::Passage, &Silent).expect("vectors");
        vectors.iter().map(|x| x.to_bits()).collect()
    };
    let expected = bits(Instructions::plain());
    for instructions in Instructions::available() {
        println!("{}", instructions.name());
        assert!(bits(instructions) == expected, "{}", instructions.name());
    }
}

#[test]
fn a_kernel_that_is_none_is_refused() {
    let scratch = Scratch::new();
    scratch.write("texts.txt", "I have sixty families.\n");
    let models = models().display().to_string();
    let arguments = ["embed", "texts.txt", "--out", "x.npy", "--models", &models, "--kernel", "abacus"];
    let done = scratch.emic(&arguments);
    assert_eq!(done.status, 1);
    insta::assert_snapshot!(done.said.trim(), @"error: there is no kernel abacus; there are plain, neon, avx2, avx-vnni, avx512, avx512-vnni, amx");
}

#[test]
fn a_text_has_the_same_bits_alone_and_in_any_company() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).step_by(5).collect();
    assert_eq!(first_unstable(&encoder(Precision::F32), &texts).expect("vectors"), None);
}

#[test]
fn embed_writes_a_row_a_line() {
    let scratch = Scratch::new();
    scratch.write("texts.txt", "I have sixty families.\n\nMm-hm.\nשלום\n");
    let models = models().display().to_string();
    let done = scratch.emic(&["embed", "texts.txt", "--out", "x.npy", "--quiet", "--models", &models]);
    assert_eq!(done.status, 0, "{}", done.said);
    let vectors = read_npy(File::open(scratch.path("x.npy")).expect("the file")).expect("an npy file");
    assert_eq!(vectors.dim(), (4, 384));
}
