//! Identifiers. They are read in any form that programs write, and can be derived from names, so that a project that is exported
//! twice has the same ones.

use std::fmt;

use uuid::{Builder, Uuid};

/// A globally unique identifier. It is shown in small letters, without braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(into = "String", try_from = "String")
)]
pub struct Guid(Uuid);

impl Guid {
    /// Reads an identifier, with or without braces and in either case; none for anything else.
    ///
    /// ```
    /// use refi_qda::Guid;
    /// let one = Guid::parse("{7C1B6C0E-0F2E-5A54-9A0F-2B6A1C1C0001}");
    /// assert_eq!(one, Guid::parse("7c1b6c0e-0f2e-5a54-9a0f-2b6a1c1c0001"));
    /// assert_eq!(Guid::parse(""), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let bare = text.trim().trim_start_matches('{').trim_end_matches('}');
        Uuid::try_parse(bare).ok().map(Self)
    }

    /// The identifier of something in a study, such as the code (kind) `workload` (key): always the same for the same three texts
    /// (a UUID of version 8 of RFC 9562, from BLAKE3).
    pub fn derived(study: &str, kind: &str, key: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        // A name space. Another one would change the identifiers of all projects that were exported before.
        for part in ["emic exchange", study, kind, key] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        let digest = *hasher.finalize().as_bytes();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
        Self(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

#[cfg(feature = "serde")]
impl From<Guid> for String {
    fn from(guid: Guid) -> Self {
        guid.to_string()
    }
}

#[cfg(feature = "serde")]
impl TryFrom<String> for Guid {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no identifier"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_identifiers_never_change() {
        let code = Guid::derived("Barriers", "code", "workload");
        insta::assert_snapshot!(code, @"feddea66-9c8d-8d74-8243-af8baa988221");
        assert_ne!(code, Guid::derived("Barriers", "code", "missing services"));
        assert_ne!(code, Guid::derived("Barriers", "source", "workload"));
        assert_eq!(Guid::parse(&code.to_string()), Some(code));
    }
}
