//! Every filled line of a pasted list is answered, and every name has a key that is its own key.
#![no_main]

use inroad::companies::name::NameKey;
use inroad::finding::list::{LIST_MAX, Listed, parse_list};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lines = parse_list(text);
    assert!(lines.len() <= LIST_MAX + 1);
    for line in lines {
        if let Listed::Company { name, .. } = line.content {
            let key = name.key();
            assert!(!key.as_str().is_empty());
            assert_eq!(NameKey::of(key.as_str()), key);
        }
    }
});
