//! The end of the search: who helped, a word of thanks to each, quiet, and taking it up again.

use inroad::ids::ContactId;

use crate::support::{App, Page};

/// What waits on Today; suggestions are there to be looked at.
const DUE: &str = "section:not([aria-labelledby=suggested]) li[data-row]";

async fn contact(app: &App, name: &str, kinds: &[&str]) -> ContactId {
    let form = app.alice.get("/contacts/new").await.is(200).page().form_to("/contacts");
    let to = form.fill("Name", name).submit(&app.alice).await.to();
    for kind in kinds {
        app.alice.post(&format!("{to}/touchpoints"), &[("kind", kind)]).await.to();
    }
    to.strip_prefix("/contacts/").unwrap().parse().unwrap()
}

async fn ending(app: &App) -> Page {
    app.alice.get("/ending").await.is(200).page()
}

async fn end(app: &App) -> Page {
    let form = ending(app).await.form_to("/ending");
    let answer = form.fill("Your news, in a sentence", "I am starting as an analyst at Acme.").submit(&app.alice).await;
    assert_eq!(answer.to(), "/ending");
    app.alice.follow(&answer).await
}

/// The people of the section with this heading.
fn people(page: &Page, heading: &str) -> Vec<String> {
    let section = page.all("section.card").into_iter().find(|section| {
        let title = scraper_text(section, "h2");
        title.first().is_some_and(|title| title == heading)
    });
    section.map(|section| scraper_text(&section, "li b")).unwrap_or_default()
}

fn scraper_text(element: &scraper::ElementRef<'_>, css: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(css).unwrap();
    element.select(&selector).map(|e| e.text().collect::<String>()).collect()
}

/// The number beside 'Today'.
fn badge(page: &Page) -> String {
    page.text("a[href='/'] .count").trim_end_matches(" due").to_owned()
}

async fn stored(app: &App) -> Vec<String> {
    let sql = "select row(name, stage, next_step, next_due, next_turns_on)::text from contacts where user_id = $1 order by id";
    sqlx::query_scalar(sql).bind(app.alice.id).fetch_all(&app.db).await.unwrap()
}

#[tokio::test]
async fn whoever_helped_is_listed_best_first_with_how_and_thanked_one_by_one() {
    let app = App::start().await;
    contact(&app, "Found Only", &[]).await;
    let writer = contact(&app, "Wanda Writer", &["answered_in_writing"]).await;
    let namer = contact(&app, "Nora Namer", &["sent_on"]).await;
    let company = app.alice.company("Acme").await;
    let referrer = contact(&app, "Rita Referrer", &["answered_in_writing"]).await;
    let referral = app.rows(&app.alice).referral(referrer, company, None).await;
    app.alice.post(&format!("/referrals/{referral}/makings"), &[("way", "hand_in")]).await.to();
    let page = ending(&app).await;
    assert_eq!(people(&page, "Who helped"), ["Rita Referrer", "Nora Namer", "Wanda Writer"]);
    assert!(page.says("Referred you. Answered in writing.") && page.says("Suggested someone else to ask."));

    let page = end(&app).await;
    assert_eq!(page.toast(), "Your search is over. The network stays.");
    assert_eq!(people(&page, "To thank"), ["Rita Referrer", "Nora Namer", "Wanda Writer"]);
    assert!(page.says("0 of 3"));
    assert_eq!(page.link("Write to the next"), format!("/ending/{referrer}"));

    let letter = app.alice.get(&format!("/ending/{referrer}")).await.is(200).page();
    assert!(letter.text("textarea").contains("I am starting as an analyst at Acme."));
    assert!(letter.text("textarea").contains("You put your name to mine"));
    let answer = letter.form_to(&format!("/contacts/{referrer}/touchpoints")).press("Mark as sent", &app.alice).await;
    assert_eq!(answer.to(), "/ending");
    let page = app.alice.follow(&answer).await;
    assert_eq!((people(&page, "Thanked"), people(&page, "To thank").len()), (vec!["Rita Referrer".into()], 2));
    let sql = "select kind, template from touchpoints where contact_id = $1 order by id desc limit 1";
    let (kind, template): (String, Option<String>) =
        sqlx::query_as(sql).bind(referrer).fetch_one(&app.db).await.unwrap();
    assert_eq!((kind.as_str(), template.as_deref()), ("thanked", Some("search_ended_referral")), "thanks were owed");
    page.undo().submit(&app.alice).await.to();
    assert_eq!(people(&ending(&app).await, "To thank").len(), 3);

    let skipped = ending(&app).await.form_to(&format!("/ending/{namer}/skips")).submit(&app.alice).await;
    let page = app.alice.follow(&skipped).await;
    assert_eq!(people(&page, "Left out"), ["Nora Namer"]);
    page.undo().submit(&app.alice).await.to();
    assert_eq!(people(&ending(&app).await, "To thank").len(), 3);
    let other = app.alice.get(&format!("/ending/{writer}?template=search_ended_introduction")).await.page();
    assert!(other.text("textarea").contains("you opened one of the doors"));
    app.charlie.get(&format!("/ending/{writer}")).await.is(404);
    app.charlie.post(&format!("/ending/{writer}/skips"), &[]).await.is(404);
    app.bob.post("/ending", &[("keep_up", "never")]).await.is(403);
}

#[tokio::test]
async fn the_reminders_rest_and_taking_it_up_again_finds_all_as_it_was() {
    let app = App::start().await;
    contact(&app, "Kate Novak", &["answered_yes"]).await;
    contact(&app, "Wanda Writer", &["answered_in_writing"]).await;
    contact(&app, "Ina Touch", &["answered_in_writing", "thanked"]).await;
    let of = app.fill(&app.alice).await;
    // Rows that were written bare are planned by the rules once.
    let form = app.alice.get("/settings/pace").await.page().form_to("/settings/pace");
    form.fill("After a talk: thank-you", "2").submit(&app.alice).await.to();
    let sql = "update referrals set status = 'agreed', way = 'link' where id = $1";
    sqlx::query(sql).bind(of.referral).execute(&app.db).await.unwrap();
    app.pass(jiff::SignedDuration::from_hours(48));
    let before = stored(&app).await;
    let due = async || app.alice.get("/").await.is(200).page();
    let today = due().await;
    assert!(today.says("Kate Novak") && today.says("Wanda Writer") && today.says("Send the CV"));

    end(&app).await;
    let page = due().await;
    assert!(page.says("Your search is over. The network stays."));
    assert!(page.says("Wanda Writer"), "thanks are still owed");
    assert!(page.says("Send the paper"), "a promise is a promise");
    assert!(!page.says("Kate Novak"), "a yes to a plea rests");
    assert!(!page.says("Send the CV"), "so does a referral's task");
    assert_eq!(badge(&page), page.all(DUE).len().to_string(), "the badge counts what is shown");
    assert_eq!(badge(&today), today.all(DUE).len().to_string());
    // Only writing was planned anew: ninety days after thanking.
    let rhythm = "select next_due::text from contacts where user_id = $1 and name = 'Ina Touch'";
    let rhythm =
        async || sqlx::query_scalar::<_, Option<String>>(rhythm).bind(app.alice.id).fetch_one(&app.db).await.unwrap();
    assert_eq!(rhythm().await.as_deref(), Some("2027-02-22"));
    let form = ending(&app).await.form_to("/ending");
    form.tick("Not at all").press("Save", &app.alice).await.to();
    assert_eq!(rhythm().await, None);

    let answer = due().await.form_to("/ending/reopenings").submit(&app.alice).await;
    assert_eq!(answer.to(), "/");
    let page = app.alice.follow(&answer).await;
    assert_eq!(stored(&app).await, before);
    assert!(page.says("Kate Novak") && !page.says("Your search is over"));
    page.undo().submit(&app.alice).await.to();
    let page = ending(&app).await;
    assert!(page.says("Since Thursday 26 November"));
    assert_eq!(page.form_to("/ending").filled("Your news, in a sentence"), "I am starting as an analyst at Acme.");
    assert_eq!(rhythm().await, None, "as it was chosen");
}

#[tokio::test]
async fn an_accepted_opening_leads_there_and_is_named() {
    let app = App::start().await;
    let company = app.alice.company("Analytical Engines").await;
    let opening = app.rows(&app.alice).opening(company, "Data analyst").await;
    let page = app.alice.get(&format!("/openings/{opening}")).await.is(200).page();
    assert!(!page.says("End the search"));
    app.alice.post(&format!("/openings/{opening}/statuses"), &[("status", "accepted")]).await.to();
    let page = app.alice.get(&format!("/openings/{opening}")).await.is(200).page();
    let to = page.link("End the search, and thank everyone who helped");
    let form = app.alice.get(&to).await.is(200).page().form_to("/ending");
    assert_eq!(form.filled("The opening you took"), opening.to_string());
    assert_eq!(form.filled("Your news, in a sentence"), "I have taken a new role: Data analyst at Analytical Engines.");
    form.submit(&app.alice).await.to();
    let kept: String = sqlx::query_scalar("select preferences ->> 'search_ended_with' from users where id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(kept, opening.to_string());
}

#[tokio::test]
async fn the_form_says_what_is_wrong() {
    let app = App::start().await;
    let form = ending(&app).await.form_to("/ending");
    let long = "x".repeat(501);
    let page = form.fill("Your news, in a sentence", &long).submit(&app.alice).await.is(422).page();
    assert!(!page.error_of("Your news, in a sentence").is_empty());
    app.alice.post("/ending", &[("keep_up", "hourly")]).await.is(422);
    app.alice.post("/ending", &[("keep_up", "never"), ("opening", "x")]).await.is(422);
    assert!(ending(&app).await.says("What ended it?"), "nothing was ended");
}
