//! One name has one spelling: however it was typed it is found, stands in its place, and is one person or company.

use inroad::ids::UserId;

use crate::imports::{HEADER, figure, import};
use crate::support::{App, Person};

/// What is stored, and what people type who look for it.
const NAMES: [(&str, &[&str]); 12] = [
    ("Álvaro Núñez", &["alvaro", "nunez", "ÁLVARO", "A\u{301}lvaro Nu\u{301}n\u{303}ez", "alvaro  nunez"]),
    ("Zoë Müller", &["zoe muller", "Zoe\u{308}", "MÜLLER"]),
    ("Conan O’Brien", &["o'brien", "obrien", "O’BRIEN", "O´Brien"]),
    ("Ｆｕｌｌｗｉｄｔｈ Name", &["fullwidth", "Ｎａｍｅ"]),
    ("Łukasz Straße", &["lukasz", "strasse", "STRASSE", "Straße"]),
    ("Ægir Øystein", &["aegir", "oystein", "Ægir"]),
    ("Алёна Королёва", &["алена", "КОРОЛЕВА"]),
    ("Όμηρος Παπάς", &["ομηρος", "ΠΑΠΑΣ"]),
    ("محمد علي", &["مُحَمَّد", "محـمد"]),
    ("ガリレオ 太郎", &["ｶﾞﾘﾚｵ", "カ\u{3099}リレオ"]),
    ("김철수", &["\u{1100}\u{1175}\u{11B7}철수", "철수"]),
    ("İpek Yılmaz", &["ipek", "yilmaz", "IPEK", "YILMAZ"]),
];

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

async fn names(person: &Person, path: &str) -> Vec<String> {
    person.get(path).await.is(200).page().texts("tbody tr th a")
}

async fn count(app: &App, sql: &'static str, user: UserId) -> i64 {
    sqlx::query_scalar(sql).bind(user).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn every_search_finds_every_spelling() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    for (nr, (name, _)) in NAMES.iter().enumerate() {
        let company = rows.company(&format!("{name} Werke")).await;
        let contact = rows.contact(name, Some(company)).await;
        sqlx::query("update contacts set profile_url = null where id = $1")
            .bind(contact)
            .execute(&app.db)
            .await
            .unwrap();
        rows.opening(company, &format!("{name} {nr}")).await;
    }
    for (name, typed) in NAMES {
        for typed in typed {
            let q = encoded(typed);
            assert_eq!(names(&app.alice, &format!("/contacts?q={q}")).await, [name], "contacts, {typed:?}");
            for path in ["/companies?show=all&q=", "/openings?show=all&q=", "/interviews/new?q="] {
                let page = app.alice.get(&format!("{path}{q}")).await.is(200).page();
                assert!(page.text("main").contains(name), "{path} {typed:?}");
                let others = NAMES.iter().filter(|(other, _)| *other != name);
                let more: Vec<_> =
                    others.filter(|(other, _)| page.texts("main a").iter().any(|a| a.contains(other))).collect();
                assert!(more.is_empty(), "{path} {typed:?} finds {more:?}, too");
            }
        }
    }
    for nothing in ["%", "_", "\\", "[a-z]", ".*", "(", "％", "*"] {
        assert_eq!(names(&app.alice, &format!("/contacts?q={}", encoded(nothing))).await, [""; 0], "{nothing:?}");
    }
    let longest = encoded(&"éŁß".repeat(60));
    assert_eq!(names(&app.alice, &format!("/contacts?q={longest}")).await, [""; 0]);
}

#[tokio::test]
async fn names_stand_where_their_letters_do() {
    let app = App::start().await;
    for (name, company) in [("Zoe", "Zulu"), ("Özlem", "Ørsted"), ("Álvaro", "Éclair"), ("bob", "acme"), ("Élodie", "")]
    {
        app.alice.post("/contacts", &[("name", name), ("company", company)]).await.to();
    }
    assert_eq!(names(&app.alice, "/contacts?sort=name").await, ["Álvaro", "bob", "Élodie", "Özlem", "Zoe"]);
    assert_eq!(names(&app.alice, "/contacts?sort=company").await, ["bob", "Álvaro", "Özlem", "Zoe", "Élodie"]);
    let id: String = sqlx::query_scalar("select id::text from contacts where user_id = $1 and name = 'Zoe'")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    let form = app.alice.get(&format!("/contacts/{id}/edit")).await.page().form_to(&format!("/contacts/{id}"));
    form.fill("Name", "Ábel").submit(&app.alice).await.to();
    assert_eq!(names(&app.alice, "/contacts?sort=name").await[0], "Ábel", "a changed name moves");
}

#[tokio::test]
async fn a_row_in_another_spelling_is_the_same_person() {
    let app = App::start().await;
    import(&app.alice, &format!("{HEADER}Zoë,Müller,,,Werk Nord,,01 Feb 2020\nConan,O'Brien,,,Acme,,01 Feb 2020\n"))
        .await;
    let again =
        format!("{HEADER}Zoe\u{308},Mu\u{308}ller,,,Werk Nord,,01 Feb 2020\nCONAN,O’BRIEN,,,Acme,,01 Feb 2020\n");
    let page = import(&app.alice, &again).await;
    assert_eq!(figure(&page, "new"), 0);
    assert_eq!(count(&app, "select count(*) from contacts where user_id = $1", app.alice.id).await, 2);
}

#[tokio::test]
async fn one_mailbox_is_one_account() {
    let app = App::start().await;
    sqlx::query("update users set email = 'ada@bücher.example' where id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    for spelling in ["ada@xn--bcher-kva.example", "ADA@BÜCHER.example", "ada@bu\u{308}cher.example"] {
        let visitor = app.visitor();
        let answer =
            visitor.post("/login", &[("email", spelling), ("password", crate::support::person::PASSWORD)]).await;
        assert_eq!(answer.status.as_u16(), 303, "{spelling}");
    }
}

#[tokio::test]
async fn what_older_rules_wrote_is_written_anew_once() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let (first, second) = (rows.company("Nubank").await, rows.company("Nubank of old").await);
    let contact = rows.contact("Álvaro", Some(first)).await;
    let other = rows.contact("Bob", None).await;
    for (sql, id) in [
        ("update companies set name = 'Nubank Ltda', name_key = 'nubank ltda' where id = $1", second.0),
        (
            "update contacts set name_folded = '', employer = 'Petronas Sdn Bhd', employer_key = 'petronas sdn bhd',
                 profile_url = 'https://www.linkedin.com/comm/in/alvaro', profile_key = 'https://www.linkedin.com/comm/in/alvaro',
                 email = 'a@xn--bcher-kva.example' where id = $1",
            contact.0,
        ),
        ("update contacts set profile_url = 'https://www.linkedin.com/in/alvaro', profile_key = '/in/alvaro' where id = $1", other.0),
        ("update settings set rules = 0 where $1::uuid is not null", other.0),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).bind(id).execute(&app.db).await.unwrap();
    }
    let (a, b) = tokio::join!(inroad::renewal::renew(&app.db), inroad::renewal::renew(&app.db));
    assert!(a.unwrap() + b.unwrap() > 0, "two programs that start together take turns");
    let keys: Vec<String> =
        sqlx::query_scalar("select name_key from companies where user_id = $1 order by created_at, id")
            .bind(app.alice.id)
            .fetch_all(&app.db)
            .await
            .unwrap();
    assert_eq!(keys, ["nubank", "nubank (2)"], "two companies that became one by name stay two");
    let of = "select name_folded || ' ' || employer_key || ' ' || coalesce(profile_key, '-') || ' ' || email from contacts where id = $1";
    let written: String = sqlx::query_scalar(of).bind(contact).fetch_one(&app.db).await.unwrap();
    assert_eq!(written, "alvaro petronas /in/alvaro a@bücher.example");
    let late: Option<String> = sqlx::query_scalar("select profile_key from contacts where id = $1")
        .bind(other)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(late, None, "one profile, one holder; the address stays");
    assert_eq!(inroad::renewal::renew(&app.db).await.unwrap(), 0, "once");
    let form =
        app.alice.get(&format!("/companies/{second}/edit")).await.page().form_to(&format!("/companies/{second}"));
    form.fill("Place", "São Paulo").submit(&app.alice).await.to();
}
