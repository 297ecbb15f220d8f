//! Warnings about a study's input, from `emic check` and from every run. Both call these functions, so that they say the same.

use sentence_encoder::{SentenceEncoder, TokenCounter};
use transcripts::{Corpus, Problem, Severity};

use super::reviewed::codes_and_notes;
use crate::results::{NoProgress, Segment};
use crate::segment::{self, SegmentationCache, Unit};
use crate::storage::StageCache;
use crate::study::Study;
use crate::{compare, embed, review};

/// Warnings about the input beside those of reading: languages, segments, groups, `within` and `time`, people's codes. Embeds and
/// writes nothing.
///
/// Without an encoder, or where segments are topics, which are cut by vectors, it is not known whether people's codes fit the
/// segments; a note says so.
pub fn input_problems(study: &Study, corpus: &Corpus, encoder: Option<&dyn SentenceEncoder>) -> Vec<Problem> {
    let languages = segment::languages(corpus, study.language.as_deref());
    let mut problems = compare::input_problems(corpus, &languages, &study.compare);
    let known = SegmentationCache { kept: &mut StageCache::disabled(), model: "" };
    let counter: &dyn TokenCounter = match encoder {
        Some(encoder) => &Counting(encoder),
        None => &Unlimited,
    };
    let passages = segment::passages(corpus, &languages, study.segment, counter, known, &NoProgress);
    let segments = segment::eligible_segments(corpus, &languages, &passages);
    let is_topic = study.segment.unit == Unit::Topic;
    if is_topic {
        problems.extend(embed::unknown_languages(&languages, &study.embed));
    } else {
        problems.extend(of_segments(study, corpus, &languages, &segments));
    }
    match study.codes() {
        Some(_) if !is_topic && encoder.is_some() => {
            problems.extend(codes_and_notes(study, corpus, &segments).2);
        }
        Some(path) => {
            if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("qdpx")) {
                let (_, found) = review::read_codes(&path);
                problems.extend(found.into_iter().map(|problem| study.read.pseudonyms.problem(problem)));
            }
            let why = if is_topic {
                "topics are cut when the study runs"
            } else {
                "the model is not on this machine"
            };
            let message = format!("whether people's codes fit the segments is not known yet: {why}");
            problems.push(
                Problem::new(Severity::Note, "[review] codes", message)
                    .with_code(transcripts::codes::PLAN_UNMATCHED),
            );
        }
        None => {}
    }
    problems
}

/// Warnings about the segments of a study and their languages.
pub(super) fn of_segments(
    study: &Study,
    corpus: &Corpus,
    languages: &[String],
    segments: &[Segment],
) -> Vec<Problem> {
    let mut problems = segment::warnings(corpus, segments, study.segment);
    problems.extend(embed::unknown_languages(languages, &study.embed));
    problems
}

/// An encoder that only counts tokens.
struct Counting<'a>(&'a dyn SentenceEncoder);

impl TokenCounter for Counting<'_> {
    fn limit(&self) -> usize {
        self.0.limit()
    }

    fn count(&self, text: &str) -> usize {
        self.0.count(text)
    }

    fn token_ends(&self, text: &str) -> Vec<usize> {
        self.0.token_ends(text)
    }
}

/// Without a model, no text is too long.
struct Unlimited;

impl TokenCounter for Unlimited {
    fn limit(&self) -> usize {
        usize::MAX
    }

    fn count(&self, _text: &str) -> usize {
        0
    }

    fn token_ends(&self, text: &str) -> Vec<usize> {
        text.char_indices().map(|(start, letter)| start + letter.len_utf8()).collect()
    }
}
