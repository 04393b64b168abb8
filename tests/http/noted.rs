//! Whatever a user wrote down is found by the search.

use crate::search::{page, set};
use crate::support::App;

#[tokio::test]
async fn whatever_was_noted_is_found() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    for (table, column, id, path) in [
        ("contacts", "notes", of.contact.0, format!("/contacts/{}", of.contact)),
        ("companies", "notes", of.company.0, format!("/companies/{}", of.company)),
        ("openings", "notes", of.opening.0, format!("/openings/{}", of.opening)),
        ("touchpoints", "note", of.touchpoint.0, format!("/contacts/{}", of.contact)),
        ("action_items", "text", of.action_item.0, format!("/contacts/{}", of.contact)),
        ("reasons", "text", of.reason.0, format!("/contacts/{}", of.contact)),
        ("introductions", "note", of.introduction.0, format!("/contacts/{}", of.other_contact)),
        ("findings", "text", of.finding, format!("/interviews/{}", of.interview)),
    ] {
        let word = format!("quokka of {table}").replace('_', " ");
        set(&app, format!("update {table} set {column} = 'Saw a {word}.' where id = '{id}'")).await;
        let links = page(&app.alice, &word).await;
        let links: Vec<_> = links.all(".found a").iter().filter_map(|a| a.attr("href").map(str::to_owned)).collect();
        assert_eq!(links, [path], "{table}");
    }
}
