//! Checks the unit of times by the pace of speech: milliseconds that are read as seconds would last for weeks.

use unicode_segmentation::UnicodeSegmentation;

use super::Service;
use super::entry::Unit;
use crate::codes;
use crate::read::captions::Fragment;
use crate::read::problems::ProblemLog;

/// Words a minute, with room for slow and fast speakers and for languages without blanks.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 20.0..=800.0;
/// Beyond these, the unit is wrong.
const POSSIBLE: std::ops::RangeInclusive<f64> = 2.0..=3_000.0;
/// With fewer words the pace is not known.
const MIN_WORDS: usize = 6;

/// The speech in a file, with times in the unit that gives a human pace.
pub(super) fn with_plausible_times(
    service: &dyn Service,
    text: &str,
    log: &mut ProblemLog,
) -> serde_json::Result<Vec<Fragment>> {
    let mut of_unit = ProblemLog::new(log.source());
    let stated = service.unit();
    let said = service.said(text, stated, &mut of_unit)?;
    if pace_of(&said).is_none_or(|pace| POSSIBLE.contains(&pace)) {
        log.extend(of_unit.finish());
        return Ok(said);
    }
    for unit in [Unit::Seconds, Unit::Milliseconds, Unit::Ticks].into_iter().filter(|unit| *unit != stated) {
        let mut of_unit = ProblemLog::new(log.source());
        let again = service.said(text, unit, &mut of_unit)?;
        if pace_of(&again).is_some_and(|pace| PLAUSIBLE.contains(&pace)) {
            log.extend(of_unit.finish());
            log.warning(
                codes::TIME_GUESSED,
                None,
                format!(
                    "times were read as {}: in {}, which {} writes, nobody could talk at this pace",
                    unit.name(),
                    stated.name(),
                    service.name()
                ),
                "compare a few times with the recording",
            );
            return Ok(again);
        }
    }
    log.extend(of_unit.finish());
    Ok(said)
}

/// Words a minute of speech; none without times.
fn pace_of(said: &[Fragment]) -> Option<f64> {
    let words: usize = said.iter().map(|said| said.text.unicode_words().count()).sum();
    let length = |said: &Fragment| Some(said.end_ms?.saturating_sub(said.start_ms?));
    let lasting: u64 = said.iter().filter_map(length).fold(0, u64::saturating_add);
    let first = said.iter().filter_map(|said| said.start_ms).min();
    let last = said.iter().filter_map(|said| said.end_ms.max(said.start_ms)).max();
    let ms = if lasting > 0 { lasting } else { last?.saturating_sub(first?) };
    (words >= MIN_WORDS && ms > 0).then(|| words as f64 * 60_000.0 / ms as f64)
}
