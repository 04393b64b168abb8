//! Who may look at whose search: inviting, accepting, looking, and the end of it.

use inroad::database::At;
use inroad::ids::GrantId;
use jiff::SignedDuration;

use crate::support::person::{add_account, open_session};
use crate::support::{Answer, App, Page, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn invite(app: &App, email: &str) -> Answer {
    let page = app.alice.get("/settings/people").await.is(200).page();
    page.form_to("/settings/people").fill("E-mail", email).submit(&app.alice).await
}

async fn looking(person: &Person) -> Page {
    person.get("/looking").await.is(200).page()
}

/// The form of the page whose address ends like this.
#[track_caller]
fn press(page: &Page, end: &str) -> crate::support::Form {
    let form = page.forms().into_iter().find(|form| form.action.ends_with(end));
    form.unwrap_or_else(|| panic!("no form ends with {end}"))
}

async fn sees_alice(person: &Person) -> bool {
    person.get("/companies").await.is(200).page().text("aside.banner").contains("Alice Adams")
}

#[tokio::test]
async fn a_coach_is_invited_accepts_looks_and_is_turned_away() {
    let app = App::start().await;
    app.alice.company("Orbital Works").await;
    invite(&app, "Charlie@Example.org").await.to();
    let page = looking(&app.charlie).await;
    assert!(page.says("Alice Adams") && page.says("invited you today"));
    let accepted = press(&page, "/acceptances").submit(&app.charlie).await;
    let page = app.charlie.follow(&accepted).await;
    assert!(!sees_alice(&app.charlie).await, "accepting is not looking yet");

    let (own, path) = (app.charlie.token(), press(&page, "/looks").action);
    assert_eq!(press(&page, "/looks").submit(&app.charlie).await.to(), "/");
    assert_ne!(app.charlie.token(), own, "what may be seen changed, so did the token");
    assert!(sees_alice(&app.charlie).await);
    assert!(app.charlie.get("/companies").await.body.contains("Orbital Works"));
    app.charlie.post("/companies", &[("companies", "Mine"), ("found_by", "own_idea")]).await.is(403);

    let looking_token = app.charlie.token();
    let end = app.charlie.get("/companies").await.page().form_to("/looking/end");
    assert_eq!(end.submit(&app.charlie).await.to(), "/looking");
    assert_ne!(app.charlie.token(), looking_token);
    assert!(!sees_alice(&app.charlie).await);

    app.charlie.post(&path, &[]).await.to();
    let page = app.alice.get("/settings/people").await.is(200).page();
    assert!(page.says("Charlie Clark"));
    for form in page.forms().into_iter().filter(|form| form.action.ends_with("/revocations")) {
        form.submit(&app.alice).await.to();
    }
    assert!(!sees_alice(&app.charlie).await, "out at the next request");
    app.charlie.post(&path, &[]).await.is(404);

    invite(&app, "charlie@example.org").await.to();
    press(&looking(&app.charlie).await, "/acceptances").submit(&app.charlie).await.to();
    assert!(!sees_alice(&app.charlie).await, "a new grant does not bring the old look back");
}

#[tokio::test]
async fn whether_an_address_has_an_account_shows_nowhere() {
    let app = App::start().await;
    let sorted =
        |page: Page| page.texts("ul.rows li").into_iter().filter(|line| !line.contains("Bob")).collect::<Vec<_>>();
    let known = invite(&app, "charlie@example.org").await;
    let unknown = invite(&app, "zelda@example.org").await;
    assert_eq!(known.to(), unknown.to());
    assert_eq!(known.header("set-cookie"), unknown.header("set-cookie"));
    let lines = sorted(app.alice.get("/settings/people").await.is(200).page());
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].replace("charlie@", "zelda@"), lines[1]);
    app.pass(DAY * 8);
    app.alice.post("/confirm", &[("password", crate::support::person::PASSWORD)]).await.to();
    let lines = sorted(app.alice.get("/settings/people").await.is(200).page());
    assert!(lines.iter().all(|line| line.contains("Invitation over")), "{lines:?}");
}

#[tokio::test]
async fn inviting_takes_an_address_of_somebody_else_and_the_password() {
    let app = App::start().await;
    for (email, problem) in [("alice@example.org", "This is your own address"), ("nobody", ""), ("", "")] {
        let page = invite(&app, email).await.is(422).page();
        assert!(page.error_of("E-mail").contains(problem) && !page.error_of("E-mail").is_empty(), "{email}");
    }
    for _ in 0..2 {
        invite(&app, "charlie@example.org").await.to();
    }
    assert_eq!(looking(&app.charlie).await.texts("ul.rows li").len(), 1, "twice is once");
    app.pass(SignedDuration::from_mins(11));
    let asked = invite(&app, "dora@example.org").await.is(422).page();
    assert_eq!(asked.text("h1"), "Your password, once more");
    assert!(!looking(&app.dora).await.says("Alice"));
}

#[tokio::test]
async fn invitations_are_few() {
    let app = App::start().await;
    for n in 0..20 {
        invite(&app, &format!("somebody{n}@example.org")).await.to();
    }
    invite(&app, "charlie@example.org").await.is(429);
}

/// A grant of Alice's in some state, and the coach it is for.
async fn granted(app: &App, nr: usize, state: &str) -> (GrantId, Person) {
    let coach = Person::new(app.address, "Coach", &format!("coach{nr}@example.org"));
    add_account(app, &coach, false).await;
    open_session(app, &coach, None).await;
    let (created, accepted, revoked) = match state {
        "waiting" => (DAY * 6, None, None),
        "expired" => (DAY * 7, None, None),
        "active" => (DAY * 90, Some(DAY * 89), None),
        "revoked" => (DAY * 90, Some(DAY * 89), Some(DAY)),
        "declined" => (DAY * 2, None, Some(DAY)),
        other => panic!("{other}"),
    };
    let ago = |time: SignedDuration| At(app.now() - time);
    let id = GrantId::new();
    sqlx::query(
        "insert into grants (id, owner_id, email, coach_id, created_at, accepted_at, revoked_at) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(app.alice.id)
    .bind(&coach.email)
    .bind(coach.id)
    .bind(ago(created))
    .bind(accepted.map(ago))
    .bind(revoked.map(ago))
    .execute(&app.db)
    .await
    .unwrap();
    (id, coach)
}

#[tokio::test]
async fn each_state_of_a_grant_allows_its_actions_and_only_an_active_one_looks() {
    let app = App::start().await;
    let mut nr = 0;
    for (state, accept, look, refuse, revoke) in [
        ("waiting", 303, 404, 303, 303),
        ("expired", 404, 404, 303, 303),
        ("active", 404, 303, 303, 303),
        ("revoked", 404, 404, 404, 404),
        ("declined", 404, 404, 404, 404),
    ] {
        for (action, expected) in [("acceptances", accept), ("looks", look), ("refusals", refuse)] {
            nr += 1;
            let (id, coach) = granted(&app, nr, state).await;
            let path = format!("/looking/{id}/{action}");
            for other in [&app.charlie, &app.dora, &app.alice] {
                assert_eq!(other.post(&path, &[]).await.status, 404, "{state}: {action} by {}", other.name);
            }
            assert_eq!(coach.post(&path, &[]).await.status, expected, "{state}: {action}");
            assert_eq!(sees_alice(&coach).await, (state, action) == ("active", "looks"), "{state}: {action}");
        }
        nr += 1;
        let (id, coach) = granted(&app, nr, state).await;
        // Put there by hand: even a session that says it looks shows nothing without an active grant.
        open_session(&app, &coach, Some(app.alice.id)).await;
        assert_eq!(sees_alice(&coach).await, state == "active", "{state}");
        let path = format!("/settings/people/{id}/revocations");
        for other in [&app.charlie, &coach] {
            let status = other.post(&path, &[]).await.status.as_u16();
            assert!(status == 404 || status == 403, "{state}: revoked by {}", other.name);
        }
        assert_eq!(app.alice.post(&path, &[]).await.status, revoke, "{state}: revoked by the owner");
        assert!(!sees_alice(&coach).await, "{state}: revoked");
    }
}

#[tokio::test]
async fn a_seeker_who_is_disabled_is_not_looked_at() {
    let app = App::start().await;
    assert!(sees_alice(&app.bob).await);
    sqlx::query("update users set disabled_at = now() where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    assert!(!sees_alice(&app.bob).await);
    assert!(!looking(&app.bob).await.says("Alice"));
}
