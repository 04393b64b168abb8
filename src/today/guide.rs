//! The method in five steps, each with the page where it is done.

use askama::Template;

use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "guide.html")]
struct GuidePage {
    shell: Shell,
}

/// `GET /guide`
pub async fn show(visit: Visit<Viewer>) -> Page<impl Template> {
    Page::ok(GuidePage { shell: visit.shell(Nav::Guide) })
}
