//! A network between a browser and the program, which can be cut: connections end, and new ones get no answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The way to the program, by an address of its own.
pub struct Network {
    /// What the browser opens.
    pub base: String,
    is_there: Arc<watch::Sender<bool>>,
    carried: Arc<AtomicU64>,
}

impl Network {
    /// To the program at this address.
    pub async fn to(program: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let is_there = Arc::new(watch::Sender::new(true));
        let state = is_there.clone();
        let carried = Arc::new(AtomicU64::new(0));
        let count = carried.clone();
        tokio::spawn(async move {
            while let Ok((mut browser, _)) = listener.accept().await {
                let (mut state, count) = (state.subscribe(), count.clone());
                tokio::spawn(async move {
                    let Ok(mut other) = TcpStream::connect(program).await else { return };
                    let ((mut asks, mut hears), (mut tells, mut takes)) = (browser.split(), other.split());
                    let answers = async {
                        let mut piece = vec![0; 65536];
                        while let Ok(length @ 1..) = tells.read(&mut piece).await {
                            count.fetch_add(length as u64, Ordering::Relaxed);
                            if hears.write_all(&piece[..length]).await.is_err() {
                                break;
                            }
                        }
                    };
                    let carry = async {
                        let (_, ()) = tokio::join!(copy(&mut asks, &mut takes), answers);
                    };
                    // Dropped when it is cut, or was before it came: that is looked at first, as one turn carries a whole request.
                    tokio::select! {
                        biased;
                        _ = state.wait_for(|is_there| !is_there) => {}
                        () = carry => {}
                    }
                });
            }
        });
        Self { base, is_there, carried }
    }

    /// Bytes that came to the browser so far, heads and all.
    pub fn carried(&self) -> u64 {
        self.carried.load(Ordering::Relaxed)
    }

    /// Ends every connection, and whatever comes.
    pub fn cut(&self) {
        self.is_there.send_replace(false);
    }

    /// Lets the browser through again.
    pub fn mend(&self) {
        self.is_there.send_replace(true);
    }
}
