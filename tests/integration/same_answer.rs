//! The same answer every time: whatever the order of files, the number of threads and the instructions of the processor.
//! `scripts/check_processors.py` asks the same of emulated processors.

use std::collections::BTreeMap;
use std::path::Path;

use same_bits::Instructions;
use sentence_encoder::{RandomModel, write_random_model};

use crate::models;
use crate::scratch::{Scratch, project};

/// Interviews in every format of the demo.
const FILES: [&str; 6] = ["V01.docx", "V02.vtt", "V03.txt", "V08.txt", "O04.srt", "C06.docx"];

fn study(files: &[&str]) -> String {
    let folder = project().join("data/demo");
    let place = |name: &str| folder.join(name).display().to_string().replace('\\', "/");
    let files: Vec<String> =
        files.iter().map(|file| format!("{:?}", place(&format!("transcripts/{file}")))).collect();
    format!(
        "[corpus]\ntranscripts = [{}]\nparticipants = {:?}\ngroups = [\"country\"]\ninterviewers = [\"Interviewer\", \"INT\"]\n\
         [themes]\ncodebook = {:?}\n[output]\nformats = [\"parquet\", \"csv\", \"xlsx\"]\n",
        files.join(", "),
        place("participants.csv"),
        place("../codebooks/barriers.toml"),
    )
}

#[test]
fn files_in_another_order_on_other_threads_give_the_same_bytes() {
    let scratch = Scratch::new();
    let mut reversed = FILES;
    reversed.reverse();
    scratch.write("one/study.toml", study(&FILES)).write("two/study.toml", study(&reversed));
    let models = models().display().to_string();
    for (study, threads) in [("one/study.toml", "1"), ("two/study.toml", "2")] {
        let arguments = ["run", study, "--quiet", "--models", &models, "--threads", threads];
        let done = scratch.emic_with(&arguments, &[("POLARS_MAX_THREADS", threads)]);
        assert!([0, 2].contains(&done.status), "{}", done.said);
    }
    let mut names: Vec<_> = std::fs::read_dir(scratch.path("one/out/tables"))
        .expect("tables were written")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names.len(), 79, "twenty-seven tables in three formats, embeddings in one");
    for name in names {
        let bytes =
            |run: &str| std::fs::read(scratch.path(run).join("out/tables").join(&name)).expect("a table");
        assert!(bytes("one") == bytes("two"), "{} differs", name.display());
    }
    for name in ["codebook.xlsx", "codebook.toml", "report.html"] {
        let file = |run: &str| std::fs::read(scratch.path(run).join("out").join(name)).expect("a file");
        assert!(file("one") == file("two"), "{name} differs");
    }
}

/// All results of a run, by their paths: what is not kept for the next run.
fn results(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in [out.to_owned(), out.join("tables")] {
        for entry in std::fs::read_dir(folder).expect("results were written") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let name = path.strip_prefix(out).expect("a result").display().to_string();
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

#[test]
fn every_kernel_and_no_variants_of_glibc_give_the_same_bytes() {
    let scratch = Scratch::new();
    let model = RandomModel { layers: 1, token_limit: 200, ..RandomModel::TINY };
    write_random_model(&scratch.path("model"), &model).expect("a model");
    for (name, method) in [("spherical", "spherical-kmeans"), ("mixture", "gaussian-mixture")] {
        let clusters = if method == "gaussian-mixture" { "clusters = 3" } else { "" };
        let chosen = format!(
            "[embed]\nmodel = \"./model\"\n[cluster]\nmethod = \"{method}\"\n{clusters}\n[compare]\nwithin = \"cohort\"\n"
        );
        let files = ["C05.txt", "C08.txt", "O03.txt", "O07.txt", "V03.txt", "V08.txt"];
        scratch.write(&format!("{name}.toml"), study(&files) + &chosen);
    }
    let variants = ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-FMA4");
    for study in ["spherical", "mixture"] {
        let run = |out: &str, more: &[&str], environment: &[(&str, &str)]| {
            let file = format!("{study}.toml");
            let arguments = [&["run", &file, "--quiet", "--out", out], more].concat();
            let done = scratch.emic_with(&arguments, environment);
            assert!([0, 2].contains(&done.status), "{}", done.said);
            results(&scratch.path(out))
        };
        let expected = run(&format!("{study}-fastest"), &[], &[]);
        assert!(expected.len() > 80, "tables in three formats, the page, codebooks: {}", expected.len());
        let same = |out: &str, found: &BTreeMap<String, Vec<u8>>| {
            let differing: Vec<&String> =
                expected.keys().filter(|name| found.get(*name) != expected.get(*name)).collect();
            assert!(differing.is_empty() && found.len() == expected.len(), "{out}: {differing:?} differ");
        };
        for kernel in Instructions::available().into_iter().map(Instructions::name) {
            let out = format!("{study}-{kernel}");
            same(&out, &run(&out, &["--kernel", kernel], &[]));
        }
        same("without variants", &run(&format!("{study}-without"), &[], &[variants]));
    }
}
