//! The fixed parameters of comparisons.

use interview_stats::settings::{
    MAX_EXTREME_PERMUTATIONS, MAX_PERMUTATIONS, SMALL_GROUP, STRONG_ASSOCIATION, TAIL_PROBABILITY,
};

use super::contrast::MAX_GROUPS;
use crate::results::Parameter;

/// The parameters of this stage.
pub fn parameters() -> Vec<Parameter> {
    let row = |name, value: f64, about| Parameter::built_in("compare", name, value, about);
    vec![
        row("outside an interval", TAIL_PROBABILITY, "probability on each side"),
        row("interviews of a group", SMALL_GROUP as f64, "with fewer the group is called small"),
        row("groups compared in pairs", MAX_GROUPS as f64, "at most; of more each is compared with the rest"),
        row(
            "arrangements",
            f64::from(MAX_PERMUTATIONS),
            "drawn for a p value, at most; all are tried where there are fewer",
        ),
        row("extreme arrangements", f64::from(MAX_EXTREME_PERMUTATIONS), "after which no more are drawn"),
        row("language and group go together", STRONG_ASSOCIATION, "Cramér's V, at least"),
    ]
}
