//! Problems of groups whose difference may be one of languages.

use crate::results::codes;
use interview_stats::Warning;
use transcripts::{Problem, Severity};

use super::Contrast;

/// The problem of a pair of groups that are confounded with language.
pub(super) fn confounded(warning: Warning, attribute: &str, group_a: &str, group_b: &str) -> Option<Problem> {
    let how = match warning {
        Warning::Separated => "speak different languages",
        Warning::NearlySeparated => "hardly share a language",
        _ => return None,
    };
    let message = format!(
        "`{group_a}` and `{group_b}` (`{attribute}`) {how}: a difference between them may lie in how well each language \
         is read, not in what people say. `contrasts` marks it in `language_confounded`."
    );
    let hint =
        "Before reporting one, code a random sample of both groups by hand, or compare within a language.";
    Some(
        Problem::new(Severity::Warning, "groups", message)
            .with_code(codes::GROUPS_DIFFER_IN_LANGUAGE)
            .with_hint(hint),
    )
}

/// The problem of a pair whose differences, if more than chance, change sign when a language is left out; `contrasts` are those of the pair.
pub(super) fn turned_signs(
    attribute: &str,
    group_a: &str,
    group_b: &str,
    contrasts: &[Vec<Contrast>],
) -> Option<Problem> {
    let turns = |contrast: &&Contrast| {
        contrast.leave_language_out.is_some_and(|range| contrast.as_difference().changes_sign_in(range))
    };
    let turned = contrasts.iter().flatten().filter(turns).count();
    (turned > 0).then(|| {
        let message = format!(
            "`{group_a}` and `{group_b}` (`{attribute}`): differences that turn round when one language is left out: {turned}; see \
             `leave_language_out_low` and `_high` in `contrasts`."
        );
        let hint = "Compare within languages (`within = \"language\"` under [compare]), and read the quotes of each language.";
        Problem::new(Severity::Warning, "groups", message).with_code(codes::GROUPS_DIFFER_IN_LANGUAGE).with_hint(hint)
    })
}
