//! The private PostgreSQL cluster: what Inroad keeps its data in when no server is named.
//!
//! It lives in the data folder, listens on a unix socket in a folder only its user may enter, and never runs as root.
//! One program owns it (a lock on a file says so); it stops with that program, and recovers by itself after a crash.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::Postgres;
use sqlx::migrate::MigrateDatabase;
use tokio::sync::watch;

use super::dumps::kept::Kept;
use super::keeper::{Health, Keeper, Restarts};
use super::leftover;
use super::place::{CLUSTER, Place, RunAs};
use super::process::{command, private_file};
use super::programs::Programs;
use crate::config::Secret;

/// The cluster's one user, its superuser.
const USER: &str = "inroad";
/// The database in it.
const DATABASE: &str = "inroad";
/// The file whose lock the program holds that uses the data folder.
const LOCK: &str = "inroad.lock";

/// How long a lock may outlive its holder: a program that is just being started has a copy of it until it is itself.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);

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
    pub fn take(data_dir: &Path) -> anyhow::Result<Self> {
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
    let since = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if since.elapsed() < LOCK_PATIENCE => std::thread::sleep(LOCK_PATIENCE / 20),
            Err(TryLockError::WouldBlock) => bail!(
                "Another Inroad is using the data in {}. Stop it first, or choose another folder with INROAD_DATA_DIR.",
                data_dir.display()
            ),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
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

/// The major version that wrote a cluster, where there is one.
pub(super) fn written_by(cluster: &Path) -> anyhow::Result<Option<u32>> {
    if !cluster.exists() {
        return Ok(None);
    }
    let version = fs::read_to_string(cluster.join("PG_VERSION"))
        .with_context(|| format!("{} is not a PostgreSQL data folder.", cluster.display()))?;
    Ok(Some(version.trim().parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_just_let_go_is_waited_for_and_one_that_is_held_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let held = lock(folder.path()).unwrap();
        assert!(lock(folder.path()).unwrap_err().to_string().contains("Another Inroad"));
        std::thread::scope(|scope| {
            scope.spawn(|| lock(folder.path()).unwrap());
            std::thread::sleep(LOCK_PATIENCE / 5);
            drop(held);
        });
    }
}
