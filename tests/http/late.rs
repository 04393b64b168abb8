//! How much is late, as a coach is told it: as many lines as Today of the seeker says are late.

use jiff::ToSpan;

use crate::due::{DAY, Scene, rail, run, set_day, today};
use crate::support::person::sign_in_again;
use crate::support::{App, Page};

/// The lines Today says are late.
fn late_lines(page: &Page) -> usize {
    let heads = page.texts(".card > header");
    let said = heads.iter().find_map(|head| head.trim().strip_prefix("Late"));
    said.map_or(0, |number| number.trim().parse().unwrap())
}

/// How many her coach is told are late.
async fn told(app: &App) -> usize {
    let page = app.bob.get("/looking").await.is(200).page();
    page.text("main td[data-label='Late']").trim().parse().unwrap()
}

/// How many are late on both sides, which agree.
async fn late(app: &App, about: &str) -> usize {
    for person in [&app.alice, &app.bob] {
        sign_in_again(app, person).await;
    }
    let told = told(app).await;
    assert_eq!(told, late_lines(&today(&app.alice).await), "{about}");
    told
}

#[tokio::test]
async fn each_kind_is_late_for_her_coach_when_it_is_on_today() {
    let scene = Scene::set().await;
    let app = &scene.app;
    for kind in scene.kinds() {
        scene.clear().await;
        run(app, kind.sql).await;
        // From the Thursday on which it is due to the Thursday after.
        let mut days = Vec::new();
        for ahead in [0, 1, 2, 4, 5, 7] {
            set_day(app, DAY.saturating_add(ahead.days()));
            days.push(late(app, &format!("{}, {ahead} days on", kind.name)).await);
        }
        let wanted = match kind.name {
            // Theirs was due the day before it is a line.
            "a promise of theirs" => [1, 1, 1, 1, 1, 1],
            "a careers page" | "an introduction to ask for" => [0; 6],
            // Two business days, and the day before.
            "thanks" => [0, 0, 0, 1, 1, 1],
            // The sixth is the day of the answer, a Sunday.
            "an offer" => [0, 0, 0, 1, 1, 1],
            // A Saturday is no business day.
            _ => [0, 1, 1, 1, 1, 1],
        };
        assert_eq!(days, wanted, "{}", kind.name);
    }
}

#[tokio::test]
async fn what_is_held_back_or_rests_is_not_late_to_her_coach() {
    let scene = Scene::set().await;
    let (app, alice) = (&scene.app, &scene.app.alice);
    let mut kinds = scene.kinds().into_iter();
    let (request, follow_up) = (kinds.next().unwrap(), kinds.next().unwrap());
    let friday = DAY.tomorrow().unwrap();
    let prefer = async |what: &str| {
        let sql = format!("update users set preferences = preferences || '{what}' where id = '{}'", alice.id);
        run(app, sql).await;
    };

    scene.clear().await;
    run(app, request.sql).await;
    set_day(app, friday);
    assert_eq!(late(app, "a request").await, 1);
    prefer(r#"{"requests_a_week": 0}"#).await;
    assert_eq!(late(app, "no more requests").await, 0);

    scene.clear().await;
    run(app, follow_up.sql).await;
    assert_eq!(late(app, "a follow-up").await, 1);
    run(app, "update companies set status = 'ruled_out', status_reason = 'Far away'").await;
    assert_eq!(late(app, "of a company that is ruled out").await, 0);
    run(app, "update companies set status = 'active', status_reason = null").await;
    prefer(r#"{"search_ended_on": "2026-11-30"}"#).await;
    assert_eq!(late(app, "after the search").await, 0);
    prefer(r#"{"search_ended_on": null}"#).await;

    // Done for the day, on which nothing is late any more.
    alice.post("/today/ends", &[]).await.to();
    assert_eq!(late(app, "done for today").await, 0);
    alice.post("/today/ends/undos", &[]).await.to();
    assert_eq!(late(app, "not done").await, 1);

    // It is kept, and known of at once when it changes.
    alice.post("/today/snoozes", &[("all", "yes"), ("until", "2026-12-09")]).await.to();
    assert_eq!((told(app).await, rail(&today(alice).await)), (0, 0));
}
