//! Progress for people: bars on a terminal, one plain line a stage elsewhere.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::corpus::{Progress, Silent, Stage};

/// What suits standard error: nothing when `quiet`, bars on a terminal, lines otherwise.
pub(super) fn progress(quiet: bool) -> Box<dyn Progress> {
    if quiet {
        Box::new(Silent)
    } else if std::io::stderr().is_terminal() {
        Box::new(Bars::default())
    } else {
        Box::new(Lines)
    }
}

/// One bar at a time, with the time that is left.
#[derive(Default)]
struct Bars {
    current: Mutex<Option<ProgressBar>>,
}

impl Bars {
    fn with(&self, act: impl FnOnce(&mut Option<ProgressBar>)) {
        // A thread that panicked while it held the bar does no harm to the bar.
        act(&mut self.current.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

impl Progress for Bars {
    fn begin(&self, stage: Stage, steps: u64) {
        let template = "{msg:<22} {bar:30} {human_pos}/{human_len} {elapsed_precise} left {eta_precise}";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(steps).with_style(style).with_message(stage.phrase());
        bar.enable_steady_tick(Duration::from_millis(200));
        self.with(|current| *current = Some(bar));
    }

    fn advance(&self, steps: u64) {
        self.with(|current| {
            if let Some(bar) = current {
                bar.inc(steps);
            }
        });
    }

    fn end(&self) {
        self.with(|current| {
            if let Some(bar) = current.take() {
                bar.finish();
            }
        });
    }
}

/// For logs: what begins, and nothing that moves.
struct Lines;

impl Progress for Lines {
    #[expect(clippy::print_stderr, reason = "the command line speaks here")]
    fn begin(&self, stage: Stage, steps: u64) {
        eprintln!("{} ({steps})", stage.phrase());
    }

    fn advance(&self, _steps: u64) {}

    fn end(&self) {}
}
