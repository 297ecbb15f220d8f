//! The identifiers of exchange files: read however a program writes them, and derived from names, so that a project that is
//! exported again has the same ones.

use std::fmt;

use uuid::{Builder, Uuid};

/// A globally unique identifier, as REFI-QDA uses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(Uuid);

impl Guid {
    /// Reads one with or without braces and in either case; `None` for anything else.
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

    /// The identifier of something in a study: the same for the same study, kind and key, on every machine (version 8 of RFC 9562,
    /// from BLAKE3).
    pub fn derived(study: &str, kind: &str, key: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in ["emic exchange", study, kind, key] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        let digest = *hasher.finalize().as_bytes();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, of)| *byte = of);
        Self(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// In small letters, without braces.
impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
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
