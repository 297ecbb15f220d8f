//! Workbooks as people give them back, and as nobody should.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use rust_xlsxwriter::Workbook as NewWorkbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::results::{Codebook, Seed};
use crate::review::write_codebook_workbook;
use crate::study::StudyError;
use crate::table::fixture::small_findings;

/// A workbook of one sheet.
fn workbook(sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = NewWorkbook::new();
    workbook.add_worksheet().set_name("read me").unwrap().write_string(0, 0, "Codebook").unwrap();
    let sheet = workbook.add_worksheet().set_name(sheet).unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn load(bytes: &[u8]) -> Result<Vec<Seed>, StudyError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviewed.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let loaded = Codebook::load(&path).map_err(|error| StudyError { file: "reviewed.xlsx".into(), ..error });
    loaded.map(|(codebook, _)| codebook.seeds)
}

const REVIEW: [&str; 9] = [
    "theme",
    "kind",
    "definition",
    "examples",
    "keywords",
    "keep? (yes, no)",
    "rename to",
    "merge with",
    "new definition",
];

/// The themes of a reviewed sheet, a line each: name, definition, examples, keywords.
fn reviewed(rows: &[[&str; 9]]) -> String {
    let rows: Vec<&[&str]> = std::iter::once(&REVIEW[..]).chain(rows.iter().map(|row| &row[..])).collect();
    match load(&workbook("themes", &rows)) {
        Ok(seeds) => {
            let shown = |seed: &Seed| {
                let (examples, keywords) = (seed.examples.join(" / "), seed.keywords.join(", "));
                format!("{} | {} | {examples} | {keywords}", seed.name, seed.definition).trim_end().to_owned()
            };
            seeds.iter().map(shown).collect::<Vec<String>>().join("\n")
        }
        Err(error) => format!("{error} ({})", error.hint),
    }
}

fn seeds() -> Vec<Seed> {
    let seed = |name: &str| Seed { name: name.into(), ..Seed::default() };
    vec![
        Seed {
            definition: "Too few hours,\ntoo many cases. <b> & _x0041_".into(),
            include: "=Use when time is short.".into(),
            exclude: "Not for services.".into(),
            examples: vec!["I have sixty families | one morning.".into(), "'No time.".into()],
            keywords: vec!["caseload".into(), "no time".into()],
            parent: "barriers".into(),
            ..seed("workload")
        },
        seed("missing services"),
    ]
}

#[test]
fn an_untouched_workbook_gives_back_the_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codebook.xlsx");
    write_codebook_workbook(&path, "Barriers", &small_findings(), &seeds()).unwrap();
    assert_eq!(Codebook::load(&path).unwrap().0.seeds, seeds());
}

#[test]
fn a_theme_stays_as_the_reviewer_says() {
    insta::assert_snapshot!(reviewed(&[
        ["stays", "seed", "d", "e\nf", "k; l", "", "", "", ""],
        ["goes", "seed", "", "", "", "No", "", "", ""],
        ["proposed", "emergent", "", "", "", "", "", "", ""],
        ["taken", "emergent", "", "", "", "yes", "", "", ""],
        ["renamed", "emergent", "d", "", "", "", "better", "", ""],
        ["defined", "emergent", "d", "", "", "", "", "", "What it is."],
        ["refused", "emergent", "", "", "", "n", "x", "", "y"],
        ["added by hand", "", "", "", "", "", "", "", ""],
    ]), @r"
        stays | d | e / f | k, l
        taken |  |  |
        better | d |  |
        defined | What it is. |  |
        added by hand |  |  |
        ");
}

#[test]
fn merged_themes_bring_their_examples_and_keywords() {
    insta::assert_snapshot!(reviewed(&[
        ["time", "seed", "d", "e", "k", "", "hours", "", ""],
        ["shifts", "emergent", "x", "f", "k; l", "no", "", "HOURS", ""],
        ["nights", "emergent", "x", "g", "m", "", "", "shifts", "Night work."],
        ["bus", "emergent", "b", "h", "n", "", "", "Ways", ""],
        ["train", "emergent", "t", "i", "o", "", "", "ways", ""],
        ["joined", "emergent", "j", "", "", "", "", "", ""],
        ["into joined", "emergent", "j", "q", "", "", "", "Joined", ""],
    ]), @r"
        hours | Night work. | e / f / g | k, l, m
        Ways | b | h / i | n, o
        joined | j | q |
        ");
}

#[test]
fn parents_are_called_by_their_new_names() {
    let rows: [&[&str]; 5] = [
        &["theme", "parent", "rename to", "merge with"],
        &["barriers", "", "obstacles", ""],
        &["workload", "Barriers", "", ""],
        &["hours", "workload", "", "workload"],
        &["money", "society", "", ""],
    ];
    let parents: Vec<[String; 2]> =
        load(&workbook("themes", &rows)).unwrap().into_iter().map(|seed| [seed.name, seed.parent]).collect();
    assert_eq!(parents, [["obstacles", ""], ["workload", "obstacles"], ["money", "society"]]);
}

#[test]
fn verdicts_that_nobody_understands_name_their_row() {
    let row = |name, keep, rename, merge| [name, "", "", "", "", keep, rename, merge, ""];
    insta::assert_snapshot!(reviewed(&[row("a", "maybe", "", "")]), @"reviewed.xlsx:2: `maybe` under `keep?` is not understood (write yes or no, or leave the cell empty)");
    insta::assert_snapshot!(reviewed(&[["a", "theme", "", "", "", "", "", "", ""]]), @"reviewed.xlsx:2: `theme` under `kind` is not understood (write emergent or seed, or leave the cell empty)");
    insta::assert_snapshot!(reviewed(&[row("a", "", "", "A")]), @"reviewed.xlsx:2: `A` is merged with itself (name another theme, or leave the cell empty)");
    insta::assert_snapshot!(reviewed(&[row("a", "", "", "b"), row("b", "", "", "c"), row("c", "", "", "b")]), @"reviewed.xlsx:3: the themes of rows 3, 4 are merged in a circle (leave `merge with` empty for the one that stays)");
    insta::assert_snapshot!(reviewed(&[row("a", "", "", "b"), row("b", "no", "", "")]), @"reviewed.xlsx:2: `a` is merged with `b`, which row 3 says not to keep (keep that one, or merge with another theme)");
    insta::assert_snapshot!(reviewed(&[row("a", "", "b", ""), row("b", "", "c", ""), row("d", "", "", "b")]), @"reviewed.xlsx:4: `b` may be the theme of row 2 or of row 3 (give one of them another name)");
    insta::assert_snapshot!(reviewed(&[row("a", "", "b", ""), row("b", "", "", "")]), @"reviewed.xlsx:3: the theme `b` stands twice (join the two, or rename one)");
    insta::assert_snapshot!(reviewed(&[["", "", "what is it", "", "", "", "", "", ""]]), @"reviewed.xlsx:2: a theme has no name (give every theme a `name`)");
}

#[test]
fn columns_are_found_whatever_their_order_and_a_slip_is_not_overlooked() {
    let rows: [&[&str]; 2] =
        [&["My remarks", " KEY_WORDS", "Name", "Examples"], &["x", "k|l", "time", "e|f\ng"]];
    let seed = Seed {
        name: "time".into(),
        examples: ["e", "f", "g"].map(str::to_owned).to_vec(),
        keywords: ["k", "l"].map(str::to_owned).to_vec(),
        ..Seed::default()
    };
    assert_eq!(load(&workbook("Sheet7", &rows)).unwrap(), [seed]);
    let said = |rows: &[&[&str]]| {
        let error = load(&workbook("themes", rows)).unwrap_err();
        format!("{error} ({})", error.hint)
    };
    insta::assert_snapshot!(said(&[&["theme", "merge wiht"], &["a", "b"]]), @"reviewed.xlsx:1: unknown column `merge wiht` (did you mean `merge with`?)");
    assert_eq!(
        load(&workbook("themes", &[&["Codebook of March"], &["theme"], &["a"]])).unwrap()[0].name,
        "a"
    );
    insta::assert_snapshot!(said(&[&["theme", "Theme"], &["a", "b"]]), @"reviewed.xlsx:1: the column `Theme` stands twice (give the one that is yours another heading)");
    assert!(said(&[&["colour", "weight"], &["a", "b"]]).contains("no column has a heading"));
}

#[test]
fn what_is_no_workbook_is_refused() {
    let said = |bytes: &[u8]| {
        let error = load(bytes).unwrap_err();
        format!("{error} ({})", error.hint)
    };
    insta::assert_snapshot!(said(b"PK theme,definition\n"), @"reviewed.xlsx: this is not a workbook, or it is damaged (open it in Excel or LibreOffice and save it again as .xlsx)");
    insta::assert_snapshot!(said(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), @"reviewed.xlsx: the workbook has a password or is older than Excel 2007 (open it in Excel or LibreOffice and save it as .xlsx without a password)");
    let bomb = repacked(&workbook("themes", &[&["theme"]]), |name, bytes| {
        if name == "xl/worksheets/sheet2.xml" {
            bytes.resize(65 * 1024 * 1024, b' ');
        }
    });
    assert!(bomb.len() < 1024 * 1024);
    insta::assert_snapshot!(said(&bomb), @"reviewed.xlsx: the workbook unpacks to more than 64 MB or 2000 files (copy what matters into a new workbook)");
}

#[test]
fn a_cell_far_away_takes_no_room() {
    let mut workbook = NewWorkbook::new();
    let sheet = workbook.add_worksheet().set_name("themes").unwrap();
    sheet.write_string(0, 0, "theme").unwrap().write_number(1, 0, 2020).unwrap();
    sheet.write_string(1_048_575, 16_383, "a remark").unwrap();
    let error = load(&workbook.save_to_buffer().unwrap()).unwrap_err();
    assert_eq!(error.line, Some(1_048_576), "{error}");
}

#[test]
fn places_beyond_any_sheet_never_panic() {
    let whole = workbook("themes", &[&["theme"], &["a"]]);
    for (index, beyond) in
        [("r=\"A2\"", "r=\"A99999999999\""), ("r=\"A2\"", "r=\"ZZZZZZZZZ2\""), ("A1:A2", "C3:A1")]
    {
        let hostile = repacked(&whole, |name, bytes| {
            if name == "xl/worksheets/sheet2.xml" {
                let text = String::from_utf8(bytes.clone()).unwrap();
                assert!(text.contains(index), "{text}");
                *bytes = text.replace(index, beyond).into_bytes();
            }
        });
        let _ = load(&hostile);
    }
}

/// The workbook with its parts changed.
fn repacked(workbook: &[u8], mut change: impl FnMut(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut parts = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut changed = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..parts.len() {
        let mut part = parts.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        change(part.name(), &mut bytes);
        changed.start_file(part.name(), SimpleFileOptions::default()).unwrap();
        changed.write_all(&bytes).unwrap();
    }
    changed.finish().unwrap().into_inner()
}

/// Bytes that change something where they are put.
fn bytes_to_put() -> impl Strategy<Value = Vec<u8>> {
    let marks = [
        "<",
        ">",
        "\"",
        "/>",
        "</c>",
        "<v>",
        "99999999999",
        "r=\"A0\"",
        "r=\"ZZZZZZZZ1\"",
        "t=\"s\"",
        "&#0;",
        "",
    ];
    prop_oneof![
        prop::sample::select(marks.to_vec()).prop_map(|mark| mark.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
    ]
}

proptest! {
    #[test]
    fn mangled_workbooks_never_panic(
        inside in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, bytes_to_put()), 1..5),
    ) {
        let mut whole = workbook("themes", &[&REVIEW[..], &["a", "seed", "d", "e", "k", "yes", "b", "", ""]]);
        let mangle = |bytes: &mut Vec<u8>| {
            for (position, removed, put) in &changes {
                let start = position.index(bytes.len() + 1);
                bytes.splice(start..(start + removed).min(bytes.len()), put.iter().copied());
            }
        };
        if inside {
            whole = repacked(&whole, |_, bytes| mangle(bytes));
        } else {
            mangle(&mut whole);
        }
        let _ = load(&whole);
    }

    #[test]
    fn any_verdicts_give_themes_or_an_error(
        rows in prop::collection::vec((0_usize..4, 0_usize..3, 0_usize..6, 0_usize..6), 0..6),
    ) {
        let names = ["", "a", "b", "c", "d", "e"];
        let rows: Vec<[&str; 9]> = rows
            .into_iter()
            .map(|(name, keep, rename, merge)| {
                [names[name + 1], "emergent", "", "", "", ["", "yes", "no"][keep], names[rename], names[merge], ""]
            })
            .collect();
        let _ = reviewed(&rows);
    }
}
