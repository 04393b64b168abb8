//! What an account holds, kind by kind: a list in the order of its making, and one by its id.

use axum::extract::RawQuery;
use axum::http::HeaderMap;
use axum::response::Response;
use uuid::Uuid;

use super::answer::{Listed, PageOf, answer};
use super::queries::{Company, Contact, Insight, Interview, Opening, Referral, Resource, Touchpoint};
use super::things::with_kinds;
use crate::accounts::programs::caller::Caller;
use crate::error::Error;
use crate::web::path::Id;
use crate::web::problem::Problem;

async fn list<R: Resource>(
    mut caller: Caller,
    asked: &HeaderMap,
    query: Option<&str>,
    path: &str,
) -> Result<Response, Problem> {
    let (by, page) = (caller.by, PageOf::parse(query)?);
    let items = R::page(caller.db(), by, page.after, page.limit + 1).await.map_err(Error::from)?;
    Ok(answer(asked, &Listed::new(items, page, path, R::id)))
}

async fn one<R: Resource>(mut caller: Caller, asked: &HeaderMap, id: Uuid) -> Result<Response, Problem> {
    let by = caller.by;
    let item = R::one(caller.db(), by, id).await.map_err(Error::from)?.ok_or_else(Problem::not_found)?;
    Ok(answer(asked, &item))
}

/// The handlers of the kinds.
macro_rules! handlers {
    ($($kind:ident $path:literal $list:ident $one:ident;)+) => {$(
        #[doc = concat!("`GET ", $path, "`")]
        pub async fn $list(caller: Caller, asked: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Problem> {
            list::<$kind>(caller, &asked, query.as_deref(), $path).await
        }

        #[doc = concat!("`GET ", $path, "/{id}`")]
        pub async fn $one(caller: Caller, asked: HeaderMap, Id(id): Id<Uuid>) -> Result<Response, Problem> {
            one::<$kind>(caller, &asked, id).await
        }
    )+};
}

with_kinds!(handlers);
