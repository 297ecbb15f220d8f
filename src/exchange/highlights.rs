//! Lists of coded passages, a row each with its document, its code and its words: the highlights that Taguette exports, the coded segments
//! of MAXQDA, the quotations of ATLAS.ti. They have no positions, so passages are found by their words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use transcripts::tables::{Row, Sheet, read_sheets};
use transcripts::text::counted;
use transcripts::{CharSpan, Problem, Severity, Transcript};

use super::coded::{Mark, Run, answers_by, transcript_of, transcripts_by_name};
use super::places::{Places, shown_text};
use crate::review::CodedAnswer;
use crate::table::unguarded;

/// Most megabytes of a list.
const LARGEST_MB: u64 = 64;
/// Rows among which the headings are looked for.
const FIRST_ROWS: usize = 10;
/// Headings without case, blanks and marks, as programs write them.
const DOCUMENT: [&str; 10] = [
    "document",
    "documentname",
    "dokument",
    "dokumentname",
    "documento",
    "source",
    "sourcename",
    "file",
    "filename",
    "transcriptid",
];
const CODE: [&str; 6] = ["tag", "tags", "code", "codes", "codename", "codigo"];
const WORDS: [&str; 13] = [
    "content",
    "highlight",
    "segment",
    "codedsegment",
    "codiertessegment",
    "quotation",
    "quotationcontent",
    "quote",
    "text",
    "selectedtext",
    "seltext",
    "excerpt",
    "zitat",
];
const CODER: [&str; 6] = ["coder", "codername", "owner", "author", "createdby", "user"];
/// A list that has this is a coding sheet of our own.
const SEGMENT: &str = "segmentid";

/// A coded passage.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Highlight {
    row: u64,
    /// What tells two passages of the same words apart; may be empty.
    id: String,
    document: String,
    codes: Vec<String>,
    words: String,
    coder: String,
}

/// Answers out of a list of coded passages, and what could not be used of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Highlights {
    pub(super) answers: Vec<CodedAnswer>,
    /// The interviews that the list is about.
    pub(super) interviews: BTreeSet<usize>,
    pub(super) problems: Vec<Problem>,
}

/// Whether a file is a list of coded passages: its headings say so.
pub fn is_list_of_highlights(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_table = matches!(ending.as_str(), "csv" | "tsv" | "txt" | "xlsx" | "ods" | "xlsb");
    is_table && highlights_in(&read_sheets(path, "", LARGEST_MB).sheets).is_some()
}

/// What a list of coded passages says of a run's segments. `coder` is whose it is where the list does not say it. A theme that no passage
/// carries does not count as asked for.
pub(super) fn read_highlights(path: &Path, coder: &str, run: Run<'_>) -> Highlights {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = read_sheets(path, &name, LARGEST_MB);
    let mut result = Highlights { problems: file.problems, ..Highlights::default() };
    let Some(all) = highlights_in(&file.sheets) else {
        let problem = Problem::new(Severity::Error, name, "this is no list of coded passages");
        result
            .problems
            .push(problem.with_hint("it has a row a passage, with columns for document, tag and content"));
        return result;
    };
    let mut told = Told::default();
    let by_name = transcripts_by_name(&run.corpus.transcripts);
    let mut texts: BTreeMap<usize, Searched> = BTreeMap::new();
    let mut marks: BTreeMap<String, (BTreeSet<usize>, Vec<Mark>)> = BTreeMap::new();
    let mut asked = BTreeSet::new();
    for highlight in &all {
        let document = run.pseudonyms.path(&highlight.document);
        let Some(transcript) = transcript_of(&document, &by_name) else {
            told.documents.insert(document);
            continue;
        };
        let Some(about) = run.corpus.transcripts.get(transcript) else { continue };
        let who = if highlight.coder.is_empty() { coder } else { &highlight.coder };
        let (interviews, marks) = marks.entry(who.to_owned()).or_default();
        interviews.insert(transcript);
        result.interviews.insert(transcript);
        let words = run.pseudonyms.text(&highlight.words);
        let place =
            texts.entry(transcript).or_insert_with(|| Searched::of(about)).place_of(&words, &highlight.id);
        if place.is_none() && !highlight.words.trim().is_empty() {
            told.passages.entry(about.id.as_str()).or_default().push(highlight.row);
        }
        for code in &highlight.codes {
            let Some(theme) = theme_of(code, run.themes) else {
                told.codes.insert(code.clone());
                continue;
            };
            asked.insert(theme);
            marks.extend(place.map(|span| Mark { transcript, theme, span }));
        }
    }
    for (who, (interviews, marks)) in marks {
        result.answers.extend(answers_by(&who, &interviews, &asked, &marks, run));
    }
    let silent: Vec<&str> = (0..run.themes.len())
        .filter(|theme| !asked.contains(theme))
        .filter_map(|theme| run.themes.get(theme).copied())
        .collect();
    result.problems.extend(told.problems(&name, if result.answers.is_empty() { &[] } else { &silent }));
    result
}

/// What could not be used.
#[derive(Default)]
struct Told<'a> {
    documents: BTreeSet<String>,
    codes: BTreeSet<String>,
    /// Rows by transcript.
    passages: BTreeMap<&'a str, Vec<u64>>,
}

impl Told<'_> {
    fn problems(self, name: &str, silent: &[&str]) -> Vec<Problem> {
        let list = |names: &mut dyn Iterator<Item = &str>| {
            names.map(|name| format!("`{name}`")).collect::<Vec<String>>().join(", ")
        };
        let mut problems = Vec::new();
        if !self.documents.is_empty() {
            let names = list(&mut self.documents.iter().map(String::as_str));
            let message = format!("documents that are no transcripts of this study are left out: {names}");
            let hint = "a document is found by its name, which must be a transcript's";
            problems.push(Problem::new(Severity::Warning, name, message).with_hint(hint));
        }
        for (transcript, rows) in self.passages {
            let count = counted(rows.len(), "passage is", "passages are");
            let message = format!("{count} not in the transcript `{transcript}` and cannot be used");
            let hint = "a passage is found by its words; the text in the other program is not that of the transcript";
            let problem = Problem::new(Severity::Warning, name, message).with_hint(hint);
            problems.push(Problem { line: rows.first().copied(), ..problem });
        }
        if !self.codes.is_empty() {
            let names = list(&mut self.codes.iter().map(String::as_str));
            let message = format!("codes that are no themes of this study are left out: {names}");
            problems.push(
                Problem::new(Severity::Note, name, message)
                    .with_hint("to use them, add them to the codebook"),
            );
        }
        if !silent.is_empty() {
            let names = list(&mut silent.iter().copied());
            let message = format!("no passage has the themes {names}, so they count as not asked for");
            problems.push(Problem::new(Severity::Note, name, message));
        }
        problems
    }
}

/// The theme that a code names: by its whole name, or by the last part of a path.
fn theme_of(code: &str, themes: &[&str]) -> Option<usize> {
    let find = |name: &str| {
        themes.iter().position(|theme| theme.trim().to_lowercase() == name.trim().to_lowercase())
    };
    find(code).or_else(|| {
        ["\\", " > ", "::", "/"]
            .into_iter()
            .filter_map(|mark| code.rsplit_once(mark))
            .find_map(|(_, last)| find(last))
    })
}

/// A heading without case, blanks and marks.
fn folded(heading: &str) -> String {
    heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The passages in the first sheet whose headings name a document, a code and words.
fn highlights_in(sheets: &[Sheet]) -> Option<Vec<Highlight>> {
    sheets.iter().find_map(|sheet| {
        let is_heading = |row: &Row| {
            let headings: BTreeMap<u32, String> =
                row.cells.iter().map(|(&column, cell)| (column, folded(cell))).collect();
            let column = |names: &[&str]| {
                let of = |name: &&str| {
                    headings.iter().find(|(_, heading)| heading == name).map(|(column, _)| *column)
                };
                names.iter().find_map(of)
            };
            if column(&[SEGMENT]).is_some() {
                return None;
            }
            Some((column(&DOCUMENT)?, column(&CODE)?, column(&WORDS)?, column(&CODER), column(&["id"])))
        };
        let top = sheet.rows.iter().take(FIRST_ROWS);
        let (at, (document, code, words, coder, id)) =
            top.enumerate().find_map(|(at, row)| Some((at, is_heading(row)?)))?;
        let highlight = |row: &Row| {
            let cell = |column: u32| {
                row.cells.get(&column).map_or(String::new(), |cell| unguarded(cell).trim().to_owned())
            };
            let codes = cell(code)
                .lines()
                .map(|code| code.trim().to_owned())
                .filter(|code| !code.is_empty())
                .collect();
            Highlight {
                row: row.number as u64,
                id: id.map(cell).unwrap_or_default(),
                document: cell(document),
                codes,
                words: cell(words),
                coder: coder.map(cell).unwrap_or_default(),
            }
        };
        Some(sheet.rows.get(at + 1..)?.iter().map(highlight).collect())
    })
}

/// A transcript in which passages are looked for by their letters alone: programs change blanks, quotation marks and line breaks.
struct Searched {
    /// As people see it, with the speakers, and as it is read, without them.
    texts: [Letters; 2],
    places: Places,
    /// Where passages of these words were found, by their ids, and behind which byte the next one is looked for.
    found: BTreeMap<String, (usize, BTreeMap<String, CharSpan>)>,
}

/// The letters and digits of a text in small letters, and for each byte of them the character in the text.
struct Letters {
    letters: String,
    places: Vec<u32>,
}

impl Letters {
    fn of(text: &str) -> Self {
        let (mut letters, mut places) = (String::new(), Vec::new());
        for (place, letter) in text.chars().enumerate().filter(|(_, letter)| letter.is_alphanumeric()) {
            for small in letter.to_lowercase() {
                letters.push(small);
                places.extend(std::iter::repeat_n(place as u32, small.len_utf8()));
            }
        }
        Self { letters, places }
    }

    /// Where these letters stand from a byte on, and the byte behind them.
    fn find(&self, wanted: &str, from: usize) -> Option<(usize, CharSpan)> {
        let start = from + self.letters.get(from..)?.find(wanted)?;
        let end = start + wanted.len();
        let (first, last) =
            (*self.places.get(start)? as usize, *self.places.get(end.checked_sub(1)?)? as usize);
        Some((end, CharSpan { start: first, end: last + 1 }))
    }
}

impl Searched {
    fn of(transcript: &Transcript) -> Self {
        let (shown, places) = shown_text(transcript);
        Self {
            texts: [Letters::of(&shown), Letters::of(&transcript.reading_text())],
            places,
            found: BTreeMap::new(),
        }
    }

    /// Where a passage is in the transcript's reading text. Another passage of the same words is looked for behind the first; where there
    /// is none, it is the first one too.
    fn place_of(&mut self, words: &str, id: &str) -> Option<CharSpan> {
        let wanted = Letters::of(words).letters;
        if wanted.is_empty() {
            return None;
        }
        let [shown, read] = &self.texts;
        let (from, found) = self.found.entry(wanted.clone()).or_default();
        if let Some(span) = found.get(id) {
            return Some(*span);
        }
        let in_shown = |from| {
            let (end, span) = shown.find(&wanted, from)?;
            Some((end, self.places.to_reading(span)?))
        };
        let next = in_shown(*from).or_else(|| read.find(&wanted, 0).filter(|_| *from == 0));
        let Some((end, span)) = next else { return found.values().next_back().copied() };
        *from = end;
        found.insert(id.to_owned(), span);
        Some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Passage, Segment};
    use transcripts::pseudonym::Pseudonyms;
    use transcripts::{Corpus, Role, Turn};

    fn corpus() -> (Corpus, Vec<Segment>) {
        let said = [
            ("INT", "What keeps you?"),
            ("Eva", "I have ninety files. No time at all."),
            ("INT", "And then?"),
            ("Eva", "Nobody taught me — “how”. No time at all."),
        ];
        let mut start = 0;
        let mut turns = Vec::new();
        for (place, (speaker, text)) in said.into_iter().enumerate() {
            let span = CharSpan { start, end: start + text.chars().count() };
            start = span.end + 1;
            let role = if speaker == "INT" { Role::Interviewer } else { Role::Participant };
            let (speaker, text) = (speaker.to_owned(), text.to_owned());
            turns.push(Turn { index: place as i64, speaker, role, start_ms: None, end_ms: None, span, text });
        }
        let segment = |place: usize| Segment {
            id: format!("P1:{place}"),
            index: place as u32,
            passage: Passage {
                transcript: 0.into(),
                first_turn: place,
                last_turn: place,
                span: turns[place].span,
                text: turns[place].text.clone(),
                coded: true,
                words: 1,
                tokens: 1,
            },
            speaker: "Eva".into(),
            language: "en".into(),
            start_ms: None,
            end_ms: None,
        };
        let segments = vec![segment(1), segment(3)];
        let (id, source, attributes) = ("P1".into(), "P1.txt".into(), BTreeMap::default());
        let transcript = Transcript { id, source, format: "txt", turns, attributes };
        (Corpus { transcripts: vec![transcript], attributes: Vec::new() }, segments)
    }

    fn read(list: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("highlights.csv");
        std::fs::write(&path, list).unwrap();
        assert!(is_list_of_highlights(&path));
        let (corpus, segments) = corpus();
        let pseudonyms = Pseudonyms::default();
        let run = Run {
            corpus: &corpus,
            segments: &segments,
            themes: &["time", "training", "risk"],
            pseudonyms: &pseudonyms,
        };
        let Highlights { answers, problems, .. } = read_highlights(&path, "Ana", run);
        let answer = |answer: &CodedAnswer| {
            format!("{} {} {} {}", answer.coder, answer.segment_id, answer.theme, u8::from(answer.applies))
        };
        let lines = answers.iter().map(answer).chain(problems.iter().map(ToString::to_string));
        lines.collect::<Vec<String>>().join("\n")
    }

    #[test]
    fn highlights_are_answers_by_their_words() {
        insta::assert_snapshot!(read(
            "id,document,tag,content\n1,P1,time,no  time at all\n2,P1,time,No time at all.\n2,P1,\"tea, cake\",No time at all.\n\
             3,P1,barriers > training,\"Eva: Nobody taught me - \"\"how\"\"\"\n4,P9,time,x\n5,P1,time,never said\n"
        ), @r"
        Ana P1:1 time 1
        Ana P1:1 training 0
        Ana P1:3 time 1
        Ana P1:3 training 1
        warning: highlights.csv: documents that are no transcripts of this study are left out: `P9` (a document is found by its name, which must be a transcript's)
        warning: highlights.csv:7: 1 passage is not in the transcript `P1` and cannot be used (a passage is found by its words; the text in the other program is not that of the transcript)
        note: highlights.csv: codes that are no themes of this study are left out: `tea, cake` (to use them, add them to the codebook)
        note: highlights.csv: no passage has the themes `risk`, so they count as not asked for
        ");
    }

    #[test]
    fn segments_of_other_programs_say_whose_they_are() {
        insta::assert_snapshot!(read(
            "Dokumentname;Code;Codiertes Segment;Created by\nP1.docx;Zeit\\time;ninety files. No time at all;Ben\n"
        ), @r"
        Ben P1:1 time 1
        Ben P1:3 time 0
        note: highlights.csv: no passage has the themes `training`, `risk`, so they count as not asked for
        ");
    }

    #[test]
    fn other_tables_are_no_lists_of_highlights() {
        let folder = tempfile::tempdir().unwrap();
        for list in ["segment_id,document,code,text\n1,P1,time,no\n", "tag,description\ntime,x\n", ""] {
            let path = folder.path().join("sheet.csv");
            std::fs::write(&path, list).unwrap();
            assert!(!is_list_of_highlights(&path), "{list}");
        }
    }
}
