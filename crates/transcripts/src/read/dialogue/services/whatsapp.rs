//! Exported chats of `WhatsApp`: a date and a time before each message, in the form of the phone's language; the app's own lines
//! (encryption, calls, who joined, media left out) are no messages.

mod stamp;

use super::line_shape::{is_blank, is_empty};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::times::When;
use stamp::{Stamp, moments, stamp_of};

/// Maximum length of a sender's name or number, in characters.
const MAX_NAME: usize = 70;
/// Maximum words of a placeholder for what was sent and is not in the text.
const MAX_PLACEHOLDER_WORDS: usize = 7;

/// A chat of `WhatsApp`.
pub(super) struct WhatsApp;

/// Placeholders for media and deleted messages, in lower case.
const PLACEHOLDERS: &[&str] = &[
    "media omitted",
    "image omitted",
    "video omitted",
    "audio omitted",
    "sticker omitted",
    "gif omitted",
    "document omitted",
    "contact card omitted",
    "video note omitted",
    "this message was deleted",
    "you deleted this message",
    "missed voice call",
    "missed video call",
    "waiting for this message",
    "null",
    "medien ausgeschlossen",
    "bild weggelassen",
    "video weggelassen",
    "audio weggelassen",
    "sticker weggelassen",
    "gif weggelassen",
    "dokument weggelassen",
    "kontaktkarte ausgelassen",
    "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht",
    "verpasster sprachanruf",
    "verpasster videoanruf",
    "multimedia omitido",
    "archivo omitido",
    "imagen omitida",
    "video omitido",
    "audio omitido",
    "sticker omitido",
    "documento omitido",
    "se eliminó este mensaje",
    "eliminaste este mensaje",
    "llamada perdida",
    "videollamada perdida",
    "médias omis",
    "média omis",
    "fichier omis",
    "image absente",
    "vidéo absente",
    "audio omis",
    "sticker omis",
    "ce message a été supprimé",
    "vous avez supprimé ce message",
    "appel vocal manqué",
    "appel vidéo manqué",
    "mídia oculta",
    "arquivo de mídia oculto",
    "ficheiro não revelado",
    "imagem ocultada",
    "imagem omitida",
    "vídeo omitido",
    "áudio ocultado",
    "áudio omitido",
    "figurinha omitida",
    "mensagem apagada",
    "esta mensagem foi apagada",
    "media omessi",
    "immagine omessa",
    "video omesso",
    "audio omesso",
    "sticker omesso",
    "questo messaggio è stato eliminato",
    "hai eliminato questo messaggio",
    "media weggelaten",
    "afbeelding weggelaten",
    "video weggelaten",
    "audio weggelaten",
    "dit bericht is verwijderd",
    "u hebt dit bericht verwijderd",
    "pominięto multimedia",
    "usunięto tę wiadomość",
    "medya dahil edilmedi",
    "bu mesaj silindi",
    "без медиафайлов",
    "данное сообщение удалено",
    "<ניתן להשמיט מדיה>",
];

/// Parts of the sentence about encryption, in lower case.
const ENCRYPTION: &[&str] = &[
    "end-to-end",
    "ende-zu-ende",
    "extremo a extremo",
    "bout en bout",
    "ponta a ponta",
    "ponto a ponto",
    "uçtan uca",
    "сквозн",
    "端到端",
    "エンドツーエンド",
    "מקצה לקצה",
    "طرفية",
    "종단간",
];

impl ServiceForm for WhatsApp {
    fn name(&self) -> &'static str {
        "a chat of WhatsApp or Telegram"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        let stamps: Vec<Option<(Stamp, &str)>> =
            lines.iter().map(|line| stamp_of(&line.text).or_else(|| copied_head(&line.text))).collect();
        let found = stamps.iter().flatten().count();
        let messages = stamps.iter().flatten().filter(|(_, rest)| sender(rest).is_some()).count();
        let filled = lines.iter().filter(|line| !is_empty(line)).count();
        if messages < 2 || found * 4 < filled {
            return None;
        }
        let stamped: Vec<Stamp> = stamps.iter().flatten().map(|(stamp, _)| *stamp).collect();
        let mut moments = moments(&stamped).into_iter();
        let mut recognised = RecognisedText::default();
        let mut before_first = true;
        // Lines below a line of the app are the app's.
        let mut of_app = false;
        for (line, stamp) in lines.iter().zip(stamps) {
            let Some((_, rest)) = stamp else {
                if before_first {
                    recognised.unfit(line);
                } else if of_app {
                    recognised.leave_out(line);
                } else {
                    recognised.speech(line.number, without_edit_mark(&line.text));
                }
                continue;
            };
            before_first = false;
            let start = moments.next().flatten();
            match sender(rest) {
                Some((name, text)) if rest.ends_with(", ") || !is_of_app(text) => {
                    of_app = false;
                    recognised.speaker(line.number, name, When { start, end: None });
                    recognised.speech(line.number, without_edit_mark(text));
                }
                _ => {
                    of_app = true;
                    recognised.leave_out(line);
                }
            }
        }
        Some(recognised)
    }
}

/// The sender and the text of a message.
fn sender(rest: &str) -> Option<(&str, &str)> {
    // The head of a copied message ends where its text begins on the next line.
    if let Some(name) = rest.strip_suffix(", ") {
        return Some((name, ""));
    }
    let (name, text) = rest.split_once(": ").or_else(|| Some((rest.trim_end().strip_suffix(':')?, "")))?;
    let name = name.trim_matches(is_blank).trim_start_matches('~').trim_matches(is_blank);
    let is_name = !name.is_empty()
        && name.chars().count() <= MAX_NAME
        && !name.contains(['"', '“', '„', '«', '”', '\t']);
    is_name.then_some((name, text))
}

/// `Anna, [15.01.24 21:05]`, as Telegram writes it above a copied message.
fn copied_head(line: &str) -> Option<(Stamp, &str)> {
    let line = line.trim_matches(is_blank);
    let open = line.rfind('[').filter(|open| line[..*open].ends_with(", "))?;
    let (stamp, "") = stamp_of(&line[open..])? else { return None };
    Some((stamp, &line[..open]))
}

/// Whether a message's text is the app's own.
fn is_of_app(text: &str) -> bool {
    let marked = text.trim_start().starts_with('\u{200E}');
    let small = text.trim_matches(is_blank).to_lowercase();
    let bare = small.trim_matches(|c: char| matches!(c, '<' | '>' | '.' | '‎')).trim();
    let words = small.split_whitespace().count();
    let is_placeholder = |placeholder: &&str| {
        bare == *placeholder || bare.starts_with(*placeholder) && words <= MAX_PLACEHOLDER_WORDS
    };
    let in_angles = small.starts_with('<') && small.ends_with('>') && words <= MAX_PLACEHOLDER_WORDS;
    // `IMG-20240312-WA0001.jpg (file attached)`, in the phone's language.
    let attached = small.ends_with(')')
        && small.split_once(" (").is_some_and(|(file, _)| {
            !file.contains(' ')
                && file.rsplit_once('.').is_some_and(|(_, ending)| (2..=5).contains(&ending.len()))
        });
    small.is_empty()
        || in_angles
        || attached
        || PLACEHOLDERS.iter().any(is_placeholder)
        || marked && (words <= MAX_PLACEHOLDER_WORDS || ENCRYPTION.iter().any(|piece| small.contains(piece)))
}

/// The text without `<This message was edited>` after it.
fn without_edit_mark(text: &str) -> &str {
    let trimmed = text.trim_end_matches(is_blank);
    let Some(open) = trimmed.rfind('<').filter(|_| trimmed.ends_with('>')) else { return text };
    let before = trimmed[..open].trim_end();
    // The app writes a mark of direction before its own words.
    if before.ends_with('\u{200E}') || trimmed[open..].split_whitespace().count() >= 3 {
        before.trim_end_matches(is_blank)
    } else {
        text
    }
}
