//! The folders of the private cluster, and the user it runs as.

use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use nix::unistd::{User, geteuid};
use sha2::{Digest, Sha256};

/// The bytes a socket's path may have: 107 on Linux, 103 on macOS; PostgreSQL adds the name below to the folder.
const SOCKET_PATH_BYTES: usize = 103;
/// The folder of the cluster within the data folder.
pub(super) const CLUSTER: &str = "postgres";
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

/// The user the cluster runs as: the one who started the program, but never root.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunAs {
    uid: u32,
    gid: u32,
    from_root: bool,
}

impl RunAs {
    /// The caller, or for root the user `postgres`, else `nobody`.
    pub fn find() -> anyhow::Result<Self> {
        if !geteuid().is_root() {
            return Ok(Self { uid: geteuid().as_raw(), gid: nix::unistd::getegid().as_raw(), from_root: false });
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = User::from_name(name)? {
                return Ok(Self { uid: user.uid.as_raw(), gid: user.gid.as_raw(), from_root: true });
            }
        }
        bail!("PostgreSQL does not run as root. Start Inroad as another user, or make a user 'postgres'.")
    }

    /// What the user is called, else its number.
    pub fn name(&self) -> String {
        let found = User::from_uid(nix::unistd::Uid::from_raw(self.uid)).ok().flatten();
        found.map_or_else(|| self.uid.to_string(), |user| user.name)
    }

    /// Makes the command run as this user, without root's other groups.
    pub fn apply(&self, command: &mut Command) {
        if self.from_root {
            command.uid(self.uid).gid(self.gid);
        }
    }
}

/// Where everything of the private cluster is.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub cluster: PathBuf,
    pub socket: PathBuf,
    pub log: PathBuf,
    pub run_as: RunAs,
}

impl Place {
    /// Makes the folders around the cluster, not the cluster itself.
    pub fn prepare(data_dir: &Path, run_as: RunAs) -> anyhow::Result<Self> {
        // The cluster's user must be able to pass through, and only that.
        let mode = if run_as.from_root { 0o711 } else { 0o700 };
        let unusable =
            || format!("The data folder {} cannot be used; name another in INROAD_DATA_DIR.", data_dir.display());
        if let Some(parent) = data_dir.parent() {
            DirBuilder::new().recursive(true).mode(0o755).create(parent).with_context(unusable)?;
        }
        DirBuilder::new().recursive(true).mode(mode).create(data_dir).with_context(unusable)?;
        let data_dir = fs::canonicalize(data_dir).with_context(unusable)?;
        if run_as.from_root {
            let now = fs::metadata(&data_dir)?.permissions().mode();
            fs::set_permissions(&data_dir, Permissions::from_mode(now | 0o011))?;
            passable(&data_dir, run_as)?;
        }
        let place = Self {
            cluster: data_dir.join(CLUSTER),
            socket: socket_folder(&data_dir),
            log: data_dir.join("postgres.log"),
            run_as,
        };
        place.take_over_copy(&data_dir)?;
        place.create_private(&place.socket)?;
        Ok(place)
    }

    /// Removes the socket's folder where it is not in the data folder; the server has taken the socket away.
    pub fn remove_short_folder(&self) {
        if self.socket.parent() != self.cluster.parent() {
            fs::remove_dir(&self.socket).ok();
        }
    }

    /// Makes a folder only the cluster's user may enter, or checks that the one there is such a folder.
    pub fn create_private(&self, folder: &Path) -> anyhow::Result<()> {
        match DirBuilder::new().mode(0o700).create(folder) {
            Ok(()) if self.run_as.from_root => chown(folder, Some(self.run_as.uid), Some(self.run_as.gid))?,
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let found = fs::symlink_metadata(folder)?;
                if !found.is_dir() || found.uid() != self.run_as.uid || found.mode() & 0o077 != 0 {
                    bail!(
                        "The folder {} is there already, but does not belong to the user PostgreSQL runs as alone. \
                         Move it away, or start Inroad as the user who made it.",
                        folder.display()
                    );
                }
            }
            Err(error) => return Err(error).with_context(|| format!("{} cannot be made.", folder.display())),
        }
        Ok(())
    }
}

impl Place {
    /// Mends folders that were copied without their owner and modes, as `cp -r` does, where that is safe: they are ours already, or
    /// root's in a folder of root's, and we are root. Otherwise says what would mend them.
    fn take_over_copy(&self, data_dir: &Path) -> anyhow::Result<()> {
        let around = fs::metadata(data_dir)?;
        let is_roots = self.run_as.from_root && around.uid() == 0 && around.mode() & 0o022 == 0;
        for name in ["postgres", "socket"] {
            let folder = data_dir.join(name);
            match fs::symlink_metadata(&folder) {
                Ok(found) if found.is_dir() => self.mend(&folder, &found, is_roots)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn mend(&self, folder: &Path, found: &Metadata, is_roots: bool) -> anyhow::Result<()> {
        let is_ours = found.uid() == self.run_as.uid;
        if is_ours && found.mode() & 0o077 == 0 {
            return Ok(());
        }
        let may_be_given = is_roots && found.uid() == 0;
        if !(is_ours || may_be_given) {
            let (folder, user) = (folder.display(), self.run_as.name());
            bail!(
                "{folder} does not belong to the user PostgreSQL runs as, {user}: a copy keeps its owner with 'cp -a'. \
                 To mend this one, run as root: chown -R {user} '{folder}' && chmod 700 '{folder}'"
            );
        }
        tracing::info!(folder = %folder.display(), "mending the owner and modes of a copy");
        let mended = || {
            // Nobody but root may enter meanwhile, nor anybody but its user afterwards: what is inside needs no modes of its own.
            fs::set_permissions(folder, Permissions::from_mode(0o700))?;
            if is_ours { Ok(()) } else { self.take_over(folder) }
        };
        mended().with_context(|| format!("{} could not be mended.", folder.display()))
    }

    /// What is in a folder first: it counts as mended once all of it is. Links are not followed.
    fn take_over(&self, path: &Path) -> std::io::Result<()> {
        if fs::symlink_metadata(path)?.is_dir() {
            for entry in fs::read_dir(path)? {
                self.take_over(&entry?.path())?;
            }
        }
        lchown(path, Some(self.run_as.uid), Some(self.run_as.gid))
    }
}

/// The folder of the socket of a data folder.
fn socket_folder(data_dir: &Path) -> PathBuf {
    let socket = data_dir.join("socket");
    let fits = socket.as_os_str().as_bytes().len() + SOCKET_NAME.len() <= SOCKET_PATH_BYTES;
    if fits { socket } else { short_folder(data_dir) }
}

/// A folder for the socket where the data folder's path is too long for one: the same at each start.
fn short_folder(data_dir: &Path) -> PathBuf {
    let digest = Sha256::digest(data_dir.as_os_str().as_bytes());
    let name = format!("inroad-{}", data_encoding::HEXLOWER.encode(&digest[..8]));
    let temporary = std::env::temp_dir();
    let fits = temporary.as_os_str().len() + name.len() + SOCKET_NAME.len() < SOCKET_PATH_BYTES;
    if fits { temporary.join(name) } else { Path::new("/tmp").join(name) }
}

/// Refuses a folder that root may reach and the cluster's user may not.
fn passable(data_dir: &Path, run_as: RunAs) -> anyhow::Result<()> {
    for parent in data_dir.ancestors().skip(1) {
        let found = fs::metadata(parent)?;
        let needed = match found {
            _ if found.uid() == run_as.uid => 0o100,
            _ if found.gid() == run_as.gid => 0o010,
            _ => 0o001,
        };
        if found.mode() & needed == 0 {
            bail!(
                "PostgreSQL does not run as root, and its user may not pass through {}. \
                 Choose another data folder with INROAD_DATA_DIR, such as /var/lib/inroad, or start Inroad as another user.",
                parent.display()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_gets_a_short_socket_folder() {
        let short = short_folder(Path::new("/a").join("b".repeat(200)).as_path());
        assert!(short.as_os_str().len() + SOCKET_NAME.len() <= SOCKET_PATH_BYTES);
        assert_ne!(short, short_folder(Path::new("/another")));
    }

    #[test]
    fn a_folder_others_may_enter_is_not_private() {
        let parent = tempfile::tempdir().unwrap();
        let run_as = RunAs { uid: geteuid().as_raw(), gid: 0, from_root: false };
        let place = Place::prepare(&parent.path().join("data"), run_as).unwrap();
        let folder = parent.path().join("folder");
        place.create_private(&folder).unwrap();
        place.create_private(&folder).unwrap();
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        assert!(place.create_private(&folder).is_err());
        fs::remove_dir(&folder).unwrap();
        std::os::unix::fs::symlink(parent.path(), &folder).unwrap();
        assert!(place.create_private(&folder).is_err());
    }
}
