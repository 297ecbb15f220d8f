//! The shape of a JSON file: the paths of its keys, such as `results.channels[].alternatives[]`, by which a service is recognised,
//! and the speakers in the file, so that none is lost unnoticed.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Maximum depth of paths.
const MAX_DEPTH: usize = 14;
/// Maximum number of paths; a file with more has data for keys.
const MAX_PATHS: usize = 5_000;
/// Elements of a list that are examined.
const MAX_ELEMENTS: usize = 2_000;
/// Maximum distinct values of a key for speakers.
const MAX_SPEAKERS: usize = 200;
/// Maximum length of a part of a path.
const MAX_KEY: usize = 64;

/// Keys under which services name speakers.
const SPEAKER_KEYS: &[&str] = &[
    "speaker",
    "Speaker",
    "speaker_id",
    "speakerId",
    "SpeakerId",
    "speaker_label",
    "speakerLabel",
    "speaker_name",
    "speakerName",
    "speaker_tag",
    "speakerTag",
    "speakerDisplayName",
    "speaker_display_name",
    "ParticipantRole",
];

/// The type of a file's top.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read::captions) enum Top {
    /// Nothing, or a plain value.
    #[default]
    Plain,
    /// One object.
    Object,
    /// One list.
    List,
    /// Several values in sequence, a line each or not.
    Lines,
}

/// The shape of a file. Paths begin at the object at the top, or at the objects of the list or the lines at the top.
#[derive(Debug, Default)]
pub(in crate::read::captions) struct Shape {
    /// What the top is.
    pub(in crate::read::captions) top: Top,
    paths: BTreeSet<String>,
    speakers: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Shape {
    /// The shape of a text.
    ///
    /// # Errors
    /// When it is not JSON, or several JSON values one after the other.
    pub(in crate::read::captions) fn of(text: &str) -> serde_json::Result<Self> {
        let mut shape = Self::default();
        let mut values = 0;
        let mut rest = serde_json::Deserializer::from_str(text);
        // Several values may be separated by blanks only.
        while rest.end().is_err() {
            let top =
                Walk { shape: &mut shape, path: &mut String::new(), depth: 0 }.deserialize(&mut rest)?;
            values += 1;
            shape.top = if values > 1 { Top::Lines } else { top };
        }
        Ok(shape)
    }

    /// Whether a path exists.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether one of these paths exists.
    pub(super) fn has_any(&self, paths: &[&str]) -> bool {
        paths.iter().any(|path| self.has(path))
    }

    /// Whether a path with this end exists, whatever precedes it: some services have data for keys.
    pub(super) fn has_end(&self, end: &str) -> bool {
        self.paths.iter().any(|path| path.ends_with(end))
    }

    /// Whether oTranscribe saved the file.
    pub(in crate::read::captions) fn is_otr(&self) -> bool {
        self.top == Top::Object && self.has("text") && self.has("media-time")
    }

    /// The key with the most speakers, and their number.
    pub(in crate::read::captions) fn speakers(&self) -> Option<(&'static str, usize)> {
        let most = self.speakers.iter().max_by_key(|(key, names)| (names.len(), std::cmp::Reverse(**key)));
        most.map(|(key, names)| (*key, names.len()))
    }

    fn add(&mut self, path: &str) {
        if self.paths.len() < MAX_PATHS && !self.paths.contains(path) {
            self.paths.insert(path.to_owned());
        }
    }

    fn add_speaker(&mut self, key: &'static str, value: &str) {
        let value = value.trim();
        let nobody = value.is_empty() || matches!(value, "UU" | "unknown" | "Unknown" | "null");
        let names = self.speakers.entry(key).or_default();
        if !nobody && names.len() < MAX_SPEAKERS && !names.contains(value) {
            names.insert(value.to_owned());
        }
    }
}

/// Visits a value and adds its paths.
struct Walk<'a> {
    shape: &'a mut Shape,
    path: &'a mut String,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Top;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Top, D::Error> {
        from.deserialize_any(self)
    }
}

impl Walk<'_> {
    fn plain(&mut self, value: &str) {
        if let Some(key) = speaker_key(self.path) {
            self.shape.add_speaker(key, value);
        }
    }
}

/// The key for speakers that a path ends with.
fn speaker_key(path: &str) -> Option<&'static str> {
    let last = path.rsplit('.').next().unwrap_or(path);
    SPEAKER_KEYS.iter().copied().find(|key| *key == last)
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Top;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Top, E> {
        Ok(Top::Plain)
    }

    fn visit_unit<E>(self) -> Result<Top, E> {
        Ok(Top::Plain)
    }

    fn visit_i64<E>(mut self, number: i64) -> Result<Top, E> {
        self.plain(&number.to_string());
        Ok(Top::Plain)
    }

    fn visit_u64<E>(mut self, number: u64) -> Result<Top, E> {
        self.plain(&number.to_string());
        Ok(Top::Plain)
    }

    fn visit_f64<E>(mut self, number: f64) -> Result<Top, E> {
        self.plain(&number.to_string());
        Ok(Top::Plain)
    }

    fn visit_str<E>(mut self, text: &str) -> Result<Top, E> {
        self.plain(text);
        Ok(Top::Plain)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Top, A::Error> {
        let Self { shape, path, depth } = self;
        let length = path.len();
        if depth > 0 {
            path.push_str("[]");
            shape.add(path);
        }
        let mut seen = 0;
        while seen < MAX_ELEMENTS && depth < MAX_DEPTH {
            let element = Walk { shape: &mut *shape, path: &mut *path, depth: depth + 1 };
            if list.next_element_seed(element)?.is_none() {
                path.truncate(length);
                return Ok(Top::List);
            }
            seen += 1;
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        path.truncate(length);
        Ok(Top::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Top, A::Error> {
        let Self { shape, path, depth } = self;
        let length = path.len();
        while let Some(key) = object.next_key::<String>()? {
            if depth >= MAX_DEPTH {
                object.next_value::<IgnoredAny>()?;
                continue;
            }
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key.get(..MAX_KEY).unwrap_or(if key.len() <= MAX_KEY { &key } else { "…" }));
            shape.add(path);
            object.next_value_seed(Walk { shape: &mut *shape, path: &mut *path, depth: depth + 1 })?;
            path.truncate(length);
        }
        Ok(Top::Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_same_in_objects_lists_and_lines() {
        let object =
            r#"{"results": [{"words": [{"speaker": "A"}, {"speaker": 1}, {"speaker": null}]}], "text": ""}"#;
        for text in [
            object.to_owned(),
            format!("[{object}]"),
            format!("{object}\n{object}"),
            format!("{object}{object}"),
        ] {
            let shape = Shape::of(&text).unwrap();
            assert!(
                shape.has_any(&["results[].words[].speaker"]) && shape.has("text") && !shape.has("words"),
                "{text}"
            );
            assert_eq!(shape.speakers(), Some(("speaker", 2)));
        }
        assert!(Shape::of("{} x").is_err());
        assert_eq!(Shape::of(object).unwrap().top, Top::Object);
        assert_eq!(Shape::of("{} {}").unwrap().top, Top::Lines);
        assert_eq!(Shape::of("").unwrap().top, Top::Plain);
    }
}
