//! Marks within the words of captions: tags, and letters by name or number.

/// Maximum bytes of a tag; longer ones are text.
const MAX_TAG: usize = 300;
/// Maximum length of a character reference, apart from `&CounterClockwise…;`.
const MAX_REFERENCE: usize = 12;

/// The end of a tag that opens `text`, in bytes.
pub(crate) fn tag_end(text: &str, close: u8) -> Option<usize> {
    text.bytes().take(MAX_TAG).position(|byte| byte == close)
}

/// The text without the tags for whose contents, `c.yellow` or `/i`, `is_tag` is true; anything else in angle brackets is text,
/// such as `<laughs>`.
pub(crate) fn without_tags(text: &str, is_tag: impl Fn(&str) -> bool) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(close) = tag_end(rest, b'>').filter(|close| is_tag(&rest[1..*close])) {
            rest = &rest[close + 1..];
        } else {
            plain.push('<');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// The text with character references replaced: `&amp;`, `&#39;`, `&#x27;`. Anything else stays.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(MAX_REFERENCE).position(|byte| byte == b';');
        if let Some((c, end)) = end.and_then(|end| Some((letter(&rest[1..end])?, end))) {
            plain.push(c);
            rest = &rest[end + 1..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

fn letter(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "lrm" => '\u{200E}',
        "rlm" => '\u{200F}',
        "shy" => '\u{AD}',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_letters_and_other_ampersands_stay() {
        assert_eq!(
            unescape("A &amp; B &#39;s &#x2013; &gt;&gt; &nbsp;|&other; &"),
            "A & B 's – >> \u{A0}|&other; &"
        );
        assert_eq!(unescape("&#0; &#x110000; &;"), "&#0; &#x110000; &;");
    }

    #[test]
    fn only_known_tags_are_taken_out() {
        let italic = |inside: &str| inside.trim_start_matches('/') == "i";
        assert_eq!(without_tags("<i>a</i> <laughs> 3 < 4", italic), "a <laughs> 3 < 4");
    }
}
