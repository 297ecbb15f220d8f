//! Masks e-mail addresses, web addresses and telephone numbers where the plan asks for it.
//!
//! A number counts as a telephone number if it begins with + or 00, with a 0 and an area code, or has the American form. That excludes years,
//! dates, times, amounts and most ids; it also excludes local numbers without an area code.

use std::sync::LazyLock;

use linkify::{LinkFinder, LinkKind};
use regex::Regex;

/// A kind of text that is masked wherever it occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mask {
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// Web addresses.
    Web,
}

impl Mask {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Email, Self::Phone, Self::Web];

    /// The kind as a word: `email`, `phone` or `web`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Web => "web",
        }
    }

    /// The text that is shown instead.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Email => "[email]",
            Self::Phone => "[phone]",
            Self::Web => "[web]",
        }
    }

    /// The kind that is called `word`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mask| mask.as_str() == word)
    }
}

/// A row of digits in groups, in which [`phone_in`] looks for a telephone number.
#[expect(clippy::expect_used, reason = "the pattern is written here, and without it numbers would be shown")]
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    let group = r"(?:\+\s?)?\(?\+?\d{1,15}\)?";
    Regex::new(&format!(r"{group}(?:[\s\-./\u{{2010}}-\u{{2013}}]{{0,3}}{group}){{0,11}}"))
        .expect("the pattern of telephone numbers is one")
});

/// Positions of what is masked, from left to right, without overlaps.
pub(super) fn masked(text: &str, masks: &[Mask]) -> Vec<(usize, usize, Mask)> {
    let mut found: Vec<(usize, usize, Mask)> = Vec::new();
    if masks.contains(&Mask::Email) || masks.contains(&Mask::Web) {
        let mut finder = LinkFinder::new();
        finder.url_must_have_scheme(false);
        for link in finder.links(text) {
            let (mask, is_sure) = match link.kind() {
                LinkKind::Email => (Mask::Email, true),
                // Without a scheme only what is plainly an address: not `end.So`, which a missing blank makes.
                _ => (Mask::Web, is_address(link.as_str())),
            };
            if is_sure && masks.contains(&mask) {
                found.push((link.start(), link.end(), mask));
            }
        }
    }
    if masks.contains(&Mask::Phone) {
        let links = found.clone();
        for row in NUMBERS.find_iter(text) {
            for (start, end) in phones_in(text, row.start(), row.end()) {
                if links.iter().all(|(from, to, _)| end <= *from || start >= *to) {
                    found.push((start, end, Mask::Phone));
                }
            }
        }
        found.sort_unstable();
    }
    found
}

/// Endings of web addresses that hardly end a sentence.
const ENDINGS: &[&str] =
    &["com", "org", "net", "edu", "gov", "info", "io", "eu", "uk", "de", "il", "fr", "es", "ch", "at", "br"];

/// Whether something without `https://` is an address: `www.…`, a path behind it, or an ending that hardly stands for a word.
fn is_address(link: &str) -> bool {
    let lower = link.to_lowercase();
    if lower.contains("://") || lower.starts_with("www.") {
        return true;
    }
    let host = lower.split(['/', '?', '#', ':']).next().unwrap_or(&lower);
    let Some((name, ending)) = host.rsplit_once('.') else { return false };
    // `go.So we` has a capital behind the dot; a host hardly has.
    let written_small = link.get(..host.len()).is_some_and(|written| written == host);
    name.chars().count() > 1 && ENDINGS.contains(&ending) && (written_small || lower.contains('/'))
}

/// The telephone numbers in a row of digits: other numbers may stand right before or behind one.
fn phones_in(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let groups = groups_of(text, start, end);
    if is_amount(text, &groups) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while from < groups.len() {
        let number = (from..groups.len().min(from + 9)).rev().find_map(|last| {
            let (start, end) = (groups.get(from)?.0, groups.get(last)?.1);
            is_phone(text, start, end).then_some((start, end, last))
        });
        match number {
            Some((start, end, last)) => {
                found.push((start, end));
                from = last + 1;
            }
            None => from += 1,
        }
    }
    found
}

/// Positions of the groups of digits, each with the sign and brackets around it.
fn groups_of(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let mut opened: Option<usize> = None;
    let mut in_digits = false;
    for (at, c) in text.get(start..end).unwrap_or_default().char_indices() {
        let (at, behind) = (start + at, start + at + c.len_utf8());
        if c.is_numeric() {
            match groups.last_mut() {
                Some(last) if in_digits => last.1 = behind,
                _ => groups.push((opened.unwrap_or(at), behind)),
            }
            (in_digits, opened) = (true, None);
        } else {
            if c == ')'
                && in_digits
                && let Some(last) = groups.last_mut()
            {
                last.1 = behind;
            }
            in_digits = false;
            if matches!(c, '+' | '(') {
                opened = opened.or(Some(at));
            } else if !c.is_whitespace() {
                opened = None;
            }
        }
    }
    groups
}

/// Thousands with blanks or dots between them: `12 034 567`.
fn is_amount(text: &str, groups: &[(usize, usize)]) -> bool {
    let digits = |&(start, end): &(usize, usize)| text.get(start..end).unwrap_or_default();
    let mut all = groups.iter().map(digits);
    let first = all.next().unwrap_or_default();
    groups.len() > 1
        && first.len() <= 3
        && first.starts_with(|c: char| ('1'..='9').contains(&c))
        && all.all(|group| group.len() == 3)
}

/// Whether digits that stand like this are a telephone number.
fn is_phone(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(number), Some(after)) =
        (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return false;
    };
    // Part of a longer number, an amount, an id or a time.
    let touches = |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | '$' | '€' | '£' | '%' | '°' | ':');
    let mut behind = after.chars();
    let (next, then) = (behind.next(), behind.next());
    let goes_on = |c: char| matches!(c, '.' | ',' | '/' | '-');
    if before.ends_with(touches)
        || next.is_some_and(touches)
        || (next.is_some_and(goes_on) && then.is_some_and(char::is_numeric))
        || (before.ends_with(goes_on) && before.chars().rev().nth(1).is_some_and(char::is_numeric))
        || (number.contains('(') && !number.contains(')'))
    {
        return false;
    }
    let zero = |c: char| matches!(c, '0' | '٠' | '۰');
    let digits = number.chars().filter(|c| c.is_numeric()).count();
    let groups: Vec<&str> =
        number.split(|c: char| !c.is_numeric()).filter(|group| !group.is_empty()).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.chars().count()).collect();
    let Some(first) = groups.first() else { return false };
    if number.chars().skip(1).any(|c| c == '+') && !number.starts_with('(') {
        return false;
    }
    if number.trim_start_matches('(').starts_with('+') {
        return (8..=15).contains(&digits);
    }
    if first.starts_with("00") {
        return (10..=17).contains(&digits) && !first.starts_with("000");
    }
    if first.starts_with(zero) {
        // `01.02.2024` is a date, `0.53 2.291` are numbers.
        let is_date = matches!(lengths.as_slice(), [2, 2, 2 | 4, ..]) && !number.contains(' ')
            || matches!(lengths.as_slice(), [2, 2, 4, ..]);
        return (9..=12).contains(&digits) && lengths.first().is_some_and(|length| *length > 1) && !is_date;
    }
    // 212-555-0123, (212) 555-0123
    lengths == [3, 3, 4] && (number.contains('-') || number.contains('(') || number.matches('.').count() == 2)
}
