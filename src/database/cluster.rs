//! The private PostgreSQL cluster: what Inroad keeps its data in when no server is named.
//!
//! It lives in the data folder, listens on a unix socket in a folder only its user may enter, and never runs as root.
//! One program owns it (a lock on a file says so); it stops with that program, and recovers by itself after a crash.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::Postgres;
use sqlx::migrate::MigrateDatabase;
use tokio::sync::watch;

use super::dumps::Kept;
use super::keeper::{Health, Keeper, Restarts};
use super::place::{CLUSTER, Place, RunAs};
use super::programs::Programs;
use super::{leftover, moving, parent_death};
use crate::config::Secret;

/// The cluster's one user, its superuser.
const USER: &str = "inroad";
/// The database in it.
const DATABASE: &str = "inroad";
/// The file whose lock the program holds that uses the data folder.
const LOCK: &str = "inroad.lock";
/// Recovery after a crash may take a while on a slow disk.
const START_PATIENCE: Duration = Duration::from_secs(60);
/// PostgreSQL's fast stop writes what is in memory first.
const STOP_PATIENCE: Duration = Duration::from_secs(30);
/// A log larger than this is put aside at the next start; one older one is kept.
const LOG_BYTES: u64 = 10 * 1024 * 1024;

/// A data folder that no other program uses while a clone of this lives.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub place: Place,
    data_dir: PathBuf,
    _lock: Arc<File>,
}

impl Ground {
    /// Prepares the folder and takes it. Blocks.
    fn take(data_dir: &Path) -> anyhow::Result<Self> {
        let place = Place::prepare(data_dir, RunAs::find()?)?;
        let lock = Arc::new(lock(data_dir)?);
        let ground = Self { place, data_dir: fs::canonicalize(data_dir)?, _lock: lock };
        ground.kept().clear_unfinished();
        Ok(ground)
    }

    /// The dumps that are kept of it.
    pub fn kept(&self) -> Kept {
        Kept::of(&self.data_dir)
    }

    /// The same for another cluster, which only differs by the end of its name.
    pub fn beside(&self, end: &str) -> Self {
        let cluster = self.place.cluster.with_extension(end);
        Self { place: Place { cluster, ..self.place.clone() }, ..self.clone() }
    }
}

/// A running private cluster. It stops when this value is dropped; `stop` does the same and waits visibly.
#[derive(Debug)]
pub struct Cluster {
    ground: Ground,
    programs: Programs,
    keeper: Keeper,
}

impl Cluster {
    /// Starts the cluster in this data folder once it answers: makes it where there is none, and moves it to a newer
    /// PostgreSQL where that can be.
    ///
    /// Errors when another Inroad uses the folder, when no PostgreSQL is found, or when it cannot start; the message
    /// says what to do.
    pub async fn start(bin: Option<&Path>, data_dir: &Path) -> anyhow::Result<Self> {
        Self::start_with(bin, data_dir, Restarts::default()).await
    }

    /// The same, started again by these rules when it ends by itself.
    pub async fn start_with(bin: Option<&Path>, data_dir: &Path, restarts: Restarts) -> anyhow::Result<Self> {
        let ground = Ground::take(data_dir)?;
        let programs = moving::programs_for(bin, &ground).await?;
        Self::run(ground, programs, restarts).await
    }

    /// Runs these programs on this ground.
    pub(super) async fn run(ground: Ground, programs: Programs, restarts: Restarts) -> anyhow::Result<Self> {
        tokio::task::spawn_blocking(move || {
            let place = &ground.place;
            place.create_private(&place.socket)?;
            if !place.cluster.exists() {
                make(&programs, place)?;
            }
            set_large_log_aside(&place.log)?;
            let keeper = Keeper::start(programs.clone(), place.clone(), restarts)?;
            tracing::info!(version = programs.major, folder = %place.cluster.display(), "private PostgreSQL started");
            Ok(Self { ground, programs, keeper })
        })
        .await?
    }

    /// Whether this data folder holds the data of a cluster.
    pub fn is_in(data_dir: &Path) -> bool {
        ["postgres", "postgres.moved"].iter().any(|name| data_dir.join(name).exists())
    }

    /// The programs that run it.
    pub(super) fn programs(&self) -> &Programs {
        &self.programs
    }

    /// The dumps that are kept of it.
    pub(super) fn kept(&self) -> Kept {
        self.ground.kept()
    }

    /// The address of Inroad's database in this cluster.
    pub fn url(&self) -> Secret {
        url_by(&self.ground.place.socket)
    }

    /// The same for the cluster of a data folder that some program is running; nothing where none is.
    pub fn url_where_it_runs(data_dir: &Path) -> Option<Secret> {
        let cluster = fs::canonicalize(data_dir).ok()?.join(CLUSTER);
        leftover::socket_folder(&cluster).map(|socket| url_by(&socket))
    }

    /// Whether some program keeps its data in this folder just now.
    ///
    /// Errors when it cannot be told, for want of rights.
    pub fn is_in_use(data_dir: &Path) -> anyhow::Result<bool> {
        let path = data_dir.join(LOCK);
        match File::open(&path) {
            Ok(file) => Ok(matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// What the server is doing, now and later.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.keeper.health()
    }

    /// Makes Inroad's database in the cluster where it is missing.
    pub async fn create_database(&self) -> sqlx::Result<()> {
        let url = self.url();
        if !Postgres::database_exists(url.expose()).await? {
            Postgres::create_database(url.expose()).await?;
        }
        Ok(())
    }

    /// Stops the cluster: connections are ended, what is in memory is written, the socket is gone. Blocks.
    pub fn stop(self) {
        drop(self);
    }

    /// The same, and then does this while the folder is still this program's.
    pub(super) fn stop_then(mut self, then: impl FnOnce(&Path, &Kept)) {
        self.keeper.stop();
        then(&self.ground.place.cluster, &self.ground.kept());
    }
}

fn url_by(socket: &Path) -> Secret {
    let socket = socket.to_string_lossy();
    let host = utf8_percent_encode(&socket, NON_ALPHANUMERIC);
    Secret::new(format!("postgres://{USER}@localhost/{DATABASE}?host={host}"))
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.keeper.stop();
        self.ground.place.remove_short_folder();
    }
}

/// Refuses a second program on the same folder. The lock ends with the program, however that ends.
fn lock(data_dir: &Path) -> anyhow::Result<File> {
    let path = data_dir.join(LOCK);
    let file = private_file(&path, OpenOptions::new().write(true));
    let file = file.with_context(|| format!("The file {} cannot be written.", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "Another Inroad is using the data in {}. Stop it first, or choose another folder with INROAD_DATA_DIR.",
            data_dir.display()
        ),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Opens a file that only its owner may read, lock or write, whatever an earlier program left there.
fn private_file(path: &Path, options: &mut OpenOptions) -> std::io::Result<File> {
    let file = options.create(true).truncate(false).mode(0o600).open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}

/// Makes the cluster beside its place and moves it there when whole, so that an interrupted start leaves no half of one.
fn make(programs: &Programs, place: &Place) -> anyhow::Result<()> {
    tracing::info!(folder = %place.cluster.display(), "making a private PostgreSQL cluster");
    let unfinished = place.cluster.with_extension("unfinished");
    let mut complaint = String::new();
    // Not every system has C.UTF-8, whose lower() knows more than English.
    for locale in ["C.UTF-8", "C"] {
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        place.create_private(&unfinished)?;
        let output = command(&programs.folder.join("initdb"), place)
            .args(["--encoding=UTF8", "--auth-local=trust", "--auth-host=reject", "--no-instructions"])
            .arg(format!("--locale={locale}"))
            .arg(format!("--username={USER}"))
            .arg("--pgdata")
            .arg(&unfinished)
            .output()
            .context("PostgreSQL's initdb could not be run.")?;
        if output.status.success() {
            return fs::rename(&unfinished, &place.cluster).context("The new cluster could not be moved to its place.");
        }
        complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    }
    bail!("PostgreSQL could not make its data folder {}: {complaint}", place.cluster.display())
}

fn set_large_log_aside(log: &Path) -> std::io::Result<()> {
    let old = log.with_extension("log.old");
    if fs::metadata(log).is_ok_and(|found| found.len() > LOG_BYTES) {
        fs::rename(log, &old)?;
    }
    if old.exists() {
        fs::set_permissions(&old, Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// A command run as the cluster's user, out of reach of the terminal's signals and of the caller's settings.
fn command(program: &Path, place: &Place) -> Command {
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
pub(super) struct Process {
    pid: Pid,
    ended: Receiver<ExitStatus>,
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

    fn try_start(programs: &Programs, place: &Place, stopping: &AtomicBool) -> anyhow::Result<Self> {
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

    fn spawn(mut command: Command) -> std::io::Result<Self> {
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

/// The major version that wrote a cluster, where there is one.
pub(super) fn written_by(cluster: &Path) -> anyhow::Result<Option<u32>> {
    if !cluster.exists() {
        return Ok(None);
    }
    let version = fs::read_to_string(cluster.join("PG_VERSION"))
        .with_context(|| format!("{} is not a PostgreSQL data folder.", cluster.display()))?;
    Ok(Some(version.trim().parse()?))
}
