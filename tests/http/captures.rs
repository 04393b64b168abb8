//! What is captured from elsewhere: read, shown for correction, kept until it is looked at, and never lost.

use jiff::SignedDuration;
use reqwest::Method;

use crate::support::{App, Person};

fn query(fields: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!("/capture?{query}")
}

/// How many captures of this person wait.
async fn waiting(app: &App, person: &Person) -> i64 {
    let sql = "select count(*) from captures where user_id = $1 and done_at is null";
    sqlx::query_scalar(sql).bind(person.id).fetch_one(&app.db).await.unwrap()
}

/// Pastes into the box, and gives the address of the page that shows what was read.
async fn paste(person: &Person, text: &str) -> String {
    let form = person.get("/capture").await.is(200).page().form_to("/captures");
    form.fill("Paste it here", text).submit(person).await.to()
}

const SIGNATURE: &str = "Jane Doe\nVP Engineering, Foo, Inc.\njane@foo.example | linkedin.com/in/janedoe";

#[tokio::test]
async fn what_is_pasted_is_read_and_waits_until_it_is_added() {
    let app = App::start().await;
    let there = paste(&app.alice, SIGNATURE).await;
    assert_eq!(waiting(&app, &app.alice).await, 1);
    let list = app.alice.get("/capture").await.page();
    assert_eq!(list.link("Jane Doe VP Engineering, Foo, Inc. jane@foo.example | linkedin.com/in/janedoe"), there);
    let page = app.alice.get(&there).await.is(200).page();
    assert!(page.says("This is what I read"));
    let form = page.form_to("/contacts");
    let read = ["Name", "Job title", "Company", "E-mail", "Profile address"].map(|field| form.filled(field));
    assert_eq!(read, ["Jane Doe", "VP Engineering", "Foo, Inc.", "jane@foo.example", "linkedin.com/in/janedoe"]);
    let wrong = form.fill("E-mail", "nobody").submit(&app.alice).await.is(422).page();
    assert_eq!(waiting(&app, &app.alice).await, 1, "it waits until it is added");
    wrong.form_to("/contacts").fill("E-mail", "jane@foo.example").submit(&app.alice).await.to();
    assert_eq!(waiting(&app, &app.alice).await, 0);
    assert!(app.alice.get(&there).await.is(200).page().says("You have them already"));
}

#[tokio::test]
async fn what_is_thrown_away_comes_back_and_goes_for_good_after_thirty_days() {
    let app = App::start().await;
    let there = paste(&app.alice, SIGNATURE).await;
    let page = app.alice.get("/capture").await.page();
    let answer = page.form_to(&format!("{there}/removals")).submit(&app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "Thrown away.");
    assert_eq!(waiting(&app, &app.alice).await, 0);
    page.undo().submit(&app.alice).await.to();
    assert_eq!(waiting(&app, &app.alice).await, 1);
    app.charlie.post(&format!("{there}/removals"), &[]).await.is(404);
    app.charlie.post(&format!("{there}/restorations"), &[]).await.is(404);
    let purge = async |days: i64| {
        inroad::trash::purge::purge(&app.pool, app.now() + SignedDuration::from_hours(24 * days)).await.unwrap();
        sqlx::query_scalar::<_, i64>("select count(*) from captures").fetch_one(&app.db).await.unwrap()
    };
    assert_eq!(purge(31).await, 1, "what waits goes on waiting");
    app.alice.post(&format!("{there}/removals"), &[]).await.to();
    assert_eq!((purge(29).await, purge(31).await), (1, 0));
}

#[tokio::test]
async fn sent_twice_it_is_kept_once_and_only_for_whoever_captured_it() {
    let app = App::start().await;
    let id = uuid::Uuid::now_v7().to_string();
    let send = async |person: &Person, account: &str, text: &str| {
        let request = person.request(Method::POST, "/captures").header("accept", "application/json");
        let fields = [("id", id.as_str()), ("title", ""), ("text", text), ("url", ""), ("account", account)];
        person.send(request.header("sec-fetch-site", "same-origin").form(&fields)).await
    };
    let (alice, charlie) = (app.alice.id.to_string(), app.charlie.id.to_string());
    for _ in 0..2 {
        let told: serde_json::Value =
            serde_json::from_str(&send(&app.alice, &alice, SIGNATURE).await.is(200).body).unwrap();
        assert_eq!(told["id"], id);
    }
    assert_eq!(waiting(&app, &app.alice).await, 1);
    send(&app.charlie, &alice, SIGNATURE).await.is(403);
    assert_eq!(waiting(&app, &app.charlie).await, 0);
    send(&app.charlie, &charlie, SIGNATURE).await.is(200);
    send(&app.visitor(), &alice, SIGNATURE).await.is(401);
    for text in ["", " \n", "\u{200B}"] {
        assert!(send(&app.alice, &alice, text).await.is(422).body.contains("problem"), "{text:?}");
    }
    let long = send(&app.alice, &alice, &"x".repeat(20_001)).await.is(422);
    assert!(long.body.contains("At most 20000 characters"), "{}", long.body);
    // Typed into the box, it comes back with what is wrong.
    let form = app.alice.get("/capture").await.page().form_to("/captures");
    let page = form.fill("Paste it here", "a\u{1}b").submit(&app.alice).await.is(422).page();
    assert!(page.error_of("Paste it here").contains("U+0001"));
    assert_eq!(page.form_to("/captures").filled("Paste it here"), "a\u{1}b");
}

#[tokio::test]
async fn someone_known_is_said_to_be_known() {
    let app = App::start().await;
    let empty = app.alice.get("/contacts/new").await.page().form_to("/contacts");
    let form = empty.fill("Name", "Grace Hopper").fill("Company", "US Navy").fill("E-mail", "grace_h@navy.example");
    let form = form.fill("Profile address", "https://www.linkedin.com/in/grace-hopper");
    let grace = form.submit(&app.alice).await.to();
    for (title, text, url, sure) in [
        ("(1) G. Hopper | LinkedIn", "", "https://de.linkedin.com/in/Grace-Hopper/?trk=x", true),
        ("", "Admiral Hopper <grace_h@navy.example>", "", true),
        ("Grace  HOPPER | XING", "", "https://www.xing.com/profile/Grace_Hopper2", false),
    ] {
        let shared = query(&[("title", title), ("text", text), ("url", url)]);
        let page = app.alice.get(&shared).await.is(200).page();
        assert_eq!(page.link("Grace Hopper"), grace, "{shared}");
        assert_eq!(page.says("You have them already"), sure, "{shared}");
        assert!(page.says("US Navy"));
        assert!(!app.charlie.get(&shared).await.page().says("have them already"));
    }
    let other = app.alice.get(&query(&[("text", "Grace <gracexh@navy.example>")])).await.page();
    assert!(!other.says("have them already"), "a sign of the pattern is a letter of the mailbox");
}

#[tokio::test]
async fn colleagues_with_one_website_are_two_people() {
    let app = App::start().await;
    for name in ["Jane Doe", "John Roe"] {
        let first = name.split(' ').next().unwrap().to_lowercase();
        let text = format!("{name}\nHead of Data\nAcme\n{first}@acme.example\nhttps://www.acme.example");
        let page = app.alice.get(&query(&[("text", &text)])).await.is(200).page();
        assert!(!page.says("You have them already"), "{name}");
        let form = page.form_to("/contacts");
        let read = ["Name", "Job title", "Company", "Profile address", "Notes"].map(|field| form.filled(field));
        assert_eq!(read, [name, "Head of Data", "Acme", "", "https://www.acme.example"]);
        form.submit(&app.alice).await.to();
    }
}

#[tokio::test]
async fn a_companys_own_page_is_offered_as_a_company() {
    let app = App::start().await;
    let shared = query(&[("title", "Acme | The robot company"), ("url", "https://acme.example/")]);
    let page = app.alice.get(&shared).await.is(200).page();
    assert_eq!(page.form_to("/contacts").filled("Name"), "");
    let added = page.form_to("/companies").submit(&app.alice).await.to();
    assert!(app.alice.get(&added).await.is(200).page().says("Acme"));
}

#[tokio::test]
async fn a_company_that_is_on_the_list_is_not_offered_again() {
    let app = App::start().await;
    app.alice.post("/companies", &[("companies", "Acme Robotics GmbH"), ("found_by", "own_idea")]).await.is(303);
    let shared = "/capture?title=Acme+Robotics+%7C+LinkedIn&url=https://www.linkedin.com/company/acme-robotics";
    let page = app.alice.get(shared).await.is(200).page();
    assert!(page.says("You have this company already") && !page.says("Add the company"), "{}", page.text("main"));
    assert!(page.link("Acme Robotics GmbH").starts_with("/companies/"));
    assert!(app.charlie.get(shared).await.is(200).page().says("This looks like a company"), "on nobody else's");
}

#[tokio::test]
async fn a_posting_is_offered_as_an_opening_and_a_page_as_a_company() {
    let app = App::start().await;
    let posting = "https://www.linkedin.com/jobs/view/4012345678/";
    let title = "Acme Robotics hiring Senior Analyst in Berlin | LinkedIn";
    let page = app.alice.get(&query(&[("title", title), ("url", posting)])).await.is(200).page();
    assert!(page.says("This looks like a posting"));
    let form = app.alice.get(&page.link("Add the opening")).await.is(200).page().form_to("/openings");
    assert_eq!(
        ["title", "company", "url"].map(|field| form.value(field)),
        ["Senior Analyst", "Acme Robotics", posting]
    );
    form.submit(&app.alice).await.to();
    let person = page.form_to("/contacts");
    assert_eq!([person.filled("Name"), person.filled("Profile address")], ["", ""]);
    assert_eq!(person.filled("Notes"), format!("{title}\n{posting}"), "nothing of it is lost");

    let shared =
        query(&[("title", "Fern & Field: Overview | LinkedIn"), ("url", "https://www.linkedin.com/company/fern/")]);
    let form = app.alice.get(&shared).await.is(200).page().form_to("/companies");
    assert_eq!(form.filled("Company"), "Fern & Field");
    let added = form.submit(&app.alice).await.to();
    assert!(app.alice.get(&added).await.is(200).page().says("Fern & Field"));
}

#[tokio::test]
async fn what_became_an_opening_or_a_company_waits_no_more() {
    let app = App::start().await;
    let keep = async |title: &str, url: &str| {
        let answer = app.alice.post("/captures", &[("title", title), ("text", ""), ("url", url)]).await;
        answer.to()
    };
    let there =
        keep("Acme hiring Analyst in Berlin | LinkedIn", "https://www.linkedin.com/jobs/view/4012345678/").await;
    assert_eq!(waiting(&app, &app.alice).await, 1);
    let page = app.alice.get(&there).await.is(200).page();
    let form = app.alice.get(&page.link("Add the opening")).await.is(200).page().form_to("/openings");
    let wrong = form.fill("Title", "").submit(&app.alice).await.is(422).page();
    assert_eq!(waiting(&app, &app.alice).await, 1, "it waits until it is added");
    let answer = wrong.form_to("/openings").fill("Title", "Analyst").submit(&app.alice).await;
    assert_eq!(waiting(&app, &app.alice).await, 0);
    let added = app.alice.follow(&answer).await;
    let undone = added.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.toast(), "Analyst is in the bin.");

    // Of a posting, its company alone.
    let there =
        keep("Globex hiring Writer in Berlin | LinkedIn", "https://www.linkedin.com/jobs/view/4012345679/").await;
    let page = app.alice.get(&there).await.is(200).page();
    page.form_with("Add only the company").unwrap().submit(&app.alice).await.to();
    assert_eq!(waiting(&app, &app.alice).await, 0);

    let there = keep("Fern & Field: Overview | LinkedIn", "https://www.linkedin.com/company/fern/").await;
    let form = app.alice.get(&there).await.is(200).page().form_to("/companies");
    let wrong = form.fill("Company", "").submit(&app.alice).await.is(422).page();
    assert_eq!(waiting(&app, &app.alice).await, 1, "it waits until it is added");
    wrong.form_to("/companies").fill("Companies", "Fern & Field").submit(&app.alice).await.to();
    assert_eq!(waiting(&app, &app.alice).await, 0);
}

#[tokio::test]
async fn what_is_shared_survives_logging_in_however_long_it_is() {
    let app = App::start().await;
    let visitor = app.visitor();
    let short = query(&[("text", SIGNATURE)]);
    let login = visitor.get(&short).await.to();
    assert!(login.starts_with("/login?next="), "{login}");
    let words = "Ein längerer Satz über unser Gespräch. ".repeat(150);
    let long = query(&[("text", &format!("{SIGNATURE}\n{words}"))]);
    for (shared, page) in
        [(&short, visitor.get(&login).await.is(200).page()), (&long, visitor.get(&long).await.is(401).page())]
    {
        let form = page.form_to("/login").fill("E-mail", &app.alice.email);
        let again = form.fill("Password", "wrong, wrong").submit(&visitor).await.is(422).page();
        let form = again.form_to("/login").fill("Password", crate::support::person::PASSWORD);
        let answer = form.submit(&visitor).await;
        let to = if answer.status == 303 { answer.to() } else { answer.is(200).page().link("Go on") };
        assert_eq!(&to, shared);
        let form = visitor.get(&to).await.is(200).page().form_to("/contacts");
        assert_eq!(form.filled("Name"), "Jane Doe");
        if shared == &long {
            assert_eq!(form.filled("Notes"), words.trim());
        }
    }
    let elsewhere = format!("//evil.example/{}", "a".repeat(2000));
    let form = visitor.get("/login").await.page().form_to("/login").set("next", &elsewhere);
    let form = form.fill("E-mail", &app.alice.email).fill("Password", crate::support::person::PASSWORD);
    assert_eq!(form.submit(&visitor).await.to(), "/");
}

#[tokio::test]
async fn the_bookmark_passes_on_three_things() {
    let app = App::start().await;
    let link = app.alice.get("/guide/capture").await.is(200).page().link("Add to Inroad");
    assert!(link.starts_with("javascript:(()=>{let u='http://127.0.0.1:"), "{link}");
    for part in ["url:location.href", "title:document.title", "text:String(getSelection())"] {
        assert!(link.contains(part), "{part} in {link}");
    }
    assert!(!link.contains("cookie") && !link.contains("body") && !link.contains("<"), "{link}");
    app.bob.get("/guide/capture").await.is(200);
}

#[tokio::test]
async fn the_app_and_its_worker_are_everyones_and_name_files_that_are_there() {
    let app = App::start().await;
    let visitor = app.visitor();
    let address = inroad::web::assets::url("app.webmanifest");
    for page in ["/guide/capture", "/capture"] {
        assert!(app.alice.get(page).await.page().has(&format!("link[rel=manifest][href=\"{address}\"]")), "{page}");
    }
    let manifest = visitor.get(address).await.is(200);
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest: serde_json::Value = serde_json::from_str(&manifest.body).unwrap();
    assert_eq!(manifest["share_target"]["action"], "/capture");
    let icons = manifest["icons"].as_array().unwrap();
    assert!(
        icons.iter().any(|icon| icon["purpose"] == "maskable") && icons.iter().any(|icon| icon["purpose"] == "any")
    );
    for icon in icons {
        let answer = visitor.get(inroad::web::assets::url(icon["src"].as_str().unwrap())).await.is(200);
        assert_eq!(answer.header("content-type"), icon["type"].as_str().unwrap());
    }
    for shortcut in manifest["shortcuts"].as_array().unwrap() {
        app.alice.get(shortcut["url"].as_str().unwrap()).await.is(200);
    }
    let worker = visitor.get("/worker.js").await.is(200);
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    let first = worker.body.lines().next().unwrap().strip_prefix("const shell = ").unwrap();
    let shell: serde_json::Value = serde_json::from_str(first).unwrap();
    for file in shell["files"].as_array().unwrap() {
        visitor.get(file.as_str().unwrap()).await.is(200);
    }
    let offline = visitor.get("/offline").await.body;
    assert_eq!(offline, app.alice.get("/offline").await.body, "what is kept is the same for everyone");
}
