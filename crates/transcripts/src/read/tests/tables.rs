//! Tables as programs export them: what their times stand for, which column is which without headings, tiers, other workbooks.

use super::word::packed;
use super::*;

/// The turns and problems of a table.
fn read(name: &str, text: &str) -> String {
    let reading = read_as(name, text.as_bytes());
    check(&reading);
    shown(&reading)
}

#[test]
fn whole_milliseconds_are_told_from_seconds_by_what_is_said_in_them() {
    insta::assert_snapshot!(read("mill.tsv", "start\tend\ttext\n0\t3900\tWho kept the mill when your uncle left?\n3900\t9120\tMy aunt did, and then the two of us.\n13400\t18000\tWe had no horse by then.\n"), @r#"
    mill (csv, mill.tsv)
      1 Other <> 0..9120 "Who kept the mill when your uncle left? My aunt did, and then the two of us."
      2 Other <> 13400..18000 "We had no horse by then."
    note: mill.tsv: 3 rows became 2 turns, cut at pauses
    note: mill.tsv: the numbers in `start` and `end` were read as milliseconds; as seconds, nobody would speak so slowly (call the columns `start_ms` and `end_ms` to say so, or write times as 00:01:02)
    "#);
    insta::assert_snapshot!(read("mill.csv", "start;end;text\n0;4;Who kept the mill when your uncle left?\n4;9;My aunt did, and then the two of us.\n13;18;We had no horse by then.\n"), @r#"
    mill (csv, mill.csv)
      1 Other <> 0..9000 "Who kept the mill when your uncle left? My aunt did, and then the two of us."
      2 Other <> 13000..18000 "We had no horse by then."
    note: mill.csv: 3 rows became 2 turns, cut at pauses
    "#);
    // A start alone tells as well, and one word in a long stretch does not hide the rest.
    let rows = "Time,Speaker,Text\n0,A,Did you go to the school by the river?\n2600,B,Yes.\n31000,A,And who taught there in those years?\n33500,B,A man from the town and later his daughter.\n37000,A,Thank you.\n";
    insta::assert_snapshot!(read("school.csv", rows), @r#"
    school (csv, school.csv)
      1 Participant <A> 0..- "Did you go to the school by the river?"
      2 Participant <B> 2600..- "Yes."
      3 Participant <A> 31000..- "And who taught there in those years?"
      4 Participant <B> 33500..- "A man from the town and later his daughter."
      5 Participant <A> 37000..- "Thank you."
    note: school.csv: the numbers in `Time` were read as milliseconds; as seconds, nobody would speak so slowly (call the columns `start_ms` and `end_ms` to say so, or write times as 00:01:02)
    "#);
}

#[test]
fn numbers_that_may_be_either_are_read_with_a_warning() {
    insta::assert_snapshot!(read("slow.csv", "start,end,text\n0,60,Yes we did\n60,120,No not then\n"), @r#"
    slow (csv, slow.csv)
      1 Other <> 0..60000 "Yes we did"
      2 Other <> 60000..120000 "No not then"
    warning: slow.csv: it is not plain whether `start` and `end` hold seconds or milliseconds; they were read as seconds (call the columns `start_ms` and `end_ms` to say so, or write times as 00:01:02)
    "#);
}

#[test]
fn times_have_frames_stretches_commas_and_lengths() {
    insta::assert_snapshot!(read("cut.csv", "Speaker Name,Start Time,End Time,Text\nAda,00:00:01:12,00:00:03:24,We wove at night.\nBen,00:00:04:00,00:00:05:06,For whom?\n"), @r#"
    cut (csv, cut.csv)
      1 Participant <Ada> 1480..3960 "We wove at night."
      2 Participant <Ben> 4000..5240 "For whom?"
    note: cut.csv: the times end in frames, which were read as 25 a second (parts of a second may be a little off)
    "#);
    insta::assert_snapshot!(read("span.csv", "Timespan,Content,Speaker\n0:00.0 - 0:05.2,We wove at night.,Ada\n0:05.2 / 0:07.0,For whom?,Ben\n#00:01:02-3#,The mill.,Ada\n"), @r#"
    span (csv, span.csv)
      1 Participant <Ada> 0..5200 "We wove at night."
      2 Participant <Ben> 5200..7000 "For whom?"
      3 Participant <Ada> 62300..- "The mill."
    note: span.csv: column `Content` was read as the text (call it `text` to be sure)
    "#);
    insta::assert_snapshot!(read("lang.csv", "Zeitspanne;Inhalt;Sprecher\n0:00,0 - 0:05,2;Wir webten nachts.;Ada\n0:05,2 - 0:07,0;Für wen?;Ben\n"), @r#"
    lang (csv, lang.csv)
      1 Participant <Ada> 0..5200 "Wir webten nachts."
      2 Participant <Ben> 5200..7000 "Für wen?"
    note: lang.csv: column `Inhalt` was read as the text (call it `text` to be sure)
    "#);
    insta::assert_snapshot!(read("length.csv", "Number;Start time;Duration;Text\n1;00:00:01,500;00:00:02,000;We wove at night.\n2;00:00:08,000;00:00:01,250;For whom?\n"), @r#"
    length (csv, length.csv)
      1 Other <> 1500..3500 "We wove at night."
      2 Other <> 8000..9250 "For whom?"
    note: length.csv:3: column `Number` was not used: it changes within a transcript, so it is no attribute of one
    "#);
    insta::assert_snapshot!(read("edit.csv", "Number,Start time in milliseconds,End time in milliseconds,Text\n1,1500,3500,We wove at night.\n2,8000,9250,For whom?\n"), @r#"
    edit (csv, edit.csv)
      1 Other <> 1500..3500 "We wove at night."
      2 Other <> 8000..9250 "For whom?"
    note: edit.csv:3: column `Number` was not used: it changes within a transcript, so it is no attribute of one
    "#);
}

#[test]
fn labels_in_the_text_stand_for_a_column_of_speakers() {
    insta::assert_snapshot!(read("said.tsv", "start\tend\ttext\n0\t2000\tSPEAKER_00: Who wove at night?\n2000\t4000\tSPEAKER_01: My mother\n4000\t5000\tand her sister.\n5000\t7000\tSPEAKER_00: For whom did they weave?\n"), @r#"
    said (csv, said.tsv)
      1 Participant <SPEAKER_00> 0..2000 "Who wove at night?"
      2 Participant <SPEAKER_01> 2000..5000 "My mother and her sister."
      3 Participant <SPEAKER_00> 5000..7000 "For whom did they weave?"
    note: said.tsv: 4 rows became 3 turns, cut at changes of speaker
    note: said.tsv: the numbers in `start` and `end` were read as milliseconds; as seconds, nobody would speak so slowly (call the columns `start_ms` and `end_ms` to say so, or write times as 00:01:02)
    note: said.tsv: there is no column of speakers; the labels at the start of the text were read as such (give the speakers a column `speaker` to be sure)
    "#);
}

#[test]
fn tables_without_headings_are_read_by_what_stands_in_them() {
    insta::assert_snapshot!(read("bare.csv", "Ada,0:01,We wove at night.\nBen,0:04,For whom did you weave?\n"), @r#"
    bare (csv, bare.csv)
      1 Participant <Ada> 1000..- "We wove at night."
      2 Participant <Ben> 4000..- "For whom did you weave?"
    note: bare.csv:1: the table has no headings; its columns were read as speaker, start, text (write a first row with the names of the columns to be sure)
    "#);
    insta::assert_snapshot!(read("numbers.csv", "one,2,3\nfour,5,6\n"), @"error: numbers.csv: there is no column with the text; the columns are `one`, `2`, `3` (call the column that holds what was said `text`)");
}

const ELAN: &str = "Ada\tAda K.\t00:00:01.000\t1.0\t1000\t00:00:03.500\t3.5\t3500\t00:00:02.500\t2.5\t2500\tWe wove at night.\nBen\t\t00:00:03.600\t3.6\t3600\t00:00:05.000\t5.0\t5000\t00:00:01.400\t1.4\t1400\tFor whom?\nAda\tAda K.\t00:00:05.100\t5.1\t5100\t00:00:06.000\t6.0\t6000\t00:00:00.900\t0.9\t900\tFor the mill.\n";

#[test]
fn what_elan_and_praat_export_is_read_as_tiers() {
    let elan = read("loom.txt", ELAN);
    insta::assert_snapshot!(elan, @r#"
    loom (txt, loom.txt)
      1 Participant <Ada K.> 1000..3500 "We wove at night."
      2 Participant <Ben> 3600..5000 "For whom?"
      3 Participant <Ada K.> 5100..6000 "For the mill."
    note: loom.txt: every line of the text is a row of a table, and was read as such
    note: loom.txt: the table was read as one of tiers, a row an annotation
    note: loom.txt:1: the table has no headings; its columns were read as tier, participant, start, end, text (write a first row with the names of the columns to be sure)
    "#);
    let headed = format!(
        "Tier\tParticipant\tBegin Time - hh:mm:ss.ms\tBegin Time - ss.msec\tBegin Time - msec\tEnd Time - hh:mm:ss.ms\tEnd Time - ss.msec\tEnd Time - msec\tDuration - hh:mm:ss.ms\tDuration - ss.msec\tDuration - msec\tAnnotation\n{ELAN}"
    );
    let turns = |shown: &str| {
        shown.lines().filter(|line| line.starts_with("  ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(turns(&read("loom.tsv", &headed)), turns(&elan));
    let praat = "tmin\ttier\ttext\ttmax\n1.0\tAda K.\tWe wove at night.\t3.5\n3.6\tBen\tFor whom?\t5\n5.1\tAda K.\tFor the mill.\t6\n";
    assert_eq!(turns(&read("loom.tsv", praat)), turns(&elan));
    let short = "Ada K.\t\t1000\t3500\t2500\tWe wove at night.\nBen\t\t3600\t5000\t1400\tFor whom?\nAda K.\t\t5100\t6000\t900\tFor the mill.\n";
    assert_eq!(turns(&read("loom.txt", short)), turns(&elan));
    let columns = "Begin Time - ss.msec\tEnd Time - ss.msec\tDuration - ss.msec\tAda K.\tBen\n1.0\t3.5\t2.5\tWe wove at night.\t\n3.6\t5.0\t1.4\t\tFor whom?\n5.1\t6.0\t0.9\tFor the mill.\t\n";
    assert_eq!(turns(&read("loom.tsv", columns)), turns(&elan));
}

#[test]
fn text_whose_lines_are_rows_is_a_table() {
    insta::assert_snapshot!(read("loom.txt", "Start\tEnd\tSpeaker\tText\n0:01\t0:03\tAda\tWe wove at night.\n0:04\t0:05\tBen\tFor whom?\n"), @r#"
    loom (txt, loom.txt)
      1 Participant <Ada> 1000..3000 "We wove at night."
      2 Participant <Ben> 4000..5000 "For whom?"
    note: loom.txt: every line of the text is a row of a table, and was read as such
    "#);
}

/// A spreadsheet as `LibreOffice` writes it.
fn open_spreadsheet(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

fn cell(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

#[test]
fn open_document_spreadsheets_are_read_as_other_workbooks() {
    let sheet = [
        "<table:table table:name=\"Talk\"><table:table-column table:number-columns-repeated=\"16384\"/>".to_owned(),
        row(&["transcript_id", "speaker", "start", "text", "day", "age"]),
        // A comment on a cell is no part of it; an id stands for two rows.
        "<table:table-row><table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><text:p>L1</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>check</text:p></office:annotation><text:p>Ada</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"time\" office:time-value=\"PT00H01M03.500000000S\"><text:p>01:03</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"string\"><text:p>We wove<text:s text:c=\"2\"/>at night,</text:p><text:p>&amp; sang.</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-01-31\"><text:p>31.01.26</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"float\" office:value=\"47\"><text:p>47</text:p></table:table-cell></table:table-row>".to_owned(),
        "<table:table-row><table:covered-table-cell/>".to_owned(),
        cell("Ben"), cell("0:01:09"), cell("For whom?"),
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-01-31\"/><table:table-cell office:value-type=\"float\" office:value=\"47\"/>".to_owned(),
        "<table:table-cell table:number-columns-repeated=\"16378\"/></table:table-row>".to_owned(),
        "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>".to_owned(),
        "<table:table table:name=\"Empty\"/>".to_owned(),
    ]
    .concat();
    let reading = read_as("loom.ods", &open_spreadsheet(&sheet));
    check(&reading);
    insta::assert_snapshot!(shown(&reading), @r#"
    L1 (ods, loom.ods) age=47 day=2026-01-31
      1 Participant <Ada> 63500..- "We wove  at night,\n& sang."
      2 Participant <Ben> 69000..- "For whom?"
    note: loom.ods: 1 cell was filled from cells merged over several rows
    "#);
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"o\"><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document>"
    );
    let flat = read_as("loom.fods", flat.as_bytes());
    assert_eq!(flat.corpus.transcripts[0].turns, reading.corpus.transcripts[0].turns);
}

#[test]
fn a_spreadsheet_that_unfolds_to_more_than_is_read_is_refused() {
    let bomb = format!(
        "<table:table table:name=\"Big\">{}<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>",
        row(&["speaker", "text"])
    );
    insta::assert_snapshot!(shown(&read_as("big.ods", &open_spreadsheet(&bomb))), @r#"
    error: big.ods: the sheet `Big` was not read: the sheet `Big` has more than 1000000 cells or more than 64 MB of text (copy what matters into a new workbook)
    error: big.ods: there is nothing to read in it (open the file and check that it holds a transcript)
    "#);
    insta::assert_snapshot!(shown(&read_as("text.ods", &packed(&[("mimetype", "x"), ("content.xml", "<a/>")]))), @"error: text.ods: this is not a workbook, or it is damaged (open it in Excel or LibreOffice and save it again as .xlsx)");
    insta::assert_snapshot!(shown(&read_as("text.ods", b"speaker,text\n")), @"error: text.ods: the file ends in .ods but is plain text (rename it to .csv, or open it in LibreOffice and save it as .ods)");
    let locked = [("META-INF/manifest.xml", "<manifest:encryption-data/>"), ("content.xml", "<a/>")];
    insta::assert_snapshot!(shown(&read_as("locked.ods", &packed(&locked))), @"error: locked.ods: the workbook has a password or is older than Excel 2007 (open it in Excel or LibreOffice and save it as .xlsx without a password)");
}

/// A record of Excel's binary form.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes =
        if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8] };
    let length = data.len();
    if length < 0x80 {
        bytes.push(length as u8);
    } else {
        bytes.extend([length as u8 & 0x7F | 0x80, (length >> 7) as u8]);
    }
    bytes.extend(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

#[test]
fn binary_workbooks_are_read() {
    let mut book = record(0x0099, &[0; 12]);
    let sheet = [&0_u32.to_le_bytes()[..], &1_u32.to_le_bytes(), &wide("rId1"), &wide("Talk")].concat();
    book.extend(record(0x009C, &sheet));
    book.extend(record(0x0090, &[]));
    book.extend(record(0x009D, &[]));
    let mut cells = record(0x0081, &[]);
    cells.extend(record(0x0094, &[0; 16]));
    cells.extend(record(0x0091, &[]));
    for (row, texts) in
        (0_u32..).zip([["speaker", "text"], ["Ada", "We wove at night."], ["Ben", "For whom?"]])
    {
        cells.extend(record(0, &[&row.to_le_bytes()[..], &[0; 13]].concat()));
        for (column, text) in (0_u32..).zip(texts) {
            cells.extend(record(6, &[&column.to_le_bytes()[..], &[0; 4], &wide(text)].concat()));
        }
    }
    cells.extend(record(0x0092, &[]));
    let relations =
        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let bytes = super::word::packed_bytes(&[
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/worksheets/sheet1.bin", &cells),
    ]);
    let reading = read_as("loom.xlsb", &bytes);
    check(&reading);
    insta::assert_snapshot!(shown(&reading), @r#"
    loom (xlsb, loom.xlsb)
      1 Participant <Ada> -..- "We wove at night."
      2 Participant <Ben> -..- "For whom?"
    "#);
    for length in (0..cells.len()).step_by(7) {
        let cut = super::word::packed_bytes(&[
            ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
            ("xl/workbook.bin", &book),
            ("xl/worksheets/sheet1.bin", &cells[..length]),
        ]);
        check(&read_as("loom.xlsb", &cut));
    }
}
