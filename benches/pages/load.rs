//! The load: threads that each keep one connection and ask for one page after another.
//!
//! Threads of the standard library, and no client of a library: what the load costs is taken from the cores that are measured.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// Requests before the first that counts: connections are opened, statements prepared, plans made.
const WARM_UP: Duration = Duration::from_secs(1);
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// One kept connection, opened again when the server says that an answer was its last on it.
pub struct Client {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
    is_over: bool,
}

/// What was answered.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Where the answer leads to.
    pub location: Option<String>,
    /// The bytes of the body as sent over the wire.
    pub body: Vec<u8>,
}

impl Client {
    /// Opens a connection.
    pub fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        Ok(Self { address, stream: open(address)?, is_over: false })
    }

    /// Sends a whole request and waits for the whole answer.
    pub fn send(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        if std::mem::take(&mut self.is_over) {
            self.stream = open(self.address)?;
        }
        self.stream.get_mut().write_all(request)?;
        let mut line = self.line()?;
        let status =
            line.get(9..12).and_then(|code| code.parse().ok()).with_context(|| format!("no answer: {line}"))?;
        let mut answer = Answer { status, location: None, body: Vec::new() };
        let (mut length, mut chunked) = (0, false);
        loop {
            line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else { break };
            match name {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = true,
                "connection" => self.is_over = value == "close",
                "location" => answer.location = Some(value.to_owned()),
                _ => {}
            }
        }
        while chunked {
            length = usize::from_str_radix(&self.line()?, 16)?;
            self.body(&mut answer.body, length)?;
            self.line()?;
            chunked = length > 0;
            length = 0;
        }
        self.body(&mut answer.body, length)?;
        Ok(answer)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        line.truncate(line.trim_end().len());
        Ok(line)
    }

    fn body(&mut self, into: &mut Vec<u8>, length: usize) -> anyhow::Result<()> {
        let start = into.len();
        into.resize(start + length, 0);
        Ok(self.stream.read_exact(into.get_mut(start..).unwrap_or_default())?)
    }
}

fn open(address: SocketAddr) -> anyhow::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::with_capacity(64 * 1024, stream))
}

/// What a page did under load.
pub struct Measured {
    /// Requests answered in a second.
    pub per_second: f64,
    /// The time half of the answers needed at most.
    pub p50: Duration,
    /// The time 99 of 100 answers needed at most.
    pub p99: Duration,
}

/// Sends the requests in turn over so many connections for so long; every answer must be 200.
pub fn run(address: SocketAddr, requests: &[Vec<u8>], connections: usize, time: Duration) -> anyhow::Result<Measured> {
    let begin = Instant::now() + WARM_UP;
    let end = begin + time;
    let mut times = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|at| {
                let mut own = requests.iter().cycle().skip(at * requests.len() / connections);
                scope.spawn(move || one_connection(address, || own.next(), begin, end))
            })
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            all.append(&mut thread.join().map_err(|_| anyhow::anyhow!("a connection's thread panicked"))??);
        }
        anyhow::Ok(all)
    })?;
    times.sort_unstable();
    let share = |of: usize| times.get(times.len() * of / 100).copied().context("no answer came in time");
    Ok(Measured { per_second: times.len() as f64 / time.as_secs_f64(), p50: share(50)?, p99: share(99)? })
}

fn one_connection<'a>(
    address: SocketAddr,
    mut next: impl FnMut() -> Option<&'a Vec<u8>>,
    begin: Instant,
    end: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut client = Client::connect(address)?;
    let mut times = Vec::with_capacity(100_000);
    while let Some(request) = next() {
        let sent = Instant::now();
        if sent >= end {
            break;
        }
        let answer = client.send(request)?;
        if answer.status != 200 {
            bail!("answered {} under load", answer.status);
        }
        if sent >= begin {
            times.push(sent.elapsed());
        }
    }
    Ok(times)
}

/// The processor time this program has used: what the load itself costs.
pub fn own_processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Linux counts in hundredths of a second; the name in brackets may hold blanks.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
