//! The import of a large LinkedIn export against a bare COPY of the same rows into the same tables.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use inroad::ids::ImportId;
use inroad::routes::TABLE;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

use crate::Options;
use crate::database::{Account, Instance};
use crate::figures::Figure;
use crate::load::Client;
use crate::server::Server;

/// Connections in the file: what LinkedIn lets a person have.
const CONNECTIONS: usize = 30_000;
const BOUNDARY: &str = "------------------------inroad-bench";
/// What an import writes, in the order of its references.
const WRITTEN: [(&str, &str); 2] = [
    ("contacts", "user_id = $user and import_id = $import"),
    (
        "touchpoints",
        "user_id = $user and contact_id in (select id from contacts where user_id = $user and import_id = $import)",
    ),
];

/// Imports the file as its person would, then copies the rows that came of it into their tables again.
pub async fn measure(options: &Options, instance: &Instance) -> anyhow::Result<Vec<Figure>> {
    if !TABLE.iter().any(|route| route.path == "/imports/{id}/confirmations") {
        println!("\n- The import is left out: there is no route for it.");
        return Ok(Vec::new());
    }
    let data = tempfile::tempdir()?;
    let server = Server::start(&options.program, data.path(), Some(&instance.url))?;
    let account = instance.accounts.first().context("an instance without accounts")?;
    let mut db = PgConnection::connect(&instance.url).await?;
    sqlx::raw_sql("checkpoint").execute(&mut db).await?;
    let idle = server.memory()?.0;
    server.forget_peak()?;

    let csv = connections_csv(CONNECTIONS, |n| format!("Company {}", n % 4_000))?;
    let Imported { id, previewed, imported } = run_import(server.address, account, &csv)?;
    let peak = server.memory()?.1;
    drop(server);

    let (rows, copied) = copy(&mut db, account.user, id).await?;
    ensure!(rows >= CONNECTIONS as u64, "the import wrote only {rows} rows");
    println!(
        "\nThe preview of {CONNECTIONS} connections took {:.2} s, the import {:.2} s, a bare COPY of its {rows} rows {:.2} s.",
        previewed.as_secs_f64(),
        imported.as_secs_f64(),
        copied.as_secs_f64()
    );
    Ok(vec![
        Figure {
            what: "import against a bare COPY",
            is: imported.as_secs_f64() / copied.as_secs_f64(),
            most: 3.0,
            unit: "times",
        },
        Figure { what: "memory the import takes beside", is: peak - idle, most: 40.0, unit: "MiB" },
    ])
}

/// An import that was done, and how long its two steps took.
pub struct Imported {
    id: Uuid,
    previewed: Duration,
    imported: Duration,
}

/// Uploads a file of connections and confirms the preview, as its person would.
pub fn run_import(address: SocketAddr, account: &Account, csv: &str) -> anyhow::Result<Imported> {
    let mut client = Client::connect(address)?;
    let began = Instant::now();
    let preview = client.send(&upload(address, account, csv))?;
    ensure!(preview.status == 303, "the upload was answered {}", preview.status);
    let previewed = began.elapsed();
    let path = preview.location.context("the upload leads nowhere")?;
    let id = path.rsplit('/').next().context("a path")?.parse().context("the upload leads to no import")?;
    let began = Instant::now();
    let confirm = format!("{path}/confirmations");
    let done = client.send(&post(address, account, &confirm, "application/x-www-form-urlencoded", ""))?;
    ensure!(done.status == 303, "the import was answered {}", done.status);
    // It is written behind the page, which says how far it is.
    let look = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: inroad={}\r\n\r\n", account.token);
    loop {
        let page = client.send(look.as_bytes())?;
        ensure!(page.status == 200, "the import's page was answered {}", page.status);
        if !String::from_utf8_lossy(&page.body).contains("<progress") {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(Imported { id, previewed, imported: began.elapsed() })
}

/// Takes the import's rows out and copies them back. Returns how many they are and how long the copying back took.
async fn copy(db: &mut PgConnection, user: Uuid, import: Uuid) -> anyhow::Result<(u64, Duration)> {
    let file: String =
        sqlx::query_scalar("select current_setting('data_directory') || '/bench-'").fetch_one(&mut *db).await?;
    for (table, rows) in WRITTEN {
        let rows = rows.replace("$user", &format!("'{user}'")).replace("$import", &format!("'{import}'"));
        run(db, format!("copy (select * from {table} where {rows}) to '{file}{table}'")).await?;
    }
    run(db, format!("delete from contacts where user_id = '{user}' and import_id = '{import}'")).await?;
    for (table, _) in WRITTEN {
        run(db, format!("vacuum {table}")).await?;
    }
    run(db, "checkpoint".to_owned()).await?;
    let began = Instant::now();
    let mut count = 0;
    run(db, "begin".to_owned()).await?;
    for (table, _) in WRITTEN {
        count += run(db, format!("copy {table} from '{file}{table}'")).await?;
    }
    run(db, "commit".to_owned()).await?;
    Ok((count, began.elapsed()))
}

async fn run(db: &mut PgConnection, statement: String) -> sqlx::Result<u64> {
    Ok(sqlx::raw_sql(AssertSqlSafe(statement)).execute(db).await?.rows_affected())
}

fn upload(address: SocketAddr, account: &Account, csv: &str) -> Vec<u8> {
    let body = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\n{}\r\n\
         --{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"Connections.csv\"\r\n\
         content-type: text/csv\r\n\r\n{csv}\r\n--{BOUNDARY}--\r\n",
        ImportId::new(),
    );
    post(address, account, "/imports", &format!("multipart/form-data; boundary={BOUNDARY}"), &body)
}

fn post(address: SocketAddr, account: &Account, path: &str, kind: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nsec-fetch-site: same-origin\r\ncookie: inroad={}\r\ncontent-type: {kind}\r\n\
         content-length: {}\r\n\r\n{body}",
        account.token,
        body.len()
    )
    .into_bytes()
}

/// A file as LinkedIn writes it, with so many people, and where each of them works.
pub fn connections_csv(people: usize, company: impl Fn(usize) -> String) -> Result<String, std::fmt::Error> {
    let mut csv = String::from(
        "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing.\"\n\n\
         First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
    );
    for n in 0..people {
        let (company, day) = (company(n), n % 28 + 1);
        writeln!(
            csv,
            "Maria,Person {n},https://www.linkedin.com/in/maria-{n},,{company},\"Engineer, systems\",{day:02} Mar 2024"
        )?;
    }
    Ok(csv)
}
