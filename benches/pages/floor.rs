//! The floor: the least that a page with a list of fifty lines could ask of the database, the session by its token and the
//! lines by one index scan; and the proof that a statement that does more shows beside it.

use anyhow::Context;
use data_encoding::HEXLOWER;
use inroad::accounts::token::Token;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::database::{self, Account, Instance};
use crate::pages;
use crate::server::Server;
use crate::statements::{self, Script, Statement};
use crate::{Options, median, verdict};

/// Rounds of the floor, of which the middle one counts.
const ROUNDS: usize = 3;
/// The page that is measured with and without the indexes of its table.
const PLANTED: &str = "/contacts";

const SESSION: &str = "select s.id, s.seen_at, u.id, u.name, u.time_zone, u.preferences
    from sessions s join users u on u.id = s.user_id where s.token_hash = $1 and u.disabled_at is null";
const FIFTY: &str = "select id, name, company_id, employer, job_title, stage, next_step, next_due from contacts
    where user_id = $1 and deleted_at is null order by name_folded, id limit 50";

/// Pairs of the two statements in a second.
pub async fn measure(options: &Options, instance: &Instance) -> anyhow::Result<f64> {
    let mut db = PgConnection::connect(&instance.url).await?;
    let mut scripts = Vec::with_capacity(instance.accounts.len());
    for account in &instance.accounts {
        scripts.push(Script::of(&mut db, &pair(account)?).await?);
    }
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let (pgbench, connections) = (options.pg_bin.join("pgbench"), options.connections.into());
        rounds.push(statements::pgbench(&pgbench, &instance.url, &scripts, connections, options.time())?);
    }
    Ok(median(rounds))
}

fn pair(account: &Account) -> anyhow::Result<Vec<Statement>> {
    let token = Token::parse(&account.token).context("a token of our own")?;
    Ok(vec![
        Statement { text: SESSION.to_owned(), values: vec![Some(format!("\\x{}", HEXLOWER.encode(&token.hash())))] },
        Statement { text: FIFTY.to_owned(), values: vec![Some(account.user.to_string())] },
    ])
}

/// Measures one list as it is, and once its table has no index: the share of the floor must fall below half of what it was.
pub async fn plant(options: &Options) -> anyhow::Result<bool> {
    let instance = database::fill(&options.cluster, &options.program, options.accounts).await?;
    let data = tempfile::tempdir()?;
    let floor = measure(options, &instance).await?;
    let mut shares = Vec::new();
    for slow in [false, true] {
        if slow {
            take_indexes(&instance).await?;
        }
        let server = Server::start(&options.program, data.path(), Some(&instance.url))?;
        let all = pages::pages(options, &instance.accounts, server.address)?;
        let page = all.iter().find(|page| page.path == PLANTED).context("the page is not there")?;
        let rate = pages::load(page, server.address, options.connections.into(), options.time())?.per_second;
        shares.push(rate / floor);
    }
    let [before, after] = shares[..] else { anyhow::bail!("two measurements make a comparison") };
    let shows = after < before / 2.0;
    println!("| `{PLANTED}` | of the floor | |\n|---|--:|---|\n| as it is | {before:.3} | |");
    println!("| without an index | {after:.3} | {} |", verdict(shows));
    Ok(shows)
}

async fn take_indexes(instance: &Instance) -> anyhow::Result<()> {
    let mut db = PgConnection::connect(&instance.url).await?;
    sqlx::raw_sql("alter table contacts drop constraint contacts_pkey cascade").execute(&mut db).await?;
    let rest: Vec<String> = sqlx::query_scalar("select indexname::text from pg_indexes where tablename = 'contacts'")
        .fetch_all(&mut db)
        .await?;
    for index in rest {
        sqlx::raw_sql(AssertSqlSafe(format!("drop index {index}"))).execute(&mut db).await?;
    }
    Ok(())
}
