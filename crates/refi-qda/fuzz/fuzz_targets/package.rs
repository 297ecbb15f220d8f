//! Any bytes as a project.

#![no_main]

use libfuzzer_sys::fuzz_target;
use refi_qda::{PlainDecoder, read_qdpx};

fuzz_target!(|bytes: &[u8]| {
    let _ = read_qdpx(bytes, &PlainDecoder);
});
