//! Constants that decide scores, labels, emergent themes and quotes, the same in every study. docs/methods.md explains each.

use std::fmt::Display;

use super::examine::{self, overlap, split};
use super::{
    basis, best, context, emergent, keywords, language, learn, null_distribution, persistence, phrases,
    quote, score, seed, shared_words, similar, subjects, threshold,
};
use crate::results::{MIN_BASIS, MIN_LIKELY_CONFIDENCE, Parameter};

/// The parameters of this stage; those of emergent themes only where these are looked for.
pub fn parameters(looks_for_emergent: bool) -> Vec<Parameter> {
    let mut parameters = [of_context(), of_scores(), of_labels()].concat();
    if looks_for_emergent {
        parameters.extend(of_emergent());
    }
    parameters.extend(of_learning());
    parameters.extend(of_quotes_and_advice());
    parameters
}

fn row(name: &str, value: impl Display, about: &str) -> Parameter {
    Parameter::built_in("theme", name, value, about)
}

fn of_context() -> Vec<Parameter> {
    let clusters = &context::FOR_CLUSTERS;
    vec![
        row(
            "passages of a language",
            language::MIN_PASSAGES,
            "at least, in two languages, before each language's mean is taken out",
        ),
        row(
            "subjects of languages",
            subjects::SUBJECTS,
            "at most, within which the means of languages are compared",
        ),
        row(
            "passages of a subject",
            subjects::PASSAGES_OF_A_SUBJECT,
            "at least, on average, where the means of languages are compared",
        ),
        row("share of the main language", language::MAIN_SHARE, "at least, where words are matched too"),
        row(
            "weight of neighbours for scores",
            persistence::NEIGHBOUR,
            "times the persistence of talk in this corpus, once for each passage of distance",
        ),
        row("neighbours for scores", persistence::DISTANCES, "on either side, at most"),
        row("weight of a question right before", context::QUESTION, "further weight, for scores"),
        row(
            "words at which a segment speaks for itself, for scores",
            context::SPEAKS_FOR_ITSELF,
            "longer ones take neighbours at this number over their own words",
        ),
        row("weights of neighbours for clusters", listed(clusters.weights), "as above"),
        row(
            "words at which a segment speaks for itself, for clusters",
            clusters.speaks_for_itself,
            "as above",
        ),
        row(
            "weight of context passages",
            context::CONTEXT_ONLY,
            "short ones and the interviewer's, times the above",
        ),
    ]
}

fn of_scores() -> Vec<Parameter> {
    vec![
        row(
            "best segments of a theme",
            best::BEST,
            "of each language, that its vector moves towards, at most",
        ),
        row("segments for one of them", best::BEST_OF, "of so many segments at most one is among the best"),
        row("best segments of an interview", best::BEST_OF_INTERVIEW, "for a theme, at most"),
        row("move towards the best", score::MOVE, "weight beside the codebook's own words"),
        row(
            "words beside cosine",
            score::WORDS_BESIDE_COSINE,
            "weight of word matches while the best are found",
        ),
        row("words", score::WORDS, "weight of word matches in the score"),
        row(
            "words of the best",
            score::SHARED_WORDS,
            "weight of matches with words that the best segments share",
        ),
        row("words that the best share", shared_words::MAX_WORDS, "at most"),
        row("similar segments", similar::NEAREST, "whose scores are added to a segment's"),
        row(
            "similar segments are looked for among",
            similar::MAX_REFERENCES,
            "segments, evenly spaced, at most",
        ),
        row("similar segments' scores", score::SIMILAR_SCORES, "weight of their mean"),
        row("length", score::LENGTH, "weight of a segment's length, in standard deviations of its logarithm"),
        row("another theme", score::OTHER_THEME, "weight of a segment's best other score, against a theme"),
        row("neighbours' words", listed(&score::NEIGHBOUR_WORDS), "weight beside a segment's own"),
        row(
            "neighbours' scores",
            listed(&score::NEIGHBOUR_SCORES),
            "of the next segments and those behind them",
        ),
        row("excluded talk", seed::EXCLUDE, "weight of what `exclude` describes, against a theme"),
        row(
            "scores that an expected null is worth",
            null_distribution::EXPECTATION_WEIGHT,
            "beside what the theme scores on other talk in the corpus",
        ),
        row(
            "share of a language's own variance",
            null_distribution::MAX_OWN_VARIANCE,
            "at most, of several languages, in what a theme scores on other talk",
        ),
        row("scores that half of that share takes", null_distribution::LANGUAGE_WEIGHT, "of the language"),
    ]
}

fn of_labels() -> Vec<Parameter> {
    let line = format!(
        "{} + {} per spread up to {}, {} above",
        threshold::AT_NULL,
        threshold::BELOW_BEND,
        threshold::BEND,
        threshold::ABOVE_BEND
    );
    vec![
        row("confidence of a label", threshold::MIN_CONFIDENCE, "at least"),
        row("confidence of a likely label", MIN_LIKELY_CONFIDENCE, "at least; below it a label is possible"),
        row(
            "themes that share the odds",
            threshold::MIN_THEMES,
            "at least: odds are 1 to this or to the number of themes",
        ),
        row(
            "shuffled codebooks",
            format!("{}, {}", basis::SHUFFLES, basis::SHUFFLES_OF_MANY),
            "beside which the codebook's own themes must find more, in small and large studies",
        ),
        row("codebook above shuffled ones", MIN_BASIS, "standard deviations of these, at least, for a basis"),
        row(
            "tail of scores",
            basis::TAIL,
            "share of the segments of a language that is compared with those of shuffled codebooks",
        ),
        row(
            "segments and themes of that comparison",
            format!("{}, {}", basis::MIN_SEGMENTS, basis::MIN_THEMES),
            "of a language and in the codebook, at least",
        ),
        row("log likelihood ratio of a score", line, "from fifteen collections that people had coded"),
    ]
}

fn of_emergent() -> Vec<Parameter> {
    let number = format!("{} · n^{}", emergent::SCALE, emergent::GROWTH);
    vec![
        row(
            "directions of the talk",
            number,
            "for n segments, no interview counted longer than the median one",
        ),
        row("directions beside a codebook", emergent::BESIDE_CODEBOOK, "share of them"),
        row("core of a direction", emergent::CORE, "share of its cluster that its centre is the mean of"),
        row(
            "emergent themes of a segment",
            format!("{:?}", emergent::THEMES_OF_A_SEGMENT),
            "in the mean, if all directions are themes",
        ),
        row(
            "explained direction",
            emergent::EXPLAINED,
            "mean confidence of one seed theme in its segments, at least",
        ),
        row("segments of an emergent theme", emergent::MIN_SEGMENTS, "at least"),
        row(
            "interviews of an emergent theme",
            emergent::SHARE_OF_TRANSCRIPTS,
            &format!(
                "share, at least; but {} to {}",
                emergent::MIN_TRANSCRIPTS,
                emergent::MAX_MIN_TRANSCRIPTS
            ),
        ),
        row(
            "greeting or closing",
            emergent::AT_EDGES,
            "share of segments at the beginning or end of interviews",
        ),
        row(
            "repeated lines",
            emergent::REPEATED_LINES,
            "share of segments with a line that many interviews hold",
        ),
        row("phrases of a name", phrases::NAME_PHRASES, "at most"),
        row("words of a phrase", phrases::WORDS, "at most"),
        row("phrases that may name a theme", phrases::CANDIDATES, "the strongest, which are embedded"),
        row("strength of a phrase", phrases::STRENGTH, "weight beside its cosine with the theme"),
        row("interviews that say a phrase", phrases::HEARD, "weight of their share beside that cosine"),
        row("same phrase", phrases::SAME, "cosine of two phrases of a name, at most"),
        row("interviews of a phrase", phrases::MIN_TRANSCRIPTS, "of the theme, at least"),
        row("common phrase", phrases::COMMON, "share of all segments, at most"),
        row(
            "asked phrase",
            phrases::MIN_ASKED,
            "times an interviewer says what participants say no more often",
        ),
        row("keywords of an emergent theme", phrases::PHRASES, "at most"),
        row("words of a cluster's name", keywords::NAME_WORDS, "at most"),
        row("keywords", keywords::KEYWORDS, "at most"),
    ]
}

fn of_learning() -> Vec<Parameter> {
    let ridge = "ridge, where people coded a sample";
    vec![
        row("learning: how freely themes are given", learn::INTERCEPT_RIDGE, ridge),
        row("learning: how much the score counts", learn::SLOPE, ridge),
        row("learning: habits", learn::HABIT, ridge),
        row("learning: aspects of a score", learn::ASPECT, ridge),
        row(
            "learning: aspects and habits for a theme",
            format!("{:?}", learn::SEEN),
            "added to the coded segments that carry it, above and below the line",
        ),
        row("learning: how freely a theme is given", 1.0 / learn::kernel::SHARED_VARIANCE, ridge),
        row("learning: variance of a theme's function", learn::kernel::VARIANCE, "of each of its two parts"),
        row(
            "learning: reach of a code",
            learn::kernel::REACH,
            "one less the cosine at which its effect has fallen to 1/e",
        ),
        row("learning: features", learn::kernel::MAX_FEATURES, "coded segments that have one, at most"),
        row(
            "learning: clearly worse",
            learn::kept::CLEARLY,
            "log likelihood of a theme's codes, from which on nothing is kept of it",
        ),
        row(
            "learning: confidence of a label",
            format!("{:?}", threshold::LEARNED_CONFIDENCE),
            "found from the codes, within these",
        ),
        row("learning: folds", learn::folds::FOLDS, "of coded interviews, each foretold from the others"),
    ]
}

fn of_quotes_and_advice() -> Vec<Parameter> {
    vec![
        row("quotes of a kind", quote::MOST, "at most, from different interviews first"),
        row("segments for dissent", quote::MIN_TO_DISSENT, "with fewer nobody dissents"),
        row("dissent", quote::DISSENT, "spreads from the theme's usual judgement"),
        row("support of a seed theme", examine::SUPPORT, "labels that can be expected to be right"),
        row("interviews of a supported theme", examine::MIN_TRANSCRIPTS, "at least"),
        row("segments of a theme that is two", split::MIN_SEGMENTS, "at least"),
        row("smaller part of a theme that is two", split::MIN_GROUP, "share of its segments, at least"),
        row("overlap", overlap::OVERLAP, "share of the rarer theme that carries the other too"),
        row("one theme", overlap::SAME, "segments with both over those with either"),
    ]
}

fn listed(weights: &[f32]) -> String {
    weights.iter().map(f32::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_a_name_of_its_own() {
        let mut names: Vec<String> = parameters(true).into_iter().map(|parameter| parameter.name).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(parameters(false).len() < all);
    }
}
