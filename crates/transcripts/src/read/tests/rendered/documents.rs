//! Word, `OpenDocument` and Rich Text: the same paragraphs in three formats.

use std::fmt::Write as _;

use super::super::papers::open_document;
use super::super::word::{packed, word_file};
use super::style::*;
use super::talk::{Said, Talk};

/// A stretch of text, bold or not; `\t` and `\n` within.
struct Run {
    bold: bool,
    text: String,
}

type Paragraph = Vec<Run>;

fn plain(text: impl Into<String>) -> Run {
    Run { bold: false, text: text.into() }
}

fn bold(text: impl Into<String>) -> Run {
    Run { bold: true, text: text.into() }
}

/// A document's paragraphs: `opening` begins a turn's first one, or stands alone where `apart`.
fn paragraphs(talk: &Talk, apart: bool, opening: impl Fn(&Said) -> Run) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = header(talk).into_iter().map(|line| vec![plain(line)]).collect();
    for said in &talk.turns {
        let mut first = vec![opening(said)];
        let mut rest = said.paragraphs.iter().map(|sentences| plain(sentences.join(" ")));
        if !apart {
            first.extend(rest.next());
        }
        all.push(first);
        all.extend(rest.map(|run| vec![run]));
        if talk.habits.blank_lines {
            all.push(Vec::new());
        }
    }
    all
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn docx(paragraphs: &[Paragraph]) -> Vec<u8> {
    let run = |run: &Run| {
        let properties = if run.bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
        let text = escaped(&run.text)
            .replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">")
            .replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">");
        format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let body: String = paragraphs
        .iter()
        .map(|paragraph| ["<w:p>", &paragraph.iter().map(run).collect::<String>(), "</w:p>"].concat())
        .collect();
    packed(&[("word/document.xml", &word_file(&body))])
}

fn odt(paragraphs: &[Paragraph]) -> Vec<u8> {
    let run = |run: &Run| {
        let text = escaped(&run.text)
            .replace("  ", " <text:s/>")
            .replace('\t', "<text:tab/>")
            .replace('\n', "<text:line-break/>");
        if run.bold { format!("<text:span text:style-name=\"B\">{text}</text:span>") } else { text }
    };
    let body: String = paragraphs
        .iter()
        .map(|paragraph| ["<text:p>", &paragraph.iter().map(run).collect::<String>(), "</text:p>"].concat())
        .collect();
    let style = "<style:style style:name=\"B\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>";
    open_document(style, &body)
}

fn rtf(paragraphs: &[Paragraph]) -> Vec<u8> {
    let mut text = "{\\rtf1\\ansi\\uc1".to_owned();
    for paragraph in paragraphs {
        text.push_str("\\pard ");
        for run in paragraph {
            text.push_str(if run.bold { "{\\b " } else { "{" });
            for unit in run.text.encode_utf16() {
                let _ = match char::from_u32(u32::from(unit)) {
                    Some('\t') => write!(text, "\\tab "),
                    Some('\n') => write!(text, "\\line "),
                    Some(c) if c.is_ascii() => write!(text, "{c}"),
                    _ => write!(text, "\\u{}?", unit as i16),
                };
            }
            text.push('}');
        }
        text.push_str("\\par\n");
    }
    (text + "}").into_bytes()
}

/// A Word table with the given cells.
fn docx_table(talk: &Talk, headings: &[&str], cells: impl Fn(&Said) -> Vec<String>) -> Vec<u8> {
    let cell = |text: &str| {
        format!("<w:tc><w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:tc>", escaped(text))
    };
    let row = |cells: &[String]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let rows: String = talk.turns.iter().map(|said| row(&cells(said))).collect();
    packed(&[("word/document.xml", &word_file(&format!("<w:tbl>{}{rows}</w:tbl>", row(&headings))))])
}

const fn document(
    name: &'static str,
    ending: &'static str,
    times: Times,
    render: fn(&Talk) -> Vec<u8>,
) -> Style {
    Style { name, ending, times, fits: any, render }
}

fn with_colon(talk: &Talk) -> Vec<Paragraph> {
    paragraphs(talk, false, |said| plain(format!("{}: ", label(talk, said))))
}

fn bold_with_colon(talk: &Talk) -> Vec<Paragraph> {
    paragraphs(talk, false, |said| bold(format!("{}: ", label(talk, said))))
}

fn bold_with_tab(talk: &Talk) -> Vec<Paragraph> {
    paragraphs(talk, false, |said| bold(format!("{}\t", name(talk, said))))
}

fn bold_alone(talk: &Talk) -> Vec<Paragraph> {
    paragraphs(talk, true, |said| bold(name(talk, said)))
}

fn name_and_time(talk: &Talk) -> Vec<Paragraph> {
    paragraphs(talk, false, |said| bold(format!("{}   {}\n", name(talk, said), short_clock(said.start_ms))))
}

/// The styles.
pub(super) const STYLES: &[Style] = &[
    document("Word, colon", "docx", Times::Untimed, |talk| docx(&with_colon(talk))),
    document("Word, bold label and colon", "docx", Times::Untimed, |talk| docx(&bold_with_colon(talk))),
    document("Word, bold label and tab", "docx", Times::Untimed, |talk| docx(&bold_with_tab(talk))),
    document("Word, bold label alone", "docx", Times::Untimed, |talk| docx(&bold_alone(talk))),
    document("Word, name, time and line break", "docx", Times::Starts(1000), |talk| {
        docx(&name_and_time(talk))
    }),
    document("Word, table of speakers", "docx", Times::Untimed, |talk| {
        docx_table(talk, &["Speaker", "Text"], |said| vec![name(talk, said).to_owned(), said.text()])
    }),
    document("Word, table of times and speakers", "docx", Times::Starts(1000), |talk| {
        docx_table(talk, &["Time", "Speaker", "Text"], |said| {
            vec![clock(said.start_ms, None), name(talk, said).to_owned(), said.text()]
        })
    }),
    document("OpenDocument, colon", "odt", Times::Untimed, |talk| odt(&with_colon(talk))),
    document("OpenDocument, bold label and colon", "odt", Times::Untimed, |talk| odt(&bold_with_colon(talk))),
    document("OpenDocument, bold label alone", "odt", Times::Untimed, |talk| odt(&bold_alone(talk))),
    document("Rich Text, colon", "rtf", Times::Untimed, |talk| rtf(&with_colon(talk))),
    document("Rich Text, bold label and tab", "rtf", Times::Untimed, |talk| rtf(&bold_with_tab(talk))),
];
