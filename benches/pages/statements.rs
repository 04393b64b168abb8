//! What a page asks the database, learned from PostgreSQL's own log, and the same under pgbench.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Column of PostgreSQL's CSV log that holds the message, and the one after it the parameters.
const MESSAGE: usize = 13;
/// What stands between the statements of two requests.
const MARK: &str = "-- the next request";

/// One statement with its parameters, written as SQL values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    text: String,
    values: Vec<String>,
}

/// Listens to what the cluster is asked.
pub struct Listener {
    db: PgConnection,
    log: PathBuf,
}

impl Listener {
    /// For a cluster that writes its log as CSV into this file.
    pub async fn new(cluster: &str, log: PathBuf) -> anyhow::Result<Self> {
        Ok(Self { db: PgConnection::connect(&format!("{cluster}/postgres")).await?, log })
    }

    /// The statements of each request, in order; `send` sends the one of that number.
    pub async fn listen(
        &mut self,
        requests: usize,
        mut send: impl FnMut(usize) -> anyhow::Result<()>,
    ) -> anyhow::Result<Vec<Vec<Statement>>> {
        self.write_all(true).await?;
        let start = std::fs::metadata(&self.log)?.len();
        for request in 0..requests {
            self.mark().await?;
            send(request)?;
        }
        self.mark().await?;
        self.write_all(false).await?;
        for _ in 0..100 {
            let heard = read(&self.log, start)?;
            if heard.len() == requests + 1 {
                return Ok(heard.into_iter().take(requests).collect());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("PostgreSQL's log {} does not tell the statements", self.log.display())
    }

    async fn mark(&mut self) -> sqlx::Result<()> {
        sqlx::raw_sql(MARK).execute(&mut self.db).await?;
        Ok(())
    }

    async fn write_all(&mut self, all: bool) -> sqlx::Result<()> {
        let level = if all { "all" } else { "none" };
        sqlx::raw_sql(AssertSqlSafe(format!("alter system set log_statement = '{level}'"))).execute(&mut self.db).await?;
        sqlx::raw_sql("select pg_reload_conf()").execute(&mut self.db).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok(())
    }
}

/// Reads the log from a place on: what the server asked, split at the marks.
fn read(log: &Path, from: u64) -> anyhow::Result<Vec<Vec<Statement>>> {
    let mut file = File::open(log)?;
    file.seek(SeekFrom::Start(from))?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    let mut heard = Vec::new();
    for record in csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes()).records() {
        let record = record?;
        let (message, detail) = (record.get(MESSAGE).unwrap_or_default(), record.get(MESSAGE + 1).unwrap_or_default());
        if message.ends_with(MARK) {
            heard.push(Vec::new());
        } else if let Some((_, text)) = message.strip_prefix("execute ").and_then(|rest| rest.split_once(": "))
            && let Some(request) = heard.last_mut()
        {
            request.push(Statement { text: text.to_owned(), values: values(detail)? });
        }
    }
    Ok(heard)
}

/// Reads "parameters: $1 = 'it''s', $2 = NULL" into the values as they are written there.
fn values(detail: &str) -> anyhow::Result<Vec<String>> {
    let mut values = Vec::new();
    let mut rest = detail;
    while let Some((_, value)) = rest.split_once(&format!("${} = ", values.len() + 1)) {
        let length = if value.starts_with('\'') {
            let mut end = 1;
            loop {
                let quote = value.get(end..).and_then(|tail| tail.find('\'')).context("an open quote in PostgreSQL's log")?;
                end += quote + 1;
                if !value.get(end..).unwrap_or_default().starts_with('\'') {
                    break end;
                }
                end += 1;
            }
        } else {
            value.find(',').unwrap_or(value.len())
        };
        let (value, after) = value.split_at(length);
        values.push(value.to_owned());
        rest = after;
    }
    Ok(values)
}

/// pgbench on this database with so many connections for so long, running what each request asked, chosen by chance.
/// Returns the transactions in a second.
///
/// Statements are prepared once by a connection and then executed by name, which keeps them exactly the page's:
/// pgbench's own way to prepare makes a parameter of each mention of one.
pub fn pgbench(program: &Path, url: &str, requests: &[Vec<Statement>], connections: usize, time: Duration) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let mut texts: Vec<&str> = Vec::new();
    for statement in requests.iter().flatten() {
        if !texts.contains(&statement.text.as_str()) {
            texts.push(&statement.text);
        }
    }
    let mut command = Command::new(program);
    command.args(["--no-vacuum", "--define", "prepared=0"]);
    command.args(["--client", &connections.to_string(), "--jobs", &connections.min(2).to_string()]);
    command.args(["--time", &time.as_secs().max(1).to_string()]);
    for (number, request) in requests.iter().enumerate() {
        let file = folder.path().join(format!("{number}.sql"));
        std::fs::write(&file, script(&texts, request)?)?;
        command.arg("--file").arg(file);
    }
    let output = command.arg(url).output().with_context(|| format!("{} cannot be started", program.display()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "pgbench failed: {}", String::from_utf8_lossy(&output.stderr));
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.with_context(|| format!("pgbench gave no rate: {said}"))
}

fn script(texts: &[&str], request: &[Statement]) -> anyhow::Result<String> {
    let mut script = String::from("\\if :prepared = 0\n");
    for (number, text) in texts.iter().enumerate() {
        writeln!(script, "prepare s{number} as {text};")?;
    }
    script.push_str("\\set prepared 1\n\\endif\n");
    for statement in request {
        let number = texts.iter().position(|text| *text == statement.text).context("a statement that was not heard")?;
        let values = statement.values.join(", ");
        let values = if values.is_empty() { values } else { format!("({values})") };
        writeln!(script, "execute s{number}{values};")?;
    }
    Ok(script)
}
