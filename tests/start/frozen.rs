//! A database that neither answers nor hangs up: its processes are stopped, and go on later.

use std::time::{Duration, Instant};

use inroad::database::Cluster;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::sleep;

use crate::program::{Program, free_address};
use crate::server_pid;

/// Ten seconds, and half as much again on a machine that does much else.
const SOON: Duration = Duration::from_secs(15);

/// Stopped processes; they go on when this value is dropped.
struct Frozen(Vec<Pid>);

impl Frozen {
    /// Stops these processes.
    fn stop(processes: Vec<Pid>) -> Self {
        assert!(!processes.is_empty());
        for process in &processes {
            kill(*process, Signal::SIGSTOP).unwrap();
        }
        Self(processes)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        for process in &self.0 {
            kill(*process, Signal::SIGCONT).ok();
        }
    }
}

/// The children of the server whose title has this word.
fn children(server: i32, word: &str) -> Vec<Pid> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().map_while(Result::ok) {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<i32>() else { continue };
        let (stat, title) = (format!("/proc/{pid}/stat"), format!("/proc/{pid}/cmdline"));
        let (Ok(stat), Ok(title)) = (std::fs::read_to_string(stat), std::fs::read_to_string(title)) else { continue };
        let parent = stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)).and_then(|id| id.parse().ok());
        if parent == Some(server) && title.contains(word) {
            found.push(Pid::from_raw(pid));
        }
    }
    found
}

/// Asks for pages in a crowd, so that each connection is in use, and asserts that each is answered in time, with a page.
async fn crowd(program: &Program, patience: Duration) -> Vec<u16> {
    let began = Instant::now();
    let asked = (0..12).map(|_| program.get("/login"));
    let answers = futures(asked).await;
    assert!(began.elapsed() < patience, "{:?}", began.elapsed());
    answers
        .into_iter()
        .map(|answer| {
            let (status, body) = answer.unwrap();
            assert!(status == 200 || status == 503, "{status}");
            assert!(body.contains("</html>"), "a page, not {body:?}");
            status
        })
        .collect()
}

/// All at once.
async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut all: Vec<_> = all.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        for (one, done) in &mut all {
            if done.is_none()
                && let std::task::Poll::Ready(output) = one.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if all.iter().all(|(_, done)| done.is_some()) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    all.into_iter().filter_map(|(_, done)| done).collect()
}

async fn good_again(program: &Program) {
    let began = Instant::now();
    while program.get("/login").await.unwrap().0 != 200 {
        assert!(began.elapsed() < SOON, "it is good again soon after:\n{}", program.said());
        sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until every place is free again: a whole crowd is answered well.
async fn crowd_good_again(program: &Program) {
    let began = Instant::now();
    while !crowd(program, SOON).await.iter().all(|status| *status == 200) {
        assert!(began.elapsed() < SOON, "every place is free again soon after:\n{}", program.said());
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_database_is_said_in_time_and_does_not_hold_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::start(None, folder.path()).await.unwrap();
    cluster.create_database().await.unwrap();
    let server = server_pid(folder.path());
    let mut program = Program::start(cluster.url().expose(), free_address(), &[]);
    program.ready().await;
    program.get("/login").await.unwrap();

    // Its own connections alone: the server takes new ones.
    assert!(crowd(&program, SOON).await.iter().all(|status| *status == 200));
    let frozen = Frozen::stop(children(server, "inroad inroad"));
    crowd(&program, SOON).await;
    good_again(&program).await;
    crowd_good_again(&program).await;
    drop(frozen);

    // The whole of it. Within five seconds, and somewhat more on a machine that does much else.
    let all = || [vec![Pid::from_raw(server)], children(server, "")].concat();
    for _ in 0..2 {
        crowd_good_again(&program).await;
        let frozen = Frozen::stop(all());
        for _ in 0..2 {
            assert!(crowd(&program, Duration::from_secs(8)).await.iter().all(|status| *status == 503));
        }
        let (status, why) = program.get("/readyz").await.unwrap();
        assert!(status == 503 && why.contains("database"), "{why}");
        assert_eq!(program.get("/healthz").await.unwrap().0, 200);
        drop(frozen);
        good_again(&program).await;
    }

    let frozen = Frozen::stop(all());
    program.ask_to_stop();
    let began = Instant::now();
    assert!(program.ended().await.success(), "{}", program.said());
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    drop(frozen);
}
