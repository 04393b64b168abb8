//! A mail server that keeps what it takes, and fails as it is told: SMTP on a loopback port.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use inroad::config::Settings;
use mail_parser::{Message, MessageParser};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes every mail.
    Takes,
    /// It answers this command so.
    Says(&'static str, &'static str),
    /// It hangs up when this command comes; '.' is the end of a mail.
    HangsUpAt(&'static str),
    /// It lets one connect and says nothing.
    Silent,
}

/// A mail as it came.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Whom the envelope names.
    pub to: Vec<String>,
    /// Headers and body.
    pub data: Vec<u8>,
}

/// The server; it ends with this value.
pub struct Sink {
    /// Where it listens.
    pub address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    mood: Arc<Mutex<Mood>>,
    /// The commands that came, in order.
    pub said: Arc<Mutex<Vec<String>>>,
    /// How often somebody connected.
    pub connections: Arc<Mutex<usize>>,
    serving: JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Sink {
    /// Starts one that takes every mail.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (taken, mood) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Mood::Takes)));
        let connections = Arc::new(Mutex::new(0));
        let said = Arc::new(Mutex::new(Vec::new()));
        let (all, now, count, verbs) = (taken.clone(), mood.clone(), connections.clone(), said.clone());
        let serving = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                *count.lock().unwrap() += 1;
                tokio::spawn(converse(stream, all.clone(), verbs.clone(), *now.lock().unwrap()));
            }
        });
        Self { address, taken, mood, said, connections, serving }
    }

    /// Sets a program up to send here.
    pub fn set_up(&self, settings: &mut Settings) {
        settings.url = settings.listen.as_ref().map(|address| format!("http://{address}"));
        settings.smtp_url = Some(format!("smtp://{}", self.address));
        settings.mail_from = Some("Inroad <inroad@inroad.example>".into());
    }

    /// Behaves so from the next connection on.
    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What was taken since the last time this was asked.
    pub fn take(&self) -> Vec<Taken> {
        std::mem::take(&mut *self.taken.lock().unwrap())
    }

    /// The one mail that was taken since then.
    #[track_caller]
    pub fn one(&self) -> Taken {
        let mut taken = self.take();
        assert_eq!(taken.len(), 1, "{:?}", taken.iter().map(Taken::subject).collect::<Vec<_>>());
        taken.remove(0)
    }
}

impl Taken {
    /// The mail as a program that reads mail has it.
    pub fn message(&self) -> Message<'_> {
        MessageParser::default().parse(&self.data).unwrap()
    }

    /// Its subject.
    pub fn subject(&self) -> String {
        self.message().subject().unwrap_or_default().to_owned()
    }

    /// What it says without HTML.
    pub fn plain(&self) -> String {
        self.message().body_text(0).unwrap_or_default().into_owned()
    }

    /// What it says with.
    pub fn html(&self) -> String {
        self.message().body_html(0).unwrap_or_default().into_owned()
    }

    /// The names of its headers, in order.
    pub fn headers(&self) -> Vec<String> {
        self.message().headers().iter().map(|header| header.name().to_owned()).collect()
    }

    /// The id by which it can be told that it came twice.
    pub fn id(&self) -> String {
        self.message().message_id().unwrap_or_default().to_owned()
    }

    /// The link of its button, as the plain text has it: path and query.
    #[track_caller]
    pub fn link(&self) -> String {
        let plain = self.plain();
        let line = plain.lines().find(|line| line.starts_with("http://")).unwrap_or_else(|| panic!("no link: {plain}"));
        let url = url::Url::parse(line.trim()).unwrap();
        url[url::Position::BeforePath..].to_owned()
    }
}

async fn converse(
    stream: TcpStream,
    taken: Arc<Mutex<Vec<Taken>>>,
    said: Arc<Mutex<Vec<String>>>,
    mood: Mood,
) -> Option<()> {
    if mood == Mood::Silent {
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 sink\r\n").await.ok()?;
    let mut mail = Taken { to: Vec::new(), data: Vec::new() };
    while let Some(line) = lines.next_line().await.ok()? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        said.lock().unwrap().push(verb.clone());
        if mood == Mood::HangsUpAt("DATA") && verb == "DATA" {
            return None;
        }
        let mut answer = match verb.as_str() {
            "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            "AUTH" => "235 welcome",
            "QUIT" => "221 bye",
            "DATA" => "354 go on",
            _ => "250 fine",
        };
        if let Mood::Says(at, says) = mood
            && at == verb
        {
            answer = says;
        }
        if verb == "RCPT" && answer.starts_with("250") {
            mail.to.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
        }
        writing.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        if verb == "DATA" && answer.starts_with("354") {
            while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                mail.data.extend_from_slice(line.strip_prefix('.').unwrap_or(&line).as_bytes());
                mail.data.extend_from_slice(b"\r\n");
            }
            if mood == Mood::HangsUpAt(".") {
                return None;
            }
            let whole = std::mem::replace(&mut mail, Taken { to: Vec::new(), data: Vec::new() });
            taken.lock().unwrap().push(whole);
            writing.write_all(b"250 taken\r\n").await.ok()?;
        }
        if verb == "QUIT" {
            break;
        }
    }
    Some(())
}
