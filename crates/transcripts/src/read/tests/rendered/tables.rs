//! Tables: a turn a row.

use super::style::*;
use super::talk::{Said, Talk};

fn csv_of(separator: u8, headings: &[&str], talk: &Talk, row: impl Fn(&Said) -> Vec<String>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    writer.write_record(headings).unwrap();
    for said in &talk.turns {
        writer.write_record(row(said)).unwrap();
    }
    writer.into_inner().unwrap()
}

fn workbook(headings: &[&str], talk: &Talk, cells: impl Fn(&Said) -> Vec<String>) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, headings.iter().copied()).unwrap();
    for (row, said) in (1..).zip(&talk.turns) {
        sheet.write_row(row, 0, cells(said)).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

const fn table(
    name: &'static str,
    ending: &'static str,
    times: Times,
    render: fn(&Talk) -> Vec<u8>,
) -> Style {
    Style { name, ending, times, fits: any, render }
}

/// The styles.
pub(super) const STYLES: &[Style] = &[
    table("comma-separated, speaker and text", "csv", Times::Untimed, |talk| {
        csv_of(b',', &["speaker", "text"], talk, |said| vec![name(talk, said).to_owned(), said.text()])
    }),
    table("semicolons, clock times", "csv", Times::Stretches(1), |talk| {
        csv_of(b';', &["Start", "End", "Speaker", "Text"], talk, |said| {
            vec![
                clock(said.start_ms, Some('.')),
                clock(said.end_ms, Some('.')),
                name(talk, said).to_owned(),
                said.text(),
            ]
        })
    }),
    table("tabs, seconds", "tsv", Times::Stretches(1), |talk| {
        csv_of(b'\t', &["start", "end", "speaker", "text"], talk, |said| {
            vec![seconds(said.start_ms), seconds(said.end_ms), name(talk, said).to_owned(), said.text()]
        })
    }),
    table("time span, content and speaker", "csv", Times::Stretches(100), |talk| {
        let span = |ms: u64| format!("{}.{}", short_clock(ms), ms / 100 % 10);
        csv_of(b',', &["Timespan", "Content", "Speaker"], talk, |said| {
            vec![
                format!("{} - {}", span(said.start_ms), span(said.end_ms)),
                said.text(),
                name(talk, said).to_owned(),
            ]
        })
    }),
    table("Excel", "xlsx", Times::Starts(1000), |talk| {
        workbook(&["Time", "Speaker", "Utterance"], talk, |said| {
            vec![clock(said.start_ms, None), name(talk, said).to_owned(), said.text()]
        })
    }),
    table("JSON lines", "jsonl", Times::Stretches(1), |talk| {
        let row = |said: &Said| {
            serde_json::json!({ "speaker": name(talk, said), "start_ms": said.start_ms, "end_ms": said.end_ms, "text": said.text() })
                .to_string()
        };
        talk.turns.iter().map(|said| row(said) + "\n").collect::<String>().into_bytes()
    }),
];
