//! A way to write a talk down, and what all ways share.

use super::talk::{Said, Talk};

/// A way to write a talk down.
pub(super) struct Style {
    /// What it is called in a failure.
    pub(super) name: &'static str,
    /// The file's ending.
    pub(super) ending: &'static str,
    /// Which times it holds.
    pub(super) times: Times,
    /// Talks that can be written in it.
    pub(super) fits: fn(&Talk) -> bool,
    /// Writes it.
    pub(super) render: fn(&Talk) -> Vec<u8>,
}

/// Which times a style holds, and to how many milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Times {
    /// None.
    Untimed,
    /// When turns start.
    Starts(u64),
    /// When turns start and end.
    Stretches(u64),
}

/// Every talk.
pub(super) fn any(_: &Talk) -> bool {
    true
}

/// Talks of two.
pub(super) fn of_two(talk: &Talk) -> bool {
    talk.people.len() == 2
}

/// Talks in which words are set apart by blanks.
pub(super) fn in_words(talk: &Talk) -> bool {
    talk.has_blanks
}

/// Talks whose letters are those of Western Europe.
pub(super) fn in_latin(talk: &Talk) -> bool {
    talk.has_blanks && !talk.right_to_left
}

/// Talks in which people are called by first and family name, so that letters can stand for them.
pub(super) fn with_initials(talk: &Talk) -> bool {
    in_latin(talk) && talk.people.iter().all(|person| person.initials.is_some())
}

/// The label of a turn, with the remark behind it.
pub(super) fn label(talk: &Talk, said: &Said) -> String {
    let name = &talk.people[said.person].label;
    match &said.remark {
        Some(remark) => format!("{name} ({remark})"),
        None => name.clone(),
    }
}

/// The label of a turn without the remark.
pub(super) fn name<'a>(talk: &'a Talk, said: &Said) -> &'a str {
    &talk.people[said.person].label
}

/// `01:02:03`, or with a mark for the fraction and milliseconds.
pub(super) fn clock(ms: u64, fraction: Option<char>) -> String {
    let seconds = ms / 1000;
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match fraction {
        Some(mark) => format!("{whole}{mark}{:03}", ms % 1000),
        None => whole,
    }
}

/// `0:03`, `12:44`, `1:02:18`: as services write times for people.
pub(super) fn short_clock(ms: u64) -> String {
    let seconds = ms / 1000;
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

/// Seconds with three digits behind the point.
pub(super) fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// Lines above the talk, as interviewers type them.
pub(super) fn header(talk: &Talk) -> Vec<String> {
    if !talk.habits.header {
        return Vec::new();
    }
    vec![
        "Interview 7".to_owned(),
        "Date: 12 March 2024".to_owned(),
        "Location: community centre".to_owned(),
        "Duration: 45 minutes".to_owned(),
    ]
}
