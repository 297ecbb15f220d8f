//! What corrected shares promise on any input.

use proptest::prelude::*;
use transcripts::text::counted;

use super::super::prevalence::tests::study;
use super::*;
use crate::results::Coding;

/// Sheets of coders, who were asked about one theme, each with the chance of its segments.
fn codings(sheets: &[&[Option<bool>]], chance: impl Fn(usize) -> f64) -> Codings {
    let mut rows = Vec::new();
    for segment in 0..sheets.first().map_or(0, |sheet| sheet.len()) {
        for (coder, sheet) in sheets.iter().enumerate() {
            if let Some(applies) = sheet[segment] {
                let themes = vec![Some(applies)];
                rows.push(Coding { segment: segment.into(), coder, probability: chance(segment), themes });
            }
        }
    }
    Codings {
        coders: (0..sheets.len()).map(|coder| format!("coder {coder}")).collect(),
        rows,
        ..Codings::default()
    }
}

/// Interviews of 10 segments; a code for every third of those of the coded groups, given by `says`.
fn simple(
    groups: &[&str],
    coded: &[&str],
    says: impl Fn(usize) -> bool,
    labels: impl Fn(usize) -> bool + Sync,
) -> Corrected {
    let (transcripts, _) = study(&groups.iter().map(|&group| (group, 0)).collect::<Vec<_>>());
    let transcript_of: Vec<TranscriptIndex> =
        (0..groups.len() * 10).map(|segment| (segment / 10).into()).collect();
    let sheet: Vec<Option<bool>> = (0..transcript_of.len())
        .map(|segment| (segment % 3 == 0 && coded.contains(&groups[segment / 10])).then(|| says(segment)))
        .collect();
    let codings = codings(&[&sheet], |_| 1.0 / 3.0);
    let labels = |segment: SegmentIndex, _: ThemeIndex| f64::from(u8::from(labels(segment.get())));
    let sample =
        HumanSample { codings: &codings, machine: &labels, transcript_of: &transcript_of, themes: 1 };
    corrected(&transcripts, &sample, &["country".to_owned()])
}

fn show(found: &Corrected) -> String {
    let number = |value: Option<f64>| value.map_or("none".to_owned(), |value| format!("{value:.3}"));
    let ends = |ends: Option<Interval>| {
        ends.map_or("none".to_owned(), |Interval { low, high }| format!("({low:.3}, {high:.3})"))
    };
    let shares = found.prevalence.iter().map(|row| {
        let (corrected, bias) = (number(row.corrected), number(row.bias));
        format!(
            "{}: {} coded of {}, machine {:.3}, corrected {corrected} {}, trust {:.3}, bias {bias}, more {:?}",
            row.group, row.coded, counted(row.interviews_coded as usize, "interview", "interviews"), row.machine, ends(row.interval), row.lambda, row.additional_sample_size
        )
    });
    let contrasts = found.contrasts.iter().map(|row| {
        let (corrected, p_value) = (number(row.corrected), number(row.p_value));
        format!(
            "{} − {}: machine {:.3}, corrected {corrected} {}, p {p_value}, more {:?}",
            row.group_a,
            row.group_b,
            row.machine,
            ends(row.interval),
            row.additional_sample_size
        )
    });
    let problems = found.problems.iter().map(ToString::to_string);
    shares.chain(contrasts).chain(problems).collect::<Vec<_>>().join("\n")
}

#[test]
fn labels_that_are_wrong_in_one_group_alone_are_mended() {
    let groups = ["A"; 12].into_iter().chain(["B"; 12]).collect::<Vec<_>>();
    // People say it of .15 everywhere; the machine finds all of that in A, and two thirds of it in B.
    let says = |segment: usize| segment % 10 == 4 || (segment % 10 == 2 && segment % 20 > 10);
    let labels = |segment: usize| says(segment) && (segment < 120 || segment.is_multiple_of(4));
    insta::assert_snapshot!(show(&simple(&groups, &["A", "B"], says, labels)), @r"
    (all): 80 coded of 24 interviews, machine 0.125, corrected 0.150 (0.113, 0.197), trust 0.971, bias -0.025, more Some(115)
    A: 40 coded of 12 interviews, machine 0.150, corrected 0.150 (0.097, 0.224), trust 0.971, bias 0.000, more Some(80)
    B: 40 coded of 12 interviews, machine 0.100, corrected 0.150 (0.081, 0.262), trust 0.971, bias -0.050, more Some(55)
    A − B: machine 0.050, corrected -0.000 (-0.124, 0.101), p 1.000, more Some(134)
    ");
}

#[test]
fn groups_that_nobody_coded_are_not_corrected() {
    let groups = ["Chile", "Chile", "Chile", "Malta", "Malta", "Peru", "Peru", "Peru"];
    let found = simple(&groups, &["Chile", "Peru"], |segment| segment % 6 == 0, |segment| segment % 4 == 0);
    insta::assert_snapshot!(show(&found), @r"
    (all): 20 coded of 6 interviews, machine 0.250, corrected 0.500 (0.296, 0.704), trust 0.667, bias -0.250, more Some(25)
    Chile: 10 coded of 3 interviews, machine 0.267, corrected 0.478 (0.106, 0.874), trust 0.667, bias -0.211, more Some(13)
    Malta: 0 coded of 0 interviews, machine 0.250, corrected none none, trust 0.667, bias none, more None
    Peru: 10 coded of 3 interviews, machine 0.233, corrected 0.522 (0.126, 0.898), trust 0.667, bias -0.289, more Some(12)
    Chile − Malta: machine 0.017, corrected none none, p none, more None
    Chile − Peru: machine 0.033, corrected -0.044 (-0.573, 0.516), p 0.819, more Some(24)
    Malta − Peru: machine 0.017, corrected none none, p none, more None
    Chile − (all others): machine 0.027, corrected -0.049 (-0.555, 0.494), p 0.808, more Some(26)
    Malta − (all others): machine 0.000, corrected none none, p none, more None
    Peru − (all others): machine -0.027, corrected 0.049 (-0.488, 0.553), p 0.807, more Some(26)
    note: review: Nobody coded a segment of `Malta` (`country`): their shares are not corrected. (Draw a further sample, or code the rest of the sheet.)
    ");
}

#[test]
fn what_nobody_found_may_be_there() {
    let groups = ["A", "A", "A", "A", "A", "A", "B"];
    insta::assert_snapshot!(show(&simple(&groups, &["A", "B"], |_| false, |_| false)), @r"
    (all): 24 coded of 7 interviews, machine 0.000, corrected 0.000 (0.000, 0.236), trust 0.000, bias 0.000, more Some(46)
    A: 20 coded of 6 interviews, machine 0.000, corrected 0.000 (0.000, 0.272), trust 0.000, bias 0.000, more Some(40)
    B: 4 coded of 1 interview, machine 0.000, corrected 0.000 (0.000, 0.975), trust 0.000, bias 0.000, more None
    A − B: machine 0.000, corrected 0.000 (-0.975, 0.272), p 1.000, more None
    ");
    insta::assert_snapshot!(show(&simple(&groups, &["A", "B"], |_| true, |segment| segment % 20 < 10)), @r"
    (all): 24 coded of 7 interviews, machine 0.571, corrected 1.000 (0.764, 1.000), trust 0.000, bias -0.429, more Some(46)
    A: 20 coded of 6 interviews, machine 0.500, corrected 1.000 (0.728, 1.000), trust 0.000, bias -0.500, more Some(40)
    B: 4 coded of 1 interview, machine 1.000, corrected 1.000 (0.025, 1.000), trust 0.000, bias 0.000, more None
    A − B: machine -0.500, corrected 0.000 (-0.272, 0.975), p 1.000, more None
    ");
}

#[test]
fn nothing_coded_corrects_nothing() {
    assert_eq!(simple(&["A", "B"], &[], |_| true, |_| true), Corrected::default());
    let (codings, labels) = (Codings::default(), |_: SegmentIndex, _: ThemeIndex| 1.0);
    let sample = HumanSample { codings: &codings, machine: &labels, transcript_of: &[], themes: 0 };
    assert_eq!(corrected(&[], &sample, &["country".to_owned()]), Corrected::default());
}

proptest! {
    #[test]
    fn any_sample_gives_shares_with_width(
        rows in prop::collection::vec((0_usize..45, 0_usize..2, 0.0_f64..1.2, prop::collection::vec(any::<Option<bool>>(), 0..3)), 0..60),
        machine in prop::collection::vec(prop::sample::select(vec![0.0, 0.0, 1.0, 0.3, f64::NAN, 7.0]), 80),
        transcript_of in prop::collection::vec((0_usize..8).prop_map(TranscriptIndex::new), 40),
    ) {
        let mut rows: Vec<Coding> = rows
            .into_iter()
            .map(|(segment, coder, probability, themes)| Coding { segment: segment.into(), coder, probability, themes })
            .collect();
        rows.sort_by_key(|row| (row.segment, row.coder));
        rows.dedup_by_key(|row| (row.segment, row.coder));
        let codings = Codings { coders: vec!["a".into(), "b".into()], rows, ..Codings::default() };
        let labels = |segment: SegmentIndex, theme: ThemeIndex| machine[segment.get() * 2 + theme.get()];
        let sample = HumanSample { codings: &codings, machine: &labels, transcript_of: &transcript_of, themes: 2 };
        let (transcripts, _) = study(&["A", "A", "B", "B", "B", "C", ""].map(|group| (group, 0)));
        let found = corrected(&transcripts, &sample, &["country".to_owned()]);
        for row in &found.prevalence {
            prop_assert!((0.0..=1.0).contains(&row.lambda) && (0.0..=1.0).contains(&row.machine));
            prop_assert_eq!(row.coded == 0, row.corrected.is_none());
            let (Some(share), Some(Interval { low, high })) = (row.corrected, row.interval) else { continue };
            prop_assert!(0.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0, "{row:?}");
            prop_assert!(high - low > 1e-6, "{row:?}");
        }
        for row in &found.contrasts {
            let (Some(share), Some(Interval { low, high })) = (row.corrected, row.interval) else { continue };
            prop_assert!(-1.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0, "{row:?}");
            let p_value = row.p_value.unwrap();
            prop_assert!(p_value > 0.0 && p_value <= 1.0 && row.p_adjusted.unwrap() >= p_value - 1e-12);
            prop_assert_eq!(p_value < 0.05 - 1e-6, low > 1e-9 || high < -1e-9, "{:?}", row);
        }
    }
}
