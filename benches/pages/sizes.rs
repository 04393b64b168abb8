//! The large account: a search like the others', and a whole network imported a moment ago. Its pages are measured beside those
//! of the reference accounts, before PostgreSQL has looked at what came.

use sqlx::{Connection, PgConnection};

use crate::database::{self, Account, Instance};
use crate::import::{connections_csv, run_import};
use crate::server::Server;
use crate::{Options, median, ms, pages, typing, verdict};

/// How many times the time of a reference account's page that of the large one may take.
const MOST_TIMES: f64 = 2.0;
/// People in the file: with those of the search, 30,000.
const CONNECTIONS: usize = 29_500;
/// Companies on the list.
const COMPANIES: i32 = 300;
/// The company that many of them work at, and how many.
const BUSIEST: &str = "Company 1";
const COLLEAGUES: usize = 1_803;
/// Of how many of them more is known than that they are connected, and how many touchpoints there are of each: with
/// those of the search, and one of each import, 20,000 and more.
const KNOWN: i64 = 1_700;
const EACH: i32 = 10;

/// Measures every page for both and prints the table. Returns whether the large account's met their budget.
pub async fn measure(options: &Options, instance: &Instance) -> anyhow::Result<bool> {
    let account = database::fill_one(instance, options.accounts + 1, COMPANIES, BUSIEST).await?;
    let data = tempfile::tempdir()?;
    let server = Server::start(&options.program, data.path(), Some(&instance.url))?;
    import_network(instance, &server, &account).await?;
    let typing_met = typing::measure(options, instance, &server, &account).await?;
    let large = pages::pages(options, &[account], server.address)?;
    let reference = pages::pages(options, &instance.accounts, server.address)?;
    println!("\n| page | p50 ms | p50 ms, large | times | kB | kB, large | |\n|---|--:|--:|--:|--:|--:|---|");
    let mut all_met = true;
    for small in &reference {
        let Some(large) = large.iter().find(|large| large.path == small.path) else { continue };
        let mut rounds = Vec::new();
        for _ in 0..options.rounds {
            let [small, large] = [small, large].map(|page| {
                let connections = options.connections.into();
                pages::load(page, server.address, connections, options.time()).map(|measured| ms(measured.p50))
            });
            rounds.push((small?, large?));
        }
        let times = median(rounds.iter().map(|(small, large)| large / small));
        let met = times <= MOST_TIMES;
        all_met &= met;
        println!(
            "| `{}` | {:.2} | {:.2} | {times:.2} | {:.1} | {:.1} | {} |",
            small.path,
            median(rounds.iter().map(|(small, _)| *small)),
            median(rounds.iter().map(|(_, large)| *large)),
            small.bytes as f64 / 1000.0,
            large.bytes as f64 / 1000.0,
            verdict(met)
        );
    }
    println!("\nBudget: the large account's at most {MOST_TIMES} times the other's.");
    Ok(all_met && typing_met)
}

/// Imports the network as its person would, and writes what is known of some of them; no statistics are renewed.
async fn import_network(instance: &Instance, server: &Server, account: &Account) -> anyhow::Result<()> {
    let csv = connections_csv(CONNECTIONS, |n| match n {
        n if n < COLLEAGUES => BUSIEST.to_owned(),
        n => format!("Company {}", n % 4_000),
    })?;
    run_import(server.address, account, &csv)?;
    let mut db = PgConnection::connect(&instance.url).await?;
    sqlx::query(
        "insert into touchpoints (user_id, id, contact_id, kind, direction, channel, happened_on, happened_at, body, created_at)
         select k.user_id, gen_random_uuid(), k.id, 'wrote', 'out', 'email', current_date - n * 7, now() - n * interval '7 days',
             'I would like to hear how your team works.', now()
         from (select user_id, id from contacts where user_id = $1 and import_id is not null order by md5(id::text) limit $2) k,
             generate_series(1, $3) n",
    )
    .bind(account.user)
    .bind(KNOWN)
    .bind(EACH)
    .execute(&mut db)
    .await?;
    Ok(())
}
