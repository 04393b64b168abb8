//! The services that hand notices to browsers. Which one a browser uses is what the browser says, so that only known ones are asked.

use std::str::FromStr;

use url::{Host, Url};

use super::value::is_loopback;

/// The services of the browsers there are, and of those whose hosts' names change, what they end with.
const KNOWN: &str = "fcm.googleapis.com *.push.services.mozilla.com *.notify.windows.com *.push.apple.com";

/// The services that are handed notices: the known ones, and those whoever runs this added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushServices(Vec<Service>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Service {
    /// By https at this host.
    At(String),
    /// By https at every host whose name ends so.
    Below(String),
    /// At this very address, which is of this machine.
    Here(Url),
}

impl PushServices {
    /// Whether a notice may be handed over at an address.
    pub fn has(&self, address: &Url) -> bool {
        let is_plain = address.username().is_empty() && address.password().is_none() && address.fragment().is_none();
        let by_https = address.scheme() == "https" && address.port().is_none();
        let host = match address.host() {
            Some(Host::Domain(host)) if by_https => host,
            _ => "",
        };
        is_plain
            && self.0.iter().any(|service| match service {
                Service::At(name) => host == name,
                Service::Below(end) => host.ends_with(end),
                Service::Here(own) => own.origin() == address.origin(),
            })
    }
}

impl Default for PushServices {
    fn default() -> Self {
        Self(KNOWN.split(' ').filter_map(service).collect())
    }
}

impl FromStr for PushServices {
    type Err = ();

    /// Reads what is added to the known ones, separated by commas or spaces.
    fn from_str(list: &str) -> Result<Self, ()> {
        let mut all = Self::default();
        for word in list.split([',', ' ']).filter(|word| !word.is_empty()) {
            all.0.push(service(word).ok_or(())?);
        }
        Ok(all)
    }
}

fn service(word: &str) -> Option<Service> {
    if word.contains("://") {
        let url: Url = word.parse().ok()?;
        let is_here = url.scheme() == "http" && is_loopback(&url) && url.path() == "/" && url.query().is_none();
        return is_here.then_some(Service::Here(url));
    }
    let name = word.strip_prefix("*.").unwrap_or(word);
    let url = Url::parse(&format!("https://{name}/")).ok()?;
    let is_name = matches!(url.host(), Some(Host::Domain(host)) if host == name && host.contains('.'));
    if !is_name || name.ends_with('.') {
        return None;
    }
    Some(if word == name { Service::At(name.to_owned()) } else { Service::Below(format!(".{name}")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(services: &PushServices, address: &str) -> bool {
        services.has(&Url::parse(address).unwrap())
    }

    #[test]
    fn the_services_of_browsers_are_known_and_nothing_else() {
        let known = PushServices::default();
        for address in [
            "https://fcm.googleapis.com/fcm/send/abc",
            "https://updates.push.services.mozilla.com/wpush/v2/abc",
            "https://wns2-par02p.notify.windows.com/w/?token=abc",
            "https://web.push.apple.com/abc",
            "https://FCM.googleapis.com:443/abc",
        ] {
            assert!(has(&known, address), "{address}");
        }
        for address in [
            "http://fcm.googleapis.com/abc",
            "https://fcm.googleapis.com:8443/abc",
            "https://fcm.googleapis.com@evil.example/abc",
            "https://someone@fcm.googleapis.com/abc",
            "https://fcm.googleapis.com.evil.example/abc",
            "https://fcm.googleapis.com./abc",
            "https://evil-push.apple.com.example/abc",
            "https://evilpush.apple.com/abc",
            "https://push.apple.com/abc",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/abc",
            "http://127.0.0.1:3000/abc",
            "file:///etc/passwd",
        ] {
            assert!(!has(&known, address), "{address}");
        }
    }

    #[test]
    fn others_are_added_by_name_and_this_machine_by_its_whole_address() {
        let services: PushServices = "push.example.org, *.push.example.net http://127.0.0.1:8030".parse().unwrap();
        for address in [
            "https://push.example.org/a",
            "https://eu.push.example.net/a",
            "http://127.0.0.1:8030/a",
            "https://fcm.googleapis.com/a",
        ] {
            assert!(has(&services, address), "{address}");
        }
        for address in [
            "https://eu.push.example.org/a",
            "https://push.example.net/a",
            "http://127.0.0.1:8031/a",
            "http://127.0.0.2:8030/a",
        ] {
            assert!(!has(&services, address), "{address}");
        }
        for wrong in
            ["*", "*.", "com", "https://push.example.org", "http://push.example.org", "10.0.0.1", "a.example/x"]
        {
            assert!(wrong.parse::<PushServices>().is_err(), "{wrong}");
        }
    }
}
