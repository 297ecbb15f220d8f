//! Work without the GIL, on threads of its own, while the calling thread tells Python how far it is and looks for Ctrl-C.
//!
//! Python handles signals on its main thread only, and that is the one that calls. Every call has its own threads, because those of a
//! process that forked are gone in the child, as on workers of Spark.

use std::mem;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use emic::results::{Progress, Stage};
use pyo3::prelude::*;

use crate::errors::Fault;

/// Between two looks for Ctrl-C.
const INTERVAL: Duration = Duration::from_millis(50);

/// How far the work is, and whether it is to stop.
#[derive(Default)]
pub(crate) struct Reporter {
    stage: Mutex<Option<(Stage, u64)>>,
    done: AtomicU64,
    is_cancelled: AtomicBool,
    said: Mutex<Vec<String>>,
}

impl Reporter {
    /// Tells people something that is no progress.
    pub(crate) fn say(&self, line: String) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// Calls `told(words, done, of)`; of what is only said both numbers are 0.
    fn tell(&self, py: Python<'_>, told: Option<&Py<PyAny>>) -> PyResult<()> {
        py.check_signals()?;
        let Some(told) = told else { return Ok(()) };
        let said = mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner));
        for line in said {
            told.call1(py, (line, 0, 0))?;
        }
        let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((stage, steps)) = stage {
            told.call1(py, (stage.phrase(), self.done.load(Ordering::Relaxed), steps))?;
        }
        Ok(())
    }
}

impl Progress for Reporter {
    fn begin(&self, stage: Stage, steps: u64) {
        let mut current = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        self.done.store(0, Ordering::Relaxed);
        *current = Some((stage, steps));
    }

    fn advance(&self, steps: u64) {
        self.done.fetch_add(steps, Ordering::Relaxed);
    }

    fn end(&self) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}

/// Does `task` on `threads` threads (none: all cores) and returns its result. What Python raises meanwhile, Ctrl-C above all, stops the
/// task and is raised when it has ended.
pub(crate) fn work<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    told: Option<&Py<PyAny>>,
    task: impl FnOnce(&Reporter) -> Result<T, Fault> + Send,
) -> PyResult<T> {
    let reporter = Reporter::default();
    let (done, raised) = py.detach(|| {
        thread::scope(|scope| {
            let (ending, ended) = mpsc::channel::<()>();
            let reporter = &reporter;
            let worker = scope.spawn(move || {
                let _ending = ending;
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
                pool.install(|| task(reporter))
            });
            let mut raised = None;
            while ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                if raised.is_none() {
                    raised = Python::attach(|py| reporter.tell(py, told)).err();
                    reporter.is_cancelled.store(raised.is_some(), Ordering::Relaxed);
                }
            }
            (worker.join(), raised)
        })
    });
    if let Some(raised) = raised {
        return Err(raised);
    }
    // What was said at the very end.
    reporter.tell(py, told)?;
    match done {
        Ok(done) => done.map_err(|fault| fault.raised(py)),
        Err(_) => {
            Err(Fault::new("the program failed, which is its own fault", "please report it").raised(py))
        }
    }
}
