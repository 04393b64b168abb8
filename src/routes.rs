//! THE route table: method, path, who may, handler. Mounted by the server, walked by the tests.

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};

use crate::app::App;
use crate::error::{self, Error};
use crate::{accounts, companies, finding, health, interviews, web};

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

    Get  "/interviews" Viewer interviews::list::index;
    Get  "/interviews/new" Viewer interviews::schedule::new;
    Post "/interviews" Owner interviews::schedule::create;
    Get  "/interviews/{id}" Viewer interviews::show::show;
    Get  "/interviews/{id}/edit" Viewer interviews::edit::edit;
    Post "/interviews/{id}" Owner interviews::edit::update;
    Get  "/interviews/{id}/calendar.ics" Viewer interviews::show::calendar_file;
    Post "/interviews/{id}/outcomes" Owner interviews::outcomes::create;
    Post "/interviews/{id}/outcome-withdrawals" Owner interviews::outcomes::withdraw;
    Post "/interviews/{id}/preparations" Owner interviews::outcomes::prepare;
    Post "/interviews/{id}/preparation-withdrawals" Owner interviews::outcomes::withdraw_preparation;
    Post "/interviews/{id}/deletions" Owner interviews::bin::delete;
    Post "/interviews/{id}/restorations" Owner interviews::bin::restore;
    Get  "/interviews/{id}/prepare" Viewer interviews::prepare::show;
    Post "/interviews/{id}/findings" Owner interviews::prepare::save;
    Post "/interviews/{id}/questions" Owner interviews::questions::create;
    Post "/interview-questions/{id}" Owner interviews::questions::update;
    Post "/interview-questions/{id}/moves" Owner interviews::questions::step;
    Post "/interview-questions/{id}/deletions" Owner interviews::questions::delete;
    Post "/interview-questions/{id}/restorations" Owner interviews::questions::restore;
    Get  "/interviews/{id}/live" Viewer interviews::live::show;
    Post "/interviews/{id}/answers" Owner interviews::live::save;
    Get  "/interviews/{id}/wrap-up" Viewer interviews::wrap_up::show;
    Post "/interviews/{id}/people" Owner interviews::people::create;
    Post "/interviews/{id}/action-items" Owner interviews::action_items::create;
    Get  "/action-items/{id}/edit" Viewer interviews::action_items::edit;
    Post "/action-items/{id}" Owner interviews::action_items::update;
    Post "/action-items/{id}/done-marks" Owner interviews::action_items::mark_done;
    Post "/action-items/{id}/snoozes" Owner interviews::action_items::snooze;
    Post "/action-items/{id}/dismissals" Owner interviews::action_items::dismiss;
    Post "/action-items/{id}/deletions" Owner interviews::action_items::delete;
    Post "/action-items/{id}/restorations" Owner interviews::action_items::restore;
    Post "/interviews/{id}/insights" Owner interviews::insights::create;
    Post "/insights/{id}/deletions" Owner interviews::insights::delete;
    Post "/insights/{id}/restorations" Owner interviews::insights::restore;
}

async fn not_found() -> Response {
    Error::NotFound.into_response()
}

async fn wrong_method() -> Response {
    error::page(StatusCode::METHOD_NOT_ALLOWED, "Not that way", "This address does not take that method.")
}
