//! What an attribute's values are: a kind is given only where every value has its form, because a wrong one makes the file invalid.
//! Numbers with leading zeros are names (`007`), not numbers.

use chrono::NaiveDate;

use crate::project::VariableKind;

impl VariableKind {
    /// The narrowest kind that all values have; empty ones do not count. Text where there is no value.
    pub fn narrowest<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let values: Vec<&str> = values.into_iter().filter(|value| !value.is_empty()).collect();
        let all = |is: fn(&str) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
        if all(is_whole) {
            Self::Integer
        } else if all(is_decimal) {
            Self::Float
        } else if all(is_date) {
            Self::Date
        } else {
            Self::Text
        }
    }
}

/// Whole, without a leading zero, and small enough for every program.
fn is_whole(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_bare = value == "0" || !digits.starts_with('0');
    is_bare && (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

fn is_decimal(value: &str) -> bool {
    let Some((whole, part)) = value.split_once('.') else { return is_whole(value) };
    let part_is = (1..=9).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit());
    part_is && is_whole(whole.strip_prefix('-').unwrap_or(whole))
}

/// `2026-02-28`; a day that no month has makes a file invalid.
fn is_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |text: &str, length: usize| {
        let is = text.len() == length && text.bytes().all(|digit| digit.is_ascii_digit());
        is.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    year > 0 && NaiveDate::from_ymd_opt(year as i32, month, day).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_needs_every_value() {
        let kind = |values: &[&str]| VariableKind::narrowest(values.iter().copied());
        assert_eq!(kind(&["1", "-20", ""]), VariableKind::Integer);
        assert_eq!(kind(&["1.5", "2"]), VariableKind::Float);
        assert_eq!(kind(&["2024-02-29", "0001-12-31"]), VariableKind::Date);
        for values in [
            &["007"][..],
            &["1e3"],
            &["NaN"],
            &["2023-02-29"],
            &["1900-02-29"],
            &["0000-01-01"],
            &["2024-13-01"],
            &["2024-1-01"],
            &["1", "one"],
            &[""],
            &["1."],
            &["+1"],
            &["-0"],
        ] {
            assert_eq!(kind(values), VariableKind::Text, "{values:?}");
        }
    }
}
