//! Decisions about segments that were not drawn: somebody found them by their labels or by searching.

use std::collections::BTreeMap;

use transcripts::text::counted;
use transcripts::{Problem, Severity};

use super::file::{PageAnswer, PageFile};
use super::run::Run;
use super::{Answered, FromPages, key_of, latest_answers, not_found};
use crate::results::{SegmentIndex, codes};
use crate::review::codes::{page_in, sample_cell};
use crate::review::import::notes::{Written, notes};
use crate::review::{CodedAnswer, NOT_DRAWN};

/// Reads the decisions about segments that were not drawn.
pub(super) fn take_decisions(
    pages: &[(String, PageFile)],
    run: Result<&Run, &String>,
    answered: &Answered,
    taken: &mut FromPages,
    problems: &mut Vec<Problem>,
) {
    // By page, coder and segment, each with when it was said.
    let mut said: BTreeMap<(String, String, SegmentIndex), Vec<&PageAnswer>> = BTreeMap::new();
    for (coder, page) in pages {
        let cell = sample_cell(NOT_DRAWN, &page.run);
        let chosen = page.answers.iter().filter(|answer| !answer.is_drawn);
        let run = match run {
            Ok(run) => run,
            Err(why) => {
                let count = chosen.count();
                if count > 0 {
                    let message = format!("{} left out: {why}", counted(count, "answer was", "answers were"));
                    problems.push(
                        Problem::new(Severity::Error, page.name.as_str(), message)
                            .with_code(codes::ANSWER_DOUBTFUL),
                    );
                }
                continue;
            }
        };
        taken.pages.insert((cell.clone(), coder.clone()));
        let mut lost = Vec::new();
        for answer in chosen {
            match run.find(answer) {
                Some(index) => said.entry((cell.clone(), coder.clone(), index)).or_default().push(answer),
                None => lost.push(answer.number),
            }
        }
        problems.extend(not_found(page, &lost, "by label"));
    }
    let Ok(run) = run else { return };
    for ((cell, coder, index), mut answers) in said {
        answers.sort_by_key(|answer| answer.order);
        let (Some(about), Some(last)) = (run.about(index), answers.last().copied()) else { continue };
        let is_later = |answer: &PageAnswer, theme: &String| {
            let of = (coder.clone(), key_of(answer), theme.clone());
            answered.get(&of).is_none_or(|order| answer.order > *order)
        };
        let decided = answers
            .iter()
            .flat_map(|answer| answer.themes.iter().filter(|(theme, _)| is_later(answer, theme)).cloned());
        let decided = latest_answers(decided.collect());
        let unsure: Vec<&str> =
            decided.iter().filter(|(_, said)| said.is_none()).map(|(theme, _)| theme.as_str()).collect();
        let written = Written { other: &last.other, memo: &last.memo, paper: last.paper };
        taken.notes.extend(notes(&cell, &coder, about, &unsure, written));
        taken.decisions.extend(decided.iter().filter_map(|(theme, said)| {
            Some(CodedAnswer {
                sample: NOT_DRAWN,
                of_interviews: false,
                page: page_in(&cell),
                segment_id: about.segment_id.to_owned(),
                transcript_id: about.transcript_id.to_owned(),
                span: about.span,
                text_digest: about.text_digest.to_owned(),
                probability: None,
                coder: coder.clone(),
                theme: theme.clone(),
                applies: (*said)?,
            })
        }));
    }
}
