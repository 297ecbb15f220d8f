//! Who raises a theme: whether the interviewer spoke of it before the participant did.

use std::collections::BTreeMap;

use interview_stats::{Interval, binomial_interval};

use crate::corpus::{Corpus, Passage, Problem, Role, Severity};
use crate::theme::{Asked, Label};

/// Who raised a theme, over the interviews in which a participant speaks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Raised {
    /// Place of the theme in the run's list of themes.
    pub theme: usize,
    /// Transcripts with a segment that carries the theme.
    pub transcripts: u32,
    /// Of these, those in which nothing that the interviewer said before the first such segment is on the theme.
    pub by_participant: u32,
    /// Those in which something is.
    pub by_interviewer: u32,
    /// `by_interviewer` over the two together, 0 to 1, with its exact 95 % interval (Clopper and Pearson, 1934); none where nothing is
    /// known.
    pub share_interviewer: Option<(f64, Interval)>,
    /// Those in which it cannot be told: nobody in them is known to be the interviewer, or what is coded holds the interviewer's
    /// words too (topics).
    pub not_known: u32,
}

/// Who raised each theme.
///
/// `passages` are all passages of the run, `labels` those of its coded ones (counted among the coded alone), `asked` what the interviewer's
/// passages speak of. The first passage of a transcript that carries the theme is the participant's; if one of the interviewer's
/// before it is on the theme, the interviewer raised it.
///
/// The problem says so where nobody is known to be the interviewer.
pub fn raised(
    corpus: &Corpus,
    passages: &[Passage],
    themes: usize,
    labels: &[Label],
    asked: &[Asked],
) -> (Vec<Raised>, Option<Problem>) {
    let knowable: Vec<bool> = corpus
        .transcripts
        .iter()
        .map(|transcript| transcript.turns.iter().any(|turn| turn.role == Role::Interviewer))
        .collect();
    let coded: Vec<usize> = (0..passages.len()).filter(|&place| passages[place].coded).collect();
    // For each theme and transcript the first place where a participant speaks of it, and the first where the interviewer does.
    let mut spoken: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); themes];
    let mut raised: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); themes];
    let keep_first = |all: &mut [BTreeMap<usize, usize>], theme: usize, place: usize| {
        let (Some(of_theme), Some(passage)) = (all.get_mut(theme), passages.get(place)) else { return };
        let first = of_theme.entry(passage.transcript).or_insert(place);
        *first = place.min(*first);
    };
    for label in labels {
        if let Some(&place) = coded.get(label.segment) {
            keep_first(&mut spoken, label.theme, place);
        }
    }
    for one in asked {
        keep_first(&mut raised, one.theme, one.passage);
    }
    let holds_questions = |place: usize| {
        let passage = &passages[place];
        let turns = corpus.transcripts.get(passage.transcript).map_or(&[][..], |one| one.turns.as_slice());
        let turns = turns.get(passage.first_turn..=passage.last_turn).unwrap_or_default();
        turns.iter().any(|turn| turn.role == Role::Interviewer)
    };
    let rows: Vec<Raised> = spoken
        .iter()
        .zip(&raised)
        .enumerate()
        .map(|(theme, (spoken, raised))| {
            let mut counts = [0_u32; 3];
            for (transcript, &first) in spoken {
                let known = knowable.get(*transcript).copied().unwrap_or(false) && !holds_questions(first);
                let before = raised.get(transcript).is_some_and(|&question| question < first);
                counts[if known { usize::from(before) } else { 2 }] += 1;
            }
            row(theme, counts)
        })
        .collect();
    let nobody = !corpus.transcripts.is_empty() && !knowable.contains(&true);
    let problem = nobody.then(|| {
        let message = "Who raises a theme is not known: nobody is named under `interviewers`.";
        Problem::new(Severity::Note, "interviewers", message)
            .with_hint("name the interviewers' labels in the study file; `emic check` lists all labels")
    });
    (rows, problem)
}

fn row(theme: usize, [by_participant, by_interviewer, not_known]: [u32; 3]) -> Raised {
    let known = f64::from(by_participant + by_interviewer);
    let share = f64::from(by_interviewer) / known;
    Raised {
        theme,
        transcripts: by_participant + by_interviewer + not_known,
        by_participant,
        by_interviewer,
        share_interviewer: (known > 0.0).then(|| (share, binomial_interval(share, known))),
        not_known,
    }
}

#[cfg(test)]
mod tests {
    use super::super::prevalence::tests::{label, study};
    use super::*;
    use crate::corpus::{CharSpan, Turn};

    /// Interviews of six turns by turns: question, answer, and so on; the last one has no interviewer.
    fn corpus() -> (Corpus, Vec<Passage>) {
        let (mut transcripts, _) = study(&[("", 0); 4]);
        let mut passages = Vec::new();
        for (place, transcript) in transcripts.iter_mut().enumerate() {
            for turn in 0..6 {
                let asks = place < 3 && turn % 2 == 0;
                let span = CharSpan { start: 10 * turn, end: 10 * turn + 9 };
                transcript.turns.push(Turn {
                    index: turn as i64 + 1,
                    speaker: String::new(),
                    role: if asks { Role::Interviewer } else { Role::Participant },
                    start_ms: None,
                    end_ms: None,
                    span,
                    text: String::new(),
                });
                passages.push(Passage {
                    transcript: place,
                    first_turn: turn,
                    last_turn: turn,
                    span,
                    text: String::new(),
                    coded: turn % 2 == 1,
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
        let asked = [(0, 0), (8, 0), (2, 1), (99, 0)].map(|(passage, theme)| Asked { passage, theme });
        let (rows, problem) = raised(&corpus, &passages, 2, &labels, &asked);
        assert_eq!(problem, None);
        assert_eq!(rows[0].transcripts, 4);
        assert_eq!((rows[0].by_participant, rows[0].by_interviewer, rows[0].not_known), (2, 1, 1));
        let (share, Interval { low, high }) = rows[0].share_interviewer.unwrap();
        insta::assert_snapshot!(format!("{share:.3} ({low:.3}, {high:.3})"), @"0.333 (0.008, 0.906)");
        assert_eq!((rows[1].transcripts, rows[1].share_interviewer), (0, None));
    }

    #[test]
    fn without_an_interviewer_and_in_topics_nothing_is_known() {
        let (mut corpus, mut passages) = corpus();
        for passage in passages.iter_mut().filter(|passage| passage.coded) {
            passage.first_turn -= 1;
        }
        let (rows, _) = raised(&corpus, &passages, 1, &[label(0, 0), label(3, 0)], &[]);
        assert_eq!((rows[0].not_known, rows[0].share_interviewer), (2, None));
        for turn in corpus.transcripts.iter_mut().flat_map(|transcript| &mut transcript.turns) {
            turn.role = Role::Participant;
        }
        let (rows, problem) = raised(&corpus, &passages, 1, &[label(0, 0)], &[]);
        assert_eq!(rows[0].not_known, 1);
        insta::assert_snapshot!(problem.unwrap(), @"note: interviewers: Who raises a theme is not known: nobody is named under `interviewers`. (name the interviewers' labels in the study file; `emic check` lists all labels)");
    }
}
