//! Prints how often intervals of agreement hold the truth: figures of docs/methods.md, made anew.
//! `cargo run --release -p emic-tools --bin agreement -- 2000` takes so many studies a line (500 without).
//!
//! Two coders take the same share of each interview's segments. What is there is alike within an interview, and so are mistakes: some
//! interviews are harder for a coder than others. The truth is what very many interviews of that kind give.

#![expect(
    clippy::disallowed_methods,
    reason = "what the library may not use in its arithmetic is well enough here"
)]

use emic::results::{Agreement, Coding, Codings};
use same_bits::{RandomStream, random_stream};

use emic::review::agreement;
use interview_stats::Estimate;
use rand::Rng;
use statrs::distribution::{ContinuousCDF, Normal};

/// Interviews, segments coded in each on average, share of the theme, intraclass correlation, how much harder interviews are than
/// others, and for each coder what is found of what is there and what besides.
type Case = (usize, usize, f64, f64, f64, [[f64; 2]; 2]);

const CASES: [Case; 9] = [
    (8, 20, 0.1, 0.1, 0.0, [[0.9, 0.02], [0.85, 0.03]]),
    (8, 10, 0.1, 0.3, 0.5, [[0.9, 0.02], [0.85, 0.03]]),
    (8, 40, 0.3, 0.3, 0.5, [[0.8, 0.1], [0.9, 0.05]]),
    (12, 20, 0.2, 0.15, 0.5, [[0.95, 0.01], [0.95, 0.01]]),
    (20, 5, 0.1, 0.1, 0.0, [[0.95, 0.01], [0.95, 0.01]]),
    (20, 20, 0.05, 0.3, 0.5, [[0.9, 0.02], [0.6, 0.05]]),
    (40, 5, 0.1, 0.1, 0.0, [[0.9, 0.02], [0.9, 0.02]]),
    (40, 10, 0.3, 0.3, 1.0, [[0.6, 0.2], [0.7, 0.1]]),
    (80, 5, 0.2, 0.15, 0.5, [[0.9, 0.05], [0.8, 0.05]]),
];

/// The coefficients that are told of.
const NAMES: [&str; 6] = ["percent", "kappa", "AC1", "alpha", "prevalence index", "bias index"];

#[expect(clippy::print_stdout, reason = "printing is all that it does")]
fn main() {
    let studies = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(500);
    println!("Intervals that hold the truth, of {studies} studies, and the truth: {NAMES:?}");
    println!("interviews, segments in each, share, correlation, harder, coders");
    for case in CASES {
        let mut rng = random_stream(7, &format!("agreement {case:?}"));
        let truth = values(&study(case, 20_000, &mut rng));
        let (mut held, mut defined) = ([0_usize; 6], [0_usize; 6]);
        for _ in 0..studies {
            let found = values(&study(case, case.0, &mut rng));
            for (place, (found, truth)) in found.iter().zip(&truth).enumerate() {
                let (Some(found), Some(truth)) = (found, truth) else { continue };
                defined[place] += 1;
                held[place] +=
                    usize::from(found.interval.low <= truth.value && truth.value <= found.interval.high);
            }
        }
        let cells = (0..6).map(|place| {
            let truth = truth[place].map_or(f64::NAN, |one| one.value);
            format!("{:.3} ({truth:.2})", held[place] as f64 / defined[place] as f64)
        });
        println!("{case:?}: {}", cells.collect::<Vec<_>>().join(" "));
    }
}

fn values(row: &Agreement) -> [Option<Estimate>; 6] {
    let row = row.coefficients;
    [
        Some(row.percent),
        row.cohen_kappa,
        Some(row.gwet_ac1),
        row.krippendorff_alpha,
        Some(row.prevalence_index),
        row.bias_index,
    ]
}

/// The agreement of two coders on so many interviews of a kind.
fn study(case: Case, interviews: usize, rng: &mut RandomStream) -> Agreement {
    let (_, segments, share, correlation, harder, coders) = case;
    let (balls, spread, usual) = ((1.0 - correlation) / correlation, harder.hypot(1.0), Normal::standard());
    let limits = coders.map(|coder| coder.map(|chance| usual.inverse_cdf(chance) * spread));
    let (mut rows, mut of) = (Vec::new(), Vec::new());
    for interview in 0..interviews {
        let bents = [normal(rng), normal(rng)];
        // Interviews have a third to five thirds of the usual number.
        let number = ((segments as f64 * rng.gen_range(0.33..1.67)).round() as usize).max(1);
        let mut with = 0;
        for drawn in 0..number {
            let applies = rng.r#gen::<f64>() < (share * balls + f64::from(with)) / (balls + drawn as f64);
            with += u32::from(applies);
            for (coder, (limit, bent)) in limits.iter().zip(bents).enumerate() {
                let says = limit[usize::from(!applies)] + harder * bent + normal(rng) > 0.0;
                rows.push(Coding {
                    segment: of.len().into(),
                    coder,
                    probability: 1.0,
                    themes: vec![Some(says)],
                });
            }
            of.push(interview.into());
        }
    }
    let codings = Codings { coders: vec!["Ana".to_owned(), "Bo".to_owned()], rows, ..Codings::default() };
    agreement(&codings, &vec![Vec::new(); of.len()], &of, 1).swap_remove(0)
}

/// Box and Muller's (1958).
fn normal(rng: &mut RandomStream) -> f64 {
    let (one, other): (f64, f64) = (rng.r#gen(), rng.r#gen());
    (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}
