//! What happened, one line an event, on standard error.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// What the database remarks on our own 'if not exists', which would be most of the lines of a first start.
const WITHOUT_REMARKS: &str = "sqlx::postgres::notice=warn";

/// Starts logging with a filter that `Config` has checked; a second call changes nothing.
pub fn start(filter: &str) {
    let started = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(format!("{WITHOUT_REMARKS},{filter}")))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .compact()
        .try_init();
    if started.is_err() {
        tracing::debug!("logging had been started already");
    }
}
