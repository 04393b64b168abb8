//! Inroad's speed on the reference instance; started by `bin/bench`, which brings the cluster and the release build.
//!
//! Each page is loaded over kept connections, and right after it pgbench runs exactly the page's statements for the same
//! accounts over as many connections, prepared and planned alike: the ratio says what the program costs beside the database,
//! on any machine. What its statements themselves cost shows beside the floor, which is the same for all pages.

#![expect(clippy::disallowed_methods, reason = "it fills and measures databases the compiler does not know")]

mod database;
mod figures;
mod floor;
mod import;
mod load;
mod pages;
mod server;
mod sizes;
mod statements;
mod typing;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

/// Measures Inroad's pages against pgbench running the same statements, and prints Markdown tables.
#[derive(Parser)]
pub struct Options {
    /// Accounts in the database, each with the reference search; 10000 needs 20 GB of disk and most of an hour
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    accounts: u32,
    /// Connections of the load and of pgbench
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=128))]
    connections: u16,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    seconds: u16,
    /// Rounds of each page's measurements, of which the middle one counts
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Only the pages whose path contains this
    #[arg(long, default_value = "")]
    page: String,
    /// Ask for compressed answers, as browsers do
    #[arg(long)]
    compressed: bool,
    /// Instead of all else, compare the pages' p50 with so many accounts, as 1,200
    #[arg(long, value_delimiter = ',', num_args = 1)]
    compare: Vec<u32>,
    /// Instead of all else, show that a slow statement shows: contacts are measured with their indexes and without
    #[arg(long)]
    plant: bool,
    /// End with an error when a budget is missed
    #[arg(long)]
    check: bool,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
    /// Address of the cluster to measure on
    #[arg(long, hide = true, env = "CLUSTER_URL")]
    cluster: String,
    /// The cluster's log, as CSV
    #[arg(long, hide = true, env = "CLUSTER_LOG")]
    log: PathBuf,
    /// The program to measure
    #[arg(long, hide = true, env = "INROAD_PROGRAM")]
    program: PathBuf,
    /// Folder of PostgreSQL's programs
    #[arg(long, hide = true, env = "INROAD_PG_BIN")]
    pg_bin: PathBuf,
}

impl Options {
    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    let all_met = match (options.plant, options.compare.is_empty()) {
        (true, _) => floor::plant(&options).await?,
        (false, true) => measure(&options).await?,
        (false, false) => pages::compare(&options).await?,
    };
    Ok(if options.check && !all_met { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn measure(options: &Options) -> anyhow::Result<bool> {
    let instance = database::fill(&options.cluster, &options.program, options.accounts).await?;
    let pages_met = pages::measure(options, &instance).await?;
    let sizes_met = sizes::measure(options, &instance).await?;
    let figures_met = figures::measure(options, &instance).await?;
    Ok(pages_met && sizes_met && figures_met)
}

/// The middle one of some figures.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How a budget stands, in a word for the table.
pub fn verdict(met: bool) -> &'static str {
    if met { "PASS" } else { "FAIL" }
}

/// A duration in milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
