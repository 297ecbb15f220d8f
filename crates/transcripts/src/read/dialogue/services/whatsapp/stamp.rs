//! The date and time before a message, in the forms of many languages: `[12.03.24, 10:15:03]`, `12/03/2024, 10:15 - `,
//! `3/12/24, 10:15 PM - `, `2024-03-12 10:15 - `.

use chrono::{Datelike as _, NaiveDate};

use super::super::line_shape::is_blank;

/// Milliseconds of a day.
const DAY: u64 = 86_400_000;

/// A date whose day and month may be in either order, and the time of the day in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    numbers: [u32; 3],
    separator: char,
    time: u64,
    /// Whether the clock has 12 hours.
    halves: bool,
}

/// The order of the numbers of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

const MORNING: &[&str] = &["am", "a.m.", "a. m.", "上午", "午前", "오전", "π.μ.", "ص", "öö", "dop.", "vorm."];
const AFTERNOON: &[&str] =
    &["pm", "p.m.", "p. m.", "下午", "午後", "오후", "μ.μ.", "م", "ös", "odp.", "nachm."];

/// The stamp at the start of a line, and the rest of the line.
pub(super) fn stamp_of(line: &str) -> Option<(Stamp, &str)> {
    let line = line.trim_start_matches(is_blank);
    let (inside, rest) = if let Some(inside) = line.strip_prefix('[') {
        inside.split_once(']')?
    } else {
        let mut dashes = line.match_indices(['-', '–']).take_while(|(at, _)| *at < 60);
        let (dash, sign) = dashes.find(|(at, sign)| {
            line[..*at].ends_with(is_blank) && line[*at + sign.len()..].starts_with(is_blank)
        })?;
        (&line[..dash], &line[dash + sign.len()..])
    };
    if inside.len() > 60 {
        return None;
    }
    // Marks of direction before the words distinguish the app's own from a sender's.
    Some((parse(inside.trim_matches(is_blank))?, rest.trim_start_matches([' ', '\u{A0}', '\u{202F}'])))
}

fn parse(text: &str) -> Option<Stamp> {
    let (first, rest) = take_number(text)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-' | '年'))?;
    let (second, rest) = take_number(after_separator(rest)?)?;
    let (third, rest) = take_number(after_separator(rest)?)?;
    let rest = rest.trim_start_matches(|c: char| is_blank(c) || matches!(c, ',' | '.' | '،' | '日'));
    let rest = ["um ", "at ", "a las ", "às ", "à ", "klo ", "kl. ", "kl ", "alle "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let small = rest.to_lowercase().replace(['\u{202F}', '\u{A0}'], " ");
    let (small, mut half) = without_half(small.trim(), true);
    let (hour, rest) = take_number(small)?;
    let (minute, rest) = take_number(rest.strip_prefix([':', '.'])?)?;
    let (second_of_minute, rest) = match rest.strip_prefix([':', '.']) {
        Some(rest) => take_number(rest)?,
        None => (0, rest),
    };
    let (rest, after) = without_half(rest.trim(), false);
    half = half.or(after);
    if !rest.is_empty() || hour > 24 || minute > 59 || second_of_minute > 59 {
        return None;
    }
    let hour = match half {
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    let time = u64::from(hour * 3600 + minute * 60 + second_of_minute) * 1000;
    Some(Stamp { numbers: [first, second, third], separator, time, halves: half.is_some() })
}

fn after_separator(rest: &str) -> Option<&str> {
    Some(rest.strip_prefix(['.', '/', '-', '年', '月'])?.trim_start_matches(is_blank))
}

/// The text without AM or PM at its start or end, and whether it was PM.
fn without_half(text: &str, at_start: bool) -> (&str, Option<bool>) {
    for (words, second) in [(AFTERNOON, true), (MORNING, false)] {
        for word in words {
            let rest = if at_start { text.strip_prefix(word) } else { text.strip_suffix(word) };
            if let Some(rest) = rest {
                return (rest.trim(), Some(second));
            }
        }
    }
    (text, None)
}

fn take_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = (1..=4).contains(&digits).then(|| text[..digits].parse().ok())??;
    Some((number, &text[digits..]))
}

/// Milliseconds from the first message to each; none where the dates are impossible.
pub(super) fn moments(stamps: &[Stamp]) -> Vec<Option<u64>> {
    let order = order_of(stamps);
    let days: Vec<Option<i32>> = stamps.iter().map(|stamp| day_number(stamp.numbers, order)).collect();
    let Some((first_day, first)) = days.iter().zip(stamps).find_map(|(day, stamp)| Some(((*day)?, stamp)))
    else {
        return vec![None; stamps.len()];
    };
    days.iter()
        .zip(stamps)
        .map(|(day, stamp)| {
            let days = u64::try_from((*day)? - first_day).ok()?;
            (days * DAY + stamp.time).checked_sub(first.time)
        })
        .collect()
}

/// The order of day and month: what the numbers allow, then what keeps times in order, then what the form is used with.
fn order_of(stamps: &[Stamp]) -> Order {
    if stamps.iter().any(|stamp| stamp.numbers[0] > 999) {
        return Order::YearMonthDay;
    }
    let backwards = |order: Order| {
        let days: Vec<i32> = stamps.iter().filter_map(|stamp| day_number(stamp.numbers, order)).collect();
        let impossible = stamps.len() - days.len();
        (impossible, days.windows(2).filter(|pair| pair[1] < pair[0]).count())
    };
    let (day_first, month_first) = (backwards(Order::DayMonthYear), backwards(Order::MonthDayYear));
    let american = stamps.iter().all(|stamp| stamp.separator == '/' && stamp.halves);
    if month_first < day_first || american && month_first == day_first {
        Order::MonthDayYear
    } else {
        Order::DayMonthYear
    }
}

/// The day as a number; none where there is no such date.
fn day_number(numbers: [u32; 3], order: Order) -> Option<i32> {
    let [a, b, c] = numbers;
    let (year, month, day) = match order {
        Order::DayMonthYear => (c, b, a),
        Order::MonthDayYear => (c, a, b),
        Order::YearMonthDay => (a, b, c),
    };
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(|date| date.num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_languages_are_read() {
        for line in [
            "[12.03.24, 10:15:03] Anna: yes",
            "12.03.24, 10:15 - Anna: yes",
            "12/03/2024, 10:15 - Anna: yes",
            "3/12/24, 10:15\u{202F}AM - Anna: yes",
            "12/3/24 10:15 a. m. - Anna: yes",
            "[12/03/2024 10:15:03] Anna: yes",
            "2024-03-12, 10:15 - Anna: yes",
            "[2024/03/12 上午10:15:03] Anna: yes",
            "12.3.2024 klo 10.15 - Anna: yes",
        ] {
            let (stamp, rest) = stamp_of(line).expect(line);
            assert_eq!((stamp.time / 60_000, rest), (615, "Anna: yes"), "{line}");
        }
        for line in ["[00:01:02] Anna: yes", "12 - 13 of them", "Anna: yes", "[1] yes", "10:15 - 11:30 lunch"]
        {
            assert!(stamp_of(line).is_none(), "{line}");
        }
    }

    #[test]
    fn day_and_month_are_told_apart_by_the_dates_that_follow() {
        let stamps = |dates: &[&str]| -> Vec<Stamp> {
            dates.iter().map(|date| stamp_of(&format!("{date}, 10:00 - Anna: yes")).unwrap().0).collect()
        };
        let days = |dates: &[&str]| -> Vec<Option<u64>> {
            moments(&stamps(dates)).into_iter().map(|ms| ms.map(|ms| ms / DAY)).collect()
        };
        assert_eq!(days(&["28/02/2024", "01/03/2024"]), [Some(0), Some(2)]);
        assert_eq!(days(&["2/28/24", "3/1/24"]), [Some(0), Some(2)]);
        assert_eq!(days(&["31.12.23", "01.01.24"]), [Some(0), Some(1)]);
        assert_eq!(days(&["99.99.99", "01.01.24"]), [None, Some(0)]);
    }
}
