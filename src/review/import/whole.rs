//! Answers about whole interviews, which were coded in another program, beside those of drawn samples.

use std::collections::BTreeSet;
use std::path::Path;

use super::samples::read_samples;
use super::{CODES, ImportError, compared, earlier_codes, sort};
use crate::review::{CodedAnswer, REVIEW, WHOLE_INTERVIEWS, write_codes};

/// Puts a coder's answers about whole interviews into `out/review/codes.csv`, in the place of earlier ones about the same interviews,
/// and says how many of those are another now or gone.
///
/// # Errors
/// [`ImportError`] when earlier codes cannot be read or the file cannot be replaced; then it is as it was.
pub(crate) fn replace_answers(
    out: &Path,
    coder: &str,
    answers: &[CodedAnswer],
) -> Result<usize, ImportError> {
    let path = out.join(REVIEW).join(CODES);
    let earlier = earlier_codes(&path)?;
    let interviews: BTreeSet<&str> = answers.iter().map(|answer| answer.transcript_id.as_str()).collect();
    let is_replaced = |answer: &&CodedAnswer| {
        answer.sample == WHOLE_INTERVIEWS
            && answer.coder == coder
            && interviews.contains(answer.transcript_id.as_str())
    };
    let (changed, gone) = compared(earlier.iter().filter(is_replaced), answers);
    let mut all: Vec<CodedAnswer> = earlier.iter().filter(|answer| !is_replaced(answer)).cloned().collect();
    all.extend(answers.iter().cloned());
    let (samples, _) = read_samples(&out.join(REVIEW));
    sort(&mut all, &samples);
    write_codes(&path, &all).map_err(|source| ImportError::Write { path, source })?;
    Ok(changed + gone)
}
