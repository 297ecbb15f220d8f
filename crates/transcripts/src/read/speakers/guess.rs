//! Who seems to interview, and which transcripts are group talks: for a researcher to confirm in the study file, never applied.
//!
//! Two things speak for an interviewer: a label that transcribers give to interviewers, and asking much more often than
//! everybody else. Both together are sure; asking alone is likely, if whoever asks also speaks less than others do.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::{Corpus, Role, Transcript};
use crate::question::QUESTION_MARKS;

use super::roles::{is_generic, is_likely_interviewer};
use super::same::key_of;

/// Speakers with a smaller share of the turns neither ask nor are asked.
const MIN_SHARE: f64 = 0.1;
/// Who asks has a question in at least this share of the turns…
const MIN_QUESTION_SHARE: f64 = 0.3;
/// …in this many times the share of anybody else…
const TIMES_OTHERS: f64 = 1.5;
/// …and asks at least so often.
const MIN_QUESTIONS: usize = 3;
/// Who asks speaks at most this share of the words, where no label says that they interview.
const MAX_WORDS: f64 = 0.5;
/// A group talk has at least so many participants…
const MIN_GROUP_SIZE: usize = 4;
/// …with at least so many turns each.
const MIN_TURNS: usize = 3;

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Label and questions say so.
    Sure,
    /// One of the two says so, and nothing speaks against it.
    Likely,
    /// The label says so, but somebody else asks.
    Doubtful,
}

impl Sureness {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Doubtful => "doubtful",
        }
    }
}

/// Somebody who seems to interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The label.
    pub speaker: String,
    /// Places of the transcripts in which it seems so.
    pub transcripts: Vec<usize>,
    /// How sure it is, at the least sure of them.
    pub sureness: Sureness,
    /// Whether the label is an interviewer's in most studies.
    pub by_label: bool,
    /// Questions asked by this label, and by everybody in these transcripts.
    pub questions: (usize, usize),
    /// Words of this label, and of everybody in these transcripts.
    pub words: (usize, usize),
    /// Whether the study lists the label already.
    pub is_listed: bool,
    /// Whether a recogniser gave the label, so that it may be somebody else in another transcript.
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

/// Who seems to interview, the surest and most frequent first.
pub fn who_seems_to_interview(corpus: &Corpus) -> Vec<Asker> {
    let mut all: BTreeMap<String, Asker> = BTreeMap::new();
    for (index, transcript) in corpus.transcripts.iter().enumerate() {
        let shares = shares_of(transcript);
        let asker = asker(&shares, transcript.turns.len());
        let total = |of: fn(&Share) -> usize| shares.values().map(of).sum::<usize>();
        let (questions, words) = (total(|share| share.asking), total(|share| share.words));
        for (speaker, share) in &shares {
            let by_label = is_likely_interviewer(speaker);
            let asks = asker == Some(*speaker);
            let speaks_less = (share.words as f64) <= MAX_WORDS * words as f64;
            let sureness = match (by_label, asks) {
                (true, true) => Sureness::Sure,
                // A second interviewer asks less than the first.
                (true, false) if asker.is_none_or(is_likely_interviewer) || share.asking * 3 >= questions => {
                    Sureness::Likely
                }
                (true, false) => Sureness::Doubtful,
                (false, true) if speaks_less && share.asking >= MIN_QUESTIONS => Sureness::Likely,
                (false, _) if share.is_listed => Sureness::Likely,
                (false, _) => continue,
            };
            let one = all.entry((*speaker).to_owned()).or_insert_with(|| Asker {
                speaker: (*speaker).to_owned(),
                transcripts: Vec::new(),
                sureness,
                by_label,
                questions: (0, 0),
                words: (0, 0),
                is_listed: share.is_listed,
                is_generic: is_generic(speaker),
            });
            one.transcripts.push(index);
            one.sureness = one.sureness.max(sureness);
            one.questions = (one.questions.0 + share.asking, one.questions.1 + questions);
            one.words = (one.words.0 + share.words, one.words.1 + words);
        }
    }
    let mut askers: Vec<Asker> = all.into_values().collect();
    askers.sort_by(|a, b| {
        (a.sureness, b.transcripts.len(), &a.speaker).cmp(&(b.sureness, a.transcripts.len(), &b.speaker))
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

/// Places of transcripts in which a group talks, with how many speakers take part beside interviewers.
pub fn focus_groups(corpus: &Corpus) -> Vec<(usize, usize)> {
    let askers = who_seems_to_interview(corpus);
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
pub(in crate::read) struct AsksMost<'a> {
    /// The label.
    pub(in crate::read) speaker: &'a str,
    /// Turns of this label that hold a question.
    pub(in crate::read) questions: usize,
    /// Such turns of everybody.
    pub(in crate::read) all_questions: usize,
}

/// Whoever asks much more often than all others and speaks no more than half of the words, whatever the study file says.
pub(in crate::read) fn asks_most(transcript: &Transcript) -> Option<AsksMost<'_>> {
    let shares = shares_of(transcript);
    let speaker = asker(&shares, transcript.turns.len())?;
    let share = shares.get(speaker)?;
    let total = |of: fn(&Share) -> usize| shares.values().map(of).sum::<usize>();
    let asks = share.asking >= MIN_QUESTIONS
        && (share.words as f64) <= MAX_WORDS * total(|share| share.words) as f64;
    asks.then(|| AsksMost { speaker, questions: share.asking, all_questions: total(|share| share.asking) })
}
