//! Asking an issuer: only the addresses it gave, nothing is followed, no answer is waited for long or read without end.

use std::time::Duration;

use axum::body::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{HttpRequest, HttpResponse};
use tokio::time::timeout;

/// How long one answer may take, whole.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes an answer may have.
const MOST: usize = 256 * 1024;

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// This machine trusts nobody.
    #[error("no certificate authority is known to this machine: {0}")]
    NoRoots(#[from] std::io::Error),
    /// It cannot be reached, or breaks off.
    #[error("it cannot be reached: {0}")]
    Unreachable(#[from] hyper_util::client::legacy::Error),
    /// It breaks off, or says too much.
    #[error("its answer cannot be read: {0}")]
    Unreadable(Box<dyn std::error::Error + Send + Sync>),
    /// It took longer than it may.
    #[error("it took longer than {} s", PATIENCE.as_secs())]
    Slow,
}

fn client() -> Result<Client<HttpsConnector<HttpConnector>, Full<Bytes>>, Failed> {
    let connector = HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().build();
    Ok(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector))
}

/// Sends a request and reads its answer.
///
/// # Errors
/// Says why there is none.
pub async fn send(request: HttpRequest) -> Result<HttpResponse, Failed> {
    let client = client()?;
    let (parts, body) = request.into_parts();
    let request = axum::http::Request::from_parts(parts, Full::new(Bytes::from(body)));
    let whole = async {
        let (parts, body) = client.request(request).await?.into_parts();
        let body = Limited::new(body, MOST).collect().await.map_err(Failed::Unreadable)?;
        Ok(HttpResponse::from_parts(parts, body.to_bytes().to_vec()))
    };
    timeout(PATIENCE, whole).await.unwrap_or(Err(Failed::Slow))
}
