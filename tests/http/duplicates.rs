//! Contacts that may be one person: listed, joined with a choice for each field, told apart for good, and all of it undone.

use inroad::ids::ContactId;

use crate::support::sums::{Sums, sums_of};
use crate::support::{App, Person};

const PATH: &str = "/contacts/duplicates";

async fn set(app: &App, id: ContactId, sql: &'static str) {
    let sql = format!("update contacts set {sql} where id = $1");
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&app.db).await.unwrap();
}

/// Every row of Alice's, but for how often contacts were written.
async fn rows(app: &App) -> Sums {
    sqlx::query("update contacts set version = 1").execute(&app.db).await.unwrap();
    sums_of(&app.db, app.alice.id).await
}

async fn reasons(person: &Person) -> Vec<String> {
    person.get(PATH).await.is(200).page().texts("li[data-row] small.soft")
}

#[tokio::test]
async fn whoever_is_added_a_second_time_is_said_to_be_there() {
    let app = App::start().await;
    let add = async |name: &str, email: &str| {
        let form = app.alice.get("/contacts/new").await.is(200).page().form_to("/contacts");
        let answer = form.fill("Name", name).fill("E-mail", email).submit(&app.alice).await;
        app.alice.follow(&answer).await.toast()
    };
    assert_eq!(add("Grace Hopper", "grace@navy.example").await, "Added Grace Hopper.");
    let twice = add("grace hopper", "").await;
    assert!(twice.contains("You have another Grace Hopper") && twice.contains("'Listed twice?'"), "{twice}");
    let married = add("Grace Murray", "grace@navy.example").await;
    assert!(married.contains("Grace Hopper has the same e-mail address"), "{married}");
    assert_eq!(add("Ada Lovelace", "").await, "Added Ada Lovelace.");
}

#[tokio::test]
async fn who_may_be_listed_twice_is_listed_with_the_reason_and_nobody_else_is() {
    let app = App::start().await;
    assert!(app.alice.get(PATH).await.is(200).page().text("main").contains("No one is listed twice"));
    let acme = app.alice.company("Acme").await;
    let rows = app.rows(&app.alice);
    let (grace, twin) =
        (rows.contact("Grace Hopper", Some(acme)).await, rows.contact("GRACE  Hopper", Some(acme)).await);
    let (ada, countess) = (rows.contact("Ada Lovelace", None).await, rows.contact("Ada King", None).await);
    set(&app, grace, "email = null").await;
    set(&app, twin, "name_folded = 'grace hopper', email = null").await;
    for id in [ada, countess] {
        set(&app, id, "email = 'ada@navy.example'").await;
    }
    // Two profiles are two people, whatever they are called.
    for (name, key) in [("Joan Clarke", "/in/joan-1"), ("Joan Clarke", "/in/joan-2")] {
        let joan = rows.contact(name, None).await;
        let sql = "update contacts set profile_key = $2, profile_url = 'https://www.linkedin.com' || $2, email = null where id = $1";
        sqlx::query(sql).bind(joan).bind(key).execute(&app.db).await.unwrap();
    }
    app.rows(&app.charlie).contact("Grace Hopper", None).await;
    assert_eq!(reasons(&app.alice).await, ["Same e-mail address", "Same name and employer"]);
    assert!(reasons(&app.charlie).await.is_empty());

    let page = app.alice.get(PATH).await.page();
    let path = format!("/contacts/{}/distinctions", grace.min(twin));
    let told = page.form_to(&path).submit(&app.alice).await;
    let told = app.alice.follow(&told).await;
    assert_eq!(reasons(&app.alice).await, ["Same e-mail address"]);
    told.undo().submit(&app.alice).await.to();
    assert_eq!(reasons(&app.alice).await.len(), 2);
    let strangers = [("other", twin.to_string())];
    let strangers: Vec<(&str, &str)> = strangers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.charlie.post(&path, &strangers).await.is(404);
}

#[tokio::test]
async fn names_that_are_alike_at_one_employer_are_asked_about_and_others_are_not() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    let globex = app.alice.company("Globex").await;
    let rows = app.rows(&app.alice);
    for (name, company) in [
        ("Ada Lovelace", acme),
        ("A. Lovelace", acme),
        ("Ada King Lovelace", globex),
        ("Alan Lovelace", globex),
        ("Alexander Turing", acme),
        ("Alex Turing", globex),
        ("Grace Hopper", acme),
    ] {
        rows.contact(name, Some(company)).await;
    }
    sqlx::query("update contacts set email = null").execute(&app.db).await.unwrap();
    let page = app.alice.get(PATH).await.is(200).page();
    assert_eq!(page.texts("li[data-row] small.soft"), ["Similar name, same employer"], "{}", page.text("main"));
    let names = page.texts("li[data-row] a b");
    assert!(names.contains(&"Ada Lovelace".into()) && names.contains(&"A. Lovelace".into()), "{names:?}");
    // Two profiles are two people.
    sqlx::query(
        "update contacts set profile_key = '/in/' || id::text, profile_url = 'https://www.linkedin.com/in/' || id::text",
    )
    .execute(&app.db)
    .await
    .unwrap();
    assert!(reasons(&app.alice).await.is_empty());
}

#[tokio::test]
async fn twins_of_the_commonest_kinds_are_asked_about_with_the_reason() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let acme = app.alice.company("Acme").await;
    for (nth, (one, other)) in [
        ("Hans Müller", "Hans Mueller"),
        ("Bob Smith", "Robert Smith"),
        ("Dr. Anna Weber", "Anna Weber"),
        ("Lovelace, Grace", "Grace Lovelace"),
        ("Maria Garcia", "Maria Garcia Lopez"),
    ]
    .into_iter()
    .enumerate()
    {
        let (one, other) = (rows.contact(one, Some(acme)).await, rows.contact(other, Some(acme)).await);
        // One of the two came with an import.
        let sql = "update contacts set profile_key = $2, email = null where id = $1";
        sqlx::query(sql).bind(one).bind(format!("/in/twin-{nth}")).execute(&app.db).await.unwrap();
        set(&app, other, "email = null, profile_url = null").await;
    }
    let found = reasons(&app.alice).await;
    assert_eq!(
        found,
        [
            "Names that differ only in additions such as Dr. or Jr., same employer",
            "The same names in another order, same employer",
            "The same name in another spelling, same employer",
            "A short form of the same name, same employer",
            "Similar name, same employer",
        ]
    );
}

#[tokio::test]
async fn profiles_of_two_sites_and_a_phone_number_may_be_one_persons() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let acme = app.alice.company("Acme").await;
    let globex = app.alice.company("Globex").await;
    let (one, other) = (rows.contact("Ada Lovelace", Some(acme)).await, rows.contact("Ada Lovelace", Some(acme)).await);
    set(&app, one, "email = null, profile_key = '/in/ada', profile_url = 'https://www.linkedin.com/in/ada'").await;
    set(&app, other, "email = null, profile_key = 'https://github.com/ada', profile_url = 'https://github.com/ada'")
        .await;
    let (grace, admiral) =
        (rows.contact("Grace Hopper", Some(acme)).await, rows.contact("Grace M.", Some(globex)).await);
    set(&app, grace, "email = null, phone = '+49 170 1234567', profile_key = '/in/grace'").await;
    set(&app, admiral, "email = null, phone = '0170/1234567'").await;
    assert_eq!(reasons(&app.alice).await, ["Same phone number", "Same name and employer"]);
}

#[tokio::test]
async fn two_on_the_list_are_joined_with_a_choice_for_each_field_and_parted_again() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let stays = app.rows(&app.alice).contact("Grace B. Hopper", None).await;
    set(&app, of.contact, "job_title = 'Admiral', phone = '+1 555', place = 'Arlington'").await;
    set(&app, stays, "job_title = 'Engineer', phone = '+1 777', place = null").await;
    let address = format!("/contacts/{}/join?into={stays}", of.contact);
    // The first time plans the next steps of both by their histories.
    let page = app.alice.get(&address).await.is(200).page();
    let joined = page.form_to(&format!("/contacts/{}/joins", of.contact)).submit(&app.alice).await;
    app.alice.follow(&joined).await.undo().submit(&app.alice).await.to();
    let before = rows(&app).await;
    let page = app.alice.get(&address).await.is(200).page();
    let form = page.form_to(&format!("/contacts/{}/joins", of.contact)).set("chosen", "job_title");
    let joined = form.submit(&app.alice).await;
    assert_eq!(joined.to(), format!("/contacts/{stays}"));
    let joined = app.alice.follow(&joined).await;
    let (name, title, phone, place, notes): (String, String, String, String, String) =
        sqlx::query_as("select name, job_title, phone, place, notes from contacts where id = $1")
            .bind(stays)
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!([name.as_str(), &title, &phone, &place], ["Grace B. Hopper", "Admiral", "+1 777", "Arlington"]);
    assert!(notes.contains("Engineer") && notes.contains("+1 555"), "{notes}");
    assert_eq!(app.alice.get(&format!("/contacts/{}", of.contact)).await.to(), format!("/contacts/{stays}"));
    app.charlie.get(&format!("/contacts/{}", of.contact)).await.is(404);
    let history: i64 = sqlx::query_scalar("select count(*) from touchpoints where contact_id = $1")
        .bind(stays)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert!(history > 0);

    let undone = joined.undo().submit(&app.alice).await;
    assert!(app.alice.follow(&undone).await.toast().contains("both are on your list again"));
    assert_eq!(rows(&app).await, before);
    app.alice.get(&format!("/contacts/{}", of.contact)).await.is(200);

    // Where there are no two, it leads to the one there is.
    for into in [of.contact, ContactId::new()] {
        let alone = app.alice.get(&format!("/contacts/{}/join?into={into}", of.contact)).await;
        assert_eq!(alone.to(), format!("/contacts/{}", of.contact));
    }
    app.alice.get(&format!("/contacts/{}/join?into={stays}", ContactId::new())).await.is(404);
    app.charlie.get(&address).await.is(404);
}
