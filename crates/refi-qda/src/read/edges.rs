//! Whether a selection begins and ends with a word. Positions that are counted wrongly fall into the middle of words.

use crate::CharSpan;

/// How many of the two ends of a selection are at the edge of a word, and how many could be. Without a span it is none of two. In
/// scripts without blanks between words (Chinese, Thai) an end tells nothing and is not counted.
pub(super) fn met(letters: &[char], span: Option<CharSpan>) -> (usize, usize) {
    let Some(span) = span else { return (0, 2) };
    let at = |index: usize| letters.get(index).copied();
    let before = |index: usize| index.checked_sub(1).and_then(at);
    let start = is_at_edge(before(span.start), at(span.start), at(span.start));
    let end = is_at_edge(before(span.end), at(span.end), before(span.end));
    let ends = [start, end].into_iter().flatten();
    ends.fold((0, 0), |(met, all), is_met| (met + usize::from(is_met), all + 1))
}

/// Whether a word begins or ends between two characters; `inside` is the one within the selection. None where it cannot be told.
fn is_at_edge(before: Option<char>, after: Option<char>, inside: Option<char>) -> Option<bool> {
    let (Some(before), Some(after)) = (before, after) else {
        return inside.map(|inside| !inside.is_whitespace());
    };
    if is_in_word(before) && is_in_word(after) {
        return if has_no_blanks(before) || has_no_blanks(after) { None } else { Some(false) };
    }
    inside.map(|inside| !inside.is_whitespace())
}

/// Letters, digits, apostrophes and combining marks.
fn is_in_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '\'' | '’' | '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{900}'..='\u{DFF}')
}

/// Scripts without blanks between words.
fn has_no_blanks(letter: char) -> bool {
    matches!(letter,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, start: usize, end: usize) -> (usize, usize) {
        met(&text.chars().collect::<Vec<char>>(), Some(CharSpan { start, end }))
    }

    #[test]
    fn whole_words_meet_both_ends() {
        let text = "I don't, ne\u{301}e: 我很忙 ok.";
        assert_eq!(of(text, 2, 7), (2, 2), "don't");
        assert_eq!(of(text, 2, 5), (1, 2), "don");
        assert_eq!(of(text, 1, 7), (1, 2), "a blank before");
        assert_eq!(of(text, 2, 9), (1, 2), "a blank behind");
        assert_eq!(of(text, 9, 11), (1, 2), "a letter without its mark");
        assert_eq!(of(text, 16, 17), (0, 0), "Chinese does not say");
        assert_eq!(of(text, 0, text.chars().count()), (2, 2));
        assert_eq!(met(&['a'], None), (0, 2));
    }
}
