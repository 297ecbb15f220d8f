//! JSON types that accept mistakes: objects, lists and plain values that count as absent where something else is found, so that one odd
//! field does not make a whole file unreadable. Only the needed fields are kept in memory.

use std::marker::PhantomData;

use serde::de::{
    Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer,
};

/// A JSON object that is read as `T`; anything else counts as absent.
#[derive(Debug)]
pub(crate) struct Perhaps<T>(pub(crate) Option<T>);

impl<T> Default for Perhaps<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// A JSON list; anything else counts as an empty one.
#[derive(Debug)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A JSON value that is a text, a number or a truth; anything else counts as absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Plain {
    /// Null, a list, an object.
    #[default]
    Nothing,
    /// True or false.
    Truth(bool),
    /// Any number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Plain {
    /// The text, or a number as text.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Nothing | Self::Truth(_) => None,
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text),
        }
    }

    /// A whole number of 0 or more, up to 2⁵³.
    pub fn whole(&self) -> Option<u64> {
        // Larger whole numbers are not exact in f64.
        const MAX: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Number(number) if (0.0..=MAX).contains(number) && number.fract() == 0.0 => {
                Some(*number as u64)
            }
            _ => None,
        }
    }
}

/// The plain values of a JSON object or list. A text by itself is a list of one; anything else is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlainValues {
    /// Those of an object, in the order of the file. A name may be repeated.
    pub named: Vec<(String, Plain)>,
    /// Those of a list.
    pub listed: Vec<Plain>,
}

impl PlainValues {
    /// Removes the last value of this name.
    pub fn take(&mut self, name: &str) -> Plain {
        let found = self.named.iter_mut().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }
}

/// A list of objects, or an object; anything else counts as absent.
#[derive(Debug)]
pub(crate) enum ListOr<T, O> {
    /// Neither.
    Nothing,
    /// The objects of a list.
    List(Vec<T>),
    /// An object.
    Object(O),
}

/// A plain value, or an object that is read as `T`.
#[derive(Debug)]
pub(crate) enum Measure<T> {
    /// A plain value.
    Plain(Plain),
    /// An object.
    Object(T),
}

/// Lets all methods of a visitor that are not defined return `$absent`.
macro_rules! lenient {
    ($absent:expr; $($kind:ident),*) => {
        $(lenient!(@ $kind, $absent);)*
    };
    (@ truth, $absent:expr) => { fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> { Ok($absent) } };
    (@ unit, $absent:expr) => { fn visit_unit<E>(self) -> Result<Self::Value, E> { Ok($absent) } };
    (@ number, $absent:expr) => {
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> { Ok($absent) }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> { Ok($absent) }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> { Ok($absent) }
    };
    (@ text, $absent:expr) => { fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> { Ok($absent) } };
    (@ list, $absent:expr) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok($absent)
        }
    };
    (@ object, $absent:expr) => {
        fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
            while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok($absent)
        }
    };
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Perhaps<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Object<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
            type Value = Perhaps<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(object)).map(|value| Perhaps(Some(value)))
            }
            lenient!(Perhaps(None); truth, unit, number, text, list);
        }
        from.deserialize_any(Object(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Elements<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<T> {
            type Value = List<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(Perhaps(element)) = list.next_element::<Perhaps<T>>()? {
                    all.extend(element);
                }
                Ok(List(all))
            }
            lenient!(List(Vec::new()); truth, unit, number, text, object);
        }
        from.deserialize_any(Elements(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Leaf;
        impl<'de> Visitor<'de> for Leaf {
            type Value = Plain;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_bool<E>(self, truth: bool) -> Result<Plain, E> {
                Ok(Plain::Truth(truth))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Plain, E> {
                Ok(Plain::Number(number as f64))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
                Ok(Plain::Number(number as f64))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Plain, E> {
                Ok(Plain::Number(number))
            }
            fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
                Ok(Plain::Text(text.to_owned()))
            }
            lenient!(Plain::Nothing; unit, list, object);
        }
        from.deserialize_any(Leaf)
    }
}

impl<'de> Deserialize<'de> for PlainValues {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Leaves;
        impl<'de> Visitor<'de> for Leaves {
            type Value = PlainValues;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_str<E>(self, text: &str) -> Result<PlainValues, E> {
                Ok(PlainValues { listed: vec![Plain::Text(text.to_owned())], ..PlainValues::default() })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PlainValues, A::Error> {
                let mut found = PlainValues::default();
                while let Some(value) = list.next_element()? {
                    found.listed.push(value);
                }
                Ok(found)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<PlainValues, A::Error> {
                let mut found = PlainValues::default();
                while let Some(entry) = object.next_entry()? {
                    found.named.push(entry);
                }
                Ok(found)
            }
            lenient!(PlainValues::default(); truth, unit, number);
        }
        from.deserialize_any(Leaves)
    }
}

impl<'de, T: Deserialize<'de>, O: Deserialize<'de>> Deserialize<'de> for ListOr<T, O> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either<T, O>(PhantomData<(T, O)>);
        impl<'de, T: Deserialize<'de>, O: Deserialize<'de>> Visitor<'de> for Either<T, O> {
            type Value = ListOr<T, O>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(Perhaps(element)) = list.next_element::<Perhaps<T>>()? {
                    all.extend(element);
                }
                Ok(ListOr::List(all))
            }
            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
                O::deserialize(MapAccessDeserializer::new(object)).map(ListOr::Object)
            }
            lenient!(ListOr::Nothing; truth, unit, number, text);
        }
        from.deserialize_any(Either(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Measure<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Measure<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Measure::Plain(Plain::Number(number)))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Measure::Plain(Plain::Number(number as f64)))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Measure::Plain(Plain::Number(number as f64)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Measure::Plain(Plain::Text(text.to_owned())))
            }
            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(object)).map(Measure::Object)
            }
            lenient!(Measure::Plain(Plain::Nothing); truth, unit, list);
        }
        from.deserialize_any(Either(PhantomData))
    }
}
