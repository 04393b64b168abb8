//! Ids in addresses: what is no id is no page.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use crate::error::Error;

/// The one id in the path.
pub struct Id<T>(pub T);

/// The two ids in the path, or names, in order.
pub struct Ids<A, B>(pub A, pub B);

async fn params(parts: &mut Parts) -> Result<Vec<String>, Error> {
    let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Error::NotFound)?;
    Ok(params.iter().map(|(_, value)| value.to_owned()).collect())
}

fn parse<T: FromStr>(text: Option<&String>) -> Result<T, Error> {
    text.and_then(|t| t.parse().ok()).ok_or(Error::NotFound)
}

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let params = params(parts).await?;
        Ok(Self(parse(params.first())?))
    }
}

impl<S: Send + Sync, A: FromStr, B: FromStr> FromRequestParts<S> for Ids<A, B> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let params = params(parts).await?;
        Ok(Self(parse(params.first())?, parse(params.get(1))?))
    }
}
