//! Reads the inputs of a target on all cores, catches what panics, and measures time and memory.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{Read as _, Seek as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::kinds::kind_of;
use crate::memory::{forget_elsewhere, measured, most_elsewhere};
use crate::tally::Tally;
use crate::target::Target;

/// An input that takes the processor longer hangs.
const HANGS_MS: f64 = 5_000.0;
/// After this long, on the clock of the wall, the program stops and says which input it was.
const STUCK_MS: u64 = 180_000;
/// Inputs that a thread takes at a time.
const BATCH: u64 = 32;
/// No input.
const NONE: u64 = u64::MAX;
/// Threads have the stack that rayon gives its own.
const STACK: usize = 2 << 20;
/// Most kinds of problems that are told apart.
const MOST_KINDS: usize = 200_000;

/// How to run.
pub(crate) struct Orders<'a> {
    pub(crate) seed: u64,
    /// The numbers of the inputs.
    pub(crate) from: u64,
    pub(crate) inputs: u64,
    /// No more inputs are begun after this long.
    pub(crate) limit: Duration,
    pub(crate) threads: usize,
    /// Where inputs go that fail.
    pub(crate) out: &'a Path,
}

/// What a thread is reading, and since when, in milliseconds of the run.
struct Slot {
    number: AtomicU64,
    since: AtomicU64,
}

/// Everything that threads share.
struct Shared<'a> {
    target: &'a Target,
    orders: &'a Orders<'a>,
    began: Instant,
    next: AtomicU64,
    is_over: AtomicBool,
    slots: Vec<Slot>,
    tally: Mutex<Tally>,
    kinds: Mutex<BTreeSet<u64>>,
}

thread_local! {
    /// The last panic of this thread, and how many there were.
    static PANICS: std::cell::RefCell<(u64, String)> = const { std::cell::RefCell::new((0, String::new())) };
}

/// From now on panics are noted and not printed.
pub(crate) fn note_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let said = format!("{panic}").replace('\n', " ");
        let _ = PANICS.try_with(|panics| {
            let mut panics = panics.borrow_mut();
            panics.0 += 1;
            panics.1 = said;
        });
    }));
}

/// Reads all inputs of one target.
pub(crate) fn run(target: &Target, orders: &Orders<'_>) -> std::io::Result<Tally> {
    let slots = || Slot { number: AtomicU64::new(NONE), since: AtomicU64::new(0) };
    let shared = Shared {
        target,
        orders,
        began: Instant::now(),
        next: AtomicU64::new(orders.from),
        is_over: AtomicBool::new(false),
        slots: (0..orders.threads).map(|_| slots()).collect(),
        tally: Mutex::new(Tally::default()),
        kinds: Mutex::new(BTreeSet::new()),
    };
    std::fs::create_dir_all(orders.out)?;
    let before = forget_elsewhere();
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| watched(&shared));
        let readers: Vec<_> = (0..orders.threads)
            .map(|thread| {
                let shared = &shared;
                std::thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, move || reads(shared, thread))
            })
            .collect();
        for reader in readers {
            reader?.join().map_err(|_| std::io::Error::other("a thread ended"))??;
        }
        shared.is_over.store(true, Relaxed);
        watch.join().map_err(|_| std::io::Error::other("the watch ended"))
    })?;
    let mut tally = shared.tally.into_inner().unwrap_or_default();
    tally.kinds = shared.kinds.into_inner().unwrap_or_default().len() as u64;
    tally.elsewhere = most_elsewhere(before);
    tally.seconds = shared.began.elapsed().as_secs_f64();
    Ok(tally)
}

/// Reads a file and says what it took.
pub(crate) fn read_one(path: &Path) -> std::io::Result<bool> {
    let bytes = std::fs::read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let start = Instant::now();
    let (reading, memory) =
        measured(|| emic::read::read_file_bytes(&bytes, &name, &emic::read::ReadPlan::default()));
    let (ms, mb) = (start.elapsed().as_millis(), memory as f64 / f64::from(1 << 20));
    let turns: usize = reading.corpus.transcripts.iter().map(|transcript| transcript.turns.len()).sum();
    println!("{turns} turns, {ms} ms, {mb:.0} MB");
    for problem in reading.problems.iter().take(3) {
        println!("{problem}");
    }
    Ok(true)
}

/// One thread's work.
fn reads(shared: &Shared<'_>, thread: usize) -> std::io::Result<()> {
    let Shared { target, orders, slots, .. } = shared;
    // Where the program ends without a word, this file tells which input it was.
    let mut now = std::fs::File::create(orders.out.join(format!("now-{thread}")))?;
    let end = orders.from + orders.inputs;
    let mut clock = Clock::new();
    let mut kinds = BTreeSet::new();
    loop {
        let first = shared.next.fetch_add(BATCH, Relaxed);
        if first >= end || shared.began.elapsed() > orders.limit {
            return Ok(());
        }
        let mut batch = Tally::default();
        for number in first..(first + BATCH).min(end) {
            now.rewind()?;
            now.write_all(format!("{} {number:<20}\n", target.name).as_bytes())?;
            if orders.inputs == 1 {
                keep(shared, number, "input")?;
            }
            let (name, bytes) = target.input(orders.seed, number);
            let panics_before = PANICS.with(|panics| panics.borrow().0);
            let slot = &slots[thread];
            slot.since.store(shared.began.elapsed().as_millis() as u64, Relaxed);
            slot.number.store(number, Relaxed);
            let start = clock.ms();
            let (outcome, memory) =
                measured(|| catch_unwind(AssertUnwindSafe(|| target.read(&name, &bytes))));
            let ms = clock.ms() - start;
            slot.number.store(NONE, Relaxed);
            let (panics, said) = PANICS.with(|panics| panics.borrow().clone());
            batch.inputs += 1;
            batch.time(ms, number);
            if ms > HANGS_MS {
                batch.hangs += 1;
                let kept = keep(shared, number, "hang")?;
                eprintln!("hang: {} {number}: {ms:.0} ms ({kept})", target.name);
            }
            batch.memory(memory, number);
            let Ok(outcome) = outcome else {
                batch.panics += 1;
                batch.contained += panics - panics_before - 1;
                let kept = keep(shared, number, "panic")?;
                eprintln!("panic: {} {number}: {said} ({kept})", target.name);
                continue;
            };
            batch.contained += panics - panics_before;
            batch.read += u64::from(outcome.is_read);
            for message in &outcome.messages {
                if kinds.len() >= MOST_KINDS {
                    break;
                }
                let mut hash = DefaultHasher::new();
                kind_of(message).hash(&mut hash);
                let hash = hash.finish();
                if kinds.insert(hash)
                    && let Ok(mut all) = shared.kinds.lock()
                {
                    all.insert(hash);
                }
            }
        }
        if let Ok(mut tally) = shared.tally.lock() {
            tally.add(&batch);
        }
    }
}

/// Writes an input where it can be looked at.
fn keep(shared: &Shared<'_>, number: u64, what: &str) -> std::io::Result<String> {
    let (name, bytes) = shared.target.input(shared.orders.seed, number);
    let ending = name.rsplit('.').next().unwrap_or_default();
    let path = shared.orders.out.join(format!("{what}-{}-{number}.{ending}", shared.target.name));
    std::fs::write(&path, bytes)?;
    Ok(path.display().to_string())
}

/// Stops the program where an input does not end.
fn watched(shared: &Shared<'_>) {
    while !shared.is_over.load(Relaxed) {
        std::thread::sleep(Duration::from_millis(100));
        for slot in &shared.slots {
            let (number, since) = (slot.number.load(Relaxed), slot.since.load(Relaxed));
            let ms = (shared.began.elapsed().as_millis() as u64).saturating_sub(since);
            if number != NONE && ms > STUCK_MS && slot.number.load(Relaxed) == number {
                let kept = keep(shared, number, "stuck").unwrap_or_else(|error| error.to_string());
                eprintln!("stuck: {} {number} ({kept})", shared.target.name);
                std::process::exit(3);
            }
        }
    }
}

/// A clock that stands still while this thread waits for a processor, where the system has one (Linux).
struct Clock {
    began: Instant,
    running: Option<std::fs::File>,
}

impl Clock {
    fn new() -> Self {
        Self { began: Instant::now(), running: std::fs::File::open("/proc/thread-self/schedstat").ok() }
    }

    fn ms(&mut self) -> f64 {
        self.ran().unwrap_or_else(|| self.began.elapsed().as_secs_f64() * 1000.0)
    }

    fn ran(&mut self) -> Option<f64> {
        let mut text = [0_u8; 64];
        let file = self.running.as_mut()?;
        file.rewind().ok()?;
        let length = file.read(&mut text).ok()?;
        let nanoseconds =
            std::str::from_utf8(&text[..length]).ok()?.split(' ').next()?.parse::<f64>().ok()?;
        Some(nanoseconds / 1e6)
    }
}
