//! The rust-bert engine against the native one; and what a build without it says.

use crate::scratch::Scratch;

const STUDY: &str = "[corpus]\ntranscripts = [\"P01.txt\"]\n[embed]\nengine = \"rust-bert\"\n";
const INTERVIEW: &str = "P01: I have sixty families and one morning a week, there is simply no time.\n\
     P01: There is nowhere to send them: no housing, no clinic, no places in the day centre.\n\
     P01: My colleagues help. We eat together on Fridays and somebody always brings a cake.\n";

#[cfg(not(feature = "rust-bert"))]
#[test]
fn a_build_without_the_engine_says_so() {
    let scratch = Scratch::new();
    scratch.write("study.toml", STUDY).write("P01.txt", INTERVIEW).write("texts.txt", "one\n");
    let checked = scratch.emic(&["check", "study.toml"]);
    assert_eq!(checked.status, 1);
    insta::assert_snapshot!(checked.said, @r#"
    error: study.toml:4: this program was built without the rust-bert engine
    hint: build it with the feature `rust-bert` (CONTRIBUTING.md says how), or take the engine native
    "#);
    let models = crate::models().display().to_string();
    let embed = ["embed", "texts.txt", "--out", "x.npy", "--models", &models, "--engine", "rust-bert"];
    let embedded = scratch.emic(&embed);
    assert_eq!(embedded.status, 1);
    insta::assert_snapshot!(embedded.said, @"error: this program was built without the rust-bert engine; build it with the feature `rust-bert` (CONTRIBUTING.md says how), or take the engine native");
}

#[test]
fn the_native_engine_refuses_what_is_for_the_other() {
    let scratch = Scratch::new();
    scratch.write("texts.txt", "one\n").write("P01.txt", INTERVIEW);
    let models = crate::models().display().to_string();
    let embed = |more: &[&str]| {
        let done = scratch.emic(
            &[&["embed", "texts.txt", "--out", "x.npy", "--quiet", "--models", &models], more].concat(),
        );
        assert_eq!(done.status, 1);
        done.said.replace(&models, "MODELS")
    };
    insta::assert_snapshot!(embed(&["--device", "cuda:0"]), @"error: the native engine does not compute on cuda:0; take the device cpu, or the engine rust-bert");
    insta::assert_snapshot!(embed(&["--precision", "bf16"]), @"error: the native engine does not compute in bf16; it computes in int8 and f32");
    let check = |embed: &str| {
        scratch.write("study.toml", format!("[corpus]\ntranscripts = [\"P01.txt\"]\n[embed]\n{embed}\n"));
        let done = scratch.emic(&["check", "study.toml"]);
        assert_eq!(done.status, 1);
        done.said
    };
    insta::assert_snapshot!(check("device = \"cuda:0\""), @r"
    error: study.toml:4: the native engine does not compute on cuda:0
    hint: take the device cpu, or the engine rust-bert
    ");
    insta::assert_snapshot!(check("device = \"gpu\""), @r#"
    error: study.toml:4: unknown device `gpu`
    hint: "cpu", or "cuda:0" for the first graphics card
    "#);
    insta::assert_snapshot!(check("engine = \"rustbert\""), @r#"
    error: study.toml:4: unknown value `rustbert`
    hint: did you mean `rust-bert`?
    "#);
}

#[cfg(feature = "rust-bert")]
mod with_libtorch {
    use std::fs::File;
    use std::process::Command;

    use sentence_encoder::read_npy;

    use super::{INTERVIEW, STUDY};
    use crate::scratch::Scratch;
    use crate::{MODEL, models};

    #[test]
    fn the_program_starts_in_an_empty_environment() {
        let scratch = Scratch::new();
        scratch.write("texts.txt", "I have sixty families.\n\nMm-hm.\n");
        let done = Command::new(env!("CARGO_BIN_EXE_emic"))
            .args(["embed", "texts.txt", "--out", "x.npy", "--quiet", "--engine", "rust-bert", "--models"])
            .arg(models())
            .current_dir(scratch.path(""))
            .env_clear()
            .output()
            .expect("the program starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let vectors = read_npy(File::open(scratch.path("x.npy")).expect("the file")).expect("an npy file");
        assert_eq!(vectors.dim(), (3, MODEL.width));
    }

    #[test]
    fn the_record_of_a_run_names_the_engine() {
        let scratch = Scratch::new();
        scratch.write("study.toml", STUDY).write("P01.txt", INTERVIEW);
        let done = scratch.run("study.toml", &[]);
        assert!([0, 2].contains(&done.status), "{}", done.said);
        let record = std::fs::read(scratch.path("out/run.json")).expect("run.json");
        let record: serde_json::Value = serde_json::from_slice(&record).expect("JSON");
        assert_eq!(record["model"]["engine"], "rust-bert");
        assert_eq!(record["settings"]["embed.device"], "cpu");
    }
}
