//! Makes spoken words of a CHAT main line.
//!
//! Stays: every word, also one that is taken back or repeated (`<I want> [/] I want` → I want I want), fillers, fragments and
//! nonwords (`&-uh` → uh, `&+fr` → fr, `&~gaga` → gaga), letters left out in speech (`(be)cause` → because), `xxx`, `yyy` and `www`
//! (not understood, only heard, not transcribed), punctuation. Events come in brackets: `&=laughs` → (laughs), `[=! whispers]` →
//! (whispers), and so does what somebody else throws in: `&*MOT:mhm` → (mhm).
//!
//! Goes: marks for retracing, overlap, errors, stress, doubt and replacement, such as `[//]`, `[>]`, `[*]`, `[: because]`, `[+ exc]`,
//! with what stands in them; pauses `(.)`, `(1.5)`, `#`; omitted words `0is` and the `0` of a turn without words; endings such as `@s:spa`; linkers `+<`, `++`, `+"`;
//! signs of conversation analysis. `+...` becomes …, an interruption `+/.` becomes –, a compound `ice+cream` and a phrase
//! `New_York` two words.

/// The words of a main line without media bullets.
pub(super) fn spoken(line: &str) -> String {
    let mut words = Words::default();
    let mut rest = line;
    // The next closing bracket, so that unclosed brackets do not make a long line slow.
    let mut close = line.find(']');
    loop {
        rest = rest.trim_start_matches(char::is_whitespace);
        let at = line.len() - rest.len();
        if close.is_some_and(|close| close < at) {
            close = rest.find(']').map(|close| close + at);
        }
        let Some(first) = rest.chars().next() else { return words.text };
        let (token, after) = match first {
            '[' => match close.map(|close| close - at) {
                Some(close) => {
                    words.code(&rest[1..close]);
                    rest = &rest[close + 1..];
                    continue;
                }
                None => (&rest[..0], &rest[1..]),
            },
            '<' | '>' => (&rest[..0], &rest[first.len_utf8()..]),
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '['))
                    .unwrap_or(rest.len());
                rest.split_at(end)
            }
        };
        words.token(token);
        rest = after;
    }
}

/// Marks within words: letters left out in speech, stress, blocking, and the signs of conversation analysis.
const MARKS: &str = "()^#≠ˈˌ⌈⌉⌊⌋∆∇°▁▔☺♋⁇∬Ϋ∲§∾↻⤆⤇∙Ἡ↑↓⇗↗→↘⇘∞≈≋≡⁎";

#[derive(Default)]
struct Words {
    text: String,
}

impl Words {
    /// Text in square brackets: only events are kept.
    fn code(&mut self, code: &str) {
        if let Some(event) = code.strip_prefix("=!") {
            self.event(event);
        }
    }

    fn event(&mut self, event: &str) {
        let event = event.replace(['_', ':'], " ");
        let event: Vec<&str> = event.split_whitespace().collect();
        if !event.is_empty() {
            self.push(&format!("({})", event.join(" ")));
        }
    }

    fn push(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// Adds punctuation to the word before it.
    fn close_up(&mut self, mark: &str) {
        self.text.push_str(mark);
    }

    fn token(&mut self, token: &str) {
        if token.is_empty() {
            return;
        }
        if let Some(mark) = terminator(token) {
            return self.close_up(mark);
        }
        if is_pause(token) || token.starts_with('#') && !token.chars().any(char::is_alphabetic) {
            return;
        }
        if token.starts_with('+') && !token.chars().any(char::is_alphanumeric) {
            // Linkers: relation to the utterance before.
            return;
        }
        if let Some(event) = token.strip_prefix("&=") {
            return self.event(event);
        }
        if let Some(other) = token.strip_prefix("&*") {
            let words = other.split_once(':').map_or(other, |(_, words)| words);
            return self.event(words);
        }
        if token.starts_with('0') && (token.len() == 1 || token[1..].starts_with(char::is_alphabetic)) {
            return;
        }
        let word = token.strip_prefix('&').map_or(token, |word| word.trim_start_matches(['-', '+', '~']));
        let word = bare(word);
        if word.chars().all(|c| matches!(c, ',' | ';' | ':' | '.' | '?' | '!')) {
            return self.close_up(&word);
        }
        self.push(&word);
    }
}

/// Terminators of utterances.
fn terminator(token: &str) -> Option<&'static str> {
    Some(match token {
        "+..." => "…",
        "+..?" => "…?",
        "+/." | "+//." => " –",
        "+/?" | "+//?" => " –?",
        "+!?" => "?!",
        "+." | "+\"." | "+\"/." => ".",
        "„" | "‡" => ",",
        _ => return None,
    })
}

/// `(.)`, `(..)`, `(1.5)`, `(2:03.5)`.
fn is_pause(token: &str) -> bool {
    let inside = token.strip_prefix('(').and_then(|token| token.strip_suffix(')'));
    inside.is_some_and(|inside| {
        !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':'))
    })
}

/// A word without the marks that CHAT writes into words.
fn bare(token: &str) -> String {
    let token = without_ending(token);
    let mut word = String::with_capacity(token.len());
    let mut characters = token.chars().peekable();
    let mut repeats = false;
    while let Some(c) = characters.next() {
        match c {
            // The text between two of these is a stammer.
            '↫' => repeats = !repeats,
            _ if repeats => {}
            // A lengthened sound.
            ':' if word.ends_with(char::is_alphabetic) => {}
            '_' => word.push(' '),
            '+' if word.ends_with(char::is_alphabetic)
                && characters.peek().is_some_and(|c| c.is_alphabetic()) =>
            {
                word.push(' ');
            }
            c if MARKS.contains(c) || c.is_control() => {}
            c => word.push(c),
        }
    }
    word
}

/// `tienda@s:spa`, `d@u`, `woof@o`: the suffix is the type of the word.
fn without_ending(token: &str) -> &str {
    match token.split_once('@') {
        Some((word, kind))
            if !word.is_empty() && kind.starts_with(char::is_lowercase) && !kind.contains('.') =>
        {
            word
        }
        _ => token,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_marks_go() {
        let lines = [
            "<I want> [/] I want &-uh more beans .",
            "he went <to the> [//] to the &+pa park +...",
            "[- spa] la señora@s:spa (be)cause [: because] xxx , right ?",
            "+< well (.) (1.5) I &=laughs told [=! whispers] her [+ exc] .",
            "0is it ice+cream in New_York no: [*] ?",
            "+\" mm-hmm &*MOT:oh_yes that's # it +/.",
            "tell [>1] <them all> [<] „ please „",
            "&=imit:dog 0 .",
            "0 .",
            "a [ b > c < at 10:30 3,000",
            "<unclosed [and so",
        ];
        let all: Vec<String> = lines.iter().map(|line| spoken(line)).collect();
        insta::assert_snapshot!(all.join("\n"), @r#"
        I want I want uh more beans.
        he went to the to the pa park…
        la señora because xxx, right?
        well I (laughs) told (whispers) her.
        it ice cream in New York no?
        mm-hmm (oh yes) that's it –
        tell them all, please,
        (imit dog).
        .
        a b c at 10:30 3,000
        unclosed and so
        "#);
    }
}
