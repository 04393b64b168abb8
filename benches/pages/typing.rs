//! Search as one types, for a reference account and the large one: how long an answer takes, beside its statements alone. One
//! connection, as one person types.

use anyhow::Context;
use sqlx::{Connection, PgConnection};

use crate::database::{self, Account, Instance};
use crate::load::{self, Client};
use crate::server::Server;
use crate::statements::{self, Listener, Script};
use crate::{Options, ms, pages, verdict};

/// What is typed: two letters, a name as it grows, two words, a slip, and what nobody is called.
const TYPED: &[&str] = &["an", "kat", "katherine", "hale grace", "company 12", "kathreine", "qxz"];
/// Milliseconds that 99 of 100 answers take at most for a reference account.
const MOST: f64 = 30.0;
/// How many times the statements alone that may be.
const MOST_TIMES: f64 = 2.0;

/// Measures every text for both and prints the table. Returns whether the budgets were met.
pub async fn measure(options: &Options, instance: &Instance, server: &Server, large: &Account) -> anyhow::Result<bool> {
    println!(
        "\n| typed | account | p50 ms | p99 ms | statements alone ms | p99 / alone | |\n|---|---|--:|--:|--:|--:|---|"
    );
    let reference = instance.accounts.first().context("an instance without accounts")?;
    let mut listener = Listener::new(&options.cluster, options.log.clone()).await?;
    let mut db = PgConnection::connect(&instance.url).await?;
    let mut all_met = true;
    for typed in TYPED {
        for (name, account) in [("reference", reference), ("large", large)] {
            database::keep_sessions(&mut db).await?;
            let path = format!("/search?q={}", typed.replace(' ', "+"));
            let request = pages::request(options, server.address, &path, &account.token);
            let mut client = Client::connect(server.address)?;
            client.send(&request)?;
            let asked = listener.listen(1, |_| client.send(&request).map(drop)).await?;
            let mut scripts = Vec::new();
            for statements in &asked {
                scripts
                    .push(Script::of(&mut db, statements).await.with_context(|| format!("the statements of {path}"))?);
            }
            let measured = load::run(server.address, std::slice::from_ref(&request), 1, options.time())?;
            let pgbench = options.pg_bin.join("pgbench");
            let alone = 1000.0 / statements::pgbench(&pgbench, &instance.url, &scripts, 1, options.time())?;
            let (p50, p99) = (ms(measured.p50), ms(measured.p99));
            let times = p99 / alone;
            let met = times <= MOST_TIMES && (name != "reference" || p99 <= MOST);
            all_met &= met;
            println!("| `{typed}` | {name} | {p50:.2} | {p99:.2} | {alone:.2} | {times:.2} | {} |", verdict(met));
        }
    }
    println!("\nBudgets: p99 at most {MOST_TIMES} times the statements alone, and {MOST} ms for a reference account.");
    Ok(all_met)
}
