//! Searching everything at once: what is found, by whom, in which order; and the lists' own search.

use std::fmt::Write as _;

use inroad::folding::sorted_by;
use inroad::links::encode;
use sqlx::AssertSqlSafe;

use crate::support::{App, Page, Person};

pub async fn page(person: &Person, words: &str) -> Page {
    person.get(&format!("/search?q={}", encode(words))).await.is(200).page()
}

/// What is found, each as the heading of its kind and the words of its line.
async fn found(person: &Person, words: &str) -> Vec<(String, String)> {
    let page = page(person, words).await;
    let mut found = Vec::new();
    for kind in page.texts(".found section h2") {
        let lines = page.texts(&format!(".found section[aria-label=\"{kind}\"] a"));
        found.extend(lines.into_iter().map(|line| (kind.clone(), line)));
    }
    found
}

/// The lines of one kind.
async fn of(person: &Person, kind: &str, words: &str) -> Vec<String> {
    found(person, words).await.into_iter().filter(|(other, _)| other == kind).map(|(_, line)| line).collect()
}

pub async fn set(app: &App, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
}

/// Gives Alice one of each kind, in which the word 'zephyr' stands.
async fn fill(app: &App) -> crate::support::everything::Everything {
    let of = app.fill(&app.alice).await;
    for sql in [
        format!(
            "update contacts set job_title = 'Zephyr engineer', job_title_folded = 'zephyr engineer' where id = '{}'",
            of.contact
        ),
        format!("update companies set industry = 'Zephyr' where id = '{}'", of.company),
        format!(
            "update openings set title = 'Zephyr pilot', title_folded = 'zephyr pilot' where id = '{}'",
            of.opening
        ),
        format!("update informational_interviews set notes = 'A zephyr blew.' where id = '{}'", of.interview),
        format!("update insights set text = 'They fly the zephyr.' where id = '{}'", of.insight),
        format!("update contacts set notes = 'Met at the Zephyr.' where id = '{}'", of.other_contact),
        format!("update templates set name = 'Zephyr hello' where id = '{}'", of.template),
        format!("update documents set name = 'Zephyr resume' where id = '{}'", of.document),
    ] {
        set(app, sql).await;
    }
    of
}

#[tokio::test]
async fn each_kind_is_found_and_leads_to_its_page() {
    let app = App::start().await;
    let ids = fill(&app).await;
    let lines = found(&app.alice, "ZEPHYR").await;
    for (kind, line) in [
        ("People", "Grace Hopper Zephyr engineer"),
        ("Companies", "Orbital Works"),
        ("Openings", "Zephyr pilot"),
        ("Insights", "They fly the zephyr."),
        ("Notes", "A zephyr blew."),
        ("Templates", "Zephyr hello"),
        ("Documents", "Zephyr resume"),
    ] {
        assert!(lines.iter().any(|(k, l)| k == kind && l.contains(line)), "{kind} {line:?} is not in {lines:#?}");
    }
    let page = page(&app.alice, "zephyr").await;
    let links: Vec<_> = page.all(".found a").iter().map(|a| a.attr("href").unwrap().to_owned()).collect();
    for path in [
        format!("/contacts/{}", ids.contact),
        format!("/companies/{}", ids.company),
        format!("/openings/{}", ids.opening),
        format!("/interviews/{}", ids.interview),
        format!("/insights/{}/edit", ids.insight),
        format!("/templates/{}", ids.template),
        format!("/documents/{}", ids.document),
    ] {
        assert!(links.contains(&path), "{path} is not in {links:#?}");
    }
    for link in links {
        app.alice.get(&link).await.is(200);
    }
    assert_eq!(page.texts("mark").iter().filter(|mark| mark.to_lowercase() != "zephyr").count(), 0);
    // Talks and referrals are found by who they are with.
    assert!(of(&app.alice, "Talks", "grace").await[0].starts_with("Grace Hopper"));
    assert!(of(&app.alice, "Referrals", "hopper pilot").await[0].starts_with("Grace Hopper"));
}

#[tokio::test]
async fn what_a_company_is_in_law_hides_no_company() {
    let app = App::start().await;
    app.alice.company("Vandelay").await;
    let found = of(&app.alice, "Companies", "vandelay inc").await;
    assert_eq!(found.len(), 1, "{found:?}");
}

#[tokio::test]
async fn nobody_finds_what_is_anothers_or_in_the_bin() {
    let app = App::start().await;
    let ids = fill(&app).await;
    assert_eq!(found(&app.charlie, "zephyr").await, []);
    assert_eq!(of(&app.charlie, "People", "grace hoper").await, [""; 0], "nor by a slip");
    // A coach finds what they may see.
    assert!(of(&app.bob, "People", "zephyr").await[0].contains("Grace Hopper"));
    for table in [
        "contacts",
        "companies",
        "openings",
        "informational_interviews",
        "insights",
        "templates",
        "referrals",
        "documents",
    ] {
        set(&app, format!("update {table} set deleted_at = now()")).await;
    }
    assert_eq!(found(&app.alice, "zephyr").await, []);
    assert_eq!(found(&app.alice, "grace").await, [], "nor what hangs on someone in the bin");
    let body = app.alice.get("/search?q=zephyr").await.is(200).body;
    assert!(!body.contains(&ids.contact.to_string()));
}

#[tokio::test]
async fn a_coach_gets_pages_and_no_actions() {
    let app = App::start().await;
    assert!(!of(&app.alice, "Actions", "add contact Ada").await.is_empty());
    assert_eq!(of(&app.bob, "Actions", "add contact Ada").await, [""; 0]);
    assert_eq!(of(&app.bob, "Pages", "progress").await, ["Progress"]);
    assert_eq!(of(&app.bob, "Pages", "security").await, [""; 0]);
    let start = app.bob.get("/search").await.is(200).page();
    assert_eq!(start.texts(".found h2"), ["Pages"]);
    for link in start.all(".found a") {
        app.bob.get(link.attr("href").unwrap()).await.is(200);
    }
    assert_eq!(of(&app.alice, "Pages", "installation").await, [""; 0]);
    assert_eq!(of(&app.dora, "Pages", "installation").await, ["Admin: installation"]);
}

#[tokio::test]
async fn people_are_found_in_ten_scripts_however_they_are_written() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    for (name, sought) in [
        ("Élodie Núñez", "elodie NUNEZ"),
        ("Jürgen Strauß", "jurgen strauss"),
        ("İpek Işık", "ipek isik"),
        ("Ὀδυσσεύς Παπάς", "οδυσσευς"),
        ("Алёна Ковалёва", "ковалева алена"),
        ("Նարեկ Գրիգորյան", "նարեկ"),
        ("נַחוּם גוטמן", "נחום"),
        ("مُحَمَّد العربي", "محمد"),
        ("王小明", "小明"),
        ("王小明", "王"),
        ("ガリレオ", "ｶﾞﾘﾚ"),
        ("김철수", "철수"),
        ("प्रिया शर्मा", "शर्मा"),
        ("สมชาย ใจดี", "ใจดี"),
        ("Ｇｒａｃｅ Ｌｅｅ", "grace lee"),
        ("Pat O’Brien", "o'brien"),
        ("Rocket 🚀 Kid", "🚀"),
    ] {
        rows.contact(name, None).await;
        let people = of(&app.alice, "People", sought).await;
        assert!(people.first().is_some_and(|line| line.starts_with(name)), "{sought:?} finds {people:?}, not {name}");
    }
}

#[tokio::test]
async fn words_stand_in_any_order_and_slips_are_understood() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let acme = rows.company("Acme, Inc.").await;
    rows.contact("Grace Hopper", Some(acme)).await;
    rows.contact("Grace Kelly", None).await;
    rows.contact("Ada Lovelace", None).await;
    for words in ["grace acme", "acme grace", "hopper, grace", "engineer grace acme", "Acme, Inc. Hopper"] {
        let people = of(&app.alice, "People", words).await;
        assert!(people.len() == 1 && people[0].starts_with("Grace Hopper"), "{words:?} finds {people:?}");
    }
    for slip in ["garce", "garce hopper", "hoper", "hoppre grace", "grcae hopper"] {
        let people = of(&app.alice, "People", slip).await;
        assert!(people.first().is_some_and(|line| line.starts_with("Grace Hopper")), "{slip:?} finds {people:?}");
    }
    assert!(of(&app.alice, "People", "lovelase").await[0].starts_with("Ada Lovelace"));
    for slip in ["acmee", "amce"] {
        assert!(of(&app.alice, "Companies", slip).await[0].starts_with("Acme, Inc."));
    }
    // What was renamed is found by its name of today.
    set(&app, "update companies set name = 'Globex', name_key = 'globex'".into()).await;
    assert!(of(&app.alice, "People", "globex").await[0].contains("Grace Hopper"));
}

#[tokio::test]
async fn a_beginning_comes_before_an_inside_and_who_is_due_before_who_is_not() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    for name in ["Anne Bishop", "Grace Hopper", "Hope Brown", "Hope Adams"] {
        rows.contact(name, None).await;
    }
    set(
        &app,
        "update contacts set next_due = null, next_step = null where name in ('Hope Adams', 'Anne Bishop')".into(),
    )
    .await;
    let names: Vec<String> = of(&app.alice, "People", "hop")
        .await
        .into_iter()
        .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(names, ["Hope Brown", "Hope Adams", "Grace Hopper", "Anne Bishop"]);
    assert!(of(&app.alice, "People", "isho").await[0].starts_with("Anne Bishop"));
}

#[tokio::test]
async fn the_best_few_are_shown_and_all_of_them_stand_in_the_list() {
    let app = App::start().await;
    for n in 0..12 {
        app.rows(&app.alice).contact(&format!("Grace Number{n}"), None).await;
    }
    let people = of(&app.alice, "People", "grace").await;
    assert_eq!((people.len(), people[5].as_str()), (6, "All 12 people"));
    let page = page(&app.alice, "number grace").await;
    let all = page.all(".found a.all")[0].attr("href").unwrap().to_owned();
    assert_eq!(app.alice.get(&all).await.is(200).page().all("tbody tr").len(), 12, "words in any order there, too");
}

#[tokio::test]
async fn what_is_to_be_done_is_offered_with_what_it_is_done_to() {
    let app = App::start().await;
    let id = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let first = |page: Page| {
        let link = &page.all(".found a")[0];
        (link.attr("href").unwrap().to_owned(), page.texts(".found a")[0].clone())
    };
    let (path, words) = first(page(&app.alice, "add contact Ada Lovelace at Acme").await);
    assert_eq!(words, "Add Ada Lovelace at Acme to your contacts");
    let form = app.alice.get(&path).await.is(200).page().form_to("/contacts");
    assert_eq!((form.value("name"), form.value("company")), ("Ada Lovelace", "Acme"));
    let (path, words) = first(page(&app.alice, "schedule a talk with grace").await);
    assert!(words.starts_with("Schedule a talk with Grace Hopper"), "{words}");
    assert_eq!(path, format!("/interviews/new?contact={id}"));
    let (path, _) = first(page(&app.alice, "add company Globex").await);
    assert!(app.alice.get(&path).await.is(200).body.contains("Globex</textarea>"));
    assert_eq!(of(&app.alice, "Actions", "start today").await, ["Start today's list"]);
    assert_eq!(of(&app.alice, "Pages", "time off").await, ["Settings: time off"]);
    assert_eq!(of(&app.alice, "Pages", "vacation").await, ["Settings: time off"]);
}

#[tokio::test]
async fn anything_can_be_typed() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    let long = "a".repeat(10_000);
    let many = "ab ".repeat(60);
    for typed in [
        "",
        "   ",
        "\t\n",
        "%",
        "_",
        "\\",
        "'",
        "\"",
        "%_\\'",
        "...",
        "()[]{}*+?.^$|",
        "a\\",
        "\u{0}",
        "gr\u{0}ace",
        "\u{202E}ecarg",
        "🚀",
        "👩‍🚀",
        "e\u{301}",
        "שלום grace",
        "<script>alert(1)</script>",
        "g",
        "1",
        &many,
    ] {
        let answer = app.alice.get(&format!("/search?q={}", encode(typed))).await.is(200);
        assert!(!answer.body.contains("<script>alert"));
        for list in
            ["contacts", "companies", "openings", "interviews", "referrals", "introductions", "insights", "library"]
        {
            app.alice.get(&format!("/{list}?q={}", encode(typed))).await.is(200);
        }
    }
    let page = page(&app.alice, &long).await;
    assert!(page.says("Search for at most 200 characters"));
    assert_eq!(page.all(".found a").len(), 0);
    let marked = self::page(&app.alice, "b <i> &").await;
    assert_eq!(marked.all("i").len(), 0);
}

#[tokio::test]
async fn the_palette_gets_the_same_list_and_nothing_around_it() {
    let app = App::start().await;
    app.rows(&app.alice).contact("Grace Hopper", None).await;
    let request = app.alice.request(reqwest::Method::GET, "/search?q=grace").header("hx-request", "true");
    let part = app.alice.send(request).await.is(200);
    assert!(!part.body.contains("<html") && part.body.contains("<mark>Grace</mark> Hopper"), "{}", part.body);
    assert!(part.body.contains("1 found"));
    let whole = page(&app.alice, "grace").await;
    assert_eq!(whole.texts(".found a").len(), 1);
    // The button that opens it leads to the page without a script; the page is its own palette.
    let today = app.alice.get("/").await.is(200).page();
    assert_eq!(today.all("#rail a[href=\"/search\"][data-find]").len(), 1);
    assert_eq!((today.all("dialog#search").len(), whole.all("dialog#search").len()), (1, 0));
}

/// A network of the greatest usual size is searched by its index: what a search reads is bounded, whoever else is there.
#[tokio::test]
async fn a_large_account_is_searched_by_its_index() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    rows.contact("Wilhelmina Unusual", None).await;
    let names = ["Grace Hopper", "Ada Lovelace", "Alan Turing", "Joan Clarke", "李小明", "Barbara Liskov"];
    for (n, name) in names.iter().enumerate() {
        let sql = format!(
            "insert into contacts (user_id, id, name, name_folded, employer, employer_key, job_title, job_title_folded, stage, created_at)
             select $1, gen_random_uuid(), $2 || ' ' || n, $3 || ' ' || n, 'Company ' || n % 300, 'company ' || n % 300, 'Analyst',
                 'analyst', 'connected', now() from generate_series({n}, 30000, {}) n",
            names.len()
        );
        sqlx::query(AssertSqlSafe(sql))
            .bind(app.alice.id)
            .bind(name)
            .bind(sorted_by(name))
            .execute(&app.db)
            .await
            .unwrap();
    }
    // As an import does.
    sqlx::raw_sql("analyze contacts").execute(&app.db).await.unwrap();
    let register = inroad_statement();
    let mut db = app.db.acquire().await.unwrap();
    sqlx::raw_sql("set plan_cache_mode = force_generic_plan; set pg_trgm.word_similarity_threshold = 0.3")
        .execute(&mut *db)
        .await
        .unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("prepare search as {register}"))).execute(&mut *db).await.unwrap();
    for (key, from, nearly) in
        [("'%unusual%'", "unusual", "'unusual'"), ("null", "w", "null"), ("'%unusaul%'", "unusaul", "'unusaul'")]
    {
        let call = format!(
            "explain (analyze, buffers, format json, timing off)
             execute search('{}', array['{from}'], '{from}', '{from}~', {key}, null, {nearly}, date '2026-11-24', array['%unusual%'])",
            app.alice.id
        );
        let plan: serde_json::Value =
            sqlx::query_scalar(AssertSqlSafe(call)).persistent(false).fetch_one(&mut *db).await.unwrap();
        let mut many = String::new();
        reads_many(&plan[0]["Plan"], &mut many);
        assert!(many.is_empty(), "{from}: {many}\n{plan:#}");
    }
    assert!(of(&app.alice, "People", "wilhelmina").await[0].starts_with("Wilhelmina Unusual"));
    assert!(of(&app.alice, "People", "unusaul").await[0].starts_with("Wilhelmina Unusual"));
    assert!(of(&app.alice, "People", "小明 29998").await[0].starts_with("李小明"));
}

/// The statement of the search, as the register has it.
fn inroad_statement() -> String {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.sqlx")).unwrap();
    let texts = folder.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let statements = texts
        .map(|text| serde_json::from_str::<serde_json::Value>(&text).unwrap()["query"].as_str().unwrap().to_owned());
    statements.into_iter().find(|sql| sql.contains("word_similarity($7, name_folded)")).unwrap()
}

/// The parts of a plan that read more rows than a search may.
fn reads_many(part: &serde_json::Value, found: &mut String) {
    let number = |key: &str| part[key].as_f64().unwrap_or_default();
    let rows = (number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck"))
        * number("Actual Loops");
    if rows > 2_000.0 {
        let _ = write!(found, "{} on {} reads {rows} rows; ", part["Node Type"], part["Relation Name"]);
    }
    for part in part["Plans"].as_array().into_iter().flatten() {
        reads_many(part, found);
    }
}
