//! The summary of `emic check` before anything is computed: what was read, who speaks, what will be looked for.

use std::collections::BTreeMap;
use std::fmt::Write;

use transcripts::text::counted;
use transcripts::{Corpus, Role, speaker_shares};

use super::who_interviews::who_interviews;
use super::who_speaks::who_speaks;
use crate::results::Codebook;
use crate::segment::count_words;

/// Maximum labels shown; a focus group of thousands would fill the screen.
const MAX_SPEAKERS: usize = 30;

/// The summary as lines of text for a terminal of `width` columns, without any words of the transcripts but speaker labels; `all` shows
/// every speaker and every interview.
pub fn corpus_summary(corpus: &Corpus, codebook: &Codebook, width: usize, all: bool) -> String {
    let mut formats: BTreeMap<&str, usize> = BTreeMap::new();
    let mut turns = 0;
    let mut words = 0_u64;
    for transcript in &corpus.transcripts {
        *formats.entry(transcript.format).or_default() += 1;
        turns += transcript.turns.len();
        words += transcript.turns.iter().map(|turn| u64::from(count_words(&turn.text))).sum::<u64>();
    }
    let formats: Vec<String> = formats.iter().map(|(format, count)| format!("{count} {format}")).collect();
    let mut text = format!(
        "{} ({}), {}, {}\n",
        counted(corpus.transcripts.len(), "transcript", "transcripts"),
        formats.join(", "),
        counted(turns, "turn", "turns"),
        counted(words as usize, "word", "words")
    );
    let themes: Vec<&str> = codebook.seeds.iter().map(|seed| seed.name.as_str()).collect();
    let _ = writeln!(
        text,
        "{}: {}",
        counted(themes.len(), "theme in the codebook", "themes in the codebook"),
        themes.join(", ")
    );

    // A label such as `Interviewer` occurs in many transcripts and is one line.
    let mut speakers: BTreeMap<(&str, Role), (usize, usize)> = BTreeMap::new();
    let found = speaker_shares(corpus);
    for share in &found {
        let counts = speakers.entry((share.speaker.as_str(), share.role)).or_default();
        counts.0 += share.turns;
        counts.1 += 1;
    }
    let _ = writeln!(text, "\nspeaker                         role          turns  transcripts");
    for ((speaker, role), (turns, transcripts)) in
        speakers.iter().take(if all { usize::MAX } else { MAX_SPEAKERS })
    {
        let speaker: String =
            if speaker.is_empty() { "(nobody named)".to_owned() } else { speaker.chars().take(30).collect() };
        let _ = writeln!(text, "{speaker:<31} {:<12} {turns:>6} {transcripts:>12}", role.as_str());
    }
    if speakers.len() > MAX_SPEAKERS && !all {
        let _ = writeln!(text, "and {} more; `emic check --all` shows them", speakers.len() - MAX_SPEAKERS);
    }
    text.push_str(&who_speaks(corpus, &found, all));
    text.push_str(&who_interviews(corpus, width));
    text.push('\n');
    text
}
