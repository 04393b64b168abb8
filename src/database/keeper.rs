//! Keeps the private PostgreSQL running: when it ends by itself (out of memory, a full disk), it is started again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::place::Place;
use super::process::Process;
use super::programs::Programs;

/// How often, and for how long, a server that ended is started again.
#[derive(Debug, Clone, Copy)]
pub struct Restarts {
    /// The pause before the first try; each further one is twice as long.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// After this long without a server that stays, it is given up.
    pub patience: Duration,
    /// A server that ran for so long has started well: the next end begins anew.
    pub steady: Duration,
}

impl Default for Restarts {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(30),
            patience: Duration::from_secs(5 * 60),
            steady: Duration::from_secs(60),
        }
    }
}

/// What the private PostgreSQL is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// It runs, as far as is known.
    Running,
    /// It ended and is being started again; with what it said last.
    Restarting(String),
    /// It could not be started again in time; with what it said last.
    Lost(String),
}

/// A thread that holds the server's process.
#[derive(Debug)]
pub(super) struct Keeper {
    thread: Option<JoinHandle<()>>,
    stopping: Arc<AtomicBool>,
    health: watch::Receiver<Health>,
}

impl Keeper {
    /// Starts the server and keeps it. Blocks until it answers.
    ///
    /// Errors when it cannot be started this first time.
    pub fn start(programs: Programs, place: Place, restarts: Restarts) -> anyhow::Result<Self> {
        let stopping = Arc::new(AtomicBool::new(false));
        let (say, health) = watch::channel(Health::Running);
        let (tell, told) = std::sync::mpsc::channel();
        let flag = stopping.clone();
        let thread = thread::Builder::new().name("postgres-keeper".into()).spawn(move || {
            let keeping = Keeping { programs, place, restarts, stopping: flag, health: say };
            match keeping.start() {
                Ok(process) => {
                    tell.send(Ok(())).ok();
                    keeping.keep(process);
                }
                Err(error) => {
                    tell.send(Err(error)).ok();
                }
            }
        })?;
        told.recv()??;
        Ok(Self { thread: Some(thread), stopping, health })
    }

    /// What the server is doing, now and later.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// Stops the server in order. Blocks until it has ended.
    pub fn stop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            thread.join().ok();
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What the thread knows.
struct Keeping {
    programs: Programs,
    place: Place,
    restarts: Restarts,
    stopping: Arc<AtomicBool>,
    health: watch::Sender<Health>,
}

impl Keeping {
    fn start(&self) -> anyhow::Result<Process> {
        Process::start(&self.programs, &self.place, &self.stopping)
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// Holds the process until it is to stop, or is lost.
    fn keep(&self, mut process: Process) {
        let mut failing_since = None;
        let mut pause = self.restarts.first;
        loop {
            let started = Instant::now();
            let status = loop {
                if self.is_stopping() {
                    return process.stop();
                }
                if let Some(status) = process.ended() {
                    break status;
                }
                // Woken by the thread that waits for the process, and by whoever stops the program.
                thread::park();
            };
            if started.elapsed() >= self.restarts.steady {
                failing_since = None;
                pause = self.restarts.first;
            }
            let since = *failing_since.get_or_insert_with(Instant::now);
            let reason = format!("it ended with {status}");
            match self.restart(since, &mut pause, reason) {
                Some(again) => process = again,
                None => return,
            }
        }
    }

    /// Tries until the server runs again; nothing when the program stops meanwhile, or when it is given up.
    fn restart(&self, since: Instant, pause: &mut Duration, mut reason: String) -> Option<Process> {
        loop {
            tracing::error!(%reason, pause = ?*pause, "the private PostgreSQL is not running; it is started again after a pause");
            self.health.send_replace(Health::Restarting(reason));
            let wake = Instant::now() + *pause;
            while Instant::now() < wake {
                if self.is_stopping() {
                    return None;
                }
                thread::park_timeout(wake - Instant::now());
            }
            *pause = (*pause * 2).min(self.restarts.longest);
            match self.start() {
                Ok(process) => {
                    tracing::info!("the private PostgreSQL runs again");
                    self.health.send_replace(Health::Running);
                    return Some(process);
                }
                Err(_) if self.is_stopping() => return None,
                Err(error) => reason = format!("{error:#}"),
            }
            if since.elapsed() >= self.restarts.patience {
                tracing::error!(%reason, "the private PostgreSQL could not be started again");
                self.health.send_replace(Health::Lost(reason));
                return None;
            }
        }
    }
}
