//! By what someone is known beside their first address and profile.

use crate::address::{EmailAddress, ProfileAddress};

/// Addresses and profiles of one person beyond the first of each, by which they are known all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    /// E-mail addresses.
    pub emails: Vec<EmailAddress>,
    /// Profiles.
    pub profiles: Vec<ProfileAddress>,
}

impl Others {
    /// The same without the first of each, and each once.
    pub fn beyond(mut self, profile: Option<&ProfileAddress>, email: Option<&EmailAddress>) -> Self {
        let mut seen: Vec<String> = email.map(|email| email.as_str().to_owned()).into_iter().collect();
        self.emails.retain(|one| is_first(&mut seen, one.as_str()));
        let mut seen: Vec<String> = profile.map(|profile| profile.key().to_owned()).into_iter().collect();
        self.profiles.retain(|one| one.is_linkedin() && is_first(&mut seen, one.key()));
        self
    }
}

fn is_first(seen: &mut Vec<String>, one: &str) -> bool {
    let is_first = !seen.iter().any(|known| known == one);
    if is_first {
        seen.push(one.to_owned());
    }
    is_first
}
