//! A wire between the program and its database: it can be cut, and it notes every statement that passes.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::database::server_url;

/// The wire; it ends with this value.
pub struct Proxy {
    address: SocketAddr,
    whole: watch::Sender<bool>,
    statements: Arc<Mutex<Vec<String>>>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// A wire to the tests' server.
    pub async fn start() -> Self {
        let server = server_url();
        let target = format!("{}:{}", server.host_str().unwrap(), server.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (whole, cut) = watch::channel(true);
        let statements = Arc::new(Mutex::new(Vec::new()));
        let noted = statements.clone();
        let accepting = tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                if *cut.borrow() {
                    tokio::spawn(join(client, target.clone(), cut.clone(), noted.clone()));
                }
            }
        });
        Self { address, whole, statements, accepting }
    }

    /// The address of a database by way of this wire.
    pub fn url(&self, database: &str) -> String {
        let mut url: url::Url = database.parse().unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(self.address.port())).unwrap();
        url.set_query(Some("sslmode=disable"));
        url.into()
    }

    /// Cuts it: open connections end, new ones end at once.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// Lets new connections pass again.
    pub fn mend(&self) {
        self.whole.send_replace(true);
    }

    /// The statements since the last call, one for each time one was run.
    pub fn take_statements(&self) -> Vec<String> {
        std::mem::take(&mut *self.statements.lock().unwrap())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn join(client: TcpStream, target: String, mut cut: watch::Receiver<bool>, noted: Arc<Mutex<Vec<String>>>) {
    let Ok(server) = TcpStream::connect(target).await else { return };
    for stream in [&client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    let ((from_client, mut to_client), (mut from_server, to_server)) = (client.into_split(), server.into_split());
    let back = async { tokio::io::copy(&mut from_server, &mut to_client).await.map(|_| ()) };
    tokio::select! {
        _ = forward(from_client, to_server, noted) => {}
        _ = back => {}
        _ = cut.wait_for(|whole| !whole) => {}
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
