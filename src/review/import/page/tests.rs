//! Files as pages save them, made from the sample that the page of the larger study has.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::results::SegmentIndex;
use crate::review::import::{ImportError, Imported, import_sheets};
use crate::review::sample::design::read_design;
use crate::review::sample::tests::{finished, larger_findings, request};
use crate::review::{CodedAnswer, NOT_DRAWN, PageSample, draw_sample, page_sample, read_codes};
use crate::study::codes_file;
use crate::table::Findings;

/// The larger study, run, with what a page of it holds.
struct Page {
    folder: tempfile::TempDir,
    findings: Findings,
    sample: PageSample,
}

impl Page {
    fn new() -> Self {
        Self::of(larger_findings(60))
    }

    fn of(findings: Findings) -> Self {
        let folder = finished(&findings);
        let sample = page_sample(&findings, &["country".to_owned()], 7).unwrap();
        Self { folder, findings, sample }
    }

    fn about(&self, index: SegmentIndex) -> Value {
        let segment = &self.findings.segments[index.get()];
        let transcript = &self.findings.corpus.transcripts[segment.passage.transcript.get()];
        json!({"segment_id": segment.id, "transcript_id": transcript.id, "text": segment.passage.text})
    }

    fn answer(&self, index: SegmentIndex, rest: &Value) -> Value {
        let mut answer = self.about(index);
        let fields = answer.as_object_mut().unwrap();
        fields.extend(rest.as_object().unwrap().clone());
        answer
    }

    /// Answers to the first rows of the sample; every third carries workload.
    fn sample_answers(&self, rows: usize) -> Vec<Value> {
        let indices = self.sample.segments.iter().take(rows).enumerate();
        let answer = |(at, &index): (usize, &SegmentIndex)| {
            let themes = json!({"workload": at % 3 == 0, "missing services": false});
            self.answer(index, &json!({"way": "sample", "row": at + 1, "themes": themes, "order": at + 1}))
        };
        indices.map(answer).collect()
    }

    fn save(&self, name: &str, coder: &str, run: &str, answers: &[Value]) -> PathBuf {
        let sample =
            json!({"key": self.sample.key, "segments": self.sample.segments.len(), "of": self.sample.of});
        let file = json!({"emic_review": 1, "program": "Emic 0.1.0", "run": run, "study": "Barriers", "coder": coder,
            "sample": sample, "answers": answers});
        let path = self.folder.path().join(name);
        fs::write(&path, file.to_string()).unwrap();
        path
    }

    fn import(&self, files: &[&PathBuf]) -> Result<Imported, ImportError> {
        let files: Vec<PathBuf> = files.iter().map(|path| (*path).clone()).collect();
        import_sheets(self.folder.path(), &files, None)
    }

    fn shown(&self, imported: &Imported) -> String {
        let lines: Vec<String> = imported.problems.iter().map(ToString::to_string).collect();
        lines.join("\n").replace(&self.folder.path().display().to_string(), "OUT")
    }

    fn codes(&self) -> Vec<CodedAnswer> {
        let (answers, problems) = read_codes(&codes_file(self.folder.path()));
        assert_eq!(problems, []);
        answers
    }

    fn notes(&self) -> String {
        let text = fs::read_to_string(self.folder.path().join("review/notes.csv")).unwrap_or_default();
        text.trim_start_matches('\u{feff}').to_owned()
    }
}

#[test]
fn the_sample_of_a_page_is_laid_down_once_and_coded_by_several() {
    let page = Page::new();
    let ana = page.save("emic-review-Ana.json", "Ana", "00aa", &page.sample_answers(100));
    let imported = page.import(&[&ana]).unwrap();
    assert_eq!(page.shown(&imported), "");
    assert_eq!(imported.coders, [(1, "Ana".to_owned(), 100, 100)]);
    assert_eq!(imported.themes, [("workload".to_owned(), 34, 100), ("missing services".to_owned(), 0, 100)]);
    let design = read_design(&page.folder.path().join("review/sample-1/design.csv")).unwrap();
    assert_eq!((design.len(), design.iter().filter(|row| row.drawn).count()), (120, 100));
    assert!(design.iter().all(|row| (row.probability - 100.0 / 120.0).abs() < 1e-12));
    let row_of = |index: SegmentIndex| {
        let id = &page.findings.segments[index.get()].id;
        design.iter().find(|row| row.segment_id == *id).unwrap().coders.clone()
    };
    for (at, &index) in (1_u32..).zip(&page.sample.segments) {
        assert_eq!(row_of(index), [("Ana".to_owned(), at)]);
    }
    for answer in page.codes() {
        assert!((answer.probability.unwrap() - 100.0 / 120.0).abs() < 1e-12);
    }

    // Half of it by somebody else, in a file whose name the browser changed.
    let ben = page.save("answers (1).txt", "Ben B.", "00aa", &page.sample_answers(50));
    let imported = page.import(&[&ben]).unwrap();
    assert_eq!((page.shown(&imported).as_str(), imported.withdrawn), ("", 0));
    assert_eq!(imported.coders, [(1, "Ben B.".to_owned(), 50, 100)]);
    assert_eq!(page.codes().len(), 300);
    assert!(!page.folder.path().join("review/sample-2").exists());

    // A sample drawn as sheets after it has the next number.
    assert_eq!(draw_sample(page.folder.path(), &request(5, &["Ana"])).unwrap().number, 2);
}

#[test]
fn a_coder_s_file_takes_the_place_of_the_earlier_one_and_another_page_s_is_added() {
    let page = Page::new();
    let first = page.save("1.json", "Ana", "00aa", &page.sample_answers(40));
    page.import(&[&first]).unwrap();
    let half = |answer: &CodedAnswer| (answer.probability.unwrap() - 40.0 / 120.0).abs() < 1e-12;
    assert!(page.codes().iter().all(half), "two fifths are done");

    let mut changed = page.sample_answers(30);
    changed[0]["themes"]["workload"] = json!(false);
    let again = page.save("2.json", " ana ", "00aa", &changed);
    let imported = page.import(&[&again]).unwrap();
    assert_eq!((imported.changed, imported.withdrawn), (1, 20));
    assert_eq!(imported.coders, [(1, "Ana".to_owned(), 30, 100)]);

    // The study was run again; Ana goes on where she was, on its page.
    let mut rest = page.sample_answers(45);
    rest.drain(..30);
    let next = page.save("3.json", "Ana", "00bb", &rest);
    let imported = page.import(&[&next]).unwrap();
    assert_eq!((page.shown(&imported).as_str(), imported.changed, imported.withdrawn), ("", 0, 0));
    assert_eq!(page.codes().len(), 90);

    // Two files of one coder at once: the later answer counts.
    let mut later = page.sample_answers(1);
    (later[0]["themes"]["workload"], later[0]["order"]) = (json!(true), json!(99));
    let later = page.save("4.json", "Ana", "00bb", &later);
    let imported = page.import(&[&later, &next]).unwrap();
    assert_eq!(page.shown(&imported), "");
    let first = &page.findings.segments[page.sample.segments[0].get()].id;
    let of_first = |answer: &&CodedAnswer| answer.segment_id == *first && answer.theme == "workload";
    assert!(page.codes().iter().find(of_first).unwrap().applies);
}

#[test]
fn what_was_decided_by_label_is_kept_apart_and_a_later_blind_answer_wins() {
    let page = Page::new();
    let (drawn, other) = (page.sample.segments[0], {
        let is_free = |index: &SegmentIndex| !page.sample.segments.contains(index);
        (0..page.findings.segments.len()).map(SegmentIndex::new).find(is_free).unwrap()
    });
    let theme = |index, order: u32, rest: Value| {
        let mut answer = page.answer(index, &json!({"way": "theme", "row": null, "order": order}));
        answer.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        answer
    };
    let mut answers = page.sample_answers(1);
    answers[0]["order"] = json!(10);
    answers[0]["memo"] = json!("=blind");
    answers.extend([
        // Before the blind answer, after it, and apart from the sample.
        theme(drawn, 5, json!({"themes": {"workload": false}})),
        theme(drawn, 20, json!({"themes": {"missing services": true}})),
        theme(other, 7, json!({"themes": {"workload": false}, "paper": true, "other": ["tea", "cake"]})),
        theme(
            other,
            8,
            json!({"themes": {"workload": true, "missing services": null}, "paper": true, "memo": "see"}),
        ),
    ]);
    let file = page.save("emic-review-Ana.json", "Ana", "00aa", &answers);
    let imported = page.import(&[&file]).unwrap();
    assert_eq!(page.shown(&imported), "");
    assert_eq!((imported.decided.as_slice(), imported.papers), (&[("Ana".to_owned(), 2, 2)][..], 1));
    let codes = page.codes();
    let decided: Vec<(&str, &str, bool)> = codes
        .iter()
        .filter(|answer| answer.sample == NOT_DRAWN)
        .map(|answer| (answer.segment_id.as_str(), answer.theme.as_str(), answer.applies))
        .collect();
    let id = |index: SegmentIndex| page.findings.segments[index.get()].id.as_str();
    let mut expected = [(id(drawn), "missing services", true), (id(other), "workload", true)];
    expected.sort_unstable();
    assert_eq!(decided, expected);
    assert!(codes.iter().all(|answer| answer.probability.is_some() == (answer.sample == 1)));
    let shown: BTreeMap<&str, &str> = [(id(drawn), "DRAWN"), (id(other), "OTHER")].into();
    let notes: Vec<String> = page
        .notes()
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells[1] = shown.get(cells[1]).copied().unwrap_or(cells[1]);
            [&cells[..2], &cells[3..7]].concat().join(",")
        })
        .collect();
    insta::assert_snapshot!(notes.join("\n"), @r"
    sample,segment_id,coder,kind,theme,note
    1,DRAWN,Ana,memo,,'=blind
    page 00aa,OTHER,Ana,memo,,see
    page 00aa,OTHER,Ana,paper,,
    page 00aa,OTHER,Ana,unsure,missing services,
    ");

    // The next file of the same page has none of it any more.
    let file = page.save("emic-review-Ana.json", "Ana", "00aa", &page.sample_answers(1));
    let imported = page.import(&[&file]).unwrap();
    assert_eq!((imported.withdrawn, page.codes().len(), page.notes().lines().count()), (2, 2, 1));

    // A decision on the page of the next run takes the place of the one on this page.
    let decided = |run: &str, applies: bool| {
        page.save("theme.json", "Ana", run, &[theme(other, 1, json!({"themes": {"workload": applies}}))])
    };
    page.import(&[&decided("00aa", true)]).unwrap();
    page.import(&[&decided("00bb", false)]).unwrap();
    let last: Vec<CodedAnswer> =
        page.codes().into_iter().filter(|answer| answer.sample == NOT_DRAWN).collect();
    assert_eq!((last.len(), last[0].page.as_str(), last[0].applies), (1, "00bb", false));
}

#[test]
fn a_page_of_another_run_tells_its_own_chances() {
    let page = Page::new();
    let answers = page.sample_answers(50);
    let saved = page.save("emic-review-Ana.json", "Ana", "00aa", &answers);
    // By now the run has fewer interviews, and one segment reads otherwise.
    let mut findings = larger_findings(50);
    let first = page.sample.segments.iter().find(|index| index.get() < 100).copied().unwrap();
    findings.segments[first.get()].passage.text = "Nobody said so.".into();
    let text = findings.segments[first.get()].passage.text.clone();
    let changed = Page::of(with_text(findings, first, &text));
    let gone =
        page.sample.segments[..50].iter().filter(|index| index.get() >= 100 || **index == first).count();
    let imported = changed.import(&[&saved]).unwrap();
    assert_eq!(imported.coders, [(1, "Ana".to_owned(), 50 - gone, 100)]);
    let shown = changed.shown(&imported).replace(&page.folder.path().display().to_string(), "PAGE");
    let shown = shown.split(" left out (").next().unwrap().to_owned();
    insta::assert_snapshot!(shown, @r"
    note: PAGE/emic-review-Ana.json: the chances of its sample are taken as the file tells them: OUT holds another run than the page is of
    warning: PAGE/emic-review-Ana.json: 7 of 50 answers of the sample were
    ");
    let chance = 100.0 / 120.0 * (50 - gone) as f64 / 100.0;
    for answer in changed.codes() {
        assert!((answer.probability.unwrap() - chance).abs() < 1e-12);
    }
    // More of it comes back.
    let saved = page.save("emic-review-Ana.json", "Ana", "00aa", &page.sample_answers(60));
    let imported = changed.import(&[&saved]).unwrap();
    assert!(imported.rows > 50 - gone && imported.withdrawn == 0);
    assert!(!changed.folder.path().join("review/sample-2").exists());
}

/// The findings with another text in a segment, in its turns too.
fn with_text(mut findings: Findings, index: SegmentIndex, text: &str) -> Findings {
    let passage = findings.segments[index.get()].passage.clone();
    let transcript = &mut findings.corpus.transcripts[passage.transcript.get()];
    let mut start = 0;
    for (at, turn) in transcript.turns.iter_mut().enumerate() {
        if (passage.first_turn..=passage.last_turn).contains(&at) {
            turn.text = if at == passage.first_turn { text.into() } else { "".into() };
        }
        (turn.span.start, turn.span.end) = (start, start + turn.text.chars().count());
        start = turn.span.end + 1;
    }
    let transcript = transcript.clone();
    let reading = transcript.reading_text();
    for segment in findings.segments.iter_mut().filter(|one| one.passage.transcript == passage.transcript) {
        let turns = &transcript.turns[segment.passage.first_turn..=segment.passage.last_turn];
        let span = transcripts::CharSpan { start: turns[0].span.start, end: turns[turns.len() - 1].span.end };
        segment.passage.span = span;
        segment.passage.text =
            reading.chars().skip(span.start).take(span.end - span.start).collect::<String>().into();
    }
    findings
}

#[test]
fn files_that_cannot_be_used_are_named_and_nothing_is_changed() {
    let page = Page::new();
    let refused = |name: &str, text: &str| {
        let path = page.folder.path().join(name);
        fs::write(&path, text).unwrap();
        match page.import(&[&path]).unwrap_err() {
            ImportError::Nothing { problems } => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                lines.join("\n").replace(&page.folder.path().display().to_string(), "OUT")
            }
            other => other.to_string(),
        }
    };
    let nobody = page.save("answers.json", "", "00aa", &page.sample_answers(1));
    let nobody = fs::read_to_string(nobody).unwrap();
    let said = [
        refused("broken.json", "{\"emic_review\": 1"),
        refused("answers.json", &nobody),
        refused("answers.json", &nobody.replace("\"coder\":\"\"", "\"coder\":\"a;b\"")),
        refused(
            "emic-review-Ana.json",
            &nobody
                .replace("Sixty", "Fifty")
                .replace("אין", "יש")
                .replace("=cmd", "=")
                .replace("We fear", "I fear"),
        ),
        refused("emic-review-Ana.json", &nobody.replace("\"key\"", "\"keys\"")),
        refused("emic-review-Ana.json", &nobody.replace("\"sample\",", "\"seen\",")),
        refused("emic-review-Ana.json", "{\"emic_review\": 1, \"coder\": \"Ana\"}"),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    error: OUT/broken.json: it is no file that a page saves, or not whole: EOF while parsing an object at line 1 column 17 (save it on the page again)
    error: OUT/answers.json: it was left out: nobody knows whose answers these are (write the name on the page and save the file again)
    error: OUT/answers.json: it was left out: the coder `a;b` is too long or holds a semicolon (write another name on the page and save the file again)
    warning: OUT/emic-review-Ana.json: 1 of 1 answer of the sample was left out (1): the run has no segment with that text in that transcript (transcripts or the unit of segments changed since the page was written; answer these on the page of this run)
    error: OUT/emic-review-Ana.json: its sample was left out: the file does not say how it was drawn (save the file on the page again)
    error: OUT/emic-review-Ana.json: answer 1 was left out: it does not say how the coder came to the segment (save the file on the page again)
    ");
    assert!(!page.folder.path().join("review").exists());
}

#[test]
fn a_folder_without_a_run_is_from_file_of() {
    let page = Page::new();
    let other = page.sample.segments[0];
    let mut answers = page.sample_answers(2);
    answers.push(page.answer(other, &json!({"way": "theme", "themes": {"workload": true}, "order": 5})));
    let file = page.save("emic-review-Ana.json", "Ana", "00aa", &answers);
    page.import(&[&file]).unwrap();
    fs::remove_file(page.folder.path().join("tables/segments.parquet")).unwrap();
    // The sample is there, and so its answers are taken; what was decided stays as it was.
    let imported = page.import(&[&file]).unwrap();
    insta::assert_snapshot!(page.shown(&imported), @r#"error: OUT/emic-review-Ana.json: 1 answer was left out: OUT/tables/segments.parquet is not there: a finished run is read from its Parquet tables (have "parquet" among the `formats` under [output] in the study file, and run the study again)"#);
    assert_eq!(page.codes().iter().filter(|answer| answer.sample == NOT_DRAWN).count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_answers_leave_codes_that_can_be_read(
        answers in prop::collection::vec((0_usize..120, any::<bool>(), 0_u64..6, "[aw=,\"\n]{0,3}", prop::option::of(any::<bool>()), any::<bool>()), 0..30),
    ) {
        let page = Page::new();
        let answers: Vec<Value> = answers
            .into_iter()
            .map(|(index, is_drawn, order, words, applies, paper)| {
                let way = if is_drawn { "sample" } else { "theme" };
                let mut themes = json!({"workload": applies});
                themes[format!("t{words}")] = json!(paper);
                page.answer(index.into(), &json!({"way": way, "order": order, "themes": themes, "memo": words, "paper": paper}))
            })
            .collect();
        let file = page.save("emic-review-Ana.json", "Ana", "00aa", &answers);
        if page.import(&[&file]).is_ok() {
            let codes = page.codes();
            prop_assert!(codes.iter().all(|answer| answer.probability.is_some() == (answer.sample == 1)));
            page.import(&[&file]).unwrap();
            prop_assert_eq!(page.codes(), codes);
        }
    }
}
