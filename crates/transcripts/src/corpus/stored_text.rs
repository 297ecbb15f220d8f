//! Texts that are held by themselves, or as stretches of one store: millions of short strings cost more memory than their letters, and
//! a store can be a mapped file.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The bytes of many texts, one after another: a string, or a mapped file.
pub struct TextStore(Box<dyn AsRef<[u8]> + Send + Sync>);

impl TextStore {
    /// A store of these bytes, which must never change.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self(Box::new(bytes)))
    }

    /// The text at some bytes; none where these are not there or no whole letters.
    pub fn text(self: &Arc<Self>, bytes: Range<usize>) -> Option<Text> {
        let length = u32::try_from(bytes.len()).ok()?;
        std::str::from_utf8(self.bytes().get(bytes.clone())?).ok()?;
        Some(Text(Kind::Shared { store: Arc::clone(self), start: bytes.start as u64, length }))
    }

    fn bytes(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl fmt::Debug for TextStore {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "TextStore({} bytes)", self.bytes().len())
    }
}

/// A text, used like a `&str`: held by itself, or a stretch of a [`TextStore`]. Equal texts are equal wherever they are held.
///
/// ```
/// use transcripts::{Text, TextStore};
/// let store = TextStore::new(String::from("No time. Sixty families."));
/// assert_eq!(store.text(0..8), Some(Text::from("No time.")));
/// ```
#[derive(Clone)]
pub struct Text(Kind);

#[derive(Clone)]
enum Kind {
    Own(Box<str>),
    Shared { store: Arc<TextStore>, start: u64, length: u32 },
}

impl Text {
    /// A text that all clones share.
    pub fn shared(text: String) -> Self {
        let length = text.len();
        // Longer ones than a stretch can be are held by themselves.
        if u32::try_from(length).is_err() {
            return text.into();
        }
        TextStore::new(text).text(0..length).unwrap_or_default()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Kind::Own(text) => text,
            Kind::Shared { store, start, length } => {
                let start = *start as usize;
                let bytes = store.bytes().get(start..start + *length as usize).unwrap_or_default();
                // Checked when the stretch was made.
                std::str::from_utf8(bytes).unwrap_or_default()
            }
        }
    }

    /// The text from the start of `first` to the end of `last`, and some of its bytes, where both are stretches of one store, in this
    /// order; none otherwise.
    pub fn within(first: &Self, last: &Self, bytes: Range<usize>) -> Option<Self> {
        let (Kind::Shared { store, start, .. }, Kind::Shared { store: other, start: from, length }) =
            (&first.0, &last.0)
        else {
            return None;
        };
        let whole = *start as usize..(*from as usize).checked_add(*length as usize)?;
        let (from, to) = (whole.start.checked_add(bytes.start)?, whole.start.checked_add(bytes.end)?);
        (Arc::ptr_eq(store, other) && to <= whole.end).then(|| store.text(from..to))?
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Kind::Own(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Kind::Own(text.into_boxed_str()))
    }
}

impl From<&Text> for String {
    fn from(text: &Text) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), to)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.pad(self)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_the_text_that_it_holds() {
        let store = TextStore::new(String::from("Ana\nNo tîme."));
        let (name, said) = (store.text(0..3).unwrap(), store.text(4..13).unwrap());
        assert_eq!((name.as_str(), said.as_str()), ("Ana", "No tîme."));
        assert_eq!(said, Text::from("No tîme."));
        assert_eq!(format!("{name:>5}|{said:?}"), "  Ana|\"No tîme.\"");
        assert_eq!(Text::within(&name, &said, 2..6).unwrap(), "a\nNo");
        assert_eq!(serde_json::from_str::<Text>(&serde_json::to_string(&said).unwrap()).unwrap(), said);
    }

    #[test]
    fn what_is_not_there_is_no_text() {
        let store = TextStore::new(String::from("tîme"));
        assert!(store.text(0..2).is_none() && store.text(0..6).is_none());
        let whole = store.text(0..5).unwrap();
        assert!(Text::within(&whole, &whole, 0..6).is_none());
        assert!(Text::within(&whole, &Text::from("tîme"), 0..1).is_none());
    }

    #[test]
    fn a_text_is_no_larger_than_a_string() {
        assert_eq!(size_of::<Text>(), size_of::<String>());
    }
}
