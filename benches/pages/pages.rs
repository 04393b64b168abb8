//! The pages: which there are, what they do under load, and what their statements alone would do.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use inroad::routes::{TABLE, Verb, Who};
use sqlx::{Connection, PgConnection};

use crate::database::{self, Account, Instance};
use crate::load::{self, Client, Measured};
use crate::server::Server;
use crate::statements::{self, Listener, Script};
use crate::{Options, floor, median, ms, verdict};

/// The least share of pgbench's rate a page may have.
const LEAST_RATIO: f64 = 0.45;
/// Round trips to the database a page may take.
const MOST_STATEMENTS: usize = 2;
/// The least share of the floor's rate (see [`crate::floor`]) that pages aim for.
const GOALS: &[(&str, f64)] = &[
    ("/settings", 0.6),
    ("/guide", 0.6),
    ("/contacts", 0.35),
    ("/companies", 0.35),
    ("/interviews", 0.35),
    ("/openings", 0.35),
    ("/referrals", 0.35),
    ("/introductions", 0.35),
    ("/insights", 0.35),
    ("/", 0.2),
    ("/progress", 0.2),
];
/// Connections at which the slowest of a hundred answers is looked at, and how many times the middle one it may take.
const CROWD: usize = 32;
const MOST_SPREAD: f64 = 4.0;
/// How many times the p50 of the smallest instance that of the largest may be.
const MOST_GROWTH: f64 = 1.25;

/// A page with a request for each account.
pub struct Page {
    /// The path, with `{id}` where ids stand.
    pub path: &'static str,
    requests: Vec<Vec<u8>>,
    /// Bytes of the first account's page as sent.
    pub bytes: usize,
}

/// Every page of a signed-in person that answers for these accounts; says which do not.
pub fn pages(options: &Options, accounts: &[Account], address: SocketAddr) -> anyhow::Result<Vec<Page>> {
    let mut pages = Vec::new();
    let mut client = Client::connect(address)?;
    let routes = TABLE.iter().filter(|route| route.method == Verb::Get && route.who == Who::Viewer);
    for route in routes.filter(|route| route.path.contains(&options.page)) {
        let paths: Option<Vec<String>> = accounts.iter().map(|account| account.path(route.path)).collect();
        let Some(paths) = paths else {
            println!("- `{}` is left out: the filling has no row for it.", route.path);
            continue;
        };
        let requests: Vec<_> =
            paths.iter().zip(accounts).map(|(path, a)| request(options, address, path, &a.token)).collect();
        let answer = client.send(requests.first().context("an instance without accounts")?)?;
        if answer.status == 200 {
            pages.push(Page { path: route.path, requests, bytes: answer.body.len() });
        } else {
            println!("- `{}` is left out: it answers {}.", route.path, answer.status);
        }
    }
    ensure!(!pages.is_empty(), "no page has '{}' in its path", options.page);
    Ok(pages)
}

/// A request for a page, by the owner of that session.
pub fn request(options: &Options, address: SocketAddr, path: &str, token: &str) -> Vec<u8> {
    let encoding = if options.compressed { "accept-encoding: gzip, br\r\n" } else { "" };
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: text/html\r\n{encoding}cookie: inroad={token}\r\n\r\n")
        .into_bytes()
}

/// Measures every page and prints the table. Returns whether every page met its budgets.
pub async fn measure(options: &Options, instance: &Instance) -> anyhow::Result<bool> {
    let data = tempfile::tempdir()?;
    let server = Server::start(&options.program, data.path(), Some(&instance.url))?;
    let mut listener = Listener::new(&options.cluster, options.log.clone()).await?;
    let mut db = PgConnection::connect(&instance.url).await?;
    println!("{} accounts, {} connections, {} s each.\n", options.accounts, options.connections, options.seconds);
    let pages = pages(options, &instance.accounts, server.address)?;
    listener.wait_for_quiet().await?;
    let floor = floor::measure(options, instance).await?;
    println!(
        "\n| page | statements | kB | requests/s | p50 ms | p99 ms | p99/p50 at {CROWD} | pgbench/s | ratio | of the floor | goal | |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    println!("| the floor | 2 | | | | | | {floor:.0} | | 1.00 | | |");
    let (began, used) = (Instant::now(), load::own_processor_time());
    let mut waited = Duration::ZERO;
    let mut all_met = true;
    for page in &pages {
        database::keep_sessions(&mut db).await?;
        let mut client = Client::connect(server.address)?;
        // What is only asked once after a change is asked before anybody listens.
        for request in &page.requests {
            client.send(request)?;
        }
        let asked = listener
            .listen(page.requests.len(), |at| client.send(page.requests.get(at).context("a request")?).map(drop))
            .await?;
        let statements = asked.iter().map(Vec::len).max().unwrap_or_default();
        let mut scripts = Vec::with_capacity(asked.len());
        for request in &asked {
            scripts
                .push(Script::of(&mut db, request).await.with_context(|| format!("the statements of {}", page.path))?);
        }
        let (mut measured, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..options.rounds {
            measured.push(load(page, server.address, options.connections.into(), options.time())?);
            let before = Instant::now();
            bare.push(statements::pgbench(
                &options.pg_bin.join("pgbench"),
                &instance.url,
                &scripts,
                options.connections.into(),
                options.time(),
            )?);
            waited += before.elapsed();
        }
        let crowd = load(page, server.address, CROWD, options.time())?;
        let per_second = median(measured.iter().map(|round| round.per_second));
        let bare = median(bare);
        let (ratio, spread) = (per_second / bare, crowd.p99.as_secs_f64() / crowd.p50.as_secs_f64());
        let share = per_second / floor;
        let goal = GOALS.iter().find(|(path, _)| *path == page.path).map(|(_, goal)| *goal);
        let met = ratio >= LEAST_RATIO
            && spread <= MOST_SPREAD
            && statements <= MOST_STATEMENTS
            && goal.is_none_or(|goal| share >= goal);
        all_met &= met;
        println!(
            "| `{}` | {statements} | {:.1} | {per_second:.0} | {:.2} | {:.2} | {spread:.1} | {bare:.0} | {ratio:.2} | {share:.2} | {} | {} |",
            page.path,
            page.bytes as f64 / 1000.0,
            median(measured.iter().map(|round| ms(round.p50))),
            median(measured.iter().map(|round| ms(round.p99))),
            goal.map(|goal| goal.to_string()).unwrap_or_default(),
            verdict(met)
        );
    }
    if let (Some(before), Some(after)) = (used, load::own_processor_time()) {
        let share = (after - before).as_secs_f64() / (began.elapsed() - waited).as_secs_f64();
        println!("\nThe load itself took {:.0} % of one core.", share * 100.0);
    }
    println!(
        "\nBudgets: ratio at least {LEAST_RATIO}, p99 at {CROWD} connections at most {MOST_SPREAD} times p50, at most {MOST_STATEMENTS} statements."
    );
    Ok(all_met)
}

/// Loads a page over so many connections for so long.
pub fn load(page: &Page, address: SocketAddr, connections: usize, time: Duration) -> anyhow::Result<Measured> {
    load::run(address, &page.requests, connections, time).with_context(|| format!("the load on {}", page.path))
}

/// Measures every page on instances of several sizes and prints how p50 grows. Returns whether it stayed within its budget.
pub async fn compare(options: &Options) -> anyhow::Result<bool> {
    let mut columns = Vec::new();
    for &accounts in &options.compare {
        let instance = database::fill(&options.cluster, &options.program, accounts).await?;
        let data = tempfile::tempdir()?;
        let server = Server::start(&options.program, data.path(), Some(&instance.url))?;
        let pages = pages(options, &instance.accounts, server.address)?;
        let mut column = Vec::new();
        for page in &pages {
            column.push((page.path, load(page, server.address, options.connections.into(), options.time())?.p50));
        }
        columns.push(column);
    }
    let sizes: Vec<_> = options.compare.iter().map(|size| format!("p50 ms with {size}")).collect();
    println!("\n| page | {} | growth | |\n|---|{}--:|---|", sizes.join(" | "), "--:|".repeat(sizes.len()));
    let mut all_met = true;
    let (first, last) = columns.first().zip(columns.last()).context("nothing to compare")?;
    for ((path, small), (_, large)) in first.iter().zip(last) {
        let row = columns.iter().filter_map(|column| column.iter().find(|(other, _)| other == path));
        let row: Vec<_> = row.map(|(_, p50)| format!("{:.2}", ms(*p50))).collect();
        let growth = large.as_secs_f64() / small.as_secs_f64();
        let met = growth <= MOST_GROWTH;
        all_met &= met;
        println!("| `{path}` | {} | {growth:.2} | {} |", row.join(" | "), verdict(met));
    }
    println!("\nBudget: the last at most {MOST_GROWTH} times the first.");
    Ok(all_met)
}
