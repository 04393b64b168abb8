//! From a ready `App` to a listening server, and from a signal to a clean end.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::routes;
use crate::web::client::Peer;
use crate::web::headers::Https;
use crate::web::same_origin::OwnOrigin;
use crate::web::{body, flash, headers, request_id, run, same_origin};

/// Connections at once.
const MOST_CONNECTIONS: usize = 2_000;
/// Connections at once from one address that is no listed proxy.
const MOST_FROM_ONE_ADDRESS: usize = 200;
/// How long a head may take to arrive, the first or the next on a kept connection.
const HEAD_PATIENCE: Duration = Duration::from_secs(8);
/// How long a whole request may take.
const REQUEST_PATIENCE: Duration = Duration::from_secs(60);
/// How long requests under way may take to end once the program is asked to stop.
const DRAIN_PATIENCE: Duration = Duration::from_secs(30);

/// Every page behind every layer.
pub fn router(app: App) -> Router {
    let own = OwnOrigin(app.config.url.clone());
    let https = Https(app.is_https());
    routes::router()
        .layer(middleware::from_fn(flash::forget_shown))
        .layer(middleware::from_fn(run::follow))
        .layer(middleware::from_fn(body::read))
        .layer(middleware::from_fn_with_state(own, same_origin::guard))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, REQUEST_PATIENCE))
        .layer(middleware::from_fn_with_state(https, headers::secure))
        .layer(middleware::from_fn(request_id::log))
        .layer(CompressionLayer::new())
        .with_state(app)
}

fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text =
        cause.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
    let error = anyhow::anyhow!("panic: {}", text.unwrap_or_else(|| "without a message".into()));
    axum::response::IntoResponse::into_response(crate::error::Error::Internal(error))
}

/// Requests under way, so that the end waits for them and for nothing else.
#[derive(Clone, Default)]
struct UnderWay(Arc<AtomicUsize>);

struct Running(Arc<AtomicUsize>);

impl UnderWay {
    fn begin(&self) -> Running {
        self.0.fetch_add(1, Ordering::SeqCst);
        Running(self.0.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Open connections by address.
#[derive(Clone, Default)]
struct ByAddress(Arc<Mutex<HashMap<IpAddr, usize>>>);

struct Place {
    all: ByAddress,
    address: IpAddr,
}

impl ByAddress {
    fn enter(&self, address: IpAddr, most: usize) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Place { all: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

/// Serves until `stop` turns true, then finishes what is under way.
///
/// # Errors
/// Only when the listener itself fails.
pub async fn serve(listener: TcpListener, app: App, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let trusted = app.config.trusted_proxies.clone();
    let under_way = UnderWay::default();
    let counting = under_way.clone();
    let router = router(app).layer(middleware::from_fn(move |request: Request, next: Next| {
        let running = counting.begin();
        async move {
            let response = next.run(request).await;
            drop(running);
            response
        }
    }));
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let by_address = ByAddress::default();
    loop {
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place?,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, most likely: let some connections end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let address = peer.ip().to_canonical();
        let most = if trusted.trust(address) { MOST_CONNECTIONS } else { MOST_FROM_ONE_ADDRESS };
        let Some(own_place) = by_address.enter(address, most) else { continue };
        let _ = stream.set_nodelay(true);
        let service = router.clone().map_request(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(Peer(peer));
            request
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_PATIENCE)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that goes away in the middle is no event.
            let _ = connection.await;
            drop((place, own_place));
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = quiet(&under_way) => {}
        () = tokio::time::sleep(DRAIN_PATIENCE) => tracing::warn!("stopped with requests still under way"),
    }
    Ok(())
}

/// Returns once no request has been under way for a moment, long enough for the last answer to leave.
async fn quiet(under_way: &UnderWay) {
    let mut calm = 0;
    while calm < 5 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        calm = if under_way.0.load(Ordering::SeqCst) == 0 { calm + 1 } else { 0 };
    }
}

/// Turns true at SIGINT or SIGTERM; a second signal ends the program at once.
///
/// # Errors
/// When the signals cannot be listened to.
pub fn stop_signal() -> anyhow::Result<watch::Receiver<bool>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (sender, receiver) = watch::channel(false);
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        for last in [false, true] {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if last {
                std::process::exit(1);
            }
            sender.send_replace(true);
        }
    });
    Ok(receiver)
}
