//! The server under test, as its own process.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A running `inroad serve`. It is told to stop when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it said it took to start.
    pub started_in: Duration,
}

impl Server {
    /// Starts the program with this data folder, and with this database or with the private one.
    pub fn start(program: &Path, data: &Path, database: Option<&str>) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command
            .arg("serve")
            .env_remove("DATABASE_URL")
            .env("INROAD_DATA_DIR", data)
            .env("INROAD_LISTEN", "127.0.0.1:0")
            // One address may hold 200 connections, a proxy more.
            .env("INROAD_TRUSTED_PROXIES", "127.0.0.1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(url) = database {
            command.env("DATABASE_URL", url);
        }
        let mut child = command.spawn().with_context(|| format!("{} cannot be started", program.display()))?;
        let said = first_line(&mut child);
        let (address, started_in) = match said.as_deref().ok().and_then(read_greeting) {
            Some(greeting) => greeting,
            None => {
                child.kill()?;
                child.wait()?;
                anyhow::bail!("the server did not start; it said: {said:?}");
            }
        };
        Ok(Self { child, address, started_in })
    }

    /// What the process keeps in memory, in MiB: now, and at most since `forget_peak`.
    pub fn memory(&self) -> anyhow::Result<(f64, f64)> {
        let text = std::fs::read_to_string(self.proc("status")).context("memory is read from /proc, on Linux")?;
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
        };
        field("VmRSS:").zip(field("VmHWM:")).context("/proc says nothing about memory")
    }

    /// Lets the peak of the memory start from now.
    pub fn forget_peak(&self) -> anyhow::Result<()> {
        Ok(std::fs::write(self.proc("clear_refs"), "5")?)
    }

    fn proc(&self, file: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{file}", self.child.id()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let id = i32::try_from(self.child.id()).map(Pid::from_raw);
        if id.map_err(anyhow::Error::from).and_then(|id| Ok(kill(id, Signal::SIGTERM)?)).is_ok() {
            let _ = self.child.wait();
        }
    }
}

fn first_line(child: &mut Child) -> anyhow::Result<String> {
    let stdout = child.stdout.take().context("no output")?;
    let mut lines = BufReader::new(stdout);
    let mut line = String::new();
    lines.read_line(&mut line)?;
    // What else it says is read away, so that it never waits for a reader.
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    Ok(line)
}

/// Reads 'Inroad is at http://127.0.0.1:3000/ (started in 0.12 s)'.
fn read_greeting(line: &str) -> Option<(SocketAddr, Duration)> {
    let (address, rest) = line.split_once("http://")?.1.split_once("/ (started in ")?;
    let seconds = rest.split_once(" s)")?.0.parse().ok()?;
    Some((address.parse().ok()?, Duration::from_secs_f64(seconds)))
}
