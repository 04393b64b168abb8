//! Finding PostgreSQL's programs on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

/// The oldest major version the schema is tested with.
const OLDEST: u32 = 14;

/// A folder with PostgreSQL's server programs, and their major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    pub folder: PathBuf,
    pub major: u32,
}

/// Finds the programs: the folder that was named, else `PATH`, else the newest of the places distributions use, else a
/// bundle beside this program. Data that exists needs the version that wrote it.
pub(super) fn find(named: Option<&Path>, written_by: Option<u32>) -> anyhow::Result<Programs> {
    let found: Vec<Programs> = match named {
        Some(folder) => match programs_in(folder) {
            Some(programs) => vec![programs],
            None => bail!(
                "INROAD_PG_BIN is '{}', which does not hold PostgreSQL's programs. \
                 It should be the folder of initdb and postgres, such as /usr/lib/postgresql/17/bin.",
                folder.display()
            ),
        },
        None => candidates().iter().filter_map(|folder| programs_in(folder)).collect(),
    };
    let usable = |programs: &&Programs| match written_by {
        Some(major) => programs.major == major,
        None => programs.major >= OLDEST,
    };
    if let Some(programs) = found.iter().find(usable) {
        return Ok(programs.clone());
    }
    match (written_by, found.first()) {
        (Some(major), Some(other)) => bail!(
            "The data was written by PostgreSQL {major}, but this machine has only PostgreSQL {} ({}). \
             Install PostgreSQL {major} beside it, or name its folder in INROAD_PG_BIN.",
            other.major,
            other.folder.display()
        ),
        (None, Some(old)) => bail!(
            "PostgreSQL {} ({}) is too old: Inroad needs {OLDEST} or newer. Install a newer one, or set DATABASE_URL.",
            old.major,
            old.folder.display()
        ),
        (_, None) => bail!(
            "PostgreSQL was not found on this machine. Install it {}, \
             or set DATABASE_URL to a PostgreSQL server, as postgres://user:password@host:5432/database.",
            how_to_install(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
        ),
    }
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

/// Ends the sentence 'Install it ...' with the one command that does it here.
fn how_to_install(os_release: &str) -> &'static str {
    if cfg!(target_os = "macos") {
        return "with `brew install postgresql@17`";
    }
    let words: Vec<&str> = os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches('"').split(' '))
        .collect();
    let is = |ids: &[&str]| words.iter().any(|word| ids.contains(word));
    if is(&["debian", "ubuntu"]) {
        "with `sudo apt-get install postgresql`"
    } else if is(&["fedora", "rhel", "centos"]) {
        "with `sudo dnf install postgresql-server`"
    } else if is(&["arch"]) {
        "with `sudo pacman -S postgresql`"
    } else if is(&["alpine"]) {
        "with `sudo apk add postgresql`"
    } else if is(&["suse", "opensuse"]) {
        "with `sudo zypper install postgresql-server`"
    } else {
        "from https://www.postgresql.org/download/"
    }
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

    #[cfg(target_os = "linux")]
    #[test]
    fn each_platform_has_its_command() {
        for (release, command) in [
            ("ID=debian\n", "apt-get"),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt-get"),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf"),
            ("ID=alpine\n", "apk"),
            ("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", "zypper"),
            ("ID=arch\n", "pacman"),
        ] {
            assert!(how_to_install(release).contains(command), "{release}");
        }
    }

    #[test]
    fn a_folder_without_programs_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let message = find(Some(folder.path()), None).unwrap_err().to_string();
        assert!(message.contains("INROAD_PG_BIN") && message.contains(&folder.path().display().to_string()));
    }
}
