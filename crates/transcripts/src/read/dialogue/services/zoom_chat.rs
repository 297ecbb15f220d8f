//! The saved chat of a Zoom meeting: time, `From`, sender, `to`, recipient, in the language of the program. Reactions and lines that
//! repeat what is answered are Zoom's own.

use super::line_shape::{is_blank, is_empty};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::times::{When, clock, take_clock};

/// Maximum length of a name, in characters.
const MAX_NAME: usize = 63;

/// Messages of Zoom's chat.
pub(super) struct ZoomChat;

/// `From … to …`, in lower case.
const FROM_TO: &[(&str, &str)] = &[
    ("from", "to"),
    ("von", "an"),
    ("de", "à"),
    ("de", "a"),
    ("de", "para"),
    ("da", "a"),
    ("van", "aan"),
    ("från", "till"),
    ("fra", "til"),
    ("od", "do"),
    ("от", "для"),
    ("от", "до"),
];

impl ServiceForm for ZoomChat {
    fn name(&self) -> &'static str {
        "a chat of Zoom"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        let messages: Vec<Option<(u64, &str, &str)>> = lines.iter().map(|line| message(&line.text)).collect();
        let found = messages.iter().flatten().count();
        let filled = lines.iter().filter(|line| !is_empty(line)).count();
        if found < 2 || found * 5 < filled {
            return None;
        }
        let mut recognised = RecognisedText::default();
        let mut started = false;
        // The sender, until there is text: a reaction alone begins no turn.
        let mut sender = None;
        for (line, message) in lines.iter().zip(messages) {
            let text = match message {
                Some((start, name, text)) => {
                    started = true;
                    sender = Some((line.number, name, When { start: Some(start), end: None }));
                    text
                }
                None if !started => {
                    recognised.unfit(line);
                    continue;
                }
                None => line.text.trim(),
            };
            if is_reaction(text) || is_answered(text) {
                recognised.own.add(line.number);
            } else if !text.is_empty() {
                if let Some((number, name, when)) = sender.take() {
                    recognised.speaker(number, name, when);
                }
                recognised.speech(line.number, text);
            }
        }
        Some(recognised)
    }
}

/// `10:01:02 From Anna to Everyone: yes` or `10:01:02<TAB>Anna:<TAB>yes`: the time, the sender and the text.
fn message(line: &str) -> Option<(u64, &str, &str)> {
    tabbed(line).or_else(|| addressed(line))
}

fn tabbed(line: &str) -> Option<(u64, &str, &str)> {
    let mut cells = line.splitn(3, '\t');
    let (start, name, text) = (clock(cells.next()?)?, cells.next()?, cells.next()?);
    let name = name.trim_matches(is_blank).strip_suffix(':')?.trim_matches(is_blank);
    (!name.is_empty() && name.chars().count() <= MAX_NAME).then_some((start, name, text))
}

fn addressed(line: &str) -> Option<(u64, &str, &str)> {
    let (start, rest) = take_clock(line.trim_matches(is_blank))?;
    let rest = rest.trim_matches(is_blank);
    let colon = rest.find([':', '：'])?;
    let (head, text) = rest.split_at(colon);
    FROM_TO.iter().find_map(|(from, to)| {
        let word = head.get(..from.len())?;
        let named = head.get(from.len()..)?;
        if word.to_lowercase() != *from || !named.starts_with(is_blank) {
            return None;
        }
        let mut words = named.match_indices(is_blank).map(|(at, _)| at);
        let end = words.find(|at| {
            let after = named[*at..].trim_start_matches(is_blank);
            let small = after.to_lowercase();
            small.starts_with(to)
                && small[to.len()..].starts_with(is_blank)
                && !named[..*at].trim_matches(is_blank).is_empty()
        })?;
        Some((
            start,
            named[..end].trim_matches(is_blank),
            text.trim_start_matches([':', '：']).trim_matches(is_blank),
        ))
    })
}

fn is_reaction(text: &str) -> bool {
    let quotes = text.contains(['"', '“', '”']);
    let small = text.to_lowercase();
    quotes
        && (small.starts_with("reacted to ")
            || small.starts_with("removed a ") && small.contains(" reaction from ")
            || small.starts_with("hat auf ") && small.contains(" reagiert"))
}

/// `Replying to "…"` repeats words of another message.
fn is_answered(text: &str) -> bool {
    let small = text.to_lowercase();
    [
        "replying to \"",
        "replying to “",
        "antwort auf \"",
        "antwort auf „",
        "en réponse à «",
        "en réponse à \"",
        "respondiendo a \"",
    ]
    .iter()
    .any(|start| small.starts_with(start))
}
