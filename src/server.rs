//! From a ready `App` to a listening server, and from a signal to a clean end.

mod connection;
mod patience;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::{ServiceBuilder, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

pub use connection::Limits;
use connection::{Age, Entered, Places};

use crate::accounts::proxies::{self, Watch};
use crate::accounts::writing;
use crate::app::App;
use crate::error::Error;
use crate::routes;
use crate::web::client::Peer;
use crate::web::headers::Https;
use crate::web::host::OwnHost;
use crate::web::list::last_used;
use crate::web::refused::Refuses;
use crate::web::same_origin::{Guard, OwnOrigin};
use crate::web::{body, dates, flash, headers, host, made_for, problem, refused, request_id, run, same_origin};

/// How long requests under way may take to end once the program is asked to stop.
pub const DRAIN_PATIENCE: Duration = Duration::from_secs(30);

/// Every page behind every layer, the outermost first.
pub fn router(app: App) -> Router {
    let own = Arc::new(Guard { own: OwnOrigin(app.config.url.clone()), programs: routes::OF_PROGRAMS });
    let https = Https::of(&app.config);
    let room = body::Room::default();
    let layers = ServiceBuilder::new()
        .layer(
            CompressionLayer::new()
                .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))),
        )
        .layer(middleware::from_fn(request_id::log))
        .layer(middleware::from_fn(problem::give))
        .layer(middleware::from_fn_with_state(https, headers::secure))
        .layer(middleware::from_fn(patience::with_all))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(Watch::new(app.clone()), proxies::watch))
        .layer(middleware::from_fn_with_state(Arc::new(OwnHost::of(&app.config)), host::check))
        .layer(middleware::from_fn_with_state(own, same_origin::guard))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
            body::read(routes::limits::form_limit(route.as_deref()), room.clone(), request, next)
        }))
        .layer(middleware::from_fn_with_state(app.cookies.clone(), last_used::remember))
        .layer(middleware::from_fn_with_state(app.cookies.clone(), run::follow))
        .layer(middleware::from_fn_with_state(app.cookies.clone(), flash::carry))
        .layer(middleware::from_fn_with_state(app.marks.clone(), made_for::mark))
        .layer(middleware::from_fn_with_state(Refuses(routes::refuses), refused::lead_nowhere))
        .layer(middleware::from_fn(dates::carry))
        .layer(middleware::from_fn_with_state(app.clone(), patience::with_work))
        .layer(middleware::from_fn_with_state(app.clone(), writing::settle))
        .layer(DefaultBodyLimit::disable());
    routes::router().layer(layers).with_state(app)
}

fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text =
        cause.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
    let error = anyhow::anyhow!("panic: {}", text.unwrap_or_else(|| "without a message".into()));
    axum::response::IntoResponse::into_response(crate::error::Error::Internal(error))
}

/// What everyone is told while every place is taken.
fn full(app: &App) -> Router {
    Router::new()
        .fallback(|| async { Error::Busy })
        .layer(middleware::from_fn_with_state(Https::of(&app.config), headers::secure))
        .layer(middleware::from_fn(request_id::log))
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

/// Serves until `stop` turns true, then finishes what is under way. From the moment the program is no longer ready, each
/// answer is the last on its connection, so that none is in use when the listener closes.
///
/// # Errors
/// Only when the listener itself fails.
pub async fn serve(listener: TcpListener, app: App, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    serve_within(Limits::default(), listener, app, stop).await
}

/// Serves within these limits.
///
/// # Errors
/// Only when the listener itself fails.
pub async fn serve_within(
    limits: Limits,
    listener: TcpListener,
    app: App,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let trusted = app.config.trusted_proxies.clone();
    let under_way = UnderWay::default();
    let counting = under_way.clone();
    let full = full(&app);
    let ready = app.ready.clone();
    let router = router(app).layer(middleware::from_fn(move |request: Request, next: Next| {
        let running = counting.begin();
        let ready = ready.clone();
        async move {
            let mut response = next.run(request).await;
            if !*ready.borrow() {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            drop(running);
            response
        }
    }));
    let graceful = GracefulShutdown::new();
    let places = Places::new(limits);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, most likely: let some connections end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let place = match places.enter(peer.ip(), &trusted) {
            Entered::Yes(place) => place,
            Entered::Full(turn) => {
                tokio::spawn(connection::turn_away(stream, full.clone(), turn));
                continue;
            }
            Entered::No => continue,
        };
        let age = Age::new(limits);
        let service = router
            .clone()
            .map_request(move |request: hyper::Request<hyper::body::Incoming>| {
                let mut request = request.map(axum::body::Body::new);
                request.extensions_mut().insert(Peer(peer));
                request
            })
            .map_response(move |response| age.ending(response));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_buf_size(64 * 1024)
            .serve_connection(connection::patient(stream, limits), TowerToHyperService::new(service));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that goes away in the middle is no event.
            let _ = tokio::time::timeout(limits.life, connection).await;
            drop(place);
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

/// Turns true at SIGINT or SIGTERM. A second signal ends the program at once, and so does `patience`, whatever hangs.
///
/// # Errors
/// When the signals cannot be listened to.
pub fn stop_signal(patience: Duration) -> anyhow::Result<watch::Receiver<bool>> {
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
            // A thread of its own, which nothing in the program can hold up.
            std::thread::spawn(move || {
                std::thread::sleep(patience);
                tracing::error!("the end took too long; stopped in the middle of it");
                std::process::exit(1);
            });
        }
    });
    Ok(receiver)
}
