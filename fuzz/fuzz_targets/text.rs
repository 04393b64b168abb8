//! Every text that is kept has no control characters, fits, and reads back as itself.
#![no_main]

use inroad::text::{Line, Text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    if let Ok(line) = Line::<40>::parse(typed) {
        assert!(!line.as_str().contains(char::is_control) && line.as_str().chars().count() <= 40);
        assert_eq!(Line::parse(line.as_str()).as_ref(), Ok(&line));
    }
    if let Ok(text) = Text::<40>::parse(typed) {
        assert!(text.as_str().chars().count() <= 40);
        assert_eq!(Text::parse(text.as_str()).as_ref(), Ok(&text));
    }
    if let Some(fitted) = Line::<40>::fit(typed) {
        assert_eq!(Line::parse(fitted.value.as_str()).as_ref(), Ok(&fitted.value));
    }
});
