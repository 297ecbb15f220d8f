//! Sheets as they come back.

use proptest::prelude::*;
use transcripts::CharSpan;

use super::samples::Sample;
use super::*;
use crate::record::Program;
use crate::review::sample::design::{
    CoderRecord, DesignRow, SampleRecord, SampleSettings, read_design, words_digest,
};
use crate::review::sample::tests::{finished, larger_findings, request};
use crate::review::{SampleRequest, SampleSize, draw_sample};
use crate::study::codes_file;
use crate::table::unguarded;

/// A sample of segments with an id, a chance, and whether they were drawn.
pub(super) fn sample_with(number: u32, segments: &[(&str, f64, bool)]) -> Sample {
    let rows = (0..).zip(segments).map(|(index, &(id, probability, drawn))| DesignRow {
        segment_id: id.to_owned(),
        transcript_id: "P01".to_owned(),
        span: CharSpan { start: index * 10, end: index * 10 + 9 },
        text_digest: crate::review::text_digest(id),
        probability,
        drawn,
        coders: if drawn { vec![("Ana".to_owned(), index as u32 + 1)] } else { Vec::new() },
        words_digest: if drawn { words_digest(id) } else { String::new() },
    });
    let rows: Vec<DesignRow> = rows.collect();
    let drawn = rows.iter().filter(|row| row.drawn).count() as u64;
    let record = SampleRecord { segments: drawn, of: rows.len() as u64, ..record(number, &["Ana"]) };
    Sample::new(record, rows)
}

pub(super) fn samples_of(coders: &[&str]) -> Samples {
    Samples::from([(1, Sample::new(record(1, coders), Vec::new()))])
}

fn record(number: u32, coders: &[&str]) -> SampleRecord {
    let coder = |name: &&str| CoderRecord {
        name: (*name).to_owned(),
        file: crate::review::sample::file_part(name),
        segments: 3,
        pages: Vec::new(),
    };
    SampleRecord {
        sample: number,
        key: format!("s{number}-0000000{number}"),
        program: Program::this(),
        study: "Barriers".to_owned(),
        run: "00".to_owned(),
        settings: SampleSettings {
            seed: 7,
            width: None,
            interviews: None,
            uncertain: 0.5,
            both: 1.0,
            groups: Vec::new(),
            next: false,
        },
        segments: 3,
        of: 4,
        themes: vec!["workload".to_owned(), "missing services".to_owned()],
        coders: coders.iter().map(coder).collect(),
        files: Vec::new(),
    }
}

/// A drawn sample in a folder of its own, and the rows of its sheets as they come back.
struct Drawn {
    folder: tempfile::TempDir,
}

type Cells = Vec<Vec<String>>;

impl Drawn {
    fn new(segments: usize, coders: &[&str]) -> Self {
        let folder = finished(&larger_findings(12));
        draw_sample(folder.path(), &request(segments, coders)).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The rows of a coder's sheet, headings first.
    fn sheet(&self, sample: u32, coder: &str) -> Cells {
        let file = read_sheets(&self.path(&format!("review/sample-{sample}/codes-{coder}.csv")), "sheet", 64);
        let width = file.sheets[0].rows[0].cells.len() as u32;
        let cell = |row: &Row, column: u32| row.cells.get(&column).cloned().unwrap_or_default();
        file.sheets[0].rows.iter().map(|row| (0..width).map(|column| cell(row, column)).collect()).collect()
    }

    fn write_csv(&self, name: &str, cells: &Cells, separator: u8) -> PathBuf {
        let path = self.path(name);
        let mut writer =
            csv::WriterBuilder::new().delimiter(separator).flexible(true).from_path(&path).unwrap();
        for row in cells {
            writer.write_record(row).unwrap();
        }
        writer.flush().unwrap();
        path
    }

    fn write_xlsx(&self, name: &str, cells: &Cells) -> PathBuf {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().set_name("read me").unwrap().write_string(0, 0, "Coding sheet").unwrap();
        let sheet = workbook.add_worksheet();
        for (row, cells) in (0..).zip(cells) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, unguarded(cell)).unwrap();
            }
        }
        let path = self.path(name);
        workbook.save(&path).unwrap();
        path
    }

    fn import(&self, sheets: &[&Path], coder: Option<&str>) -> Result<Imported, ImportError> {
        let sheets: Vec<PathBuf> = sheets.iter().map(|path| path.to_path_buf()).collect();
        import_sheets(self.folder.path(), &sheets, coder)
    }

    fn codes(&self) -> Vec<CodedAnswer> {
        let (answers, problems) = read_codes(&codes_file(self.folder.path()));
        assert_eq!(problems, []);
        answers
    }

    fn shown(&self, problems: &[Problem]) -> String {
        let here = format!("{}/", self.folder.path().display());
        problems.iter().map(|problem| problem.to_string().replace(&here, "")).collect::<Vec<_>>().join("\n")
    }
}

fn column(cells: &Cells, heading: &str) -> usize {
    cells[0].iter().position(|cell| cell == heading).unwrap()
}

/// Puts `value` under a heading in a row.
fn put(cells: &mut Cells, row: usize, heading: &str, value: &str) {
    let column = column(cells, heading);
    cells[row][column] = value.to_owned();
}

/// `none of these` in every row that has nothing yet, from the first to `last`.
fn finish(cells: &mut Cells, last: usize) {
    for row in 1..=last {
        let filled = ["workload", "missing services", "none of these", "other theme"];
        if filled.iter().all(|heading| cells[row][column(cells, heading)].is_empty()) {
            put(cells, row, "none of these", "x");
        }
    }
}

#[test]
fn a_sheet_comes_back_as_it_was_coded_and_is_not_touched() {
    let drawn = Drawn::new(10, &["Ana"]);
    let mut cells = drawn.sheet(1, "Ana");
    put(&mut cells, 1, "workload", "x");
    put(&mut cells, 2, "missing services", "?");
    put(&mut cells, 3, "other theme", "=tea");
    put(&mut cells, 3, "memo", "see \"page 3\"");
    finish(&mut cells, 10);
    let sheet = drawn.write_xlsx("codes-Ana final.xlsx", &cells);
    let before = fs::read(&sheet).unwrap();
    let imported = drawn.import(&[&sheet], None).unwrap();
    assert_eq!(drawn.shown(&imported.problems), "");
    assert_eq!(imported.coders, [(1, "Ana".to_owned(), 10, 10)]);
    assert_eq!(imported.themes, [("workload".to_owned(), 1, 10), ("missing services".to_owned(), 0, 9)]);
    assert_eq!(fs::read(&sheet).unwrap(), before);

    let design = read_design(&drawn.path("review/sample-1/design.csv")).unwrap();
    for answer in drawn.codes() {
        let row = design.iter().find(|row| row.segment_id == answer.segment_id).unwrap();
        assert!((answer.probability.unwrap() - row.probability).abs() < 1e-12);
        assert_eq!((&answer.text_digest, answer.span), (&row.text_digest, row.span));
        assert_eq!(answer.applies, answer.segment_id == cells[1][0] && answer.theme == "workload");
    }
    let notes = fs::read_to_string(drawn.path("review/notes.csv")).unwrap();
    let notes = notes.replace(&cells[2][0], "SECOND").replace(&cells[3][0], "THIRD");
    let transcript = |id: &str| id.split(':').next().unwrap().to_owned();
    let notes = notes.replace(&transcript(&cells[2][0]), "I_2").replace(&transcript(&cells[3][0]), "I_3");
    let mut lines: Vec<&str> = notes.trim_start_matches('\u{feff}').lines().collect();
    lines[1..].sort_unstable();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    sample,segment_id,transcript_id,coder,kind,theme,note,char_start,char_end,text_digest
    1,SECOND,I_2,Ana,unsure,missing services,,22,76,cbf567c4384b85b7
    1,THIRD,I_3,Ana,memo,,"see ""page 3""",24,50,aa9a132e4bcf2284
    1,THIRD,I_3,Ana,other theme,,'=tea,24,50,aa9a132e4bcf2284
    "#);
}

#[test]
fn what_cannot_be_used_is_named_with_its_row() {
    let drawn = Drawn::new(10, &["Ana"]);
    let mut cells = drawn.sheet(1, "Ana");
    for row in 1..=6 {
        put(&mut cells, row, "workload", "x");
    }
    put(&mut cells, 2, "workload", "rather");
    put(&mut cells, 3, "none of these", "x");
    put(&mut cells, 4, "segment_id", "I99:9");
    put(&mut cells, 4, "text", "Nobody said so.");
    put(&mut cells, 5, "sample", "s1-ffffffff");
    put(&mut cells, 6, "text", "Something else.");
    put(&mut cells, 7, "missing services", "yes");
    let mut again = cells[7].clone();
    again[column(&cells, "missing services")] = "no".to_owned();
    cells.push(again);
    put(&mut cells, 8, "missing services", "1");
    cells.push(cells[8].clone());
    let design = read_design(&drawn.path("review/sample-1/design.csv")).unwrap();
    let undrawn = design.iter().find(|row| !row.drawn).unwrap();
    let mut stranger = cells[8].clone();
    (stranger[0], stranger[column(&cells, "text")]) = (undrawn.segment_id.clone(), String::new());
    cells.push(stranger);
    let sheet = drawn.write_csv("codes-Ana.csv", &cells, b';');
    let imported = drawn.import(&[&sheet], None).unwrap();
    assert_eq!(imported.coders, [(1, "Ana".to_owned(), 3, 10)]);
    let shown = drawn.shown(&imported.problems).replace(&undrawn.segment_id, "UNDRAWN");
    insta::assert_snapshot!(shown, @r"
    error: codes-Ana.csv:3: this row was left out: `rather` under `workload` is not understood (write x, no or ?, or leave the cell empty)
    error: codes-Ana.csv:4: this row was left out: the row says both `none of these` and a theme (ask the coder which it is, and take the other away)
    error: codes-Ana.csv:5: this row was left out: the sample has no segment `I99:9` (put back the ids as they were; spreadsheets may take some for times)
    error: codes-Ana.csv:6: this row was left out: it is of the sample `s1-ffffffff`, which was not drawn from this run (import the sheet into the output folder that it was drawn from)
    warning: codes-Ana.csv:7: this row was used: the text was changed since the sheet was made (see that the codes are about what people said)
    error: codes-Ana.csv:14: this row was left out: the segment `UNDRAWN` was not drawn, so its chance of being coded is not known (only rows that the sheet had can be used)
    error: codes-Ana.csv:8: rows left out: this one and row 12 are of one coder and one segment, and differ about `missing services` (ask the coder which is right, and take the other away)
    warning: review/sample-1: Ana left out 5 rows above the last one that is done (if these were the hard ones, the sample is no longer fair; have them coded, with ? where nobody can tell)
    ");
}

#[test]
fn columns_may_be_renamed_moved_dropped_and_added() {
    let drawn = Drawn::new(10, &["Ana", "Ben"]);
    let cells = drawn.sheet(1, "Ben");
    let id = column(&cells, "segment_id");
    let themes = column(&cells, "workload");
    let mut moved: Cells = cells
        .iter()
        .map(|row| vec![row[themes].clone(), "no".into(), row[id].clone(), "aha".into()])
        .collect();
    moved[0] = ["work load", "tea", "Nr.", "my thoughts"].map(str::to_owned).into();
    for row in [1, 3] {
        moved[row][0] = "sí".to_owned();
    }
    let sheet = drawn.write_csv("back.tsv", &moved, b'\t');
    let Err(ImportError::Nothing { problems }) = drawn.import(&[&sheet], None) else { panic!("no coder") };
    insta::assert_snapshot!(drawn.shown(&problems), @r"
    note: back.tsv: the column `Nr.` was taken for `segment_id`, because segment ids stand in it
    note: back.tsv: there is no column for `missing services`; the rows say nothing of it
    note: back.tsv: `tea` was taken for a theme that a coder added; where a row is done, an empty cell means no
    note: back.tsv: the column `my thoughts` was left out: it is none of the sheet's, and no list of answers
    error: back.tsv:2: 10 rows were left out (2–11): nobody knows whose codes these are (call the file codes-NAME.xlsx as it was)
    ");
    let imported = drawn.import(&[&sheet], Some("ben")).unwrap();
    assert_eq!(imported.coders, [(1, "Ben".to_owned(), 10, 10)]);
    assert_eq!(imported.themes, [("workload".to_owned(), 2, 10), ("tea".to_owned(), 0, 10)]);

    moved[0][0] = "hours".to_owned();
    moved[0][1] = "cups".to_owned();
    let sheet = drawn.write_csv("back.tsv", &moved, b'\t');
    let Err(ImportError::Nothing { problems }) = drawn.import(&[&sheet], None) else { panic!("no headings") };
    insta::assert_snapshot!(drawn.shown(&problems), @"error: back.tsv: this is no coding sheet: no row names its columns (keep the headings `segment_id` and `text`, and the themes, above the rows)");
}

#[test]
fn a_half_finished_sheet_has_half_the_chance_and_gaps_are_told_of() {
    let drawn = Drawn::new(12, &["Ana"]);
    let mut cells = drawn.sheet(1, "Ana");
    finish(&mut cells, 6);
    let sheet = drawn.write_csv("codes-Ana.csv", &cells, b',');
    let imported = drawn.import(&[&sheet], None).unwrap();
    assert_eq!(drawn.shown(&imported.problems), "");
    let design = read_design(&drawn.path("review/sample-1/design.csv")).unwrap();
    for answer in drawn.codes() {
        let row = design.iter().find(|row| row.segment_id == answer.segment_id).unwrap();
        assert!((answer.probability.unwrap() - row.probability / 2.0).abs() < 1e-12);
    }

    for row in [1, 3, 4] {
        put(&mut cells, row, "none of these", "");
    }
    put(&mut cells, 2, "workload", "x");
    put(&mut cells, 2, "none of these", "");
    let sheet = drawn.write_csv("codes-Ana.csv", &cells, b',');
    let imported = drawn.import(&[&sheet], None).unwrap();
    insta::assert_snapshot!(drawn.shown(&imported.problems), @"warning: review/sample-1: Ana left out 3 rows above the last one that is done (if these were the hard ones, the sample is no longer fair; have them coded, with ? where nobody can tell)");
    assert_eq!((imported.changed, imported.withdrawn), (1, 6));
    assert_eq!(drawn.codes().len(), 6);
}

#[test]
fn coders_and_samples_are_kept_apart_and_their_chances_together() {
    let drawn = Drawn::new(12, &["Ana", "Ben"]);
    draw_sample(drawn.folder.path(), &request(12, &["Ana"])).unwrap();
    let mut of_ana = drawn.sheet(1, "Ana");
    finish(&mut of_ana, 12);
    let ana = drawn.write_csv("codes-Ana.csv", &of_ana, b',');
    let mut of_ben = drawn.sheet(1, "Ben");
    finish(&mut of_ben, 3);
    // Ben's rows and Ana's of the second sample in one sheet, with a column of coders.
    let mut second = drawn.sheet(2, "Ana");
    finish(&mut second, 12);
    of_ben[0].push("Coder".to_owned());
    of_ben[1..].iter_mut().for_each(|row| row.push("ben".to_owned()));
    second[1..].iter_mut().for_each(|row| row.push("Ana".to_owned()));
    of_ben.extend(second.into_iter().skip(1));
    let both = drawn.write_xlsx("together.xlsx", &of_ben);
    drawn.import(&[&ana], None).unwrap();
    let imported = drawn.import(&[&both], None).unwrap();
    assert_eq!(drawn.shown(&imported.problems), "");
    assert_eq!(imported.coders, [(1, "Ben".to_owned(), 3, 12), (2, "Ana".to_owned(), 12, 12)]);
    let answers = drawn.codes();
    assert_eq!(answers.len(), (12 + 3 + 12) * 2);
    let designs: Vec<Vec<DesignRow>> =
        [1, 2].map(|n| read_design(&drawn.path(&format!("review/sample-{n}/design.csv"))).unwrap()).into();
    for answer in answers {
        let chance = |design: &Vec<DesignRow>| {
            design.iter().find(|row| row.segment_id == answer.segment_id).unwrap().probability
        };
        let expected = 1.0 - (1.0 - chance(&designs[0])) * (1.0 - chance(&designs[1]));
        assert!((answer.probability.unwrap() - expected).abs() < 1e-12);
    }
}

#[test]
fn nothing_is_changed_when_nothing_can_be_used() {
    let drawn = Drawn::new(10, &["Ana"]);
    let untouched = drawn.path("review/sample-1/codes-Ana.xlsx");
    let said = drawn.import(&[&untouched], None).unwrap_err().to_string();
    assert_eq!(said, "no row could be used; nothing was changed");
    assert!(!codes_file(drawn.folder.path()).exists());

    let mut cells = drawn.sheet(1, "Ana");
    finish(&mut cells, 10);
    let sheet = drawn.write_csv("codes-Ana.csv", &cells, b',');
    drawn.import(&[&sheet], None).unwrap();
    let codes = codes_file(drawn.folder.path());
    let Err(ImportError::Nothing { problems }) = drawn.import(&[&codes], None) else { panic!("not a sheet") };
    assert!(problems[0].message.contains("this is the file that an import writes"), "{problems:?}");

    fs::write(&codes, fs::read_to_string(&codes).unwrap().replace(",0\n", ",perhaps\n")).unwrap();
    let broken = fs::read(&codes).unwrap();
    let said = drawn.import(&[&sheet], None).unwrap_err().to_string();
    insta::assert_snapshot!(said, @"review/codes.csv:2: the row was left out: its `applies` cannot be read (import the coded sheet again); nothing was imported, so that no earlier code is lost (mend the file, or move it away to begin anew)");
    assert_eq!(fs::read(&codes).unwrap(), broken);

    let nowhere = tempfile::tempdir().unwrap();
    let error = import_sheets(nowhere.path(), &[sheet], None).unwrap_err();
    assert!(matches!(error, ImportError::NoSample { .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_a_coder_answers_is_what_is_read(
        answers in prop::collection::vec((0_usize..4, 0_usize..4, any::<bool>()), 10),
        as_workbook in any::<bool>(),
    ) {
        const WORDS: [&str; 4] = ["", "x", "?", "no"];
        let drawn = Drawn::new(10, &["Ana"]);
        let mut cells = drawn.sheet(1, "Ana");
        let mut expected = Vec::new();
        for (row, &(workload, services, none)) in (1..).zip(&answers) {
            put(&mut cells, row, "workload", WORDS[workload]);
            put(&mut cells, row, "missing services", WORDS[services]);
            let none = none && workload != 1 && services != 1;
            put(&mut cells, row, "none of these", if none { "x" } else { "" });
            if workload + services > 0 || none {
                for (theme, word) in [("workload", workload), ("missing services", services)] {
                    if word != 2 {
                        expected.push((cells[row][0].clone(), theme.to_owned(), word == 1));
                    }
                }
            }
        }
        let sheet = if as_workbook {
            drawn.write_xlsx("codes-Ana.xlsx", &cells)
        } else {
            drawn.write_csv("codes-Ana.csv", &cells, b';')
        };
        if drawn.import(&[&sheet], None).is_ok() {
            let mut found: Vec<(String, String, bool)> =
                drawn.codes().into_iter().map(|one| (one.segment_id, one.theme, one.applies)).collect();
            found.sort();
            expected.sort();
            prop_assert_eq!(found, expected);
        } else {
            prop_assert!(answers.iter().all(|(workload, services, none)| workload + services == 0 && !none));
        }
    }

    #[test]
    fn any_bytes_as_a_sheet_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..200), heading in any::<bool>()) {
        let drawn = Drawn::new(4, &["Ana"]);
        let path = drawn.path("codes-Ana.csv");
        let start: &[u8] = if heading { b"segment_id,text,workload,coder,sample\n" } else { b"" };
        fs::write(&path, [start, &bytes[..]].concat()).unwrap();
        let _ = drawn.import(&[&path], None);
    }
}

#[test]
fn interviews_that_were_read_until_a_theme_came_up_tell_where_it_is() {
    let findings = larger_findings(12);
    let folder = finished(&findings);
    let wanted = SampleRequest { size: SampleSize::Interviews(4), ..request(1, &["Ana"]) };
    let sample = draw_sample(folder.path(), &wanted).unwrap();
    assert_eq!((sample.segments, sample.spreads.len()), (8, 0), "four interviews of two segments");
    let drawn = Drawn { folder };
    let mut cells = drawn.sheet(1, "Ana");
    let interviews: Vec<String> =
        cells[1..].iter().map(|row| row[0].split(':').next().unwrap().to_owned()).collect();
    assert!(interviews.chunks(2).all(|pair| pair[0] == pair[1]), "{interviews:?}");
    // Found at once; found at the end, the row before read in passing; read to the end without anything; not opened.
    put(&mut cells, 1, "workload", "x");
    put(&mut cells, 1, "missing services", "x");
    put(&mut cells, 4, "workload", "x");
    put(&mut cells, 6, "none of these", "x");
    let sheet = drawn.write_csv("codes-Ana.csv", &cells, b',');
    let imported = drawn.import(&[&sheet], None).unwrap();
    assert_eq!(drawn.shown(&imported.problems), "");
    let answers = drawn.codes();
    assert!(answers.iter().all(|answer| answer.of_interviews && answer.sample == 1));
    // 4 of 12 drawn, 3 of these opened.
    assert!(answers.iter().all(|answer| (answer.probability.unwrap() - 0.25).abs() < 1e-12));

    let names = ["workload", "missing services", "fear, minister"];
    let (codings, problems) =
        crate::review::codings(&answers, &findings.segments, &findings.corpus.transcripts, &names);
    assert_eq!((problems, codings.rows, codings.drawn_whole), (Vec::new(), Vec::new(), Vec::new()));
    let mut found: Vec<(String, Vec<Option<f64>>)> = codings
        .read
        .into_iter()
        .map(|one| (findings.corpus.transcripts[one.transcript.get()].id.clone(), one.themes))
        .collect();
    let mut expected = [
        (interviews[0].clone(), vec![Some(1.0), Some(1.0), None]),
        (interviews[2].clone(), vec![Some(1.0), Some(0.0), None]),
        (interviews[4].clone(), vec![Some(0.0), Some(0.0), None]),
    ];
    found.sort_by(|a, b| a.0.cmp(&b.0));
    expected.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(found, expected);
}
