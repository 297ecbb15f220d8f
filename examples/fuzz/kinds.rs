//! The kind of a problem: its message without what is quoted in it and with `0` for every number, so that problems of one kind can
//! be counted and no text or name gets into a count.

/// `column `age` was read 3 times` becomes `column … was read 0 times`.
pub(crate) fn kind_of(message: &str) -> String {
    let mut kind = String::new();
    let mut letters = message.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let closing = match letter {
            '`' => Some('`'),
            '"' => Some('"'),
            '“' => Some('”'),
            '\'' if !before.is_alphanumeric() => Some('\''),
            _ => None,
        };
        if let Some(closing) = closing {
            kind.push('…');
            while let Some(inner) = letters.next() {
                // What Rust's own quoting escapes.
                if inner == '\\' && closing == '"' {
                    letters.next();
                } else if inner == closing {
                    break;
                }
            }
        } else if letter.is_numeric() {
            kind.push('0');
            while letters.next_if(|next| next.is_numeric() || matches!(next, '.' | ':')).is_some() {}
        } else {
            kind.push(letter);
        }
        before = letter;
    }
    while kind.contains("…, …") {
        kind = kind.replace("…, …", "…");
    }
    kind
}
