//! Word files, made here, with what Word and transcription services put into them.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// A package of the given parts.
pub(super) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, contents)| (*name, contents.as_bytes())).collect();
    packed_bytes(&parts)
}

/// A package of these parts, some of which are no text.
pub(super) fn packed_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(contents).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// The main part of a document with the given body.
pub(super) fn word_file(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>{body}</w:body></w:document>"#
    )
}

fn read_body(body: &str) -> String {
    let reading = read_as("P01.docx", &packed(&[("word/document.xml", &word_file(body))]));
    check(&reading);
    shown(&reading)
}

/// A run; `**` before it makes it bold, `|` stands for a tab and `/` for a line break.
fn run(text: &str) -> String {
    let (properties, text) = match text.strip_prefix("**") {
        Some(text) => ("<w:rPr><w:b/></w:rPr>", text),
        None => ("", text),
    };
    let text =
        text.replace('/', "</w:t><w:br/><w:t>").replace('|', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(runs: &[&str]) -> String {
    let runs: Vec<String> = runs.iter().map(|text| run(text)).collect();
    format!("<w:p>{}</w:p>", runs.concat())
}

fn paragraphs(all: &[&[&str]]) -> String {
    all.iter().map(|runs| paragraph(runs)).collect::<Vec<_>>().concat()
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        format!(
            "<w:tc><w:tcPr/>{}</w:tc>",
            text.split('¶').map(|text| paragraph(&[text])).collect::<String>()
        )
    };
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn labels_in_paragraphs() {
    insta::assert_snapshot!(read_body(&paragraphs(&[
        &["Interview 7"],
        &["I: What helps?"],
        &["R: Time. ", "And tea."],
        &["More tea."],
        &[""],
        &["R: Still more."],
        &["I: Thank you./R: Welcome."],
    ])), @r#"
        P01 (docx, P01.docx)
          1 Participant <I> -..- "What helps?"
          2 Participant <R> -..- "Time. And tea.\nMore tea.\nStill more."
          3 Participant <I> -..- "Thank you."
          4 Participant <R> -..- "Welcome."
        note: P01.docx:1: 2 words were left out as a header before the first speaker (if somebody says them, put the speaker's label before them)
        note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
        "#);
}

#[test]
fn bold_labels_with_a_tab_or_a_colon() {
    insta::assert_snapshot!(read_body(&paragraphs(&[
        &["**Dana Levy", "|What helps?"],
        &["**Noa", "|Time."],
        &["**Dana Levy", "|Only time?"],
        &["**Noa", "|Mostly."],
    ])), @r#"
        P01 (docx, P01.docx)
          1 Participant <Dana Levy> -..- "What helps?"
          2 Participant <Noa> -..- "Time."
          3 Participant <Dana Levy> -..- "Only time?"
          4 Participant <Noa> -..- "Mostly."
        "#);
    insta::assert_snapshot!(read_body(&paragraphs(&[
        &["**Dana Levy:", " What helps?"],
        &["**Noa", ": Time."],
        &["**Dana Levy: ", "Only time?"],
        &["**Noa:", "|Mostly."],
    ])), @r#"
        P01 (docx, P01.docx)
          1 Participant <Dana Levy> -..- "What helps?"
          2 Participant <Noa> -..- "Time."
          3 Participant <Dana Levy> -..- "Only time?"
          4 Participant <Noa> -..- "Mostly."
        "#);
}

#[test]
fn labels_on_their_own_line_with_times() {
    insta::assert_snapshot!(read_body(&paragraphs(&[
        &["**Dana Levy", "   0:03/What helps?"],
        &["**Noa", "   0:07/Time./A lot."],
        &["INTERVIEWER"],
        &["Dana Levy   1:02:03/Thank you."],
        &["Noa   1:02:05/Bye."],
    ])), @r#"
        P01 (docx, P01.docx)
          1 Participant <Dana Levy> 3000..- "What helps?"
          2 Participant <Noa> 7000..- "Time.\nA lot.\nINTERVIEWER"
          3 Participant <Dana Levy> 3723000..- "Thank you."
          4 Participant <Noa> 3725000..- "Bye."
        "#);
}

#[test]
fn tables_of_speakers() {
    insta::assert_snapshot!(read_body(&table(&[
        &["Time", "Speaker", "Text"],
        &["00:00:01", "I", "What helps?"],
        &["00:00:04", "Noa:", "Time.¶And tea: green."],
        &["", "", "More tea."],
        &["[00:00:09]", "I", "Good."],
    ])), @r#"
        P01 (docx, P01.docx)
          1 Participant <I> 1000..- "What helps?"
          2 Participant <Noa> 4000..- "Time.\nAnd tea: green.\nMore tea."
          3 Participant <I> 9000..- "Good."
        note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
        "#);
    insta::assert_snapshot!(read_body(&table(&[
        &["1", "I", "What helps in the first year?", "nice question"],
        &["2", "R", "Time, and a desk of my own.", ""],
        &["3", "I", "Did you have one?", ""],
    ])), @r#"
        P01 (docx, P01.docx)
          1 Participant <I> -..- "What helps in the first year?"
          2 Participant <R> -..- "Time, and a desk of my own."
          3 Participant <I> -..- "Did you have one?"
        note: P01.docx: 1 cell of further columns in a table of speakers left out (move them into the column with the text if somebody says them)
        note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
        "#);
}

#[test]
fn other_tables_are_read_cell_after_cell() {
    insta::assert_snapshot!(read_body(&format!(
        "{}{}",
        table(&[&["Place", "Haifa"], &["Length", "40 minutes"]]),
        table(&[&["I: What helps?¶R: Time.¶I: Thanks.¶R: Welcome."]]),
    )), @r#"
        P01 (docx, P01.docx)
          1 Participant <I> -..- "What helps?"
          2 Participant <R> -..- "Time."
          3 Participant <I> -..- "Thanks."
          4 Participant <R> -..- "Welcome."
        note: P01.docx:1: 5 words were left out as a header before the first speaker (if somebody says them, put the speaker's label before them)
        note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
        "#);
}

#[test]
fn tracked_changes_keep_what_was_inserted() {
    insta::assert_snapshot!(read_body(&format!(
        "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>{}<w:del>{}<w:r><w:delText>gone</w:delText></w:r></w:del></w:p>\
         <w:p><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo></w:p>\
         <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        run("We had "), run("not gone"), run("sixty families"), run(" away"), run(" once."), paragraph(&["A deleted row."]),
    )), @r#"
    P01 (docx, P01.docx)
      1 Other <> -..- "We had sixty families once."
    note: P01.docx: the document has tracked changes: insertions were read, 3 deletions were not (accept or reject the changes in the word processor if the text should read otherwise)
    "#);
}

#[test]
fn characters_breaks_and_alternatives() {
    insta::assert_snapshot!(read_body(&format!(
        "<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>era&amp;&#233;&unknown;</w:t><w:cr/><w:t>x</w:t><w:tab/><w:t>y</w:t></w:r>\
         <w:r><w:instrText>PAGE</w:instrText><w:footnoteReference w:id=\"1\"/></w:r><w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>{}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>",
        run(" in a field"), paragraph(&["In a box."]), paragraph(&["In a box."]), run("Around the box."),
    )), @r#"
        P01 (docx, P01.docx)
          1 Other <> -..- "co‑op\u{ad}era&é&unknown;\nx\ty in a field"
          2 Other <> -..- "Around the box."
          3 Other <> -..- "In a box."
        note: P01.docx: 1 comment or note was not read
        "#);
}

#[test]
fn hidden_runs_symbols_and_numbering_are_no_speech() {
    insta::assert_snapshot!(read_body(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>I: a</w:t><w:sym w:font=\"Symbol\" w:char=\"2192\"/><w:sym w:char=\"F0E0\"/></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p><w:p><w:r><w:t>R: b [inaudible 00:12:31] c</w:t></w:r></w:p>\
         <w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>I: In a field.</w:t></w:r></w:p></w:sdtContent></w:sdt>\
         <w:p><w:r><w:t>R: [crosstalk] d</w:t><w:endnoteReference w:id=\"1\"/></w:r></w:p>"
    ), @r#"
    P01 (docx, P01.docx)
      1 Participant <I> -..- "a→�"
      2 Participant <R> -..- "b [inaudible 00:12:31] c"
      3 Participant <I> -..- "In a field."
      4 Participant <R> -..- "[crosstalk] d"
    note: P01.docx: 1 comment or note was not read
    note: P01.docx: 1 hidden passage was not read (show the hidden text if it belongs to the transcript)
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
}

#[test]
fn word_s_own_transcript_has_times_before_names() {
    insta::assert_snapshot!(read_body(&paragraphs(&[
        &["**Transcript"],
        &["00:00:03 Speaker 1"],
        &["What helps?"],
        &["00:00:07 Speaker 2"],
        &["Time."],
        &["00:00:09 Speaker 1"],
        &["Thank you."],
    ])), @r#"
    P01 (docx, P01.docx)
      1 Participant <Speaker 1> 3000..- "What helps?"
      2 Participant <Speaker 2> 7000..- "Time."
      3 Participant <Speaker 1> 9000..- "Thank you."
    note: P01.docx:1: read as an export with a speaker and a time above what is said (Otter, Teams, Fathom, Rev and others): 1 line was left out that the program wrote itself (titles, dates, lengths, lists of speakers and closing lines are nobody's words)
    "#);
}

#[test]
fn bookmarks_of_noscribe_are_times() {
    let spoken = |name: &str, text: &str| {
        format!("<w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/>{}<w:bookmarkEnd w:id=\"1\"/>", run(text))
    };
    let body = format!(
        "<w:p>{}{}</w:p><w:p>{}</w:p><w:p>{}</w:p>",
        spoken("ts_1500_2300_S00", "S00: What"),
        spoken("ts_2300_4000_S00", " helps?"),
        spoken("ts_4100_9000_S01", "S01: Time."),
        spoken("_GoBack", "S00: Good."),
    );
    let reading = read_as("P01.docm", &packed(&[("word/document.xml", &word_file(&body))]));
    insta::assert_snapshot!(shown(&reading), @r#"
    P01 (docx, P01.docm)
      1 Participant <S00> 1500..4000 "What helps?"
      2 Participant <S01> 4100..9000 "Time."
      3 Participant <S00> -..- "Good."
    "#);
}

#[test]
fn a_table_of_two_columns_and_a_label_with_a_description() {
    insta::assert_snapshot!(read_body(&table(&[&["P01 (F, 34):", "Time."], &["INT:", "More?"], &["P01 (F, 34):", "Tea."]])), @r#"
    P01 (docx, P01.docx)
      1 Participant <P01 (F, 34)> -..- "Time."
      2 Participant <INT> -..- "More?"
      3 Participant <P01 (F, 34)> -..- "Tea."
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "INT" (to leave their turns uncoded, write interviewers = ["INT"] in the plan)
    "#);
}

#[test]
fn an_unlabelled_letter_is_a_turn_a_paragraph() {
    insta::assert_snapshot!(read_body(&paragraphs(&[&["Dear all,"], &["**The winter", " was long./And cold."], &[""], &["Yours"]])), @r#"
        P01 (docx, P01.docx)
          1 Other <> -..- "Dear all,"
          2 Other <> -..- "The winter was long.\nAnd cold."
          3 Other <> -..- "Yours"
        "#);
}

#[test]
fn the_main_part_may_have_another_name() {
    let relationships = r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    let body = word_file(&paragraph(&["Here."]));
    let parts = [("_rels/.rels", relationships), ("word/document2.xml", body.as_str())];
    insta::assert_snapshot!(shown(&read_as("a.docx", &packed(&parts))), @r#"
        a (docx, a.docx)
          1 Other <> -..- "Here."
        "#);
}

#[test]
fn packages_that_are_no_word_files_are_named() {
    let refused = |parts: &[(&str, &str)]| shown(&read_as("a.docx", &packed(parts)));
    insta::assert_snapshot!(refused(&[("xl/workbook.xml", "")]), @"error: a.docx: the file ends in .docx but is an Excel file (rename it to .xlsx)");
    insta::assert_snapshot!(refused(&[("content.xml", "")]), @"error: a.docx: the file ends in .docx but is an OpenDocument file (rename it to .odt)");
    insta::assert_snapshot!(refused(&[("a.jpg", "")]), @"error: a.docx: the file ends in .docx but is a packed file without a Word document in it (unpack it, or save the transcript as .docx again)");
    insta::assert_snapshot!(refused(&[("word/document.xml", "<w:document><w:body></w:p>")]), @"error: a.docx: the file is damaged: its XML is broken: ill-formed document: expected `</w:body>`, but `</w:p>` was found (open it in the program that made it, save it again, and try once more)");
    let bomb = word_file(&" ".repeat(60_000_000));
    insta::assert_snapshot!(refused(&[("word/document.xml", &bomb)]), @"error: a.docx: the file unpacks to more than 27 MB, so it was not read (open it in the program that made it and save the text alone as a new file)");
    let deep = word_file(&"<w:p>".repeat(2_000));
    insta::assert_snapshot!(refused(&[("word/document.xml", &deep)]), @"error: a.docx: the file is damaged: its XML nests too deeply (open it in the program that made it, save it again, and try once more)");
}
