//! Files made to fill the memory, to nest without end, or to write where they should not: refused or bounded, with a
//! sentence.

use super::papers::{drawn, open_document, pdf_of};
use super::word::{packed, word_file};
use super::*;

fn refused(name: &str, bytes: &[u8]) -> String {
    let reading = read_as(name, bytes);
    check(&reading);
    shown(&reading)
}

/// A package in which a part says of itself that it is small.
fn lying(mut package: Vec<u8>) -> Vec<u8> {
    for (signature, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let found = package.windows(4).position(|window| window == signature).unwrap();
        package[found + offset..found + offset + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    package
}

#[test]
fn parts_that_unpack_to_too_much() {
    let blanks = " ".repeat(60_000_000);
    let bomb = packed(&[("content.xml", &blanks)]);
    insta::assert_snapshot!(refused("a.odt", &bomb), @"error: a.odt: the file unpacks to more than 27 MB, so it was not read (open it in the program that made it and save the text alone as a new file)");
    insta::assert_snapshot!(refused("a.odt", &lying(bomb)), @"error: a.odt: the file unpacks to more than 27 MB, so it was not read (open it in the program that made it and save the text alone as a new file)");
    let bomb = packed(&[("xl/workbook.xml", &" ".repeat(80_000_000))]);
    insta::assert_snapshot!(refused("a.xlsx", &bomb), @"error: a.xlsx: the workbook unpacks to more than 64 MB or 2000 files (copy what matters into a new workbook)");
}

#[test]
fn a_package_in_a_package_is_not_opened() {
    let inner = packed(&[("word/document.xml", &word_file("<w:p/>"))]);
    let mut outer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    outer.start_file("inner.docx", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut outer, &inner).unwrap();
    insta::assert_snapshot!(refused("a.docx", &outer.finish().unwrap().into_inner()), @"error: a.docx: the file ends in .docx but is a packed file with documents in it (unpack it and list what is in it)");
}

#[test]
fn names_that_lead_elsewhere_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let body = word_file("<w:p><w:r><w:t>Here.</w:t></w:r></w:p>");
    let absolute = format!("{}/absolute.xml", folder.path().display());
    let parts = [
        ("../outside.xml", "out"),
        (absolute.as_str(), "out"),
        ("..\\outside.xml", "out"),
        ("word/document.xml", body.as_str()),
    ];
    let path = folder.path().join("a.docx");
    std::fs::write(&path, packed(&parts)).unwrap();
    let files = vec![SourceFile::at("a.docx".to_owned(), path)];
    let reading = read_corpus(&ReadPlan { files, ..ReadPlan::default() }, &());
    assert_eq!(reading.corpus.transcripts[0].turns[0].text, "Here.");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(!folder.path().parent().unwrap().join("outside.xml").exists());
}

#[test]
fn thousands_of_parts() {
    let names: Vec<String> = (0..20_001).map(|number| format!("part{number}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    insta::assert_snapshot!(refused("a.docx", &packed(&parts)), @"error: a.docx: the file has more than 20000 parts (split the file, one interview a file)");
    insta::assert_snapshot!(refused("a.xlsx", &packed(&parts[..3_000])), @"error: a.xlsx: the workbook unpacks to more than 64 MB or 2000 files (copy what matters into a new workbook)");
}

#[test]
fn entities_are_not_expanded() {
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let word = word_file("<w:p><w:r><w:t>One &b; two &c;.</w:t></w:r></w:p>")
        .replace("?><w:", &format!("?>{entities}<w:"));
    insta::assert_snapshot!(refused("a.docx", &packed(&[("word/document.xml", &word)])), @r#"
    a (docx, a.docx)
      1 Other <> -..- "One &b; two &c;."
    "#);
    let flat = format!(
        "<?xml version=\"1.0\"?>{entities}<office:document><office:body><office:text><text:p>One &b; two &c;.</text:p></office:text></office:body></office:document>"
    );
    insta::assert_snapshot!(refused("a.fodt", flat.as_bytes()), @r#"
    a (odt, a.fodt)
      1 Other <> -..- "One &b; two &c;."
    "#);
}

#[test]
fn nesting_without_end() {
    insta::assert_snapshot!(refused("a.docx", &packed(&[("word/document.xml", &word_file(&"<w:tbl>".repeat(10_000)))])), @"error: a.docx: the file is damaged: its XML nests too deeply (open it in the program that made it, save it again, and try once more)");
    insta::assert_snapshot!(refused("a.odt", &open_document("", &"<text:span>".repeat(10_000))), @"error: a.odt: the file is damaged: its XML nests too deeply (open it in the program that made it, save it again, and try once more)");
    insta::assert_snapshot!(refused("a.rtf", format!("{{\\rtf1 {}", "{".repeat(10_000)).as_bytes()), @"error: a.rtf: the file is damaged: its text nests too deeply (open it in the program that made it, save it again, and try once more)");
    let deep = format!("BT /F 10 Tf 50 700 Td {}(a) Tj ET", "[".repeat(10_000));
    insta::assert_snapshot!(refused("a.pdf", &pdf_of(&[&deep], "")), @"error: a.pdf: this PDF holds pictures of pages and no text (have the text recognised (OCR) and check it, or use the file that the PDF was made from)");
}

#[test]
fn absurd_counts() {
    let blanks = "<text:s text:c=\"4000000000\"/>".repeat(100);
    let reading = read_as("a.odt", &open_document("", &format!("<text:p>a{blanks}b</text:p>")));
    assert!(reading.corpus.transcripts[0].turns[0].text.len() < 10_000);
    let cells = "<table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>Some words, said once.</text:p></table:table-cell>";
    let rows = format!(
        "<table:table-row table:number-rows-repeated=\"4000000000\">{}</table:table-row>",
        cells.repeat(20)
    );
    let reading =
        read_as("a.odt", &open_document("", &format!("<table:table>{}</table:table>", rows.repeat(10))));
    assert_eq!(reading.corpus.transcripts[0].turns.len(), 200);
    let rows = format!("<table:table-row>{}</table:table-row>", cells.repeat(2_000));
    insta::assert_snapshot!(refused("a.odt", &open_document("", &format!("<table:table>{}</table:table>", rows.repeat(10)))), @"error: a.odt: the file has more than 1000000 paragraphs and cells (split the file, one interview a file)");
    insta::assert_snapshot!(refused("a.rtf", b"{\\rtf1 I: a\\bin4000000000 b\\u99999999999 \\uc4000000000\\u65?c}"), @r#"
    a (rtf, a.rtf)
      1 Participant <I> -..- "abAc"
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
}

#[test]
fn a_sheet_that_says_it_is_as_large_as_can_be() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in ["speaker", "text"].iter().enumerate() {
        sheet.write_string(0, column as u16, *name).unwrap();
    }
    sheet.write_string(1, 0, "I").unwrap();
    sheet.write_string(1, 1, "Hello").unwrap();
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    sheet.merge_range(2, 0, 1_048_574, 0, "R", &rust_xlsxwriter::Format::new()).unwrap();
    insta::assert_snapshot!(refused("a.xlsx", &workbook.save_to_buffer().unwrap()), @r#"
    a (xlsx, a.xlsx)
      1 Participant <I> -..- "Hello"
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    note: a.xlsx:3: 2 rows without text were left out
    error: a.xlsx:1048576: this row has cells in columns without a heading; they were left out (give every column a name)
    "#);
}

#[test]
fn forms_of_a_pdf_that_draw_each_other() {
    let mut pdf = String::from_utf8(pdf_of(&["/X Do /X Do"], "")).unwrap();
    pdf = pdf.replace("/Font<<", "/XObject<</X 30 0 R>>/Font<<");
    let form = "30 0 obj <</Subtype/Form/Length 41/Resources<</XObject<</X 30 0 R>>>>>> stream\n/X Do /X Do /X Do /X Do /X Do /X Do /X Do \nendstream endobj\n";
    pdf = pdf.replace("trailer", &format!("{form}trailer"));
    insta::assert_snapshot!(refused("a.pdf", pdf.as_bytes()), @"error: a.pdf: the file has more than 20000000 drawing steps (split the file, one interview a file)");
}

#[test]
fn a_stream_of_a_pdf_that_unpacks_to_too_much() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 40_000_000]).unwrap();
    let packed = packed.finish().unwrap();
    let plain = pdf_of(&[&drawn(&["I: Hello"])], "");
    let at = plain.windows(9).position(|window| window == b"11 0 obj ").unwrap();
    let mut bytes = plain[..at].to_vec();
    bytes.extend(format!("11 0 obj <</Filter/FlateDecode/Length {}>> stream\n", packed.len()).into_bytes());
    bytes.extend(packed);
    bytes.extend(b"\nendstream endobj\ntrailer <</Root 1 0 R>>");
    insta::assert_snapshot!(refused("a.pdf", &bytes), @"error: a.pdf: the file unpacks to more than 32 MB, so it was not read (open it in the program that made it and save the text alone as a new file)");
}

#[test]
fn times_beyond_all_bounds_are_left_out() {
    let page = "<html><body><p><a name=\"ts_18446744073709551000_18446744073709551615_S00\">S00: So it is.</a></p>\
        <p><a name=\"ts_18446744073709550000_18446744073709551615_S01\">S01: It is not.</a></p></body></html>";
    let reading = read_as("P01.html", page.as_bytes());
    check(&reading);
    let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
    assert!(turns.clone().all(|turn| turn.start_ms.is_none() && turn.end_ms.is_none()));
}
