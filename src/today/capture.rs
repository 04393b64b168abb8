//! How people are captured from elsewhere: by a bookmark, from a phone, by the browser's extension.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;

use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::web::host;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "today/capture.html")]
struct CapturePage {
    shell: Shell,
    /// The bookmark that captures the page it is pressed on.
    bookmark: String,
    /// Where this Inroad is, for the extension.
    address: String,
}

/// `GET /guide/capture`
pub async fn show(visit: Visit<Viewer>, State(app): State<App>, headers: HeaderMap) -> Page<impl Template> {
    let address = host::base(&app.config, &headers);
    Page::ok(CapturePage { shell: visit.shell(Nav::Guide), bookmark: bookmark(&address), address })
}

/// Opens a window on the form with the address, the title and the selection of the page, and reads nothing else of it. Of a
/// selection it takes what the head of a request has room for.
fn bookmark(address: &str) -> String {
    format!(
        "javascript:(()=>{{let u='{address}/capture?'+new URLSearchParams({{url:location.href,title:document.title,\
         text:String(getSelection()).slice(0,2000)}});open(u,'_blank')||(location.href=u)}})()"
    )
}
