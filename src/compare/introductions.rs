//! Who introduces a theme: whether the interviewer mentioned it before the participant.

use serde::Serialize;

use std::collections::BTreeMap;

use interview_stats::{Estimate, binomial_interval};
use transcripts::{Corpus, Problem, Role, Severity};

use crate::results::{InterviewerMention, Label, Passage, ThemeIndex, TranscriptIndex, codes};

/// Who introduced a theme, over the interviews in which a participant mentions it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeIntroduction {
    /// Index of the theme in the run's list of themes.
    pub theme: ThemeIndex,
    /// Transcripts with a segment that carries the theme.
    pub transcripts: u32,
    /// Of these, those in which nothing that the interviewer said before the first such segment is on the theme.
    pub by_participant: u32,
    /// Those in which something is.
    pub by_interviewer: u32,
    /// `by_interviewer` over the two together, 0 to 1, with its exact 95 % interval (Clopper and Pearson, 1934); none where both are 0.
    pub share_interviewer: Option<Estimate>,
    /// Those in which it is not known: nobody in them is known to be the interviewer, or the segment includes the interviewer's words
    /// too (topics).
    pub not_known: u32,
}

/// Who introduced each theme.
///
/// `passages` are all passages of the run, `labels` those of its segments (the eligible passages), `mentions` the themes of the interviewer's
/// passages. The first segment of a transcript that carries the theme is the participant's; if a passage of the interviewer before it is on
/// the theme, the interviewer introduced it.
///
/// The problem says where nobody is known to be the interviewer.
pub fn theme_introductions(
    corpus: &Corpus,
    passages: &[Passage],
    themes: usize,
    labels: &[Label],
    mentions: &[InterviewerMention],
) -> (Vec<ThemeIntroduction>, Option<Problem>) {
    let knowable: Vec<bool> = corpus
        .transcripts
        .iter()
        .map(|transcript| transcript.turns.iter().any(|turn| turn.role == Role::Interviewer))
        .collect();
    let eligible: Vec<usize> = (0..passages.len()).filter(|&index| passages[index].eligible).collect();
    // By theme and transcript, the first passage in which a participant mentions it, and the first in which the interviewer does.
    let mut spoken: Vec<BTreeMap<TranscriptIndex, usize>> = vec![BTreeMap::new(); themes];
    let mut asked_about: Vec<BTreeMap<TranscriptIndex, usize>> = vec![BTreeMap::new(); themes];
    let keep_first =
        |all: &mut [BTreeMap<TranscriptIndex, usize>], theme: ThemeIndex, passage_index: usize| {
            let (Some(of_theme), Some(passage)) = (theme.of_mut(all), passages.get(passage_index)) else {
                return;
            };
            let first = of_theme.entry(passage.transcript).or_insert(passage_index);
            *first = passage_index.min(*first);
        };
    for label in labels {
        if let Some(&passage) = label.segment.of(&eligible) {
            keep_first(&mut spoken, label.theme, passage);
        }
    }
    for one in mentions {
        keep_first(&mut asked_about, one.theme, one.passage);
    }
    let includes_interviewer = |passage: usize| {
        let passage = &passages[passage];
        let turns = passage.transcript.of(&corpus.transcripts).map_or(&[][..], |one| one.turns.as_slice());
        let turns = turns.get(passage.first_turn..=passage.last_turn).unwrap_or_default();
        turns.iter().any(|turn| turn.role == Role::Interviewer)
    };
    let rows: Vec<ThemeIntroduction> = spoken
        .iter()
        .zip(&asked_about)
        .enumerate()
        .map(|(theme, (spoken, asked_about))| {
            let mut counts = [0_u32; 3];
            for (transcript, &first) in spoken {
                let known =
                    transcript.of(&knowable).copied().unwrap_or(false) && !includes_interviewer(first);
                let before = asked_about.get(transcript).is_some_and(|&question| question < first);
                counts[if known { usize::from(before) } else { 2 }] += 1;
            }
            row(theme, counts)
        })
        .collect();
    let nobody = !corpus.transcripts.is_empty() && !knowable.contains(&true);
    let problem = nobody.then(|| {
        let message = "Who raises a theme is not known: nobody is named under `interviewers`.";
        Problem::new(Severity::Note, "interviewers", message)
            .with_code(codes::INTRODUCTIONS_UNKNOWN)
            .with_hint("name the interviewers' labels in the study file; `emic check` lists all labels")
    });
    (rows, problem)
}

fn row(theme: usize, [by_participant, by_interviewer, not_known]: [u32; 3]) -> ThemeIntroduction {
    let known = f64::from(by_participant + by_interviewer);
    let share = f64::from(by_interviewer) / known;
    ThemeIntroduction {
        theme: theme.into(),
        transcripts: by_participant + by_interviewer + not_known,
        by_participant,
        by_interviewer,
        share_interviewer: (known > 0.0)
            .then(|| Estimate { value: share, interval: binomial_interval(share, known) }),
        not_known,
    }
}

#[cfg(test)]
mod tests {
    use interview_stats::Interval;
    use transcripts::{CharSpan, Turn};

    use super::super::prevalence::tests::{label, study};
    use super::*;

    /// Interviews of six turns by turns: question, answer, and so on; the last one has no interviewer.
    fn corpus() -> (Corpus, Vec<Passage>) {
        let (mut transcripts, _) = study(&[("", 0); 4]);
        let mut passages = Vec::new();
        for (index, transcript) in transcripts.iter_mut().enumerate() {
            for turn in 0..6 {
                let asks = index < 3 && turn % 2 == 0;
                let span = CharSpan { start: 10 * turn, end: 10 * turn + 9 };
                transcript.turns.push(Turn {
                    index: turn as i64 + 1,
                    speaker: "".into(),
                    role: if asks { Role::Interviewer } else { Role::Participant },
                    start_ms: None,
                    end_ms: None,
                    span,
                    text: "".into(),
                });
                passages.push(Passage {
                    transcript: index.into(),
                    first_turn: turn,
                    last_turn: turn,
                    span,
                    text: "".into(),
                    eligible: turn % 2 == 1,
                    words: 9,
                    tokens: 9,
                });
            }
        }
        (Corpus { transcripts, attributes: Vec::new() }, passages)
    }

    #[test]
    fn what_is_asked_before_it_is_said_is_the_interviewers() {
        let (corpus, passages) = corpus();
        // Segments are 0 to 2 of the first interview, 3 to 5 of the second, and so on. Theme 0 in all four; asked about in the first
        // before, in the second after it was said.
        let labels = [label(1, 0), label(2, 0), label(3, 0), label(6, 0), label(9, 0), label(40, 0)];
        let mentions = [(0, 0), (8, 0), (2, 1), (99, 0)]
            .map(|(passage, theme)| InterviewerMention { passage, theme: ThemeIndex::new(theme) });
        let (rows, problem) = theme_introductions(&corpus, &passages, 2, &labels, &mentions);
        assert_eq!(problem, None);
        assert_eq!(rows[0].transcripts, 4);
        assert_eq!((rows[0].by_participant, rows[0].by_interviewer, rows[0].not_known), (2, 1, 1));
        let Estimate { value: share, interval: Interval { low, high } } = rows[0].share_interviewer.unwrap();
        insta::assert_snapshot!(format!("{share:.3} ({low:.3}, {high:.3})"), @"0.333 (0.008, 0.906)");
        assert_eq!((rows[1].transcripts, rows[1].share_interviewer), (0, None));
    }

    #[test]
    fn without_an_interviewer_and_in_topics_nothing_is_known() {
        let (mut corpus, mut passages) = corpus();
        for passage in passages.iter_mut().filter(|passage| passage.eligible) {
            passage.first_turn -= 1;
        }
        let (rows, _) = theme_introductions(&corpus, &passages, 1, &[label(0, 0), label(3, 0)], &[]);
        assert_eq!((rows[0].not_known, rows[0].share_interviewer), (2, None));
        for turn in corpus.transcripts.iter_mut().flat_map(|transcript| &mut transcript.turns) {
            turn.role = Role::Participant;
        }
        let (rows, problem) = theme_introductions(&corpus, &passages, 1, &[label(0, 0)], &[]);
        assert_eq!(rows[0].not_known, 1);
        insta::assert_snapshot!(problem.unwrap(), @"note: interviewers: Who raises a theme is not known: nobody is named under `interviewers`. (name the interviewers' labels in the study file; `emic check` lists all labels)");
    }
}
