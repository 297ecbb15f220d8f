//! Interviews as simulations in tests need them: of unequal length, and each with a bent of its own. And themes to name.

use rand::Rng;

use crate::corpus::RandomStream;
use crate::theme::{Theme, ThemeCounts, ThemeKind};

/// So many interviews of 10 to 90 segments, most of them short.
pub(super) fn lengths(interviews: usize, rng: &mut RandomStream) -> Vec<u32> {
    (0..interviews).map(|_| (10.0 * rng.gen_range(0.0..2.2_f64).exp()) as u32).collect()
}

/// How many of an interview's segments carry a theme that `share` of all talk is about, when segments of one interview are alike
/// to the degree of `correlation` (intraclass, above 0 to below 1): beta-binomial, drawn from the urn of Eggenberger and Pólya (1923).
pub(super) fn interview(segments: u32, share: f64, correlation: f64, rng: &mut RandomStream) -> u32 {
    let balls = (1.0 - correlation) / correlation;
    let mut with = 0;
    for drawn in 0..segments {
        let chance = (share * balls + f64::from(with)) / (balls + f64::from(drawn));
        with += u32::from(rng.r#gen::<f64>() < chance);
    }
    with
}

/// A theme of which nothing is known but where it stands.
pub(super) fn theme(name: &str, kind: ThemeKind, parent: &str) -> Theme {
    Theme {
        name: name.to_owned(),
        kind,
        definition: String::new(),
        keywords: Vec::new(),
        parent: parent.to_owned(),
        stability: None,
        counts: ThemeCounts::default(),
    }
}
