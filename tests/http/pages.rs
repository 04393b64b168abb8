//! Pages of lists go on from a place, whatever became of the row that stood there.

use std::collections::BTreeSet;

use inroad::ids::ContactId;
use sqlx::AssertSqlSafe;

use crate::support::{App, Page};

/// The ids of the rows a page of this list shows, in order.
fn rows(page: &Page, list: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = page.links().into_iter().filter_map(|(_, href)| {
        let id = href.strip_prefix(&format!("/{list}/"))?;
        uuid::Uuid::parse_str(id).is_ok().then(|| id.to_owned())
    });
    ids.filter(|id| seen.insert(id.clone())).collect()
}

/// The address of the page that follows.
fn next(page: &Page) -> String {
    let found = page.all("a[rel='next']");
    found.first().and_then(|link| link.value().attr("href")).unwrap().to_owned()
}

async fn fill(app: &App) {
    let rows = app.rows(&app.alice);
    for nr in 0..60 {
        let company = rows.company(&format!("Company {nr:02}")).await;
        let contact: ContactId = rows.contact(&format!("Person {nr:02}"), Some(company)).await;
        let opening = rows.opening(company, &format!("Role {nr:02}")).await;
        rows.interview(contact, Some(company)).await;
        rows.referral(contact, company, Some(opening)).await;
    }
    for sql in [
        "update contacts set stage = 'in_touch', next_step = 'write', next_due = date '2026-12-01' + (hashtext(name) % 20)",
        "update contacts set last_touch_on = date '2026-11-01' + (hashtext(name) % 15) where hashtext(name) % 3 <> 0",
        "update contacts set next_due = null where hashtext(name) % 7 = 0",
        "update companies set motivation = abs(hashtext(name)) % 6, posting = abs(hashtext(name)) % 4",
        "update openings set seen_on = seen_on - abs(hashtext(title)) % 30",
        "update openings set next_step = 'Look again', next_on = seen_on + 20 where hashtext(title) % 3 = 0",
        "update informational_interviews set starts_at = starts_at + interval '1 hour' * (abs(hashtext(id::text)) % 90)",
    ] {
        sqlx::query(sql).execute(&app.db).await.unwrap();
    }
}

#[tokio::test]
async fn a_page_goes_on_from_its_place_when_the_rows_before_it_are_gone() {
    let app = App::start().await;
    fill(&app).await;
    for (list, table, path) in [
        ("contacts", "contacts", "/contacts?sort=due"),
        ("contacts", "contacts", "/contacts?sort=name"),
        ("contacts", "contacts", "/contacts?sort=company"),
        ("contacts", "contacts", "/contacts?sort=touch"),
        ("contacts", "contacts", "/contacts/in-touch"),
        ("companies", "companies", "/companies?sort=rank"),
        ("companies", "companies", "/companies?sort=name"),
        ("companies", "companies", "/companies?sort=added"),
        ("openings", "openings", "/openings?sort=next"),
        ("openings", "openings", "/openings?sort=title"),
        ("openings", "openings", "/openings?sort=company"),
        ("openings", "openings", "/openings?sort=status"),
        ("interviews", "informational_interviews", "/interviews"),
        ("interviews", "informational_interviews", "/interviews?show=coming"),
        ("referrals", "referrals", "/referrals?view=list&sort=name"),
        ("referrals", "referrals", "/referrals?view=list&sort=status"),
    ] {
        let first = app.alice.get(path).await.is(200).page();
        let (shown, second) = (rows(&first, list), next(&first));
        assert_eq!(shown.len(), 50, "{path}");
        let after = rows(&app.alice.get(&second).await.is(200).page(), list);
        assert_eq!(after.len(), 10, "{path}");
        assert!(after.iter().all(|id| !shown.contains(id)), "{path}: every row stands on one page");
        let back = app.alice.get(&second).await.page();
        let before = back.all("a[rel='prev']").first().and_then(|link| link.value().attr("href")).unwrap().to_owned();
        assert_eq!(rows(&app.alice.get(&before).await.page(), list), shown, "{path}: and back");

        let set = |deleted: &str, ids: &[String]| {
            let ids: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
            sqlx::query(AssertSqlSafe(format!(
                "update {table} set deleted_at = {deleted} where id in ({})",
                ids.join(", ")
            )))
            .execute(&app.db)
        };
        set("now()", &shown[40..]).await.unwrap();
        assert_eq!(
            rows(&app.alice.get(&second).await.is(200).page(), list),
            after,
            "{path}: the last rows before it are gone"
        );
        set("now()", &after).await.unwrap();
        let left = rows(&app.alice.get(&second).await.is(200).page(), list);
        assert_eq!(left, shown[..40], "{path}: with nothing after it, the last page there is");
        set("null", &shown).await.unwrap();
        set("null", &after).await.unwrap();
    }
}
