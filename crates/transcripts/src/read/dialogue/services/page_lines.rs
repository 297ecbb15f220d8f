//! Headers and footers of pages in exported text: `Boats project, interview 4 - Page 1 of 3`. Possible labels and speech stay, even if they
//! count up: interviews with numbered questions and groups that speak in turn do.

use std::collections::BTreeMap;

use super::super::Line;
use crate::read::speakers::label::{Style, candidate};
use crate::read::speakers::label_words::{is_answer, is_question, is_usual};
use crate::read::times::take_when;

/// Maximum length of such a line in bytes.
const MAX_PAGE_LINE: usize = 120;

/// Words for a page.
const PAGE: &[&str] = &[
    "page",
    "p",
    "pg",
    "seite",
    "s",
    "página",
    "pagina",
    "pág",
    "pag",
    "strona",
    "str",
    "sida",
    "side",
    "sivu",
    "sayfa",
    "oldal",
    "стр",
    "страница",
    "עמוד",
    "صفحة",
];

/// Lines of each page: the same words, with the page's number counting up.
pub(super) fn page_lines(lines: &[Line], filled: &[usize]) -> Vec<usize> {
    let mut by_shape: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
    for at in filled.iter().copied().filter(|at| lines[*at].label.is_none() && !lines[*at].is_speech) {
        let text = lines[at].text.trim();
        if text.len() > MAX_PAGE_LINE
            || !text.contains(|c: char| c.is_ascii_digit())
            || take_when(text).is_some()
            || names_a_speaker(text)
        {
            continue;
        }
        let Some((shape, page)) = page_shape(text) else { continue };
        by_shape.entry(shape).or_default().push((at, page));
    }
    let count_up = |pages: &[(usize, u32)]| {
        pages.len() > 1 && pages.windows(2).all(|pair| pair[0].1.checked_add(1) == Some(pair[1].1))
    };
    let pages = by_shape.into_iter().filter(|(shape, pages)| {
        // A line without a word for the page must be more frequent, and not look like speech.
        let says_page = shape.split_whitespace().any(|word| !word.contains('#') && is_page_word(word));
        count_up(pages)
            && !shape.ends_with(['?', '？', '؟'])
            && (says_page || pages.len() > 3 && pages[0].1 < 3 && is_running_title(shape))
    });
    pages.flat_map(|(_, pages)| pages.into_iter().map(|(at, _)| at)).collect()
}

/// A line with `#` for the possible page number: the one after the word for it, otherwise the last of the line.
fn page_shape(text: &str) -> Option<(String, u32)> {
    let small = text.to_lowercase();
    let words: Vec<&str> = small.split_whitespace().collect();
    let number = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let behind = words.iter().position(|word| is_page_word(word));
    let at = match behind {
        Some(page) if words.get(page + 1).and_then(|word| number(word)).is_some() => page + 1,
        _ => words.iter().rposition(|word| number(word).is_some())?,
    };
    let number_alone = words.get(at)?.trim_matches(|c: char| !c.is_ascii_digit());
    let page = number_alone.parse().ok()?;
    let mut shape: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let word = shape.get_mut(at)?;
    *word = word.replace(number_alone, "#");
    Some((shape.join(" "), page))
}

fn is_page_word(word: &str) -> bool {
    PAGE.contains(&word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str())
}

/// Whether a line is a speaker's label or begins with one that transcribers use: `Speaker 2`, `P 2: Yes.`. `p. 2` is a page.
fn names_a_speaker(text: &str) -> bool {
    if let Some(found) = candidate(text)
        && found.style == Style::Colon
    {
        return is_usual(found.label);
    }
    let is_short_form = text.starts_with(|c: char| c.is_lowercase()) || text.contains('.');
    is_usual(text) && !(is_short_form && text.split_whitespace().next().is_some_and(is_page_word))
}

/// Whether lines of this shape, without a word for pages, are more than a numbered word and no sentence: a title with the number at
/// an edge, a number alone, a numbered question.
fn is_running_title(shape: &str) -> bool {
    let words: Vec<&str> = shape
        .split_whitespace()
        .filter(|word| word.contains(|c: char| c == '#' || c.is_alphanumeric()))
        .collect();
    if let [name, "#"] = words.as_slice() {
        return is_question(name) || is_answer(name);
    }
    let is_at_edge = [words.first(), words.last()]
        .into_iter()
        .flatten()
        .any(|word| word.contains('#') && !word.contains(char::is_alphabetic));
    is_at_edge && !shape.contains([':', '：', '!', '！', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(lines: impl IntoIterator<Item = String>) -> usize {
        let lines: Vec<Line> = lines.into_iter().map(|text| Line { text, ..Line::default() }).collect();
        let filled: Vec<usize> = (0..lines.len()).collect();
        page_lines(&lines, &filled).len()
    }

    fn counted_up(before: &str, behind: &str) -> usize {
        left_out((1..6).map(|page| format!("{before}{page}{behind}")))
    }

    #[test]
    fn running_titles_and_numbers_of_pages_are_known() {
        for (before, behind) in [
            ("", ""),
            ("- ", " -"),
            ("Page ", " of 5"),
            ("p. ", ""),
            ("S. ", ""),
            ("Boats project: interview 4, Seite ", ""),
            ("Boats project  ", ""),
            ("", "   Boats project"),
            ("Frage ", ""),
        ] {
            assert_eq!(counted_up(before, behind), 5, "{before}#{behind}");
        }
    }

    #[test]
    fn what_counts_up_and_may_be_said_stays() {
        for (before, behind) in [
            ("Speaker ", ""),
            ("Teilnehmer ", ":"),
            ("P ", ": Yes."),
            ("Speaker ", ": Yes."),
            ("P ", ""),
            ("P. ", ": Yes."),
            ("Ana: And page ", "?"),
            ("Interviewer: And number ", "?"),
            ("Ana: And number ", ""),
            ("Interviewer: Please look at page ", ""),
            ("P: In week ", " I walked."),
            ("In week ", " I walked"),
            ("Learner ", ""),
            ("Interview ", ""),
            ("=== P0", " ==="),
            ("Transcript P", ""),
            ("И номер ", "?"),
        ] {
            assert_eq!(counted_up(before, behind), 0, "{before}#{behind}");
        }
    }
}
