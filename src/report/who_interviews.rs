//! Likely interviewers in `emic check`: confidence, evidence, and lines for the study file. Applying them is the researcher's decision,
//! because it removes somebody's words from the results.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use transcripts::text::counted;
use transcripts::{Confidence, Corpus, InterviewerGuess, Transcript, focus_groups, guess_interviewers};

use super::display_width::{display_width, one_line, wrapped};

/// Maximum labels and transcripts shown; a study of hundreds would fill the screen.
const MAX_SHOWN: usize = 12;

/// Lines about likely interviewers and group talks; empty when there are none.
pub(super) fn who_interviews(corpus: &Corpus, width: usize) -> String {
    let mut text = String::new();
    let groups = focus_groups(corpus);
    if !groups.is_empty() {
        let shown: Vec<String> = groups
            .iter()
            .take(MAX_SHOWN)
            .map(|(index, speakers)| {
                format!("{} ({})", id_of(corpus, *index), counted(*speakers, "speaker", "speakers"))
            })
            .collect();
        let more = and_more(groups.len());
        let all = counted(groups.len(), "focus group", "focus groups");
        let line = format!("{all}: {}{more}", shown.join(", "));
        let _ = writeln!(text, "\n{}", wrapped(&line, 2, width));
    }
    let askers = guess_interviewers(corpus);
    let unlisted: Vec<&InterviewerGuess> = askers.iter().filter(|one| !one.is_listed).collect();
    if unlisted.is_empty() {
        return text;
    }
    let _ = writeln!(text, "\nwho seems to interview");
    for one in unlisted.iter().take(MAX_SHOWN) {
        let _ = writeln!(text, "{}", wrapped(&line_of(one, corpus), 4, width));
    }
    if unlisted.len() > MAX_SHOWN {
        let _ = writeln!(text, "  and {} more", unlisted.len() - MAX_SHOWN);
    }
    text.push_str(&to_paste(&askers, corpus, width));
    text
}

fn and_more(all: usize) -> String {
    if all > MAX_SHOWN { format!(" and {} more", all - MAX_SHOWN) } else { String::new() }
}

fn id_of(corpus: &Corpus, index: usize) -> String {
    corpus.transcripts.get(index).map_or_else(String::new, |transcript| one_line(&transcript.id))
}

/// `  ANNA: likely, in P07: asks 9 of 10 questions with 21 % of the words`
fn line_of(one: &InterviewerGuess, corpus: &Corpus) -> String {
    let indices = match one.transcripts.as_slice() {
        [only] => id_of(corpus, *only),
        several if several.len() == corpus.transcripts.len() => "all transcripts".to_owned(),
        several => {
            let all = counted(corpus.transcripts.len(), "transcript", "transcripts");
            format!("{} of {all}", several.len())
        }
    };
    let label = if one.by_label { "the label says so, " } else { "" };
    let (asked, questions) = one.questions;
    let asks = match (asked, questions) {
        (_, 0) => "nobody asks anything with a question mark".to_owned(),
        (0, _) => "but asks nothing".to_owned(),
        (asked, questions) => {
            let but = if one.confidence == Confidence::Doubtful { "but " } else { "" };
            let questions = counted(questions, "turn with a question", "turns with a question");
            format!("{but}{asked} of {questions}")
        }
    };
    let share = 100.0 * one.words.0 as f64 / one.words.1.max(1) as f64;
    format!(
        "  {}: {}, in {indices}: {label}{asks}, {share:.0}\u{a0}% of the words",
        one_line(&one.speaker),
        one.confidence.as_str(),
    )
}

/// Lines for the study file, for those who are not doubtful. Whoever asks in some transcripts and answers in others is named for each
/// transcript in which they ask.
fn to_paste(askers: &[InterviewerGuess], corpus: &Corpus, width: usize) -> String {
    let sure = || askers.iter().filter(|one| one.is_listed || one.confidence != Confidence::Doubtful);
    let asked: BTreeSet<usize> = sure().flat_map(|one| one.transcripts.iter().copied()).collect();
    let mut listed: Vec<String> = Vec::new();
    let mut named: BTreeMap<usize, &str> = BTreeMap::new();
    // Unlisted labels first: a listed label of a speech recogniser may be somebody else's in that transcript.
    let (known, new): (Vec<&InterviewerGuess>, Vec<&InterviewerGuess>) =
        sure().partition(|one| one.is_listed);
    for one in new.into_iter().chain(known) {
        // Where nobody else asks, a general entry is safe.
        let answers = |index: usize, transcript: &Transcript| {
            !one.transcripts.contains(&index)
                && asked.contains(&index)
                && transcript.turns.iter().any(|turn| turn.speaker == one.speaker)
        };
        let elsewhere = corpus.transcripts.iter().enumerate().any(|(index, about)| answers(index, about));
        let is_taken = one.transcripts.iter().any(|index| named.contains_key(index));
        if elsewhere || (one.is_generic && (!one.is_listed || is_taken)) {
            // A label a transcript: the most likely first.
            for index in &one.transcripts {
                named.entry(*index).or_insert(&one.speaker);
            }
        } else {
            listed.push(quoted(&one.speaker));
        }
    }
    listed.sort_by_key(|label| askers.iter().position(|one| quoted(&one.speaker) == *label));
    let only_here = !named.is_empty();
    listed.extend(named.iter().map(|(index, label)| quoted(&format!("{}: {label}", id_of(corpus, *index)))));
    if listed.is_empty() {
        return String::new();
    }
    let about = if only_here {
        "If that is right, write under [corpus] in the study file, and their turns are not coded; what stands before a colon is the \
         transcript in which the label interviews:"
    } else {
        "If that is right, write under [corpus] in the study file, and their turns are not coded:"
    };
    format!("{}\n{}", wrapped(about, 0, width), list("interviewers", &listed, width))
}

/// A list in TOML, an item a line where one line is too long.
fn list(key: &str, items: &[String], width: usize) -> String {
    let line = format!("  {key} = [{}]", items.join(", "));
    if display_width(&line) <= width {
        return format!("{line}\n");
    }
    format!("  {key} = [\n    {},\n  ]\n", items.join(",\n    "))
}

/// A text in TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcripts::{CharSpan, Role, Turn};

    fn transcript(id: &str, turns: &[(&str, &str)]) -> Transcript {
        let turn = |(at, (speaker, text)): (usize, &(&str, &str))| Turn {
            index: at as i64 + 1,
            speaker: (*speaker).into(),
            role: if *speaker == "Listed" { Role::Interviewer } else { Role::Participant },
            start_ms: None,
            end_ms: None,
            span: CharSpan { start: 0, end: 0 },
            text: (*text).into(),
        };
        Transcript {
            id: id.to_owned(),
            source: format!("{id}.txt"),
            format: "txt",
            turns: turns.iter().enumerate().map(turn).collect(),
            attributes: BTreeMap::new(),
        }
    }

    fn talk(asks: &'static str, answers: &'static str) -> Vec<(&'static str, &'static str)> {
        (0..5)
            .flat_map(|_| {
                [(asks, "And how was it then?"), (answers, "It was as it was, long and hard work.")]
            })
            .collect()
    }

    fn corpus(transcripts: Vec<Transcript>) -> Corpus {
        Corpus { transcripts, attributes: Vec::new() }
    }

    #[test]
    fn a_study_of_people_and_recognisers() {
        let mut group = talk("INT", "Maya");
        group.extend(talk("INT", "Noor"));
        group.extend(talk("INT", "Omar"));
        group.extend(talk("INT", "Lee"));
        let corpus = corpus(vec![
            transcript("P01", &talk("INT", "P01")),
            transcript("P02", &talk("INT", "P02")),
            transcript("P03", &talk("ANNA \"A.\" ROE", "P03")),
            transcript("P04", &talk("SPEAKER_00", "SPEAKER_01")),
            transcript("P05", &talk("SPEAKER_01", "SPEAKER_00")),
            transcript("P06", &talk("P06", "Host")),
            transcript("P07", &group),
            transcript("P08", &talk("CS", "MD")),
            transcript("P09", &talk("MD", "CS")),
        ]);
        insta::assert_snapshot!(who_interviews(&corpus, 100), @r#"
        1 focus group: P07 (4 speakers)

        who seems to interview
          INT: sure, in 3 of 9 transcripts: the label says so, 30 of 30 turns with a question, 36 % of the
            words
          ANNA "A." ROE: likely, in P03: 5 of 5 turns with a question, 36 % of the words
          CS: likely, in P08: 5 of 5 turns with a question, 36 % of the words
          MD: likely, in P09: 5 of 5 turns with a question, 36 % of the words
          P06: likely, in P06: 5 of 5 turns with a question, 36 % of the words
          SPEAKER_00: likely, in P04: 5 of 5 turns with a question, 36 % of the words
          SPEAKER_01: likely, in P05: 5 of 5 turns with a question, 36 % of the words
          Host: doubtful, in P06: the label says so, but asks nothing, 64 % of the words
        If that is right, write under [corpus] in the study file, and their turns are not coded; what stands
        before a colon is the transcript in which the label interviews:
          interviewers = [
            "INT",
            "ANNA \"A.\" ROE",
            "P06",
            "P04: SPEAKER_00",
            "P05: SPEAKER_01",
            "P08: CS",
            "P09: MD",
          ]
        "#);
        insta::assert_snapshot!(who_interviews(&corpus, 60), @r#"
        1 focus group: P07 (4 speakers)

        who seems to interview
          INT: sure, in 3 of 9 transcripts: the label says so, 30 of
            30 turns with a question, 36 % of the words
          ANNA "A." ROE: likely, in P03: 5 of 5 turns with a
            question, 36 % of the words
          CS: likely, in P08: 5 of 5 turns with a question, 36 % of
            the words
          MD: likely, in P09: 5 of 5 turns with a question, 36 % of
            the words
          P06: likely, in P06: 5 of 5 turns with a question, 36 % of
            the words
          SPEAKER_00: likely, in P04: 5 of 5 turns with a question,
            36 % of the words
          SPEAKER_01: likely, in P05: 5 of 5 turns with a question,
            36 % of the words
          Host: doubtful, in P06: the label says so, but asks
            nothing, 64 % of the words
        If that is right, write under [corpus] in the study file,
        and their turns are not coded; what stands before a colon is
        the transcript in which the label interviews:
          interviewers = [
            "INT",
            "ANNA \"A.\" ROE",
            "P06",
            "P04: SPEAKER_00",
            "P05: SPEAKER_01",
            "P08: CS",
            "P09: MD",
          ]
        "#);
    }

    #[test]
    fn who_is_listed_needs_no_guess() {
        let corpus = corpus(vec![transcript("P01", &talk("Listed", "P01"))]);
        assert_eq!(who_interviews(&corpus, 80), "");
        let silent = [("A", "Yes."), ("B", "No."), ("A", "Yes."), ("B", "No.")];
        assert_eq!(who_interviews(&self::corpus(vec![transcript("P01", &silent)]), 80), "");
    }

    #[test]
    fn lines_of_words_keep_to_the_width() {
        let lines = wrapped("  a recogniser counts speakers anew in every file", 4, 20);
        assert!(lines.lines().all(|line| display_width(line) <= 20), "{lines}");
    }
}
