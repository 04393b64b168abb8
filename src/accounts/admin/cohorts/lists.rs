//! Inviting a pasted list of people: looked at first, then everyone by one press.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use sqlx::Connection;

use crate::access::Admin;
use crate::accounts::admin::invitation::{HOLDS, link};
use crate::accounts::audit::{Event, Kind};
use crate::accounts::cohorts::pasted::{self, Content, Entry};
use crate::accounts::cohorts::queries::lists::{self, Batch, Known, New};
use crate::accounts::cohorts::queries::{find, lock, members};
use crate::accounts::cohorts::role::Role;
use crate::accounts::confirm::Confirmed;
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::address::EmailAddress;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::{CohortId, CohortListId, InvitationId, UserId};
use crate::mail::letter::Letter;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::host;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::sheet::Sheet;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Deserialize)]
pub struct ListForm {
    id: CohortListId,
    #[serde(default)]
    people: String,
    #[serde(default)]
    role: String,
    /// 'yes' once the preview was looked at.
    #[serde(default)]
    confirmed: String,
}

/// What happens with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    Invite,
    /// They have an account, under this name.
    Add(UserId, String),
    IsHere,
    IsInvited,
    IsElsewhere,
    Twice(usize),
    Head,
    Problem(String),
}

struct Line {
    number: usize,
    name: Option<String>,
    email: Option<EmailAddress>,
    fate: Fate,
}

#[derive(Template)]
#[template(path = "accounts/admin/cohort_list.html")]
struct ListPage {
    shell: Shell,
    id: CohortId,
    cohort: String,
    form: ListForm,
    errors: Errors,
    lines: Vec<Line>,
    by_mail: bool,
}

impl ListPage {
    /// The beginning of a line of the list, as it was pasted.
    fn typed(&self, number: &usize) -> String {
        self.form.people.lines().nth(number - 1).unwrap_or_default().chars().take(80).collect()
    }

    fn count(&self, is: fn(&Fate) -> bool) -> i64 {
        self.lines.iter().filter(|line| is(&line.fate)).count() as i64
    }

    fn invited(&self) -> i64 {
        self.count(|fate| *fate == Fate::Invite)
    }

    fn added(&self) -> i64 {
        self.count(|fate| matches!(fate, Fate::Add(..)))
    }

    fn address(&self) -> String {
        format!("/admin/cohorts/{}", self.id)
    }

    /// '18 people get an invitation, and 2 who have an account are added.'
    fn heading(&self) -> String {
        let invited = words::count(self.invited(), "person gets an invitation", "people get an invitation");
        match self.added() {
            0 => format!("{invited}."),
            added => format!("{invited}, and {added} with an account {} added.", if added == 1 { "is" } else { "are" }),
        }
    }

    fn button(&self) -> String {
        match (self.invited(), self.added()) {
            (0, added) => format!("Add {}", words::count(added, "person", "people")),
            (invited, 0) => format!("Invite {}", words::count(invited, "person", "people")),
            (invited, added) => format!("Invite {invited} and add {added}"),
        }
    }

    fn roles(&self) -> Vec<(&'static str, &'static str)> {
        Role::choices()
    }
}

/// A link made just now: it is known now and never again.
struct Made {
    /// Of its field.
    id: String,
    name: String,
    email: String,
    link: String,
}

#[derive(Template)]
#[template(path = "accounts/admin/cohort_links.html")]
struct LinksPage {
    shell: Shell,
    id: CohortId,
    list: CohortListId,
    cohort: String,
    said: String,
    made: Vec<Made>,
    /// The links as a table.
    table: String,
}

impl LinksPage {
    fn address(&self) -> String {
        format!("/admin/cohorts/{}", self.id)
    }

    /// The table as an address that saves it.
    fn file(&self) -> String {
        format!("data:text/csv;charset=utf-8,{}", utf8_percent_encode(&self.table, NON_ALPHANUMERIC))
    }
}

/// What happens with each entry of a list.
fn fates(entries: Vec<Entry>, known: Vec<Known>) -> Vec<Line> {
    let known: HashMap<String, Known> = known.into_iter().map(|known| (known.email.clone(), known)).collect();
    let line = |Entry { number, content }: Entry| match content {
        Content::Person { name, email } => {
            let fate = match known.get(email.as_str()) {
                Some(it) if it.is_here => Fate::IsHere,
                Some(it) if it.is_elsewhere => Fate::IsElsewhere,
                Some(it) => match (it.account, &it.name) {
                    (Some(account), Some(name)) => Fate::Add(account, name.clone()),
                    _ if it.is_invited => Fate::IsInvited,
                    _ => Fate::Invite,
                },
                None => Fate::Invite,
            };
            Line { number, name, email: Some(email), fate }
        }
        Content::Twice { email, first } => Line { number, name: None, email: Some(email), fate: Fate::Twice(first) },
        Content::Head => Line { number, name: None, email: None, fate: Fate::Head },
        Content::Problem(problem) => Line { number, name: None, email: None, fate: Fate::Problem(problem) },
    };
    entries.into_iter().map(line).collect()
}

/// `POST /admin/cohorts/{id}/lists`: shows what would happen; once that was looked at, does it.
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Admin>,
    Id(id): Id<CohortId>,
    Form(form): Form<ListForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let cohort = find(visit.db(), by, id).await?.filter(|it| it.archived_at.is_none()).ok_or(Error::NotFound)?;
    let entries = pasted::parse(&form.people);
    let mut errors = Errors::default();
    if let Some(problem) = pasted::whole_problem(&form.people, &entries) {
        errors.add("people", problem);
    }
    let role = errors.choose::<Role>("role", &form.role);
    let is_right = errors.is_empty();
    let lines = if is_right { read(&mut visit, id, entries).await? } else { Vec::new() };
    let page = ListPage {
        shell: visit.shell(Nav::Admin),
        id,
        cohort: cohort.name,
        by_mail: app.outbox.is_on(),
        form,
        errors,
        lines,
    };
    match role.filter(|_| is_right) {
        None => Ok(Page::unprocessable(page).into_response()),
        Some(role) if !page.form.confirmed.is_empty() => {
            let base = host::base(&app.config, &headers);
            let batch = Batch { cohort: id, role, list: page.form.id, expires_at: now + HOLDS };
            invite(&app, visit, page, &batch, &base).await
        }
        Some(_) => Ok(Page::ok(page).into_response()),
    }
}

async fn read(visit: &mut Visit<Admin>, id: CohortId, entries: Vec<Entry>) -> Result<Vec<Line>> {
    let (by, now) = (visit.by, visit.now);
    let emails: Vec<String> = entries
        .iter()
        .filter_map(|entry| match &entry.content {
            Content::Person { email, .. } => Some(email.as_str().to_owned()),
            _ => None,
        })
        .collect();
    Ok(fates(entries, lists::known(visit.db(), by, id, &emails, now).await?))
}

async fn invite(app: &App, mut visit: Visit<Admin>, page: ListPage, batch: &Batch, base: &str) -> Result<Response> {
    let (by, now, this, who) = (visit.by, visit.now, visit.session, visit.person.name.clone());
    let to = format!("/admin/cohorts/{}", batch.cohort);
    let undo = format!("/admin/cohort-lists/{}/undos", batch.list);
    let mut transaction = visit.db().begin().await?;
    // Of two equal lists sent at once the second waits here, and finds the first.
    let cohort = lock(&mut *transaction, by, batch.cohort).await?.ok_or(Error::NotFound)?;
    if lists::was_invited(&mut *transaction, by, batch.list).await? {
        let said = "This list was invited already. Links are shown once: if you missed them, undo it and invite again.";
        return Ok(Done::to(to).saying(said).undo(undo).into_response());
    }
    let accounts: Vec<UserId> = page
        .lines
        .iter()
        .filter_map(|line| match line.fate {
            Fate::Add(account, _) => Some(account),
            _ => None,
        })
        .collect();
    let added =
        members::add_all(&mut *transaction, by, batch.cohort, &accounts, batch.role, Some(batch.list), now).await?;
    for account in &added {
        Event::new(*account, Kind::CohortJoined, now).about(&cohort).by_session(&mut *transaction, this).await?;
    }
    let (mut new, mut made) = (Vec::new(), Vec::new());
    let invited = page.lines.iter().filter(|line| line.fate == Fate::Invite);
    for (name, email) in invited.filter_map(|line| Some((&line.name, line.email.as_ref()?))) {
        let token = Token::new()?;
        new.push(New { id: InvitationId::new(), email: email.as_str(), token_hash: token.hash().to_vec() });
        let link = link(base, &token);
        if app.outbox.is_on() {
            let letter = Letter::Invitation { by: who.clone(), link: link.clone() };
            app.outbox.put(&mut *transaction, email, &letter, now).await?;
        }
        made.push(Made {
            id: format!("link-{}", made.len()),
            name: name.clone().unwrap_or_default(),
            email: email.as_str().to_owned(),
            link,
        });
    }
    if !new.is_empty() {
        lists::invite(&mut *transaction, by, batch, &new, now).await?;
        let about = format!("{}, {cohort}", words::count(new.len() as i64, "person", "people"));
        Event::new(by.user_id(), Kind::Invited, now).about(&about).by_session(&mut *transaction, this).await?;
    }
    transaction.commit().await?;
    app.outbox.hurry();
    if new.is_empty() && added.is_empty() {
        return Ok(Done::to(to).saying("There was no one to invite.").into_response());
    }
    let said = said(new.len() as i64, added.len() as i64, &cohort);
    if made.is_empty() || app.outbox.is_on() {
        return Ok(Done::to(to).saying(said).undo(undo).into_response());
    }
    let (shell, table) = (visit.shell(Nav::Admin), table(&made)?);
    Ok(Page::ok(LinksPage { shell, id: batch.cohort, list: batch.list, cohort, said, made, table }).into_response())
}

/// '18 people are invited to Spring, and 2 with an account are in it now.'
fn said(invited: i64, added: i64, cohort: &str) -> String {
    let are = |n: i64| if n == 1 { "is" } else { "are" };
    match (invited, added) {
        (0, added) => format!("{} {} in {cohort} now.", words::count(added, "person", "people"), are(added)),
        (invited, added) => {
            let invitation =
                format!("{} {} invited to {cohort}", words::count(invited, "person", "people"), are(invited));
            if added == 0 {
                format!("{invitation}.")
            } else {
                format!("{invitation}, and {added} with an account {} in it now.", are(added))
            }
        }
    }
}

/// The links as rows for a spreadsheet.
fn table(made: &[Made]) -> Result<String> {
    let mut sheet = Sheet::begin(Vec::new(), ["Name", "E-mail", "Link"])?;
    for Made { name, email, link, .. } in made {
        sheet.row([name, email, link])?;
    }
    let table = String::from_utf8(sheet.end()?).map_err(anyhow::Error::from)?;
    Ok(table.trim_start_matches('\u{feff}').to_owned())
}

/// `POST /admin/cohort-lists/{id}/undos`: whoever accepted meanwhile stays.
pub async fn undo(mut visit: Visit<Admin>, Id(id): Id<CohortListId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let undone = lists::undo(&mut transaction, by, id, now).await?.ok_or(Error::NotFound)?;
    for member in &undone.gone {
        let event = Event::new(*member, Kind::CohortLeft, now).about(&undone.cohort_name);
        event.by_session(&mut *transaction, this).await?;
    }
    let mut said = Vec::new();
    if undone.revoked > 0 {
        let links = words::count(undone.revoked as i64, "invitation is revoked", "invitations are revoked");
        let about = format!("{links}, {}", undone.cohort_name);
        let event = Event::new(by.user_id(), Kind::InvitationRevoked, now).about(&about);
        event.by_session(&mut *transaction, this).await?;
        said.push(format!("{links}: their links no longer work."));
    }
    transaction.commit().await?;
    if !undone.gone.is_empty() {
        let gone = words::count(undone.gone.len() as i64, "person is", "people are");
        said.push(format!("{gone} no longer in {}.", undone.cohort_name));
    }
    Ok(Done::to(format!("/admin/cohorts/{}", undone.cohort)).saying(said.join(" ")))
}
