//! Tables as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| transcripts_fuzz::read(transcripts_fuzz::TABLES, data));
