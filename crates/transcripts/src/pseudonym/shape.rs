//! The case of a replacement: capitals throughout where the name was in capitals, small letters where it was in small letters.

/// The replacement as it should be written for a name that was found as `original` and is listed as `name`.
///
/// A replacement with digits or brackets, such as `P07` or `[a town]`, is a code and not a name, and stays as it is.
pub(super) fn in_the_case_of(original: &str, name: &str, replacement: &str) -> String {
    let is_code = replacement
        .contains(|c: char| c.is_numeric() || matches!(c, '[' | ']' | '(' | ')' | '<' | '>' | '_'));
    if is_code {
        return replacement.to_owned();
    }
    if is_capitals(original) && original.chars().filter(|c| c.is_uppercase()).count() > 1 {
        return replacement.to_uppercase();
    }
    if is_small(original) && !is_small(name) {
        return replacement.to_lowercase();
    }
    let begins_large = original.chars().next().is_some_and(char::is_uppercase);
    if begins_large && (is_small(name) || is_capitals(name)) {
        return words_begin_large(replacement);
    }
    replacement.to_owned()
}

fn words_begin_large(text: &str) -> String {
    let mut before = ' ';
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if before.is_alphabetic() {
            shown.extend(c.to_lowercase());
        } else {
            shown.extend(c.to_uppercase());
        }
        before = c;
    }
    shown
}

fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Whether a text has letters with case, and all of them are small.
pub(super) fn is_small(text: &str) -> bool {
    text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::in_the_case_of;

    #[test]
    fn the_case_of_the_name_is_kept() {
        for (original, name, replacement, shown) in [
            ("Anna", "Anna", "Ruth", "Ruth"),
            ("ANNA", "Anna", "Ruth", "RUTH"),
            ("anna", "Anna", "Ruth", "ruth"),
            ("Anna", "anna", "ruth", "Ruth"),
            ("Anna", "ANNA", "RUTH", "Ruth"),
            ("ANNA MARIA", "Anna Maria", "Ruth", "RUTH"),
            ("anna", "Anna", "P07", "P07"),
            ("HAMBURG", "Hamburg", "[a town]", "[a town]"),
            ("A", "A", "Ruth", "Ruth"),
            ("אנה", "אנה", "רות", "רות"),
        ] {
            assert_eq!(in_the_case_of(original, name, replacement), shown, "{original} listed as {name}");
        }
    }
}
