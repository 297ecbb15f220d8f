//! A run is sampled, coded in sheets by somebody who knows what the writers of the demo had in mind, and taken back.

use std::collections::{BTreeMap, BTreeSet};

use crate::scratch::{Done, Scratch, Table, project};

pub(crate) const BARRIERS: [&str; 4] = ["knowledge gaps", "workload", "missing services", "political risk"];

/// The demo study, run.
pub(crate) fn demo() -> Scratch {
    let scratch = Scratch::new();
    let study = project().join("data/demo/study.toml").display().to_string();
    let done = scratch.run(&study, &["--out", &scratch.path("out").display().to_string()]);
    assert_eq!(done.status, 0, "{}", done.said);
    scratch
}

/// The codes of each segment's first turn.
pub(crate) fn gold(scratch: &Scratch) -> BTreeMap<String, BTreeSet<String>> {
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

pub(crate) fn said(done: &Done) -> &str {
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
    // What follows is drawn from what nobody has coded, and says so of the rest.
    let next = scratch.emic(&["review", "sample", "out", "--next", "--segments", "20", "--coders", "Ana"]);
    assert_eq!(next.status, 0, "{}", next.said);
    let coded: BTreeSet<&str> = codes.columns(["segment_id"]).into_iter().map(|[id]| id).collect();
    let sheet = scratch.table("out/review/sample-3/codes-Ana.csv");
    let asked = sheet.columns(["segment_id"]);
    assert_eq!(asked.len(), 20);
    assert!(asked.iter().all(|[id]| !coded.contains(id)));
    for [id, probability, drawn] in
        scratch.table("out/review/sample-3/design.csv").columns(["segment_id", "probability", "drawn"])
    {
        assert!(!coded.contains(id) || (probability, drawn) == ("1", "0"), "{id}");
    }
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
        // Not only where it foretells the codes clearly worse.
        assert_eq!(learned == "true", 60.0 * (loss(after) - loss(before)) <= 3.0, "{theme}");
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
