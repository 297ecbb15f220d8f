//! p values for many questions at once: who asks forty finds two by chance.
//!
//! Holm for findings of which none should be by chance, Benjamini and Hochberg for a list of leads of which few should be.
//! Both take the p values as they come; unknown ones are no question asked.

/// Holm (1979): the *i*-th smallest of *m* times *m* − *i* + 1, never below a smaller one's and at most 1. Holds for any
/// dependence between the questions.
pub(in crate::compare) fn holm(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let ranked = ranked(p_values);
    let mut adjusted = vec![None; p_values.len()];
    let mut least = 0.0_f64;
    for (rank, &(place, p)) in ranked.iter().enumerate() {
        least = least.max(p * (ranked.len() - rank) as f64).min(1.0);
        adjusted[place] = Some(least);
    }
    adjusted
}

/// Benjamini and Hochberg (1995): the *i*-th smallest of *m* times *m* ÷ *i*, never above a larger one's. Holds for independent
/// questions and for those that go together in the same direction (Benjamini and Yekutieli, 2001).
pub(in crate::compare) fn benjamini_hochberg(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let ranked = ranked(p_values);
    let mut adjusted = vec![None; p_values.len()];
    let mut most = 1.0_f64;
    for (rank, &(place, p)) in ranked.iter().enumerate().rev() {
        most = most.min(p * ranked.len() as f64 / (rank + 1) as f64);
        adjusted[place] = Some(most);
    }
    adjusted
}

/// Both at once, a pair for each question: Holm's, and Benjamini and Hochberg's.
pub(in crate::compare) fn both(p_values: &[Option<f64>]) -> Vec<[Option<f64>; 2]> {
    holm(p_values).into_iter().zip(benjamini_hochberg(p_values)).map(|(holm, leads)| [holm, leads]).collect()
}

/// The known ones with their places, smallest first.
fn ranked(p_values: &[Option<f64>]) -> Vec<(usize, f64)> {
    let known = p_values.iter().enumerate();
    let mut ranked: Vec<(usize, f64)> = known.filter_map(|(place, p)| p.map(|p| (place, p))).collect();
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
        // Printed by tests/fixtures/compare/oracle.py; the unknown one is added here.
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
