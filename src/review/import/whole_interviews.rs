//! Answers about whole interviews, which were coded in another program, beside those of drawn samples.

use std::collections::BTreeSet;
use std::path::Path;

use super::samples::read_samples;
use super::{ImportError, changed_and_gone, earlier_codes, sort};
use crate::review::{CodedAnswer, WHOLE_INTERVIEWS};
use crate::study::{CODES, REVIEW};

/// The answers of `out/review/codes.csv` after these answers about whole interviews replaced earlier ones by the same coders about the same
/// interviews, and how many of the earlier ones are changed or gone.
///
/// # Errors
/// [`ImportError`] when earlier codes cannot be read.
pub(crate) fn with_whole_interviews(
    out: &Path,
    answers: &[CodedAnswer],
) -> Result<(Vec<CodedAnswer>, usize), ImportError> {
    let earlier = earlier_codes(&out.join(REVIEW).join(CODES))?;
    let interviews: BTreeSet<(&str, &str)> = answers.iter().map(whose).collect();
    let is_replaced =
        |answer: &&CodedAnswer| answer.sample == WHOLE_INTERVIEWS && interviews.contains(&whose(answer));
    let (changed, gone) = changed_and_gone(earlier.iter().filter(is_replaced), answers);
    let mut all: Vec<CodedAnswer> = earlier.iter().filter(|answer| !is_replaced(answer)).cloned().collect();
    all.extend(answers.iter().cloned());
    let (samples, _) = read_samples(&out.join(REVIEW));
    sort(&mut all, &samples);
    Ok((all, changed + gone))
}

/// Whose answer about which interview.
fn whose(answer: &CodedAnswer) -> (&str, &str) {
    (&answer.coder, &answer.transcript_id)
}
