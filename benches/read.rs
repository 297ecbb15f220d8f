//! Reading one transcript of a thousand turns in each of four formats, from a file on disk to a corpus.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Write as _};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use emic::pipeline::read_corpus;
use emic::results::NoProgress;
use transcripts::{ReadPlan, SourceFile};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TURNS: usize = 1_000;
const WORDS: [&str; 8] = ["sixty", "families", "and", "one", "morning", "a", "week", "then"];

/// Speaker and text of each turn, 8 to 47 words long.
fn talk() -> Vec<(&'static str, String)> {
    (0..TURNS)
        .map(|turn| {
            let words: Vec<&str> =
                (0..8 + turn * 7 % 40).map(|word| WORDS[(turn + word * 3) % WORDS.len()]).collect();
            (if turn % 2 == 0 { "Interviewer" } else { "P01" }, words.join(" "))
        })
        .collect()
}

fn clock(ms: usize) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}.{ms:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn word_file(talk: &[(&str, String)]) -> Vec<u8> {
    let mut body = String::new();
    for (speaker, text) in talk {
        let _ = write!(
            body,
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{speaker}:</w:t></w:r><w:r><w:tab/><w:t>{text}</w:t></w:r></w:p>"
        );
    }
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    package.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    package.write_all(xml.as_bytes()).unwrap();
    package.finish().unwrap().into_inner()
}

fn written(talk: &[(&str, String)], format: &str) -> Vec<u8> {
    let mut text = if format == "vtt" { "WEBVTT\n\n".to_owned() } else { String::new() };
    for (at, (speaker, said)) in talk.iter().enumerate() {
        let (start, end) = (clock(at * 10_000), clock(at * 10_000 + 9_000));
        let _ = match format {
            "vtt" => write!(text, "{}\n{start} --> {end}\n{speaker}: {said}\n\n", at + 1),
            "txt" => write!(text, "{speaker}: {said}\n\n"),
            "jsonl" => {
                writeln!(
                    text,
                    "{{\"turn_index\": {at}, \"speaker\": \"{speaker}\", \"text\": \"{said}\", \"start\": \"{start}\"}}"
                )
            }
            _ => return word_file(talk),
        };
    }
    text.into_bytes()
}

fn reading(criterion: &mut Criterion) {
    let talk = talk();
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("read 1,000 turns");
    for format in ["vtt", "txt", "docx", "jsonl"] {
        let name = format!("P01.{format}");
        let path = folder.path().join(&name);
        let bytes = written(&talk, format);
        std::fs::write(&path, &bytes).unwrap();
        let plan = ReadPlan { files: vec![SourceFile::at(name, path)], ..ReadPlan::default() };
        assert_eq!(read_corpus(&plan, &NoProgress).corpus.transcripts[0].turns.len(), TURNS);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format, |bencher| bencher.iter(|| black_box(read_corpus(&plan, &NoProgress))));
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
