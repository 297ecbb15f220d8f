//! Quantiles of the beta distribution and of Student's *t*, from the regularised incomplete beta function.
//!
//! Ours, because the crates at hand call the system's mathematical library, so that an interval's last digits would depend on the
//! processor. Everything is computed on the scale of logits and logarithms, where neither end of 0 to 1 loses digits.

use crate::elementary::{exp, ln, ln_1p, ln_gamma};

/// Terms of the continued fraction and steps of Newton's method, at most. The fraction needs about √(a + b).
const MAX_TERMS: u32 = 20_000;
const MAX_STEPS: u32 = 200;

/// The *x* below which a share of `probability` of the beta distribution with these shapes lies; none for shapes that are not above 0 and finite
/// or a probability outside of 0 to 1.
pub fn beta_quantile(a: f64, b: f64, probability: f64) -> Option<f64> {
    let u = logit_of_quantile(a, b, probability)?;
    Some(if u == f64::NEG_INFINITY { 0.0 } else { exp(ln_logistic(u)) })
}

/// How many standard errors of Student's distribution leave out a share of `tail`, above 0 to .5, on each side; none for degrees of freedom that are
/// not above 0 and finite.
pub fn student_quantile(degrees_of_freedom: f64, tail: f64) -> Option<f64> {
    // With x = f ÷ (f + t²), P(|T| > t) is I(x; f ÷ 2, ½), and t² ÷ f is e to the minus logit of x.
    let u = logit_of_quantile(degrees_of_freedom / 2.0, 0.5, 2.0 * tail)?;
    Some(degrees_of_freedom.sqrt() * exp(-u / 2.0)).filter(|reach| reach.is_finite())
}

/// The probability that Student's *t* is further from 0 than `t`, on either side; none for degrees of freedom that are not above 0 and finite.
pub fn student_two_sided(degrees_of_freedom: f64, t: f64) -> Option<f64> {
    if !(degrees_of_freedom > 0.0 && degrees_of_freedom.is_finite()) || t.is_nan() {
        return None;
    }
    let t = t.abs();
    if t == 0.0 || t.is_infinite() {
        return Some(if t == 0.0 { 1.0 } else { 0.0 });
    }
    let u = ln(degrees_of_freedom) - 2.0 * ln(t);
    Some(exp(Beta::new(degrees_of_freedom / 2.0, 0.5).ln_share_below(u)).min(1.0))
}

/// The logit of a quantile of the beta distribution.
///
/// Newton's method on ln I as a function of the logit of *x*. It is concave and rises, so that from the first step on the search comes
/// from below and never leaps over the answer.
fn logit_of_quantile(a: f64, b: f64, probability: f64) -> Option<f64> {
    let usable = |shape: f64| shape > 0.0 && shape.is_finite();
    if !usable(a) || !usable(b) || !(0.0..=1.0).contains(&probability) {
        return None;
    }
    if probability > 0.5 {
        return logit_of_quantile(b, a, 1.0 - probability).map(|u| -u);
    }
    if probability == 0.0 {
        return Some(f64::NEG_INFINITY);
    }
    let beta = Beta::new(a, b);
    let wanted = ln(probability);
    let mut u = ln(a / b);
    for step in 0..MAX_STEPS {
        let found = beta.ln_share_below(u);
        let slope = exp(beta.ln_density(u) - found);
        let next = u + (wanted - found) / slope;
        if !next.is_finite() {
            return None;
        }
        let moved = next - u;
        u = next;
        // Only the first step may go down; later ones do when nothing but rounding is left.
        if moved.abs() <= 4.0 * f64::EPSILON * u.abs().max(1.0) || (step > 0 && moved <= 0.0) {
            break;
        }
    }
    Some(u)
}

/// A beta distribution, on the scale of logits.
struct Beta {
    a: f64,
    b: f64,
    /// The logarithm of the beta function of both shapes.
    ln_normaliser: f64,
}

impl Beta {
    fn new(a: f64, b: f64) -> Self {
        let (large, small) = if a > b { (a, b) } else { (b, a) };
        Self { a, b, ln_normaliser: ln_gamma(small) + ln_gamma_ratio(large, small) }
    }

    /// The logarithm of the density of the logit: *xᵃ* (1 − *x*)ᵇ ÷ B.
    fn ln_density(&self, u: f64) -> f64 {
        self.a * ln_logistic(u) + self.b * ln_logistic(-u) - self.ln_normaliser
    }

    /// The logarithm of I(*x*; *a*, *b*), the share that lies below the *x* with the logit `u`, by the continued fraction of the side on which
    /// it converges fast.
    fn ln_share_below(&self, u: f64) -> f64 {
        let (x, rest) = (exp(ln_logistic(u)), exp(ln_logistic(-u)));
        let density = self.ln_density(u);
        if x * (self.b + 1.0) <= rest * (self.a + 1.0) {
            density - ln(self.a) + ln(fraction(self.a, self.b, x))
        } else {
            let above = exp(density - ln(self.b) + ln(fraction(self.b, self.a, rest)));
            ln_1p(-above.min(1.0))
        }
    }
}

/// ln(Γ(z) ÷ Γ(z + more)). The logarithms of both are so large where z is that their difference would lose the digits that matter, so
/// Stirling's series (Abramowitz and Stegun, 1964, 6.1.41) is subtracted term by term.
fn ln_gamma_ratio(z: f64, more: f64) -> f64 {
    if z < 16.0 {
        return ln_gamma(z) - ln_gamma(z + more);
    }
    let series = |z: f64| {
        let inverse = 1.0 / (z * z);
        (1.0 / 12.0
            - inverse
                * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse * (1.0 / 1680.0 - inverse / 1188.0))))
            / z
    };
    more - (z - 0.5) * ln_1p(more / z) - more * ln(z + more) + series(z) - series(z + more)
}

/// ln(1 ÷ (1 + e⁻ᵘ)).
fn ln_logistic(u: f64) -> f64 {
    if u < 0.0 { u - ln_1p(exp(u)) } else { -ln_1p(exp(-u)) }
}

/// The continued fraction of the incomplete beta function (Abramowitz and Stegun, 1964, 26.5.8), by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let away_from_zero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut ratio = 1.0;
    let mut inverse = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = inverse;
    for term in 1..=MAX_TERMS {
        let term = f64::from(term);
        let shape = a + 2.0 * term;
        let even = term * (b - term) * x / ((shape - 1.0) * shape);
        let odd = -(a + term) * (a + b + term) * x / (shape * (shape + 1.0));
        let mut change = 1.0;
        for numerator in [even, odd] {
            inverse = 1.0 / away_from_zero(1.0 + numerator * inverse);
            ratio = away_from_zero(1.0 + numerator / ratio);
            change = ratio * inverse;
            value *= change;
        }
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(found: Option<f64>, expected: f64, within: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() <= within * expected.abs())
    }

    // Printed by tests/fixtures/quantiles.py, to all digits.

    #[test]
    fn quantiles_of_the_beta_distribution_are_exact() {
        for (a, b, probability, expected) in [
            (0.3, 1.7, 0.025, 2.314_758_280_487_028_6e-6),
            (1.3, 0.7, 0.975, 0.996_153_346_824_450_2),
            (1.0, 10.0, 0.975, 0.308_497_107_818_760_8),
            (4.0, 7.0, 0.025, 0.121_552_258_119_827_19),
            (0.01, 0.5, 0.025, 2.449_174_851_535_332e-160),
            (150.0, 451.0, 0.025, 0.215_821_359_716_626_6),
            (2500.5, 7500.0, 0.975, 0.258_571_249_159_540_55),
            (0.5, 0.5, 0.1, 0.024_471_741_852_423_217),
            (30.0, 0.2, 0.025, 0.950_235_421_968_781_7),
        ] {
            let found = beta_quantile(a, b, probability);
            assert!(near(found, expected, 1e-12), "{a}, {b}: {found:?}");
        }
        assert!(near(beta_quantile(1e5, 3e5, 0.025), 0.248_659_291_1, 1e-9));
    }

    #[test]
    fn quantiles_and_tails_of_students_distribution_are_exact() {
        for (degrees_of_freedom, tail, expected) in [
            (1.0, 0.025, 12.706_204_736_174_705),
            (2.5, 0.025, 3.574_654_842_003_683),
            (7.3, 0.025, 2.345_066_736_547_704),
            (11.0, 0.005, 3.105_806_515_539_281),
            (29.0, 0.025, 2.045_229_642_132_704_3),
            (400.0, 0.025, 1.965_912_343_229_463_2),
            (3.2, 5e-7, 101.742_149_934_573_97),
            (5.0, 0.3, 0.559_429_644_469_360_8),
            (1e5, 0.025, 1.959_987_707_534_6),
        ] {
            let found = student_quantile(degrees_of_freedom, tail);
            assert!(near(found, expected, 1e-11), "{degrees_of_freedom}, {tail}: {found:?}");
        }
        for (degrees_of_freedom, t, expected) in [
            (1.0, 1.0, 0.5),
            (3.4, 2.2, 0.104_606_134_745_033_04),
            (10.0, 0.01, 0.992_217_974_990_971_4),
            (10.0, -8.0, 1.177_494_278_966_616e-5),
            (250.5, 1.96, 0.051_104_399_715_828_29),
            (2.0, 1e6, 9.999_999_999_985e-13),
        ] {
            let found = student_two_sided(degrees_of_freedom, t);
            assert!(near(found, expected, 1e-12), "{degrees_of_freedom}, {t}: {found:?}");
        }
    }

    #[test]
    fn what_has_no_answer_has_none() {
        assert_eq!(
            [beta_quantile(0.0, 1.0, 0.5), beta_quantile(1.0, f64::NAN, 0.5), beta_quantile(1.0, 1.0, 1.5)],
            [None; 3]
        );
        assert_eq!([beta_quantile(2.0, 3.0, 0.0), beta_quantile(2.0, 3.0, 1.0)], [Some(0.0), Some(1.0)]);
        assert_eq!([student_quantile(0.0, 0.025), student_quantile(f64::INFINITY, 0.025)], [None; 2]);
        assert_eq!([student_quantile(3.0, 0.5), student_two_sided(3.0, 0.0)], [Some(0.0), Some(1.0)]);
        assert_eq!(
            [student_two_sided(3.0, f64::INFINITY), student_two_sided(3.0, f64::NAN)],
            [Some(0.0), None]
        );
    }

    proptest! {
        #[test]
        fn a_share_as_large_as_asked_for_lies_below_a_quantile(a in 1e-3..3e3_f64, b in 1e-3..3e3_f64, probability in 1e-6..0.999_999_f64) {
            let u = logit_of_quantile(a, b, probability).unwrap();
            // Where hardly anything lies above, the other side tells more.
            let found = if probability <= 0.5 {
                exp(Beta::new(a, b).ln_share_below(u)) / probability
            } else {
                exp(Beta::new(b, a).ln_share_below(-u)) / (1.0 - probability)
            };
            prop_assert!((found - 1.0).abs() < 1e-9, "{}", found);
        }
    }
}
