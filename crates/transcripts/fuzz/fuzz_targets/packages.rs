//! Packed files as bytes: the readers of zip archives and workbooks.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| transcripts_fuzz::read(transcripts_fuzz::PACKAGES, data));
