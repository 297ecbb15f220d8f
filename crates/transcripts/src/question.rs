//! Questions, by their marks in all scripts that have one: a question opens a topic, and says what the answer is about.

/// Latin, full width, Arabic, Greek, Armenian, Ethiopic.
pub const QUESTION_MARKS: [char; 6] = ['?', '？', '؟', '\u{37e}', '՞', '፧'];

/// Whether anything is asked in a text.
pub fn holds_question(text: &str) -> bool {
    text.contains(QUESTION_MARKS)
}

/// Whether a text ends in a question, give or take a few words.
pub fn ends_in_question(text: &str) -> bool {
    /// Characters of the end that are looked at.
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
