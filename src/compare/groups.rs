//! Which interviews form which group of an attribute, and problems of those that form none or a small one.

use crate::results::codes;
use std::collections::BTreeMap;

use interview_stats::settings::SMALL_GROUP;
use interview_stats::{Warning, small_group};
use transcripts::{Problem, Severity, Transcript};

/// Names that a message lists; of more it gives the number.
const MAX_LISTED: usize = 5;

/// The groups of an attribute by name, each with the indices of its transcripts, in order. Transcripts without a value (or with
/// a blank one) are in none.
pub(super) fn groups_of<'a>(attribute: &str, transcripts: &'a [Transcript]) -> BTreeMap<&'a str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, transcript) in transcripts.iter().enumerate() {
        if let Some(name) = value(transcript, attribute) {
            groups.entry(name).or_default().push(index);
        }
    }
    groups
}

/// The transcript's value for the attribute, unless it is blank.
pub(super) fn value<'a>(transcript: &'a Transcript, attribute: &str) -> Option<&'a str> {
    transcript.attributes.get(attribute).map(String::as_str).filter(|value| !value.trim().is_empty())
}

/// Problems of the groups of an attribute: transcripts without one, and groups of few interviews.
pub(super) fn warnings(attribute: &str, transcripts: &[Transcript]) -> Vec<Problem> {
    let groups = groups_of(attribute, transcripts);
    let with = |warning: Warning| -> Vec<&str> {
        let is_warned = |members: &Vec<usize>| small_group(members.len()) == Some(warning);
        groups.iter().filter(|(_, members)| is_warned(members)).map(|(name, _)| *name).collect()
    };
    let problems = [
        without_value(attribute, transcripts),
        one_interview(attribute, &with(Warning::SingleInterview)),
        few_interviews(attribute, &with(Warning::SmallGroup)),
    ];
    problems.into_iter().flatten().collect()
}

/// The problem of transcripts that are in no group of the attribute.
pub(super) fn without_value(attribute: &str, transcripts: &[Transcript]) -> Option<Problem> {
    let unknown = transcripts.iter().filter(|transcript| value(transcript, attribute).is_none()).count();
    let severity = match unknown {
        0 => return None,
        all if all == transcripts.len() => Severity::Warning,
        _ => Severity::Note,
    };
    let message = format!(
        "{unknown} of {} transcripts have no value for `{attribute}` and are in none of its groups.",
        transcripts.len()
    );
    let hint = "Give the value in the participants file, or write `unknown` there to make them a group.";
    Some(Problem::new(severity, "groups", message).with_code(codes::GROUPS_DOUBTFUL).with_hint(hint))
}

fn one_interview(attribute: &str, names: &[&str]) -> Option<Problem> {
    let message = format!(
        "Groups of `{attribute}` with one interview alone: {}. One person says little about a group: its intervals are \
         nearly as wide as can be, and its differences have no p value.",
        listed(names)?
    );
    let hint = "Add interviews, or join the group with another in the participants file.";
    Some(Problem::new(Severity::Warning, "groups", message).with_code(codes::GROUPS_DOUBTFUL).with_hint(hint))
}

fn few_interviews(attribute: &str, names: &[&str]) -> Option<Problem> {
    let message = format!(
        "Groups of `{attribute}` with fewer than {SMALL_GROUP} interviews: {}. Their intervals are wide, and only large differences \
         can be found; see `smallest_detectable` in the table `contrasts`.",
        listed(names)?
    );
    Some(Problem::new(Severity::Note, "groups", message).with_code(codes::GROUPS_DOUBTFUL))
}

/// The names as a message shows them; none of none.
fn listed(names: &[&str]) -> Option<String> {
    let shown: Vec<String> = names.iter().take(MAX_LISTED).map(|name| format!("`{name}`")).collect();
    let more = match names.len() {
        0 => return None,
        all if all > MAX_LISTED => format!(" and {} more", all - MAX_LISTED),
        _ => String::new(),
    };
    Some(shown.join(", ") + &more)
}

/// The numbers of names, in the order of the names; none for a name that is none.
pub(super) fn numbered(names: &[Option<&str>]) -> Vec<Option<usize>> {
    let mut numbers: BTreeMap<&str, usize> = names.iter().flatten().map(|&name| (name, 0)).collect();
    for (number, of_name) in numbers.values_mut().enumerate() {
        *of_name = number;
    }
    names.iter().map(|name| name.and_then(|name| numbers.get(name).copied())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::prevalence::tests::study;
    use super::*;

    #[test]
    fn groups_are_by_name_and_blank_is_none() {
        let (transcripts, _) = study(&[("Peru", 1), ("Chile", 1), ("  ", 1), ("Peru", 1)]);
        let groups = groups_of("country", &transcripts);
        assert_eq!(groups.into_iter().collect::<Vec<_>>(), [("Chile", vec![1]), ("Peru", vec![0, 3])]);
    }

    #[test]
    fn small_groups_are_problems() {
        let mut interviews = vec![("Malta", 1), ("Peru", 1), ("Peru", 1)];
        interviews.extend([("Chile", 1); 8]);
        interviews.extend(["A", "B", "C", "D", "E"].map(|name| (name, 1)));
        let (transcripts, _) = study(&interviews);
        let problems: Vec<String> =
            warnings("country", &transcripts).iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        warning: groups: Groups of `country` with one interview alone: `A`, `B`, `C`, `D`, `E` and 1 more. One person says little about a group: its intervals are nearly as wide as can be, and its differences have no p value. (Add interviews, or join the group with another in the participants file.)
        note: groups: Groups of `country` with fewer than 8 interviews: `Peru`. Their intervals are wide, and only large differences can be found; see `smallest_detectable` in the table `contrasts`.
        ");
    }
}
