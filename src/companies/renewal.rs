//! Writing the keys of companies anew, after the rules by which they are made have changed.

use std::collections::HashSet;

use sqlx::PgConnection;

use super::name::NameKey;
use super::queries::renewal::{self as queries, Keyed};
use crate::access::Owner;
use crate::ids::CompanyId;

/// Writes the keys of an account's companies anew. Returns how many changed. Run it inside a transaction.
pub async fn renew(db: &mut PgConnection, by: Owner) -> sqlx::Result<usize> {
    let changed = changed(&queries::keyed(&mut *db, by).await?);
    queries::set_keys(db, by, &changed).await?;
    Ok(changed.len())
}

/// The keys that change. Of two companies on the list that became one by name the one added first has the key; the other stays
/// beside it under a key that no name has, for the user to keep or to delete: nothing is joined unasked.
fn changed(companies: &[Keyed]) -> Vec<(CompanyId, String)> {
    let mut taken = HashSet::new();
    let mut changed = Vec::new();
    for company in companies {
        let own = NameKey::of(&company.name).as_str().to_owned();
        let key = if company.in_bin {
            own
        } else {
            let others = (2..).map(|n| format!("{own} ({n})"));
            let free = std::iter::once(own.clone()).chain(others).find(|key| !taken.contains(key));
            let key = free.unwrap_or(own);
            taken.insert(key.clone());
            key
        };
        if key != company.name_key {
            changed.push((company.id, key));
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_that_became_one_by_name_stay_two() {
        let company = |name: &str, name_key: &str, in_bin| Keyed {
            id: CompanyId::new(),
            name: name.into(),
            name_key: name_key.into(),
            in_bin,
        };
        let mut companies = vec![
            company("Nubank Ltda", "nubank ltda", false),
            company("Nubank", "nubank", false),
            company("Nubank S.A.", "nubank", true),
            company("Strategy&", "strategy", false),
            company("Acme", "acme", false),
        ];
        let keys: Vec<String> = changed(&companies).into_iter().map(|(_, key)| key).collect();
        assert_eq!(keys, ["nubank", "nubank (2)", "strategy and"]);
        for (id, key) in changed(&companies) {
            companies.iter_mut().find(|company| company.id == id).unwrap().name_key = key;
        }
        assert_eq!(changed(&companies), [], "once and for all");
    }
}
