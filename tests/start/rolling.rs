//! Two copies behind a balancer that looks at `/readyz`: each is restarted in turn, and nobody notices.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::program::{Program, free_address};
use crate::support::database::TestDatabase;

/// Seconds a copy answers after it was asked to stop; the balancer looks many times meanwhile.
const DRAIN: &str = "2";
const RESTARTS: usize = 6;

/// The copies, and which of them the balancer sends to.
struct Balancer {
    copies: [(SocketAddr, AtomicBool); 2],
    asked: AtomicUsize,
    failed: Mutex<Vec<String>>,
    over: AtomicBool,
}

impl Balancer {
    /// Looks at a copy until the test is over.
    async fn watch(self: Arc<Self>, which: usize) {
        let (address, up) = &self.copies[which];
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(2)).build().unwrap();
        while !self.over.load(Ordering::SeqCst) {
            let answer = client.get(format!("http://{address}/readyz")).send().await;
            up.store(answer.is_ok_and(|answer| answer.status() == 200), Ordering::SeqCst);
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Reads and writes without a pause, on connections that are kept, by way of a copy that is up.
    async fn use_it(self: Arc<Self>, worker: usize) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        for turn in worker.. {
            if self.over.load(Ordering::SeqCst) {
                return;
            }
            let up = |which: usize| self.copies[which].1.load(Ordering::SeqCst).then_some(self.copies[which].0);
            let Some(address) = up(turn % 2).or_else(|| up((turn + 1) % 2)) else {
                self.failed.lock().unwrap().push("no copy is up".into());
                sleep(Duration::from_millis(50)).await;
                continue;
            };
            let asking = match turn % 3 {
                0 => client.get(format!("http://{address}/login")),
                1 => client.get(format!("http://{address}/static/none/none")),
                _ => client
                    .post(format!("http://{address}/login"))
                    .header("sec-fetch-site", "same-origin")
                    .form(&[("email", "nobody@example.org"), ("password", "wrong")]),
            };
            self.asked.fetch_add(1, Ordering::SeqCst);
            match asking.send().await {
                Ok(answer) if !answer.status().is_server_error() => {}
                other => self.failed.lock().unwrap().push(format!("{other:?}")),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_restarted_in_turn_drop_nothing() {
    let own = TestDatabase::new().await;
    let addresses = [free_address(), free_address()];
    let start = |which: usize| Program::start(&own.url, addresses[which], &[("INROAD_DRAIN", DRAIN)]);
    let mut copies = [start(0), start(1)];
    for copy in &mut copies {
        copy.ready().await;
    }
    let balancer = Arc::new(Balancer {
        copies: addresses.map(|address| (address, AtomicBool::new(true))),
        asked: AtomicUsize::new(0),
        failed: Mutex::new(Vec::new()),
        over: AtomicBool::new(false),
    });
    let mut tasks = tokio::task::JoinSet::new();
    for which in 0..2 {
        tasks.spawn(balancer.clone().watch(which));
    }
    for worker in 0..4 {
        tasks.spawn(balancer.clone().use_it(worker));
    }
    for turn in 0..RESTARTS {
        let which = turn % 2;
        sleep(Duration::from_millis(300)).await;
        copies[which].ask_to_stop();
        assert!(copies[which].ended().await.success(), "{}", copies[which].said());
        copies[which] = start(which);
        copies[which].ready().await;
        let began = Instant::now();
        while !balancer.copies[which].1.load(Ordering::SeqCst) {
            assert!(began.elapsed() < Duration::from_secs(10), "the balancer sees that it is back");
            sleep(Duration::from_millis(20)).await;
        }
    }
    balancer.over.store(true, Ordering::SeqCst);
    tasks.join_all().await;
    let failed = balancer.failed.lock().unwrap();
    assert!(failed.is_empty(), "{} of {}: {failed:?}", failed.len(), balancer.asked.load(Ordering::SeqCst));
    assert!(balancer.asked.load(Ordering::SeqCst) > 100 * RESTARTS, "they were used all along");
}
