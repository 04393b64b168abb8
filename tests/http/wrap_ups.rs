//! What is said of a referral after a talk makes it.

use inroad::ids::{ContactId, InterviewId, OpeningId};

use crate::interviews::{a_talk, page, start};
use crate::support::{App, Page};

/// A talk that is over, with someone who named one opening if `named`.
async fn held(named: bool) -> (App, ContactId, InterviewId, Option<OpeningId>) {
    let (app, contact) = start().await;
    let id = a_talk(&app, contact).await;
    app.clock.set("2026-12-03T14:00:00Z".parse().unwrap());
    let mut opening = None;
    if named {
        let wrap_up = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
        let form = wrap_up.form_to(&format!("/interviews/{id}/openings")).fill("Title", "Second analyst");
        form.submit(&app.alice).await.to();
        opening = sqlx::query_scalar("select id from openings where user_id = $1")
            .bind(app.alice.id)
            .fetch_optional(&app.db)
            .await
            .unwrap();
    }
    (app, contact, id, opening)
}

/// Says what was said of a referral.
async fn say(app: &App, id: InterviewId, word: &str) -> Page {
    let wrap_up = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
    let form = wrap_up.form_to(&format!("/interviews/{id}/outcomes")).fill("Referral", word);
    app.alice.follow(&form.submit(&app.alice).await).await
}

/// The referrals there are: what each is for, where it stands, its step and its day.
async fn referrals(app: &App) -> Vec<(Option<OpeningId>, String, Option<String>, Option<String>)> {
    sqlx::query_as(
        "select opening_id, status, next_step, next_due::text from referrals where user_id = $1 and deleted_at is null order by id",
    )
    .bind(app.alice.id)
    .fetch_all(&app.db)
    .await
    .unwrap()
}

fn asked(opening: Option<OpeningId>) -> (Option<OpeningId>, String, Option<String>, Option<String>) {
    (opening, "asked".into(), Some("remind".into()), Some("2026-12-10".into()))
}

fn to_ask(opening: Option<OpeningId>) -> (Option<OpeningId>, String, Option<String>, Option<String>) {
    (opening, "to_ask".into(), Some("ask".into()), Some("2026-12-07".into()))
}

#[tokio::test]
async fn asked_in_the_talk_is_asked_and_has_its_reminder() {
    for named in [false, true] {
        let (app, _, id, opening) = held(named).await;
        let saved = say(&app, id, "asked").await;
        assert_eq!(referrals(&app).await, [asked(opening)]);
        assert!(saved.toast().contains("If you hear nothing from Katherine"), "{}", saved.toast());
        let its_page = saved.link("It has its page, with the words ready");
        assert!(app.alice.get(&its_page).await.is(200).page().says("Remind them gently"));
        // Saved again, or said otherwise, there is still one.
        say(&app, id, "asked").await;
        say(&app, id, "will_ask").await;
        assert_eq!(referrals(&app).await, [asked(opening)]);

        saved.undo().submit(&app.alice).await.to();
        assert_eq!(referrals(&app).await, [], "taken back with the outcome");
        let kinds: i64 = sqlx::query_scalar(
            "select count(*) from touchpoints t where kind = 'referral_asked'
                 and not exists (select from touchpoints u where u.user_id = t.user_id and u.undoes = t.id)",
        )
        .fetch_one(&app.db)
        .await
        .unwrap();
        assert_eq!(kinds, 0);
        say(&app, id, "asked").await;
        assert_eq!(referrals(&app).await, [asked(opening)], "and said again");
    }
}

#[tokio::test]
async fn what_will_be_asked_is_planned_once_thanks_are_sent() {
    let (app, _, id, opening) = held(true).await;
    app.alice.post(&format!("/interviews/{id}/outcomes"), &[("status", "held")]).await.to();
    let saved = say(&app, id, "will_ask").await;
    assert_eq!(saved.toast(), "Saved. Ask Katherine for the referral on Monday: thanks come first.");
    assert_eq!(referrals(&app).await, [to_ask(opening)]);
    saved.undo().submit(&app.alice).await.to();
    assert_eq!(referrals(&app).await, []);
    let wrap_up = page(&app.alice, format!("/interviews/{id}/wrap-up")).await;
    assert_eq!(wrap_up.form_to(&format!("/interviews/{id}/outcomes")).value("referral_talk"), "");
    assert!(wrap_up.says("Held"), "the talk took place all the same");

    // What is to be asked becomes what was asked, and goes back to it.
    say(&app, id, "will_ask").await;
    let saved = say(&app, id, "asked").await;
    assert_eq!(referrals(&app).await, [asked(opening)]);
    saved.undo().submit(&app.alice).await.to();
    assert_eq!(referrals(&app).await.len(), 1);
    assert_eq!(referrals(&app).await[0].1, "to_ask", "it was there before");
}

#[tokio::test]
async fn what_moved_on_meanwhile_stays() {
    let (app, _, id, _) = held(false).await;
    let saved = say(&app, id, "will_ask").await;
    let its_page = saved.link("It has its page, with the words ready");
    app.alice.post(&format!("{its_page}/agreements"), &[("way", "link")]).await.to();
    saved.undo().submit(&app.alice).await.to();
    assert_eq!(referrals(&app).await[0].1, "agreed");
}

#[tokio::test]
async fn without_a_company_it_is_asked_for_what() {
    let (app, contact, id, _) = held(false).await;
    for sql in ["update contacts set company_id = null", "update informational_interviews set company_id = null"] {
        sqlx::query(sql).execute(&app.db).await.unwrap();
    }
    let saved = say(&app, id, "asked").await;
    assert_eq!(referrals(&app).await, []);
    assert_eq!(saved.link("Say for what"), format!("/referrals/new?contact={contact}"));
}
