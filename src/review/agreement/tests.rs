//! Which rows of agreement and disagreement there are, and what they promise on any input.

use interview_stats::agreement::COEFFICIENTS;
use interview_stats::{Estimate, Interval};
use proptest::prelude::*;

use super::*;
use crate::results::Coding;

/// Sheets of several coders, a list of answers for each theme, as codings with one chance for all.
fn codings(answers: &[Vec<Vec<Option<bool>>>], probability: f64) -> Codings {
    let (coders, segments) = (answers[0].len(), answers[0][0].len());
    let mut rows = Vec::new();
    for segment in 0..segments {
        for coder in 0..coders {
            let themes: Vec<Option<bool>> = answers.iter().map(|theme| theme[coder][segment]).collect();
            if themes.iter().any(Option::is_some) {
                rows.push(Coding { segment: segment.into(), coder, probability, themes });
            }
        }
    }
    Codings {
        coders: (0..coders).map(|coder| format!("coder {coder}")).collect(),
        rows,
        ..Codings::default()
    }
}

/// The themes of each segment.
fn themes<const SEGMENTS: usize>(of_segments: [&[usize]; SEGMENTS]) -> [Vec<ThemeIndex>; SEGMENTS] {
    of_segments.map(|themes| themes.iter().copied().map(ThemeIndex::new).collect())
}

#[test]
fn rows_are_by_raters_and_then_by_theme() {
    let [yes, no, none] = [Some(true), Some(false), None];
    // The first theme is coded by three, the second by two on one segment each, the third by nobody.
    let codings = codings(
        &[
            vec![vec![yes, no, yes], vec![yes, yes, yes], vec![none, no, no]],
            vec![vec![yes, none, none], vec![none, yes, none], vec![none; 3]],
            vec![vec![none; 3], vec![none; 3], vec![none; 3]],
        ],
        0.5,
    );
    let machine = themes([&[0], &[0, 1], &[]]);
    let transcript_of = [0, 0, 1].map(TranscriptIndex::new);
    let shown: Vec<String> = agreement(&codings, &machine, &transcript_of, 3)
        .iter()
        .map(|row| {
            let theme = row.theme.map_or("all".to_owned(), |theme| theme.get().to_string());
            let found = row.coefficients;
            format!("{:?}, {theme}: {:.3} of {}", row.raters, found.percent.value, found.decisions)
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    Pair(Coder(0), Coder(1)), all: 0.667 of 3
    Pair(Coder(0), Coder(1)), 0: 0.667 of 3
    Pair(Coder(0), Coder(2)), all: 0.500 of 2
    Pair(Coder(0), Coder(2)), 0: 0.500 of 2
    Pair(Coder(1), Coder(2)), all: 0.000 of 2
    Pair(Coder(1), Coder(2)), 0: 0.000 of 2
    Pair(Coder(0), Machine), all: 0.250 of 4
    Pair(Coder(0), Machine), 0: 0.333 of 3
    Pair(Coder(0), Machine), 1: 0.000 of 1
    Pair(Coder(1), Machine), all: 0.750 of 4
    Pair(Coder(1), Machine), 0: 0.667 of 3
    Pair(Coder(1), Machine), 1: 1.000 of 1
    Pair(Coder(2), Machine), all: 0.500 of 2
    Pair(Coder(2), Machine), 0: 0.500 of 2
    AllCoders, all: 0.556 of 3
    AllCoders, 0: 0.556 of 3
    ");
}

#[test]
fn disagreements_among_coders_come_first_and_theme_by_theme() {
    let says = |answers: &str| {
        let one = |letter| match letter {
            'y' => Some(true),
            'n' => Some(false),
            _ => None,
        };
        answers.chars().map(one).collect::<Vec<_>>()
    };
    let codings = codings(
        &[vec![says("yynn"), says("ynn-"), says("yynn")], vec![says("yyyn"), says("nnyn"), says("y--n")]],
        1.0,
    );
    let machine = themes([&[0], &[0], &[0, 1], &[1]]);
    let transcript_of = [0, 0, 1, 1].map(TranscriptIndex::new);
    let name = |rater: &Rater| match rater {
        Rater::Coder(coder) => coder.to_string(),
        Rater::Machine => "machine".to_owned(),
    };
    let names = |raters: &[Rater]| raters.iter().map(name).collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = disagreements(&codings, &machine, &transcript_of, 2)
        .iter()
        .map(|one| {
            format!(
                "theme {} in {}: yes {}, no {}",
                one.theme.get(),
                one.segment.get(),
                names(&one.yes),
                names(&one.no)
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    theme 1 in 0: yes 0 2, no 1 machine
    theme 1 in 1: yes 0, no 1 machine
    theme 0 in 1: yes 0 2 machine, no 1
    theme 0 in 2: yes machine, no 0 1 2
    theme 1 in 3: yes machine, no 0 1 2
    ");
}

proptest! {
    #[test]
    fn any_codes_give_numbers_in_range(
        rows in prop::collection::vec((0_usize..14, 0_usize..4, 0.0_f64..1.2, prop::collection::vec(any::<Option<bool>>(), 0..3)), 0..60),
        machine in prop::collection::vec(prop::collection::btree_set((0_usize..3).prop_map(ThemeIndex::new), 0..3), 12),
        transcript_of in prop::collection::vec((0_usize..5).prop_map(TranscriptIndex::new), 12),
    ) {
        let mut rows: Vec<Coding> = rows
            .into_iter()
            .map(|(segment, coder, probability, themes)| Coding { segment: segment.into(), coder, probability, themes })
            .collect();
        rows.sort_by_key(|row| (row.segment, row.coder));
        rows.dedup_by_key(|row| (row.segment, row.coder));
        let codings = Codings { coders: vec!["a".into(), "b".into(), "c".into()], rows, ..Codings::default() };
        let machine: Vec<Vec<ThemeIndex>> = machine.into_iter().map(|themes| themes.into_iter().collect()).collect();
        for row in agreement(&codings, &machine, &transcript_of, 3) {
            prop_assert!(row.coefficients.decisions >= row.coefficients.segments && row.coefficients.segments >= row.coefficients.interviews);
            for (name, of) in COEFFICIENTS {
                let Some(Estimate { value, interval: Interval { low, high } }) = of(&row.coefficients) else { continue };
                let least = if name == "percent" { 0.0 } else { -1.0 };
                prop_assert!(value >= least - 1e-9 && value <= 1.0 + 1e-9, "{name} {value}");
                prop_assert!(low >= least - 1e-9 && high <= 1.0 + 1e-9, "{name} {low} {high}");
                prop_assert!(low <= value + 1e-9 && value <= high + 1e-9, "{name} {low} {value} {high}");
                prop_assert!(high - low > 1e-6, "{name} {low} {value} {high}");
            }
        }
        for one in disagreements(&codings, &machine, &transcript_of, 3) {
            prop_assert!(!one.yes.is_empty() && !one.no.is_empty());
        }
    }
}
