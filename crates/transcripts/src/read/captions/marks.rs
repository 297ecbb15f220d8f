//! Marks of another speaker in captions: `>>` in live captions and on `YouTube`, and dashes before the lines of two people in one cue,
//! as in television and film.

use super::speakers::Caption;

/// Signs that open the line of a speaker in a shared cue.
const DASHES: [char; 7] = ['-', '–', '—', '‐', '‑', '−', '―'];

/// What whisper.cpp writes after the last words of a speaker, counted with the arrows.
const TURN: &str = "[SPEAKER_TURN]";

/// Which marks a file uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Number of `>>`.
    pub(super) arrows: usize,
    /// Number of cues that two people share, by dashes.
    shared: usize,
}

/// A part of a caption that one person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Which caption it is part of.
    pub(super) caption: usize,
    /// Line of the caption's time, from 1.
    pub(super) line: u64,
    /// As [`super::speakers::ShownLine::voice`].
    pub(super) voice: Option<&'a str>,
    /// Without its mark.
    pub(super) text: &'a str,
    /// The mark of a change of speaker before it.
    pub(super) mark: Option<Mark>,
    /// Whether the caption begins with it.
    pub(super) opens_caption: bool,
}

/// A mark of a change of speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `>>`
    Arrow,
    /// A dash, or a cue beside one that two people share.
    Dash,
}

impl Marks {
    /// Counts the marks in the captions.
    pub(super) fn of(captions: &[Caption]) -> Self {
        let lines = |caption: &Caption| -> Vec<String> {
            caption.lines.iter().filter(|line| line.voice.is_none()).map(|line| line.text.clone()).collect()
        };
        let arrows = captions
            .iter()
            .flat_map(|caption| &caption.lines)
            .map(|line| arrows_in(&line.text).count())
            .sum();
        let shared = captions.iter().filter(|caption| is_shared(&lines(caption))).count();
        Self { arrows, shared }
    }

    /// The captions, line by line, cut at the marks.
    pub(super) fn pieces(self, captions: &[Caption]) -> Vec<Piece<'_>> {
        let mut all = Vec::new();
        // After a shared cue it is not known which of the two continues.
        let mut after_shared = false;
        for (index, caption) in captions.iter().enumerate() {
            let first = all.len();
            let dashed = caption.lines.iter().filter(|line| after_dash(&line.text).is_some()).count();
            for line in &caption.lines {
                // A single dash before a small letter continues a sentence that was broken off.
                let goes_on = dashed < 2
                    && after_dash(&line.text).is_some_and(|text| text.starts_with(char::is_lowercase));
                let cut = Self { shared: if goes_on { 0 } else { self.shared }, ..self };
                cut.cut_line(line.text.trim(), &mut |text, mark| {
                    all.push(Piece {
                        caption: index,
                        line: caption.line,
                        voice: line.voice.as_deref(),
                        text,
                        mark,
                        opens_caption: false,
                    });
                });
            }
            let shared = all[first..].iter().any(|piece| piece.mark == Some(Mark::Dash));
            if let Some(piece) = all.get_mut(first) {
                piece.opens_caption = true;
                // Where only the second line has a dash, the first one is another speaker's than the cue before.
                piece.mark = piece.mark.or((shared || after_shared).then_some(Mark::Dash));
            }
            after_shared = shared;
        }
        all
    }

    /// Returns the parts of a line, each with the mark before it.
    fn cut_line<'a>(self, line: &'a str, each: &mut impl FnMut(&'a str, Option<Mark>)) {
        let mut from = 0;
        let mut mark = None;
        for (at, end) in arrows_in(line) {
            if at > from || mark.is_some() {
                self.cut_at_dashes(line[from..at].trim(), mark, each);
            }
            from = end;
            mark = Some(Mark::Arrow);
        }
        self.cut_at_dashes(line[from..].trim(), mark, each);
    }

    fn cut_at_dashes<'a>(
        self,
        text: &'a str,
        mark: Option<Mark>,
        each: &mut impl FnMut(&'a str, Option<Mark>),
    ) {
        let Some(mut rest) = after_dash(text).filter(|_| self.shared > 0 && mark.is_none()) else {
            each(text, mark);
            return;
        };
        while let Some((before, after)) = dash_within(rest) {
            each(before, Some(Mark::Dash));
            rest = after;
        }
        each(rest, Some(Mark::Dash));
    }
}

/// Whether two people share a cue with these lines: two of them have dashes, or the second has one after a full stop.
fn is_shared(lines: &[String]) -> bool {
    let dashed = lines.iter().filter(|line| after_dash(line).is_some()).count();
    let answered = lines.windows(2).any(|pair| {
        pair[0].trim_end().ends_with(['.', '?', '!', '…'])
            && after_dash(&pair[1]).is_some_and(|text| !text.starts_with(char::is_lowercase))
    });
    dashed >= 2
        || answered
        || lines.iter().any(|line| after_dash(line).is_some_and(|text| dash_within(text).is_some()))
}

/// The range of `>>` in a line: at its start or its end, or after a blank and before a word.
fn arrows_in(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = line.get(from..)?.find(['>', '＞', '≫', '[']) {
            let at = from + found;
            let rest = &line[at..];
            if rest.starts_with('[') {
                from = at + if rest.starts_with(TURN) { TURN.len() } else { 1 };
                if from > at + 1 {
                    return Some((at, from));
                }
                continue;
            }
            let end = at + rest.len() - rest.trim_start_matches(['>', '＞', '≫']).len();
            from = end;
            let is_mark = rest.starts_with('≫') || line[at..end].chars().count() >= 2;
            let before = line[..at].trim_end();
            let apart = before.is_empty() || before.len() < at;
            let word = line[end..]
                .trim_start()
                .starts_with(|c: char| c.is_alphanumeric() || "\"'“„«([¿¡-♪".contains(c));
            if is_mark && apart && (word || before.is_empty() || line[end..].trim().is_empty()) {
                return Some((at, end));
            }
        }
        None
    })
}

/// The text after a dash that opens a line; two dashes, or one of a number, are no mark.
fn after_dash(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix(DASHES)?;
    let text = rest.trim_start();
    let begins = text.starts_with(|c: char| c.is_alphanumeric() || "\"'“„«([¿¡♪…<{&.".contains(c));
    let number = rest.starts_with(|c: char| c.is_ascii_digit());
    (begins && !number).then_some(text)
}

/// The two parts of a line with a dash before the next speaker's words: `-And why? -You should ask.`
fn dash_within(text: &str) -> Option<(&str, &str)> {
    text.match_indices(DASHES).find_map(|(at, dash)| {
        let before = &text[..at];
        let ended = before.ends_with(char::is_whitespace)
            && before.trim_end().ends_with(['.', '?', '!', '…', '"', '”', ')', ']']);
        let after = &text[at + dash.len()..];
        let begins = after
            .trim_start()
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"'“¿¡([".contains(c));
        (ended && begins).then(|| (before.trim_end(), after.trim_start()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::speakers::ShownLine;
    use super::*;

    fn pieces(captions: &[&str]) -> Vec<String> {
        let captions: Vec<Caption> = captions
            .iter()
            .map(|text| Caption {
                lines: text.split('|').map(|text| ShownLine { voice: None, text: text.to_owned() }).collect(),
                ..Caption::default()
            })
            .collect();
        let marks = Marks::of(&captions);
        let shown =
            |piece: Piece<'_>| format!("{}{}", if piece.mark.is_some() { "* " } else { "" }, piece.text);
        marks.pieces(&captions).into_iter().map(shown).collect()
    }

    #[test]
    fn marks_of_turns_behind_the_last_words_cut() {
        assert_eq!(
            pieces(&["Why? [SPEAKER_TURN]", "So [it] was. [SPEAKER_TURN] And?"]),
            ["Why?", "* ", "So [it] was.", "* And?"]
        );
    }

    #[test]
    fn arrows_cut_within_lines_too() {
        assert_eq!(
            pieces(&[
                ">> How did it start?",
                ">>It was a Tuesday",
                "by noon. >> Were you afraid? >>> Yes.",
                "x > y >z 3>>1"
            ]),
            [
                "* How did it start?",
                "* It was a Tuesday",
                "by noon.",
                "* Were you afraid?",
                "* Yes.",
                "x > y >z 3>>1"
            ]
        );
        assert_eq!(
            pieces(&["＞＞はい。", "≫ いいえ。", ">> >> Two.", ">>"]),
            ["* はい。", "* いいえ。", "* ", "* Two.", "* "]
        );
    }

    #[test]
    fn dashes_cut_only_where_two_share_a_cue() {
        assert_eq!(
            pieces(&["-And why?|-You should ask.", "We never spoke.", "- Yes.|–  No.", "Again|we wait."]),
            [
                "* And why?",
                "* You should ask.",
                "* We never spoke.",
                "* Yes.",
                "* No.",
                "* Again",
                "we wait."
            ]
        );
        assert_eq!(
            pieces(&["- Et pourquoi ? - Parce que.", "Et voilà."]),
            ["* Et pourquoi ?", "* Parce que.", "* Et voilà."]
        );
        assert_eq!(
            pieces(&["- milk", "-- and then he", "-5 degrees", "a - b"]),
            ["- milk", "-- and then he", "-5 degrees", "a - b"]
        );
    }
}
