//! Inputs that ended in a panic, a hang or too much memory once, found by fuzzing, and what was found beside them. Small ones are
//! files in `tests/fixtures/fuzz`; those that repeat something many times are made here.

use std::path::Path;

use super::papers::pdf_of;
use super::word::packed;
use super::*;

#[test]
fn what_failed_once_is_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().unwrap() != ".gitattributes");
    paths.sort();
    let mut all = String::new();
    for path in &paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(path).unwrap();
        let reading = read_file_bytes(&bytes, name, &ReadPlan::default());
        check(&reading);
        all.push_str(&shown(&reading));
    }
    insta::assert_snapshot!(all, @r#"
    error: billions_of_texts.xlsx: this is not a workbook, or it is damaged (open it in Excel or LibreOffice and save it again as .xlsx)
    end_before_start (json, end_before_start.json)
      1 Other <> 0..400 "ab"
      2 Other <> 1114112400..- "cd"
    warning: end_before_start.json: 1 turn ends before the start; the end was left out (compare the times with the recording)
    warning: end_before_start.json: times run backwards at 1 place (compare the times with the recording before you quote them)
    end_before_start (txt, end_before_start.txt)
      1 Participant <Rivka> 530..2291 "Where?"
      2 Participant <Golda> 32768400..- "In a town."
    warning: end_before_start.txt: 1 turn ends before the start; the end was left out (compare the times with the recording)
    "#);
}

/// What is said of a file: its first problem.
fn said(name: &str, bytes: &[u8]) -> String {
    let reading = read_file_bytes(bytes, name, &ReadPlan::default());
    check(&reading);
    reading.problems.first().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_word_that_leads_nowhere_a_hundred_thousand_times() {
    let pdf = format!("%PDF-1.4\n{}", "trailer".repeat(100_000));
    insta::assert_snapshot!(said("a.pdf", pdf.as_bytes()), @"error: a.pdf: the file is damaged: it has no pages (open it in the program that made it, save it again, and try once more)");
    let pdf = format!("%PDF-1.4\n{}", "trailer(".repeat(100_000));
    insta::assert_snapshot!(said("a.pdf", pdf.as_bytes()), @"error: a.pdf: the file is damaged: it has no pages (open it in the program that made it, save it again, and try once more)");
}

#[test]
fn widths_of_all_letters_thousands_of_times() {
    let widths = format!("/W[{}]", "0 65535 9 ".repeat(5_000));
    let pdf = String::from_utf8(pdf_of(
        &["BT /W 10 Tf 50 700 Td <0001> Tj ET"],
        "1 beginbfchar <0001> <0041> endbfchar",
    ))
    .unwrap();
    let pdf = pdf.replace("/W[1[400 600]]", &widths);
    let reading = read_file_bytes(pdf.as_bytes(), "a.pdf", &ReadPlan::default());
    assert_eq!(reading.corpus.transcripts[0].turns[0].text, "A");
}

#[test]
fn thousands_of_fonts_with_all_letters() {
    let names = (100..400).map(|number| format!("/F{number} {number} 0 R")).collect::<Vec<String>>().concat();
    let fonts = (100..400)
        .map(|number| {
            format!("{number} 0 obj <</Type/Font/Subtype/Type0/DescendantFonts[<</W[0 65535 9]>>]>> endobj\n")
        })
        .collect::<Vec<String>>()
        .concat();
    let page = (100..400).map(|number| format!("BT /F{number} 10 Tf ET\n")).collect::<Vec<String>>().concat();
    let pdf = String::from_utf8(pdf_of(&[&page], "")).unwrap();
    let pdf = pdf.replace("/F 3 0 R", &names).replace("trailer", &format!("{fonts}trailer"));
    insta::assert_snapshot!(said("a.pdf", pdf.as_bytes()), @"error: a.pdf: the file has more than 2000000 letters in its fonts (split the file, one interview a file)");
}

#[test]
fn a_project_with_a_text_as_long_as_a_library() {
    let project = "<Project><Sources><TextSource guid=\"00000000-0000-0000-0000-0000000000C1\" name=\"a\" plainTextPath=\"internal://a.txt\"/></Sources></Project>";
    let text = "R: no time. ".repeat(1_500_000);
    insta::assert_snapshot!(said("a.qdpx", &packed(&[("project.qde", project), ("sources/a.txt", &text)])), @"error: a.qdpx: the text internal://a.txt is larger than 16 MB and was left out (split it in the program that it comes from)");
}

#[test]
fn a_project_with_thousands_of_sources_of_one_name() {
    let source = "<TextSource guid=\"00000000-0000-0000-0000-0000000000C1\" name=\"a\" plainTextPath=\"internal://a.txt\"/>";
    let project = format!("<Project><Sources>{}</Sources></Project>", source.repeat(3_000));
    let bytes = packed(&[("project.qde", &project), ("sources/a.txt", "R: no time.")]);
    let reading = read_file_bytes(&bytes, "a.qdpx", &ReadPlan::default());
    check(&reading);
    assert_eq!(reading.corpus.transcripts.len(), 3_000);
    assert_eq!(reading.corpus.transcripts[1].id, "a (10)");
}

#[test]
fn a_project_whose_users_have_no_identifiers() {
    let project = format!("<Project><Users>{}</Users></Project>", "<User/>\n".repeat(100_000));
    let reading = read_file_bytes(&packed(&[("project.qde", &project)]), "a.qdpx", &ReadPlan::default());
    assert_eq!(reading.problems.len(), 22);
}

#[test]
fn a_project_with_thousands_of_quotes_of_a_whole_text() {
    let selection = "<PlainTextSelection guid=\"00000000-0000-0000-0000-0000000000D1\" name=\"no\" startPosition=\"0\" endPosition=\"400000\"/>";
    let project = format!(
        "<Project><Sources><TextSource guid=\"00000000-0000-0000-0000-0000000000C1\" name=\"a\" plainTextPath=\"internal://a.txt\">{}</TextSource></Sources></Project>",
        selection.repeat(3_000)
    );
    let text = "R: no time.\r\n".repeat(40_000);
    insta::assert_snapshot!(said("a.qdpx", &packed(&[("project.qde", &project), ("sources/a.txt", &text)])), @"note: a.qdpx: positions end with the last character; the file repeats no marked words, and 6000 of 6000 beginnings and ends are at the edge of a word");
}

#[test]
fn documents_of_nothing_but_line_breaks() {
    let breaks = "\n".repeat(1_000_001);
    let word = super::word::word_file(&format!("<w:p><w:r><w:t>{breaks}</w:t></w:r></w:p>"));
    insta::assert_snapshot!(said("a.docx", &packed(&[("word/document.xml", &word)])), @"error: a.docx: the file has more than 1000000 lines (split the file, one interview a file)");
    let project = "<Project><Sources><TextSource guid=\"00000000-0000-0000-0000-0000000000C1\" name=\"a\" plainTextPath=\"internal://a.txt\"/></Sources></Project>";
    insta::assert_snapshot!(said("a.qdpx", &packed(&[("project.qde", project), ("sources/a.txt", &breaks)])), @"error: a.qdpx: the text `a` has more than 1000000 lines and was left out (split it in the program that it comes from)");
}
