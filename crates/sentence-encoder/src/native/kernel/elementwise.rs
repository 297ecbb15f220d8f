//! exp, erf, GELU and SiLU on vectors: few operations, no branches, the same bits at every vector width.

use pulp::Simd;

/// 1.5 · 2²³: adding it rounds a number to an integer, half to even, which is then in the low bits of the
/// sum.
pub(super) const ROUND: f32 = 12_582_912.0;

/// exp(x) for x ≤ 0, to about one unit in the last place; exp(−87), about 1.6e−38, below −87.
///
/// `x = n ln 2 + r` with |r| ≤ ln 2 / 2; the power of two is made from its bits, exp(r) by the polynomial of
/// Cephes' `expf` (Moshier 1992). `ln 2` is subtracted in two parts so that `r` is exact (Cody and Waite
/// 1980).
#[inline(always)]
pub(super) fn exp<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    const COEFFICIENTS: [f32; 6] =
        [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    let x = simd.max_f32s(x, simd.splat_f32s(-87.0));
    let shifted = simd.mul_add_f32s(x, simd.splat_f32s(std::f32::consts::LOG2_E), simd.splat_f32s(ROUND));
    let n = simd.sub_f32s(shifted, simd.splat_f32s(ROUND));
    let r = simd.mul_add_f32s(n, simd.splat_f32s(-0.693_359_4), x);
    let r = simd.mul_add_f32s(n, simd.splat_f32s(2.121_944_4e-4), r);
    let polynomial = horner(simd, r, &COEFFICIENTS);
    let power = simd.mul_add_f32s(simd.mul_f32s(r, r), polynomial, simd.add_f32s(r, simd.splat_f32s(1.0)));
    scale_by_power(simd, power, shifted)
}

/// 2^x for x ≤ 0, with a relative error of at most 8e−5, for numbers that are quantized; 2^−30 below −30.
///
/// `x = n + r` with |r| ≤ ½; the coefficients minimize the maximum relative error of 2^r (Lawson 1961).
#[inline(always)]
pub(super) fn power_of_two<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    const COEFFICIENTS: [f32; 4] = [5.517_143_4e-2, 2.426_108_1e-1, 6.932_61e-1, 9.999_281e-1];
    let x = simd.max_f32s(x, simd.splat_f32s(-30.0));
    let shifted = simd.add_f32s(x, simd.splat_f32s(ROUND));
    let r = simd.sub_f32s(x, simd.sub_f32s(shifted, simd.splat_f32s(ROUND)));
    scale_by_power(simd, horner(simd, r, &COEFFICIENTS), shifted)
}

/// `x` times two to the power of the integer in the low bits of `shifted`.
#[inline(always)]
fn scale_by_power<S: Simd>(simd: S, x: S::f32s, shifted: S::f32s) -> S::f32s {
    let exponent = simd.add_u32s(simd.transmute_u32s_f32s(shifted), simd.splat_u32s(127));
    simd.mul_f32s(x, simd.transmute_f32s_u32s(simd.wrapping_dyn_shl_u32s(exponent, simd.splat_u32s(23))))
}

/// The error function, with a relative error of at most 4e−7.
///
/// The rational approximation on [−4, 4] that Eigen and XLA use; beyond, erf is 1 in f32.
#[inline(always)]
fn erf<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    const NUMERATOR: [f32; 7] = [
        -2.726_142_3e-10,
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_4e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ];
    const DENOMINATOR: [f32; 5] =
        [-1.456_607_2e-5, -2.133_740_6e-4, -1.682_827e-3, -7.373_329_2e-3, -1.426_474e-2];
    let x = simd.min_f32s(simd.max_f32s(x, simd.splat_f32s(-4.0)), simd.splat_f32s(4.0));
    let square = simd.mul_f32s(x, x);
    let numerator = simd.mul_f32s(x, horner(simd, square, &NUMERATOR));
    simd.div_f32s(numerator, horner(simd, square, &DENOMINATOR))
}

/// The Gaussian error linear unit in its exact form, x (1 + erf(x / √2)) / 2 (Hendrycks and Gimpel 2016).
#[inline(always)]
pub(super) fn gelu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let erf = erf(simd, simd.mul_f32s(x, simd.splat_f32s(std::f32::consts::FRAC_1_SQRT_2)));
    let half = simd.mul_f32s(x, simd.splat_f32s(0.5));
    simd.mul_add_f32s(half, erf, half)
}

/// The sigmoid linear unit, x ÷ (1 + e⁻ˣ) (Elfwing, Uchibe and Doya 2018).
#[inline(always)]
pub(super) fn silu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let one = simd.splat_f32s(1.0);
    // Of e^−|x|, so that nothing grows beyond all numbers.
    let power = exp(simd, simd.neg_f32s(simd.abs_f32s(x)));
    let share = simd.div_f32s(one, simd.add_f32s(one, power));
    let is_negative = simd.less_than_f32s(x, simd.splat_f32s(0.0));
    simd.mul_f32s(x, simd.select_f32s(is_negative, simd.mul_f32s(power, share), share))
}

/// The Gaussian error linear unit with an error of at most 2e−4, for numbers that are quantized in steps fifty times as large.
///
/// Φ(x) − ½ is approximated by x times a polynomial in x² for |x| ≤ 4, and by its value at ±4 beyond. The
/// coefficients minimize the maximum error of x Φ(x) (Lawson 1961), with Φ(4) = 1.
#[inline(always)]
pub(super) fn gelu_of_bytes<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    const COEFFICIENTS: [f32; 7] = [
        2.258_812_8e-8,
        -1.588_822_8e-6,
        4.776_38e-5,
        -8.121_865_6e-4,
        8.763_686e-3,
        -6.455_44e-2,
        3.978_702_6e-1,
    ];
    let near = simd.min_f32s(simd.max_f32s(x, simd.splat_f32s(-4.0)), simd.splat_f32s(4.0));
    let polynomial = horner(simd, simd.mul_f32s(near, near), &COEFFICIENTS);
    let share = simd.mul_add_f32s(near, polynomial, simd.splat_f32s(0.5));
    simd.mul_f32s(x, share)
}

/// The polynomial with these coefficients, highest power first (Horner's scheme).
#[inline(always)]
fn horner<S: Simd, const N: usize>(simd: S, x: S::f32s, coefficients: &[f32; N]) -> S::f32s {
    let mut sum = simd.splat_f32s(coefficients[0]);
    for &coefficient in &coefficients[1..] {
        sum = simd.mul_add_f32s(sum, x, simd.splat_f32s(coefficient));
    }
    sum
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "compared with the system's functions")]
mod tests {
    use pulp::{Simd, WithSimd};

    use super::{erf, exp, gelu, gelu_of_bytes, power_of_two};
    use same_bits::Instructions;

    #[derive(Clone, Copy)]
    enum Function {
        Exp,
        Erf,
        Gelu,
        GeluOfBytes,
        PowerOfTwo,
    }

    struct Apply<'a>(Function, &'a mut [f32]);

    impl WithSimd for Apply<'_> {
        type Output = ();

        fn with_simd<S: Simd>(self, simd: S) {
            for x in S::as_mut_simd_f32s(self.1).0 {
                *x = match self.0 {
                    Function::Exp => exp(simd, *x),
                    Function::Erf => erf(simd, *x),
                    Function::Gelu => gelu(simd, *x),
                    Function::GeluOfBytes => gelu_of_bytes(simd, *x),
                    Function::PowerOfTwo => power_of_two(simd, *x),
                };
            }
        }
    }

    /// The function at 16,000 points from `low` to `high`, the same on every instruction set.
    fn values(function: Function, low: f32, high: f32) -> Vec<(f64, f64)> {
        let inputs: Vec<f32> = (0..16_000).map(|i| low + (high - low) * i as f32 / 16_000.0).collect();
        let mut results = Instructions::available().into_iter().map(|instructions| {
            let mut values = inputs.clone();
            instructions.run(Apply(function, &mut values));
            values
        });
        let plain = results.next().unwrap_or_default();
        for other in results {
            assert!(plain.iter().zip(&other).all(|(a, b)| a.to_bits() == b.to_bits()));
        }
        inputs.into_iter().map(f64::from).zip(plain.into_iter().map(f64::from)).collect()
    }

    /// erf by its Maclaurin series, good to 1e-10 for |x| ≤ 4.
    fn series(x: f64) -> f64 {
        let (mut term, mut total) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            total += term / f64::from(2 * n + 1);
        }
        total * std::f64::consts::FRAC_2_SQRT_PI
    }

    #[test]
    fn exp_is_exact_to_about_a_unit_in_the_last_place() {
        for (x, y) in values(Function::Exp, -86.9, 0.0) {
            assert!((y / x.exp() - 1.0).abs() < 1.5e-7, "exp({x}) = {y}");
        }
        assert_eq!(values(Function::Exp, 0.0, 1.0)[0].1.to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn a_power_of_two_is_near_and_never_above_one() {
        for (x, y) in values(Function::PowerOfTwo, -29.9, 0.0) {
            assert!((y / x.exp2() - 1.0).abs() < 8e-5 && y <= 1.0, "2^{x} = {y}");
        }
        assert!(values(Function::PowerOfTwo, -1e9, -30.0).iter().all(|(_, y)| *y < 1e-9));
    }

    #[test]
    fn erf_is_exact_to_some_units_in_the_last_place() {
        for (x, y) in values(Function::Erf, -3.99, 3.99) {
            assert!((y - series(x)).abs() < 4e-7 * series(x).abs() + 1e-30, "erf({x}) = {y}");
        }
    }

    #[test]
    fn gelu_vanishes_on_the_left_and_is_the_identity_on_the_right() {
        for (x, y) in values(Function::Gelu, -5.0, 5.0) {
            let expected = if x.abs() < 5.6 {
                0.5 * x * (1.0 + series(x * std::f64::consts::FRAC_1_SQRT_2))
            } else {
                x.max(0.0)
            };
            assert!((y - expected).abs() < 1e-6, "gelu({x}) = {y}");
        }
        let far = values(Function::Gelu, 6.0, 1000.0);
        assert!(far.iter().all(|(x, y)| (y / x - 1.0).abs() < 1e-6));
    }

    #[test]
    fn gelu_of_bytes_is_near_gelu_everywhere() {
        let near =
            values(Function::Gelu, -9.0, 9.0).into_iter().zip(values(Function::GeluOfBytes, -9.0, 9.0));
        for ((x, exact), (_, y)) in near {
            assert!((y - exact).abs() < 2e-4, "gelu({x}) = {y}");
        }
    }
}
