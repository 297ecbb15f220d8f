//! Finds the speakers of captions: voices that a format marks, labels such as `Name:`, and marks of a change, `>>` and dashes. Cues
//! of two speakers are split.

use std::collections::{BTreeMap, BTreeSet};

use super::cues::Cue;
use super::marks::{Mark, Marks, Piece};
use super::{Fragment, first_words, push_spaced};
use crate::codes;
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::key_words::is_never_a_speaker;
use crate::read::speakers::label::{Candidate, Style, candidate, fold, is_capitals};
use crate::read::speakers::label_words::{is_sound, is_usual};

/// When at least this part of the cues has a label, an unlabelled cue has an unknown speaker; otherwise labels are only where the
/// speaker changes.
const EVERY_CUE: f64 = 0.8;
/// Share of cues with a label at which a single label counts; a phrase that occurs twice in an hour is none.
const ONE_SPEAKER: f64 = 0.2;
/// Where marks of change are this close to each other, in cues, a turn lasts from mark to mark.
const MAX_CUES_BETWEEN_MARKS: usize = 40;

/// Maximum length of a label within a line, in characters.
const MAX_LABEL: usize = 64;

/// Words that begin a sentence before a colon, `Look: …`, and are no name.
const OPENERS: &[&str] = &[
    "so",
    "well",
    "okay",
    "ok",
    "yes",
    "yeah",
    "no",
    "but",
    "and",
    "look",
    "listen",
    "anyway",
    "right",
    "now",
    "then",
    "first",
    "second",
    "third",
    "next",
    "finally",
    "because",
    "basically",
    "remember",
    "imagine",
    "also",
    "plus",
    "problem",
    "result",
    "answer",
    "question",
    "fact",
    "today",
    "tomorrow",
    "yesterday",
    "time",
    "place",
    "again",
    "meaning",
    "point",
    "rule",
    "step",
    "number",
    "option",
    "part",
    "chapter",
];

/// A line of a caption with the speaker that the format marks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ShownLine {
    /// None where the format marks none; empty for a voice without a name.
    pub(crate) voice: Option<String>,
    /// The words without markup.
    pub(crate) text: String,
}

/// A caption whose lines are plain text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Caption {
    /// Line of its time, from 1.
    pub(crate) line: u64,
    /// Milliseconds from the start of the recording.
    pub(crate) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(crate) end_ms: Option<u64>,
    /// The text.
    pub(crate) lines: Vec<ShownLine>,
}

impl From<Cue> for Caption {
    fn from(cue: Cue) -> Self {
        let lines = cue.lines.into_iter().map(|text| ShownLine { voice: None, text }).collect();
        Self { line: cue.line, start_ms: cue.start_ms, end_ms: cue.end_ms, lines }
    }
}

/// The speech in captions, cut where the speaker changes.
pub(crate) fn said_in(captions: &[Caption], roster: &[String], log: &mut ProblemLog) -> Vec<Fragment> {
    let marks = Marks::of(captions);
    let pieces = marks.pieces(captions);
    let labels = Labels::learned(&pieces, captions.len(), marks.arrows > 0, roster);
    labels.tell(&pieces, log);
    tell_of_unnamed(&pieces, &labels, log);
    // From mark to mark one person speaks, however long it takes.
    let until_marked =
        marks.arrows > 0 && captions.len() <= marks.arrows.saturating_mul(MAX_CUES_BETWEEN_MARKS);
    let mut all: Vec<Fragment> = Vec::with_capacity(pieces.len());
    let mut current: Option<String> = None;
    for piece in &pieces {
        let Some(caption) = captions.get(piece.caption) else { continue };
        if piece.opens_caption && labels.every_cue {
            current = None;
        }
        let label = labels.at(piece);
        let text = label.as_ref().map_or(piece.text, |label| label.text).trim();
        let voiced = piece.voice.is_some();
        let named = piece.voice.filter(|name| !name.is_empty()).map(str::to_owned);
        if let Some(label) = &label {
            current = Some(label.label.to_owned());
        } else if voiced {
            current = named;
        } else if piece.mark.is_some() {
            current = None;
        }
        let goes_on = label.is_none() && piece.mark.is_none() && !voiced;
        let (text, answers) = if voiced { (text, Vec::new()) } else { labels.within(text) };
        match all.last_mut() {
            Some(last) if goes_on && (!piece.opens_caption || until_marked || last.text.is_empty()) => {
                // A mark after the last words of a caption opens the next one.
                if last.text.is_empty() {
                    last.start_ms = caption.start_ms;
                }
                push_spaced(&mut last.text, text);
                last.end_ms = last.end_ms.max(caption.end_ms);
            }
            _ => all.push(Fragment {
                speaker: current.clone(),
                text: text.to_owned(),
                start_ms: caption.start_ms,
                end_ms: caption.end_ms,
                change: piece.mark.is_some(),
            }),
        }
        for (label, text) in answers {
            current = Some(label.to_owned());
            let (start_ms, end_ms) = (caption.start_ms, caption.end_ms);
            all.push(Fragment {
                speaker: current.clone(),
                text: text.to_owned(),
                start_ms,
                end_ms,
                change: true,
            });
        }
        if voiced {
            // A voice ends with its caption.
            current = None;
        }
    }
    all.retain(|said| !said.text.is_empty());
    all
}

/// The labels of speakers, learned from the whole file.
#[derive(Debug, Default)]
struct Labels {
    speakers: BTreeSet<String>,
    /// Labels that occur once and were taken for speakers because they have the form of the others.
    once: BTreeSet<String>,
    every_cue: bool,
}

/// What labels of one kind have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    style: Style,
    capitals: bool,
    one_word: bool,
}

fn form_of(label: &Candidate<'_>) -> Form {
    Form {
        style: label.style,
        capitals: is_capitals(label.label),
        one_word: label.label.split_whitespace().count() == 1,
    }
}

impl Labels {
    fn learned(pieces: &[Piece<'_>], captions: usize, has_arrows: bool, roster: &[String]) -> Self {
        let roster: Vec<String> = roster.iter().map(|name| fold(name)).collect();
        let found: Vec<(&Piece<'_>, Candidate<'_>)> =
            pieces.iter().filter_map(|piece| Some((piece, label_of(piece)?))).collect();
        let mut counts: BTreeMap<(String, Style), usize> = BTreeMap::new();
        for (_, label) in &found {
            *counts.entry((fold(label.label), label.style)).or_default() += 1;
        }
        for piece in pieces.iter().filter(|piece| piece.voice.is_none()) {
            for (_, label, _) in labels_within(piece.text) {
                if let Some(count) = counts.get_mut(&(fold(label), Style::Colon)) {
                    *count += 1;
                }
            }
        }
        let labelled = found.iter().filter(|(piece, _)| piece.opens_caption).count();
        let is_large = |part: f64| labelled as f64 >= part * captions as f64;
        let every_cue = is_large(EVERY_CUE) && !has_arrows;
        let phrases = phrases_among(&found);
        let recurs = |piece: &Piece<'_>, label: &Candidate<'_>| {
            let key = fold(label.label);
            let known = roster.contains(&key) || is_usual(&key);
            if !known && phrases.contains(&key) {
                return false;
            }
            let count = counts.get(&(key, label.style)).copied().unwrap_or(0);
            match label.style {
                // Words in brackets are sounds more often than names, so they must be frequent.
                Style::Bracket => known || count >= 2 && is_large(ONE_SPEAKER),
                _ => known || count >= 2 || (every_cue && labelled >= 2 && piece.opens_caption),
            }
        };
        let recurring: Vec<&Candidate<'_>> =
            found.iter().filter(|(piece, label)| recurs(piece, label)).map(|(_, label)| label).collect();
        let mut speakers: BTreeSet<String> = recurring.iter().map(|label| fold(label.label)).collect();
        if speakers.len() < 2 && !is_large(ONE_SPEAKER) {
            speakers.clear();
        }
        let forms: BTreeSet<Form> = recurring
            .iter()
            .filter(|label| speakers.contains(&fold(label.label)))
            .map(|label| form_of(label))
            .collect();
        let (mut once, mut sure) = (BTreeSet::new(), BTreeSet::new());
        for (piece, label) in &found {
            let key = fold(label.label);
            let opens = piece.opens_caption || piece.mark.is_some();
            let like_others = opens && forms.contains(&form_of(label)) && is_name_like(label);
            // A mark of change makes a label of what follows it.
            let after_mark = piece.mark == Some(Mark::Arrow) && label.style == Style::Colon;
            if after_mark && (like_others || is_capitals(label.label)) {
                sure.insert(key);
            } else if !speakers.contains(&key) && (like_others || after_mark) {
                once.insert(key);
            }
        }
        speakers.extend(sure);
        once.retain(|key| !speakers.contains(key));
        speakers.extend(once.iter().cloned());
        Self { speakers, once, every_cue }
    }

    /// The label at the start of a piece, if it is a speaker's.
    fn at<'a>(&self, piece: &Piece<'a>) -> Option<Candidate<'a>> {
        label_of(piece).filter(|label| {
            let key = fold(label.label);
            let opens = piece.opens_caption || piece.mark.is_some();
            self.speakers.contains(&key) && (opens || !self.once.contains(&key))
        })
    }

    /// Splits answers from what one person says, `How was it? Ben: Cold.`: where a sentence ends and the label of a known speaker
    /// follows.
    fn within<'a>(&self, text: &'a str) -> (&'a str, Vec<(&'a str, &'a str)>) {
        let is_speaker = |key: &String| self.speakers.contains(key) && !self.once.contains(key);
        let cuts: Vec<(usize, &str, usize)> =
            labels_within(text).filter(|(_, label, _)| is_speaker(&fold(label))).collect();
        let first = cuts.first().map_or(text.len(), |(at, ..)| *at);
        let answer = |(index, (_, label, from)): (usize, &(usize, &'a str, usize))| {
            let until = cuts.get(index + 1).map_or(text.len(), |(at, ..)| *at);
            (*label, text.get(*from..until).unwrap_or_default().trim())
        };
        (text[..first].trim_end(), cuts.iter().enumerate().map(answer).collect())
    }

    /// Warns about labels that were taken for speakers though they occur once.
    fn tell(&self, pieces: &[Piece<'_>], log: &mut ProblemLog) {
        for piece in pieces {
            let Some(label) = self.at(piece).filter(|label| self.once.contains(&fold(label.label))) else {
                continue;
            };
            log.warning(
                codes::SPEAKER_DOUBTFUL,
                Some(piece.line),
                format!(
                    "`{}` stands before a colon only once and was read as a speaker: {}",
                    label.label,
                    first_words(label.text)
                ),
                "it has the form of the file's other speakers; delete the colon if it is none",
            );
        }
    }
}

/// Possible labels after the end of a sentence, each with its start and that of the words after it.
fn labels_within(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    text.match_indices(':').filter_map(|(colon, _)| {
        let before = &text[..colon];
        // The maximum length of a label.
        let from = before.char_indices().rev().nth(MAX_LABEL).map_or(0, |(at, _)| at);
        let ended = before[from..].rfind(['.', '?', '!', '…', '"', '”', '»'])?;
        let tail = before[from + ended..].trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
        let follows = text[colon + 1..].starts_with(char::is_whitespace);
        (follows && !tail.is_empty()).then_some((colon - tail.len(), tail.trim_end(), colon + 1))
    })
}

/// Whether a label that occurs once looks like a name: words with capitals, followed by the beginning of a sentence.
fn is_name_like(label: &Candidate<'_>) -> bool {
    let begins_large = |word: &str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    let text = label.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    !OPENERS.contains(&fold(label.label).as_str())
        && label.label.split_whitespace().all(begins_large)
        && begins_large(text)
}

/// Labels whose sentence always continues after the colon, `One thing is missing: the quiet`, in a file where speech begins with
/// capitals: words without capitals before and after it.
fn phrases_among(found: &[(&Piece<'_>, Candidate<'_>)]) -> BTreeSet<String> {
    let goes_on = |label: &Candidate<'_>| {
        let small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
        let words = label.label.split_whitespace().count();
        let small_words = label.label.split_whitespace().filter(small).count();
        let behind = label.text.chars().find(|c| c.is_alphanumeric());
        (small_words * 2 >= words, behind.is_some_and(char::is_lowercase))
    };
    let begun_small = found.iter().filter(|(_, label)| goes_on(label).1).count();
    if begun_small * 4 > found.len() {
        return BTreeSet::new();
    }
    let mut phrases = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (_, label) in found {
        let set = if goes_on(label) == (true, true) { &mut phrases } else { &mut names };
        set.insert(fold(label.label));
    }
    &phrases - &names
}

/// Possible labels of a piece.
fn label_of<'a>(piece: &Piece<'a>) -> Option<Candidate<'a>> {
    if piece.voice.is_some() {
        return None;
    }
    let line = piece.text;
    let found = candidate(line)?;
    // `10:30 Meeting: …` is about a time; a caption has its own.
    if found.when.start.is_some() && line.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let fits = match found.style {
        Style::Colon => true,
        Style::Bracket => {
            let begins_large = found.label.chars().next().is_some_and(|c| !c.is_lowercase());
            is_usual(found.label) || begins_large && !is_sound(found.label) && !found.text.trim().is_empty()
        }
        _ => false,
    };
    (fits && !is_never_a_speaker(found.label)).then_some(found)
}

/// Notes how many changes of speaker are marked without a name.
fn tell_of_unnamed(pieces: &[Piece<'_>], labels: &Labels, log: &mut ProblemLog) {
    let unnamed = |mark: Mark| {
        let marked = pieces.iter().filter(|piece| piece.mark == Some(mark) && !piece.text.is_empty());
        marked.filter(|piece| labels.at(piece).is_none() && piece.voice.is_none_or(str::is_empty)).count()
    };
    for (count, mark) in [(unnamed(Mark::Arrow), "`>>`"), (unnamed(Mark::Dash), "a dash")] {
        if count > 0 {
            log.note(
                codes::SPEAKER_MISSING,
                None,
                format!(
                    "{} only by {mark}: a turn begins there, and its speaker is not known",
                    counted(count, "change of speaker is told", "changes of speaker are told")
                ),
                "write the speakers' names into the file if they matter to the study",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speakers_of(lines: &[&str]) -> Vec<String> {
        let caption = |text: &&str| Caption {
            lines: vec![ShownLine { voice: None, text: (*text).to_owned() }],
            ..Caption::default()
        };
        let captions: Vec<Caption> = lines.iter().map(caption).collect();
        let said = said_in(&captions, &[], &mut ProblemLog::new("P01.vtt"));
        said.into_iter().map(|said| said.speaker.unwrap_or_default()).collect()
    }

    #[test]
    fn a_phrase_that_comes_again_is_no_speaker_and_a_name_with_small_letters_is() {
        let said = [
            ("Ruth", "Ruth: How was it?"),
            ("Ruth", "Was it cold?"),
            ("Jon", "Jon: Cold."),
            ("Jon", "One thing is missing: the quiet."),
            ("Ruth", "Ruth: And now?"),
            ("Frau von Berg", "Frau von Berg: gut."),
            ("Frau von Berg", "One thing is missing: the quiet."),
            ("Ruth", "Ruth: Really?"),
            ("Ruth", "In winter too?"),
            ("Frau von Berg", "Frau von Berg: ja."),
            ("Ruth", "Ruth: Why?"),
            ("Ruth", "Who said so?"),
            ("Jon", "Jon: They did."),
            ("Jon", "All of them."),
            ("Ruth", "Ruth: When?"),
            ("Jon", "Jon: In May."),
            ("Ruth", "Ruth: Where?"),
            ("Jon", "Jon: Here."),
            ("Ruth", "Ruth: Good."),
            ("Jon", "Jon: Yes."),
        ];
        let (people, lines): (Vec<&str>, Vec<&str>) = said.into_iter().unzip();
        assert_eq!(speakers_of(&lines), people);
    }
}
