//! Guesses who interviews, and which transcripts are group discussions. A researcher confirms it in the plan; it is never applied.
//!
//! Two things speak for an interviewer: a label that transcribers give to interviewers, and asking much more often than
//! everybody else. Both together are sure; asking alone is likely, if whoever asks also speaks less than others do.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::{Corpus, Role, Transcript};
use crate::question::QUESTION_MARKS;

use super::roles::{is_generic, is_likely_interviewer};
use super::same::key_of;

/// Speakers with a smaller share of the turns are ignored.
const MIN_SHARE: f64 = 0.1;
/// An interviewer has a question in at least this share of their turns…
const MIN_QUESTION_SHARE: f64 = 0.3;
/// …a share this many times that of any other speaker…
const TIMES_OTHERS: f64 = 1.5;
/// …and at least this many turns with a question.
const MIN_QUESTIONS: usize = 3;
/// Largest share of the words of an interviewer whose label is not one that transcribers give to interviewers.
const MAX_WORDS: f64 = 0.5;
/// Participants of a group discussion, at least…
const MIN_GROUP_SIZE: usize = 4;
/// …and turns of each.
const MIN_TURNS: usize = 3;

/// Confidence of a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Both the label and the questions agree.
    Sure,
    /// One of the two agrees, and nothing contradicts it.
    Likely,
    /// The label is an interviewer's, but somebody else asks.
    Doubtful,
}

impl Confidence {
    /// The confidence as a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Doubtful => "doubtful",
        }
    }
}

/// A speaker who seems to interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewerGuess {
    /// The label.
    pub speaker: String,
    /// Indices of the transcripts in which the speaker seems to interview.
    pub transcripts: Vec<usize>,
    /// The lowest confidence among these transcripts.
    pub confidence: Confidence,
    /// Whether transcribers commonly give this label to interviewers.
    pub by_label: bool,
    /// Turns with a question: of this label, and of all speakers in these transcripts.
    pub questions: (usize, usize),
    /// Words: of this label, and of all speakers in these transcripts.
    pub words: (usize, usize),
    /// Whether the plan lists the label already.
    pub is_listed: bool,
    /// Whether speech recognition made the label, so that it may be another person in each transcript.
    pub is_generic: bool,
}

/// What a speaker does in a transcript.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    turns: usize,
    asking: usize,
    words: usize,
    is_listed: bool,
}

/// The speakers who seem to interview, those with the highest confidence and the most transcripts first.
pub fn guess_interviewers(corpus: &Corpus) -> Vec<InterviewerGuess> {
    let mut all: BTreeMap<String, InterviewerGuess> = BTreeMap::new();
    for (index, transcript) in corpus.transcripts.iter().enumerate() {
        let shares = shares_of(transcript);
        let asker = asker(&shares, transcript.turns.len());
        let total = |of: fn(&Share) -> usize| shares.values().map(of).sum::<usize>();
        let (questions, words) = (total(|share| share.asking), total(|share| share.words));
        for (speaker, share) in &shares {
            let by_label = is_likely_interviewer(speaker);
            let asks = asker == Some(*speaker);
            let speaks_less = (share.words as f64) <= MAX_WORDS * words as f64;
            let confidence = match (by_label, asks) {
                (true, true) => Confidence::Sure,
                // A second interviewer asks less than the first.
                (true, false) if asker.is_none_or(is_likely_interviewer) || share.asking * 3 >= questions => {
                    Confidence::Likely
                }
                (true, false) => Confidence::Doubtful,
                (false, true) if speaks_less && share.asking >= MIN_QUESTIONS => Confidence::Likely,
                (false, _) if share.is_listed => Confidence::Likely,
                (false, _) => continue,
            };
            let one = all.entry((*speaker).to_owned()).or_insert_with(|| InterviewerGuess {
                speaker: (*speaker).to_owned(),
                transcripts: Vec::new(),
                confidence,
                by_label,
                questions: (0, 0),
                words: (0, 0),
                is_listed: share.is_listed,
                is_generic: is_generic(speaker),
            });
            one.transcripts.push(index);
            one.confidence = one.confidence.max(confidence);
            one.questions = (one.questions.0 + share.asking, one.questions.1 + questions);
            one.words = (one.words.0 + share.words, one.words.1 + words);
        }
    }
    let mut askers: Vec<InterviewerGuess> = all.into_values().collect();
    askers.sort_by(|a, b| {
        (a.confidence, b.transcripts.len(), &a.speaker).cmp(&(b.confidence, a.transcripts.len(), &b.speaker))
    });
    askers
}

fn shares_of(transcript: &Transcript) -> BTreeMap<&str, Share> {
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    for turn in transcript.turns.iter().filter(|turn| !turn.speaker.is_empty()) {
        let share = shares.entry(turn.speaker.as_str()).or_default();
        share.turns += 1;
        share.asking += usize::from(turn.text.contains(QUESTION_MARKS));
        share.words += turn.text.unicode_words().count();
        share.is_listed |= turn.role == Role::Interviewer;
    }
    shares
}

/// The speaker whose turns hold a question much more often than those of all others.
fn asker<'a>(shares: &BTreeMap<&'a str, Share>, turns: usize) -> Option<&'a str> {
    let enough = MIN_SHARE * turns as f64;
    let mut asking: Vec<(f64, &str)> = shares
        .iter()
        .filter(|(_, share)| share.turns as f64 >= enough)
        .map(|(speaker, share)| (share.asking as f64 / share.turns as f64, *speaker))
        .collect();
    asking.sort_by(|a, b| b.0.total_cmp(&a.0));
    let &[(most, speaker), (next, _), ..] = asking.as_slice() else { return None };
    (most >= MIN_QUESTION_SHARE && most >= TIMES_OTHERS * next).then_some(speaker)
}

/// Indices of transcripts of group discussions, with the number of speakers beside interviewers.
pub fn focus_groups(corpus: &Corpus) -> Vec<(usize, usize)> {
    let askers = guess_interviewers(corpus);
    let asks = |index: usize, speaker: &str| {
        askers.iter().any(|one| one.speaker == speaker && one.transcripts.contains(&index))
    };
    let groups = corpus.transcripts.iter().enumerate().filter_map(|(index, transcript)| {
        let shares = shares_of(transcript);
        let taking_part = shares
            .iter()
            .filter(|(speaker, share)| share.turns >= MIN_TURNS && !asks(index, speaker))
            .map(|(speaker, _)| key_of(speaker));
        let speakers = taking_part.count();
        (speakers >= MIN_GROUP_SIZE).then_some((index, speakers))
    });
    groups.collect()
}

/// Who asks in a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct MainAsker<'a> {
    /// The label.
    pub(in crate::read) speaker: &'a str,
    /// Turns of this label that hold a question.
    pub(in crate::read) questions: usize,
    /// Such turns of everybody.
    pub(in crate::read) all_questions: usize,
}

/// Whoever asks much more often than all others and speaks no more than half of the words, whatever the plan says.
pub(in crate::read) fn asks_most(transcript: &Transcript) -> Option<MainAsker<'_>> {
    let shares = shares_of(transcript);
    let speaker = asker(&shares, transcript.turns.len())?;
    let share = shares.get(speaker)?;
    let total = |of: fn(&Share) -> usize| shares.values().map(of).sum::<usize>();
    let asks = share.asking >= MIN_QUESTIONS
        && (share.words as f64) <= MAX_WORDS * total(|share| share.words) as f64;
    asks.then(|| MainAsker { speaker, questions: share.asking, all_questions: total(|share| share.asking) })
}
