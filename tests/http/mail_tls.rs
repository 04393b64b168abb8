//! A mail server that is not who it says: whoever sits between gets neither the password nor a mail.

use std::sync::Arc;
use std::time::Duration;

use inroad::address::EmailAddress;
use inroad::config::Settings;
use inroad::mail::letter::Letter;
use inroad::mail::outbox::Outbox;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;

use crate::support::{App, Sink};

/// A server whose certificate nobody vouches for, made out to this very address.
fn impostor() -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = made.signing_key.serialize_der().try_into().unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// What it got to read behind the handshake; nothing where nobody trusted it.
async fn read_behind(acceptor: &TlsAcceptor, stream: TcpStream) -> Option<String> {
    let mut stream = acceptor.accept(stream).await.ok()?;
    stream.write_all(b"220 ready\r\n").await.ok()?;
    let mut read = vec![0; 1024];
    let count = stream.read(&mut read).await.ok().filter(|count| *count > 0)?;
    Some(String::from_utf8_lossy(&read[..count]).into_owned())
}

/// Speaks until it is asked to go on in secret; returns the verbs it heard.
async fn speak_openly(stream: &mut TcpStream) -> Vec<String> {
    let mut verbs = Vec::new();
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 impostor ESMTP\r\n").await.unwrap();
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|count| count > 0) {
        let verb = line.split_whitespace().next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" => b"250-impostor\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n",
            "STARTTLS" => b"220 go on\r\n",
            _ => b"250 fine\r\n",
        };
        stream.write_all(answer).await.unwrap();
        let is_over = verb == "STARTTLS";
        verbs.push(verb);
        if is_over {
            break;
        }
        line.clear();
    }
    verbs
}

#[tokio::test]
async fn one_whose_certificate_nobody_vouches_for_hears_nothing() {
    for (scheme, tls) in [("smtps", ""), ("smtp", "?tls=required"), ("smtp", "?tls=opportunistic")] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (noted, mut heard) = mpsc::unbounded_channel();
        let acceptor = impostor();
        let is_wrapped = scheme == "smtps";
        let serving = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let verbs = if is_wrapped { Vec::new() } else { speak_openly(&mut stream).await };
                noted.send((verbs, read_behind(&acceptor, stream).await)).unwrap();
            }
        });
        let sink = Sink::start().await;
        let app = App::start_with(|settings: &mut Settings| {
            sink.set_up(settings);
            settings.smtp_url = Some(format!("{scheme}://inroad:s3cret@{address}{tls}"));
        })
        .await;
        let outbox = Outbox::of(&app.config);
        let to = EmailAddress::parse("zelda@example.org").unwrap();
        outbox.put(&app.db, &to, &Letter::Test, app.now()).await.unwrap();
        app.send_mail().await;

        // The program is done before the impostor has noticed that it is gone.
        let (verbs, behind): (Vec<String>, _) = timeout(Duration::from_secs(30), heard.recv()).await.unwrap().unwrap();
        assert_eq!(behind, None, "{scheme}{tls}: it was trusted");
        assert!(heard.try_recv().is_err(), "{scheme}{tls}: it was asked twice");
        serving.abort();
        assert!(verbs.iter().all(|verb| ["EHLO", "STARTTLS"].contains(&verb.as_str())), "{scheme}{tls}: {verbs:?}");
        let problem: String = sqlx::query_scalar("select problem from mails").fetch_one(&app.db).await.unwrap();
        assert!(problem.to_lowercase().contains("certificate"), "{scheme}{tls}: {problem}");
    }
}
