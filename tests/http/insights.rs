//! Insights across companies: counted by person and company, searched, filtered, paged.

use inroad::ids::InsightId;

use crate::dossier::{Place, said};
use crate::support::{App, Page};

async fn list(app: &App, query: &str) -> Page {
    app.alice.get(&format!("/insights{query}")).await.is(200).page()
}

fn texts(page: &Page) -> Vec<String> {
    page.all(".lines > li")
        .iter()
        .map(|line| line.select(&scraper::Selector::parse(".said").unwrap()).next().unwrap().text().collect())
        .collect()
}

#[tokio::test]
async fn people_at_several_companies_are_counted() {
    let place = Place::new().await;
    let app = &place.app;
    let rows = app.rows(&app.alice);
    let other = rows.company("Beacon").await;
    let alan = rows.contact("Alan Turing", Some(other)).await;
    let talk = rows.interview(alan, Some(other)).await;
    let one = place.said(place.ada, "requirements", "SQL").await;
    let two = place.said(place.grace, "requirements", "Queries without help").await;
    let three = said(app, Some(other), (alan, talk), "requirements", "SQL joins").await;
    let fourth = said(app, Some(other), (alan, talk), "requirements", "SQL, as I said").await;
    said(app, None, (alan, talk), "trends", "Machines write it").await;
    for id in [one, three] {
        app.alice.post(&format!("/insights/{id}/weights"), &[("weight", "essential")]).await.to();
    }
    app.alice.post(&format!("/insights/{two}/weights"), &[("weight", "nice_to_have")]).await.to();
    assert!(list(app, "").await.has("form.alike"), "likeness is proposed across companies");
    let lines: Vec<String> = [one, two, three, fourth].iter().map(InsightId::to_string).collect();
    let fields: Vec<_> = lines.iter().map(|line| ("line", line.as_str())).chain([("kind", "same")]).collect();
    let answer = app.alice.post("/insight-links", &fields).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(texts(&page), ["SQL", "Machines write it"]);
    assert!(page.says("3 people at 2 companies. Essential for 2, nice to have for 1"), "{}", page.text(".lines"));
    let apart = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(texts(&apart).len(), 5);
    // A dossier shows its own company's voices of the group.
    app.alice.post("/insight-links", &fields).await.to();
    assert!(place.page().await.text("#requirements").contains("2 people said so"));

    assert_eq!(texts(&list(app, "?q=queries+help").await), ["SQL"], "found by any voice");
    assert_eq!(texts(&list(app, "?topic=trends").await), ["Machines write it"]);
    assert_eq!(texts(&list(app, "?weight=essential").await), ["SQL"]);
    assert_eq!(texts(&list(app, &format!("?company={other}")).await), ["SQL"]);
    assert!(list(app, "?q=nothing").await.says("No line is like that"));
    assert_eq!(texts(&list(app, "?q=%00").await).len(), 2);

    // Someone in the bin says nothing.
    app.alice.post(&format!("/contacts/{alan}/deletions"), &[]).await.to();
    assert!(list(app, "").await.says("2 people. Essential for 1, nice to have for 1"));
    // A company in the bin leaves what was said.
    app.alice.post(&format!("/companies/{}/deletions", place.company), &[]).await.to();
    assert_eq!(texts(&list(app, "").await), ["SQL"]);
}

#[tokio::test]
async fn many_lines_are_paged() {
    let place = Place::new().await;
    for nr in 0..65 {
        place.said(place.ada, "team", &format!("Number {nr}")).await;
    }
    let first = list(&place.app, "").await;
    assert_eq!(texts(&first).len(), 30);
    assert!(first.says("1 to 30 of 65"));
    let second = place.app.alice.get(&first.link("Next")).await.is(200).page();
    assert!(second.says("31 to 60 of 65"));
    let third = place.app.alice.get(&second.link("Next")).await.is(200).page();
    assert_eq!(texts(&third).len(), 5);
    assert_eq!(texts(&place.app.alice.get(&third.link("Before")).await.page()), texts(&second));
}

#[tokio::test]
async fn strangers_lines_are_nowhere_and_an_empty_page_teaches() {
    let place = Place::new().await;
    place.said(place.ada, "team", "Seven analysts").await;
    let theirs = place.app.charlie.get("/insights").await.is(200).page();
    assert_eq!(theirs.text(".empty h2"), "Nothing learned yet");
    assert!(!theirs.says("Seven analysts"));
    assert!(place.app.bob.get("/insights").await.is(200).page().says("Seven analysts"), "a coach reads");
    assert_eq!(place.app.alice.get("/interviews").await.page().link("What I learned"), "/insights");
    assert_eq!(
        place.app.alice.get("/openings").await.page().link("What the role asks for"),
        "/insights?topic=requirements"
    );
}
