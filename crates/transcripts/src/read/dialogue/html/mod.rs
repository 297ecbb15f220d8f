//! Web pages that are transcripts: noScribe's, whose anchors have times, and Hyperaudio's, whose words have times. Other pages are
//! refused: menus and buttons look like speech.

pub(crate) mod otr;
mod tags;

use unicode_segmentation::UnicodeSegmentation;

use self::tags::{Piece, Tag, walk};
use super::blocks::{Block, Document, MAX_BLOCKS, Paragraph, too_many_blocks};
use super::parts::drafts_of;
use crate::codes;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::{When, clock, seconds_to_ms, take_when};

/// Reads `.html`.
#[derive(Debug)]
pub(crate) struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let mut page = Page::default();
        walk(&text, |piece| page.take(piece));
        let mut paragraphs = page.finish()?;
        let is_timed = |paragraph: &Paragraph| paragraph.when.start.is_some();
        let Some(first) = paragraphs.iter().position(is_timed) else {
            return Err(ReadError::WrongContent {
                ending: source.ending.to_owned(),
                found: "a web page that is no transcript of noScribe or Hyperaudio",
                hint: "open it in a browser or in Word, and save the text as .docx or .txt with the speakers' names before what they say",
            });
        };
        let head: usize = paragraphs[..first].iter().map(|head| head.text.unicode_words().count()).sum();
        if head > 0 {
            log.note(
                codes::TEXT_LEFT_OUT,
                None,
                format!("{} above the first time left out", counted(head, "word", "words")),
                "",
            );
        }
        paragraphs.drain(..first);
        for paragraph in &mut paragraphs {
            *paragraph = without_shown_times(paragraph);
        }
        lines_of(paragraphs, source, log)
    }
}

/// Paragraphs as drafts.
fn lines_of(
    paragraphs: Vec<Paragraph>,
    source: &Source<'_>,
    log: &mut ProblemLog,
) -> Result<Vec<Draft>, ReadError> {
    let document =
        Document { blocks: paragraphs.into_iter().map(Block::Paragraph).collect(), ..Document::default() };
    let lines = document.lines(source.roster, log)?;
    Ok(drafts_of(&lines, source, log))
}

/// noScribe shows times among the words too, `[00:01:00]`; the anchors have them all.
fn without_shown_times(paragraph: &Paragraph) -> Paragraph {
    let text = paragraph.text.as_str();
    let mut kept = Paragraph { text: String::with_capacity(text.len()), bold: 0, ..*paragraph };
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|open| at + open) {
        let close = text[open..].bytes().take("[000:00:00.000]".len()).position(|byte| byte == b']');
        let time = close.map(|close| &text[open..=open + close]);
        let is_time = |time: &&str| matches!(take_when(time), Some((_, "")));
        let next = if let Some(time) = time.filter(is_time) {
            kept.push(&text[at..open], at < paragraph.bold);
            let after = &text[open + time.len()..];
            let doubled = if kept.text.ends_with(' ') { after.len() - after.trim_start().len() } else { 0 };
            open + time.len() + doubled
        } else {
            kept.push(&text[at..=open], at < paragraph.bold);
            open + 1
        };
        at = next;
    }
    kept.push(&text[at..], at < paragraph.bold);
    kept
}

/// The text of a page, by paragraph.
#[derive(Debug, Default)]
struct Page {
    paragraphs: Vec<Paragraph>,
    open: Paragraph,
    /// Open elements with bold content.
    bold: usize,
    /// Open `<span>`s, each with whether it is bold and whether it shows a time.
    spans: Vec<(bool, bool)>,
    too_many: bool,
}

impl Page {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.push(text),
            Piece::Open(tag) => self.open(&tag),
            Piece::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        if is_block(tag.name) || tag.name == "br" {
            self.end_paragraph(tag.line);
        }
        let is_bold = |tag: &Tag<'_>| {
            tag.attribute("style").is_some_and(|style| {
                let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
                ["font-weight:bold", "font-weight:600", "font-weight:700"]
                    .iter()
                    .any(|bold| style.contains(bold))
            })
        };
        match tag.name {
            "b" | "strong" => self.bold += 1,
            "span" => {
                let bold = is_bold(tag);
                let time = tag.attribute("data-timestamp");
                if let Some(time) = &time {
                    self.see_timestamp(time);
                }
                self.bold += usize::from(bold);
                self.spans.push((bold, time.is_some()));
            }
            _ => {}
        }
        if let Some(name) = tag.attribute("name").filter(|_| tag.name == "a") {
            self.see_anchor(&name);
        }
        if let Some(start) = tag.attribute("data-m").and_then(|ms| ms.trim().parse::<u64>().ok()) {
            let length = tag.attribute("data-d").and_then(|ms| ms.trim().parse::<u64>().ok());
            self.see_stretch(start, start.saturating_add(length.unwrap_or(0)));
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "span" => {
                if let Some((true, _)) = self.spans.pop() {
                    self.bold = self.bold.saturating_sub(1);
                }
            }
            _ if is_block(name) => self.end_paragraph(0),
            _ => {}
        }
    }

    /// Blanks and line breaks of a page are one blank.
    fn push(&mut self, text: &str) {
        if self.spans.last().is_some_and(|(_, is_time)| *is_time) {
            return;
        }
        let mut words = String::with_capacity(text.len());
        let mut blank = self.open.text.is_empty() || self.open.text.ends_with(' ');
        for c in text.chars() {
            let is_blank = c.is_whitespace();
            if !(is_blank && blank) {
                words.push(if is_blank { ' ' } else { c });
            }
            blank = is_blank;
        }
        self.open.push(&words, self.bold > 0);
    }

    /// noScribe: `ts_12340_15660_S00`.
    fn see_anchor(&mut self, name: &str) {
        let mut parts = name.strip_prefix("ts_").unwrap_or_default().split('_').map(str::parse::<u64>);
        if let (Some(Ok(start)), Some(Ok(end))) = (parts.next(), parts.next())
            && start <= end
        {
            self.see_stretch(start, end);
        }
    }

    fn see_stretch(&mut self, start: u64, end: u64) {
        let When { start: first, end: last } = self.open.when;
        self.open.when = When { start: first.or(Some(start)), end: last.max(Some(end)) };
    }

    /// oTranscribe: seconds, in old files a clock. Only at the start of a paragraph is it the paragraph's time.
    fn see_timestamp(&mut self, time: &str) {
        let ms = time.trim().parse().ok().and_then(seconds_to_ms).or_else(|| clock(time));
        if self.open.text.trim().is_empty() {
            self.open.when.start = self.open.when.start.or(ms);
        }
    }

    fn end_paragraph(&mut self, line: u64) {
        let open = std::mem::take(&mut self.open);
        self.open.number = line;
        if self.paragraphs.len() >= MAX_BLOCKS {
            self.too_many = true;
        } else if open.text.trim().is_empty() {
            // A time alone in its paragraph belongs to the next one.
            self.open.when = open.when;
        } else {
            self.paragraphs.push(open);
        }
    }

    fn finish(mut self) -> Result<Vec<Paragraph>, ReadError> {
        self.end_paragraph(0);
        if self.too_many { Err(too_many_blocks()) } else { Ok(self.paragraphs) }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "tr"
            | "td"
            | "th"
            | "table"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "blockquote"
            | "body"
            | "hr"
    )
}

#[cfg(test)]
mod tests {
    use crate::read::{ReadPlan, read_file_bytes};

    fn shown(page: &str, name: &str) -> String {
        let reading = read_file_bytes(page.as_bytes(), name, &ReadPlan::default());
        let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
        let turns = turns
            .map(|turn| format!("{:?}..{:?} <{}> {}", turn.start_ms, turn.end_ms, turn.speaker, turn.text));
        let problems = reading.problems.iter().filter(|problem| !problem.source.starts_with('['));
        turns.chain(problems.map(ToString::to_string)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn pages_of_noscribe_have_times_in_their_anchors() {
        let page = "<!DOCTYPE HTML><html ><head ><meta charset=\"UTF-8\" /><style >p { a: b }</style></head><body ><div class=\"WordSection1\" >\
            <p style=\"font-weight: 600\" >interview</p><p ><span >Transcribed with noScribe vers. 0.6<br />Audio source: a.m4a</span></p><p ></p>\
            <p ><a name=\"ts_320_2500_S00\" >S00: <span style=\"color: #78909C\" >[00:00:00]</span> How long have you been here?</a></p>\
            <p ><a name=\"ts_2500_6000_S01\" >S01: Nine years &amp; a bit,</a><a name=\"ts_6000_9100_S01\" > <span style=\"color: #78909C\" >[00:00:06]</span> since the flood. (...)</a></p>\
            <p ><a name=\"ts_9100_9900_S00\" >S00: And now?</a></p></div></body></html>";
        insta::assert_snapshot!(shown(page, "a.html"), @r#"
        Some(320)..Some(2500) <S00> How long have you been here?
        Some(2500)..Some(9100) <S01> Nine years & a bit, since the flood. (...)
        Some(9100)..Some(9900) <S00> And now?
        note: a.html: 9 words above the first time left out
        "#);
    }

    #[test]
    fn pages_of_hyperaudio_have_times_in_their_words() {
        let page = "<article><section><p><span data-m=\"320\" data-d=\"0\" class=\"speaker\">[Mira] </span><span data-m=\"320\" data-d=\"80\">How </span><span data-m=\"400\" data-d=\"200\">was it?</span></p>\
            <p><span data-m=\"900\" data-d=\"0\" class=\"speaker\">[Ben] </span><span data-m=\"900\" data-d=\"300\">Cold.</span></p>\
            <p><span data-m=\"1500\" data-d=\"0\" class=\"speaker\">[Mira] </span><span data-m=\"1500\" data-d=\"300\">And then?</span></p>\
            <p><span data-m=\"2100\" data-d=\"0\" class=\"speaker\">[Ben] </span><span data-m=\"2100\" data-d=\"300\">Wet.</span></p></section></article>";
        insta::assert_snapshot!(shown(page, "a.htm"), @"
        Some(320)..Some(600) <Mira> How was it?
        Some(900)..Some(1200) <Ben> Cold.
        Some(1500)..Some(1800) <Mira> And then?
        Some(2100)..Some(2400) <Ben> Wet.
        ");
    }

    #[test]
    fn any_other_page_is_refused() {
        insta::assert_snapshot!(shown("<html><body><p>S00: Hello there</p><p>S01: Hi</p></body></html>", "a.html"), @"error: a.html: the file ends in .html but is a web page that is no transcript of noScribe or Hyperaudio (open it in a browser or in Word, and save the text as .docx or .txt with the speakers' names before what they say)");
    }
}
