//! Copies: of transcripts that the plan lists as the same interview, the first is kept and the others are left out.

use std::collections::BTreeSet;

use crate::codes;
use crate::corpus::{Corpus, Problem, Severity};
use crate::phrases::{AS_READ, IN_PLAN, PLAN_SOURCE};
use crate::pseudonym::Replacement;
use crate::read::speakers::entry::Ids;

use super::share_in_common;

/// The field of the plan that holds the lists.
const FIELD: &str = "same";
/// With less in common than this, two are hardly one interview.
const MIN_COMMON_SHARE: f64 = 0.2;

/// Takes out of the corpus, and of what was replaced in each transcript, all but the first of each list in `same`.
pub(in crate::read) fn leave_out(
    corpus: &mut Corpus,
    replaced: &mut Vec<Vec<Replacement>>,
    same: &[Vec<String>],
    ids: &Ids,
    problems: &mut Vec<Problem>,
) {
    let mut left_out: BTreeSet<usize> = BTreeSet::new();
    for names in same {
        let mut kept: Option<usize> = None;
        for name in names {
            let found = ids.named(name);
            let indices: Vec<usize> = found.iter().filter_map(|id| index_of(corpus, id)).collect();
            let &[index] = indices.as_slice() else {
                problems.push(not_one(name, indices.len(), ids));
                continue;
            };
            match kept {
                None => kept = Some(index),
                Some(kept) if kept == index => {}
                Some(kept) => {
                    left_out.insert(index);
                    problems.extend(left_out_problem(corpus, kept, index));
                }
            }
        }
    }
    let stays = |index: &usize| !left_out.contains(index);
    keep(&mut corpus.transcripts, stays);
    keep(replaced, stays);
}

/// Keeps the items whose indices stay.
fn keep<T>(items: &mut Vec<T>, stays: impl Fn(&usize) -> bool) {
    let mut index = 0;
    items.retain(|_| {
        index += 1;
        stays(&(index - 1))
    });
}

fn index_of(corpus: &Corpus, id: &str) -> Option<usize> {
    corpus.transcripts.binary_search_by(|transcript| transcript.id.as_str().cmp(id)).ok()
}

fn not_one(name: &str, found: usize, ids: &Ids) -> Problem {
    let (message, hint) = match (found, ids.nearest(name)) {
        (0, Some(near)) => (format!("no transcript is called `{name}`"), format!("did you mean `{near}`?")),
        (0, None) => (
            format!("no transcript is called `{name}`"),
            "a transcript is called like its file without the ending".to_owned(),
        ),
        (several, _) => (
            format!("`{name}` means {several} transcripts, so it was passed over"),
            format!("write the id of one of them, {AS_READ}"),
        ),
    };
    Problem::new(Severity::Warning, format!("{PLAN_SOURCE}{FIELD}"), message)
        .with_code(codes::PLAN_UNMATCHED)
        .with_hint(hint)
}

/// The problem of a transcript that is left out.
fn left_out_problem(corpus: &Corpus, kept: usize, index: usize) -> Option<Problem> {
    let (kept, copy) = (corpus.transcripts.get(kept)?, corpus.transcripts.get(index)?);
    let share = share_in_common(kept, copy);
    let message = format!("`{}` is left out: it is listed as the same interview as `{}`", copy.id, kept.id);
    if share >= MIN_COMMON_SHARE {
        return Some(
            Problem::new(Severity::Note, &copy.source, message).with_code(codes::TRANSCRIPT_LEFT_OUT),
        );
    }
    let message = format!("{message}, but only {:.0} % of their words are the same", (100.0 * share).floor());
    let hint = format!("if they are two interviews, take them out of `same` {IN_PLAN}");
    Some(
        Problem::new(Severity::Warning, &copy.source, message)
            .with_code(codes::TRANSCRIPT_LEFT_OUT)
            .with_hint(hint),
    )
}
