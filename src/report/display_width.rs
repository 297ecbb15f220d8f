//! Widths of texts on a terminal, and cutting to a width.
//!
//! Widths are those of Unicode (UAX #11), grapheme by grapheme, so that a text is as wide as its parts. Terminals differ in the
//! rest, such as flags and ligatures.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that the text takes.
pub(super) fn display_width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text in at most `width` columns, with `…` at its end if it was cut.
pub(super) fn cut_to_width(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let mut cut = String::new();
    for grapheme in text.graphemes(true) {
        let Some(left) = room.checked_sub(grapheme.width()) else { break };
        room = left;
        cut.push_str(grapheme);
    }
    let mut cut = cut.trim_end().to_owned();
    if width > 0 {
        cut.push('…');
    }
    cut
}

/// The text in lines of at most `width` columns, all but the first indented by `indent`; a longer word has its own line.
pub(super) fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let begin = text.len() - text.trim_start_matches(' ').len();
    let mut lines = " ".repeat(begin);
    let mut column = begin;
    for word in text.split(' ').skip(begin) {
        let wide = display_width(word);
        if column > indent && column + 1 + wide > width {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > begin {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += wide;
    }
    lines
}

/// The text on one line, without control characters and marks of direction. Runs of white space become one space.
pub(super) fn one_line(text: &str) -> String {
    let is_obeyed =
        |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let plain: String =
        text.chars().filter(|&c| !is_obeyed(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn widths_are_those_of_a_terminal() {
        assert_eq!(display_width("workload"), 8);
        assert_eq!(display_width("שירותים"), 7);
        assert_eq!(display_width("e\u{301}"), 1);
        assert_eq!(display_width("工作量"), 6);
        assert_eq!(display_width("👩🏽‍💼"), 2);
    }

    #[test]
    fn a_cut_shows() {
        assert_eq!(cut_to_width("workload", 8), "workload");
        assert_eq!(cut_to_width("workload", 5), "work…");
        assert_eq!(cut_to_width("工作量", 4), "工…");
        assert_eq!(cut_to_width("workload", 0), "");
    }

    #[test]
    fn a_transcript_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[31m\r\nb\u{202e}c\t"), "a [31m bc");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text in ".{0,30}", width in 0_usize..20) {
            prop_assert!(display_width(&cut_to_width(&text, width)) <= width);
        }

        #[test]
        fn one_line_is_one_line(text in any::<String>()) {
            prop_assert!(!one_line(&text).chars().any(char::is_control));
        }
    }
}
