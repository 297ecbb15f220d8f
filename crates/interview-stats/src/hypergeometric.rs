//! The hypergeometric distribution: how many of the things drawn without replacement are marked ones.

/// The number of marked ones among `drawn` of `all` things, of which `marked` are marked: the smallest number whose probability is above
/// 0 in floating point, and the probabilities from it on.
///
/// Neighbours have the ratio P(*h* + 1) ÷ P(*h*) = (*K* − *h*) (*n* − *h*) ÷ ((*h* + 1) (*N* − *K* − *n* + *h* + 1)), from the most likely number on to either side.
/// `marked` and `drawn` above `all` count as `all`.
pub(crate) fn probabilities(all: usize, marked: usize, drawn: usize) -> (usize, Vec<f64>) {
    let (marked, drawn) = (marked.min(all), drawn.min(all));
    let others = all - marked;
    let (fewest, most) = (drawn.saturating_sub(others), marked.min(drawn));
    let likeliest = (marked as f64 + 1.0) * (drawn as f64 + 1.0) / (all as f64 + 2.0);
    let likeliest = (likeliest as usize).clamp(fewest, most);
    let ratio = |number: usize| {
        let ways = (marked - number) as f64 * (drawn - number) as f64;
        ways / ((number + 1) as f64 * (others + number + 1 - drawn) as f64)
    };
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
