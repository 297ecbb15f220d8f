//! Prints how often intervals cover the true share, how often groups that do not differ have p below .05, and whether the smallest
//! detectable difference is found in four studies of five: the figures of benches/README.md.
//! `cargo bench -p interview-stats --bench coverage -- 2000` simulates so many studies a line (500 by default).
//!
//! Interviews have 10 to 90 segments, most of them few, and segments of one interview are alike (beta-binomial with an intraclass
//! correlation).

#[path = "../src/simulated.rs"]
mod simulated;

use interview_stats::groups::{Difference, compare_groups};
use interview_stats::{Count, CountTable, Measure, pooled_proportion};
use same_bits::random_stream;
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
    println!("\nThe same by interviews where those of the second group are ten times as long");
    println!("interviews in both, share of talk, and correlation {CORRELATIONS:?}");
    for sizes in [[8, 8], [12, 12], [8, 24], [10, 40], [40, 10], [40, 40]] {
        for share in SHARES {
            let cells = CORRELATIONS
                .map(|correlation| format!("{:.3}", longer_alarms(sizes, share, correlation, studies)));
            println!("{sizes:?} {share:>5} {}", cells.join(" "));
        }
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
    let mut held = 0;
    for _ in 0..studies {
        let lengths = lengths(size, &mut rng);
        let count = |trials| Count { successes: interview(trials, share, correlation, &mut rng), trials };
        let counts: Vec<Count> = lengths.into_iter().map(count).collect();
        held += usize::from(pooled_proportion(&counts).interval.contains(share));
    }
    held as f64 / studies as f64
}

/// The part of questions about two groups of one share with p below .05: by both measures, and by chi-square on segments.
/// Groups have correlations of their own, so that they may differ in spread.
fn false_alarms(sizes: [usize; 2], correlations: [f64; 2], studies: usize) -> [f64; 3] {
    let mut rng = random_stream(7, &format!("false alarms {sizes:?} {correlations:?}"));
    let mut found = [0_usize; 3];
    for study in 0..studies as u64 {
        let of = lengths(sizes[0] + sizes[1], &mut rng);
        let correlation = |index: usize| correlations[usize::from(index >= sizes[0])];
        let with: Vec<u32> = of
            .iter()
            .enumerate()
            .map(|(index, &of)| interview(of, 0.2, correlation(index), &mut rng))
            .collect();
        let table = CountTable::new(of.clone(), vec![with.clone()]);
        let by = |measure| difference(&table, sizes, measure, study).p_value < Some(0.05);
        // Interviews of one group that differ more have a theme in fewer of them, so that the second measure is right to say so.
        found[0] += usize::from(by(Measure::Segments));
        found[1] += usize::from(by(Measure::Interviews));
        found[2] += usize::from(chi_square(&with, &of, sizes[0]) > 3.841);
    }
    found.map(|found| found as f64 / studies as f64)
}

/// The part of studies in which groups of one share have p below .05 by interviews, where interviews of the second are ten times as long.
fn longer_alarms(sizes: [usize; 2], share: f64, correlation: f64, studies: usize) -> f64 {
    let mut rng = random_stream(7, &format!("longer {sizes:?} {share} {correlation}"));
    let mut found = 0;
    for study in 0..studies as u64 {
        let longer = |(index, length): (usize, u32)| if index < sizes[0] { length } else { 10 * length };
        let of: Vec<u32> =
            lengths(sizes[0] + sizes[1], &mut rng).into_iter().enumerate().map(longer).collect();
        let with = of.iter().map(|&of| interview(of, share, correlation, &mut rng)).collect();
        let table = CountTable::new(of, vec![with]);
        found += usize::from(difference(&table, sizes, Measure::Interviews, study).p_value < Some(0.05));
    }
    found as f64 / studies as f64
}

/// For two groups of so many interviews: the part of studies whose interval holds the difference of .1, the median of the smallest
/// detectable difference, and the part of studies with shares of .1 and that much more that find it.
fn differences(size: usize, correlation: f64, studies: usize) -> [f64; 3] {
    let mut rng = random_stream(7, &format!("differences {size} {correlation}"));
    let mut of_segments = |shares: [f64; 2], study: u64| {
        let of = lengths(2 * size, &mut rng);
        let share = |index: usize| shares[usize::from(index >= size)];
        let with = of.iter().enumerate();
        let with = with.map(|(index, &of)| interview(of, share(index), correlation, &mut rng)).collect();
        difference(&CountTable::new(of, vec![with]), [size, size], Measure::Segments, study)
    };
    let of_tenths: Vec<Difference> =
        (0..studies as u64).map(|study| of_segments([0.2, 0.1], study)).collect();
    let held = of_tenths.iter().filter(|row| row.interval.contains(0.1)).count();
    let mut detectable: Vec<f64> =
        of_tenths.iter().map(|row| row.smallest_detectable.unwrap_or(1.0)).collect();
    detectable.sort_by(f64::total_cmp);
    let detectable = detectable.get(detectable.len() / 2).copied().unwrap_or(1.0);
    let more = (0.1 + detectable).min(0.95);
    let found =
        (0..studies as u64).filter(|&study| of_segments([more, 0.1], study).p_value < Some(0.05)).count();
    [held as f64 / studies as f64, detectable, found as f64 / studies as f64]
}

/// The difference of the only theme between two groups of such sizes.
fn difference(table: &CountTable, sizes: [usize; 2], measure: Measure, seed: u64) -> Difference {
    let interviews: Vec<usize> = (0..sizes[0] + sizes[1]).collect();
    let (a, b) = interviews.split_at(sizes[0]);
    let name = match measure {
        Measure::Segments => "share_segments",
        Measure::Interviews => "share_transcripts",
    };
    let mut rng = random_stream(seed, &["contrasts", "group", "0", "1", name].join("\n"));
    compare_groups(table, [a, b], measure, &mut rng)[0]
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
