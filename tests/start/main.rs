//! Starting on a machine with nothing configured: the private cluster and the schema's migrations.

#![expect(clippy::unwrap_used, reason = "a test's helpers fail with the test")]
#![expect(clippy::disallowed_methods, reason = "tests look at the database with statements of their own")]

mod administration;
mod archives;
mod dumps;
#[cfg(target_os = "linux")]
mod frozen;
mod kept_dumps;
mod killed_imports;
mod majors;
mod pooler;
mod program;
mod reminders;
mod restarts;
mod rolling;
#[path = "../support/mod.rs"]
mod support;
mod upgrade;
mod users;
mod waiting;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use inroad::config::{Config, Settings};
use inroad::database::{self, Cluster, Database};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::{Executor, Row};

/// Names the folder for `holds_a_cluster_when_asked`.
const HOLD: &str = "INROAD_TEST_HOLD";

async fn opened(data_dir: &Path) -> Database {
    let settings = Settings { data_dir: Some(data_dir.into()), ..Settings::default() };
    let database = database::open(&Config::new(&settings).unwrap()).await.unwrap();
    database::migrate(&database).await.unwrap();
    database
}

/// Another program that holds a cluster until it is killed: this test binary, run again.
fn another_program(data_dir: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "holds_a_cluster_when_asked", "--nocapture"])
        .env(HOLD, data_dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("cluster held")), "the other program started its cluster");
    child
}

#[tokio::test]
async fn holds_a_cluster_when_asked() {
    let Some(data_dir) = std::env::var_os(HOLD) else { return };
    let _cluster = Cluster::start(None, Path::new(&data_dir)).await.unwrap();
    println!("cluster held");
    std::thread::sleep(Duration::from_secs(120));
}

fn server_pid(data_dir: &Path) -> i32 {
    let file = std::fs::read_to_string(data_dir.join("postgres/postmaster.pid")).unwrap();
    file.lines().next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_empty_folder_becomes_a_database_and_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("new/data");
    let database = opened(&data_dir).await;
    assert!(database::schema_is_current(&database.pool).await.unwrap());
    database.pool.execute("create table kept (word text)").await.unwrap();
    database.pool.execute("insert into kept values ('here')").await.unwrap();
    database.close().await;
    assert!(!data_dir.join("postgres/postmaster.pid").exists(), "the server has stopped in order");

    let database = opened(&data_dir).await;
    let row = database.pool.fetch_one("select word from kept").await.unwrap();
    assert_eq!(row.get::<String, _>(0), "here");
    database.close().await;
}

#[tokio::test]
async fn every_connection_has_the_limits_of_a_request() {
    let folder = tempfile::tempdir().unwrap();
    let database = opened(folder.path()).await;
    for (setting, value) in [
        ("show statement_timeout", "5s"),
        ("show lock_timeout", "2s"),
        ("show idle_in_transaction_session_timeout", "15s"),
        ("show listen_addresses", ""),
        ("show server_encoding", "UTF8"),
    ] {
        assert_eq!(database.pool.fetch_one(setting).await.unwrap().get::<String, _>(0), value, "{setting}");
    }
    database.close().await;
}

#[tokio::test]
async fn what_the_address_says_of_limits_stays_and_so_does_what_is_stricter() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::start(None, folder.path()).await.unwrap();
    cluster.create_database().await.unwrap();
    let open = async |more: &str| {
        let settings = Settings {
            database_url: Some(format!("{}{more}", cluster.url().expose())),
            data_dir: Some(folder.path().into()),
            ..Settings::default()
        };
        database::open(&Config::new(&settings).unwrap()).await.unwrap()
    };
    let database = open("&options=-c%20statement_timeout%3D0").await;
    for (setting, value) in [("show statement_timeout", "0"), ("show lock_timeout", "2s")] {
        assert_eq!(database.pool.fetch_one(setting).await.unwrap().get::<String, _>(0), value, "{setting}");
    }
    for change in ["alter role inroad set statement_timeout = '1s'", "alter role inroad set lock_timeout = '1min'"] {
        database.pool.execute(change).await.unwrap();
    }
    database.close().await;
    let database = open("").await;
    for (setting, value) in [("show statement_timeout", "1s"), ("show lock_timeout", "2s")] {
        assert_eq!(database.pool.fetch_one(setting).await.unwrap().get::<String, _>(0), value, "{setting}");
    }
    database.close().await;
    cluster.stop();
}

#[tokio::test]
async fn the_cluster_is_private_and_not_roots() {
    let folder = tempfile::tempdir().unwrap();
    let database = opened(folder.path()).await;
    for private in ["postgres", "socket"] {
        let found = std::fs::metadata(folder.path().join(private)).unwrap();
        assert_eq!(found.permissions().mode() & 0o777, 0o700, "{private}");
        assert_ne!(found.uid(), 0, "{private}");
    }
    #[cfg(target_os = "linux")]
    assert_ne!(std::fs::metadata(format!("/proc/{}", server_pid(folder.path()))).unwrap().uid(), 0);
    database.close().await;
}

#[tokio::test]
async fn a_killed_program_leaves_nothing_that_hinders_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut other = another_program(folder.path());
    let server = server_pid(folder.path());
    other.kill().unwrap();
    other.wait().unwrap();
    let database = opened(folder.path()).await;
    assert_ne!(server_pid(folder.path()), server);
    database.close().await;
}

#[cfg(target_os = "linux")]
#[test]
fn the_server_dies_with_its_program() {
    let folder = tempfile::tempdir().unwrap();
    let mut other = another_program(folder.path());
    let server = Pid::from_raw(server_pid(folder.path()));
    other.kill().unwrap();
    other.wait().unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while folder.path().join("postgres/postmaster.pid").exists() {
        assert!(Instant::now() < deadline, "process {server} still serves");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_killed_server_recovers_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let database = opened(folder.path()).await;
    database.pool.execute("create table kept (word text)").await.unwrap();
    kill(Pid::from_raw(server_pid(folder.path())), Signal::SIGKILL).unwrap();
    database.close().await;
    let database = opened(folder.path()).await;
    database.pool.execute("select word from kept").await.unwrap();
    database.close().await;
}

#[tokio::test]
async fn a_second_program_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::start(None, folder.path()).await.unwrap();
    let message = Cluster::start(None, folder.path()).await.unwrap_err().to_string();
    assert!(message.contains("Another Inroad") && message.contains("INROAD_DATA_DIR"), "{message}");
    cluster.stop();
    Cluster::start(None, folder.path()).await.unwrap().stop();
}

#[tokio::test]
async fn an_interrupted_first_start_is_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("postgres.unfinished")).unwrap();
    std::fs::write(folder.path().join("postgres.unfinished/half"), "").unwrap();
    opened(folder.path()).await.close().await;
    assert!(!folder.path().join("postgres.unfinished").exists());
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn nobody_else_reads_the_log_or_takes_the_lock_and_the_log_tells_nothing_of_people() {
    let folder = tempfile::tempdir().unwrap();
    let (log, old) = (folder.path().join("postgres.log"), folder.path().join("postgres.log.old"));
    for left in [&log, &old, &folder.path().join("inroad.lock")] {
        std::fs::write(left, "").unwrap();
        std::fs::set_permissions(left, std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    let database = opened(folder.path()).await;
    database.pool.execute("create table people (name text unique check (name <> 'nobody'))").await.unwrap();
    database.pool.execute("insert into people values ('Kathleen Booth')").await.unwrap();
    database.pool.execute("insert into people values ('Kathleen Booth')").await.unwrap_err();
    database.pool.execute("insert into people values ('nobody')").await.unwrap_err();
    database.close().await;
    for name in ["postgres.log", "postgres.log.old", "inroad.lock"] {
        assert_eq!(mode(&folder.path().join(name)), 0o600, "{name}");
    }
    let said = std::fs::read_to_string(log).unwrap();
    assert!(said.contains("duplicate key") && said.contains("violates check constraint"), "{said}");
    assert!(!said.contains("Kathleen") && !said.contains("insert into") && !said.contains("nobody"), "{said}");
}

/// What `inroad doctor` says of a data folder, and whether it is content.
fn doctor(data_dir: &Path, listen: SocketAddr) -> (String, bool) {
    let output = Command::new(env!("CARGO_BIN_EXE_inroad"))
        .args(["doctor", "--listen", &listen.to_string(), "--log", "error", "--data-dir"])
        .arg(data_dir)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success())
}

#[tokio::test]
async fn the_doctor_looks_at_a_folder_whether_it_is_used_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = program::free_address();
    let (said, content) = doctor(folder.path(), nowhere);
    assert!(!content && said.contains("Database  WRONG") && said.contains("the first start makes it"), "{said}");
    assert!(!folder.path().join("postgres").exists(), "it makes nothing");

    let database = opened(folder.path()).await;
    let (said, content) = doctor(folder.path(), nowhere);
    assert!(content && said.contains("Schema    ok") && said.contains("Clock     ok"), "{said}");
    let behind = "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)";
    database.pool.execute(behind).await.unwrap();
    let (said, content) = doctor(folder.path(), nowhere);
    assert!(!content && said.contains("Schema    WRONG") && said.contains("inroad migrate"), "{said}");
    database.close().await;

    let before = everything(folder.path());
    let (said, content) = doctor(folder.path(), nowhere);
    assert!(content && said.contains("Server    note") && said.contains("Database  note"), "{said}");
    assert!(said.contains("the next start runs version") && !said.contains("Schema"), "{said}");
    assert!(said.contains("Backup    ok") && said.contains("is 0 hours old"), "{said}");
    assert_eq!(everything(folder.path()), before, "the doctor starts, dumps and moves nothing");
}

/// Every file below a folder, with its length and when it was written.
fn everything(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut ahead = vec![folder.to_owned()];
    while let Some(folder) = ahead.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let (path, kept) = entry.map(|entry| (entry.path(), entry.metadata().unwrap())).unwrap();
            if kept.is_dir() {
                ahead.push(path.clone());
            }
            found.insert(path, (kept.len(), kept.modified().unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn the_doctor_says_what_the_next_start_does_about_another_version_and_does_none_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (nowhere, version) = (program::free_address(), folder.path().join("postgres/PG_VERSION"));
    opened(folder.path()).await.close().await;
    let now: u32 = std::fs::read_to_string(&version).unwrap().trim().parse().unwrap();
    let says = |written_by: u32, told: &str, content: bool| {
        std::fs::write(&version, format!("{written_by}\n")).unwrap();
        let before = everything(folder.path());
        let (said, is_content) = doctor(folder.path(), nowhere);
        assert!(said.contains(told) && is_content == content, "{said}");
        assert_eq!(everything(folder.path()), before);
    };
    says(9, "moves the data from version 9 to", true);
    says(now + 90, "was written by PostgreSQL", false);
    std::fs::create_dir(folder.path().join("postgres.moved")).unwrap();
    says(now, "the next start finishes moving the data", true);
    std::fs::remove_dir(folder.path().join("postgres.moved")).unwrap();
    std::fs::remove_dir_all(folder.path().join("dumps")).unwrap();
    says(9, "was written by PostgreSQL 9", false);
}

#[tokio::test]
async fn a_copy_that_lost_its_owner_and_modes_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let database = opened(&first).await;
    database.pool.execute("create table kept (word text)").await.unwrap();
    database.close().await;
    for (program, option, paths) in [("cp", "-r", [&first, &second]), ("chmod", "-R", [&"a+rX".into(), &second])] {
        assert!(Command::new(program).arg(option).args(paths).status().unwrap().success(), "{program}");
    }
    let database = opened(&second).await;
    database.pool.execute("select word from kept").await.unwrap();
    database.close().await;
    let cluster = second.join("postgres");
    assert_eq!((mode(&cluster), mode(&second.join("socket"))), (0o700, 0o700));
    for path in [cluster.join("PG_VERSION"), cluster.join("base/1")] {
        let (whole, part) = (std::fs::metadata(&cluster).unwrap(), std::fs::metadata(&path).unwrap());
        assert_eq!(part.uid(), whole.uid(), "{}", path.display());
    }
}

#[tokio::test]
async fn a_copy_of_somebody_elses_is_explained() {
    if !nix::unistd::geteuid().is_root() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    Cluster::start(None, folder.path()).await.unwrap().stop();
    let cluster = folder.path().join("postgres");
    std::os::unix::fs::chown(&cluster, Some(12345), Some(12345)).unwrap();
    let message = Cluster::start(None, folder.path()).await.unwrap_err().to_string();
    assert!(message.contains("cp -a") && message.contains("chown -R"), "{message}");
}

#[tokio::test]
async fn a_folder_with_a_long_and_awkward_name_will_do() {
    let folder = tempfile::tempdir().unwrap();
    opened(&folder.path().join("it's \"mine\", with spaces ü")).await.close().await;
    opened(&folder.path().join("long".repeat(40))).await.close().await;
}

#[tokio::test]
async fn a_newer_schema_is_refused_at_the_start_but_keeps_being_served() {
    let folder = tempfile::tempdir().unwrap();
    let database = opened(folder.path()).await;
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (99999999999999, 'from the future', true, '', 0)";
    database.pool.execute(newer).await.unwrap();
    let message = database::migrate(&database).await.unwrap_err().to_string();
    assert!(message.contains("newer than this Inroad knows"), "{message}");
    assert!(database::schema_is_current(&database.pool).await.unwrap());
    database.close().await;
}

#[tokio::test]
async fn an_empty_database_is_not_current() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { data_dir: Some(folder.path().into()), ..Settings::default() };
    let database = database::open(&Config::new(&settings).unwrap()).await.unwrap();
    assert!(!database::schema_is_current(&database.pool).await.unwrap());
    database.close().await;
}

#[tokio::test]
async fn programs_that_start_together_migrate_once() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { data_dir: Some(folder.path().into()), ..Settings::default() };
    let database = database::open(&Config::new(&settings).unwrap()).await.unwrap();
    let migrate = || database::migrate(&database);
    let (a, b, c, d, e) = tokio::join!(migrate(), migrate(), migrate(), migrate(), migrate());
    for outcome in [a, b, c, d, e] {
        outcome.unwrap();
    }
    let row = database.pool.fetch_one("select count(*) from _sqlx_migrations").await.unwrap();
    assert_eq!(row.get::<i64, _>(0), database::MIGRATIONS.iter().count() as i64);
    database.close().await;
}
