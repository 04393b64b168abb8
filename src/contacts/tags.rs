//! The tags: all of them, and those of one contact.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::bulk_change::Changed;
use super::queries::tags::{self as queries, Renamed, TagRow};
use super::queries::{bulk_changes, edit};
use super::tag::TagName;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{BulkChangeId, ContactId, TagId};
use crate::links::with_query;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::path::{Id, Ids};
use crate::web::shell::{Nav, Shell};
use crate::web::words;

#[derive(Template)]
#[template(path = "contacts/tags.html")]
struct TagsPage {
    shell: Shell,
    tags: Vec<TagRow>,
    /// The tag whose new name could not be taken, and what was typed.
    typed: Option<(TagId, String)>,
    errors: Errors,
}

impl TagsPage {
    fn people(&self, tag: &TagRow) -> String {
        words::count(tag.people, "person", "people")
    }

    fn is_typed(&self, tag: &TagRow) -> bool {
        self.typed.as_ref().is_some_and(|(id, _)| *id == tag.id)
    }

    fn name<'a>(&'a self, tag: &'a TagRow) -> &'a str {
        match &self.typed {
            Some((id, typed)) if *id == tag.id => typed,
            _ => &tag.name,
        }
    }

    /// The faults of that tag's form.
    fn errors(&self, tag: &TagRow) -> Errors {
        if self.is_typed(tag) { self.errors.clone() } else { Errors::default() }
    }
}

async fn page<P: Copy + Into<Viewer>>(
    visit: &mut Visit<P>,
    typed: Option<(TagId, String)>,
    errors: Errors,
) -> Result<TagsPage> {
    let by = visit.by;
    let tags = queries::all(visit.db(), by).await?;
    Ok(TagsPage { shell: visit.shell(Nav::Contacts), tags, typed, errors })
}

/// `GET /tags`
pub async fn index(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    Ok(Page::ok(page(&mut visit, None, Errors::default()).await?))
}

/// What a tag is to be called.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TagForm {
    name: String,
}

/// `POST /tags/{id}`
pub async fn rename(mut visit: Visit<Owner>, Id(id): Id<TagId>, Form(form): Form<TagForm>) -> Result<Response> {
    let by = visit.by;
    let before = queries::name_of(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let problem = match TagName::parse(&form.name) {
        Err(problem) => problem.to_string(),
        Ok(name) => match queries::rename(visit.db(), by, id, &name).await? {
            Renamed::NoTag => return Err(Error::NotFound),
            Renamed::Yes => {
                let undo = with_query(&format!("/tags/{id}/undos"), &[("name", &before)]);
                return Ok(Done::to("/tags").saying("Renamed.").undo(undo).into_response());
            }
            Renamed::Taken => "Another tag has this name".into(),
        },
    };
    let page = page(&mut visit, Some((id, form.name)), Errors::of("name", problem)).await?;
    Ok(Page::unprocessable(page).into_response())
}

/// `POST /tags/{id}/undos`: called as before; the address says how.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<TagId>, Query(was): Query<TagForm>) -> Result<Done> {
    let by = visit.by;
    let name = TagName::parse(&was.name).map_err(|problem| Error::Invalid(problem.to_string()))?;
    let done = Done::to("/tags");
    Ok(match queries::rename(visit.db(), by, id, &name).await? {
        Renamed::Yes => done.saying("As before."),
        Renamed::Taken => done.saying("Another tag has that name by now."),
        Renamed::NoTag => return Err(Error::NotFound),
    })
}

/// `POST /tags/{id}/deletions`: nobody has it any more.
pub async fn delete(mut visit: Visit<Owner>, Id(tag): Id<TagId>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let change = BulkChangeId::new();
    let mut transaction = visit.db().begin().await?;
    let name = queries::name_of(&mut *transaction, by, tag).await?.ok_or(Error::NotFound)?;
    let contacts = queries::who_has(&mut *transaction, by, tag).await?;
    queries::delete(&mut *transaction, by, tag).await?;
    let said = format!("The tag {name} is gone.");
    bulk_changes::keep(&mut *transaction, by, change, &Changed::Untagged { tag, name, contacts }, now).await?;
    transaction.commit().await?;
    let undo = with_query(&format!("/bulk-changes/{change}/undos"), &[("back", "/tags")]);
    Ok(Done::to("/tags").saying(said).undo(undo))
}

/// `POST /contacts/{id}/tags`: one of them gets a tag.
pub async fn add(mut visit: Visit<Owner>, Id(contact): Id<ContactId>, Form(form): Form<TagForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    edit::name_of(visit.db(), by, contact).await?.ok_or(Error::NotFound)?;
    let page = Done::to(format!("/contacts/{contact}"));
    let name = match TagName::parse(&form.name) {
        Ok(name) => name,
        Err(problem) => return Ok(page.saying(format!("The tag was not added. {problem}."))),
    };
    let mut transaction = visit.db().begin().await?;
    let tag = queries::named(&mut *transaction, by, &name, now).await?;
    let is_new = !queries::put_on(&mut *transaction, by, tag, &[contact], false, now).await?.is_empty();
    transaction.commit().await?;
    Ok(if is_new {
        page.saying(format!("Tagged {}.", name.as_str())).undo(format!("/contacts/{contact}/tags/{tag}/removals"))
    } else {
        page
    })
}

/// `POST /contacts/{id}/tags/{tag}/removals`
pub async fn remove(mut visit: Visit<Owner>, Ids(contact, tag): Ids<ContactId, TagId>) -> Result<Done> {
    let by = visit.by;
    edit::name_of(visit.db(), by, contact).await?.ok_or(Error::NotFound)?;
    let name = queries::name_of(visit.db(), by, tag).await?.ok_or(Error::NotFound)?;
    let page = Done::to(format!("/contacts/{contact}"));
    Ok(match queries::take_off(visit.db(), by, tag, &[contact]).await?.is_empty() {
        true => page,
        false => page
            .saying(format!("{name} taken off."))
            .undo(with_query(&format!("/contacts/{contact}/tags/restorations"), &[("name", &name)])),
    })
}

/// `POST /contacts/{id}/tags/restorations`: the tag of that name is theirs again.
pub async fn restore(mut visit: Visit<Owner>, Id(contact): Id<ContactId>, Query(was): Query<TagForm>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let name = TagName::parse(&was.name).map_err(|problem| Error::Invalid(problem.to_string()))?;
    edit::name_of(visit.db(), by, contact).await?.ok_or(Error::NotFound)?;
    let mut transaction = visit.db().begin().await?;
    let tag = queries::named(&mut *transaction, by, &name, now).await?;
    queries::put_on(&mut *transaction, by, tag, &[contact], false, now).await?;
    transaction.commit().await?;
    Ok(Done::to(format!("/contacts/{contact}")).saying("As before."))
}
