//! Which kind of variable values fit. One value that does not have the form of its kind makes a file invalid. Numbers with leading
//! zeros (`007`) are names.

use chrono::NaiveDate;

use crate::project::VariableKind;

impl VariableKind {
    /// The narrowest kind whose form all values have. Empty values do not count; without any value it is text.
    ///
    /// ```
    /// use refi_qda::VariableKind;
    /// assert_eq!(VariableKind::narrowest(["34", "", "-2"]), VariableKind::Integer);
    /// assert_eq!(VariableKind::narrowest(["2024-02-29"]), VariableKind::Date);
    /// assert_eq!(VariableKind::narrowest(["2023-02-29"]), VariableKind::Text);
    /// ```
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

/// Whole, without a leading zero, and of at most nine digits, which fit into 32 bits.
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

/// A day of the calendar, `2026-02-28`.
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
