//! An allocator that counts: how much memory a reader holds at most while it reads one input. The standard library has no
//! other way to ask.
//!
//! A thread that measures counts for itself. What other threads allocate (Polars has its own) is counted together.
#![allow(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

/// The most bytes that one thread gets; what asks for more ends the program, which says which inputs were being read.
const MOST: i64 = 2 << 30;

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

/// What one thread holds, and the most that it held, since it began to measure.
#[derive(Clone, Copy)]
struct Held {
    measures: bool,
    now: i64,
    most: i64,
}

thread_local! {
    static HELD: Cell<Held> = const { Cell::new(Held { measures: false, now: 0, most: 0 }) };
}

static ELSEWHERE: AtomicI64 = AtomicI64::new(0);
static MOST_ELSEWHERE: AtomicI64 = AtomicI64::new(0);

/// Whether so many bytes more may be had.
fn count(bytes: i64) -> bool {
    let counted = HELD.try_with(|held| {
        let mut count = held.get();
        if !count.measures {
            return None;
        }
        count.now += bytes;
        count.most = count.most.max(count.now);
        held.set(count);
        Some(count.now < MOST)
    });
    if let Ok(Some(is_allowed)) = counted {
        return is_allowed;
    }
    let now = ELSEWHERE.fetch_add(bytes, Relaxed) + bytes;
    if bytes > 0 {
        MOST_ELSEWHERE.fetch_max(now, Relaxed);
    }
    true
}

// SAFETY: everything is passed on to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size() as i64) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller keeps the contract of `alloc`, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !count(layout.size() as i64) {
            return std::ptr::null_mut();
        }
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !count(size as i64 - layout.size() as i64) {
            return std::ptr::null_mut();
        }
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as i64));
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Runs something and gives the most bytes that this thread held meanwhile, beyond what it held before.
pub(crate) fn measured<T>(run: impl FnOnce() -> T) -> (T, u64) {
    HELD.with(|held| held.set(Held { measures: true, now: 0, most: 0 }));
    let result = run();
    let most = HELD.with(|held| held.replace(Held { measures: false, now: 0, most: 0 }).most);
    (result, most.max(0) as u64)
}

/// Starts to count anew what the threads hold that measure nothing.
pub(crate) fn forget_elsewhere() -> i64 {
    let now = ELSEWHERE.load(Relaxed);
    MOST_ELSEWHERE.store(now, Relaxed);
    now
}

/// The most bytes that the threads held that measure nothing, beyond what they held `before`.
pub(crate) fn most_elsewhere(before: i64) -> u64 {
    (MOST_ELSEWHERE.load(Relaxed) - before).max(0) as u64
}
