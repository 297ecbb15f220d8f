//! Several interviews in one file, found by headings such as `Interview 2`, `Transcript P03` or `=== P02 ===`. They are reported, and
//! split only if the plan says so, because a heading may also begin the second half of one interview.

use std::collections::{BTreeMap, BTreeSet};

use super::services::read_forms;
use super::{Line, accepted_labels, draft_of};
use crate::codes;
use crate::phrases::IN_PLAN;
use crate::read::format::{Draft, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::fold;

/// Maximum length of a heading in characters.
const MAX_HEADING: usize = 60;
/// Maximum words of a heading that the study does not name.
const MAX_WORDS: usize = 5;
/// Minimum labelled lines of a part.
const MIN_LABELLED: usize = 4;
/// Maximum lines named in a message.
const LISTED: usize = 6;

/// Words that begin the heading of an interview, in the languages of known transcripts.
const OPENING: &[&str] = &[
    "interview",
    "interviews",
    "transcript",
    "transcription",
    "participant",
    "respondent",
    "session",
    "case",
    "focus",
    "group",
    "subject",
    "informant",
    "interviewee",
    "fokusgruppe",
    "gruppe",
    "teilnehmer",
    "transkript",
    "gespräch",
    "entretien",
    "entrevista",
    "intervista",
    "groupe",
    "grupo",
    "ראיון",
    "مقابلة",
    "访谈",
    "采访",
];

/// The transcripts in a file's lines: one, or one for each of the study's headings.
pub(crate) fn drafts_of(lines: &[Line], source: &Source<'_>, log: &mut ProblemLog) -> Vec<Draft> {
    let lines = &*read_forms(lines, log);
    if source.split.is_empty() {
        tell_of_parts(lines, source.roster, log);
    } else if let Some(drafts) = split(lines, source, log) {
        return drafts;
    }
    vec![draft_of(lines, source.roster, source.questions, log)]
}

/// The parts by the study's headings, if there are two or more.
fn split(lines: &[Line], source: &Source<'_>, log: &mut ProblemLog) -> Option<Vec<Draft>> {
    let mut headings: Vec<(usize, String)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(heading) = heading_of(line) else { continue };
        if let Some(name) = source.split.iter().find_map(|pattern| name_in(heading, pattern)) {
            headings.push((at, name));
        }
    }
    if headings.len() < 2 {
        return None;
    }
    // A label that occurs once in a part may be frequent in the others.
    let labels = accepted_labels(lines, source.roster);
    let mut roster = source.roster.to_vec();
    let known: BTreeSet<&str> = labels.iter().flatten().map(|label| label.label).collect();
    roster.extend(known.into_iter().map(str::to_owned));
    let ends = headings.iter().skip(1).map(|(at, _)| *at).chain([lines.len()]);
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, ((start, name), end)) in headings.iter().zip(ends).enumerate() {
        let mut part: Vec<Line> = lines.get(start + 1..end).unwrap_or_default().to_vec();
        if index == 0 {
            // Text before the first heading is a header of the file, or is kept.
            part.splice(0..0, lines.get(..*start).unwrap_or_default().iter().cloned());
        }
        let name = if name.is_empty() { (index + 1).to_string() } else { name.clone() };
        drafts.push(Draft { part: Some(name), ..draft_of(&part, &roster, source.questions, log) });
    }
    let first = headings.first().and_then(|(at, _)| lines.get(*at)).map(|line| line.number);
    log.note(
        codes::TRANSCRIPT_SPLIT,
        first,
        format!("the file was read as {}, one a heading", counted(drafts.len(), "transcript", "transcripts")),
        "",
    );
    let empty = drafts.iter().filter(|draft| draft.turns.is_empty()).count();
    if empty > 0 {
        let headings = counted(empty, "heading has", "headings have");
        log.warning(
            codes::TRANSCRIPT_SPLIT,
            None,
            format!("{headings} nothing said below"),
            format!("look whether `split` {IN_PLAN} fits other lines too"),
        );
    }
    Some(drafts)
}

/// Warns about headings that seem to begin other interviews.
fn tell_of_parts(lines: &[Line], roster: &[String], log: &mut ProblemLog) {
    let mut found: BTreeMap<String, Vec<(usize, &str, String)>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some((pattern, heading, name)) = opens_an_interview(line) {
            found.entry(pattern).or_default().push((at, heading, name));
        }
    }
    found.retain(|_, headings| headings.len() > 1);
    if found.is_empty() {
        return;
    }
    let labels = accepted_labels(lines, roster);
    for (pattern, headings) in found {
        let names: BTreeSet<String> = headings.iter().map(|(.., name)| fold(name)).collect();
        let starts: Vec<usize> = headings.iter().map(|(at, ..)| *at).collect();
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        let each_is_a_talk = starts.iter().zip(ends).all(|(start, end)| {
            let labelled = labels.get(start + 1..end).unwrap_or_default().iter().flatten();
            let speakers: Vec<String> = labelled.map(|label| fold(label.label)).collect();
            speakers.len() >= MIN_LABELLED && speakers.iter().collect::<BTreeSet<_>>().len() > 1
        });
        let is_label = |at: &usize| labels.get(*at).is_some_and(Option::is_some);
        if names.len() < headings.len() || !each_is_a_talk || starts.iter().any(is_label) {
            continue;
        }
        let numbers: Vec<String> = starts
            .iter()
            .take(LISTED)
            .filter_map(|at| lines.get(*at))
            .map(|line| line.number.to_string())
            .collect();
        let more = if starts.len() > LISTED { ", …" } else { "" };
        let first = headings.first().map_or("", |(_, heading, _)| heading);
        log.warning(
            codes::SEVERAL_INTERVIEWS,
            starts.first().and_then(|at| lines.get(*at)).map(|line| line.number),
            format!(
                "the file seems to hold {} interviews, under headings such as `{first}` (lines {}{more}); it was read as one",
                headings.len(),
                numbers.join(", ")
            ),
            format!("to read each as a transcript of its own, write split = [\"{pattern}\"] {IN_PLAN}"),
        );
    }
}

/// The text of a line as a heading, without signs around it.
fn heading_of(line: &Line) -> Option<&str> {
    if line.is_speech || line.label.is_some() {
        return None;
    }
    let text = if line.heading.is_empty() { line.text.as_str() } else { line.heading.as_str() };
    let is_sign =
        |c: char| c.is_whitespace() || matches!(c, '=' | '*' | '#' | '_' | '~' | '-' | '–' | '—' | '|' | '+');
    let heading = text.trim_matches(is_sign).trim_end_matches([':', '.', '：']).trim();
    (!heading.is_empty() && heading.chars().count() <= MAX_HEADING).then_some(heading)
}

/// The pattern of a heading of an interview, the heading, and the interview's name in it.
fn opens_an_interview(line: &Line) -> Option<(String, &str, String)> {
    let heading = heading_of(line)?;
    let named = heading.split([':', '(', '[', '|']).next().unwrap_or(heading);
    let words: Vec<&str> = named.split_whitespace().collect();
    if words.is_empty() || words.len() > MAX_WORDS || heading.contains(['?', '!', ',', ';', '"']) {
        return None;
    }
    let has_number = |word: &str| word.contains(|c: char| c.is_numeric());
    // A number, or an id with one: `2`, `P03`, `#4`.
    let last = words.last().copied().filter(|word| has_number(word) && word.chars().count() <= 12)?;
    if words.iter().filter(|word| has_number(word)).count() > 1 {
        return None;
    }
    let opening = words.first().map(|word| fold(word)).filter(|word| OPENING.contains(&word.as_str()));
    let text = line.text.trim();
    let is_framed = ["===", "***", "---", "###", "___"].iter().any(|sign| text.starts_with(sign));
    let pattern = match opening {
        Some(_) if words.len() > 1 => format!("{} *", words.get(..words.len() - 1)?.join(" ")),
        // `=== P02 ===`
        None if is_framed && words.len() == 1 => {
            let letters: String = last.chars().take_while(|c| !c.is_numeric()).collect();
            if letters.is_empty() {
                return None;
            }
            format!("{letters}*")
        }
        _ => return None,
    };
    let name = name_in(heading, &pattern)?;
    Some((pattern, heading, name))
}

/// The text for the `*` of a pattern in a matching heading, up to a comma, a colon or a bracket; the whole heading for a `*` right after
/// a letter (`P*`), empty for a pattern without `*`.
fn name_in(heading: &str, pattern: &str) -> Option<String> {
    let (before, after) = match pattern.trim().split_once('*') {
        Some((before, after)) => (before, Some(after)),
        None => (pattern.trim(), None),
    };
    let letters: Vec<char> = heading.chars().collect();
    let alike = |written: &[char], part: &str| {
        let written: String = written.iter().collect();
        written.to_lowercase() == part.to_lowercase()
    };
    let first = before.chars().count();
    if !letters.get(..first).is_some_and(|written| alike(written, before)) {
        return None;
    }
    let Some(after) = after else { return (letters.len() == first).then(String::new) };
    let last = letters.len().checked_sub(after.chars().count()).filter(|last| *last > first)?;
    if !letters.get(last..).is_some_and(|written| alike(written, after)) {
        return None;
    }
    let begins_inside = before.chars().next_back().is_some_and(char::is_alphanumeric);
    let from = if begins_inside { 0 } else { first };
    let named: String = letters.get(from..last)?.iter().collect();
    let named = named.split([',', ':', ';', '(', '[', '|']).next().unwrap_or_default().trim().to_owned();
    (!named.is_empty()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_its_interview() {
        let named =
            |heading: &str, pattern: &str| name_in(heading, pattern).unwrap_or_else(|| "-".to_owned());
        assert_eq!(named("Interview 2", "Interview *"), "2");
        assert_eq!(named("INTERVIEW 2: Maya", "interview *"), "2");
        assert_eq!(named("Transcript P03 (long)", "Transcript *"), "P03");
        assert_eq!(named("P02", "P*"), "P02");
        assert_eq!(named("Interview", "Interview *"), "-");
        assert_eq!(named("Next", "next"), "");
        assert_eq!(named("Talk 3 begins", "Talk * begins"), "3");
    }
}
