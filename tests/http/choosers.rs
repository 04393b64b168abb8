//! Choosing one contact of many: by words, in every form that asks for one.

use inroad::ids::ContactId;
use reqwest::Method;

use crate::support::routes::{path_of, routes};
use crate::support::{App, Page, Person};
use inroad::routes::Verb;

/// A form with a chooser: its page, where it is sent, the label of the field, and what it is sent as.
struct Asking {
    page: String,
    action: String,
    label: &'static str,
    name: &'static str,
    /// What else has to be filled in: label and value.
    rest: &'static [(&'static str, &'static str)],
    /// Who was chosen in the end.
    chosen: &'static str,
}

async fn forms(app: &App) -> Vec<Asking> {
    let id = app.rows(&app.alice).contact("Zoe Last", None).await;
    let asking = |page: &str, action: &str, label, name, rest, chosen| Asking {
        page: page.into(),
        action: action.into(),
        label,
        name,
        rest,
        chosen,
    };
    vec![
        asking(
            "/introductions/new",
            "/introductions",
            "Who could introduce you",
            "introducer",
            &[("Their name", "Kate Miller")],
            "select introducer_id from introductions",
        ),
        asking(
            &format!("/introductions/new?introducer={id}"),
            "/introductions",
            "Which contact would you meet?",
            "introduced",
            &[],
            "select introduced_id from introductions",
        ),
        asking(
            "/referrals/new",
            "/referrals",
            "Who could refer you",
            "contact",
            &[],
            "select contact_id from referrals",
        ),
        asking(
            "/contacts/new",
            "/contacts",
            "Who can introduce you",
            "introduced_by",
            &[("Name", "Kate Miller")],
            "select introduced_by from contacts where introduced_by is not null",
        ),
        asking(
            &format!("/contacts/{id}/edit"),
            &format!("/contacts/{id}"),
            "Who can introduce you, or did",
            "introduced_by",
            &[],
            "select introduced_by from contacts where introduced_by is not null",
        ),
    ]
}

impl Asking {
    async fn form(&self, by: &Person) -> crate::support::Form {
        let form = by.get(&self.page).await.is(200).page().form_to(&self.action);
        self.rest.iter().fold(form, |form, (label, value)| form.fill(label, value))
    }

    async fn chosen(&self, app: &App) -> Option<ContactId> {
        let sql = sqlx::AssertSqlSafe(self.chosen);
        sqlx::query_scalar::<_, Option<ContactId>>(sql).fetch_optional(&app.db).await.unwrap().flatten()
    }
}

/// Two of one name at one company, one of that name elsewhere, one whose name holds a comma.
async fn people(app: &App) -> [ContactId; 4] {
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme GmbH & Co. KG").await;
    let other = rows.company("Orbital, Inc.").await;
    let people = [
        rows.contact("Ann Lee", Some(company)).await,
        rows.contact("Ann Lee", Some(company)).await,
        rows.contact("Ann Leeds", Some(other)).await,
        rows.contact("Élodie O’Brien, Jr.", Some(other)).await,
    ];
    for contact in people {
        rows.touchpoint(contact, "held", "in").await;
    }
    sqlx::query("update contacts set job_title = 'Pilot' where id = $1")
        .bind(people[1])
        .execute(&app.db)
        .await
        .unwrap();
    sqlx::query("update contacts set stage = 'spoke' where name <> 'Zoe Last'").execute(&app.db).await.unwrap();
    people
}

#[tokio::test]
async fn words_that_mean_one_person_choose_them() {
    for words in [
        "Élodie O’Brien, Jr., Orbital, Inc.",
        "elodie obrien",
        "ÉLODIE",
        "Jr., Orbital",
        "o'brien orbital",
        " brien  elod ",
    ] {
        let app = App::start().await;
        let [.., elodie] = people(&app).await;
        for asking in forms(&app).await.iter().take(if words == "ÉLODIE" { 9 } else { 2 }) {
            sqlx::query("delete from introductions").execute(&app.db).await.unwrap();
            sqlx::query("update contacts set introduced_by = null").execute(&app.db).await.unwrap();
            let answer = asking.form(&app.alice).await.fill(asking.label, words).submit(&app.alice).await;
            assert_eq!(answer.status, 303, "{words:?} in {}: {}", asking.page, answer.gist());
            assert_eq!(asking.chosen(&app).await, Some(elodie), "{words:?} in {}", asking.page);
        }
    }
}

#[tokio::test]
async fn where_several_fit_it_asks_which_and_nothing_typed_is_lost() {
    let app = App::start().await;
    let [_, second, ..] = people(&app).await;
    for asking in forms(&app).await {
        sqlx::query("delete from introductions").execute(&app.db).await.unwrap();
        sqlx::query("update contacts set introduced_by = null").execute(&app.db).await.unwrap();
        let form = asking.form(&app.alice).await.fill(asking.label, "Ann");
        let page = form.submit(&app.alice).await.is(422).page();
        assert_eq!(page.error_of(asking.label), "Several have that name: choose one", "{}", asking.page);
        assert_eq!(asking.chosen(&app).await, None);
        let form = page.form_to(&asking.action);
        assert_eq!(form.filled(asking.label), "Ann");
        for (label, value) in asking.rest {
            assert_eq!(form.filled(label), *value);
        }
        let offered = form.controls.iter().filter(|control| control.kind == "radio" && control.name == asking.name);
        let offered: Vec<_> = offered.map(|control| control.label.as_str()).collect();
        let told = [
            "Ann Lee, Acme GmbH & Co. KG Engineer",
            "Ann Lee, Acme GmbH & Co. KG Pilot",
            "Ann Leeds, Orbital, Inc. Engineer",
        ];
        assert_eq!(offered, told);
        let again = form.clone().submit(&app.alice).await.is(422).page();
        assert!(!again.error_of(asking.label).is_empty(), "none was chosen");
        form.set(asking.name, &second.to_string()).submit(&app.alice).await.to();
        assert_eq!(asking.chosen(&app).await, Some(second), "{}", asking.page);
    }
}

#[tokio::test]
async fn words_that_mean_nobody_are_said_and_kept() {
    let app = App::start().await;
    people(&app).await;
    app.rows(&app.charlie).contact("Mallory", None).await;
    for asking in forms(&app).await {
        for words in ["Mallory", "Ann Lee, Navy", "%", "\u{0}", "x\u{10330}"] {
            let form = asking.form(&app.alice).await.fill(asking.label, words);
            let page = form.submit(&app.alice).await.is(422).page();
            let error = page.error_of(asking.label);
            assert!(error.starts_with("No contact has that name"), "{words:?} in {}: {error}", asking.page);
            if words != "\u{0}" {
                assert_eq!(page.form_to(&asking.action).filled(asking.label), words);
            }
            assert_eq!(asking.chosen(&app).await, None);
        }
    }
}

#[tokio::test]
async fn whoever_was_chosen_stays_until_the_words_change() {
    let app = App::start().await;
    let [_, second, ..] = people(&app).await;
    let mary = app.rows(&app.alice).contact("Mary Jackson", None).await;
    let asking = forms(&app).await.pop().unwrap();
    let save = async |form: crate::support::Form| {
        form.submit(&app.alice).await.to();
        asking.chosen(&app).await
    };
    let path = asking.action.as_str();
    app.alice.post(path, &[("name", "Zoe"), ("version", "1"), ("introduced_by", &second.to_string())]).await.to();
    let form = asking.form(&app.alice).await;
    assert_eq!(form.filled(asking.label), "Ann Lee, Acme GmbH & Co. KG");
    assert_eq!(
        save(form).await,
        Some(second),
        "the words stand for whom they were drawn with, though two have that name"
    );
    let form = asking.form(&app.alice).await.fill(asking.label, "mary");
    assert_eq!(save(form).await, Some(mary));
    let form = asking.form(&app.alice).await.fill(asking.label, " ");
    assert_eq!(save(form).await, None);
}

async fn offered(by: &Person, path: &str) -> Vec<String> {
    let answer = by.send(by.request(Method::GET, path).header("hx-request", "true")).await.is(200);
    let page = Page::parse(&answer.body, path);
    page.all("option").into_iter().map(|option| option.attr("value").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn while_one_types_the_few_that_fit_are_offered() {
    let app = App::start().await;
    let [first, ..] = people(&app).await;
    let rows = app.rows(&app.alice);
    app.rows(&app.charlie).contact("Ann Stranger", None).await;
    let binned = rows.contact("Ann Binned", None).await;
    rows.contact("Joan \"><script>alert(1)</script>", None).await;
    app.alice.post(&format!("/contacts/{binned}/deletions"), &[]).await.to();
    let both = ["Ann Lee, Acme GmbH & Co. KG", "Ann Leeds, Orbital, Inc."];
    assert_eq!(offered(&app.alice, &format!("/contacts/choices?but={first}&q=ann")).await, both);
    assert_eq!(offered(&app.alice, "/contacts/choices?q=leeds").await, both[1..]);
    assert_eq!(offered(&app.alice, "/contacts/choices?q=script").await, ["Joan \"><script>alert(1)</script>"]);
    assert!(offered(&app.alice, "/contacts/choices?q=nobody").await.is_empty());
    for nr in 0..20 {
        rows.contact(&format!("Ann {nr:02}"), None).await;
    }
    assert_eq!(offered(&app.alice, "/contacts/choices?q=ann").await.len(), 10);
    assert_eq!(offered(&app.alice, "/contacts/choices").await.len(), 10, "the likeliest before a word is typed");
    assert_eq!(app.alice.get("/contacts/choices?q=ann").await.to(), "/contacts?q=ann");
    app.visitor().get("/contacts/choices?q=ann").await.to();
}

#[tokio::test]
async fn contacts_are_found_by_words_and_never_chosen_from_a_list() {
    let app = App::start().await;
    let of_a_list = async |person: &Person, path: &str, page: &Page| {
        let names = sqlx::query_scalar::<_, String>("select name from contacts where user_id = $1");
        let names = names.bind(person.id).fetch_all(&app.db).await.unwrap();
        let options: Vec<String> = page.texts("select option");
        let named = options.into_iter().filter(|option| names.iter().any(|name| option.contains(name.as_str())));
        named.map(|option| format!("{path}: {option}")).collect::<Vec<_>>()
    };
    let mut wrong = Vec::new();
    let ada = app.demo().await;
    for (path, page) in crate::formats::pages(&ada).await {
        wrong.extend(of_a_list(&ada, &path, &page).await);
    }
    let mine = app.fill(&app.alice).await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Many People Ltd").await;
    for nr in 0..120 {
        rows.contact(&format!("Person {nr:03}"), Some(company)).await;
    }
    for route in routes(Verb::Get) {
        let answer = app.alice.get(&path_of(route, &mine)).await;
        if answer.header("content-type").starts_with("text/html") {
            wrong.extend(of_a_list(&app.alice, route.path, &answer.page()).await);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
