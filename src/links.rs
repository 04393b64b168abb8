//! Addresses that open other programs with the right words in place. The person presses; nothing is fetched or sent from here.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An address and the words that lead there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it opens, as a person reads it.
    pub label: String,
    /// The whole address, percent-encoded.
    pub address: String,
}

impl Link {
    /// A link named `label`.
    pub fn new(label: impl Into<String>, address: impl Into<String>) -> Self {
        Self { label: label.into(), address: address.into() }
    }
}

/// Links that belong together under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading.
    pub label: String,
    /// The links, the most useful first.
    pub links: Vec<Link>,
}

impl Group {
    /// Links under the heading `label`.
    pub fn new(label: impl Into<String>, links: Vec<Link>) -> Self {
        Self { label: label.into(), links }
    }
}

/// Percent-encodes one value or path segment: a space is `%20`, never `+`.
pub fn encode(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// `base` with the parameters behind it; those without a value are left out.
pub fn with_query(base: &str, parameters: &[(&str, &str)]) -> String {
    let mut address = base.to_owned();
    let mut separator = if base.contains('?') { '&' } else { '?' };
    for (key, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(separator);
        address.push_str(key);
        address.push('=');
        address.extend(utf8_percent_encode(value, RESERVED));
        separator = '&';
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_percent_encoded() {
        assert_eq!(encode("Müller & Söhne +1/2"), "M%C3%BCller%20%26%20S%C3%B6hne%20%2B1%2F2");
        assert_eq!(encode("a-b.c_d~e"), "a-b.c_d~e");
    }

    #[test]
    fn parameters_without_a_value_are_left_out() {
        assert_eq!(
            with_query("https://a.example/", &[("q", "x y"), ("l", ""), ("p", "1")]),
            "https://a.example/?q=x%20y&p=1"
        );
        assert_eq!(with_query("https://a.example/?k=1", &[("q", "x")]), "https://a.example/?k=1&q=x");
    }
}
