//! Words with times, as speech recognisers write them. The words are looked up in the text beside them, so that the result is the
//! text as written, with blanks and punctuation, cut where the speaker changes.

use super::Fragment;

/// Words without speakers are one piece up to pauses of this length.
const MAX_PAUSE_MS: u64 = 2_000;

/// A word with its time.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TimedWord {
    /// The word; may have blanks around it.
    pub(crate) text: String,
    /// Milliseconds from the start of the recording.
    pub(crate) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(crate) end_ms: Option<u64>,
    /// The speaker; none when the word has none.
    pub(crate) speaker: Option<String>,
}

/// The start of each word in `text`; none when the text does not consist of the words.
fn starts_of(text: &str, words: &[TimedWord]) -> Option<Vec<usize>> {
    let mut at = 0;
    let mut starts = Vec::with_capacity(words.len());
    for word in words {
        let rest = &text[at..];
        let word = word.text.trim();
        let blank = rest.len() - rest.trim_start().len();
        if rest[blank..].starts_with(word) {
            starts.push(at + blank);
            at += blank + word.len();
            continue;
        }
        // Marks are skipped only where the word itself is not next, so that every mark is looked at once.
        let marks = rest.find(char::is_alphanumeric)?;
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() || !rest[marks..].starts_with(bare) {
            return None;
        }
        starts.push(at + marks);
        at += marks + bare.len();
    }
    // What follows the last word may only be its punctuation.
    (!text[at..].contains(char::is_alphanumeric)).then_some(starts)
}

/// The words as pieces of one speaker each. A word without a speaker belongs to the one before it, or to `speaker`. Without any
/// speakers the pieces end at long pauses.
pub(crate) fn pieces_of(text: &str, words: &[TimedWord], speaker: Option<&str>) -> Vec<Fragment> {
    let starts = starts_of(text, words);
    let first = words.iter().find_map(|word| word.speaker.as_deref()).or(speaker);
    let mut current = first;
    let mut cuts: Vec<(usize, Option<&str>)> = Vec::new();
    let mut last_end: Option<u64> = None;
    for (at, word) in words.iter().enumerate() {
        let next = word.speaker.as_deref().or(current);
        let paused = matches!((last_end, word.start_ms), (Some(end), Some(start)) if start > end.saturating_add(MAX_PAUSE_MS));
        if at == 0 || next != current || (next.is_none() && paused) {
            cuts.push((at, next));
        }
        current = next;
        last_end = word.end_ms.or(last_end);
    }
    let mut all = Vec::with_capacity(cuts.len());
    for (index, (from, speaker)) in cuts.iter().enumerate() {
        let until = cuts.get(index + 1).map_or(words.len(), |(next, _)| *next);
        let piece = &words[*from..until];
        let written = match &starts {
            Some(starts) => {
                let begin = if *from == 0 { 0 } else { starts[*from] };
                let end = starts.get(until).copied().unwrap_or(text.len());
                text[begin..end].trim().to_owned()
            }
            None => joined(piece),
        };
        all.push(Fragment {
            speaker: speaker.map(str::to_owned),
            text: written,
            start_ms: piece.iter().find_map(|word| word.start_ms),
            end_ms: piece.iter().filter_map(|word| word.end_ms).max(),
            change: false,
        });
    }
    all
}

/// The words joined. Where they have blanks of their own, these are used.
fn joined(words: &[TimedWord]) -> String {
    let own_blanks = words.iter().skip(1).any(|word| word.text.starts_with(char::is_whitespace));
    let mut all = String::new();
    for word in words {
        if !own_blanks && !all.is_empty() && !word.text.trim().is_empty() {
            all.push(' ');
        }
        all.push_str(if own_blanks { &word.text } else { word.text.trim() });
    }
    all.trim().to_owned()
}

/// How a token is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// After a blank.
    Blank,
    /// Without a blank, as a comma.
    None,
    /// After a blank, and the next without one, as an opening bracket.
    Opening,
}

/// A word or a sign with how it is joined.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// The word with its time and its speaker.
    pub(crate) word: TimedWord,
    /// How it is joined to the one before.
    pub(crate) joint: Joint,
}

/// Tokens as pieces of one speaker each, joined as they say.
pub(crate) fn pieces_of_tokens(tokens: Vec<Token>) -> Vec<Fragment> {
    let mut text = String::new();
    let mut words = Vec::with_capacity(tokens.len());
    let mut opened = true;
    for Token { word, joint } in tokens {
        if joint != Joint::None && !opened {
            text.push(' ');
        }
        text.push_str(&word.text);
        opened = joint == Joint::Opening;
        if !word.text.trim().is_empty() {
            words.push(word);
        }
    }
    pieces_of(&text, &words, None)
}

/// Cuts the words of one speaker or channel at pauses, so that others' can be placed between.
pub(crate) fn cut_at_pauses(words: Vec<TimedWord>, longest_ms: u64) -> Vec<Vec<TimedWord>> {
    let mut all: Vec<Vec<TimedWord>> = Vec::new();
    let mut last_end: Option<u64> = None;
    for word in words {
        let paused = matches!((last_end, word.start_ms), (Some(end), Some(start)) if start > end.saturating_add(longest_ms));
        last_end = word.end_ms.or(word.start_ms).or(last_end);
        match all.last_mut() {
            Some(last) if !paused => last.push(word),
            _ => all.push(vec![word]),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(all: &[(&str, Option<&str>)]) -> Vec<TimedWord> {
        all.iter()
            .map(|(text, speaker)| TimedWord {
                text: (*text).to_owned(),
                speaker: speaker.map(str::to_owned),
                ..TimedWord::default()
            })
            .collect()
    }

    fn shown(text: &str, all: &[(&str, Option<&str>)]) -> Vec<String> {
        pieces_of(text, &words(all), None)
            .into_iter()
            .map(|said| format!("{}: {}", said.speaker.unwrap_or_default(), said.text))
            .collect()
    }

    #[test]
    fn a_text_is_cut_where_the_speaker_changes_and_keeps_its_writing() {
        let all = [("Well,", Some("A")), ("16", None), ("yes", Some("B")), ("no", Some("B"))];
        assert_eq!(shown(" Well, 16 \u{2013} «yes no».", &all), ["A: Well, 16 \u{2013} «", "B: yes no»."]);
        assert_eq!(
            shown("你好吗好", &[("你", Some("A")), ("好吗", Some("A")), ("好", Some("B"))]),
            ["A: 你好吗", "B: 好"]
        );
    }

    #[test]
    fn words_that_are_not_the_text_are_joined() {
        assert_eq!(shown("other", &[("yes", Some("A")), ("so", None)]), ["A: yes so"]);
        assert_eq!(shown("", &[(" ye", None), ("s", None), (" so", None)]), [": yes so"]);
    }
}
