//! The native engine against sentence-transformers, and against itself in other company.

use std::fs::File;

use emic::embed::{NativeEncoder, Precision, first_unstable, lowest_cosine, read_npy};

use crate::scratch::{Scratch, models, project};

pub(crate) fn texts() -> Vec<String> {
    let lines =
        std::fs::read_to_string(project().join("tests/fixtures/embed/texts.jsonl")).expect("the fixture");
    lines.lines().map(|line| serde_json::from_str(line).expect("a JSON string")).collect()
}

fn encoder() -> NativeEncoder {
    NativeEncoder::load(&models().join("all-MiniLM-L6-v2"), Precision::F32).expect("the model loads")
}

#[test]
fn vectors_are_those_of_sentence_transformers() {
    let texts = texts();
    assert_eq!(texts.len(), 200);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let file = File::open(project().join("tests/fixtures/embed/vectors.npy")).expect("the fixture");
    let theirs = read_npy(file).expect("an npy file");
    let lowest = lowest_cosine(&encoder(), &texts, &theirs).expect("vectors");
    println!("lowest cosine {lowest:.7}");
    assert!(lowest >= 0.9999, "lowest cosine {lowest}");
}

#[test]
fn a_text_has_the_same_bits_alone_and_in_any_company() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).step_by(5).collect();
    assert_eq!(first_unstable(&encoder(), &texts).expect("vectors"), None);
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
