//! Whether a study looks for emergent themes, and for how many.

use std::fmt;

use serde::{Serialize, Serializer};

/// Whether emergent themes are looked for, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmergentThemes {
    /// None.
    Off,
    /// As many as the size of the study suggests.
    #[default]
    Auto,
    /// So many, if the interviews have them.
    Number(u32),
}

impl EmergentThemes {
    /// Whether any are looked for.
    pub fn wanted(self) -> bool {
        self != Self::Off
    }
}

impl From<bool> for EmergentThemes {
    fn from(wanted: bool) -> Self {
        if wanted { Self::Auto } else { Self::Off }
    }
}

/// A number of themes; none for 0.
impl From<u32> for EmergentThemes {
    fn from(number: u32) -> Self {
        if number == 0 { Self::Off } else { Self::Number(number) }
    }
}

/// As in a study file.
impl fmt::Display for EmergentThemes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => formatter.write_str("false"),
            Self::Auto => formatter.write_str("true"),
            Self::Number(number) => write!(formatter, "{number}"),
        }
    }
}

/// As in a study file: true, false or a number.
impl Serialize for EmergentThemes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Off => serializer.serialize_bool(false),
            Self::Auto => serializer.serialize_bool(true),
            Self::Number(number) => serializer.serialize_u32(*number),
        }
    }
}
