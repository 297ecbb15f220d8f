//! Constants that decide how transcripts are cut, the same in every study.

use super::topic::change_points;
use super::{SegmentPlan, Unit, language};
use crate::results::Parameter;

/// The parameters of this stage that a study with such a plan depends on.
pub fn parameters(plan: SegmentPlan) -> Vec<Parameter> {
    let built_in = |name, value: f64, about| Parameter::built_in("segment", name, value, about);
    let mut parameters = vec![
        built_in(
            "characters read to recognise a language",
            language::LOOKED_AT as f64,
            "from the start of each transcript, unless the study file names the language",
        ),
        built_in(
            "share of frequent words that tells a language",
            language::MIN_SHARE,
            "at least, in Latin script; half of it in others",
        ),
        built_in(
            "lead of frequent words that tells a language",
            language::MIN_LEAD,
            "at least, in standard deviations, of the words that are frequent in only one of two languages",
        ),
        built_in(
            "share of function words in a language that trigrams are sure of",
            language::MIN_SHARE_CLAIMED,
            "at least, where the language has a list of them",
        ),
    ];
    if plan.unit == Unit::Topic {
        parameters.extend([
            built_in(
                "price of a cut",
                change_points::CUT,
                "times (ln of the turns + the next number), in the scatter of a mean turn about its topic",
            ),
            built_in("price of a cut, constant", change_points::CUT_BASE, "added to the ln of the turns"),
            built_in(
                "shortest topic in words",
                change_points::MIN_WORDS as f64,
                "a shorter one costs the price of a remark",
            ),
            built_in(
                "price of a remark",
                change_points::SHORT_TOPIC_PENALTY,
                "in the scatter of a mean turn about its topic",
            ),
            built_in(
                "words that open a topic",
                f64::from(change_points::MIN_WORDS_TO_OPEN),
                "shorter turns open none",
            ),
            built_in(
                "words that a turn is weighed by",
                f64::from(change_points::MAX_WORDS_WEIGHED),
                "at most; the weight is their power of 3/4",
            ),
            built_in("turns of a topic", change_points::MAX_TURNS as f64, "at most"),
        ]);
    }
    parameters
}
