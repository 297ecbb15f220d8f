//! What decides comparisons and is the same in every study.

use super::contrast::{self, language, permutation};
use super::{drawn, groups, interval};
use crate::corpus::Parameter;

/// The parameters of this stage.
pub fn parameters() -> Vec<Parameter> {
    let row = |name, value: f64, about| Parameter::built_in("compare", name, value, about);
    vec![
        row("outside an interval", interval::TAIL, "probability on each side"),
        row("interviews of a group", groups::FEW as f64, "with fewer the group is called small"),
        row(
            "groups compared in pairs",
            contrast::MOST_GROUPS as f64,
            "at most; of more each is compared with the rest",
        ),
        row(
            "arrangements",
            f64::from(permutation::DRAWS),
            "drawn for a p value, at most; all are tried where there are fewer",
        ),
        row("extreme arrangements", f64::from(drawn::ENOUGH), "after which no more are drawn"),
        row("language and group go together", language::STRONG, "Cramér's V, at least"),
    ]
}
