//! Exponentials, logarithms, powers and angles: those of the crate `libm`, which has no variant for any processor, and an exponential of many
//! numbers at once.
//!
//! The methods of `f64` go to the system's library, whose last bit depends on the processor and on the system.

use pulp::NullaryFnOnce;

use crate::Instructions;

/// eˣ.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// The natural logarithm of 1 + x, exact for small x too.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// xʸ.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// The sine and the cosine of an angle.
pub fn sin_cos(x: f64) -> (f64, f64) {
    libm::sincos(x)
}

/// The hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}

/// √(x² + y²), without overflow on the way.
pub fn hypot(x: f64, y: f64) -> f64 {
    libm::hypot(x, y)
}

/// The logarithm of the gamma function, for x above 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The logistic function 1 ÷ (1 + e⁻ˣ): the share whose logit is x.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// The logit of a share: ln(p ÷ (1 − p)).
pub fn logit(share: f64) -> f64 {
    ln(share / (1.0 - share))
}

/// Replaces each x, which is 0 or less, by eˣ. Below −700 it is e⁻⁷⁰⁰, which is as good as 0.
///
/// Four times as fast as [`exp`] and wrong by a unit in the last place at most. Only multiplications and additions, each of them
/// rounded, so that vectors of any width give the same bits.
pub fn exp_each(numbers: &mut [f64]) {
    Instructions::chosen().run(ExpEach(numbers));
}

struct ExpEach<'a>(&'a mut [f64]);

impl NullaryFnOnce for ExpEach<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
    #[inline(always)]
    fn call(self) {
        for x in self.0 {
            *x = exp_of_nonpositive(*x);
        }
    }
}

/// `x = n ln 2 + r` with |r| ≤ ln 2 ÷ 2; `ln 2` is taken away in two parts, so that `r` is exact (Cody and Waite, 1980). eʳ is its
/// Taylor polynomial, whose rest is below 5e−18, and the power of two is put together from its bits.
#[inline(always)]
fn exp_of_nonpositive(x: f64) -> f64 {
    /// Added to a number, it rounds it to a whole one and leaves that in the low bits: 1.5 · 2⁵².
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
    const COEFFICIENTS: [f64; 12] = [
        1.0 / 6_227_020_800.0,
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
    ];
    let x = if x > -700.0 { x } else { -700.0 };
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN_2[0]) - n * LN_2[1];
    let mut polynomial = COEFFICIENTS[0];
    for coefficient in &COEFFICIENTS[1..] {
        polynomial = polynomial * r + coefficient;
    }
    let power_of_two = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    (1.0 + (r + r * r * polynomial)) * power_of_two
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "held against the system's functions")]
mod tests {
    use super::*;

    #[test]
    fn functions_are_those_of_the_system_to_a_unit_in_the_last_place() {
        let near = |found: f64, expected: f64| (found - expected).abs() <= f64::EPSILON * expected.abs();
        for step in 1..20_000 {
            let x = f64::from(step) * 0.017;
            assert!(near(exp(-x), (-x).exp()) && near(exp(x), x.exp()), "{x}");
            assert!(
                near(ln(x), x.ln())
                    && near(ln_1p(x), x.ln_1p())
                    && near(ln_1p(-x / 400.0), (-x / 400.0).ln_1p()),
                "{x}"
            );
            assert!(near(pow(x, 0.3), x.powf(0.3)) && near(hypot(x, 3.0), x.hypot(3.0)), "{x}");
        }
        assert!(near(logistic(2.0), 0.880_797_077_977_882_4) && near(logit(0.880_797_077_977_882_4), 2.0));
        assert!(
            near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln())
                && near(ln_gamma(11.0), 3_628_800.0_f64.ln())
        );
    }

    /// So that a release of `libm` with other bits does not pass unseen: tables would change with it.
    #[test]
    fn some_bits_are_written_down() {
        let found: Vec<String> =
            [exp(-0.7), ln(0.3), ln_1p(0.2), pow(1.7, 2.3), hypot(1.1, 0.7), ln_gamma(2.6)]
                .iter()
                .map(|value| format!("{:016x}", value.to_bits()))
                .collect();
        insta::assert_snapshot!(found.join(" "), @"3fdfc80db9dd5542 bff34378fcbda721 3fc7565011e49676 400b1c0c46dcb4ea 3ff4dc87d61451da 3fd6dfd602494c50");
    }

    #[test]
    fn many_exponentials_are_exact_and_the_same_on_any_instructions() {
        let numbers: Vec<f64> =
            (0..20_001).map(|step| f64::from(step) * -0.035).chain([-1e9, f64::NEG_INFINITY]).collect();
        let of = |instructions: Instructions| {
            let mut all = numbers.clone();
            instructions.run(ExpEach(&mut all));
            all
        };
        let plain = of(Instructions::plain());
        for (&x, &found) in numbers.iter().zip(&plain) {
            let expected = x.max(-700.0).exp();
            assert!((found / expected - 1.0).abs() < 2.3e-16, "exp({x}) = {found}");
        }
        assert_eq!(plain[0].to_bits(), 1.0_f64.to_bits());
        for instructions in Instructions::available() {
            let same = of(instructions).iter().zip(&plain).all(|(a, b)| a.to_bits() == b.to_bits());
            assert!(same, "{}", instructions.name());
        }
    }
}
