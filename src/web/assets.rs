//! Static files: in the binary, named by their content, compressed once. A debug build reads them when it starts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::web::joining::{joined, parted};
use crate::web::path::Ids;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static"]
struct Files;

/// Files sent as one: its name, the folder its parts stand in, and the part that imports the others.
const JOINED: [(&str, &str, &str); 3] = [
    ("offline.js", "offline/", "page.js"),
    ("worker.js", "offline/", "worker.js"),
    ("style.css", "style/", "main.css"),
];

/// The script of every page: its name, the folder its parts stand in, and the part that imports the others.
const APP: (&str, &str, &str) = ("app.js", "app/", "main.js");

/// What it brings to the pages that need it, by the names in `static/app/parts.js`.
pub const PARTS: [&str; 4] = ["board.js", "notices.js", "passkeys.js", "talk.js"];

struct Asset {
    bytes: Bytes,
    content_type: &'static str,
    url: String,
    brotli: OnceLock<Vec<u8>>,
}

fn read(name: &str) -> Option<Bytes> {
    Some(match Files::get(name)?.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    })
}

/// Every file that is sent, by its plain name.
fn files() -> Vec<(String, Bytes)> {
    let (app, in_app, first_of_app) = APP;
    let is_part = |name: &str| JOINED.iter().chain([&APP]).any(|(_, folder, _)| name.starts_with(folder));
    let whole = Files::iter().filter(|name| !is_part(name)).filter_map(|name| Some((name.to_string(), read(&name)?)));
    let of = |folder: &str, part: &str| String::from_utf8(read(&format!("{folder}{part}"))?.into()).ok();
    let of_parts =
        JOINED.iter().map(|(name, folder, first)| ((*name).to_owned(), joined(first, |part| of(folder, part)).into()));
    let (script, parts) = parted((app, first_of_app), &PARTS, |part| of(in_app, part));
    let parts = PARTS.iter().zip(parts).map(|(name, text)| ((*name).to_owned(), text.into()));
    let mut files: Vec<_> = whole.chain(of_parts).chain([(app.to_owned(), script.into())]).chain(parts).collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// Every file, by its plain name. One hash over all of them names the set, so that files may refer to each other.
static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    let files = files();
    let mut set = Sha256::new();
    for (name, bytes) in &files {
        set.update(name.as_bytes());
        set.update(Sha256::digest(bytes));
    }
    let set = data_encoding::HEXLOWER.encode(&set.finalize()[..8]);
    files
        .into_iter()
        .map(|(name, bytes)| {
            let url = format!("/static/{set}/{name}");
            let content_type = content_type(&name);
            (name, Asset { bytes, content_type, url, brotli: OnceLock::new() })
        })
        .collect()
});

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("json") => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

/// The address of a static file, which changes with its content. An unknown name gives an address that is not found.
pub fn url(name: &str) -> &'static str {
    ASSETS.get(name).map_or("/static/missing", |asset| asset.url.as_str())
}

/// What a static file says, where it is text.
pub fn text(name: &str) -> Cow<'static, str> {
    ASSETS.get(name).map_or(Cow::Borrowed(""), |asset| String::from_utf8_lossy(&asset.bytes))
}

/// The name of all static files together, which changes with any of them.
pub fn set() -> &'static str {
    url("app.js").split('/').nth(2).unwrap_or_default()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 11, 22);
    let written = writer.write_all(bytes).and_then(|()| writer.flush());
    drop(writer);
    if written.is_ok() { out } else { Vec::new() }
}

/// `GET /static/{hash}/{name}`: for ever, since another content has another address.
pub async fn serve(Ids(hash, name): Ids<String, String>, headers: HeaderMap) -> Result<Response, Error> {
    let asset = ASSETS.get(&name).ok_or(Error::NotFound)?;
    if !asset.url.starts_with(&format!("/static/{hash}/")) {
        return Err(Error::NotFound);
    }
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let compressible = !asset.content_type.starts_with("font/") && !asset.content_type.starts_with("image/png");
    let mut response = if compressible && accepts.split(',').any(|e| e.trim().split(';').next() == Some("br")) {
        let compressed = asset.brotli.get_or_init(|| brotli(&asset.bytes));
        let mut response = (StatusCode::OK, Body::from(compressed.as_slice())).into_response();
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        response
    } else {
        Body::from(asset.bytes.clone()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}
