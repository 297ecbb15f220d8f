//! Questions, recognised by the question marks of all scripts that have one.

/// Question marks: Latin, full width, Arabic, Greek, Armenian, Ethiopic.
pub const QUESTION_MARKS: [char; 6] = ['?', '？', '؟', '\u{37e}', '՞', '፧'];

/// Whether a text contains a question mark.
pub fn holds_question(text: &str) -> bool {
    text.contains(QUESTION_MARKS)
}

/// Whether one of the last 80 characters of a text is a question mark.
pub fn ends_in_question(text: &str) -> bool {
    /// Characters at the end that are searched.
    const END: usize = 80;
    text.chars().rev().take(END).any(|character| QUESTION_MARKS.contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_known_by_their_marks() {
        assert!(ends_in_question("And how was that? I mean, at first.") && ends_in_question("هل تعمل هنا؟"));
        let long = format!("Why? {}", "Because. ".repeat(20));
        assert!(!ends_in_question(&long) && holds_question(&long));
        assert!(!holds_question("Why not."));
    }
}
