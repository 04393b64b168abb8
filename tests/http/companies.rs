//! Target companies: the list, a pasted list, a company's page, its ratings, status and bin.

use inroad::ids::CompanyId;

use crate::support::{Answer, App, Page, Person};

/// The names on the list, in its order.
fn names(page: &Page) -> Vec<String> {
    page.texts("tbody tr th a")
}

pub(crate) async fn list(person: &Person, query: &str) -> Vec<String> {
    names(&person.get(&format!("/companies{query}")).await.is(200).page())
}

pub(crate) async fn paste(person: &Person, lines: &str) -> Answer {
    let page = person.get("/companies/new").await.is(200).page();
    page.form_to("/companies").fill("Companies", lines).submit(person).await
}

async fn rate(person: &Person, id: CompanyId, field: &str, value: &str) {
    person.post(&format!("/companies/{id}/ratings"), &[(field, value)]).await.to();
}

pub async fn set_status(person: &Person, id: CompanyId, status: &str, reason: &str) -> Answer {
    let page = person.get(&format!("/companies/{id}")).await.is(200).page();
    let form = page.form_to(&format!("/companies/{id}/statuses"));
    form.fill("Status", status).fill("Reason", reason).submit(person).await
}

#[tokio::test]
async fn the_first_visit_says_what_to_do() {
    let app = App::start().await;
    let page = app.alice.get("/companies").await.is(200).page();
    assert_eq!(page.text("h1"), "Target companies");
    assert!(page.says("Start with ten companies"));
    assert_eq!(page.link("Add companies"), "/companies/new");
}

#[tokio::test]
async fn one_company_is_added_and_shown() {
    let app = App::start().await;
    let answer = paste(&app.alice, "Acme, acme.com").await;
    assert!(answer.to().starts_with("/companies/"));
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.text("h1"), "Acme");
    assert_eq!(page.toast(), "1 company added.");
    assert_eq!(page.link("website"), "https://acme.com");
}

#[tokio::test]
async fn a_pasted_list_is_looked_at_before_it_is_taken_over() {
    let app = App::start().await;
    app.alice.company("Initech").await;
    let preview = paste(&app.alice, "Acme, acme.com\nGlobex\n\nACME inc\ninitech\nhttps://nameless.example\n")
        .await
        .is(200)
        .page();
    assert_eq!(preview.text("h1"), "Preview");
    let lines = preview.texts("tbody tr");
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert!(lines[0].contains("Acme") && lines[0].contains("new"));
    assert!(lines[2].contains("twice") && lines[2].contains("line 1"), "{}", lines[2]);
    assert!(lines[3].contains("yours already") && lines[3].contains("Initech"), "{}", lines[3]);
    assert!(lines[4].starts_with('6') && lines[4].contains("left out"), "{}", lines[4]);
    assert_eq!(list(&app.alice, "").await, ["Initech"], "nothing is added by looking");

    let answer = preview.form_to("/companies").press("Add 2 companies", &app.alice).await;
    assert_eq!(answer.to(), "/companies");
    assert_eq!(app.alice.follow(&answer).await.toast(), "2 companies added.");
    assert_eq!(list(&app.alice, "?sort=name").await, ["Acme", "Globex", "Initech"]);
}

#[tokio::test]
async fn a_list_longer_than_one_may_be_is_added_in_parts() {
    let app = App::start().await;
    let names: Vec<String> = (1..=620).map(|n| format!("Company {n:03}")).collect();
    let preview = paste(&app.alice, &names.join("\n")).await.is(200).page();
    assert!(preview.says("500 of 620 will be added"));
    assert!(preview.says("120 lines from here on wait until these are added"));
    let answer = preview.form_to("/companies").press("Add 500 companies", &app.alice).await;
    assert_eq!(answer.to(), "/companies/new");
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "500 companies added.");
    assert!(page.says("120 of 120 will be added"), "the rest waits");
    let answer = page.form_to("/companies").press("Add 120 companies", &app.alice).await;
    assert_eq!(answer.to(), "/companies");
    let count: i64 = sqlx::query_scalar("select count(*) from companies where user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(count, 620);
    // Where all of the first part are there, the rest is reached all the same.
    let list: Vec<String> = names[..500].iter().cloned().chain(["Another".to_owned()]).collect();
    let preview = paste(&app.alice, &list.join("\n")).await.is(200).page();
    assert!(preview.says("0 of 501 will be added"));
    let answer = preview.form_to("/companies").press("Go on with the rest", &app.alice).await;
    assert!(app.alice.follow(&answer).await.says("1 of 1 will be added"));
}

#[tokio::test]
async fn the_website_of_a_company_on_the_list_is_not_dropped_in_silence() {
    let app = App::start().await;
    app.alice.company("Acme").await;
    let preview = paste(&app.alice, "Acme, acme.com\nGlobex").await.is(200).page();
    assert!(preview.says("Left out: https://acme.com"));
    preview.form_to("/companies").press("Add 1 company", &app.alice).await.to();
    let page = paste(&app.alice, "Acme, acme.com").await.is(422).page();
    assert_eq!(page.error_of("Companies"), "Acme is on your list already. You can add the website on its page");
}

#[tokio::test]
async fn an_empty_list_or_a_known_company_is_said_at_the_field() {
    let app = App::start().await;
    app.alice.company("Acme").await;
    let page = paste(&app.alice, " \n").await.is(422).page();
    assert_eq!(page.error_of("Companies"), "Enter at least one company, one per line");
    let page = paste(&app.alice, "ACME, Inc.").await.is(422).page();
    assert_eq!(page.error_of("Companies"), "Acme is on your list already");
    assert_eq!(page.form_to("/companies").filled("Companies"), "ACME, Inc.", "what was typed stays");
}

#[tokio::test]
async fn the_same_list_sent_twice_at_once_adds_each_company_once() {
    let app = App::start().await;
    let fields = [("companies", "Acme\nGlobex"), ("found_by", "own_idea"), ("confirmed", "yes")];
    let (one, two) = tokio::join!(app.alice.post("/companies", &fields), app.alice.post("/companies", &fields));
    assert!(one.status.as_u16() < 400 && two.status.as_u16() < 400, "{} {}", one.gist(), two.gist());
    assert_eq!(list(&app.alice, "?sort=name").await, ["Acme", "Globex"]);
}

#[tokio::test]
async fn the_list_is_worked_from_the_top_motivation_then_posting_then_advocates() {
    let app = App::start().await;
    for name in ["Low", "High without posting", "High with posting", "High with advocate"] {
        app.alice.company(name).await;
    }
    let ids: Vec<CompanyId> = {
        let page = app.alice.get("/companies?sort=name").await.page();
        let mut links: Vec<_> =
            page.links().into_iter().filter(|(_, to)| to.len() == "/companies/".len() + 36).collect();
        links.sort();
        links.into_iter().map(|(_, to)| to["/companies/".len()..].parse().unwrap()).collect()
    };
    let [advocate, posting, without, low] = ids[..] else { panic!("{ids:?}") };
    for (id, motivation, post) in [(advocate, "4", "1"), (posting, "4", "3"), (without, "4", "1"), (low, "1", "3")] {
        rate(&app.alice, id, "motivation", motivation).await;
        rate(&app.alice, id, "posting", post).await;
    }
    let friend = app.rows(&app.alice).contact("Ada Byron", Some(advocate)).await;
    sqlx::query("update contacts set warmth = 'knows_me', stage = 'in_touch', next_step = 'write' where id = $1")
        .bind(friend)
        .execute(&app.db)
        .await
        .unwrap();
    let expected = ["High with posting", "High with advocate", "High without posting", "Low"];
    assert_eq!(list(&app.alice, "").await, expected);
}

#[tokio::test]
async fn the_list_is_filtered_by_status_people_and_posting() {
    let app = App::start().await;
    let (known, hiring, paused, out) = (
        app.alice.company("Known").await,
        app.alice.company("Hiring").await,
        app.alice.company("Paused").await,
        app.alice.company("Out").await,
    );
    app.rows(&app.alice).contact("Ada Byron", Some(known)).await;
    rate(&app.alice, hiring, "posting", "3").await;
    set_status(&app.alice, paused, "Paused", "").await.to();
    set_status(&app.alice, out, "Ruled out", "Too far").await.to();
    app.charlie.company("Not hers").await;
    for (query, expected) in [
        ("?show=active&sort=name", &["Hiring", "Known"][..]),
        ("?show=nobody", &["Hiring"]),
        ("?show=posting", &["Hiring"]),
        ("?show=paused", &["Paused"]),
        ("?show=ruled_out", &["Out"]),
        ("?show=all&sort=name", &["Hiring", "Known", "Out", "Paused"]),
        ("?show=nonsense&sort=name", &["Hiring", "Known"]),
    ] {
        assert_eq!(list(&app.alice, query).await, expected, "{query}");
    }
    let page = app.alice.get("/companies?show=ruled_out").await.page();
    assert!(page.says("Too far"));
    let counts: Vec<String> = page.texts("nav.filters .count");
    assert_eq!(counts, ["2", "1", "1", "1", "1", "4"]);
}

#[tokio::test]
async fn what_is_searched_for_is_taken_literally() {
    let app = App::start().await;
    for name in ["100% Good", "1000 Good", "under_score", "underXscore", r"back\slash"] {
        app.alice.company(name).await;
    }
    for (search, expected) in [
        ("100%25", &["100% Good"][..]),
        ("under_", &["under_score"]),
        ("UNDER", &["under_score", "underXscore"]),
        (r"%5C", &[r"back\slash"]),
        ("'", &[]),
        ("%00", &["100% Good", "1000 Good", r"back\slash", "under_score", "underXscore"]),
    ] {
        let mut found = list(&app.alice, &format!("?q={search}")).await;
        found.sort_by_key(|name| name.to_lowercase());
        let mut expected = expected.to_vec();
        expected.sort_by_key(|name| name.to_lowercase());
        assert_eq!(found, expected, "{search}");
    }
}

#[tokio::test]
async fn a_long_list_is_turned_page_by_page() {
    let app = App::start().await;
    let lines: Vec<String> = (0..130).map(|n| format!("Company {n:03}")).collect();
    let fields = [("companies", lines.join("\n")), ("found_by", "own_idea".into()), ("confirmed", "yes".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    app.alice.post("/companies", &fields).await.to();
    let mut address = "/companies?sort=name".to_owned();
    let (mut seen, mut pages) = (Vec::new(), Vec::new());
    loop {
        let page = app.alice.get(&address).await.is(200).page();
        seen.extend(names(&page));
        pages.push(address);
        match page.all("a[rel=next]").first().and_then(|a| a.attr("href")) {
            Some(next) => address = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, lines, "{pages:?}");
    assert!(pages.len() > 1);
    let last = app.alice.get(pages.last().unwrap()).await.page();
    let before = last.all("a[rel=prev]").first().and_then(|a| a.attr("href")).unwrap().to_owned();
    assert!(!list(&app.alice, &before["/companies".len()..]).await.is_empty());
}

#[tokio::test]
async fn motivation_and_posting_are_set_from_the_list() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    let page = app.alice.get("/companies?q=acme").await.page();
    let answer = page.form("#rate").press("4 of 5", &app.alice).await;
    assert!(answer.to().starts_with("/companies?") && answer.to().contains("q=acme"), "back to the same list");
    let page = app.alice.follow(&answer).await;
    assert!(page.has(&format!("#motivation-{id}-4.on")) && !page.has(&format!("#motivation-{id}-5.on")));

    let form = page.form("form:has(select[name=posting])");
    let page = app.alice.follow(&form.fill("Posting at Acme", "right now").submit(&app.alice).await).await;
    assert_eq!(page.form("form:has(select[name=posting])").filled("Posting at Acme"), "3");
    for (field, value) in
        [("motivation", "6"), ("motivation", "-1"), ("posting", "4"), ("posting", "x"), ("other", "1")]
    {
        app.alice.post(&format!("/companies/{id}/ratings"), &[(field, value)]).await.is(400);
    }
}

#[tokio::test]
async fn ruling_out_needs_a_reason_and_is_reversible() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    set_status(&app.alice, id, "Ruled out", "").await.is(400);
    let answer = set_status(&app.alice, id, "Ruled out", "They left town").await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "Acme is ruled out now.");
    assert!(page.says("They left town"));
    set_status(&app.alice, id, "Active", "").await.to();
    assert_eq!(list(&app.alice, "").await, ["Acme"]);
    app.alice.post(&format!("/companies/{id}/statuses"), &[("status", "gone")]).await.is(400);
}

#[tokio::test]
async fn editing_saves_what_was_typed_and_says_what_was_wrong() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    app.alice.company("Globex").await;
    let form = || async {
        app.alice.get(&format!("/companies/{id}/edit")).await.is(200).page().form_to(&format!("/companies/{id}"))
    };
    let bad = form()
        .await
        .fill("Name", "")
        .fill("Website", "javascript:alert(1)")
        .fill("Notes", "Kept")
        .submit(&app.alice)
        .await;
    let page = bad.is(422).page();
    assert!(!page.error_of("Name").is_empty() && !page.error_of("Website").is_empty());
    assert_eq!(page.form_to(&format!("/companies/{id}")).filled("Notes"), "Kept");
    let taken = form().await.fill("Name", "globex").submit(&app.alice).await.is(422).page();
    assert_eq!(taken.error_of("Name"), "Another company on your list has this name");

    let saved = form()
        .await
        .fill("Name", "Acme Labs")
        .fill("Website", "acme.example/work")
        .fill("Industry", "Rockets")
        .fill("Place", "Kiel")
        .fill("Notes", "First line\nsecond line")
        .submit(&app.alice)
        .await;
    let page = app.alice.follow(&saved).await;
    assert_eq!(page.text("h1"), "Acme Labs");
    assert_eq!(page.link("website"), "https://acme.example/work");
    assert!(page.says("Rockets · Kiel") && page.says("First line second line"));
}

#[tokio::test]
async fn two_saves_do_not_overwrite_each_other() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    let address = format!("/companies/{id}");
    let first = app.alice.get(&format!("{address}/edit")).await.page().form_to(&address);
    let second = app.alice.get(&format!("{address}/edit")).await.page().form_to(&address);
    first.fill("Notes", "from the first tab").submit(&app.alice).await.to();
    let page = second.fill("Notes", "from the second tab").submit(&app.alice).await.is(409).page();
    assert!(page.says("from the first tab") && page.says("from the second tab"), "both texts are shown");
    let form = page.form_to(&address);
    assert_eq!(form.filled("Notes"), "from the second tab");
    form.submit(&app.alice).await.to();
    assert!(app.alice.get(&address).await.page().says("from the second tab"), "saving again decides");
}

#[tokio::test]
async fn a_deleted_company_comes_back_by_undo() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    let page = app.alice.get(&format!("/companies/{id}")).await.page();
    let answer = page.form_to(&format!("/companies/{id}/deletions")).submit(&app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "Acme is in the bin.");
    app.alice.get(&format!("/companies/{id}")).await.is(404);
    let undone = page.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.toast(), "Acme is back.");
}

#[tokio::test]
async fn it_stays_in_the_bin_when_its_name_is_taken() {
    let app = App::start().await;
    let old = app.alice.company("Acme").await;
    app.alice.post(&format!("/companies/{old}/deletions"), &[]).await.to();
    let new = app.alice.company("Acme").await;
    let answer = app.alice.post(&format!("/companies/{old}/restorations"), &[]).await;
    assert!(app.alice.follow(&answer).await.says("Keep it in the bin"));
    app.alice.get(&format!("/companies/{old}")).await.is(404);
    app.alice.get(&format!("/companies/{new}")).await.is(200);
    app.alice.post(&format!("/companies/{new}/restorations"), &[]).await.is(404);
}

#[tokio::test]
async fn a_stranger_gets_404_and_sees_nothing() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    for path in ["", "/edit"] {
        app.charlie.get(&format!("/companies/{id}{path}")).await.is(404);
    }
    for (path, fields) in [
        ("", &[("name", "Mine"), ("found_by", "own_idea"), ("version", "1")][..]),
        ("/ratings", &[("motivation", "1")]),
        ("/statuses", &[("status", "paused")]),
        ("/deletions", &[]),
        ("/restorations", &[]),
    ] {
        app.charlie.post(&format!("/companies/{id}{path}"), fields).await.is(404);
    }
    assert_eq!(list(&app.charlie, "?show=all").await, [""; 0]);
    assert_eq!(list(&app.alice, "").await, ["Acme"]);
    app.charlie.company("Acme").await;
}

#[tokio::test]
async fn a_coach_may_look_but_not_touch() {
    let app = App::start().await;
    let id = app.alice.company("Acme").await;
    assert_eq!(list(&app.bob, "").await, ["Acme"]);
    let page = app.bob.get(&format!("/companies/{id}")).await.is(200).page();
    assert!(page.text("aside.banner").contains("looking at Alice Adams"));
    let page = app.bob.post(&format!("/companies/{id}/deletions"), &[]).await.is(403).page();
    assert!(page.says("you can read, not change"));
    assert_eq!(list(&app.alice, "").await, ["Acme"]);
}

#[tokio::test]
async fn what_is_no_id_is_no_page() {
    let app = App::start().await;
    for id in ["1", "x", "%00", "00000000-0000-0000-0000-000000000000", "..%2f..", "new%20"] {
        app.alice.get(&format!("/companies/{id}")).await.is(404);
        app.alice.post(&format!("/companies/{id}/deletions"), &[]).await.is(404);
    }
}

#[tokio::test]
async fn it_wants_a_sign_in() {
    let app = App::start().await;
    let answer = app.visitor().get("/companies?show=all").await;
    assert_eq!(answer.to(), "/login?next=%2Fcompanies%3Fshow%3Dall");
}
