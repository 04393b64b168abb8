//! Keeping the form of an account that is not signed in, until it is.

use axum::http::request::Parts;
use jiff::Timestamp;

use super::queries::kept;
use crate::app::App;
use crate::error::Result;
use crate::web::body::Typed;
use crate::web::link::own_path;
use crate::web::made_for::MadeFor;
use crate::web::typed::without_secrets;

/// Where they are shown.
pub const PATH: &str = "/kept";

/// Forms kept for one account.
const MOST: i64 = 20;

/// Keeps the form of this request for the account it was made for. False where that is not known: then it is not kept.
pub async fn keep(app: &App, parts: &Parts, now: Timestamp) -> Result<bool> {
    let (Some(MadeFor(mark)), Some(Typed(body))) = (parts.extensions.get(), parts.extensions.get()) else {
        return Ok(false);
    };
    let Some(account) = app.marks.account(mark) else { return Ok(false) };
    let path = own_path(parts.uri.path_and_query().map_or("/", |path| path.as_str()));
    kept::insert(&mut *app.connection().await?, account, &path, &without_secrets(body), now, MOST).await?;
    Ok(true)
}
