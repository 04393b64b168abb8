//! Notices a proxy that nobody listed: everyone behind it would be counted as one client.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;

use super::queries::proxies as queries;
use crate::app::App;
use crate::config::TrustedProxies;
use crate::database::At;
use crate::error::Result;
use crate::web::client::{Peer, is_forwarded};

/// Noted no more often than this.
const NOTED_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// What was not seen for so long is over.
const HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the layer needs.
#[derive(Clone)]
pub struct Watch {
    app: App,
    noted: Arc<AtomicI64>,
}

impl Watch {
    /// Over the requests of a program.
    pub fn new(app: App) -> Self {
        Self { app, noted: Arc::new(AtomicI64::new(i64::MIN)) }
    }

    /// The peer, if it passed this request on, is not listed, and was not noted just now.
    fn unlisted(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.extensions().get::<Peer>()?.0.ip().to_canonical();
        if !is_forwarded(request.headers()) || self.app.config.trusted_proxies.trust(peer) {
            return None;
        }
        // Anyone may claim to be a proxy. Behind https every peer is one; else those of one's own network may be.
        if !self.app.is_https() && !is_near(peer) {
            return None;
        }
        let now = self.app.clock.now();
        let before = self.noted.load(Ordering::Relaxed);
        let again = before.saturating_add(NOTED_EVERY.as_secs()) <= now.as_second();
        (again && self.noted.compare_exchange(before, now.as_second(), Ordering::Relaxed, Ordering::Relaxed).is_ok())
            .then_some(peer)
    }
}

fn is_near(peer: IpAddr) -> bool {
    match peer {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// The layer.
pub async fn watch(State(watch): State<Watch>, request: Request, next: Next) -> Response {
    if let Some(peer) = watch.unlisted(&request) {
        tracing::warn!("{}", in_words(peer));
        let app = watch.app.clone();
        tokio::spawn(async move {
            if let Err(error) = note(&app, peer).await {
                tracing::debug!(%error, "an unlisted proxy could not be noted");
            }
        });
    }
    next.run(request).await
}

async fn note(app: &App, peer: IpAddr) -> Result<()> {
    Ok(queries::note(&mut *app.connection().await?, &peer.to_string(), app.clock.now()).await?)
}

/// The proxy noted last, and when.
///
/// # Errors
/// Only the database's.
pub async fn noted(db: &PgPool) -> sqlx::Result<Option<(String, At)>> {
    queries::noted(db).await
}

/// What is wrong, and what would be right.
fn in_words(peer: IpAddr) -> String {
    format!(
        "{peer} passes requests on and is not listed, so everyone behind it counts as one client and a few wrong passwords \
         shut all of them out. If it is your proxy, set INROAD_TRUSTED_PROXIES={peer}"
    )
}

/// A warning about the proxy noted last, unless it is listed by now or was not seen for a week.
pub fn warning(noted: Option<(String, At)>, listed: &TrustedProxies, now: Timestamp) -> Option<String> {
    let (peer, seen) = noted?;
    let peer: IpAddr = peer.parse().ok()?;
    (!listed.trust(peer) && now.duration_since(seen.0) < HOLDS).then(|| in_words(peer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_that_is_listed_by_now_or_gone_is_no_longer_warned_of() {
        let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let noted = |hours| Some(("172.18.0.1".to_owned(), At(now - SignedDuration::from_hours(hours))));
        let listed = |list: &str| list.parse::<TrustedProxies>().unwrap();
        assert!(warning(noted(1), &listed(""), now).unwrap().contains("INROAD_TRUSTED_PROXIES=172.18.0.1"));
        assert_eq!(warning(noted(1), &listed("172.16.0.0/12"), now), None);
        assert_eq!(warning(noted(8 * 24), &listed(""), now), None);
        assert_eq!(warning(None, &listed(""), now), None);
    }

    #[test]
    fn only_a_peer_of_ones_own_network_is_believed_to_be_a_proxy() {
        for (peer, near) in [
            ("127.0.0.1", true),
            ("172.18.0.1", true),
            ("10.1.2.3", true),
            ("fd00::1", true),
            ("fe80::1", true),
            ("203.0.113.9", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_near(peer.parse().unwrap()), near, "{peer}");
        }
    }
}
