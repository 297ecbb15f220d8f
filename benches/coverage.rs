//! Prints how often the intervals hold the truth, how often groups that do not differ are said to, and whether the smallest
//! detectable difference is found in four studies of five: the figures of benches/README.md, made anew.
//! `cargo bench --bench coverage -- 2000` takes so many studies a line (500 without).
//!
//! Interviews have 10 to 90 segments, most of them few, and segments of one interview are alike (beta-binomial with an intraclass
//! correlation), as they are where people stay with what moves them.

#[path = "../src/compare/simulated.rs"]
mod simulated;

use std::iter;

use emic::compare::{Contrast, ContrastPlan, Measure, Tallies, contrasts, prevalence};
use emic::corpus::Transcript;
use same_bits::{RandomStream, random_stream};
use simulated::{interview, lengths};

/// Interviews in a group.
const SIZES: [usize; 6] = [5, 8, 12, 20, 40, 100];
/// What share of the talk is about the theme.
const SHARES: [f64; 4] = [0.02, 0.05, 0.1, 0.3];
/// Intraclass correlations of segments in an interview.
const CORRELATIONS: [f64; 3] = [0.05, 0.15, 0.3];

#[expect(clippy::print_stdout, reason = "printing is all that it does")]
fn main() {
    let studies = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(500);
    println!("Intervals that hold the truth, of {studies} studies: share of segments");
    println!("interviews, share of talk, and correlation {CORRELATIONS:?}");
    for size in SIZES {
        for share in SHARES {
            let cells =
                CORRELATIONS.map(|correlation| format!("{:.3}", coverage(size, share, correlation, studies)));
            println!("{size:>4} {share:>5} {}", cells.join(" "));
        }
    }
    println!(
        "\nGroups that do not differ, share of talk .2, p below .05: by segments, by interviews, and a chi-square on segments"
    );
    println!("interviews in both, correlation in both");
    for (sizes, correlations) in [
        ([8, 8], [0.05, 0.05]),
        ([8, 8], [0.3, 0.3]),
        ([8, 24], [0.15, 0.15]),
        ([20, 20], [0.3, 0.3]),
        ([10, 40], [0.3, 0.05]),
        ([40, 10], [0.3, 0.05]),
        ([40, 40], [0.15, 0.15]),
    ] {
        let [segments, interviews, chi_square] = false_alarms(sizes, correlations, studies);
        println!("{sizes:?} {correlations:?}: {segments:.3} {interviews:.3} {chi_square:.3}");
    }
    println!(
        "\nGroups of .1 and .2: intervals of the difference that hold it; median smallest detectable difference from .1, and"
    );
    println!("the part of studies with such a difference that find it. Interviews in each, correlation");
    for size in [8, 12, 20, 40] {
        for correlation in CORRELATIONS {
            let [held, detectable, found] = differences(size, correlation, studies);
            println!("{size:>4} {correlation:>5}: {held:.3}  {detectable:.3} {found:.3}");
        }
    }
}

/// The part of studies whose interval of the share of segments holds the true share.
fn coverage(size: usize, share: f64, correlation: f64, studies: usize) -> f64 {
    let mut rng = random_stream(7, &format!("coverage {size} {share} {correlation}"));
    let transcripts = transcripts(&[size]);
    let mut held = 0;
    for _ in 0..studies {
        let (of, with) =
            (lengths(size, &mut rng), |rng: &mut RandomStream, of| interview(of, share, correlation, rng));
        let with = of.iter().map(|&of| with(&mut rng, of)).collect();
        let tallies = Tallies::from_counts(of, vec![with]);
        let (rows, _) = prevalence(&transcripts, &tallies, &["group".to_owned()]);
        let interval = rows[0].interval_segments;
        held += usize::from(interval.low <= share && share <= interval.high);
    }
    held as f64 / studies as f64
}

/// The part of questions about two groups of one share with p below .05: by both measures, and by chi-square on segments.
/// Groups have correlations of their own, so that they may differ in spread.
fn false_alarms(sizes: [usize; 2], correlations: [f64; 2], studies: usize) -> [f64; 3] {
    let mut rng = random_stream(7, &format!("false alarms {sizes:?} {correlations:?}"));
    let transcripts = transcripts(&sizes);
    let mut found = [0_usize; 3];
    for study in 0..studies as u64 {
        let of = lengths(sizes[0] + sizes[1], &mut rng);
        let correlation = |place: usize| correlations[usize::from(place >= sizes[0])];
        let with: Vec<u32> = of
            .iter()
            .enumerate()
            .map(|(place, &of)| interview(of, 0.2, correlation(place), &mut rng))
            .collect();
        let tallies = Tallies::from_counts(of.clone(), vec![with.clone()]);
        let (rows, _) = contrasts(&transcripts, &tallies, &plan(), &[], study);
        let by =
            |measure| rows.iter().any(|row: &Contrast| row.measure == measure && row.p_value < Some(0.05));
        // Interviews of one group that differ more have a theme in fewer of them, so that the second measure is right to say so.
        found[0] += usize::from(by(Measure::Segments));
        found[1] += usize::from(by(Measure::Transcripts));
        found[2] += usize::from(chi_square(&with, &of, sizes[0]) > 3.841);
    }
    found.map(|found| found as f64 / studies as f64)
}

/// For two groups of so many interviews: the part of studies whose interval holds the difference of .1, the median of the smallest
/// detectable difference, and the part of studies with shares of .1 and that much more that find it.
fn differences(size: usize, correlation: f64, studies: usize) -> [f64; 3] {
    let mut rng = random_stream(7, &format!("differences {size} {correlation}"));
    let transcripts = transcripts(&[size, size]);
    let mut of_segments = |shares: [f64; 2], study: u64| {
        let of = lengths(2 * size, &mut rng);
        let share = |place: usize| shares[usize::from(place >= size)];
        let with = of.iter().enumerate();
        let with = with.map(|(place, &of)| interview(of, share(place), correlation, &mut rng)).collect();
        let (rows, _) = contrasts(&transcripts, &Tallies::from_counts(of, vec![with]), &plan(), &[], study);
        rows.into_iter().find(|row| row.measure == Measure::Segments)
    };
    let of_tenths: Vec<Contrast> =
        (0..studies as u64).filter_map(|study| of_segments([0.2, 0.1], study)).collect();
    let holds = |row: &&Contrast| row.interval.low <= 0.1 && 0.1 <= row.interval.high;
    let held = of_tenths.iter().filter(holds).count();
    let mut detectable: Vec<f64> =
        of_tenths.iter().map(|row| row.smallest_detectable.unwrap_or(1.0)).collect();
    detectable.sort_by(f64::total_cmp);
    let detectable = detectable.get(detectable.len() / 2).copied().unwrap_or(1.0);
    let more = (0.1 + detectable).min(0.95);
    let found = (0..studies as u64)
        .filter(|&study| of_segments([more, 0.1], study).is_some_and(|row| row.p_value < Some(0.05)))
        .count();
    [held as f64 / studies as f64, detectable, found as f64 / studies as f64]
}

fn plan() -> ContrastPlan {
    ContrastPlan { attributes: vec!["group".to_owned()], within: None }
}

/// Pearson's chi-square of the first so many interviews against the others, as if segments were independent.
fn chi_square(with: &[u32], of: &[u32], first: usize) -> f64 {
    let sum = |counts: &[u32]| f64::from(counts.iter().sum::<u32>());
    let (a, b) = (sum(&with[..first]), sum(&with[first..]));
    let (all_a, all_b) = (sum(&of[..first]), sum(&of[first..]));
    let share = (a + b) / (all_a + all_b);
    let variance = share * (1.0 - share) * (1.0 / all_a + 1.0 / all_b);
    if variance > 0.0 { (a / all_a - b / all_b).powi(2) / variance } else { 0.0 }
}

/// Transcripts in groups of such sizes.
fn transcripts(sizes: &[usize]) -> Vec<Transcript> {
    let groups = sizes.iter().enumerate().flat_map(|(group, &size)| iter::repeat_n(group, size));
    groups
        .map(|group| Transcript {
            id: String::new(),
            source: String::new(),
            format: "txt",
            turns: Vec::new(),
            attributes: [("group".to_owned(), group.to_string())].into(),
        })
        .collect()
}
