//! What a record says once a join is undone: each field as it was before, unless it was changed since the join. Pure.

use serde_json::Value;

/// A field: the columns that tell whether it was changed, and those that go back with them.
pub type Field = (&'static [&'static str], &'static [&'static str]);

/// The row to be.
#[derive(Debug, PartialEq)]
pub struct GivenBack {
    /// Its columns.
    pub row: Value,
    /// Something that the join had set was changed since, and stays.
    pub stays: bool,
}

/// The row as it is `now`, with each field that still says what the join made of it (`after`) as it was `before`.
pub fn given_back(now: Value, before: &Value, after: &Value, fields: &[Field]) -> GivenBack {
    let says =
        |one: &Value, other: &Value, columns: &[&str]| columns.iter().all(|column| one[*column] == other[*column]);
    let mut row = now;
    let mut stays = false;
    for (by, with) in fields {
        if says(&row, after, by) {
            by.iter().chain(*with).for_each(|column| row[*column] = before[*column].clone());
        } else {
            stays |= !says(before, after, by) && !says(&row, before, by);
        }
    }
    GivenBack { row, stays }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FIELDS: [Field; 3] = [(&["key"], &["url"]), (&["phone"], &[]), (&["status", "reason"], &[])];

    #[test]
    fn what_the_join_set_goes_back_and_what_was_changed_since_stays() {
        let before = json!({ "key": null, "url": null, "phone": null, "status": "active", "reason": null, "id": 1 });
        let after = json!({ "key": "a", "url": "A", "phone": "1", "status": "paused", "reason": "x", "id": 1 });
        let whole = given_back(after.clone(), &before, &after, &FIELDS);
        assert_eq!(whole, GivenBack { row: before.clone(), stays: false });
        // The address is written otherwise by now, but is the same one's.
        let now = json!({ "key": "a", "url": "a/", "phone": "2", "status": "paused", "reason": "y", "id": 1 });
        let part = given_back(now, &before, &after, &FIELDS);
        assert_eq!(
            part.row,
            json!({ "key": null, "url": null, "phone": "2", "status": "paused", "reason": "y", "id": 1 })
        );
        assert!(part.stays);
    }

    #[test]
    fn what_the_join_did_not_set_is_no_news() {
        let before = json!({ "key": "a", "url": "A", "phone": "1", "status": "active", "reason": null });
        let now = json!({ "key": "a", "url": "A", "phone": "2", "status": "active", "reason": null });
        assert_eq!(given_back(now.clone(), &before, &before, &FIELDS), GivenBack { row: now, stays: false });
    }
}
