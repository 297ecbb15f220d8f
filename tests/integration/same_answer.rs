//! The same answer every time: whatever the order of files and the number of threads.

use crate::scratch::{Scratch, models, project};

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
