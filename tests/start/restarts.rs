//! The private PostgreSQL ends while the program runs: out of memory, a full disk, a hand that slipped.

use std::path::Path;
use std::time::{Duration, Instant};

use inroad::database::{Cluster, Health, Restarts};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::{Executor, Row};

use crate::program::{Program, free_address};
use crate::{opened, server_pid};

const PATIENCE: Duration = Duration::from_secs(60);

/// The process that says in its file that it serves.
fn running(data_dir: &Path) -> Option<i32> {
    std::fs::read_to_string(data_dir.join("postgres/postmaster.pid")).ok()?.lines().next()?.parse().ok()
}

fn kill_server(data_dir: &Path) -> i32 {
    let pid = server_pid(data_dir);
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    pid
}

/// Waits until `wanted` holds.
fn wait_for(what: &str, mut wanted: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !wanted() {
        assert!(Instant::now() < deadline, "{what} in time");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_server_that_was_killed_is_started_again_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let database = opened(folder.path()).await;
    database.pool.execute("create table kept (word text)").await.unwrap();
    for times in 1..=2 {
        database.pool.execute("insert into kept values ('here')").await.unwrap();
        let killed = kill_server(folder.path());
        // Its children serve for a moment longer.
        wait_for("another server", || running(folder.path()).is_some_and(|pid| pid != killed));
        let deadline = Instant::now() + PATIENCE;
        let kept = loop {
            match database.pool.fetch_one("select count(*) from kept").await {
                Ok(row) => break row.get::<i64, _>(0),
                Err(error) => assert!(Instant::now() < deadline, "it answers again: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        assert_eq!(kept, times);
    }
    database.close().await;
    assert!(!folder.path().join("postgres/postmaster.pid").exists(), "the server has stopped in order");
}

fn soon() -> Restarts {
    let first = Duration::from_millis(20);
    Restarts { first, longest: Duration::from_millis(100), patience: Duration::from_secs(1), ..Restarts::default() }
}

#[tokio::test]
async fn a_server_that_cannot_be_started_again_is_given_up_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::start_with(None, folder.path(), soon()).await.unwrap();
    assert_eq!(*cluster.health().borrow(), Health::Running);
    std::fs::rename(folder.path().join("postgres/global"), folder.path().join("postgres/elsewhere")).unwrap();
    kill_server(folder.path());
    wait_for("given up", || matches!(*cluster.health().borrow(), Health::Lost(_)));
    let health = cluster.health().borrow().clone();
    assert!(matches!(&health, Health::Lost(reason) if reason.contains("could not start")), "{health:?}");
    cluster.stop();
}

#[tokio::test]
async fn a_stop_between_two_tries_does_not_wait_for_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let never = Restarts { first: Duration::from_secs(3_600), ..Restarts::default() };
    let cluster = Cluster::start_with(None, folder.path(), never).await.unwrap();
    kill_server(folder.path());
    wait_for("seen", || matches!(*cluster.health().borrow(), Health::Restarting(_)));
    cluster.stop();
    Cluster::start(None, folder.path()).await.unwrap().stop();
}

#[tokio::test]
async fn while_it_is_started_again_the_program_and_the_doctor_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().to_str().unwrap();
    let mut program = Program::start("", free_address(), &[("INROAD_DATA_DIR", data_dir)]);
    program.ready().await;
    let (global, elsewhere) = (folder.path().join("postgres/global"), folder.path().join("postgres/elsewhere"));
    std::fs::rename(&global, &elsewhere).unwrap();
    kill_server(folder.path());
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (status, said) = program.get("/readyz").await.unwrap();
        if said.contains("being started again") {
            assert_eq!(status, 503);
            break;
        }
        assert!(Instant::now() < deadline, "it says so in time: {said}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (said, content) = crate::doctor(folder.path(), program.address);
    assert!(!content && said.contains("Server    WRONG") && said.contains("being started again"), "{said}");
    assert!(said.contains("Database  WRONG"), "{said}");
    std::fs::rename(&elsewhere, &global).unwrap();
    program.ready().await;
    let (said, content) = crate::doctor(folder.path(), program.address);
    assert!(content && said.contains("Server    ok     ready"), "{said}");
}
