//! The end of mails of a kind, with one press and without logging in. The reader's own program may press (RFC 8058): it sends the
//! form from nowhere, without a page of ours.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::account::Account;
use super::links::{ENDS, EndLink};
use crate::accounts::reminding::queries;
use crate::accounts::reminding::wishes::Kind;
use crate::app::App;
use crate::error::Result;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::signed::Unproven;

/// The secret of the link.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LinkQuery {
    link: String,
}

#[derive(Template)]
#[template(path = "reminders/end.html")]
struct EndPage {
    /// Which mails, and whose; nothing where the link is none of ours.
    of: Option<(&'static str, String)>,
    /// Where the form is sent.
    to: String,
    /// They are over.
    ended: bool,
}

impl EndPage {
    fn answer(self) -> Response {
        let status = if self.of.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
        Page::with_status(status, self).into_response()
    }
}

fn read(app: &App, text: &str) -> Option<EndLink> {
    let sent = Unproven::read(text)?;
    app.signatures.prove(&sent, "").then(|| sent.text.parse().ok()).flatten()
}

const fn mails(kind: Kind) -> &'static str {
    match kind {
        Kind::Digest => "the daily mail",
        Kind::Talk => "mails before talks",
        Kind::Review => "the weekly mail",
    }
}

/// `GET /reminders/ends`
pub async fn show(State(app): State<App>, Query(LinkQuery { link }): Query<LinkQuery>) -> Result<Response> {
    let account = match read(&app, &link) {
        Some(end) => Account::find(&mut *app.connection().await?, end.account).await?.map(|account| (end, account)),
        None => None,
    };
    let of = account.map(|(end, account)| (mails(end.kind), account.email));
    Ok(EndPage { of, to: format!("{ENDS}?link={link}"), ended: false }.answer())
}

/// `POST /reminders/ends`: the link stands in the address, as programs that read mail send nothing else of ours.
pub async fn create(State(app): State<App>, Query(LinkQuery { link }): Query<LinkQuery>) -> Result<Response> {
    let mut db = app.connection().await?;
    let of = match read(&app, &link) {
        Some(end) => match Account::find(&mut *db, end.account).await? {
            Some(account) => {
                queries::end_mails(&mut db, account.owner(), end.kind).await?;
                Some((mails(end.kind), account.email))
            }
            None => None,
        },
        None => None,
    };
    Ok(EndPage { of, to: String::new(), ended: true }.answer())
}
