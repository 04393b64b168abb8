//! Asking a running Inroad from outside.

use std::io::{Error, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// What is read of an answer.
const MOST: u64 = 16 * 1024;

/// Asks the server that listens on this address whether it lives.
///
/// Errors when nobody answers within three seconds, or the answer is not 200.
pub fn healthcheck(listen: SocketAddr) -> Result<(), Error> {
    let (address, answer) = (reachable(listen), ask(listen, "/healthz")?);
    match answer.strip_prefix("HTTP/1.1 200") {
        Some(_) => Ok(()),
        None => Err(Error::other(format!("{address} answered '{}'", answer.lines().next().unwrap_or_default()))),
    }
}

/// What the server that listens on this address answers, head and all, up to a limit.
pub fn ask(listen: SocketAddr, path: &str) -> Result<String, Error> {
    let address = reachable(listen);
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // In one piece: whoever answers may have read enough after the first.
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    stream.take(MOST).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// A server on every address is asked on the loopback one.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn answering(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            assert!(request[..length].starts_with(b"GET /healthz HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn a_living_server_is_well() {
        healthcheck(answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).unwrap();
        let everywhere = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), answering("HTTP/1.1 200 OK\r\n\r\n").port());
        healthcheck(everywhere).unwrap();
    }

    #[test]
    fn anything_else_is_not() {
        assert!(healthcheck(answering("HTTP/1.1 503 Service Unavailable\r\n\r\n")).is_err());
        assert!(healthcheck(answering("SSH-2.0")).is_err());
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(healthcheck(gone).is_err());
    }
}
