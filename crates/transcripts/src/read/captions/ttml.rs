//! TTML and DFXP, the captions of television: paragraphs with times, whose speakers are `ttm:agent`s or else found as in any captions.

use std::collections::BTreeMap;

use super::draft_of_captions;
use super::speakers::{Caption, ShownLine};
use crate::codes;
use crate::read::annotated::xml::{Attributes, Piece, root_of, walk};
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;
use crate::read::times::{clock, seconds_to_ms};

/// The name of TTML's first element.
pub(crate) const ROOT: &str = "tt";

/// Reads `.ttml` and `.dfxp`.
#[derive(Debug)]
pub(crate) struct Ttml;

impl Reader for Ttml {
    fn name(&self) -> &'static str {
        "ttml"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ttml", "dfxp"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        if root_of(source.bytes, &mut ProblemLog::new("")).as_deref() != Some(ROOT) {
            return Err(ReadError::WrongContent {
                ending: source.ending.to_owned(),
                found: "no TTML captions",
                hint: "give it the ending that it had, or save the captions as .vtt or .srt",
            });
        }
        let mut page = Page::default();
        let walked = walk(source.bytes, log, |piece| page.take(piece));
        page.end_caption();
        if let Err(error) = walked {
            if page.captions.is_empty() || matches!(error, ReadError::TooMany { .. }) {
                return Err(error);
            }
            log.error(
                codes::FILE_DAMAGED,
                None,
                format!("{error}; what comes after that place was not read"),
                error.hint(),
            );
        }
        let Page { captions, names, unread_times, .. } = page;
        if unread_times > 0 {
            log.warning(
                codes::TIME_LEFT_OUT,
                None,
                "some captions have times that were not understood",
                "their words were kept without them",
            );
        }
        let named = |voice: Option<String>| {
            voice.map(|agents| {
                let names =
                    agents.split_whitespace().map(|agent| names.get(agent).map_or(agent, String::as_str));
                names.collect::<Vec<_>>().join(" / ")
            })
        };
        let captions = captions.into_iter().map(|caption| Caption {
            lines: caption
                .lines
                .into_iter()
                .map(|line| ShownLine { voice: named(line.voice), ..line })
                .collect(),
            ..caption
        });
        Ok(vec![draft_of_captions(captions.collect(), source.roster, log)])
    }
}

/// The state of the reader.
#[derive(Debug, Default)]
struct Page {
    rates: Rates,
    /// The start and the speaker of each open element.
    open: Vec<(u64, Option<String>)>,
    captions: Vec<Caption>,
    /// The open caption, and the depth of its paragraph.
    caption: Option<(Caption, usize)>,
    line: String,
    names: BTreeMap<String, String>,
    /// The agent whose name is read.
    agent: Option<String>,
    in_name: bool,
    in_head: bool,
    unread_times: usize,
}

/// Durations of frames and ticks.
#[derive(Debug, Clone, Copy)]
struct Rates {
    frames: f64,
    ticks: f64,
}

impl Default for Rates {
    fn default() -> Self {
        Self { frames: 30.0, ticks: 1.0 }
    }
}

impl Page {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(name, attributes) => self.open(name, attributes),
            Piece::Close(name) => self.close(name),
            Piece::Text(text) if self.in_name => {
                if let Some(agent) = &self.agent {
                    self.names.entry(agent.clone()).or_default().push_str(text.trim());
                }
            }
            Piece::Text(text) if self.caption.is_some() => {
                for word in text.split_inclusive(char::is_whitespace) {
                    let blank = word.trim().is_empty();
                    if !(blank && (self.line.is_empty() || self.line.ends_with(' '))) {
                        self.line.push_str(word.trim_end());
                        if word.ends_with(char::is_whitespace) {
                            self.line.push(' ');
                        }
                    }
                }
            }
            Piece::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        let number = |key: &str| {
            attributes.get(key).and_then(|value| value.trim().parse::<f64>().ok()).filter(|rate| *rate > 0.0)
        };
        let (begun, spoken) = self.open.last().cloned().unwrap_or_default();
        let begins = attributes.get("begin").map(|time| self.rates.ms(&time));
        if begins == Some(None) {
            self.unread_times += 1;
        }
        // Times count from the start of the element around them.
        let start = begun.saturating_add(begins.flatten().unwrap_or(0));
        let agent = attributes.get("agent").filter(|agent| !agent.trim().is_empty());
        match name {
            ROOT => {
                self.rates.frames = number("frameRate").unwrap_or(self.rates.frames);
                self.rates.ticks = number("tickRate").unwrap_or(self.rates.ticks);
            }
            "head" => self.in_head = true,
            "agent" => self.agent = attributes.get("id"),
            "name" => self.in_name = self.agent.is_some(),
            "br" => self.end_line(),
            "p" if !self.in_head => {
                self.end_caption();
                let end = attributes
                    .get("end")
                    .and_then(|time| self.rates.ms(&time))
                    .map(|end| begun.saturating_add(end));
                let lasting = attributes
                    .get("dur")
                    .and_then(|time| self.rates.ms(&time))
                    .map(|ms| start.saturating_add(ms));
                let start_ms = begins.flatten().map(|_| start).or((begun > 0).then_some(begun));
                let caption = Caption {
                    line: self.captions.len() as u64 + 1,
                    start_ms,
                    end_ms: end.or(lasting),
                    lines: Vec::new(),
                };
                self.caption = Some((caption, self.open.len()));
            }
            "span" if agent.is_some() && agent != spoken => self.end_line(),
            _ => {}
        }
        if let Some((caption, _)) = &mut self.caption
            && name == "span"
            && let Some(begins) = begins.flatten()
        {
            // Some programs give times to the words alone.
            caption.start_ms = caption.start_ms.or(Some(begun.saturating_add(begins)));
            let end = attributes
                .get("end")
                .and_then(|time| self.rates.ms(&time))
                .map(|end| begun.saturating_add(end));
            caption.end_ms = caption.end_ms.max(end);
        }
        self.open.push((start, agent.or(spoken)));
    }

    fn close(&mut self, name: &str) {
        match name {
            "head" => self.in_head = false,
            "agent" => self.agent = None,
            "name" => self.in_name = false,
            "p" => self.end_caption(),
            "span" if self.open.len() > 1 => {
                let around = self.open.get(self.open.len() - 2).and_then(|(_, spoken)| spoken.clone());
                if self.open.last().is_some_and(|(_, spoken)| *spoken != around) {
                    self.end_line();
                }
            }
            _ => {}
        }
        self.open.pop();
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.line);
        let voice = self.open.last().and_then(|(_, spoken)| spoken.clone());
        if let Some((caption, _)) = &mut self.caption
            && !text.trim().is_empty()
        {
            caption.lines.push(ShownLine { voice, text: text.trim().to_owned() });
        }
    }

    fn end_caption(&mut self) {
        self.end_line();
        self.captions.extend(self.caption.take().map(|(caption, _)| caption));
    }
}

impl Rates {
    /// `00:00:01.5`, `00:00:01:12` (frames), `1.5s`, `1500ms`, `2m`, `1h`, `15000000t`, `36f`.
    fn ms(self, time: &str) -> Option<u64> {
        let time = time.trim();
        let counted = |unit: &str| time.strip_suffix(unit).and_then(|number| number.parse::<f64>().ok());
        if let Some(number) = counted("ms") {
            return seconds_to_ms(number / 1e3);
        }
        let units =
            [("h", 3600.0), ("m", 60.0), ("s", 1.0), ("f", 1.0 / self.frames), ("t", 1.0 / self.ticks)];
        if let Some((number, seconds)) =
            units.iter().find_map(|(unit, seconds)| Some((counted(unit)?, seconds)))
        {
            return seconds_to_ms(number * seconds);
        }
        if time.matches(':').count() == 3 {
            let (clock_part, frames) = time.rsplit_once(':')?;
            let frames: f64 = frames.parse().ok()?;
            return clock(clock_part)?.checked_add(seconds_to_ms(frames / self.frames)?);
        }
        clock(time).or_else(|| seconds_to_ms(time.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{ReadPlan, read_file_bytes};

    fn shown(name: &str, file: &str) -> String {
        let reading = read_file_bytes(file.as_bytes(), name, &ReadPlan::default());
        let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
        let turns = turns
            .map(|turn| format!("{:?}..{:?} <{}> {}", turn.start_ms, turn.end_ms, turn.speaker, turn.text));
        let problems = reading.problems.iter().filter(|problem| !problem.source.starts_with('['));
        turns.chain(problems.map(ToString::to_string)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn agents_are_speakers_and_times_come_in_every_writing() {
        let file = r#"<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="10000000">
  <head><metadata><ttm:agent xml:id="p1" type="person"><ttm:name type="full">Mira Holt</ttm:name></ttm:agent></metadata></head>
  <body><div begin="10s">
    <p begin="00:00:01.000" end="00:00:02:05" ttm:agent="p1">How was<br/>the first year?</p>
    <p begin="30000000t" dur="1500ms" ttm:agent="p2">Cold <span tts:fontStyle="italic">and</span> wet &amp; long.</p>
    <p begin="5s" end="6s"><span ttm:agent="p1">And now?</span><br/><span ttm:agent="p2">Better.</span></p>
  </div></body></tt>"#;
        insta::assert_snapshot!(shown("a.ttml", file), @"
        Some(11000)..Some(12200) <Mira Holt> How was the first year?
        Some(13000)..Some(14500) <p2> Cold and wet & long.
        Some(15000)..Some(16000) <Mira Holt> And now?
        Some(15000)..Some(16000) <p2> Better.
        ");
    }

    #[test]
    fn captions_in_xml_are_read_as_captions() {
        let file = r#"<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="00:00:01.000" end="00:00:04.000">MIRA: How was it?</p><p begin="00:00:04.000" end="00:00:05.000">BEN: Cold.</p></div></body></tt>"#;
        insta::assert_snapshot!(shown("a.xml", file), @"
        Some(1000)..Some(4000) <MIRA> How was it?
        Some(4000)..Some(5000) <BEN> Cold.
        note: a.xml: the file holds TTML captions and was read as .ttml
        ");
        insta::assert_snapshot!(shown("a.ttml", "<html/>"), @"error: a.ttml: the file ends in .ttml but is no TTML captions (give it the ending that it had, or save the captions as .vtt or .srt)");
    }
}
