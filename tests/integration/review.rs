//! A run is sampled, coded by somebody who knows what the writers of the demo had in mind, and taken back: as sheets, and on its page.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::scratch::{Done, Scratch, Table, project};

const BARRIERS: [&str; 4] = ["knowledge gaps", "workload", "missing services", "political risk"];

/// The demo study, run.
fn demo() -> Scratch {
    let scratch = Scratch::new();
    let study = project().join("data/demo/study.toml").display().to_string();
    let done = scratch.run(&study, &["--out", &scratch.path("out").display().to_string()]);
    assert_eq!(done.status, 0, "{}", done.said);
    scratch
}

/// The codes of each segment's first turn.
fn gold(scratch: &Scratch) -> BTreeMap<String, BTreeSet<String>> {
    let gold = Table::read(&project().join("data/demo/gold.csv"));
    let by_turn: BTreeMap<(String, String), BTreeSet<String>> = gold
        .columns(["transcript_id", "turn_index", "codes"])
        .into_iter()
        .map(|[transcript, turn, codes]| {
            let codes = codes.split('|').filter(|code| !code.is_empty()).map(str::to_owned).collect();
            ((transcript.to_owned(), turn.to_owned()), codes)
        })
        .collect();
    let segments = scratch.table("out/tables/segments.csv");
    let of = |[id, transcript, turn]: [&str; 3]| {
        let codes = by_turn.get(&(transcript.to_owned(), turn.to_owned())).cloned().unwrap_or_default();
        (id.to_owned(), codes)
    };
    segments.columns(["segment_id", "transcript_id", "first_turn"]).into_iter().map(of).collect()
}

/// Fills the first `rows` rows of a coder's sheet.
fn fill(scratch: &Scratch, coder: &str, rows: usize, gold: &BTreeMap<String, BTreeSet<String>>) -> String {
    let path = scratch.path(&format!("out/review/sample-1/codes-{coder}.csv"));
    let text = std::fs::read_to_string(path).expect("a sheet");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heading = reader.headers().expect("headings").clone();
    let place = |name: &str| heading.iter().position(|column| column == name).expect("a column");
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(&heading).expect("a row");
    for (number, record) in reader.records().enumerate() {
        let mut cells: Vec<String> = record.expect("a row").iter().map(str::to_owned).collect();
        if number < rows {
            let codes = gold.get(&cells[0]).expect("a segment of the run");
            for theme in BARRIERS.iter().filter(|theme| codes.contains(**theme)) {
                "x".clone_into(&mut cells[place(theme)]);
            }
            if BARRIERS.iter().all(|theme| !codes.contains(*theme)) {
                "x".clone_into(&mut cells[place("none of these")]);
            }
        }
        writer.write_record(&cells).expect("a row");
    }
    let name = format!("codes-{coder}.csv");
    scratch.write(&name, writer.into_inner().expect("written"));
    name
}

fn said(done: &Done) -> &str {
    &done.said
}

#[test]
fn a_sample_is_drawn_coded_and_taken_back() {
    let scratch = demo();
    let drawn = scratch.emic(&[
        "review",
        "sample",
        "out",
        "--segments",
        "60",
        "--coders",
        "Ana, Ben",
        "--both",
        "0.5",
    ]);
    assert_eq!(drawn.status, 0, "{}", drawn.said);
    assert!(drawn.said.contains("Sample 1: 60 of "), "{}", drawn.said);
    let gold = gold(&scratch);
    let design = scratch.table("out/review/sample-1/design.csv");
    let chances: BTreeMap<String, f64> = design
        .columns(["segment_id", "probability"])
        .into_iter()
        .map(|[id, chance]| (id.to_owned(), chance.parse().expect("a number")))
        .collect();
    assert_eq!(chances.len(), gold.len());
    assert!((chances.values().sum::<f64>() - 60.0).abs() < 1e-9);

    let (ana, ben) = (fill(&scratch, "Ana", 99, &gold), fill(&scratch, "Ben", 99, &gold));
    let taken = scratch.emic(&["review", "import", "out", &ana, &ben]);
    assert_eq!(taken.status, 0, "{}", taken.said);
    insta::assert_snapshot!(said(&taken).lines().take(3).collect::<Vec<_>>().join("\n"), @"
    90 coded rows were taken:
      sample 1, Ana: 45 of 45 segments
      sample 1, Ben: 45 of 45 segments
    ");
    let codes = scratch.table("out/review/codes.csv");
    let rows = codes.columns(["segment_id", "theme", "applies", "probability"]);
    assert_eq!(rows.len(), 90 * BARRIERS.len());
    for [id, theme, applies, probability] in rows {
        assert_eq!(applies == "1", gold[id].contains(theme), "{id} {theme}");
        assert!((probability.parse::<f64>().expect("a number") - chances[id]).abs() < 1e-12);
    }

    next_run(&scratch, &gold, &codes);

    // A sheet of somebody else's run, and one that nobody has coded.
    let again = scratch.emic(&["review", "sample", "out", "--width", "0.3"]);
    assert_eq!(again.status, 0, "{}", again.said);
    let blank = scratch.emic(&["review", "import", "out", "out/review/sample-2/codes-coder.xlsx"]);
    assert_eq!(blank.status, 1, "{}", blank.said);
    assert!(blank.said.contains("no row could be used"), "{}", blank.said);
    let nowhere = scratch.emic(&["review", "sample", "nowhere"]);
    assert_eq!(nowhere.status, 1);
    assert!(nowhere.said.contains("holds no finished run"), "{}", nowhere.said);
}

/// The run after: what people said stands under their names, the rest has learned, and both are held against each other.
fn next_run(scratch: &Scratch, gold: &BTreeMap<String, BTreeSet<String>>, codes: &Table) {
    let study = project().join("data/demo/study.toml").display().to_string();
    let out = scratch.path("out").display().to_string();
    let done = scratch.run(&study, &["--out", &out]);
    assert_eq!(done.status, 0, "{}", done.said);

    let coded: BTreeSet<&str> = codes.columns(["segment_id"]).into_iter().map(|[id]| id).collect();
    let labels = scratch.table("out/tables/labels.csv");
    let mut stands: BTreeSet<(&str, &str)> = BTreeSet::new();
    for [id, theme, source] in labels.columns(["segment_id", "theme", "source"]) {
        if coded.contains(id) && BARRIERS.contains(&theme) {
            assert!(["Ana", "Ben"].contains(&source), "{id} {theme} {source}");
            stands.insert((id, theme));
        }
    }
    let said: BTreeSet<(&str, &str)> = coded
        .iter()
        .flat_map(|id| gold[*id].iter().map(move |theme| (*id, theme.as_str())))
        .filter(|(_, theme)| BARRIERS.contains(theme))
        .collect();
    assert_eq!(stands, said);

    let learned = scratch.table("out/tables/learned.csv");
    for [theme, coded, before, after, learned] in
        learned.columns(["theme", "coded", "loss_before", "loss_after", "learned"])
    {
        let loss = |cell: &str| cell.parse::<f64>().expect("a number");
        assert_eq!(coded, "60", "{theme}");
        assert_eq!(learned == "true", loss(after) < loss(before), "{theme}");
    }
    let agreement = scratch.table("out/tables/agreement.csv");
    let pairs: BTreeSet<[&str; 2]> = agreement.columns(["rater_a", "rater_b"]).into_iter().collect();
    let pairs: Vec<String> = pairs.iter().map(|pair| pair.join(" and ")).collect();
    assert_eq!(pairs, ["Ana and (machine)", "Ana and Ben", "Ben and (machine)"]);
    let corrected = scratch.table("out/tables/corrected_prevalence.csv");
    let whole: Vec<[&str; 3]> = corrected.columns(["theme", "group", "coded"]);
    assert!(BARRIERS.iter().all(|theme| whole.contains(&[*theme, "(all)", "60"])), "{whole:?}");
    let paper = std::fs::read_to_string(scratch.path("out/paper.md")).expect("a paper");
    assert!(paper.contains("A random sample of 60 segments"), "{paper}");
}

/// What Ana saves on the page of the run: the whole sample, and of the segments beside it one label rejected and one theme added.
fn saved_by_ana(scratch: &Scratch, gold: &BTreeMap<String, BTreeSet<String>>) -> (Value, String, String) {
    let opened = emic::record::open_run(&scratch.path("out")).expect("a finished run");
    let sample = emic::review::page_sample_again(&opened).expect("a sample");
    let about = |place: usize| {
        let segment = &opened.run.segments[place];
        let transcript = &opened.run.corpus.transcripts[segment.passage.transcript.get()];
        (segment.id.clone(), transcript.id.clone(), segment.passage.text.clone())
    };
    let mut answers: Vec<Value> = Vec::new();
    for (row, &place) in (1..).zip(&sample.segments) {
        let (id, transcript, text) = about(place);
        let themes: BTreeMap<&str, bool> =
            BARRIERS.iter().map(|theme| (*theme, gold[&id].contains(*theme))).collect();
        answers.push(json!({"segment_id": id, "transcript_id": transcript, "text": text, "way": "sample", "row": row,
            "themes": themes, "other": [], "memo": if row == 1 { "Ask again." } else { "" }, "paper": false, "order": row}));
    }
    let beside = |carries: bool| {
        let carried = |place: usize| {
            opened.run.labels.iter().any(|label| label.segment == place && label.theme == 0) == carries
        };
        let place = (0..opened.run.segments.len())
            .find(|place| !sample.segments.contains(place) && carried(*place))
            .expect("a segment beside the sample");
        about(place)
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
    (file, rejected.0, added.0)
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
