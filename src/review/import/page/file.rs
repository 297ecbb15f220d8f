//! `emic-review-CODER.json`: what somebody said on the page of a run, as the page saves it. Reading is lenient: an answer that is not
//! understood is a problem, and the others are used.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use transcripts::json::{Plain, PlainValues};
use transcripts::text::counted;
use transcripts::{Problem, Severity};

use crate::results::codes;
use crate::review::import::ranges;

/// Version of the format.
const VERSION: u64 = 1;
/// Megabytes of a file at most.
const MAX_MB: u64 = 64;
/// Answers, decisions and notes in a file and letters of a theme's name at most.
const MAX_DECISIONS: usize = 1_000_000;
const MAX_THEME_LENGTH: usize = 200;

/// What somebody said on a page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review::import) struct PageFile {
    /// The file as problems show it.
    pub(in crate::review::import) name: String,
    /// The run that the page is of: letters and digits.
    pub(in crate::review::import) run: String,
    /// Title of the study.
    pub(in crate::review::import) study: String,
    /// Who answered; empty where the file does not say it.
    pub(in crate::review::import) coder: String,
    pub(in crate::review::import) sample: Option<SampleSaid>,
    pub(in crate::review::import) answers: Vec<PageAnswer>,
}

/// What the file says of the blind sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::review::import) struct SampleSaid {
    pub(in crate::review::import) key: String,
    /// Segments drawn, 1 or more.
    pub(in crate::review::import) segments: u64,
    /// Segments of the run, no fewer.
    pub(in crate::review::import) of: u64,
}

/// What was said of one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::review::import) struct PageAnswer {
    /// Number of the answer in the file, from 1.
    pub(in crate::review::import) number: u64,
    pub(in crate::review::import) segment_id: String,
    pub(in crate::review::import) transcript_id: String,
    pub(in crate::review::import) text: String,
    /// Whether it was coded blind in the sample, or decided on among the labels.
    pub(in crate::review::import) is_drawn: bool,
    /// Position in the order of the sample, from 1.
    pub(in crate::review::import) row: Option<u32>,
    /// Whether themes apply, by name; none where the coder could not tell.
    pub(in crate::review::import) themes: Vec<(String, Option<bool>)>,
    /// Themes that the coder misses.
    pub(in crate::review::import) other: Vec<String>,
    pub(in crate::review::import) memo: String,
    /// Whether it is to be quoted in the paper.
    pub(in crate::review::import) paper: bool,
    /// Later answers have larger numbers.
    pub(in crate::review::import) order: u64,
}

/// Whether the file begins like JSON: no sheet begins with a brace.
pub(in crate::review::import) fn is_page_file(path: &Path) -> bool {
    let mut start = [0; 64];
    let Ok(mut file) = File::open(path) else { return false };
    let read = file.read(&mut start).unwrap_or(0);
    let start = start.get(..read).unwrap_or_default();
    let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// Reads a file that a page saved; `name` is how problems show it.
///
/// # Errors
/// A problem when it is no such file.
pub(in crate::review::import) fn read_page_file(
    path: &Path,
    name: &str,
) -> Result<(PageFile, Vec<Problem>), Problem> {
    let refused = |message: String, hint: &str| {
        Err(Problem::new(Severity::Error, name, message).with_code(codes::ANSWER_DOUBTFUL).with_hint(hint))
    };
    let mut bytes = Vec::new();
    let opened = File::open(path).and_then(|file| file.take(MAX_MB << 20 | 1).read_to_end(&mut bytes));
    if let Err(error) = opened {
        return refused(format!("it cannot be read: {error}"), "see that the file is there");
    }
    if bytes.len() as u64 > MAX_MB << 20 {
        let message = format!("it is larger than {MAX_MB} MB");
        return refused(message, "a page saves what one person said; see that it is the right file");
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let written: Written = match serde_json::from_slice(bytes) {
        Ok(written) => written,
        Err(error) => {
            return refused(
                format!("it is no file that a page saves, or not whole: {error}"),
                "save it on the page again",
            );
        }
    };
    match written.emic_review.whole() {
        Some(VERSION) => {}
        Some(later) if later > VERSION => {
            let message = format!("it is of version {later}, and this program reads version {VERSION}");
            return refused(message, "take a later version of the program");
        }
        _ => {
            return refused(
                "it is no file of answers that a page saves".to_owned(),
                "save it on the page again",
            );
        }
    }
    if written.answers.too_many {
        return refused(
            "it holds more answers than anybody gives".to_owned(),
            "see that it is the right file",
        );
    }
    let problems = written.answers.problems(name);
    let page = PageFile {
        name: name.to_owned(),
        run: trimmed(written.run).chars().filter(char::is_ascii_alphanumeric).take(16).collect(),
        study: trimmed(written.study),
        coder: trimmed(written.coder),
        sample: sample_said(written.sample),
        answers: written.answers.all,
    };
    Ok((page, problems))
}

/// The text without blanks around it, empty where there is none. A number is how it is written.
fn trimmed(value: Plain) -> String {
    value.into_text().map_or_else(String::new, |text| text.trim().to_owned())
}

fn sample_said(mut sample: PlainValues) -> Option<SampleSaid> {
    const MAX_KEY_LENGTH: usize = 60;
    let key = trimmed(sample.take("key"));
    let (segments, of) = (sample.take("segments").whole()?, sample.take("of").whole()?);
    let is_key = !key.is_empty()
        && key.len() <= MAX_KEY_LENGTH
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    (is_key && segments > 0 && segments <= of).then_some(SampleSaid { key, segments, of })
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Written {
    emic_review: Plain,
    run: Plain,
    study: Plain,
    coder: Plain,
    sample: PlainValues,
    answers: Answers,
}

/// The answers that are understood.
#[derive(Debug, Default)]
struct Answers {
    all: Vec<PageAnswer>,
    /// What is wrong with others, and their numbers.
    faults: BTreeMap<&'static str, Vec<u64>>,
    decisions: usize,
    too_many: bool,
}

impl Answers {
    fn problems(&self, name: &str) -> Vec<Problem> {
        let problem = |(why, numbers): (&&str, &Vec<u64>)| {
            let message = match numbers.as_slice() {
                [number] => format!("answer {number} was left out: {why}"),
                numbers => {
                    let answers = counted(numbers.len(), "answer was", "answers were");
                    format!("{answers} left out ({}): {why}", ranges(numbers))
                }
            };
            Problem::new(Severity::Error, name, message)
                .with_code(codes::ANSWER_DOUBTFUL)
                .with_hint("save the file on the page again")
        };
        self.faults.iter().map(problem).collect()
    }

    fn add(&mut self, number: u64, answer: WrittenAnswer) {
        self.decisions += 1 + answer.themes.named.len() + answer.other.listed.len();
        match understood(number, answer) {
            Ok(answer) => self.all.push(answer),
            Err(why) => self.faults.entry(why).or_default().push(number),
        }
        self.too_many |= self.decisions > MAX_DECISIONS;
    }
}

/// An answer as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WrittenAnswer {
    segment_id: Plain,
    transcript_id: Plain,
    text: Plain,
    way: Plain,
    row: Plain,
    themes: PlainValues,
    other: PlainValues,
    memo: Plain,
    paper: Plain,
    order: Plain,
}

fn understood(number: u64, written: WrittenAnswer) -> Result<PageAnswer, &'static str> {
    let is_drawn = match trimmed(written.way).as_str() {
        "sample" => true,
        "theme" => false,
        _ => return Err("it does not say how the coder came to the segment"),
    };
    let (segment_id, transcript_id) = (trimmed(written.segment_id), trimmed(written.transcript_id));
    let text = if let Plain::Text(text) = written.text { text } else { String::new() };
    if transcript_id.is_empty() || text.is_empty() {
        return Err("it does not say its segment");
    }
    let mut themes: Vec<(String, Option<bool>)> = Vec::with_capacity(written.themes.named.len());
    for (theme, said) in written.themes.named {
        let applies = match said {
            Plain::Truth(applies) => Some(applies),
            Plain::Nothing => None,
            Plain::Text(_) | Plain::Number(_) => {
                return Err("it says something else than yes or no of a theme");
            }
        };
        if theme.trim().is_empty() || theme.chars().take(MAX_THEME_LENGTH + 1).count() > MAX_THEME_LENGTH {
            return Err("it names a theme that is no name");
        }
        themes.push((theme, applies));
    }
    let mut named: Vec<&str> = themes.iter().map(|(theme, _)| theme.as_str()).collect();
    named.sort_unstable();
    if named.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err("it names a theme twice");
    }
    let mut seen = BTreeSet::new();
    let words = written.other.listed.into_iter().map(trimmed).filter(|words| !words.is_empty());
    let other = words.filter(|words| seen.insert(words.clone())).collect();
    Ok(PageAnswer {
        number,
        segment_id,
        transcript_id,
        text,
        is_drawn,
        row: written.row.whole().and_then(|row| u32::try_from(row).ok()).filter(|row| *row > 0),
        themes,
        other,
        memo: trimmed(written.memo),
        paper: written.paper == Plain::Truth(true),
        order: written.order.whole().unwrap_or(0),
    })
}

/// An element of the list of answers: one, or something else.
struct Element(Option<WrittenAnswer>);

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = Element;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Element, A::Error> {
        WrittenAnswer::deserialize(MapAccessDeserializer::new(map)).map(Some).map(Element)
    }

    fn visit_unit<E>(self) -> Result<Element, E> {
        Ok(Element(None))
    }
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ElementVisitor)
    }
}

struct AnswersVisitor;

impl<'de> Visitor<'de> for AnswersVisitor {
    type Value = Answers;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of answers")
    }

    fn visit_unit<E>(self) -> Result<Answers, E> {
        Ok(Answers::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Answers, A::Error> {
        let mut answers = Answers::default();
        let mut number = 0;
        while let Some(Element(element)) = sequence.next_element()? {
            number += 1;
            // The rest is read over, so that what is wrong is told in a sentence.
            if !answers.too_many {
                answers.add(number, element.unwrap_or_default());
            }
        }
        Ok(answers)
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswersVisitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: impl AsRef<[u8]>) -> Result<(PageFile, Vec<Problem>), Problem> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("emic-review-Ana.json");
        std::fs::write(&path, text).unwrap();
        let _ = is_page_file(&path);
        read_page_file(&path, "emic-review-Ana.json")
    }

    fn refusal(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn a_file_is_read_as_the_page_saves_it() {
        let text = r#"{ "emic_review": 1, "program": "Emic 0.1.0", "run": "0123456789abcdef", "study": "Barriers", "coder": " Ana ",
            "sample": {"key": "page-00ff", "segments": 3, "of": 4}, "later": [[{}]],
            "answers": [ { "segment_id": "P01:3", "transcript_id": "P01", "text": " Sixty\nfamilies. ", "way": "sample", "row": 2,
              "themes": {"workload": true, "knowledge": false, "risk": null}, "other": ["tea", " ", "tea"], "memo": " yes\n",
              "paper": true, "order": 57, "more": 1 } ] }"#;
        let (page, problems) = read(text).unwrap();
        assert_eq!(problems, []);
        insta::assert_debug_snapshot!(page, @r#"
        PageFile {
            name: "emic-review-Ana.json",
            run: "0123456789abcdef",
            study: "Barriers",
            coder: "Ana",
            sample: Some(
                SampleSaid {
                    key: "page-00ff",
                    segments: 3,
                    of: 4,
                },
            ),
            answers: [
                PageAnswer {
                    number: 1,
                    segment_id: "P01:3",
                    transcript_id: "P01",
                    text: " Sixty\nfamilies. ",
                    is_drawn: true,
                    row: Some(
                        2,
                    ),
                    themes: [
                        (
                            "workload",
                            Some(
                                true,
                            ),
                        ),
                        (
                            "knowledge",
                            Some(
                                false,
                            ),
                        ),
                        (
                            "risk",
                            None,
                        ),
                    ],
                    other: [
                        "tea",
                    ],
                    memo: "yes",
                    paper: true,
                    order: 57,
                },
            ],
        }
        "#);
        let (with_mark, _) = read(format!("\u{feff}{text}")).unwrap();
        assert_eq!(with_mark, page);
    }

    #[test]
    fn what_is_not_understood_of_an_answer_is_from_file_of_and_the_others_are_taken() {
        let answer =
            |way: &str, rest: &str| format!(r#"{{"transcript_id":"P01","text":"a","way":{way}{rest}}}"#);
        let answers = [
            answer("\"sample\"", ""),
            answer("7", ""),
            answer("null", ""),
            "null".to_owned(),
            answer("\"theme\"", r#","themes":{"a":"perhaps"}"#),
            answer("\"theme\"", r#","themes":{"a":true,"a":false}"#),
            answer("\"theme\"", ""),
            r#"{"way":"theme","transcript_id":5}"#.to_owned(),
            answer(
                "\"theme\"",
                r#","themes":[1],"other":"own words","row":-1.5,"order":1e300,"memo":{"a":[]}"#,
            ),
        ];
        let (page, problems) =
            read(format!(r#"{{"emic_review":1,"sample":[],"answers":[{}]}}"#, answers.join(","))).unwrap();
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        error: emic-review-Ana.json: 3 answers were left out (2–4): it does not say how the coder came to the segment (save the file on the page again)
        error: emic-review-Ana.json: answer 8 was left out: it does not say its segment (save the file on the page again)
        error: emic-review-Ana.json: answer 6 was left out: it names a theme twice (save the file on the page again)
        error: emic-review-Ana.json: answer 5 was left out: it says something else than yes or no of a theme (save the file on the page again)
        ");
        assert_eq!(page.sample, None);
        let taken: Vec<_> =
            page.answers.iter().map(|one| (one.number, one.row, one.order, one.other.join("|"))).collect();
        assert_eq!(
            taken,
            [(1, None, 0, String::new()), (7, None, 0, String::new()), (9, None, 0, "own words".to_owned())]
        );
    }

    #[test]
    fn another_file_is_refused_in_a_sentence() {
        let shown = [
            refusal("{\"emic_review\": 1, \"answers\": ["),
            refusal("{}"),
            refusal("{\"emic_review\": 2}"),
            refusal("{\"emic_review\": 1, \"answers\": [[]]}"),
        ];
        insta::assert_snapshot!(shown.join("\n"), @r"
        error: emic-review-Ana.json: it is no file that a page saves, or not whole: EOF while parsing a list at line 1 column 31 (save it on the page again)
        error: emic-review-Ana.json: it is no file of answers that a page saves (save it on the page again)
        error: emic-review-Ana.json: it is of version 2, and this program reads version 1 (take a later version of the program)
        error: emic-review-Ana.json: it is no file that a page saves, or not whole: invalid type: sequence, expected an answer at line 1 column 33 (save it on the page again)
        ");
        let deep = "[".repeat(100_000);
        assert!(refusal(&format!("{{\"emic_review\": 1, \"run\": {deep}")).contains("not whole"));
        assert!(refusal(&format!("{{\"emic_review\": 1, \"answers\": {deep}")).contains("not whole"));
        let many = format!("{{\"emic_review\": 1, \"answers\": [{}{{}}]}}", "{},".repeat(MAX_DECISIONS));
        assert!(refusal(&many).contains("more answers than anybody gives"));
        let sample = |text: &str| read(format!("{{\"emic_review\":1,\"sample\":{text}}}")).unwrap().0.sample;
        assert!(sample(r#"{"key":"page-1","segments":2,"of":2}"#).is_some());
        for odd in [
            r#"{"key":"a/b","segments":2,"of":2}"#,
            r#"{"key":"page-1","segments":3,"of":2}"#,
            r#"{"key":"page-1","segments":0,"of":2}"#,
            "7",
        ] {
            assert_eq!(sample(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            let _ = read([b"{\"emic_review\":1,\"answers\":[", &bytes[..]].concat());
        }

        #[test]
        fn any_values_are_read_or_refused(values in prop::collection::vec("(null|true|1e99|\"a\"|\\[\\]|\\{\\}|\\{\"a\":[1tn]\\})", 10)) {
            const NAMES: [&str; 10] =
                ["segment_id", "transcript_id", "text", "way", "row", "themes", "other", "memo", "paper", "order"];
            let fields: Vec<String> =
                NAMES.iter().zip(&values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
            let _ = read(format!("{{\"emic_review\":1,\"run\":{},\"answers\":[{{{}}}]}}", values[0], fields.join(",")));
        }
    }
}
