//! Reads parts of workbooks for tests.

use std::io::{Cursor, Read};

/// A part of the workbook, for example `xl/sharedStrings.xml`.
pub(crate) fn part(workbook: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    parts.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The text between each `<{tag}…>` and `</{tag}>`.
pub(crate) fn pieces<'a>(xml: &'a str, tag: &str) -> Vec<&'a str> {
    let (opening, closing) = (format!("<{tag}"), format!("</{tag}>"));
    let ends_name = |rest: &&str| rest.starts_with(['>', ' ']);
    xml.split(&opening)
        .skip(1)
        .filter(ends_name)
        .filter_map(|rest| rest.split_once('>')?.1.split_once(&closing))
        .map(|(piece, _)| piece)
        .collect()
}

/// The filled cells of a sheet (from 1), a line a row, line breaks as ⏎.
pub(crate) fn cells(workbook: &[u8], sheet: usize) -> String {
    let strings = part(workbook, "xl/sharedStrings.xml");
    let strings: Vec<String> = pieces(&strings, "t").into_iter().map(unescaped).collect();
    let sheet = part(workbook, &format!("xl/worksheets/sheet{sheet}.xml"));
    let rows: Vec<String> = pieces(&sheet, "row").into_iter().map(|row| line(row, &strings)).collect();
    rows.join("\n")
}

fn line(row: &str, strings: &[String]) -> String {
    let filled = row.split("<c ").skip(1).filter_map(|cell| {
        let value = *pieces(cell, "v").first()?;
        let name = cell.split('"').nth(1)?;
        let shown = if cell.contains(r#"t="s""#) {
            format!("{:?}", strings[value.parse::<usize>().unwrap()].replace('\n', "⏎"))
        } else {
            value.to_owned()
        };
        Some(format!("{name} {shown}"))
    });
    filled.collect::<Vec<_>>().join(" | ")
}

fn unescaped(xml: &str) -> String {
    xml.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
