//! Progress of long stages, and cancellation. The library only counts; the command line draws the bars.

/// A stage of the pipeline that may take long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading transcript files; steps are files.
    Read,
    /// Cutting transcripts into segments; steps are transcripts.
    Segment,
    /// Turning texts into vectors; steps are texts.
    Embed,
    /// Clustering vectors; steps are numbers of clusters tried, and then one for the clusters themselves.
    Cluster,
    /// Clustering halves of the interviews, for stability; steps are halves.
    Stability,
    /// Scoring and labelling segments; one step.
    Theme,
    /// Writing tables; steps are files.
    Write,
    /// Writing the page; one step.
    Page,
}

impl Stage {
    /// A short phrase for a progress bar.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Read => "reading transcripts",
            Self::Segment => "cutting segments",
            Self::Embed => "embedding segments",
            Self::Cluster => "finding clusters",
            Self::Stability => "clustering halves of the interviews",
            Self::Theme => "labelling themes",
            Self::Write => "writing tables",
            Self::Page => "writing the page",
        }
    }
}

/// Receives the progress of a run and may stop it. Implementations must be cheap: `advance` and `is_cancelled` are called from
/// inner loops, by all threads.
pub trait Progress: Sync {
    /// A stage begins and has `steps` steps.
    fn begin(&self, stage: Stage, steps: u64);
    /// `steps` more of the current stage are done.
    fn advance(&self, steps: u64);
    /// The current stage is done or cancelled.
    fn end(&self);

    /// Whether to stop; called many times a second. Once true it has to stay true until the run ends, which it does with an error for
    /// cancellation; see `PipelineError::Cancelled`.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Reports nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _stage: Stage, _steps: u64) {}
    fn advance(&self, _steps: u64) {}
    fn end(&self) {}
}
