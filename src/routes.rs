//! THE route table: method, path, who may, handler. Mounted by the server, walked by the tests.

use axum::Router;
use axum::routing::on;

use crate::app::App;
use crate::error;
use crate::web::body::{SMALL, bytes_of};
use crate::web::renamed;
use crate::{
    accounts, companies, contacts, demo, export, health, insights, interviews, introductions, library, offers,
    openings, progress, referrals, search, search_end, today, transfer, trash, web,
};

mod row;
pub use row::{Route, Verb, Who};

macro_rules! routes {
    ($($method:ident $path:literal $who:ident $($handler:ident)::+;)+) => {
        /// Every route there is.
        pub const TABLE: &[Route] = &[$(Route { method: Verb::$method, path: $path, who: Who::$who }),+];

        /// The router of the table.
        pub fn router() -> Router<App> {
            Router::new()
                $(.route($path, on(Verb::$method.filter(), $($handler)::+)))+
                .fallback(renamed::answer)
                .method_not_allowed_fallback(error::wrong_method)
        }
    };
}

routes! {
    Get  "/healthz" Anyone health::alive;
    Get  "/readyz" Anyone health::ready;
    Get  "/static/{hash}/{*name}" Anyone web::assets::serve;
    Get  "/worker.js" Anyone web::installed::worker;
    Get  "/offline" Anyone web::installed::offline;

    Get  "/signup" Anyone accounts::sign_up::show;
    Post "/signup" Anyone accounts::sign_up::create;
    Get  "/login" Anyone accounts::sign_in::show;
    Get  "/password" Anyone accounts::password_link::show;
    Post "/password" Anyone accounts::password_link::update;
    Post "/login" Anyone accounts::sign_in::create;
    Post "/logout" Anyone accounts::sign_in::destroy;
    Get  "/kept" Owner accounts::kept::index;
    Post "/kept" Owner accounts::kept::send;
    Post "/kept/removals" Owner accounts::kept::remove;
    Get  "/confirm" Myself accounts::confirm::show;
    Post "/confirm" Myself accounts::confirm::create;
    Get  "/settings" Viewer accounts::settings::search::show;
    Post "/settings/search" Owner accounts::settings::search::update;
    Get  "/settings/sentence" Viewer accounts::settings::search::sentence;
    Get  "/settings/pace" Viewer accounts::settings::follow_up::show;
    Post "/settings/pace" Owner accounts::settings::follow_up::update;
    Get  "/settings/holidays" Viewer accounts::settings::holidays::index;
    Post "/settings/holidays" Owner accounts::settings::holidays::create;
    Post "/settings/holidays/removals" Owner accounts::settings::holidays::remove;
    Post "/settings/holidays/restorations" Owner accounts::settings::holidays::restore;
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
    Post "/settings/people/{id}/entries" Owner accounts::settings::people::let_in;
    Post "/settings/people/{id}/revocations" Owner accounts::settings::people::revoke;
    Get  "/settings/retention" Owner contacts::retention::show;
    Post "/settings/retention" Owner contacts::retention::update;
    Get  "/settings/data" Owner accounts::settings::data::show;
    Post "/settings/deletions" Owner accounts::settings::data::delete;
    Get  "/export" Owner export::page::show;
    Get  "/export/archive.zip" Owner export::archives::download;
    Get  "/export/table.csv" Owner export::downloads::table;
    Get  "/export/contacts.vcf" Owner export::downloads::contacts;
    Get  "/export/talks.ics" Owner export::downloads::talks;
    Get  "/export/dossiers.zip" Owner export::downloads::dossiers;
    Get  "/contacts/{id}/card.vcf" Viewer export::downloads::card;
    Get  "/contacts/{id}/everything.json" Owner export::downloads::everything;
    Post "/archives" Owner export::archives::create;
    Get  "/looking" Myself accounts::coaches::index;
    Post "/looking/end" Myself accounts::coaches::end;
    Get  "/looking/invitation" Myself accounts::coaches::invitation;
    Post "/looking/acceptances" Myself accounts::coaches::accept;
    Post "/looking/{id}/refusals" Myself accounts::coaches::refuse;
    Post "/looking/{id}/looks" Myself accounts::coaches::look;
    Get  "/admin" Admin accounts::admin::accounts::index;
    Post "/admin/accounts/{id}" Admin accounts::admin::accounts::change;
    Post "/admin/accounts/{id}/password-links" Admin accounts::admin::accounts::make_password_link;
    Get  "/admin/invitations" Admin accounts::admin::invitations::index;
    Post "/admin/invitations" Admin accounts::admin::invitations::create;
    Post "/admin/invitations/{id}/revocations" Admin accounts::admin::invitations::revoke;
    Get  "/admin/installation" Admin accounts::admin::installation::show;
    Post "/admin/installation" Admin accounts::admin::installation::update;
    Get  "/" Viewer today::page::show;
    Post "/first-steps/skips" Owner today::skips::skip;
    Post "/examples" Owner demo::example::create;
    Post "/examples/removals" Owner demo::example::remove;
    Get  "/guide" Viewer today::guide::show;
    Get  "/guide/capture" Viewer today::capture::show;
    Get  "/run" Viewer today::run::step;
    Post "/today/snoozes" Owner today::snoozes::create;
    Post "/today/snoozes/undos" Owner today::snoozes::undo;
    Post "/today/ends" Owner today::ends::create;
    Post "/today/ends/undos" Owner today::ends::undo;
    Get  "/review" Viewer today::review::show;
    Post "/review/ends" Owner today::review::end;
    Post "/review/ends/undos" Owner today::review::undo;
    Post "/review/move-ons" Owner today::move_ons::create;
    Post "/review/move-ons/undos" Owner today::move_ons::undo;
    Get  "/companies" Viewer companies::pages::index;
    Get  "/companies/new" Viewer companies::add::new;
    Post "/companies" Owner companies::add::create;
    Post "/company-lists/deletions" Owner companies::add::forget;
    Post "/company-lists/{id}/undos" Owner companies::add::undo;
    Get  "/companies/careers" Viewer companies::careers::index;
    Get  "/companies/{id}" Viewer companies::show::show;
    Get  "/companies/{id}/edit" Viewer companies::edit::edit;
    Post "/companies/{id}" Owner companies::edit::update;
    Post "/companies/{id}/ratings" Owner companies::rate::create;
    Post "/companies/{id}/settings/undos" Owner companies::rate::undo;
    Post "/companies/{id}/statuses" Owner companies::statuses::create;
    Post "/companies/{id}/careers-checks" Owner companies::careers::check;
    Post "/companies/{id}/careers-checks/undos" Owner companies::careers::undo;
    Post "/companies/{id}/careers-rhythms" Owner companies::careers::set_rhythm;
    Post "/companies/{id}/deletions" Owner companies::bin::delete;
    Post "/companies/{id}/restorations" Owner companies::bin::restore;
    Get  "/companies/duplicates" Viewer companies::duplicates::index;
    Post "/companies/{id}/distinctions" Owner companies::duplicates::part;
    Post "/companies/{id}/distinctions/undos" Owner companies::duplicates::ask_again;
    Get  "/companies/{id}/join" Owner trash::joins::show_company;
    Post "/companies/{id}/joins" Owner trash::joins::join_company;

    Get  "/interviews" Viewer interviews::list::index;
    Get  "/interviews/new" Viewer interviews::scheduling::schedule::new;
    Post "/interviews" Owner interviews::scheduling::schedule::create;
    Get  "/interviews/{id}" Viewer interviews::show::show;
    Get  "/interviews/{id}/edit" Viewer interviews::scheduling::edit::edit;
    Post "/interviews/{id}" Owner interviews::scheduling::edit::update;
    Get  "/interviews/{id}/calendar.ics" Viewer interviews::show::calendar_file;
    Post "/interviews/{id}/outcomes" Owner interviews::wrap_up::referral_talk::create;
    Post "/interviews/{id}/outcomes/undos" Owner interviews::wrap_up::referral_talk::undo_outcome;
    Post "/interviews/{id}/referrals/undos" Owner interviews::wrap_up::referral_talk::undo_referral;
    Post "/interviews/{id}/preparations" Owner interviews::wrap_up::outcomes::prepare;
    Post "/interviews/{id}/preparations/undos" Owner interviews::wrap_up::outcomes::undo_preparation;
    Post "/interviews/{id}/deletions" Owner interviews::scheduling::bin::delete;
    Post "/interviews/{id}/restorations" Owner interviews::scheduling::bin::restore;
    Get  "/interviews/{id}/prepare" Viewer interviews::preparation::prepare::show;
    Post "/interviews/{id}/findings" Owner interviews::preparation::prepare::save;
    Post "/interviews/{id}/questions" Owner interviews::preparation::questions::create;
    Post "/interview-questions/{id}" Owner interviews::preparation::questions::update;
    Post "/interview-questions/{id}/moves" Owner interviews::preparation::questions::step;
    Post "/interview-questions/{id}/deletions" Owner interviews::preparation::questions::delete;
    Post "/interview-questions/{id}/restorations" Owner interviews::preparation::questions::restore;
    Get  "/interviews/{id}/live" Viewer interviews::live::page::show;
    Post "/interviews/{id}/answers" Owner interviews::live::page::save;
    Get  "/interviews/{id}/wrap-up" Viewer interviews::wrap_up::page::show;
    Post "/interviews/{id}/people" Owner interviews::wrap_up::people::create;
    Post "/interviews/{id}/action-items" Owner interviews::action_items::create;
    Get  "/action-items/{id}/edit" Viewer interviews::action_items::edit;
    Post "/action-items/{id}" Owner interviews::action_items::update;
    Post "/action-items/{id}/reminders" Owner contacts::reminders::create;
    Post "/action-items/{id}/done-marks" Owner interviews::action_items::mark_done;
    Post "/action-items/{id}/snoozes" Owner interviews::action_items::snooze;
    Post "/action-items/{id}/dismissals" Owner interviews::action_items::dismiss;
    Post "/action-items/{id}/deletions" Owner interviews::action_items::delete;
    Post "/action-items/{id}/restorations" Owner interviews::action_items::restore;
    Post "/interviews/{id}/insights" Owner interviews::wrap_up::insights::create;
    Post "/insights/{id}/deletions" Owner insights::after_talk::delete;
    Post "/insights/{id}/restorations" Owner insights::after_talk::restore;

    Get  "/contacts/{id}/proposals" Viewer interviews::scheduling::proposals::show;
    Post "/contacts/{id}/proposals" Owner interviews::scheduling::proposals::create;
    Post "/contacts/{id}/proposals/choices" Owner interviews::scheduling::choices::choose;
    Post "/contacts/{id}/proposals/undos" Owner interviews::scheduling::choices::undo;
    Post "/contacts/{id}/proposals/refusals" Owner interviews::scheduling::choices::refuse;
    Post "/contacts/{id}/written-answers" Owner interviews::scheduling::written_answers::create;
    Post "/interviews/{id}/starts" Owner interviews::live::clock::start;
    Post "/interviews/{id}/speakers" Owner interviews::live::clock::speak;
    Post "/interviews/{id}/openings" Owner interviews::wrap_up::mentioned::create;
    Post "/interviews/{id}/captured-lines" Owner interviews::live::lines::create;
    Post "/interviews/{id}/filings" Owner interviews::wrap_up::filing::create;
    Post "/interviews/{id}/filings/undos" Owner interviews::wrap_up::filing::undo;
    Post "/insights/{id}/thank-you-ticks" Owner insights::after_talk::tick;

    Get  "/contacts" Viewer contacts::list::index;
    Get  "/contacts/new" Viewer contacts::add::new;
    Get  "/contacts/choices" Viewer contacts::choices::index;
    Get  "/capture" Viewer contacts::capture::show;
    Post "/captures" Owner contacts::capture::create;
    Get  "/captures/{id}" Viewer contacts::capture::open;
    Post "/captures/{id}/removals" Owner contacts::capture::remove;
    Post "/captures/{id}/restorations" Owner contacts::capture::restore;
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
    Get  "/contacts/{id}/forget" Owner trash::forget::show;
    Post "/contacts/{id}/forgettings" Owner trash::forget::create;
    Post "/contacts/forgotten/removals" Owner contacts::retention::lift_marks;
    Get  "/contacts/{id}/join" Owner trash::joins::show_contact;
    Post "/contacts/{id}/joins" Owner trash::joins::join_contact;
    Post "/joins/{id}/undos" Owner trash::joins::undo;

    Get  "/contacts/changes" Owner contacts::changes::new;
    Post "/contacts/changes" Owner contacts::changes::create;
    Post "/bulk-changes/{id}/undos" Owner contacts::changes::undo;
    Get  "/tags" Viewer contacts::tags::index;
    Post "/tags/{id}" Owner contacts::tags::rename;
    Post "/tags/{id}/undos" Owner contacts::tags::undo;
    Post "/tags/{id}/deletions" Owner contacts::tags::delete;
    Post "/contacts/{id}/tags" Owner contacts::tags::add;
    Post "/contacts/{id}/tags/restorations" Owner contacts::tags::restore;
    Post "/contacts/{id}/tags/{tag}/removals" Owner contacts::tags::remove;
    Get  "/contacts/duplicates" Viewer contacts::duplicates::index;
    Post "/contacts/{id}/distinctions" Owner contacts::duplicates::part;
    Post "/contacts/{id}/distinctions/undos" Owner contacts::duplicates::ask_again;
    Get  "/contacts/leaving" Viewer contacts::leaving::index;
    Post "/contacts/{id}/keepings" Owner contacts::leaving::create;
    Post "/contacts/{id}/keepings/undos" Owner contacts::leaving::undo;
    Get  "/contacts/in-touch" Viewer contacts::in_touch::index;
    Get  "/contacts/{id}/sent-on" Viewer contacts::sent_on::new;
    Post "/contacts/{id}/sent-on" Owner contacts::sent_on::create;
    Post "/contacts/{id}/sent-on/{touchpoint}/undos" Owner contacts::sent_on::undo;
    Post "/contacts/{id}/closenesses" Owner contacts::closeness::create;
    Post "/contacts/{id}/closenesses/undos" Owner contacts::closeness::undo;
    Post "/contacts/{id}/rhythms" Owner contacts::rhythms::create;
    Post "/contacts/{id}/rhythms/undos" Owner contacts::rhythms::undo;
    Post "/contacts/{id}/dates" Owner contacts::dates::create;
    Post "/contact-dates/{id}" Owner contacts::dates::update;
    Post "/contact-dates/{id}/undos" Owner contacts::dates::undo;
    Post "/contact-dates/{id}/deletions" Owner contacts::dates::delete;
    Post "/contact-dates/{id}/restorations" Owner contacts::dates::restore;
    Post "/contacts/{id}/reasons" Owner contacts::reasons::create;
    Post "/contacts/{id}/advice/{insight}/reasons" Owner contacts::reasons::act_on;
    Post "/reasons/{id}/deletions" Owner contacts::reasons::delete;
    Post "/reasons/{id}/restorations" Owner contacts::reasons::restore;

    Get  "/contacts/suggestions" Viewer contacts::suggestions::index;
    Post "/contacts/picks/undos" Owner contacts::selections::undo_picks;
    Post "/contacts/{id}/second-people" Owner contacts::second_person::create;
    Get  "/openings" Viewer openings::pages::index;
    Get  "/openings/new" Viewer openings::new::new;
    Post "/openings" Owner openings::new::create;
    Get  "/openings/{id}" Viewer openings::show::show;
    Get  "/openings/{id}/edit" Viewer openings::edit::edit;
    Post "/openings/{id}" Owner openings::edit::update;
    Post "/openings/{id}/confirmations" Owner openings::confirmations::create;
    Post "/openings/{id}/statuses" Owner openings::statuses::create;
    Post "/openings/{id}/changes/{change}/undos" Owner openings::statuses::undo;
    Post "/openings/{id}/next-steps" Owner openings::next_steps::create;
    Post "/openings/{id}/next-steps/done-marks" Owner openings::next_steps::mark_done;
    Post "/openings/{id}/next-steps/undos" Owner openings::next_steps::undo;
    Post "/openings/{id}/next-steps/snoozes" Owner openings::next_steps::snooze;
    Post "/openings/{id}/next-steps/snoozes/undos" Owner openings::next_steps::undo_snooze;
    Post "/openings/{id}/deletions" Owner openings::bin::delete;
    Post "/openings/{id}/restorations" Owner openings::bin::restore;

    Get  "/offers" Viewer offers::compare::index;
    Get  "/openings/{id}/offer" Viewer offers::form::show;
    Post "/openings/{id}/offer" Owner offers::form::save;
    Post "/openings/{id}/offer/decisions" Owner offers::decisions::create;
    Post "/openings/{id}/offer/decisions/undos" Owner offers::decisions::undo;
    Post "/offer-criteria" Owner offers::criteria::create;
    Post "/offer-criteria/{id}/weights" Owner offers::criteria::weigh;
    Post "/offer-criteria/{id}/deletions" Owner offers::criteria::delete;
    Post "/offer-criteria/{id}/restorations" Owner offers::criteria::restore;

    Get  "/referrals" Viewer referrals::board::index;
    Get  "/referrals/new" Viewer referrals::new::new;
    Post "/referrals" Owner referrals::new::create;
    Get  "/referrals/{id}" Viewer referrals::show::show;
    Post "/referrals/{id}" Owner referrals::details::update;
    Post "/referrals/{id}/fits" Owner referrals::details::set_fit;
    Post "/referrals/{id}/asks" Owner referrals::moves::ask;
    Post "/referrals/{id}/reminders" Owner referrals::moves::remind;
    Post "/referrals/{id}/agreements" Owner referrals::moves::agree;
    Post "/referrals/{id}/makings" Owner referrals::moves::make;
    Post "/referrals/{id}/declines" Owner referrals::moves::decline;
    Post "/referrals/{id}/tellings" Owner referrals::moves::tell;
    Post "/referrals/{id}/touchpoints/{touchpoint}/undos" Owner referrals::actions::undo;
    Post "/referrals/{id}/withdrawals" Owner referrals::actions::withdraw;
    Post "/referrals/{id}/reopenings" Owner referrals::actions::reopen;
    Post "/referrals/{id}/outcomes" Owner referrals::actions::set_outcome;
    Post "/referrals/{id}/snoozes" Owner referrals::actions::snooze;
    Post "/referrals/{id}/dismissals" Owner referrals::dismissals::let_go;
    Post "/referrals/{id}/dismissals/undos" Owner referrals::dismissals::undo;
    Post "/referrals/{id}/deletions" Owner referrals::bin::delete;
    Post "/referrals/{id}/restorations" Owner referrals::bin::restore;
    Post "/referral-tasks/{id}/done-marks" Owner referrals::tasks::mark_done;
    Post "/referral-tasks/{id}/done-marks/undos" Owner referrals::tasks::undo;
    Post "/referral-tasks/{id}/due-dates" Owner referrals::tasks::set_due;

    Get  "/progress" Viewer progress::page::show;
    Get  "/progress/table.csv" Viewer progress::table::show;
    Get  "/progress/picture.svg" Viewer progress::picture::show;

    Get  "/library" Viewer library::pages::index;
    Get  "/library/new" Viewer library::editor::new;
    Post "/templates" Owner library::editor::create;
    Get  "/templates/{id}" Viewer library::editor::show;
    Post "/templates/{id}" Owner library::editor::update;
    Post "/templates/{id}/deletions" Owner library::bin::delete;
    Post "/templates/{id}/restorations" Owner library::bin::restore;
    Get  "/library/questions" Viewer interviews::preparation::bank::index;
    Post "/questions" Owner interviews::preparation::bank::create;
    Post "/questions/hidings" Owner interviews::preparation::bank::hide;
    Post "/questions/{id}" Owner interviews::preparation::bank::update;
    Post "/questions/{id}/deletions" Owner interviews::preparation::bank::delete;
    Post "/questions/{id}/restorations" Owner interviews::preparation::bank::restore;

    Get  "/import" Viewer transfer::start::show;
    Post "/imports" Owner transfer::start::create;
    Get  "/imports/{id}" Viewer transfer::show::show;
    Get  "/imports/{id}/columns" Viewer transfer::columns::show;
    Post "/imports/{id}/columns" Owner transfer::columns::save;
    Post "/imports/{id}/confirmations" Owner transfer::confirm::create;
    Post "/imports/{id}/undos" Owner transfer::undo::create;

    Get  "/introductions" Viewer introductions::list::index;
    Get  "/introductions/new" Viewer introductions::new::new;
    Post "/introductions" Owner introductions::new::create;
    Get  "/introductions/tree" Viewer introductions::tree_page::show;
    Get  "/introductions/{id}" Viewer introductions::show::show;
    Post "/introductions/{id}" Owner introductions::note::update;
    Post "/introductions/{id}/asks" Owner introductions::moves::ask;
    Post "/introductions/{id}/reminders" Owner introductions::moves::remind;
    Post "/introductions/{id}/makings" Owner introductions::moves::make;
    Post "/introductions/{id}/declines" Owner introductions::moves::decline;
    Post "/introductions/{id}/touchpoints/{touchpoint}/undos" Owner introductions::moves::undo;
    Post "/introductions/{id}/deletions" Owner introductions::bin::delete;
    Post "/introductions/{id}/restorations" Owner introductions::bin::restore;
    Get  "/companies/{id}/paths" Viewer introductions::ways::to_company;
    Get  "/contacts/{id}/paths" Viewer introductions::ways::to_contact;

    Get  "/companies/{id}/dossier" Viewer insights::dossier::show;
    Get  "/companies/{id}/dossier.md" Viewer insights::dossier::download;
    Post "/companies/{id}/insights" Owner insights::lines::create;
    Get  "/insights" Viewer insights::across::index;
    Get  "/insights/{id}/edit" Viewer insights::edit::edit;
    Post "/insights/{id}" Owner insights::edit::update;
    Post "/insights/{id}/weights" Owner insights::lines::weigh;
    Post "/insights/{id}/undos" Owner insights::lines::undo;
    Post "/insights/{id}/hidings" Owner insights::lines::hide;
    Post "/insights/{id}/showings" Owner insights::lines::show;
    Post "/insights/{id}/separations" Owner insights::links::separate;
    Post "/insight-links" Owner insights::links::create;
    Post "/insight-links/removals" Owner insights::links::remove;
    Post "/insight-links/restorations" Owner insights::links::restore;

    Get  "/search" Viewer search::page::show;
    Get  "/bin" Viewer trash::page::show;
    Get  "/settings/changes" Viewer accounts::settings::changes::show;
    Get  "/away" Viewer accounts::settings::away::show;
    Post "/away" Owner accounts::settings::away::create;
    Post "/away/returns" Owner accounts::settings::away::come_back;
    Post "/away/cancellations" Owner accounts::settings::away::cancel;
    Post "/away/restorations" Owner accounts::settings::away::restore;
    Post "/list-views" Owner accounts::list_views::create;
    Post "/list-views/deletions" Owner accounts::list_views::delete;
    Post "/list-views/restorations" Owner accounts::list_views::restore;
    Get  "/ending" Viewer search_end::page::show;
    Post "/ending" Owner search_end::page::update;
    Post "/ending/reopenings" Owner search_end::page::reopen;
    Post "/ending/restorations" Owner search_end::page::restore;
    Get  "/ending/{id}" Viewer search_end::thanks::show;
    Post "/ending/{id}/skips" Owner search_end::thanks::skip;
    Post "/ending/{id}/skips/undos" Owner search_end::thanks::undo_skip;
}

/// Bytes a form sent there may have: as many as the largest of them needs, and few where nobody need be signed in.
pub fn form_limit(route: Option<&str>) -> usize {
    let signed_in = |row: &Route| row.method == Verb::Post && Some(row.path) == route && row.who != Who::Anyone;
    if TABLE.iter().any(signed_in) { LARGEST_FORM } else { SMALL }
}

/// Bytes of the largest form: the boxes of a talk, all full.
pub const LARGEST_FORM: usize = bytes_of(interviews::live::page::CHARACTERS);
