//! Who has an account here.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::change::{Change, noted, tell};
use super::queries;
use crate::access::Admin;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::password;
use crate::accounts::queries::{lock_instance, password_links};
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::error::{Error, Result};
use crate::folding::pattern;
use crate::ids::UserId;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::host;
use crate::web::list::typed;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Accounts on one page.
const PAGE: usize = 50;

/// Which accounts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccountsQuery {
    q: String,
    after: String,
}

struct AccountLine {
    id: UserId,
    name: String,
    email: String,
    admin: bool,
    disabled: bool,
    second_step: bool,
    passkeys: bool,
    me: bool,
    since: String,
    seen: String,
    /// What its documents take, of how much.
    documents: String,
}

#[derive(Template)]
#[template(path = "accounts/admin/accounts.html")]
struct AccountsPage {
    shell: Shell,
    q: String,
    accounts: Vec<AccountLine>,
    found: i64,
    first: Option<String>,
    next: Option<String>,
}

impl AccountsPage {
    fn heading(&self) -> String {
        words::count(self.found, "account", "accounts")
    }
}

/// Bytes in MB, begun ones whole: whoever has a file has no 0 MB.
fn megabytes(bytes: i64) -> i64 {
    (bytes + (1 << 20) - 1) >> 20
}

fn address(q: &str, after: &str) -> String {
    let query = serde_html_form::to_string([("q", q), ("after", after)]).unwrap_or_default();
    format!("/admin?{query}")
}

/// `GET /admin`
pub async fn index(
    State(app): State<App>,
    mut visit: Visit<Admin>,
    Query(query): Query<AccountsQuery>,
) -> Result<Page<impl Template>> {
    let (by, me, today) = (visit.by, visit.me, visit.today());
    let (search, after) = (typed(&query.q), typed(&query.after));
    let mut found = queries::accounts(visit.db(), by, search.map(pattern), after, PAGE as i64 + 1).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let ids: Vec<UserId> = found.iter().map(|account| account.id).collect();
    let taken: HashMap<UserId, i64> = queries::documents(visit.db(), by, &ids).await?.into_iter().collect();
    let room = |account: &queries::Account| {
        let most = account.documents_mb.map_or(app.config.documents_most >> 20, i64::from);
        format!("{} of {most}", taken.get(&account.id).map_or(0, |bytes| megabytes(*bytes)))
    };
    let zone = &visit.person.zone;
    let day = |at: crate::database::At| words::day(crate::clock::date_in(zone, at.0), today);
    let next = found.last().filter(|_| more).map(|last| address(&query.q, &last.email));
    let count = found.first().map_or(0, |first| first.found);
    let line = |account: queries::Account| AccountLine {
        me: account.id == me,
        documents: room(&account),
        since: day(account.created_at),
        seen: account.seen_at.map_or_else(|| "not lately".into(), day),
        id: account.id,
        name: account.name,
        email: account.email,
        admin: account.admin,
        disabled: account.disabled,
        second_step: account.second_step,
        passkeys: account.passkeys,
    };
    Ok(Page::ok(AccountsPage {
        shell: visit.shell(Nav::Admin),
        accounts: found.into_iter().map(line).collect(),
        found: count,
        first: after.map(|_| address(&query.q, "")),
        next,
        q: query.q,
    }))
}

/// The change asked for.
#[derive(Deserialize)]
pub struct ChangeForm {
    change: String,
}

/// `POST /admin/accounts/{id}`
pub async fn change(
    State(app): State<App>,
    Confirmed(mut visit): Confirmed<Admin>,
    Id(id): Id<UserId>,
    Form(form): Form<ChangeForm>,
) -> Result<Done> {
    let (by, now, me, this) = (visit.by, visit.now, visit.me, visit.session);
    let change: Change = form.change.parse().map_err(|_| Error::Invalid("There is no such change.".into()))?;
    if change == Change::Disable && id == me {
        return Ok(Done::to("/admin").saying("You cannot disable your own account. Another administrator can."));
    }
    let mut transaction = visit.db().begin().await?;
    lock_instance(&mut transaction).await?;
    let name = queries::named(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?.name;
    let done = change.apply(&mut transaction, by, id, now).await?;
    if done.is_empty() {
        return Ok(Done::to("/admin").saying(change.refused(&name)));
    }
    for kind in &done {
        noted(id, *kind, now).by_session(&mut *transaction, this).await?;
    }
    tell(&app.outbox, &mut transaction, id, &done, now).await?;
    transaction.commit().await?;
    app.outbox.hurry();
    let said = change.said(&name, &done);
    let to = if change == Change::Demote && id == me { "/" } else { "/admin" };
    Ok(Done::to(to).saying(said))
}

#[derive(Template)]
#[template(path = "accounts/admin/password_link.html")]
struct PasswordLinkPage {
    shell: Shell,
    name: String,
    email: String,
    link: String,
}

/// `POST /admin/accounts/{id}/password-links`: the link is shown now and never again; one made before no longer works.
pub async fn make_password_link(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Admin>,
    Id(id): Id<UserId>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let until = now + password::LINK_HOLDS;
    let email = queries::named(visit.db(), by, id).await?.ok_or(Error::NotFound)?.email;
    let token = Token::new()?;
    let Some(account) = password_links::make(visit.db(), &email, &token.hash(), until).await? else {
        return Ok(Done::to("/admin").saying("A disabled account gets no link. Enable it first.").into_response());
    };
    Event::new(id, Kind::LinkMade, now).by_session(visit.db(), this).await?;
    let page = PasswordLinkPage {
        shell: visit.shell(Nav::Admin),
        name: account.name,
        email: account.email,
        link: format!("{}{}", host::base(&app.config, &headers), password::link_path(&token)),
    };
    Ok(Page::ok(page).into_response())
}
