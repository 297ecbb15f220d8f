//! Text, Markdown, Rich Text and web pages, in which speakers are found by their labels.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| transcripts_fuzz::read(transcripts_fuzz::DIALOGUE, data));
