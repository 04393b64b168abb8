//! The program itself, as people run it.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::sleep;

/// What a machine that does much else may take for what usually takes a moment.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program; it is killed with this value.
pub struct Program {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    said: Arc<Mutex<String>>,
}

/// An address nobody listens on.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Program {
    /// `inroad serve` on this database and address, with these settings besides.
    pub fn start(database: &str, address: SocketAddr, settings: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_inroad"))
            .arg("serve")
            .env("DATABASE_URL", database)
            .env("INROAD_LISTEN", address.to_string())
            .env("INROAD_DATA_DIR", std::env::temp_dir())
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        for stream in [Box::new(out) as Box<dyn Read + Send>, Box::new(err)] {
            let said = said.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    *said.lock().unwrap() += &(line + "\n");
                }
            });
        }
        Self { child, address, said }
    }

    /// What it has said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Asks for a page on a connection of its own; an error when there is no whole answer.
    pub async fn get(&self, path: &str) -> reqwest::Result<(u16, String)> {
        let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
        let answer = client.get(format!("http://{}{path}", self.address)).send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// Returns once it can serve.
    pub async fn ready(&mut self) {
        let began = Instant::now();
        while !self.get("/readyz").await.is_ok_and(|(status, _)| status == 200) {
            assert!(self.child.try_wait().unwrap().is_none(), "it has ended:\n{}", self.said());
            assert!(began.elapsed() < PATIENCE, "it is not ready:\n{}", self.said());
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Asks it to stop.
    pub fn ask_to_stop(&self) {
        kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGTERM).unwrap();
    }

    /// Waits until it has ended.
    pub async fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it said last is read by then.
                sleep(Duration::from_millis(100)).await;
                return status;
            }
            assert!(began.elapsed() < PATIENCE, "it does not end:\n{}", self.said());
            sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
