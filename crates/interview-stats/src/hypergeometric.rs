//! The hypergeometric distribution: how many of the things drawn without replacement are marked ones.

use rand::Rng;
use same_bits::RandomStream;
use same_bits::elementary::exp;

/// Up to so many things are drawn one by one.
const ONE_BY_ONE: usize = 12;

/// The number of marked ones among `drawn` of `all` things, of which `marked` are marked: the smallest number whose probability is above
/// 0 in floating point, and the probabilities from it on.
///
/// Neighbours have the ratio P(*h* + 1) ÷ P(*h*) = (*K* − *h*) (*n* − *h*) ÷ ((*h* + 1) (*N* − *K* − *n* + *h* + 1)), from the most likely number on to either side.
/// `marked` and `drawn` above `all` count as `all`.
pub(crate) fn probabilities(all: usize, marked: usize, drawn: usize) -> (usize, Vec<f64>) {
    let (marked, drawn) = (marked.min(all), drawn.min(all));
    let Range { fewest, likeliest, most } = range(all, marked, drawn);
    let ratio = |number: usize| ratio(all, marked, drawn, number);
    // Relative to the likeliest; what is too small for all digits is left out.
    let normal = |probability: &f64| *probability >= f64::MIN_POSITIVE;
    let below = (fewest..likeliest).rev().scan(1.0, |probability, number| {
        *probability /= ratio(number);
        Some(*probability)
    });
    let mut found: Vec<f64> = below.take_while(normal).collect();
    found.reverse();
    let first = likeliest - found.len();
    found.push(1.0);
    let above = (likeliest..most).scan(1.0, |probability, number| {
        *probability *= ratio(number);
        Some(*probability)
    });
    found.extend(above.take_while(normal));
    let sum: f64 = found.iter().sum();
    for probability in &mut found {
        *probability /= sum;
    }
    (first, found)
}

/// The number of marked ones in a random draw, `marked` and `drawn` no more than `all`.
///
/// By inversion, from the likeliest number on to either side. `ln_factorials` are the logarithms of the factorials from 0 to `all`, or further.
pub(crate) fn draw(
    all: usize,
    marked: usize,
    drawn: usize,
    ln_factorials: &[f64],
    rng: &mut RandomStream,
) -> usize {
    if marked == all || drawn == all || marked == 0 || drawn == 0 {
        return marked.min(drawn);
    }
    // The distribution is the same with both exchanged.
    let (marked, drawn) = (marked.min(drawn), marked.max(drawn));
    if marked <= ONE_BY_ONE {
        return one_by_one(all, marked, drawn, rng);
    }
    let Range { fewest, likeliest, most } = range(all, marked, drawn);
    let ln_factorial = |number: usize| ln_factorials.get(number).copied().unwrap_or(f64::INFINITY);
    let ln_ways =
        |from: usize, choose: usize| ln_factorial(from) - ln_factorial(choose) - ln_factorial(from - choose);
    let highest =
        exp(ln_ways(marked, likeliest) + ln_ways(all - marked, drawn - likeliest) - ln_ways(all, drawn));
    let mut left = rng.r#gen::<f64>() - highest;
    let (mut below, mut above) = ((likeliest, highest), (likeliest, highest));
    while left >= 0.0 {
        if above.0 < most {
            above = (above.0 + 1, above.1 * ratio(all, marked, drawn, above.0));
            left -= above.1;
            if left < 0.0 {
                return above.0;
            }
        }
        if below.0 > fewest {
            below = (below.0 - 1, below.1 / ratio(all, marked, drawn, below.0 - 1));
            left -= below.1;
            if left < 0.0 {
                return below.0;
            }
        } else if above.0 >= most {
            // Nothing but rounding is left.
            break;
        }
    }
    likeliest
}

fn one_by_one(all: usize, marked: usize, drawn: usize, rng: &mut RandomStream) -> usize {
    let mut found = 0;
    for seen in 0..marked {
        let chance = (drawn - found) as f64 / (all - seen) as f64;
        found += usize::from(rng.r#gen::<f64>() < chance);
    }
    found
}

/// The numbers of marked ones that there can be, and the likeliest.
struct Range {
    fewest: usize,
    likeliest: usize,
    most: usize,
}

fn range(all: usize, marked: usize, drawn: usize) -> Range {
    let (fewest, most) = (drawn.saturating_sub(all - marked), marked.min(drawn));
    let likeliest = (marked as f64 + 1.0) * (drawn as f64 + 1.0) / (all as f64 + 2.0);
    Range { fewest, likeliest: (likeliest as usize).clamp(fewest, most), most }
}

/// P(`number` + 1) ÷ P(`number`).
fn ratio(all: usize, marked: usize, drawn: usize, number: usize) -> f64 {
    let ways = (marked - number) as f64 * (drawn - number) as f64;
    ways / ((number + 1) as f64 * (all - marked + number + 1 - drawn) as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use same_bits::elementary::ln_gamma;
    use same_bits::random_stream;

    use super::*;

    proptest! {
        #[test]
        fn probabilities_are_ways_to_draw(all in 0..30_usize, marked in 0..31_usize, drawn in 0..31_usize) {
            let (first, found) = probabilities(all, marked, drawn);
            let (marked, drawn) = (marked.min(all), drawn.min(all));
            let ways = |from: usize, choose: usize| {
                if choose > from { 0.0 } else { (0..choose).fold(1.0, |ways, at| ways * (from - at) as f64 / (at + 1) as f64) }
            };
            let defined = |number: usize| {
                if number > drawn { 0.0 } else { ways(marked, number) * ways(all - marked, drawn - number) / ways(all, drawn) }
            };
            for number in 0..=all {
                let found = number.checked_sub(first).and_then(|at| found.get(at)).copied().unwrap_or(0.0);
                prop_assert!((found - defined(number)).abs() <= 1e-12 * defined(number), "{number}: {found}");
            }
        }
    }

    #[test]
    fn draws_are_as_frequent_as_they_are_probable() {
        let ln_factorials: Vec<f64> = (0..=700).map(|number| ln_gamma(f64::from(number) + 1.0)).collect();
        let mut rng = random_stream(7, "test");
        for (all, marked, drawn) in
            [(700, 300, 200), (700, 30, 650), (500, 12, 100), (60, 50, 40), (9, 5, 9), (9, 0, 4)]
        {
            let (first, probabilities) = probabilities(all, marked, drawn);
            let mut found = vec![0.0; probabilities.len()];
            for _ in 0..100_000 {
                found[draw(all, marked, drawn, &ln_factorials, &mut rng) - first] += 1.0;
            }
            for (found, probability) in found.into_iter().zip(probabilities) {
                let expected = 1e5 * probability;
                assert!(
                    (found - expected).abs() <= 5.0 * expected.sqrt() + 3.0,
                    "{all} {marked} {drawn}: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn tails_of_thousands_are_those_of_scipy() {
        // By scipy.stats.hypergeom.logpmf(h, 8753, 1200, 3000); see tests/fixtures/oracle.py.
        let (first, found) = probabilities(8_753, 1_200, 3_000);
        let shown = [300, 411, 700].map(|number: usize| format!("{:.9e}", found[number - first]));
        insta::assert_snapshot!(shown.join(" "), @"2.501570022e-14 2.611352186e-2 7.525361928e-76");
        assert_eq!(probabilities(0, 0, 0), (0, vec![1.0]));
        // Most of these are beyond the smallest number; none of them is zero.
        let (first, found) = probabilities(1_000_000, 500_000, 500_000);
        assert!(first > 0 && found.len() < 100_000 && found.iter().all(|&probability| probability > 0.0));
    }
}
