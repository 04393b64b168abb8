//! Joining two records that are one: what lies in the bin with what was added since under the same name or profile, or two
//! on the list. All that hangs on the two is kept, under the one that stays, and one press takes it back.

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
use crate::web::form::{Form, Query};
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
    /// Into whom, where both are on the list.
    into: Option<Uuid>,
    /// What of the one that goes is to be kept in place of the other's.
    chosen: Vec<String>,
    /// Why they could not be joined.
    problem: Option<&'static str>,
}

impl JoinPage {
    /// What stands above the two.
    fn columns(&self) -> (&'static str, &'static str) {
        if self.into.is_some() { ("This one goes", "This one stays") } else { ("In the bin", "On your list") }
    }

    /// What one of them is.
    fn what(&self) -> &'static str {
        if self.kind == Kind::Contact { "person" } else { "company" }
    }

    /// The list they are on.
    fn list(&self) -> &'static str {
        if self.kind == Kind::Contact { "Contacts" } else { "Companies" }
    }

    /// What the two have in common.
    fn shared(&self) -> &'static str {
        if self.kind == Kind::Contact { "profile" } else { "name" }
    }

    /// What is known of the two, without what is known of neither.
    fn facts(&self) -> Vec<JoinFact<'_>> {
        let facts = self.pair.facts.0.iter().map(|(field, gone, kept)| JoinFact {
            field,
            label: label(self.kind, field),
            gone: gone.as_deref().unwrap_or_default(),
            kept: kept.as_deref().unwrap_or_default(),
            is_chosen: self.chosen.contains(field),
        });
        // The one in the bin was found by the profile the two share.
        let facts = facts.filter(|fact| self.into.is_some() || fact.field != "profile");
        facts.filter(|fact| !(fact.gone.is_empty() && fact.kept.is_empty())).collect()
    }
}

/// A field of the two, and what each says.
struct JoinFact<'a> {
    field: &'a str,
    label: &'a str,
    gone: &'a str,
    kept: &'a str,
    is_chosen: bool,
}

impl JoinFact<'_> {
    fn differs(&self) -> bool {
        !self.gone.is_empty() && !self.kept.is_empty() && self.gone != self.kept
    }
}

fn label(kind: Kind, field: &str) -> &str {
    match kind {
        Kind::Contact => crate::contacts::form::label(field),
        _ => crate::companies::wording::label(field),
    }
}

async fn pair(db: &mut PgConnection, by: Owner, kind: Kind, gone: Uuid, into: Option<Uuid>) -> Result<Pair> {
    let pair = match kind {
        Kind::Contact => contacts::pair(db, by, gone, into).await?,
        _ => companies::pair(db, by, gone, into).await?,
    };
    pair.ok_or(Error::NotFound)
}

async fn show(mut visit: Visit<Owner>, kind: Kind, gone: Uuid, into: Option<Uuid>) -> Result<Response> {
    let by = visit.by;
    let pair = match pair(visit.db(), by, kind, gone, into).await {
        Err(Error::NotFound) if is_listed(visit.db(), by, kind, gone).await? => {
            return Ok(Done::to(path(kind, gone)).into_response());
        }
        pair => pair?,
    };
    let nav = nav(kind, into);
    let page =
        JoinPage { shell: visit.shell(nav), kind, pair, id: JoinId::new(), into, chosen: Vec::new(), problem: None };
    Ok(Page::ok(page).into_response())
}

fn nav(kind: Kind, into: Option<Uuid>) -> Nav {
    match (into, kind) {
        (None, _) => Nav::Bin,
        (Some(_), Kind::Contact) => Nav::Contacts,
        (Some(_), _) => Nav::Companies,
    }
}

/// It came back meanwhile.
async fn is_listed(db: &mut PgConnection, by: Owner, kind: Kind, id: Uuid) -> Result<bool> {
    let name = match kind {
        Kind::Contact => crate::contacts::queries::edit::name_of(db, by, ContactId(id)).await?,
        _ => crate::companies::queries::name_of(db, by, CompanyId(id)).await?,
    };
    Ok(name.is_some())
}

/// Into which one it is joined, where both are on the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct IntoQuery {
    into: Option<Uuid>,
}

/// `GET /contacts/{id}/join`
pub async fn show_contact(
    visit: Visit<Owner>,
    Id(id): Id<ContactId>,
    Query(query): Query<IntoQuery>,
) -> Result<Response> {
    show(visit, Kind::Contact, id.0, query.into).await
}

/// `GET /companies/{id}/join`
pub async fn show_company(
    visit: Visit<Owner>,
    Id(id): Id<CompanyId>,
    Query(query): Query<IntoQuery>,
) -> Result<Response> {
    show(visit, Kind::Company, id.0, query.into).await
}

/// The id of the join to be, into which one, and which fields of the one that goes are to be kept in place of the other's.
#[derive(Deserialize)]
pub struct JoinForm {
    id: JoinId,
    #[serde(default)]
    into: Option<Uuid>,
    #[serde(default)]
    chosen: Vec<String>,
}

/// The notes of both, and what was said otherwise than is kept. Nothing where it is too long.
fn notes(kind: Kind, pair: &Pair, chosen: &[String]) -> Option<String> {
    let theirs = pair.gone_notes.as_ref().filter(|notes| Some(*notes) != pair.kept_notes.as_ref());
    let otherwise = pair.facts.0.iter().filter_map(|(what, gone, kept)| match (gone, kept) {
        (Some(gone), Some(kept)) if gone != kept => {
            let other = if chosen.contains(what) { kept } else { gone };
            Some(format!("{}: {other}", label(kind, what)))
        }
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

async fn create(mut visit: Visit<Owner>, kind: Kind, gone: Uuid, form: JoinForm) -> Result<Response> {
    let JoinForm { id, into, chosen } = form;
    // Of one in the bin, nothing takes the place of what is on the list.
    let chosen = if into.is_some() || kind == Kind::Contact { chosen } else { Vec::new() };
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
    let pair = pair(&mut transaction, by, kind, gone, into).await?;
    if into.is_some() {
        let is_away = match kind {
            Kind::Contact => contacts::put_away(&mut *transaction, by, gone, now).await?,
            _ => companies::put_away(&mut *transaction, by, gone, now).await?,
        };
        if !is_away {
            return Err(Error::NotFound);
        }
    }
    let problem = 'problem: {
        let Some(notes) = notes(kind, &pair, &chosen) else {
            break 'problem "The notes of the two are too long together: at most 20,000 characters. Shorten those of the one on your list first.";
        };
        let notes = Some(notes.as_str()).filter(|notes| !notes.is_empty());
        let filled = match kind {
            Kind::Contact => contacts::fill(&mut *transaction, by, &pair, &chosen, notes).await?,
            _ => companies::fill(&mut *transaction, by, &pair, &chosen, notes).await?,
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
        let both_listed = into.is_some();
        let kept = Kept { kind, gone: pair.gone, kept: pair.kept, moved, before: pair.before, version, both_listed };
        queries::insert(&mut *transaction, by, id, &kept, now).await?;
        transaction.commit().await?;
        return Ok(said(&kept));
    };
    transaction.rollback().await?;
    let page = JoinPage { shell: visit.shell(nav(kind, into)), kind, pair, id, into, chosen, problem: Some(problem) };
    Ok(Page::unprocessable(page).into_response())
}

/// `POST /contacts/{id}/joins`
pub async fn join_contact(visit: Visit<Owner>, Id(id): Id<ContactId>, Form(form): Form<JoinForm>) -> Result<Response> {
    create(visit, Kind::Contact, id.0, form).await
}

/// `POST /companies/{id}/joins`
pub async fn join_company(visit: Visit<Owner>, Id(id): Id<CompanyId>, Form(form): Form<JoinForm>) -> Result<Response> {
    create(visit, Kind::Company, id.0, form).await
}

/// `POST /joins/{id}/undos`: what moved goes back to the one in the bin, with what was added to it since.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<JoinId>) -> Result<Done> {
    let by = visit.by;
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let taken = queries::take(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let Taken { kept: sqlx::types::Json(kept), at, name } = taken;
    let Kept { kind, gone, kept, mut moved, before, version, both_listed } = kept;
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
    let is_back = both_listed
        && match kind {
            Kind::Contact => contacts::take_out(&mut *transaction, by, gone).await?,
            _ => companies::take_out(&mut *transaction, by, gone).await?,
        };
    if kind == Kind::Contact {
        record::replan(&mut transaction, by, ContactId(kept), &cadence).await?;
    }
    if is_back && kind == Kind::Contact {
        record::replan(&mut transaction, by, ContactId(gone), &cadence).await?;
    }
    transaction.commit().await?;
    let stays = if is_empty { "" } else { " What was filled in stays, because you changed it since." };
    let said = match is_back {
        true => format!("Undone: both are on your list again.{stays}"),
        false => format!("Undone: {name} is in the bin again.{stays}"),
    };
    Ok(Done::to(path(kind, kept)).saying(said))
}
