//! How long texts take to become vectors, by their length; and loading and counting, which a user waits for
//! as well.
//!
//! With the default model where `models/` has it, otherwise with random weights of the same shape, which take
//! the same time to multiply. The letters of the random model's tokenizer make longer texts: compare runs
//! with the same model.
#![allow(missing_docs, clippy::print_stderr, clippy::unwrap_used)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use same_bits::Instructions;
use sentence_encoder::{
    Encoder, NativeEncoder, Precision, Purpose, RandomModel, TokenCounter, write_random_model,
};

fn model() -> (PathBuf, Option<tempfile::TempDir>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/all-MiniLM-L6-v2");
    if folder.is_dir() {
        return (folder, None);
    }
    eprintln!("{} is not there: random weights of the same shape are measured", folder.display());
    let folder = tempfile::tempdir().unwrap();
    write_random_model(folder.path(), &RandomModel::MINI_LM).unwrap();
    (folder.path().to_path_buf(), Some(folder))
}

/// `count` different texts of `words` words.
fn texts(count: usize, words: usize) -> Vec<String> {
    let vocabulary =
        ["the", "case", "family", "hours", "community", "never", "meeting", "policy", "and", "tired"];
    let text = |text: usize| {
        (0..words).map(move |word| vocabulary[(text * 7 + word * word + word) % vocabulary.len()])
    };
    (0..count).map(|index| text(index).collect::<Vec<_>>().join(" ")).collect()
}

fn embed(criterion: &mut Criterion) {
    let (folder, _kept) = model();
    let encoder = NativeEncoder::load(&folder, Precision::Int8).unwrap();
    let mut group = criterion.benchmark_group("embed");
    group.sample_size(10);
    for (name, count, words) in
        [("256 of 8 words", 256, 8), ("128 of 30 words", 128, 30), ("16 of 250 words", 16, 250)]
    {
        let texts = texts(count, words);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::new("texts", name), |bencher| {
            bencher.iter(|| encoder.encode(black_box(&texts), Purpose::Passage, &()).unwrap());
        });
    }
    let text = texts(1, 250).remove(0);
    group.throughput(Throughput::Elements(1));
    group.bench_function("count 250 words", |bencher| bencher.iter(|| encoder.count(black_box(&text))));
    group.bench_function("load", |bencher| {
        bencher.iter(|| NativeEncoder::load(black_box(&folder), Precision::Int8).unwrap());
    });
    group.finish();
}

/// The same texts on every kernel that this machine has, and in f32 for comparison. The plain one takes
/// seconds.
fn kernel(criterion: &mut Criterion) {
    let (folder, _kept) = model();
    let mut group = criterion.benchmark_group("kernel");
    group.sample_size(10);
    for precision in [Precision::Int8, Precision::F32] {
        for instructions in Instructions::available() {
            let encoder = NativeEncoder::load(&folder, precision).unwrap().with_instructions(instructions);
            let texts = texts(if instructions.name() == "plain" { 4 } else { 128 }, 30);
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            group.throughput(Throughput::Elements(texts.len() as u64));
            group.bench_function(BenchmarkId::new(precision.name(), instructions.name()), |bencher| {
                bencher.iter(|| encoder.encode(black_box(&texts), Purpose::Passage, &()).unwrap());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, embed, kernel);
criterion_main!(benches);
