//! Times as transcripts write them: `0:04`, `[00:01:02]`, `(1:02:03.5)`, `#00:01:02-3#`, `0:05.2 - 0:19.8`, `1h 2m 3s`, seconds;
//! digits, colons and brackets also in their full-width forms.

/// Opening and closing signs that may stand around a time.
const BRACKETS: &[(char, char)] = &[
    ('[', ']'),
    ('(', ')'),
    ('{', '}'),
    ('<', '>'),
    ('#', '#'),
    ('［', '］'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
];

/// Signs and words between the start and the end of a stretch of time.
const BETWEEN: &[&str] = &["-->", "->", "→", "–", "—", "-", "~", "〜", "/", "to ", "bis "];

/// Colons between the parts of a clock time.
const COLONS: &[char] = &[':', '：', '∶'];

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
    take_parts(text, COLONS)
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
    let first = text.chars().next()?;
    let close = BRACKETS.iter().find(|(open, _)| *open == first).map(|(_, close)| *close);
    let inner = if close.is_some() { text[first.len_utf8()..].trim_start() } else { text };
    let dotted = || if close.is_some() { take_parts(inner, &['.']) } else { None };
    let (mut start, rest) = take_clock(inner).or_else(dotted)?;
    let (mut end, mut rest) = take_range_end(rest);
    match close {
        Some(close) => {
            if close == '#' {
                // f4 and MAXQDA write tenths after a dash: `#00:01:02-3#`.
                let (fraction, after) = take_tenths(rest, 3);
                (start, rest) = (start + fraction, after);
            }
            rest = rest.trim_start().strip_prefix(close)?;
            if end.is_none() {
                (end, rest) = take_bracketed_end(rest, first, close);
            }
        }
        None if rest.is_empty() || rest.starts_with(char::is_whitespace) => {}
        None => return None,
    }
    Some((When { start: Some(start), end }, rest.trim_start()))
}

/// `[0:00] - [0:05]`: the end of a stretch in brackets of its own.
fn take_bracketed_end(rest: &str, open: char, close: char) -> (Option<u64>, &str) {
    let trimmed = rest.trim_start();
    let end = BETWEEN.iter().find_map(|between| {
        let after = trimmed.strip_prefix(between)?.trim_start().strip_prefix(open)?;
        let (end, after) = take_clock(after.trim_start())?;
        Some((end, after.trim_start().strip_prefix(close)?))
    });
    end.map_or((None, rest), |(end, rest)| (Some(end), rest))
}

/// Reads a time at the end of `text`, in brackets, or bare after a blank. Gives the text before it.
pub(super) fn take_when_at_end(text: &str) -> Option<(&str, When)> {
    let text = text.trim_end();
    let last = text.chars().last()?;
    let open = match BRACKETS.iter().find(|(_, close)| *close == last) {
        Some(('#', _)) => text[..text.len() - 1].rfind('#')?,
        Some((open, _)) => text.rfind(*open)?,
        None if digit(last).is_some() => {
            text.rfind(char::is_whitespace).map(|at| at + blank_length(text, at))?
        }
        None => return None,
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
    let end = BETWEEN.iter().find_map(|between| take_clock(trimmed.strip_prefix(between)?.trim_start()));
    end.map_or((None, rest), |(end, rest)| (Some(end), rest))
}

/// A time code of a film with its frames, `00:00:04:12` or `00;00;04;12`. Without the frame rate frames have no length, so
/// the second is what counts.
pub(super) fn take_timecode(text: &str) -> Option<(u64, &str)> {
    let mut parts = [0_u64; 4];
    let mut rest = text;
    for (at, part) in parts.iter_mut().enumerate() {
        if at > 0 {
            rest = rest.strip_prefix([':', ';', '：'])?;
        }
        let (number, after) = take_digits(rest, 1, 2)?;
        (*part, rest) = (number, after);
    }
    let [hours, minutes, seconds, frames] = parts;
    let is_time = minutes < 60 && seconds < 60 && frames < 120;
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | ';'));
    (is_time && ends).then_some(((hours * 3600 + minutes * 60 + seconds) * 1000, rest))
}

/// Reads a length in words at the start of `text`: `1h 2m 3s`, `38m 50s`, `0 minutes 3 seconds`, `9 Sekunden`, `5分30秒`. Gives
/// milliseconds and the rest of the text.
pub(super) fn take_length(text: &str) -> Option<(u64, &str)> {
    let (mut total, mut rest, mut smallest) = (0, text, u64::MAX);
    while let Some((number, after)) = take_digits(rest.trim_start(), 1, 4) {
        let after = after.trim_start();
        let word = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
        // Chinese and Japanese write no blank after the unit.
        let word = if word.starts_with(['時', '时', '小', '分', '秒', '시', '초']) {
            let length =
                UNITS_UNSPACED.iter().find(|unit| word.starts_with(**unit)).map_or(0, |unit| unit.len());
            &word[..length]
        } else {
            word
        };
        let Some(unit) = unit_of(word).filter(|unit| *unit < smallest) else { break };
        total += number * unit;
        smallest = unit;
        let after = &after[word.len()..];
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    (smallest < u64::MAX).then_some((total, rest.trim_start_matches([' ', ',', '\u{A0}'])))
}

const UNITS_UNSPACED: &[&str] =
    &["小时", "小時", "時間", "时间", "时", "時", "分钟", "分鐘", "分", "秒钟", "秒鐘", "秒", "시간", "초"];

/// Milliseconds of a unit of time, in the languages that meeting programs speak.
fn unit_of(word: &str) -> Option<u64> {
    const HOURS: &[&str] = &[
        "h",
        "hr",
        "hrs",
        "std",
        "uur",
        "u",
        "t",
        "tim",
        "timer",
        "ora",
        "ore",
        "saat",
        "sa",
        "ч",
        "час",
        "часа",
        "часов",
        "小时",
        "小時",
        "時間",
        "时间",
        "时",
        "時",
        "시간",
    ];
    const HOUR_STEMS: &[&str] = &["hour", "stunde", "heure", "hora", "timm", "godz", "tunti", "tuntia"];
    const MINUTES: &[&str] = &["m", "mn", "dk", "dakika", "м", "分", "分钟", "分鐘", "분"];
    const MINUTE_STEMS: &[&str] = &["min", "мин", "хв"];
    const SECONDS: &[&str] = &["s", "sn", "saniye", "с", "秒", "秒钟", "秒鐘", "초"];
    const SECOND_STEMS: &[&str] = &["sec", "sek", "seg", "сек"];
    let word = word.to_lowercase();
    let is = |whole: &[&str], stems: &[&str]| {
        whole.contains(&word.as_str()) || stems.iter().any(|stem| word.starts_with(stem))
    };
    if is(HOURS, HOUR_STEMS) {
        Some(3_600_000)
    } else if is(MINUTES, MINUTE_STEMS) {
        Some(60_000)
    } else if is(SECONDS, SECOND_STEMS) {
        Some(1_000)
    } else {
        None
    }
}

/// f4 and MAXQDA write fractions after a dash; `most` digits at most.
fn take_tenths(rest: &str, most: usize) -> (u64, &str) {
    let Some(after) = rest.strip_prefix('-') else { return (0, rest) };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=most).contains(&digits) {
        return (0, rest);
    }
    (fraction_of(&after[..digits]), &after[digits..])
}

fn take_parts<'a>(text: &'a str, separators: &[char]) -> Option<(u64, &'a str)> {
    let (first, mut rest) = take_digits(text, 1, 3)?;
    let mut parts = [first, 0, 0];
    let mut count = 1;
    while count < 3
        && let Some(after) = rest.strip_prefix(separators)
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
    let (mut fraction, mut rest) = take_fraction(rest);
    if count == 3 && fraction == 0 {
        // A single digit after a dash are tenths, as f4 writes them; more than that begins something else.
        let (tenths, after) = take_tenths(rest, 1);
        if !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | ',' | '-')) {
            (fraction, rest) = (tenths, after);
        }
    }
    // A further digit or colon means that this was no time: `1:2:3:4`, `10:30pm`.
    if rest.starts_with(|c: char| c.is_alphanumeric() || COLONS.contains(&c)) {
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
    (fraction_of(&after[..digits]), &after[digits..])
}

/// Milliseconds from the digits after the point.
fn fraction_of(digits: &str) -> u64 {
    let count = digits.len().min(3);
    let ms = digits.bytes().take(3).fold(0, |ms, digit| ms * 10 + u64::from(digit - b'0'));
    ms * [1, 100, 10, 1][count]
}

fn take_digits(text: &str, least: usize, most: usize) -> Option<(u64, &str)> {
    let (mut count, mut number, mut end) = (0, 0_u64, 0);
    for (at, c) in text.char_indices() {
        let Some(value) = digit(c) else { break };
        count += 1;
        if count > most {
            return None;
        }
        number = number * 10 + value;
        end = at + c.len_utf8();
    }
    (count >= least).then_some((number, &text[end..]))
}

/// A digit of European, full-width, Arabic or Persian writing.
fn digit(c: char) -> Option<u64> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(u64::from(u32::from(c) - u32::from(zero)))
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
        assert_eq!(take_when("#00:01:02-3# yes"), Some((at(62_300), "yes")));
        assert_eq!(
            take_when("(0:03 - 0:05) yes"),
            Some((When { start: Some(3_000), end: Some(5_000) }, "yes"))
        );
        assert_eq!(take_when("10:30am"), None);
        assert_eq!(take_when_at_end("Anna (00:01:02)"), Some(("Anna", at(62_000))));
        assert_eq!(take_when_at_end("Speaker 1  0:03"), Some(("Speaker 1", at(3_000))));
        assert_eq!(take_when_at_end("and then. #00:01:02-3#"), Some(("and then.", at(62_300))));
        assert_eq!(take_when_at_end("at 5"), None);
    }

    #[test]
    fn stretches_are_written_in_many_ways() {
        let from = |start, end| When { start: Some(start), end: Some(end) };
        for (text, start, end) in [
            ("0:05.2 - 0:19.8 yes", 5_200, 19_800),
            ("0:05.2/0:19.8 yes", 5_200, 19_800),
            ("[7:11 --> 7:20] yes", 431_000, 440_000),
            ("[0:05 → 0:19] yes", 5_000, 19_000),
            ("[0:05] - [0:19] yes", 5_000, 19_000),
            ("00:00:05,2 --> 00:00:19,8 yes", 5_200, 19_800),
            ("［０：０５ - ０：１９］ yes", 5_000, 19_000),
        ] {
            assert_eq!(take_when(text), Some((from(start, end), "yes")), "{text}");
        }
        let at = |start| When { start: Some(start), end: None };
        assert_eq!(take_when("[00:00:05] - yes"), Some((at(5_000), "- yes")));
        assert_eq!(take_when("00:01:02-3 yes"), Some((at(62_300), "yes")));
        assert_eq!(take_when("00:01:02-34 yes"), None);
        assert_eq!(take_when("٠٠:٠١:٠٢ نعم"), Some((at(62_000), "نعم")));
    }

    #[test]
    fn lengths_are_read_with_their_units() {
        assert_eq!(take_length("1h 2m 3s"), Some((3_723_000, "")));
        assert_eq!(take_length("38m 50s"), Some((2_330_000, "")));
        assert_eq!(take_length("0 minutes 3 seconds0:03"), Some((3_000, "0:03")));
        assert_eq!(take_length("52 Minuten 27 Sekunden"), Some((3_147_000, "")));
        assert_eq!(take_length("1 heure 2 minutes"), Some((3_720_000, "")));
        assert_eq!(take_length("5分30秒"), Some((330_000, "")));
        assert_eq!(take_length("31 min."), Some((1_860_000, "")));
        assert_eq!(take_length("3 cats"), None);
        assert_eq!(take_length("2024"), None);
    }

    #[test]
    fn time_codes_may_count_frames() {
        assert_eq!(take_timecode("00:00:04:12 - x"), Some((4_000, " - x")));
        assert_eq!(take_timecode("00;01;04;12"), Some((64_000, "")));
        assert_eq!(take_timecode("00:00:04"), None);
        assert_eq!(take_timecode("10:30"), None);
    }
}
