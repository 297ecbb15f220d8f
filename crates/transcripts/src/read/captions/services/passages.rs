//! Shared by most services: passages with a speaker and words, words with speakers, channels.

use super::entry::{Entry, Unit};
use crate::codes;
use crate::read::captions::Fragment;
use crate::read::captions::timed_words::{TimedWord, cut_at_pauses, pieces_of};
use crate::read::problems::{ProblemLog, counted};

/// The words of a channel are cut at longer pauses, so that the answers on another can be placed between.
const CHANNEL_PAUSE_MS: u64 = 700;

impl Entry {
    /// The entry as a word.
    pub(super) fn timed(self, unit: Unit) -> TimedWord {
        TimedWord {
            start_ms: self.start_ms(unit),
            end_ms: self.end_ms(unit),
            text: self.text.unwrap_or_default(),
            speaker: self.speaker,
        }
    }

    /// The entry as a passage of one speaker.
    pub(super) fn said(self, unit: Unit) -> Fragment {
        Fragment {
            start_ms: self.start_ms(unit),
            end_ms: self.end_ms(unit),
            speaker: self.speaker,
            text: self.text.unwrap_or_default(),
            change: false,
        }
    }
}

/// Entries as words.
pub(super) fn timed(entries: Vec<Entry>, unit: Unit) -> Vec<TimedWord> {
    entries.into_iter().map(|entry| entry.timed(unit)).collect()
}

/// Passages; one whose words have different speakers is cut between them.
pub(super) fn said_in_passages(passages: Vec<Entry>, unit: Unit, log: &mut ProblemLog) -> Vec<Fragment> {
    let mut all = Vec::with_capacity(passages.len());
    let mut cut = 0;
    for mut passage in passages {
        let words = timed(std::mem::take(&mut passage.words), unit);
        let Fragment { speaker, text, start_ms, end_ms, .. } = passage.said(unit);
        let first = words.iter().find_map(|word| word.speaker.clone());
        let changes = words.iter().any(|word| word.speaker.is_some() && word.speaker != first);
        if changes || text.trim().is_empty() {
            let mut pieces = pieces_of(&text, &words, speaker.as_deref());
            cut += usize::from(changes && pieces.len() > 1);
            // The outer times are the passage's, because numerals may not be aligned.
            if let Some(piece) = pieces.first_mut() {
                piece.start_ms = start_ms.or(piece.start_ms);
            }
            if let Some(piece) = pieces.last_mut() {
                piece.end_ms = end_ms.or(piece.end_ms);
            }
            all.extend(pieces);
        } else {
            let start_ms = start_ms.or_else(|| words.iter().find_map(|word| word.start_ms));
            let end_ms = end_ms.or_else(|| words.iter().filter_map(|word| word.end_ms).max());
            // `pieces_of` uses the words' speakers; where these agree, theirs is the passage's.
            all.push(Fragment { speaker: first.or(speaker), text, start_ms, end_ms, change: false });
        }
    }
    if cut > 0 {
        log.note(
            codes::LAYOUT_GUESSED,
            None,
            format!(
                "{} cut where the speaker changes from one word to the next",
                counted(cut, "segment was", "segments were")
            ),
            "",
        );
    }
    all
}

/// A channel of a recording.
#[derive(Debug, Default)]
pub(super) struct Channel {
    /// Its name in the service.
    pub(super) name: String,
    /// Its words, in order.
    pub(super) words: Vec<TimedWord>,
    /// The text that the words stand in; may be empty.
    pub(super) text: String,
}

/// The speech of the channels, by time. With several channels, each is a speaker, or has speakers of its own.
pub(super) fn said_on_channels(mut channels: Vec<Channel>) -> Vec<Fragment> {
    channels.retain(|channel| channel.words.iter().any(|word| !word.text.trim().is_empty()));
    if channels.len() < 2 {
        return channels.iter().flat_map(|channel| pieces_of(&channel.text, &channel.words, None)).collect();
    }
    let mut all = Vec::new();
    for Channel { name, mut words, .. } in channels {
        let channel =
            super::entry::named(&name).map_or(name.clone(), |named| named.replace("Speaker ", "Channel "));
        for word in &mut words {
            word.speaker = Some(match word.speaker.take() {
                Some(speaker) => format!("{channel}, {speaker}"),
                None => channel.clone(),
            });
        }
        // A sign without a time belongs to its word.
        for words in cut_at_pauses(words, CHANNEL_PAUSE_MS) {
            all.extend(pieces_of("", &words, None));
        }
    }
    all.sort_by_key(|said| said.start_ms);
    all
}

/// Speakers by time, where they are told apart by intervals.
pub(super) struct SpeakerTimes(Vec<(u64, u64, String)>);

impl SpeakerTimes {
    /// Of intervals with a speaker; others are left out.
    pub(super) fn of(stretches: Vec<Entry>, unit: Unit) -> Self {
        let stretches = stretches.into_iter().filter_map(|entry| {
            let start = entry.start_ms(unit)?;
            Some((start, entry.end_ms(unit), entry.speaker?))
        });
        Self::of_stretches(stretches.collect())
    }

    /// Of starts, ends and speakers.
    pub(super) fn of_stretches(stretches: Vec<(u64, Option<u64>, String)>) -> Self {
        let mut all: Vec<(u64, u64, String)> =
            stretches.into_iter().map(|(start, end, name)| (start, end.unwrap_or(u64::MAX), name)).collect();
        all.sort();
        Self(all)
    }

    /// The speaker in the middle of a word: the last interval that contains it, else the one that ended last.
    pub(super) fn at(&self, start_ms: Option<u64>, end_ms: Option<u64>) -> Option<String> {
        let start = start_ms?;
        let exact = self.0.partition_point(|(from, ..)| *from < start);
        if let Some((_, _, name)) = self.0.get(exact).filter(|(from, ..)| *from == start) {
            return Some(name.clone());
        }
        let middle = start + end_ms.unwrap_or(start).saturating_sub(start) / 2;
        let after = self.0.partition_point(|(from, ..)| *from <= middle);
        let before = self.0.get(..after)?;
        let (_, _, name) =
            before.iter().rev().take(8).find(|(_, until, _)| middle < *until).or_else(|| before.last())?;
        Some(name.clone())
    }
}
