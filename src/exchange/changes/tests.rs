//! Changed projects.

use crate::study::description;
use refi_qda::{Code, Guid, PlainDecoder, Selection, User, read_qdpx, write_qdpx};

use super::*;

fn guid(kind: &str, key: &str) -> Guid {
    Guid::derived("test", kind, key)
}

fn code(name: &str, parent: Option<usize>) -> Code {
    let guid = guid("code", name);
    let description = description::with_identity("Definition: what it is", guid);
    Code { guid, name: name.into(), color: String::new(), is_codable: true, description, parent }
}

fn selection(start: usize, end: usize, codes: &[usize], user: usize) -> Selection {
    let coding = |&code: &usize| Coding {
        guid: guid("coding", &format!("{start} {end} {code} {user}")),
        code,
        user: Some(user),
    };
    let guid = guid("selection", &format!("{start} {end} {user}"));
    Selection {
        guid,
        span: CharSpan { start, end },
        description: String::new(),
        codings: codes.iter().map(coding).collect(),
    }
}

const TEXT: &str = "INT: What keeps you?\nP01: I have sixty families.\nP01: There is no money.\nP01: We fear the minister.\n";

/// Two codes in a group, three coded passages of the machine.
fn given_away() -> Project {
    let user = |name: &str| User { guid: guid("user", name), name: name.into() };
    let source = TextSource {
        guid: guid("source", "P01"),
        name: "P01".into(),
        description: String::new(),
        text: TEXT.into(),
        selections: vec![
            selection(26, 48, &[1], 0),
            selection(54, 72, &[2], 0),
            selection(78, 99, &[1, 2], 0),
        ],
        values: Vec::new(),
        notes: Vec::new(),
    };
    Project {
        name: "study".into(),
        users: vec![user("Emic (machine)"), user("Ana")],
        codes: vec![code("barriers", None), code("workload", Some(0)), code("money", Some(0))],
        sources: vec![source],
        ..Project::default()
    }
}

fn said(after: &Project) -> String {
    let span =
        |span: Option<CharSpan>| span.map_or(String::new(), |span| format!("{}-{}", span.start, span.end));
    let line = |change: Change| {
        let parts = [change.kind.as_str(), &change.code, &change.was, &change.user, &change.source];
        [parts.map(str::to_owned).as_slice(), &[span(change.was_span), span(change.span)]]
            .concat()
            .join(" | ")
    };
    changes(&given_away(), after).into_iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_changed_is_nothing_to_tell() {
    assert_eq!(said(&given_away()), "");
}

#[test]
fn every_kind_of_change_is_reported() {
    let mut after = given_away();
    let source = &mut after.sources[0];
    source.selections[0].span.end = 40;
    source.selections[1].codings.clear();
    source.selections.push(selection(5, 20, &[2], 1));
    after.codes[1].name = "too much work".into();
    after.codes[2].parent = None;
    after.codes[2].description = "Definition: pay".into();
    after.codes.push(code("hope", None));
    insta::assert_snapshot!(said(&after), @r"
    code renamed | too much work | workload |  |  |  | 
    code moved | money | barriers |  |  |  | 
    code redefined | money | Definition: what it is |  |  |  | 
    code added | hope |  |  |  |  | 
    coding added | money |  | Ana | P01 |  | 5-20
    coding removed | money |  |  | P01 | 54-72 | 
    coding moved | too much work |  | Emic (machine) | P01 | 26-48 | 26-40
    ");
}

#[test]
fn new_identifiers_and_another_order_change_nothing() {
    let mut after = given_away();
    // As NVivo does: identifiers are made anew, all codings are the exporting person's, names of files are lost.
    for (index, code) in after.codes.iter_mut().enumerate() {
        code.guid = guid("new code", &index.to_string());
    }
    for source in &mut after.sources {
        source.guid = guid("new source", &source.name);
        source.selections.reverse();
        for selection in &mut source.selections {
            selection.guid = guid("new selection", &selection.guid.to_string());
            for coding in &mut selection.codings {
                coding.user = Some(1);
            }
        }
    }
    insta::assert_snapshot!(said(&after), @"");
    // Without the descriptions too, by name, and a renamed one by its passages.
    for code in &mut after.codes {
        code.description.clear();
    }
    after.codes[2].name = "pay".into();
    insta::assert_snapshot!(said(&after), @"code renamed | pay | money |  |  |  |");
}

#[test]
fn a_corrected_typo_moves_no_coding() {
    let mut after = given_away();
    after.sources[0].text = TEXT.replace("sixty families", "60 families");
    for selection in &mut after.sources[0].selections {
        if selection.span.start > 40 {
            selection.span.start -= 3;
        }
        selection.span.end -= 3;
    }
    insta::assert_snapshot!(said(&after), @"text changed |  |  |  | P01 |  |");
}

#[test]
fn added_and_removed_codes_and_sources_are_reported() {
    let mut after = given_away();
    after.sources[0].guid = guid("source", "other");
    after.sources[0].name = "P07".into();
    after.sources[0].text = "something else".into();
    after.sources[0].selections.clear();
    after.codes.truncate(2);
    insta::assert_snapshot!(said(&after), @r"
    code removed | money |  |  |  |  | 
    source removed |  |  |  | P01 |  | 
    source added |  |  |  | P07 |  |
    ");
}

/// The project as it is written and read again, with its description changed on the way.
fn through(project: &Project, changed: impl Fn(&str) -> String) -> Project {
    let bytes = write_qdpx(project).unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut other = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let text = if part.name() == "project.qde" { changed(&text) } else { text };
        other.start_file(part.name(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut other, text.as_bytes()).unwrap();
    }
    read_qdpx(&other.finish().unwrap().into_inner(), &PlainDecoder).unwrap().project
}

#[test]
fn a_parent_that_becomes_a_group_and_a_code_keeps_its_codings() {
    let mut before = given_away();
    before.sources[0].selections.push(selection(5, 20, &[0], 0));
    for described in [true, false] {
        // As QualCoder 3.8 does: the group takes the name and the description, and a code of the same name stands in it.
        let after = through(&before, |qde| {
            let qde = if described { qde.to_owned() } else { without_descriptions(qde) };
            let start = qde.find("<Code guid").unwrap();
            let end = start
                + qde[start..]
                    .find("<Code guid")
                    .map_or(0, |_| qde[start + 1..].find("<Code guid").unwrap() + 1);
            let code = &qde[start..end];
            let group = code.replacen("isCodable=\"true\"", "isCodable=\"false\"", 1).replacen(
                &guid("code", "barriers").to_string(),
                "00000000-0000-0000-0000-0000000000aa",
                1,
            );
            format!("{}{group}{code}</Code>{}", &qde[..start], &qde[end..])
        });
        assert_eq!(after.codes.len(), 3, "{:?}", after.codes);
        assert_eq!(changes(&before, &after), vec![], "{described}");
    }
}

fn without_descriptions(qde: &str) -> String {
    regex::Regex::new("(?s)<Description>.*?</Description>").unwrap().replace_all(qde, "").into_owned()
}

#[test]
fn codes_of_one_name_are_told_apart_by_those_above_them() {
    // Given away with the names that they have as themes.
    let mut before = given_away();
    let bare = |name: &str, parent| Code { description: String::new(), ..code(name, parent) };
    before.codes = vec![
        bare("housing", None),
        bare("housing: other", Some(0)),
        bare("pay", None),
        bare("pay: other", Some(2)),
    ];
    before.sources[0].selections =
        vec![selection(26, 48, &[1], 0), selection(54, 72, &[3], 0), selection(78, 99, &[3], 0)];
    let mut after = before.clone();
    for (index, code) in after.codes.iter_mut().enumerate() {
        code.guid = guid("new code", &index.to_string());
        code.name = code.name.rsplit(": ").next().unwrap().to_owned();
    }
    assert_eq!(changes(&before, &after), vec![]);
    after.sources[0].selections[1].codings[0].code = 1;
    let found: Vec<(ChangeKind, String)> =
        changes(&before, &after).into_iter().map(|change| (change.kind, change.code)).collect();
    assert_eq!(
        found,
        [
            (ChangeKind::CodingAdded, "housing: other".to_owned()),
            (ChangeKind::CodingRemoved, "pay: other".to_owned())
        ]
    );
}

#[test]
fn a_renamed_source_is_found_by_its_text() {
    let mut before = given_away();
    let other = "INT: And you?\nP02: The library closed, and nobody told us why.\nP02: We meet in the kitchen now.\nP02: The children read on the stairs.\n";
    let second = TextSource {
        guid: guid("source", "P02"),
        name: "P02".into(),
        text: other.into(),
        ..before.sources[0].clone()
    };
    before.sources.push(TextSource { selections: vec![selection(19, 40, &[2], 0)], ..second });
    let mut after = before.clone();
    for source in &mut after.sources {
        source.guid = guid("new source", &source.name);
    }
    let renamed = |after: &Project| {
        let all = changes(&before, after).into_iter();
        all.map(|change| format!("{} {} {}", change.kind.as_str(), change.was, change.code))
            .collect::<Vec<String>>()
    };
    after.sources[1].name = "Library interview.docx".into();
    assert_eq!(renamed(&after), ["source renamed P02 Library interview.docx"]);
    // A line was corrected, too.
    after.sources[1].text = other.replace("kitchen", "hallway");
    assert_eq!(renamed(&after), ["source renamed P02 Library interview.docx", "text changed  "]);
    after.sources[1].text = other.into();
    // Each has the other's name.
    (after.sources[0].name, after.sources[1].name) = ("P02".into(), "P01".into());
    assert_eq!(renamed(&after), ["source renamed P01 P02", "source renamed P02 P01"]);
}
