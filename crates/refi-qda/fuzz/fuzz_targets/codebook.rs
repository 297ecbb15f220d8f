//! Any text as a codebook.

#![no_main]

use libfuzzer_sys::fuzz_target;
use refi_qda::{CodeDescription, distinct_names, read_qdc};

fuzz_target!(|text: &str| {
    if let Ok((codes, _)) = read_qdc(text) {
        assert_eq!(distinct_names(&codes).len(), codes.len());
        for code in &codes {
            let _ = CodeDescription::parse(&code.description).to_string();
        }
    }
});
