//! Matches rows of the participants file with transcripts. Only equal names match, however their letters are composed; near matches
//! are reported with the likely meaning, because a wrong guess gives somebody another's country.

use std::collections::BTreeMap;

use strsim::damerau_levenshtein;
use unicode_normalization::UnicodeNormalization;

use super::{Participant, Participants};
use crate::codes;
use crate::corpus::{Corpus, Problem, Severity, Transcript};
use crate::read::format::reader_for;
use crate::read::load::ending_of;

/// Shorter names are not compared letter by letter: `P1` and `P2` are two people.
const LONG_ENOUGH: usize = 5;
/// Likely transcripts in a message.
const NAMED: usize = 3;
/// With more unmatched names, near matches are not looked for.
const MAX_COMPARED: usize = 500;
/// Extensions of unsupported files that people name.
const OTHER_ENDINGS: &[&str] = &["doc", "pages", "xls", "mp3", "mp4", "m4a", "wav", "html", "htm"];

/// The row of each transcript, by its index in the corpus.
#[derive(Debug, Default)]
pub(crate) struct JoinedRows {
    pub(crate) rows: Vec<Option<usize>>,
}

/// The same letters however they are composed.
pub(super) fn exact_form(name: &str) -> String {
    name.trim().nfc().collect()
}

/// A name without its variable parts: case, blanks, marks, leading zeros, an extension, full-width forms.
pub(super) fn loose_form(name: &str) -> String {
    let name: String = name.trim().nfkc().collect::<String>().to_lowercase();
    let ending = ending_of(&name);
    let is_ending = reader_for(&ending).is_some() || OTHER_ENDINGS.contains(&ending.as_str());
    let stem = if is_ending { name.strip_suffix(&format!(".{ending}")).unwrap_or(&name) } else { &name };
    let mut loose = String::with_capacity(stem.len());
    let mut in_number = false;
    for c in stem.chars().filter(|c| c.is_alphanumeric()) {
        // Leading zeros of a number mean nothing, but a zero alone is one.
        if c.is_ascii_digit() {
            if !in_number && loose.ends_with('0') && loose.len() > 1 {
                loose.push(c);
            } else if c == '0' && !in_number {
                continue;
            } else {
                loose.push(c);
            }
            in_number = c != '0' || in_number;
        } else {
            in_number = false;
            loose.push(c);
        }
    }
    loose
}

/// Finds each transcript's row and reports unmatched rows and transcripts.
pub(crate) fn join(
    source: &str,
    participants: &Participants,
    corpus: &Corpus,
    problems: &mut Vec<Problem>,
) -> JoinedRows {
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    let mut is_double = vec![false; participants.rows.len()];
    for (at, row) in participants.rows.iter().enumerate() {
        let name = exact_form(&row.transcript);
        match by_name.get(&name) {
            Some(first) => {
                is_double[at] = true;
                problems.push(double(source, row, &participants.rows[*first]));
            }
            None => {
                by_name.insert(name, at);
            }
        }
    }
    let names = |transcript: &Transcript| {
        let file = transcript.source.rsplit('/').next().unwrap_or_default().to_owned();
        [transcript.id.clone(), transcript.source.clone(), file].map(|name| exact_form(&name))
    };
    let mut owner: Vec<Option<usize>> = vec![None; participants.rows.len()];
    let mut rows: Vec<Option<usize>> = Vec::with_capacity(corpus.transcripts.len());
    for (index, transcript) in corpus.transcripts.iter().enumerate() {
        // A table's name is no transcript's when it holds several.
        let mut found = names(transcript).into_iter().filter_map(|name| by_name.get(&name).copied());
        let first = found.next();
        if let Some(row) = first {
            owner[row].get_or_insert(index);
            for other in found.filter(|other| *other != row && owner[*other].is_none()) {
                is_double[other] = true;
                problems.push(double(source, &participants.rows[other], &participants.rows[row]));
            }
        }
        rows.push(first);
    }
    let open: Vec<usize> =
        (0..participants.rows.len()).filter(|at| owner[*at].is_none() && !is_double[*at]).collect();
    let alone: Vec<usize> = (0..rows.len()).filter(|index| rows[*index].is_none()).collect();
    tell(source, participants, corpus, &rows, &open, &alone, problems);
    JoinedRows { rows }
}

fn double(source: &str, row: &Participant, first: &Participant) -> Problem {
    let name = &row.transcript;
    let message = format!("a row for `{name}` stands on line {} already; this one was left out", first.line);
    let (severity, hint) = if row.values == first.values {
        (Severity::Note, "")
    } else {
        (Severity::Error, "keep one row for each transcript")
    };
    Problem::new(severity, source, message)
        .with_code(codes::PARTICIPANT_UNMATCHED)
        .at_line(row.line)
        .with_hint(hint)
}

/// Reports unmatched rows and transcripts, each with the likely meaning.
fn tell(
    source: &str,
    participants: &Participants,
    corpus: &Corpus,
    rows: &[Option<usize>],
    open: &[usize],
    alone: &[usize],
    problems: &mut Vec<Problem>,
) {
    let mut by_form: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, transcript) in corpus.transcripts.iter().enumerate() {
        by_form.entry(loose_form(&transcript.id)).or_default().push(index);
        // Tables with the same ids were told apart by the names of their files.
        if let Some((_, id)) = transcript.id.rsplit_once('#') {
            by_form.entry(loose_form(id)).or_default().push(index);
        }
    }
    let mut likely: BTreeMap<usize, usize> = BTreeMap::new();
    for at in open {
        let row = &participants.rows[*at];
        let form = loose_form(&row.transcript);
        let mut meant = by_form.get(&form).cloned().unwrap_or_default();
        if meant.is_empty() && open.len().max(alone.len()) <= MAX_COMPARED {
            let id = |index: usize| loose_form(&corpus.transcripts[index].id);
            meant = alone.iter().copied().filter(|index| is_slip(&form, &id(*index))).collect();
        }
        let free: Vec<usize> = meant.iter().copied().filter(|index| rows[*index].is_none()).collect();
        let hint = match (&free[..], meant.first().and_then(|index| rows[*index])) {
            ([], None) => "a transcript is called like its file without the ending".to_owned(),
            ([], Some(other)) => format!(
                "`{}` has a row already, on line {}",
                corpus.transcripts[meant[0]].id, participants.rows[other].line
            ),
            (free, _) => {
                for index in free {
                    likely.entry(*index).or_insert(*at);
                }
                let ids: Vec<String> = free
                    .iter()
                    .take(NAMED)
                    .map(|index| format!("`{}`", corpus.transcripts[*index].id))
                    .collect();
                format!("did you mean {}? write the name as the transcript has it", ids.join(" or "))
            }
        };
        let message = format!("no transcript is called `{}`", row.transcript);
        problems.push(
            Problem::new(Severity::Warning, source, message)
                .with_code(codes::PARTICIPANT_UNMATCHED)
                .at_line(row.line)
                .with_hint(hint),
        );
    }
    for index in alone.iter().filter(|_| !participants.rows.is_empty()) {
        let id = &corpus.transcripts[*index].id;
        let hint = match likely.get(index) {
            Some(at) => {
                let row = &participants.rows[*at];
                format!(
                    "line {} says `{}`: if that is this one, write `{id}` there",
                    row.line, row.transcript
                )
            }
            None => "add one, or its attributes stay empty".to_owned(),
        };
        let message = format!("there is no row for the transcript `{id}`");
        problems.push(
            Problem::new(Severity::Warning, source, message)
                .with_code(codes::PARTICIPANT_UNMATCHED)
                .with_hint(hint),
        );
    }
}

/// Whether two names differ in one letter and in no digit.
fn is_slip(a: &str, b: &str) -> bool {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let long = a.chars().count().min(b.chars().count()) >= LONG_ENOUGH;
    long && digits(a) == digits(b) && damerau_levenshtein(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_in_one_way_or_the_other_is_one_form() {
        for (a, b) in [
            ("P02", "p02"),
            ("P03.txt", "P03"),
            ("5", "05"),
            ("Interview_4", "Interview 4"),
            ("Zoe\u{308}", "Zoë"),
            ("P-007", "p7"),
            ("Ｐ０１", "P1"),
            ("interview 10.docx", "Interview10"),
            ("A.K.", "AK"),
            ("0", "00"),
        ] {
            assert_eq!(loose_form(a), loose_form(b), "{a} {b}");
        }
        for (a, b) in
            [("P1", "P10"), ("P01", "P11"), ("P100", "P1"), ("P1.5", "P2.5"), ("Zoe", "Zoë"), ("P20", "P2")]
        {
            assert_ne!(loose_form(a), loose_form(b), "{a} {b}");
        }
        assert!(
            is_slip("kristina1", "kristna1") && !is_slip("kristina1", "kristina2") && !is_slip("p1a", "p1b")
        );
    }
}
