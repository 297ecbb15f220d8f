//! Excel workbooks and survey exports, made here.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::*;

fn read_book(name: &str, fill: impl Fn(&mut Workbook)) -> String {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    let reading = read_as(name, &workbook.save_to_buffer().unwrap());
    check(&reading);
    shown(&reading)
}

fn write(sheet: &mut rust_xlsxwriter::Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
}

/// A small workbook.
pub(super) fn book() -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet(), 0, &[&["speaker", "text"], &["I", "What helps?"], &["R", "Time."]]);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_title_above_the_headings_dates_zeros_and_merged_cells() {
    insta::assert_snapshot!(read_book("talk.xlsx", |workbook| {
        let sheet = workbook.add_worksheet().set_name("Talk").unwrap();
        write(sheet, 0, &[&["Transcript"], &[], &["transcript_id", "Speaker", "Start", "Sentence", "day", "code", "height"]]);
        sheet.merge_range(3, 0, 4, 0, "007", &Format::new()).unwrap();
        write(sheet, 3, &[&["", "I", "", "What helps?"], &["", "R", "", "Time."], &["008", "R", "", "Tea."]]);
        for row in 3..6 {
            let day = ExcelDateTime::from_ymd(2026, 1, 31).unwrap();
            sheet.write_datetime_with_format(row, 4, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
            let time = ExcelDateTime::from_hms(0, 1, row as u8).unwrap();
            sheet.write_datetime_with_format(row, 2, &time, &Format::new().set_num_format("hh:mm:ss")).unwrap();
            sheet.write_string(row, 5, "0042").unwrap();
            sheet.write_number(row, 6, 180).unwrap();
        }
    }), @r#"
    007 (xlsx, talk.xlsx) code=0042 day=2026-01-31 height=180
      1 Participant <I> 63000..- "What helps?"
      2 Participant <R> 64000..- "Time."
    008 (xlsx, talk.xlsx) code=0042 day=2026-01-31 height=180
      1 Participant <R> 65000..- "Tea."
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    note: talk.xlsx: 1 cell was filled from cells merged over several rows
    note: talk.xlsx: column `Sentence` was read as the text (call it `text` to be sure)
    note: talk.xlsx:1: 1 row above the headings was left out in the sheet `Talk`
    "#);
}

#[test]
fn several_sheets_are_several_transcripts() {
    insta::assert_snapshot!(read_book("talks.xlsx", |workbook| {
        write(workbook.add_worksheet().set_name("Noa").unwrap(), 0, &[&["name", "text"], &["I", "What helps?"], &["Noa", "Time."]]);
        write(workbook.add_worksheet().set_name("Dana").unwrap(), 0, &[&["speaker", "text"], &["Dana", "Tea."]]);
        write(workbook.add_worksheet().set_name("About").unwrap(), 0, &[&["what", "when"], &["a", "b"]]);
    }), @r#"
    talks Dana (xlsx, talks.xlsx)
      1 Participant <Dana> -..- "Tea."
    talks Noa (xlsx, talks.xlsx)
      1 Participant <I> -..- "What helps?"
      2 Participant <Noa> -..- "Time."
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    note: talks.xlsx: column `name` was read as the speaker (call it `speaker` to be sure)
    note: talks.xlsx: read from the sheets `Noa`, `Dana`; passed over, because no column there holds text: `About` (call the column that holds what was said `text`)
    "#);
}

#[test]
fn a_survey_is_a_transcript_a_respondent() {
    const ROWS: [&[&str]; 5] = [
        &["StartDate", "IPAddress", "Finished", "ResponseId", "Q1", "Q2", "Q2_3_TEXT", "Q3"],
        &[
            "Start Date",
            "IP Address",
            "Finished",
            "Response ID",
            "How old are you?",
            "What would help you most at work?",
            "Other, please say",
            "Anything else?",
        ],
        &[
            "{\"ImportId\":\"startDate\"}",
            "{\"ImportId\":\"ipAddress\"}",
            "{\"ImportId\":\"finished\"}",
            "{\"ImportId\":\"_recordId\"}",
            "{\"ImportId\":\"QID1\"}",
            "{\"ImportId\":\"QID2\"}",
            "{\"ImportId\":\"QID2_TEXT\"}",
            "{\"ImportId\":\"QID3\"}",
        ],
        &[
            "2026-01-31",
            "10.0.0.1",
            "True",
            "R_1",
            "34",
            "More time for each family, and a desk.",
            "",
            "I liked the long walks we took",
        ],
        &["2026-01-31", "10.0.0.2", "True", "R_2", "51", "Somebody who answers when I call there.", "", ""],
    ];
    let of_book = read_book("survey.xlsx", |workbook| write(workbook.add_worksheet(), 0, &ROWS));
    insta::assert_snapshot!(of_book, @r#"
    R_1 (xlsx, survey.xlsx) Finished=True Q1=34
      1 Interviewer <Q2> -..- "What would help you most at work?"
      2 Participant <Respondent> -..- "More time for each family, and a desk."
      3 Interviewer <Q3> -..- "Anything else?"
      4 Participant <Respondent> -..- "I liked the long walks we took"
    R_2 (xlsx, survey.xlsx) Finished=True Q1=51
      1 Interviewer <Q2> -..- "What would help you most at work?"
      2 Participant <Respondent> -..- "Somebody who answers when I call there."
    note: survey.xlsx: the table was read as a survey of Qualtrics with a respondent a row; answers in people's own words were read from `Q2`, `Q3`; attributes are `Finished`, `Q1` (if a column is missing or should not be there, export the survey with the columns that you want)
    note: survey.xlsx: what the survey program notes about respondents, and what says who they are, was left out: `StartDate`, `IPAddress` (put what you want to compare by into the participants file)
    "#);
    let quoted = |cell: &&str| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &&[&str]| row.iter().map(quoted).collect::<Vec<_>>().join(",");
    let csv: Vec<String> = ROWS.iter().map(line).collect();
    let of_text = shown(&read_as("survey.csv", csv.join("\n").as_bytes()));
    let turns = |shown: &str| {
        shown.lines().filter(|line| line.starts_with("  ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(turns(&of_book), turns(&of_text));
}

#[test]
fn an_interview_a_row_is_refused_with_advice() {
    let table = "case,childhood,work,age\n1,We had a farm and five cows in the north,I drive a bus every day now,34\n2,My mother taught us all at home,There was never any work for us,51\n3,I do not remember much of it really,First the mill and then the post office,47\n";
    insta::assert_snapshot!(shown(&read_as("wide.csv", table.as_bytes())), @"error: wide.csv: each row seems to be an interview, with what was said in several columns: `childhood`, `work` (give each answer a row of its own: `transcript_id` (which interview), `speaker` and `text`)");
}

#[test]
fn workbooks_that_are_none_are_named() {
    insta::assert_snapshot!(shown(&read_as("a.xlsx", b"speaker,text\n")), @"error: a.xlsx: the file ends in .xlsx but is plain text (rename it to .csv, or open it in Excel and save it as .xlsx)");
    insta::assert_snapshot!(shown(&read_as("a.xlsx", &super::word::packed(&[("word/document.xml", "")]))), @"error: a.xlsx: this is not a workbook, or it is damaged (open it in Excel or LibreOffice and save it again as .xlsx)");
    insta::assert_snapshot!(read_book("a.xlsx", |workbook| write(workbook.add_worksheet(), 0, &[&["one", "two"], &["1", "2"]])), @"error: a.xlsx: there is no column with the text; the columns are `one`, `two` (call the column that holds what was said `text`)");
}
