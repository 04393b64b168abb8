//! Everything written into a file, and brought back, for both kinds of database.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use inroad::clock::Clock;
use inroad::config::{Config, Settings};
use inroad::database::{self, Database, dumps};
use inroad::demo;
use sqlx::{Connection, Executor, PgConnection, PgPool};

use crate::opened;
use crate::support::database::TestDatabase;
use crate::support::sums::{Sums, sums};

pub fn private(data_dir: &Path) -> Config {
    Config::new(&Settings { data_dir: Some(data_dir.into()), ..Settings::default() }).unwrap()
}

fn at(url: &str) -> Config {
    let settings =
        Settings { database_url: Some(url.into()), data_dir: Some(std::env::temp_dir()), ..Settings::default() };
    Config::new(&settings).unwrap()
}

async fn fill(db: &PgPool) {
    demo::load::load(db, Clock::system().now()).await.unwrap();
}

/// A private database with an account full of a search.
pub async fn filled(data_dir: &Path) -> Database {
    let database = opened(data_dir).await;
    fill(&database.pool).await;
    database
}

async fn sums_at(url: &str) -> Sums {
    let pool = PgPool::connect(url).await.unwrap();
    let found = sums(&pool).await;
    pool.close().await;
    found
}

/// Why bringing this dump back was refused.
async fn refused(config: &Config, dump: &Path, replace: bool) -> String {
    format!("{:#}", dumps::restore(config, dump, replace).await.unwrap_err())
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_private_database_is_dumped_while_it_is_used_and_comes_back_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    let (files, dump) = (folder.path().join("files"), folder.path().join("files/inroad.dump"));
    std::fs::create_dir(&files).unwrap();
    let database = filled(&from).await;
    let before = sums(&database.pool).await;
    let bytes = dumps::take(&private(&from), &dump).await.unwrap();
    let found = std::fs::metadata(&dump).unwrap();
    assert_eq!((found.len(), found.permissions().mode() & 0o777), (bytes, 0o600));
    assert_eq!(names(&files), ["inroad.dump"]);
    // A second one, where the first is; and the server goes on.
    dumps::take(&private(&from), &dump).await.unwrap();
    assert_eq!(sums(&database.pool).await, before);
    database.close().await;

    // Not running, it is started for it.
    dumps::take(&private(&from), &dump).await.unwrap();
    assert_eq!(dumps::restore(&private(&to), &dump, false).await.unwrap(), 1);
    let database = opened(&to).await;
    assert_eq!(sums(&database.pool).await, before);
    assert!(database::schema_is_current(&database.pool).await.unwrap());
    let message = refused(&private(&to), &dump, true).await;
    assert!(message.contains("Another Inroad is using"), "{message}");
    database.close().await;
}

#[tokio::test]
async fn accounts_that_are_there_are_replaced_only_when_asked_and_only_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("inroad.dump");
    let (one, other) = (TestDatabase::new().await, TestDatabase::new().await);
    fill(&one.pool()).await;
    dumps::take(&at(&one.url), &dump).await.unwrap();
    fill(&other.pool()).await;
    let before = sums_at(&other.url).await;
    assert_ne!(before, sums_at(&one.url).await);

    let message = refused(&at(&other.url), &dump, false).await;
    assert!(message.contains("an account already") && message.contains("--replace"), "{message}");

    let whole = std::fs::read(&dump).unwrap();
    let broken = folder.path().join("broken.dump");
    for bytes in [whole.len() - 1, whole.len() * 3 / 4, whole.len() / 2, whole.len() / 4, 100, 6] {
        std::fs::write(&broken, &whole[..bytes]).unwrap();
        let message = refused(&at(&other.url), &broken, true).await;
        assert!(message.contains("broken.dump") || message.contains("nothing was changed"), "{bytes}: {message}");
        assert_eq!(sums_at(&other.url).await, before, "{bytes} of {}", whole.len());
    }
    // A sign that is another one within the rows: the table's own checks or the compression notice.
    for (name, text) in [("none.dump", ""), ("text.dump", "select 1;\n"), ("letter.dump", "Dear Sir")] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let message = refused(&at(&other.url), &file, true).await;
        assert!(message.contains(name), "{message}");
    }
    let message = refused(&at(&other.url), Path::new("/does/not/exist"), true).await;
    assert!(message.contains("/does/not/exist cannot be read"), "{message}");
    assert_eq!(sums_at(&other.url).await, before);

    assert_eq!(dumps::restore(&at(&other.url), &dump, true).await.unwrap(), 1);
    assert_eq!(sums_at(&other.url).await, sums_at(&one.url).await);
    let open = database::open(&at(&other.url)).await.unwrap();
    database::migrate(&open).await.unwrap();
    open.pool.acquire().await.unwrap().ping().await.unwrap();
    let message = refused(&at(&other.url), &dump, true).await;
    assert!(message.contains("Another Inroad is using this database"), "{message}");
    open.close().await;
}

#[tokio::test]
async fn what_another_program_keeps_in_the_same_database_stays() {
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("inroad.dump");
    let own = TestDatabase::new().await;
    fill(&own.pool()).await;
    dumps::take(&at(&own.url), &dump).await.unwrap();
    let mut db = PgConnection::connect(&own.url).await.unwrap();
    db.execute("create table anothers (word text)").await.unwrap();
    dumps::restore(&at(&own.url), &dump, true).await.unwrap();
    db.execute("select word from anothers").await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_dump_of_something_else_or_of_a_newer_inroad_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("inroad.dump");
    let (own, empty) = (TestDatabase::new().await, TestDatabase::new().await);
    let mut db = PgConnection::connect(&own.url).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (99999999999999, 'from the future', true, '', 0)";
    db.execute(newer).await.unwrap();
    dumps::take(&at(&own.url), &dump).await.unwrap();
    let message = refused(&at(&empty.url), &dump, false).await;
    assert!(message.contains("newer Inroad"), "{message}");

    db.execute("drop schema public cascade; create schema public; create table a (b text)").await.unwrap();
    let message = format!("{:#}", dumps::take(&at(&own.url), &folder.path().join("b")).await.unwrap_err());
    assert!(message.contains("nothing to dump"), "{message}");
    assert_eq!(names(folder.path()), ["inroad.dump"]);
    let foreign = Command::new("pg_dump").args(["-Fc", "-f"]).arg(&dump).arg(&own.url).status().unwrap();
    assert!(foreign.success());
    let message = refused(&at(&empty.url), &dump, false).await;
    assert!(message.contains("not of an Inroad"), "{message}");
    db.close().await.unwrap();
}

fn inroad(arguments: &[&str], data_dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inroad"));
    command.args(arguments).env("INROAD_DATA_DIR", data_dir).env_remove("DATABASE_URL").output().unwrap()
}

#[test]
fn the_commands_say_what_they_did_and_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("inroad.dump"));
    let file = file.to_str().unwrap();
    let said = |output: &Output| {
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let none = inroad(&["dump", file], &data);
    assert!(!none.status.success() && said(&none).contains("no data in"), "{}", said(&none));
    assert!(!data.exists(), "nothing was made");
    assert!(inroad(&["demo"], &data).status.success());
    let dumped = inroad(&["backup", file], &data);
    assert!(dumped.status.success() && said(&dumped).contains("Everything is in"), "{}", said(&dumped));
    let refused = inroad(&["restore", file], &data);
    assert!(!refused.status.success() && said(&refused).contains("--replace"), "{}", said(&refused));
    let back = inroad(&["restore", "--replace", file], &data);
    assert!(back.status.success() && said(&back).contains("is back: one account"), "{}", said(&back));
    let folder_named = inroad(&["dump", data.to_str().unwrap()], &data);
    assert!(!folder_named.status.success() && said(&folder_named).contains("is a folder"), "{}", said(&folder_named));
}
