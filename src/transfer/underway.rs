//! The page of an import that is being written.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::ids::ImportId;
use crate::web::page::Page;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "transfer/underway.html")]
struct UnderwayPage {
    shell: Shell,
    id: ImportId,
    file_name: String,
    written: usize,
    of: usize,
}

impl UnderwayPage {
    fn percent(&self) -> usize {
        self.written * 100 / self.of.max(1)
    }
}

/// How far it is; the page asks again until it is done.
pub fn page(shell: Shell, id: ImportId, file_name: String, written: usize, of: usize) -> Response {
    Page::ok(UnderwayPage { shell, id, file_name, written, of }).into_response()
}
