//! Interviews as simulations need them: of unequal length, and each with a bent of its own. benches/coverage.rs takes this file in
//! too, so that nothing of the library is named here.

use rand::Rng;

/// So many interviews of 10 to 90 segments, most of them short.
#[expect(clippy::disallowed_methods, reason = "nothing of a simulation ends in a table")]
pub(super) fn lengths(interviews: usize, rng: &mut impl Rng) -> Vec<u32> {
    (0..interviews).map(|_| (10.0 * rng.gen_range(0.0..2.2_f64).exp()) as u32).collect()
}

/// How many of an interview's segments carry a theme that `share` of all talk is about, when segments of one interview are alike
/// to the degree of `correlation` (intraclass, above 0 to below 1): beta-binomial, drawn from the urn of Eggenberger and Pólya (1923).
pub(super) fn interview(segments: u32, share: f64, correlation: f64, rng: &mut impl Rng) -> u32 {
    let balls = (1.0 - correlation) / correlation;
    let mut with = 0;
    for drawn in 0..segments {
        let chance = (share * balls + f64::from(with)) / (balls + f64::from(drawn));
        with += u32::from(rng.r#gen::<f64>() < chance);
    }
    with
}
