//! Beyond one run on one machine: parts and their merge, two runs at once, what is redone, whose the files are, and input that
//! means harm.

use std::collections::BTreeMap;
use std::path::Path;

use crate::models;
use crate::scratch::{Scratch, project};

/// A study of five of the demo's interviews in two formats.
fn study() -> Scratch {
    let scratch = Scratch::new();
    for name in ["V03.txt", "V08.txt", "O04.srt", "V01.txt", "V02.txt"] {
        if let Ok(text) = std::fs::read(project().join("data/demo/transcripts").join(name)) {
            scratch.write(&format!("transcripts/{name}"), text);
        }
    }
    scratch
        .write(
            "study.toml",
            "[corpus]\ntranscripts = [\"transcripts/*\"]\ninterviewers = [\"Interviewer\", \"INT\"]\n\
             [themes]\ncodebook = \"codebook.toml\"\n[output]\nformats = [\"csv\"]\n",
        )
        .write(
            "codebook.toml",
            "[[theme]]\nname = \"workload\"\ndefinition = \"Too few hours and too many cases.\"\n",
        );
    scratch
}

/// Every result in an output folder by its path, but the record, which counts what was embedded anew.
fn results(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let folders = [(out.to_owned(), String::new()), (out.join("tables"), "tables/".to_owned())];
    for (folder, prefix) in folders {
        for entry in
            std::fs::read_dir(folder).expect("results were written").map(|entry| entry.expect("an entry"))
        {
            let name = format!("{prefix}{}", entry.file_name().display());
            if entry.path().is_file() && !["run.json", ".lock"].contains(&name.as_str()) {
                found.insert(name, std::fs::read(entry.path()).expect("a result"));
            }
        }
    }
    found
}

#[test]
fn parts_that_are_merged_have_the_bytes_of_one_run() {
    let scratch = study();
    assert_eq!(scratch.run("study.toml", &["--out", "one"]).status, 0);
    for part in ["1/3", "2/3", "3/3"] {
        let done = scratch.run("study.toml", &["--out", "many", "--partition", part]);
        assert_eq!(done.status, 0, "{}", done.said);
    }
    let models = models().display().to_string();
    let merge = |scratch: &Scratch| {
        scratch.emic(&["merge", "study.toml", "--out", "many", "--quiet", "--models", &models])
    };
    let merged = merge(&scratch);
    assert_eq!(merged.status, 0, "{}", merged.said);
    let one = results(&scratch.path("one"));
    assert!(one.len() > 25);
    assert_eq!(one.keys().collect::<Vec<_>>(), results(&scratch.path("many")).keys().collect::<Vec<_>>());
    for (name, bytes) in results(&scratch.path("many")) {
        assert!(one[&name] == bytes, "{name} differs");
    }

    // An interview changes: the part that it is in is named, and nothing is written over.
    let text = std::fs::read_to_string(scratch.path("transcripts/V03.txt")).expect("an interview");
    scratch
        .write("transcripts/V03.txt", format!("{text}\nV03: One more thing that I forgot to say before.\n"));
    let refused = merge(&scratch);
    insta::assert_snapshot!(refused.said.trim(), @"error: V03 has changed: the parts do not fit the study as it is now (make part 2/3 again)");
    assert_eq!((refused.status, results(&scratch.path("many")) == one), (1, true));
    std::fs::remove_file(scratch.path("many/parts/2-of-3/part.json")).expect("a part");
    insta::assert_snapshot!(merge(&scratch).said.trim(), @"error: part 2/3 is missing (run `emic run STUDY.toml --partition 2/3` and so on)");
    scratch.run("study.toml", &["--out", "many", "--partition", "1/4"]);
    insta::assert_snapshot!(merge(&scratch).said.trim(), @"error: many/parts holds parts of 3 and parts of 4: delete the folders that are of no use any more");
    insta::assert_snapshot!(scratch.run("study.toml", &["--partition", "4/3"]).said.lines().next().unwrap_or_default(), @"error: invalid value '4/3' for '--partition <I/N>': `4/3` is no part of a study: write 3/32 for the third of 32, with at most 100000 parts");
}

#[test]
fn a_second_run_in_the_same_folder_waits_for_nothing_and_harms_nothing() {
    let scratch = study();
    std::fs::create_dir(scratch.path("out")).expect("a folder");
    let lock = std::fs::File::create(scratch.path("out/.lock")).expect("a lock");
    lock.lock().expect("the lock is free");
    let refused = scratch.run("study.toml", &[]);
    insta::assert_snapshot!(refused.said.trim(), @"error: another run is writing to out (wait until it is done, or choose another folder with --out)");
    assert_eq!(refused.status, 1);
    drop(lock);
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
}

#[test]
fn what_will_be_done_again_is_said_with_the_reason() {
    let scratch = study();
    let models = models().display().to_string();
    let explained = || scratch.emic(&["run", "study.toml", "--explain", "--models", &models]).said;
    let first = explained();
    assert!(!scratch.path("out").exists(), "nothing is written");
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    let second = explained();
    scratch.write("codebook.toml", "[[theme]]\nname = \"colleagues\"\n");
    let third = explained();
    let text = std::fs::read_to_string(scratch.path("transcripts/V03.txt")).expect("an interview");
    scratch
        .write("transcripts/V03.txt", format!("{text}\nV03: One more thing that I forgot to say before.\n"));
    let fourth = explained();
    insta::assert_snapshot!([first, second, third, fourth].join("\n"), @r"
    Reading     3 files, as always: so it is seen what has changed
    Cutting     3 of 3 interviews (new, changed, or to be cut otherwise): O04, V03, V08
    Embedding   the passages of 3 interviews; 1 text of the codebook
    Clusters    found anew: there is no last run
    The rest    labels, comparisons, tables and the page, as always; there is no last run

    Reading     3 files, as always: so it is seen what has changed
    Cutting     nothing: all interviews are cut
    Embedding   no passage; 0 texts of the codebook
    Clusters    as kept, unless an interview was taken out
    The rest    labels, comparisons, tables and the page, as always; nothing has changed, so they will be the same

    Reading     3 files, as always: so it is seen what has changed
    Cutting     nothing: all interviews are cut
    Embedding   no passage; 1 text of the codebook
    Clusters    as kept, unless an interview was taken out
    The rest    labels, comparisons, tables and the page, as always; changed since the last run: the codebook

    Reading     3 files, as always: so it is seen what has changed
    Cutting     1 of 3 interviews (new, changed, or to be cut otherwise): V03
    Embedding   the passages of 1 interview; 1 text of the codebook
    Clusters    found anew: there are other passages
    The rest    labels, comparisons, tables and the page, as always; changed since the last run: the codebook, transcripts/V03.txt
    ");
}

#[test]
#[cfg(unix)]
fn results_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    fn modes(folder: &Path, wrong: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
            let mode = entry.metadata().expect("metadata").permissions().mode() & 0o777;
            let is_folder = entry.path().is_dir();
            if mode != if is_folder { 0o700 } else { 0o600 } {
                wrong.push(format!("{} {mode:o}", entry.path().display()));
            }
            if is_folder {
                modes(&entry.path(), wrong);
            }
        }
    }
    let scratch = study();
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    assert_eq!(scratch.run("study.toml", &["--partition", "1/2"]).status, 0);
    let mut wrong = Vec::new();
    modes(&scratch.path("out"), &mut wrong);
    assert_eq!(wrong, [""; 0]);
}

/// What a command says while somebody else holds the lock of the output folder.
fn refused(scratch: &Scratch, arguments: &[&str]) -> String {
    let models = models().display().to_string();
    let takes_models = ["run", "merge", "embed"].contains(&arguments[0]);
    let with_models = [arguments, &["--models", &models]].concat();
    let done = scratch.emic(if takes_models { &with_models } else { arguments });
    assert_eq!(done.status, 1, "{arguments:?}: {}", done.said);
    format!("{}: {}", arguments[..arguments.len().min(2)].join(" "), done.said.trim())
}

#[test]
fn one_command_writes_in_an_output_folder_at_a_time() {
    let scratch = study();
    let text = std::fs::read_to_string(scratch.path("study.toml")).expect("a study");
    scratch.write("study.toml", text.replace("\"csv\"", "\"parquet\"")).write("texts.txt", "One text.\n");
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    assert_eq!(scratch.emic(&["review", "sample", "out", "--segments", "5"]).status, 0);
    let lock = std::fs::File::open(scratch.path("out/.lock")).expect("a lock");
    lock.lock().expect("the lock is free");
    let commands: [&[&str]; 9] = [
        &["run", "study.toml"],
        &["run", "study.toml", "--partition", "1/2"],
        &["merge", "study.toml"],
        &["review", "sample", "out"],
        &["review", "import", "out", "out/review/sample-1/codes-coder.csv"],
        &["export", "out", "--to", "study.qdpx"],
        &["export", "out", "--to", "tables.xlsx"],
        &["export", "out", "--to", "out/tables.xlsx"],
        &["embed", "texts.txt", "--out", "out/x.npy"],
    ];
    let said: Vec<String> = commands.iter().map(|command| refused(&scratch, command)).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    run study.toml: error: another run is writing to out (wait until it is done, or choose another folder with --out)
    run study.toml: error: another run is writing to out (wait until it is done, or choose another folder with --out)
    merge study.toml: error: another run is writing to out (wait until it is done, or choose another folder with --out)
    review sample: error: another run or command is writing to out (wait until it is done, then try again)
    review import: error: another run or command is writing to out (wait until it is done, then try again)
    export out: error: another run or command is writing to out (wait until it is done, then try again)
    export out: error: another run or command is writing to out (wait until it is done, then try again)
    export out: error: another run or command is writing to out (wait until it is done, then try again)
    embed texts.txt: error: another run or command is writing to HERE/out (wait until it is done, then try again)
    ");
    let models = models().display().to_string();
    let explained = scratch.emic(&["run", "study.toml", "--explain", "--models", &models]);
    assert_eq!(explained.status, 0, "{}", explained.said);
    let last = explained.said.lines().last().unwrap_or_default();
    insta::assert_snapshot!(last, @"Meanwhile   another run is writing to out; what it has not written yet is not counted");
    drop(lock);
    for command in &commands[3..] {
        let with_models = [command, &["--models", &models][..]].concat();
        let done = scratch.emic(if command[0] == "embed" { &with_models } else { command });
        // A sheet that nobody filled in has no row to take.
        assert_eq!(done.status, i32::from(command[1] == "import"), "{command:?}: {}", done.said);
    }
}

#[test]
fn of_two_runs_that_begin_at_once_one_is_done_and_the_other_says_why_not() {
    let scratch = study();
    let models = models().display().to_string();
    let both = [(); 2].map(|()| {
        std::process::Command::new(env!("CARGO_BIN_EXE_emic"))
            .args(["run", "study.toml", "--quiet", "--models", &models])
            .current_dir(scratch.path(""))
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts")
    });
    let mut ended = both.map(|run| {
        let output = run.wait_with_output().expect("it ends");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).trim().to_owned())
    });
    ended.sort();
    let refusal =
        "error: another run is writing to out (wait until it is done, or choose another folder with --out)";
    assert_eq!(ended, [(Some(0), String::new()), (Some(1), refusal.to_owned())]);
    assert!(results(&scratch.path("out")).len() > 25);
}

#[test]
#[cfg(unix)]
fn a_study_lies_in_a_folder_of_any_name() {
    let scratch = Scratch::new();
    let folder = "talks [1] {old, new} * ?";
    let study = "[corpus]\ntranscripts = [\"in/P*.txt\"]\ninterviewers = [\"INT\"]\n";
    let talk = "INT: How is work these days?\nP: There are sixty families and one morning a week.\n";
    scratch
        .write(&format!("{folder}/study.toml"), study)
        .write(&format!("{folder}/in/P01.txt"), talk)
        .write(&format!("{folder}/in/P02.txt"), talk)
        .write("talks 1/in/P03.txt", talk);
    let models = models().display().to_string();
    for path in [format!("{folder}/study.toml"), format!("./{folder}/study.toml")] {
        let done = scratch.emic(&["run", &path, "--quiet", "--models", &models]);
        assert_eq!(done.status, 0, "{}", done.said);
        let record = std::fs::read(scratch.path(folder).join("out/run.json")).expect("a record");
        let record: serde_json::Value = serde_json::from_slice(&record).expect("JSON");
        let inputs: Vec<&str> = record["inputs"]
            .as_array()
            .expect("inputs")
            .iter()
            .filter_map(|file| file["path"].as_str())
            .collect();
        assert_eq!(inputs, ["in/P01.txt", "in/P02.txt"]);
        scratch
            .write(&format!("{folder}/in/P02.txt"), format!("{talk}P: And one more thing that I forgot.\n"));
        let explained = scratch.emic(&["run", &path, "--explain", "--models", &models]).said;
        let last = explained.lines().last().unwrap_or_default().rsplit("; ").next().unwrap_or_default();
        assert_eq!(last, "changed since the last run: in/P02.txt");
        scratch.write(&format!("{folder}/in/P02.txt"), talk);
    }
    let sampled = scratch.emic(&["export", &format!("{folder}/out"), "--to", "all.qdpx"]);
    assert_eq!(sampled.status, 0, "{}", sampled.said);
}

#[test]
fn a_codebook_that_somebody_has_open_is_left_alone() {
    let scratch = study();
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    let before = std::fs::read(scratch.path("out/codebook.xlsx")).expect("a codebook");
    scratch
        .write("out/.~lock.codebook.xlsx#", ",ana,desk,,;")
        .write("codebook.toml", "[[theme]]\nname = \"colleagues\"\n");
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    assert!(std::fs::read(scratch.path("out/codebook.xlsx")).expect("a codebook") == before);
    assert!(scratch.path("out/codebook.draft.xlsx").exists());
    let problems = scratch.table("out/tables/problems.csv");
    let told = problems.columns(["source", "message"]).iter().any(|row| {
        *row == [
            "codebook.xlsx",
            "somebody has it open in Excel or LibreOffice, so this run's is codebook.draft.xlsx",
        ]
    });
    assert!(told);
    // Closed again, and nothing was written into it: the next run takes both places up.
    std::fs::remove_file(scratch.path("out/.~lock.codebook.xlsx#")).expect("a lock");
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    assert!(!scratch.path("out/codebook.draft.xlsx").exists());
    assert!(std::fs::read(scratch.path("out/codebook.xlsx")).expect("a codebook") != before);
}

#[test]
#[cfg(unix)]
fn a_command_whose_output_nobody_reads_ends_quietly() {
    let scratch = study();
    let ended = |redirected: &str| {
        let script =
            format!("{} check study.toml {redirected}; exit ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_emic"));
        let output = std::process::Command::new("bash")
            .args(["-c", &script])
            .current_dir(scratch.path(""))
            .output()
            .expect("a shell");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    // The reader is gone before the first line comes.
    let (status, said) = ended("> >(exec true) 2>&2; true");
    assert!(!said.contains("panicked"), "{status:?} {said}");
    let mut reader = std::process::Command::new("true").spawn().expect("it starts");
    reader.wait().expect("it ends");
    let (status, said) = ended("| (exec 0<&-; sleep 2)");
    assert_eq!((status, said.contains("panicked")), (Some(141), false), "{said}");
}
