//! Times that run backwards: two recordings in one file, a typing error, or rows in another order than they were said.

use super::{duration, number, warning};
use crate::corpus::{Problem, Transcript};
use crate::read::counted;

/// Who interrupts may be noted a few seconds late.
const MIN_MS: u64 = 10_000;

pub(super) fn times_back(transcript: &Transcript) -> Option<Problem> {
    let (mut latest, mut count) = (0, 0);
    let mut first = None;
    for turn in &transcript.turns {
        let Some(start) = turn.start_ms else { continue };
        if start.saturating_add(MIN_MS) <= latest {
            count += 1;
            first.get_or_insert((turn, latest));
            // A second recording that begins anew counts once.
            latest = start;
        } else {
            latest = latest.max(start);
        }
    }
    let (turn, before) = first?;
    let start = turn.start_ms?;
    let message = format!(
        "times run backwards at {}, first in {}, from {} to {}",
        counted(count, "place", "places"),
        number(turn),
        duration(before),
        duration(start),
    );
    let hint = if count == 1 {
        "if two recordings are in the file, make a file of each; else compare the times with the recording before you quote them"
    } else {
        "compare the order of the turns and their times with the recording before you quote them"
    };
    Some(warning(transcript, &message, hint))
}
