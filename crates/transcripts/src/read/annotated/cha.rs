//! `TalkBank`'s CHAT (`.cha`): main lines `*INV:`, continuation lines behind a tab, media bullets with times. Dependent tiers
//! (`%mor:`) and headers are left out with a note.
//!
//! The speaker is the name that `@Participants` gives to a code, otherwise the role; where two share it, the code follows in
//! brackets. A code that the plan names under `interviewers` stays a code. What happens to CHAT's marks within the
//! words is written at the head of [`line_codes`] and in docs/formats.md.

mod line_codes;

use std::collections::BTreeMap;

use self::line_codes::spoken;
use crate::codes;
use crate::read::captions::{Fragment, turns_of};
use crate::read::decode::{clean, decode_with_controls};
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::fold;

/// Encloses a time in milliseconds.
const BULLET: char = '\u{15}';
/// Maximum kinds of dependent tiers in a note.
const LISTED: usize = 8;
/// Maximum speakers in a note.
const MAX_NAMED: usize = 30;

/// Reads `.cha`.
#[derive(Debug)]
pub(crate) struct Chat;

impl Reader for Chat {
    fn name(&self) -> &'static str {
        "cha"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["cha"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode_with_controls(source.bytes, log)?;
        let lines = joined_lines(&text, log);
        if !lines.iter().any(|line| matches!(line.kind, Kind::Main(_))) {
            return Err(ReadError::WrongContent {
                ending: source.ending.to_owned(),
                found: "no CHAT transcript: no line begins with `*` and a speaker",
                hint: "CHAT writes what is said as *INV: and a tab; a text with other labels may end in .txt",
            });
        }
        let names = speakers(&lines, source.roster, log);
        let mut said = Vec::new();
        let mut notes = Notes::default();
        for line in &lines {
            match line.kind {
                Kind::Main(code) => said.extend(utterance(line, code, &names, &mut notes)),
                Kind::Dependent(kind) => {
                    notes.dependent += 1;
                    if notes.kinds.len() <= LISTED && !notes.kinds.contains(&kind) {
                        notes.kinds.push(kind);
                    }
                }
                Kind::Header(name) => match name {
                    "Comment" | "Situation" | "Activities" | "Bck" => notes.comments += 1,
                    "New Episode" => notes.episodes += 1,
                    _ => {}
                },
            }
        }
        notes.report(log);
        Ok(vec![Draft { turns: turns_of(said), ..Draft::default() }])
    }
}

/// A line with those that continue it.
struct Line<'a> {
    number: u64,
    kind: Kind<'a>,
    text: String,
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    /// `@Name:`
    Header(&'a str),
    /// `*CODE:`
    Main(&'a str),
    /// `%kind:`
    Dependent(&'a str),
}

/// Counts for a note at the end.
#[derive(Default)]
struct Notes<'a> {
    dependent: usize,
    kinds: Vec<&'a str>,
    comments: usize,
    episodes: usize,
    silent: usize,
    bare_times: Vec<u64>,
}

impl Notes<'_> {
    fn report(&self, log: &mut ProblemLog) {
        if self.dependent > 0 {
            let mut kinds: Vec<String> =
                self.kinds.iter().take(LISTED).map(|kind| format!("%{kind}")).collect();
            if self.kinds.len() > LISTED {
                kinds.push("…".to_owned());
            }
            let lines =
                counted(self.dependent, "line of dependent tiers was", "lines of dependent tiers were");
            log.note(codes::TEXT_LEFT_OUT, None, format!("{lines} left out: {}", kinds.join(", ")), "");
        }
        if self.comments > 0 {
            let lines =
                counted(self.comments, "line about the situation was", "lines about the situation were");
            log.note(codes::TEXT_LEFT_OUT, None, format!("{lines} left out"), "");
        }
        if self.episodes > 0 {
            let episodes = counted(self.episodes + 1, "episode", "episodes");
            log.note(
                codes::TRANSCRIPT_JOINED,
                None,
                format!("the file has {episodes}; they were read as one transcript"),
                "",
            );
        }
        if self.silent > 0 {
            let lines = counted(
                self.silent,
                "line on which nobody says a word was",
                "lines on which nobody says a word were",
            );
            log.note(codes::TEXT_LEFT_OUT, None, format!("{lines} left out"), "");
        }
        if let Some(first) = self.bare_times.first() {
            let times = counted(self.bare_times.len(), "time stands", "times stand");
            log.note(
                codes::TIME_GUESSED,
                Some(*first),
                format!("{times} without the marks that CHAT puts around times; read as times"),
                "",
            );
        }
    }
}

/// The lines of the file, each with its continuations.
fn joined_lines<'a>(text: &'a str, log: &mut ProblemLog) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{FEFF}');
        if line.trim().is_empty() {
            continue;
        }
        let first = line.chars().next().unwrap_or(' ');
        if !matches!(first, '@' | '*' | '%') {
            match lines.last_mut() {
                Some(last) => {
                    if !first.is_whitespace() {
                        log.warning(
                            codes::TEXT_DOUBTFUL,
                            Some(number),
                            "this line begins with none of * % @ and no tab; it was read as the end of the one above",
                            "begin continued lines with a tab",
                        );
                    }
                    last.text.push(' ');
                    last.text.push_str(line.trim());
                }
                None => log.warning(
                    codes::TEXT_LEFT_OUT,
                    Some(number),
                    "this line stands before any other and was left out",
                    "",
                ),
            }
            continue;
        }
        let rest = &line[1..];
        let (name, value) = rest.split_once(':').unwrap_or((rest, ""));
        // A colon far to the right belongs to the words of a line without its own.
        let (name, value) = if first == '*' && name.contains(char::is_whitespace) {
            rest.split_once(char::is_whitespace).unwrap_or((rest, ""))
        } else {
            (name, value)
        };
        let name = name.trim();
        let kind = match first {
            '@' => Kind::Header(name),
            '*' => Kind::Main(name),
            _ => Kind::Dependent(name),
        };
        lines.push(Line { number, kind, text: value.trim().to_owned() });
    }
    lines
}

/// The header lines of a name.
fn headers<'a>(lines: &'a [Line<'_>], wanted: &'a str) -> impl Iterator<Item = &'a Line<'a>> {
    lines.iter().filter(move |line| matches!(line.kind, Kind::Header(name) if name == wanted))
}

/// The name of each code.
fn speakers<'a>(lines: &[Line<'a>], roster: &[String], log: &mut ProblemLog) -> BTreeMap<&'a str, String> {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for line in headers(lines, "Participants") {
        for participant in line.text.split(',') {
            let parts: Vec<&str> = participant.split_whitespace().collect();
            let called = match parts.as_slice() {
                [_, role] => role.replace('_', " "),
                [_, name @ .., _] if !name.is_empty() => name.join(" ").replace('_', " "),
                _ => continue,
            };
            named.entry(parts.first().copied().unwrap_or_default().to_owned()).or_insert(called);
        }
    }
    // @ID: language|corpus|code|age|sex|group|status|role|education|custom|
    for line in headers(lines, "ID") {
        let parts: Vec<&str> = line.text.split('|').collect();
        if let (Some(code), Some(role)) = (parts.get(2), parts.get(7))
            && !role.trim().is_empty()
        {
            named.entry(code.trim().to_owned()).or_insert(role.trim().replace('_', " "));
        }
    }
    let roster: Vec<String> = roster.iter().map(|name| fold(name)).collect();
    let mut called_so: BTreeMap<String, usize> = BTreeMap::new();
    for name in named.values() {
        *called_so.entry(fold(name)).or_default() += 1;
    }
    let mut names: BTreeMap<&'a str, String> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, u64> = BTreeMap::new();
    for line in lines {
        let Kind::Main(code) = line.kind else { continue };
        if names.contains_key(code) {
            continue;
        }
        let shared = |called: &String| called_so.get(&fold(called)).is_some_and(|count| *count > 1);
        let name = match named.get(code) {
            Some(_) if roster.contains(&fold(code)) => code.to_owned(),
            Some(called) if shared(called) => format!("{called} ({code})"),
            Some(called) => called.clone(),
            None => {
                unknown.entry(code).or_insert(line.number);
                code.to_owned()
            }
        };
        names.insert(code, name);
    }
    for (code, line) in unknown {
        log.warning(
            codes::SPEAKER_DOUBTFUL,
            Some(line),
            format!("`{code}` is not among @Participants; its code stands for it"),
            "",
        );
    }
    let mut renamed: Vec<String> = names
        .iter()
        .filter(|(code, name)| **code != name.as_str())
        .map(|(code, name)| format!("{code} is `{name}`"))
        .take(MAX_NAMED + 1)
        .collect();
    if renamed.len() > MAX_NAMED {
        renamed.truncate(MAX_NAMED);
        renamed.push("…".to_owned());
    }
    if !renamed.is_empty() {
        log.note(
            codes::SPEAKER_RENAMED,
            None,
            format!("speakers are called as @Participants says: {}", renamed.join(", ")),
            "a code that is listed under `interviewers` keeps its code as its name",
        );
    }
    names
}

/// The speech of a main line; none without a word.
fn utterance(
    line: &Line<'_>,
    code: &str,
    names: &BTreeMap<&str, String>,
    notes: &mut Notes<'_>,
) -> Option<Fragment> {
    let (text, mut times) = without_bullets(&line.text);
    let (text, bare) = without_bare_times(&text);
    if !bare.is_empty() {
        notes.bare_times.push(line.number);
        times.extend(bare);
    }
    let text = spoken(&clean(&text));
    if !text.contains(char::is_alphanumeric) {
        notes.silent += 1;
        return None;
    }
    Some(Fragment {
        speaker: names.get(code).cloned(),
        text,
        start_ms: times.iter().map(|(start, _)| *start).min(),
        end_ms: times.iter().map(|(_, end)| *end).max(),
        change: false,
    })
}

/// The line without its media bullets, and their times in milliseconds.
fn without_bullets(line: &str) -> (String, Vec<(u64, u64)>) {
    let mut text = String::with_capacity(line.len());
    let mut times = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(BULLET) {
        text.push_str(before);
        match after.split_once(BULLET) {
            // Older files put the name of the recording before the times: %snd:"name"_0_1000.
            Some((inside, after)) if bullet_time(inside).is_some() => {
                times.extend(bullet_time(inside));
                text.push(' ');
                rest = after;
            }
            // Of a bullet that is not closed, or a picture's, only the mark is removed.
            _ => rest = after,
        }
    }
    text.push_str(rest);
    (text, times)
}

fn bullet_time(inside: &str) -> Option<(u64, u64)> {
    let inside = inside.trim().trim_matches('-');
    let times = inside.rsplit_once('"').map_or(inside, |(_, times)| times);
    let mut numbers = times.rsplit('_');
    let (end, start) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some((start, u64::max(start, end)))
}

/// The line without times that have lost their marks, `0_1000`, and these times.
fn without_bare_times(text: &str) -> (String, Vec<(u64, u64)>) {
    let is_time =
        |word: &str| word.contains('_') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let (bare, words): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|word| is_time(word));
    let times: Vec<(u64, u64)> = bare.into_iter().filter_map(bullet_time).collect();
    (words.join(" "), times)
}
