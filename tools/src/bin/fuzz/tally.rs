//! What is counted of a target, and the table of it.

use std::collections::BTreeMap;
use std::path::Path;

const HEADER: &str =
    "target,inputs,read,refused,panics,hangs,panics_in_libraries,slowest_ms,peak_mb,kinds_of_problems";

/// Counts of one target.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) inputs: u64,
    pub(crate) read: u64,
    pub(crate) panics: u64,
    pub(crate) hangs: u64,
    /// Panics in libraries that a reader caught; to a user the file is damaged.
    pub(crate) contained: u64,
    pub(crate) kinds: u64,
    /// Milliseconds and number.
    pub(crate) slowest: (f64, u64),
    /// Bytes and number.
    pub(crate) largest: (u64, u64),
    /// Bytes that threads held that read nothing themselves.
    pub(crate) elsewhere: u64,
    pub(crate) seconds: f64,
}

impl Tally {
    pub(crate) fn time(&mut self, ms: f64, number: u64) {
        if ms > self.slowest.0 {
            self.slowest = (ms, number);
        }
    }

    pub(crate) fn memory(&mut self, bytes: u64, number: u64) {
        if bytes > self.largest.0 {
            self.largest = (bytes, number);
        }
    }

    pub(crate) fn add(&mut self, more: &Self) {
        self.inputs += more.inputs;
        self.read += more.read;
        self.panics += more.panics;
        self.hangs += more.hangs;
        self.contained += more.contained;
        self.time(more.slowest.0, more.slowest.1);
        self.memory(more.largest.0, more.largest.1);
    }

    /// Most megabytes for one input: those of its thread, and whatever other threads held.
    fn peak_mb(&self) -> f64 {
        (self.largest.0 + self.elsewhere) as f64 / f64::from(1 << 20)
    }

    fn row(&self, target: &str) -> String {
        let Self { inputs, read, panics, hangs, contained, kinds, slowest, .. } = self;
        let refused = inputs - read - panics;
        let (ms, mb) = (slowest.0, self.peak_mb());
        format!("{target},{inputs},{read},{refused},{panics},{hangs},{contained},{ms:.0},{mb:.1},{kinds}")
    }

    /// The row, and what a person wants to know beyond it.
    pub(crate) fn line(&self, target: &str) -> String {
        let a_second = self.inputs as f64 / self.seconds.max(0.001);
        let (slowest, largest) = (self.slowest.1, self.largest.1);
        format!("{} ({a_second:.0} a second; slowest was {slowest}, largest {largest})", self.row(target))
    }
}

pub(crate) fn header() -> &'static str {
    HEADER
}

/// Writes a target's row into the table at `path`, in the place of an older one.
pub(crate) fn save(path: &Path, order: &[&str], target: &str, tally: &Tally) -> std::io::Result<()> {
    let old = std::fs::read_to_string(path).unwrap_or_default();
    let name = |row: &str| row.split(',').next().unwrap_or_default().to_owned();
    let mut rows: BTreeMap<String, String> =
        old.lines().skip(1).map(|row| (name(row), row.to_owned())).collect();
    rows.insert(target.to_owned(), tally.row(target));
    let rows: Vec<String> = order.iter().filter_map(|target| rows.remove(*target)).collect();
    std::fs::write(path, format!("{HEADER}\n{}\n", rows.join("\n")))
}
