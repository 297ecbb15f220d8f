//! No work twice: a second run over the same transcripts embeds nothing, and its tables are those of a run from scratch.

use crate::scratch::{Scratch, project};

const CODEBOOK: &str = "[[theme]]\nname = \"workload\"\ndefinition = \"Too few hours and too many cases.\"\n";

/// A study of three of the demo's interviews.
fn study() -> Scratch {
    let scratch = Scratch::new();
    for name in ["V03.txt", "V08.txt", "O04.srt"] {
        let text =
            std::fs::read(project().join("data/demo/transcripts").join(name)).expect("a demo interview");
        scratch.write(&format!("transcripts/{name}"), text);
    }
    scratch
        .write(
            "study.toml",
            "[corpus]\ntranscripts = [\"transcripts/*\"]\ninterviewers = [\"Interviewer\", \"INT\"]\n\
             [themes]\ncodebook = \"codebook.toml\"\n[output]\nformats = [\"parquet\", \"csv\"]\n",
        )
        .write("codebook.toml", CODEBOOK);
    scratch
}

/// What `run.json` in the output folder says: passages and theme texts, each embedded and from the cache.
fn counts(scratch: &Scratch, out: &str) -> [u64; 4] {
    let bytes = std::fs::read(scratch.path(out).join("run.json")).expect("the record of the run");
    let record: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(record["model"]["arithmetic"], "native int8 2");
    let count = |texts: &str, from: &str| record["model"][texts][from].as_u64().expect("a count");
    [
        ("passages", "embedded"),
        ("passages", "from_cache"),
        ("theme_texts", "embedded"),
        ("theme_texts", "from_cache"),
    ]
    .map(|(texts, from)| count(texts, from))
}

#[test]
fn a_run_with_another_codebook_embeds_no_passage_and_has_the_tables_of_a_run_from_scratch() {
    let scratch = study();
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    let [passages, from_cache, themes, _] = counts(&scratch, "out");
    assert!(passages > 50, "{passages} passages");
    assert_eq!(from_cache, 0);
    assert!(themes >= 1, "the theme of the codebook, and phrases that may name others");

    let theme = "[[theme]]\nname = \"colleagues\"\nexamples = [\"My colleagues listen to me.\"]\n";
    scratch.write("codebook.toml", format!("{CODEBOOK}{theme}"));
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    let [embedded, from_cache, new, known] = counts(&scratch, "out");
    assert_eq!([embedded, from_cache], [0, passages]);
    assert!(new >= 2 && known >= 1);

    let other = scratch.path("other").display().to_string();
    assert_eq!(scratch.run("study.toml", &["--out", &other]).status, 0);
    assert_eq!(counts(&scratch, "other"), [passages, 0, new + known, 0]);
    let mut names: Vec<_> = std::fs::read_dir(scratch.path("out/tables"))
        .expect("tables were written")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert!(names.len() > 20);
    for name in names {
        let bytes = |out: &str| std::fs::read(scratch.path(out).join("tables").join(&name)).expect("a table");
        assert!(bytes("out") == bytes("other"), "{} differs", name.display());
    }
}
