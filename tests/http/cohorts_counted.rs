//! What administrators see of the seekers of a cohort: sums of five people or more, and nothing of one.

use inroad::database::At;
use inroad::ids::{CohortId, CohortMemberId};
use jiff::SignedDuration;

use crate::cohorts::{make, rows};
use crate::support::canary;
use crate::support::person::{add_account, open_session};
use crate::support::{Answer, App, Person};

/// A cohort of some seekers who were in it for two months, and asked one person each last week.
async fn seekers(app: &App, n: usize) -> (String, Vec<Person>) {
    let path = make(app, "Spring").await;
    let id: CohortId = path.rsplit('/').next().unwrap().parse().unwrap();
    let mut people = Vec::new();
    for at in 0..n {
        let person = Person::new(app.address, &format!("Seeker {at}"), &format!("seeker{at}@example.org"));
        add_account(app, &person, false).await;
        sqlx::query(
            "insert into cohort_members (id, cohort_id, member_id, role, joined_at) values ($1, $2, $3, 'seeker', $4)",
        )
        .bind(CohortMemberId::new())
        .bind(id)
        .bind(person.id)
        .bind(At(app.now() - SignedDuration::from_hours(24 * 60)))
        .execute(&app.db)
        .await
        .unwrap();
        let rows = app.rows(&person);
        let company = rows.company(&format!("Secret Works {at}")).await;
        let contact = rows.contact(&format!("Hidden Person {at}"), Some(company)).await;
        rows.touchpoint(contact, "requested", "out").await;
        people.push(person);
    }
    sqlx::query("update touchpoints set happened_on = '2026-11-17' where kind = 'requested'")
        .execute(&app.db)
        .await
        .unwrap();
    (path, people)
}

async fn show(app: &App, path: &str) -> Answer {
    app.dora.get(path).await.is(200)
}

/// The table of weeks, a text a row.
async fn weeks(app: &App, path: &str) -> Vec<String> {
    rows(&show(app, path).await.page())
}

#[tokio::test]
async fn numbers_show_from_five_seekers_on_and_tell_of_no_one() {
    let app = App::start().await;
    let (spring, _) = seekers(&app, 4).await;
    assert!(show(&app, &spring).await.page().says("Numbers show from five seekers on"));
    assert!(weeks(&app, &spring).await.is_empty());
}

#[tokio::test]
async fn six_seekers_are_counted_together() {
    let app = App::start().await;
    let (spring, people) = seekers(&app, 6).await;
    let rows = weeks(&app, &spring).await;
    assert_eq!(rows[0], "16 November 6 6 under 5 6 median 1, half of them 1 to 1 under 5 under 5 under 5");
    assert_eq!(rows[1], "9 November 6 under 5 under 5 under 5 under 5 under 5 under 5");
    assert_eq!(rows.len(), 4, "the week that is not over is not there");
    for person in &people {
        canary::plant(&app.db, person.id).await;
    }
    let shown = show(&app, &spring).await;
    assert!(!canary::told(&shown) && !shown.body.contains("Secret Works") && !shown.body.contains("Hidden Person"));
}

#[tokio::test]
async fn nobody_is_told_apart_by_who_joins_leaves_is_disabled_or_deleted() {
    let app = App::start().await;
    let (spring, people) = seekers(&app, 6).await;
    let before = weeks(&app, &spring).await;
    let remove = show(&app, &spring).await.page().form_with("Remove: Seeker 3").unwrap();
    let back = app.dora.follow(&remove.submit(&app.dora).await).await.undo();
    assert_eq!(weeks(&app, &spring).await, before, "one left");
    back.submit(&app.dora).await.to();
    assert_eq!(weeks(&app, &spring).await, before, "and is back");
    let add = show(&app, &format!("{spring}?q=alice")).await.page().form_with("Add as seeker: Alice Adams").unwrap();
    let ids = app.rows(&app.alice);
    let contact = ids.contact("Grace Hopper", None).await;
    ids.touchpoint(contact, "requested", "out").await;
    sqlx::query("update touchpoints set happened_on = '2026-11-18' where user_id = $1 and kind = 'requested'")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    add.submit(&app.dora).await.to();
    assert_eq!(weeks(&app, &spring).await, before, "one joined");
    app.dora.post(&format!("/admin/accounts/{}", people[2].id), &[("change", "disable")]).await.to();
    assert_eq!(weeks(&app, &spring).await, before, "one was disabled");

    let deletion = format!("/admin/accounts/{}/deletion", people[4].id);
    let form = app.dora.get(&deletion).await.is(200).page().form_to(&format!("{deletion}s"));
    form.fill("Its e-mail address", &people[4].email).submit(&app.dora).await.to();
    let after = show(&app, &spring).await.page();
    assert!(after.says("Numbers show from five seekers on") && !after.says("Seeker 4"), "nothing of the weeks before");

    // Two weeks later a whole week has passed without them.
    app.pass(SignedDuration::from_hours(24 * 14));
    open_session(&app, &app.dora, None).await;
    assert_eq!(weeks(&app, &spring).await.len(), 1);
}

#[tokio::test]
async fn what_was_undone_is_not_counted() {
    let app = App::start().await;
    let (spring, people) = seekers(&app, 5).await;
    assert!(weeks(&app, &spring).await[0].contains("5 median 1"));
    sqlx::query(
        "insert into touchpoints (user_id, id, contact_id, kind, direction, happened_on, happened_at, created_at, undoes)
         select user_id, gen_random_uuid(), contact_id, 'undone', 'none', happened_on, $2, $2, id
         from touchpoints where user_id = $1 and kind = 'requested'",
    )
    .bind(people[0].id)
    .bind(At(app.now()))
    .execute(&app.db)
    .await
    .unwrap();
    assert!(!weeks(&app, &spring).await[0].contains("median"), "four are too few");
}
