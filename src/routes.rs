//! THE route table: method, path, who may, handler. Mounted by the server, walked by the tests.

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};

use crate::app::App;
use crate::error::{self, Error};
use crate::{accounts, companies, finding, health, today, transfer, wastebin, web};

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// Who may read the data: the owner, and a coach looking at it.
    Viewer,
    /// Who may change the data: the owner alone.
    Owner,
    /// Who is signed in, as themselves.
    Myself,
    /// Who administers the installation.
    Admin,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: Verb,
    /// The path, with `{id}` where ids stand.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
}

/// The two methods in use: GET changes nothing, POST may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
}

impl From<Verb> for Method {
    fn from(method: Verb) -> Self {
        match method {
            Verb::Get => Self::GET,
            Verb::Post => Self::POST,
        }
    }
}

impl Verb {
    fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
        }
    }
}

macro_rules! routes {
    ($($method:ident $path:literal $who:ident $($handler:ident)::+;)+) => {
        /// Every route there is.
        pub const TABLE: &[Route] = &[$(Route { method: Verb::$method, path: $path, who: Who::$who }),+];

        /// The router of the table.
        pub fn router() -> Router<App> {
            Router::new()
                $(.route($path, on(Verb::$method.filter(), $($handler)::+)))+
                .fallback(not_found)
                .method_not_allowed_fallback(wrong_method)
        }
    };
}

routes! {
    Get  "/healthz" Anyone health::alive;
    Get  "/readyz" Anyone health::ready;
    Get  "/static/{hash}/{*name}" Anyone web::assets::serve;

    Get  "/signup" Anyone accounts::sign_up::show;
    Post "/signup" Anyone accounts::sign_up::create;
    Get  "/login" Anyone accounts::sign_in::show;
    Post "/login" Anyone accounts::sign_in::create;
    Post "/logout" Anyone accounts::sign_in::destroy;

    Get  "/" Viewer today::page::show;
    Post "/first-steps/skips" Owner today::first_steps::skip;
    Get  "/guide" Viewer today::guide::show;

    Get  "/companies" Viewer companies::pages::index;
    Get  "/companies/new" Viewer finding::add::new;
    Post "/companies" Owner finding::add::create;
    Get  "/companies/{id}" Viewer companies::show::show;
    Get  "/companies/{id}/edit" Viewer companies::edit::edit;
    Post "/companies/{id}" Owner companies::edit::update;
    Post "/companies/{id}/ratings" Owner companies::rate::create;
    Post "/companies/{id}/statuses" Owner companies::statuses::create;
    Post "/companies/{id}/deletions" Owner companies::bin::delete;
    Post "/companies/{id}/restorations" Owner companies::bin::restore;

    Get  "/import" Viewer transfer::start::show;
    Post "/imports" Owner transfer::start::create;
    Get  "/imports/{id}" Viewer transfer::show::show;
    Post "/imports/{id}/confirmations" Owner transfer::confirm::create;
    Post "/imports/{id}/undos" Owner transfer::undo::create;

    Get  "/bin" Viewer wastebin::page::show;
}

async fn not_found() -> Response {
    Error::NotFound.into_response()
}

async fn wrong_method() -> Response {
    error::page(StatusCode::METHOD_NOT_ALLOWED, "Not that way", "This address does not take that method.")
}
