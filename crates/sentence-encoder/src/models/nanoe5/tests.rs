//! Tests with a tiny image that is written here, and with damaged ones.

use std::fs;

use proptest::prelude::*;
use safetensors::SafeTensors;

use super::convert;
use crate::{Encoder, NativeEncoder, Precision, Purpose, TokenCounter};
use same_bits::products::dot;

const WIDTH: u32 = 32;
const INNER: u32 = 64;
const PIECES: [(&str, f32); 9] = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("▁work", -3.0),
    ("é", -4.0),
    ("s", -5.0),
    ("<mask>", 0.0),
];

/// An image of one layer.
fn image() -> Vec<u8> {
    let mut bytes = b"E5S1".to_vec();
    let numbers =
        |bytes: &mut Vec<u8>, numbers: &[u32]| bytes.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
    numbers(&mut bytes, &[1, WIDTH, 1, 2, INNER, 10, 16, 2]);
    bytes.extend(1e-12_f32.to_le_bytes());
    numbers(&mut bytes, &[32, PIECES.len() as u32, 0, 2, 1, 3]);
    let text: String = PIECES.iter().map(|(piece, _)| *piece).collect();
    bytes.extend((text.len() as u64).to_le_bytes());
    let mut end = 0;
    numbers(&mut bytes, &[0]);
    for (piece, _) in PIECES {
        end += piece.len() as u32;
        numbers(&mut bytes, &[end]);
    }
    bytes.extend(PIECES.iter().flat_map(|(_, score)| score.to_le_bytes()));
    bytes.extend(text.into_bytes());
    // A tab is replaced by a space, the bell is removed.
    let mut rewritten = Vec::new();
    numbers(&mut rewritten, &[7]);
    rewritten.push(0);
    numbers(&mut rewritten, &[9]);
    rewritten.push(1);
    numbers(&mut rewritten, &[32]);
    numbers(&mut bytes, &[2, rewritten.len() as u32]);
    bytes.extend(rewritten);
    directory(bytes)
}

/// Appends the directory and the tensors.
fn directory(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut tensors = vec![
        ("emb.word".to_owned(), true, 10 * WIDTH),
        ("emb.pos".to_owned(), false, 16 * WIDTH),
        ("emb.type".to_owned(), false, 2 * WIDTH),
        ("emb.ln.w".to_owned(), false, WIDTH),
        ("emb.ln.b".to_owned(), false, WIDTH),
    ];
    for (name, outputs, inputs) in [
        ("q", WIDTH, WIDTH),
        ("k", WIDTH, WIDTH),
        ("v", WIDTH, WIDTH),
        ("ao", WIDTH, WIDTH),
        ("aln", WIDTH, 0),
        ("fi", INNER, WIDTH),
        ("fo", WIDTH, INNER),
        ("oln", WIDTH, 0),
    ] {
        tensors.push((format!("l0.{name}.w"), inputs > 0, outputs * inputs.max(1)));
        tensors.push((format!("l0.{name}.b"), false, outputs));
    }
    let size = |blocks: bool, count: u32| if blocks { count / 32 * 18 } else { count * 4 };
    let listed: usize = tensors.iter().map(|(name, ..)| name.len() + 23).sum();
    let mut start = bytes.len() + 4 + listed;
    bytes.extend((tensors.len() as u32).to_le_bytes());
    let mut numbers = Vec::new();
    for (name, blocks, count) in tensors {
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend(name.bytes());
        bytes.push(u8::from(blocks));
        bytes.extend(count.to_le_bytes());
        let length = size(blocks, count) as usize;
        bytes.extend((start as u64).to_le_bytes());
        bytes.extend((length as u64).to_le_bytes());
        start += length;
        if blocks {
            for block in 0..count / 32 {
                // A scale of 0.25, and other halves in each block.
                numbers.extend(0x3400_u16.to_le_bytes());
                numbers.extend((0..16).map(|at| (block * 37 + at * 11) as u8));
            }
        } else {
            numbers.extend((0..count).flat_map(|at| (0.5 + (at % 5) as f32 / 10.0).to_le_bytes()));
        }
    }
    bytes.extend(numbers);
    bytes
}

#[test]
fn an_image_becomes_a_model_that_loads() {
    let folder = tempfile::tempdir().unwrap();
    convert(&image(), folder.path()).unwrap();
    let encoder = NativeEncoder::load(folder.path(), Precision::F32).unwrap();
    assert_eq!((encoder.dimension(), encoder.token_limit()), (32, 16));
    assert_eq!(encoder.count("work\t work\u{7}s"), 2 + 3, "start, ▁work, ▁work, s, end");
    assert_eq!(encoder.token_ends("work és"), [4, 7, 7, 8], "▁work, ▁, é, s");
    assert_eq!(encoder.count("e\u{301}"), encoder.count("é"));
    let vectors = encoder.encode(&["work", "works"], Purpose::Passage, &()).unwrap();
    assert!((dot(vectors.row(0), vectors.row(0)) - 1.0).abs() < 1e-5);
    assert_ne!(vectors.row(0), vectors.row(1));
}

#[test]
fn the_weights_are_those_of_the_image() {
    let folder = tempfile::tempdir().unwrap();
    convert(&image(), folder.path()).unwrap();
    let bytes = fs::read(folder.path().join("model.safetensors")).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    assert_eq!(tensors.names().len(), 5 + 16);
    let words = tensors.tensor("embeddings.word_embeddings.weight").unwrap();
    assert_eq!(words.shape(), [10, 32]);
    let words: Vec<f32> =
        words.data().as_chunks().0.iter().map(|&number| f32::from_le_bytes(number)).collect();
    // The second block's bytes are 37, 48, 59, …: low halves first, then high halves.
    assert_eq!(words[32..35], [(5.0 - 8.0) * 0.25, (0.0 - 8.0) * 0.25, (11.0 - 8.0) * 0.25]);
    assert_eq!(words[48..51], [(2.0 - 8.0) * 0.25, (3.0 - 8.0) * 0.25, (3.0 - 8.0) * 0.25]);
    let bias = tensors.tensor("encoder.layer.0.intermediate.dense.bias").unwrap();
    assert_eq!((bias.shape(), &bias.data()[..4]), ([64].as_slice(), 0.5_f32.to_le_bytes().as_slice()));
}

#[test]
fn the_same_image_gives_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    convert(&image(), one.path()).unwrap();
    convert(&image(), two.path()).unwrap();
    for file in ["model.safetensors", "tokenizer.json", "config.json", "tokenizer_config.json"] {
        let read = |folder: &tempfile::TempDir| fs::read(folder.path().join(file)).unwrap();
        assert!(read(&one) == read(&two), "{file}");
    }
    insta::assert_snapshot!(fs::read_to_string(one.path().join("config.json")).unwrap(), @r#"{"architectures":["BertModel"],"model_type":"bert","hidden_act":"gelu","hidden_size":32,"num_hidden_layers":1,"num_attention_heads":2,"intermediate_size":64,"vocab_size":10,"max_position_embeddings":16,"type_vocab_size":2,"layer_norm_eps":1e-12,"position_embedding_type":"absolute","pad_token_id":1,"torch_dtype":"float32"}"#);
}

/// The error for the image after the bytes at `offset` were set to `to`.
fn refusal(offset: usize, to: &[u8]) -> String {
    let mut bytes = image();
    bytes[offset..offset + to.len()].copy_from_slice(to);
    let folder = tempfile::tempdir().unwrap();
    convert(&bytes, folder.path()).err().map(|error| error.to_string()).unwrap_or_default()
}

fn offset_of(text: &str) -> usize {
    image().windows(text.len()).position(|window| window == text.as_bytes()).unwrap()
}

#[test]
fn a_damaged_image_is_refused_with_the_reason() {
    assert_eq!(refusal(0, b"E5S1"), "");
    insta::assert_snapshot!(refusal(0, b"PK"), @"the 4-bit image is damaged: it does not begin as an image of version 1 does");
    insta::assert_snapshot!(refusal(8, &33_u32.to_le_bytes()), @"the 4-bit image is damaged: its rows are not of whole blocks of 32 weights");
    insta::assert_snapshot!(refusal(12, &u32::MAX.to_le_bytes()), @"the 4-bit image is damaged: 4294967295 is no possible number of layers");
    insta::assert_snapshot!(refusal(16, &3_u32.to_le_bytes()), @"the 4-bit image is damaged: the heads do not share a row evenly");
    insta::assert_snapshot!(refusal(24, &11_u32.to_le_bytes()), @"the 4-bit image is damaged: tensor emb.word holds 320 numbers, and 352 are expected");
    insta::assert_snapshot!(refusal(36, &f32::NAN.to_le_bytes()), @"the 4-bit image is damaged: the number that keeps a variance from zero is not between 0 and 1");
    insta::assert_snapshot!(refusal(44, &11_u32.to_le_bytes()), @"the 4-bit image is damaged: 11 is no possible number of pieces");
    insta::assert_snapshot!(refusal(48, &9_u32.to_le_bytes()), @"the 4-bit image is damaged: 9 is no possible special piece");
    insta::assert_snapshot!(refusal(64, &u64::MAX.to_le_bytes()), @"the 4-bit image is damaged: it ends within the pieces");
    insta::assert_snapshot!(refusal(76, &1000_u32.to_le_bytes()), @"the 4-bit image is damaged: a piece has no place in the text of the pieces");
    insta::assert_snapshot!(refusal(112, &f32::INFINITY.to_le_bytes()), @"the 4-bit image is damaged: the score of a piece is not a number");
    insta::assert_snapshot!(refusal(offset_of("▁work"), b"\xff"), @"the 4-bit image is damaged: the pieces are not UTF-8");
    insta::assert_snapshot!(refusal(offset_of("emb.pos"), b"emb.pot"), @"the 4-bit image is damaged: there is no tensor emb.pos");
    insta::assert_snapshot!(refusal(offset_of("emb.pos") + 8, &7_u32.to_le_bytes()), @"the 4-bit image is damaged: tensor emb.pos is not where it should be");
    insta::assert_snapshot!(refusal(offset_of("emb.pos") + 12, &u64::MAX.to_le_bytes()), @"the 4-bit image is damaged: tensor emb.pos is not where it should be");
    insta::assert_snapshot!(refusal(offset_of("emb.pos") + 12, &0_u64.to_le_bytes()), @"the 4-bit image is damaged: two tensors share bytes");
    insta::assert_snapshot!(refusal(offset_of("l0.k.w"), b"l0.q.w"), @"the 4-bit image is damaged: there are two tensors l0.q.w");
    insta::assert_snapshot!(refusal(image().len() - 4, &f32::NAN.to_le_bytes()), @"the 4-bit image is damaged: a weight is not a number");
}

#[test]
fn an_image_that_is_cut_anywhere_is_refused() {
    let (whole, folder) = (image(), tempfile::tempdir().unwrap());
    for length in (0..whole.len()).step_by(7) {
        assert!(convert(&whole[..length], folder.path()).is_err(), "{length} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_make_it_panic(index in 4..800_usize, bytes in proptest::collection::vec(any::<u8>(), 1..9)) {
        let mut image = image();
        image[index..index + bytes.len()].copy_from_slice(&bytes);
        let _ = super::image::Image::read(&image).map(|image| super::tokenizer::tokenizer(&image));
    }
}
