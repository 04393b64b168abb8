//! Who may look at whose search: inviting, accepting, looking, and the end of it.

use inroad::accounts::token::Token;
use inroad::database::At;
use inroad::ids::GrantId;
use jiff::SignedDuration;

use crate::support::person::{PASSWORD, add_account, open_session};
use crate::support::{Answer, App, Page, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Alice makes a link for someone.
async fn invite(app: &App, label: &str) -> Answer {
    let page = app.alice.get("/settings/people").await.is(200).page();
    page.form_to("/settings/people").fill("Who is it for?", label).submit(&app.alice).await
}

/// Path and query of the link that the answer shows.
fn link(app: &App, made: &Answer) -> String {
    let page = made.page();
    let link = page.all("#invitation-link")[0].attr("value").unwrap().to_owned();
    link.strip_prefix(&format!("http://{}", app.address)).unwrap().to_owned()
}

async fn accept(person: &Person, link: &str) -> Answer {
    person.get(link).await.is(200).page().form_to("/looking/acceptances").submit(person).await
}

async fn people(app: &App) -> Page {
    app.alice.get("/settings/people").await.is(200).page()
}

async fn today(person: &Person) -> Page {
    person.get("/").await.is(200).page()
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
async fn a_coach_is_invited_accepts_is_let_in_looks_and_is_turned_away() {
    let app = App::start().await;
    app.alice.company("Orbital Works").await;
    let link_of_first = link(&app, &invite(&app, "My old boss").await.is(200));
    assert_eq!(accept(&app.charlie, &link_of_first).await.to(), "/looking");
    let page = looking(&app.charlie).await;
    assert!(page.says("Alice Adams") && page.says("yet to let you in"));
    assert!(!page.forms().iter().any(|form| form.action.ends_with("/looks")), "accepting is not looking yet");

    let page = people(&app).await;
    for said in ["My old boss", "Charlie Clark", "charlie@example.org", "from an account made"] {
        assert!(page.says(said), "{said}");
    }
    assert!(today(&app.alice).await.says("Charlie Clark accepted your invitation"));
    assert!(!today(&app.charlie).await.says("lets you look"));
    press(&page, "/entries").submit(&app.alice).await.to();
    assert!(!today(&app.alice).await.says("accepted your invitation"));
    assert!(today(&app.charlie).await.says("Alice Adams lets you look at their search"));
    let page = looking(&app.charlie).await;

    let (own, path) = (app.charlie.token(), press(&page, "/looks").action);
    assert_eq!(press(&page, "/looks").submit(&app.charlie).await.to(), "/");
    assert_ne!(app.charlie.token(), own, "what may be seen changed, so did the token");
    assert!(!today(&app.charlie).await.says("lets you look"), "they do");
    assert!(sees_alice(&app.charlie).await);
    assert!(app.charlie.get("/companies").await.body.contains("Orbital Works"));
    app.charlie.post("/companies", &[("companies", "Mine"), ("found_by", "own_idea")]).await.is(403);

    let looking_token = app.charlie.token();
    let end = app.charlie.get("/companies").await.page().form_to("/looking/end");
    assert_eq!(end.submit(&app.charlie).await.to(), "/looking");
    assert_ne!(app.charlie.token(), looking_token);
    assert!(!sees_alice(&app.charlie).await);

    app.charlie.post(&path, &[]).await.to();
    let page = people(&app).await;
    for form in page.forms().into_iter().filter(|form| form.action.ends_with("/revocations")) {
        form.submit(&app.alice).await.to();
    }
    assert!(!sees_alice(&app.charlie).await, "out at the next request");
    app.charlie.post(&path, &[]).await.is(404);

    let again = link(&app, &invite(&app, "Charlie").await.is(200));
    accept(&app.charlie, &again).await.to();
    press(&people(&app).await, "/entries").submit(&app.alice).await.to();
    assert!(!sees_alice(&app.charlie).await, "a new grant does not bring the old look back");
}

#[tokio::test]
async fn a_link_works_once_for_somebody_else_until_it_is_taken_back_or_too_old() {
    let app = App::start().await;
    let (used, mine) = (link(&app, &invite(&app, "Used").await), link(&app, &invite(&app, "Mine").await));
    let token = mine.split_once("token=").unwrap().1.to_owned();
    let own = app.alice.get(&mine).await.is(200).page();
    assert!(own.says("This link is for someone else") && !own.has("form[action='/looking/acceptances']"));
    app.alice.post("/looking/acceptances", &[("token", &token)]).await.is(422);

    accept(&app.charlie, &used).await.to();
    assert!(app.dora.get(&used).await.is(200).page().says("no longer works"), "once");
    assert!(app.charlie.get(&mine).await.is(200).page().says("You accepted before"));
    app.charlie.post("/looking/acceptances", &[("token", &token)]).await.is(422);
    app.charlie.post("/looking/acceptances", &[("token", "guess")]).await.is(422);
    app.charlie.post("/looking/acceptances", &[]).await.is(422);

    app.pass(DAY * 7);
    assert!(app.dora.get(&mine).await.is(200).page().says("no longer works"), "too old");
    app.dora.post("/looking/acceptances", &[("token", &token)]).await.is(422);
    assert!(people(&app).await.says("Invitation over"));

    app.alice.post("/confirm", &[("password", PASSWORD)]).await.to();
    let back = link(&app, &invite(&app, "Taken back").await.is(200));
    for form in people(&app).await.forms().into_iter().filter(|form| form.action.ends_with("/revocations")) {
        form.submit(&app.alice).await.to();
    }
    assert!(app.dora.get(&back).await.is(200).page().says("no longer works"), "taken back");
}

#[tokio::test]
async fn somebody_without_an_account_comes_to_the_invitation_by_signing_up() {
    let app = App::start().await;
    let link = link(&app, &invite(&app, "A coach I met").await.is(200));
    let coach = Person::new(app.address, "Grace Gray", "grace@example.org");
    let login = coach.follow(&coach.get(&link).await).await;
    let (_, sign_up) = login.links().into_iter().find(|(_, to)| to.starts_with("/signup")).unwrap();
    let form = coach.get(&sign_up).await.is(200).page().form_to("/signup");
    let form = form.fill("Name", &coach.name).fill("E-mail", &coach.email).fill("Password", PASSWORD);
    let login = coach.follow(&form.submit(&coach).await).await;
    let answer = login.form_to("/login").fill("Password", PASSWORD).submit(&coach).await;
    assert_eq!(answer.to(), link);
    accept(&coach, &link).await.to();
    let page = people(&app).await;
    assert!(page.says("Grace Gray") && page.says("from an account made today"));
}

#[tokio::test]
async fn the_database_holds_no_link_that_could_be_used() {
    let app = App::start().await;
    let link = link(&app, &invite(&app, "Someone").await.is(200));
    let bytes = data_encoding::BASE64URL_NOPAD.decode(link.split_once("token=").unwrap().1.as_bytes()).unwrap();
    assert_eq!(bytes.len(), 32);
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    let rows: Vec<String> = sqlx::query_scalar("select g::text from grants g").fetch_all(&app.db).await.unwrap();
    assert!(rows.len() == 2 && rows.iter().all(|row| !row.contains(&hex)));
}

#[tokio::test]
async fn an_invitation_pressed_twice_is_one_and_shows_its_link_once() {
    let app = App::start().await;
    let form = people(&app).await.form_to("/settings/people").fill("Who is it for?", "Charlie");
    form.clone().submit(&app.alice).await.is(200);
    let again = form.submit(&app.alice).await;
    assert!(app.alice.follow(&again).await.toast().contains("made already"));
    assert_eq!(people(&app).await.all("ul.rows li").len(), 2, "Bob, and Charlie once");
}

#[tokio::test]
async fn inviting_and_letting_in_take_the_password() {
    let app = App::start().await;
    let page = invite(&app, "").await.is(422).page();
    assert!(!page.error_of("Who is it for?").is_empty());
    let link = link(&app, &invite(&app, "Charlie").await.is(200));
    accept(&app.charlie, &link).await.to();
    app.pass(SignedDuration::from_mins(11));
    let asked = invite(&app, "Dora").await.is(422).page();
    assert_eq!(asked.text("h1"), "Your password, once more");
    let asked = press(&people(&app).await, "/entries").submit(&app.alice).await.is(422).page();
    assert_eq!(asked.text("h1"), "Your password, once more");
    assert!(people(&app).await.says("Accepted"));
}

#[tokio::test]
async fn invitations_are_few() {
    let app = App::start().await;
    for n in 0..20 {
        invite(&app, &format!("Someone {n}")).await.is(200);
    }
    invite(&app, "Charlie").await.is(429);
}

/// A grant of Alice's in some state, and the coach it is for.
async fn granted(app: &App, nr: usize, state: &str) -> (GrantId, String, Person) {
    let coach = Person::new(app.address, "Coach", &format!("coach{nr}@example.org"));
    add_account(app, &coach, false).await;
    open_session(app, &coach, None).await;
    let (created, accepted, let_in, revoked) = match state {
        "invited" => (DAY * 6, None, None, None),
        "expired" => (DAY * 7, None, None, None),
        "accepted" => (DAY * 90, Some(DAY * 89), None, None),
        "active" => (DAY * 90, Some(DAY * 89), Some(DAY * 88), None),
        "revoked" => (DAY * 90, Some(DAY * 89), Some(DAY * 88), Some(DAY)),
        "given back" => (DAY * 90, Some(DAY * 89), None, Some(DAY)),
        other => panic!("{other}"),
    };
    let ago = |time: SignedDuration| At(app.now() - time);
    let (id, token) = (GrantId::new(), Token::new().unwrap());
    sqlx::query(
        "insert into grants (id, owner_id, label, token_hash, coach_id, created_at, accepted_at, let_in_at, revoked_at)
         values ($1, $2, 'My coach', $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(app.alice.id)
    .bind(token.hash())
    .bind(accepted.map(|_| coach.id))
    .bind(ago(created))
    .bind(accepted.map(ago))
    .bind(let_in.map(ago))
    .bind(revoked.map(ago))
    .execute(&app.db)
    .await
    .unwrap();
    (id, token.reveal(), coach)
}

#[tokio::test]
async fn each_state_of_a_grant_allows_its_actions_and_only_an_active_one_looks() {
    let app = App::start().await;
    let mut nr = 0;
    for (state, accept, look, refuse, let_in, revoke) in [
        ("invited", 303, 404, 404, 404, 303),
        ("expired", 422, 404, 404, 404, 303),
        ("accepted", 422, 404, 303, 303, 303),
        ("active", 422, 303, 303, 404, 303),
        ("revoked", 422, 404, 404, 404, 404),
        ("given back", 422, 404, 404, 404, 404),
    ] {
        nr += 1;
        let (_, token, coach) = granted(&app, nr, state).await;
        assert_eq!(coach.post("/looking/acceptances", &[("token", &token)]).await.status, accept, "{state}: accepted");
        assert!(!sees_alice(&coach).await, "{state}: accepting is not looking");
        for (action, expected) in [("looks", look), ("refusals", refuse)] {
            nr += 1;
            let (id, _, coach) = granted(&app, nr, state).await;
            let path = format!("/looking/{id}/{action}");
            for other in [&app.charlie, &app.dora, &app.alice] {
                assert_eq!(other.post(&path, &[]).await.status, 404, "{state}: {action} by {}", other.name);
            }
            assert_eq!(coach.post(&path, &[]).await.status, expected, "{state}: {action}");
            assert_eq!(sees_alice(&coach).await, (state, action) == ("active", "looks"), "{state}: {action}");
        }
        for (action, expected) in [("entries", let_in), ("revocations", revoke)] {
            nr += 1;
            let (id, _, coach) = granted(&app, nr, state).await;
            // Put there by hand: even a session that says it looks shows nothing without an active grant.
            open_session(&app, &coach, Some(app.alice.id)).await;
            assert_eq!(sees_alice(&coach).await, state == "active", "{state}");
            let path = format!("/settings/people/{id}/{action}");
            for other in [&app.charlie, &coach] {
                let status = other.post(&path, &[]).await.status.as_u16();
                assert!(status == 404 || status == 403, "{state}: {action} by {}", other.name);
            }
            assert_eq!(app.alice.post(&path, &[]).await.status, expected, "{state}: {action} by the owner");
            let may_look = action == "entries" && matches!(state, "accepted" | "active");
            assert_eq!(sees_alice(&coach).await, may_look, "{state}: {action}");
        }
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

#[tokio::test]
async fn two_links_of_one_seeker_accepted_at_once_count_once() {
    let app = App::start().await;
    for _ in 0..5 {
        let links = [link(&app, &invite(&app, "One").await), link(&app, &invite(&app, "Other").await)];
        let tokens = links.each_ref().map(|link| link.split_once("token=").unwrap().1);
        let fields = tokens.map(|token| [("token", token)]);
        let accept = |fields| app.charlie.post("/looking/acceptances", fields);
        let (one, other) = tokio::join!(accept(&fields[0]), accept(&fields[1]));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422]);
        let lost = if one.status == 422 { one } else { other };
        assert_eq!(lost.page().text("h1"), "You accepted before");
        for form in people(&app).await.forms().into_iter().filter(|form| form.action.ends_with("/revocations")) {
            form.submit(&app.alice).await.to();
        }
    }
}

#[tokio::test]
async fn a_coach_without_an_account_is_told_how_to_get_one() {
    let app = App::start().await;
    for (policy, seeker, coach) in [
        ("invite", "ask the person who runs this Inroad to invite them first", "open the link of your coaching again"),
        ("closed", "this installation takes no new ones", "takes no new accounts"),
    ] {
        sqlx::query("update settings set sign_up = $1").bind(policy).execute(&app.db).await.unwrap();
        let made = invite(&app, "Someone").await.is(200);
        assert!(made.page().says(seeker), "{policy}: {}", made.page().text("main"));
        let stranger = app.visitor();
        let login = stranger.follow(&stranger.get(&link(&app, &made)).await).await;
        let (_, sign_up) = login.links().into_iter().find(|(_, to)| to.starts_with("/signup")).unwrap();
        let refused = stranger.get(&sign_up).await.is(200).page();
        assert!(refused.says(coach), "{policy}: {}", refused.text("main"));
        let (_, back) = refused.links().into_iter().find(|(_, to)| to.starts_with("/login")).unwrap();
        assert!(back.contains("invitation"), "the way back keeps the link: {back}");
    }
}
