//! Values of a page's file, whatever they are: a wrong type is nothing rather than the end of the file, and nothing is kept that
//! is not asked for.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text, a number, yes or no; nothing for all else.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Scalar {
    #[default]
    Nothing,
    Text(String),
    Number(f64),
    Flag(bool),
}

impl Scalar {
    /// The text without blanks around it, empty for what is none. A number is how it is written.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Flag(_) | Self::Nothing => String::new(),
        }
    }

    /// The text as it is.
    pub(super) fn verbatim(self) -> String {
        if let Self::Text(text) = self { text } else { String::new() }
    }

    /// A whole number of 0 or more.
    pub(super) fn whole(&self) -> Option<u64> {
        // Whole numbers up to 2⁵³ are exact in f64.
        const MOST: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Number(number) if (0.0..=MOST).contains(number) && number.fract() == 0.0 => {
                Some(*number as u64)
            }
            _ => None,
        }
    }

    pub(super) fn is_yes(&self) -> bool {
        *self == Self::Flag(true)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Scalar, E> {
        Ok(Scalar::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Scalar, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

/// Named values in the order of the file, and unnamed ones; nothing for what is neither.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Scalars {
    pub(super) named: Vec<(String, Scalar)>,
    pub(super) listed: Vec<Scalar>,
}

impl Scalars {
    /// The last value of this name.
    pub(super) fn take(&mut self, name: &str) -> Scalar {
        let found = self.named.iter_mut().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }
}

struct ScalarsVisitor;

impl<'de> Visitor<'de> for ScalarsVisitor {
    type Value = Scalars;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalars, E> {
        Ok(Scalars::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Scalars, E> {
        Ok(Scalars::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Scalars, E> {
        Ok(Scalars::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Scalars, E> {
        Ok(Scalars::default())
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalars, E> {
        Ok(Scalars { listed: vec![Scalar::Text(text.to_owned())], ..Scalars::default() })
    }

    fn visit_unit<E>(self) -> Result<Scalars, E> {
        Ok(Scalars::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Scalars, A::Error> {
        let mut found = Scalars::default();
        while let Some(value) = sequence.next_element()? {
            found.listed.push(value);
        }
        Ok(found)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalars, A::Error> {
        let mut found = Scalars::default();
        while let Some(entry) = map.next_entry()? {
            found.named.push(entry);
        }
        Ok(found)
    }
}

impl<'de> Deserialize<'de> for Scalars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarsVisitor)
    }
}
