//! Captions and the JSON of recognition services.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| transcripts_fuzz::read(transcripts_fuzz::CAPTIONS, data));
