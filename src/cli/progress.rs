//! Progress for people: bars on a terminal, one plain line a stage elsewhere.

use std::io::{IsTerminal, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::results::{NoProgress, Progress, Stage};

/// Shorter stages are not reported while they run.
const QUICK: Duration = Duration::from_secs(5);

/// Progress on standard error: none when `quiet`, bars on a terminal, lines otherwise.
pub(super) fn progress(quiet: bool) -> Box<dyn Progress> {
    if quiet {
        Box::new(NoProgress)
    } else if std::io::stderr().is_terminal() {
        Box::new(Bars::default())
    } else {
        Box::new(Lines::default())
    }
}

/// One bar at a time, with the time that is left.
#[derive(Default)]
struct Bars {
    current: Mutex<Option<ProgressBar>>,
}

impl Bars {
    fn with(&self, act: impl FnOnce(&mut Option<ProgressBar>)) {
        // A thread that panicked while it held the bar left it usable.
        act(&mut self.current.lock().unwrap_or_else(PoisonError::into_inner));
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

/// For logs: the beginning of stages, and of a long stage every tenth with the time that is left.
#[derive(Default)]
struct Lines {
    current: Mutex<Option<LongStage>>,
}

/// A stage reported by lines.
struct LongStage {
    phrase: &'static str,
    steps: u64,
    done: u64,
    tenths: u64,
    begun: Instant,
}

impl LongStage {
    /// What to say when another tenth is done, `elapsed` after the beginning.
    fn line(&mut self, elapsed: Duration) -> Option<String> {
        let tenths = (self.done * 10).checked_div(self.steps)?;
        if tenths <= self.tenths || tenths >= 10 || elapsed < QUICK {
            return None;
        }
        self.tenths = tenths;
        let left = elapsed.as_secs_f64() * (self.steps - self.done) as f64 / self.done as f64;
        let left = HumanDuration(Duration::from_secs_f64(left.round()));
        Some(format!("{} ({} of {}, about {left} left)", self.phrase, self.done, self.steps))
    }
}

/// A line on standard error. A run goes on if it cannot be written.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

impl Progress for Lines {
    #[expect(clippy::disallowed_methods, reason = "only what people are told depends on the clock")]
    fn begin(&self, stage: Stage, steps: u64) {
        tell(&format!("{} ({steps})", stage.phrase()));
        let stage = LongStage { phrase: stage.phrase(), steps, done: 0, tenths: 0, begun: Instant::now() };
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(stage);
    }

    fn advance(&self, steps: u64) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stage) = current.as_mut() else { return };
        stage.done = (stage.done + steps).min(stage.steps);
        let elapsed = stage.begun.elapsed();
        if let Some(line) = stage.line(elapsed) {
            tell(&line);
        }
    }

    fn end(&self) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a stage begins sometime")]
    fn a_log_says_every_tenth_how_much_is_left() {
        let mut stage =
            LongStage { phrase: "embedding segments", steps: 50, done: 0, tenths: 0, begun: Instant::now() };
        let mut lines = Vec::new();
        for second in 1..=50 {
            stage.done += 1;
            lines.extend(stage.line(Duration::from_secs(4 * second)));
        }
        insta::assert_snapshot!(lines.join("\n"), @r"
        embedding segments (5 of 50, about 3 minutes left)
        embedding segments (10 of 50, about 3 minutes left)
        embedding segments (15 of 50, about 2 minutes left)
        embedding segments (20 of 50, about 2 minutes left)
        embedding segments (25 of 50, about 2 minutes left)
        embedding segments (30 of 50, about 80 seconds left)
        embedding segments (35 of 50, about 60 seconds left)
        embedding segments (40 of 50, about 40 seconds left)
        embedding segments (45 of 50, about 20 seconds left)
        ");
    }
}
