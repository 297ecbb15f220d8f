//! What is read: every format of transcripts, and every kind of codebook. And which input a number stands for.

use std::path::Path;

use same_bits::{RandomStream, random_stream};

use emic::corpus::Problem;
use emic::read::{ReadPlan, Reading, read_file_bytes};
use emic::study::Codebook;
use rand::Rng;
use rand::seq::SliceRandom;

use crate::mutate::{Mutator, Size};
use crate::package::{Body, Seed};
use crate::{seeds, words};

/// One reader.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Whether it reads a codebook and no transcript.
    is_codebook: bool,
    words: &'static [&'static str],
    seeds: Vec<Seed>,
}

/// What became of an input.
pub(crate) struct Outcome {
    pub(crate) is_read: bool,
    pub(crate) messages: Vec<String>,
}

/// The targets by name: those of `emic::read`, then codebooks.
pub(crate) fn targets(fixtures: &Path) -> std::io::Result<Vec<Target>> {
    let mut targets = Vec::new();
    for (name, endings) in emic::read::formats() {
        targets.push(target(name, false, fixture_seeds(fixtures, endings)?));
    }
    for name in ["qdc", "codebook-toml", "codebook-csv", "codebook-xlsx", "codebook-qdpx"] {
        targets.push(target(name, true, Vec::new()));
    }
    Ok(targets)
}

fn target(name: &'static str, is_codebook: bool, fixtures: Vec<Seed>) -> Target {
    let mut all = seeds::made_up(name);
    all.extend(fixtures);
    assert!(!all.is_empty(), "the target {name} has no seeds: add one to tools/src/bin/fuzz/seeds.rs");
    let words = words::of(name);
    assert!(!words.is_empty(), "the target {name} has no words: add some to tools/src/bin/fuzz/words.rs");
    Target { name, is_codebook, words, seeds: all }
}

/// The fixtures of these endings, in the order of their names.
fn fixture_seeds(folder: &Path, endings: &[&'static str]) -> std::io::Result<Vec<Seed>> {
    let mut paths = Vec::new();
    for folder in [folder.to_owned(), folder.join("oracle_docx")] {
        for entry in std::fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
    }
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let Some(ending) = endings.iter().find(|known| **known == ending) else { continue };
        let is_oracle = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("oracle"));
        let bytes = std::fs::read(&path)?;
        if bytes.starts_with(b"PK\x03\x04") {
            found.push(Seed::unpacked(ending, &bytes));
        } else if !is_oracle {
            found.push(Seed::whole(ending, bytes));
        }
    }
    Ok(found)
}

impl Target {
    /// The input of a number: its file name and its bytes, the same in every run.
    pub(crate) fn input(&self, seed: u64, number: u64) -> (String, Vec<u8>) {
        let mut random = random_stream(seed, &format!("fuzz {} {number}", self.name));
        let random = &mut random;
        let first = &self.seeds[random.gen_range(0..self.seeds.len())];
        let second = &self.seeds[random.gen_range(0..self.seeds.len())];
        let size = Size::drawn(random, !matches!(first.body, Body::Whole(_)));
        let mut body = first.body.clone();
        let mut mutator = Mutator { random, words: self.words, size };
        let bytes = if let Body::Whole(bytes) = &mut body {
            mutator.change(bytes, &second.body.bytes(|| false));
            self.in_some_encoding(std::mem::take(bytes), random)
        } else {
            self.packed(body, second, random, size)
        };
        let ending = match self.name {
            // An ending of the same reader now and then.
            "txt" | "csv" | "jsonl" | "docx" | "xlsx" if random.gen_bool(0.1) => other_ending(first.ending),
            _ => first.ending,
        };
        (format!("P01.{ending}"), bytes)
    }

    /// Mostly changes the parts and packs them again; else the bytes of the package.
    fn packed(&self, mut body: Body, second: &Seed, random: &mut RandomStream, size: Size) -> Vec<u8> {
        let packs = random.gen_bool(0.5) || size == Size::Bomb;
        if random.gen_bool(0.2) && size != Size::Bomb {
            let mut bytes = body.bytes(|| packs);
            let other = second.body.bytes(|| packs);
            Mutator { random, words: self.words, size }.change(&mut bytes, &other);
            return bytes;
        }
        let mut mutator = Mutator { random, words: self.words, size };
        match (&mut body, &second.body) {
            (Body::Package(parts), Body::Package(others)) => change_parts(parts, others, &mut mutator),
            (Body::Pdf(objects), others) => {
                for _ in 0..mutator.random.gen_range(1..3) {
                    let at = mutator.random.gen_range(0..objects.len());
                    let (about, stream) = &mut objects[at];
                    let other = match others {
                        Body::Pdf(others) => {
                            others.choose(mutator.random).map_or(&b""[..], |(_, stream)| stream)
                        }
                        _ => b"",
                    };
                    let changed =
                        if stream.is_empty() || mutator.random.gen_bool(0.3) { about } else { stream };
                    mutator.change(changed, other);
                }
            }
            _ => {}
        }
        body.bytes(|| packs)
    }

    /// Mostly whole UTF-8 again, now and then another encoding, else as it is.
    fn in_some_encoding(&self, bytes: Vec<u8>, random: &mut RandomStream) -> Vec<u8> {
        if self.name == "parquet" || self.name == "pdf" {
            return bytes;
        }
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match random.gen_range(0..100) {
            0..60 => text().into_bytes(),
            60..63 => {
                [0xFF, 0xFE].into_iter().chain(text().encode_utf16().flat_map(u16::to_le_bytes)).collect()
            }
            63..65 => text().encode_utf16().flat_map(u16::to_be_bytes).collect(),
            65..67 => encoding_rs::WINDOWS_1255.encode(&text()).0.into_owned(),
            67..69 => encoding_rs::SHIFT_JIS.encode(&text()).0.into_owned(),
            _ => bytes,
        }
    }

    /// Reads an input and holds what is read to what must always be true. Panics where it is not.
    pub(crate) fn read(&self, name: &str, bytes: &[u8]) -> Outcome {
        if self.is_codebook {
            return match Codebook::read(bytes, Path::new(name)) {
                Ok(_) => Outcome { is_read: true, messages: Vec::new() },
                Err(error) => Outcome { is_read: false, messages: vec![error.message] },
            };
        }
        let reading = read_file_bytes(bytes, name, &ReadPlan::default());
        check(&reading);
        let is_read = !reading.corpus.transcripts.is_empty();
        Outcome {
            is_read,
            messages: reading.problems.into_iter().map(|Problem { message, .. }| message).collect(),
        }
    }
}

fn other_ending(ending: &'static str) -> &'static str {
    match ending {
        "txt" => "md",
        "csv" => "tsv",
        "jsonl" => "ndjson",
        "docx" => "docm",
        "xlsx" => "xlsm",
        other => other,
    }
}

fn change_parts(parts: &mut Vec<(String, Vec<u8>)>, others: &[(String, Vec<u8>)], mutator: &mut Mutator<'_>) {
    for _ in 0..mutator.random.gen_range(1..3) {
        let at = mutator.random.gen_range(0..parts.len());
        match mutator.random.gen_range(0..40) {
            0 if parts.len() > 1 => drop(parts.remove(at)),
            1 => {
                let name =
                    ["word/document.xml", "content.xml", "../x", "xl/workbook.xml", "mimetype", "a.qde"];
                parts[at].0 = (*name.choose(mutator.random).unwrap_or(&"x")).to_owned();
            }
            2 => {
                let copy = (format!("{}2", parts[at].0), parts[at].1.clone());
                parts.push(copy);
            }
            _ => {
                let other = others.choose(mutator.random).map_or(&[][..], |(_, contents)| contents);
                mutator.change(&mut parts[at].1, other);
            }
        }
    }
}

/// Spans point at the texts, no turn is empty, times are in order, and what is sorted is sorted.
fn check(reading: &Reading) {
    for transcript in &reading.corpus.transcripts {
        assert!(!transcript.turns.is_empty(), "a transcript without turns");
        let mut start = 0;
        for turn in &transcript.turns {
            assert_eq!(turn.span.start, start, "a span that does not follow the one before");
            assert_eq!(
                turn.span.end,
                start + turn.text.chars().count(),
                "a span of another length than its text"
            );
            start = turn.span.end + 1;
            assert!(!turn.text.trim().is_empty(), "a turn without words");
            assert!(
                turn.start_ms.is_none() || turn.end_ms.is_none() || turn.start_ms <= turn.end_ms,
                "an end before its start"
            );
        }
    }
    assert!(reading.corpus.transcripts.is_sorted_by(|a, b| a.id < b.id), "transcripts that are not sorted");
    assert!(reading.problems.is_sorted(), "problems that are not sorted");
}
