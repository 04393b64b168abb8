//! Writing the folded names and keys of contacts anew, after the rules by which they are made have changed.

use std::collections::HashSet;

use serde_json::Value;
use sqlx::PgConnection;

use super::queries::renewal::{self as queries, Keyed};
use crate::access::Owner;
use crate::address::{EmailAddress, ProfileAddress};
use crate::companies::name::NameKey;
use crate::folding::sorted_by;

/// Contacts written by one statement.
const CHUNK: usize = 2_000;

/// Writes folded names and keys of an account's contacts anew, and of what imports noted about them. Returns how many changed.
/// Run it inside a transaction.
pub async fn renew(db: &mut PgConnection, by: Owner) -> sqlx::Result<usize> {
    let changed = changed(queries::keyed(&mut *db, by).await?);
    for some in changed.chunks(CHUNK) {
        queries::let_go(&mut *db, by, some).await?;
    }
    for some in changed.chunks(CHUNK) {
        queries::set(&mut *db, by, some).await?;
    }
    for (id, before, after) in queries::noted(&mut *db, by).await? {
        let new = (renewed_note(&before), renewed_note(&after));
        if new != (before, after) {
            queries::set_note(&mut *db, by, id, &new.0, &new.1).await?;
        }
    }
    super::queries::match_employers(db, by).await?;
    Ok(changed.len())
}

/// The contacts as they are to be, those that change. Of two whose profiles became one the one added first has its key; the
/// other keeps the address, and its old key where that is free.
fn changed(contacts: Vec<Keyed>) -> Vec<Keyed> {
    let mut taken = HashSet::new();
    let mut late = Vec::new();
    let mut changed = Vec::new();
    for old in contacts {
        let mut new = old.clone();
        new.name_folded = sorted_by(&old.name);
        new.job_title_folded = old.job_title.as_deref().map(sorted_by);
        new.employer_key = old.employer.as_deref().map(|employer| NameKey::of(employer).as_str().to_owned());
        if let Some(email) = old.email.as_deref().and_then(|email| EmailAddress::parse(email).ok()) {
            new.email = Some(email.as_str().to_owned());
        }
        if let Some(profile) = old.profile_url.as_deref().and_then(|url| ProfileAddress::parse(url).ok()) {
            if old.in_bin || taken.insert(profile.key().to_owned()) {
                new.profile_url = Some(profile.as_str().to_owned());
                new.profile_key = Some(profile.key().to_owned());
            } else {
                late.push((old, new));
                continue;
            }
        } else if let (Some(key), false) = (&old.profile_key, old.in_bin) {
            taken.insert(key.clone());
        }
        if new != old {
            changed.push(new);
        }
    }
    for (old, mut new) in late {
        new.profile_key = old.profile_key.clone().filter(|key| taken.insert(key.clone()));
        if new != old {
            changed.push(new);
        }
    }
    changed
}

/// What an import noted of a contact, with the keys it would note now.
fn renewed_note(note: &Value) -> Value {
    let mut new = note.clone();
    let text = |name: &str| note.get(name).and_then(Value::as_str);
    if let Some(employer) = text("employer") {
        new["employer_key"] = NameKey::of(employer).as_str().into();
    }
    if let Some(title) = text("job_title") {
        new["job_title_folded"] = sorted_by(title).into();
    }
    if let Some(profile) = text("profile_url").and_then(|url| ProfileAddress::parse(url).ok()) {
        new["profile_url"] = profile.as_str().into();
        new["profile_key"] = profile.key().into();
    }
    if let Some(email) = text("email").and_then(|email| EmailAddress::parse(email).ok()) {
        new["email"] = email.as_str().into();
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ContactId;

    fn contact(name: &str, profile: Option<(&str, &str)>) -> Keyed {
        Keyed {
            id: ContactId::new(),
            name: name.into(),
            name_folded: String::new(),
            job_title: Some("Développeuse".into()),
            job_title_folded: None,
            employer: Some("Nubank Ltda".into()),
            employer_key: Some("nubank ltda".into()),
            profile_url: profile.map(|(url, _)| url.into()),
            profile_key: profile.map(|(_, key)| key.into()),
            email: Some("ada@xn--bcher-kva.example".into()),
            in_bin: false,
        }
    }

    #[test]
    fn two_profiles_that_became_one_stay_two_people() {
        let github = "https://github.com/ada";
        let contacts = vec![
            contact("Álvaro", Some(("https://github.com/Ada", "https://github.com/Ada"))),
            contact("Alvaro", Some((github, github))),
            contact("Zoe", Some(("https://www.linkedin.com/comm/in/zoe", "https://www.linkedin.com/comm/in/zoe"))),
            contact("Bob", None),
        ];
        let new = changed(contacts);
        let keys: Vec<_> = new.iter().map(|new| (new.name.as_str(), new.profile_key.as_deref())).collect();
        assert_eq!(keys, [("Álvaro", Some(github)), ("Zoe", Some("/in/zoe")), ("Bob", None), ("Alvaro", None)]);
        assert!(new.iter().all(|new| new.employer_key.as_deref() == Some("nubank")));
        assert!(new.iter().all(|new| new.email.as_deref() == Some("ada@bücher.example")));
        assert_eq!((new[0].name_folded.as_str(), new[0].job_title_folded.as_deref()), ("alvaro", Some("developpeuse")));
        assert_eq!(changed(new), [], "once and for all");
    }
}
