//! Every family of encoders against sentence-transformers, with tiny models of random weights; see
//! `fixtures/families/make_families.py`.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "general products will do here, and a test that cannot be set up fails"
)]

use std::fs::File;
use std::path::{Path, PathBuf};

use ndarray::Array2;
use same_bits::Instructions;
use sentence_encoder::{Encoder, NativeEncoder, Precision, Purpose, TokenCounter, first_unstable, read_npy};

/// The last three are named after what follows their pooling.
const FAMILIES: [&str; 10] = [
    "bert",
    "roberta",
    "xlm-roberta",
    "distilbert",
    "mpnet",
    "modernbert",
    "granite",
    "dense",
    "order",
    "matryoshka",
];

fn folder(family: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/families").join(family)
}

fn encoder(family: &str) -> NativeEncoder {
    in_precision(family, Precision::F32)
}

fn in_precision(family: &str, precision: Precision) -> NativeEncoder {
    NativeEncoder::load(&folder(family), precision).expect("the model loads")
}

fn texts() -> Vec<String> {
    let file = std::fs::read_to_string(folder("texts.json")).expect("the fixture");
    serde_json::from_str(&file).expect("a list of texts")
}

fn vectors(family: &str, file: &str) -> Array2<f32> {
    read_npy(File::open(folder(family).join(file)).expect("the fixture")).expect("an npy file")
}

/// The lowest cosine of rows, and the largest difference of their lengths as a share of the second's.
fn difference(ours: &Array2<f32>, theirs: &Array2<f32>) -> (f32, f32) {
    let pairs = ours.rows().into_iter().zip(theirs.rows());
    let pairs = pairs.map(|(ours, theirs)| {
        let (here, there) = (ours.dot(&ours).sqrt(), theirs.dot(&theirs).sqrt());
        (ours.dot(&theirs) / (here * there), (here / there - 1.0).abs())
    });
    pairs.fold((1.0, 0.0), |(cosine, length), pair| (cosine.min(pair.0), length.max(pair.1)))
}

fn assert_same(family: &str, file: &str, purpose: Purpose) {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let ours = encoder(family).encode(&texts, purpose, &()).expect("vectors");
    let theirs = vectors(family, file);
    assert_eq!(ours.dim(), theirs.dim());
    let (cosine, length) = difference(&ours, &theirs);
    assert!(cosine >= 0.99999, "{family}, {file}: lowest cosine {cosine}");
    assert!(length <= 1e-5, "{family}, {file}: lengths differ by {length}");
}

#[test]
fn every_family_gives_the_vectors_of_sentence_transformers() {
    for family in FAMILIES {
        assert_same(family, "vectors.npy", Purpose::Passage);
    }
}

#[test]
fn queries_have_their_own_prompt() {
    assert_same("dense", "queries.npy", Purpose::Query);
    for family in ["xlm-roberta", "mpnet", "matryoshka"] {
        assert_same(family, "queries.npy", Purpose::Query);
        assert_ne!(vectors(family, "queries.npy"), vectors(family, "vectors.npy"));
    }
}

#[test]
fn every_family_gives_a_text_the_same_bits_in_any_company() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for family in FAMILIES {
        for precision in [Precision::F32, Precision::Int8] {
            let encoder = in_precision(family, precision);
            assert_eq!(first_unstable(&encoder, &texts).expect("vectors"), None, "{family}, {precision:?}");
        }
    }
}

#[test]
fn every_family_gives_a_text_the_same_bits_with_any_instructions() {
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for family in FAMILIES {
        let bits = |encoder: NativeEncoder| -> Vec<u32> {
            let vectors = encoder.encode(&texts, Purpose::Passage, &()).expect("vectors");
            vectors.iter().map(|x| x.to_bits()).collect()
        };
        for precision in [Precision::F32, Precision::Int8] {
            let expected = bits(in_precision(family, precision));
            for instructions in Instructions::available() {
                let other = in_precision(family, precision).with_instructions(instructions);
                assert!(bits(other) == expected, "{family}, {precision:?} with {}", instructions.name());
            }
        }
    }
}

/// What is cut off by the limit is what the places of the tokens say.
#[test]
fn tokens_are_counted_with_the_prompt() {
    let texts = texts();
    let long = texts.last().expect("a text");
    for family in FAMILIES {
        let encoder = encoder(family);
        let (limit, counted) = (encoder.limit(), encoder.count(long));
        assert!(counted > limit, "{family}: {counted} of {limit}");
        let room = limit - encoder.count("");
        let cut = &long[..encoder.token_ends(long)[room - 1]];
        assert!((limit - 1..=limit).contains(&encoder.count(cut)), "{family}: {}", encoder.count(cut));
    }
}

/// The fingerprint of a fixture's model after a change to one of its files.
fn fingerprint_after(family: &str, file: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> String {
    let copy = tempfile::tempdir().expect("a folder");
    for entry in walk(&folder(family)) {
        let to = copy.path().join(entry.strip_prefix(folder(family)).expect("a file inside"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(&entry, to).expect("a copy");
    }
    let file = copy.path().join(file);
    std::fs::write(&file, change(std::fs::read(&file).expect("the file"))).expect("the file");
    NativeEncoder::load(copy.path(), Precision::Int8).expect("the model loads").fingerprint().to_owned()
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).expect("the fixture").map(|entry| entry.expect("a file").path());
    paths.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn the_fingerprint_follows_what_comes_after_pooling() {
    let said = |from: &'static str, to: &'static str| {
        move |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(text.contains(from), "{text}");
            text.replace(from, to).into_bytes()
        }
    };
    let same = |bytes: Vec<u8>| bytes;
    let other_weight = |mut bytes: Vec<u8>| {
        let last = bytes.len() - 4;
        bytes[last..].copy_from_slice(&0.25_f32.to_le_bytes());
        bytes
    };
    let fingerprints = [
        fingerprint_after("dense", "2_Dense/config.json", same),
        fingerprint_after("dense", "2_Dense/config.json", said("activation.Tanh", "linear.Identity")),
        fingerprint_after("dense", "2_Dense/config.json", said("\"bias\": true", "\"bias\": false")),
        fingerprint_after("dense", "2_Dense/model.safetensors", other_weight),
        fingerprint_after(
            "dense",
            "config_sentence_transformers.json",
            said("\"cosine\"", "\"cosine\", \"truncate_dim\": 5"),
        ),
        fingerprint_after("matryoshka", "config_sentence_transformers.json", same),
        fingerprint_after("matryoshka", "config_sentence_transformers.json", said("\": 7", "\": 8")),
        fingerprint_after("matryoshka", "config_sentence_transformers.json", said("\": 7", "\": 16")),
        fingerprint_after("matryoshka", "config_sentence_transformers.json", said("letters", "weeks")),
    ];
    for (index, fingerprint) in fingerprints.iter().enumerate() {
        assert!(!fingerprints[..index].contains(fingerprint), "{index}");
    }
    let all =
        |count| fingerprint_after("matryoshka", "config_sentence_transformers.json", said("\": 7", count));
    assert_eq!(all("\": 16"), all("\": 17"), "there are only 16 numbers");
}

#[test]
fn a_model_keeps_its_dense_layers_when_it_is_added() {
    let store = tempfile::tempdir().expect("a folder");
    let models = sentence_encoder::models::ModelStore { folders: vec![store.path().to_path_buf()] };
    let added = models.add("dense", &folder("dense")).expect("the model is added");
    let fingerprint = |folder: &Path| {
        NativeEncoder::load(folder, Precision::F32).expect("the model loads").fingerprint().to_owned()
    };
    assert_eq!(fingerprint(&added), fingerprint(&folder("dense")));
}
