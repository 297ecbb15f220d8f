//! A passage or a word as services write it: the names of fields, and the forms of times: seconds, milliseconds, ticks, `"1.3s"`,
//! `"PT1.3S"`, clocks.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::read::captions::lenient_json::{List, Plain};
use crate::read::times::{clock, seconds_to_ms};

/// The unit of a bare number of a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read::captions) enum Unit {
    /// Seconds.
    #[default]
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Ten-millionths of a second.
    Ticks,
}

impl Unit {
    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Ticks => "ticks of 100 nanoseconds",
        }
    }

    /// Milliseconds of a number in this unit.
    pub(super) fn ms(self, number: f64) -> Option<u64> {
        seconds_to_ms(match self {
            Self::Seconds => number,
            Self::Milliseconds => number / 1e3,
            Self::Ticks => number / 1e7,
        })
    }
}

/// A time as written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Moment {
    /// No time.
    #[default]
    None,
    /// A bare number.
    Bare(f64),
    /// A number whose unit is known, in milliseconds.
    Known(u64),
}

impl Moment {
    /// Milliseconds, with bare numbers in `unit`.
    pub(super) fn ms(self, unit: Unit) -> Option<u64> {
        match self {
            Self::None => None,
            Self::Known(ms) => Some(ms),
            Self::Bare(number) => unit.ms(number),
        }
    }

    fn is_none(self) -> bool {
        self == Self::None
    }

    fn counting(self, unit: Option<Unit>) -> Self {
        match (self, unit) {
            (Self::Bare(number), Some(unit)) => unit.ms(number).map_or(Self::None, Self::Known),
            _ => self,
        }
    }

    fn of(value: &Plain) -> Self {
        match value {
            Plain::Nothing | Plain::Truth(_) => Self::None,
            Plain::Number(number) => Self::Bare(*number),
            Plain::Text(text) => Self::of_text(text.trim()),
        }
    }

    fn of_text(text: &str) -> Self {
        if let Ok(number) = text.parse::<f64>() {
            return if number.is_finite() { Self::Bare(number) } else { Self::None };
        }
        let counted =
            |text: &str, unit: Unit| text.trim().parse::<f64>().ok().and_then(|number| unit.ms(number));
        let known = if let Some(rest) = text.strip_suffix("ms") {
            counted(rest, Unit::Milliseconds)
        } else if text.starts_with('P') {
            iso_duration(text)
        } else if let Some(rest) = text.strip_suffix('s') {
            counted(rest, Unit::Seconds)
        } else {
            clock(text)
        };
        known.map_or(Self::None, Self::Known)
    }
}

/// `PT1H2M3.5S` in milliseconds.
fn iso_duration(text: &str) -> Option<u64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        let mut letters = rest[end..].chars();
        seconds += number
            * match letters.next()? {
                'H' => 3600.0,
                'M' => 60.0,
                'S' => 1.0,
                _ => return None,
            };
        rest = letters.as_str();
    }
    seconds_to_ms(seconds)
}

/// A time or an interval, from one key.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Stretch {
    start: Moment,
    end: Moment,
}

impl<'de> Deserialize<'de> for Stretch {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Stretch;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_bool<E>(self, _: bool) -> Result<Stretch, E> {
                Ok(Stretch::default())
            }
            fn visit_unit<E>(self) -> Result<Stretch, E> {
                Ok(Stretch::default())
            }
            fn visit_i64<E>(self, number: i64) -> Result<Stretch, E> {
                Ok(Stretch { start: Moment::Bare(number as f64), end: Moment::None })
            }
            fn visit_u64<E>(self, number: u64) -> Result<Stretch, E> {
                Ok(Stretch { start: Moment::Bare(number as f64), end: Moment::None })
            }
            fn visit_f64<E>(self, number: f64) -> Result<Stretch, E> {
                Ok(Stretch { start: Moment::Bare(number), end: Moment::None })
            }
            fn visit_str<E>(self, text: &str) -> Result<Stretch, E> {
                Ok(Stretch { start: Moment::of_text(text.trim()), end: Moment::None })
            }
            /// `[0.0, 2.5]`
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Stretch, A::Error> {
                let start = list.next_element::<Plain>()?.unwrap_or_default();
                let end = list.next_element::<Plain>()?.unwrap_or_default();
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Stretch { start: Moment::of(&start), end: Moment::of(&end) })
            }
            /// `{"seconds": "1", "nanos": 300000000}`, `{"from": 0, "to": 2500}`, `{"relative": 1.3}`
            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Stretch, A::Error> {
                let mut stretch = Stretch::default();
                let (mut seconds, mut nanos) = (None, None);
                while let Some(key) = object.next_key::<String>()? {
                    let value = object.next_value::<Plain>()?;
                    let number = match Moment::of(&value) {
                        Moment::Bare(number) => Some(number),
                        _ => None,
                    };
                    match key.as_str() {
                        "seconds" => seconds = number,
                        "nanos" => nanos = number,
                        "from" | "start" | "relative" => stretch.start = Moment::of(&value),
                        "to" | "end" => stretch.end = Moment::of(&value),
                        _ => {}
                    }
                }
                if seconds.is_some() || nanos.is_some() {
                    let all = seconds.unwrap_or(0.0) + nanos.unwrap_or(0.0) / 1e9;
                    stretch.start = Moment::Bare(all).counting(Some(Unit::Seconds));
                }
                Ok(stretch)
            }
        }
        from.deserialize_any(Any)
    }
}

/// A speaker: a name, a number, or an object with one of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Speaker(pub(super) Option<String>);

impl<'de> Deserialize<'de> for Speaker {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Speaker;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_bool<E>(self, _: bool) -> Result<Speaker, E> {
                Ok(Speaker(None))
            }
            fn visit_unit<E>(self) -> Result<Speaker, E> {
                Ok(Speaker(None))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Speaker, E> {
                Ok(Speaker(named(&number.to_string())))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Speaker, E> {
                Ok(Speaker(named(&number.to_string())))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Speaker, E> {
                Ok(Speaker(named(&number.to_string())))
            }
            fn visit_str<E>(self, text: &str) -> Result<Speaker, E> {
                Ok(Speaker(named(text)))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Speaker, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Speaker(None))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Speaker, A::Error> {
                let mut found: Option<(usize, String)> = None;
                while let Some(key) = object.next_key::<String>()? {
                    let rank =
                        ["display_name", "displayName", "name", "label", "full_name", "id", "@id", "email"]
                            .iter()
                            .position(|known| *known == key);
                    let value = object.next_value::<Plain>()?.into_text().and_then(|text| named(&text));
                    if let (Some(rank), Some(value)) = (rank, value)
                        && found.as_ref().is_none_or(|(best, _)| rank < *best)
                    {
                        found = Some((rank, value));
                    }
                }
                Ok(Speaker(found.map(|(_, name)| name)))
            }
        }
        from.deserialize_any(Any)
    }
}

/// A speaker's name; a bare number is called `Speaker 1`.
pub(super) fn named(name: &str) -> Option<String> {
    let name = name.trim();
    if name.is_empty() {
        None
    } else if name.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(format!("Speaker {name}"))
    } else {
        Some(name.to_owned())
    }
}

/// A passage or a word.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Entry {
    /// The words.
    pub(super) text: Option<String>,
    /// The speaker.
    pub(super) speaker: Option<String>,
    /// The channel of the recording.
    pub(super) channel: Option<String>,
    /// Its type, where services write one: `word`, `punctuation`, `spacing`, …
    pub(super) kind: Option<String>,
    /// The neighbour that punctuation belongs to.
    pub(super) attaches_to: Option<String>,
    /// Whether the speaker changes after it.
    pub(super) speaker_turn_next: bool,
    /// Its words.
    pub(super) words: Vec<Entry>,
    /// When it starts.
    pub(super) start: Moment,
    /// When it ends.
    pub(super) end: Moment,
    /// How long it lasts.
    pub(super) duration: Moment,
}

impl Entry {
    /// An entry without words, with a start and a duration.
    pub(super) fn lasting(start: &Plain, duration: &Plain) -> Self {
        Self { start: Moment::of(start), duration: Moment::of(duration), ..Self::default() }
    }

    /// An entry without words, with a start and either an end or a duration.
    pub(super) fn between(start: &Plain, end: &Plain, duration: &Plain) -> Self {
        Self { end: Moment::of(end), ..Self::lasting(start, duration) }
    }

    /// Milliseconds of a time as written, with bare numbers in `unit`.
    pub(super) fn moment(time: &Plain, unit: Unit) -> Option<u64> {
        Moment::of(time).ms(unit)
    }

    /// When it starts, with bare numbers in `unit`.
    pub(super) fn start_ms(&self, unit: Unit) -> Option<u64> {
        self.start.ms(unit)
    }

    /// When it ends, with bare numbers in `unit`.
    pub(super) fn end_ms(&self, unit: Unit) -> Option<u64> {
        let by_duration = || Some(self.start.ms(unit)?.saturating_add(self.duration.ms(unit)?));
        self.end.ms(unit).or_else(by_duration)
    }
}

/// The meaning of a key, and its rank among keys of one meaning, the smallest preferred.
enum Field {
    Text(u8),
    Speaker(u8),
    Channel,
    Start(u8, Option<Unit>),
    End(u8, Option<Unit>),
    Stretch(u8, Option<Unit>),
    Duration(Option<Unit>),
    Kind,
    AttachesTo,
    TurnNext,
    Words,
    Other,
}

fn field(key: &str) -> Field {
    const MS: Option<Unit> = Some(Unit::Milliseconds);
    const TICKS: Option<Unit> = Some(Unit::Ticks);
    match key {
        "punctuated_word" => Field::Text(0),
        "word" | "Word" => Field::Text(1),
        "text" | "Text" => Field::Text(2),
        "transcript" | "transcription" | "sentence" | "content" | "Content" | "body" | "spokenText"
        | "value" | "utf8" | "utterance" => Field::Text(3),
        "speakerDisplayName" | "speaker_display_name" | "speaker_name" | "speakerName" | "display_name" => {
            Field::Speaker(0)
        }
        "speaker" | "Speaker" | "participant" | "ParticipantRole" => Field::Speaker(1),
        "speaker_label" | "speakerLabel" => Field::Speaker(2),
        "speaker_id" | "speakerId" | "SpeakerId" | "speakerTag" | "speaker_tag" => Field::Speaker(3),
        "channel" | "Channel" | "channel_index" | "channel_label" | "ChannelNumber" => Field::Channel,
        "start_ms" | "startMs" | "startTimeMs" | "start_time_ms" | "BeginOffsetMillis"
        | "offsetMilliseconds" | "tStartMs" => Field::Start(0, MS),
        "offsetInTicks" | "OffsetInTicks" => Field::Start(0, TICKS),
        "start" | "Start" | "start_time" | "startTime" | "start_timestamp" | "startOffset"
        | "start_offset" | "begin" | "time_begin" | "from" | "ts" => Field::Start(1, None),
        "offset" | "Offset" | "time" => Field::Start(2, None),
        "end_ms" | "endMs" | "endTimeMs" | "end_time_ms" | "EndOffsetMillis" => Field::End(0, MS),
        "end" | "End" | "end_time" | "endTime" | "end_timestamp" | "endOffset" | "end_offset"
        | "time_end" | "to" | "end_ts" => Field::End(1, None),
        "offsets" => Field::Stretch(0, MS),
        "timestamp" => Field::Stretch(3, None),
        "timestamps" => Field::Stretch(4, None),
        "durationInTicks" | "DurationInTicks" => Field::Duration(TICKS),
        "duration_ms" | "durationMs" | "durationMilliseconds" | "dDurationMs" => Field::Duration(MS),
        "duration" | "Duration" | "dur" => Field::Duration(None),
        "type" => Field::Kind,
        "attaches_to" => Field::AttachesTo,
        "speaker_turn_next" => Field::TurnNext,
        "words" | "elements" | "terms" | "Words" => Field::Words,
        _ => Field::Other,
    }
}

/// Sets the value of a key, unless a preferred key came before.
struct Best<T>(Option<(u8, T)>);

impl<T> Best<T> {
    fn offer(&mut self, rank: u8, value: T) {
        if self.0.as_ref().is_none_or(|(best, _)| rank < *best) {
            self.0 = Some((rank, value));
        }
    }

    fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Entry;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Entry, A::Error> {
                let mut entry = Entry::default();
                let (mut text, mut speaker) = (Best(None), Best(None));
                let (mut start, mut end) = (Best(None), Best(None));
                while let Some(key) = object.next_key::<String>()? {
                    match field(&key) {
                        Field::Text(rank) => {
                            if let Some(value) = object.next_value::<Plain>()?.into_text() {
                                text.offer(rank, value);
                            }
                        }
                        Field::Speaker(rank) => {
                            if let Speaker(Some(name)) = object.next_value()? {
                                speaker.offer(rank, name);
                            }
                        }
                        Field::Channel => entry.channel = object.next_value::<Plain>()?.into_text(),
                        Field::Start(rank, unit) => {
                            let found = object.next_value::<Stretch>()?.start.counting(unit);
                            if !found.is_none() {
                                start.offer(rank, found);
                            }
                        }
                        Field::End(rank, unit) => {
                            let found = object.next_value::<Stretch>()?.start.counting(unit);
                            if !found.is_none() {
                                end.offer(rank, found);
                            }
                        }
                        Field::Stretch(rank, unit) => {
                            let found = object.next_value::<Stretch>()?;
                            let (from, to) = (found.start.counting(unit), found.end.counting(unit));
                            if !from.is_none() {
                                start.offer(rank, from);
                            }
                            if !to.is_none() {
                                end.offer(rank, to);
                            }
                        }
                        Field::Duration(unit) => {
                            let found = object.next_value::<Stretch>()?.start.counting(unit);
                            if entry.duration.is_none() || unit.is_some() {
                                entry.duration = found;
                            }
                        }
                        Field::Kind => entry.kind = object.next_value::<Plain>()?.into_text(),
                        Field::AttachesTo => entry.attaches_to = object.next_value::<Plain>()?.into_text(),
                        Field::TurnNext => {
                            entry.speaker_turn_next = object.next_value::<Plain>()? == Plain::Truth(true);
                        }

                        Field::Words => entry.words = object.next_value::<List<Entry>>()?.0,
                        Field::Other => {
                            object.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                entry.text = text.take();
                entry.speaker = speaker.take();
                entry.start = start.take().unwrap_or_default();
                entry.end = end.take().unwrap_or_default();
                Ok(entry)
            }
        }
        from.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_understood_in_every_writing() {
        let times = |json: &str, unit| {
            let entry: Entry = serde_json::from_str(json).unwrap();
            (entry.start_ms(unit), entry.end_ms(unit))
        };
        let both = (Some(1_300), Some(2_500));
        for json in [
            r#"{"start": 1.3, "end": 2.5}"#,
            r#"{"start_time": "1.3", "end_time": "2.50"}"#,
            r#"{"startOffset": "1.300s", "endOffset": "2500ms"}"#,
            r#"{"start_ms": 1300, "end_ms": 2500}"#,
            r#"{"start_ms": 1300, "duration_ms": 1200}"#,
            r#"{"offset": "PT1.3S", "duration": "PT0M1.2S"}"#,
            r#"{"offsetInTicks": 13000000.0, "durationInTicks": 12000000}"#,
            r#"{"timestamp": [1.3, 2.5]}"#,
            r#"{"offsets": {"from": 1300, "to": 2500}, "timestamps": {"from": "00:00:09,000", "to": "00:00:10,000"}}"#,
            r#"{"timestamps": {"from": "00:00:01,300", "to": "00:00:02,500"}}"#,
            r#"{"startTime": {"seconds": "1", "nanos": 300000000}, "endTime": {"seconds": 2, "nanos": 500000000}}"#,
            r#"{"start_timestamp": {"relative": 1.3}, "end_timestamp": {"relative": 2.5}}"#,
            r#"{"startOffset": "00:00:01.3000000", "endOffset": "0:00:02.5"}"#,
            r#"{"start": 1.3, "end": null, "duration": 1.2}"#,
        ] {
            assert_eq!(times(json, Unit::Seconds), both, "{json}");
        }
        assert_eq!(times(r#"{"start": 1300, "end": "2500"}"#, Unit::Milliseconds), both);
        assert_eq!(
            times(r#"{"start": "soon", "end": [], "timestamp": {}, "duration": -1}"#, Unit::Seconds),
            (None, None)
        );
    }

    #[test]
    fn better_keys_win_in_any_order() {
        let entry: Entry = serde_json::from_str(
            r#"{"speaker_id": 7, "speaker_name": "Anna", "word": "yes", "punctuated_word": "Yes.", "text": "x", "text": "y"}"#,
        )
        .unwrap();
        assert_eq!((entry.speaker.as_deref(), entry.text.as_deref()), (Some("Anna"), Some("Yes.")));
        let entry: Entry = serde_json::from_str(
            r#"{"speaker": {"id": 3, "name": "Ben"}, "participant": null, "channel": 0}"#,
        )
        .unwrap();
        assert_eq!((entry.speaker.as_deref(), entry.channel.as_deref()), (Some("Ben"), Some("0")));
        let entry: Entry = serde_json::from_str(r#"{"speaker": 0, "words": "none", "start": true}"#).unwrap();
        assert_eq!((entry.speaker.as_deref(), entry.words.len()), (Some("Speaker 0"), 0));
    }
}
