//! How often likely labels are right, in a sentence: as people found in this study, or as was found in others.

use transcripts::text::counted;

use crate::table::Findings;

/// What was found in collections that people had coded, for a study in which nobody checked a label.
const ELSEWHERE: &str = "in 16 collections coded by people, about half of the likely labels were right (8 to 100 % by collection)";

/// How often likely labels are right; none where the program gave no label.
pub(super) fn precision_sentence(findings: &Findings) -> Option<String> {
    if findings.labels.iter().all(|label| !label.coders.is_empty()) {
        return None;
    }
    let Some(found) = &findings.likely_precision else {
        return Some(if findings.codings.rows.is_empty() {
            format!("Likely labels were not checked in this study; {ELSEWHERE}.")
        } else {
            format!("No likely label is among the segments that people coded; {ELSEWHERE}.")
        });
    };
    let [share, low, high] =
        [found.share_yes, found.interval.low, found.interval.high].map(|share| 100.0 * share);
    Some(format!(
        "Of the likely labels that people checked, {share:.0} % were right ({low:.0} to {high:.0} %; {}), by labels that had not learned \
         from the same interview.",
        counted(found.nobs as usize, "decision", "decisions")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Codings;
    use crate::table::fixture::{empty_findings, small_findings};

    #[test]
    fn what_is_known_of_likely_labels_is_a_sentence() {
        let mut findings = small_findings();
        insta::assert_snapshot!(precision_sentence(&findings).unwrap(), @"Of the likely labels that people checked, 83 % were right (7 to 100 %; 3 decisions), by labels that had not learned from the same interview.");
        findings.likely_precision = None;
        insta::assert_snapshot!(precision_sentence(&findings).unwrap(), @"No likely label is among the segments that people coded; in 16 collections coded by people, about half of the likely labels were right (8 to 100 % by collection).");
        findings.codings = Codings::default();
        insta::assert_snapshot!(precision_sentence(&findings).unwrap(), @"Likely labels were not checked in this study; in 16 collections coded by people, about half of the likely labels were right (8 to 100 % by collection).");
        assert_eq!(precision_sentence(&empty_findings()), None);
    }
}
