//! Times as transcripts write them: `0:04`, `[00:01:02]`, `(1:02:03.5)`, `#00:01:02-3#`, seconds.

/// A point or a stretch of time, in milliseconds from the start of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct When {
    /// Where it starts.
    pub(super) start: Option<u64>,
    /// Where it ends, when a stretch is given.
    pub(super) end: Option<u64>,
}

/// Reads a clock time at the start of `text`: hours optional, fraction after a dot or comma. Gives milliseconds
/// and the rest of the text.
pub(super) fn take_clock(text: &str) -> Option<(u64, &str)> {
    take_parts(text, ':')
}

/// A text that is a clock time and nothing else.
pub(super) fn clock(text: &str) -> Option<u64> {
    match take_clock(text.trim()) {
        Some((ms, "")) => Some(ms),
        _ => None,
    }
}

/// A cell that holds a time: a clock time, with or without brackets, or seconds.
pub(super) fn moment(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    clock(cell).or_else(|| seconds(cell)).or_else(|| match take_when(cell) {
        Some((When { start: Some(start), .. }, "")) => Some(start),
        _ => None,
    })
}

/// Seconds as a decimal number, up to a year.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text.chars().all(|c| c.is_ascii_digit() || c == '.')
    {
        return None;
    }
    seconds_to_ms(text.parse().ok()?)
}

/// Whole milliseconds from seconds; none for negative, endless or absurd numbers.
pub(super) fn seconds_to_ms(seconds: f64) -> Option<u64> {
    const YEAR: f64 = 366.0 * 86_400.0;
    (0.0..=YEAR).contains(&seconds).then(|| (seconds * 1000.0).round() as u64)
}

/// Reads a time or a stretch of time at the start of `text`, bare or in brackets or hashes. Gives the rest
/// without leading blanks.
pub(super) fn take_when(text: &str) -> Option<(When, &str)> {
    let (inner, close) = match text.chars().next()? {
        '[' => (&text[1..], Some(']')),
        '(' => (&text[1..], Some(')')),
        '{' => (&text[1..], Some('}')),
        '<' => (&text[1..], Some('>')),
        '#' => (&text[1..], Some('#')),
        _ => (text, None),
    };
    let inner = if close.is_some() { inner.trim_start() } else { inner };
    let dotted = || if close.is_some() { take_parts(inner, '.') } else { None };
    let (start, rest) = take_clock(inner).or_else(dotted)?;
    let (end, rest) = take_range_end(rest);
    let rest = match close {
        Some('#') => tenths(rest).strip_prefix('#')?,
        Some(close) => rest.trim_start().strip_prefix(close)?,
        None if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest,
        None => return None,
    };
    Some((When { start: Some(start), end }, rest.trim_start()))
}

/// Reads a time at the end of `text`, in brackets, or bare after a blank. Gives the text before it.
pub(super) fn take_when_at_end(text: &str) -> Option<(&str, When)> {
    let text = text.trim_end();
    let open = match text.chars().last()? {
        ']' => text.rfind('[')?,
        ')' => text.rfind('(')?,
        '}' => text.rfind('{')?,
        '>' => text.rfind('<')?,
        '#' => text[..text.len() - 1].rfind('#')?,
        c if c.is_ascii_digit() => text.rfind(char::is_whitespace).map(|at| at + blank_length(text, at))?,
        _ => return None,
    };
    match take_when(&text[open..]) {
        Some((when, "")) => Some((text[..open].trim_end(), when)),
        _ => None,
    }
}

fn blank_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn take_range_end(rest: &str) -> (Option<u64>, &str) {
    let trimmed = rest.trim_start();
    for dash in ["-->", "–", "—", "-", "to "] {
        if let Some(after) = trimmed.strip_prefix(dash)
            && let Some((end, rest)) = take_clock(after.trim_start())
        {
            return (Some(end), rest);
        }
    }
    (None, rest)
}

/// f4 and MAXQDA write tenths after a dash: `#00:01:02-3#`.
fn tenths(rest: &str) -> &str {
    rest.strip_prefix('-').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn take_parts(text: &str, separator: char) -> Option<(u64, &str)> {
    let (first, mut rest) = take_digits(text, 1, 3)?;
    let mut parts = [first, 0, 0];
    let mut count = 1;
    while count < 3
        && let Some(after) = rest.strip_prefix(separator)
        && let Some((part, after)) = take_digits(after, 1, 2)
    {
        parts[count] = part;
        count += 1;
        rest = after;
    }
    let seconds = match count {
        2 if parts[1] < 60 => parts[0] * 60 + parts[1],
        3 if parts[0] < 100 && parts[1] < 60 && parts[2] < 60 => parts[0] * 3600 + parts[1] * 60 + parts[2],
        _ => return None,
    };
    let (fraction, rest) = take_fraction(rest);
    // A further digit or colon means that this was no time: `1:2:3:4`, `10:30pm`.
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == ':') {
        return None;
    }
    Some((seconds * 1000 + fraction, rest))
}

fn take_fraction(rest: &str) -> (u64, &str) {
    let Some(after) = rest.strip_prefix(['.', ',']) else { return (0, rest) };
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 {
        return (0, rest);
    }
    let ms = after.bytes().take(digits.min(3)).fold(0, |ms, digit| ms * 10 + u64::from(digit - b'0'));
    (ms * [1, 100, 10, 1][digits.min(3)], &after[digits..])
}

fn take_digits(text: &str, least: usize, most: usize) -> Option<(u64, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&digits) {
        return None;
    }
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_times_have_optional_hours_and_fractions() {
        assert_eq!(clock("0:04"), Some(4_000));
        assert_eq!(clock("00:01:02"), Some(62_000));
        assert_eq!(clock("75:30"), Some(4_530_000));
        assert_eq!(clock("1:02:03.5"), Some(3_723_500));
        assert_eq!(clock("00:00:01,041666"), Some(1_041));
        for no_time in ["", "5", "10:75", "1:2:3:4", "10:30pm", "a:b", "12:", ":12", "99999:00"] {
            assert_eq!(clock(no_time), None, "{no_time}");
        }
    }

    #[test]
    fn cells_may_hold_brackets_or_seconds() {
        assert_eq!(moment("[00:00:04]"), Some(4_000));
        assert_eq!(moment(" 7.755 "), Some(7_755));
        assert_eq!(moment("1"), Some(1_000));
        assert_eq!(moment("-1"), None);
        assert_eq!(moment("NaN"), None);
        assert_eq!(moment("1e300"), None);
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn times_are_taken_from_either_end_of_a_line() {
        let at = |start| When { start: Some(start), end: None };
        assert_eq!(take_when("[00:01:02] Anna: yes"), Some((at(62_000), "Anna: yes")));
        assert_eq!(take_when("[00.01.02] Anna: yes"), Some((at(62_000), "Anna: yes")));
        assert_eq!(take_when("0:03 yes"), Some((at(3_000), "yes")));
        assert_eq!(take_when("#00:01:02-3# yes"), Some((at(62_000), "yes")));
        assert_eq!(
            take_when("(0:03 - 0:05) yes"),
            Some((When { start: Some(3_000), end: Some(5_000) }, "yes"))
        );
        assert_eq!(take_when("10:30am"), None);
        assert_eq!(take_when_at_end("Anna (00:01:02)"), Some(("Anna", at(62_000))));
        assert_eq!(take_when_at_end("Speaker 1  0:03"), Some(("Speaker 1", at(3_000))));
        assert_eq!(take_when_at_end("and then. #00:01:02-3#"), Some(("and then.", at(62_000))));
        assert_eq!(take_when_at_end("at 5"), None);
    }
}
