//! The program's own route table, with real ids in its paths: what the matrices walk.

use std::collections::{BTreeSet, VecDeque};

use inroad::routes::{Route, TABLE, Verb};

use super::app::App;
use super::everything::Everything;
use super::page::{Form, Page};
use super::person::Person;

/// What stands for a parameter, of these rows.
type Value = fn(&Everything) -> String;

/// What stands in a path for a parameter: the end of the path before it, and whose id belongs there. The first that fits counts.
/// A route with a new kind of parameter fails the tests until it has its line here.
const PARAMETERS: &[(&str, Value)] = &[
    ("/static/", |_| static_part(0)),
    ("/static/{hash}/", |_| static_part(1)),
    ("/calendar/", |_| "no-such-feed.ics".into()),
    ("/companies/", |of| of.company.to_string()),
    ("/company-lists/", |of| of.company_list.to_string()),
    ("/documents/", |of| of.document.to_string()),
    ("/document-versions/", |of| of.document_version.to_string()),
    ("/sent-documents/", |of| of.sent_document.to_string()),
    ("/ending/", |of| of.contact.to_string()),
    ("/captures/", |of| of.capture.to_string()),
    ("/contacts/", |of| of.contact.to_string()),
    ("/tags/", |of| of.tag.to_string()),
    ("/bulk-changes/", |of| of.bulk_change.to_string()),
    ("/touchpoints/", |of| of.touchpoint.to_string()),
    ("/introductions/", |of| of.introduction.to_string()),
    ("/interview-questions/", |of| of.picked_question.to_string()),
    ("/interviews/", |of| of.interview.to_string()),
    ("/questions/", |of| of.question.to_string()),
    ("/findings/", |of| of.finding.to_string()),
    ("/insights/", |of| of.insight.to_string()),
    ("/contact-dates/", |of| of.contact_date.to_string()),
    ("/comments/", |of| of.comment.to_string()),
    ("/suggestions/", |of| of.suggestion.to_string()),
    ("/reasons/", |of| of.reason.to_string()),
    ("/advice/", |of| of.insight.to_string()),
    ("/sent-on/", |of| of.touchpoint.to_string()),
    ("/action-items/", |of| of.action_item.to_string()),
    ("/openings/", |of| of.opening.to_string()),
    ("/openings/{id}/changes/", |of| of.opening_change.to_string()),
    ("/referrals/", |of| of.referral.to_string()),
    ("/referral-tasks/", |of| of.task.to_string()),
    ("/tasks/", |of| of.task.to_string()),
    ("/referral-tasks/", |of| of.task.to_string()),
    ("/offer-criteria/", |of| of.criterion.to_string()),
    ("/templates/", |of| of.template.to_string()),
    ("/joins/", |of| of.join.to_string()),
    ("/imports/", |of| of.import.to_string()),
    ("/import/", |of| of.import.to_string()),
    ("/remembered-browsers/", |of| of.remembered_browser.to_string()),
    ("/passkeys/", |of| of.passkey.to_string()),
    ("/reminders/devices/", |of| of.push_device.to_string()),
    ("/sessions/", |of| of.session.to_string()),
    ("/grants/", |of| of.grant.to_string()),
    ("/people/", |of| of.grant.to_string()),
    ("/looking/", |of| of.grant.to_string()),
    ("/programs/", |of| of.access_token.to_string()),
    ("/settings/cohorts/", |of| of.cohort_member.to_string()),
    ("/cohort-coaches/", |of| of.cohort_coach.to_string()),
    ("/cohorts/", |of| of.cohort.to_string()),
    ("/cohort-members/", |of| of.cohort_member.to_string()),
    ("/cohort-lists/", |of| of.cohort_list.to_string()),
    ("/invitations/", |of| of.invitation.to_string()),
    ("/users/", |of| of.account.to_string()),
    ("/accounts/", |of| of.account.to_string()),
];

/// The hash or the name of a static file, as its address has them.
fn static_part(part: usize) -> String {
    let address = inroad::web::assets::url("style.css");
    address.trim_start_matches("/static/").split('/').nth(part).unwrap().to_owned()
}

/// The path of a route with these ids in it.
pub fn path_of(route: &Route, ids: &Everything) -> String {
    let mut path = String::new();
    let mut rest = route.path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, onward) = after.split_once('}').unwrap();
        path.push_str(before);
        let so_far = &route.path[..route.path.len() - after.len() - 1];
        let known = PARAMETERS.iter().find(|(end, _)| so_far.ends_with(end));
        let (_, id) = known.unwrap_or_else(|| {
            panic!("{}: say in PARAMETERS (tests/support/routes.rs) what {{{name}}} after '{so_far}' is", route.path)
        });
        path.push_str(&id(ids));
        rest = onward;
    }
    path + rest
}

/// Whether anything of the path is an id.
pub fn has_id(route: &Route) -> bool {
    route.path.contains('{') && !route.path.starts_with("/static/")
}

/// Every route of that method.
pub fn routes(method: Verb) -> impl Iterator<Item = &'static Route> {
    TABLE.iter().filter(move |route| route.method == method)
}

/// The route a path leads to; one without parameters comes first.
pub fn route_to(method: Verb, path: &str) -> Option<&'static Route> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let fits = |route: &&Route| {
        let mut parts = path.split('/');
        let same = route.path.split('/').all(|pattern| match parts.next() {
            Some(part) => pattern == part || (pattern.starts_with('{') && !part.is_empty()),
            None => false,
        });
        same && parts.next().is_none()
    };
    routes(method).filter(fits).min_by_key(|route| route.path.matches('{').count())
}

/// A page that was opened on the way through the house.
pub struct Opened {
    /// Its route.
    pub route: &'static Route,
    /// Path and query.
    pub path: String,
    /// What it shows.
    pub page: Page,
}

/// A form that stands on a page.
#[derive(Clone)]
pub struct Found {
    /// The address of the page it stands on.
    pub on: String,
    /// Where it leads.
    pub route: &'static Route,
    /// The form.
    pub form: Form,
}

/// Opens every page this person can reach: each GET route with these ids, and what those pages link to, each kind of
/// address once.
pub async fn crawl(app: &App, person: &Person, ids: &Everything) -> Vec<Opened> {
    let starts = routes(Verb::Get).filter(|route| !route.path.starts_with("/static/"));
    let mut ahead: VecDeque<String> = starts.map(|route| path_of(route, ids)).collect();
    let mut known = BTreeSet::new();
    let mut opened = Vec::new();
    while let Some(path) = ahead.pop_front() {
        let Some(route) = route_to(Verb::Get, &path) else { continue };
        if route.path.starts_with("/static/") || !known.insert((route.path, query_names(app, &path))) {
            continue;
        }
        let answer = person.get(&path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.gist());
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = answer.page();
        ahead.extend(page.links().into_iter().map(|(_, to)| to).filter(|to| to.starts_with('/')));
        opened.push(Opened { route, path, page });
    }
    opened
}

fn query_names(app: &App, path: &str) -> Vec<String> {
    let url = url::Url::parse(&format!("http://{}", app.address)).unwrap().join(path).unwrap();
    let mut names: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    names.sort();
    names
}

/// Every form of these pages that is posted, each kind once: by where it leads and what it asks.
pub fn forms(opened: &[Opened]) -> Vec<Found> {
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for Opened { path, page, .. } in opened {
        for form in page.forms().into_iter().filter(|form| form.method == "post") {
            let Some(route) = route_to(Verb::Post, &form.action) else { continue };
            let mut names: Vec<_> = form.controls.iter().map(|control| control.name.clone()).collect();
            names.extend(form.buttons.iter().filter_map(|button| Some(button.field.as_ref()?.0.clone())));
            names.sort();
            names.dedup();
            if known.insert((route.path, names)) {
                found.push(Found { on: path.clone(), route, form });
            }
        }
    }
    found
}
