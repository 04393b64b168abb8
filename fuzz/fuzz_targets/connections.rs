//! Any file gives people or an error, never an empty success.
#![no_main]

use inroad::transfer::linkedin::Connections;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(connections) = Connections::read(bytes) {
        assert!(!connections.rows.is_empty());
        assert!(connections.rows.iter().zip(connections.rows.iter().skip(1)).all(|(one, next)| one.line < next.line));
    }
});
