//! A wire between the program and its database: it can be cut, fall silent or babble, and it notes every statement that
//! passes.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::database::server_url;

/// How the wire is.
#[derive(Clone, Copy)]
struct Wire {
    /// What happens to new connections.
    new: New,
    /// Connections of an earlier generation pass nothing on and never end.
    generation: u32,
}

#[derive(Clone, Copy, PartialEq)]
enum New {
    Pass,
    End,
    Babble,
}

/// The wire; it ends with this value.
pub struct Proxy {
    address: SocketAddr,
    wire: watch::Sender<Wire>,
    statements: Arc<Mutex<Vec<String>>>,
    notices: Arc<Mutex<Vec<String>>>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// A wire to the tests' server.
    pub async fn start() -> Self {
        let server = server_url();
        let target = format!("{}:{}", server.host_str().unwrap(), server.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (wire, state) = watch::channel(Wire { new: New::Pass, generation: 0 });
        let statements = Arc::new(Mutex::new(Vec::new()));
        let notices = Arc::new(Mutex::new(Vec::new()));
        let (noted, said) = (statements.clone(), notices.clone());
        let accepting = tokio::spawn(async move {
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let Wire { new, generation } = *state.borrow();
                match new {
                    New::Pass => {
                        let back = said.clone();
                        tokio::spawn(join(generation, client, target.clone(), state.clone(), noted.clone(), back));
                    }
                    New::End => {}
                    New::Babble => {
                        tokio::spawn(async move {
                            let mut heard = [0; 1024];
                            let _ = client.read(&mut heard).await;
                            let _ = client.write_all(b"HTTP/1.0 503 No server is available\r\n\r\n").await;
                        });
                    }
                }
            }
        });
        Self { address, wire, statements, notices, accepting }
    }

    /// The address of a database by way of this wire.
    pub fn url(&self, database: &str) -> String {
        self.url_with(database, "disable")
    }

    /// The same with another `sslmode`.
    pub fn url_with(&self, database: &str, sslmode: &str) -> String {
        let mut url: url::Url = database.parse().unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(self.address.port())).unwrap();
        url.set_query(Some(&format!("sslmode={sslmode}")));
        url.into()
    }

    /// Cuts it: open connections end, new ones end at once.
    pub fn cut(&self) {
        self.wire.send_modify(|wire| wire.new = New::End);
    }

    /// Ends open connections, and answers new ones as no PostgreSQL would.
    pub fn babble(&self) {
        self.wire.send_modify(|wire| wire.new = New::Babble);
    }

    /// Swallows whatever open connections say, for ever; new ones pass.
    pub fn swallow(&self) {
        self.wire.send_modify(|wire| wire.generation += 1);
    }

    /// Lets new connections pass again.
    pub fn mend(&self) {
        self.wire.send_modify(|wire| wire.new = New::Pass);
    }

    /// The statements since the last call, one for each time one was run.
    pub fn take_statements(&self) -> Vec<String> {
        std::mem::take(&mut *self.statements.lock().unwrap())
    }

    /// The notices of the server since the last call.
    pub fn take_notices(&self) -> Vec<String> {
        std::mem::take(&mut *self.notices.lock().unwrap())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn join(
    generation: u32,
    client: TcpStream,
    target: String,
    mut wire: watch::Receiver<Wire>,
    noted: Arc<Mutex<Vec<String>>>,
    said: Arc<Mutex<Vec<String>>>,
) {
    let Ok(server) = TcpStream::connect(target).await else { return };
    for stream in [&client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
    let back = backward(from_server, to_client, said);
    tokio::select! {
        _ = forward(from_client, to_server, noted) => return,
        _ = back => return,
        _ = wire.wait_for(|wire| wire.new != New::Pass || wire.generation != generation) => {}
    }
    if wire.borrow().new == New::Pass {
        // Silent: the two ends are held, and nothing is heard of either.
        std::future::pending::<()>().await;
    }
}

/// Passes the client's messages on and notes what each `Bind` or `Query` runs (PostgreSQL's protocol, version 3).
async fn forward(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    noted: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let mut prepared: HashMap<Vec<u8>, String> = HashMap::new();
    let mut started = false;
    loop {
        let kind = if started { Some(from.read_u8().await?) } else { None };
        let length = from.read_u32().await?;
        let mut body = vec![0; length.saturating_sub(4) as usize];
        from.read_exact(&mut body).await?;
        let mut parts = body.split(|byte| *byte == 0);
        let text = |part: Option<&[u8]>| String::from_utf8_lossy(part.unwrap_or_default()).into_owned();
        match kind {
            // A request for encryption is followed by the start itself.
            None => started = body.first_chunk() != Some(&80_877_103_u32.to_be_bytes()),
            Some(b'P') => {
                let name = parts.next().unwrap_or_default().to_vec();
                prepared.insert(name, text(parts.next()));
            }
            Some(b'B') => {
                let sql = parts.nth(1).and_then(|name| prepared.get(name)).cloned();
                noted.lock().unwrap().extend(sql);
            }
            Some(b'Q') => noted.lock().unwrap().push(text(parts.next())),
            Some(_) => {}
        }
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend(length.to_be_bytes());
        message.extend(body);
        to.write_all(&message).await?;
    }
}

/// Passes on what the server says, and notes its notices.
async fn backward(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    said: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    let (mut chunk, mut open) = (vec![0; 64 * 1024], Vec::new());
    loop {
        let read = from.read(&mut chunk).await?;
        if read == 0 {
            return Ok(());
        }
        open.extend_from_slice(&chunk[..read]);
        let mut at = 0;
        while let Some(head) = open.get(at..at + 5) {
            let length = u32::from_be_bytes(head[1..5].try_into().unwrap()) as usize;
            let Some(body) = open.get(at + 5..at + 1 + length) else { break };
            if head[0] == b'N' {
                let fields = body.split(|byte| *byte == 0).filter_map(|field| field.strip_prefix(b"M"));
                said.lock().unwrap().extend(fields.map(|text| String::from_utf8_lossy(text).into_owned()));
            }
            at += 1 + length;
        }
        open.drain(..at);
        // Noted first: whoever has the answer finds what was said before it.
        to.write_all(&chunk[..read]).await?;
    }
}
