//! p values of many tests at once: of forty tests, two are below .05 by chance.
//!
//! Holm's method is for findings of which none should be false, that of Benjamini and Hochberg for leads of which few should be. Both
//! take p values in any order and return them in the same order. A missing p value is no test.

/// Adjusts p values by Holm's (1979) method, which bounds the probability of any false finding.
///
/// The *i*-th smallest of *m* is multiplied by *m* − *i* + 1; the result is never below that of a smaller one, and at most 1. Valid
/// under any dependence between the tests.
pub fn holm(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let ranked = ranked(p_values);
    let mut adjusted = vec![None; p_values.len()];
    let mut least = 0.0_f64;
    for (rank, &(index, p)) in ranked.iter().enumerate() {
        least = least.max(p * (ranked.len() - rank) as f64).min(1.0);
        adjusted[index] = Some(least);
    }
    adjusted
}

/// Adjusts p values by the method of Benjamini and Hochberg (1995), which bounds the expected share of false findings.
///
/// The *i*-th smallest of *m* is multiplied by *m* ÷ *i*; the result is never above that of a larger one. Valid for independent and for
/// positively dependent tests (Benjamini and Yekutieli, 2001).
pub fn benjamini_hochberg(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let ranked = ranked(p_values);
    let mut adjusted = vec![None; p_values.len()];
    let mut most = 1.0_f64;
    for (rank, &(index, p)) in ranked.iter().enumerate().rev() {
        most = most.min(p * ranked.len() as f64 / (rank + 1) as f64);
        adjusted[index] = Some(most);
    }
    adjusted
}

/// The p values that are known, with their indices, smallest first.
fn ranked(p_values: &[Option<f64>]) -> Vec<(usize, f64)> {
    let known = p_values.iter().enumerate();
    let mut ranked: Vec<(usize, f64)> = known.filter_map(|(index, p)| p.map(|p| (index, p))).collect();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(adjusted: &[Option<f64>]) -> String {
        let shown = adjusted.iter().map(|p| p.map_or("-".to_owned(), |p| format!("{p:.6}")));
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn adjusted_values_are_those_of_statsmodels() {
        // Printed by tests/fixtures/oracle.py; the unknown one is added here.
        let p_values = [0.01, 0.04, 0.03, 0.005, 0.55, 0.01, 1.0].map(Some);
        let with_unknown = [&p_values[..3], &[None], &p_values[3..]].concat();
        insta::assert_snapshot!(show(&holm(&with_unknown)), @"0.060000 0.120000 0.120000 - 0.035000 1.000000 0.060000 1.000000");
        insta::assert_snapshot!(show(&benjamini_hochberg(&with_unknown)), @"0.023333 0.056000 0.052500 - 0.023333 0.641667 0.023333 1.000000");
    }

    #[test]
    fn nothing_asked_is_no_trouble() {
        assert_eq!(holm(&[]), []);
        assert_eq!(benjamini_hochberg(&[None]), [None]);
    }
}
