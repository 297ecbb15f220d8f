//! The demo study: the four barriers come back as they were written in, and the two themes that nobody named come up.

use std::collections::{BTreeMap, BTreeSet};

use crate::scratch::{Scratch, Table, project};

type Turn = (String, String);

/// The turns of each code that the writers had in mind.
fn gold() -> BTreeMap<String, BTreeSet<Turn>> {
    let mut gold: BTreeMap<String, BTreeSet<Turn>> = BTreeMap::new();
    let table = Table::read(&project().join("data/demo/gold.csv"));
    for [transcript, turn, codes] in table.columns(["transcript_id", "turn_index", "codes"]) {
        for code in codes.split('|').filter(|code| !code.is_empty()) {
            gold.entry(code.to_owned()).or_default().insert((transcript.to_owned(), turn.to_owned()));
        }
    }
    gold
}

/// The turns that a run labelled with each theme.
fn found(scratch: &Scratch) -> BTreeMap<String, BTreeSet<Turn>> {
    let segments = scratch.table("out/tables/segments.csv");
    let turns: BTreeMap<&str, Turn> = segments
        .columns(["segment_id", "transcript_id", "first_turn"])
        .into_iter()
        .map(|[segment, transcript, turn]| (segment, (transcript.to_owned(), turn.to_owned())))
        .collect();
    let mut found: BTreeMap<String, BTreeSet<Turn>> = BTreeMap::new();
    for [segment, theme] in scratch.table("out/tables/labels.csv").columns(["segment_id", "theme"]) {
        found.entry(theme.to_owned()).or_default().insert(turns[segment].clone());
    }
    found
}

fn f1(truth: &BTreeSet<Turn>, given: &BTreeSet<Turn>) -> f64 {
    2.0 * truth.intersection(given).count() as f64 / (truth.len() + given.len()) as f64
}

#[test]
fn the_barriers_are_recovered_and_the_unnamed_themes_emerge() {
    let scratch = Scratch::new();
    let study = project().join("data/demo/study.toml").display().to_string();
    let out = scratch.path("out").display().to_string();
    let done = scratch.run(&study, &["--out", &out]);
    assert_eq!(done.status, 0, "{}", done.said);

    let (gold, found) = (gold(), found(&scratch));
    let barriers = ["knowledge gaps", "workload", "missing services", "political risk"];
    for barrier in barriers {
        let reached = f1(&gold[barrier], &found[barrier]);
        println!("{barrier}: F1 {reached:.2}");
        assert!(reached >= 0.6, "{barrier}: F1 {reached:.2}");
    }

    let themes = scratch.table("out/tables/themes.csv");
    let emergent: Vec<&str> = themes
        .columns(["theme", "kind"])
        .into_iter()
        .filter_map(|[theme, kind]| (kind == "emergent").then_some(theme))
        .collect();
    for unnamed in ["carrying it home", "the recording system"] {
        let score = |theme: &&str| f1(&gold[unnamed], &found[*theme]);
        let best =
            emergent.iter().copied().max_by(|a, b| score(a).total_cmp(&score(b))).expect("themes emerged");
        println!("{unnamed}: F1 {:.2} as `{best}`", score(&best));
        assert!(score(&best) >= 0.4, "{unnamed}: best is `{best}` with F1 {:.2}", score(&best));
    }
}
