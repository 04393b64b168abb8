//! Every address that is kept is a safe link and reads back as itself.
#![no_main]

use inroad::address::{EmailAddress, ProfileAddress, WebAddress};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    if let Ok(address) = WebAddress::parse(typed) {
        assert!(address.as_str().starts_with("http://") || address.as_str().starts_with("https://"));
        assert!(!address.as_str().contains(char::is_control));
        assert_eq!(WebAddress::parse(address.as_str()).as_ref(), Ok(&address));
    }
    if let Ok(address) = EmailAddress::parse(typed) {
        assert_eq!(EmailAddress::parse(address.as_str()).as_ref(), Ok(&address));
    }
    if let Ok(profile) = ProfileAddress::parse(typed) {
        assert_eq!(ProfileAddress::parse(profile.as_str()).as_ref(), Ok(&profile));
    }
});
