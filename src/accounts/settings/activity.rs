//! What happened to the account.

use askama::Template;

use crate::access::Owner;
use crate::accounts::audit::lines::{Lines, PAGE, PageQuery};
use crate::accounts::audit::queries;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "accounts/settings/activity.html")]
struct ActivityPage {
    shell: Shell,
    log: Lines,
}

/// `GET /settings/activity`
pub async fn show(mut visit: Visit<Owner>, Query(query): Query<PageQuery>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let rows = queries::of_account(visit.db(), by, query.before(), PAGE + 1).await?;
    let log = Lines::new(rows, "/settings/activity", &query, &visit.person.zone, visit.today());
    Ok(Page::ok(ActivityPage { shell: visit.shell(Nav::Settings), log }))
}
