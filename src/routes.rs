//! THE route table: method, path, who may, handler. Mounted by the server, walked by the tests.

use axum::Router;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};

use crate::app::App;
use crate::error::{self, Error};
use crate::{
    accounts, companies, contacts, finding, health, interviews, openings, pace, referrals, today, transfer, wastebin,
    web,
};

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
    Get  "/confirm" Myself accounts::confirm::show;
    Post "/confirm" Myself accounts::confirm::create;

    Get  "/settings" Viewer accounts::settings::search::show;
    Post "/settings/search" Owner accounts::settings::search::update;
    Get  "/settings/pace" Viewer pace::pages::show;
    Post "/settings/pace" Owner pace::pages::update;
    Get  "/settings/holidays" Viewer pace::holidays::index;
    Post "/settings/holidays" Owner pace::holidays::create;
    Post "/settings/holidays/removals" Owner pace::holidays::remove;
    Post "/settings/holidays/restorations" Owner pace::holidays::restore;
    Get  "/settings/profile" Owner accounts::settings::profile::show;
    Post "/settings/profile" Owner accounts::settings::profile::update;
    Get  "/settings/email" Owner accounts::settings::email::show;
    Post "/settings/email" Owner accounts::settings::email::update;
    Get  "/settings/security" Owner accounts::settings::security::show;
    Post "/settings/password" Owner accounts::settings::security::change_password;
    Post "/settings/sessions/ends" Owner accounts::settings::security::end_others;
    Post "/settings/sessions/{id}/ends" Owner accounts::settings::security::end;
    Get  "/settings/people" Owner accounts::settings::people::show;
    Post "/settings/people" Owner accounts::settings::people::invite;
    Post "/settings/people/{id}/revocations" Owner accounts::settings::people::revoke;
    Get  "/settings/data" Owner accounts::settings::data::show;
    Post "/settings/deletions" Owner accounts::settings::data::delete;

    Get  "/looking" Myself accounts::looking::index;
    Post "/looking/end" Myself accounts::looking::end;
    Post "/looking/{id}/acceptances" Myself accounts::looking::accept;
    Post "/looking/{id}/refusals" Myself accounts::looking::refuse;
    Post "/looking/{id}/looks" Myself accounts::looking::look;

    Get  "/admin" Admin accounts::admin::accounts::index;
    Post "/admin/accounts/{id}" Admin accounts::admin::accounts::change;
    Get  "/admin/invitations" Admin accounts::admin::invitations::index;
    Post "/admin/invitations" Admin accounts::admin::invitations::create;
    Post "/admin/invitations/{id}/revocations" Admin accounts::admin::invitations::revoke;
    Get  "/admin/installation" Admin accounts::admin::installation::show;
    Post "/admin/installation" Admin accounts::admin::installation::update;

    Get  "/" Viewer today::page::show;
    Post "/first-steps/skips" Owner today::first_steps::skip;
    Get  "/guide" Viewer today::guide::show;
    Get  "/run" Viewer today::run::step;
    Post "/today/snoozes" Owner today::snoozes::create;
    Post "/today/snooze-withdrawals" Owner today::snoozes::take_back;
    Post "/today/ends" Owner today::ends::create;
    Post "/today/reopenings" Owner today::ends::take_back;
    Get  "/review" Viewer today::review::show;
    Post "/review/ends" Owner today::review::end;
    Post "/review/reopenings" Owner today::review::reopen;
    Post "/review/move-ons" Owner today::move_ons::create;
    Post "/review/move-on-withdrawals" Owner today::move_ons::take_back;

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

    Get  "/contacts" Viewer contacts::list::index;
    Get  "/contacts/new" Viewer contacts::add::new;
    Get  "/capture" Viewer contacts::add::capture;
    Post "/contacts" Owner contacts::add::create;
    Post "/contacts/picks" Owner contacts::selections::pick;
    Post "/contacts/deletions" Owner contacts::selections::delete;
    Post "/contacts/restorations" Owner contacts::selections::restore;
    Get  "/contacts/{id}" Viewer contacts::show::show;
    Get  "/contacts/{id}/edit" Viewer contacts::edit::edit;
    Post "/contacts/{id}" Owner contacts::edit::update;
    Post "/contacts/{id}/touchpoints" Owner contacts::touchpoints::create;
    Post "/contacts/{id}/touchpoints/{touchpoint}/undos" Owner contacts::touchpoints::undo;
    Post "/contacts/{id}/snoozes" Owner contacts::snoozes::create;
    Post "/contacts/{id}/dismissals" Owner contacts::snoozes::dismiss;
    Post "/contacts/{id}/deletions" Owner contacts::bin::delete;
    Post "/contacts/{id}/restorations" Owner contacts::bin::restore;
    Get  "/openings" Viewer openings::pages::index;
    Get  "/openings/new" Viewer openings::new::new;
    Post "/openings" Owner openings::new::create;
    Get  "/openings/{id}" Viewer openings::show::show;
    Get  "/openings/{id}/edit" Viewer openings::edit::edit;
    Post "/openings/{id}" Owner openings::edit::update;
    Post "/openings/{id}/confirmations" Owner openings::confirmations::create;
    Post "/openings/{id}/statuses" Owner referrals::opening_moves::create;
    Post "/openings/{id}/changes/{change}/undoings" Owner referrals::opening_moves::take_back;
    Post "/openings/{id}/deletions" Owner openings::bin::delete;
    Post "/openings/{id}/restorations" Owner openings::bin::restore;

    Get  "/referrals" Viewer referrals::board::index;
    Get  "/referrals/new" Viewer referrals::new::new;
    Post "/referrals" Owner referrals::new::create;
    Get  "/referrals/{id}" Viewer referrals::show::show;
    Post "/referrals/{id}" Owner referrals::details::update;
    Post "/referrals/{id}/asks" Owner referrals::moves::ask;
    Post "/referrals/{id}/reminders" Owner referrals::moves::remind;
    Post "/referrals/{id}/agreements" Owner referrals::moves::agree;
    Post "/referrals/{id}/makings" Owner referrals::moves::make;
    Post "/referrals/{id}/declines" Owner referrals::moves::decline;
    Post "/referrals/{id}/tellings" Owner referrals::moves::tell;
    Post "/referrals/{id}/touchpoints/{touchpoint}/undoings" Owner referrals::actions::take_back;
    Post "/referrals/{id}/withdrawals" Owner referrals::actions::withdraw;
    Post "/referrals/{id}/reopenings" Owner referrals::actions::reopen;
    Post "/referrals/{id}/outcomes" Owner referrals::actions::set_outcome;
    Post "/referrals/{id}/snoozes" Owner referrals::actions::snooze;
    Post "/referrals/{id}/dismissals" Owner referrals::put_off::let_go;
    Post "/referrals/{id}/dismissal-withdrawals" Owner referrals::put_off::take_up;
    Post "/referrals/{id}/deletions" Owner referrals::bin::delete;
    Post "/referrals/{id}/restorations" Owner referrals::bin::restore;
    Post "/referral-tasks/{id}/done-marks" Owner referrals::tasks::mark_done;
    Post "/referral-tasks/{id}/reopenings" Owner referrals::tasks::reopen;
    Post "/referral-tasks/{id}/due-dates" Owner referrals::tasks::set_due;
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
