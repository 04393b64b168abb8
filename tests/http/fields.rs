//! Every field of every form: whose ids it takes, what it cannot set, and what text does to the pages that show it.

use std::collections::BTreeSet;

use inroad::ids::UserId;
use inroad::routes::Who;
use reqwest::Method;
use scraper::ElementRef;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::support::page::Control;
use crate::support::person::sign_in_again;
use crate::support::routes::{Found, Opened, crawl, forms};
use crate::support::rows::Everything;
use crate::support::sums::sums_of;
use crate::support::words::naughty;
use crate::support::{Answer, App, Form, Page};

/// Fields that mean several values, though they are drawn as one control: route and name.
const SEVERAL: &[(&str, &str)] = &[];

/// Alice and Charlie with rows of everything, and every form of Alice's pages.
struct House {
    app: App,
    charlies: Everything,
    opened: Vec<Opened>,
    forms: Vec<Found>,
}

impl House {
    async fn new() -> Self {
        let app = App::start().await;
        let ids = app.fill(&app.alice).await;
        let charlies = app.fill(&app.charlie).await;
        let opened = crawl(&app, &app.alice, &ids).await;
        // Forms of somebody as such, logging out for one, have tests of their own.
        let forms = forms(&opened).into_iter().filter(|found| found.route.who == Who::Owner).collect();
        Self { app, charlies, opened, forms }
    }

    /// Sends a form as Alice; whatever it was, nothing breaks.
    async fn send(&self, form: &Form, fields: &[(String, String)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = self.app.alice.post(&form.action, &fields).await;
        assert!(!answer.status.is_server_error(), "{} with {fields:?}: {}", form.action, answer.gist());
        if answer.status == 401 {
            sign_in_again(&self.app, &self.app.alice).await;
        }
        answer
    }

    /// The form as it stands on its page now: what was sent before may have changed its version.
    async fn again(&self, found: &Found) -> Form {
        if !found.form.controls.iter().any(|control| control.name == "version") {
            return found.form.clone();
        }
        let page = self.app.alice.get(&found.on).await.page();
        let same =
            page.forms().into_iter().find(|form| form.action == found.form.action && names(form) == names(&found.form));
        same.unwrap_or_else(|| found.form.clone())
    }

    /// How many rows of an account say this anywhere.
    async fn rows_saying(&self, user: UserId, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let tables: Vec<String> = sqlx::query_scalar(
            "select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'user_id'",
        )
        .fetch_all(&self.app.db)
        .await
        .unwrap();
        for table in tables {
            let sql = format!(
                "select t::text from {table} t where user_id = $1 and position($2 in (to_jsonb(t) - 'id')::text) > 0"
            );
            let rows: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(sql)).bind(user).bind(text).fetch_all(&self.app.db).await.unwrap();
            found.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        found
    }
}

fn names(form: &Form) -> BTreeSet<String> {
    form.controls.iter().map(|control| control.name.clone()).collect()
}

/// The fields of a form filled in, with its first button's; a hidden key of the row to be is a new one each time.
fn filled(form: &Form) -> Vec<(String, String)> {
    let mut form = form.clone().filled_in();
    if form.controls.iter().any(|control| control.kind == "hidden" && control.name == "id") {
        form = form.set("id", &Uuid::now_v7().to_string());
    }
    let button = form.buttons.first().and_then(|button| button.field.clone());
    form.fields.into_iter().chain(button).collect()
}

fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    match fields.iter_mut().find(|(n, _)| n == name) {
        Some(field) => field.1 = value.to_owned(),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
    fields
}

fn is_id(text: &str) -> bool {
    Uuid::try_parse(text).is_ok()
}

/// Whether a control holds an id, by its value, its choices or its name.
fn holds_an_id(form: &Form, control: &Control) -> bool {
    is_id(form.value(&control.name))
        || control.options.iter().any(|(key, _)| is_id(key))
        || control.name.ends_with("_id")
        || ["id", "company", "contact", "introducer", "opening", "interview", "template"]
            .contains(&control.name.as_str())
}

#[tokio::test]
async fn ids_of_another_account_are_taken_nowhere() {
    let house = House::new().await;
    let (alice, charlie) = (house.app.alice.id, house.app.charlie.id);
    let before = sums_of(&house.app.db, charlie).await;
    for found in &house.forms {
        for control in found.form.controls.iter().filter(|control| holds_an_id(&found.form, control)) {
            for theirs in house.charlies.ids() {
                house.send(&found.form, &with(filled(&found.form), &control.name, &theirs.to_string())).await;
            }
            assert_eq!(sums_of(&house.app.db, charlie).await, before, "{} {}", found.route.path, control.name);
        }
    }
    for theirs in house.charlies.ids() {
        let rows = house.rows_saying(alice, &theirs.to_string()).await;
        assert!(rows.is_empty(), "Alice's rows point at Charlie's: {rows:#?}");
    }
}

#[tokio::test]
async fn ids_of_another_account_in_an_address_show_nothing() {
    let house = House::new().await;
    let hidden: String = sqlx::query_scalar("select name from companies where user_id = $1")
        .bind(house.app.charlie.id)
        .fetch_one(&house.app.db)
        .await
        .unwrap();
    let mut tried = 0;
    for Opened { path, .. } in &house.opened {
        let Some((before, query)) = path.split_once('?') else { continue };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| is_id(value)) {
            for theirs in house.charlies.ids() {
                let query = query.replace(&*value, &theirs.to_string());
                let answer = house.app.alice.get(&format!("{before}?{query}")).await;
                assert!(answer.status.as_u16() < 500, "{before} {name}");
                assert!(!answer.body.contains(&hidden), "{before}?{query} shows Charlie's company");
                tried += 1;
            }
        }
    }
    // Cursors of lists are ids as well.
    for theirs in house.charlies.ids() {
        for list in ["/companies?after", "/companies?before"] {
            let answer = house.app.alice.get(&format!("{list}={theirs}")).await.is(200);
            assert!(!answer.body.contains(&hidden));
            tried += 1;
        }
    }
    assert!(tried >= 40);
}

#[tokio::test]
async fn fields_no_form_has_have_no_effect() {
    let house = House::new().await;
    let db = &house.app.db;
    let charlie = house.app.charlie.id.to_string();
    let before = sums_of(db, house.app.charlie.id).await;
    let in_the_bin = async || {
        let sql = "select (select count(*) from companies where deleted_at is not null)
             + (select count(*) from contacts where deleted_at is not null)
             + (select count(*) from openings where deleted_at is not null)
             + (select count(*) from referrals where deleted_at is not null)";
        sqlx::query_scalar::<_, i64>(sql).fetch_one(db).await.unwrap()
    };
    for found in &house.forms {
        let extra = [
            ("user_id", charlie.as_str()),
            ("owner_id", &charlie),
            ("owner", &charlie),
            ("is_admin", "true"),
            ("admin", "true"),
            ("deleted_at", "2026-01-01T00:00:00Z"),
            ("created_at", "1999-01-01T00:00:00Z"),
            ("version", "4711"),
            ("stage", "declined"),
            ("next_due", "1999-01-01"),
            ("password_hash", "x"),
        ];
        let own = names(&found.form);
        let extra = extra.into_iter().filter(|(name, _)| !own.contains(*name));
        let fields = extra.fold(filled(&found.form), |fields, (name, value)| with(fields, name, value));
        let binned = in_the_bin().await;
        house.send(&found.form, &fields).await;
        if !found.route.path.ends_with("/deletions") {
            assert_eq!(in_the_bin().await, binned, "{} put something in the bin", found.route.path);
        }
    }
    assert_eq!(sums_of(db, house.app.charlie.id).await, before);
    let admins: Vec<String> = sqlx::query_scalar("select email from users where is_admin").fetch_all(db).await.unwrap();
    assert_eq!(admins, ["dora@example.org"]);
    for text in ["1999-01-01", "4711"] {
        let rows = house.rows_saying(house.app.alice.id, text).await;
        assert!(rows.is_empty(), "{rows:#?}");
    }
}

#[tokio::test]
async fn a_field_sent_twice_is_refused_and_changes_nothing() {
    let house = House::new().await;
    let mut wrong = BTreeSet::new();
    for found in &house.forms {
        let fields = filled(&found.form);
        for (name, value) in &fields {
            let alike = found.form.controls.iter().filter(|control| control.name == *name);
            let several = alike.clone().count() > 1 && alike.clone().all(|control| control.kind == "checkbox");
            if several || SEVERAL.contains(&(found.route.path, name.as_str())) {
                continue;
            }
            let before = sums_of(&house.app.db, house.app.alice.id).await;
            let twice: Vec<_> = fields.iter().cloned().chain([(name.clone(), value.clone())]).collect();
            let answer = house.send(&found.form, &twice).await;
            let unchanged = sums_of(&house.app.db, house.app.alice.id).await == before;
            if !answer.status.is_client_error() || !unchanged {
                wrong.insert(format!("{} {name}: {}", found.route.path, answer.gist()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn array_forms_of_a_field_are_not_taken() {
    let house = House::new().await;
    for found in &house.forms {
        let fields = filled(&found.form);
        for name in names(&found.form) {
            for array in [format!("{name}[]"), format!("{name}[0]"), format!("{name}[$ne]")] {
                let mut sent: Vec<_> = fields.iter().filter(|(n, _)| *n != name).cloned().collect();
                sent.push((array, "sent as an array".into()));
                house.send(&found.form, &sent).await;
            }
        }
    }
    let rows = house.rows_saying(house.app.alice.id, "sent as an array").await;
    assert!(rows.is_empty(), "{rows:#?}");
}

#[tokio::test]
async fn a_word_of_a_megabyte_is_too_much_everywhere() {
    let house = House::new().await;
    let word = "a".repeat(1_100_000);
    for found in house.forms.iter().filter(|found| !found.form.multipart) {
        for control in found.form.controls.iter().filter(|control| takes_text(control)) {
            let answer = house.send(&found.form, &with(filled(&found.form), &control.name, &word)).await;
            assert_eq!(answer.status, 413, "{} {}", found.route.path, control.name);
        }
    }
}

/// Whether anything can be typed there.
fn takes_text(control: &Control) -> bool {
    matches!(control.kind.as_str(), "text" | "textarea" | "search" | "tel")
}

/// The fields of a page that have a fault.
fn faulty(page: &Page) -> BTreeSet<String> {
    page.all("[aria-invalid=true]").into_iter().filter_map(|e| e.attr("name").map(str::to_owned)).collect()
}

/// The fields that take any text at all; what remains is read as something: an address, a number.
async fn free_fields(house: &House, found: &Found) -> BTreeSet<String> {
    let mut free: BTreeSet<String> =
        found.form.controls.iter().filter(|control| takes_text(control)).map(|control| control.name.clone()).collect();
    for _ in 0..3 {
        let form = house.again(found).await;
        let fields = free.iter().fold(filled(&form), |fields, name| with(fields, name, "<i>something</i> & more"));
        let answer = house.send(&form, &fields).await;
        if answer.status != 422 {
            break;
        }
        let strict = faulty(&answer.page());
        free.retain(|name| !strict.contains(name));
    }
    free
}

/// Tries every naughty string in each of these forms, then looks at every page for markup that came from a string.
async fn try_naughty_strings(house: &House, forms: impl Iterator<Item = &Found>) {
    let strings = naughty();
    for found in forms.filter(|found| !found.route.path.ends_with("/deletions")) {
        let free = free_fields(house, found).await;
        for text in strings.iter().filter(|_| !free.is_empty()) {
            let form = house.again(found).await;
            let fields = free.iter().fold(filled(&form), |fields, name| with(fields, name, text));
            let answer = house.send(&form, &fields).await;
            let raw = text.contains('<') && answer.body.contains(text.as_str());
            assert!(!raw, "{} says {text:?} back as it is", found.route.path);
        }
        let others =
            found.form.controls.iter().filter(|control| !free.contains(&control.name) && control.kind != "file");
        for (nr, control) in others.enumerate() {
            let some = if takes_text(control) { 1 } else { 9 };
            for text in strings.iter().skip(nr % some).step_by(some) {
                let form = house.again(found).await;
                let answer = house.send(&form, &with(filled(&form), &control.name, text)).await;
                let raw = text.contains('<') && answer.body.contains(text.as_str());
                assert!(!raw, "{} says {text:?} back as it is", found.route.path);
            }
        }
        if found.form.multipart {
            try_naughty_files(house, found, &strings).await;
        }
    }
}

async fn try_naughty_files(house: &House, found: &Found, strings: &[String]) {
    for control in found.form.controls.iter().filter(|control| control.kind == "file") {
        for text in strings.iter().step_by(3) {
            let file = reqwest::multipart::Part::text(format!("First Name,Last Name,URL\n{text},{text},{text}\n"));
            let body = reqwest::multipart::Form::new()
                .part(control.name.clone(), file.file_name(text.replace(['\r', '\n'], " ")));
            let request =
                house.app.alice.request(Method::POST, &found.form.action).header("sec-fetch-site", "same-origin");
            let answer = house.app.alice.send(request.multipart(body)).await;
            assert!(!answer.status.is_server_error(), "{}: {text:?}: {}", found.route.path, answer.gist());
        }
    }
}

/// What on a page could run: scripts not ours, handlers, addresses that are code, elements no template has.
fn could_run(page: &Page) -> Vec<String> {
    let ours = |address: &str| address.starts_with("/static/");
    let mut found = Vec::new();
    for element in page.all("*") {
        let name = element.value().name();
        let foreign = match name {
            "script" => !element.attr("src").is_some_and(ours) || !element.inner_html().trim().is_empty(),
            "link" => !element.attr("href").is_some_and(ours),
            "meta" => element.attr("http-equiv").is_some(),
            "iframe" | "frame" | "object" | "embed" | "base" | "style" | "math" | "marquee" | "template"
            | "x-payload" | "animate" | "audio" | "video" | "foreignobject" => true,
            _ => false,
        };
        let attributes = element.value().attrs().any(|(attribute, value)| could_run_in(element, attribute, value));
        if foreign || attributes {
            found.push(element.html().chars().take(200).collect());
        }
    }
    found
}

fn could_run_in(element: ElementRef<'_>, attribute: &str, value: &str) -> bool {
    let scheme: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(12).collect();
    let scheme = scheme.to_lowercase();
    let code = ["javascript:", "vbscript:", "data:", "blob:"].iter().any(|start| scheme.starts_with(start));
    let address = matches!(attribute, "href" | "src" | "action" | "formaction" | "xlink:href" | "data" | "data-open");
    let stray = attribute == "style" || attribute == "srcdoc" || attribute == "hx-get" || attribute.starts_with("on");
    stray || (address && code) || (element.value().name() == "form" && attribute == "action" && !value.starts_with('/'))
}

async fn no_page_runs_anything(house: &House) {
    let ids = house.app.fill(&house.app.alice).await;
    let mut looked_at = 0;
    for person in [&house.app.alice, &house.app.bob, &house.app.dora] {
        sign_in_again(&house.app, person).await;
        for Opened { path, page, .. } in crawl(&house.app, person, &ids).await {
            let found = could_run(&page);
            assert!(found.is_empty(), "{path}: {found:#?}");
            looked_at += 1;
        }
    }
    // The rows the strings were written into have pages of their own.
    for (table, place) in [("companies", "companies"), ("contacts", "contacts"), ("openings", "openings")] {
        let sql = format!("select id from {table} where user_id = $1 and deleted_at is null order by id desc limit 60");
        let rows: Vec<Uuid> =
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(house.app.alice.id).fetch_all(&house.app.db).await.unwrap();
        for id in rows {
            let found = could_run(&house.app.alice.get(&format!("/{place}/{id}")).await.page());
            assert!(found.is_empty(), "/{place}/{id}: {found:#?}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 10);
}

#[tokio::test]
async fn naughty_strings_break_nothing_and_run_nowhere() {
    let house = House::new().await;
    try_naughty_strings(&house, house.forms.iter().step_by(3)).await;
    no_page_runs_anything(&house).await;
}

#[tokio::test]
async fn naughty_strings_break_nothing_and_run_nowhere_second_third() {
    let house = House::new().await;
    try_naughty_strings(&house, house.forms.iter().skip(1).step_by(3)).await;
    no_page_runs_anything(&house).await;
}

#[tokio::test]
async fn naughty_strings_break_nothing_and_run_nowhere_last_third() {
    let house = House::new().await;
    try_naughty_strings(&house, house.forms.iter().skip(2).step_by(3)).await;
    no_page_runs_anything(&house).await;
}

#[tokio::test]
async fn naughty_strings_in_an_address_break_nothing() {
    let house = House::new().await;
    for text in naughty() {
        let query = |name: &str| url::form_urlencoded::Serializer::new(String::new()).append_pair(name, &text).finish();
        for Opened { route, .. } in house.opened.iter().filter(|opened| !opened.path.contains('?')) {
            if route.path.contains('{') {
                continue;
            }
            for name in ["q", "show"] {
                let answer = house.app.alice.get(&format!("{}?{}", route.path, query(name))).await;
                assert!(answer.status.as_u16() < 500, "{} {text:?}: {}", route.path, answer.gist());
                assert!(!text.contains('<') || !answer.body.contains(&text), "{} says {text:?} back", route.path);
            }
        }
        let path = format!("/companies/{}", query("").trim_start_matches('='));
        assert!(house.app.alice.get(&path).await.status.is_client_error() || text == "new", "{path}");
    }
}

#[test]
fn the_list_of_strings_has_sixty_that_would_run() {
    let strings = naughty();
    assert!(strings.iter().filter(|text| text.contains("alert(1)") || text.contains("evil.example")).count() >= 60);
    for text in strings.iter().filter(|text| text.contains("<x-payload>")) {
        let page = Page::parse(&format!("<main><p>{text}</p></main>"), "");
        assert!(!could_run(&page).is_empty(), "{text:?} would be noticed");
    }
}
