//! Handing a notice to the service of a browser (RFC 8030): only one that is known, nothing is followed, nothing of its answer is
//! read but its number, and it is not waited for long.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;
use url::Url;

/// How long a service may take to be reached.
const TO_CONNECT: Duration = Duration::from_secs(5);
/// How long it may take in all. A claim holds longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a notice was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It may be taken later.
    ForNow(String),
    /// It will not be.
    ForGood(String),
    /// The browser takes no notices any more.
    Gone,
}

/// A notice as it is handed over.
pub struct Parcel<'a> {
    /// Where.
    pub to: &'a Url,
    /// Who sends it.
    pub shown: String,
    /// For how long it is worth showing.
    pub holds: i64,
    /// Whether a sleeping device is woken for it.
    pub urgent: bool,
    /// What a later one takes the place of.
    pub topic: String,
    /// What is sealed.
    pub sealed: Vec<u8>,
}

/// The way to the services.
pub struct Services(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Services {
    /// Of a machine that knows certificate authorities.
    ///
    /// # Errors
    /// Where it knows none.
    pub fn new() -> std::io::Result<Self> {
        let mut plain = HttpConnector::new();
        plain.set_connect_timeout(Some(TO_CONNECT));
        plain.enforce_http(false);
        let connector =
            HttpsConnectorBuilder::new().with_native_roots()?.https_or_http().enable_http1().wrap_connector(plain);
        Ok(Self(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector)))
    }

    /// Hands a notice over.
    ///
    /// # Errors
    /// Whether it may be taken later, and what kept it from being taken.
    pub async fn hand_over(&self, parcel: Parcel<'_>) -> Result<(), Refusal> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(parcel.to.as_str())
            .header(header::AUTHORIZATION, parcel.shown)
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header("ttl", parcel.holds)
            .header("urgency", if parcel.urgent { "high" } else { "normal" })
            .header("topic", parcel.topic)
            .body(Full::new(Bytes::from(parcel.sealed)))
            .map_err(|error| Refusal::ForGood(error.to_string()))?;
        match timeout(PATIENCE, self.0.request(request)).await {
            Ok(Ok(answer)) => read(answer.status()),
            Ok(Err(error)) => Err(Refusal::ForNow(format!("it cannot be reached: {error}"))),
            Err(_) => Err(Refusal::ForNow(format!("it took longer than {} s", PATIENCE.as_secs()))),
        }
    }
}

/// What its number means.
fn read(status: StatusCode) -> Result<(), Refusal> {
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(Refusal::Gone),
        status if status.is_success() => Ok(()),
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            Err(Refusal::ForNow(format!("it answered {status}")))
        }
        status => Err(Refusal::ForGood(format!("it answered {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_taken_later_is_told_from_what_will_not() {
        for (number, refusal) in
            [(200, None), (201, None), (202, None), (404, Some(Refusal::Gone)), (410, Some(Refusal::Gone))]
        {
            assert_eq!(read(StatusCode::from_u16(number).unwrap()).err(), refusal, "{number}");
        }
        for number in [429, 500, 503] {
            assert!(matches!(read(StatusCode::from_u16(number).unwrap()), Err(Refusal::ForNow(_))), "{number}");
        }
        for number in [301, 307, 400, 401, 403, 413] {
            assert!(matches!(read(StatusCode::from_u16(number).unwrap()), Err(Refusal::ForGood(_))), "{number}");
        }
    }
}
