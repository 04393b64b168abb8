//! What a server says about itself in `postmaster.pid`, and what a program that was killed leaves behind there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::bail;
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

const STOP_PATIENCE: Duration = Duration::from_secs(30);

/// Whether this very process says that it takes connections.
pub(super) fn is_ready(cluster: &Path, pid: Pid) -> bool {
    let Some(lines) = read(cluster) else { return false };
    lines.first().and_then(|line| pid_in(line)) == Some(pid) && lines.get(7).is_some_and(|line| line.trim() == "ready")
}

/// Where a server that runs on this folder takes connections.
pub(super) fn socket_folder(cluster: &Path) -> Option<PathBuf> {
    let lines = read(cluster)?;
    let pid = pid_in(lines.first()?)?;
    is_server_of(pid, cluster).then(|| lines.get(4).map(PathBuf::from)).flatten()
}

/// Ends a server that outlived the program it belonged to, and clears a stale file that would block the next one.
///
/// Only called while holding the folder's lock: no living program owns what is found.
pub(super) fn stop(cluster: &Path) -> anyhow::Result<()> {
    let Some(pid) = read(cluster).and_then(|lines| pid_in(lines.first()?)) else { return Ok(()) };
    if kill(pid, None) == Err(Errno::ESRCH) {
        // PostgreSQL itself knows what to do with the file of a process that is gone.
        return Ok(());
    }
    if !is_server_of(pid, cluster) {
        // The number was given to another process since, which is usual in containers; PostgreSQL would refuse to start.
        fs::remove_file(cluster.join("postmaster.pid")).ok();
        return Ok(());
    }
    kill(pid, Signal::SIGINT).ok();
    let deadline = Instant::now() + STOP_PATIENCE;
    while is_server_of(pid, cluster) {
        if Instant::now() > deadline {
            bail!("A PostgreSQL left behind in {} (process {pid}) does not stop. End it by hand.", cluster.display());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn read(cluster: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
    Some(text.lines().map(str::to_owned).collect())
}

fn pid_in(line: &str) -> Option<Pid> {
    line.trim().parse().ok().filter(|pid| *pid > 1).map(Pid::from_raw)
}

/// Whether the process is a PostgreSQL server on this folder, as its command line says.
fn is_server_of(pid: Pid, cluster: &Path) -> bool {
    let arguments = match fs::read(format!("/proc/{pid}/cmdline")) {
        Ok(arguments) => arguments.split(|byte| *byte == 0).collect::<Vec<_>>().join(&b' '),
        Err(_) if cfg!(target_os = "linux") => return false,
        Err(_) => match Command::new("ps").args(["-o", "args=", "-p", &pid.to_string()]).output() {
            Ok(output) => output.stdout,
            Err(_) => return false,
        },
    };
    String::from_utf8_lossy(&arguments).contains(&format!("postgres -D {} ", cluster.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_given_to_another_process_is_cleared() {
        let cluster = tempfile::tempdir().unwrap();
        let file = cluster.path().join("postmaster.pid");
        fs::write(&file, format!("{}\n/data\n", std::process::id())).unwrap();
        stop(cluster.path()).unwrap();
        assert!(!file.exists());
    }

    #[test]
    fn a_server_that_is_gone_has_no_socket() {
        let cluster = tempfile::tempdir().unwrap();
        fs::write(cluster.path().join("postmaster.pid"), format!("{}\n/data\n1\n5432\n/socket\n", std::process::id()))
            .unwrap();
        assert_eq!(socket_folder(cluster.path()), None);
    }

    #[test]
    fn ready_is_only_what_the_process_itself_says() {
        let cluster = tempfile::tempdir().unwrap();
        let said = "77\n/data\n1\n5432\n/socket\n\n1 2\nready   \n";
        fs::write(cluster.path().join("postmaster.pid"), said).unwrap();
        assert!(is_ready(cluster.path(), Pid::from_raw(77)));
        assert!(!is_ready(cluster.path(), Pid::from_raw(78)));
    }
}
