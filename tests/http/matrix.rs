//! Who may call which route: every row of the route table, asked by everyone.

use std::collections::{BTreeSet, HashMap};

use inroad::routes::{Route, TABLE, Verb, Who};

use crate::support::canary;
use crate::support::everything::Everything;
use crate::support::person::sign_in_again;
use crate::support::routes::{Opened, crawl, forms, has_id, path_of, route_to, routes};
use crate::support::sums::{Sums, sums_of};
use crate::support::{Answer, App, Person};

/// What the forms of Alice's pages would send, by route.
type Bodies = HashMap<&'static str, Vec<(String, String)>>;

async fn bodies(app: &App, ids: &Everything) -> Bodies {
    let mut bodies = Bodies::new();
    for found in forms(&crawl(app, &app.alice, ids).await) {
        // Whose form it is decides before anything else does; here that is to be asked of the rows.
        let mut fields = found.form.fields.clone();
        fields.retain(|(name, _)| name != inroad::web::made_for::FIELD);
        fields.extend(found.form.buttons.first().and_then(|button| button.field.clone()));
        bodies.entry(found.route.path).or_insert(fields);
    }
    bodies
}

async fn call(app: &App, person: &Person, route: &Route, path: &str, bodies: &Bodies) -> Answer {
    // What was called before may have ended the session.
    sign_in_again(app, person).await;
    match route.method {
        Verb::Get => person.get(path).await,
        Verb::Patch | Verb::Delete => person.send(person.request(route.method.into(), path)).await,
        Verb::Post => {
            let none = Vec::new();
            let fields = bodies.get(route.path).unwrap_or(&none);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            person.post(path, &fields).await
        }
    }
}

/// A house with Alice in it, and what her forms would send.
struct House {
    app: App,
    ids: Everything,
    bodies: Bodies,
    before: Sums,
}

impl House {
    async fn new() -> Self {
        let app = App::start().await;
        let ids = app.fill(&app.alice).await;
        let bodies = bodies(&app, &ids).await;
        let columns = canary::plant(&app.db, app.alice.id).await;
        assert!(columns >= 50, "only {columns} columns of hers hold the canary");
        let before = sums_of(&app.db, app.alice.id).await;
        Self { app, ids, bodies, before }
    }

    /// Calls every route with Alice's ids, says what came of it, and sees that nothing of hers was changed.
    async fn everything_asked_by(&self, person: &Person, expected: impl Fn(&Route, &Answer) -> bool) {
        let mut wrong = Vec::new();
        for route in TABLE {
            let path = path_of(route, &self.ids);
            let answer = call(&self.app, person, route, &path, &self.bodies).await;
            if !expected(route, &answer) {
                wrong.push(format!("{:?} {} ({:?}): {}", route.method, route.path, route.who, answer.gist()));
            }
            if person.id != self.app.bob.id && canary::told(&answer) {
                wrong.push(format!("{:?} {} tells {} what is Alice's", route.method, route.path, person.name));
            }
            let after = sums_of(&self.app.db, self.app.alice.id).await;
            assert_eq!(after, self.before, "{:?} {} by {} changed Alice's rows", route.method, route.path, person.name);
        }
        assert!(wrong.is_empty(), "asked by {}:\n{}", person.name, wrong.join("\n"));
    }
}

fn leads_to_login(answer: &Answer) -> bool {
    answer.status == 401 || (answer.status == 303 && answer.header("location").starts_with("/login"))
}

#[tokio::test]
async fn nobody_gets_to_the_login_and_changes_nothing() {
    let house = House::new().await;
    house
        .everything_asked_by(&house.app.visitor(), |route, answer| match route.who {
            Who::Anyone => !answer.status.is_server_error() && answer.status != 401,
            _ => leads_to_login(answer),
        })
        .await;
}

/// What someone with an account of their own may see of Alice's addresses: nothing.
fn as_a_stranger(route: &Route, answer: &Answer, known: bool) -> bool {
    let status = answer.status.as_u16();
    match route.who {
        Who::Anyone | Who::Myself => status < 500,
        Who::Admin => status == 404,
        Who::Program | Who::ProgramWriting => status == 401,
        // A form nobody has drawn may be refused before its id is looked at.
        Who::Viewer | Who::Owner | Who::Commenter if has_id(route) => {
            status == 404 || (!known && matches!(status, 400 | 415 | 422))
        }
        Who::Viewer | Who::Owner | Who::Commenter => status < 500 && status != 403,
    }
}

#[tokio::test]
async fn a_stranger_finds_nothing_of_hers_and_changes_nothing() {
    let house = House::new().await;
    let known = |route: &Route| route.method == Verb::Get || house.bodies.contains_key(route.path);
    house.everything_asked_by(&house.app.charlie, |route, answer| as_a_stranger(route, answer, known(route))).await;
}

#[tokio::test]
async fn an_administrator_manages_accounts_and_finds_nothing_of_hers() {
    let house = House::new().await;
    let known = |route: &Route| route.method == Verb::Get || house.bodies.contains_key(route.path);
    let mut wrong = Vec::new();
    for route in TABLE.iter().filter(|route| route.who != Who::Admin) {
        let answer = call(&house.app, &house.app.dora, route, &path_of(route, &house.ids), &house.bodies).await;
        if !as_a_stranger(route, &answer, known(route)) || canary::told(&answer) {
            wrong.push(format!("{:?} {}: {}", route.method, route.path, answer.gist()));
        }
        let after = sums_of(&house.app.db, house.app.alice.id).await;
        assert_eq!(after, house.before, "{:?} {} changed Alice's rows", route.method, route.path);
    }
    for route in routes(Verb::Get).filter(|route| route.who == Who::Admin) {
        let answer = house.app.dora.get(&path_of(route, &house.ids)).await;
        if !answer.status.is_success() || canary::told(&answer) {
            wrong.push(format!("{}: {}", route.path, answer.gist()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the tests above look for is there to be found: on her own pages, lists and files, and on her coach's.
#[tokio::test]
async fn her_own_pages_tell_what_nobody_else_may_read() {
    let house = House::new().await;
    house.app.alice.post(&format!("/introductions/{}/deletions", house.ids.introduction), &[]).await.to();
    for person in [&house.app.alice, &house.app.bob] {
        let mut told = BTreeSet::new();
        for route in routes(Verb::Get).filter(|route| route.who == Who::Viewer) {
            let answer = person.get(&path_of(route, &house.ids)).await;
            if canary::told(&answer) {
                told.insert(route.path);
            }
        }
        for list in
            ["/", "/companies", "/contacts", "/interviews", "/openings", "/referrals", "/insights", "/library", "/bin"]
        {
            assert!(told.contains(list), "{list} tells {} nothing of hers", person.name);
        }
        assert!(told.len() >= 40, "{told:?}");
    }
}

#[tokio::test]
async fn a_coach_sees_what_she_sees_and_changes_nothing() {
    let house = House::new().await;
    let mut seen = HashMap::new();
    for route in routes(Verb::Get) {
        let answer = house.app.alice.get(&path_of(route, &house.ids)).await;
        seen.insert(route.path, answer.status.as_u16());
    }
    house
        .everything_asked_by(&house.app.bob, |route, answer| {
            let status = answer.status.as_u16();
            match (route.who, route.method) {
                (Who::Viewer, Verb::Get) => status == seen[route.path],
                (Who::Viewer, _) => status < 500,
                // A page that is only for changing something may be refused like the change.
                (Who::Owner | Who::Commenter, _) => status == 403,
                (Who::Admin, _) => status == 404,
                (Who::Program | Who::ProgramWriting, _) => status == 401,
                (Who::Anyone | Who::Myself, _) => status < 500,
            }
        })
        .await;
}

#[tokio::test]
async fn a_coach_whose_grant_is_revoked_is_out_at_the_next_request() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let path = format!("/companies/{}", ids.company);
    app.bob.get(&path).await.is(200);
    for change in ["revoked_at = now()", "revoked_at = null, let_in_at = null, looked_at = null"] {
        let sql = format!("update grants set {change} where coach_id = $1");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(app.bob.id).execute(&app.db).await.unwrap();
        app.bob.get(&path).await.is(404);
        let page = app.bob.get("/companies").await.is(200).page();
        assert!(!page.has("aside.banner"), "he is back with his own");
    }
}

#[tokio::test]
async fn every_link_and_every_form_leads_to_a_route() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let mut astray = BTreeSet::new();
    for Opened { page, route, .. } in crawl(&app, &app.alice, &ids).await {
        let links = page.links().into_iter().map(|(_, to)| (Verb::Get, to)).filter(|(_, to)| to.starts_with('/'));
        let forms = page
            .forms()
            .into_iter()
            .map(|form| (if form.method == "post" { Verb::Post } else { Verb::Get }, form.action));
        for (method, to) in links.chain(forms) {
            if route_to(method, &to).is_none() {
                let to = to.split('?').next().unwrap_or_default().replace(|c: char| c.is_ascii_digit(), "0");
                astray.insert(format!("{}: {method:?} {to}", route.path));
            }
        }
    }
    assert!(astray.is_empty(), "{astray:#?}");
}

#[tokio::test]
async fn the_owner_may_do_everything_her_pages_offer() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let bodies = bodies(&app, &ids).await;
    let mut wrong = Vec::new();
    // A feed's address is nobody's before it is made, links of mails and an issuer's answer carry a secret, a program says who
    // it is, and programs show a token. What a coach said and suggested is the coach's to change.
    let secret = [
        "/calendar/{file}",
        "/reminders/acts",
        "/reminders/ends",
        "/login/issuer/answer",
        "/oauth/authorize",
        "/comments/{id}/edit",
        "/suggestions/{id}/edit",
    ];
    let hers = routes(Verb::Get).filter(|route| !matches!(route.who, Who::Admin | Who::Program | Who::ProgramWriting));
    for route in hers.filter(|route| !secret.contains(&route.path)) {
        let answer = app.alice.get(&path_of(route, &ids)).await;
        if !(answer.status.is_success() || answer.status == 303) {
            wrong.push(format!("{}: {}", route.path, answer.gist()));
        }
    }
    for route in routes(Verb::Post).filter(|route| matches!(route.who, Who::Owner | Who::Commenter)) {
        // Each on rows of its own: the call before may have deleted the last ones.
        let fresh = app.fill(&app.alice).await;
        let fields: Bodies = bodies
            .get(route.path)
            .map(|fields| fields.iter().map(|(name, value)| (name.clone(), fresh.instead_of(&ids, value))).collect())
            .map(|fields| (route.path, fields))
            .into_iter()
            .collect();
        let answer = call(&app, &app.alice, route, &path_of(route, &fresh), &fields).await;
        let known = fields.contains_key(route.path);
        if answer.status.is_server_error() || leads_to_login(&answer) || (known && answer.status == 403) {
            wrong.push(format!("{}: {}", route.path, answer.gist()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
