//! Inroad as an app on a phone or a desk: the worker beside its pages, which answers where there is no network. What the app
//! is called and looks like is `static/app.webmanifest`.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::assets;
use super::page::Page;

/// The page for no network: the same for everyone, so that a browser may keep it.
#[derive(Template)]
#[template(path = "offline.html")]
struct OfflinePage;

const OFFLINE: &str = "/offline";

/// `GET /offline`
pub async fn offline() -> Page<impl Template> {
    Page::ok(OfflinePage)
}

/// `GET /worker.js`: at an address that stays, since a browser knows a worker by it. Its first line names what it keeps.
pub async fn worker() -> Response {
    let parts = ["style.css", "fonts/inter.woff2", "app.js", "offline.js"].into_iter().chain(assets::PARTS);
    let files: Vec<&str> = parts.map(assets::url).chain([OFFLINE]).collect();
    let shell = json!({ "name": assets::set(), "files": files, "icon": assets::url("icons/any-192.png") });
    let script = format!("const shell = {shell}\n{}", assets::text("worker.js"));
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], script).into_response()
}
