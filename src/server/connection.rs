//! What one connection may take, and all of them together: no client, quick or slow, keeps the others out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use ipnet::IpNet;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use crate::config::TrustedProxies;
use crate::web::client::{Bucket, buckets};

/// What the system keeps of an answer until the client has taken it. So small that a client who takes anything in earnest
/// makes room within the patience for writing, and that two thousand who take nothing cost little.
const SEND_BUFFER: usize = 64 * 1024;
/// Connections that are told at once that there is no place; beyond them, they are only closed.
const MOST_TURNED_AWAY: usize = 256;
/// How long telling so may take.
const FAREWELL: Duration = Duration::from_secs(2);

/// The limits of connections.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one network (see [`buckets`]), unless it is a listed proxy.
    pub from_one_network: usize,
    /// How long a head may take to arrive, the first or the next on a kept connection.
    pub head: Duration,
    /// How long an answer may stand without the client taking any of it.
    pub writing: Duration,
    /// Requests on one connection; the last answer says that it closes.
    pub requests: usize,
    /// How old a connection may be when it takes one more request.
    pub age: Duration,
    /// How old it may become at all, with an answer still under way.
    pub life: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2_000,
            from_one_network: 200,
            head: Duration::from_secs(8),
            writing: Duration::from_secs(25),
            requests: 1_000,
            age: Duration::from_secs(5 * 60),
            life: Duration::from_secs(15 * 60),
        }
    }
}

/// The places there are.
pub(super) struct Places {
    limits: Limits,
    all: Arc<Semaphore>,
    turns_away: Arc<Semaphore>,
    by_network: Arc<Mutex<HashMap<IpNet, usize>>>,
}

/// What came of wanting a place.
pub(super) enum Entered {
    /// Here it is.
    Yes(Place),
    /// There is none, and there is time to say so.
    Full(OwnedSemaphorePermit),
    /// There is none.
    No,
}

/// A place, free again once it is dropped.
pub(super) struct Place {
    _all: OwnedSemaphorePermit,
    networks: Vec<Bucket>,
    by_network: Arc<Mutex<HashMap<IpNet, usize>>>,
}

impl Places {
    /// All of them free.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            all: Arc::new(Semaphore::new(limits.connections)),
            turns_away: Arc::new(Semaphore::new(MOST_TURNED_AWAY)),
            by_network: Arc::default(),
        }
    }

    /// Takes a place for a peer. A network that uses up its own gets none; a listed proxy stands for many clients.
    pub fn enter(&self, peer: IpAddr, trusted: &TrustedProxies) -> Entered {
        let networks = if trusted.trust(peer) { Vec::new() } else { buckets(peer) };
        let mut open = self.by_network.lock().unwrap_or_else(PoisonError::into_inner);
        let most = |bucket: &Bucket| self.limits.from_one_network.saturating_mul(bucket.share as usize);
        if networks.iter().any(|bucket| open.get(&bucket.network).is_some_and(|count| *count >= most(bucket))) {
            return Entered::No;
        }
        let Ok(all) = self.all.clone().try_acquire_owned() else {
            return self.turns_away.clone().try_acquire_owned().map_or(Entered::No, Entered::Full);
        };
        for bucket in &networks {
            *open.entry(bucket.network).or_default() += 1;
        }
        Entered::Yes(Place { _all: all, networks, by_network: self.by_network.clone() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.by_network.lock().unwrap_or_else(PoisonError::into_inner);
        for bucket in &self.networks {
            if let Some(count) = open.get_mut(&bucket.network) {
                *count -= 1;
                if *count == 0 {
                    open.remove(&bucket.network);
                }
            }
        }
    }
}

/// The stream of a connection, which ends when the client takes nothing of its answer for too long.
pub(super) fn patient(stream: TcpStream, limits: Limits) -> TokioIo<Pin<Box<TimeoutStream<TcpStream>>>> {
    let _ = stream.set_nodelay(true);
    let _ = socket2::SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.writing));
    TokioIo::new(Box::pin(stream))
}

/// How long a connection has been open, and how much was asked on it.
#[derive(Clone)]
pub(super) struct Age {
    limits: Limits,
    began: Instant,
    requests: Arc<AtomicUsize>,
}

impl Age {
    /// Of a connection just opened.
    pub fn new(limits: Limits) -> Self {
        Self { limits, began: Instant::now(), requests: Arc::default() }
    }

    /// Has an answer say that it is the last, where it is.
    pub fn ending(&self, mut response: Response) -> Response {
        let asked = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        if asked >= self.limits.requests || self.began.elapsed() >= self.limits.age {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// Answers one request, whatever it is, with what `full` says, and hangs up.
pub(super) async fn turn_away(stream: TcpStream, full: Router, turn: OwnedSemaphorePermit) {
    let service = full.map_request(|request: hyper::Request<hyper::body::Incoming>| request.map(Body::new));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(FAREWELL)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let _ = tokio::time::timeout(FAREWELL, connection).await;
    drop(turn);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(connections: usize, from_one_network: usize) -> Places {
        Places::new(Limits { connections, from_one_network, ..Limits::default() })
    }

    fn enter(places: &Places, peer: &str) -> Option<Place> {
        match places.enter(peer.parse().unwrap(), &"10.0.0.0/8".parse().unwrap()) {
            Entered::Yes(place) => Some(place),
            Entered::Full(_) | Entered::No => None,
        }
    }

    #[test]
    fn one_network_gets_its_share_and_a_place_that_is_left_is_free() {
        let places = places(100, 2);
        let kept: Vec<_> = (1..=2).map(|n| enter(&places, &format!("2001:db8::{n}")).unwrap()).collect();
        assert!(enter(&places, "2001:db8::3").is_none(), "another address of the same /64");
        assert!(enter(&places, "2001:db8:0:1::1").is_some() && enter(&places, "198.51.100.1").is_some());
        drop(kept);
        assert!(enter(&places, "2001:db8::3").is_some());
        assert!(places.by_network.lock().unwrap().is_empty(), "nothing is remembered of those who left");
    }

    #[test]
    fn a_wide_network_gets_a_wider_share() {
        let places = places(100, 2);
        let kept: Vec<_> = (0..20).filter_map(|n| enter(&places, &format!("2001:db8:1:{n}::1"))).collect();
        assert_eq!(kept.len(), 16, "eight clients' worth for a /48");
    }

    #[test]
    fn a_listed_proxy_may_fill_the_house_and_then_it_is_full() {
        let places = places(10, 2);
        let kept: Vec<_> = (0..20).filter_map(|_| enter(&places, "10.0.0.1")).collect();
        assert_eq!(kept.len(), 10);
        let full = places.enter("198.51.100.1".parse().unwrap(), &TrustedProxies::default());
        assert!(matches!(full, Entered::Full(_)));
    }
}
