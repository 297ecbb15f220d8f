//! What linguists write: CHAT, ELAN, Praat, TEI.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| transcripts_fuzz::read(transcripts_fuzz::ANNOTATED, data));
