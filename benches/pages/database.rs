//! The reference instance: a database filled with accounts, a session for some, and the ids their pages are asked for.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use inroad::accounts::token::Token;
use inroad::ids::SessionId;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

/// Accounts filled in one go.
const AT_ONCE: u32 = 200;
/// Accounts the load is spread over, at most.
const SPREAD: i64 = 20;

/// Which row of an account the `{id}` of a path stands for; the first that starts a path counts.
const ROWS: &[(&str, &str)] = &[
    ("/companies/{id}", "select user_id, id from companies where status = 'active'"),
    ("/contacts/{id}", "select user_id, id from contacts where stage = 'in_touch'"),
    ("/interviews/{id}/prepare", "select user_id, id from informational_interviews where status = 'scheduled'"),
    ("/interviews/{id}", "select user_id, id from informational_interviews where status = 'held'"),
    ("/openings/{id}", "select user_id, id from openings"),
    ("/referrals/{id}", "select user_id, id from referrals where status = 'agreed'"),
    ("/action-items/{id}", "select user_id, id from action_items where done_at is null"),
    ("/questions/{id}", "select user_id, id from questions"),
    ("/templates/{id}", "select user_id, id from templates"),
];

/// An account that takes part in the load.
pub struct Account {
    /// Its user.
    pub user: Uuid,
    /// The token of its session.
    pub token: String,
    /// One row for each entry of `ROWS`.
    rows: HashMap<&'static str, Uuid>,
}

impl Account {
    /// The path with this account's row in place of `{id}`; nothing where no row is known for it.
    pub fn path(&self, path: &str) -> Option<String> {
        if !path.contains('{') {
            return Some(path.to_owned());
        }
        let (start, _) = ROWS.iter().find(|(start, _)| path.starts_with(start))?;
        let whole = path.replacen("{id}", &self.rows.get(start)?.to_string(), 1);
        (!whole.contains('{')).then_some(whole)
    }
}

/// A filled database.
pub struct Instance {
    /// Its address.
    pub url: String,
    /// Those who take part.
    pub accounts: Vec<Account>,
}

/// Makes a database with so many reference accounts on the cluster at `cluster`.
pub async fn fill(cluster: &str, program: &Path, accounts: u32) -> anyhow::Result<Instance> {
    let name = format!("inroad_bench_{accounts}");
    let mut db = PgConnection::connect(&format!("{cluster}/postgres")).await?;
    for statement in [format!("drop database if exists {name}"), format!("create database {name}")] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut db).await?;
    }
    let url = format!("{cluster}/{name}");
    let migrated = Command::new(program).arg("migrate").env("DATABASE_URL", &url).status()?;
    ensure!(migrated.success(), "the database could not be migrated");
    for first in (1..=accounts).step_by(AT_ONCE as usize) {
        let last = accounts.min(first + AT_ONCE - 1);
        eprintln!("Filling accounts {first} to {last} of {accounts}");
        fill_accounts(&url, first, last).await?;
    }
    let mut db = PgConnection::connect(&url).await?;
    sqlx::raw_sql("vacuum analyze").execute(&mut db).await?;
    sqlx::raw_sql("checkpoint").execute(&mut db).await?;
    let users: Vec<Uuid> = sqlx::query_scalar("select id from users order by md5(id::text) limit $1")
        .bind(SPREAD)
        .fetch_all(&mut db)
        .await?;
    let accounts = sign_in(&mut db, users).await?;
    Ok(Instance { url, accounts })
}

async fn fill_accounts(url: &str, first: u32, last: u32) -> anyhow::Result<()> {
    // A connection of its own, because what the filling needs for itself goes with it.
    let mut db = PgConnection::connect(url).await?;
    let range = format!("set inroad.first = {first}; set inroad.last = {last}");
    sqlx::raw_sql(AssertSqlSafe(range)).execute(&mut db).await?;
    sqlx::raw_sql(include_str!("fill.sql")).execute(&mut db).await?;
    Ok(())
}

/// One account more, with a reference search and so many companies; its `{id}` of a company is that of this name.
pub async fn fill_one(instance: &Instance, number: u32, companies: i32, company: &str) -> anyhow::Result<Account> {
    fill_accounts(&instance.url, number, number).await?;
    let mut db = PgConnection::connect(&instance.url).await?;
    let user: Uuid = sqlx::query_scalar("select id from users where email = $1")
        .bind(format!("account{number}@bench.example"))
        .fetch_one(&mut db)
        .await?;
    sqlx::query(
        "insert into companies (user_id, id, name, name_key, found_by, motivation, posting, created_at)
         select $1, gen_random_uuid(), 'Company ' || n, 'company ' || n, 'own_idea', n % 6, n % 4, now()
         from generate_series(1, $2) n on conflict do nothing",
    )
    .bind(user)
    .bind(companies)
    .execute(&mut db)
    .await?;
    let mut account = sign_in(&mut db, vec![user]).await?.pop().context("one account")?;
    let busiest: Uuid = sqlx::query_scalar("select id from companies where user_id = $1 and name = $2")
        .bind(user)
        .bind(company)
        .fetch_one(&mut db)
        .await?;
    account.rows.insert("/companies/{id}", busiest);
    Ok(account)
}

async fn sign_in(db: &mut PgConnection, users: Vec<Uuid>) -> anyhow::Result<Vec<Account>> {
    let mut accounts = Vec::with_capacity(users.len());
    for &user in &users {
        let token = Token::new()?;
        sqlx::query(
            "insert into sessions (id, user_id, token_hash, created_at, seen_at, confirmed_at, user_agent, address)
             values ($1, $2, $3, now(), now(), now(), 'bench', '127.0.0.1')",
        )
        .bind(SessionId::new().0)
        .bind(user)
        .bind(token.hash())
        .execute(&mut *db)
        .await?;
        accounts.push(Account { user, token: token.reveal(), rows: HashMap::new() });
    }
    for (start, rows) in ROWS {
        let one_each = format!(
            "select distinct on (r.user_id) r.user_id, r.id from ({rows}) r where r.user_id = any($1)
             order by r.user_id, md5(r.id::text)"
        );
        let found: Vec<(Uuid, Uuid)> = sqlx::query_as(AssertSqlSafe(one_each)).bind(&users).fetch_all(&mut *db).await?;
        let found: HashMap<_, _> = found.into_iter().collect();
        for account in &mut accounts {
            account.rows.insert(start, *found.get(&account.user).with_context(|| format!("no row for {start}"))?);
        }
    }
    Ok(accounts)
}

/// Marks every session as just used, so that the note the server takes every few minutes falls into no page's measurement.
pub async fn keep_sessions(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql("update sessions set seen_at = now(), confirmed_at = now()").execute(db).await?;
    Ok(())
}
