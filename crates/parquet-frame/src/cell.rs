//! One value of a column.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime};
use polars_arrow::array::{
    Array, BooleanArray, DictionaryArray, DictionaryKey, FixedSizeListArray, PrimitiveArray, Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType, IntegerType, TimeUnit};
use polars_arrow::types::NativeType;

/// A value of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A whole number, of whichever width.
    Whole(i64),
    /// A number in single precision.
    Single(f32),
    /// A number in double precision.
    Double(f64),
    /// A text.
    Text(&'a str),
    /// A date, a time of day, a moment or a stretch of time, as text: `2024-05-01`, `10:30:00`, `2024-05-01 10:30:00`, `1h 30m`.
    Time(String),
    /// Something that is no single value: a list, a struct, bytes, a decimal number, a whole number beyond `i64`.
    Nested,
}

/// The value at `index` of `array`, which has it.
pub(crate) fn cell(array: &dyn Array, index: usize) -> Cell<'_> {
    if array.is_null(index) {
        return Cell::Null;
    }
    let whole = |number: Option<i64>| number.map_or(Cell::Nested, Cell::Whole);
    let moment = |number: Option<i64>, of: fn(i64) -> Option<String>| {
        number.and_then(of).map_or(Cell::Nested, Cell::Time)
    };
    match array.dtype() {
        ArrowDataType::Null => Cell::Null,
        ArrowDataType::Boolean => {
            let flags = array.as_any().downcast_ref::<BooleanArray>();
            flags.map_or(Cell::Nested, |flags| Cell::Flag(flags.value(index)))
        }
        ArrowDataType::Int8 => whole(native::<i8>(array, index).map(i64::from)),
        ArrowDataType::Int16 => whole(native::<i16>(array, index).map(i64::from)),
        ArrowDataType::Int32 => whole(native::<i32>(array, index).map(i64::from)),
        ArrowDataType::Int64 => whole(native::<i64>(array, index)),
        ArrowDataType::UInt8 => whole(native::<u8>(array, index).map(i64::from)),
        ArrowDataType::UInt16 => whole(native::<u16>(array, index).map(i64::from)),
        ArrowDataType::UInt32 => whole(native::<u32>(array, index).map(i64::from)),
        ArrowDataType::UInt64 => {
            whole(native::<u64>(array, index).and_then(|number| i64::try_from(number).ok()))
        }
        ArrowDataType::Float32 => native(array, index).map_or(Cell::Nested, Cell::Single),
        ArrowDataType::Float64 => native(array, index).map_or(Cell::Nested, Cell::Double),
        ArrowDataType::Utf8View => {
            let texts = array.as_any().downcast_ref::<Utf8ViewArray>();
            texts.map_or(Cell::Nested, |texts| Cell::Text(texts.value(index)))
        }
        ArrowDataType::Dictionary(key, ..) => word(array, *key, index),
        ArrowDataType::Date32 => moment(native::<i32>(array, index).map(i64::from), date),
        ArrowDataType::Date64 => moment(native::<i64>(array, index), |ms| at(ms, TimeUnit::Millisecond, "")),
        ArrowDataType::Timestamp(unit, zone) => {
            let suffix = if zone.is_some() { " UTC" } else { "" };
            let text = native::<i64>(array, index).and_then(|number| at(number, *unit, suffix));
            text.map_or(Cell::Nested, Cell::Time)
        }
        ArrowDataType::Time32(unit) => {
            let text = native::<i32>(array, index).and_then(|number| time_of_day(i64::from(number), *unit));
            text.map_or(Cell::Nested, Cell::Time)
        }
        ArrowDataType::Time64(unit) => {
            let text = native::<i64>(array, index).and_then(|number| time_of_day(number, *unit));
            text.map_or(Cell::Nested, Cell::Time)
        }
        ArrowDataType::Duration(unit) => {
            native::<i64>(array, index).map_or(Cell::Nested, |number| Cell::Time(stretch(number, *unit)))
        }
        _ => Cell::Nested,
    }
}

/// The numbers of a row of an array of vectors.
pub(crate) fn vector(array: &dyn Array, index: usize) -> Option<Vec<f32>> {
    let vectors = array.as_any().downcast_ref::<FixedSizeListArray>()?;
    let numbers = vectors.get(index)?;
    Some(numbers.as_any().downcast_ref::<PrimitiveArray<f32>>()?.values_iter().copied().collect())
}

fn native<T: NativeType>(array: &dyn Array, index: usize) -> Option<T> {
    array.as_any().downcast_ref::<PrimitiveArray<T>>().map(|array| array.value(index))
}

/// The word that a row of a dictionary stands for.
fn word(array: &dyn Array, key: IntegerType, index: usize) -> Cell<'_> {
    match key {
        IntegerType::Int8 => word_by::<i8>(array, index),
        IntegerType::Int16 => word_by::<i16>(array, index),
        IntegerType::Int32 => word_by::<i32>(array, index),
        IntegerType::Int64 => word_by::<i64>(array, index),
        IntegerType::UInt8 => word_by::<u8>(array, index),
        IntegerType::UInt16 => word_by::<u16>(array, index),
        IntegerType::UInt32 => word_by::<u32>(array, index),
        IntegerType::UInt64 => word_by::<u64>(array, index),
        _ => Cell::Nested,
    }
}

fn word_by<K: DictionaryKey>(array: &dyn Array, index: usize) -> Cell<'_> {
    let Some(words) = array.as_any().downcast_ref::<DictionaryArray<K>>() else { return Cell::Nested };
    cell(words.values().as_ref(), words.key_value(index))
}

fn date(days: i64) -> Option<String> {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    Some(epoch.checked_add_signed(Duration::try_days(days)?)?.to_string())
}

fn at(number: i64, unit: TimeUnit, suffix: &str) -> Option<String> {
    let moment = match unit {
        TimeUnit::Second => DateTime::from_timestamp(number, 0)?,
        TimeUnit::Millisecond => DateTime::from_timestamp_millis(number)?,
        TimeUnit::Microsecond => DateTime::from_timestamp_micros(number)?,
        TimeUnit::Nanosecond => DateTime::from_timestamp_nanos(number),
    };
    Some(format!("{}{suffix}", moment.naive_utc()))
}

/// Parts of a second.
fn parts(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

fn time_of_day(number: i64, unit: TimeUnit) -> Option<String> {
    let (second, rest) = (number.div_euclid(parts(unit)), number.rem_euclid(parts(unit)));
    let nanoseconds = rest * (1_000_000_000 / parts(unit));
    let second = u32::try_from(second).ok()?;
    NaiveTime::from_num_seconds_from_midnight_opt(second, nanoseconds as u32).map(|time| time.to_string())
}

/// As Polars shows it: `1d 2h 3m 4s 5ms`.
fn stretch(number: i64, unit: TimeUnit) -> String {
    let second = parts(unit);
    let mut words = Vec::new();
    let mut rest = number;
    for (name, seconds) in [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] {
        let size = seconds * second;
        if rest / size != 0 {
            words.push(format!("{}{name}", rest / size));
        }
        rest %= size;
    }
    let names: &[&str] = match unit {
        TimeUnit::Second => &["s"],
        TimeUnit::Millisecond => &["ms"],
        TimeUnit::Microsecond => &["µs", "ms"],
        TimeUnit::Nanosecond => &["ns", "µs", "ms"],
    };
    if rest != 0 {
        let mut name = 0;
        while rest % 1_000 == 0 && name + 1 < names.len() {
            rest /= 1_000;
            name += 1;
        }
        words.push(format!("{rest}{}", names[name]));
    }
    if words.is_empty() { format!("0{}", names[0]) } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_one_writes_them() {
        assert_eq!(date(19_844).unwrap(), "2024-05-01");
        assert_eq!(at(1_714_559_400_000_000, TimeUnit::Microsecond, "").unwrap(), "2024-05-01 10:30:00");
        assert_eq!(
            at(1_714_559_400_250, TimeUnit::Millisecond, " UTC").unwrap(),
            "2024-05-01 10:30:00.250 UTC"
        );
        assert_eq!(time_of_day(37_800_000_000_000, TimeUnit::Nanosecond).unwrap(), "10:30:00");
        assert_eq!(time_of_day(86_400, TimeUnit::Second), None);
        assert_eq!(stretch(5_400_000, TimeUnit::Millisecond), "1h 30m");
        assert_eq!(stretch(1_000_001_000, TimeUnit::Nanosecond), "1s 1µs");
        assert_eq!(stretch(0, TimeUnit::Microsecond), "0µs");
    }
}
