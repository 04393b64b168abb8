//! Finding PostgreSQL's programs on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

use super::system::System;

/// The oldest major version the schema is tested with.
pub(super) const OLDEST: u32 = 14;

/// A folder with PostgreSQL's server programs, and their major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    pub folder: PathBuf,
    pub major: u32,
}

/// The programs to choose from, the best first: the folder that was named; else `PATH`, then the newest of the places
/// distributions use, then a bundle beside this program.
pub(super) fn wanted(named: Option<&Path>) -> anyhow::Result<Vec<Programs>> {
    match named {
        Some(folder) => match programs_in(folder) {
            Some(programs) => Ok(vec![programs]),
            None => bail!(
                "INROAD_PG_BIN is '{}', which does not hold PostgreSQL's programs. \
                 It should be the folder of initdb and postgres, such as /usr/lib/postgresql/17/bin.",
                folder.display()
            ),
        },
        None => Ok(candidates().iter().filter_map(|folder| programs_in(folder)).collect()),
    }
}

/// The first of them that a new cluster can be made with.
pub(super) fn newest_enough(wanted: Vec<Programs>) -> anyhow::Result<Programs> {
    match (wanted.iter().find(|programs| programs.major >= OLDEST), wanted.first()) {
        (Some(programs), _) => Ok(programs.clone()),
        (None, Some(old)) => bail!(
            "PostgreSQL {} ({}) is too old: Inroad needs {OLDEST} or newer. Install a newer one, or set DATABASE_URL.",
            old.major,
            old.folder.display()
        ),
        (None, None) => bail!(
            "PostgreSQL was not found on this machine. Install it {}, \
             or set DATABASE_URL to a PostgreSQL server, as postgres://user:password@host:5432/database.",
            System::here().any()
        ),
    }
}

/// A folder with the programs that take dumps and bring them back, and their major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clients {
    pub folder: PathBuf,
    pub major: u32,
}

/// Finds the programs for dumps of a server of this version, where the server's are looked for: of the same version, else
/// of the next one that knows it.
pub(super) fn find_clients(named: Option<&Path>, server: u32) -> anyhow::Result<Clients> {
    let folders = named.map(Path::to_owned).into_iter().chain(candidates());
    let known: Vec<Clients> = folders.filter_map(|folder| clients_in(&folder)).collect();
    match known.iter().filter(|clients| clients.major >= server).min_by_key(|clients| clients.major) {
        Some(clients) => Ok(clients.clone()),
        None => bail!(
            "pg_dump, pg_restore and psql of PostgreSQL {server} or newer were not found on this machine{}. \
             Install PostgreSQL {server} {}, or name the folder of its programs in INROAD_PG_BIN.",
            match known.iter().max_by_key(|clients| clients.major) {
                Some(old) => format!(" (only those of {}, in {})", old.major, old.folder.display()),
                None => String::new(),
            },
            System::here().major(server)
        ),
    }
}

/// Links are followed here too, and what only calls another program of that name is passed over.
fn clients_in(folder: &Path) -> Option<Clients> {
    let program = std::fs::canonicalize(folder.join("pg_dump")).ok()?;
    let folder = program.parent()?.to_owned();
    let whole = ["pg_dump", "pg_restore", "psql"].iter().all(|name| folder.join(name).is_file());
    let said = whole.then(|| Command::new(folder.join("pg_dump")).arg("--version").output())?.ok()?;
    let major = major_version(&String::from_utf8_lossy(&said.stdout))?;
    Some(Clients { folder, major })
}

/// Where to look, in order of preference.
fn candidates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let mut known = Vec::new();
    for (parent, prefix, rest) in [
        ("/usr/lib/postgresql", "", "bin"), // Debian, Ubuntu
        ("/usr", "pgsql-", "bin"),          // PostgreSQL's own packages for Fedora and its kin
        ("/usr/lib", "postgresql", "bin"),  // openSUSE, Gentoo
        ("/usr/libexec", "postgresql", ""), // Alpine
        ("/opt/homebrew/opt", "postgresql", "bin"),
        ("/usr/local/opt", "postgresql", "bin"), // Homebrew on Intel
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
        ("/Library/PostgreSQL", "", "bin"), // the installer for macOS
        ("/opt", "pgsql-", "bin"),          // Arch's version before
    ] {
        for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(prefix) {
                known.push(entry.path().join(rest));
            }
        }
    }
    known.sort_by_cached_key(|folder| std::cmp::Reverse(programs_in(folder).map_or(0, |programs| programs.major)));
    folders.extend(known);
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("postgresql/bin")));
    folders.extend(beside);
    folders
}

/// The programs in this folder, when both of them are there and `postgres` says its version.
///
/// Links are followed first, since the programs look for their own files beside themselves.
fn programs_in(folder: &Path) -> Option<Programs> {
    if !folder.join("initdb").is_file() {
        return None;
    }
    let program = std::fs::canonicalize(folder.join("initdb")).ok()?;
    let folder = program.parent()?.to_owned();
    let said = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    let major = major_version(&String::from_utf8_lossy(&said.stdout))?;
    Some(Programs { folder, major })
}

/// Reads 'postgres (PostgreSQL) 17.2 (Debian 17.2-1)' and '18beta1'.
fn major_version(said: &str) -> Option<u32> {
    let version = said.split("(PostgreSQL) ").nth(1)?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_postgres_says_them() {
        for (said, major) in [
            ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 18beta1\n", Some(18)),
            ("postgres (PostgreSQL) 9.6.24\n", Some(9)),
            ("something else", None),
        ] {
            assert_eq!(major_version(said), major, "{said}");
        }
    }

    #[test]
    fn a_folder_without_programs_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let message = wanted(Some(folder.path())).unwrap_err().to_string();
        assert!(message.contains("INROAD_PG_BIN") && message.contains(&folder.path().display().to_string()));
    }
}
