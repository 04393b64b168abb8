//! Whose word logs people in beside their passwords.

use url::{Host, Url};

use super::command_line::Settings;
use super::value::{ConfigError, Secret, given, is_loopback, secret_file, wrong};

/// An OpenID Connect issuer, and what it knows of this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Its address, to the letter as it calls itself.
    pub address: String,
    /// What it calls this installation.
    pub client_id: String,
    /// What this installation shows it who it is with, if with anything.
    pub client_secret: Option<Secret>,
    /// What the login page calls it.
    pub name: String,
    /// Whether whoever it knows gets an account.
    pub signs_up: bool,
    /// The group whose people administer.
    pub admin_group: Option<String>,
    /// The claim that holds someone's groups.
    pub groups_claim: String,
}

impl Issuer {
    /// What the settings say; nothing where no issuer is set up.
    pub(super) fn of(settings: &Settings, address: Option<&Url>) -> Result<Option<Self>, ConfigError> {
        let Some(issuer) = given(&settings.oidc_issuer) else {
            return match given(&settings.oidc_client_id) {
                Some(_) => Err(together("INROAD_OIDC_CLIENT_ID", "INROAD_OIDC_ISSUER")),
                None => Ok(None),
            };
        };
        let host = host_of(issuer)?;
        let client_id =
            given(&settings.oidc_client_id).ok_or(together("INROAD_OIDC_ISSUER", "INROAD_OIDC_CLIENT_ID"))?;
        // Where it sends people back to is said by nobody's request.
        if address.is_none() {
            return Err(together("INROAD_OIDC_ISSUER", "INROAD_URL"));
        }
        Ok(Some(Self {
            address: issuer.to_owned(),
            client_id: client_id.to_owned(),
            client_secret: secret(settings)?,
            name: given(&settings.oidc_name).unwrap_or(&host).to_owned(),
            signs_up: match given(&settings.oidc_signup).unwrap_or("off") {
                "on" => true,
                "off" => false,
                other => return Err(wrong("INROAD_OIDC_SIGNUP", other, "on or off")),
            },
            admin_group: given(&settings.oidc_admin_group).map(str::to_owned),
            groups_claim: given(&settings.oidc_groups_claim).unwrap_or("groups").to_owned(),
        }))
    }
}

/// The host of an issuer's address, which only https leads to, but on this machine.
fn host_of(issuer: &str) -> Result<String, ConfigError> {
    let error =
        || wrong("INROAD_OIDC_ISSUER", issuer, "an address such as https://id.example.org, as the issuer writes it");
    let url = Url::parse(issuer).map_err(|_| error())?;
    let is_kept = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    let is_plain = url.username().is_empty() && url.password().is_none();
    if !is_kept || !is_plain || url.query().is_some() || url.fragment().is_some() {
        return Err(error());
    }
    Ok(url.host().as_ref().map(Host::to_string).unwrap_or_default())
}

fn together(variable: &'static str, other: &'static str) -> ConfigError {
    ConfigError { variable, wrong: format!("is set, but {other} is not"), right: "set together with it" }
}

fn secret(settings: &Settings) -> Result<Option<Secret>, ConfigError> {
    let from_file = secret_file("INROAD_OIDC_CLIENT_SECRET_FILE", settings.oidc_client_secret_file.as_deref())?;
    match (given(&settings.oidc_client_secret), from_file) {
        (Some(_), Some(_)) => Err(ConfigError {
            variable: "INROAD_OIDC_CLIENT_SECRET",
            wrong: "and INROAD_OIDC_CLIENT_SECRET_FILE are both set".into(),
            right: "one of the two",
        }),
        (typed, from_file) => Ok(typed.map(str::to_owned).or(from_file).map(Secret::new)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(issuer: &str, id: &str, url: Option<&str>) -> Result<Option<Issuer>, ConfigError> {
        let settings = Settings {
            oidc_issuer: Some(issuer.into()),
            oidc_client_id: Some(id.into()),
            oidc_client_secret: Some("hush".into()),
            ..Settings::default()
        };
        let url = url.and_then(|url| Url::parse(url).ok());
        Issuer::of(&settings, url.as_ref())
    }

    #[test]
    fn an_issuer_is_reached_by_https_and_says_where_from() {
        let own = Some("https://inroad.example.org");
        let issuer = of("https://id.example.org/realms/x", "inroad", own).unwrap().unwrap();
        assert_eq!(
            (issuer.name.as_str(), issuer.signs_up, issuer.groups_claim.as_str()),
            ("id.example.org", false, "groups")
        );
        assert!(!format!("{issuer:?}").contains("hush"));
        assert!(of("http://127.0.0.1:9000", "inroad", own).unwrap().is_some());
        assert_eq!(of("", "", own).unwrap(), None);
        for wrong in
            ["http://id.example.org", "id.example.org", "https://a:b@id.example.org", "https://id.example.org/?x=1"]
        {
            assert_eq!(of(wrong, "inroad", own).unwrap_err().variable, "INROAD_OIDC_ISSUER", "{wrong}");
        }
        assert_eq!(of("https://id.example.org", "", own).unwrap_err().variable, "INROAD_OIDC_ISSUER");
        assert_eq!(of("", "inroad", own).unwrap_err().variable, "INROAD_OIDC_CLIENT_ID");
        assert!(of("https://id.example.org", "inroad", None).unwrap_err().wrong.contains("INROAD_URL"));
    }
}
