//! Joining what lies in the bin with what was added since under the same name or profile: all that hangs on the two is kept,
//! under the one on the list, and one press takes it back.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::queries::Kind;
use super::queries::joins::{self as queries, Direction, Kept, Pair, Taken, companies, contacts};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, JoinId};
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "trash/join.html")]
struct JoinPage {
    shell: Shell,
    kind: Kind,
    pair: Pair,
    id: JoinId,
    /// Why they could not be joined.
    problem: Option<&'static str>,
}

impl JoinPage {
    /// What the two have in common.
    fn shared(&self) -> &'static str {
        if self.kind == Kind::Contact { "profile" } else { "name" }
    }

    /// What is known of the two, without what is known of neither.
    fn facts(&self) -> Vec<(&str, &str, &str)> {
        let facts = self.pair.facts.0.iter().map(|(what, gone, kept)| {
            (what.as_str(), gone.as_deref().unwrap_or_default(), kept.as_deref().unwrap_or_default())
        });
        facts.filter(|(_, gone, kept)| !(gone.is_empty() && kept.is_empty())).collect()
    }
}

async fn pair(db: &mut PgConnection, by: Owner, kind: Kind, gone: Uuid) -> Result<Pair> {
    let (pair, label): (_, fn(&str) -> &str) = match kind {
        Kind::Contact => (contacts::pair(db, by, gone).await?, crate::contacts::form::label),
        _ => (companies::pair(db, by, gone).await?, crate::companies::wording::label),
    };
    let mut pair = pair.ok_or(Error::NotFound)?;
    for (field, ..) in &mut pair.facts.0 {
        *field = label(field).to_owned();
    }
    Ok(pair)
}

async fn show(mut visit: Visit<Owner>, kind: Kind, gone: Uuid) -> Result<Response> {
    let by = visit.by;
    let pair = match pair(visit.db(), by, kind, gone).await {
        Err(Error::NotFound) if is_listed(visit.db(), by, kind, gone).await? => {
            return Ok(Done::to(path(kind, gone)).into_response());
        }
        pair => pair?,
    };
    let page = JoinPage { shell: visit.shell(Nav::Bin), kind, pair, id: JoinId::new(), problem: None };
    Ok(Page::ok(page).into_response())
}

/// It came back meanwhile.
async fn is_listed(db: &mut PgConnection, by: Owner, kind: Kind, id: Uuid) -> Result<bool> {
    let name = match kind {
        Kind::Contact => crate::contacts::queries::edit::name_of(db, by, ContactId(id)).await?,
        _ => crate::companies::queries::name_of(db, by, CompanyId(id)).await?,
    };
    Ok(name.is_some())
}

/// `GET /contacts/{id}/join`
pub async fn show_contact(visit: Visit<Owner>, Id(id): Id<ContactId>) -> Result<Response> {
    show(visit, Kind::Contact, id.0).await
}

/// `GET /companies/{id}/join`
pub async fn show_company(visit: Visit<Owner>, Id(id): Id<CompanyId>) -> Result<Response> {
    show(visit, Kind::Company, id.0).await
}

/// The id of the join to be.
#[derive(Deserialize)]
pub struct JoinForm {
    id: JoinId,
}

/// The notes of both, and what the one from the bin said otherwise than the one on the list. Nothing where it is too long.
fn notes(pair: &Pair) -> Option<String> {
    let theirs = pair.gone_notes.as_ref().filter(|notes| Some(*notes) != pair.kept_notes.as_ref());
    let otherwise = pair.facts.0.iter().filter_map(|(what, gone, kept)| match (gone, kept) {
        (Some(gone), Some(kept)) if gone != kept => Some(format!("{what}: {gone}")),
        _ => None,
    });
    let otherwise: Vec<String> = otherwise.collect();
    let before = (!otherwise.is_empty()).then(|| format!("Before the two were joined: {}", otherwise.join("; ")));
    let parts: Vec<&str> =
        [pair.kept_notes.as_deref(), theirs.map(String::as_str), before.as_deref()].into_iter().flatten().collect();
    let notes = parts.join("\n\n");
    (notes.is_empty() || Text::<20_000>::parse(&notes).is_ok()).then_some(notes)
}

fn path(kind: Kind, id: Uuid) -> String {
    format!("/{}/{id}", kind.path())
}

async fn create(mut visit: Visit<Owner>, kind: Kind, gone: Uuid, id: JoinId) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let cadence = visit.person.preferences.cadence.clone();
    let said = |kept: &Kept| {
        Done::to(path(kept.kind, kept.kept))
            .saying("Joined: everything of both is here now.")
            .undo(format!("/joins/{id}/undos"))
            .into_response()
    };
    let mut transaction = visit.db().begin().await?;
    if let Some(kept) = queries::find(&mut *transaction, by, id).await? {
        return Ok(said(&kept.0));
    }
    let pair = pair(&mut transaction, by, kind, gone).await?;
    let problem = 'problem: {
        let Some(notes) = notes(&pair) else {
            break 'problem "The notes of the two are too long together: at most 20,000 characters. Shorten those of the one on your list first.";
        };
        let notes = Some(notes.as_str()).filter(|notes| !notes.is_empty());
        let filled = match kind {
            Kind::Contact => contacts::fill(&mut *transaction, by, &pair, notes).await?,
            _ => companies::fill(&mut *transaction, by, &pair, notes).await?,
        };
        if !filled {
            break 'problem "The one on your list was changed just now. Look at both once more.";
        }
        let way = Direction { from: pair.gone, to: pair.kept, at: now, only: None };
        let moved = match kind {
            Kind::Contact => contacts::all(&mut transaction, by, &way).await?,
            _ => companies::all(&mut transaction, by, &way).await?,
        };
        if kind == Kind::Contact {
            record::replan(&mut transaction, by, ContactId(pair.kept), &cadence).await?;
        }
        let version = pair.version + 1;
        let kept = Kept { kind, gone: pair.gone, kept: pair.kept, moved, before: pair.before, version };
        queries::insert(&mut *transaction, by, id, &kept, now).await?;
        transaction.commit().await?;
        return Ok(said(&kept));
    };
    transaction.rollback().await?;
    let page = JoinPage { shell: visit.shell(Nav::Bin), kind, pair, id, problem: Some(problem) };
    Ok(Page::unprocessable(page).into_response())
}

/// `POST /contacts/{id}/joins`
pub async fn join_contact(visit: Visit<Owner>, Id(id): Id<ContactId>, Form(form): Form<JoinForm>) -> Result<Response> {
    create(visit, Kind::Contact, id.0, form.id).await
}

/// `POST /companies/{id}/joins`
pub async fn join_company(visit: Visit<Owner>, Id(id): Id<CompanyId>, Form(form): Form<JoinForm>) -> Result<Response> {
    create(visit, Kind::Company, id.0, form.id).await
}

/// `POST /joins/{id}/undos`: what moved goes back to the one in the bin, with what was added to it since.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<JoinId>) -> Result<Done> {
    let by = visit.by;
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let taken = queries::take(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let Taken { kept: sqlx::types::Json(Kept { kind, gone, kept, mut moved, before, version }), at, name } = taken;
    let is_empty = match kind {
        Kind::Contact => contacts::empty(&mut *transaction, by, kept, &before, version).await?,
        _ => companies::empty(&mut *transaction, by, kept, &before, version).await?,
    };
    match kind {
        Kind::Contact => contacts::add_since(&mut transaction, by, kept, &mut moved).await?,
        _ => companies::add_since(&mut transaction, by, kept, &mut moved).await?,
    }
    let way = Direction { from: kept, to: gone, at: at.0, only: Some(&moved) };
    match kind {
        Kind::Contact => contacts::all(&mut transaction, by, &way).await?,
        _ => companies::all(&mut transaction, by, &way).await?,
    };
    if kind == Kind::Contact {
        record::replan(&mut transaction, by, ContactId(kept), &cadence).await?;
    }
    transaction.commit().await?;
    let stays = if is_empty { "" } else { " What was filled in stays, because you changed it since." };
    Ok(Done::to(path(kind, kept)).saying(format!("Undone: {name} is in the bin again.{stays}")))
}
