//! Joining two records that are one: what lies in the bin with what was added since under the same name or profile, or two
//! on the list. All that hangs on the two is kept, under the one that stays, and one press takes it back.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::facts::{in_words, label, notes};
use super::giving_back::{Field, GivenBack, given_back};
use super::queries::Kind;
use super::queries::joins::{self as queries, Direction, Kept, Pair, Taken, companies, contacts};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::record;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, JoinId};
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
        shared(self.kind)
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

/// What only one on the list can have.
fn shared(kind: Kind) -> &'static str {
    if kind == Kind::Contact { "profile" } else { "name" }
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

/// The two, with what they say in words.
async fn pair(
    db: &mut PgConnection,
    by: Owner,
    kind: Kind,
    gone: Uuid,
    into: Option<Uuid>,
    today: Date,
) -> Result<Pair> {
    let pair = match kind {
        Kind::Contact => contacts::pair(db, by, gone, into).await?,
        _ => companies::pair(db, by, gone, into).await?,
    };
    let mut pair = pair.ok_or(Error::NotFound)?;
    for (field, gone, kept) in &mut pair.facts.0 {
        for value in [gone, kept].into_iter().flatten() {
            *value = in_words(field, value, today);
        }
    }
    Ok(pair)
}

async fn show(mut visit: Visit<Owner>, kind: Kind, gone: Uuid, into: Option<Uuid>) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let pair = match pair(visit.db(), by, kind, gone, into, today).await {
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

fn path(kind: Kind, id: Uuid) -> String {
    format!("/{}/{id}", kind.path())
}

async fn create(mut visit: Visit<Owner>, kind: Kind, gone: Uuid, form: JoinForm) -> Result<Response> {
    let JoinForm { id, into, chosen } = form;
    // Of one in the bin, nothing takes the place of what is on the list.
    let chosen = if into.is_some() { chosen } else { Vec::new() };
    let (by, now, today) = (visit.by, visit.now, visit.today());
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
    let pair = pair(&mut transaction, by, kind, gone, into, today).await?;
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
        let Some(after) = filled else {
            break 'problem "The one on your list was changed just now. Look at both once more.";
        };
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
        let (gone, before, after) = (pair.gone, pair.before, Some(after));
        let kept = Kept { kind, gone, kept: pair.kept, moved, before, after, version, both_listed };
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
    let Kept { kind, gone, kept, mut moved, before, after, version, both_listed } = kept;
    let refused = |why: String| Done::to(path(kind, kept)).saying(why).undo(format!("/joins/{id}/undos"));
    if let Some(into) = queries::went_into(&mut *transaction, by, kept).await? {
        return Ok(refused(format!(
            "Undo the later join first: what {name} was joined with is part of {into} by now."
        )));
    }
    let now = match kind {
        Kind::Contact => contacts::hold(&mut *transaction, by, kept).await?,
        _ => companies::hold(&mut *transaction, by, kept).await?,
    };
    let now = now.ok_or(Error::NotFound)?;
    let fields: &[Field] = if kind == Kind::Contact { &contacts::FIELDS } else { &companies::FIELDS };
    // Of a join of long ago it is known only whether anything was changed since.
    let is_as_it_was = now["version"] == version;
    let after = after.unwrap_or_else(|| if is_as_it_was { now.clone() } else { before.clone() });
    let GivenBack { row, stays } = given_back(now, &before, &after, fields);
    let gives_back = match kind {
        Kind::Contact => contacts::give_back(&mut *transaction, by, kept, &row).await?,
        _ => companies::give_back(&mut *transaction, by, kept, &row).await?,
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
    // Nobody who was on the list ends in the bin, and nothing of theirs: the two stay joined then.
    if !gives_back || is_back != both_listed {
        let shared = shared(kind);
        return Ok(refused(format!(
            "The two stay joined: another one on your list has a {shared} that one of them had. Change that {shared} first."
        )));
    }
    if kind == Kind::Contact {
        record::replan(&mut transaction, by, ContactId(kept), &cadence).await?;
    }
    if is_back && kind == Kind::Contact {
        record::replan(&mut transaction, by, ContactId(gone), &cadence).await?;
    }
    transaction.commit().await?;
    let stays = if stays { " What you changed since stays as it is." } else { "" };
    let said = match is_back {
        true => format!("Undone: both are on your list again.{stays}"),
        false => format!("Undone: {name} is in the bin again.{stays}"),
    };
    Ok(Done::to(path(kind, kept)).saying(said))
}
