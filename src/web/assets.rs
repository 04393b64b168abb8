//! Static files: in the binary, named by their content, compressed once.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::web::path::Ids;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static"]
struct Files;

struct Asset {
    file: EmbeddedFile,
    content_type: &'static str,
    url: String,
    brotli: OnceLock<Vec<u8>>,
}

/// Every file, by its plain name. One hash over all of them names the set, so that files may refer to each other.
static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    let mut files: Vec<(String, EmbeddedFile)> =
        Files::iter().filter_map(|name| Some((name.to_string(), Files::get(&name)?))).collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let mut set = Sha256::new();
    for (name, file) in &files {
        set.update(name.as_bytes());
        set.update(file.metadata.sha256_hash());
    }
    let set = data_encoding::HEXLOWER.encode(&set.finalize()[..8]);
    files
        .into_iter()
        .map(|(name, file)| {
            let url = format!("/static/{set}/{name}");
            let content_type = content_type(&name);
            (name, Asset { file, content_type, url, brotli: OnceLock::new() })
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
        Some("webmanifest" | "json") => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

/// The address of a static file, which changes with its content. An unknown name gives an address that is not found.
pub fn url(name: &str) -> &'static str {
    ASSETS.get(name).map_or("/static/missing", |asset| asset.url.as_str())
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
        let compressed = asset.brotli.get_or_init(|| brotli(&asset.file.data));
        let mut response = (StatusCode::OK, Body::from(compressed.as_slice())).into_response();
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        response
    } else {
        Body::from(asset.file.data.clone()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}
