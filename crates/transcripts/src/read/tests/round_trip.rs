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
        "json" => "{\"segments\": [".to_owned(),
        "xml" => "<TEI><text><body>".to_owned(),
        "eaf" | "TextGrid" => return on_tiers(talk, format),
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
            "sbv" => write!(text, "{},{}\n{speaker}: {said}\n\n", clock(start, '.'), clock(end, '.')),
            "json" => {
                let comma = if at > 0 { "," } else { "" };
                let (start, end) = (start as f64 / 1000.0, end as f64 / 1000.0);
                let text_and = serde_json::json!({ "start": start, "end": end, "text": format!(" {said}"), "speaker": speaker });
                write!(text, "{comma}{text_and}")
            }
            "xml" => writeln!(text, "<u who=\"{speaker}\">{}</u>", said.replace('&', "&amp;")),
            "csv" => writeln!(text, "{speaker},\"{}\"", said.replace('"', "\"\"")),
            _ => writeln!(text, "{}", serde_json::json!({ "speaker": speaker, "text": said })),
        };
    }
    text.push_str(match format {
        "json" => "]}",
        "xml" => "</body></text></TEI>",
        _ => "",
    });
    text
}

/// The talk with a tier a speaker.
fn on_tiers(talk: &Said, format: &str) -> String {
    let mut slots = String::new();
    let mut tiers = String::new();
    for speaker in [true, false] {
        let said: Vec<(usize, &String)> = talk
            .iter()
            .enumerate()
            .filter(|(_, (first, _))| *first == speaker)
            .map(|(at, (_, said))| (at, said))
            .collect();
        let _ = match format {
            "eaf" => write!(tiers, "<TIER TIER_ID=\"{}\">", name(speaker)),
            _ => write!(
                tiers,
                "\"IntervalTier\"\n\"{}\"\n0\n{}\n{}\n",
                name(speaker),
                talk.len() * 3,
                said.len()
            ),
        };
        for (at, said) in said {
            let (start, end) = (at * 3_000, at * 3_000 + 2_500);
            let _ = match format {
                "eaf" => {
                    let _ = write!(slots, "<TIME_SLOT TIME_SLOT_ID=\"a{at}\" TIME_VALUE=\"{start}\"/>");
                    let _ = write!(slots, "<TIME_SLOT TIME_SLOT_ID=\"b{at}\" TIME_VALUE=\"{end}\"/>");
                    let ids =
                        format!("ANNOTATION_ID=\"n{at}\" TIME_SLOT_REF1=\"a{at}\" TIME_SLOT_REF2=\"b{at}\"");
                    let value = said.replace('&', "&amp;");
                    write!(
                        tiers,
                        "<ALIGNABLE_ANNOTATION {ids}><ANNOTATION_VALUE>{value}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>"
                    )
                }
                _ => writeln!(
                    tiers,
                    "{}\n{}\n\"{}\"",
                    start as f64 / 1000.0,
                    end as f64 / 1000.0,
                    said.replace('"', "\"\"")
                ),
            };
        }
        if format == "eaf" {
            tiers.push_str("</TIER>");
        }
    }
    match format {
        "eaf" => {
            format!("<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>")
        }
        _ => format!("File type = \"ooTextFile\"\n\"TextGrid\"\n0\n{}\n<exists>\n2\n{tiers}", talk.len() * 3),
    }
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
        for format in ["txt", "vtt", "srt", "sbv", "json", "xml", "eaf", "TextGrid", "csv", "jsonl", "rtf", "odt", "xlsx"] {
            let bytes = match format {
                "rtf" | "odt" | "xlsx" => packed_up(&talk, format),
                format => written(&talk, format).into_bytes(),
            };
            let reading = read_as(&format!("P01.{format}"), &bytes);
            check(&reading);
            prop_assert_eq!(reading.corpus.transcripts.len(), 1, "{}", format);
            let turns = &reading.corpus.transcripts[0].turns;
            let read: Said = turns.iter().map(|turn| (turn.speaker == SPEAKERS[0], turn.text.to_string())).collect();
            // XML does not tell one blank from two.
            let one_blank = |said: &str| said.split_whitespace().collect::<Vec<_>>().join(" ");
            let written: Said = match format {
                "xml" => talk.iter().map(|(first, said)| (*first, one_blank(said))).collect(),
                _ => talk.clone(),
            };
            prop_assert_eq!(&read, &written, "{}", format);
            prop_assert!(turns.iter().all(|turn| SPEAKERS.contains(&turn.speaker.as_str())));
        }
    }
}
