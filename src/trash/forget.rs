//! Forgetting someone: everything that is held on them goes for good, and no import brings them back.

use askama::Template;
use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use sqlx::Connection;
use uuid::Uuid;

use super::mentions::{in_place_of, names, names_in_fields};
use super::purge;
use super::queries::forget::{self as queries, Held, Person, Waiting};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::forgotten::Mark;
use crate::contacts::queries::forgotten;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::playbook::name::first_name;
use crate::web::flash::Done;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

#[derive(Template)]
#[template(path = "trash/forget.html")]
struct ForgetPage {
    shell: Shell,
    id: ContactId,
    held: Held,
}

impl ForgetPage {
    fn first_name(&self) -> &str {
        first_name(&self.held.name)
    }

    /// What goes, a line each.
    fn lines(&self) -> Vec<String> {
        let held = &self.held;
        let counted = [
            (held.touchpoints, "line of their history", "lines of their history"),
            (held.talks, "talk with its questions and notes", "talks with their questions and notes"),
            (held.insights, "insight that came from them", "insights that came from them"),
            (held.action_items, "action item", "action items"),
            (held.referrals, "referral", "referrals"),
            (held.introductions, "introduction they are part of", "introductions they are part of"),
            (held.reasons, "reason to write or date of theirs", "reasons to write and dates of theirs"),
            (held.copies, "copy of them in the bin", "copies of them in the bin"),
        ];
        let mut lines = vec!["Name, job, addresses and everything else on their page".to_owned()];
        if held.has_notes {
            lines.push("Your notes on them".into());
        }
        lines.extend(counted.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| words::count(n, one, many)));
        if held.something_waits {
            lines.push("Captures and forms you haven't sent yet, as far as they name them".into());
        }
        if held.import_waits {
            lines.push("The file you haven't imported yet, as they may be in it".into());
        }
        lines
    }
}

/// `GET /contacts/{id}/forget`: what would go.
pub async fn show(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let held = queries::held(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(ForgetPage { shell: visit.shell(Nav::Contacts), id, held }))
}

/// `POST /contacts/{id}/forgettings`
pub async fn create(mut visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Done> {
    let (by, now, cadence) = (visit.by, visit.now, visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    let people = queries::hold(&mut *transaction, by, id).await?;
    if people.is_empty() {
        return Err(Error::NotFound);
    }
    let salt = forgotten::marks(&mut *transaction, by).await?.salt()?;
    for person in &people {
        forgotten::insert(&mut *transaction, by, &salt, &Mark::of(&salt, &person.traits()), now).await?;
    }
    queries::let_go(&mut transaction, by, &people).await?;
    let waiting = queries::waiting(&mut *transaction, by).await?;
    let of_them: Vec<Uuid> = waiting.iter().filter(|waits| speaks_of(waits, &people)).map(|waits| waits.id).collect();
    queries::throw_away(&mut transaction, by, &of_them).await?;
    let called: Vec<String> = people.iter().map(|person| person.name.clone()).collect();
    for (import, report) in queries::reports(&mut *transaction, by).await? {
        let without = without(report.clone(), &called);
        if without != report {
            queries::set_report(&mut *transaction, by, import, &without).await?;
        }
    }
    // Deleted before anything else was, they alone have had their time.
    let long_ago = Timestamp::UNIX_EPOCH;
    queries::delete(&mut *transaction, by, &people, long_ago).await?;
    record::replan_waiting_there(&mut transaction, by, id, &cadence).await?;
    purge::empty(&mut transaction, by, long_ago + 1.hour()).await?;
    transaction.commit().await?;
    Ok(Done::to("/contacts").saying("They are forgotten. No import brings them back."))
}

/// Whether something that waits speaks of one of them.
fn speaks_of(waits: &Waiting, people: &[Person]) -> bool {
    let names = if waits.is_form { names_in_fields } else { names };
    people.iter().any(|person| names(&waits.text, &person.traits()) || waits.text.contains(&person.id.to_string()))
}

/// The same report, with nobody's name where these stood.
fn without(report: Value, names: &[String]) -> Value {
    match report {
        Value::String(text) => {
            Value::String(names.iter().fold(text, |text, name| in_place_of(&text, name, "Someone you asked to forget")))
        }
        Value::Array(items) => items.into_iter().map(|item| without(item, names)).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, without(value, names))).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_names_someone_no_more() {
        let report = json!({ "left_out": [{ "line": 4, "text": "Ada Byron is in your bin" }], "kept": ["Ada Byron", "Ada Byronson"] });
        let said = "Someone you asked to forget";
        assert_eq!(
            without(report, &["Ada Byron".into()]),
            json!({ "left_out": [{ "line": 4, "text": format!("{said} is in your bin") }], "kept": [said, "Ada Byronson"] })
        );
    }
}
