//! What happened to all accounts.

use askama::Template;

use crate::access::Admin;
use crate::accounts::audit::lines::{Lines, PAGE, PageQuery};
use crate::accounts::audit::queries;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "accounts/admin/activity.html")]
struct ActivityPage {
    shell: Shell,
    log: Lines,
}

/// `GET /admin/activity`
pub async fn index(mut visit: Visit<Admin>, Query(query): Query<PageQuery>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let rows = queries::of_all(visit.db(), by, query.before(), PAGE + 1).await?;
    let log = Lines::new(rows, "/admin/activity", &query, &visit.person.zone, visit.today());
    Ok(Page::ok(ActivityPage { shell: visit.shell(Nav::Admin), log }))
}
