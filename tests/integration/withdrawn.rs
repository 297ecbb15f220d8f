//! Somebody withdraws: after their interview was taken out and the study run again, no file in the output folder holds their words, and
//! nothing that people wrote was deleted without being asked for.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use polars::prelude::DataType;
use polars_io::prelude::{ParquetReader, SerReader as _};

use crate::models;
use crate::scratch::Scratch;

/// What the one who withdraws says, and nobody else: stretches that stand in a cell, a line or a quote whole.
const WITHDRAWN: [&str; 4] = [
    "I drove home past the old mill every night that winter",
    "the harbour office burned down with all of our files in it",
    "My supervisor told me to forget about the river families",
    "Nobody counted the hours that we spent at the ferry landing",
];

const STAYS: &str = "We have sixty families and one morning a week, which is far too little for anybody.";

fn interview(sentences: &[&str]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        text.push_str("Interviewer: What keeps you from working with the community these days?\n");
        text.push_str("Anna: ");
        text.push_str(sentence);
        text.push_str(".\n");
    }
    text
}

/// A study of four interviews of which the last is going to be withdrawn.
fn study(formats: &str) -> Scratch {
    let scratch = Scratch::new();
    let others = [
        [STAYS, "My colleagues listen to me when a case is hard, and we eat together on Fridays"],
        [
            "There is no budget for transport, so we walk to the families who live far away",
            "I would change the forms first",
        ],
        [
            "The minister decides and we read about it in the newspaper the day after",
            "There are too few hours in a week for both kinds of work",
        ],
    ];
    for (number, sentences) in (1..).zip(others) {
        scratch.write(&format!("talks/P0{number}.txt"), interview(&sentences));
    }
    scratch.write("talks/P04.txt", interview(&WITHDRAWN));
    write_study(&scratch, formats);
    scratch.write(
        "codebook.toml",
        "[[theme]]\nname = \"workload\"\ndefinition = \"Too few hours and too many cases.\"\n\
         [[theme]]\nname = \"memories\"\ndefinition = \"What people remember of a place, a winter, a fire.\"\n",
    );
    scratch
}

fn write_study(scratch: &Scratch, formats: &str) {
    scratch.write(
        "study.toml",
        format!(
            "[corpus]\ntranscripts = [\"talks/*.txt\"]\ninterviewers = [\"Interviewer\"]\n[segment]\nmin_words = 3\n\
             [themes]\ncodebook = \"codebook.toml\"\n[output]\nformats = [{formats}]\n"
        ),
    );
}

/// Runs a command that has to be done.
fn done(scratch: &Scratch, arguments: &[&str]) -> String {
    let done = scratch.emic(arguments);
    assert_eq!(done.status, 0, "{arguments:?}: {}", done.said);
    done.said
}

fn run(scratch: &Scratch, more: &[&str]) -> String {
    let models = models().display().to_string();
    let all = [&["run", "study.toml", "--quiet", "--models", &models], more].concat();
    done(scratch, &all)
}

/// Letters and digits, so that no line break, mark-up or quotation mark hides a sentence.
fn letters(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut is_tag = false;
    let plain = text.chars().filter(|letter| {
        is_tag = (is_tag || *letter == '<') && *letter != '>';
        !is_tag && letter.is_alphanumeric()
    });
    let of_tags = text.chars().filter(|letter| letter.is_alphanumeric());
    plain.chain(['|']).chain(of_tags).flat_map(char::to_lowercase).collect()
}

/// Every text in a file: itself, what is packed in it, and the cells of a table.
fn texts(bytes: Vec<u8>, all: &mut Vec<String>) {
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
        for place in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(place).expect("a part").read_to_end(&mut part).expect("its bytes");
            texts(part, all);
        }
    } else if bytes.starts_with(b"PAR1") {
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a table");
        for column in frame.columns().iter().filter(|column| column.dtype() == &DataType::String) {
            let cells: Vec<&str> = column.str().expect("texts").iter().flatten().collect();
            all.push(letters(cells.join("\n").as_bytes()));
        }
    } else {
        all.push(letters(&bytes));
    }
}

fn files_in(folder: &Path, all: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files_in(&path, all) } else { all.push(path) }
    }
}

/// The files below a folder that hold a sentence of the interview, relative to it.
fn files_with(folder: &Path, sentences: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    files_in(folder, &mut files);
    let sentences: Vec<String> = sentences.iter().map(|sentence| letters(sentence.as_bytes())).collect();
    let sentences: Vec<&str> = sentences.iter().filter_map(|both| both.split('|').next()).collect();
    let mut found: Vec<String> = files
        .into_iter()
        .filter(|path| {
            let mut all = Vec::new();
            texts(std::fs::read(path).expect("a file"), &mut all);
            all.iter().any(|text| sentences.iter().any(|sentence| text.contains(sentence)))
        })
        .map(|path| path.strip_prefix(folder).expect("inside").display().to_string())
        .collect();
    found.sort();
    found
}

/// The names of the files below a folder.
fn names_in(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    files_in(folder, &mut files);
    let mut names: Vec<String> =
        files.iter().map(|path| path.strip_prefix(folder).expect("inside").display().to_string()).collect();
    names.sort();
    names
}

/// An output folder in which everything was done that a study can do, with the interview still in it.
fn full_of_words() -> Scratch {
    let scratch = study("\"parquet\", \"csv\", \"xlsx\"");
    run(&scratch, &[]);
    // A reviewer works on the codebooks, and the study is run again, which keeps what they wrote.
    let draft = std::fs::read_to_string(scratch.path("out/codebook.toml")).expect("a draft");
    scratch.write("out/codebook.toml", format!("{draft}\n# Checked by Ana.\n"));
    add_to_package(&scratch.path("out/codebook.xlsx"));
    run(&scratch, &[]);
    done(
        &scratch,
        &["review", "sample", "out", "--segments", "100", "--coders", "Ana, Ben", "--uncertain", "0"],
    );
    fill_in(&scratch);
    done(&scratch, &["review", "import", "out", "codes-Ana.csv"]);
    done(&scratch, &["export", "out", "--to", "out/all.qdpx"]);
    done(&scratch, &["export", "out", "--to", "out/csv"]);
    done(&scratch, &["export", "out", "--to", "out/all.xlsx"]);
    let models = models().display().to_string();
    for part in ["1/2", "2/2"] {
        done(&scratch, &["run", "study.toml", "--quiet", "--partition", part, "--models", &models]);
    }
    // What commands that were killed leave.
    scratch
        .write("out/.unfinished/report.html", WITHDRAWN[0])
        .write("out/tables/.turns.csv.partial", WITHDRAWN[1])
        .write("out/review/.sample-9.partial/codes-Ana.csv", WITHDRAWN[2])
        .write("out/cache/vectors-0123456789abcdef.partial", "emic vectors\r\n\0\x1a1234")
        .write("out/my notes.txt", format!("She said: {}!", WITHDRAWN[3]));
    scratch
}

/// Puts a file more into a workbook, as somebody who saves it does.
fn add_to_package(path: &Path) {
    let bytes = std::fs::read(path).expect("a workbook");
    let mut package = zip::ZipWriter::new_append(std::io::Cursor::new(bytes)).expect("a package");
    package.start_file("docProps/custom.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    package.write_all(b"<Properties/>").expect("its bytes");
    std::fs::write(path, package.finish().expect("a package").into_inner()).expect("it can be written");
}

/// Ana codes her sheet, with a memo that quotes and one that does not.
fn fill_in(scratch: &Scratch) {
    let path = scratch.path("out/review/sample-1/codes-Ana.csv");
    let text = std::fs::read_to_string(path).expect("a sheet");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let place = |name: &str| headings.iter().position(|heading| heading == name);
    let (words, memo) = (place("text").expect("a text"), place("memo").expect("a memo"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings).expect("a row");
    for row in reader.records() {
        let row = row.expect("a row");
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        "yes".clone_into(&mut cells[place("workload").expect("a theme")]);
        "no".clone_into(&mut cells[place("memories").expect("a theme")]);
        cells[memo] = match WITHDRAWN.iter().find(|sentence| row[words].contains(**sentence)) {
            Some(sentence) => format!("see \"{sentence}\""),
            None => "ask her again".to_owned(),
        };
        writer.write_record(&cells).expect("a row");
    }
    scratch.write("codes-Ana.csv", writer.into_inner().expect("a sheet"));
}

#[test]
fn nothing_that_somebody_said_is_left_when_they_withdraw() {
    let scratch = full_of_words();
    let out = scratch.path("out");
    let with = files_with(&out, &WITHDRAWN);
    for name in [
        ".unfinished/report.html",
        "all.qdpx",
        "all.xlsx",
        "codebook.edited-1.toml",
        "codebook.edited-1.xlsx",
        "codebook.toml",
        "codebook.xlsx",
        "csv/turns.csv",
        "my notes.txt",
        "report.html",
        "review/.sample-9.partial/codes-Ana.csv",
        "review/notes.csv",
        "review/sample-1/codes-Ana.csv",
        "review/sample-1/codes-Ben.xlsx",
        "tables/.turns.csv.partial",
        "tables/turns.csv",
        "tables/turns.parquet",
        "tables/turns.xlsx",
    ] {
        assert!(with.iter().any(|found| found == name), "the test does not look into {name}: {with:?}");
    }
    assert!(with.iter().any(|name| name.starts_with("review/exported/")), "{with:?}");
    let vectors = || -> u64 {
        let files = names_in(&out.join("cache"))
            .into_iter()
            .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "bin"));
        files.map(|name| out.join("cache").join(name).metadata().expect("a file").len()).sum()
    };
    let before = vectors();

    std::fs::remove_file(scratch.path("talks/P04.txt")).expect("an interview");
    write_study(&scratch, "\"parquet\"");
    let said = scratch.run("study.toml", &[]);
    // Codes of an interview that is not there are left out, which is told as something skipped.
    assert!([0, 2].contains(&said.status), "{}", said.said);
    assert_eq!(files_with(&out, &WITHDRAWN), [""; 0]);

    // Machine-made files are gone or made anew, what others made of the same words too.
    assert!(!out.join("tables/turns.csv").exists() && !out.join("tables/labels.xlsx").exists());
    let parts = std::fs::read_dir(out.join("parts")).map_or(0, Iterator::count);
    assert_eq!(parts, 1, "the part with the interview is gone, and the other one is of the study still");
    assert!(vectors() < before);
    let of_a_fresh_run = || {
        let done = scratch.run("study.toml", &["--out", "fresh"]);
        assert_eq!(done.status, 0, "{}", done.said);
        let sizes = |folder: &str| -> Vec<(String, u64)> {
            let folder = scratch.path(folder).join("cache");
            let names = names_in(&folder)
                .into_iter()
                .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "bin"));
            names.map(|name| (name.clone(), folder.join(name).metadata().expect("a file").len())).collect()
        };
        (sizes("out"), sizes("fresh"))
    };
    let (left, fresh) = of_a_fresh_run();
    assert_eq!(left, fresh, "caches hold what the study needs and nothing else");

    // What people wrote is beside the folder, whole, and told of file by file.
    let moved = names_in(&scratch.path("out.withdrawn"));
    for name in ["codebook.edited-1.toml", "codebook.edited-1.xlsx", "my notes.txt", "review/notes.csv"] {
        assert!(moved.iter().any(|found| found == name), "{name} is not among {moved:?}");
    }
    assert!(files_with(&scratch.path("out.withdrawn"), &WITHDRAWN).len() >= moved.len() - 1, "{moved:?}");
    let notes = std::fs::read_to_string(out.join("review/notes.csv")).expect("notes");
    assert!(notes.contains("ask her again"), "others' notes stay: {notes}");
    let problems = std::fs::read(out.join("tables/problems.parquet")).expect("problems");
    let frame = ParquetReader::new(std::io::Cursor::new(problems)).finish().expect("a table");
    let sources: Vec<String> = frame
        .column("source")
        .expect("sources")
        .str()
        .expect("texts")
        .iter()
        .flatten()
        .map(str::to_owned)
        .collect();
    for name in &moved {
        assert!(sources.contains(&format!("out/{name}")), "{name} is not told of: {sources:?}");
    }
    // The copy of the export is still there, without the interview, so that what others changed in the rest can come back.
    let kept = names_in(&out.join("review/exported"));
    assert_eq!(kept.len(), 1, "{kept:?}");

    // As long as the folder is there, every run says so; --forget deletes it, and what was coded in the interview.
    // The codes were read before that, so it is the run behind it that has nothing to leave out.
    scratch.run("study.toml", &["--forget"]);
    let again = scratch.run("study.toml", &[]);
    assert_eq!(again.status, 0, "{}", again.said);
    assert!(!scratch.path("out.withdrawn").exists());
    let codes = std::fs::read_to_string(out.join("review/codes.csv")).expect("codes");
    assert!(codes.contains("P01") && !codes.contains("P04"), "{codes}");
}

#[test]
fn a_passage_that_was_taken_out_and_a_name_that_is_hidden_leave_nothing_either() {
    let scratch = full_of_words();
    let out = scratch.path("out");
    let text = std::fs::read_to_string(scratch.path("talks/P04.txt")).expect("an interview");
    scratch.write("talks/P04.txt", text.replace(WITHDRAWN[0], "I went home"));
    scratch.run("study.toml", &["--forget"]);
    assert_eq!(files_with(&out, &WITHDRAWN[..1]), [""; 0]);
    assert!(!files_with(&out, &WITHDRAWN[1..2]).is_empty(), "the rest is still in the study");
    assert!(!scratch.path("out.withdrawn").exists(), "it was to be deleted");

    let draft = std::fs::read_to_string(out.join("codebook.toml")).expect("a draft");
    scratch.write("out/codebook.toml", format!("{draft}\n# Checked by Ana.\n"));
    done(&scratch, &["review", "sample", "out", "--segments", "100", "--coders", "Ben"]);
    let study = std::fs::read_to_string(scratch.path("study.toml")).expect("a study");
    scratch
        .write("study.toml", study.replace("[corpus]", "[corpus]\npseudonyms = \"names.csv\""))
        .write("names.csv", "name,replacement\nharbour office,town office\nAnna,Ruth\n");
    scratch.run("study.toml", &[]);
    let named = files_with(&out, &["the harbour office burned down"]);
    assert_eq!(named, [""; 0]);
    assert!(scratch.path("out.withdrawn/review/sample-2/codes-Ben.csv").exists());
}

#[test]
fn what_a_study_reads_itself_is_told_of_and_left_alone() {
    let scratch = study("\"csv\"");
    run(&scratch, &[]);
    let draft = std::fs::read_to_string(scratch.path("out/codebook.toml")).expect("a draft");
    let example = format!("{draft}\n[[theme]]\nname = \"fire\"\nexamples = [\"{}.\"]\n", WITHDRAWN[1]);
    scratch.write("codebook.toml", &example);
    std::fs::remove_file(scratch.path("talks/P04.txt")).expect("an interview");
    run(&scratch, &[]);
    assert_eq!(std::fs::read_to_string(scratch.path("codebook.toml")).expect("a codebook"), example);
    let problems = scratch.table("out/tables/problems.csv");
    let told = problems.columns(["source", "message"]);
    let told: Vec<String> =
        told.iter().map(|row| row.join(": ")).filter(|row| row.starts_with("codebook.toml")).collect();
    insta::assert_snapshot!(told.join("\n"), @"codebook.toml: the codebook holds words of an interview that are not in the study any more, so the results repeat them");
}

#[test]
fn files_of_a_study_in_its_own_output_folder_are_nobodys_to_move() {
    let scratch = study("\"csv\"");
    let study = std::fs::read_to_string(scratch.path("study.toml")).expect("a study");
    scratch.write("study.toml", format!("{study}directory = \".\"\n"));
    run(&scratch, &[]);
    std::fs::create_dir(scratch.path("archive")).expect("a folder");
    std::fs::rename(scratch.path("talks/P04.txt"), scratch.path("archive/P04.txt")).expect("it can be moved");
    run(&scratch, &[]);
    assert!(scratch.path("archive/P04.txt").exists());
}
