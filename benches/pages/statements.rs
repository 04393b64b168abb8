//! What a page asks the database, learned from PostgreSQL's own log, and the same under pgbench.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use sqlx::{AssertSqlSafe, Connection, Either, Executor, PgConnection, SqlSafeStr, Statement as _, TypeInfo};

/// Column of PostgreSQL's CSV log that holds the message, and the one after it the parameters.
const MESSAGE: usize = 13;
/// What stands between the statements of two requests.
const MARK: &str = "-- the next request";

/// One statement with its parameters.
pub struct Statement {
    /// The SQL, with `$1` where parameters stand.
    pub text: String,
    /// The parameters as text.
    pub values: Vec<Option<String>>,
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

    /// Waits until the server asks nothing of its own, as it does after starting, which would be taken for a page's.
    pub async fn wait_for_quiet(&mut self) -> anyhow::Result<()> {
        for _ in 0..600 {
            let heard = self
                .listen(1, |_| {
                    std::thread::sleep(Duration::from_millis(500));
                    Ok(())
                })
                .await?;
            if heard.iter().all(Vec::is_empty) {
                return Ok(());
            }
        }
        bail!("the server is never quiet")
    }

    async fn mark(&mut self) -> sqlx::Result<()> {
        sqlx::raw_sql(MARK).execute(&mut self.db).await?;
        Ok(())
    }

    async fn write_all(&mut self, all: bool) -> sqlx::Result<()> {
        let level = if all { "all" } else { "none" };
        sqlx::raw_sql(AssertSqlSafe(format!("alter system set log_statement = '{level}'")))
            .execute(&mut self.db)
            .await?;
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

/// Reads "parameters: $1 = 'it''s', $2 = NULL".
fn values(detail: &str) -> anyhow::Result<Vec<Option<String>>> {
    let mut values = Vec::new();
    let mut rest = detail;
    while let Some((_, value)) = rest.split_once(&format!("${} = ", values.len() + 1)) {
        let Some(mut quoted) = value.strip_prefix('\'') else {
            values.push(None);
            rest = value;
            continue;
        };
        let mut text = String::new();
        loop {
            let (part, after) = quoted.split_once('\'').context("an open quote in PostgreSQL's log")?;
            text.push_str(part);
            match after.strip_prefix('\'') {
                Some(more) => {
                    text.push('\'');
                    quoted = more;
                }
                None => {
                    rest = after;
                    break;
                }
            }
        }
        values.push(Some(text));
    }
    Ok(values)
}

/// What pgbench runs on one connection again and again.
pub struct Script(String);

impl Script {
    /// The statements of a request as the program runs them: each prepared once with the types of its parameters, then
    /// executed with the values of that request. PostgreSQL makes one plan for both, and they go to it as often.
    ///
    /// pgbench's own variables are no parameters of a statement that names one twice, and each mention would be another one
    /// to the planner.
    pub async fn of(db: &mut PgConnection, request: &[Statement]) -> anyhow::Result<Self> {
        let (mut prepared, mut executed) = (String::new(), String::new());
        for (at, statement) in request.iter().enumerate() {
            let types = types(db, &statement.text).await?;
            ensure!(types.len() == statement.values.len(), "a parameter without a value in: {}", statement.text);
            let types = if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
            writeln!(prepared, "prepare s{at}{types} as {}\n;", without_variables(&statement.text))?;
            let values: Vec<_> = statement.values.iter().map(|value| literal(value.as_deref())).collect();
            let values = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
            writeln!(executed, "execute s{at}{values};")?;
        }
        Ok(Self(format!("\\if :prepared\n\\else\n{prepared}\\set prepared 1\n\\endif\n{executed}")))
    }
}

/// A statement in which pgbench finds no variable: a blank after a colon that stands alone changes no plan.
fn without_variables(text: &str) -> String {
    let mut parts = text.split(':').peekable();
    let mut apart = String::with_capacity(text.len());
    let mut after_colon = false;
    while let Some(part) = parts.next() {
        if after_colon && !apart.ends_with("::") && part.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            apart.push(' ');
        }
        apart.push_str(part);
        after_colon = parts.peek().is_some();
        if after_colon {
            apart.push(':');
        }
    }
    apart
}

/// A value as SQL writes it; in an escape string, so that no colon of it is taken for a variable.
fn literal(value: Option<&str>) -> String {
    let Some(text) = value else { return "null".to_owned() };
    let escaped = text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a").replace('\n', "\\n");
    format!("e'{escaped}'")
}

/// pgbench on this database over so many connections for so long, with the program's way of planning. Returns the
/// transactions in a second.
///
/// Each connection has a pgbench of its own that runs one script. Many scripts in one pgbench would each be prepared and
/// planned anew on each connection, and the planning, not the statements, would be measured.
pub fn pgbench(
    program: &Path,
    url: &str,
    scripts: &[Script],
    connections: usize,
    time: Duration,
) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let mut commands = Vec::with_capacity(connections);
    for (number, Script(script)) in scripts.iter().cycle().take(connections).enumerate() {
        let file = folder.path().join(format!("{number}.sql"));
        std::fs::write(&file, script)?;
        let mut command = Command::new(program);
        command.args(["--no-vacuum", "--protocol", "prepared", "--define", "prepared=0"]);
        command.args(["--time", &time.as_secs().max(1).to_string()]).arg("--file").arg(file).arg(url);
        command.env("PGOPTIONS", "-c plan_cache_mode=force_generic_plan").stdout(Stdio::piped()).stderr(Stdio::piped());
        commands.push(command);
    }
    let cannot = || format!("{} cannot be started", program.display());
    let running: Vec<_> = commands.iter_mut().map(Command::spawn).collect::<Result<_, _>>().with_context(cannot)?;
    let mut rate = 0.0;
    for pgbench in running {
        let output = pgbench.wait_with_output()?;
        ensure!(output.status.success(), "pgbench failed: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        let own: Option<f64> =
            said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        rate += own.with_context(|| format!("pgbench gave no rate: {said}"))?;
    }
    Ok(rate)
}

/// The types of a statement's parameters, as PostgreSQL infers them.
async fn types(db: &mut PgConnection, text: &str) -> anyhow::Result<Vec<String>> {
    let prepared = db.prepare(AssertSqlSafe(text.to_owned()).into_sql_str()).await?;
    match prepared.parameters() {
        Some(Either::Left(types)) => Ok(types.iter().map(|kind| kind.name().to_owned()).collect()),
        _ => bail!("PostgreSQL does not tell the types of a statement's parameters"),
    }
}
