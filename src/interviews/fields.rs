//! Forms whose fields depend on the talk: read by name, each at most once.

use std::collections::HashMap;

use crate::error::{Error, Result};

/// The fields by name.
///
/// # Errors
/// As for every other form, a field that is sent twice.
pub fn once(sent: Vec<(String, String)>) -> Result<HashMap<String, String>> {
    let mut fields = HashMap::with_capacity(sent.len());
    for (name, value) in sent {
        if fields.insert(name, value).is_some() {
            return Err(Error::Invalid("This form has a field twice. Load the page again.".into()));
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_sent_twice_is_refused() {
        let pair = |name: &str| (name.to_owned(), "x".to_owned());
        assert!(once(vec![pair("notes"), pair("base-notes")]).is_ok());
        assert!(once(vec![pair("notes"), pair("notes")]).is_err());
    }
}
