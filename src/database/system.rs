//! Which system this is, as far as it decides how PostgreSQL is installed.

use std::process::{Command, Stdio};

/// A family of systems that share a package manager and its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    MacOs,
    Debian,
    Fedora,
    RedHat,
    Arch,
    Alpine,
    Suse,
    Other,
}

impl System {
    /// The system this program runs on.
    pub fn here() -> Self {
        if cfg!(target_os = "macos") {
            return Self::MacOs;
        }
        Self::of(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// The system that this `os-release` describes; its own name counts before those it is like.
    fn of(os_release: &str) -> Self {
        let words = |key: &str| -> Vec<String> {
            let value = os_release.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
            value.trim_matches('"').split(' ').map(str::to_owned).collect()
        };
        let named = |word: &String| match word.as_str() {
            "debian" | "ubuntu" => Some(Self::Debian),
            "fedora" => Some(Self::Fedora),
            "rhel" | "centos" => Some(Self::RedHat),
            "arch" => Some(Self::Arch),
            "alpine" => Some(Self::Alpine),
            "suse" | "opensuse" => Some(Self::Suse),
            _ => None,
        };
        words("ID=").iter().chain(&words("ID_LIKE=")).find_map(named).unwrap_or(Self::Other)
    }

    /// Ends the sentence 'Install it ...' with the one command that brings the usual PostgreSQL.
    pub fn any(self) -> &'static str {
        match self {
            Self::MacOs => "with `brew install postgresql@17`",
            Self::Debian => "with `sudo apt-get install postgresql`",
            Self::Fedora | Self::RedHat => "with `sudo dnf install postgresql-server`",
            Self::Arch => "with `sudo pacman -S postgresql`",
            Self::Alpine => "with `sudo apk add postgresql postgresql-client`",
            Self::Suse => "with `sudo zypper install postgresql-server`",
            Self::Other => "from https://www.postgresql.org/download/",
        }
    }

    /// The same for PostgreSQL of one major version, whether or not the system itself still has it.
    pub fn major(self, major: u32) -> String {
        match self {
            Self::MacOs => format!("with `brew install postgresql@{major}`"),
            Self::Debian if apt_has(major) => format!("with `sudo apt-get install postgresql-{major}`"),
            Self::Debian => format!(
                "from PostgreSQL's own packages, with `sudo apt-get install postgresql-common`, \
                 `sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh` and \
                 `sudo apt-get install postgresql-{major}`"
            ),
            Self::Fedora => format!("with `sudo dnf install postgresql{major}-server`"),
            Self::RedHat => format!(
                "with `sudo dnf install postgresql{major}-server`, once the packages of \
                 https://www.postgresql.org/download/linux/redhat/ are set up"
            ),
            Self::Arch => "with `sudo pacman -S postgresql-old-upgrade`, which holds the version before".into(),
            Self::Alpine => format!("with `sudo apk add postgresql{major} postgresql{major}-client`"),
            Self::Suse => format!("with `sudo zypper install postgresql{major}-server`"),
            Self::Other => "from https://www.postgresql.org/download/".into(),
        }
    }
}

/// Whether the package lists of this machine have a server of this version.
fn apt_has(major: u32) -> bool {
    Command::new("apt-cache")
        .args(["show", "--no-all-versions", &format!("postgresql-{major}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_platform_has_its_command() {
        for (release, command) in [
            ("ID=debian\n", "apt-get"),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt-get"),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf"),
            ("ID=fedora\n", "dnf"),
            ("ID=alpine\n", "apk"),
            ("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", "zypper"),
            ("ID=arch\n", "pacman"),
            ("ID=void\n", "postgresql.org"),
        ] {
            let system = System::of(release);
            assert!(system.any().contains(command), "{release}");
            assert!(system.major(15).contains(command), "{release}");
        }
    }

    #[test]
    fn a_version_that_apt_does_not_have_comes_from_postgresqls_own_packages() {
        let words = System::Debian.major(9);
        assert!(words.contains("apt.postgresql.org.sh") && words.contains("postgresql-9`"), "{words}");
    }
}
