//! The form in which words are compared and embedded. It makes `work­load` with a soft hyphen, `Zoë` typed on a Mac and `ｗｏｒｋ` typed on a
//! Japanese keyboard equal to their ordinary spellings. Quotes keep the original text.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text in composed letters (NFC), without invisible characters, and with plain letters for full-width ones, ligatures and Arabic
/// presentation forms (NFKC of those alone: `½` and `²` stay). Upper and lower case stay.
///
/// ```
/// use transcripts::text::normal_form;
/// assert_eq!(normal_form("work\u{AD}load, ter\u{200B}rible"), "workload, terrible");
/// assert_eq!(normal_form("Zoe\u{308}"), "Zoë");
/// assert_eq!(normal_form("Ｗｏｒｋ ﬁrst, ½"), "Work first, ½");
/// ```
pub fn normal_form(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_settled) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut compatible = String::new();
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        if is_compatible(character) {
            compatible.push(character);
            continue;
        }
        take_plain(&mut compatible, &mut plain);
        plain.push(character);
    }
    take_plain(&mut compatible, &mut plain);
    Cow::Owned(plain.nfc().collect())
}

/// Moves the plain letters for some compatibility characters to the end of `plain`.
fn take_plain(compatible: &mut String, plain: &mut String) {
    if compatible.is_empty() {
        return;
    }
    plain.extend(compatible.nfkc());
    compatible.clear();
}

/// Characters that no normal form changes, in the scripts of most texts; for others it is worked out.
fn is_settled(character: char) -> bool {
    matches!(character,
        '\0'..='\u{AC}' | '\u{AE}'..='\u{2FF}' // Latin
        | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' // Cyrillic
        | '\u{5D0}'..='\u{5EA}' | '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' // Hebrew and Arabic letters
        | '\u{2010}'..='\u{2027}' // dashes, quotation marks, dots
        | '\u{3001}'..='\u{3020}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}' // Japanese
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') // Chinese and Korean
}

/// Whether a character shows nothing: soft hyphens, zero-width blanks and joiners, marks of direction, variation selectors, byte order
/// marks. A joiner within an emoji is one too, which does not matter where words are compared.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Ligatures, presentation forms, full-width and half-width forms.
fn is_compatible(character: char) -> bool {
    matches!(character, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF01}'..='\u{FFEE}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn composed_and_decomposed_letters_of_many_scripts_are_the_same() {
        for (one, other) in [
            ("é", "e\u{301}"),
            ("й", "и\u{306}"),
            ("が", "か\u{3099}"),
            ("한", "\u{1112}\u{1161}\u{11AB}"),
            ("ά", "α\u{301}"),
            ("ｶﾞ", "ガ"),
            ("ﻼ", "لا"),
            ("❤\u{FE0F}", "❤"),
        ] {
            assert_eq!(normal_form(one), normal_form(other), "{one}");
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_of_a_normal_form_is_itself(text in any::<String>()) {
            let once = normal_form(&text).into_owned();
            prop_assert_eq!(normal_form(&once), once.clone());
        }

        #[test]
        fn what_is_left_alone_would_not_have_been_changed(text in "[\\x20-\u{2FF}Ѐ-ԯא-תء-يぁ-ゖァ-ヾ一-鿿가-힣‐-‧]{0,12}") {
            prop_assume!(text.chars().all(is_settled));
            prop_assert_eq!(text.nfc().collect::<String>(), text);
        }
    }
}
