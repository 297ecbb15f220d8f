//! Times that programs and typists set within the words: `[00:00:30.00]`, `#00:01:02-3#`, `(00:12:31)`. They are cut out of the text in every
//! format; `[inaudible 00:12:31]` is a remark and stays as written.
//!
//! REFI-QDA projects keep theirs, because the positions of codings count every character of the text.

use super::format::Draft;
use super::problems::{ProblemLog, counted};
use super::times::{When, take_when};
use crate::codes;

/// Signs that may open a mark.
const OPENING: &[char] = &['[', '(', '{', '<', '#', '［', '（', '【', '〔', '¤'];

/// Decides which times within a text are time codes and not words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeMarks {
    /// Whether `[1:30]` is one too: a verse looks the same, so several of them must follow each other in time.
    short: bool,
}

/// A mark at the start of a text.
struct Mark {
    when: When,
    length: usize,
    sure: bool,
}

impl TimeMarks {
    /// From all texts of a transcript.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut times = Vec::new();
        for text in texts {
            let mut rest = text;
            while let Some((at, mark)) = next_mark(rest) {
                if !mark.sure {
                    times.extend(mark.when.start);
                }
                rest = &rest[at + mark.length..];
            }
        }
        let backwards = times.windows(2).filter(|pair| pair[1] < pair[0]).count();
        Self { short: times.len() > 1 && backwards * 5 <= times.len() }
    }

    /// The text without its time codes, their number, and the time that the text begins with; none if there is no time code.
    pub fn cut(self, text: &str) -> Option<(String, usize, Option<u64>)> {
        let mut cut: Option<(String, usize, Option<u64>)> = None;
        let mut rest = text;
        let mut kept = String::new();
        while let Some((at, mark)) = next_mark(rest) {
            let (before, after) = (&rest[..at], &rest[at + mark.length..]);
            kept.push_str(before);
            if mark.sure || self.short {
                let opens = kept.trim().is_empty();
                let (_, count, first) = cut.get_or_insert((String::new(), 0, None));
                *count += 1;
                if opens && *count == 1 {
                    *first = mark.when.start;
                }
                rest = joined(&mut kept, after);
            } else {
                kept.push_str(&rest[at..at + mark.length]);
                rest = after;
            }
        }
        let (text, ..) = cut.as_mut()?;
        kept.push_str(rest);
        *text = kept;
        cut
    }
}

/// Takes the blanks away that stood on both sides of a mark, but for one.
fn joined<'a>(kept: &mut String, after: &'a str) -> &'a str {
    let blank = |c: char| c.is_whitespace() && c != '\n';
    let bare = after.trim_start_matches(blank);
    let at_start = kept.is_empty() || kept.ends_with('\n');
    let closes = bare.is_empty() || bare.starts_with(['\n', '.', ',', ';', ':', '!', '?', ')', '…']);
    if at_start {
        return bare;
    }
    if closes {
        kept.truncate(kept.trim_end_matches(blank).len());
        return bare;
    }
    if kept.ends_with(blank) { bare } else { after }
}

/// The next mark of a text and where it stands.
fn next_mark(text: &str) -> Option<(usize, Mark)> {
    text.match_indices(OPENING).find_map(|(at, sign)| Some((at, mark_at(&text[at..], sign)?)))
}

fn mark_at(text: &str, sign: &str) -> Option<Mark> {
    if let Some(after) = text.strip_prefix("¤<") {
        // Transana counts milliseconds.
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let start = after.get(..digits)?.parse().ok()?;
        after[digits..].strip_prefix('>')?;
        let when = When { start: Some(start), end: None };
        return Some(Mark { when, length: "¤<".len() + digits + 1, sure: true });
    }
    let (when, rest) = take_when(text)?;
    let written = text[..text.len() - rest.len()].trim_end();
    // A hash needs its partner, and a bare time is what somebody may have said.
    let parts = written.matches([':', '：', '∶']).count();
    let ends = usize::from(when.end.is_some()) + 1;
    let exact = parts >= 2 * ends || written.contains(['.', ',']);
    let is_round = matches!(sign, "(" | "（");
    let sure = exact || sign == "#" || when.end.is_some() && !is_round;
    (sure || !is_round).then_some(Mark { when, length: written.len(), sure })
}

/// Cuts the marks out of all turns and says how many there were. A turn that begins with one and has no time takes its time.
pub(super) fn cut_time_marks(drafts: &mut [Draft], log: &mut ProblemLog) {
    let mut all = 0;
    for draft in drafts {
        let marks = TimeMarks::of(draft.turns.iter().map(|turn| turn.text.as_str()));
        for turn in &mut draft.turns {
            let Some((text, count, first)) = marks.cut(&turn.text) else { continue };
            if text.trim().is_empty() {
                continue;
            }
            let begins = turn.start_ms.is_none() && first.is_some();
            all += count - usize::from(begins);
            turn.start_ms = turn.start_ms.or(first);
            turn.text = text;
        }
    }
    if all > 0 {
        let marks = counted(all, "time within the words was", "times within the words were");
        log.note(codes::TEXT_LEFT_OUT, None, format!("{marks} left out"), "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let marks = TimeMarks::of(std::iter::once(text));
        marks.cut(text).map_or_else(|| text.to_owned(), |(text, ..)| text)
    }

    #[test]
    fn times_within_the_words_are_cut_out() {
        for (text, without) in [
            (
                "It was hard, [00:00:30.00] I had sixty [00:01:00.00] and no car.",
                "It was hard, I had sixty and no car.",
            ),
            ("hard [00:00:30], and then", "hard, and then"),
            ("hard #00:01:02-3# and", "hard and"),
            ("hard (00:12:31) and", "hard and"),
            ("hard ¤<12345>and", "hard and"),
            ("[00:00:05] hard", "hard"),
            ("one\n[00:00:05] two", "one\ntwo"),
            ("hard.[00:00:30]", "hard."),
            ("it [0:30] was [1:00] so", "it was so"),
            ("it {00:00:30} was", "it was"),
        ] {
            assert_eq!(cut(text), without);
        }
    }

    #[test]
    fn what_people_said_and_remarks_stay() {
        for text in [
            "we met at 10:30 and left",
            "it was [inaudible 00:12:31] so",
            "it was [00:12:31 inaudible] so",
            "as in [3:16] it says",
            "the bus (10:30) was late and (11:30) too",
            "[3:16] and [2:10] and [1:5]",
            "item #3 and #4",
            "< 5 and > 3",
        ] {
            assert_eq!(cut(text), text);
        }
    }

    #[test]
    fn a_text_that_begins_with_a_mark_gives_its_time() {
        let marks = TimeMarks { short: false };
        assert_eq!(marks.cut("[00:00:05] a [00:00:09] b"), Some(("a b".to_owned(), 2, Some(5_000))));
        assert_eq!(marks.cut("a [00:00:09] b"), Some(("a b".to_owned(), 1, None)));
        assert_eq!(marks.cut("a b"), None);
    }
}
