//! Studies that a program makes, from end to end: with the random model, whose labels mean nothing.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::results::{NoProgress, Seed};
use crate::study::StudyBuilder;
use sentence_encoder::{NativeEncoder, Precision, RandomModel, write_random_model};
use transcripts::{Role, Transcript, Turn};

fn encoder() -> NativeEncoder {
    let folder = tempfile::tempdir().unwrap();
    // Its tokens are letters; no answer is longer.
    let model = RandomModel { token_limit: 128, ..RandomModel::TINY };
    write_random_model(folder.path(), &model).unwrap();
    NativeEncoder::load(folder.path(), Precision::Int8).unwrap()
}

fn interviews() -> Vec<Transcript> {
    let answers = [
        "I have sixty families and one morning a week.",
        "My colleagues help, we eat together on Fridays.",
        "Nobody reads what we write down in the evening.",
        "The families know me, and that takes years.",
    ];
    let interview = |number: usize| {
        let id = format!("P{number:02}");
        let turns = answers.iter().enumerate().map(|(index, answer)| {
            Turn::new(Role::Participant, id.clone(), format!("{answer} {}", answers[(index + number) % 4]))
        });
        Transcript::new(id.clone(), turns).with_attribute("team", ["north", "south"][number % 2])
    };
    (1..=8).map(interview).collect()
}

fn study() -> StudyBuilder {
    let seeds = [Seed::new("workload", "Too many families."), Seed::new("colleagues", "Help from others.")];
    Study::builder().transcripts(interviews()).codebook(seeds).groups(["team"]).language("en")
}

#[test]
fn a_study_in_memory_finds_what_one_with_an_output_folder_finds() {
    let encoder = encoder();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let alone = run(&study().build().unwrap(), &encoder, &NoProgress).unwrap();
    let kept = run(&study().output(&out, &[]).build().unwrap(), &encoder, &NoProgress).unwrap();
    assert!(out.join("cache/clusters.bin").is_file() && out.join("cache/cuts.bin").is_file());
    assert_eq!(alone.segments.len(), 32);
    assert_eq!((alone.scores, alone.labels, alone.comparisons), (kept.scores, kept.labels, kept.comparisons));
    assert_eq!(alone.themes[0].name, "workload");
}

#[test]
fn a_study_in_memory_can_be_written() {
    let encoder = encoder();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let study = study().output(&out, &[]).build().unwrap();
    let inputs = Inputs::of(&study).unwrap();
    let cached = crate::embed::CachedEncoder::new(&encoder, &out);
    let mut findings = run(&study, &cached, &NoProgress).unwrap();
    let (made, _) = cached.finish();
    write(&study, &inputs, &made, &mut findings, Withdrawn::default(), &NoProgress).unwrap();
    let opened = crate::record::open_run(&out).unwrap();
    assert_eq!(opened.manifest.study.file, None);
    assert_eq!(opened.run.labels, findings.labels);
}

#[test]
fn a_study_without_an_output_folder_is_not_written() {
    let encoder = encoder();
    let study = study().build().unwrap();
    let mut findings = run(&study, &encoder, &NoProgress).unwrap();
    let inputs = Inputs::of(&study).unwrap();
    let (made, _) = crate::embed::CachedEncoder::new(&encoder, Path::new("")).finish();
    let error = write(&study, &inputs, &made, &mut findings, Withdrawn::default(), &NoProgress).unwrap_err();
    assert_eq!(error.to_string(), "the study has no output folder");
}

/// Is cancelled as soon as a stage has begun.
struct CancelIn {
    stage: Stage,
    begun: AtomicBool,
}

impl Progress for CancelIn {
    fn begin(&self, stage: Stage, _steps: u64) {
        if stage == self.stage {
            self.begun.store(true, Ordering::Relaxed);
        }
    }

    fn advance(&self, _steps: u64) {}

    fn end(&self) {}

    fn is_cancelled(&self) -> bool {
        self.begun.load(Ordering::Relaxed)
    }
}

/// All files of a folder with their bytes, in order.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push((path.clone(), std::fs::read(path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_run_is_cancelled_in_every_stage_and_leaves_no_results() {
    let encoder = encoder();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let written = interviews().into_iter().fold(Study::builder(), |study, interview| {
        let lines: Vec<String> =
            interview.turns.iter().map(|turn| format!("{}: {}", turn.speaker, turn.text)).collect();
        study.file_in_memory(format!("{}.txt", interview.id), lines.join("\n"))
    });
    let written = written.codebook([Seed::new("workload", "Too many families.")]).language("en");
    let study = written.output(&out, &[]).build().unwrap();
    let done = |progress: &dyn Progress| -> Result<(), String> {
        let inputs = Inputs::of(&study).unwrap();
        let cached = crate::embed::CachedEncoder::new(&encoder, &out);
        let findings = match run(&study, &cached, progress) {
            Err(PipelineError::Cancelled) => return Err("run".to_owned()),
            found => &mut found.unwrap(),
        };
        let (made, _) = cached.finish();
        match write(&study, &inputs, &made, findings, Withdrawn::default(), progress) {
            Err(WriteError::Cancelled) => Err("write".to_owned()),
            written => {
                written.unwrap();
                Ok(())
            }
        }
    };
    let stages = [
        (Stage::Read, "run"),
        (Stage::Segment, "run"),
        (Stage::Embed, "run"),
        (Stage::Cluster, "run"),
        (Stage::Stability, "run"),
        (Stage::Theme, "run"),
        (Stage::Write, "write"),
        (Stage::Page, "write"),
    ];
    for (stage, ended) in stages {
        assert_eq!(
            done(&CancelIn { stage, begun: AtomicBool::new(false) }),
            Err(ended.to_owned()),
            "{stage:?}"
        );
        assert!(
            files(folder.path()).iter().all(|(path, _)| path.starts_with(out.join("cache"))),
            "{stage:?}"
        );
    }
    done(&NoProgress).unwrap();
    let whole = files(&out);
    for (stage, ended) in stages {
        // Clusters are those of the run before, so that these stages do not begin.
        if matches!(stage, Stage::Cluster | Stage::Stability) {
            continue;
        }
        assert_eq!(
            done(&CancelIn { stage, begun: AtomicBool::new(false) }),
            Err(ended.to_owned()),
            "{stage:?}"
        );
        assert!(files(&out) == whole, "{stage:?}: results and caches stay as they were");
    }
}
