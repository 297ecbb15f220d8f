//! `OpenDocument`, Rich Text and PDF files, made here, with what programs put into them.

use std::fmt::Write as _;

use super::word::packed;
use super::*;

/// An `OpenDocument` text with the given automatic styles and body.
pub(super) fn open_document(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:style=\"s\" xmlns:fo=\"f\">\
         <office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    packed(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn read_odt(styles: &str, body: &str) -> String {
    let reading = read_as("P01.odt", &open_document(styles, body));
    check(&reading);
    shown(&reading)
}

fn read_rtf(body: &str) -> String {
    let text = format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fcharset0 Arial;}}{{\\f1\\fcharset204 Arial Cyr;}}}}{body}}}"
    );
    let reading = read_as("P01.rtf", text.as_bytes());
    check(&reading);
    shown(&reading)
}

/// A PDF of the given pages, each with the operators that draw it; fonts are named `F`, `B` (bold) and `W` (two bytes).
pub(super) fn pdf_of(pages: &[&str], letters: &str) -> Vec<u8> {
    let mut pdf = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n".to_owned();
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 10 + at * 2)).collect();
    let _ = write!(
        pdf,
        "2 0 obj <</Type/Pages/Kids[{}]/Count {}/Resources<</Font<</F 3 0 R/B 4 0 R/W 5 0 R>>>>>> endobj\n\
         3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n\
         4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding<</Differences[65/eacute/uni05D0]>>>> endobj\n\
         5 0 obj <</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</DW 500/W[1[400 600]]>>]/ToUnicode 6 0 R>> endobj\n\
         6 0 obj <</Length {}>> stream\n{letters}\nendstream endobj\n",
        kids.join(" "),
        pages.len(),
        letters.len()
    );
    for (at, page) in pages.iter().enumerate() {
        let number = 10 + at * 2;
        let _ = write!(
            pdf,
            "{number} 0 obj <</Type/Page/Parent 2 0 R/Contents {} 0 R>> endobj\n{} 0 obj <</Length {}>> stream\n{page}\nendstream endobj\n",
            number + 1,
            number + 1,
            page.len()
        );
    }
    pdf.push_str("trailer <</Root 1 0 R>>\n%%EOF");
    pdf.into_bytes()
}

/// Operators that write lines from the top, one below the other.
pub(super) fn drawn(lines: &[&str]) -> String {
    let mut page = String::from("BT /F 10 Tf 12 TL 50 800 Td\n");
    for line in lines {
        let _ = writeln!(page, "({line}) Tj T*");
    }
    page + "ET"
}

fn read_pdf(pages: &[&str]) -> String {
    let letters = "1 beginbfchar <0001> <05D0> endbfchar 1 beginbfrange <0002> <0004> <0061> endbfrange";
    let reading = read_as("P01.pdf", &pdf_of(pages, letters));
    check(&reading);
    shown(&reading)
}

#[test]
fn open_document_blanks_tabs_breaks_and_what_is_left_out() {
    insta::assert_snapshot!(read_odt("", "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:h>  Talk\n one</text:h><text:p>I:<text:tab/>What<text:s text:c=\"3\"/>helps?</text:p>\
        <text:p>R: Time<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>,\n  and <text:span>tea</text:span>.<office:annotation><text:p>Hm.</text:p></office:annotation><text:line-break/>More.</text:p>\
        <text:list><text:list-item><text:p>I: Good.</text:p></text:list-item></text:list><text:p>R: Yes &amp; no &other;.</text:p>"), @r#"
    P01 (odt, P01.odt)
      1 Participant <I> -..- "What   helps?"
      2 Participant <R> -..- "Time, and tea.\nMore."
      3 Participant <I> -..- "Good."
      4 Participant <R> -..- "Yes & no &other;."
    note: P01.odt: 2 comments and notes were not read
    note: P01.odt: the document has tracked changes: insertions were read, 1 deletion was not (accept or reject the changes in the word processor if the text should read otherwise)
    note: P01.odt:1: 2 words were left out as a header before the first speaker (if somebody says them, put the speaker's label before them)
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
}

#[test]
fn open_document_tables_and_bold_labels() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |a: &str, b: &str| format!("<table:table-row>{}{}</table:table-row>", cell(a), cell(b));
    insta::assert_snapshot!(read_odt("", &format!("<table:table>{}{}{}</table:table>", row("I", "What helps?"), row("Noa", "Time."), row("I", "Good."))), @r#"
    P01 (odt, P01.odt)
      1 Participant <I> -..- "What helps?"
      2 Participant <Noa> -..- "Time."
      3 Participant <I> -..- "Good."
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
    let bold = "<style:style style:name=\"T1\"><style:text-properties fo:font-weight=\"bold\"/></style:style><style:style style:name=\"H\"><style:text-properties text:display=\"none\"/></style:style>";
    let line = |name: &str, text: &str| {
        format!("<text:p><text:span text:style-name=\"T1\">{name}</text:span><text:tab/>{text}</text:p>")
    };
    insta::assert_snapshot!(read_odt(bold, &format!("{}{}{}{}", line("Dana Levy", "What helps?"), line("Noa", "Time.<text:span text:style-name=\"H\">secret</text:span>"), line("Dana Levy", "Only?"), line("Noa", "Yes."))), @r#"
    P01 (odt, P01.odt)
      1 Participant <Dana Levy> -..- "What helps?"
      2 Participant <Noa> -..- "Time."
      3 Participant <Dana Levy> -..- "Only?"
      4 Participant <Noa> -..- "Yes."
    note: P01.odt: 1 hidden passage was not read (show the hidden text if it belongs to the transcript)
    "#);
}

#[test]
fn rich_text_letters_in_every_way_of_writing_them() {
    insta::assert_snapshot!(read_rtf("\\pard I: Caf\\'e9 \\f1\\'e4\\'e0\\f0 ?\\par R: \\u1513?\\u1500?\\u-10179?\\u-8704? \\uc0\\u8217 s \\ldblquote so\\rdblquote\\~it\\_is\\line next\\tab x \\{y\\} \\\\.\\par\n I: Good.\\par R: Yes."), @r#"
    P01 (rtf, P01.rtf)
      1 Participant <I> -..- "Café да?"
      2 Participant <R> -..- "של😀 ’s “so”\u{a0}it‑is\nnext\tx {y} \\."
      3 Participant <I> -..- "Good."
      4 Participant <R> -..- "Yes."
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
}

#[test]
fn rich_text_groups_without_text_are_left_out() {
    insta::assert_snapshot!(read_rtf("{\\info{\\title Secret}}{\\*\\unknown gone}{\\stylesheet{\\s0 Normal;}}{\\header Page\\par}{\\pict\\bin4 }{x} 0102}\
        I: What{\\v hidden} helps{\\footnote a note}?{\\deleted gone}\\par{\\pntext 1.\\tab}R: Time.\\par {\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt here}}\\par I: Good.\\par"), @r#"
    P01 (rtf, P01.rtf)
      1 Participant <I> -..- "What helps?"
      2 Participant <R> -..- "Time.\nhere"
      3 Participant <I> -..- "Good."
    note: P01.rtf: 1 comment or note was not read
    note: P01.rtf: 1 hidden passage was not read (show the hidden text if it belongs to the transcript)
    note: P01.rtf: the document has tracked changes: insertions were read, 1 deletion was not (accept or reject the changes in the word processor if the text should read otherwise)
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
}

#[test]
fn rich_text_tables_and_bold() {
    insta::assert_snapshot!(read_rtf("\\trowd\\pard\\intbl I\\cell What helps?\\cell\\row\\trowd\\pard\\intbl Noa\\cell Time.\\par More.\\cell\\row\\trowd\\pard\\intbl I\\cell Good.\\cell\\row\\pard After.\\par"), @r#"
    P01 (rtf, P01.rtf)
      1 Participant <I> -..- "What helps?"
      2 Participant <Noa> -..- "Time.\nMore."
      3 Participant <I> -..- "Good.\nAfter."
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
    insta::assert_snapshot!(read_rtf("{\\b Dana Levy}\\tab What helps?\\par{\\b Noa}\\tab Time.\\par\\b Dana Levy\\b0\\tab Only?\\par{\\b Noa}\\tab Yes.\\par"), @r#"
    P01 (rtf, P01.rtf)
      1 Participant <Dana Levy> -..- "What helps?"
      2 Participant <Noa> -..- "Time."
      3 Participant <Dana Levy> -..- "Only?"
      4 Participant <Noa> -..- "Yes."
    "#);
}

#[test]
fn a_pdf_is_put_together_from_its_lines() {
    let long = "I: What helps in the first year, when everything is new and nobody tells you where the";
    insta::assert_snapshot!(read_pdf(&[&drawn(&[long, "keys are?", "R: Time.", "And a desk.", "I: Good."])]), @r#"
    P01 (pdf, P01.pdf)
      1 Participant <I> -..- "What helps in the first year, when everything is new and nobody tells you where the keys are?"
      2 Participant <R> -..- "Time.\nAnd a desk."
      3 Participant <I> -..- "Good."
    note: P01.pdf: a PDF does not say where paragraphs end; they were put together from its lines (compare a page with the original, or use the file that the PDF was made from)
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
}

#[test]
fn headers_footers_and_line_numbers_of_a_pdf_are_left_out() {
    let page = |first: usize, number: usize| {
        let mut lines = vec!["Study of tea".to_owned()];
        for at in 0..6 {
            let (who, what) =
                if at % 2 == 0 { ("I", "What helps then") } else { ("R", "Time and more of it") };
            lines.push(format!("{}   {who}: {what}.", first + at));
        }
        lines.push(format!("Page {number} of 2"));
        drawn(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    insta::assert_snapshot!(read_pdf(&[&page(1, 1), &page(7, 2)]), @r#"
    P01 (pdf, P01.pdf)
      1 Participant <I> -..- "What helps then."
      2 Participant <R> -..- "Time and more of it."
      3 Participant <I> -..- "What helps then."
      4 Participant <R> -..- "Time and more of it."
      5 Participant <I> -..- "What helps then."
      6 Participant <R> -..- "Time and more of it."
      7 Participant <I> -..- "What helps then."
      8 Participant <R> -..- "Time and more of it."
      9 Participant <I> -..- "What helps then."
      10 Participant <R> -..- "Time and more of it."
      11 Participant <I> -..- "What helps then."
      12 Participant <R> -..- "Time and more of it."
    note: P01.pdf: 12 numbers of lines or paragraphs left out
    note: P01.pdf: 4 lines were left out as headers, footers and page numbers
    note: P01.pdf: a PDF does not say where paragraphs end; they were put together from its lines (compare a page with the original, or use the file that the PDF was made from)
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    "#);
}

#[test]
fn letters_of_a_pdf_by_tables_names_and_places() {
    insta::assert_snapshot!(read_pdf(&["BT /B 10 Tf 50 700 Td (CA) Tj /F 10 Tf [(: w) -20 (ord) -300 (two)] TJ ET BT /W 10 Tf 50 600 Td <000200030004> Tj ET BT /W 10 Tf 50 500 Td <0001> Tj 0 -20 Td <0009> Tj ET"]), @r#"
    P01 (pdf, P01.pdf)
      1 Other <> -..- "Cé: word two abc"
      2 Other <> -..- "א"
      3 Other <> -..- "�"
    note: P01.pdf: a PDF does not say where paragraphs end; they were put together from its lines (compare a page with the original, or use the file that the PDF was made from)
    warning: P01.pdf: 1 letter is not told by the PDF; � stands for them where they have a place (use the file that the PDF was made from)
    "#);
}

#[test]
fn pictures_passwords_and_missing_letters_are_refused() {
    let refused = |bytes: &[u8]| shown(&read_as("a.pdf", bytes));
    insta::assert_snapshot!(refused(&pdf_of(&["q 100 0 0 100 0 0 cm /Im1 Do Q"], "")), @"error: a.pdf: this PDF holds pictures of pages and no text (have the text recognised (OCR) and check it, or use the file that the PDF was made from)");
    let locked =
        String::from_utf8(pdf_of(&["BT (a) Tj ET"], "")).unwrap().replace("/Root", "/Encrypt 9 0 R/Root");
    insta::assert_snapshot!(refused(locked.as_bytes()), @"error: a.pdf: the file is protected with a password (open it in the program that made it and save it again without a password)");
    insta::assert_snapshot!(refused(&pdf_of(&["BT /W 10 Tf 0 700 Td <00090008> Tj ET"], "")), @"error: a.pdf: this PDF does not tell which letters its signs stand for (use the file that the PDF was made from, or export it again)");
    insta::assert_snapshot!(refused(b"%PDF-1.7 and nothing"), @"error: a.pdf: the file is damaged: it has no pages (open it in the program that made it, save it again, and try once more)");
}

#[test]
fn wrong_and_locked_open_documents_are_named() {
    let refused = |name: &str, parts: &[(&str, &str)]| shown(&read_as(name, &packed(parts)));
    insta::assert_snapshot!(refused("a.odt", &[("word/document.xml", "")]), @"error: a.odt: the file ends in .odt but is a Word file (rename it to .docx)");
    insta::assert_snapshot!(refused("a.odt", &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")]), @"error: a.odt: the file ends in .odt but is an OpenDocument spreadsheet (give it the ending .ods)");
    insta::assert_snapshot!(refused("a.odt", &[("content.xml", "x"), ("META-INF/manifest.xml", "<manifest:encryption-data/>")]), @"error: a.odt: the file is protected with a password (open it in the program that made it and save it again without a password)");
    insta::assert_snapshot!(shown(&read_as("a.rtf", b"I: Hello")), @"error: a.rtf: the file ends in .rtf but is plain text (rename it to .txt)");
}

#[test]
fn labels_and_times_of_plain_text_in_every_style() {
    let talks = [
        "Anna: a\nBen: b\nAnna: c\nBen: d",
        "#Anna: a\n#Ben: b\n#Anna: c\n#Ben: d",
        "@Anna: a\n@Ben: b\n@Anna: c\n@Ben: d",
        "[Anna] a\n[Ben] b\n[Anna] c\n[Ben] d",
        "{Anna} a\n{Ben} b\n{Anna} c\n{Ben} d",
        "[00:01] Anna: a\n[00:02] Ben: b\n[00:03] Anna: c\n[00:04] Ben: d",
        "[00.00.01] Anna: a\n[00.00.02] Ben: b\n[00.00.03] Anna: c\n[00.00.04] Ben: d",
        "{00:00:01} Anna: a\n{00:00:02} Ben: b\n{00:00:03} Anna: c\n{00:00:04} Ben: d",
        "#00:00:01.000# Anna: a\n#00:00:02.000# Ben: b\n#00:00:03.000# Anna: c\n#00:00:04.000# Ben: d",
        "Anna [00:00:01]: a\nBen [00:00:02]: b\nAnna [00:00:03]: c\nBen [00:00:04]: d",
        "00:00:01\tAnna:\ta\n00:00:02\tBen:\tb\n00:00:03\tAnna:\tc\n00:00:04\tBen:\td",
        "Anna (F, 34): a\nBen (M, 40): b\nAnna (F, 34): c\nBen (M, 40): d",
    ];
    for talk in talks {
        let reading = read_as("P01.txt", talk.as_bytes());
        check(&reading);
        let turns = &reading.corpus.transcripts[0].turns;
        let said: Vec<(&str, &str)> =
            turns.iter().map(|turn| (turn.speaker.split(' ').next().unwrap(), turn.text.as_str())).collect();
        assert_eq!(said, [("Anna", "a"), ("Ben", "b"), ("Anna", "c"), ("Ben", "d")], "{talk}");
        assert!(!talk.contains("00") || turns.iter().all(|turn| turn.start_ms.is_some()), "{talk}");
    }
}
