//! Any bytes are text that is not blank, or an error.
#![no_main]

use inroad::transfer::decode::decode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = decode(bytes) {
        assert!(!decoded.text.trim().is_empty());
    }
});
