//! Columns: a name and values of one kind, each of which may be null.

use std::fmt;

use polars_arrow::array::{
    Array, BooleanArray, FixedSizeListArray, MutableBinaryViewArray, PrimitiveArray, Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType, Field};

use crate::cell::{cell, vector};
use crate::{Cell, FrameError};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Texts.
    Text,
    /// Whole numbers from 0, 32 bits.
    Count,
    /// Whole numbers, 64 bits.
    Whole,
    /// Numbers in single precision.
    Single,
    /// Numbers in double precision.
    Double,
    /// Yes or no.
    Flag,
    /// Vectors of so many numbers in single precision.
    Vector(usize),
    /// Something else that a file of another program had.
    Other,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => write!(f, "str"),
            Self::Count => write!(f, "u32"),
            Self::Whole => write!(f, "i64"),
            Self::Single => write!(f, "f32"),
            Self::Double => write!(f, "f64"),
            Self::Flag => write!(f, "bool"),
            Self::Vector(width) => write!(f, "array[f32, {width}]"),
            Self::Other => write!(f, "other"),
        }
    }
}

/// The values of a column: made of a list of texts, numbers or truth values, or of options of them.
#[derive(Debug, Clone)]
pub struct Values(pub(crate) Box<dyn Array>);

impl Values {
    /// Vectors of `width` numbers, one after the other. A width of 0 is taken for 1, which only an empty column can have.
    ///
    /// # Errors
    /// When `numbers` are not whole vectors.
    pub fn vectors(numbers: Vec<f32>, width: usize) -> Result<Self, FrameError> {
        let width = width.max(1);
        if !numbers.len().is_multiple_of(width) {
            let expected = numbers.len().next_multiple_of(width);
            return Err(FrameError::Length { column: "vectors".to_owned(), found: numbers.len(), expected });
        }
        let rows = numbers.len() / width;
        let numbers = PrimitiveArray::from_vec(numbers).boxed();
        Ok(Self(FixedSizeListArray::new(vector_type(width), rows, numbers, None).boxed()))
    }
}

fn vector_type(width: usize) -> ArrowDataType {
    let item = Field::new("item".into(), ArrowDataType::Float32, true);
    ArrowDataType::FixedSizeList(Box::new(item), width)
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    name: String,
    values: Values,
}

impl Column {
    /// A column of `values`.
    pub fn new(name: impl Into<String>, values: impl Into<Values>) -> Self {
        Self { name: name.into(), values: values.into() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same values under another name.
    #[must_use]
    pub fn renamed(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// What it holds.
    pub fn kind(&self) -> Kind {
        match self.array().dtype() {
            ArrowDataType::Utf8View => Kind::Text,
            ArrowDataType::UInt32 => Kind::Count,
            ArrowDataType::Int64 => Kind::Whole,
            ArrowDataType::Float32 => Kind::Single,
            ArrowDataType::Float64 => Kind::Double,
            ArrowDataType::Boolean => Kind::Flag,
            ArrowDataType::FixedSizeList(item, width) if *item.dtype() == ArrowDataType::Float32 => {
                Kind::Vector(*width)
            }
            _ => Kind::Other,
        }
    }

    /// How many values it has.
    pub fn len(&self) -> usize {
        self.array().len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of them are null.
    pub fn null_count(&self) -> usize {
        self.array().null_count()
    }

    /// The value at `index`; null where there is none.
    pub fn get(&self, index: usize) -> Cell<'_> {
        if index < self.len() { cell(self.array(), index) } else { Cell::Null }
    }

    /// All values in order.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        (0..self.len()).map(|index| cell(self.array(), index))
    }

    /// The vector at `index` of a column of vectors.
    pub fn vector(&self, index: usize) -> Option<Vec<f32>> {
        if index < self.len() { vector(self.array(), index) } else { None }
    }

    /// The texts of a column of texts.
    pub fn texts(&self) -> Option<impl Iterator<Item = Option<&str>>> {
        self.array().as_any().downcast_ref::<Utf8ViewArray>().map(Utf8ViewArray::iter)
    }

    pub(crate) fn array(&self) -> &dyn Array {
        self.values.0.as_ref()
    }

    pub(crate) fn of_array(name: String, array: Box<dyn Array>) -> Self {
        Self { name, values: Values(array) }
    }

    pub(crate) fn slice(&self, start: usize, rows: usize) -> Self {
        Self { name: self.name.clone(), values: Values(self.array().sliced(start, rows)) }
    }

    pub(crate) fn field(&self) -> Field {
        Field::new(self.name.as_str().into(), self.array().dtype().clone(), true)
    }
}

fn text_array<T: AsRef<str>>(texts: impl Iterator<Item = Option<T>>) -> Box<dyn Array> {
    let mut array = MutableBinaryViewArray::<str>::with_capacity(texts.size_hint().0);
    for text in texts {
        array.push(text);
    }
    Utf8ViewArray::from(array).boxed()
}

macro_rules! values_of_texts {
    ($($text:ty),*) => {$(
        impl From<Vec<$text>> for Values {
            fn from(texts: Vec<$text>) -> Self {
                Self(text_array(texts.into_iter().map(Some)))
            }
        }
        impl From<Vec<Option<$text>>> for Values {
            fn from(texts: Vec<Option<$text>>) -> Self {
                Self(text_array(texts.into_iter()))
            }
        }
    )*};
}
values_of_texts!(&str, String, &String);

macro_rules! values_of_numbers {
    ($($number:ty),*) => {$(
        impl From<Vec<$number>> for Values {
            fn from(numbers: Vec<$number>) -> Self {
                Self(PrimitiveArray::from_vec(numbers).boxed())
            }
        }
        impl From<Vec<Option<$number>>> for Values {
            fn from(numbers: Vec<Option<$number>>) -> Self {
                Self(PrimitiveArray::from(numbers).boxed())
            }
        }
    )*};
}
values_of_numbers!(u32, i64, f32, f64);

impl From<Vec<bool>> for Values {
    fn from(flags: Vec<bool>) -> Self {
        Self(BooleanArray::from_slice(flags).boxed())
    }
}

impl From<Vec<Option<bool>>> for Values {
    fn from(flags: Vec<Option<bool>>) -> Self {
        Self(BooleanArray::from(flags).boxed())
    }
}

impl<T, const N: usize> From<[T; N]> for Values
where
    Self: From<Vec<T>>,
{
    fn from(values: [T; N]) -> Self {
        Self::from(Vec::from(values))
    }
}
