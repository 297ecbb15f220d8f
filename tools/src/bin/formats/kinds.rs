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
    // Paths, and codes for speakers (`PAR is …`), stand without marks.
    let words: Vec<&str> = kind.split(' ').collect();
    let names = |at: usize| {
        let is_code =
            words.get(at + 1) == Some(&"is") && words.get(at + 2).is_some_and(|after| after.starts_with('…'));
        is_code || words[at].contains("://")
    };
    let words: Vec<&str> = (0..words.len()).map(|at| if names(at) { "…" } else { words[at] }).collect();
    let mut kind = words.join(" ");
    for list in ["…, …", "… is …, … is …"] {
        let (first, _) = list.split_once(", ").unwrap_or((list, ""));
        while kind.contains(list) {
            kind = kind.replace(list, first);
        }
    }
    kind
}
