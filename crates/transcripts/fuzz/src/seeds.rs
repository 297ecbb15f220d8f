//! Small whole files of the formats that have no fixtures in `tests/fixtures/read`, made here.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use crate::package::{Body, Seed};

/// The made-up seeds of an ending.
pub fn made_up(ending: &str) -> Vec<Seed> {
    match ending {
        "docx" => vec![word()],
        "odt" => open_document(),
        "rtf" => RICH_TEXT.iter().map(|text| Seed::whole("rtf", *text)).collect(),
        "pdf" => vec![pdf(), packed_objects()],
        "qdpx" => vec![project(ATLAS_PROJECT), project(NVIVO_PROJECT)],
        "xlsx" => vec![talk(), survey()],
        "xlsb" => vec![binary_workbook()],
        "ods" => open_workbooks(),
        "csv" => vec![
            Seed::whole("csv", QUALTRICS),
            Seed::whole(
                "csv",
                "id,q1,q2\n1,I have sixty families and no time,It is so\n2,There is no service here at all,Yes\n",
            ),
        ],
        _ => Vec::new(),
    }
}

/// A record of Excel's binary form.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes =
        if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8] };
    bytes.extend([data.len() as u8 & 0x7F | 0x80, (data.len() >> 7) as u8]);
    bytes.extend(data);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn binary_workbook() -> Seed {
    let mut book = record(0x0099, &[0; 12]);
    let sheet = [&0_u32.to_le_bytes()[..], &1_u32.to_le_bytes(), &wide("rId1"), &wide("Talk")].concat();
    for (kind, data) in [(0x009C, sheet.as_slice()), (0x0090, &[]), (0x009D, &[])] {
        book.extend(record(kind, data));
    }
    let mut cells = [record(0x0081, &[]), record(0x0094, &[0; 16]), record(0x0091, &[])].concat();
    for (row, texts) in (0_u32..).zip([["speaker", "text"], ["I", "What helps?"], ["R", "Time."]]) {
        cells.extend(record(0, &[&row.to_le_bytes()[..], &[0; 13]].concat()));
        for (column, text) in (0_u32..).zip(texts) {
            cells.extend(record(6, &[&column.to_le_bytes()[..], &[0; 4], &wide(text)].concat()));
        }
    }
    cells.extend(record(0x0092, &[]));
    let relations =
        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let parts = [
        ("xl/_rels/workbook.bin.rels", relations.as_bytes().to_vec()),
        ("xl/workbook.bin", book),
        ("xl/worksheets/sheet1.bin", cells),
    ];
    let parts = parts.into_iter().map(|(name, bytes)| (name.to_owned(), bytes));
    Seed { ending: "xlsb", body: Body::Package(parts.collect()) }
}

fn open_workbooks() -> Vec<Seed> {
    const TABLE: &str = r#"<table:table table:name="Talk"><table:table-row><table:table-cell><text:p>speaker</text:p></table:table-cell><table:table-cell><text:p>text</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>I</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>What<text:s text:c="3"/>helps?</text:p></table:table-cell></table:table-row></table:table>"#;
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{TABLE}</office:spreadsheet></office:body></office:document-content>"#
    );
    let kind = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    vec![
        Seed::package("ods", &[kind, ("content.xml", &content)]),
        Seed::whole("fods", content.replace("document-content", "document")),
    ]
}

fn word() -> Seed {
    const BODY: &str = r#"<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Talk one</w:t></w:r></w:p>
<w:p><w:bookmarkStart w:id="0" w:name="ts_1500_2300_S00"/><w:r><w:rPr><w:b/></w:rPr><w:t>Interviewer:</w:t></w:r><w:r><w:tab/><w:t xml:space="preserve">What &amp; why? </w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>
<w:p><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t>R (F, 34)</w:t></w:r><w:r><w:t>: Time</w:t><w:br/><w:t>and tea.</w:t><w:footnoteReference w:id="1"/></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>came</w:t></w:r></w:ins></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>00:00:05 Interviewer</w:t></w:r></w:p><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:sym w:char="F0E0"/><w:noBreakHyphen/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>Speaker</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Text</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>I</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Good.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<mc:AlternateContent><mc:Choice Requires="wps"><w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent><w:sectPr/>"#;
    let main = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{BODY}</w:body></w:document>"#
    );
    let relationships = r#"<Relationships><Relationship Id="r1" Type="http://x/relationships/officeDocument" Target="word/document2.xml"/></Relationships>"#;
    Seed::package("docx", &[("_rels/.rels", relationships), ("word/document2.xml", &main)])
}

fn open_document() -> Vec<Seed> {
    const STYLES: &str = r#"<style:style style:name="T1" style:parent-style-name="T2"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="T2" style:parent-style-name="T1"><style:text-properties text:display="none"/></style:style>"#;
    const BODY: &str = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h>Talk one</text:h>
<text:p><text:span text:style-name="T1">I:</text:span><text:tab/>What<text:s text:c="3"/>helps?</text:p><text:p>R: Time<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>, and <text:span text:style-name="T2">tea</text:span>.<office:annotation><text:p>Hm.</text:p></office:annotation><text:line-break/>More &amp; &#233;.</text:p>
<text:list><text:list-item><text:p>I: Good.</text:p></text:list-item></text:list><table:table><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>I</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>"#;
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:fo="f"><office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:text>{BODY}</office:text></office:body></office:document-content>"#
    );
    let kind = ("mimetype", "application/vnd.oasis.opendocument.text");
    let styles = format!("<office:document-styles>{STYLES}</office:document-styles>");
    vec![
        Seed::package(
            "odt",
            &[
                kind,
                ("styles.xml", &styles),
                ("META-INF/manifest.xml", "<manifest/>"),
                ("content.xml", &content),
            ],
        ),
        Seed::whole("fodt", content.replace("document-content", "document")),
    ]
}

const RICH_TEXT: &[&str] = &[
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset177 David;}{\f2\fcharset128 Mincho;}}{\*\generator x;}{\info{\title t}}
\pard\b I:\b0\tab What \'e9\u1513?\par R: {\f1\'f9\'ec\'e5\'ed} {\f2\'82\'a0}\line {\v hidden}{\deleted gone}{\footnote a note}\~\_\emdash\u-10179?\u-8704?\par
\trowd\intbl I\cell Good.\cell\row\trowd\intbl R\cell Yes.\cell\row\pard \uc2\u65 xxB\bin3 abc\par{\field{\*\fldinst HYPERLINK}{\fldrslt link}}\par}",
    r"{\rtf1\mac 00:01 Anna: one\par 00:02 Ben: two\par\par Anna: three}",
];

fn pdf() -> Seed {
    const PAGE: &str = "BT /F 10 Tf 12 TL 50 800 Td\n(Interviewer: What helps?) Tj T*\n(R: Time \\(and tea\\) \\351\\\nmore.) Tj 0 -12 Td [(I) -20 (: Good) -400 (and)] TJ\n1 0 0 1 50 600 Tm (page 1) ' 2 Tr 3 Tc 4 Tw 90 Tz 5 Ts ET\nq .5 0 0 .5 10 10 cm BT /W 9 Tf 1 2 TD <000200030004> Tj ET /X Do Q BI /W 1 /H 1 ID x EI";
    const LETTERS: &str = "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <05D0> endbfchar 2 beginbfrange <0002> <0004> <0061> <0005> <0006> [<0041> <0042>] endbfrange";
    let objects: &[(&str, &str)] = &[
        ("/Type/Catalog/Pages 2 0 R", ""),
        (
            "/Type/Pages/Kids[7 0 R 8 0 R]/Count 2/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R/B 4 0 R/W 5 0 R>>/XObject<</X 10 0 R>>>>",
            "",
        ),
        (
            "/Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 65/Widths[500 600]",
            "",
        ),
        (
            "/Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding<</Differences[65/eacute/uni05D0 70/f_i]>>",
            "",
        ),
        (
            "/Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</DW 500/W[1[400 600] 3 9 700]>>]/ToUnicode 6 0 R",
            "",
        ),
        ("", LETTERS),
        ("/Type/Page/Parent 2 0 R/Contents 9 0 R/Rotate 0", ""),
        ("/Type/Page/Parent 2 0 R/Contents[9 0 R 9 0 R]/CropBox[0 0 9 9]", ""),
        ("", PAGE),
        (
            "/Type/XObject/Subtype/Form/Matrix[1 0 0 1 0 0]/Resources<</Font<</F 3 0 R>>>>",
            "BT /F 8 Tf (in a form) Tj ET",
        ),
    ];
    let objects =
        objects.iter().map(|(about, stream)| (about.as_bytes().to_vec(), stream.as_bytes().to_vec()));
    Seed { ending: "pdf", body: Body::Pdf(objects.collect()) }
}

/// A PDF with its objects packed into a stream, a prediction, and the older filters.
fn packed_objects() -> Seed {
    let objects: &[(&str, &str)] = &[
        ("/Type/Catalog/Pages 20 0 R", ""),
        (
            "/Type/ObjStm/N 3/First 18",
            "20 0 21 35 22 99  <</Type/Pages/Kids[21 0 R]/Count 1>> <</Type/Page/Parent 20 0 R/Contents[3 0 R 4 0 R 5 0 R]/Resources 22 0 R>> <</Font<</F<</Type/Font/Subtype/TrueType/Encoding/MacRomanEncoding>>>>>>",
        ),
        ("/Filter/ASCIIHexDecode", "4254202f462031302054662028493a20486929205469 >"),
        ("/Filter[/ASCII85Decode]", "6<#'\\7PQ#@1a#b0+>GQ(+?(u.+B2ko-qIocCi:FtDfTZ).9(%)78s~>"),
        ("/DecodeParms<</Predictor 12/Columns 4>>", "\u{2}BT /\u{2}F 9 \u{0}Tf (\u{1}a) Tj"),
        ("/Type/XRef/Root 1 0 R/W[1 2 1]/Filter/LZWDecode", "\u{1}\u{2}\u{3}abcdefgh"),
    ];
    let objects =
        objects.iter().map(|(about, stream)| (about.as_bytes().to_vec(), stream.as_bytes().to_vec()));
    Seed { ending: "pdf", body: Body::Pdf(objects.collect()) }
}

const ATLAS_PROJECT: &str = r##"<?xml version="1.0"?><Project name="Coke" origin="ATLAS.ti 8" xmlns="urn:QDA-XML:project:0:10">
<Users><User guid="{AD68FBE7-E1EE-4A82-A279-23CC698C89EB}" name="Ricardo"/></Users><CodeBook><Codes><Code guid="00000000-0000-0000-0000-0000000000A1" name="barriers" isCodable="0"><Code guid="00000000-0000-0000-0000-0000000000A2" name="workload" isCodable="true" color="#ff0000"><Description>Too much.</Description></Code></Code></Codes></CodeBook>
<Variables><Variable guid="00000000-0000-0000-0000-0000000000B1" name="country" typeOfVariable="Text"/><Variable guid="00000000-0000-0000-0000-0000000000B2" name="age" typeOfVariable="Integer"/></Variables><Cases><Case guid="00000000-0000-0000-0000-0000000000A2"><VariableValue><VariableRef targetGUID="00000000-0000-0000-0000-0000000000b1"/><TextValue>KE</TextValue></VariableValue><VariableValue><VariableRef targetGUID="00000000-0000-0000-0000-0000000000b2"/><IntegerValue>34</IntegerValue></VariableValue><SourceRef targetGUID="00000000-0000-0000-0000-0000000000c1"/></Case></Cases>
<Sources><TextSource guid="00000000-0000-0000-0000-0000000000C1" name="P01" plainTextPath="internal://C1.txt"><PlainTextSelection guid="00000000-0000-0000-0000-0000000000D1" name="no time" startPosition="14" endPosition="21" creatingUser="AD68FBE7-E1EE-4A82-A279-23CC698C89EB"><Coding guid="00000000-0000-0000-0000-0000000000E1"><CodeRef targetGUID="00000000-0000-0000-0000-0000000000A2"/></Coding></PlainTextSelection><PlainTextSelection guid="00000000-0000-0000-0000-0000000000D2" name="too many ca…" startPosition="0" endPosition="14"><Description>a memo</Description></PlainTextSelection></TextSource>
<PictureSource guid="00000000-0000-0000-0000-0000000000C2" name="a photograph"/></Sources><Links><Link guid="00000000-0000-0000-0000-0000000000F1" name="x"/></Links></Project>"##;

const NVIVO_PROJECT: &str = r#"<Project name="N" origin="NVivo" creationDateTime="2024-02-29T00:00:00Z"><CodeBook><Codes><Code guid="A1" name="x"/></Codes><Sets><Set guid="00000000-0000-0000-0000-0000000000A9" name="s"><MemberCode guid="00000000-0000-0000-0000-0000000000A1"/></Set></Sets></CodeBook>
<Sources><AudioSource guid="00000000-0000-0000-0000-0000000000C4" name="tape"><Transcript guid="00000000-0000-0000-0000-0000000000C1" plainTextPath="internal://C1.txt"><SyncPoint guid="00000000-0000-0000-0000-0000000000C7" position="3" timeStamp="1000"/><TranscriptSelection guid="00000000-0000-0000-0000-0000000000C8" fromSyncPoint="00000000-0000-0000-0000-0000000000C7" toSyncPoint="00000000-0000-0000-0000-0000000000C7" name="q"/></Transcript></AudioSource>
<PDFSource guid="00000000-0000-0000-0000-0000000000C5" name="p"><Representation guid="00000000-0000-0000-0000-0000000000C6"><PlainTextContent>I: Hello
R: Yes, hello 🙂 there.</PlainTextContent><PlainTextSelection guid="00000000-0000-0000-0000-0000000000D3" startPosition="2" endPosition="18" name="Hello"/></Representation><PDFSelection/></PDFSource></Sources>
<Notes><Note guid="00000000-0000-0000-0000-0000000000E5" name="memo"><PlainTextContent>m</PlainTextContent></Note></Notes></Project>"#;

fn project(xml: &str) -> Seed {
    Seed::package(
        "qdpx",
        &[("project.qde", xml), ("Sources/c1.TXT", "I: too many\r\ncas:\r\nR: no time 🙂 at all\r\n")],
    )
}

const QUALTRICS: &str = "StartDate,IPAddress,ResponseId,Q1,Q2\nStart Date,IP Address,Response ID,What keeps you from it?,Age\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"ip\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n2026-01-01 10:00:00,1.2.3.4,R_1,I have sixty families and no time for it.,34\n2026-01-02 10:00:00,1.2.3.5,R_2,There are no services here where I could send them.,51\n";

fn saved(ending: &'static str, fill: impl FnOnce(&mut Workbook)) -> Seed {
    let mut workbook = Workbook::new();
    // The time would be another one in every run.
    let created = ExcelDateTime::from_ymd(2026, 1, 1).expect("a day");
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    fill(&mut workbook);
    Seed::unpacked(ending, &workbook.save_to_buffer().expect("a workbook"))
}

fn rows(workbook: &mut Workbook, name: &str, rows: &[&[&str]]) {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).expect("a name");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, *cell),
            }
            .expect("a cell");
        }
    }
}

fn talk() -> Seed {
    saved("xlsx", |workbook| {
        rows(
            workbook,
            "Talk",
            &[
                &["Transcript"],
                &["transcript_id", "Speaker", "Start", "Sentence", "day"],
                &["007", "I", "0.5", "What helps?", "46000"],
                &["", "R", "00:00:02", "Time."],
                &["008", "R", "3", "Tea.", "1"],
            ],
        );
        let sheet = workbook.worksheet_from_index(0).expect("a sheet");
        sheet.merge_range(2, 0, 3, 0, "007", &Format::new()).expect("merged cells");
        sheet
            .write_number_with_format(2, 4, 46_000.5, &Format::new().set_num_format("yyyy-mm-dd hh:mm"))
            .expect("a date");
        rows(workbook, "Notes", &[&["a", "b"], &["1", "2"]]);
    })
}

fn survey() -> Seed {
    saved("xlsx", |workbook| {
        rows(
            workbook,
            "Sheet0",
            &[
                &["ResponseId", "Q1"],
                &["Response ID", "What keeps you from it?"],
                &["{\"ImportId\":\"_recordId\"}", "{\"ImportId\":\"QID1\"}"],
                &["R_1", "I have sixty families and no time for it."],
                &["R_2", "There are no services where I could send them."],
            ],
        );
    })
}
