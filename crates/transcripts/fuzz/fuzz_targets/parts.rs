//! Packed files whose parts are changed before they are packed.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| transcripts_fuzz::read_parts(data));
