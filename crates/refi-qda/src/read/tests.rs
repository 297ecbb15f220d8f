//! Projects as other programs write them, and as nobody should.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::project::*;
use crate::{Guid, Severity, write_qdpx};

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(bytes).unwrap();
    }
    package.finish().unwrap().into_inner()
}

const ATLAS: &str = r##"<?xml version="1.0"?><Project name="Coke" origin="ATLAS.ti 8" xmlns="urn:QDA-XML:project:0:10">
  <Users><User guid="{AD68FBE7-E1EE-4A82-A279-23CC698C89EB}" name="Ricardo"/></Users>
  <CodeBook><Codes>
    <Code guid="00000000-0000-0000-0000-0000000000A1" name="barriers" isCodable="0">
      <Code guid="00000000-0000-0000-0000-0000000000A2" name="workload" isCodable="true" color="#ff0000"><Description>Too much.</Description></Code>
    </Code></Codes></CodeBook>
  <Variables><Variable guid="00000000-0000-0000-0000-0000000000B1" name="country" typeOfVariable="Text"/></Variables>
  <Cases><Case guid="00000000-0000-0000-0000-0000000000A2"><VariableValue>
     <VariableRef targetGUID="00000000-0000-0000-0000-0000000000b1"/><TextValue>KE</TextValue></VariableValue>
     <SourceRef targetGUID="00000000-0000-0000-0000-0000000000c1"/></Case></Cases>
  <Sources>
    <TextSource guid="00000000-0000-0000-0000-0000000000C1" name="P01" plainTextPath="internal://C1.txt">
      <PlainTextSelection guid="00000000-0000-0000-0000-0000000000D1" name="no time" startPosition="14" endPosition="21" creatingUser="AD68FBE7-E1EE-4A82-A279-23CC698C89EB">
        <Coding guid="00000000-0000-0000-0000-0000000000E1"><CodeRef targetGUID="00000000-0000-0000-0000-0000000000A2"/></Coding></PlainTextSelection>
      <PlainTextSelection guid="00000000-0000-0000-0000-0000000000D2" name="too many ca…" startPosition="0" endPosition="14"><Description>a memo</Description></PlainTextSelection>
      <PlainTextSelection guid="00000000-0000-0000-0000-0000000000D3" name="cases" startPosition="400" endPosition="14"/>
    </TextSource>
    <PictureSource guid="00000000-0000-0000-0000-0000000000C2" name="a photograph"/>
    <TextSource guid="00000000-0000-0000-0000-0000000000C3" name="lost" plainTextPath="internal://gone.txt"/>
  </Sources>
  <Links><Link guid="00000000-0000-0000-0000-0000000000F1" name="x"/></Links></Project>"##;

#[test]
fn a_project_of_atlas_is_read_with_its_habits() {
    let bytes =
        packed(&[("Project.QDE", ATLAS.as_bytes()), ("Sources/c1.TXT", b"too many\r\ncas:\r\nno time")]);
    let read = read_qdpx(&bytes, &PlainDecoder).unwrap();
    let project = &read.project;
    assert_eq!(project.path_of(1), "barriers > workload");
    assert_eq!((project.codes[0].is_codable, project.codes[1].is_codable), (false, true));
    let source = &project.sources[0];
    assert_eq!(source.text, "too many\ncas:\nno time");
    let marked: Vec<(&str, usize, Option<usize>)> = source
        .selections
        .iter()
        .map(|selection| {
            let start = source.text.char_indices().nth(selection.span.start).unwrap().0;
            (
                &source.text[start..],
                selection.codings.len(),
                selection.codings.first().and_then(|coding| coding.user),
            )
        })
        .collect();
    insta::assert_debug_snapshot!(marked, @r#"
    [
        (
            "too many\ncas:\nno time",
            0,
            None,
        ),
        (
            "no time",
            1,
            Some(
                0,
            ),
        ),
    ]
    "#);
    assert_eq!(project.cases[0].sources, [0]);
    assert_eq!(project.cases[0].values, [Value { variable: 0, text: "KE".into() }]);
    let said: Vec<String> = read
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .chain(read.losses.iter().map(ToString::to_string))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    error: the text internal://gone.txt is not in the project (export the project again, with its sources inside)
    error: 1 marked place lies outside the text of `P01` and cannot be used (export the project again; the text was changed after it was coded)
    note: positions are those of the standard; 2 of 3 quotes agree
    links (1): links between parts of a project are not used
    pictures (1): only texts are read
    remarks at places in the texts (1): only codings are used
    ");
}

#[test]
fn what_is_no_project_is_told_in_a_sentence() {
    let said = |bytes: &[u8]| read_qdpx(bytes, &PlainDecoder).unwrap_err().to_string();
    insta::assert_snapshot!(said(b"not a package"), @"this is not a REFI-QDA project: the file is damaged: invalid Zip archive: Could not find EOCD");
    insta::assert_snapshot!(said(&packed(&[("readme.txt", b"hello")])), @"this is not a REFI-QDA project: it has no file that ends in .qde (export the project again as REFI-QDA)");
    insta::assert_snapshot!(said(&packed(&[("project.qde", b"<CodeBook/>")])), @"the project's description cannot be read: it begins with `CodeBook` instead of `Project` (export the project again)");
    let bomb = "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]><Project name=\"&y;\"/>";
    insta::assert_snapshot!(said(&packed(&[("project.qde", bomb.as_bytes())])), @"the project's description cannot be read: XML with DTD detected (export the project again)");
    let zeros = vec![b' '; 300 * 1024 * 1024];
    insta::assert_snapshot!(said(&packed(&[("project.qde", &zeros)])), @"the project's description cannot be read: the file unpacks to more than 29 MB, so it was not read (export the project again)");
}

#[test]
fn endless_nesting_ends() {
    let deep = |name: &str, depth: usize| {
        let open = format!("<{name} guid=\"00000000-0000-0000-0000-0000000000A1\" name=\"x\">").repeat(depth);
        format!(
            "<Project><CodeBook><Codes>{open}{}</Codes></CodeBook></Project>",
            format!("</{name}>").repeat(depth)
        )
    };
    for depth in [10, 200, 100_000] {
        let read = read_qdpx(&packed(&[("project.qde", deep("Code", depth).as_bytes())]), &PlainDecoder);
        assert!(read.is_err() || read.unwrap().project.codes.len() <= 70);
    }
}

fn guid(kind: &str, number: usize) -> Guid {
    Guid::derived("test", kind, &number.to_string())
}

/// Any project that can be written.
fn projects() -> impl Strategy<Value = Project> {
    let name = "[\\PC&&\\S]{1,8}";
    let texts = prop::collection::vec(
        (
            "[\\PC\n\t]{1,40}🙂é\u{301}",
            prop::collection::vec((0_usize..40, 1_usize..20, 0_usize..4, 0_usize..3), 0..4),
        ),
        1..4,
    );
    (
        prop::collection::vec(name, 2..4),
        prop::collection::vec((name, any::<bool>(), prop::option::of(0_usize..4)), 1..5),
        texts,
    )
        .prop_map(|(users, codes, texts)| {
            let users: Vec<User> = users
                .into_iter()
                .enumerate()
                .map(|(index, name)| User { guid: guid("user", index), name })
                .collect();
            let codes: Vec<Code> = codes
                .into_iter()
                .enumerate()
                .map(|(index, (name, is_codable, parent))| Code {
                    guid: guid("code", index),
                    name,
                    color: "#0072B2".into(),
                    is_codable,
                    description: "When to use: <always> & \"never\"".into(),
                    parent: parent.filter(|parent| *parent < index),
                })
                .collect();
            let mut number = 0;
            let mut next = || {
                number += 1;
                number
            };
            let sources = texts.into_iter().enumerate().map(|(index, (text, marked))| {
                let length = text.chars().count();
                let mut selections: Vec<Selection> = Vec::new();
                for (start, extent, code, user) in marked {
                    let start = start % length;
                    let span = crate::CharSpan { start, end: (start + extent).min(length) };
                    let coding = Coding {
                        guid: guid("coding", next()),
                        code: code % codes.len(),
                        user: Some(user % users.len()),
                    };
                    selections.push(Selection {
                        guid: guid("selection", next()),
                        span,
                        description: "score 1".into(),
                        codings: vec![coding],
                    });
                }
                selections.sort_by_key(|selection| selection.span);
                TextSource {
                    guid: guid("source", index),
                    name: format!("P{index}"),
                    description: String::new(),
                    text,
                    selections,
                    values: Vec::new(),
                    notes: Vec::new(),
                }
            });
            Project {
                name: "study".into(),
                origin: "Emic".into(),
                sources: sources.collect(),
                users,
                codes,
                ..Project::default()
            }
        })
}

/// Codes in the order in which a file has them: below each its children.
fn in_file_order(project: &Project) -> Vec<(Guid, String, Option<Guid>)> {
    fn below(project: &Project, parent: Option<usize>, all: &mut Vec<(Guid, String, Option<Guid>)>) {
        for (index, code) in project.codes.iter().enumerate().filter(|(_, code)| code.parent == parent) {
            all.push((code.guid, code.name.clone(), parent.map(|parent| project.codes[parent].guid)));
            below(project, Some(index), all);
        }
    }
    let mut all = Vec::new();
    below(project, None, &mut all);
    all
}

type Marks = Vec<(String, crate::CharSpan, Vec<(Guid, Option<Guid>)>)>;

fn marks(project: &Project) -> Marks {
    let of =
        |coding: &Coding| (project.codes[coding.code].guid, coding.user.map(|user| project.users[user].guid));
    let selections =
        project.sources.iter().flat_map(|source| source.selections.iter().map(move |one| (source, one)));
    selections
        .map(|(source, one)| (source.text.clone(), one.span, one.codings.iter().map(of).collect()))
        .collect()
}

/// Parts of projects, all of which have one of two identifiers.
const ELEMENTS: [&str; 6] = [
    "<Sources><TextSource guid='00000000-0000-0000-0000-00000000000a' plainTextPath='internal://a.txt'/></Sources>",
    "<Sources><TextSource guid='00000000-0000-0000-0000-00000000000a' plainTextPath='internal://a.txt'><PlainTextSelection \
     guid='00000000-0000-0000-0000-00000000000a' name='b' startPosition='1' endPosition='3'><Coding><CodeRef \
     targetGUID='00000000-0000-0000-0000-00000000000a'/></Coding></PlainTextSelection></TextSource></Sources>",
    "<Sources><TextSource guid='00000000-0000-0000-0000-00000000000b'><PlainTextContent>a b</PlainTextContent></TextSource></Sources>",
    "<Notes><Note guid='00000000-0000-0000-0000-00000000000a' name='n'><PlainTextContent>a</PlainTextContent></Note></Notes>",
    "<Notes><Note guid='00000000-0000-0000-0000-00000000000b' name='m'><PlainTextContent>b</PlainTextContent></Note></Notes>",
    "<Users><User guid='00000000-0000-0000-0000-00000000000b'/></Users>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn what_is_written_reads_the_same(project in projects()) {
        let bytes = write_qdpx(&project).unwrap();
        prop_assert_eq!(&bytes, &write_qdpx(&project).unwrap());
        let read = read_qdpx(&bytes, &PlainDecoder).unwrap();
        prop_assert_eq!(marks(&read.project), marks(&project));
        prop_assert_eq!(in_file_order(&read.project), in_file_order(&project));
        prop_assert_eq!(&read.project.users, &project.users);
        prop_assert!(read.losses.is_empty());
    }

    #[test]
    fn no_xml_is_too_odd(xml in "(<(Project|Sources|TextSource|PlainTextSelection|Code|Coding)( (guid|name|startPosition|endPosition|plainTextPath)=\"[0-9a-f-]{0,40}\"){0,3}/?>|</(Project|Sources|TextSource)>|\\PC){0,20}") {
        let _ = read_qdpx(&packed(&[("project.qde", xml.as_bytes())]), &PlainDecoder);
    }

    #[test]
    fn whatever_is_read_can_be_written(elements in prop::collection::vec(prop::sample::select(ELEMENTS.to_vec()), 0..12), text in "[ab \r\n🙂\u{FEFF}]{0,20}") {
        let xml = format!("<Project><CodeBook><Codes><Code guid='00000000-0000-0000-0000-00000000000a' name='a'/></Codes></CodeBook>{}</Project>", elements.concat());
        let read = read_qdpx(&packed(&[("project.qde", xml.as_bytes()), ("a.txt", text.as_bytes())]), &PlainDecoder).unwrap();
        for source in &read.project.sources {
            for selection in &source.selections {
                prop_assert!(source.words(selection.span).is_some_and(|words| !words.is_empty()));
            }
        }
        let again = read_qdpx(&write_qdpx(&read.project).unwrap(), &PlainDecoder).unwrap();
        prop_assert_eq!(again.project.sources.len(), read.project.sources.len());
        prop_assert_eq!(again.project.notes, read.project.notes);
    }
}

/// Takes any bytes for a Word document of two paragraphs.
struct WordDecoder;

impl TextDecoder for WordDecoder {
    fn word_text(&self, _: &[u8], diagnostics: &mut Diagnostics) -> Result<String, TextError> {
        diagnostics.add(Severity::Note, None, "read by its caller", "");
        Ok("I: Why?\nP01: No time.".to_owned())
    }
}

#[test]
fn a_word_document_is_read_by_the_caller_or_left_out() {
    let qde = "<Project><Sources><TextSource guid=\"00000000-0000-0000-0000-0000000000C1\" name=\"P01\" richTextPath=\"internal://a.docx\"/></Sources></Project>";
    let bytes = packed(&[("project.qde", qde.as_bytes()), ("sources/a.docx", b"PK")]);
    let said = |read: &ReadProject| {
        read.diagnostics.iter().map(ToString::to_string).collect::<Vec<String>>().join("\n")
    };
    let read = read_qdpx(&bytes, &WordDecoder).unwrap();
    assert_eq!(read.project.sources[0].text, "I: Why?\nP01: No time.");
    insta::assert_snapshot!(said(&read), @r"
    warning: `P01` has no plain text in the project; it was read from its Word document (compare a few marked places with the other program, because positions are those of the plain text)
    note: read by its caller
    ");
    let read = read_qdpx(&bytes, &PlainDecoder).unwrap();
    assert!(read.project.sources.is_empty());
    insta::assert_snapshot!(said(&read), @r"
    warning: `P01` has no plain text in the project; it was read from its Word document (compare a few marked places with the other program, because positions are those of the plain text)
    error: the text internal://a.docx cannot be read: it is a Word document (export the project again with plain text)
    ");
}

#[test]
fn a_description_in_utf_16_or_windows_1252_is_read() {
    let qde = "<Project name=\"Müller\"/>";
    let utf16: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(qde.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let old: Vec<u8> = qde.chars().map(|letter| letter as u8).collect();
    for bytes in [utf16, old] {
        assert_eq!(
            read_qdpx(&packed(&[("project.qde", &bytes)]), &PlainDecoder).unwrap().project.name,
            "Müller"
        );
    }
}
