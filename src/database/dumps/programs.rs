//! PostgreSQL's own programs for dumps, run against one database.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

use super::file::{Unfinished, refuse_anothers};
use crate::config::Secret;
use crate::database::programs::Clients;

/// The first version that knows the setting `transaction_timeout`, which newer programs set at the head of every script.
const TRANSACTION_TIMEOUT: u32 = 17;
/// Makes a statement of each row of the first one, and runs it.
const COUNT_ALL: &str = "\\set ON_ERROR_STOP on
select format('select %L, count(*) from %I.%I', c.relname, n.nspname, c.relname)
from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = 'public' \\gexec
";
/// Between two looks at a program that may take no longer than its limit.
const LOOK: Duration = Duration::from_millis(20);

/// The programs and the database they are for. Everything here blocks.
#[derive(Debug, Clone)]
pub(in crate::database) struct Dumper {
    clients: Clients,
    /// How they reach it: as variables, since everyone on the machine sees arguments.
    surroundings: Vec<(&'static str, Secret)>,
}

impl Dumper {
    /// The programs, told to use the database of this address.
    pub fn new(clients: Clients, url: &Secret) -> anyhow::Result<Self> {
        Ok(Self { clients, surroundings: surroundings(url)? })
    }

    /// Writes the database into this file, which has its name once it is whole. Returns how many bytes that are.
    ///
    /// Errors when that fails, or takes longer than the limit; what was there before stays then.
    pub fn take(&self, target: &Path, limit: Option<Duration>) -> anyhow::Result<u64> {
        refuse_anothers(target)?;
        let unfinished = Unfinished::beside(target)?;
        let mut command = self.command("pg_dump");
        // The fastest compression: a stop waits for it.
        command.args(["--no-password", "--format=custom", "--compress=1"]);
        let running = Running::start(command.stdout(unfinished.file()?))?;
        running.end(limit).context("pg_dump could not write the database")?;
        Ok(unfinished.finish()?)
    }

    /// The version of the schema in this dump.
    ///
    /// Errors when it is no dump, or not of an Inroad.
    pub fn schema(&self, dump: &Path) -> anyhow::Result<i64> {
        File::open(dump).with_context(|| format!("{} cannot be read", dump.display()))?;
        let mut command = self.command("pg_restore");
        command.args(["--data-only", "--table=_sqlx_migrations", "--file=-"]).arg(dump).stdout(Stdio::piped());
        let mut running = Running::start(&mut command)?;
        let mut text = String::new();
        running.output()?.read_to_string(&mut text)?;
        running.end(None).with_context(|| format!("{} cannot be read as a dump", dump.display()))?;
        let rows = text.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1).take_while(|line| *line != "\\.");
        let versions = rows.filter_map(|row| row.split('\t').next()?.parse().ok());
        versions.max().with_context(|| format!("{} is a dump of PostgreSQL, but not of an Inroad.", dump.display()))
    }

    /// How many rows each table has.
    pub fn rows(&self) -> anyhow::Result<BTreeMap<String, i64>> {
        let mut command = self.command("psql");
        command.args(["--no-psqlrc", "--quiet", "--no-password", "--tuples-only", "--no-align", "--file=-"]);
        let mut psql = Running::start(command.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
        psql.input()?.write_all(COUNT_ALL.as_bytes())?;
        let mut text = String::new();
        psql.output()?.read_to_string(&mut text)?;
        psql.end(None).context("the rows could not be counted")?;
        text.lines()
            .map(|line| line.split_once('|').and_then(|(table, rows)| Some((table.to_owned(), rows.parse().ok()?))))
            .collect::<Option<_>>()
            .context("the rows could not be counted")
    }

    /// Runs these statements and brings the dump back, all in one transaction: wholly or not at all.
    pub fn restore(&self, dump: &Path, server: u32, first: &str) -> anyhow::Result<()> {
        let mut command = self.command("psql");
        command.args(["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"]);
        let mut psql = Running::start(command.stdin(Stdio::piped()).stdout(Stdio::null()))?;
        let mut command = self.command("pg_restore");
        // The comments in it are those of extensions, which may belong to whoever made the database.
        command.args(["--no-owner", "--no-privileges", "--no-comments", "--file=-"]).arg(dump).stdout(Stdio::piped());
        let mut script = Running::start(&mut command)?;
        // Without the commit, which only follows a whole script, nothing has happened.
        let written = psql.input().and_then(|mut into| {
            into.write_all(format!("begin;\n{first};\n").as_bytes())?;
            copy(BufReader::new(script.output()?), &mut into, server)?;
            script.end(None).with_context(|| format!("{} cannot be read as a dump", dump.display()))?;
            into.write_all(b"commit;\nanalyze;\n")?;
            Ok(())
        });
        match (psql.end(None), written) {
            // Where both failed, the database's words are the cause: it stopped listening.
            (Err(error), Err(written)) if written.is::<std::io::Error>() => Err(error),
            (_, Err(written)) => Err(written),
            (ended, Ok(())) => ended,
        }
        .context("The dump could not be brought back; nothing was changed")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.clients.folder.join(program));
        for name in ["PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR", "PGOPTIONS", "DATABASE_URL"] {
            command.env_remove(name);
        }
        command.envs(self.surroundings.iter().map(|(name, value)| (name, value.expose())));
        if self.verifies_names() && self.clients.major >= 16 && std::env::var_os("PGSSLROOTCERT").is_none() {
            command.env("PGSSLROOTCERT", self.given("PGSSLROOTCERT").unwrap_or("system"));
        }
        command.env("LC_ALL", "C").stdin(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Whether the certificate must be the server's: then the system's authorities count, as they do for the program itself.
    fn verifies_names(&self) -> bool {
        self.given("PGSSLMODE") == Some("verify-full")
    }

    fn given(&self, variable: &str) -> Option<&str> {
        self.surroundings.iter().find(|(name, _)| *name == variable).map(|(_, value)| value.expose())
    }
}

/// An address as the variables that PostgreSQL's programs read; not all that sqlx takes in an address is known to them.
fn surroundings(url: &Secret) -> anyhow::Result<Vec<(&'static str, Secret)>> {
    let options: PgConnectOptions = url.expose().parse()?;
    let address = Url::parse(url.expose())?;
    let in_query = |names: &[&str]| {
        address.query_pairs().find(|(name, _)| names.contains(&name.as_ref())).map(|(_, value)| value.into_owned())
    };
    let host = match options.get_socket() {
        Some(socket) => socket.to_string_lossy().into_owned(),
        None => options.get_host().to_owned(),
    };
    let ssl_mode = match options.get_ssl_mode() {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    };
    let password = match address.password() {
        Some(password) => Some(percent_decode_str(password).decode_utf8()?.into_owned()),
        None => in_query(&["password"]),
    };
    let user = options.get_username().to_owned();
    let found = [
        ("PGHOST", Some(host)),
        ("PGPORT", Some(options.get_port().to_string())),
        ("PGDATABASE", Some(options.get_database().unwrap_or(&user).to_owned())),
        ("PGUSER", Some(user.clone())),
        ("PGPASSWORD", password),
        ("PGOPTIONS", options.get_options().map(str::to_owned)),
        ("PGSSLMODE", Some(ssl_mode.to_owned())),
        ("PGSSLROOTCERT", in_query(&["sslrootcert", "ssl-root-cert", "ssl-ca"])),
        ("PGSSLCERT", in_query(&["sslcert", "ssl-cert"])),
        ("PGSSLKEY", in_query(&["sslkey", "ssl-key"])),
    ];
    Ok(found.into_iter().filter_map(|(name, value)| Some((name, Secret::new(value?)))).collect())
}

/// Copies a script, but for a setting at its head that an older server does not know.
fn copy(mut from: impl BufRead, into: &mut impl Write, server: u32) -> std::io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if from.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if server >= TRANSACTION_TIMEOUT || !line.starts_with(b"SET transaction_timeout") {
            into.write_all(&line)?;
        }
        // The last of the settings; what follows may be anything.
        if line.starts_with(b"SET row_security") {
            break;
        }
    }
    std::io::copy(&mut from, into).map(drop)
}

/// A program under way. It is ended with this value.
struct Running {
    child: Child,
    said: Option<JoinHandle<String>>,
}

impl Running {
    fn start(command: &mut Command) -> anyhow::Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = command.spawn().with_context(|| format!("{program} could not be run"))?;
        let said = child.stderr.take().map(|stream| std::thread::spawn(move || read(stream)));
        Ok(Self { child, said })
    }

    fn output(&mut self) -> anyhow::Result<impl Read + use<>> {
        self.child.stdout.take().context("its output was taken already")
    }

    fn input(&mut self) -> anyhow::Result<impl Write + use<>> {
        self.child.stdin.take().context("its input was taken already")
    }

    /// Waits for its end, and no longer than the limit. Errors with what it said when it failed.
    fn end(mut self, limit: Option<Duration>) -> anyhow::Result<()> {
        let deadline = limit.map(|limit| (limit, Instant::now() + limit));
        let status = match deadline {
            None => self.child.wait()?,
            Some((limit, deadline)) => loop {
                match self.child.try_wait()? {
                    Some(status) => break status,
                    None if Instant::now() >= deadline => bail!("it took longer than {} s", limit.as_secs()),
                    None => std::thread::sleep(LOOK),
                }
            },
        };
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        if !status.success() {
            bail!("{}", if said.is_empty() { status.to_string() } else { said });
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn read(mut stream: ChildStderr) -> String {
    let mut said = Vec::new();
    stream.read_to_end(&mut said).ok();
    String::from_utf8_lossy(&said).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(url: &str) -> Vec<(&'static str, String)> {
        let found = surroundings(&Secret::new(url)).unwrap();
        found.into_iter().map(|(name, value)| (name, value.expose().to_owned())).collect()
    }

    #[test]
    fn an_address_becomes_the_variables_of_postgresqls_programs() {
        let found = variables(
            "postgres://me:s3%2Fcret%20word@db.example:5433/inroad?sslmode=verify-ca&ssl-root-cert=/ca.pem\
             &statement-cache-capacity=0&options=-c%20search_path%3Da",
        );
        for expected in [
            ("PGHOST", "db.example"),
            ("PGPORT", "5433"),
            ("PGUSER", "me"),
            ("PGPASSWORD", "s3/cret word"),
            ("PGDATABASE", "inroad"),
            ("PGSSLMODE", "verify-ca"),
            ("PGSSLROOTCERT", "/ca.pem"),
            ("PGOPTIONS", "-c search_path=a"),
        ] {
            assert!(found.iter().any(|(name, value)| (*name, value.as_str()) == expected), "{expected:?}: {found:?}");
        }
        let socket = variables("postgres://inroad@localhost/inroad?host=%2Ffolder%20of%2Fmine");
        assert!(socket.contains(&("PGHOST", "/folder of/mine".into())), "{socket:?}");
        assert!(!socket.iter().any(|(name, _)| *name == "PGPASSWORD"), "{socket:?}");
    }

    #[test]
    fn a_setting_the_server_does_not_know_is_left_out_at_the_head_and_only_there() {
        let script = "--\nSET lock_timeout = 0;\nSET transaction_timeout = 0;\nSET row_security = off;\n\
                      COPY a FROM stdin;\nSET transaction_timeout = 0;\n\\.\n";
        for (server, times) in [(15, 1), (17, 2)] {
            let mut into = Vec::new();
            copy(script.as_bytes(), &mut into, server).unwrap();
            let copied = String::from_utf8(into).unwrap();
            assert_eq!(copied.matches("transaction_timeout").count(), times, "{copied}");
        }
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let began = Instant::now();
        let running = Running::start(Command::new("sleep").arg("60").stderr(Stdio::piped())).unwrap();
        let error = running.end(Some(Duration::from_millis(50))).unwrap_err().to_string();
        assert!(error.contains("longer than"), "{error}");
        assert!(began.elapsed() < Duration::from_secs(20));
    }
}
