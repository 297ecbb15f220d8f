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
    let is_label = |segment: SegmentIndex, _: ThemeIndex| labels(segment.get());
    let confidence = |segment: SegmentIndex, _: ThemeIndex| if labels(segment.get()) { 0.75 } else { 0.05 };
    let sample = HumanSample {
        codings: &codings,
        is_label: &is_label,
        confidence: &confidence,
        transcript_of: &transcript_of,
        themes: 1,
    };
    corrected(&transcripts, &sample, &["country".to_owned()], QuestionPlan::default())
}

fn show(found: &Corrected) -> String {
    let number = |value: Option<f64>| value.map_or("none".to_owned(), |value| format!("{value:.3}"));
    let ends = |Interval { low, high }: Interval| format!("({low:.3}, {high:.3})");
    let answer = |answer: Option<Answer>| {
        answer.map_or("none".to_owned(), |one| {
            format!("{} more {:?}", ends(one.interval), one.additional_sample_size)
        })
    };
    let difference = |answer: Option<DifferenceAnswer>| {
        answer.map_or("none".to_owned(), |one| {
            format!("{} p {:.3} more {:?}", ends(one.interval), one.p_value, one.additional_sample_size)
        })
    };
    let shares = found.prevalence.iter().map(|row| {
        let (corrected, bias) = (number(row.corrected), number(row.bias));
        format!(
            "{}: {} coded of {}, machine {:.3}, corrected {corrected}, these {}, like these {}, lambda {:.3}, bias {bias}",
            row.group, row.coded, counted(row.interviews_coded as usize, "interview", "interviews"), row.machine, answer(row.these), answer(row.like_these), row.lambda
        )
    });
    let contrasts = found.contrasts.iter().map(|row| {
        let corrected = number(row.corrected);
        format!(
            "{} − {}: machine {:.3}, corrected {corrected}, these {}, like these {}",
            row.group_a,
            row.group_b,
            row.machine,
            difference(row.these),
            difference(row.like_these)
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
    (all): 80 coded of 24 interviews, machine 0.125, corrected 0.150, these (0.120, 0.184) more Some(81), like these (0.094, 0.223) more None, lambda 1.388, bias -0.025
    A: 40 coded of 12 interviews, machine 0.150, corrected 0.150, these (0.118, 0.185) more Some(41), like these (0.077, 0.256) more None, lambda 1.388, bias 0.000
    B: 40 coded of 12 interviews, machine 0.100, corrected 0.150, these (0.095, 0.219) more Some(40), like these (0.073, 0.264) more None, lambda 1.388, bias -0.050
    A − B: machine 0.050, corrected 0.000, these (-0.076, 0.065) p 1.000 more Some(80), like these (-0.136, 0.131) p 1.000 more None
    ");
}

#[test]
fn groups_that_nobody_coded_are_not_corrected() {
    let groups = ["Chile", "Chile", "Chile", "Malta", "Malta", "Peru", "Peru", "Peru"];
    let found = simple(&groups, &["Chile", "Peru"], |segment| segment % 6 == 0, |segment| segment % 4 == 0);
    insta::assert_snapshot!(show(&found), @r"
    (all): 20 coded of 6 interviews, machine 0.250, corrected 0.500, these (0.359, 0.641) more Some(21), like these (0.322, 0.678) more None, lambda 0.952, bias -0.250
    Chile: 10 coded of 3 interviews, machine 0.267, corrected 0.478, these (0.241, 0.721) more Some(11), like these (0.207, 0.759) more None, lambda 0.952, bias -0.211
    Malta: 0 coded of 0 interviews, machine 0.250, corrected none, these none, like these none, lambda 0.952, bias none
    Peru: 10 coded of 3 interviews, machine 0.233, corrected 0.522, these (0.267, 0.769) more Some(10), like these (0.234, 0.799) more None, lambda 0.952, bias -0.289
    Chile − Malta: machine 0.017, corrected none, these none, like these none
    Chile − Peru: machine 0.033, corrected -0.044, these (-0.387, 0.308) p 0.897 more Some(20), like these (-0.431, 0.358) p 0.831 more None
    Malta − Peru: machine 0.017, corrected none, these none, like these none
    Chile − (all others): machine 0.027, corrected -0.049, these (-0.355, 0.266) p 0.834 more Some(21), like these (-0.400, 0.316) p 0.792 more None
    Malta − (all others): machine 0.000, corrected none, these none, like these none
    Peru − (all others): machine -0.027, corrected 0.049, these (-0.270, 0.358) p 0.838 more Some(20), like these (-0.318, 0.401) p 0.794 more None
    note: review: Nobody coded a segment of `Malta` (`country`): their shares are not corrected. (Draw a further sample, or code the rest of the sheet.)
    ");
}

#[test]
fn what_nobody_found_may_be_there() {
    let groups = ["A", "A", "A", "A", "A", "A", "B"];
    insta::assert_snapshot!(show(&simple(&groups, &["A", "B"], |_| false, |_| false)), @r"
    (all): 24 coded of 7 interviews, machine 0.000, corrected 0.000, these (0.000, 0.083) more Some(24), like these (0.000, 0.135) more None, lambda 0.000, bias 0.000
    A: 20 coded of 6 interviews, machine 0.000, corrected 0.000, these (0.000, 0.099) more Some(20), like these (0.000, 0.158) more None, lambda 0.000, bias 0.000
    B: 4 coded of 1 interview, machine 0.000, corrected 0.000, these (0.000, 0.600) more Some(4), like these (0.000, 0.975) more None, lambda 0.000, bias 0.000
    A − B: machine 0.000, corrected 0.000, these (-0.600, 0.099) p 1.000 more Some(24), like these (-0.975, 0.158) p 1.000 more None
    ");
    insta::assert_snapshot!(show(&simple(&groups, &["A", "B"], |_| true, |segment| segment % 20 < 10)), @r"
    (all): 24 coded of 7 interviews, machine 0.571, corrected 1.000, these (0.917, 1.000) more Some(24), like these (0.865, 1.000) more None, lambda 0.000, bias -0.429
    A: 20 coded of 6 interviews, machine 0.500, corrected 1.000, these (0.901, 1.000) more Some(20), like these (0.842, 1.000) more None, lambda 0.000, bias -0.500
    B: 4 coded of 1 interview, machine 1.000, corrected 1.000, these (0.400, 1.000) more Some(4), like these (0.025, 1.000) more None, lambda 0.000, bias 0.000
    A − B: machine -0.500, corrected 0.000, these (-0.099, 0.600) p 1.000 more Some(24), like these (-0.158, 0.975) p 1.000 more None
    ");
}

#[test]
fn nothing_coded_corrects_nothing() {
    assert_eq!(simple(&["A", "B"], &[], |_| true, |_| true), Corrected::default());
    let (codings, confidence) = (Codings::default(), |_: SegmentIndex, _: ThemeIndex| 1.0);
    let sample = HumanSample {
        codings: &codings,
        is_label: &|_, _| true,
        confidence: &confidence,
        transcript_of: &[],
        themes: 0,
    };
    let found = corrected(&[], &sample, &["country".to_owned()], QuestionPlan::default());
    assert_eq!(found, Corrected::default());
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
        let confidence = |segment: SegmentIndex, theme: ThemeIndex| machine[segment.get() * 2 + theme.get()];
        let is_label = |segment: SegmentIndex, theme: ThemeIndex| confidence(segment, theme) > 0.5;
        let sample = HumanSample {
            codings: &codings,
            is_label: &is_label,
            confidence: &confidence,
            transcript_of: &transcript_of,
            themes: 2,
        };
        let (transcripts, _) = study(&["A", "A", "B", "B", "B", "C", ""].map(|group| (group, 0)));
        let found = corrected(&transcripts, &sample, &["country".to_owned()], QuestionPlan::default());
        for row in &found.prevalence {
            prop_assert!(row.lambda >= 0.0 && (0.0..=1.0).contains(&row.machine));
            prop_assert_eq!(row.coded == 0, row.corrected.is_none());
            for answer in [row.these, row.like_these] {
                let (Some(share), Some(Answer { interval: Interval { low, high }, .. })) = (row.corrected, answer) else {
                    continue;
                };
                prop_assert!(0.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0, "{row:?}");
            }
            prop_assert_eq!(row.interval, row.these.map(|one| one.interval));
        }
        for row in &found.contrasts {
            prop_assert_eq!(row.interval, row.like_these.map(|one| one.interval));
            let (Some(share), Some(answer)) = (row.corrected, row.like_these) else { continue };
            let Interval { low, high } = answer.interval;
            prop_assert!(-1.0 <= low && low <= share + 1e-9 && share <= high + 1e-9 && high <= 1.0, "{row:?}");
            let p_value = answer.p_value;
            prop_assert!(p_value > 0.0 && p_value <= 1.0 && row.p_adjusted.unwrap() >= p_value - 1e-12);
            prop_assert_eq!(p_value < 0.05 - 1e-6, low > 1e-9 || high < -1e-9, "{:?}", row);
        }
    }
}

#[test]
fn interviews_that_were_read_give_their_share() {
    let (transcripts, _) = study(&["A", "A", "A", "A", "A", "A", "A", "A", "B", "B"].map(|group| (group, 0)));
    let transcript_of: Vec<TranscriptIndex> = (0..40).map(|segment| (segment / 4).into()).collect();
    let read = |transcript: usize, theme: Option<f64>| crate::results::ReadInterview {
        transcript: transcript.into(),
        probability: 0.4,
        themes: vec![theme],
    };
    let with = |last: Option<f64>| Codings {
        coders: vec!["Ana".into()],
        read: vec![read(0, Some(1.0)), read(3, Some(0.0)), read(5, Some(1.0)), read(8, last)],
        ..Codings::default()
    };
    let confidence = |segment: SegmentIndex, _: ThemeIndex| if segment.get() < 24 { 0.8 } else { 0.1 };
    let found = |codings: &Codings| {
        let sample = HumanSample {
            codings,
            is_label: &|_, _| false,
            confidence: &confidence,
            transcript_of: &transcript_of,
            themes: 1,
        };
        corrected(&transcripts, &sample, &["country".to_owned()], QuestionPlan::default()).prevalence
    };
    let rows = found(&with(Some(0.0)));
    assert!(rows.iter().all(|row| row.corrected.is_none() && row.coded == 0));
    let shares: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let InterviewShare { read, corrected, these, like_these } = row.in_interviews?;
            let [these, like] = [these, like_these].map(|one| one.interval);
            Some(format!(
                "{}: {read} read, {corrected:.3} ({:.3}, {:.3}) like ({:.3}, {:.3})",
                row.group, these.low, these.high, like.low, like.high
            ))
        })
        .collect();
    insta::assert_snapshot!(shares.join("\n"), @r"
    (all): 4 read, 0.400 (0.200, 0.800) like (0.068, 0.839)
    A: 3 read, 0.500 (0.250, 0.875) like (0.068, 0.932)
    B: 1 read, 0.000 (0.000, 0.500) like (0.000, 0.988)
    ");
    assert_eq!(found(&with(None)), [], "the last interview was left before the theme was found");
}
