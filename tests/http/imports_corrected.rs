//! What the user corrected stays, however often the same list comes in; a list that says something else than last time is news.

use inroad::ids::ContactId;

use crate::imports::{HEADER, confirm, figure, import, previewed, undo};
use crate::support::{App, Person};

/// The list with one person in it, whose employer and position are given.
fn list(job: &str) -> String {
    format!("{HEADER}Ada,Lovelace,https://www.linkedin.com/in/ada,,{job},01 Feb 2020\n")
}

async fn id(app: &App, person: &Person) -> ContactId {
    let sql = "select id from contacts where user_id = $1 and deleted_at is null";
    sqlx::query_scalar(sql).bind(person.id).fetch_one(&app.db).await.unwrap()
}

async fn change(person: &Person, contact: ContactId, fields: &[(&str, &str)]) {
    let path = format!("/contacts/{contact}");
    let form = person.get(&format!("{path}/edit")).await.is(200).page().form_to(&path);
    fields.iter().fold(form, |form, (label, value)| form.fill(label, value)).submit(person).await.to();
}

/// Name, employer and position as they are kept.
async fn kept(app: &App, contact: ContactId) -> [Option<String>; 3] {
    let sql = "select name, employer, job_title from contacts where id = $1";
    let (name, employer, title) = sqlx::query_as(sql).bind(contact).fetch_one(&app.db).await.unwrap();
    [name, employer, title]
}

fn is(name: &str, employer: &str, title: &str) -> [Option<String>; 3] {
    [name, employer, title].map(|text| Some(text.to_owned()))
}

#[tokio::test]
async fn what_was_corrected_stays_and_a_new_employer_is_news() {
    let app = App::start().await;
    import(&app.alice, &list("Acme,Enginer")).await;
    let ada = id(&app, &app.alice).await;
    let fields = [("Name", "Ada King"), ("Company", "Acme Labs"), ("Job title", "Engineer")];
    change(&app.alice, ada, &fields).await;

    let path = previewed(&app.alice, &list("Acme,Enginer")).await;
    assert!(app.alice.get(&path).await.page().says("Everyone in this file is on your list already"));
    let report = confirm(&app.alice, &path).await;
    assert_eq!((figure(&report, "updated"), figure(&report, "the same")), (0, 1));
    assert_eq!(kept(&app, ada).await, is("Ada King", "Acme Labs", "Engineer"));

    let path = previewed(&app.alice, &list("Globex,Head of engines")).await;
    assert!(app.alice.get(&path).await.page().says("Engineer at Acme Labs → Head of engines at Globex"));
    let report = confirm(&app.alice, &path).await;
    assert_eq!(figure(&report, "1 changed job"), 1);
    assert_eq!(kept(&app, ada).await, is("Ada King", "Globex", "Head of engines"));
    let page = app.alice.get(&format!("/contacts/{ada}")).await.page();
    assert!(page.says("Your new role as Head of engines at Globex"));

    undo(&app.alice, &path).await;
    assert_eq!(kept(&app, ada).await, is("Ada King", "Acme Labs", "Engineer"));
    let report = import(&app.alice, &list("Acme,Enginer")).await;
    assert_eq!(figure(&report, "updated"), 0, "what the list said before is known again, too");
    let report = import(&app.alice, &list("Globex,Head of engines")).await;
    assert_eq!(figure(&report, "1 changed job"), 1, "and what was undone can come again");
}

#[tokio::test]
async fn a_position_goes_with_its_employer_and_a_new_one_there_is_news() {
    let app = App::start().await;
    import(&app.alice, &list("Acme,Analyst")).await;
    let ada = id(&app, &app.alice).await;
    change(&app.alice, ada, &[("Job title", "Lead analyst")]).await;
    import(&app.alice, &list("ACME Inc.,Analyst")).await;
    assert_eq!(kept(&app, ada).await, is("Ada Lovelace", "Acme", "Lead analyst"), "another spelling is no other job");
    import(&app.alice, &list("Globex,Analyst")).await;
    assert_eq!(kept(&app, ada).await, is("Ada Lovelace", "Globex", "Analyst"));
    change(&app.alice, ada, &[("Job title", "Lead analyst")]).await;
    let report = import(&app.alice, &list("Globex,Director")).await;
    assert_eq!(
        (figure(&report, "1 changed job"), kept(&app, ada).await),
        (1, is("Ada Lovelace", "Globex", "Director"))
    );
}

#[tokio::test]
async fn what_the_user_knew_first_is_no_news_when_the_list_says_it() {
    let app = App::start().await;
    import(&app.alice, &list("Acme,Analyst")).await;
    let ada = id(&app, &app.alice).await;
    change(&app.alice, ada, &[("Company", "Globex"), ("Job title", "Director")]).await;
    let path = previewed(&app.alice, &list("Globex,Director")).await;
    let report = confirm(&app.alice, &path).await;
    assert_eq!((figure(&report, "updated"), figure(&report, "the same")), (0, 1));
    change(&app.alice, ada, &[("Job title", "Managing director")]).await;
    import(&app.alice, &list("Globex,Director")).await;
    assert_eq!(kept(&app, ada).await, is("Ada Lovelace", "Globex", "Managing director"));
}

#[tokio::test]
async fn someone_who_was_added_by_hand_is_read_as_listed_from_the_first_list_on() {
    let app = App::start().await;
    let fields =
        [("Name", "Ada Lovelace"), ("Profile address", "https://www.linkedin.com/in/ada"), ("Job title", "Analyst")];
    let form = app.alice.get("/contacts/new").await.page().form_to("/contacts");
    fields.iter().fold(form, |form, (label, value)| form.fill(label, value)).submit(&app.alice).await.to();
    let ada = id(&app, &app.alice).await;
    change(&app.alice, ada, &[("Company", "Acme")]).await;
    import(&app.alice, &list("Acme,Analyst")).await;
    change(&app.alice, ada, &[("Job title", "Lead analyst")]).await;
    import(&app.alice, &list("Acme,Analyst")).await;
    assert_eq!(kept(&app, ada).await, is("Ada Lovelace", "Acme", "Lead analyst"));
}

/// Before it was kept what a list said, what is kept of someone counts alone: as it always did.
#[tokio::test]
async fn an_import_from_before_reads_the_next_list_against_what_is_kept() {
    let app = App::start().await;
    import(&app.alice, &list("Acme,Analyst")).await;
    let ada = id(&app, &app.alice).await;
    let before = "update contacts set said_name = null, said_employer = null, said_job_title = null where id = $1";
    sqlx::query(before).bind(ada).execute(&app.db).await.unwrap();
    let report = import(&app.alice, &list("Acme,Analyst")).await;
    assert_eq!((figure(&report, "updated"), figure(&report, "the same")), (0, 1));
    change(&app.alice, ada, &[("Job title", "Lead analyst")]).await;
    import(&app.alice, &list("Acme,Analyst")).await;
    assert_eq!(kept(&app, ada).await, is("Ada Lovelace", "Acme", "Lead analyst"));
    sqlx::query(before).bind(ada).execute(&app.db).await.unwrap();
    let report = import(&app.alice, &list("Globex,Director")).await;
    assert_eq!(figure(&report, "1 changed job"), 1);
}

#[tokio::test]
async fn someone_without_a_profile_is_found_by_the_words_of_the_list() {
    let app = App::start().await;
    let list = format!("{HEADER}Ada,Lovelace,,,Acme,Analyst,01 Feb 2020\n");
    import(&app.alice, &list).await;
    let ada = id(&app, &app.alice).await;
    change(&app.alice, ada, &[("Name", "Ada King"), ("Company", "Globex")]).await;
    let report = import(&app.alice, &list).await;
    assert_eq!((figure(&report, "new"), figure(&report, "the same")), (0, 1));
    assert_eq!(kept(&app, ada).await, is("Ada King", "Globex", "Analyst"));
}
