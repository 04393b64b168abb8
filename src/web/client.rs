//! Who asks: the address a request came from.

use std::net::{IpAddr, SocketAddr};

use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, Version, header};
use ipnet::IpNet;
use url::Url;

use super::host;
use crate::config::{Config, TrustedProxies, is_loopback};

/// The peer of the connection, put on each request by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The client's address: the peer, or, behind listed proxies, the right-most address of `X-Forwarded-For` that is no proxy.
pub fn address(extensions: &Extensions, headers: &HeaderMap, trusted: &TrustedProxies) -> Option<IpAddr> {
    let mut address = extensions.get::<Peer>()?.0.ip().to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|hop| !hop.is_empty())
        .collect();
    for hop in forwarded.iter().rev() {
        if !trusted.trust(address) {
            break;
        }
        match hop_address(hop) {
            Some(next) => address = next,
            None => break,
        }
    }
    Some(address)
}

/// One item of the header, as proxies write it: with a port, brackets or quotes, or without.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim_matches('"');
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().ok().or_else(|| hop.parse().ok().map(|with_port: SocketAddr| with_port.ip()))?;
    Some(IpAddr::to_canonical(&address))
}

/// Whether a request says that someone passed it on.
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    const SAYING_SO: [&str; 7] =
        ["cf-connecting-ip", "forwarded", "true-client-ip", "via", "x-client-ip", "x-cluster-client-ip", "x-real-ip"];
    headers.keys().map(HeaderName::as_str).any(|name| name.starts_with("x-forwarded") || SAYING_SO.contains(&name))
}

/// Whether whoever asks sits at the machine Inroad runs on, as far as anything tells: where it listens, what it is called, which
/// proxies it has, who the peer is, and what the request says.
pub fn is_this_machine(config: &Config, request: &Parts) -> bool {
    let headers = &request.headers;
    let origin = headers.get(header::ORIGIN).map(|origin| Url::parse(origin.to_str().unwrap_or_default()));
    config.is_for_this_machine()
        && request.extensions.get::<Peer>().is_some_and(|Peer(peer)| peer.ip().to_canonical().is_loopback())
        && !is_forwarded(headers)
        // No browser speaks 1.0; a proxy that was told nothing does, and puts its own name for us into Host.
        && request.version != Version::HTTP_10
        && host::asked(&request.uri, headers).is_some_and(|asked| is_loopback(&asked))
        && origin.is_none_or(|origin| origin.is_ok_and(|origin| is_loopback(&origin)))
}

/// Addresses that are counted as one, and how many times what one client may use they may use together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bucket {
    /// The addresses.
    pub network: IpNet,
    /// How many clients' worth is theirs.
    pub share: u32,
}

/// What an address is counted under by every limit: an IPv4 address alone; of IPv6 the /64, which one machine usually has to
/// itself, and the /48, which one customer may have, with room for several clients.
pub fn buckets(address: IpAddr) -> Vec<Bucket> {
    let address = address.to_canonical();
    let widths: &[(u8, u32)] = if address.is_ipv4() { &[(32, 1)] } else { &[(64, 1), (48, 8)] };
    let bucket = |&(width, share): &(u8, u32)| {
        let network = IpNet::new(address, width).map_or_else(|_| address.into(), |network| network.trunc());
        Bucket { network, share }
    };
    widths.iter().map(bucket).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &str) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(Peer(peer.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        address(&extensions, &headers, &trusted.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn a_forged_header_from_an_unlisted_peer_is_ignored() {
        assert_eq!(seen("203.0.113.9:1000", &["198.51.100.1"], "10.0.0.0/8"), "203.0.113.9");
        assert_eq!(seen("203.0.113.9:1000", &["198.51.100.1"], ""), "203.0.113.9");
    }

    #[test]
    fn behind_listed_proxies_the_right_most_unlisted_address_counts() {
        assert_eq!(seen("10.0.0.1:1", &["6.6.6.6, 198.51.100.1, 10.0.0.2"], "10.0.0.0/8"), "198.51.100.1");
        assert_eq!(seen("10.0.0.1:1", &["6.6.6.6", "198.51.100.1"], "10.0.0.0/8"), "198.51.100.1");
        assert_eq!(seen("[::ffff:10.0.0.1]:1", &["198.51.100.1"], "10.0.0.0/8"), "198.51.100.1");
        assert_eq!(seen("10.0.0.1:1", &["nonsense"], "10.0.0.0/8"), "10.0.0.1");
        assert_eq!(seen("10.0.0.1:1", &[], "10.0.0.0/8"), "10.0.0.1");
    }
    #[test]
    fn addresses_are_read_as_proxies_write_them() {
        for (written, read) in [
            ("198.51.100.7:51234", "198.51.100.7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("\"198.51.100.7\"", "198.51.100.7"),
            ("\"[2001:db8::7]:443\"", "2001:db8::7"),
            ("198.51.100.7,", "198.51.100.7"),
            ("198.51.100.7, , ,", "198.51.100.7"),
            (" 198.51.100.7 ,10.0.0.2:80", "198.51.100.7"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("[::ffff:198.51.100.7]:80", "198.51.100.7"),
            ("unknown", "10.0.0.1"),
            ("198.51.100.7:port", "10.0.0.1"),
            (",", "10.0.0.1"),
        ] {
            assert_eq!(seen("10.0.0.1:1", &[written], "10.0.0.0/8"), read, "{written}");
        }
    }

    #[test]
    fn one_machine_is_one_client_however_many_addresses_it_has() {
        let under = |address: &str| {
            let buckets = buckets(address.parse().unwrap());
            buckets.iter().map(|it| format!("{} x {}", it.network, it.share)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(under("198.51.100.7"), "198.51.100.7/32 x 1");
        assert_eq!(under("::ffff:198.51.100.7"), "198.51.100.7/32 x 1");
        assert_eq!(under("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64 x 1, 2001:db8:1::/48 x 8");
        assert_eq!(under("2001:db8:1:2::ffff"), under("2001:db8:1:2:3:4:5:6"));
        assert_ne!(under("2001:db8:1:3::"), under("2001:db8:1:2::"));
    }

    #[test]
    fn whoever_passes_requests_on_is_noticed() {
        let says = |name: &'static str| {
            is_forwarded(&[(HeaderName::from_static(name), "x".parse().unwrap())].into_iter().collect())
        };
        for name in ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "via", "x-real-ip"] {
            assert!(says(name), "{name}");
        }
        assert!(!says("user-agent") && !says("x-requested-with"));
    }
}
