//! Counts words the same way for every script.

use unicode_segmentation::UnicodeSegmentation;

/// Words of a text by Unicode segmentation (UAX #29), so that Chinese counts too.
///
/// Every run of characters between spaces counts at least once, so that no count is below that of a spreadsheet or word processor.
///
/// ```
/// use emic::segment::count_words;
/// assert_eq!(count_words("I have sixty families, you know."), 6);
/// assert_eq!(count_words("我没有时间"), 5);
/// assert_eq!(count_words("well — no"), 3);
/// ```
pub fn count_words(text: &str) -> u32 {
    text.split_whitespace().map(|token| token.unicode_words().count().max(1) as u32).sum()
}
