//! The command `embed`, and models of every family through it and `models`.

use std::fs::File;
use std::path::PathBuf;

use sentence_encoder::read_npy;

use ndarray::{Array2, Axis};

use crate::scratch::{Scratch, project};
use crate::{MODEL, models};

const FAMILIES: [&str; 5] = ["bert", "roberta", "xlm-roberta", "distilbert", "mpnet"];

fn folder(family: &str) -> PathBuf {
    project().join("crates/sentence-encoder/tests/fixtures/families").join(family)
}

fn texts() -> Vec<String> {
    let file = std::fs::read_to_string(folder("texts.json")).expect("the fixture");
    serde_json::from_str(&file).expect("a list of texts")
}

/// The lowest cosine of rows.
fn lowest_cosine(ours: &Array2<f32>, theirs: &Array2<f32>) -> f32 {
    let pairs = ours.rows().into_iter().zip(theirs.rows());
    let cosines =
        pairs.map(|(ours, theirs)| ours.dot(&theirs) / (ours.dot(&ours) * theirs.dot(&theirs)).sqrt());
    cosines.fold(1.0, f32::min)
}

#[test]
fn every_family_can_be_added_and_used() {
    let scratch = Scratch::new();
    let texts = texts();
    // A line of the file cannot hold a line break.
    let places: Vec<usize> = (0..texts.len()).filter(|&place| !texts[place].contains('\n')).collect();
    let lines: Vec<String> = places.iter().map(|&place| format!("{}\n", texts[place])).collect();
    scratch.write("texts.txt", lines.concat());
    for family in FAMILIES {
        let added = scratch.emic(&[
            "models",
            "add",
            family,
            &folder(family).display().to_string(),
            "--models",
            "here",
        ]);
        assert_eq!(added.status, 0, "{}", added.said);
        let checked = scratch.emic(&["models", "verify", family, "--models", "here"]);
        assert_eq!(checked.status, 0, "{}", checked.said);
        let embed = |out: &str, more: &[&str]| {
            let arguments = [
                "embed",
                "texts.txt",
                "--out",
                out,
                "--quiet",
                "--model",
                family,
                "--models",
                "here",
                "--precision",
                "f32",
            ];
            let done = scratch.emic(&[&arguments, more].concat());
            assert_eq!(done.status, 0, "{}", done.said);
            read_npy(File::open(scratch.path(out)).expect("the file")).expect("an npy file")
        };
        let (passages, queries) = (embed("p.npy", &[]), embed("q.npy", &["--prompt", "query"]));
        let theirs = File::open(folder(family).join("vectors.npy")).expect("the fixture");
        let theirs = read_npy(theirs).expect("an npy file").select(Axis(0), &places);
        assert!(lowest_cosine(&passages, &theirs) >= 0.99999, "{family}");
        assert_eq!(passages != queries, ["xlm-roberta", "mpnet"].contains(&family), "{family}");
    }
}

#[test]
fn embed_writes_a_row_a_line() {
    let scratch = Scratch::new();
    scratch.write("texts.txt", "I have sixty families.\n\nMm-hm.\nשלום\n");
    let models = models().display().to_string();
    let done = scratch.emic(&["embed", "texts.txt", "--out", "x.npy", "--quiet", "--models", &models]);
    assert_eq!(done.status, 0, "{}", done.said);
    let vectors = read_npy(File::open(scratch.path("x.npy")).expect("the file")).expect("an npy file");
    assert_eq!(vectors.dim(), (4, MODEL.width));
}

#[test]
fn a_kernel_that_is_none_is_refused() {
    let scratch = Scratch::new();
    scratch.write("texts.txt", "I have sixty families.\n");
    let models = models().display().to_string();
    let arguments = ["embed", "texts.txt", "--out", "x.npy", "--models", &models, "--kernel", "abacus"];
    let done = scratch.emic(&arguments);
    assert_eq!(done.status, 1);
    insta::assert_snapshot!(done.said.trim(), @"error: there is no kernel abacus; there are plain, neon, neon-dot, avx2, avx-vnni, avx512, avx512-vnni, amx");
}
