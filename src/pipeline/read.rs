//! Reads a corpus and reports to this program's progress: the crate `transcripts` counts files, the pipeline stages.

use transcripts::{Problem, ReadObserver, ReadPlan, Reading};

use super::study_words::in_words_of_the_study;
use crate::results::{Progress, Stage};
use crate::study::Study;

/// Reads all files of a study, as [`transcripts::read_corpus`] does, and reports each to `progress`. Problems name keys of the study file.
pub fn read_corpus(plan: &ReadPlan, progress: &dyn Progress) -> Reading {
    let reading = transcripts::read_corpus(plan, &Files(progress));
    let mut problems: Vec<Problem> = reading.problems.into_iter().map(in_words_of_the_study).collect();
    problems.sort();
    Reading { problems, ..reading }
}

/// The transcripts of a study: those in memory, or those of its files.
pub fn read_study(study: &Study, progress: &dyn Progress) -> Reading {
    match &study.corpus {
        Some(corpus) => Reading { corpus: corpus.clone(), ..Reading::default() },
        None => read_corpus(&study.read, progress),
    }
}

/// Passes the progress of reading on.
struct Files<'a>(&'a dyn Progress);

impl ReadObserver for Files<'_> {
    fn begin(&self, files: usize) {
        self.0.begin(Stage::Read, files as u64);
    }

    fn file_done(&self) {
        self.0.advance(1);
    }

    fn should_stop(&self) -> bool {
        self.0.is_cancelled()
    }

    fn end(&self) {
        self.0.end();
    }
}
