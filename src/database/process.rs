//! The server's process: started with its parent's death in mind, watched, stopped in order.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::place::Place;
use super::programs::Programs;
use super::{leftover, parent_death};

/// Recovery after a crash may take a while on a slow disk.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// PostgreSQL's fast stop writes what is in memory first.
const STOP_PATIENCE: Duration = Duration::from_secs(30);

/// Opens a file that only its owner may read, lock or write, whatever an earlier program left there.
pub fn private_file(path: &Path, options: &mut OpenOptions) -> std::io::Result<File> {
    let file = options.create(true).truncate(false).mode(0o600).open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}

/// A command run as the cluster's user, out of reach of the terminal's signals and of the caller's settings.
pub fn command(program: &Path, place: &Place) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    command.env_remove("DATABASE_URL").env("LC_ALL", "C").current_dir("/").stdin(Stdio::null()).process_group(0);
    place.run_as.apply(&mut command);
    command
}

/// The server's process, watched by a thread of its own: the kernel ties the child's life to the thread that spawned
/// it, so that thread lives until the child has ended.
#[derive(Debug)]
pub struct Process {
    pub pid: Pid,
    pub ended: Receiver<ExitStatus>,
}

impl Process {
    /// Starts the server and waits until it answers, or until `stopping` turns true. The calling thread is unparked
    /// when the server ends.
    pub fn start(programs: &Programs, place: &Place, stopping: &AtomicBool) -> anyhow::Result<Self> {
        leftover::stop(&place.cluster)?;
        // The children of a server that was killed may hold its memory for a moment.
        for _ in 0..2 {
            if let Ok(process) = Self::try_start(programs, place, stopping) {
                return Ok(process);
            }
            std::thread::sleep(Duration::from_secs(1));
        }
        Self::try_start(programs, place, stopping)
    }

    pub fn try_start(programs: &Programs, place: &Place, stopping: &AtomicBool) -> anyhow::Result<Self> {
        let mut log = private_file(&place.log, OpenOptions::new().append(true).read(true))?;
        let log_before = log.seek(SeekFrom::End(0))?;
        let mut command = command(&programs.folder.join("postgres"), place);
        command
            .arg("-D")
            .arg(&place.cluster)
            .args(["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"])
            // Neither values nor statements, which hold people's words, stand in the log.
            .args(["-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic"])
            .arg("-c")
            .arg(format!("unix_socket_directories={}", quoted(&place.socket)))
            .stdout(log.try_clone()?)
            .stderr(log.try_clone()?);
        parent_death::stop_with_parent(&mut command);
        let process = Self::spawn(command).context("PostgreSQL could not be run.")?;

        let deadline = Instant::now() + START_PATIENCE;
        loop {
            match process.ended.recv_timeout(Duration::from_millis(10)) {
                Err(RecvTimeoutError::Timeout) if leftover::is_ready(&place.cluster, process.pid) => {
                    return Ok(process);
                }
                Err(RecvTimeoutError::Timeout) if stopping.load(Ordering::SeqCst) => bail!("Inroad stops."),
                Err(RecvTimeoutError::Timeout) if Instant::now() < deadline => {}
                Err(RecvTimeoutError::Timeout) => {
                    bail!("PostgreSQL did not become ready within a minute; {} says why.", place.log.display())
                }
                Ok(_) | Err(RecvTimeoutError::Disconnected) => {
                    let mut said = String::new();
                    log.seek(SeekFrom::Start(log_before))?;
                    log.read_to_string(&mut said)?;
                    bail!("PostgreSQL could not start: {}", said.trim())
                }
            }
        }
    }

    pub fn spawn(mut command: Command) -> std::io::Result<Self> {
        let (send_pid, pid) = mpsc::channel();
        let (send_ended, ended) = mpsc::channel();
        let keeper = std::thread::current();
        std::thread::Builder::new().name("postgres".into()).spawn(move || {
            let mut child = match command.spawn() {
                Ok(child) => child,
                Err(error) => return send_pid.send(Err(error)).ok(),
            };
            send_pid.send(Ok(Pid::from_raw(child.id().cast_signed()))).ok();
            let status = child.wait().ok()?;
            if status.success() {
                tracing::info!("the private PostgreSQL has stopped");
            } else {
                tracing::error!(%status, "the private PostgreSQL has ended in disorder");
            }
            send_ended.send(status).ok();
            keeper.unpark();
            Some(())
        })?;
        let pid = pid.recv().unwrap_or_else(|_| Err(std::io::ErrorKind::Interrupted.into()))?;
        Ok(Self { pid, ended })
    }

    /// How the server ended, once it has.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.ended.try_recv().ok()
    }

    /// Stops the server in order, or else at once. Blocks until it has ended.
    pub fn stop(&mut self) {
        if !matches!(self.ended.try_recv(), Err(mpsc::TryRecvError::Empty)) {
            return;
        }
        // SIGINT is PostgreSQL's fast stop, SIGQUIT its immediate one, from which the next start recovers.
        kill(self.pid, Signal::SIGINT).ok();
        if self.ended.recv_timeout(STOP_PATIENCE).is_err() {
            kill(self.pid, Signal::SIGQUIT).ok();
            self.ended.recv_timeout(STOP_PATIENCE).ok();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A folder as an item of one of PostgreSQL's lists.
fn quoted(folder: &Path) -> String {
    format!("\"{}\"", folder.to_string_lossy().replace('"', "\"\""))
}
