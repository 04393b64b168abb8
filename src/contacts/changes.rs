//! Changing many contacts with one press: their tags, and the fields that no stage depends on; and taking it back with one.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{Connection, PgConnection};

use super::bulk_change::{Change, Changed, Fields, Known, Retention, Value, changed, changed_back};
use super::employer::company_named;
use super::form::{closenesses, read_rhythm, warmths};
use super::queries::bulk_changes::{self as queries, Choices};
use super::queries::{histories, tags};
use super::record;
use super::selections::{SelectionForm, ticked};
use super::tag::{Tag, TagName};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::companies::name::CompanyName;
use crate::companies::queries::{self as companies, listed};
use crate::database::large::{self, take_time};
use crate::error::{Error, Result};
use crate::ids::{BulkChangeId, ContactId, TagId};
use crate::links::with_query;
use crate::playbook::cadence::Cadence;
use crate::playbook::standing::Rhythm;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query, Several};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Names that the page begins with.
const NAMED: i64 = 5;

/// What is set, and to what.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    change: String,
    set: String,
    tag: String,
    rhythm: String,
    rhythm_days: String,
    closeness: String,
    warmth: String,
    company: String,
    retain_until: String,
    id: Vec<ContactId>,
    #[serde(deserialize_with = "ticked")]
    all: bool,
    list: String,
    back: String,
}

impl ChangeForm {
    fn selection(&self) -> SelectionForm {
        SelectionForm { id: self.id.clone(), all: self.all, list: self.list.clone(), back: self.back.clone() }
    }

    /// The day they are kept until.
    fn day(&self, errors: &mut Errors, today: Date) -> Option<Date> {
        let day = errors.optional_date("retain_until", &self.retain_until)?;
        errors.take("retain_until", if day > today { Ok(day) } else { Err("Choose a day that is still to come") })
    }

    fn parse(&self, today: Date) -> Result<Change, Errors> {
        let mut errors = Errors::default();
        let change = match self.set.as_str() {
            "tag" => errors.take("tag", TagName::parse(&self.tag)).map(Change::Tag),
            "untag" => errors.take("untag", self.tag.parse().map_err(|_| "Choose a tag")).map(Change::Untag),
            "rhythm" => read_rhythm(&mut errors, &self.rhythm, &self.rhythm_days).map(Change::Rhythm),
            "closeness" => errors.choose("closeness", &self.closeness).map(Change::Closeness),
            "warmth" => errors.choose("warmth", &self.warmth).map(Change::Warmth),
            "company" => errors.take("company", CompanyName::parse(&self.company)).map(Change::Company),
            "retain" if self.retain_until.trim().is_empty() => errors.take("retain_until", Err("Choose a day")),
            "retain" => self
                .day(&mut errors, today)
                .map(|day| Retention { until: Some(day), for_good: false })
                .map(Change::Retain),
            "keep" => Some(Change::Retain(Retention { until: None, for_good: true })),
            _ => errors.take("set", Err("Choose what to change")),
        };
        errors.give(|| change)
    }
}

#[derive(Template)]
#[template(path = "contacts/changes.html")]
struct ChangesPage {
    shell: Shell,
    /// The change to be, so that a second press is none.
    change: BulkChangeId,
    form: ChangeForm,
    errors: Errors,
    count: i64,
    names: Vec<String>,
    tags: Vec<Tag>,
    companies: Vec<String>,
    usual_rhythm: u16,
}

impl ChangesPage {
    fn people(&self) -> String {
        words::count(self.count, "person", "people")
    }

    /// 'Ada, Grace and 12 more'.
    fn who(&self) -> String {
        let more = self.count - self.names.len() as i64;
        let mut parts = self.names.clone();
        if more > 0 {
            parts.push(format!("{more} more"));
        }
        words::list(&parts)
    }

    fn back(&self) -> String {
        self.form.selection().back()
    }

    fn rhythms(&self) -> [(&'static str, String); 3] {
        [
            ("default", format!("As in the settings: every {} days", self.usual_rhythm)),
            ("own", "Every few days:".into()),
            ("never", "Not at all".into()),
        ]
    }

    fn tags(&self) -> Vec<(String, &str)> {
        self.tags.iter().map(|tag| (tag.id.to_string(), tag.name.as_str())).collect()
    }

    fn closenesses(&self) -> Vec<(&'static str, &'static str)> {
        closenesses()
    }

    fn warmths(&self) -> Vec<(&'static str, &'static str)> {
        warmths()
    }
}

async fn page<P: Copy + Into<Viewer>>(
    visit: &mut Visit<P>,
    form: ChangeForm,
    errors: Errors,
) -> Result<Option<ChangesPage>> {
    let (by, today) = (visit.by, visit.today());
    let chosen = form.selection().contacts(visit.db(), by, today).await?;
    let Choices { count, names, tags: Json(tags), companies } =
        queries::choices(visit.db(), by, &chosen, NAMED).await?;
    if names.is_empty() {
        return Ok(None);
    }
    Ok(Some(ChangesPage {
        shell: visit.shell(Nav::Contacts),
        change: BulkChangeId::new(),
        form,
        errors,
        count,
        names,
        tags,
        companies,
        usual_rhythm: visit.person.preferences.cadence.rhythm_days.get(),
    }))
}

/// `GET /contacts/changes`
pub async fn new(mut visit: Visit<Owner>, Several(form): Several<ChangeForm>) -> Result<Response> {
    let selection = form.selection();
    if let Some(done) = selection.nobody() {
        return Ok(done.into_response());
    }
    match page(&mut visit, form, Errors::default()).await? {
        Some(page) => Ok(Page::ok(page).into_response()),
        None => Ok(Done::to(selection.back()).saying("No one of them is on your list any more.").into_response()),
    }
}

/// `POST /contacts/changes`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<ChangeForm>) -> Result<Response> {
    let selection = form.selection();
    if let Some(done) = selection.nobody() {
        return Ok(done.into_response());
    }
    let change = match form.parse(visit.today()) {
        Ok(change) => change,
        Err(errors) => {
            return Ok(match page(&mut visit, form, errors).await? {
                Some(page) => Page::unprocessable(page).into_response(),
                None => Done::to(selection.back()).into_response(),
            });
        }
    };
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let id = form.change.parse().unwrap_or_else(|_| BulkChangeId::new());
    let mut transaction = visit.db().begin().await?;
    take_time(&mut *transaction).await?;
    let changed = match queries::find(&mut *transaction, by, id).await? {
        Some(before) => before,
        None => {
            let contacts = selection.contacts(&mut transaction, by, today).await?;
            let changed = make(&mut transaction, by, &contacts, change, &cadence, now).await?;
            if changed.count() > 0 {
                queries::keep(&mut *transaction, by, id, &changed, now).await?;
            }
            changed
        }
    };
    let done = Done::to(selection.back());
    if changed.count() == 0 {
        // Neither the tag nor the company that was made for it stays.
        transaction.rollback().await?;
        return Ok(done.saying("Nothing to change: it was so already.").into_response());
    }
    large::commit(transaction, changed.count() as u64).await?;
    let people = words::count(changed.count() as i64, "person", "people");
    let undo = with_query(&format!("/bulk-changes/{id}/undos"), &[("back", &selection.back())]);
    Ok(done.saying(format!("Changed for {people}.")).undo(undo).into_response())
}

/// Makes the change, and tells what was otherwise before.
async fn make(
    db: &mut PgConnection,
    by: Owner,
    contacts: &[ContactId],
    change: Change,
    cadence: &Cadence,
    now: Timestamp,
) -> Result<Changed> {
    let mut made = None;
    let to = match change {
        Change::Tag(name) => {
            let fresh = TagId::new();
            let tag = tags::insert(&mut *db, by, fresh, name.as_str(), now).await?;
            let contacts = tags::put_on(db, by, tag, contacts, false, now).await?;
            return Ok(Changed::Tagged { tag, is_new: tag == fresh, contacts });
        }
        Change::Untag(tag) => {
            let name = tags::name_of(&mut *db, by, tag).await?.ok_or(Error::NotFound)?;
            return Ok(Changed::Untagged { tag, name, contacts: tags::take_off(db, by, tag, contacts).await? });
        }
        Change::Company(name) => {
            let is_listed = !companies::known(&mut *db, by, &[name.key().as_str().to_owned()]).await?.is_empty();
            let (company, name) = company_named(&mut *db, by, &name, now).await?;
            made = company.filter(|_| !is_listed);
            Value::Workplace(company, Some(name.as_str().to_owned()))
        }
        Change::Rhythm(rhythm) => Value::Rhythm(Rhythm::kept(rhythm)),
        Change::Closeness(closeness) => Value::Closeness(closeness),
        Change::Warmth(warmth) => Value::Warmth(Known { warmth, said: true }),
        Change::Retain(until) => Value::Retain(until),
    };
    let (fields, was) = changed(queries::lock(&mut *db, by, contacts, false).await?, &to);
    write(db, by, &fields, &to, cadence).await?;
    Ok(Changed::Field { to, was, made })
}

/// Removes what was made for a change, unless something else is done with it by now.
async fn unmake(db: &mut PgConnection, by: Owner, changed: &Changed, now: Timestamp) -> sqlx::Result<()> {
    match changed {
        Changed::Tagged { tag, is_new: true, .. } => tags::delete_unused(db, by, *tag).await,
        Changed::Field { made: Some(company), .. } => {
            listed::take_back_those(db, by, &[*company], now).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Writes fields of contacts, and what the playbook makes of it.
async fn write(db: &mut PgConnection, by: Owner, fields: &[Fields], of: &Value, cadence: &Cadence) -> Result<()> {
    let ids: Vec<ContactId> = fields.iter().map(|fields| fields.id).collect();
    match of {
        Value::Workplace(..) => {
            // Where they worked there is one less who was asked, and where they work now one more.
            let mut beside = histories::waiting_beside(&mut *db, by, &ids).await?;
            queries::write(&mut *db, by, fields).await?;
            beside.extend(histories::waiting_beside(&mut *db, by, &ids).await?);
            record::replan_those(db, by, &beside, cadence).await?;
        }
        Value::Rhythm(_) => {
            queries::write(&mut *db, by, fields).await?;
            record::replan_those(db, by, &ids, cadence).await?;
        }
        Value::Closeness(_) | Value::Warmth(_) | Value::Retain(_) => queries::write(db, by, fields).await?,
    }
    Ok(())
}

/// Where to return to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Was {
    back: String,
}

/// `POST /bulk-changes/{id}/undos`: as it was before, but for whom was changed again since.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<BulkChangeId>, Query(was): Query<Was>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    take_time(&mut *transaction).await?;
    let changed = queries::claim(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let all = changed.count();
    let mut left = 0;
    match &changed {
        Changed::Tagged { tag, contacts, .. } => {
            tags::take_off(&mut *transaction, by, *tag, contacts).await?;
        }
        Changed::Untagged { tag, name, contacts } => {
            let tag = tags::insert(&mut *transaction, by, *tag, name, now).await?;
            tags::put_on(&mut *transaction, by, tag, contacts, true, now).await?;
        }
        Changed::Field { to, was, .. } => {
            let ids: Vec<ContactId> = was.iter().map(|(contact, _)| *contact).collect();
            let fields = changed_back(queries::lock(&mut *transaction, by, &ids, true).await?, to, was);
            write(&mut transaction, by, &fields, to, &cadence).await?;
            left = all - fields.len();
        }
    }
    unmake(&mut transaction, by, &changed, now).await?;
    transaction.commit().await?;
    Ok(Done::to(own_path_or(&was.back, "/contacts")).saying(put_back(left, all)))
}

/// How many of those whose field was changed are as they were before: `left` of `all` are not.
fn put_back(left: usize, all: usize) -> String {
    let were = words::count(left as i64, "person was", "people were");
    match left {
        0 => "As before.".into(),
        _ if left == all => format!("{were} changed since, so nothing was put back."),
        _ => {
            let stay = if left == 1 { "stays" } else { "stay" };
            format!("As before for {} of {all}. {were} changed since and {stay} so.", all - left)
        }
    }
}
