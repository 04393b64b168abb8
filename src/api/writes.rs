//! The calls that write: each does one deed.

use axum::response::Response;
use uuid::Uuid;

use super::deed::{Asked, Deed, Matching, answer};
use super::deeds::{
    companies, contacts, insights, interviews, notes, openings, referrals, today, touchpoints, with_deeds,
};
use crate::accounts::programs::writer::Writer;
use crate::web::path::{Id, Ids};
use crate::web::problem::Problem;

/// The handler of a deed.
macro_rules! handler {
    ($method:ident $path:literal $handler:ident none $deed:ty) => {
        #[doc = concat!("`", stringify!($method), " ", $path, "`")]
        pub async fn $handler(writer: Writer, asked: Asked<$deed>) -> Result<Response, Problem> {
            answer(writer, (), asked).await
        }
    };
    ($method:ident $path:literal $handler:ident once $deed:ty) => {
        handler!($method $path $handler none $deed);
    };
    ($method:ident $path:literal $handler:ident id $deed:ty) => {
        #[doc = concat!("`", stringify!($method), " ", $path, "`")]
        pub async fn $handler(
            writer: Writer,
            Id(id): Id<<$deed as Deed>::Of>,
            asked: Asked<$deed>,
        ) -> Result<Response, Problem> {
            answer(writer, id, asked).await
        }
    };
    ($method:ident $path:literal $handler:ident under $deed:ty) => {
        handler!($method $path $handler id $deed);
    };
    ($method:ident $path:literal $handler:ident ids $deed:ty) => {
        #[doc = concat!("`", stringify!($method), " ", $path, "`")]
        pub async fn $handler(
            writer: Writer,
            Ids(one, other): Ids<Uuid, Uuid>,
            asked: Asked<$deed>,
        ) -> Result<Response, Problem> {
            answer(writer, (one, other), asked).await
        }
    };
    ($method:ident $path:literal $handler:ident change $deed:ty) => {
        #[doc = concat!("`", stringify!($method), " ", $path, "`")]
        pub async fn $handler(
            writer: Writer,
            Id(id): Id<Uuid>,
            matching: Matching,
            asked: Asked<$deed>,
        ) -> Result<Response, Problem> {
            answer(writer, (id, matching), asked).await
        }
    };
}

macro_rules! handlers {
    ($($method:ident $path:literal $handler:ident $names:ident $deed:ty => $thing:ident, $summary:literal;)+) => {
        $(handler!($method $path $handler $names $deed);)+
    };
}
with_deeds!(handlers);
