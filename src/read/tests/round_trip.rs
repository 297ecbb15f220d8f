//! Turns written in a format and read back give the same speakers and the same words.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::papers::open_document;
use super::*;

/// A speaker of the two and what is said.
type Said = Vec<(bool, String)>;

const SPEAKERS: [&str; 2] = ["Interviewer", "Noa Levi"];

/// Turns with at least one word each; the speakers take turns and each comes twice, as a label must.
fn talk() -> impl Strategy<Value = Said> {
    let word = prop::sample::select(vec![
        "yes",
        "No",
        "work,",
        "שלום",
        "für",
        "sixty",
        "families;",
        "\"quoted\"",
        "it's",
        "12",
        "…",
        "(laughs)",
        "a:b",
        "10:30",
        "&",
        "中文",
    ]);
    let words = prop::collection::vec(word, 0..12).prop_map(|words| format!("Well {} so.", words.join(" ")));
    prop::collection::vec(words, 4..20)
        .prop_map(|texts| texts.into_iter().enumerate().map(|(at, text)| (at % 2 == 0, text)).collect())
}

fn name(first: bool) -> &'static str {
    SPEAKERS[usize::from(!first)]
}

fn clock(ms: usize, comma: char) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}{comma}{ms:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn written(talk: &Said, format: &str) -> String {
    let mut text = match format {
        "vtt" => "WEBVTT\n\n".to_owned(),
        "csv" => "speaker,text\n".to_owned(),
        _ => String::new(),
    };
    for (at, (first, said)) in talk.iter().enumerate() {
        let speaker = name(*first);
        let (start, end) = (at * 3_000, at * 3_000 + 2_500);
        let _ = match format {
            "txt" => writeln!(text, "{speaker}: {said}"),
            "vtt" => {
                let said = said.replace('&', "&amp;");
                write!(
                    text,
                    "{}\n{} --> {}\n<v {speaker}>{said}</v>\n\n",
                    at + 1,
                    clock(start, '.'),
                    clock(end, '.')
                )
            }
            "srt" => write!(
                text,
                "{}\n{} --> {}\n{speaker}: {said}\n\n",
                at + 1,
                clock(start, ','),
                clock(end, ',')
            ),
            "csv" => writeln!(text, "{speaker},\"{}\"", said.replace('"', "\"\"")),
            _ => writeln!(text, "{}", serde_json::json!({ "speaker": speaker, "text": said })),
        };
    }
    text
}

/// The same talk as a file of a word processor or a spreadsheet.
fn packed_up(talk: &Said, format: &str) -> Vec<u8> {
    match format {
        "rtf" => {
            let mut text = "{\\rtf1\\ansi\\uc1".to_owned();
            for (first, said) in talk {
                let _ = write!(text, "\\pard {{\\b {}:}} ", name(*first));
                for unit in said.encode_utf16() {
                    let _ = match char::from_u32(u32::from(unit)).filter(char::is_ascii) {
                        Some(c) => write!(text, "{c}"),
                        None => write!(text, "\\u{}?", unit as i16),
                    };
                }
                text.push_str("\\par\n");
            }
            (text + "}").into_bytes()
        }
        "odt" => {
            let paragraph = |(first, said): &(bool, String)| {
                let said = said.replace('&', "&amp;").replace("  ", " <text:s/>");
                format!("<text:p>{}:<text:tab/>{said}</text:p>\n", name(*first))
            };
            open_document("", &talk.iter().map(paragraph).collect::<String>())
        }
        _ => {
            let mut workbook = rust_xlsxwriter::Workbook::new();
            let sheet = workbook.add_worksheet();
            sheet.write_row(0, 0, ["Speaker", "Utterance"]).unwrap();
            for (row, (first, said)) in (1..).zip(talk) {
                sheet.write_row(row, 0, [name(*first), said]).unwrap();
            }
            workbook.save_to_buffer().unwrap()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(talk in talk()) {
        for format in ["txt", "vtt", "srt", "csv", "jsonl", "rtf", "odt", "xlsx"] {
            let bytes = match format {
                "rtf" | "odt" | "xlsx" => packed_up(&talk, format),
                format => written(&talk, format).into_bytes(),
            };
            let reading = read_as(&format!("P01.{format}"), &bytes);
            check(&reading);
            prop_assert_eq!(reading.corpus.transcripts.len(), 1, "{}", format);
            let turns = &reading.corpus.transcripts[0].turns;
            let read: Said = turns.iter().map(|turn| (turn.speaker == SPEAKERS[0], turn.text.clone())).collect();
            prop_assert_eq!(&read, &talk, "{}", format);
            prop_assert!(turns.iter().all(|turn| SPEAKERS.contains(&turn.speaker.as_str())));
        }
    }
}
