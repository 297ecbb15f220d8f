//! Reading: the crate `transcripts`, with this program's progress.

use transcripts::ReadObserver;
pub(crate) use transcripts::projects::{ProjectDecoder, problems_of};
pub(crate) use transcripts::tables::{Row, Sheet, is_plausible_parquet, read_sheets, sheets_of};
pub(crate) use transcripts::text::{TimeMarks, clean, decode};
pub use transcripts::{
    Asker, QuestionForm, ReadPlan, Reading, SourceFile, SpeakerShare, Sureness, focus_groups, formats,
    read_file_bytes, readable_endings, speakers_of, who_seems_to_interview,
};
pub(crate) use transcripts::{FileState, ProblemLog};

use crate::results::{Progress, Stage};

/// Reads all files of a study, as [`transcripts::read_corpus`] does, and tells `progress` of each.
pub fn read_corpus(plan: &ReadPlan, progress: &dyn Progress) -> Reading {
    transcripts::read_corpus(plan, &Files(progress))
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

    fn end(&self) {
        self.0.end();
    }
}
