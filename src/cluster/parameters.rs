//! What decides how vectors are clustered and is the same in every study.

use super::{ClusterCount, ClusterPlan, count, halves, stability};
use crate::results::Parameter;

/// The parameters of this stage that a study with such a plan depends on.
pub fn parameters(plan: &ClusterPlan) -> Vec<Parameter> {
    let built_in = |name, value: f64, about| Parameter::built_in("cluster", name, value, about);
    let mut parameters = Vec::new();
    if plan.count == ClusterCount::Auto {
        parameters.extend([
            built_in("most clusters", count::MAX_CLUSTERS as f64, "that are tried"),
            built_in(
                "gain forgone",
                count::GAIN_FORGONE,
                "share of the best number's gain in likelihood that is given up for fewer clusters",
            ),
            built_in(
                "share of spread explained",
                count::ISLANDS,
                "below it clusters are cuts through a cloud, and their number is the root of half the segments",
            ),
            built_in(
                "segments that the number is chosen on",
                count::MAX_ROWS as f64,
                "at most; of more a sample is taken",
            ),
        ]);
    }
    parameters.extend([
        built_in(
            "halves of the interviews",
            halves::HALVES as f64,
            "drawn to see which clusters come up again",
        ),
        built_in("interviews for stability", halves::MIN_INTERVIEWS as f64, "with fewer it is not known"),
        built_in("cosine of a cluster that comes up again", stability::SAME, "between the centres, at least"),
    ]);
    parameters
}
