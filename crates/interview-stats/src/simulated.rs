//! Simulated interviews: of unequal length, with segments of one interview alike. benches/coverage.rs includes this file too, so it
//! uses nothing of the library.

use rand::Rng;

/// The lengths of so many interviews: 10 to 90 segments, most of them few.
#[expect(clippy::disallowed_methods, reason = "a simulation need not have the same bits everywhere")]
pub(crate) fn lengths(interviews: usize, rng: &mut impl Rng) -> Vec<u32> {
    (0..interviews).map(|_| (10.0 * rng.gen_range(0.0..2.2_f64).exp()) as u32).collect()
}

/// How many of an interview's segments carry a theme that `share` of all talk is about, with an intraclass correlation (above 0, below
/// 1) of its segments: beta-binomial, drawn from the urn of Eggenberger and Pólya (1923).
pub(crate) fn interview(segments: u32, share: f64, correlation: f64, rng: &mut impl Rng) -> u32 {
    let balls = (1.0 - correlation) / correlation;
    let mut with = 0;
    for drawn in 0..segments {
        let chance = (share * balls + f64::from(with)) / (balls + f64::from(drawn));
        with += u32::from(rng.r#gen::<f64>() < chance);
    }
    with
}
