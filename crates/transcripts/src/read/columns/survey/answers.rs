//! Tells questions with answers in people's own words from those with choices, by the answers.

use std::collections::BTreeSet;

use super::super::cell::Row;

/// Minimum mean words of an open answer.
const ANSWER_WORDS: f64 = 3.0;
/// With few respondents choices are not repeated, so answers must be longer, or be sentences.
const FEW: usize = 5;
const FEW_WORDS: f64 = 6.0;
const SENTENCE_WORDS: f64 = 4.0;
/// Share of distinct answers above which they are open.
const DIFFERENT: f64 = 0.5;

/// The columns with open answers, in words.
pub(in super::super) fn open_answers(rows: &[Row], columns: usize) -> Vec<usize> {
    (0..columns).filter(|column| are_open(rows, *column)).collect()
}

fn are_open(rows: &[Row], column: usize) -> bool {
    let (mut filled, mut words, mut sentences) = (0_usize, 0_usize, 0_usize);
    let mut different = BTreeSet::new();
    for row in rows {
        let text = row.text(column);
        if text.is_empty() || text.parse::<f64>().is_ok() {
            continue;
        }
        filled += 1;
        words += words_in(&text);
        sentences += usize::from(text.ends_with(['.', '!', '?', '…', '。', '।', '؟']));
        different.insert(text);
    }
    if filled == 0 {
        return false;
    }
    let least = match filled {
        FEW.. => ANSWER_WORDS,
        _ if sentences * 2 > filled => SENTENCE_WORDS,
        _ => FEW_WORDS,
    };
    words as f64 >= least * filled as f64 && different.len() as f64 > DIFFERENT * filled as f64
}

/// Words; in scripts without blanks two signs are about one.
fn words_in(text: &str) -> usize {
    let signs = text.chars().filter(|c| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{3040}'..='\u{9FFF}')).count();
    text.split_whitespace().count().max(signs / 2)
}
