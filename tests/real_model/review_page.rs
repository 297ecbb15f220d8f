//! A run is coded on its page by somebody who knows what the writers of the demo had in mind, and taken back.

use std::collections::{BTreeMap, BTreeSet};

use emic::results::SegmentIndex;
use serde_json::{Value, json};

use crate::review::{BARRIERS, demo, gold, said};
use crate::scratch::{Scratch, Table, project};

/// What Ana saves on the page of the run: the whole sample, and of the segments beside it one label rejected and one theme added.
fn saved_by_ana(scratch: &Scratch, gold: &BTreeMap<String, BTreeSet<String>>) -> (Value, String, String) {
    let opened = emic::record::open_run(&scratch.path("out")).expect("a finished run");
    let sample = emic::review::page_sample_again(&opened).expect("a sample");
    let about = |index: SegmentIndex| {
        let segment = &opened.run.segments[index.get()];
        let transcript = &opened.run.corpus.transcripts[segment.passage.transcript.get()];
        (segment.id.clone(), transcript.id.clone(), segment.passage.text.clone())
    };
    let mut answers: Vec<Value> = Vec::new();
    for (row, &index) in (1..).zip(&sample.segments) {
        let (id, transcript, text) = about(index);
        let themes: BTreeMap<&str, bool> =
            BARRIERS.iter().map(|theme| (*theme, gold[&*id].contains(*theme))).collect();
        answers.push(json!({"segment_id": id, "transcript_id": transcript, "text": text, "way": "sample", "row": row,
            "themes": themes, "other": [], "memo": if row == 1 { "Ask again." } else { "" }, "paper": false, "order": row}));
    }
    let beside = |carries: bool| {
        let carried = |index: SegmentIndex| {
            opened.run.labels.iter().any(|label| label.segment == index && label.theme.get() == 0) == carries
        };
        let index = (0..opened.run.segments.len())
            .map(SegmentIndex::new)
            .find(|index| !sample.segments.contains(index) && carried(*index))
            .expect("a segment beside the sample");
        about(index)
    };
    let theme = &opened.run.themes[0].name;
    let (rejected, added) = (beside(true), beside(false));
    for (order, (id, transcript, text), applies) in [(200, &rejected, false), (201, &added, true)] {
        answers.push(
            json!({"segment_id": id, "transcript_id": transcript, "text": text, "way": "theme", "row": null,
            "themes": {theme: applies}, "other": ["tea"], "memo": "", "paper": applies, "order": order}),
        );
    }
    let file = json!({"emic_review": 1, "program": "Emic", "run": "00aa00aa00aa00aa", "study": "Demo", "coder": "Ana",
        "sample": {"key": sample.key, "segments": sample.segments.len(), "of": sample.of}, "answers": answers});
    (file, rejected.0.to_string(), added.0.to_string())
}

#[test]
fn what_was_said_on_the_page_is_taken_back() {
    let scratch = demo();
    let gold = gold(&scratch);
    let (file, rejected, added) = saved_by_ana(&scratch, &gold);
    scratch.write("emic-review-Ana.json", file.to_string());
    let taken = scratch.emic(&["review", "import", "out", "emic-review-Ana.json"]);
    assert_eq!(taken.status, 0, "{}", taken.said);
    insta::assert_snapshot!(said(&taken), @r"
    100 coded rows were taken:
      sample 1, Ana: 100 of 100 segments

      theme             yes  of
      knowledge gaps      9  100
      missing services    5  100
      political risk      8  100
      workload           14  100

    Ana: 2 decisions about labels of 2 segments, not drawn by chance and kept apart.

    3 notes, and 1 quote marked for the paper.

    Codes     out/review/codes.csv
    The next `emic run` uses them.
    ");

    let study = project().join("data/demo/study.toml").display().to_string();
    let done = scratch.run(&study, &["--out", &scratch.path("out").display().to_string()]);
    assert_eq!(done.status, 0, "{}", done.said);
    let count = |table: &Table, column: &str| -> u64 {
        table.columns([column]).iter().map(|[cell]| cell.parse::<u64>().expect("a number")).sum()
    };
    let agreement = scratch.table("out/tables/agreement.csv");
    let all = agreement.columns(["theme", "rater_a", "rater_b", "decisions"]);
    assert!(all.contains(&["(all)", "Ana", "(machine)", "400"]), "{all:?}");
    let calibration = scratch.table("out/tables/calibration.csv");
    assert_eq!(count(&calibration, "decisions"), 400);
    assert_eq!(count(&scratch.table("out/tables/learned.csv"), "coded"), 400);
    let theme = scratch.table("out/tables/themes.csv").columns(["theme"])[0][0].to_owned();
    let labels = scratch.table("out/tables/labels.csv");
    let of = |id: &str| -> Vec<&str> {
        let labels = labels.columns(["segment_id", "theme", "source"]);
        let ours = labels.into_iter().filter(|[segment, name, _]| *segment == id && *name == theme);
        ours.map(|[.., source]| source).collect()
    };
    assert_eq!((of(&rejected), of(&added)), (vec![], vec!["Ana"]));
    let notes = scratch.table("out/tables/notes.csv");
    let kinds: Vec<&str> = notes.columns(["kind"]).into_iter().map(|[kind]| kind).collect();
    assert_eq!(
        ["memo", "other theme", "paper"].map(|kind| kinds.iter().filter(|one| **one == kind).count()),
        [1, 2, 1]
    );
    let paper = std::fs::read_to_string(scratch.path("out/paper.md")).expect("a paper");
    let quotes = paper.split("## Quotes marked for the paper").nth(1).expect("marked quotes");
    let [text] = notes
        .columns(["kind", "text"])
        .into_iter()
        .filter(|[kind, _]| *kind == "paper")
        .map(|[_, text]| text)
        .collect::<Vec<_>>()[..]
    else {
        panic!("one mark")
    };
    assert!(quotes.contains(text.lines().next().expect("a line")), "{quotes}");
    assert!(paper.contains("decided on labels of 2 segments"), "{paper}");
}
