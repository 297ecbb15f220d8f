//! Prints how often intervals of corrected shares and differences hold the truth when labels are wrong, and more so in one group
//! than in the other: for these interviews and for interviews like these, beside the intervals of the labels themselves. Figures of
//! docs/methods.md, made anew.
//! `cargo run --release -p emic-tools --bin corrected -- 2000` takes so many studies a line (500 without).
//!
//! Interviews have 10 to 90 segments, alike within an interview. The machine finds 90 % of what is there in the first group, with 2 %
//! false alarms, and 60 % with 8 % in the second; some interviews are harder for it than others. A sample for both groups together is
//! drawn with chances that are half even and half by how unsure the machine is, in the order of the interviews (systematically).

#![expect(
    clippy::disallowed_methods,
    reason = "what the library may not use in its arithmetic is well enough here"
)]

use std::iter;

use emic::compare::{HumanSample, QuestionPlan, corrected, prevalence};
use emic::results::{Coding, Codings, SegmentIndex, ThemeIndex, TranscriptIndex};
use interview_stats::{CountTable, Interval};
use rand::Rng;
use same_bits::{RandomStream, random_stream};
use statrs::distribution::{ContinuousCDF, Normal};
use transcripts::Transcript;

/// Interviews in each of two groups.
const SIZES: [usize; 4] = [8, 12, 20, 40];
/// What share of the talk is about the theme, in each group.
const SHARES: [[f64; 2]; 3] = [[0.05, 0.05], [0.05, 0.1], [0.3, 0.2]];
/// Intraclass correlations of segments in an interview.
const CORRELATIONS: [f64; 3] = [0.05, 0.15, 0.3];
/// Coded segments of both groups.
const SAMPLES: [usize; 3] = [100, 200, 400];
/// What of a theme the machine finds in each group, and what it finds though it is not there.
const FOUND: [[f64; 2]; 2] = [[0.9, 0.02], [0.6, 0.08]];
/// How much harder one interview is than another, in units of what is usual within one.
const HARDER: f64 = 0.5;

#[expect(clippy::print_stdout, reason = "printing is all that it does")]
fn main() {
    let studies = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(500);
    println!("Intervals that hold the truth, of {studies} studies: first group, second group, difference");
    println!(
        "interviews in each, share of talk, correlation, coded: these interviews | interviews like these | labels alone | \
         mean error of corrected"
    );
    for size in SIZES {
        for shares in SHARES {
            for correlation in CORRELATIONS {
                for coded in SAMPLES {
                    let Coverage { these, like_these, labels, errors } =
                        coverage(size, shares, correlation, coded, studies);
                    let parts = [these, like_these, labels]
                        .map(|[a, b, difference]| format!("{a:.3} {b:.3} {difference:.3}"));
                    println!(
                        "{size:>3} {shares:?} {correlation:.2} {coded}: {} | {:+.4} {:+.4}",
                        parts.join(" | "),
                        errors[0],
                        errors[1]
                    );
                }
            }
        }
    }
}

/// A study of two groups.
struct Study {
    transcript_of: Vec<TranscriptIndex>,
    truth: Vec<bool>,
    /// How far the machine is above its limit, in spreads.
    scores: Vec<f64>,
}

/// The parts of studies in which intervals of the first share, the second and their difference hold the truth, and the mean errors of
/// both corrected shares.
struct Coverage {
    these: [f64; 3],
    like_these: [f64; 3],
    labels: [f64; 3],
    errors: [f64; 2],
}

fn coverage(size: usize, shares: [f64; 2], correlation: f64, coded: usize, studies: usize) -> Coverage {
    let mut rng = random_stream(7, &format!("corrected {size} {shares:?} {correlation} {coded}"));
    let transcripts = transcripts(size);
    let attributes = ["group".to_owned()];
    let mut sums = [0.0; 11];
    for _ in 0..studies {
        let study = study(size, shares, correlation, &mut rng);
        let codings = sample(&study, coded, &mut rng);
        let is_label = |segment: SegmentIndex, _: ThemeIndex| study.scores[segment.get()] > 0.0;
        let confidence =
            |segment: SegmentIndex, _: ThemeIndex| 1.0 / (1.0 + (-1.7 * study.scores[segment.get()]).exp());
        let human = HumanSample {
            codings: &codings,
            is_label: &is_label,
            confidence: &confidence,
            transcript_of: &study.transcript_of,
            themes: 1,
        };
        let found = corrected(&transcripts, &human, &attributes, QuestionPlan::default());
        let mut of = vec![0; 2 * size];
        let mut with = vec![0; 2 * size];
        let mut truth = [[0.0; 2]; 2];
        for (transcript, &applies) in study.transcript_of.iter().zip(&study.truth) {
            let [yes, all] = &mut truth[usize::from(transcript.get() >= size)];
            *yes += f64::from(u8::from(applies));
            *all += 1.0;
        }
        let truth = truth.map(|[yes, all]| yes / all);
        for (transcript, &score) in study.transcript_of.iter().zip(&study.scores) {
            of[transcript.get()] += 1;
            with[transcript.get()] += u32::from(score > 0.0);
        }
        let counts = CountTable::new(of, vec![with]);
        let (alone, _) = prevalence(&transcripts, &counts, &counts, &attributes);
        let holds = |interval: Option<Interval>, truth: f64| {
            f64::from(u8::from(interval.is_some_and(|one| one.low <= truth && truth <= one.high)))
        };
        let difference = shares[0] - shares[1];
        // The first row is the whole study.
        let [a, b] = [&alone[1], &alone[2]];
        let found_now = [
            holds(found.prevalence[1].these.map(|one| one.interval), truth[0]),
            holds(found.prevalence[2].these.map(|one| one.interval), truth[1]),
            holds(found.contrasts[0].these.map(|one| one.interval), truth[0] - truth[1]),
            holds(found.prevalence[1].like_these.map(|one| one.interval), shares[0]),
            holds(found.prevalence[2].like_these.map(|one| one.interval), shares[1]),
            holds(found.contrasts[0].like_these.map(|one| one.interval), difference),
            holds(Some(a.interval_segments), shares[0]),
            holds(Some(b.interval_segments), shares[1]),
            holds(
                Some(newcombe(
                    [a.share_segments, b.share_segments],
                    [a.interval_segments, b.interval_segments],
                )),
                difference,
            ),
            found.prevalence[1].corrected.unwrap_or(0.0) - truth[0],
            found.prevalence[2].corrected.unwrap_or(0.0) - truth[1],
        ];
        for (sum, one) in sums.iter_mut().zip(found_now) {
            *sum += one;
        }
    }
    let means = sums.map(|sum| sum / studies as f64);
    let three = |from: usize| [means[from], means[from + 1], means[from + 2]];
    Coverage { these: three(0), like_these: three(3), labels: three(6), errors: [means[9], means[10]] }
}

/// The interval of a difference of shares, from those of both, as in `contrasts`.
fn newcombe([p, q]: [f64; 2], [a, b]: [Interval; 2]) -> Interval {
    Interval { low: p - q - (p - a.low).hypot(b.high - q), high: p - q + (a.high - p).hypot(q - b.low) }
}

/// Draws what people say, from the urn of Eggenberger and Pólya (1923), and what the machine makes of it.
fn study(size: usize, shares: [f64; 2], correlation: f64, rng: &mut RandomStream) -> Study {
    let mut study = Study { transcript_of: Vec::new(), truth: Vec::new(), scores: Vec::new() };
    let balls = (1.0 - correlation) / correlation;
    let spread = HARDER.hypot(1.0);
    let usual = Normal::standard();
    for interview in 0..2 * size {
        let group = usize::from(interview >= size);
        let (share, [found, alarm]) = (shares[group], FOUND[group]);
        let segments = (10.0 * rng.gen_range(0.0..2.2_f64).exp()) as u32;
        let bent = HARDER * normal(rng);
        let mut with = 0;
        for drawn in 0..segments {
            let applies = rng.r#gen::<f64>() < (share * balls + f64::from(with)) / (balls + f64::from(drawn));
            with += u32::from(applies);
            let chance = if applies { found } else { alarm };
            study.transcript_of.push(interview.into());
            study.truth.push(applies);
            study.scores.push(usual.inverse_cdf(chance) * spread + bent + normal(rng));
        }
    }
    study
}

/// Box and Muller's (1958).
fn normal(rng: &mut RandomStream) -> f64 {
    let (one, other): (f64, f64) = (rng.r#gen(), rng.r#gen());
    (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

/// Codes of one person who is always right, on about so many segments.
fn sample(study: &Study, coded: usize, rng: &mut RandomStream) -> Codings {
    let unsure = |score: &f64| {
        let confidence = 1.0 / (1.0 + (-1.7 * score).exp());
        confidence * (1.0 - confidence)
    };
    let all: f64 = study.scores.iter().map(unsure).sum();
    let number = study.scores.len() as f64;
    let sizes: Vec<f64> = study.scores.iter().map(|score| 0.5 / number + 0.5 * unsure(score) / all).collect();
    let mut chances = vec![0.0; sizes.len()];
    for _ in 0..20 {
        let certain = chances.iter().filter(|&&chance| chance >= 1.0).count() as f64;
        let rest: f64 =
            sizes.iter().zip(&chances).filter(|&(_, &chance)| chance < 1.0).map(|(size, _)| size).sum();
        for (chance, size) in chances.iter_mut().zip(&sizes) {
            if *chance < 1.0 {
                *chance = ((coded as f64 - certain) * size / rest).min(1.0);
            }
        }
    }
    let (mut reached, start) = (0.0, rng.r#gen::<f64>());
    let mut rows = Vec::new();
    for (segment, (&probability, &applies)) in chances.iter().zip(&study.truth).enumerate() {
        let before = (reached - start).floor();
        reached += probability;
        if (reached - start).floor() > before {
            rows.push(Coding { segment: segment.into(), coder: 0, probability, themes: vec![Some(applies)] });
        }
    }
    Codings { coders: vec!["Ana".to_owned()], rows, ..Codings::default() }
}

/// Transcripts in two groups of one size.
fn transcripts(size: usize) -> Vec<Transcript> {
    let groups = iter::repeat_n("a", size).chain(iter::repeat_n("b", size));
    groups
        .map(|group| Transcript {
            id: String::new(),
            source: String::new(),
            format: "txt",
            turns: Vec::new(),
            attributes: [("group".to_owned(), group.to_owned())].into(),
        })
        .collect()
}
